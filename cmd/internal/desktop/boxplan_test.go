package desktop

import (
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/screen"
)

// The box of an order that is opened is drawn layer by layer, and says what comes next;
// one with goods of no known size says so instead (B3).
func TestB3TheBoxIsDrawnWhileItIsPacked(t *testing.T) {
	d := newDesk(t)
	f := d.front.Folder
	to := station.Address{Name: "Eva", Street: "Weg 1", City: "Bonn", Postcode: "53111", Country: "DE"}
	if _, err := f.Store.PutProducts(t.Context(), []station.Product{{SKU: "ODD", Name: "Odd thing", Barcodes: []station.Barcode{{Code: "ODD", Factor: 1}}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Store.PutOrders(t.Context(), []station.Order{
		{ID: "B1", Number: "B1", To: to, Lines: []station.Line{{ID: "1", SKU: "MUG-BLUE", Qty: 4}}},
		{ID: "B2", Number: "B2", To: to, Lines: []station.Line{{ID: "1", SKU: "ODD", Qty: 1}}},
	}); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-PACKER")
	d.scanText("B1")
	v := d.until("the picture of the box", func(v screen.View) bool { return v.Bench != nil && v.Bench.Fill != nil && len(v.Bench.Fill.Layers) > 0 })
	units := 0
	for _, l := range v.Bench.Fill.Layers {
		units += len(l.Units)
	}
	if units != 4 || v.Bench.Fill.Next != "Next into the box: Mug, blue" {
		t.Errorf("%d units, %q", units, v.Bench.Fill.Next)
	}
	d.scanText("9520000000028")
	d.until("the first mug in its place", func(v screen.View) bool {
		return v.Bench != nil && v.Bench.Fill != nil && v.Bench.Fill.Layers[0].Units[0].In && !v.Bench.Fill.Layers[0].Units[0].Next
	})
	d.scanText("PB:command:park")
	d.until("the bench to be free", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.scanText("B2")
	d.until("why there is no picture", func(v screen.View) bool {
		return v.Bench != nil && v.Bench.Fill != nil && strings.HasSuffix(v.Bench.Fill.Note, "the size of Odd thing is not known")
	})
}
