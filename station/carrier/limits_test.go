package carrier

import (
	"fmt"
	"strings"
	"testing"

	"packbench/station/unit"
)

// TestLimitsOfACard changes one thing of the card: it is still read, or the
// fault is named.
func TestLimitsOfACard(t *testing.T) {
	chars := func(n int) string { return strings.Repeat("X", n) }
	days := func(n int) string { return `"12-25"` + strings.Repeat(`, "12-26"`, n-1) }
	const (
		first, mass, girth, fuel = `"reliability": 900,`, `"max_mass": "20 kg"`, `"cut_off": "18:00"`, `"fuel_permille": 125`
		s10, luhn, country       = `"digits": 8, "check": "s10"`, `"digits": 8, "check": "none"`, `"country": "DE", "postcodes": ["1011"]`
		dear, long, served       = `"price": "9.99"`, `"over_length": "500 mm"`, `"cut_off": "16:00"`
	)
	tests := []struct{ old, new, fault string }{
		{first, `"reliability": 1000,`, ""},
		{first, `"reliability": 0,`, ""},
		{first, `"reliability": 1001,`, "carrier a: reliability 1001 is outside 0 to 1000"},
		{first, `"reliability": -1,`, "reliability -1"},
		{served, `"cut_off": "16:00", "reliability": 1001`, "service a-slow: reliability 1001"},
		{fuel, `"fuel_permille": 5000`, ""},
		{fuel, `"fuel_permille": 0`, ""},
		{fuel, `"fuel_permille": 5001`, "fuel_permille 5001 is outside 0 to 5000"},
		{`"transit_days": 3`, `"transit_days": 90`, ""},
		{`"transit_days": 3`, `"transit_days": 0`, ""},
		{`"transit_days": 3`, `"transit_days": 91`, "transit_days 91 is outside 0 to 90"},
		{`"transit_days": 3`, `"transit_days": -1`, "transit_days -1"},
		{`"divisor": 5000000`, `"divisor": 1000`, ""},
		{`"divisor": 5000000`, `"divisor": 0`, ""},
		{`"divisor": 5000000`, `"divisor": 1000000000`, ""},
		{`"divisor": 5000000`, `"divisor": 999`, "divisor 999: write cubic"},
		{`"divisor": 5000000`, `"divisor": 1`, "divisor 1:"},
		{`"divisor": 5000000`, `"divisor": -1`, "divisor -1:"},
		{`"divisor": 5000000`, `"divisor": 1000000001`, "divisor 1000000001:"},
		{luhn, `"digits": 1, "check": "none"`, ""},
		{luhn, `"digits": 20, "check": "none"`, ""},
		{luhn, `"digits": 0, "check": "none"`, "carrier b: tracking: 0 digits are outside 1 to 20"},
		{luhn, `"digits": -1, "check": "none"`, "tracking: -1 digits"},
		{luhn, `"digits": 21, "check": "none"`, "tracking: 21 digits"},
		{s10, `"digits": 9, "check": "s10"`, "tracking: the check s10 needs 8 digits"},
		{s10, s10 + `, "prefix": "` + chars(10) + `", "suffix": "AZ09"`, ""},
		{s10, s10 + `, "prefix": "` + chars(11) + `"`, "tracking: prefix and suffix take up to 10"},
		{s10, s10 + `, "prefix": "a"`, "prefix and suffix"},
		{s10, s10 + `, "suffix": "-"`, "prefix and suffix"},
		{s10, s10 + `, "first": 99999999, "last": 99999999`, ""},
		{s10, s10 + `, "first": 99999999`, ""},
		{s10, s10 + `, "last": 1`, ""},
		{s10, s10 + `, "first": 100000000`, "first 100000000 and last 0"},
		{luhn, `"digits": 18, "check": "none", "last": 999999999999999999`, ""},
		{`"id": "a", "name"`, `"id": "az-AZ_09.` + chars(30) + `", "name"`, ""},
		{`"id": "a", "name"`, `"id": "` + chars(41) + `", "name"`, `must be 1 to 40 letters, digits, - _ or .`},
		{`"id": "a", "name"`, `"id": "", "name"`, `carrier 1: id "" must be`},
		{`"id": "city"`, `"id": ""`, `zone 1: id ""`},
		{`"id": "b-fast"`, `"id": ""`, `service 1: id ""`},
		{`"name": "Carrier A"`, `"name": ""`, "carrier a: the name is missing"},
		{`"name": "Slow"`, `"name": ""`, "service a-slow: the name is missing"},
		{`"name": "heavy"`, `"name": ""`, "surcharge 1: the name is missing"},
		{`"Europe/Berlin", "working_days": ["mon","tue","wed","thu","fri"]`, `"Local", "working_days": ["mon"]`, `time_zone "Local"`},
		{`"Europe/Berlin", "working_days": ["mon","tue","wed","thu","fri"]`, `"", "working_days": ["MON"]`, `time_zone ""`},
		{`"mon","tue","wed","thu","fri"]`, `"MON", "Sun"]`, ""},
		{`"12-25", "2026-12-28"`, days(200), ""},
		{`"12-25", "2026-12-28"`, days(201), "carrier a: holidays: more than 200 are too many"},
		{`"12-25", "2026-12-28"`, `"02-29"`, ""},
		{`"12-25", "2026-12-28"`, `"2026-02-29"`, `"2026-02-29" is not a day`},
		{served, `"cut_off": "16:00", "effective_from": "2026-13-01"`, `effective_from "2026-13-01" is not a day`},
		{served, `"cut_off": "16:00", "customs": "cn23"`, ""},
		{served, `"cut_off": "16:00", "customs": "invoice"`, ""},
		{served, `"cut_off": "24:00"`, `"24:00" is not a time`},
		{mass, `"max_mass": "100000 kg"`, ""},
		{mass, `"max_mass": "100000.001 kg"`, `max_mass: "100000.001 kg" is outside 1 mg to 100 t`},
		{mass, `"max_mass": "0 kg"`, `max_mass: "0 kg" is outside`},
		{girth, girth + `, "max_girth": "100 m"`, ""},
		{girth, girth + `, "max_girth": "100.001 m"`, `max_girth: "100.001 m" is outside 1 µm to 100 m`},
		{girth, girth + `, "max_girth": "0 mm"`, `max_girth: "0 mm" is outside`},
		{girth, girth + `, "max_girth": "long"`, `max_girth: length "long"`},
		{`["600 mm", "400 mm", "400 mm"]`, `["600 mm", "400 mm"]`, "max_size needs three lengths"},
		{`["600 mm", "400 mm", "400 mm"]`, `["600 mm", "400 mm", "x"]`, "max_size: length"},
		{`"late_cost": "5.00"`, `"late_cost": "five"`, "late_cost: money"},
		{dear, `"price": "10000000.00"`, ""},
		{dear, `"price": "10000000.01"`, `"10000000.01" is below 0 or too much`},
		{`"price": "4.00"`, `"price": "0"`, ""},
		{`"price": "5.00"`, `"price": "4.00"`, ""},
		{`{"upto": "2 kg", "price": "4.00"}, `, `{"price": "4.00"}, `, "zone city: break 1: upto must be a mass above 0"},
		{`{"upto": "5 kg", "price": "5.00"}`, `{"upto": "2 kg", "price": "5.00"}`, "zone city: break 2: 2 kg does not come after 2 kg"},
		{`{"upto": "2 kg", "price": "4.00"}, {"upto": "5 kg", "price": "5.00"}`, ``, "zone city: there is no price"},
		{`[{"country": "*"}]`, `[]`, "zone all: there is no area"},
		{`"country": "*"`, `"country": "*", "postcodes": ["1"]`, `postcodes "1" of country "*" say nothing`},
		{`["1011"]`, `["- "]`, `postcodes "- " of country "DE" say nothing`},
		{country, `"country": "az"`, ""},
		{country, `"country": "ZA"`, ""},
		{country, `"country": "D"`, `country "D" is not a two-letter code`},
		{country, `"country": "[A"`, `country "[A"`},
		{country, `"country": "A["`, `country "A["`},
		{country, `"country": "@A"`, `country "@A"`},
		{country, `"country": "A@"`, `country "A@"`},
		{long, long + `, "countries": ["ch", "Norway"]`, `surcharge long: country "Norway"`},
		{long, `"over_length": "0 mm"`, `surcharge long: over_length`},
		{`"over_mass": "10 kg"`, `"over_mass": "ten"`, `surcharge heavy: over_mass`},
		{`"step": "500 g"`, `"step": "500"`, `step: mass`},
	}
	for _, tt := range tests {
		t.Run(tt.new, func(t *testing.T) {
			if !strings.Contains(card, tt.old) {
				t.Fatalf("the card has no %s", tt.old)
			}
			switch _, err := LoadCards([]byte(strings.Replace(card, tt.old, tt.new, 1))); {
			case tt.fault == "" && err != nil:
				t.Error(err)
			case tt.fault != "" && (err == nil || !strings.Contains(err.Error(), tt.fault)):
				t.Errorf("got  %v\nwant %s", err, tt.fault)
			}
		})
	}
}

