package carton

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// A shop that sends long flat things in high boxes is told of a flat one, and that it
// can do without the box that nothing needs.
func TestSizesOfWhatWasShipped(t *testing.T) {
	cartons := []station.Carton{
		{ID: "S", Inner: mm(200, 150, 100), Max: 5 * unit.Kilogram},
		{ID: "S2", Inner: mm(210, 150, 100), Max: 5 * unit.Kilogram},
		{ID: "L", Inner: mm(400, 300, 200), Max: 20 * unit.Kilogram},
	}
	poster := Item{SKU: "POSTER", Size: mm(380, 100, 20), Mass: 100 * unit.Gram, Qty: 2}
	shipped := []Shipped{
		{Items: []Item{{SKU: "CUP", Size: mm(120, 90, 90), Mass: 300 * unit.Gram, Qty: 1}}, Times: 5},
		{Items: []Item{poster}, Times: 40},
		{Items: []Item{{SKU: "POLE", Size: mm(900, 20, 20), Mass: unit.Gram, Qty: 1}}, Times: 3},
	}
	a := Sizes(shipped, cartons, DefaultOptions(), 3)
	if a.Homeless != 3 || a.Parcels != 45 {
		t.Errorf("%d parcels, %d of them go nowhere", a.Parcels, a.Homeless)
	}
	if len(a.Buy) == 0 {
		t.Fatal("nothing to buy")
	}
	c := station.Carton{Inner: a.Buy[0].Inner}
	if _, ok := Into([]Item{poster}, c, DefaultOptions()); !ok || a.Buy[0].Parcels != 40 || a.Buy[0].After > a.Buy[0].Before/3 {
		t.Errorf("to buy: %+v", a.Buy)
	}
	if len(a.Spare) != 1 || a.Spare[0].Carton.ID != "S2" {
		t.Errorf("without: %+v", a.Spare)
	}
	if again := Sizes(shipped, cartons, DefaultOptions(), 3); again.Buy[0] != a.Buy[0] {
		t.Error("asked again it says something else")
	}
}
