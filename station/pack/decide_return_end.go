package pack

import (
	"strings"

	"packbench/station/unit"
)

// cmdMissing says that a unit should be there and is not. The line is named by its
// number, its product or a part of that's name.
func (d *decision) cmdMissing(c Command) {
	r := d.s.Return
	if r == nil || r.Sent == nil {
		d.notNow(ReasonNoLine)
		return
	}
	l := r.lineNamed(c.Value)
	if c.Value == "" {
		if l = d.whichMissing(c); l == nil {
			return
		}
	}
	if l == nil || r.ToCome(*l) < 1 {
		d.notNow(ReasonNoLine)
		return
	}
	d.openCase(CaseOpened{Kind: "return", Code: CodeReturnMissing, Order: r.Sent.Order, Parcel: r.Sent.Parcel, SKU: l.SKU, Qty: 1, Expected: r.Sent.marks(l.SKU)})
	d.emit(ReturnMissed{Return: r.ID, Missed: Missed{Line: l.Line, SKU: l.SKU, Qty: 1, Case: d.in.ID}})
	d.sayReturn(Refused, CodeReturnMissing, func(v *Verdict) {
		v.SKU, v.Name, v.Qty, v.Case, v.Line = l.SKU, l.Name, 1, d.in.ID, l.Line
	})
}

// whichMissing is the one line of which something has not come, else it asks which.
func (d *decision) whichMissing(c Command) *SentLine {
	r := d.s.Return
	var only *SentLine
	q := Question{Code: CodeReturnMissing}
	for i, l := range r.Sent.Lines {
		if n := len(q.Choices); r.ToCome(l) > 0 && n < mostAsked {
			one := c
			one.Value = l.Line
			only, q.Choices = &r.Sent.Lines[i], append(q.Choices, Choice{N: n + 1, Text: l.Name, Command: &one})
		}
	}
	return oneOf(d, q, only, c)
}

// mostAsked is how many answers there are cards for, less the way back.
const mostAsked = 8

// ToCome is how many units of a line may still come, and are not said to be missing.
func (r *Return) ToCome(l SentLine) int {
	return max(0, l.Left()-r.Count(l.Line)-r.missed(l.Line))
}

func (r *Return) missed(line string) (n int) {
	for _, m := range r.Missed {
		if m.Line == line {
			n += m.Qty
		}
	}
	return n
}

// lineNamed finds one line of what was sent; nil where none fits, or several do.
func (r *Return) lineNamed(words string) *SentLine {
	words = strings.ToLower(strings.TrimSpace(words))
	var found *SentLine
	for i, l := range r.Sent.Lines {
		if l.Line == words {
			return &r.Sent.Lines[i]
		}
		if words != "" && (strings.EqualFold(l.SKU, words) || strings.Contains(strings.ToLower(l.Name), words)) {
			if found != nil {
				return nil
			}
			found = &r.Sent.Lines[i]
		}
	}
	return found
}

// returnWeighed is the weight of what arrived, before anything was taken out of it.
func (d *decision) returnWeighed(e Weighed) {
	r := d.s.Return
	if len(r.Units) > 0 || r.Mass > 0 {
		d.notNow(ReasonWeigh)
		return
	}
	if !r.Known() {
		d.emit(ReturnWeighed{Mass: e.Mass})
		d.say(Asked, CodeReturn, withWeight(Weight{Mass: e.Mass, Typed: e.Typed}))
		return
	}
	d.judgeReturnWeight(e.Mass, func(kind Kind, w Weight, id string) {
		d.emit(ReturnWeighed{Return: r.ID, Mass: e.Mass, Case: id})
		w.Typed = e.Typed
		d.sayReturn(kind, CodeReturnWeight, withWeight(w), func(v *Verdict) { v.Case = id })
	})
}

// judgeReturnWeight compares the weight of what arrived with that of what left. Less may
// be a part of it; more cannot be.
func (d *decision) judgeReturnWeight(mass unit.Mass, tell func(Kind, Weight, string)) {
	r := d.s.Return
	w := Weight{Mass: mass}
	if r.Sent != nil && r.Sent.Mass > 0 {
		w.Known, w.Expected, w.Tolerance = true, r.Sent.Mass, r.Sent.Tolerance
		for _, l := range r.Sent.Lines {
			w.Expected -= l.Mass * unit.Mass(l.Back)
		}
	}
	switch {
	case !w.Known || (w.Mass-w.Expected).Abs() <= w.Tolerance:
		tell(Accepted, w, "")
	case w.Mass < w.Expected:
		tell(Info, w, "")
	default:
		tell(Refused, w, d.caseOf(CaseOpened{Kind: "return", Code: CodeReturnWeight, Order: r.Sent.Order, Parcel: r.Sent.Parcel, Weight: &w}))
	}
}

