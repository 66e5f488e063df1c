package carrier

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/station/country"
	"packbench/station/unit"
)

// offer is a card of one service with these parts of its own, at 10.00 up to 100 kg
// in all of the world.
func offer(t *testing.T, parts string) Cards {
	t.Helper()
	cards, err := LoadCards([]byte(single(parts)))
	if err != nil {
		t.Fatal(err)
	}
	return cards
}

func single(parts string) string {
	if !strings.Contains(parts, `"zones"`) {
		parts += `, "zones": [{"id": "all", "areas": [{"country": "*"}], "breaks": [{"upto": "100 kg", "price": "10.00"}]}]`
	}
	if !strings.Contains(parts, `"cut_off"`) {
		parts += `, "cut_off": "16:00"`
	}
	return `{"format": "packbench-rates-1", "currency": "EUR", "carriers": [{"id": "a", "name": "A", "time_zone": "Europe/Berlin",
		"tracking": {"digits": 8, "check": "none"}, "working_days": ["mon","tue","wed","thu","fri","sat","sun"],
		"services": [{"id": "s", "name": "S"` + strings.TrimSuffix(", "+strings.TrimPrefix(parts, ", "), ", ") + `}]}]}`
}

func terms(q Quote) string {
	var out []string
	for _, t := range q.Breakdown {
		out = append(out, fmt.Sprintf("%s %d", t.Name, t.Minor))
	}
	return strings.Join(out, ", ")
}

func inches(a, b, c int) unit.Size {
	return unit.Size{Width: unit.Length(a) * unit.Inch, Length: unit.Length(b) * unit.Inch, Depth: unit.Length(c) * unit.Inch}
}

