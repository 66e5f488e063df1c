package screen

import (
	"fmt"
	"slices"

	"packbench/station/pack"
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
	Typed    bool
	Last     string // "last heard 12:03:10" while the scale is silent
}

// weight shows the live scale while the parcel is being weighed, and the
// weight that counted once there is one.
func weight(in BenchInputs) *WeightView {
	v := &WeightView{Words: scaleWords(in.Scale.State), Unit: "kg", Number: "–"}
	work := in.State.Work
	if work != nil && work.Parcel.Weight != nil {
		taken := *work.Parcel.Weight
		v.Words, v.Kind, v.Live, v.Typed = "Weight taken", pack.Accepted, true, taken.Typed
		if taken.Typed {
			v.Words = "Weight typed"
		}
		v.Number = kilograms(taken.Mass)
		expect(v, taken)
		return v
	}
	if missed := in.State.Scale.Latest; missed != nil && missed.Expect != nil {
		e := missed.Expect
		mass := missed.Mass
		if !stale(in) && (in.Scale.State == pack.ScaleSteady || in.Scale.State == pack.ScaleMoving) {
			mass = in.Scale.Mass // the needle follows what is added or taken out
		}
		expect(v, pack.Weight{Mass: mass, Known: e.Known, Expected: e.Mass, Tolerance: e.Tolerance})
		if r := in.State.Recent; e.Known && (len(r) == 0 || r[0].Code != pack.CodeWeightOff) {
			cause(v, in, missed) // else the card says it
		}
	}
	live(v, in)
	if e := in.Expect; e != nil && v.Expected == "" {
		mass := e.Mass
		if v.Live && in.Scale.State != pack.ScaleZero {
			mass = in.Scale.Mass
		}
		expect(v, pack.Weight{Mass: mass, Known: e.Known, Expected: e.Mass, Tolerance: e.Tolerance})
		v.Bar = v.Bar && v.Live && in.Scale.State != pack.ScaleZero
	}
	return v
}

// live fills in the reading of now; an old one is never shown (W1).
func live(v *WeightView, in BenchInputs) {
	if stale(in) {
		v.Words, v.Number, v.Kind = "No data", "–", pack.Asked
		if !in.Scale.Heard.IsZero() {
			v.Last = "last heard " + in.Scale.Heard.In(in.Now.Location()).Format("15:04:05")
		}
		return
	}
	switch in.Scale.State {
	case pack.ScaleSteady, pack.ScaleMoving, pack.ScaleZero:
		v.Live = true
		v.Number = kilograms(in.Scale.Mass)
	default:
		v.Kind = pack.Asked
	}
}

func stale(in BenchInputs) bool {
	return in.Scale.Heard.IsZero() || in.Now.Sub(in.Scale.Heard) > fresh
}

func expect(v *WeightView, w pack.Weight) {
	if !w.Known {
		v.Expected = "What it should weigh is not known"
		return
	}
	v.Expected = "expected " + w.Expected.String() + " ± " + w.Tolerance.Grams()
	v.Bar = true
	diff := w.Mass - w.Expected
	v.Delta = signed(diff)
	v.Offset = 2000
	if w.Tolerance > 0 && diff.Abs() < 2*w.Tolerance {
		v.Offset = int(diff.Abs() * 1000 / w.Tolerance)
	}
	if diff < 0 {
		v.Offset = -v.Offset
	}
	if diff == 0 {
		v.Offset = 0
	}
}

// cause says why the weight is off, with the product's picture (W3).
func cause(v *WeightView, in BenchInputs, missed *pack.Weighed) {
	e := missed.Expect
	w := pack.Weight{Mass: missed.Mass, Expected: e.Mass, Cause: e.Cause}
	if e.Cause != nil && e.Cause.SKU != "" {
		item := NewItem(e.Cause.SKU, in.Names.Of(e.Cause.SKU), in.Pictures[e.Cause.SKU])
		v.Item = &item
	}
	v.Cause = sentence(Off(w))
	if likely := Likely(e.Cause, in.Names); likely != "" {
		v.Cause += ": " + likely + "?"
	} else {
		v.Cause += ": open the box and check it."
	}
}

func kilograms(m unit.Mass) string {
	text := m.String()
	return text[:len(text)-len(" kg")]
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

// ServiceRow is one carrier's service for the parcel.
type ServiceRow struct {
	Name    string
	Carrier string
	Price   string
	Arrives string
	OnTime  string
	Why     string
	Chosen  bool
	Allowed bool
	Take    Action
}

// maxServices is how many services fit without scrolling.
const maxServices = 6

// services lists the chosen one first, then the allowed by price, then why the
// others are out.
func services(in BenchInputs) []ServiceRow {
	w := in.State.Work
	if w == nil {
		return nil
	}
	quotes := slices.Clone(w.Parcel.Quotes)
	chosen := w.Parcel.Service
	rank := func(q pack.Quote) int {
		switch {
		case q.Service == chosen || (chosen == "" && q.Chosen):
			return 0
		case q.Allowed:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(quotes, func(a, b pack.Quote) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return int(min(max(a.Price.Minor-b.Price.Minor, -1), 1))
	})
	var out []ServiceRow
	for i, q := range quotes[:min(len(quotes), maxServices)] {
		row := ServiceRow{
			Name: firstOf(q.Name, in.Names.Of(q.Service)), Carrier: in.Names.Of(q.Carrier), Why: sentence(q.Reason), Allowed: q.Allowed,
			Chosen: rank(q) == 0, Arrives: day(q.Promise, in.Now),
		}
		if q.Allowed {
			row.Price = q.Price.String()
		}
		if q.Reliability > 0 {
			row.OnTime = fmt.Sprintf("%d %% on time", (q.Reliability+5)/10)
		}
		row.Take = Action{
			ID: "service:" + q.Service, Label: "Take", Key: digits(i + 1), Command: "service " + q.Service, Enabled: q.Allowed,
			Intent: command("service", q.Service),
		}
		out = append(out, row)
	}
	return out
}

// command is the intent of a command.
func command(name, value string) Intent {
	return Intent{Kind: IntentCommand, Name: name, Value: value, Command: pack.Command{Name: name, Value: value}}
}
