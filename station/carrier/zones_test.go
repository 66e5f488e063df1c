package carrier

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"packbench/station/country"
)

// charted makes a service of zones, one a line: "id: origins > areas"; an area is a
// country and its postcodes, "DE 10 20000..21999 !20457", areas are apart by a comma.
func charted(t *testing.T, lines ...string) (*Service, *reader) {
	t.Helper()
	r := &reader{currency: "EUR"}
	var s Service
	areas := func(text string) (out []fileArea) {
		for _, one := range strings.Split(text, ",") {
			words := strings.Fields(one)
			if len(words) == 0 {
				continue
			}
			a := fileArea{Country: words[0]}
			for _, w := range words[1:] {
				if except, ok := strings.CutPrefix(w, "!"); ok {
					a.Except = append(a.Except, except)
				} else {
					a.Postcodes = append(a.Postcodes, w)
				}
			}
			out = append(out, a)
		}
		return out
	}
	for _, line := range lines {
		id, rest, _ := strings.Cut(line, ":")
		from, to, ok := strings.Cut(rest, ">")
		if !ok {
			from, to = "", rest
		}
		f := fileZone{ID: id, Origins: areas(from), Areas: areas(to), Breaks: []fileBreak{{Upto: "1 kg", Price: "1"}}}
		s.Zones = append(s.Zones, r.at("zone "+id, "").zone(f, false))
	}
	r.at("", "").link(&s)
	return &s, r
}

func where(address string) Where {
	code, postcode, _ := strings.Cut(address, " ")
	return Where{code, postcode, country.Place(code, postcode, "", "")}
}

func zoneFrom(s *Service, from, to string) string {
	p := Parcel{From: where(from)}
	w := where(to)
	p.Country, p.Postcode, p.Place = w.Country, w.Postcode, w.Place
	z, _ := zoneOf(s, p)
	return z.ID
}

// Ranges, their exceptions and begins: the closest counts, whichever way it is written.
func TestRangesAndExceptions(t *testing.T) {
	s, r := charted(t,
		"land: DE",
		"north: DE 20 22000..25999 !24100..24199 !23",
		"island: DE 25980..25999 25859",
		"wide: DE 1..3",
		"hole: FR !20 !97..98",
		"corsica: FR 20",
		"japan: JP 900-0000..907-9999",
		"holland: NL 1000..1999AB",
		"canada: CA V0A..V9Z",
		"highlands: GB IV1..IV28 KA27..28 HS1..HS9 PA20..PA49 !PA22",
		"inverness: GB IV3",
		"britain: GB !BT",
		"ulster: GB BT",
	)
	if len(r.faults) > 0 {
		t.Fatal(r.faults)
	}
	for to, want := range map[string]string{
		"DE 20095": "north", "DE 22000": "north", "DE 21999": "wide", "DE 25999": "island", "DE 25980": "island", "DE 25979": "north", "DE 25859": "island", "DE 26000": "wide",
		"DE 24100": "wide", "DE 24199": "wide", "DE 24099": "north", "DE 24200": "north", "DE 23999": "wide", "DE 40000": "land", "DE 39999": "wide", "DE 09999": "land", "DE D-24150": "wide", "DE": "land",
		"FR 75001": "hole", "FR 20000": "corsica", "FR 97100": "", "FR F-20200": "corsica", "MC 98000": "", // Monaco is a place of its own
		"JP 900-0000": "japan", "JP 907-9999": "japan", "JP 〒907-9999": "japan", "JP 908-0000": "", "JP 899-9999": "", "JP 9079999": "japan",
		"NL 1000 AA": "holland", "NL 1999 AB": "holland", "NL 1999 AC": "", "NL 2000 AA": "", "NL NL-1999AA": "holland",
		"CA V5K 0A1": "canada", "CA v9z1a1": "canada", "CA X0A 1A1": "", "CA K1A 0B1": "",
		"GB IV1 1AA": "highlands", "GB IV2 8XX": "highlands", "GB IV28 3XA": "highlands", "GB IV29 1AA": "britain", "GB IV55 8WX": "britain", "GB iv27 4hg": "highlands", "GB IV10 8SW": "highlands",
		"GB IV3 8XX": "highlands", "GB IV31 2AA": "inverness", "GB KA27 8AA": "highlands", "GB KA2 7AA": "britain", "GB KA29 0AA": "britain", "GB PA22 1AA": "britain", "GB PA2 2AA": "britain", "GB PA21 1AA": "highlands",
		"GB BT1 5GS": "ulster", "XI BT1 5GS": "ulster", "GB HS9 5XW": "highlands", "GB HS10 1AA": "britain", "GB IV28": "highlands", "GB": "britain",
	} {
		if got := zoneFrom(s, "DE 10115", to); got != want {
			t.Errorf("%s is in %q, not %q", to, got, want)
		}
	}
}

