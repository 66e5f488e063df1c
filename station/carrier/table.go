package carrier

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"unicode"

	"packbench/station/unit"
)

// Price is a row of a plain price list, as shops keep it in a spreadsheet.
type Price struct {
	Carrier   string
	Service   string
	Countries []string // two letters; none: wherever no other row goes
	UpTo      unit.Mass
	Amount    unit.Money
	Days      int    // working days on the way; -1: not said
	CutOff    string // such as "16:30"; "": not said
	Prefix    string // of the carrier's tracking numbers; "": not said
	Row       int    // of the list
}

// What a plain price list leaves open.
const (
	usualDays        = 3
	usualCutOff      = "17:00"
	usualReliability = 950
)

// FromPrices writes the rate card file of a plain price list: each carrier collects
// from Monday to Friday by the clock of zone. A carrier without a number prefix is
// marked as a sample: it is not known which tracking numbers it takes, so that its
// labels say that they are no postage. [LoadCards] says what is wrong with the rest,
// and rows which rows of the list that is.
func FromPrices(list []Price, zone string) (file []byte, rows Rows, err error) {
	out := struct {
		Format   string        `json:"format"`
		Currency string        `json:"currency"`
		Carriers []fileCarrier `json:"carriers"`
	}{Format: Format}
	rows = Rows{}
	if len(list) == 0 {
		return nil, nil, fmt.Errorf("the price list has no row that can be used")
	}
	out.Currency = list[0].Amount.Currency
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Price) int { return cmp.Compare(a.UpTo, b.UpTo) }) // a list may be in any order
	slices.SortStableFunc(list, func(a, b Price) int { return strings.Compare(slug(a.Carrier), slug(b.Carrier)) })
	for _, p := range list {
		id := slug(p.Carrier)
		i := slices.IndexFunc(out.Carriers, func(c fileCarrier) bool { return c.ID == id })
		if i < 0 {
			i = len(out.Carriers)
			out.Carriers = append(out.Carriers, fileCarrier{
				ID: id, Name: p.Carrier, Sample: true, TimeZone: zone, WorkingDays: []string{"mon", "tue", "wed", "thu", "fri"}, Reliability: usualReliability,
				Tracking: fileTracking{Name: "parcel", Prefix: initials(id), Digits: 8, Check: "mod10"},
			})
		}
		c := &out.Carriers[i]
		if p.Prefix != "" {
			if !c.Sample && c.Tracking.Prefix != p.Prefix {
				return nil, nil, fmt.Errorf("row %d: %s has the number prefix %s here and %s in another row", p.Row, p.Carrier, clip(p.Prefix), c.Tracking.Prefix)
			}
			c.Sample, c.Tracking.Prefix = false, p.Prefix
		}
		j, s := c.service(p)
		k, err := s.price(p)
		if err != nil {
			return nil, nil, err
		}
		rows.note(p.Row, "carriers", i, "services", j, "zones", k, "breaks", len(s.Zones[k].Breaks)-1)
	}
	file, err = json.Marshal(out)
	return file, rows, err
}

// LoadPrices makes cards of a plain price list, see [FromPrices]. What is wrong with it
// has the row and the column that it stands in.
func LoadPrices(list []Price, zone string) (Cards, error) {
	file, rows, err := FromPrices(list, zone)
	if err != nil {
		return Cards{}, err
	}
	cards, err := LoadNew(file)
	var faults Faults
	errors.As(err, &faults)
	for _, all := range []Faults{faults, cards.Warnings} {
		for i := range all {
			all[i].Row, all[i].Column = rows.cell(all[i])
		}
	}
	for _, c := range cards.Carriers {
		if c.Sample {
			cards.Warnings = append(cards.Warnings, Fault{Column: c.Name, Text: "its labels say that they are no postage, with numbers of your own. " +
				"Put the beginning of the tracking numbers that it gave you into a column number prefix and import the list again"})
		}
	}
	return cards, err
}

