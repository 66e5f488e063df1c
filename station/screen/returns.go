package screen

import (
	"cmp"
	"slices"
	"strings"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/unit"
)

// EntryBlind is the field for the place of a return that nobody can name.
const EntryBlind = "blind"

// ReturnView is what came back and is taken apart (R2, R3). What was sent stands among the
// lines of the page.
type ReturnView struct {
	Head    string // while it is not known what came back: what to do
	Text    string
	Blind   *Action
	Parked  []Action     // that were put aside here
	Weights []MassFigure // side by side; none while nothing is known
	Unit    *ReturnUnitView
	Empty   string // said where no unit is in hand
}

// MassFigure is one of several weights that should fit.
type MassFigure struct {
	Name  string
	Value string
	Kind  pack.Kind // of the mark beside it, "" for none
	Shape Shape
}

// ReturnUnitView is the unit in hand: what its grade may be or, once it has one, where it is
// put and where else it could be.
type ReturnUnitView struct {
	Item  Item
	Count string // "2 ×", "" for one
	Marks string
	Ask   string
	Place string   // where it is put, "" while it has no grade
	Cards []Action // large, one for each grade or place
}

// returnLines are what was sent, and then the units that were not.
func returnLines(in BenchInputs, r *pack.Return) (out []LineView) {
	l := in.Lang
	choose := func(id string) Action {
		return Action{ID: "line:" + id, Label: l.Phrase("Choose"), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "line", Value: id}}
	}
	said := newest(in.State)
	if r.Sent != nil {
		for _, s := range r.Sent.Lines {
			v := LineView{ID: s.Line, Item: NewItem(s.SKU, s.Name, in.Pictures[s.SKU]), Have: r.Count(s.Line), Want: s.Left(), Selected: s.Line == in.Selected, Select: choose(s.Line)}
			v.Count = l.OfAll(v.Have, v.Want)
			if v.Want <= maxDots {
				v.Dots = v.Want
			}
			v.Note = sentNote(l, r, s)
			v.Done = v.Want == 0 || v.Have == v.Want
			v.Short = v.Have < v.Want && r.ToCome(s) == 0
			v.Last = said != nil && said.SKU == s.SKU && said.Return == r.ID
			out = append(out, v)
		}
	}
	for _, b := range r.Units {
		if b.Odd == "" && r.Sent != nil {
			continue
		}
		id := "unit:" + digits(b.N)
		v := LineView{ID: id, Item: NewItem(b.SKU, cmp.Or(b.Name, b.SKU), in.Pictures[b.SKU]), Bin: marksOf(b.Marks), Have: b.Qty, Count: digits(b.Qty), Selected: id == in.Selected, Select: choose(id), Short: b.Odd != ""}
		if b.Odd != "" {
			v.Note = oddly(l, b)
		}
		v.Last = b.N == r.Parts
		out = append(out, v)
	}
	return out
}

// oddly says in a word or two why units are none of those that were sent.
func oddly(l say.Language, b pack.Back) string {
	v := pack.Verdict{Kind: pack.Refused, Code: b.Odd}
	if b.Odd == pack.CodeReturnNotOurs {
		v.Reason = pack.ReasonNotInParcel
	}
	return l.Verdict(v, nil).Head
}

// sentNote is what else is known of a line: its serials or lots, what came before, what is
// said to be missing.
func sentNote(l say.Language, r *pack.Return, s pack.SentLine) string {
	var notes []string
	for i, m := range s.Marked {
		if i == 2 {
			notes = append(notes, l.Say("and {n} more", "n", digits(len(s.Marked)-i)))
			break
		}
		if text := marksOf(&m.Marks); text != "" {
			notes = append(notes, text)
		}
	}
	missing := 0
	for _, m := range r.Missed {
		if m.Line == s.Line {
			missing += m.Qty
		}
	}
	switch {
	case missing > 0:
		notes = append(notes, l.Say("missing: {n}", "n", digits(missing)))
	case r.Sent.Announced:
		notes = append(notes, l.Say("announced: {n}", "n", digits(s.Comes)))
	case s.Back > 0:
		notes = append(notes, l.Say("came back before: {n}", "n", digits(s.Back)))
	}
	return strings.Join(notes, "  ·  ")
}

// marksOf are serial and lot as they are read.
func marksOf(m *pack.Marks) string {
	if m == nil {
		return ""
	}
	var out []string
	if m.Serial != "" {
		out = append(out, "SN "+m.Serial)
	}
	if m.Lot != "" {
		out = append(out, "LOT "+m.Lot)
	}
	return strings.Join(out, " ")
}

// returned fills the page of a return. How good a unit is is asked by the page's own cards.
func (b *BenchView) returned(view *View, in BenchInputs) {
	r := in.State.Return
	b.Return = returning(in, r)
	if q := in.State.Question; q != nil && q.Code == pack.CodeReturnUnit {
		b.Question = nil
	}
	if r.Known() {
		view.Of = About("return", r.ID)
		b.Order, b.Lines = returnOrder(in, *r), returnLines(in, r)
	}
}