// The closest origin counts first, then the closest destination; where a chart says
// nothing, a wider one does.
func TestOriginsAndDestinations(t *testing.T) {
	s, r := charted(t,
		"local: DE 10, DE 12 > DE 1",
		"berlin: DE 10 > DE",
		"potsdam: DE 12..14 > DE",
		"inland: DE > DE",
		"alps: DE > AT 6, AT 9",
		"island: ES-CE > ES",
		"any: AT",
	)
	if len(r.faults) > 0 {
		t.Fatal(r.faults)
	}
	for pair, want := range map[[2]string]string{
		{"DE 10115", "DE 12345"}: "local", {"DE 12345", "DE 10115"}: "local", {"DE 12345", "DE 80331"}: "potsdam", {"DE 10115", "DE 80331"}: "berlin",
		{"DE 13001", "DE 10115"}: "potsdam", {"DE 15001", "DE 10115"}: "inland", {"DE 10115", "AT 6020"}: "alps", {"DE 10115", "AT 1010"}: "any",
		{"FR 75001", "AT 6020"}: "any", {"FR 75001", "DE 10115"}: "", {"", "AT 6020"}: "any", {"", "DE 10115"}: "", {"ES 51001", "ES 28001"}: "island", {"ES 28001", "ES 28001"}: "",
	} {
		if got := zoneFrom(s, pair[0], pair[1]); got != want {
			t.Errorf("from %s to %s: %q, not %q", pair[0], pair[1], got, want)
		}
	}
	a := inquiry{to: newSpot(where("DE 10115")), from: newSpot(Where{})}
	if _, reason := s.zone(&a); !strings.Contains(reason, "write the sender's address") {
		t.Errorf("without a sender: %q", reason)
	}
	a.from = newSpot(where("FR 75001"))
	if _, reason := s.zone(&a); reason != "no rate from here to this address" {
		t.Errorf("from elsewhere: %q", reason)
	}
}

