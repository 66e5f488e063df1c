package bench

import (
	"strings"
	"testing"

	"packbench/labels"
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

// Every order number that a shop may give has a return label: its bar code holds
// the parcel's name, or the SSCC where it cannot.
func TestEveryParcelHasAReturnNumber(t *testing.T) { // L3
	const sscc = "095200000000000011"
	home := labels.Address{Name: "Sample Customer", Street: "Musterweg 1", Postcode: "10115", City: "Berlin", Country: "DE"}
	widest := strings.Repeat("a0", longestRMA/2)
	for id, want := range map[string]string{
		"1042-1": "R-1042-1", "#S/1042.b_7-1": "R-#S/1042.b_7-1", widest: "R-" + widest,
		"Ñ1-1": "R-" + sscc, "1042\u200b-1": "R-" + sscc, "1 2-1": "R-" + sscc, widest + "0": "R-" + sscc, strings.Repeat("W", 64) + "-1": "R-" + sscc,
	} {
		have := RMA(store.Parcel{ID: id, SSCC: sscc})
		if have != want {
			t.Errorf("%s: %s, want %s", id, have, want)
		}
		for _, paper := range []string{"4x6", "a6"} {
			for _, dpi := range []int{203, 300} {
				p, err := labels.PaperNamed(paper)
				if err == nil {
					_, _, err = labels.ReturnLabel(labels.Return{From: home, To: home, RMA: have}, labels.Profile{DPI: dpi, Paper: p})
				}
				if err != nil {
					t.Errorf("%s on %s at %d dpi: %v", have, paper, dpi, err)
				}
			}
		}
	}
}
