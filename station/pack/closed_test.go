package pack

import (
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// closedDesk is a desk that has just closed parcel 1042-1.
func closedDesk(t *testing.T) *desk {
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1810 * unit.Gram))
	d.label("SSCC1")
	d.printed()
	d.want(scanLabel("SSCC1", "1042"), Accepted, CodeOrderClosed, Idle)
	d.want(EffectDone{Effect: d.pending(EffectFree).ID}, "", "", Idle)
	return d
}

// closedRef is the parcel as the resolver finds it.
func closedRef() ParcelRef {
	return ParcelRef{
		ID: "1042-1", Order: "1042", SSCC: "SSCC1", State: ParcelClosed, Document: "doc-SSCC1",
		Papers: map[string]int{"slip": 1},
	}
}

func again(reason string, refs ...ParcelRef) Command {
	return Command{Name: "reprint", Reason: reason, Parcels: refs}
}

func paper(kind, reason string, refs ...ParcelRef) Command {
	return Command{Name: "paper", Value: kind, Reason: reason, Parcels: refs}
}

// A label that tore off after its parcel was closed is printed again: with a
// reason, counted, and once for two presses.
func TestAClosedParcelsLabelIsPrintedAgain(t *testing.T) { // L4, L5
	d := closedDesk(t)
	if s := d.s.Shown; s == nil || *s != (Shown{Order: "1042", Parcel: "1042-1", SSCC: "SSCC1"}) {
		t.Fatalf("after closing a reprint means %+v", s)
	}
	v := d.want(again("", closedRef()), Asked, CodeReprinted, Idle)
	if v.Order != "1042" || v.Parcel != "1042-1" || len(v.Choices) != len(ReprintReasons)+1 {
		t.Errorf("%+v", v)
	}
	v = d.want(do("choose", "2"), Refused, CodeNotNow, Idle) // no number in it
	v = d.want(Command{Name: "choose", N: 2}, Accepted, CodeReprinted, Idle)
	if v.Order != "1042" || v.Parcel != "1042-1" || v.Why != "lost" || !v.Closed {
		t.Errorf("%+v", v)
	}
	if !slices.ContainsFunc(d.last, func(f Fact) bool {
		s, ok := f.(DocumentStood)
		return ok && s.Document == Document{DocumentLabel, "1042-1"} && s.State == PrintAsked && s.Reason == "lost"
	}) {
		t.Errorf("not in the journal: %+v", d.last)
	}
	e := d.printing(DocumentLabel)
	if e.Kept != "doc-SSCC1" || e.Copy != 1 || e.Document.Of != "1042-1" || e.Order != "1042" {
		t.Errorf("%+v", e)
	}
	mayBe := ended(e, PrintUnknown, "")
	mayBe.Ended = false
	if v = d.want(mayBe, Refused, CodeLabelUnknownOutcome, Idle); v.Parcel != "1042-1" || d.s.Question != nil {
		t.Errorf("nobody knows whether it came out: %+v", v)
	}
	if v = d.want(again("lost", closedRef()), Refused, CodeNotNow, Idle); v.Reason != "being-printed" || len(d.s.Pending) != 1 {
		t.Errorf("pressed twice: %+v, %v", v, d.s.Pending)
	}
	v = d.want(waits(e, "no paper"), Refused, CodePrinterTrouble, Idle)
	if !v.Waits || !v.Closed || v.Parcel != "1042-1" || len(d.s.Pending) != 1 {
		t.Errorf("%+v", v)
	}
	d.openOrder(OrderInfo{ID: "2", Version: 1, Lines: order1042().Lines})
	v = d.want(ended(e, PrintPrinted, ""), Accepted, CodeLabelPrinted, Packing)
	if v.Order != "1042" || v.Parcel != "1042-1" || len(d.s.Documents) != 0 {
		t.Errorf("news of the other parcel: %+v, the open one: %+v", v, d.s.Documents)
	}
	if d.s.Shown != nil {
		t.Error("a reprint means the old parcel although another order is open")
	}
}

// What must not be printed again is refused, and it is said why.
func TestAClosedParcelThatIsGoneIsNotPrintedAgain(t *testing.T) { // L4, P5
	with := func(change func(*ParcelRef)) ParcelRef {
		r := closedRef()
		change(&r)
		return r
	}
	for why, ref := range map[Reason]ParcelRef{
		"label-void":     with(func(r *ParcelRef) { r.State = ParcelVoided }),
		"gone":           with(func(r *ParcelRef) { r.State = ParcelHandedOut }),
		"parcel-loading": with(func(r *ParcelRef) { r.State, r.Place = ParcelLoading, &Place{Station: "S2", Carrier: "demo"} }),
		"parcel-opening": with(func(r *ParcelRef) { r.State, r.Place = ParcelOpening, &Place{Station: "S2"} }),
		"not-closed":     with(func(r *ParcelRef) { r.State = "labelled" }),
	} {
		for _, c := range []Command{again("lost", ref), paper("slip", "lost", ref)} {
			d := closedDesk(t)
			if v := d.want(c, Refused, CodeNotNow, Idle); v.Reason != why || v.Parcel != "1042-1" || v.Order != "1042" || len(d.s.Pending) != 0 {
				t.Errorf("%s, %s: %+v, pending %v", why, c.Name, v, d.s.Pending)
			}
		}
	}
	d := closedDesk(t)
	if v := d.want(again("lost"), Refused, CodeNotNow, Idle); v.Reason != "which-parcel" {
		t.Errorf("%+v", v)
	}
	d.want(Command{Name: "handover", Value: "demo", Van: &Van{Carrier: "demo"}}, Accepted, CodeLoading, Idle)
	if v := d.want(again("lost", closedRef()), Refused, CodeNotNow, Idle); v.Reason != "loading" || d.s.Shown != nil {
		t.Errorf("%+v", v)
	}
}