func TestZonesThatAreNotPlain(t *testing.T) {
	for _, tt := range []struct {
		lines []string
		want  string // what is said of them
	}{
		{[]string{"a: DE 10..15", "b: DE 14..20"}, "DE 14..20 of zone b lies partly in 10..15 of zone a"},
		{[]string{"a: DE 10", "b: DE 09999..10500"}, "DE 10 of zone a lies partly in 09999..10500 of zone b"},
		{[]string{"a: DE 10..12", "b: DE 10..12"}, "DE 10..12 stands in zone a and in zone b"},
		{[]string{"a: DE", "b: DE"}, "DE stands in zone a and in zone b"},
		{[]string{"a: *", "b: *"}, "* stands in zone a and in zone b"},
		{[]string{"a: DE 10 > DE", "b: DE 10, DE 11 > DE"}, "DE from DE 10 stands in zone a and in zone b"},
		{[]string{"a: DE 10..12 > DE", "b: DE 11..13 > DE"}, "DE 11..13 from origin of zone b lies partly in 10..12 of zone a"},
		{[]string{"a: GB IV1..IV28", "b: GB IV28..IV30"}, "GB IV28 stands in zone a and in zone b"},
		{[]string{"a: DE 20..10"}, `postcodes "20..10" end before they begin`},
		{[]string{"a: GB IV28..IV1"}, `postcodes "IV28..IV1" end before they begin`},
		{[]string{"a: GB IV1..KA3"}, "a range goes from a district to one of the same letters"},
		{[]string{"a: GB IV..KA"}, "a range goes from a district to one of the same letters"},
		{[]string{"a: DE 10..-"}, `postcodes "10..-" of country "DE" say nothing`},
		{[]string{"a: DE 10 !- > DE"}, "say nothing"},
		{[]string{"a: DE 10 !101 > DE"}, "origins have no exceptions"},
		{[]string{"a: DE 123456"}, "no address can be in it: no postcode begins with DE 123456"},
		{[]string{"a: GB 12"}, "no address can be in it: no postcode begins with GB 12"},
		{[]string{"a: XQ"}, `no country has the code "XQ"`},
		{[]string{"a: DE 10 123456"}, "no postcode begins with DE 123456"},
		{[]string{"a: DE 10 !20"}, "the exception 20 of DE lies in none of its postcodes"},
		{[]string{"a: DE 1067..9999"}, "did a zero in front get lost?"},
		{[]string{"a: DE 10", "b: DE 100..104 105..109"}, "zone a never counts for DE 10: closer zones have all of it"},
		{[]string{"a: DE 0..4 6..9"}, "DE: the zones have 90000 of 100000 postcodes, such as not 50000"},
		{[]string{"a: DE 0..8"}, "such as not 90000"},
		{[]string{"a: DE 0..9"}, ""},
		{[]string{"a: DE 10 20"}, ""}, // a courier of two towns
		{[]string{"a: DE 0..8", "b: *"}, ""},
		{[]string{"a: DE 0..8", "b: DE"}, ""},
		{[]string{"a: DE 1..10 205..20", "b: DE"}, ""}, // from 10000 to 10999, from 20500 to 20999
		{[]string{"a: DE 10 !101..105", "b: DE 101..105"}, ""},
		{[]string{"a: DK FO", "b: US 969", "c: LT LT-01", "d: GB BT JE1..JE4"}, ""},
	} {
		_, r := charted(t, tt.lines...)
		all := slices.Concat(r.faults, r.unsound, r.warnings)
		if tt.want == "" && len(all) > 0 || tt.want != "" && !strings.Contains(all.Error(), tt.want) {
			t.Errorf("%v\ngot  %v\nwant %s", tt.lines, all, tt.want)
		}
	}
}

// Against the rule itself, area by area, without an index: random spans of postcodes
// of digits, and random addresses.
func TestIndexFindsWhatTheRuleSays(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	digits := func(n int) string {
		return fmt.Sprintf("%0*d", n, random.IntN([]int{1, 10, 100, 1000, 10_000, 100_000}[n]))
	}
	found, plain := 0, 0
	for range 4000 {
		var all []entry
		for i := range 2 + random.IntN(12) {
			a := Area{Country: []string{"DE", "DE", "DE", "FR"}[random.IntN(4)]}
			for range random.IntN(4) {
				if n := 1 + random.IntN(4); random.IntN(2) == 0 {
					a.Postcodes = append(a.Postcodes, digits(n))
				} else if from, to := digits(n), digits(1+random.IntN(5)); from <= to {
					a.Ranges = append(a.Ranges, Span{from, to})
				}
			}
			if random.IntN(3) == 0 {
				a.Except = append(a.Except, Span{digits(2), ""})
				a.Except[0].To = a.Except[0].From
			}
			all = append(all, entry{int32(i), []Area{a}})
		}
		x, clashes := newIndex(all)
		if len(clashes) > 0 {
			continue // it is refused
		}
		plain++
		for range 20 {
			postcode := digits(5)
			s := newSpot(Where{Country: "DE", Postcode: postcode})
			var room hits
			got := int32(-1)
			if h := x.find(s, &room); len(h) > 0 {
				got = h[0].value
				found++
			}
			if want := closest(all, postcode); got != want {
				t.Fatalf("%s: %d, want %d of %+v", postcode, got, want, all)
			}
		}
	}
	if found < 5000 || plain < 500 {
		t.Errorf("only %d addresses of %d cards were found", found, plain)
	}
}

