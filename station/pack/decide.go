package pack

import (
	"cmp"
	"slices"
	"strconv"

	"packbench/station/people"
	"packbench/station/trouble"
)

// Decide answers an input with facts. It never changes s.
func Decide(s State, in Input) []Fact {
	facts, _ := Step(s, in)
	return facts
}

// Step is Decide with the state that folding its facts leads to, for whoever
// needs both.
func Step(s State, in Input) ([]Fact, State) {
	d := &decision{s: s, was: s, in: in, held: s.Scale.Loads}
	switch e := in.Event.(type) {
	case Started:
		if e.Rules != s.Rules {
			d.emit(Ruled(e))
		}
		if t := s.Tally; t != nil { // nobody saw what was put on and taken off meanwhile
			d.runs(Tally{Line: t.Line})
		}
	case Scanned:
		d.scanned(e)
	case Command:
		d.asked(e)
	case Weighed:
		d.weighed(e)
	case ShopChanged:
		d.shopChanged(e)
	case Unlocked:
		d.unlockedFromDesk(e)
	case Round:
		d.round()
	case RefundRefused:
		d.noRefund(Effect{Order: e.Order, Parcel: e.Parcel}, e.Trouble)
	case PinGiven:
		d.pinGiven(e)
	case BadgeGone:
		d.badgeGone(e)
	default:
		d.result(in.Event)
	}
	d.follow()
	d.remember()
	return d.facts, d.s
}

// decision is one run of Decide: the facts so far and the state that they
// lead to, so that later rules see what earlier ones did.
type decision struct {
	s     State
	was   State // before it
	in    Input
	facts []Fact
	held  []Load // what may lie on the scale
	// author is who authorised the action that is being carried out.
	author    string
	by        Person          // the same, with what they may do
	let       []people.Action // what was let happen of it, by a badge or a PIN
	rule      string          // of the carrier of a label that would be voided
	proven    string          // whose PIN was right
	typed     *Weighed        // the weight that a person typed
	torn      bool            // a label was voided that may be on a box
	over      bool            // a case of closed parcels that hold too much was opened
	uncounted string          // the step of the running scale that an undo took back
	noCase    bool            // the shop's rules make no case of what is done
}

func (d *decision) emit(f Fact) {
	d.facts = append(d.facts, f)
	d.s = Fold(d.s, f)
}

// say ends a decision with its verdict.
func (d *decision) say(kind Kind, code Code, fill ...func(*Verdict)) {
	v := Verdict{At: d.in.At, Kind: kind, Code: code, By: d.s.Person.ID, Author: d.author}
	if w := d.s.Work; w != nil {
		v.Order, v.Parcel, v.Open = w.Order, w.Parcel.ID, w.OpenUnits()
	}
	if d.over {
		v.Case = d.in.ID
	}
	for _, f := range fill {
		f(&v)
	}
	v.Number, v.OtherNumber = d.number(v.Order), d.number(v.OtherOrder)
	d.emit(Judged{v})
}

// with fills in the line that a verdict is about.
func withLine(l Line, qty int) func(*Verdict) {
	return func(v *Verdict) {
		v.Line, v.SKU, v.Name, v.Qty = l.ID, l.SKU, l.Name, qty
		v.Have, v.Want, v.Short = l.Packed+l.In, l.Qty, l.LeftOut()
		if l.Kit != nil {
			v.Kit = l.Kit.Name
		}
		if l.Instead != nil {
			v.Instead = l.Instead.Name
		}
	}
}

func withReason(reason Reason) func(*Verdict) { return func(v *Verdict) { v.Reason = reason } }
func withWhy(why string) func(*Verdict)       { return func(v *Verdict) { v.Why = why } }
func withTrouble(t trouble.Trouble) func(*Verdict) {
	return func(v *Verdict) { v.Trouble, v.Reason = t, "" }
}
func withCommand(name string) func(*Verdict)     { return func(v *Verdict) { v.Command = name } }
func withOtherOrder(order string) func(*Verdict) { return func(v *Verdict) { v.OtherOrder = order } }
func withCarrier(carrier string) func(*Verdict)  { return func(v *Verdict) { v.Carrier = carrier } }
func withCarton(carton string) func(*Verdict)    { return func(v *Verdict) { v.Carton = carton } }
func withPaper(kind string) func(*Verdict)       { return func(v *Verdict) { v.Paper = kind } }
func withGiven(given string) func(*Verdict)      { return func(v *Verdict) { v.Given = given } }

// told fills in what somebody else gave as the reason: one of the bench's own
// where the verdict may have it, words otherwise.
func told(reason string) func(*Verdict) { return func(v *Verdict) { v.told(reason) } }

// notNow refuses what does not fit the moment.
func (d *decision) notNow(why Reason) { d.say(Refused, CodeNotNow, withReason(why)) }

// effect wishes for an effect, and returns it with its id, which comes from the
// input's.
func (d *decision) effect(e Effect) Effect {
	n := 1
	for _, f := range d.facts {
		if _, ok := f.(EffectAsked); ok {
			n++
		}
	}
	e.ID, e.Number = d.in.ID+"."+strconv.Itoa(n), d.number(e.Order)
	e.Printer = cmp.Or(e.Printer, d.s.Rules.Printers.Of(e.Document.Kind))
	d.emit(EffectAsked{e})
	return e
}

// openCase keeps a mismatch for the supervisor's desk.
func (d *decision) openCase(c CaseOpened) {
	c.Case, c.By = d.in.ID, d.s.Person.ID
	if w := d.s.Work; w != nil {
		c.Order, c.Parcel = w.Order, cmp.Or(c.Parcel, w.Parcel.ID)
	}
	d.emit(c)
}

// expected lists the SKUs that are still open.
func (d *decision) expected() []string {
	var out []string
	if d.s.Work == nil {
		return nil
	}
	for _, l := range d.s.Work.Lines {
		if l.SKU != "" && l.Open() > 0 && !slices.Contains(out, l.SKU) {
			out = append(out, l.SKU)
		}
	}
	return out
}

// blocked refuses what the shop's word forbids, and reports whether it did.
func (d *decision) blocked() bool {
	w := d.s.Work
	if w == nil || w.Blocked == "" {
		return false
	}
	d.say(Refused, w.Blocked, withWhy(w.Reason))
	return true
}

// disarm forgets a destructive command said once, and a count or a removal
// that was announced.
func (d *decision) disarm() {
	if d.s.Removing || d.s.Count != 0 || d.s.Armed != "" {
		d.emit(Armed{})
	}
}

// afterContents moves the bench on when the contents changed: a finished order
// opens the weighing step (Q9), an unfinished one goes back to packing, and a
// weighing that was made before no longer counts (C5).
func (d *decision) afterContents() (finished bool) {
	w := d.s.Work
	if w.Parcel.Weight != nil || d.s.Scale.Latest != nil || w.Parcel.Quotes != nil {
		d.dropWeight()
	}
	to := Packing
	if w.Units() > 0 && (w.Complete() || w.boxClosed() && w.Excess() == 0) {
		to = Weighing
	}
	if d.s.Phase != to {
		d.emit(Moved{to})
	}
	return to == Weighing
}
