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
		name    string
		items   []Item
		carton  string
		several bool
		reasons []string // of S, M, L: how they begin
		note    string
	}{
		{
			"one small thing",
			[]Item{{SKU: "A", Size: mm(10, 10, 10), Mass: unit.Gram, Qty: 1}},
			"S", false,
			[]string{"the smallest", "larger", "larger"},
			"",
		},
		{
			"fills the smallest exactly",
			[]Item{{SKU: "A", Size: mm(100, 150, 200), Mass: unit.Gram, Qty: 1}},
			"S", false,
			[]string{"the smallest", "larger", "larger"},
			"",
		},
		{
			"two that fill it need air",
			[]Item{{SKU: "A", Size: mm(100, 150, 100), Mass: unit.Gram, Qty: 2}},
			"M", false,
			[]string{"too small: 3.0 l of goods, room for 2.6 l", "the smallest", "larger"},
			"",
		},
		{
			"too long for S",
			[]Item{{SKU: "A", Name: "Pen", Size: mm(10, 210, 10), Mass: unit.Gram, Qty: 1}},
			"M", false,
			[]string{"Pen (10 × 210 × 10 mm) does not go into", "the smallest", "larger"},
			"",
		},
		{
			"upright does not lie down",
			[]Item{{SKU: "A", Size: mm(50, 50, 160), Mass: unit.Gram, Qty: 1, Upright: true}},
			"L", false,
			[]string{"A (50", "A (50", "the smallest"},
			"",
		},
		{
			"too heavy for S",
			[]Item{{SKU: "A", Size: mm(10, 10, 10), Mass: 4950 * unit.Gram, Qty: 1}},
			"M", false,
			[]string{"too heavy: 5.045 kg, at most 5.000 kg", "the smallest", "larger"},
			"",
		},
		{
			"unknown size does not count",
			[]Item{{SKU: "A", Name: "Mug", Mass: unit.Gram, Qty: 9}},
			"S", false,
			[]string{"the smallest", "larger", "larger"},
			"Mug: its size is not known",
		},
		{
			"unknown mass does not count",
			[]Item{{SKU: "A", Size: mm(1, 1, 1), Qty: 9}},
			"S", false,
			[]string{"the smallest", "larger", "larger"},
			"A: its mass is not known",
		},
		{
			"more than one parcel",
			[]Item{{SKU: "A", Size: mm(100, 100, 100), Mass: unit.Kilogram, Qty: 30}},
			"L", true,
			[]string{"too heavy", "too heavy", "too heavy"},
			"several parcels",
		},
		{
			"goes into nothing",
			[]Item{{SKU: "A", Size: mm(900, 10, 10), Mass: unit.Gram, Qty: 1}},
			"", true,
			[]string{"A", "A", "A"},
			"no carton takes any of the goods",
		},
		{
			"nothing to pack",
			[]Item{{SKU: "A", Size: mm(900, 10, 10), Qty: 0}},
			"S", false,
			[]string{"the smallest", "larger", "larger"},
			"",
		},
		{
			"absurd numbers do not wrap round",
			[]Item{{SKU: "A", Size: mm(100, 100, 100), Mass: 1 << 62, Qty: 1 << 40}},
			"", true,
			[]string{"too heavy", "too heavy", "too heavy"},
			"no carton takes any",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Propose(tt.items, boxes(), DefaultOptions())
			if p.Carton != tt.carton || p.Several != tt.several {
				t.Errorf("carton %q, several %v; want %q, %v", p.Carton, p.Several, tt.carton, tt.several)
			}
			for i, v := range p.Verdicts {
				if !strings.HasPrefix(v.Reason, tt.reasons[i]) || v.Fits != (strings.HasPrefix(v.Reason, "the smallest") || strings.HasPrefix(v.Reason, "larger")) {
					t.Errorf("%s: %q, want %q", v.Carton, v.Reason, tt.reasons[i])
				}
			}
			if notes := strings.Join(p.Notes, "; "); !strings.Contains(notes, tt.note) || tt.note == "" && notes != "" {
				t.Errorf("notes %q, want %q", notes, tt.note)
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
	if p := Propose([]Item{{SKU: "A", Size: mm(1, 1, 1), Mass: 1, Qty: 1}}, same, DefaultOptions()); p.Carton != "A" {
		t.Errorf("took %s", p.Carton)
	}
}

// A packer who splits an order may take a carton that holds only a part (B2).
func TestAllowsAPart(t *testing.T) {
	small := boxes()[1]
	many := []Item{{SKU: "A", Size: mm(90, 90, 90), Mass: unit.Kilogram, Qty: 50}, {SKU: "B", Size: mm(500, 10, 10), Mass: 1, Qty: 1}}
	if why := Allows(small, many, DefaultOptions()); why != "" {
		t.Errorf("a part would fit: %s", why)
	}
	if why := Fits(small, many, DefaultOptions()); why == "" {
		t.Error("all of it does not fit")
	}
	if why := Allows(small, many[1:], DefaultOptions()); !strings.Contains(why, "does not go into") {
		t.Errorf("nothing of it fits: %q", why)
	}
}
