package bench

import (
	"testing"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
)

// TestASlipGoesByTheProduct: the shop may number an order's lines anew after a
// parcel was packed; its slip still tells what is in the box.
func TestASlipGoesByTheProduct(t *testing.T) { // L3
	w := paperwork{order: station.Order{ID: "1001", Lines: []station.Line{
		{ID: "1", SKU: "MUG", Qty: 2}, {ID: "2", SKU: "TEA", Qty: 1}, {ID: "3", SKU: "MUG", Qty: 1},
	}}}
	p := store.Parcel{Contents: []pack.Content{
		{Line: "1", SKU: "MUG", Qty: 2}, {Line: "3", SKU: "TEA", Qty: 1}, {Line: "2", SKU: "GONE", Qty: 1}, {Line: "3", SKU: "MUG", Qty: 1},
	}}
	for i, want := range []int{2, 1, 1} {
		if l := w.order.Lines[i]; w.packedOf(p, l) != want {
			t.Errorf("line %s (%s): %d in the parcel, want %d", l.ID, l.SKU, w.packedOf(p, l), want)
		}
	}
}
