package shops

import (
	"fmt"
	"testing"

	"packbench/station"
	"packbench/station/pack"
)

// The shop hears of its own line, once, with the parcel that makes the kit whole; a
// parcel of parts only waits for that one.
func TestO2AKitIsToldWithItsLastPart(t *testing.T) { // Q5
	w := newWorld(t)
	w.place("7", 1)
	w.shop.orders[0].Order.Lines[0].Parts = []station.Part{{SKU: "MUG", Qty: 1}, {SKU: "PLATE", Qty: 1}}
	w.pull()
	close := func(sku string) {
		w.ssc++
		sscc := fmt.Sprintf("09520000%010d", w.ssc)
		o := w.order("7")
		w.desk.WriteAt(w.now(), pack.ParcelDone{
			Parcel: fmt.Sprintf("%s-%d", o.ID, w.ssc), Order: o.ID, Service: "swift", Carrier: "heron", SSCC: sscc, Tracking: "TR" + sscc,
			Contents: []pack.Content{{Line: "L7/" + sku, SKU: sku, Qty: 1, Kit: &pack.Kit{Line: "L7", SKU: "MUG-BLUE", Per: 1, Parts: 2}}},
		})
	}
	close("MUG")
	w.push()
	w.want("shipment waiting", 0)
	close("PLATE")
	w.push()
	w.later(longGap)
	w.push()
	w.want("shipment done, shipment done", 1)
	for _, sent := range w.shop.sent {
		if len(sent[0].Lines) != 1 || sent[0].Lines[0].Line != "L7" || sent[0].Lines[0].Qty != 1 || sent[0].Lines[0].SKU != "MUG-BLUE" {
			t.Errorf("the shop is told %+v", sent)
		}
	}
	w.later(longGap)
	w.pull()
	if o := w.order("7"); len(o.Lines) != 1 || o.Lines[0].Qty != 1 {
		t.Errorf("read again, the order has %+v", o.Lines)
	}
}
