package carton

import (
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

func mm(w, l, d int) unit.Size {
	return unit.Size{Width: unit.Length(w) * unit.Millimetre, Length: unit.Length(l) * unit.Millimetre, Depth: unit.Length(d) * unit.Millimetre}
}

func boxes() []station.Carton {
	return []station.Carton{
		{ID: "L", Inner: mm(400, 300, 200), Outer: mm(408, 308, 216), Tare: 340 * unit.Gram, Max: 20 * unit.Kilogram, Cost: unit.Money{Minor: 89}},
		{ID: "S", Inner: mm(200, 150, 100), Outer: mm(206, 156, 110), Tare: 95 * unit.Gram, Max: 5 * unit.Kilogram, Cost: unit.Money{Minor: 32}},
		{ID: "M", Inner: mm(300, 200, 150), Outer: mm(308, 208, 164), Tare: 180 * unit.Gram, Max: 10 * unit.Kilogram, Cost: unit.Money{Minor: 55}},
	}
}

func TestPropose(t *testing.T) {
	tests := []struct {
		name   string
		items  []Item
		carton string
		why    [3]string // how the reasons of S, M and L begin why not all goes in
	}{
		{
			"one small thing",
			[]Item{{SKU: "A", Size: mm(10, 10, 10), Mass: unit.Gram, Qty: 1}},
			"S",
			[3]string{},
		},
		{
			"fills the smallest exactly",
			[]Item{{SKU: "A", Size: mm(100, 150, 200), Mass: unit.Gram, Qty: 1}},
			"S",
			[3]string{},
		},
		{
			"two that fill it exactly",
			[]Item{{SKU: "A", Size: mm(100, 150, 100), Mass: unit.Gram, Qty: 2}},
			"S",
			[3]string{"too small: 3.0 l of goods, room for 2.6 l", "", ""},
		},
		{
			"too long for S",
			[]Item{{SKU: "A", Name: "Pen", Size: mm(10, 210, 10), Mass: unit.Gram, Qty: 1}},
			"M",
			[3]string{"Pen (10 × 210 × 10 mm) does not fit in", "", ""},
		},
		{
			"upright does not lie down",
			[]Item{{SKU: "A", Size: mm(50, 50, 160), Mass: unit.Gram, Qty: 1, Turn: Flat}},
			"L",
			[3]string{"A (50", "A (50", ""},
		},
		{
			"too heavy for S",
			[]Item{{SKU: "A", Size: mm(10, 10, 10), Mass: 4950 * unit.Gram, Qty: 1}},
			"M",
			[3]string{"too heavy: 5.045 kg, at most 5.000 kg", "", ""},
		},
		{
			"unknown size does not count",
			[]Item{{SKU: "A", Name: "Mug", Mass: unit.Gram, Qty: 9}},
			"S",
			[3]string{},
		},
		{
			"unknown mass does not count",
			[]Item{{SKU: "A", Size: mm(1, 1, 1), Qty: 9}},
			"S",
			[3]string{},
		},
		{
			"more than one parcel",
			[]Item{{SKU: "A", Size: mm(100, 100, 100), Mass: unit.Kilogram, Qty: 30}},
			"L",
			[3]string{"too heavy", "too heavy", "too heavy"},
		},
		{
			"goes into nothing",
			[]Item{{SKU: "A", Size: mm(900, 10, 10), Mass: unit.Gram, Qty: 1}},
			"",
			[3]string{"A", "A", "A"},
		},
		{
			"nothing to pack",
			[]Item{{SKU: "A", Size: mm(900, 10, 10), Qty: 0}},
			"S",
			[3]string{},
		},
		{
			"absurd numbers do not wrap round",
			[]Item{{SKU: "A", Size: mm(100, 100, 100), Mass: 1 << 62, Qty: 1 << 40}},
			"",
			[3]string{"too heavy", "too heavy", "too heavy"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, ok := Propose(tt.items, boxes(), DefaultOptions())
			if c.ID != tt.carton || ok != (tt.carton != "") {
				t.Errorf("carton %q, %v; want %q", c.ID, ok, tt.carton)
			}
			for i, at := range []int{1, 2, 0} {
				box := boxes()[at]
				if why := Fits(box, tt.items, DefaultOptions()); !strings.HasPrefix(why.Wrong(), tt.why[i]) || tt.why[i] == "" && !why.None() {
					t.Errorf("%s: %q, want %q", box.ID, why, tt.why[i])
				}
			}
		})
	}
}

func TestTieGoesToTheCheaperThenTheId(t *testing.T) {
	same := []station.Carton{
		{ID: "C", Inner: mm(100, 100, 100), Cost: unit.Money{Minor: 20}},
		{ID: "B", Inner: mm(100, 100, 100), Cost: unit.Money{Minor: 10}},
		{ID: "A", Inner: mm(100, 100, 100), Cost: unit.Money{Minor: 10}},
	}
	if c, _ := Propose([]Item{{SKU: "A", Size: mm(1, 1, 1), Mass: 1, Qty: 1}}, same, DefaultOptions()); c.ID != "A" {
		t.Errorf("took %s", c.ID)
	}
}

// A packer who splits an order may take a carton that holds only a part (B2).
func TestAllowsAPart(t *testing.T) {
	small := boxes()[1]
	many := []Item{{SKU: "A", Size: mm(90, 90, 90), Mass: unit.Kilogram, Qty: 50}, {SKU: "B", Size: mm(500, 10, 10), Mass: 1, Qty: 1}}
	if why := Allows(small, many, DefaultOptions()); !why.None() {
		t.Errorf("a part would fit: %s", why)
	}
	if why := Fits(small, many, DefaultOptions()); why.None() {
		t.Error("all of it does not fit")
	}
	if why := Allows(small, many[1:], DefaultOptions()); !strings.Contains(why.Wrong(), "does not fit in") {
		t.Errorf("nothing of it fits: %q", why)
	}
}
