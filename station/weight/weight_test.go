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
		{"not more missing than there are", -1000 * g, goods()[2:], nil, nil, Cause{Kind: Unknown}},
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