func TestIDsTakeNoOtherSigns(t *testing.T) {
	for _, sign := range "`{@[/: ä," {
		if _, err := LoadCards([]byte(strings.Replace(card, `"id": "city"`, `"id": "x`+string(sign)+`"`, 1))); err == nil {
			t.Errorf("%q is read", sign)
		}
	}
}

func TestPartsOfACardThatAreMissing(t *testing.T) {
	head := `{"format": "packbench-rates-1", "currency": "EUR", "carriers": [`
	a := `{"id": "a", "name": "A", "time_zone": "UTC", "working_days": ["mon"], "tracking": {"digits": 8, "check": "none"}, "services": [`
	slow := `{"id": "slow", "name": "Slow", "cut_off": "16:00", "zones": [`
	zone := `{"id": "all", "areas": [{"country": "*"}], "breaks": [{"upto": "5 kg", "price": "1"}]}`
	for text, fault := range map[string]string{
		head + `]}`:                                                   "there is no carrier in it",
		head + a + `]}]}`:                                             "carrier a: there is no service",
		head + a + slow + `]}]}]}`:                                    "carrier a, service slow: there is no zone",
		head + a + slow + zone + `]}]}]}`:                             "",
		"\xef\xbb\xbf" + head + a + slow + zone + `]}]}]}`:            "",
		head + a + slow + zone + `]}]}]} x`:                           "something stands behind the end",
		head + a + slow + zone + `]},` + slow + zone + `]}]}]}`:       `carrier a: there are two services "slow" from the same day`,
		head + a + slow + zone + `]}]},` + a + slow + zone + `]}]}]}`: `there are two carriers "a"`,
		head + `5]}`: "carrier 1: ",
	} {
		if _, err := LoadCards([]byte(text)); (err == nil) != (fault == "") || err != nil && !strings.Contains(err.Error(), fault) {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, fault)
		}
	}
}

