package screen

import (
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/unit"
)

// WeightView is the scale, large.
type WeightView struct {
	Words    string // "Steady", "Moving"…
	Kind     pack.Kind
	Number   string // "0.812", "–" when there is no fresh reading
	Unit     string // "kg"
	Live     bool
	Expected string // "expected 0.818 kg ± 12 g"
	Bar      bool   // whether Offset is known
	Offset   int    // per mille of the tolerance, -2000 to 2000; within ±1000 it is right
	Delta    string // "+6 g"
	Cause    string // what is likely wrong, as a sentence
	Item     *Item  // the product that the cause names
	Last     string // "last heard 12:03:10" while the scale is silent
}

// weight shows the live scale while the parcel is being weighed, and the
// weight that counted once there is one.
func weight(in BenchInputs) *WeightView {
	v := &WeightView{Words: in.Lang.Phrase(scaleWords(in.Scale.State)), Unit: "kg", Number: "–"}
	work := in.State.Work
	if work != nil && work.Parcel.Weight != nil {
		taken := *work.Parcel.Weight
		v.Words, v.Kind, v.Live = in.Lang.Phrase("Weight taken"), pack.Accepted, true
		switch {
		case taken.WorkedOut:
			v.Words = in.Lang.Phrase("Weight worked out")
		case taken.Typed:
			v.Words = in.Lang.Phrase("Weight typed")
		}
		v.Number = kilograms(in.Lang, taken.Mass)
		expect(in.Lang, v, taken)
		return v
	}
	e, missed := in.Expect, in.State.Scale.Latest
	if missed != nil && missed.Expect != nil {
		e = missed.Expect
		if r := in.State.Recent; off(missed) && (len(r) == 0 || r[0].Code != pack.CodeWeightOff) {
			cause(v, in, missed) // else the card says it
		}
	}
	live(v, in)
	if e == nil {
		return v
	}
	mass, compared := e.Mass, true
	switch {
	case missed != nil && missed.Typed:
		mass, v.Words, v.Number, v.Kind = missed.Mass, in.Lang.Phrase("Weight typed"), kilograms(in.Lang, missed.Mass), ""
	case leftOn(in):
		compared = false
	case v.Live && in.Scale.State != pack.ScaleZero: // the needle follows what is added or taken out
		mass = in.Scale.Mass
	case missed != nil && !v.Live:
		mass = missed.Mass
	default: // an empty scale is compared with nothing
		compared = false
	}
	expect(in.Lang, v, pack.Weight{Mass: mass, Known: e.Known, Expected: e.Mass, Tolerance: e.Tolerance})
	v.Bar = v.Bar && compared
	return v
}

// off reports whether a weight is not what was expected.
func off(w *pack.Weighed) bool {
	return w != nil && w.Expect != nil && w.Expect.Known && (w.Mass-w.Expect.Mass).Abs() > w.Expect.Tolerance
}

// live fills in the reading of now; an old one is never shown (W1).
func live(v *WeightView, in BenchInputs) {
	if in.NoScale {
		v.Words = in.Lang.Phrase("No scale")
		return
	}
	if stale(in) {
		v.Words, v.Number, v.Kind = in.Lang.Phrase("No data"), "–", pack.Asked
		if !in.Scale.Heard.IsZero() {
			v.Last = in.Lang.Say("last heard {time}", "time", in.Scale.Heard.In(in.Now.Location()).Format("15:04:05"))
		}
		return
	}
	switch in.Scale.State {
	case pack.ScaleSteady, pack.ScaleMoving, pack.ScaleZero:
		v.Live = true
		v.Number = kilograms(in.Lang, in.Scale.Mass)
		if in.Scale.Net {
			v.Words += in.Lang.Phrase(", net: a tare is set")
		}
	default:
		v.Kind = pack.Asked
	}
}

func stale(in BenchInputs) bool {
	return in.Scale.Heard.IsZero() || in.Now.Sub(in.Scale.Heard) > fresh
}

func expect(l say.Language, v *WeightView, w pack.Weight) {
	if !w.Known {
		v.Expected = l.Phrase("Expected weight unknown")
		return
	}
	v.Expected = l.Say("expected {mass} ± {tolerance}", "mass", l.Decimal(w.Expected.String()), "tolerance", l.Decimal(w.Tolerance.Grams()))
	v.Bar = true
	diff := w.Mass - w.Expected
	v.Delta = l.Decimal(signed(diff))
	v.Offset = int(min(max(diff*1000/max(w.Tolerance, 1), -2000), 2000))
}

// cause says why the weight is off, with the product's picture (W3).
func cause(v *WeightView, in BenchInputs, missed *pack.Weighed) {
	e := missed.Expect
	w := pack.Weight{Mass: missed.Mass, Expected: e.Mass, Cause: e.Cause}
	if e.Cause != nil && e.Cause.SKU != "" {
		item := NewItem(e.Cause.SKU, e.Cause.Called(in.Names.Of), in.Pictures[e.Cause.SKU])
		v.Item = &item
	}
	v.Cause = in.Lang.Sentence(in.Lang.Off(w))
	if likely := in.Lang.Asked(e.Cause, in.Names); likely != "" {
		v.Cause += ": " + in.Lang.Lower(likely)
	} else {
		v.Cause += in.Lang.Phrase(": open the box and check it.")
	}
}

func kilograms(l say.Language, m unit.Mass) string {
	text := m.String()
	return l.Decimal(text[:len(text)-len(" kg")])
}

// signed writes a difference. The dash is the short one, because the screen's
// font has no minus sign.
func signed(m unit.Mass) string {
	switch {
	case m > 0:
		return "+" + m.Grams()
	case m < 0:
		return "–" + (-m).Grams()
	}
	return "±0 g"
}

// command is the intent of a command.
func command(name, value string) Intent {
	return Intent{Kind: IntentCommand, Command: pack.Command{Name: name, Value: value}}
}
