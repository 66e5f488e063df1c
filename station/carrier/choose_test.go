package carrier

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/country"
	"packbench/station/unit"
)

// offered is a card with one service a line, "carrier service price days
// reliability"; being late costs 10.00.
func offered(lines ...string) Cards {
	cards := Cards{Currency: "EUR"}
	for _, line := range lines {
		s := Service{CutOff: 24 * 60, LateCost: 1000}
		c := Carrier{Zone: time.UTC, WorkingDays: [7]bool{true, true, true, true, true, true, true}}
		z := Zone{Areas: []Area{{Country: "*"}}, Breaks: []Break{{Upto: 10 * unit.Kilogram}}}
		_, _ = fmt.Sscan(line, &c.ID, &s.ID, &z.Breaks[0].Minor, &z.TransitDays, &s.Reliability)
		s.Name, s.Zones, c.Services = "Service "+s.ID, []Zone{z}, nil
		if i := slices.IndexFunc(cards.Carriers, func(o Carrier) bool { return o.ID == c.ID }); i >= 0 {
			cards.Carriers[i].Services = append(cards.Carriers[i].Services, s)
			continue
		}
		c.Services = []Service{s}
		cards.Carriers = append(cards.Carriers, c)
	}
	return cards
}

// TestOrderOfTheChoice has two or three services that differ in one thing, the
// better one last on the card.
func TestOrderOfTheChoice(t *testing.T) {
	due := func(day string) func(*Parcel) { return func(p *Parcel) { p.Promise = berlin(day + " 12:00") } }
	wish := func(service, day string) func(*Parcel) {
		return func(p *Parcel) {
			p.Service = service
			if day != "" {
				due(day)(p)
			}
		}
	}
	const asks = "the order asks for it"
	tests := []struct {
		name   string
		lines  []string
		change func(*Parcel)
		want   []string
	}{
		{"one alone", []string{"a x 500 1 900"}, nil, []string{"x: the only service that takes it"}},
		{"one alone keeps the promise", []string{"a x 500 1 900"}, due("2026-11-24"), []string{"x: the only one that keeps the promise"}},
		{"one alone is late", []string{"a x 500 2 900"}, due("2026-11-24"), []string{"x: no service keeps the promise; this one arrives first, 1 day late"}},
		{"the price", []string{"a x 501 1 900", "a y 500 1 900"}, nil, []string{"y: cheapest", "x: 0.01 EUR dearer"}},
		{"the price and a day", []string{"a x 600 2 900", "a y 500 1 900"}, nil, []string{"y: cheapest", "x: 1.00 EUR dearer, arrives 1 day later"}},
		{"the risk", []string{"a x 500 1 900", "a y 500 1 901"}, nil, []string{"y: cheapest", "x: same price, more often late"}},
		{"the day", []string{"a x 500 2 900", "a y 500 1 900"}, nil, []string{"y: cheapest", "x: same price, arrives later"}},
		{"the carrier's name", []string{"b x 500 1 900", "a y 500 1 900"}, nil, []string{"y: cheapest", "x: same price; the first by name is taken"}},
		{"the service's name", []string{"a y 500 1 900", "a x 500 1 900"}, nil, []string{"x: cheapest", "y: same price; the first by name is taken"}},
		{"a wish before the price", []string{"a x 500 1 900", "a y 900 1 900"}, wish("y", ""), []string{"y: " + asks, "x: the order asks for another service; 4.00 EUR cheaper"}},
		{"a wish before the promise", []string{"a x 500 1 900", "a y 900 3 900"}, wish("service y", "2026-11-24"), []string{
			"y: the order asks for it; arrives 2 days after the promise", "x: the order asks for another service; 4.00 EUR cheaper",
		}},
		{"a wish at the same price", []string{"a x 500 1 900", "a y 500 1 900"}, wish("y", ""), []string{"y: " + asks, "x: the order asks for another service"}},
		{"a wish that is the cheapest", []string{"a x 500 1 900", "a y 400 1 900"}, wish("y", ""), []string{"y: " + asks, "x: the order asks for another service; 1.00 EUR dearer"}},
		{"a wish where all are late", []string{"a x 500 3 900", "a z 300 3 900", "a v 500 2 900", "a y 400 3 900"}, wish("y", "2026-11-24"), []string{
			"y: the order asks for it; arrives 2 days after the promise",
			"v: the order asks for another service; 1.00 EUR dearer", "z: the order asks for another service; 1.00 EUR cheaper",
			"x: the order asks for another service; 1.00 EUR dearer",
		}},
		{"a wish that nobody has", []string{"a x 501 1 900", "a y 500 1 900"}, wish("z", ""), []string{
			"y: cheapest; no card has the service that the order asks for, z", "x: 0.01 EUR dearer",
		}},
		{"the promise before the price", []string{"a x 100 2 900", "a y 500 1 900", "a z 600 1 900"}, due("2026-11-24"), []string{
			"y: cheapest that keeps the promise", "z: 1.00 EUR dearer", "x: arrives 1 day after the promise; 4.00 EUR cheaper, but 5.00 EUR dearer in all",
		}},
		{"only one keeps the promise", []string{"a x 100 2 900", "a y 500 1 900"}, due("2026-11-24"), []string{
			"y: the only one that keeps the promise", "x: arrives 1 day after the promise; 4.00 EUR cheaper, but 5.00 EUR dearer in all",
		}},
		{"late at the same price", []string{"a x 500 2 900", "a y 500 1 900"}, due("2026-11-24"), []string{
			"y: the only one that keeps the promise", "x: arrives 1 day after the promise",
		}},
		{"all late: the first to arrive", []string{"a x 100 3 900", "a y 500 2 900", "a z 501 2 900"}, due("2026-11-24"), []string{
			"y: no service keeps the promise; this one arrives first, 1 day late", "z: 0.01 EUR dearer", "x: arrives 1 day later; 4.00 EUR cheaper, but 6.00 EUR dearer in all",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := parcel()
			if tt.change != nil {
				tt.change(&p)
			}
			var got []string
			for _, q := range Quotes(offered(tt.lines...), p) {
				got = append(got, q.Service+": "+q.Reason)
				if q.Chosen != (len(got) == 1) {
					t.Errorf("%s is chosen: %v", q.Service, q.Chosen)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n %s\nwant\n %s", strings.Join(got, "\n "), strings.Join(tt.want, "\n "))
			}
		})
	}
}

// TestPromiseIsADayOfTheCarrier: 23:30 in London is the next day in Berlin.
func TestPromiseIsADayOfTheCarrier(t *testing.T) {
	p := parcel()
	p.Promise = time.Date(2026, 11, 25, 23, 30, 0, 0, time.UTC)
	if q, _ := chosen(Quotes(cards(t), p)); q.Service != "a-slow" || !q.Keeps {
		t.Errorf("chosen %s, keeps %v", q.Service, q.Keeps)
	}
	p.Promise = time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC)
	for _, q := range Quotes(cards(t), p) {
		if q.Service == "a-slow" && q.Reason != "arrives 1 day after the promise; 4.50 EUR cheaper, but 0.45 EUR dearer in all" {
			t.Errorf("%s: %s", q.Service, q.Reason)
		}
	}
}

