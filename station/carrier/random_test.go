package carrier

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"packbench/station/country"
	"packbench/station/unit"
)

// shopCards are the cards of a large shop: services on carriers, each with so many
// weight breaks, zones and postcodes.
func shopCards(tb testing.TB, rnd *rand.Rand, carriers, services, breaks, zones, prefixes int) Cards {
	tb.Helper()
	file := map[string]any{"format": Format, "currency": "EUR"}
	var list []fileCarrier
	for i := range carriers {
		c := fileCarrier{
			ID: fmt.Sprintf("c%d", i), Name: fmt.Sprintf("Carrier %d", i), TimeZone: "Europe/Berlin", WorkingDays: weekdays[1:6], Reliability: 900 + rnd.IntN(100),
			Tracking: fileTracking{Digits: 8, Check: "none"}, Holidays: []string{"12-25", "12-26"}, Public: filePublic{"DE-BY", []string{"*"}},
		}
		for j := range services / carriers {
			c.Services = append(c.Services, randomService(rnd, fmt.Sprintf("c%d-s%d", i, j), breaks, zones, prefixes))
		}
		list = append(list, c)
	}
	file["carriers"] = list
	text, err := json.Marshal(file)
	if err != nil {
		tb.Fatal(err)
	}
	cards, err := LoadCards(text)
	if err != nil {
		tb.Fatal(err)
	}
	return cards
}

func cents(n int) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

func randomService(rnd *rand.Rand, id string, breaks, zones, prefixes int) fileService {
	maybe := func(text string) string {
		if rnd.IntN(2) == 0 {
			return ""
		}
		return text
	}
	s := fileService{
		ID: id, Name: id, CutOff: "16:00", CutOffs: map[string]string{"fri": "14:00"}, MaxMass: "70 kg", MaxGirth: "8 m", LateCost: "5.00",
		EdgeStep: maybe("1 cm"), Step: []string{"", "500 g", "1 lb", "8 oz"}[rnd.IntN(4)], FuelPermille: rnd.IntN(2) * rnd.IntN(200), Minimum: maybe(cents(rnd.IntN(900))),
		Tax: []fileTax{{Percent: "19", Countries: []string{"DE", "AT"}}},
		Surcharges: []fileSurcharge{
			{Name: "heavy", Amount: cents(rnd.IntN(900)), Group: "size", OverMass: "20 kg"},
			{Name: "heavier", Percent: strconv.Itoa(rnd.IntN(40)), Group: "size", OverMass: "30 kg"},
			{Name: "long", Amount: cents(rnd.IntN(900)), Group: "size", OverLength: "1 m"},
			{Name: "girth", Amount: cents(rnd.IntN(900)), OverGirth: "2 m", Fuel: true},
			{Name: "large", Amount: cents(rnd.IntN(900)), OverVolume: "0.1 m3"},
			{Name: "home", Amount: cents(rnd.IntN(300)), Residential: true, Order: 1},
			{Name: "remote", Percent: fmt.Sprintf("%d.%03d", rnd.IntN(30), rnd.IntN(1000)), Order: 2, Areas: []fileArea{{Country: "DE", Postcodes: []string{"1", "2..3", "70000..75999"}}}},
			{Name: "peak", Amount: cents(rnd.IntN(300)), From: "10-05", To: "01-18", Order: 2},
			{Name: "fuel", Order: 3, Percents: []filePercent{{"2025-01-01", "12.5"}, {"2026-06-01", "14.25"}, {"2026-12-01", "9.999"}}},
		},
	}
	if rnd.IntN(3) > 0 {
		s.Divisor = fileDivisor{text: []string{"139 in3/lb", "5000 cm3/kg", "166 in3/lb"}[rnd.IntN(3)]}
		s.DimOverVolume, s.DimOverMass = maybe("1728 in3"), maybe("1 kg")
	}
	codes := rnd.Perm(100_000)[:prefixes]
	for z := range zones {
		zone := fileZone{ID: fmt.Sprint("z", z), TransitDays: 1 + rnd.IntN(5)}
		price := 300 + rnd.IntN(500)
		for b := range breaks {
			price += rnd.IntN(120)
			zone.Breaks = append(zone.Breaks, fileBreak{Upto: fmt.Sprintf("%d lb", 2*(b+1)), Price: cents(price)})
		}
		if z == 0 {
			zone.Areas = []fileArea{{Country: "DE"}, {Country: "AT"}, {Country: "FR"}, {Country: "GB", Except: []string{"IV1..IV28", "BT"}}, {Country: "US"}}
		} else {
			a := fileArea{Country: "DE"}
			for _, c := range codes[z*prefixes/zones : (z+1)*prefixes/zones] {
				a.Postcodes = append(a.Postcodes, fmt.Sprintf("%05d", c)[:3+rnd.IntN(3)])
			}
			zone.Areas = []fileArea{a}
		}
		s.Zones = append(s.Zones, zone)
	}
	unique(s.Zones)
	return s
}

// unique takes out postcodes that stand in a zone already.
func unique(zones []fileZone) {
	seen := map[string]bool{}
	for _, z := range zones {
		for i := range z.Areas {
			z.Areas[i].Postcodes = slices.DeleteFunc(z.Areas[i].Postcodes, func(p string) bool {
				was := seen[p]
				seen[p] = true
				return was
			})
		}
	}
}

