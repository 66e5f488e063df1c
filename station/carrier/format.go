package carrier

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Format is the name of the file format, the value of its "format". What is marked
// with * may be left out. A day is "2026-12-24"; every year's is "12-24".
//
//	{
//	  "format": "packbench-rates-1",
//	  "currency": "EUR",
//	  "carriers": [{
//	    "id": "demo-post", "name": "Demo Post",
//	    "tracking": {"name": "parcel", "prefix": "QQ", "digits": 8, "check": "s10", "suffix": "ZZ",
//	                 "first": 1000, "last": 1999},  * the serial numbers that the carrier gave
//	    "time_zone": "Europe/Berlin",
//	    "working_days": ["mon", "tue", "wed", "thu", "fri", "sat"],
//	    "holidays": ["12-25", "2026-04-06"],      * nothing moves
//	    "public_holidays": {"origin": "DE-BY", "destinations": ["DE", "FR"]},  * of the law, see [packbench/station/holiday]; "*": all that are known
//	    "works_on": ["2026-10-12"],               * though it is a public holiday
//	    "holidays_at": {"FR": ["07-14"]},         * nothing is collected or delivered there
//	    "reliability": 950,                       * per mille on time
//	    "services": [...]
//	  }]
//	}
//
// A service:
//
//	{
//	  "id": "post-parcel", "name": "Parcel",
//	  "effective_from": "2026-01-01",     * the newest begun version that has not ended counts
//	  "valid_to": "2026-12-31",           * its last day
//	  "cut_off": "16:30",                 the carrier's time
//	  "cut_offs": {"fri": "15:00", "sat": "none"},  * of days that have another
//	  "max_mass": "31.5 kg",              *
//	  "max_size": ["1200 mm", "600 mm", "600 mm"],  *
//	  "max_girth": "3000 mm",             * length + 2 × (width + height)
//	  "edge_step": "1 in",                * edges are rounded up to it before anything is compared
//	  "divisor": "139 in3/lb",            * what bills as a mass; a number is cubic millimetres a kilogram
//	  "dim_over_volume": "1728 in3",      * only above it, and above an actual mass of
//	  "dim_over_mass": "1 lb",            * this one
//	  "step": "1 lb",                     * billed mass is rounded up to it
//	  "prices_may_fall": true,            * else a price that falls as the mass grows is a fault
//	  "fuel_permille": 75,                * on the base price and surcharges with "fuel"
//	  "minimum": "5.00",                  * of the price before tax
//	  "tax": [{"percent": "19", "countries": ["DE"]}],  * the first that fits; without countries everywhere
//	  "dangerous_goods": false,
//	  "excludes": {"po_boxes": true, "military": true, "areas": [...]},  * where it does not go
//	  "customs": "cn23",                  * papers at a border whatever the goods are worth: "cn23" or "invoice"
//	  "reliability": 970,                 * else the carrier's
//	  "late_cost": "5.00",                * what each day late costs the shop
//	  "lost_per_million": 800,            * parcels that are lost or damaged
//	  "liability": "500.00",              * what the carrier pays for one of them
//	  "signature": true,                  * somebody signs for each parcel
//	  "surcharges": [...],                *
//	  "zones": [{
//	    "id": "national",
//	    "origins": [{"country": "DE", "postcodes": ["8"]}],  * only from there; the closest origin counts
//	    "areas": [{"country": "DE", "postcodes": ["10", "20000..21999"], "except": ["20457"]}],
//	    "transit_days": 1,                working days
//	    "breaks": [{"upto": "2 kg", "price": "4.50"}, {"over": "2 kg", "upto": "5 kg", "price": "6.00"}]
//	  }]
//	}
//
// An area is a country, a place with a code of its own ("GG", "ES-CE", "US-AM", see
// [packbench/station/country.Place]), or with "*" the rest of the world. Its postcodes
// are begins and ranges from one begin to another, both included; British ranges go
// over whole districts, "IV1..IV28". The closest area counts: a range in a wider one,
// a longer begin, a country before the world. Two that overlap partly, or are the
// same, are a fault.
//
// A surcharge has an amount, a percent, or percents by their first day, as fuel has.
// All of its conditions must hold; of a group only the highest counts, once. They are
// added by their order, 0 where none stands, and a percent is of the base price and
// of all surcharges of a lower order:
//
//	{"name": "remote", "amount": "4.00", "areas": [{"country": "GB", "postcodes": ["HS1..HS9"]}]},
//	{"name": "long", "amount": "9.00", "group": "size", "over_length": "48 in"},
//	{"name": "large", "amount": "30.00", "group": "size", "over_girth": "105 in"},
//	{"name": "peak", "amount": "0.90", "from": "10-05", "to": "01-18", "residential": true},
//	{"name": "fuel", "order": 1, "percents": [{"from": "2026-11-02", "percent": "14.25"}]}
//
// The conditions: over_mass (billed), over_length, over_width (the second longest
// edge), over_girth, over_volume, residential, dangerous_goods, countries, areas, and a
// season from one day to another, which may be of every year. "fuel": true has
// fuel_permille taken on it.
const Format = "packbench-rates-1"

