package weight

import (
	"slices"
	"testing"

	"packbench/station/unit"
)

const g = unit.Gram

var rule = Rule{Permille: 20, Least: 15 * g}

func goods() []Item {
	return []Item{{SKU: "MUG", Name: "Mug", Mass: 340 * g, Qty: 2}, {SKU: "CANDLE", Name: "Candle", Mass: 210 * g, Qty: 1}, {SKU: "TEA", Name: "Tea", Mass: 128 * g, Qty: 1}}
}

func packed(items []Item, r Rule, division unit.Mass) Parcel {
	return Parcel{Items: items, Box: Box{ID: "M", Tare: 180 * g}, Rule: r, Division: division}
}

// What a shop begins with: the catalogue, and its own rule.
func TestWithNothingLearntTheShopsRuleCounts(t *testing.T) {
	tests := []struct {
		name     string
		items    []Item
		rule     Rule
		division unit.Mass
		want     Expected
	}{
		{"percent", goods(), rule, 1 * g, Expected{Known: true, Mass: 1198 * g, Tolerance: 24_960}},
		{"at least", goods()[2:], rule, 1 * g, Expected{Known: true, Mass: 308 * g, Tolerance: 16 * g}},
		{"filling", nil, Rule{Filling: 30 * g}, 0, Expected{Known: true, Mass: 210 * g}},
		{"half a milligram up", nil, Rule{Permille: 1, Filling: 500}, 0, Expected{Known: true, Mass: 180_500, Tolerance: 181}},
		{"less than half a milligram", nil, Rule{Permille: 1, Filling: 499}, 0, Expected{Known: true, Mass: 180_499, Tolerance: 180}},
		{"a stamp of a milligram", []Item{{SKU: "STAMP", Mass: 1, Qty: 1}}, Rule{}, 0, Expected{Known: true, Mass: 180_001}},
		{
			"unknown mass",
			[]Item{{SKU: "A", Qty: 1}, {SKU: "B", Mass: -1, Qty: 1}, {SKU: "C", Mass: g, Qty: 2}},
			Rule{},
			0,
			Expected{Missing: "A", Mass: 182 * g},
		},
		{"none of it in the parcel", []Item{{SKU: "A", Qty: 0}}, Rule{}, 0, Expected{Known: true, Mass: 180 * g}},
	}
	for _, tt := range tests {
		got := (*Model)(nil).Expect(packed(tt.items, tt.rule, tt.division))
		w := tt.want
		if got.Known != w.Known || got.Missing != w.Missing || got.Mass != w.Mass || got.Tolerance != w.Tolerance || got.Learnt || got.Blind != nil {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestCause(t *testing.T) {
	boxes := []Box{{ID: "S", Name: "Box S", Tare: 95 * g}, {ID: "M", Name: "Box M", Tare: 180 * g}, {ID: "L", Name: "Box L", Tare: 340 * g}}
	bolts := []Item{{SKU: "BOLT", Mass: 30 * g, Qty: 3}} // 270 g in the box, 16 g more or less
	twins := []Item{{SKU: "A", Mass: 100 * g, Qty: 3}, {SKU: "B", Mass: 100 * g, Qty: 3}}
	tests := []struct {
		name   string
		actual unit.Mass // difference to what was expected
		items  []Item
		boxes  []Box
		refuse *Item
		want   Cause
	}{
		{"a mug is missing", -340 * g, goods(), boxes, nil, Cause{Kind: Missing, SKU: "MUG", Name: "Mug", N: 1}},
		{"both mugs are missing", -678 * g, goods(), boxes, nil, Cause{Kind: Missing, SKU: "MUG", Name: "Mug", N: 2}},
		{"a candle too many", 212 * g, goods(), boxes, nil, Cause{Kind: Extra, SKU: "CANDLE", Name: "Candle", N: 1}},
		{"what explains it best", 340 * g, append([]Item{{SKU: "JUG", Mass: 365 * g, Qty: 1}}, goods()...), nil, nil, Cause{Kind: Extra, SKU: "MUG", Name: "Mug", N: 1}},
		{"the small box", -85 * g, goods(), boxes, nil, Cause{Kind: Carton, SKU: "S", Name: "Box S", N: 1}},
		{"the large box", 160 * g, goods(), boxes, nil, Cause{Kind: Carton, SKU: "L", Name: "Box L", N: 1}},
		{
			"what was refused is in it", 345 * g, goods(), boxes, &Item{SKU: "BLUE", Name: "Mug, blue", Mass: 345 * g, Qty: 1},
			Cause{Kind: RefusedItem, SKU: "BLUE", Name: "Mug, blue", N: 1},
		},
		{
			"the refused item before an equal extra", 340 * g, goods(), boxes, &Item{SKU: "BLUE", Mass: 340 * g, Qty: 1},
			Cause{Kind: RefusedItem, SKU: "BLUE", N: 1},
		},
		{"two products weigh the same: the earlier one", -100 * g, twins, nil, nil, Cause{Kind: Missing, SKU: "A", N: 1}},
		{
			"fewer units before more", -200 * g,
			[]Item{{SKU: "A", Mass: 100 * g, Qty: 3}, {SKU: "B", Mass: 200 * g, Qty: 1}},
			nil, nil,
			Cause{Kind: Missing, SKU: "B", N: 1},
		},
		{"not more missing than there are", -1024 * g, goods()[2:], nil, nil, Cause{}},
		{"a product that is not in the box, its mass unknown", 128 * g, append(goods()[:1:1], Item{SKU: "TEA"}), nil, nil, Cause{}},
		{"a dozen too many", 12 * 340 * g, goods()[:1], nil, nil, Cause{Kind: Extra, SKU: "MUG", Name: "Mug", N: 12}},
		{"thirteen are no slip of the hand", 13 * 340 * g, goods()[:1], nil, nil, Cause{}},
		{"the count that comes nearest", -60 * g, bolts, nil, nil, Cause{Kind: Missing, SKU: "BOLT", N: 2}},
		{"one of what was refused, not two", 690 * g, goods()[2:], nil, &Item{SKU: "BLUE", Mass: 345 * g, Qty: 2}, Cause{}},
		{"the mass of what was refused is unknown", 100 * g, goods()[:1], nil, &Item{SKU: "BLUE", Qty: 1}, Cause{}},
		{"no more off than the tolerance", -16 * g, bolts, nil, nil, Cause{}},
		{"explained by nothing", 77 * g, goods(), nil, nil, Cause{}},
		{"an unknown mass", -340 * g, append(goods(), Item{SKU: "X", Qty: 1}), boxes, nil, Cause{}},
		{"nothing is off", 0, goods(), boxes, nil, Cause{}},
		{"a brick", 100_000 * g, goods(), boxes, nil, Cause{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := packed(tt.items, rule, g)
			var m Model
			all := m.Causes(Evidence{Parcel: p, Actual: m.Expect(p).Mass + tt.actual, Boxes: tt.boxes, Refused: tt.refuse})
			var got Cause
			if len(all) > 0 {
				got = all[0]
				got.Share = 0
			}
			if got != tt.want {
				t.Errorf("got %+v, want %+v", all, tt.want)
			}
		})
	}
}

// What may have happened is ranked, and the shares say how sure that is.
func TestCausesAreRanked(t *testing.T) {
	var m Model
	white := Item{SKU: "WHITE", Name: "Mug, white", Mass: 340 * g, Qty: 2}
	blue := Item{SKU: "BLUE", Name: "Mug, blue", Mass: 400 * g, Qty: 1}
	p := packed([]Item{white, {SKU: "CUP", Mass: 62 * g, Qty: 1}}, rule, g)
	all := m.Causes(Evidence{Parcel: p, Actual: m.Expect(p).Mass + 61*g, Variants: map[string][]Item{"WHITE": {blue}}})
	sum := 0
	for _, c := range all {
		sum += c.Share
	}
	if len(all) != 2 || sum < 999 || sum > 1001 || all[0].Share < all[1].Share {
		t.Fatalf("%+v", all)
	}
	if !slices.ContainsFunc(all, func(c Cause) bool { return c.Kind == Swapped && c.SKU == "BLUE" && c.Instead == "WHITE" }) {
		t.Errorf("a blue mug in place of a white one is not thought of: %+v", all)
	}
}

// shop learns from parcels of one product in one carton.
func shop(m *Model, n int, items []Item, actual func(i int) unit.Mass, allowed bool) {
	for i := range n {
		m.Learn(Lesson{Mass: actual(i), Division: g, Items: items, Carton: "M", Tare: 180 * g, Allowed: allowed})
	}
}

// steady is a weight that moves a little from parcel to parcel.
func steady(mass unit.Mass) func(int) unit.Mass {
	return func(i int) unit.Mass { return mass + unit.Mass(i*7%5-2)*g }
}

func TestWhatLiesInEachParcelIsLearnt(t *testing.T) { // W5
	var m Model
	items := goods()[:1]
	shop(&m, 40, items, steady(2*340*g+180*g+20*g), false)
	e := m.Expect(packed(items, rule, g))
	if !e.Learnt || (e.Mass-880*g).Abs() > 2*g || e.Tolerance > 19*g {
		t.Errorf("after 40 parcels: %+v", e)
	}
	if len(e.Blind) != 0 {
		t.Errorf("a mug of 340 g is not noticed: %v", e.Blind)
	}
	e = m.Expect(packed(append(items, Item{SKU: "EARRING", Mass: 3 * g, Qty: 1}), rule, g))
	if !slices.Equal(e.Blind, []string{"EARRING"}) {
		t.Errorf("what would not be noticed is said to be %v", e.Blind)
	}
	if len(m.Doubts()) != 0 {
		t.Errorf("doubted: %+v", m.Doubts())
	}
}

// A parcel that somebody let pass teaches by itself nothing; several that agree do.
func TestAWrongWeightInTheCatalogueIsFound(t *testing.T) { // W5
	var m Model
	shop(&m, 20, goods()[:1], steady(860*g), false)
	wrong := []Item{{SKU: "VASE", Mass: 500 * g, Qty: 1}}
	shop(&m, 2, wrong, steady(180*g+650*g), true)
	if len(m.Doubts()) != 0 {
		t.Errorf("two parcels are enough for %+v", m.Doubts())
	}
	shop(&m, 1, wrong, steady(180*g+650*g), true)
	d := m.Doubts()
	if len(d) != 1 || d[0].SKU != "VASE" || d[0].Says != 500*g || (d[0].Weighs-650*g).Abs() > 15*g {
		t.Fatalf("%+v", d)
	}
	if e := m.Expect(packed(wrong, rule, g)); (e.Mass - 680*g).Abs() > 80*g {
		t.Errorf("three parcels that were let pass moved what is expected to %s", e.Mass)
	}
	wrong[0].Mass = 650 * g // it was corrected
	if e := m.Expect(packed(wrong, rule, g)); (e.Mass - 830*g).Abs() > 10*g {
		t.Errorf("after it was corrected: %s", e.Mass)
	}
	shop(&m, 1, wrong, steady(830*g), false)
	if len(m.Doubts()) != 0 {
		t.Errorf("doubted still: %+v", m.Doubts())
	}
}

func TestAMissingWeightIsLearnt(t *testing.T) { // W5
	var m Model
	shop(&m, 20, goods()[:1], steady(860*g), false)
	bare := []Item{{SKU: "NEW", Qty: 2}}
	shop(&m, 2, bare, steady(180*g+2*90*g), false)
	if e := m.Expect(packed(bare, rule, g)); e.Known {
		t.Errorf("known after two parcels: %+v", e)
	}
	shop(&m, 1, bare, steady(180*g+2*90*g), false)
	e := m.Expect(packed(bare, rule, g))
	if !e.Known || (e.Mass-360*g).Abs() > 8*g {
		t.Errorf("after three: %+v", e)
	}
	if d := m.Doubts(); len(d) != 1 || d[0].SKU != "NEW" || d[0].Says != 0 {
		t.Errorf("it is not marked: %+v", d)
	}
}

// One parcel with something wrong in it that nobody noticed teaches little.
func TestOneOddParcelTeachesLittle(t *testing.T) {
	var m Model
	items := goods()[:1]
	shop(&m, 40, items, steady(860*g), false)
	was := m.Expect(packed(items, rule, g))
	shop(&m, 1, items, steady(860*g+340*g), false)
	shop(&m, 1, items, steady(860*g-340*g), true)
	now := m.Expect(packed(items, rule, g))
	if (now.Mass-was.Mass).Abs() > 4*g || now.Tolerance > was.Tolerance*3/2 {
		t.Errorf("from %+v to %+v", was, now)
	}
}
