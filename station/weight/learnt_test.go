package weight

import (
	"math"
	"testing"

	"packbench/station/unit"
)

func TestLinesOfOneProductAreMerged(t *testing.T) {
	got := Merged([]Item{{SKU: "A", Mass: g, Qty: 1}, {SKU: "B", Mass: g, Qty: 2}, {SKU: "A", Mass: 2 * g, Qty: 4}, {SKU: "A", Mass: g, Qty: 8}})
	want := []Item{{SKU: "A", Mass: g, Qty: 9}, {SKU: "B", Mass: g, Qty: 2}, {SKU: "A", Mass: 2 * g, Qty: 4}}
	for i, w := range want {
		if len(got) != len(want) || got[i] != w {
			t.Fatalf("%+v", got)
		}
	}
}

// One of 500 good parcels is stopped where nobody says of how many: "one of one" says nothing.
func TestTheRateOfFalseAlarmsIsTheShops(t *testing.T) {
	var m Model
	shop(&m, 60, goods()[:1], steady(860*g), false)
	tolerance := func(oneIn int) unit.Mass {
		return m.Expect(packed(goods()[:1], Rule{Permille: 20, Least: 15 * g, OneIn: oneIn}, g)).Tolerance
	}
	if tolerance(0) != tolerance(500) || tolerance(1) != tolerance(500) || tolerance(20) >= tolerance(500) || tolerance(5000) <= tolerance(500) {
		t.Errorf("%v, %v, %v, %v, %v", tolerance(0), tolerance(1), tolerance(20), tolerance(500), tolerance(5000))
	}
}

// Quantiles of Student's distribution: tables have 4.032, 3.169 and 2.750 for these, of which
// two terms of the series reach 97 in 100 and more.
func TestAVarianceOfFewParcelsIsNotTrusted(t *testing.T) {
	for parcels, want := range map[float64]float64{5: 3.912, 10: 3.156, 30: 2.750, 1e9: 2.576} {
		if got := student(2.5758, 1/parcels); math.Abs(got-want) > 0.002 {
			t.Errorf("%v parcels: %.4f, want %.3f", parcels, got, want)
		}
	}
	if student(2.5758, 3) != student(2.5758, 0.2) {
		t.Error("fewer than five count as five")
	}
}

