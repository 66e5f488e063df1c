package shoptest

import (
	"testing"

	"packbench/station/shop/shopsim"
)

// Reference says that a kind of shop tells what customers call their orders, and nothing
// where they do not say it.
func Reference(t *testing.T, start Start) {
	x := begin(t, start)
	for _, want := range []string{"PO-4711 / A", ""} {
		id := x.sim.Place(shopsim.Order{To: address, Service: "Standard", Reference: want, Lines: []shopsim.Line{{SKU: "MUG-W", Name: "Mug, white", Qty: 1, Minor: 990}}})
		if got := x.fresh(x.client(), id).Reference; got != want {
			t.Errorf("the customer calls it %q, the shop's answer says %q", want, got)
		}
	}
}