// closest is the rule: the span that lies in all others that hold the postcode.
func closest(all []entry, postcode string) int32 {
	best, whole := int32(-1), int32(-1)
	var span Span
	for _, e := range all {
		a := e.areas[0]
		if a.Country != "DE" || slices.ContainsFunc(a.Except, func(s Span) bool { return strings.HasPrefix(postcode, s.From) }) {
			continue
		}
		if !a.partly() {
			whole = e.value
		}
		for s := range a.spans() {
			low, high := s.From+"00000", s.To+"99999"
			if postcode < low[:5] || postcode > high[:5] {
				continue
			}
			if best < 0 || s.From >= span.From && ends(s.To, span.To) <= 0 {
				best, span = e.value, s
			}
		}
	}
	if best < 0 {
		return whole
	}
	return best
}

// Any whole postcode of any country is found by its first signs, however it is written.
func TestPostcodesOfEveryCountry(t *testing.T) {
	for line, want := range map[string]string{
		"AD AD500": "AD 5", "AR C1425ABC": "AR C1", "AZ AZ1000": "AZ 10", "BM HM 12": "BM HM", "BN BA1111": "BN BA", "BR 01310-100": "BR 013", "CA K1A 0B1": "CA K1", "CL 8320000": "CL 832",
		"CZ 110 00": "CZ 11", "CZ CZ-110 00": "CZ 11", "FK FIQQ 1ZZ": "FK FI", "GR 105 57": "GR 105", "IE D02 AF30": "IE D02", "IL 9614303": "IL 96", "IN 110 001": "IN 110", "IR 11936-12345": "IR 119",
		"JP 100-0001": "JP 100", "KR 03187": "KR 03", "KY KY1-1100": "KY 1", "LT LT-01103": "LT 01", "LV LV-1010": "LV 10", "MD MD-2001": "MD 20", "MT VLT 1117": "MT VLT", "NL 1012 AB": "NL 1012", "PL 00-950": "PL 00",
		"PT 1000-001": "PT 1", "RU 101000": "RU 101", "SE SE-111 22": "SE 111", "SK 811 01": "SK 81", "SZ H100": "SZ H1", "TW 100": "TW 10", "US 02134-0001": "US 021", "US MA 02134": "US 021", "US 2134": "US 021", "VC VC0100": "VC 01", "SO JH 09010": "SO JH",
		"SI SI-1000": "SI 10", "EG ١١٥١١": "EG 11", "SA 11564": "SA 115", "UA 01001": "UA 010", "ZA 0001": "ZA 00", "AU 0800": "AU 08", "AU 800": "AU 08", "NO NO-0150": "NO 01", "CH CH-8001": "CH 80", "LI FL-9490": "LI 94",
	} {
		s, r := charted(t, "near: "+want, "far: "+want[:2])
		if got := zoneFrom(s, "DE 10115", line); got != "near" || len(r.faults)+len(r.unsound) > 0 {
			t.Errorf("%s is in %q; %v %v", line, got, r.faults, r.unsound)
		}
	}
}

// A file that is small and means millions of postcodes is refused, not carried out.
func TestCardsThatWouldGrow(t *testing.T) {
	many := func(n int, format string) string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf(format, i))
		}
		return strings.Join(out, " ")
	}
	for want, line := range map[string]string{
		"too many origins for their postcodes":      "a: DE " + many(1500, "%05d") + " > DE " + many(1500, "%05d"),
		"its zones have too many origins":           "a: DE " + many(2001, "%05d") + " > DE",
		"more than 500000 districts are too many":   "a: GB " + strings.Repeat("IV1..IV99 ", 6000),
		"GB IV1 stands in zone a and in zone a":     "a: GB " + strings.Repeat("IV1..IV99 ", 2),
		"the exception 99999 of DE lies in none of": "a: DE " + many(9000, "1%04d") + " !99999 !10001",
	} {
		_, r := charted(t, line)
		if all := slices.Concat(r.faults, r.warnings).Error(); !strings.Contains(all, want) {
			t.Errorf("%.60s…: %.200s; want %s", line, all, want)
		}
	}
}
