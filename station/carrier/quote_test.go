package carrier

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/assets"
	"packbench/station/unit"
)

// card is a small file: one city zone, one country, the rest of the world.
const card = `{
 "format": "packbench-rates-1", "currency": "EUR",
 "carriers": [
  {"id": "a", "name": "Carrier A", "time_zone": "Europe/Berlin", "working_days": ["mon","tue","wed","thu","fri"],
   "tracking": {"name": "parcel", "digits": 8, "check": "s10"},
   "holidays": ["12-25", "2026-12-28"], "reliability": 900,
   "services": [
    {"id": "a-slow", "name": "Slow", "cut_off": "16:00", "max_mass": "31.5 kg", "late_cost": "5.00",
     "zones": [
      {"id": "city", "areas": [{"country": "DE", "postcodes": ["10", "12"]}], "transit_days": 1,
       "breaks": [{"upto": "2 kg", "price": "4.00"}, {"upto": "5 kg", "price": "5.00"}]},
      {"id": "street", "areas": [{"country": "DE", "postcodes": ["1011"]}], "transit_days": 1, "breaks": [{"upto": "5 kg", "price": "3.00"}]},
      {"id": "land", "areas": [{"country": "DE"}], "transit_days": 3, "breaks": [{"upto": "2 kg", "price": "4.50"}, {"upto": "5 kg", "price": "6.00"}]}
     ]}
   ]},
  {"id": "b", "name": "Carrier B", "time_zone": "Europe/Berlin", "working_days": ["mon","tue","wed","thu","fri","sat"],
   "tracking": {"name": "parcel", "digits": 8, "check": "none"}, "reliability": 990,
   "services": [
    {"id": "b-fast", "name": "Fast", "cut_off": "18:00", "max_mass": "20 kg", "max_size": ["600 mm", "400 mm", "400 mm"],
     "divisor": 5000000, "step": "500 g", "fuel_permille": 125, "dangerous_goods": true,
     "surcharges": [{"name": "heavy", "amount": "1.01", "over_mass": "10 kg", "fuel": true},
                    {"name": "long", "amount": "2.00", "over_length": "500 mm"}],
     "zones": [{"id": "all", "areas": [{"country": "*"}], "transit_days": 1,
       "breaks": [{"upto": "2 kg", "price": "8.00"}, {"upto": "20 kg", "price": "9.99"}]}]}
   ]}
 ]}`

func cards(t *testing.T) Cards {
	t.Helper()
	c, err := LoadCards([]byte(card))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func berlin(text string) time.Time {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.Time{}
	}
	at, _ := time.ParseInLocation("2006-01-02 15:04", text, zone)
	return at
}

// monday morning, before every cut-off.
func parcel() Parcel {
	return Parcel{Country: "DE", Postcode: "20095", Mass: 1 * unit.Kilogram, At: berlin("2026-11-23 09:00")}
}