// Rows are the rows of a list by the paths of what became of them; what holds others
// has the row of the first.
type Rows map[string]int

// note notes a row for a path, which is names and places in turn, and for all that
// holds it.
func (r Rows) note(row int, path ...any) {
	at := ""
	for i := 0; i < len(path); i += 2 {
		at += fmt.Sprintf(".%s[%d]", path[i], path[i+1])
		if _, known := r[at[1:]]; !known {
			r[at[1:]] = row
		}
	}
}

// cell is the row and the column of a list that a fault is about; row 0 is none.
func (r Rows) cell(f Fault) (row int, column string) {
	switch {
	case strings.Contains(f.Path, ".breaks[") && !strings.Contains(f.Text, "price"):
		column = "up to"
	case strings.Contains(f.Path, ".breaks["):
		column = "price"
	case strings.Contains(f.Path, ".zones["):
		column = "country"
	case strings.Contains(f.Text, "cut_off"):
		column = "cut-off"
	case strings.Contains(f.Text, "tracking"):
		column = "number prefix"
	case strings.Contains(f.Path, ".services["):
		column = "service"
	case f.Path != "":
		column = "carrier"
	}
	return r[f.Path], column
}

// service is the service of a row, which is new with its first one.
func (c *fileCarrier) service(p Price) (at int, s *fileService) {
	id := c.ID + "-" + slug(p.Service)
	if len(id) > 40 {
		id = id[:31] + "-" + sum(id)
	}
	i := slices.IndexFunc(c.Services, func(s fileService) bool { return s.ID == id })
	if i < 0 {
		i = len(c.Services)
		c.Services = append(c.Services, fileService{ID: id, Name: p.Service, CutOff: usualCutOff})
	}
	s = &c.Services[i]
	s.CutOff = cmp.Or(p.CutOff, s.CutOff)
	return i, s
}

// price puts the row into the zone of its countries.
func (s *fileService) price(p Price) (at int, err error) {
	id := cmp.Or(strings.ToLower(strings.Join(p.Countries, "-")), "world")
	if len(id) > 40 {
		id = "zone-" + sum(id)
	}
	i := slices.IndexFunc(s.Zones, func(z fileZone) bool { return z.ID == id })
	if i < 0 {
		i = len(s.Zones)
		z := fileZone{ID: id, TransitDays: usualDays}
		for _, c := range p.Countries {
			z.Areas = append(z.Areas, fileArea{Country: c})
		}
		if len(z.Areas) == 0 {
			z.Areas = []fileArea{{Country: "*"}}
		}
		s.Zones = append(s.Zones, z)
	}
	z := &s.Zones[i]
	if p.Days >= 0 {
		z.TransitDays = p.Days
	}
	upto := fmt.Sprintf("%d mg", int64(p.UpTo))
	if n := len(z.Breaks); n > 0 && z.Breaks[n-1].Upto == upto {
		return i, fmt.Errorf("row %d: %s %s has a price up to %s in another row too", p.Row, p.Carrier, p.Service, p.UpTo)
	}
	z.Breaks = append(z.Breaks, fileBreak{Upto: upto, Price: p.Amount.Decimal()})
	return i, nil
}

// slug is an id of a name.
func slug(name string) string {
	id := strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r > unicode.MaxASCII:
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return '-'
	}, strings.TrimSpace(name)), "-")
	for strings.Contains(id, "--") {
		id = strings.ReplaceAll(id, "--", "-")
	}
	switch {
	case id == "":
		return "c-" + sum(name)
	case len(id) > 20:
		return strings.TrimRight(id[:11], "-") + "-" + sum(name)
	}
	return id
}

func sum(text string) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(text))) }

// initials begin the numbers of a carrier that has given none.
func initials(id string) string {
	id = strings.ToUpper(strings.ReplaceAll(id, "-", ""))
	return id[:min(4, len(id))]
}