func TestALoadIsCounted(t *testing.T) { // Q3
	var m Model
	bolt := Item{SKU: "BOLT", Mass: 30_130, Qty: 1}
	for name, c := range map[string]struct {
		it             Item
		load, division unit.Mass
		want           Counted
	}{
		"five":                   {bolt, 5 * 30_130, g / 10, Counted{N: 5}},
		"nothing":                {bolt, 0, g / 10, Counted{}},
		"less than half of one":  {bolt, 12 * g, g / 10, Counted{}},
		"taken away":             {bolt, -60 * g, g / 10, Counted{}},
		"something else":         {bolt, 45 * g, g / 10, Counted{Unsure: NotWhole}},
		"too coarse a scale":     {bolt, 30 * g, 20 * g, Counted{Unsure: TooLight}},
		"too many at a time":     {bolt, 900 * 30_130, g / 10, Counted{Unsure: Spread}},
		"nobody knows its mass":  {Item{SKU: "NEW"}, 30 * g, g / 10, Counted{Unsure: NoMass}},
		"more than can be meant": {Item{SKU: "DUST", Mass: 1}, 1000 * unit.Kilogram, 0, Counted{Unsure: Spread}},
	} {
		got := m.Count(c.it, c.load, c.division, 500)
		if got.Unsure != c.want.Unsure || got.Unsure == "" && got.N != c.want.N {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if most := m.Count(bolt, 30*g, g/10, 500).Most; most < 5 || most > 100 {
		t.Errorf("%d bolts can be told from one more", most)
	}
}

// What is off by less than people would mend, or than units differ, is not told.
func TestSmallDoubtsAreNotTold(t *testing.T) {
	exact := square(0.01 * gram)
	for _, c := range []struct {
		name                 string
		says, weighs, spread unit.Mass
		n                    int
		doubted              bool
	}{
		{"a gram and a half of three", 3 * g, 4_500, 0, 10, false},
		{"two and a half of three", 3 * g, 5_500, 0, 10, true},
		{"four per cent", 500 * g, 520 * g, 0, 10, false},
		{"six per cent", 500 * g, 530 * g, 0, 10, true},
		{"of three parcels", 500 * g, 530 * g, 0, 3, false},
		{"as units differ", 50 * g, 54 * g, 3 * g, 10, false},
		{"more than units differ", 50 * g, 56 * g, 3 * g, 10, true},
		{"nothing said, nothing learnt", 0, 0, 0, 0, false},
		{"nothing said", 0, 20 * g, 0, 1, true},
	} {
		b := belief{Was: c.says, Mean: float64(c.weighs), Doubt: exact, Spread: square(float64(c.spread)), N: c.n}
		if _, doubted := b.doubted(); doubted != c.doubted {
			t.Errorf("%s: %v", c.name, doubted)
		}
	}
}

// What speaks against a product is forgotten once a parcel with it was right.
func TestAProductIsAcquitted(t *testing.T) { // W5
	var m Model
	shop(&m, 20, goods()[:1], steady(860*g), false)
	vase := []Item{{SKU: "VASE", Mass: 500 * g, Qty: 1}}
	shop(&m, 2, vase, steady(180*g+650*g), true)
	shop(&m, 1, goods()[:1], steady(860*g), false)
	if n := len(m.products["VASE"].Apart); n != 2 {
		t.Errorf("a parcel of mugs left %d of 2 that speak against the vase", n)
	}
	shop(&m, 1, vase, steady(180*g+500*g), false)
	shop(&m, 1, vase, steady(180*g+650*g), true)
	if d := m.Doubts(); len(d) != 0 || len(m.products["VASE"].Apart) != 1 {
		t.Errorf("doubted after a parcel that was right: %+v, %+v", d, m.products["VASE"].Apart)
	}
}

// What a parcel says against a product is as sure as the rest of the parcel is known; how
// little is known of the product itself takes nothing from it.
func TestWhatSpeaksAgainstAProductIsAsSureAsTheRest(t *testing.T) {
	var m Model
	shop(&m, 20, goods()[:1], steady(860*g), false)
	shop(&m, 1, []Item{{SKU: "SAFE", Mass: 5000 * g, Qty: 1}}, steady(180*g+6000*g), true)
	a := m.products["SAFE"].Apart
	if len(a) != 1 || math.Abs(a[0].mass-6000*gram) > 30*gram || a[0].variance > square(90*gram) || a[0].variance < square(gram) {
		t.Errorf("%+v", a)
	}
}

// Units that were alike in all parcels differ all the same, and what lies in each parcel does.
func TestNothingIsKnownExactly(t *testing.T) {
	m := Model{n: enough, products: map[string]*belief{"MUG": {Was: 340 * g, Mean: 340 * gram, Doubt: 1, Spread: 1, N: 900}}, cartons: map[string]*belief{}}
	if sd := math.Sqrt(m.always(0).Spread); sd < gram || sd > 4*gram {
		t.Errorf("slip and tape are said to differ by %.3f g before anything is learnt", sd/gram)
	}
	shop(&m, 1, goods()[:1], steady(860*g), false)
	if b := m.products["MUG"]; b.Spread < square(0.0005*b.Mean) {
		t.Errorf("mugs are said to differ by %.0f mg", math.Sqrt(b.Spread))
	}
}

// Half of what speaks against a product is not enough.
func TestMostSamplesMustAgree(t *testing.T) {
	of := func(grams ...float64) (b belief) {
		for _, m := range grams {
			b.Apart = append(b.Apart, sample{m * gram, square(gram)})
		}
		return b
	}
	if _, _, ok := of(300, 400, 700, 701, 702, 1100).agreed(); ok {
		t.Error("three of six agree")
	}
	if mean, _, ok := of(300, 699, 700, 701, 702, 1100).agreed(); !ok || math.Abs(mean-700.5*gram) > gram {
		t.Errorf("four of six: %v, %v", mean, ok)
	}
}

// What weighs next to nothing is not known more exactly than a scale shows.
func TestALightProductIsNotKnownExactly(t *testing.T) { // W5
	var m Model
	shop(&m, 20, goods()[:1], steady(860*g), false)
	stamp := []Item{{SKU: "STAMP", Qty: 100}}
	shop(&m, 3, stamp, func(int) unit.Mass { return 180*g + 100*100 }, false)
	if b := m.products["STAMP"]; b == nil || b.Spread < square(0.09*gram) {
		t.Errorf("%+v", b)
	}
	if b := (belief{}).corrected(g); b.Mean != gram {
		t.Errorf("once the catalogue says a gram it is %v", b.Mean)
	}
}

// How much filling a carton takes is less sure the more goods are in it.
func TestSizesOfGoodsAreNotExact(t *testing.T) {
	m := Model{n: sure, filling: &belief{Mean: 30 * gram}}
	variance := func(goods int64) float64 {
		return m.sum(Parcel{Items: []Item{{SKU: "MUG", Mass: 340 * g, Qty: 1}}, Box: Box{ID: "M", Tare: 180 * g, Volume: goods + 10e6}, Goods: goods}).variance
	}
	if few, many := variance(1e6), variance(100e6); many < few+square(100*gram) {
		t.Errorf("%.3g with few goods, %.3g with many", few, many)
	}
}