func TestChoiceAndReasons(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Parcel)
		want   []string // "service price day reason", the chosen one first
	}{
		{"nothing promised: the cheapest", func(*Parcel) {}, []string{
			"a-slow 4.50 2026-11-26 cheapest", "b-fast 9.00 2026-11-24 4.50 EUR dearer, arrives 2 days earlier",
		}},
		{"both keep the promise", func(p *Parcel) { p.Promise = berlin("2026-11-26 23:59") }, []string{
			"a-slow 4.50 2026-11-26 cheapest that keeps the promise", "b-fast 9.00 2026-11-24 4.50 EUR dearer, arrives 2 days earlier",
		}},
		{"only the dear one keeps it", func(p *Parcel) { p.Promise = berlin("2026-11-25 00:00") }, []string{
			"b-fast 9.00 2026-11-24 the only one that keeps the promise", "a-slow 4.50 2026-11-26 arrives 1 day after the promise; 4.50 EUR cheaper, but 0.45 EUR dearer in all",
		}},
		{"none keeps it: the earliest", func(p *Parcel) { p.Promise = berlin("2026-11-22 12:00") }, []string{
			"b-fast 9.00 2026-11-24 no service keeps the promise; this one arrives first, 2 days late", "a-slow 4.50 2026-11-26 arrives 2 days later; 4.50 EUR cheaper, but 5.50 EUR dearer in all",
		}},
		{"the order asks for a service", func(p *Parcel) { p.Service = "b-fast" }, []string{
			"b-fast 9.00 2026-11-24 the order asks for it", "a-slow 4.50 2026-11-26 the order asks for another service; 4.50 EUR cheaper",
		}},
		{"the order asks by name", func(p *Parcel) { p.Service = " FAST " }, []string{
			"b-fast 9.00 2026-11-24 the order asks for it", "a-slow 4.50 2026-11-26 the order asks for another service; 4.50 EUR cheaper",
		}},
		{"a wish that no card has", func(p *Parcel) { p.Service = "Standard" }, []string{
			"a-slow 4.50 2026-11-26 cheapest; no card has the service that the order asks for, Standard", "b-fast 9.00 2026-11-24 4.50 EUR dearer, arrives 2 days earlier",
		}},
		{"a wish that does not take it", func(p *Parcel) { p.Service, p.Dangerous = "a-slow", true }, []string{
			"b-fast 9.00 2026-11-24 the only service that takes it; the service that the order asks for, a-slow, does not take it",
			"a-slow - - takes no dangerous goods",
		}},
		{"longest prefix wins", func(p *Parcel) { p.Postcode = "10 115" }, []string{
			"a-slow 3.00 2026-11-24 cheapest", "b-fast 9.00 2026-11-24 6.00 EUR dearer",
		}},
		{"a break is not over", func(p *Parcel) { p.Mass = 2 * unit.Kilogram; p.Postcode = "12049" }, []string{
			"a-slow 4.00 2026-11-24 cheapest", "b-fast 9.00 2026-11-24 5.00 EUR dearer",
		}},
		{"one milligram over a break", func(p *Parcel) { p.Mass = 2*unit.Kilogram + 1; p.Postcode = "12049" }, []string{
			"a-slow 5.00 2026-11-24 cheapest", "b-fast 11.24 2026-11-24 6.24 EUR dearer",
		}},
		{"too heavy for the zone", func(p *Parcel) { p.Mass = 6 * unit.Kilogram }, []string{
			"b-fast 11.24 2026-11-24 the only service that takes it", "a-slow - - too heavy for this address: at most 5 kg",
		}},
		{"surcharge and fuel, half up", func(p *Parcel) { p.Mass = 11 * unit.Kilogram }, []string{
			"b-fast 12.38 2026-11-24 the only service that takes it", "a-slow - - too heavy for this address: at most 5 kg",
		}},
		{"too heavy for all", func(p *Parcel) { p.Mass = 40 * unit.Kilogram }, []string{
			"a-slow - - too heavy: at most 31.5 kg", "b-fast - - too heavy: at most 20 kg",
		}},
		{"no rate", func(p *Parcel) { p.Country, p.Postcode = "jp", "100-0001" }, []string{
			"b-fast 9.00 2026-11-24 the only service that takes it", "a-slow - - no rate to this address",
		}},
		{"bills by its size", func(p *Parcel) {
			p.Outer = unit.Size{Width: 300 * unit.Millimetre, Length: 400 * unit.Millimetre, Depth: 100 * unit.Millimetre}
		}, []string{"a-slow 4.50 2026-11-26 cheapest", "b-fast 11.24 2026-11-24 6.74 EUR dearer, arrives 2 days earlier"}},
		{"long surcharge carries no fuel", func(p *Parcel) {
			p.Outer = unit.Size{Width: 510 * unit.Millimetre, Length: 10 * unit.Millimetre, Depth: 10 * unit.Millimetre}
		}, []string{"a-slow 4.50 2026-11-26 cheapest", "b-fast 11.00 2026-11-24 6.50 EUR dearer, arrives 2 days earlier"}},
		{"too large", func(p *Parcel) {
			p.Outer = unit.Size{Width: 10 * unit.Millimetre, Length: 700 * unit.Millimetre, Depth: 10 * unit.Millimetre}
		}, []string{"a-slow 4.50 2026-11-26 the only service that takes it", "b-fast - - too large: at most 600 × 400 × 400 mm"}},
		{"too large by its shortest edge", func(p *Parcel) {
			p.Outer = unit.Size{Width: 401 * unit.Millimetre, Length: 401 * unit.Millimetre, Depth: 401 * unit.Millimetre}
		}, []string{"a-slow 4.50 2026-11-26 the only service that takes it", "b-fast - - too large: at most 600 × 400 × 400 mm"}},
		{"too large by its middle edge", func(p *Parcel) {
			p.Outer = unit.Size{Width: 300 * unit.Millimetre, Length: 401 * unit.Millimetre, Depth: 600 * unit.Millimetre}
		}, []string{"a-slow 4.50 2026-11-26 the only service that takes it", "b-fast - - too large: at most 600 × 400 × 400 mm"}},
		{"just small enough", func(p *Parcel) {
			p.Outer = unit.Size{Width: 400 * unit.Millimetre, Length: 400 * unit.Millimetre, Depth: 600 * unit.Millimetre}
		}, []string{"a-slow 4.50 2026-11-26 cheapest", "b-fast 14.38 2026-11-24 9.88 EUR dearer, arrives 2 days earlier"}},
		{"just heavy enough", func(p *Parcel) { p.Mass = 20 * unit.Kilogram }, []string{
			"b-fast 12.38 2026-11-24 the only service that takes it", "a-slow - - too heavy for this address: at most 5 kg",
		}},
		{"no longer than the surcharge allows", func(p *Parcel) {
			p.Outer = unit.Size{Width: 500 * unit.Millimetre, Length: 10 * unit.Millimetre, Depth: 10 * unit.Millimetre}
		}, []string{"a-slow 4.50 2026-11-26 cheapest", "b-fast 9.00 2026-11-24 4.50 EUR dearer, arrives 2 days earlier"}},
		{"hardly any mass", func(p *Parcel) { p.Mass = 1 }, []string{"a-slow 4.50 2026-11-26 cheapest", "b-fast 9.00 2026-11-24 4.50 EUR dearer, arrives 2 days earlier"}},
		{"no mass, no country", func(p *Parcel) { p.Mass = 0 }, []string{
			"a-slow - - the parcel has no mass yet", "b-fast - - the parcel has no mass yet",
		}},
		{"no country", func(p *Parcel) { p.Country = " " }, []string{
			"a-slow - - the address has no country", "b-fast - - the address has no country",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := parcel()
			tt.change(&p)
			var got []string
			for _, q := range Quotes(cards(t), p) {
				line := q.Service + " - - " + q.Reason
				if q.Allowed {
					line = fmt.Sprintf("%s %s %s %s", q.Service, q.Price.Decimal(), q.Promise.Format(time.DateOnly), q.Reason)
				}
				got = append(got, line)
				if q.Chosen != (q.Allowed && len(got) == 1) {
					t.Errorf("%s: chosen is %v", q.Service, q.Chosen)
				}
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got\n %s\nwant\n %s", strings.Join(got, "\n "), strings.Join(tt.want, "\n "))
			}
		})
	}
}

