package pack

import (
	"testing"

	"packbench/station"
)

// packedElsewhere is order 1042 after another bench has packed some of it.
func packedElsewhere(contents ...Content) OrderInfo {
	o := order1042()
	o.Parcels = []ParcelRef{{ID: "1042-2", Order: "1042", SSCC: "B", State: ParcelClosed, Contents: contents}}
	o.Begun = 2
	return o
}

// parkedWithMug is a desk where the order lies parked with a mug in its box.
func parkedWithMug(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	d.openOrder(order1042())
	d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing)
	d.want(do("park"), Accepted, CodeParked, Idle)
	return d
}

// What another bench has packed while the work lay parked here is not packed again.
func TestParkedWorkThatAnotherBenchPackedOn(t *testing.T) { // H2, Q11
	d := parkedWithMug(t)
	d.give(scanOrder("1042"))
	v := d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: packedElsewhere(Content{Line: "1", SKU: "MUG", Qty: 3})}, Refused, CodeOrderChanged, Packing)
	if len(v.Excess) != 1 || v.Excess[0].SKU != "MUG" || v.Excess[0].Qty != 1 {
		t.Errorf("what is too much in the box: %+v", v.Excess)
	}
	d.want(scanItem("MUG", 1), Refused, CodeOverScan, Packing)
	d.want(do("remove"), Asked, CodeRemoved, Packing)
	d.want(scanItem("MUG", 1), Accepted, CodeRemoved, Packing)
	d.want(scanItem("CANDLE", 1), Accepted, CodeAllScanned, Weighing)
	if w := d.s.Work; w.Units() != 1 || len(w.Earlier) != 1 || w.Parcels != 2 || w.Parcel.ID != "1042-1" {
		t.Errorf("%d units, earlier %v, %d parcels, now %s", w.Units(), w.Earlier, w.Parcels, w.Parcel.ID)
	}
	// It is known from then on, in whatever way the work is opened.
	d.want(do("park"), Accepted, CodeParked, Idle)
	d.give(scanOrder("1042"))
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: packedElsewhere(Content{Line: "1", SKU: "MUG", Qty: 3})}, Accepted, CodeResumed, Weighing)
	if l := d.s.Work.Line("1"); l.Packed != 3 {
		t.Errorf("counted twice: %+v", l)
	}
}

// What lies in the box still counts where the other bench left it out.
func TestParkedWorkGoesOnWithTheRest(t *testing.T) { // H2, Q11
	d := parkedWithMug(t)
	d.give(scanOrder("1042"))
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: packedElsewhere(Content{Line: "1", SKU: "MUG", Qty: 2}, Content{Line: "2", SKU: "CANDLE", Qty: 1})}, Accepted, CodeResumed, Weighing)
}

// An order that another bench has packed to its end: the goods of the parked box go back,
// and the shop's word that it is open does not have it packed again.
func TestParkedWorkOfAnOrderThatIsPacked(t *testing.T) { // H2, Q8
	d := parkedWithMug(t)
	d.give(scanOrder("1042"))
	d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "1042", Code: CodeOrderDone}, Refused, CodeOrderDone, Packing)
	d.want(scanItem("CANDLE", 1), Refused, CodeOrderDone, Packing)
	d.give(ShopChanged{Status: station.OrderOpen, Order: order1042()})
	d.want(scanItem("CANDLE", 1), Refused, CodeOrderDone, Packing)
	d.want(do("cancel"), Accepted, CodeCancelled, Idle)
	if d.s.Parked["1042"] != nil {
		t.Error("it is still parked")
	}
}
