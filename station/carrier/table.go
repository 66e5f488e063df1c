package carrier

import (
	"cmp"
	"encoding/json"
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
// labels say that they are no postage. [LoadCards] says what is wrong with the rest.
func FromPrices(list []Price, zone string) ([]byte, error) {
	out := struct {
		Format   string        `json:"format"`
		Currency string        `json:"currency"`
		Carriers []fileCarrier `json:"carriers"`
	}{Format: Format}
	if len(list) == 0 {
		return nil, fmt.Errorf("the price list has no row that can be used")
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
				return nil, fmt.Errorf("row %d: %s has the number prefix %s here and %s in another row", p.Row, p.Carrier, clip(p.Prefix), c.Tracking.Prefix)
			}
			c.Sample, c.Tracking.Prefix = false, p.Prefix
		}
		if err := c.service(p).price(p); err != nil {
			return nil, err
		}
	}
	return json.Marshal(out)
}

// service is the service of a row, which is new with its first one.
func (c *fileCarrier) service(p Price) *fileService {
	id := c.ID + "-" + slug(p.Service)
	if len(id) > 40 {
		id = id[:31] + "-" + sum(id)
	}
	i := slices.IndexFunc(c.Services, func(s fileService) bool { return s.ID == id })
	if i < 0 {
		i = len(c.Services)
		c.Services = append(c.Services, fileService{ID: id, Name: p.Service, CutOff: usualCutOff})
	}
	s := &c.Services[i]
	s.CutOff = cmp.Or(p.CutOff, s.CutOff)
	return s
}

// price puts the row into the zone of its countries.
func (s *fileService) price(p Price) error {
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
		return fmt.Errorf("row %d: %s %s has a price up to %s in another row too", p.Row, p.Carrier, p.Service, p.UpTo)
	}
	z.Breaks = append(z.Breaks, fileBreak{Upto: upto, Price: p.Amount.Decimal()})
	return nil
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
