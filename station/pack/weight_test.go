package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

func TestASteadyWeightBelowZeroIsNoEmptyScale(t *testing.T) { // W1
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	for mass, code := range map[unit.Mass]Code{
		0: CodeWeightZero, -unit.Gram: CodeWeightZero, -10 * unit.Gram: CodeWeightUnder, -180 * unit.Gram: CodeWeightUnder,
	} {
		if v := d.give(reading(mass)); v.Code != code || d.s.Phase != Weighing {
			t.Errorf("%s: %s in %s, want %s", mass, v.Code, d.s.Phase, code)
		}
	}
}

func TestAReadingTakesThePlaceOfATypedWeight(t *testing.T) { // W4, W6
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	typed := reading(1800 * unit.Gram)
	typed.Typed = true
	d.want(typed, Asked, CodeNeedsRole, Weighing)
	d.want(reading(9000*unit.Gram), Refused, CodeWeightOff, Weighing)
	d.want(do("authorise", "", "filling"), Asked, CodeNeedsRole, Weighing)
	d.want(badge("boss", station.Supervisor), Accepted, CodeAuthorised, Labelling)
	if w := d.s.Work.Parcel.Weight; w.Mass != 9000*unit.Gram || w.Typed {
		t.Errorf("what was allowed is %+v", w)
	}
}

func TestWhoWorksAloneAuthorisesThemselves(t *testing.T) { // P1
	d := newDesk(t)
	rules := d.s.Rules
	rules.WorksAlone = true
	d.give(Started{Rules: rules})
	d.openOrder(order1042())
	v := d.want(do("confirm", "2"), Accepted, CodeConfirmed, Packing)
	if v.Author != "p1" {
		t.Errorf("it must be recorded who authorised: %+v", v)
	}
}

func TestAParcelIsNotReopenedBehindItsParkedOrder(t *testing.T) { // Q12
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	d.give(do("park"))
	ref := ParcelRef{ID: "1042-0", Order: "1042", State: ParcelClosed}
	d.want(Command{Name: "reopen", Parcel: &ref}, Refused, CodeNotNow, Idle)
	if len(d.s.Pending) != 0 {
		t.Error("something is being opened")
	}
}

func TestTheScaleIsZeroedFromTheBench(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.want(do("zero"), Info, CodeScaleAsked, Weighing)
	e := d.pending(EffectScale)
	if e.Do != "zero" {
		t.Fatalf("the scale is asked to %q", e.Do)
	}
	d.want(do("tare"), Info, CodeScaleAsked, Weighing)
	if len(d.s.Pending) != 1 {
		t.Error("a second press asked for something more")
	}
	v := d.want(ScaleObeyed{Effect: e.ID, Trouble: recorded("it moves")}, Refused, CodeScaleRefused, Weighing)
	if v.Trouble.Wrong() != "it moves" || v.Command != "zero" {
		t.Errorf("verdict %+v", v)
	}
	d.give(do("tare"))
	e = d.pending(EffectScale)
	d.want(ScaleObeyed{Effect: e.ID}, Accepted, CodeScaleObeyed, Weighing)
	if v := d.give(ScaleObeyed{Effect: e.ID}); v.Code == CodeScaleRefused || len(d.s.Pending) != 0 {
		t.Error("what was reported twice counted twice")
	}
}

func TestAZeroedScaleIsReadyForTheNextParcel(t *testing.T) { // W1
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	if len(d.s.Scale.Loads) == 0 {
		t.Fatal("the weight was not taken")
	}
	d.give(do("zero"))
	d.give(ScaleObeyed{Effect: d.pending(EffectScale).ID})
	if len(d.s.Scale.Loads) > 0 {
		t.Error("the next parcel of the same weight would be called stale")
	}
}