// returning makes the middle of the page where a return is taken apart.
func returning(in BenchInputs, r *pack.Return) *ReturnView {
	l := in.Lang
	if !r.Known() {
		v := &ReturnView{Head: l.Phrase("Scan what came back"), Text: l.Phrase("Its label or slip, the return number, the order, or a product that was in it. Put it on the scale first, if there is one.")}
		for _, id := range parkedReturns(in.State) {
			v.Parked = append(v.Parked, resumeReturn(in, id))
		}
		return v
	}
	return &ReturnView{Weights: returnWeights(in, r), Unit: returnUnit(in, r), Empty: l.Phrase("Scan each unit that lies in it")}
}

// resumeReturn goes on with a return that was put aside.
func resumeReturn(in BenchInputs, id string) Action {
	called := id
	if r := in.State.Returns[id]; r.Sent != nil {
		called = cmp.Or(r.Sent.Number, r.Sent.Order)
	}
	return Action{ID: "aside:" + id, Label: in.Lang.Say("Return of {order}", "order", called), Enabled: in.State.Phase == pack.Idle, Intent: command("return", id)}
}

func parkedReturns(s pack.State) (out []string) {
	for id := range s.Returns {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}

// returnWeights are what it weighed when it left, as it arrived, and what was found in it.
func returnWeights(in BenchInputs, r *pack.Return) (out []MassFigure) {
	l := in.Lang
	add := func(name string, m unit.Mass, compare unit.Mass) {
		f := MassFigure{Name: l.Phrase(name), Value: "–"}
		if m > 0 {
			f.Value = l.Mass(m)
		}
		if m > 0 && compare > 0 {
			f.Kind = pack.Accepted
			if (m - compare).Abs() > r.Sent.Tolerance {
				f.Kind = pack.Refused
			}
			f.Shape = ShapeOf(f.Kind)
		}
		out = append(out, f)
	}
	var left unit.Mass
	if r.Sent != nil && r.Sent.Mass > 0 {
		left = r.Sent.Mass
		for _, s := range r.Sent.Lines {
			left -= s.Mass * unit.Mass(s.Back)
		}
		add("It left with", left, 0)
	}
	add("It arrived with", r.Mass, 0)
	if r.Sent == nil {
		return out
	}
	expects, known := r.Expects()
	if !known {
		expects = 0
	}
	compare := r.Mass
	if !done(*r) { // units are still to come out of it
		compare = 0
	}
	add("With what is here", expects, compare)
	if n := len(out); left > 0 && r.Mass > 0 && len(r.Units) == 0 { // lighter may be a part of it
		w := &out[n-2]
		if w.Kind = pack.Accepted; r.Mass < left-r.Sent.Tolerance {
			w.Kind = pack.Info
		} else if r.Mass > left+r.Sent.Tolerance {
			w.Kind = pack.Refused
		}
		w.Shape = ShapeOf(w.Kind)
	}
	return out
}

// returnUnit is the unit that a grade means: one that has none comes first, else that of
// the chosen line, else the newest.
func returnUnit(in BenchInputs, r *pack.Return) *ReturnUnitView {
	b := r.InHand(0)
	if b == nil {
		return nil
	}
	if b.Grade != "" {
		for _, u := range r.Units {
			if u.Line == in.Selected && u.Odd == "" && in.Selected != "" || "unit:"+digits(u.N) == in.Selected {
				b = &u
			}
		}
	}
	l := in.Lang
	v := &ReturnUnitView{Item: NewItem(b.SKU, cmp.Or(b.Name, b.SKU), in.Pictures[b.SKU]), Marks: marksOf(b.Marks)}
	if b.Qty > 1 {
		v.Count = digits(b.Qty) + " ×"
	}
	name := "grade"
	v.Ask = l.Phrase("How good is it?")
	if b.Grade != "" {
		name = "disposition"
		v.Ask = l.Phrase("Put it elsewhere")
		v.Place = l.Sentence(l.Grade(b.Grade)) + ": " + leadsTo(l, b.Grading)
	}
	for _, g := range b.May {
		if (g.Grade == "") != (name == "disposition") {
			continue
		}
		word, key := g.Grade, ""
		to := r.Leads(*b, g)
		a := Action{Enabled: true, Label: l.Sentence(l.Grade(g.Grade)), Note: leadsTo(l, to)}
		if name == "disposition" {
			word = g.Disposition
			a.Label, a.Note, a.On = l.Sentence(l.Disposition(word)), g.Bin, g.Disposition == b.Disposition
			a.Enabled = !a.On
		} else {
			key = digits(len(v.Cards) + 1)
		}
		a.ID, a.Key, a.Command = "card:"+word, key, name+" "+word
		a.Intent = Intent{Kind: IntentCommand, Command: pack.Command{Name: name, Value: word, N: b.N}}
		v.Cards = append(v.Cards, a)
	}
	return v
}

// leadsTo says what becomes of units, and where they are put.
func leadsTo(l say.Language, g pack.Grading) string {
	if g.Bin == "" {
		return l.Disposition(g.Disposition)
	}
	return l.Disposition(g.Disposition) + ", " + g.Bin
}

// targets are what can be pressed in the middle of the page.
func (v *ReturnView) targets() (out []Action) {
	if v.Unit != nil {
		out = append(out, v.Unit.Cards...)
	}
	return append(out, v.Parked...)
}
