package carrier

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a Windows bench has no zone files of its own

	"packbench/station/unit"
)

// Format is the name of the file format, the value of its "format".
const Format = "packbench-rates-1"

// MaxFile is the most bytes of a rate card file.
const MaxFile = 16 << 20

// The file, as written:
//
//	{
//	  "format": "packbench-rates-1",
//	  "currency": "EUR",
//	  "carriers": [{
//	    "id": "demo-post", "name": "Demo Post",
//	    "tracking": {"name": "parcel", "prefix": "QQ", "digits": 8, "check": "s10", "suffix": "ZZ",
//	                 "first": 1000, "last": 1999},  optional: the serial numbers that the carrier gave
//	    "time_zone": "Europe/Berlin",
//	    "working_days": ["mon", "tue", "wed", "thu", "fri", "sat"],
//	    "holidays": ["12-25", "2026-04-06"],  every year, or one day
//	    "reliability": 950,                   per mille on time
//	    "services": [{
//	      "id": "post-parcel", "name": "Parcel",
//	      "effective_from": "2026-01-01",     optional; the newest begun version counts
//	      "cut_off": "16:30",                 the carrier's time
//	      "max_mass": "31.5 kg",              optional
//	      "max_size": ["1200 mm", "600 mm", "600 mm"],
//	      "max_girth": "3000 mm",             optional: length + 2 × (width + height)
//	      "divisor": 5000000,                 optional: mm³ that bill as 1 kg
//	      "step": "500 g",                    optional: billed mass is rounded up to it
//	      "fuel_permille": 75,                optional
//	      "dangerous_goods": false,
//	      "customs": "cn23",                  optional: papers at a border whatever the goods are worth: "cn23" or "invoice"
//	      "reliability": 970,                 optional, else the carrier's
//	      "late_cost": "5.00",                optional: what each day late costs the shop
//	      "lost_per_million": 800,            optional: parcels that are lost or damaged
//	      "liability": "500.00",              optional: what the carrier pays for one of them
//	      "surcharges": [{"name": "bulky", "amount": "4.00", "over_length": "600 mm",
//	                      "over_mass": "20 kg", "countries": ["CH"], "fuel": true}],
//	      "zones": [{"id": "national", "areas": [{"country": "DE", "postcodes": ["10", "12"]}],
//	                 "transit_days": 1,       working days
//	                 "breaks": [{"upto": "2 kg", "price": "4.50"}]}]
//	    }]
//	  }]
//	}
type fileCards struct {
	Format   string
	Currency string
	Carriers []json.RawMessage
}

type fileCarrier struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	Sample      bool          `json:"sample"`
	Tracking    fileTracking  `json:"tracking"`
	TimeZone    string        `json:"time_zone"`
	WorkingDays []string      `json:"working_days"`
	Holidays    []string      `json:"holidays"`
	Reliability int           `json:"reliability"`
	Services    []fileService `json:"services"`
}

type fileTracking struct {
	Name   string `json:"name"`
	Prefix string `json:"prefix"`
	Digits int    `json:"digits"`
	Check  string `json:"check"`
	Suffix string `json:"suffix"`
	Cover  bool   `json:"cover_prefix"`
	First  uint64 `json:"first"`
	Last   uint64 `json:"last"`
}

type fileService struct {
	ID           string          `json:"id"`
	Name         string          `json:"name"`
	From         string          `json:"effective_from"`
	CutOff       string          `json:"cut_off"`
	MaxMass      string          `json:"max_mass"`
	MaxSize      []string        `json:"max_size"`
	MaxGirth     string          `json:"max_girth"`
	Divisor      int64           `json:"divisor"`
	Step         string          `json:"step"`
	FuelPermille int             `json:"fuel_permille"`
	Dangerous    bool            `json:"dangerous_goods"`
	Customs      string          `json:"customs"`
	Reliability  int             `json:"reliability"`
	LateCost     string          `json:"late_cost"`
	Lost         int             `json:"lost_per_million,omitempty"`
	Liability    string          `json:"liability,omitempty"`
	Surcharges   []fileSurcharge `json:"surcharges"`
	Zones        []fileZone      `json:"zones"`
}

type fileSurcharge struct {
	Name       string   `json:"name"`
	Amount     string   `json:"amount"`
	OverMass   string   `json:"over_mass"`
	OverLength string   `json:"over_length"`
	Countries  []string `json:"countries"`
	Fuel       bool     `json:"fuel"`
}

