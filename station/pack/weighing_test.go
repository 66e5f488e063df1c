package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// choosing is a desk that waits for the packer to take a service.
func choosing(t *testing.T) *desk {
	d := newDesk(t)
	rules := d.s.Rules
	rules.AskService = true
	d.give(Started{Rules: rules})
	d.openOrder(order1042())
	d.packAll()
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Choosing)
	return d
}

// A reading is the last parcel's until it differs by 10 g, or by four steps of
// the scale where those are more.
func TestWhatCountsAsAnotherWeight(t *testing.T) { // W1
	for _, test := range []struct {
		off, division unit.Mass
		code          Code
	}{
		{9, 0, CodeWeightStale},
		{-9, 2, CodeWeightStale},
		{10, 0, CodeWeightOK},
		{-10, 2, CodeWeightOK},
		{10, 5, CodeWeightStale},
		{19, 5, CodeWeightStale},
		{20, 5, CodeWeightOK},
	} {
		d := newDesk(t)
		d.openOrder(order1042())
		d.packAll()
		d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
		d.label("A")
		d.give(scanLabel("A", "1042"))
		o := order1042()
		o.ID = "1043"
		d.openOrder(o)
		d.packAll()
		next := reading((1800 + test.off) * unit.Gram)
		next.Division = test.division * unit.Gram
		if v := d.give(next); v.Code != test.code {
			t.Errorf("%+d g on a scale of %d g: %s, want %s", test.off, test.division, v.Code, test.code)
		}
	}
}

// What is weighed again is this parcel, so that its weight is no old one.
func TestAParcelIsWeighedAgain(t *testing.T) { // W1, C5
	d := choosing(t)
	d.want(do("weigh"), Info, CodeAllScanned, Weighing)
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Choosing)
	d.want(do("undo"), Accepted, CodeUndone, Weighing) // the weighing
	d.want(do("undo"), Accepted, CodeUndone, Packing)
	d.want(do("service", "post"), Refused, CodeNotNow, Packing)
	d.want(scanItem("CANDLE", 1), Accepted, CodeAllScanned, Weighing)
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Choosing)
}

// A weighing is one of its carton too.
func TestAnotherCartonIsWeighedAgain(t *testing.T) { // C5, W4
	large := Scanned{Meanings: []Meaning{{Kind: MeansCarton, Carton: &Carton{ID: "L", Tare: 200 * unit.Gram}}}}
	d := choosing(t)
	d.want(large, Accepted, CodeCarton, Weighing)
	if w := d.s.Work.Parcel.Weight; w != nil {
		t.Errorf("the weight of the other carton is kept: %+v", w)
	}
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Choosing)

	d = newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.want(reading(1300*unit.Gram), Refused, CodeWeightOff, Weighing)
	d.want(large, Accepted, CodeCarton, Weighing)
	d.want(do("authorise", "", "filling"), Refused, CodeNotNow, Weighing)
	d.want(badge("boss", station.Supervisor), Accepted, CodeTakenOver, Weighing)
}

// While a label is being bought its service is settled.
func TestTheServiceStaysWhileItsLabelIsMade(t *testing.T) { // C5, L5
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
	d.want(do("service", "post"), Info, CodeService, Labelling)
	if v := d.want(do("service", "express"), Refused, CodeNotNow, Labelling); v.Reason != "labelling" {
		t.Errorf("%+v", v)
	}
	if v := d.want(do("cancel"), Refused, CodeNotNow, Labelling); v.Reason != "void-first" {
		t.Errorf("%+v", v)
	}
	v := d.want(bought(d.pending(EffectBuy), "A"), Accepted, CodeLabelMade, Closing)
	if v.Service != "post" {
		t.Errorf("the label is one of %s", v.Service)
	}
	d.want(do("service", "express"), Asked, CodeNeedsRole, Closing)
	d.want(badge("boss", station.Supervisor), Accepted, CodeService, Labelling)
}

// Nobody lets a weight pass that was compared with nothing.
func TestAWeightThatWasNotComparedIsNotLetPass(t *testing.T) { // W4
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.s.Scale.Latest = &Weighed{Scale: ScaleSteady, Mass: unit.Kilogram}
	d.want(do("authorise", "", "filling"), Asked, CodeNeedsRole, Weighing)
	d.want(badge("boss", station.Supervisor), Refused, CodeNotNow, Weighing)
}

// A box that is changed while the carriers are asked was not weighed: what they ask
// for the other one is of no use.
func TestABoxIsChangedWhileTheCarriersAreAsked(t *testing.T) { // C5
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.slow = true
	d.give(reading(1800 * unit.Gram))
	asked := d.pending(EffectQuote)
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansCarton, Carton: &Carton{ID: "L", Tare: 200 * unit.Gram}}}}, Accepted, CodeCarton, Weighing)
	d.give(QuotesReady{Effect: asked.ID, Quotes: reading(0).Quotes})
	if w := d.s.Work.Parcel; d.s.Phase != Weighing || w.Weight != nil || w.Quotes != nil {
		t.Errorf("in %s with %+v", d.s.Phase, w)
	}
}
