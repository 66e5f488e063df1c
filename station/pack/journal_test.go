package pack

import (
	"slices"
	"testing"

	"packbench/station"
)

// written are the facts of the last input with a tag: what the tables and the desk
// live by, beside the state of the bench.
func (d *desk) written(tag string) (facts []Fact) {
	return slices.DeleteFunc(slices.Clone(d.last), func(f Fact) bool { return f.Tag() != tag })
}

// TestALoadingThatIsGivenUpSaysItOfEachParcel, the last one first: the tables have
// them on the dock again.
func TestALoadingThatIsGivenUpSaysItOfEachParcel(t *testing.T) { // P5
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}, Accepted, CodeLoading, Idle)
	for _, id := range []string{"9-1", "9-2"} {
		d.atVan(ParcelRef{ID: id, Order: "9", SSCC: id, State: ParcelClosed, Carrier: "heron"}, Accepted, CodeHandedOver)
	}
	manifest := d.s.Loading.Manifest
	d.want(do("cancel"), Accepted, CodeCancelled, Idle)
	want := []Fact{
		ParcelUnloaded{manifest, Loaded{Parcel: "9-2", Order: "9", SSCC: "9-2"}},
		ParcelUnloaded{manifest, Loaded{Parcel: "9-1", Order: "9", SSCC: "9-1"}},
	}
	if got := d.written("parcel-unloaded"); !slices.Equal(got, want) || len(d.written("loading-ended")) != 1 {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestTheLabelOfAReopenedParcelIsVoid for everybody who may scan it.
func TestTheLabelOfAReopenedParcelIsVoid(t *testing.T) { // Q12
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	ref := sevenRef(ParcelClosed)
	d.reopen(ref)
	o := order1042()
	o.ID, o.Parcels, o.Begun = "7", []ParcelRef{ref}, 1
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeReopened, Packing)
	if got := d.written("label-voided"); !slices.Equal(got, []Fact{LabelVoided{Parcel: "7-1", SSCC: "SEVEN"}}) {
		t.Errorf("%v", got)
	}
}

// TestWhatIsShownIsWrittenOnce, however often its label is scanned.
func TestWhatIsShownIsWrittenOnce(t *testing.T) {
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	for _, n := range []int{1, 0} {
		d.want(Scanned{Meanings: []Meaning{parcelOf(sevenRef(ParcelClosed))}}, Info, CodeOrderDone, Idle)
		if got := d.written("parcel-shown"); len(got) != n {
			t.Errorf("%v, want %d", got, n)
		}
	}
}

// TestNothingParkedIsNothing: a bench whose parked order is open again is as one that
// never parked any.
func TestNothingParkedIsNothing(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	before := asJSON(t, d.s.Parked)
	d.give(do("park"))
	d.give(scanOrder("1042"))
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()}, Accepted, CodeResumed, Packing)
	if got := asJSON(t, d.s.Parked); got != before {
		t.Errorf("%s, was %s", got, before)
	}
}

// TestTwentyChangesAreTakenBack, and no more.
func TestTwentyChangesAreTakenBack(t *testing.T) { // Q6
	o := order1042()
	o.Lines[0].Qty = 30
	d := newDesk(t)
	d.openOrder(o)
	for range 21 {
		d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing)
	}
	for range 20 {
		d.want(do("undo"), Accepted, CodeUndone, Packing)
	}
	if d.want(do("undo"), Refused, CodeNothingToUndo, Packing); d.s.Work.Units() != 1 {
		t.Errorf("%d units are left", d.s.Work.Units())
	}
}

// TestAnAnswerThatIsStillSeveralOrders asks on: a number that two shops use is no
// order yet.
func TestAnAnswerThatIsStillSeveralOrders(t *testing.T) { // S5, Q12
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	d.want(Scanned{Raw: "X", Meanings: []Meaning{
		{Kind: MeansOrder, Orders: []OrderHint{{ID: "A:1"}, {ID: "B:1"}}},
		{Kind: MeansProduct, Product: &Product{SKU: "MUG"}},
	}}, Asked, CodeAmbiguousCode, Idle)
	if v := d.want(answer(1), Asked, CodeOrderWhich, Idle); len(v.Choices) != 3 || len(d.s.Pending) != 0 {
		t.Errorf("%+v, pending %v", v, d.s.Pending)
	}
}

// TestALabelWhoseWishNobodyKnows is given back by its number: journals of old may
// not say for which wish it was bought.
func TestALabelWhoseWishNobodyKnows(t *testing.T) { // C5
	d := newDesk(t)
	d.labelled()
	d.s.Work = d.s.Work.clone()
	d.s.Work.Parcel.LabelKey = ""
	d.want(badge("boss", station.Supervisor), Accepted, CodeTakenOver, Closing)
	d.want(do("void"), Accepted, CodeVoided, Choosing)
	if e := d.pending(EffectVoid); e.SSCC != "A" || e.Service != "post" || e.Carrier != "demo" {
		t.Errorf("%+v", e)
	}
}

// TestACompleteParcelIsWeighedWhenAsked, wherever the bench stands.
func TestACompleteParcelIsWeighedWhenAsked(t *testing.T) { // Q9
	d := newDesk(t)
	d.packed(order1042())
	d.s = Fold(d.s, Moved{Packing})
	d.want(do("weigh"), Accepted, CodeAllScanned, Weighing)
}

// TestTwelveVerdictsAreShownBack, the newest first; what the scale shows all the time
// is not among them.
func TestTwelveVerdictsAreShownBack(t *testing.T) {
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	for n := range 14 {
		d.give(scanLabel("S", string(rune('a'+n))))
		d.give(Weighed{Scale: ScaleZero})
		d.give(Weighed{Scale: ScaleMoving})
	}
	if len(d.s.Recent) != 12 || d.s.Recent[0].Order != "n" || d.s.Recent[11].Order != "c" {
		t.Errorf("%d, from order %s to %s", len(d.s.Recent), d.s.Recent[0].Order, d.s.Recent[len(d.s.Recent)-1].Order)
	}
}
