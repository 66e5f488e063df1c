package shops

import "testing"

// A second tracking number that somebody gave a shipment makes no second shipment.
func TestO2AShipmentThatTheShopShowsTwiceCountsOnce(t *testing.T) {
	w := newWorld(t)
	w.place("1", 5)
	w.pull()
	w.packed("1", 2)
	w.push()
	again := w.shop.sent["1"][0]
	again.Tracking, again.Lines = "SECOND", nil
	w.shop.sent["1"] = append(w.shop.sent["1"], again)
	w.pull()
	if o := w.order("1"); len(o.Lines) != 1 || o.Lines[0].Qty != 5 {
		t.Errorf("5 were ordered, the bench counts %+v", o.Lines)
	}
}
