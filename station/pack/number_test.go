package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// Whatever a bench says of an order, it says what people call it beside its id
// (desk.give looks at each verdict): from the question which one is meant to the
// van, while it waits, after it is closed, and where another one is meant.
func TestAnOrderIsKeptByItsIDAndCalledByItsNumber(t *testing.T) { // O1
	d := newDesk(t)
	d.calls = map[string]string{"A:7": "A/7", "B:7": "B/7"}
	a, b := OrderHint{ID: "A:7", Number: "A/7"}, OrderHint{ID: "B:7", Number: "B/7"}
	both := Scanned{Raw: "7", Meanings: []Meaning{{Kind: MeansOrder, Orders: []OrderHint{a, b}}}}
	parcel := func(id, order, sscc string, state ParcelState) ParcelRef {
		return ParcelRef{ID: id, Order: order, Number: d.calls[order], SSCC: sscc, State: state, Carrier: "heron", Document: "doc"}
	}
	label := func(p ParcelRef) Event { return Scanned{Meanings: []Meaning{{Kind: MeansParcel, Parcel: &p}}} }
	choose := func(n int) Event { return Command{Name: "choose", N: n} }
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)

	v := d.want(both, Asked, CodeOrderWhich, Idle)
	if len(v.Choices) != 3 || v.Choices[0].Text != "A/7" || v.Choices[1].Text != "B/7" {
		t.Fatalf("%+v", v.Choices)
	}
	d.give(choose(2))
	opening := d.pending(EffectOpen)
	if opening.Order != "B:7" || opening.Number != "B/7" {
		t.Errorf("%+v", opening)
	}
	d.want(OrderRefused{Effect: opening.ID, Order: "B:7", Code: CodeOrderElsewhere, Reason: "S2"}, Refused, CodeOrderElsewhere, Idle)

	d.give(Command{Name: "next-order", Orders: []OrderHint{b}})
	d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "B:7", Code: CodeOrderHeld}, Refused, CodeOrderHeld, Idle)

	order := order1042()
	order.ID, order.Number = "A:7", "A/7"
	d.give(both)
	d.give(choose(1))
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order}, Accepted, CodeOrderOpened, Packing)
	d.want(both, Info, CodeResumed, Packing)
	v = d.want(Scanned{Raw: "B/7", Meanings: []Meaning{{Kind: MeansOrder, Orders: []OrderHint{b}}}}, Refused, CodeNotNow, Packing)
	if v.OtherOrder != "B:7" {
		t.Errorf("%+v", v)
	}
	d.want(do("park"), Accepted, CodeParked, Idle)
	if w := d.s.Parked["A:7"]; w == nil || w.Called() != "A/7" || w.ParcelCalled() != "A/7-1" {
		t.Fatalf("%+v", d.s.Parked)
	}
	d.give(Command{Name: "next-order", Orders: []OrderHint{a}})
	order.Number, d.calls["A:7"] = "A:7/7", "A:7/7" // a third order has its number by now
	a.Number = order.Number
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order}, Accepted, CodeResumed, Packing)

	d.packAll()
	d.give(reading(1810 * unit.Gram))
	if e := d.pending(EffectBuy); e.Order != "A:7" || e.Parcel != "A:7-1" || e.Number != "A:7/7" {
		t.Errorf("%+v", e)
	}
	d.label("SSCC1")
	d.printed()
	d.want(label(parcel("B:7-1", "B:7", "SSCC2", ParcelClosed)), Refused, CodeLabelWrongBox, Closing)
	d.want(label(parcel("A:7-1", "A:7", "SSCC1", "")), Accepted, CodeOrderClosed, Idle)
	d.give(EffectDone{Effect: d.pending(EffectFree).ID})
	if s := d.s.Shown; s == nil || s.Called() != "A:7/7" || s.ParcelCalled() != "A:7/7-1" {
		t.Errorf("%+v", s)
	}

	mine, theirs := parcel("A:7-1", "A:7", "SSCC1", ParcelClosed), parcel("B:7-1", "B:7", "SSCC2", ParcelClosed)
	d.want(again("", mine), Asked, CodeReprinted, Idle)
	d.want(choose(2), Accepted, CodeReprinted, Idle)
	d.want(ended(d.printing(DocumentLabel), PrintPrinted, ""), Accepted, CodeLabelPrinted, Idle)
	sheet := again("lost", theirs)
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansCommand, Command: &sheet}}}, Accepted, CodeReprinted, Idle)
	d.want(ended(d.printing(DocumentLabel), PrintPrinted, ""), Accepted, CodeLabelPrinted, Idle)
	gone := parcel("B:7-2", "B:7", "SSCC3", ParcelHandedOut)
	d.want(Command{Name: "reopen", Value: "B/7-2", Parcel: &gone}, Refused, CodeNotNow, Idle)
	v = d.want(Command{Name: "reopen", Value: "7-1", Parcels: []ParcelRef{mine, theirs}}, Asked, CodeOrderWhich, Idle)
	if len(v.Choices) != 3 || v.Choices[1].Text != "B/7-1" {
		t.Errorf("%+v", v.Choices)
	}
	d.want(choose(2), Asked, CodeReopened, Idle)
	d.want(choose(1), Asked, CodeNeedsRole, Idle)
	d.give(badge("boss", station.Supervisor))
	if e := d.pending(EffectOpen); e.Order != "B:7" || e.Parcel != "B:7-1" {
		t.Errorf("%+v", e)
	}
	d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "B:7", Code: CodeOrderDone}, Refused, CodeOrderDone, Idle)
	if s := d.s.Shown; s == nil || s.Called() != "B/7" {
		t.Errorf("%+v", s)
	}

	d.want(Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}, Accepted, CodeLoading, Idle)
	d.atVan(mine, Accepted, CodeHandedOver)
	d.atVan(theirs, Accepted, CodeHandedOver)
	if in := d.s.Loading.Parcels; len(in) != 2 || in[1].Called() != "B/7" || in[1].ParcelCalled() != "B/7-1" {
		t.Errorf("%+v", in)
	}
	d.want(do("undo"), Accepted, CodeUndone, Idle)
}