func TestSizeOfAFile(t *testing.T) {
	full := card + strings.Repeat(" ", 16<<20-len(card))
	if _, err := LoadCards([]byte(full)); err != nil {
		t.Error(err)
	}
	if _, err := LoadCards([]byte(full + " ")); err == nil || !strings.Contains(err.Error(), "larger than 16 MB") {
		t.Error(err)
	}
}

// TestManyFaultsAreCutShort: nobody reads more than fifty.
func TestManyFaultsAreCutShort(t *testing.T) {
	_, err := LoadCards([]byte(strings.Replace(card, `"12-25"`, `"x"`+strings.Repeat(`, "x"`, 80), 1)))
	if n := strings.Count(fmt.Sprint(err), "is not a day"); n != 50 {
		t.Errorf("%d faults", n)
	}
}

// TestEveryFieldIsRead writes a card with all that may stand on it and asks for
// it back.
func TestEveryFieldIsRead(t *testing.T) {
	text := strings.Replace(card, `"holidays": ["12-25", "2026-12-28"]`, `"sample": true, "holidays": ["12-25"]`, 1)
	text = strings.Replace(text, `"fuel_permille": 125,`, `"fuel_permille": 125, "effective_from": "2026-01-01", "max_girth": "2 m", "customs": "cn23",
		"reliability": 970, "late_cost": "7.00",`, 1)
	text = strings.Replace(text, `"cut_off": "18:00"`, `"cut_off": "18:30"`, 1)
	text = strings.Replace(text, `"over_length": "500 mm"`, `"over_length": "500 mm", "countries": ["ch"]`, 1)
	c, err := LoadCards([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	a, b := c.Carriers[0], c.Carriers[1]
	if !a.Sample || b.Sample || a.Reliability != 900 || a.Name != "Carrier A" || fmt.Sprint(a.WorkingDays) != "[false true true true true true false]" {
		t.Errorf("carrier a: %+v", a)
	}
	s := b.Services[0]
	got := fmt.Sprint(s.ID, s.Name, s.From, s.CutOff, s.MaxMass, s.MaxSize, s.MaxGirth, s.Divisor, s.Step, s.FuelPermille, s.Dangerous, s.Customs, s.Reliability, s.LateCost)
	want := fmt.Sprint("b-fast", "Fast", "2026-01-01", 18*60+30, 20*unit.Kilogram,
		unit.Size{Width: 600 * unit.Millimetre, Length: 400 * unit.Millimetre, Depth: 400 * unit.Millimetre}, 2*unit.Metre,
		5_000_000, 500*unit.Gram, 125, true, "cn23", 970, 700)
	if got != want {
		t.Errorf("service\ngot  %s\nwant %s", got, want)
	}
	if got, want := fmt.Sprint(s.Surcharges), fmt.Sprint([]Surcharge{
		{Name: "heavy", Minor: 101, OverMass: 10 * unit.Kilogram, Fuelled: true},
		{Name: "long", Minor: 200, OverLength: 500 * unit.Millimetre, Countries: []string{"CH"}},
	}); got != want {
		t.Errorf("surcharges\ngot  %s\nwant %s", got, want)
	}
	if q := Quotes(c, parcel()); q[1].Reliability != 970 || q[0].Reliability != 900 {
		t.Errorf("reliability: of the service %d, of the carrier %d", q[1].Reliability, q[0].Reliability)
	}
}

// TestMergeAddsAndReplaces: a newer file may hold one carrier only.
func TestMergeAddsAndReplaces(t *testing.T) {
	load := func(id, name, service string) Cards {
		c := offered(id + " " + service + " 500 1 900")
		c.Carriers[0].Name = name
		return c
	}
	old, err := Merge(Cards{}, load("a", "A", "x"))
	if err != nil {
		t.Fatal(err)
	}
	both, err := Merge(old, load("b", "B", "y"))
	if err != nil {
		t.Fatal(err)
	}
	newer, err := Merge(both, load("a", "A, newer", "z"))
	if err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]Cards{"A x": old, "A x, B y": both, "A, newer z, B y": newer} {
		var names []string
		for _, carrier := range c.Carriers {
			names = append(names, carrier.Name+" "+carrier.Services[0].ID)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("carriers %s, want %s", got, want)
		}
	}
	if _, err := Merge(both, load("c", "C", "x")); err == nil || !strings.Contains(err.Error(), `service "x" stands at carrier a and at carrier c`) {
		t.Errorf("a service of another carrier: %v", err)
	}
}