type fileCards struct {
	Format   string
	Currency string
	Carriers []json.RawMessage
}

type fileCarrier struct {
	ID          string              `json:"id"`
	Name        string              `json:"name"`
	Sample      bool                `json:"sample"`
	Tracking    fileTracking        `json:"tracking"`
	TimeZone    string              `json:"time_zone"`
	WorkingDays []string            `json:"working_days"`
	Holidays    []string            `json:"holidays"`
	HolidaysAt  map[string][]string `json:"holidays_at,omitempty"`
	Public      filePublic          `json:"public_holidays,omitzero"`
	WorksOn     []string            `json:"works_on,omitempty"`
	Reliability int                 `json:"reliability"`
	Services    []fileService       `json:"services"`
}

type filePublic struct {
	Origin       string   `json:"origin"`
	Destinations []string `json:"destinations"`
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
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	From          string            `json:"effective_from"`
	To            string            `json:"valid_to,omitempty"`
	CutOff        string            `json:"cut_off"`
	CutOffs       map[string]string `json:"cut_offs,omitempty"`
	MaxMass       string            `json:"max_mass"`
	MaxSize       []string          `json:"max_size"`
	MaxGirth      string            `json:"max_girth"`
	EdgeStep      string            `json:"edge_step,omitempty"`
	Divisor       fileDivisor       `json:"divisor"`
	DimOverVolume string            `json:"dim_over_volume,omitempty"`
	DimOverMass   string            `json:"dim_over_mass,omitempty"`
	Step          string            `json:"step"`
	MayFall       bool              `json:"prices_may_fall,omitempty"`
	FuelPermille  int               `json:"fuel_permille"`
	Minimum       string            `json:"minimum,omitempty"`
	Tax           []fileTax         `json:"tax,omitempty"`
	Dangerous     bool              `json:"dangerous_goods"`
	Excludes      fileExcludes      `json:"excludes,omitzero"`
	Customs       string            `json:"customs"`
	Reliability   int               `json:"reliability"`
	LateCost      string            `json:"late_cost"`
	Lost          int               `json:"lost_per_million,omitempty"`
	Liability     string            `json:"liability,omitempty"`
	Signature     bool              `json:"signature,omitempty"`
	Surcharges    []fileSurcharge   `json:"surcharges"`
	Zones         []fileZone        `json:"zones"`
}

type fileTax struct {
	Percent   string   `json:"percent"`
	Countries []string `json:"countries"`
}

type fileExcludes struct {
	POBoxes  bool       `json:"po_boxes"`
	Military bool       `json:"military"`
	Areas    []fileArea `json:"areas"`
}

type fileSurcharge struct {
	Name        string        `json:"name"`
	Amount      string        `json:"amount"`
	Percent     string        `json:"percent,omitempty"`
	Percents    []filePercent `json:"percents,omitempty"`
	Group       string        `json:"group,omitempty"`
	Order       int           `json:"order,omitempty"`
	OverMass    string        `json:"over_mass"`
	OverLength  string        `json:"over_length"`
	OverWidth   string        `json:"over_width,omitempty"`
	OverGirth   string        `json:"over_girth,omitempty"`
	OverVolume  string        `json:"over_volume,omitempty"`
	Residential bool          `json:"residential,omitempty"`
	Dangerous   bool          `json:"dangerous_goods,omitempty"`
	Countries   []string      `json:"countries"`
	Areas       []fileArea    `json:"areas,omitempty"`
	From        string        `json:"from,omitempty"`
	To          string        `json:"to,omitempty"`
	Fuel        bool          `json:"fuel"`
}

type filePercent struct {
	From    string `json:"from"`
	Percent string `json:"percent"`
}

type fileZone struct {
	ID          string      `json:"id"`
	Origins     []fileArea  `json:"origins,omitempty"`
	Areas       []fileArea  `json:"areas"`
	TransitDays int         `json:"transit_days"`
	Breaks      []fileBreak `json:"breaks"`
}

type fileArea struct {
	Country   string   `json:"country"`
	Postcodes []string `json:"postcodes"`
	Except    []string `json:"except,omitempty"`
}

type fileBreak struct {
	Over  string `json:"over,omitempty"`
	Upto  string `json:"upto"`
	Price string `json:"price"`
}

// fileDivisor is a number of cubic millimetres a kilogram, or a volume for a mass.
type fileDivisor struct {
	number int64
	text   string
}

// UnmarshalJSON reads a number or a text.
func (d *fileDivisor) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		return json.Unmarshal(data, &d.text)
	}
	return json.Unmarshal(data, &d.number)
}

// MarshalJSON writes what was read.
func (d fileDivisor) MarshalJSON() ([]byte, error) {
	if d.text != "" {
		return json.Marshal(d.text)
	}
	return strconv.AppendInt(nil, d.number, 10), nil
}