// A paper that came out is printed again with a reason and as a reprint; one that
// never did is printed for the first time.
func TestPapersOfAClosedParcel(t *testing.T) { // L3, L4
	d := closedDesk(t)
	d.want(paper("slip", "", closedRef()), Asked, CodePaper, Idle)
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansReason, Reason: "lost"}}}, Info, CodePaper, Idle)
	if e := d.printing("slip"); e.Kind != EffectPrint || e.Copy != 1 || e.Document.Of != "1042-1" || e.Order != "1042" {
		t.Errorf("%+v", e)
	}
	d.want(paper("inside", "", closedRef()), Info, CodePaper, Idle)
	if len(d.s.Pending) != 2 {
		t.Errorf("%v", d.s.Pending)
	}
	d.want(paper("napkin", "lost", closedRef()), Refused, CodeNotNow, Idle)
}

// Several parcels of an order are asked about, and a reason card does not choose
// one of them.
func TestTheReprintAsksWhichParcel(t *testing.T) { // L5
	two := closedRef()
	two.ID, two.SSCC, two.Document, two.Reprints = "1042-2", "SSCC2", "doc-SSCC2", 3
	d := closedDesk(t)
	v := d.want(again("lost", closedRef(), two), Asked, CodeAmbiguousCode, Idle)
	if v.Order != "1042" || len(v.Choices) != 3 || v.Choices[1].Text != "1042-2" {
		t.Errorf("%+v", v)
	}
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansReason, Reason: "lost"}}}, Refused, CodeNotNow, Idle)
	d.want(Command{Name: "choose", N: 2}, Asked, CodeReprinted, Idle)
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansReason, Reason: "torn"}}}, Accepted, CodeReprinted, Idle)
	if e := d.printing(DocumentLabel); e.Document.Of != "1042-2" || e.Copy != 4 {
		t.Errorf("%+v", e)
	}
}

// The label of a parcel, or the number of its order, says what a reprint means; the
// next person's does not.
func TestWhatAReprintMeans(t *testing.T) { // L5, P1
	d := closedDesk(t)
	ref := ParcelRef{ID: "7-1", Order: "7", SSCC: "S7", State: ParcelClosed}
	scan := Scanned{Raw: "S7", Meanings: []Meaning{{Kind: MeansParcel, Parcel: &ref}}}
	d.want(scan, Info, CodeOrderDone, Idle)
	if *d.s.Shown != (Shown{Order: "7", Parcel: "7-1", SSCC: "S7"}) {
		t.Errorf("%+v", d.s.Shown)
	}
	d.give(scanOrder("8"))
	d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "8", Code: CodeOrderDone}, Refused, CodeOrderDone, Idle)
	if *d.s.Shown != (Shown{Order: "8"}) {
		t.Errorf("%+v", d.s.Shown)
	}
	d.give(scanOrder("9"))
	d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "9", Code: CodeOrderHeld}, Refused, CodeOrderHeld, Idle)
	if d.s.Shown != nil {
		t.Errorf("an order on hold: %+v", d.s.Shown)
	}
	d.want(scan, Info, CodeOrderDone, Idle)
	d.want(badge("p2", station.Packer), Accepted, CodeTakenOver, Idle)
	if d.s.Shown != nil {
		t.Errorf("another person: %+v", d.s.Shown)
	}
}

// A reprint that still waits is taken back when the parcel is opened again, which
// makes its label void, and when it goes into a van.
func TestAReprintThatWaitsIsTakenBack(t *testing.T) { // L5
	d := closedDesk(t)
	d.want(again("lost", closedRef()), Accepted, CodeReprinted, Idle)
	ref := closedRef()
	ref.Contents = []Content{{Line: "1", SKU: "MUG", Qty: 3}, {Line: "2", SKU: "CANDLE", Qty: 1}}
	d.reopen(ref)
	o := order1042()
	o.Parcels, o.Begun = []ParcelRef{ref}, 1
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeReopened, Weighing)
	if e := d.pending(EffectVoid); len(d.s.Pending) != 1 || e.SSCC != "SSCC1" || e.Parcel != "1042-1" {
		t.Errorf("a void label is still printed, or what was bought for it is not given back: %v", d.s.Pending)
	}

	d = closedDesk(t)
	d.want(again("lost", closedRef()), Accepted, CodeReprinted, Idle)
	d.want(Command{Name: "handover", Value: "demo", Van: &Van{Carrier: "demo"}}, Accepted, CodeLoading, Idle)
	ref = closedRef()
	ref.Carrier = "demo"
	d.atVan(ref, Accepted, CodeHandedOver)
	if len(d.s.Pending) != 0 {
		t.Errorf("a label is printed for a box that is gone: %v", d.s.Pending)
	}
}

// A journal with reprints of closed parcels gives the same state again.
func TestReprintsOfClosedParcelsReplay(t *testing.T) {
	d := closedDesk(t)
	d.want(again("lost", closedRef()), Accepted, CodeReprinted, Idle)
	d.want(paper("slip", "lost", closedRef()), Info, CodePaper, Idle)
	s := New()
	for _, f := range d.facts {
		s = Fold(s, f)
	}
	if asJSON(t, s) != asJSON(t, d.s) {
		t.Errorf("replayed:\n%s\nwas:\n%s", asJSON(t, s), asJSON(t, d.s))
	}
}