func randomParcel(rnd *rand.Rand) Parcel {
	edge := func() unit.Length { return unit.Length(rnd.IntN(1_500_000) + 1) }
	p := Parcel{
		Country: []string{"DE", "DE", "DE", "AT", "FR", "GB", "US", "JP"}[rnd.IntN(8)], Postcode: fmt.Sprintf("%05d", rnd.IntN(100_000)), Residential: rnd.IntN(2) == 0,
		Mass: unit.Mass(rnd.IntN(60_000_000) + 1), At: time.Date(2025, 1, 1, 0, rnd.IntN(3*365*24*60), 0, 0, time.UTC), From: Where{"DE", "80331", "DE"},
	}
	if p.Country == "GB" {
		p.Postcode = fmt.Sprintf("%s%d %dAA", []string{"IV", "SW", "BT"}[rnd.IntN(3)], 1+rnd.IntN(60), rnd.IntN(10))
	}
	if rnd.IntN(4) > 0 {
		p.Outer = unit.Size{Width: edge(), Length: edge(), Depth: edge()}
	}
	if rnd.IntN(4) == 0 { // at an edge of a break or a step
		p.Mass, _ = unit.ParseMass(fmt.Sprintf("%d lb", 1+rnd.IntN(100)))
		p.Mass += unit.Mass(rnd.IntN(3) - 1)
	}
	return p
}

// parcels is how many random parcels are asked about: PACKBENCH_PARCELS=1000000 takes
// minutes.
func parcels(tb testing.TB) int {
	usual := "100000"
	if testing.Short() {
		usual = "10000"
	}
	n, err := strconv.Atoi(cmp.Or(os.Getenv("PACKBENCH_PARCELS"), usual))
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// C2, the price of a service: it never falls as the mass grows within a zone, its
// terms are the sum, and the same question has the same answer.
func TestPricesOfRandomParcels(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	allowed, dearer, more := 0, 0, 0
	var cards Cards
	var c *Carrier
	const each = 500
	for n := range parcels(t) {
		if n%each == 0 {
			cards = shopCards(t, rnd, 1, 1, 70, 5, 60)
			c = &cards.Carriers[0]
		}
		p := randomParcel(rnd)
		a := inquiry{Parcel: p, to: newSpot(Where{p.Country, p.Postcode, country.Place(p.Country, p.Postcode, "", "")}), from: newSpot(p.From)}
		a.course, a.today = c.course(p.At, a.from, a.to), c.today(p.At)
		s := &c.Services[0]
		light := quote(cards.Currency, c, s, &a)
		if again := quote(cards.Currency, c, s, &a); n%each == 0 && fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", light) {
			t.Fatalf("two answers:\n%+v\n%+v", light, again)
		}
		a.Mass += unit.Mass(rnd.IntN([]int{2, 1_000, 1_000_000, 30_000_000}[rnd.IntN(4)]))
		heavy := quote(cards.Currency, c, s, &a)
		for _, q := range []Quote{light, heavy} {
			sum := int64(0)
			for _, term := range q.Breakdown {
				sum += term.Minor
			}
			if sum != q.Price.Minor || q.Price.Minor < 0 || q.Allowed != (q.Reason == "") {
				t.Fatalf("%+v: the terms are %d", q, sum)
			}
		}
		if heavy.Allowed && (!light.Allowed || light.Price.Minor > heavy.Price.Minor) {
			t.Fatalf("%s costs %s (%s), %s costs %s\n%+v\n%+v\n%+v", p.Mass, light.Price, light.Reason, a.Mass, heavy.Price, p, light, heavy)
		}
		if light.Allowed {
			allowed++
			more += len(light.Breakdown)
		}
		if heavy.Allowed && heavy.Price.Minor > light.Price.Minor {
			dearer++
		}
	}
	if n := parcels(t); allowed < n/2 || dearer < n/8 || more < 4*allowed {
		t.Errorf("of %d only %d are taken, %d are dearer, with %d terms: this shows little", n, allowed, dearer, more)
	}
}

// BenchmarkChoice is the choice in a large shop against one look-up in a map for each
// of its services.
func BenchmarkChoice(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	cards := shopCards(b, rnd, 20, 60, 70, 9, 2000)
	maps := make([]map[string]int, 60)
	for i := range maps {
		maps[i] = map[string]int{}
		for range 2000 {
			maps[i][fmt.Sprintf("%05d", rnd.IntN(100_000))] = i
		}
	}
	asks := make([]Parcel, 256)
	for i := range asks {
		asks[i] = randomParcel(rnd)
		asks[i].Country, asks[i].Mass = "DE", unit.Mass(rnd.IntN(30_000_000)+1)
		asks[i].Place = "DE"
		asks[i].At = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		asks[i].Promise = asks[i].At.AddDate(0, 0, 3)
	}
	var choice, floor []time.Duration
	found := 0
	b.ResetTimer()
	for n := 0; b.Loop(); n++ {
		p := asks[n%len(asks)]
		start := time.Now()
		quotes := Quotes(cards, p)
		choice = append(choice, time.Since(start))
		found += len(quotes)
		start = time.Now()
		for _, m := range maps {
			found += m[p.Postcode]
		}
		floor = append(floor, time.Since(start))
	}
	slices.Sort(choice)
	slices.Sort(floor)
	middle := len(choice) / 2
	b.ReportMetric(float64(choice[middle])/float64(floor[middle]), "ratio")
	b.ReportMetric(100, "bound")
	b.ReportMetric(float64(choice[middle].Microseconds()), "µs/choice")
	b.ReportMetric(float64(floor[middle].Nanoseconds()), "ns/floor")
	if found == 0 {
		b.Error("nothing was found")
	}
}