func TestCalendar(t *testing.T) {
	tests := []struct{ at, ships, arrives string }{
		{"2026-11-23 15:59", "2026-11-23", "2026-11-26"},
		{"2026-11-23 16:00", "2026-11-24", "2026-11-27"}, // at the cut-off it is too late
		{"2026-11-27 12:00", "2026-11-27", "2026-12-02"}, // over a weekend
		{"2026-11-28 08:00", "2026-11-30", "2026-12-03"}, // on a Saturday
		{"2026-12-23 12:00", "2026-12-23", "2026-12-30"}, // 24th; 25th and 28th are holidays
		{"2026-12-24 17:00", "2026-12-29", "2027-01-01"},
		{"2026-03-27 12:00", "2026-03-27", "2026-04-01"}, // the clocks change in between
	}
	for _, tt := range tests {
		p := parcel()
		p.At = berlin(tt.at).UTC() // the carrier's zone counts, not the caller's
		for _, q := range Quotes(cards(t), p) {
			if q.Service != "a-slow" {
				continue
			}
			if !q.Ships.Equal(berlin(tt.ships+" 00:00")) || !q.Promise.Equal(berlin(tt.arrives+" 00:00")) {
				t.Errorf("at %s: ships %s, arrives %s; want midnights", tt.at, q.Ships, q.Promise)
			}
			if s, a := q.Ships.Format(time.DateOnly), q.Promise.Format(time.DateOnly); s != tt.ships || a != tt.arrives {
				t.Errorf("at %s: ships %s, arrives %s; want %s, %s", tt.at, s, a, tt.ships, tt.arrives)
			}
		}
	}
}

func TestScoreShowsTheCostOfBeingLate(t *testing.T) {
	p := parcel()
	q, ok := chosen(Quotes(cards(t), p))
	if !ok || q.Score.Minor != 450+50 { // one in ten is late, 5.00 each
		t.Errorf("score %+v", q.Score)
	}
	sum := int64(0)
	for _, term := range q.Breakdown {
		sum += term.Minor
	}
	if sum != q.Price.Minor {
		t.Errorf("the breakdown %v does not add up to %s", q.Breakdown, q.Price)
	}
}