type fileZone struct {
	ID          string      `json:"id"`
	Areas       []fileArea  `json:"areas"`
	TransitDays int         `json:"transit_days"`
	Breaks      []fileBreak `json:"breaks"`
}

type fileArea struct {
	Country   string   `json:"country"`
	Postcodes []string `json:"postcodes"`
}

type fileBreak struct {
	Upto  string `json:"upto"`
	Price string `json:"price"`
}

// LoadCards reads a rate card file. It reports all faults at once, each with
// the carrier, service and zone that it stands in; with a fault there are no
// cards. What it accepts is sound: the price of a service never falls as the
// mass grows.
func LoadCards(data []byte) (Cards, error) {
	if len(data) > MaxFile {
		return Cards{}, fmt.Errorf("rate cards: the file is larger than %d MB", MaxFile>>20)
	}
	var f fileCards
	if err := decode(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &f); err != nil {
		return Cards{}, fmt.Errorf("rate cards: %w", err)
	}
	if f.Format != Format {
		return Cards{}, fmt.Errorf("rate cards: the format is %q; it must be %q", clip(f.Format), Format)
	}
	r := &reader{}
	cards := Cards{Currency: strings.ToUpper(strings.TrimSpace(f.Currency))}
	if _, err := unit.ParseMoney("0", cards.Currency); err != nil {
		return Cards{}, fmt.Errorf("rate cards: %w", err)
	}
	if len(f.Carriers) == 0 {
		r.fault("there is no carrier in it")
	}
	r.currency = cards.Currency
	for i, raw := range f.Carriers {
		var fc fileCarrier
		if err := decode(raw, &fc); err != nil {
			r.at(fmt.Sprintf("carrier %d", i+1)).fault("%v", err)
			continue
		}
		c := r.at("carrier " + name(fc.ID, i)).carrier(fc)
		if slices.ContainsFunc(cards.Carriers, func(o Carrier) bool { return o.ID == c.ID }) {
			r.fault("there are two carriers %q", c.ID)
		}
		var text bytes.Buffer
		if err := json.Compact(&text, raw); err != nil {
			r.fault("%v", err)
		}
		c.JSON = text.Bytes()
		cards.Carriers = append(cards.Carriers, c)
	}
	r.at("").unique(cards)
	if len(r.faults) > 0 {
		return Cards{}, fmt.Errorf("rate cards: %w", errors.Join(r.faults...))
	}
	return cards, nil
}

// Merge puts the carriers of a newer file over the ones of the same id.
func Merge(old, newer Cards) (Cards, error) {
	if len(old.Carriers) == 0 {
		return newer, nil
	}
	if old.Currency != newer.Currency {
		return old, fmt.Errorf("rate cards in %s can not be compared with cards in %s", newer.Currency, old.Currency)
	}
	merged := Cards{Currency: old.Currency, Carriers: slices.Clone(old.Carriers)}
	for _, c := range newer.Carriers {
		i := slices.IndexFunc(merged.Carriers, func(o Carrier) bool { return o.ID == c.ID })
		if i < 0 {
			merged.Carriers = append(merged.Carriers, c)
		} else {
			merged.Carriers[i] = c
		}
	}
	r := &reader{}
	r.unique(merged)
	return merged, errors.Join(r.faults...)
}

// Encode writes cards as a file that [LoadCards] reads back.
func (c Cards) Encode() ([]byte, error) {
	f := struct {
		Format   string            `json:"format"`
		Currency string            `json:"currency"`
		Carriers []json.RawMessage `json:"carriers"`
	}{Format, c.Currency, nil}
	for _, carrier := range c.Carriers {
		f.Carriers = append(f.Carriers, carrier.JSON)
	}
	return json.MarshalIndent(f, "", "  ")
}

// decode wants exactly one JSON value without unknown names: a misspelt
// "fuel_permile" must not mean "no fuel".
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line := 1 + bytes.Count(data[:syntax.Offset], []byte("\n"))
			return fmt.Errorf("line %d: %w", line, err)
		}
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something stands behind the end of the JSON")
	}
	return nil
}

func name(id string, i int) string {
	if id == "" {
		return fmt.Sprintf("%d", i+1)
	}
	return clip(id)
}

// minutes reads "16:30".
func minutes(text string) (int, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a time such as \"16:30\"", clip(text))
	}
	return t.Hour()*60 + t.Minute(), nil
}
