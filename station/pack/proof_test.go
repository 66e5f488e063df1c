package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// blind is a reading that would not tell one of these products more or less.
func blind(mass unit.Mass, skus ...string) Weighed {
	w := reading(mass)
	e := *w.Expect
	e.Learnt, e.Blind = true, skus
	w.Expect = &e
	return w
}

// proving is a desk that asks for a second scan, at the step of weighing.
func proving(t *testing.T) *desk {
	d := newDesk(t)
	rules := d.s.Rules
	rules.SecondScan = true
	d.give(Started{Rules: rules})
	d.openOrder(order1042())
	d.packAll()
	return d
}

// What a weight does not tell is scanned once more, and nothing else is asked for.
func TestWhatTheScaleDoesNotTellIsScannedOnceMore(t *testing.T) { // W2, W3
	d := proving(t)
	v := d.want(blind(1800*unit.Gram, "CANDLE"), Asked, CodeProofNeeded, Weighing)
	if v.SKU != "CANDLE" || d.s.Work.Parcel.Weight != nil {
		t.Errorf("%+v", v)
	}
	before := d.s.Work.Units()
	if v := d.give(scanItem("MUG", 1)); v.Kind != Refused {
		t.Errorf("another item is a proof: %+v", v)
	}
	d.want(scanItem("CANDLE", 1), Accepted, CodeWeightOK, Labelling)
	if d.s.Work.Units() != before {
		t.Error("the proof was packed")
	}
	d = proving(t)
	d.want(blind(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
}

// A proof is one of the weight that waits for it: not when that was off since, and not of
// another content.
func TestAProofIsOfTheWeightThatWaits(t *testing.T) {
	d := proving(t)
	d.want(blind(1800*unit.Gram, "CANDLE"), Asked, CodeProofNeeded, Weighing)
	d.want(reading(1300*unit.Gram), Refused, CodeWeightOff, Weighing)
	if v := d.give(scanItem("CANDLE", 1)); v.Kind != Refused || d.s.Work.Parcel.Weight != nil {
		t.Errorf("an old weight was taken: %+v", v)
	}
	d.want(blind(1800*unit.Gram, "CANDLE"), Asked, CodeProofNeeded, Weighing)
	d.want(scanItem("CANDLE", 1), Accepted, CodeWeightOK, Labelling)
}

// A box that is sealed gives no second scan: a supervisor's badge and a reason do.
func TestASupervisorsWordIsAProof(t *testing.T) { // W4
	d := proving(t)
	d.want(do("authorise", "", "filling"), Refused, CodeNotNow, Weighing)
	d.want(blind(1800*unit.Gram, "CANDLE"), Asked, CodeProofNeeded, Weighing)
	d.want(do("authorise", "", "filling"), Asked, CodeNeedsRole, Weighing)
	if d.s.Work.Parcel.Weight != nil {
		t.Fatal("it passed without a badge")
	}
	v := d.want(badge("V1", station.Supervisor), Accepted, CodeAuthorised, Labelling)
	if v.Author != "V1" || v.Weight.Reason != "filling" {
		t.Errorf("%+v", v)
	}
	if p := d.s.Work.Parcel.Proof; p.Weighed != nil {
		t.Errorf("the weight waits still: %+v", p)
	}
}
