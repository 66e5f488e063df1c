package screen

import (
	"testing"

	"packbench/station/pack"
	"packbench/station/unit"
)

// left is a bench with the parcel of before still on the scale.
func left(phase pack.Phase) BenchInputs {
	in := sample(phase)
	in.State.Scale.Loads = []pack.Load{{Mass: 812 * unit.Gram}}
	return in
}

// A parcel that was left on the scale is told of in amber while the next order is
// scanned, nothing takes the place of the last item, and it goes by itself.
func TestTheScaleIsToBeClearedFirst(t *testing.T) { // V21
	in := left(pack.Packing)
	if n := next(in); n.Text != "Clear the scale first" || n.Note != "then scan the next item" || n.Kind != pack.Asked {
		t.Errorf("%+v", n)
	}
	refuse(&in, pack.Verdict{Code: pack.CodeWrongItem})
	if n := next(in); n.Text != "Put it back, scan the next item" {
		t.Errorf("something is in the packer's hand: %+v", n)
	}
	in = left(pack.Weighing)
	in.Expect = &pack.Expect{Known: true, Mass: 812 * unit.Gram, Tolerance: 20 * unit.Gram}
	if v := weight(in); v.Bar || v.Number != "0.812" {
		t.Errorf("another parcel is compared: %+v", v)
	}
	refuse(&in, pack.Verdict{Code: pack.CodeWeightStale})
	if n := next(in); n.Text != "Clear the scale first" || n.Kind != pack.Asked {
		t.Errorf("%+v", n)
	}
	for _, now := range []LiveScale{
		{State: pack.ScaleZero, Heard: noon},
		{State: pack.ScaleSteady, Mass: 300 * unit.Gram, Heard: noon},
		{State: pack.ScaleSteady, Mass: 812 * unit.Gram}, // heard of long ago
	} {
		in.Scale = now
		if n := next(in); n.Text == "Clear the scale first" {
			t.Errorf("%+v: %+v", now, n)
		}
	}
	if c := card(in); c.Kind != pack.Accepted || c.Item == nil || c.Item.SKU != "MUG-W" {
		t.Errorf("the card shows %+v", c)
	}
	in.State.Recent = in.State.Recent[:1]
	if c := card(in); c.Kind != "" {
		t.Errorf("the card shows %+v", c)
	}
}

func missed(grams unit.Mass, typed bool) BenchInputs {
	in := sample(pack.Weighing)
	in.State.Scale.Latest = &pack.Weighed{Scale: pack.ScaleSteady, Typed: typed, Mass: grams * unit.Gram, Expect: &pack.Expect{
		Known: true, Mass: 812 * unit.Gram, Tolerance: 20 * unit.Gram,
	}}
	return in
}

// A typed weight that is right waits for its badge without a warning, whatever lies on
// the scale.
func TestATypedWeightThatIsRightWarnsOfNothing(t *testing.T) { // V23
	in := missed(812, true)
	in.Scale.State, in.Scale.Mass = pack.ScaleZero, 0
	v, n := weight(in), next(in)
	if v.Cause != "" || v.Number != "0.812" || v.Delta != "±0 g" || !v.Bar || n.Kind == pack.Refused {
		t.Errorf("%+v, %+v", v, n)
	}
	if v := weight(missed(870, true)); v.Cause == "" || v.Delta != "+58 g" {
		t.Errorf("one that is wrong: %+v", v)
	}
}

// What was refused is on the scale no longer: its difference goes with it.
func TestAnEmptyScaleIsComparedWithNothing(t *testing.T) { // V23
	in := missed(2567, false)
	in.Scale.Mass = 2567 * unit.Gram
	if v := weight(in); !v.Bar || v.Delta != "+1755 g" {
		t.Errorf("%+v", v)
	}
	in.Scale.State, in.Scale.Mass = pack.ScaleZero, 0
	if v := weight(in); v.Bar || v.Delta != "±0 g" || v.Number != "0.000" || v.Expected == "" {
		t.Errorf("%+v", v)
	}
}

// A shop without a scale is offered the weight that the parcel should have, where its
// settings allow that and somebody knows it.
func TestTheWorkedOutWeightIsOffered(t *testing.T) { // W6
	in := sample(pack.Weighing)
	in.NoScale, in.Scale = true, LiveScale{}
	in.Expect = &pack.Expect{Known: true, Mass: 812 * unit.Gram, Tolerance: 20 * unit.Gram}
	offered := func() (found, enabled bool) {
		for _, a := range Bench(in).Bench.Actions {
			if a.ID == "do:worked-out" {
				return true, a.Enabled
			}
		}
		return false, false
	}
	if found, _ := offered(); found || next(in).Text != "Type the weight" {
		t.Error("it is offered, and no setting allows it")
	}
	in.State.Rules.WorkedOut = true
	if _, enabled := offered(); !enabled || next(in).Text != "Take the worked-out weight" {
		t.Errorf("it is not offered: %+v", next(in))
	}
	in.Expect.Known = false
	if found, enabled := offered(); !found || enabled || next(in).Text != "Type the weight" {
		t.Error("nobody knows it, and it is offered")
	}
	in.State.Work.Parcel.Weight = &pack.Weight{Mass: 812 * unit.Gram, Typed: true, WorkedOut: true}
	if v := weight(in); v.Words != "Weight worked out" {
		t.Errorf("%+v", v)
	}
}