func TestLongWishIsShownShort(t *testing.T) {
	for wish, want := range map[string]string{
		strings.Repeat("ß", 40): strings.Repeat("ß", 40),
		strings.Repeat("ß", 41): strings.Repeat("ß", 40) + "…",
		"A\xffB":                "A?B",
	} {
		p := parcel()
		p.Service = wish
		if q, _ := chosen(Quotes(cards(t), p)); !strings.HasSuffix(q.Reason, "the order asks for, "+want) {
			t.Errorf("%q: %q", wish, q.Reason)
		}
	}
}

// TestLateCost: a missed promise costs all of it, by the day; one that is kept its share.
func TestLateCost(t *testing.T) {
	p := parcel()
	p.Promise = berlin("2026-11-24 12:00")
	for _, q := range Quotes(offered("a x 500 1 933", "a y 400 2 933", "a z 300 4 933"), p) {
		if want := map[string]int64{"x": 500 + 67, "y": 400 + 1000, "z": 300 + 3000}[q.Service]; q.Score.Minor != want {
			t.Errorf("%s: score %+v, want %d", q.Service, q.Score, want)
		}
	}
}

// TestNearestAreaCounts: the world, a country and a place, in any order.
func TestNearestAreaCounts(t *testing.T) {
	zone := func(price int64, areas ...Area) Zone {
		return Zone{ID: fmt.Sprint(price), Areas: areas, Breaks: []Break{{Upto: unit.Kilogram, Minor: price}}}
	}
	world, land := zone(300, Area{Country: "*"}), zone(200, Area{Country: "DE"})
	city := zone(100, Area{Country: "DE", Postcodes: []string{"1", "AB1"}}, Area{Country: "AT", Postcodes: []string{"1"}})
	for _, zones := range [][]Zone{{world, land, city}, {city, land, world}} {
		s := Service{Zones: zones}
		for address, want := range map[string]string{"de 10115": "100", "DE 20095": "200", "DE ab-1 2": "100", "FR 10115": "300", "AT 2000": "300", "AT 1010": "100"} {
			code, postcode, _ := strings.Cut(address, " ")
			if z, ok := zoneOf(&s, Parcel{Country: code, Postcode: postcode}); !ok || z.ID != want {
				t.Errorf("%s: %s, %v; want %s", address, z.ID, ok, want)
			}
		}
	}
}

