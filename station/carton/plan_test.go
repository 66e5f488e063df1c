package carton

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// Several boxes are planned where one does not do, the largest first; the levels say
// what stands on what.
func TestPlanOfSeveralBoxes(t *testing.T) {
	items := []Item{
		{SKU: "A", Size: mm(200, 150, 100), Mass: 4 * unit.Kilogram, Qty: 6},
		{SKU: "B", Size: mm(50, 50, 50), Mass: unit.Gram, Qty: 1},
	}
	p, ok := PlanOf(items, boxes(), DefaultOptions())
	if !ok || len(p.Boxes) != 2 || p.Cartons[0].ID != "L" {
		t.Fatalf("%v: %d boxes, %+v", ok, len(p.Boxes), p.Cartons)
	}
	n := 0
	for _, b := range p.Boxes {
		n += len(b.Units)
		for i, level := range b.Levels() {
			if (level == 0) != (b.Units[i].Z == 0) {
				t.Errorf("a unit at %d is on level %d", b.Units[i].Z, level)
			}
		}
	}
	if n != 7 {
		t.Errorf("%d units of 7", n)
	}
}

// A carrier's divisor makes a flat box cheaper than a cube that costs less itself.
func TestPlanCountsTheBilledMass(t *testing.T) {
	cartons := []station.Carton{
		{ID: "cube", Inner: mm(300, 300, 300), Cost: unit.Money{Minor: 10}},
		{ID: "flat", Inner: mm(300, 300, 60), Cost: unit.Money{Minor: 50}},
	}
	items := []Item{{SKU: "A", Size: mm(290, 290, 50), Mass: 200 * unit.Gram, Qty: 1}}
	for _, tt := range []struct {
		divisor int64
		carton  string
	}{{0, "cube"}, {5_000_000, "flat"}} {
		o := DefaultOptions()
		o.Charge = Charge{PerParcel: 300, PerKilo: 40, Divisor: tt.divisor}
		if c, _ := Propose(items, cartons, o); c.ID != tt.carton {
			t.Errorf("divisor %d: %s, want %s", tt.divisor, c.ID, tt.carton)
		}
	}
}

// Into fills the box that a packer took as far as it goes.
func TestIntoTakesWhatFits(t *testing.T) {
	p, ok := Into([]Item{{SKU: "A", Size: mm(100, 150, 100), Mass: unit.Gram, Qty: 5}}, boxes()[1], DefaultOptions())
	if !ok || len(p.Boxes) != 1 || len(p.Boxes[0].Units) != 2 {
		t.Errorf("%v %+v", ok, p.Boxes)
	}
	if _, ok := PlanOf([]Item{{SKU: "A", Qty: 1}}, boxes(), DefaultOptions()); ok {
		t.Error("there is a plan of goods without dimensions")
	}
}
