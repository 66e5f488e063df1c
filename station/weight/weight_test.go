package weight

import (
	"testing"

	"packbench/station/unit"
)

const g = unit.Gram

var rule = Rule{Permille: 20, Least: 15 * g}

func goods() []Item {
	return []Item{{SKU: "MUG", Name: "Mug", Mass: 340 * g, Qty: 2}, {SKU: "CANDLE", Name: "Candle", Mass: 210 * g, Qty: 1}, {SKU: "TEA", Name: "Tea", Mass: 128 * g, Qty: 1}}
}

func TestExpect(t *testing.T) {
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
		if got := Expect(tt.items, 180*g, tt.rule, tt.division); got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestCause(t *testing.T) {
	boxes := []Box{{"S", "Box S", 95 * g}, {"M", "Box M", 180 * g}, {"L", "Box L", 340 * g}}
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
		{"both mugs are missing", -678 * g, goods(), boxes, nil, Cause{Kind: Missing, SKU: "MUG", Name: "Mug", N: 2, Others: 0}},
		{"a candle too many", 212 * g, goods(), boxes, nil, Cause{Kind: Extra, SKU: "CANDLE", Name: "Candle", N: 1}},
		{"what explains it best", 340 * g, append([]Item{{SKU: "JUG", Mass: 345 * g, Qty: 1}}, goods()...), nil, nil, Cause{Kind: Extra, SKU: "MUG", Name: "Mug", N: 1}},
		{"the small box", -85 * g, goods(), boxes, nil, Cause{Kind: Carton, SKU: "S", Name: "Box S", N: 1}},
		{"the large box", 160 * g, goods(), boxes, nil, Cause{Kind: Carton, SKU: "L", Name: "Box L", N: 1}},
		{
			"what was refused is in it", 345 * g, goods(), boxes, &Item{SKU: "BLUE", Name: "Mug, blue", Mass: 345 * g, Qty: 1},
			Cause{Kind: RefusedItem, SKU: "BLUE", Name: "Mug, blue", N: 1},
		},
		{
			"the refused item before an equal extra", 340 * g, goods(), boxes, &Item{SKU: "BLUE", Mass: 340 * g, Qty: 1},
			Cause{Kind: RefusedItem, SKU: "BLUE", N: 1, Others: 1},
		},
		{"two products weigh the same: the earlier one", -100 * g, twins, nil, nil, Cause{Kind: Missing, SKU: "A", N: 1, Others: 1}},
		{
			"fewer units before more", -200 * g,
			[]Item{{SKU: "A", Mass: 100 * g, Qty: 3}, {SKU: "B", Mass: 200 * g, Qty: 1}},
			nil, nil,
			Cause{Kind: Missing, SKU: "B", N: 1, Others: 1},
		},
		{"not more missing than there are", -1024 * g, goods()[2:], nil, nil, Cause{Kind: Unknown}},
		{"a product that is not in the box, its mass unknown", 128 * g, append(goods()[:1:1], Item{SKU: "TEA"}), nil, nil, Cause{Kind: Unknown}},
		{"a dozen too many", 12 * 340 * g, goods()[:1], nil, nil, Cause{Kind: Extra, SKU: "MUG", Name: "Mug", N: 12}},
		{"thirteen are no slip of the hand", 13 * 340 * g, goods()[:1], nil, nil, Cause{Kind: Unknown}},
		{"the count that comes nearest", -47 * g, bolts, nil, nil, Cause{Kind: Missing, SKU: "BOLT", N: 2}},
		{"back to the edge of the tolerance", -106 * g, bolts, nil, nil, Cause{Kind: Missing, SKU: "BOLT", N: 3}},
		{"a milligram outside", -106*g - 1, bolts, nil, nil, Cause{Kind: Unknown}},
		{"no more off than the tolerance", -16 * g, bolts, nil, nil, Cause{Kind: Unknown}},
		{"one of what was refused, not two", 690 * g, goods()[2:], nil, &Item{SKU: "BLUE", Mass: 345 * g, Qty: 2}, Cause{Kind: Unknown}},
		{"the mass of what was refused is unknown", 100 * g, goods()[:1], nil, &Item{SKU: "BLUE", Qty: 1}, Cause{Kind: Unknown}},
		{"explained by nothing", 77 * g, goods(), nil, nil, Cause{Kind: Unknown}},
		{"an unknown mass", -340 * g, append(goods(), Item{SKU: "X", Qty: 1}), boxes, nil, Cause{Kind: Unknown}},
		{"nothing is off", 0, goods(), boxes, nil, Cause{Kind: Unknown}},
		{"a brick", 100_000 * g, goods(), boxes, nil, Cause{Kind: Unknown}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := Expect(tt.items, 180*g, rule, g)
			got := Find(Evidence{Actual: want.Mass + tt.actual, Items: tt.items, Tare: 180 * g, Boxes: tt.boxes, Refused: tt.refuse, Rule: rule, Division: g})
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestEqualCauses weighs what A is too heavy by. B explains it too when what it
// leaves is no more than the scale, the catalogue and the difference can tell.
func TestEqualCauses(t *testing.T) {
	tests := []struct {
		name     string
		a        unit.Mass
		division unit.Mass
		band     unit.Mass
	}{
		{"product masses are no truer than a gram", 100 * g, 0, g},
		{"a scale of 5 g", 100 * g, 5 * g, 5 * g},
		{"5 ‰ of a large difference", 2000 * g, 2 * g, 10 * g},
	}
	for _, tt := range tests {
		for beyond, others := range map[unit.Mass]int{0: 1, 1: 0} {
			items := []Item{{SKU: "A", Mass: tt.a, Qty: 1}, {SKU: "B", Mass: tt.a + tt.band + beyond, Qty: 1}}
			want := Expect(items, 180*g, rule, tt.division)
			got := Find(Evidence{Actual: want.Mass + tt.a, Items: items, Tare: 180 * g, Rule: rule, Division: tt.division})
			if got != (Cause{Kind: Extra, SKU: "A", N: 1, Others: others}) {
				t.Errorf("%s, %d mg beyond: got %+v", tt.name, beyond, got)
			}
		}
	}
}