func zoneOf(s *Service, p Parcel) (Zone, bool) {
	z, reason := s.zone(&inquiry{Parcel: p, to: newSpot(Where{p.Country, p.Postcode, p.Place}), from: newSpot(p.From)})
	if reason != "" {
		return Zone{}, false
	}
	return *z, true
}

// Codes 07 to 09: a postcode means the same zone however people and spreadsheets
// write it, and a place with a code of its own whichever code it is written with.
func TestPostcodesFindTheirZone(t *testing.T) {
	r := &reader{currency: "EUR"}
	area := func(code string, postcodes ...string) fileZone {
		return fileZone{ID: strings.ReplaceAll(strings.Join(append([]string{code}, postcodes...), "_"), "*", "all"), Areas: []fileArea{{Country: code, Postcodes: postcodes}}, Breaks: []fileBreak{{Upto: "1 kg", Price: "1.00"}}}
	}
	var s Service
	for _, z := range []fileZone{
		area("*"), area("DE"), area("DE", "D-10", "01"), area("AT", "10"), area("ES"), area("ES", "35", "38"), area("LV", "LV-10"), area("FR"), area("RE"), area("DK"), area("DK", "FO"),
		area("GL"), area("US"), area("US", "969"), area("GB"), area("UK", "BT"), area("JE"), area("JP", "060"), area("PL", "00"),
	} {
		s.Zones = append(s.Zones, r.zone(z, false))
	}
	if r.link(&s); len(r.faults) > 0 {
		t.Fatal(r.faults)
	}
	for address, want := range map[string]string{
		"DE 10115": "DE_D-10_01", "DE D-10115": "DE_D-10_01", "DE DE 10115": "DE_D-10_01", "DE １０１１５": "DE_D-10_01", "DE 1067": "DE_D-10_01", "DE 20095": "DE", "DE CH-1067": "DE",
		"AT A-1010": "AT_10", "ES E-35001": "ES_35_38", "ES ES-38001": "ES_35_38", "IC 35001": "ES_35_38", "ES 8001": "ES", "LV 1010": "LV_LV-10", "LV LV-1010": "LV_LV-10",
		"FR F-75001": "FR", "FR 97400": "RE", "RE 97400": "RE", "DK 1050": "DK", "DK FO-100": "DK_FO", "FO 100": "DK_FO", "DK 3900": "GL", "US 96913": "US_969", "GU 96913": "US_969", "US 09012": "US",
		"GB bt1-5gs": "UK_BT", "gb JE2 3AB": "JE", "uk EC1A 1BB": "GB", "GB GY1 1AA": "GB", "GG GY1 1AA": "all", "JP 600000": "JP_060", "PL 950": "PL_00", "NO 0150": "all",
	} {
		code, postcode, _ := strings.Cut(address, " ")
		if z, ok := zoneOf(&s, Parcel{Country: code, Postcode: postcode, Place: country.Place(code, postcode, "", "")}); !ok || z.ID != want {
			t.Errorf("%s: zone %q, %v; not %q", address, z.ID, ok, want)
		}
	}
}

func TestBilledMass(t *testing.T) {
	mm := func(w, l, d unit.Length) unit.Size {
		return unit.Size{Width: w * unit.Millimetre, Length: l * unit.Millimetre, Depth: d * unit.Millimetre}
	}
	for _, tt := range []struct {
		name    string
		mass    unit.Mass
		outer   unit.Size
		divisor int64
		step    unit.Mass
		want    unit.Mass
	}{
		{"as weighed", unit.Kilogram + 1, mm(100, 100, 100), 0, 0, unit.Kilogram + 1},
		{"size unknown", unit.Kilogram, unit.Size{}, 1000, 0, unit.Kilogram},
		{"by size, a part of a milligram counts as one", unit.Gram, mm(100, 100, 100), 3_000_000, 0, 333_334},
		{"by size, exactly", unit.Gram, mm(100, 100, 100), 4_000_000, 0, 250_000},
		{"heavier than bulky", unit.Kilogram, mm(100, 100, 100), 4_000_000, 0, unit.Kilogram},
		{"a step is full", unit.Kilogram, unit.Size{}, 0, 500 * unit.Gram, unit.Kilogram},
		{"a milligram over a step", unit.Kilogram + 1, unit.Size{}, 0, 500 * unit.Gram, 1500 * unit.Gram},
		{"a size in metres where millimetres were meant", unit.Kilogram, mm(300_000, 200_000, 100_000), 5_000_000, 0, 200_000 * unit.Kilogram},
	} {
		s := Service{Divisor: tt.divisor, Step: tt.step}
		if got := s.billed(tt.mass, s.measure(tt.outer)); got != tt.want {
			t.Errorf("%s: %d mg, want %d", tt.name, got, tt.want)
		}
	}
}

