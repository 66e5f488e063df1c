package pack

import (
	"testing"

	"packbench/station"
)

// fewer is order 1042 after the shop took its first line away and numbered
// what is left again, with something else behind it.
func fewer() OrderInfo {
	o := order1042()
	o.Version++
	candle, soap := o.Lines[1], o.Lines[1]
	candle.ID = o.Lines[0].ID
	soap.ID, soap.SKU, soap.Name = o.Lines[1].ID, "SOAP", "Soap"
	o.Lines = []LineInfo{candle, soap}
	return o
}

func TestLinesNumberedAnewAreNotTakenForOthers(t *testing.T) { // Q8, F3
	d := newDesk(t)
	d.openOrder(order1042())
	d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing)
	d.want(ShopChanged{Status: station.OrderOpen, Order: fewer()}, Refused, CodeOrderChanged, Packing)
	d.want(scanItem("MUG", 1), Refused, CodeOverScan, Packing)
	if v := d.want(scanItem("CANDLE", 1), Accepted, CodeItem, Packing); v.SKU != "CANDLE" {
		t.Errorf("the candle counts as %s", v.SKU)
	}
	d.want(scanItem("CANDLE", 1), Refused, CodeOverScan, Packing)
	d.want(scanItem("SOAP", 1), Accepted, CodeItem, Packing) // the mug is still too much
	d.want(do("remove"), Asked, CodeRemoved, Packing)
	d.want(scanItem("MUG", 1), Accepted, CodeRemoved, Weighing)
	if d.s.Work.Units() != 2 {
		t.Errorf("%d units in the box", d.s.Work.Units())
	}
}

func TestNothingIsUndoneOnALineThatCameInPlaceOfAnother(t *testing.T) { // Q6, F3
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	d.want(do("put-back"), Accepted, CodePutBack, Packing)
	d.want(ShopChanged{Status: station.OrderOpen, Order: fewer()}, Info, CodeOrderChanged, Packing)
	d.want(do("undo"), Refused, CodeNothingToUndo, Packing)
	if d.s.Work.Units() != 0 || len(d.s.Work.Lines) != 2 {
		t.Errorf("%d units in %+v", d.s.Work.Units(), d.s.Work.Lines)
	}
}

func TestParcelsOfAnOrderWhoseLinesWereNumberedAnew(t *testing.T) { // Q12, F3
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	ref := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 2}, {Line: "2", SKU: "CANDLE", Qty: 1}}}
	o := fewer()
	o.Parcels, o.Begun = []ParcelRef{ref}, 1
	d.openOrder(o)
	if l := d.s.Work.Lines[0]; l.SKU != "CANDLE" || l.Packed != 1 || d.s.Work.OpenUnits() != 1 {
		t.Errorf("what was packed before is not counted by product: %+v", d.s.Work.Lines)
	}
	d.give(do("cancel"))
	d.reopen(ref)
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeReopened, Packing)
	if w := d.s.Work; w.Units() != 3 || w.Excess() != 2 {
		t.Errorf("the box holds %d units, %d too many: %+v", w.Units(), w.Excess(), w.Lines)
	}
}

// TestLinesInAnotherOrder keep what the shop wants of each.
func TestLinesInAnotherOrder(t *testing.T) { // Q8, F3
	o := order1042()
	o.Lines[1] = o.Lines[0]
	o.Lines[1].ID, o.Lines[1].Qty = "2", 1
	d := newDesk(t)
	d.openOrder(o)
	o.Version, o.Lines[0], o.Lines[1] = 2, o.Lines[1], o.Lines[0]
	d.want(ShopChanged{Status: station.OrderOpen, Order: o}, Info, CodeOrderChanged, Packing)
	if one, two := d.s.Work.Line("1"), d.s.Work.Line("2"); one.Qty != 3 || two.Qty != 1 {
		t.Errorf("%+v, %+v", one, two)
	}
}

// TestALineThatBecameTwo: the second of its product is a line of its own.
func TestALineThatBecameTwo(t *testing.T) { // Q8, F3
	for _, ids := range [][2]string{{"1", "7"}, {"8", "9"}, {"9", "1"}} {
		o := order1042()
		d := newDesk(t)
		d.openOrder(o)
		o.Version, o.Lines[1] = 2, o.Lines[0]
		o.Lines[0].ID, o.Lines[1].ID, o.Lines[1].Qty = ids[0], ids[1], 2
		d.want(ShopChanged{Status: station.OrderOpen, Order: o}, Info, CodeOrderChanged, Packing)
		if w := d.s.Work; len(w.Lines) != 2 || w.OpenUnits() != 5 {
			t.Errorf("%s: %+v", ids, w.Lines)
		}
	}
}