// undoReturn takes the last step back, whole.
func (d *decision) undoReturn() {
	r := d.s.Return
	if len(r.Steps) == 0 {
		d.say(Refused, CodeNothingToUndo)
		return
	}
	step := r.Steps[len(r.Steps)-1]
	about := func(*Verdict) {}
	switch step.Did {
	case ByWeight:
		d.emit(ReturnWeighed{Return: r.ID, Undo: true})
	case ByMissing:
		if m := r.Missed[len(r.Missed)-1]; true {
			d.emit(ReturnMissed{Return: r.ID, Missed: m, Gone: true})
			about = func(v *Verdict) { v.SKU, v.Qty = m.SKU, m.Qty }
		}
	default:
		b := *r.unit(step.N)
		about = func(v *Verdict) { v.SKU, v.Name, v.Qty = b.SKU, b.Name, b.Qty }
		if step.Did == ByScan {
			d.emit(ReturnUnit{Return: r.ID, Back: b.bare(), Gone: true})
			break
		}
		d.giveUpPrints(putawayOf(r.ID, b.N), DocumentPutaway)
		was := b.Grading
		if b.Grading = step.Was; step.Case != "" {
			b.Case = ""
		}
		d.emit(ReturnGraded{Return: r.ID, Back: b.bare(), Was: was, Undo: true})
	}
	if step.Case != "" {
		d.withdraw(false, step.Case)
	}
	d.sayReturn(Accepted, CodeUndone, withReason(ReasonReturn), about)
}

// cmdFinish closes the return, once every unit has a grade. What was announced and is not
// here is missing, and said twice.
func (d *decision) cmdFinish(c Command) {
	r := d.s.Return
	switch open := r.Ungraded(); {
	case r.Sent != nil && c.Open != nil: // another bench opened it in the same moment
		s := *r.Sent
		s.Open = c.Open
		d.returnElsewhere(s)
		return
	case !r.Known():
		d.say(Asked, CodeReturn)
		return
	case len(open) > 0:
		d.askGrade(open[len(open)-1], ReasonUnitsOpen)
		return
	case len(r.Units) == 0 && len(r.Missed) == 0 && len(r.lacking()) == 0 && r.Sent != nil:
		d.notNow(ReasonParcelEmpty)
		return
	}
	if lacks := r.lacking(); len(lacks) > 0 {
		if !d.sure(&c, CodeReturnMissing, ReasonSure, d.aboutReturn, func(v *Verdict) { v.SKU, v.Name, v.Qty = lacks[0].SKU, lacks[0].SKU, lacks[0].Qty }) {
			return
		}
		for _, m := range lacks {
			m.Case = d.caseOf(CaseOpened{Kind: "return", Code: CodeReturnMissing, Order: r.Sent.Order, Parcel: r.Sent.Parcel, SKU: m.SKU, Qty: m.Qty, Expected: r.Sent.marks(m.SKU)})
			d.emit(ReturnMissed{Return: r.ID, Missed: m})
		}
	}
	r = d.s.Return
	out := ReturnClosed{Return: r.ID, Owed: r.owed()}
	out.Units, out.Odd = r.Total()
	for _, m := range r.Missed {
		out.Missed += m.Qty
	}
	for _, b := range r.Units {
		out.Backs = append(out.Backs, b.bare())
	}
	if r.Sent != nil {
		out.Order, out.Parcel, out.SSCC = r.Sent.Order, r.Sent.Parcel, r.Sent.SSCC
		if out.Units > out.Odd {
			out.Due = c.Due
		}
	}
	d.cameLater(c.Missing)
	weight, id := d.lastWeight()
	about := *d
	d.emit(out)
	d.say(Accepted, CodeReturnClosed, about.aboutReturn, func(v *Verdict) {
		v.Qty, v.Weight, v.Case = out.Units, weight, id
		if out.Owed.Currency != "" && !out.Due.IsZero() {
			v.Price = &out.Owed
		}
	})
}

// cameLater withdraws the cases of what was missing in an earlier return of the parcel, as
// far as it came in this one.
func (d *decision) cameLater(earlier []Missed) {
	r, here := d.s.Return, map[string]int{}
	for _, b := range r.Units {
		if b.Odd == "" && b.Line != "" {
			here[b.SKU] += b.Qty
		}
	}
	for _, m := range earlier {
		if m.Qty > 0 && here[m.SKU] >= m.Qty {
			here[m.SKU] -= m.Qty
			d.withdraw(false, m.Case)
		}
	}
}

// lacking is what was announced, and is neither here nor said to be missing.
func (r *Return) lacking() (out []Missed) {
	if r.Sent == nil {
		return nil
	}
	for _, l := range r.Sent.Lines {
		if n := r.Lacks(l); n > 0 {
			out = append(out, Missed{Line: l.Line, SKU: l.SKU, Qty: n})
		}
	}
	return out
}

// lastWeight compares what arrived with the units that were found in it: a box of bricks
// weighs something else.
func (d *decision) lastWeight() (*Weight, string) {
	r := d.s.Return
	expected, known := r.Expects()
	_, odd := r.Total()
	if r.Mass == 0 || !known || odd > 0 {
		return nil, ""
	}
	w := Weight{Mass: r.Mass, Known: true, Expected: expected, Tolerance: r.Sent.Tolerance}
	if (w.Mass - w.Expected).Abs() <= w.Tolerance {
		return &w, ""
	}
	return &w, d.caseOf(CaseOpened{Kind: "return", Code: CodeReturnWeight, Order: r.Sent.Order, Parcel: r.Sent.Parcel, Weight: &w})
}