func TestNewestBegunVersionCounts(t *testing.T) {
	text := strings.Replace(card, `{"id": "a-slow", "name": "Slow",`, `{"id": "a-slow", "name": "Next year", "effective_from": "2027-01-01", "cut_off": "16:00",
		"zones": [{"id": "land", "areas": [{"country": "DE"}], "transit_days": 3, "breaks": [{"upto": "5 kg", "price": "7.00"}]}]},
		{"id": "a-slow", "name": "Slow", "effective_from": "2026-01-01",`, 1)
	c, err := LoadCards([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"2026-12-31 10:00": "4.50", "2027-01-01 10:00": "7.00", "2027-01-04 10:00": "7.00"} {
		p := parcel()
		p.At = berlin(at)
		q, _ := chosen(Quotes(c, p))
		if q.Price.Decimal() != want {
			t.Errorf("at %s: %s, want %s", at, q.Price, want)
		}
	}
}

// A heavier parcel never costs less, whatever the card and the size; and the
// same question always has the same answer.
func TestPriceNeverFallsWithMass(t *testing.T) {
	files, err := assets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(files, "rates.json")
	if err != nil {
		t.Fatal(err)
	}
	real, err := LoadCards(data)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	edge := func() unit.Length { return unit.Length(rnd.IntN(900)+1) * unit.Millimetre }
	for range 3000 {
		p := Parcel{
			Country: []string{"DE", "AT", "FR", "GR", "JP", "CH"}[rnd.IntN(6)], Postcode: fmt.Sprintf("%05d", rnd.IntN(100_000)),
			Outer: unit.Size{Width: edge(), Length: edge(), Depth: edge()}, At: berlin("2026-11-23 09:00"),
			Mass: unit.Mass(rnd.IntN(40_000)+1) * unit.Gram,
		}
		heavier := p
		heavier.Mass += unit.Mass(rnd.IntN(5_000_000))
		for _, c := range []Cards{real, cards(t)} {
			light := map[string]Quote{}
			for _, q := range Quotes(c, p) {
				light[q.Service] = q
			}
			again := Quotes(c, heavier)
			if !reflect.DeepEqual(again, Quotes(c, heavier)) {
				t.Fatalf("two answers for %+v", heavier)
			}
			for _, q := range again {
				l := light[q.Service]
				if q.Allowed && (!l.Allowed || l.Price.Minor > q.Price.Minor) {
					t.Fatalf("%s: %s for %s, %s for %s", q.Service, l.Price, p.Mass, q.Price, heavier.Mass)
				}
			}
		}
	}
}

func TestCarrierWithoutTrackingNumbersIsOut(t *testing.T) {
	cards := cards(t)
	p := Parcel{Country: "DE", Postcode: "10115", Mass: unit.Kilogram, At: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)}
	best, ok := chosen(Quotes(cards, p))
	if !ok {
		t.Fatal("nothing takes the parcel")
	}
	p.Numbers = map[string]Numbers{best.Carrier: {Left: 12, Low: true}}
	low, _ := chosen(Quotes(cards, p))
	if low.Service != best.Service || !strings.HasSuffix(low.Reason, "; only 12 tracking numbers left") {
		t.Errorf("a low range: %s, %q", low.Service, low.Reason)
	}
	p.Numbers = map[string]Numbers{best.Carrier: {Left: 1, Low: true}}
	if low, _ := chosen(Quotes(cards, p)); low.Service != best.Service || !strings.HasSuffix(low.Reason, "; only 1 tracking number left") {
		t.Errorf("the last number: %s, %q", low.Service, low.Reason)
	}
	p.Numbers = map[string]Numbers{best.Carrier: {}}
	quotes := Quotes(cards, p)
	for _, q := range quotes {
		if q.Carrier == best.Carrier && (q.Allowed || !strings.Contains(q.Reason, "used up") && !strings.Contains(q.Reason, "too")) {
			t.Errorf("%s: allowed %v, %q", q.Service, q.Allowed, q.Reason)
		}
	}
	if next, ok := chosen(quotes); !ok || next.Carrier == best.Carrier {
		t.Errorf("chosen %+v", next)
	}
}

func chosen(quotes []Quote) (Quote, bool) {
	i := slices.IndexFunc(quotes, func(q Quote) bool { return q.Chosen })
	if i < 0 {
		return Quote{}, false
	}
	return quotes[i], true
}