func TestTooBulkyIsNotCalledTooHeavy(t *testing.T) {
	c := offered("a x 500 1 900")
	c.Carriers[0].Services[0].Divisor = 1_000_000
	p := parcel()
	p.Outer = unit.Size{Width: 250 * unit.Millimetre, Length: 250 * unit.Millimetre, Depth: 200 * unit.Millimetre}
	if q := Quotes(c, p)[0]; q.Allowed || q.Reason != "too bulky for this address: bills as 12.5 kg, at most 10 kg" {
		t.Errorf("%v %s", q.Allowed, q.Reason)
	}
	p.Outer.Width = 200 * unit.Millimetre
	if q := Quotes(c, p)[0]; !q.Allowed || q.Billed != 10*unit.Kilogram {
		t.Errorf("%v %s %s", q.Allowed, q.Billed, q.Reason)
	}
	p.Outer, p.Mass = unit.Size{}, 11*unit.Kilogram
	if q := Quotes(c, p)[0]; q.Reason != "too heavy for this address: at most 10 kg" {
		t.Error(q.Reason)
	}
}

func TestGirth(t *testing.T) {
	c := offered("a x 500 1 900")
	c.Carriers[0].Services[0].MaxGirth = 1000 * unit.Millimetre
	p := parcel()
	p.Outer = unit.Size{Width: 100 * unit.Millimetre, Length: 600 * unit.Millimetre, Depth: 100 * unit.Millimetre}
	if q := Quotes(c, p)[0]; !q.Allowed {
		t.Error(q.Reason)
	}
	for _, longer := range []func(*unit.Size){func(s *unit.Size) { s.Width++ }, func(s *unit.Size) { s.Length++ }, func(s *unit.Size) { s.Depth++ }} {
		p := p
		longer(&p.Outer)
		if q := Quotes(c, p)[0]; q.Allowed || !strings.HasPrefix(q.Reason, "too large: length and girth at most 1000 mm") {
			t.Errorf("%s: %v %s", p.Outer, q.Allowed, q.Reason)
		}
	}
}

// TestSurchargeOfACountry: only there, without fuel unless the card says so.
func TestSurchargeOfACountry(t *testing.T) {
	c := offered("a x 500 1 900")
	s := &c.Carriers[0].Services[0]
	s.FuelPermille = 100
	s.Surcharges = []Surcharge{{Name: "customs", Minor: 300, Countries: []string{"CH", "NO"}}, {Name: "toll", Minor: 95, Fuelled: true}}
	for country, want := range map[string][]Term{
		" no ": {{"base", 500}, {"customs", 300}, {"toll", 95}, {"fuel", 60}},
		"DE":   {{"base", 500}, {"toll", 95}, {"fuel", 60}},
	} {
		p := parcel()
		p.Country = country
		if q := Quotes(c, p)[0]; !slices.Equal(q.Breakdown, want) {
			t.Errorf("%s: %v, want %v", country, q.Breakdown, want)
		}
	}
}

// TestCalendarWithoutAWorkingDayEnds: a broken card must not hang the bench.
func TestCalendarWithoutAWorkingDayEnds(t *testing.T) {
	var c Carrier
	c.Zone = time.UTC
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	k := c.course(at, newSpot(Where{}), newSpot(Where{}))
	if days := k.arrives(k.ships(&Service{}), 1) - k.today; days > 1000 {
		t.Errorf("looks %d days ahead", days)
	}
}

// Prices of several currencies cannot be compared: those in the shop's own are, and where
// there are none, those of one other.
func TestPricesOfOneCurrencyAreCompared(t *testing.T) { // C3
	in := func(currency string) Quote {
		return Quote{Allowed: true, Source: "a web account", Price: unit.Money{Minor: 500, Currency: currency}}
	}
	for _, test := range []struct {
		own    string
		quotes []Quote
		want   string
	}{
		{"USD", []Quote{in("EUR"), in("USD")}, "USD"},
		{"CHF", []Quote{in("USD"), in("EUR")}, "EUR"},
		{"", []Quote{in("USD"), {Allowed: true, Source: Card, Price: unit.Money{Currency: "PLN"}}, in("EUR")}, "PLN"},
		{"USD", []Quote{in("EUR"), {Price: unit.Money{Currency: "USD"}}}, "EUR"},
	} {
		c := choice{Parcel: Parcel{Currency: test.own}}
		if c.compare(test.quotes); c.currency != test.want {
			t.Errorf("own %q: compared in %q, want %q", test.own, c.currency, test.want)
		}
	}
}