func poundsMass(t *testing.T, text string) unit.Mass {
	t.Helper()
	m, err := unit.ParseMass(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// American rules: edges up to whole inches, 139 cubic inches a pound above a cubic
// foot only, whole pounds. What is exactly a pound stays one.
func TestDimensionalPounds(t *testing.T) {
	c := offer(t, `"edge_step": "1 in", "divisor": "139 in³/lb", "dim_over_volume": "1728 in3", "step": "1 lb"`)
	s := &c.Carriers[0].Services[0]
	for _, tt := range []struct {
		mass  string
		outer unit.Size
		want  string
	}{
		{"1 lb", unit.Size{}, "1 lb"},
		{"10 lb", unit.Size{}, "10 lb"},
		{"70 lb", unit.Size{}, "70 lb"},
		{"10.00001 lb", unit.Size{}, "11 lb"},
		{"1 oz", inches(12, 12, 12), "1 lb"},  // a cubic foot is not above one
		{"1 oz", inches(12, 12, 13), "14 lb"}, // 1872 in³
		{"1 oz", inches(139, 10, 2), "20 lb"}, // exactly
		{"1 oz", inches(139, 10, 10), "100 lb"},
		{"25 lb", inches(139, 10, 2), "25 lb"},
		{"1 oz", unit.Size{Width: 12 * unit.Inch, Length: 12 * unit.Inch, Depth: 12*unit.Inch + 1}, "14 lb"}, // up to 13
		{"1 oz", unit.Size{Width: 12 * unit.Inch, Length: 12 * unit.Inch, Depth: 12*unit.Inch - 1}, "1 lb"},
	} {
		if got := s.billed(poundsMass(t, tt.mass), s.measure(tt.outer)); got != poundsMass(t, tt.want) {
			t.Errorf("%s, %s bills as %d mg, not %s", tt.mass, tt.outer, got, tt.want)
		}
	}
	for n := range 200 { // any number of pounds, as a file and a scale write it
		m := poundsMass(t, fmt.Sprintf("%d lb", n+1))
		if got := s.step(m); got != m {
			t.Errorf("%d lb: %d mg become %d", n+1, m, got)
		}
		if got := s.step(m + 1); got != poundsMass(t, fmt.Sprintf("%d lb", n+2)) {
			t.Errorf("a milligram more than %d lb becomes %d", n+1, got)
		}
	}
}

func TestDimensionalMassHasAThreshold(t *testing.T) {
	cube := unit.Size{Width: 305 * unit.Millimetre, Length: 200 * unit.Millimetre, Depth: 200 * unit.Millimetre}
	for parts, want := range map[string]unit.Mass{
		`"divisor": "5000 cm3/kg"`:                                2440 * unit.Gram,
		`"divisor": 5000000`:                                      2440 * unit.Gram,
		`"divisor": 5000000, "edge_step": "1 cm"`:                 2480 * unit.Gram,
		`"divisor": 5000000, "dim_over_mass": "999 g"`:            2440 * unit.Gram,
		`"divisor": 5000000, "dim_over_mass": "1 kg"`:             unit.Kilogram,
		`"divisor": 5000000, "dim_over_volume": "12.2 l"`:         unit.Kilogram,
		`"divisor": 5000000, "dim_over_volume": "12199.999 cm3"`:  2440 * unit.Gram,
		`"divisor": "4 dm3/0.5 kg"`:                               1525 * unit.Gram,
		`"divisor": "139 in3/lb", "dim_over_volume": "0.4 ft3"`:   poundsMass(t, "5.356 lb"),
		`"divisor": "139 in3/lb", "dim_over_volume": "1 ft3"`:     unit.Kilogram,
		`"divisor": "139 in3/lb", "dim_over_volume": "0.0122 m3"`: unit.Kilogram,
		`"divisor": "139 in3/lb", "dim_over_volume": "12.1999 l"`: poundsMass(t, "5.356 lb"),
	} {
		s := offer(t, parts).Carriers[0].Services[0]
		if got := s.billed(unit.Kilogram, s.measure(cube)); (got - want).Abs() > 200*unit.Milligram {
			t.Errorf("%s bills as %d, not %d", parts, got, want)
		}
	}
}

// A percent is of what has a lower order, a group counts once with its highest, and
// all are rounded before they are added.
func TestSurchargesInTheirOrder(t *testing.T) {
	long := unit.Size{Width: 1300 * unit.Millimetre, Length: 800 * unit.Millimetre, Depth: 100 * unit.Millimetre}
	lives := func(p *Parcel) { p.Residential = true }
	big := func(p *Parcel) { p.Outer = long }
	for _, tt := range []struct {
		parts  string
		change func(*Parcel)
		want   string
	}{
		{`"surcharges": [{"name": "fuel", "percent": "14.25", "order": 1}, {"name": "home", "amount": "2.50", "residential": true}]`, lives, "base 1000, home 250, fuel 178"},
		{`"surcharges": [{"name": "fuel", "percent": "14.25", "order": 1}, {"name": "home", "amount": "2.50", "residential": true}]`, nil, "base 1000, fuel 143"},
		{`"surcharges": [{"name": "fuel", "percent": "14.25"}, {"name": "home", "amount": "2.50", "order": 1}]`, nil, "base 1000, fuel 143, home 250"},
		{`"surcharges": [{"name": "a", "percent": "10"}, {"name": "b", "percent": "10"}, {"name": "c", "percent": "10", "order": 5}]`, nil, "base 1000, a 100, b 100, c 120"},
		{`"surcharges": [{"name": "fuel", "percents": [{"from": "2026-01-01", "percent": "1"}, {"from": "2026-11-23", "percent": "2"}, {"from": "2026-11-24", "percent": "3"}]}]`, nil, "base 1000, fuel 20"},
		{`"surcharges": [{"name": "long", "amount": "9", "group": "size", "over_length": "120 cm"}, {"name": "wide", "amount": "12", "group": "size", "over_width": "75 cm"}]`, big, "base 1000, wide 1200"},
		{`"surcharges": [{"name": "wide", "amount": "12", "group": "size", "over_width": "75 cm"}, {"name": "long", "amount": "9", "group": "size", "over_length": "120 cm"}]`, big, "base 1000, wide 1200"},
		{`"surcharges": [{"name": "one", "amount": "9", "group": "g"}, {"name": "two", "amount": "9", "group": "g"}, {"name": "three", "amount": "1", "group": "h"}]`, nil, "base 1000, one 900, three 100"},
		{`"surcharges": [{"name": "share", "percent": "50", "group": "g"}, {"name": "flat", "amount": "4.99", "group": "g"}]`, nil, "base 1000, share 500"},
		{`"surcharges": [{"name": "wide", "amount": "1", "over_width": "80 cm"}, {"name": "girth", "amount": "1", "over_girth": "3099 mm"}, {"name": "girth", "amount": "7", "over_girth": "3100 mm"},
			{"name": "large", "amount": "2", "over_volume": "103.9 dm3"}, {"name": "large", "amount": "8", "over_volume": "104 dm3"}]`, big, "base 1000, girth 100, large 200"},
		{`"surcharges": [{"name": "peak", "amount": "1", "from": "2026-11-23", "to": "2026-11-23"}, {"name": "peak", "amount": "2", "from": "2026-11-24", "to": "2026-12-24"}, {"name": "yearly", "amount": "3", "from": "10-05", "to": "01-18"},
			{"name": "yearly", "amount": "4", "from": "11-24", "to": "11-22"}, {"name": "yearly", "amount": "5", "from": "11-23", "to": "11-23"}]`, nil, "base 1000, peak 100, yearly 300, yearly 500"},
		{`"surcharges": [{"name": "remote", "amount": "4", "areas": [{"country": "DE", "postcodes": ["25849", "20090..20099"], "except": ["20096"]}]}]`, nil, "base 1000, remote 400"},
		{`"surcharges": [{"name": "remote", "amount": "4", "areas": [{"country": "DE", "postcodes": ["20090..20099"], "except": ["20095"]}]}]`, nil, "base 1000"},
		{`"surcharges": [{"name": "remote", "amount": "4", "areas": [{"country": "DE", "postcodes": ["200..205", "203..209", "20095"]}]}]`, nil, "base 1000, remote 400"}, // one list may overlap itself
		{`"surcharges": [{"name": "canaries", "amount": "4", "countries": ["IC"]}, {"name": "ceuta", "amount": "5", "countries": ["ES-CE"]}]`, func(p *Parcel) {
			p.Country, p.Postcode, p.Place = "ES", "51001", country.Place("ES", "51001", "", "")
		}, "base 1000, ceuta 500"},
		{`"surcharges": [{"name": "danger", "amount": "4", "dangerous_goods": true}], "dangerous_goods": true`, func(p *Parcel) { p.Dangerous = true }, "base 1000, danger 400"},
		{`"surcharges": [{"name": "danger", "amount": "4", "dangerous_goods": true}], "dangerous_goods": true`, nil, "base 1000"},
		{`"fuel_permille": 100, "surcharges": [{"name": "a", "percent": "50", "fuel": true}, {"name": "b", "percent": "50"}]`, nil, "base 1000, a 500, b 500, fuel 150"},
		{`"minimum": "10.01"`, nil, "base 1000, minimum 1"},
		{`"minimum": "10.00"`, nil, "base 1000"},
		{`"minimum": "20", "tax": [{"percent": "8", "countries": ["CH"]}, {"percent": "19", "countries": ["DE"]}, {"percent": "20"}]`, nil, "base 1000, minimum 1000, tax 380"},
		{`"tax": [{"percent": "8", "countries": ["CH"]}]`, nil, "base 1000"},
		{`"tax": [{"percent": "7.7", "countries": ["CH"]}, {"percent": "19.55"}]`, nil, "base 1000, tax 196"},
	} {
		p := parcel()
		if tt.change != nil {
			tt.change(&p)
		}
		q := Quotes(offer(t, tt.parts), p)[0]
		if got := terms(q); got != tt.want || !q.Allowed {
			t.Errorf("%s\ngot  %s %s\nwant %s", tt.parts, got, q.Reason, tt.want)
		}
	}
}

func TestWhereAServiceDoesNotGo(t *testing.T) {
	c := offer(t, `"valid_to": "2026-11-30", "effective_from": "2026-11-01", "surcharges": [{"name": "fuel", "percents": [{"from": "2026-11-10", "percent": "1"}]}],
		"excludes": {"po_boxes": true, "military": true, "areas": [{"country": "GB", "postcodes": ["HS1..HS9"]}, {"country": "GR-69"}, {"country": "DE", "postcodes": ["25"], "except": ["25980"]}]}`)
	for want, change := range map[string]func(*Parcel){
		"does not deliver to PO boxes":                        func(p *Parcel) { p.POBox = true },
		"does not deliver to military addresses":              func(p *Parcel) { p.Country, p.Postcode, p.Place = "US", "09012", country.Place("US", "09012", "", "") },
		"does not deliver to this address":                    func(p *Parcel) { p.Country, p.Postcode = "GB", "HS9 5XW" },
		"its prices ended on 2026-11-30: import its new card": func(p *Parcel) { p.At = berlin("2026-12-01 00:00") },
		"its percent of fuel is known from 2026-11-10 only":   func(p *Parcel) { p.At = berlin("2026-11-09 12:00") },
		"the only service that takes it":                      func(p *Parcel) { p.Postcode, p.At = "25980", berlin("2026-11-30 23:59") },
	} {
		p := parcel()
		change(&p)
		if q := Quotes(c, p)[0]; q.Reason != want {
			t.Errorf("got %q, want %q", q.Reason, want)
		}
	}
	p := parcel()
	p.Country, p.Postcode, p.Place = "GR", "630 86", country.Place("GR", "630 86", "", "")
	if q := Quotes(c, p)[0]; q.Allowed {
		t.Errorf("Mount Athos: %s", q.Reason)
	}
	p = parcel()
	p.Postcode = "25997"
	if q := Quotes(c, p)[0]; q.Allowed {
		t.Errorf("an island: %s", q.Reason)
	}
}

// Where a newer version has ended the one before it counts again.
func TestVersionsThatEnd(t *testing.T) {
	one := func(from, to, price string) string {
		return fmt.Sprintf(`{"id": "s", "name": "S", "cut_off": "16:00", "effective_from": %q, "valid_to": %q,
			"zones": [{"id": "all", "areas": [{"country": "*"}], "breaks": [{"upto": "100 kg", "price": %q}]}]}`, from, to, price)
	}
	text := strings.Split(single(""), `"services": [`)[0] + `"services": [` + strings.Join([]string{one("2026-01-01", "", "5.00"), one("2026-11-01", "2026-12-31", "6.00"), one("2027-03-01", "2027-03-31", "7.00")}, ",") + `]}]}`
	c, err := LoadCards([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]int64{"2026-10-31": 500, "2026-11-01": 600, "2026-12-31": 600, "2027-01-01": 500, "2027-03-31": 700, "2027-04-01": 500} {
		p := parcel()
		p.At = berlin(day + " 12:00")
		if quotes := Quotes(c, p); len(quotes) != 1 || quotes[0].Price.Minor != want {
			t.Errorf("on %s: %+v", day, quotes)
		}
	}
	gap := strings.Replace(text, one("2026-01-01", "", "5.00")+",", "", 1)
	if c, err = LoadCards([]byte(gap)); err != nil || !strings.Contains(c.Warnings.Error(), "no price after 2026-12-31 and before 2027-03-01 (carriers[0].services[0])") {
		t.Errorf("%v, %v", err, c.Warnings)
	}
	p := parcel()
	p.At = berlin("2027-02-01 12:00")
	if q := Quotes(c, p)[0]; q.Allowed || !strings.Contains(q.Reason, "ended on 2026-12-31") {
		t.Errorf("in the gap: %q", q.Reason)
	}
}

// What a price list of a carrier may hold, and what it means nothing with.
func TestFaultsOfTheFurtherFields(t *testing.T) {
	breaks := func(text string) string {
		return `"max_mass": "5 kg", "zones": [{"id": "all", "areas": [{"country": "*"}], "breaks": [` + text + `]}]`
	}
	for parts, want := range map[string]string{
		`"valid_to": "2026-02-30"`:                                 `valid_to "2026-02-30" is not a day`,
		`"valid_to": "2026-01-01", "effective_from": "2026-01-02"`: "valid_to 2026-01-01 comes before effective_from 2026-01-02",
		`"cut_offs": {"someday": "12:00"}`:                         `cut_offs: "someday" is not one of sun, mon`,
		`"cut_offs": {"sat": "noon"}`:                              `cut_offs, sat: "noon" is not a time such as "16:30"; or "none"`,
		`"cut_offs": {"mon":"none","tue":"none","wed":"none","thu":"none","fri":"none","sat":"none","sun":"none"}`: "nobody collects on any working day",
		`"edge_step": "0 cm"`:                                          "edge_step:",
		`"divisor": "139 in3"`:                                         `divisor "139 in3" is not a volume for a mass`,
		`"divisor": "0 in3/lb"`:                                        `divisor "0 in3/lb" is not a volume`,
		`"divisor": "139 in2/lb"`:                                      "is not a volume",
		`"divisor": "1 mm3/t"`:                                         "is out of range",
		`"divisor": "1/3 in3/lb"`:                                      "is not a volume",
		`"dim_over_volume": "1728 in3"`:                                "dim_over_volume and dim_over_mass need a divisor",
		`"divisor": 5000000, "dim_over_volume": "1728"`:                `"1728" is not a volume such as`,
		`"divisor": 5000000, "dim_over_volume": "1e9 m3"`:              "is not a volume such as",
		`"divisor": 5000000, "dim_over_volume": "1001 m3"`:             "outside 1 mm³ to 1000 m³",
		`"step": "0.0000001 oz"`:                                       "step:",
		`"minimum": "-1"`:                                              "minimum:",
		`"tax": [{"percent": "-1"}]`:                                   `tax: "-1" is not a percent`,
		`"tax": [{"percent": "501"}]`:                                  "tax: 501 percent is more than 500",
		`"tax": [{"percent": "1.2345"}]`:                               `"1.2345" is not a percent`,
		`"tax": [{"percent": "1e2"}]`:                                  `"1e2" is not a percent`,
		`"surcharges": [{"name": "x"}]`:                                "surcharge x: amount: money",
		`"surcharges": [{"name": "x", "amount": "-1"}]`:                "below 0",
		`"surcharges": [{"name": "x", "amount": "1", "percent": "1"}]`: "more than one of amount, percent and percents (carriers[0].services[0].surcharges[0])",
		`"surcharges": [{"name": "x", "percent": "1", "percents": [{"from": "2026-01-01", "percent": "1"}]}]`:                         "more than one of",
		`"surcharges": [{"name": "x", "percents": [{"from": "01-01", "percent": "1"}]}]`:                                              `percents: from "01-01" is not a day`,
		`"surcharges": [{"name": "x", "percents": [{"from": "2026-01-02", "percent": "1"}, {"from": "2026-01-02", "percent": "2"}]}]`: "2026-01-02 does not come after 2026-01-02",
		`"surcharges": [{"name": "x", "amount": "1", "order": 101}]`:                                                                  "order 101 is outside 0 to 100",
		`"surcharges": [{"name": "x", "amount": "1", "group": "g"}, {"name": "y", "amount": "1", "group": "g", "order": 2}]`:          `the group "g" have the orders 0 and 2`,
		`"surcharges": [{"name": "x", "amount": "1", "group": "g", "fuel": true}, {"name": "y", "amount": "1", "group": "g"}]`:        `only some surcharges of the group "g" have "fuel"`,
		`"surcharges": [{"name": "x", "amount": "1", "from": "10-05"}]`:                                                               "are not two days",
		`"surcharges": [{"name": "x", "amount": "1", "from": "10-05", "to": "2026-12-24"}]`:                                           "are not two days",
		`"surcharges": [{"name": "x", "amount": "1", "from": "2027-10-05", "to": "2026-12-24"}]`:                                      "to 2026-12-24 comes before from 2027-10-05",
		`"surcharges": [{"name": "x", "amount": "1", "areas": [{"country": "DE", "postcodes": ["-"]}]}]`:                              "say nothing",
		`"surcharges": [{"name": "x", "amount": "1", "countries": ["ES-XX"]}]`:                                                        `country "ES-XX" is not a two-letter code`,
		`"excludes": {"areas": [{"country": "Germany"}]}`:                                                                             `excludes: country "Germany"`,
		breaks(`{"upto": "2 kg", "price": "1"}, {"over": "3 kg", "upto": "5 kg", "price": "2"}`):                                      "zone all: break 2: there is no price over 2 kg and up to 3 kg (carriers[0].services[0].zones[0].breaks[1])",
		breaks(`{"upto": "2 kg", "price": "1"}, {"over": "1 kg", "upto": "5 kg", "price": "2"}`):                                      "break 2: what weighs over 1 kg and up to 2 kg has two prices",
		breaks(`{"over": "100 g", "upto": "5 kg", "price": "1"}`):                                                                     "break 1: there is no price over 0 kg and up to 0.1 kg",
		breaks(`{"upto": "5 kg", "price": "-1"}`):                                                                                     "below 0",
	} {
		if _, err := LoadCards([]byte(single(parts))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot  %v\nwant %s", parts, err, want)
		}
	}
	for parts, want := range map[string]string{
		breaks(`{"over": "0 kg", "upto": "2 kg", "price": "1"}, {"over": "2 kg", "upto": "5 kg", "price": "2"}`):                                                                                                        "",
		`"max_mass": "5 kg", "zones": [{"id": "all", "areas": [{"country": "*"}], "breaks": [{"upto": "5 kg", "price": "1"}]}, {"id": "de", "areas": [{"country": "DE"}], "breaks": [{"upto": "2 kg", "price": "1"}]}]`: "",
		breaks(`{"upto": "4 kg", "price": "1"}`): "max_mass is 5 kg, but no zone has a price over 4 kg",
		`"prices_may_fall": true, ` + breaks(`{"upto": "2 kg", "price": "2"}, {"upto": "5 kg", "price": "1"}`):                "break 2: the price falls as the mass grows; the card says that prices may",
		`"surcharges": [{"name": "x", "percents": [{"from": "2026-01-02", "percent": "1"}]}]`:                                 "",
		`"effective_from": "2026-01-01", "surcharges": [{"name": "x", "percents": [{"from": "2026-01-02", "percent": "1"}]}]`: "the percent of x is known from 2026-01-02 only",
	} {
		if c, err := LoadNew([]byte(single(parts))); err != nil || want == "" && len(c.Warnings) > 0 || !strings.Contains(c.Warnings.Error(), want) {
			t.Errorf("%s\ngot  %v, %v\nwant %s", parts, err, c.Warnings, want)
		}
	}
}

// A card in a currency that nobody has is not taken in; one that is in use goes on.
func TestUnsoundCards(t *testing.T) {
	text := []byte(strings.Replace(card, `"EUR"`, `"EUX"`, 1))
	if _, err := LoadNew(text); err == nil || !strings.Contains(err.Error(), `no currency has the code "EUX"`) {
		t.Errorf("a new card: %v", err)
	}
	if c, err := LoadCards(text); err != nil || c.Currency != "EUX" {
		t.Errorf("one in use: %v", err)
	}
	for _, known := range []string{"EUR", "USD", "JPY", "KWD", "XOF"} {
		if _, err := LoadNew([]byte(strings.Replace(card, `"EUR"`, `"`+known+`"`, 1))); err != nil && strings.Contains(err.Error(), "no currency") {
			t.Errorf("%s: %v", known, err)
		}
	}
}

// Nobody can be asked for such a price: the card is wrong, and the sum must not wrap.
func TestPriceThatCannotBeRight(t *testing.T) {
	var all []string
	for i := range 100 {
		all = append(all, fmt.Sprintf(`{"name": "x", "percent": "500", "order": %d}`, i))
	}
	c := offer(t, `"surcharges": [`+strings.Join(all, ",")+`]`)
	q := Quotes(c, parcel())[0]
	if q.Allowed || q.Price.Minor != 0 || q.Breakdown != nil || !strings.Contains(q.Reason, "too high to be right") {
		t.Errorf("%+v", q)
	}
}

func TestSeasons(t *testing.T) {
	for season, days := range map[string][]string{
		"2026-10-05 2027-01-18": {"2026-10-05", "2026-12-31", "2027-01-01", "2027-01-18"},
		"10-05 01-18":           {"2026-10-05", "2026-12-31", "2030-12-31", "2027-01-01", "2027-01-18"},
		"02-29 02-29":           {"2028-02-29"},
	} {
		from, to, _ := strings.Cut(season, " ")
		for _, day := range []string{"2026-10-04", "2026-10-05", "2026-12-31", "2030-12-31", "2027-01-01", "2027-01-18", "2027-01-19", "2027-02-28", "2028-02-29", "2028-03-01"} {
			if got := within(day, from, to); got != slices.Contains(days, day) {
				t.Errorf("%s in %s: %v", day, season, got)
			}
		}
	}
}
