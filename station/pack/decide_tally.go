package pack

import (
	"slices"

	"packbench/station/unit"
)

// cmdByWeight has the scale count units of a line (Q3), counts what it was said to be, or
// ends that.
func (d *decision) cmdByWeight(c Command) {
	now := d.s.Tally
	switch {
	case d.s.Phase != Packing:
		d.notNow(Reason(d.s.Phase))
		return
	case d.blocked():
		return
	case c.N > 0:
		d.countOffered(c)
		return
	case now != nil && now.Line != "" && (c.Value == "" || c.Value == now.Line):
		d.emit(Tallied{})
		d.say(Info, CodeScaleCount, withReason(ReasonEnded))
		return
	case d.s.Person.Trainee:
		d.notNow(ReasonTrainee)
		return
	}
	if l := d.s.Work.Line(c.Value); l != nil && !l.countable() {
		d.say(Refused, CodeNotNow, withReason(ReasonByWeight), withLine(*l, 0))
		return
	}
	l := d.pick(c, CodeScaleCount, func(l Line) bool { return l.countable() && l.Open()+l.LeftOut() > 0 })
	if l == nil {
		return
	}
	d.runs(Tally{Line: l.ID})
	d.say(Asked, CodeScaleCount, withLine(*l, 0))
}

// countable reports whether units of the line may be counted by weight: nothing is asked
// for of each of them.
func (l Line) countable() bool { return l.ByWeight && l.Needs == (Needs{}) }

// cmdPieces has each item weighed as it comes onto the scale, or ends that.
func (d *decision) cmdPieces() {
	switch now := d.s.Tally; {
	case d.s.Phase != Packing:
		d.notNow(Reason(d.s.Phase))
	case now != nil && now.Line == "":
		d.emit(Tallied{})
		d.say(Info, CodePieces, withReason(ReasonEnded))
	default:
		d.runs(Tally{})
		d.say(Asked, CodePieces)
	}
}

// tally takes a reading of the running scale.
func (d *decision) tally(e Weighed) {
	t := *d.s.Tally
	switch code := scaleTrouble(e); code {
	case "", CodeWeightZero:
	case CodeWeightMoving:
		d.say(Info, code)
		return
	case CodeWeightOver:
		d.say(Refused, code)
		return
	default: // nobody knows what lies there when it speaks again
		d.runs(Tally{Line: t.Line})
		d.say(Refused, code)
		return
	}
	if q := d.s.Question; q != nil && q.Code == CodeCountProposed {
		d.dropQuestion()
	}
	e.Mass = max(e.Mass, 0)
	switch {
	case d.s.Question != nil || d.s.Wanted != nil || d.s.PIN != nil || t.Known && t.Net == e.Net && t.told(e):
		d.same()
		return
	case d.s.OthersOn(e):
		d.runs(Tally{Line: t.Line})
		d.say(Refused, CodeWeightStale, withWeight(Weight{Mass: e.Mass}))
		return
	case !t.Known || t.Net != e.Net:
		d.begun(e)
		return
	}
	t.Told, t.Offer = &e.Mass, 0
	if t.Line == "" {
		d.piece(t, e)
	} else {
		d.count(t, e)
	}
}

// same answers a reading that says nothing new.
func (d *decision) same() { d.say(Info, CodeScaleCount, withReason(ReasonSeen)) }

// begun takes what lies there as what lay there first.
func (d *decision) begun(e Weighed) {
	line := d.s.Tally.Line
	d.runs(Tally{Line: line, Known: true, Empty: e.Mass, Full: e.Mass, Net: e.Net, Told: &e.Mass})
	code, reason := CodePieces, ReasonReady
	if line != "" {
		code = CodeScaleCount
	}
	if e.Mass > still(e.Division) {
		reason = ReasonOnIt
	}
	fill := []func(*Verdict){withReason(reason), withWeight(Weight{Mass: e.Mass})}
	if l := d.s.Work.Line(line); l != nil {
		fill = append(fill, withLine(*l, 0))
	}
	d.say(Asked, code, fill...)
}

// count says how many units came onto the scale beyond those that it has counted.
func (d *decision) count(t Tally, e Weighed) {
	l, rise := d.s.Work.Line(t.Line), e.Rise
	if t.Bare(e) {
		t.Full, t.Last = t.Empty, "" // what was counted is off the scale
	}
	if l == nil || rise == nil || e.Mass <= t.Full+still(e.Division) || rise.N == 0 && rise.Unsure == "" {
		d.runs(t)
		d.same()
		return
	}
	switch open := l.Open() + l.LeftOut(); {
	case rise.Unsure != "":
		why := rise.Unsure
		if why == ReasonSpread && rise.Most == 0 { // not even one is told from two
			why = ""
		}
		d.runs(t)
		d.say(Refused, CodeCountUnsure, withReason(why), withLine(*l, rise.Most), withWeight(Weight{Mass: e.Mass - t.Full}))
	case rise.N > open:
		d.runs(t)
		d.say(Refused, CodeCountUnsure, withReason(ReasonTooMany), withLine(*l, rise.N))
	default:
		t.Offer = rise.N
		d.runs(t)
		d.ask(Question{Code: CodeCountProposed, Choices: []Choice{{N: 1, Text: "count-it", Command: &Command{Name: "by-weight", Value: t.Line, N: rise.N}}}},
			withLine(*l, rise.N), withWeight(Weight{Mass: e.Mass - t.Full}))
	}
}

// countOffered counts what the packer says it is.
func (d *decision) countOffered(c Command) {
	t, l := d.s.Tally, d.s.Work.Line(c.Value)
	switch {
	case t == nil || l == nil || t.Line != c.Value || t.Offer != c.N || t.Told == nil || c.N > l.Open()+l.LeftOut():
		d.notNow(ReasonNoQuestion)
		return
	case d.tooHeavy(l.Mass * unit.Mass(c.N)):
		d.say(Refused, CodeCartonFull, withLine(*l, 0), withCarton(d.s.Work.Parcel.Carton.ID))
		return
	}
	if d.sharesNoBox(*l, c.N) {
		return
	}
	next := *t
	next.Before, next.Full, next.Last, next.Offer = t.Full, *t.Told, d.in.ID, 0
	id := l.ID
	if c.N > l.Open() {
		d.openAgain(*l)
	}
	d.unboxed(*d.s.Work.Line(id))
	d.moved(Action{Line: id, SKU: l.SKU, Qty: c.N, How: ByTally})
	d.runs(next)
	d.holdCounted(next.Full, next.Net)
	code := CodeCounted
	if d.afterContents() {
		code = CodeAllScanned
	}
	d.say(Accepted, code, withLine(*d.s.Work.Line(id), c.N))
}

// piece compares what came onto the scale with what is due.
func (d *decision) piece(t Tally, e Weighed) {
	rise := e.Rise
	if rise != nil && len(rise.Is) > 0 {
		for _, is := range rise.Is {
			t.Due = t.owed(is.SKU, -is.Qty)
		}
		came := Weight{Mass: (e.Mass - t.Full).Abs(), Known: true, Expected: rise.Mass.Abs(), Tolerance: rise.Tolerance}
		t.Full = e.Mass
		d.runs(t)
		d.holdCounted(e.Mass, e.Net)
		d.say(Accepted, CodePieceWeighed, d.withPiece(rise.Is), withWeight(came))
		return
	}
	if (t.Bare(e) || t.first(e)) && t.Full > t.Empty {
		t.Top, t.Full = t.Full, t.Empty
	}
	back := t.Top > t.Full && (t.Top-e.Mass).Abs() <= still(e.Division)
	if back { // the box was lifted, and set down again
		t.Full = t.Top
	}
	d.runs(t)
	switch {
	case back || rise == nil || e.Mass <= t.Full+still(e.Division):
		d.same()
	case len(t.Due) == 0:
		d.say(Asked, CodePieceWrong, withReason(ReasonUnscanned), withWeight(Weight{Mass: e.Mass - t.Full}))
	case !rise.Known:
		t.Due, t.Full = nil, e.Mass
		d.runs(t)
		d.holdCounted(e.Mass, e.Net)
		d.say(Info, CodePieceWeighed, withReason(ReasonNoMass))
	default:
		d.say(Refused, CodePieceWrong, d.withPiece(t.Due), withWeight(Weight{Mass: e.Mass - t.Full, Known: true, Expected: rise.Mass, Tolerance: rise.Tolerance}))
	}
}

// withPiece names what was due last.
func (d *decision) withPiece(due []Due) func(*Verdict) {
	return func(v *Verdict) {
		last := due[len(due)-1]
		v.SKU, v.Qty = last.SKU, last.Qty
		i := slices.IndexFunc(d.s.Work.Lines, func(l Line) bool { return l.SKU == last.SKU })
		if i >= 0 {
			v.Name = d.s.Work.Lines[i].Name
		}
	}
}

// holdCounted remembers a load that was counted: no box weighs until it is off (W1).
func (d *decision) holdCounted(mass unit.Mass, net bool) {
	of := d.s.Work.Parcel.ID
	d.held = slices.DeleteFunc(slices.Clone(d.held), func(l Load) bool { return l.Counted && l.Net == net && l.Parcel == of && l.Mass <= mass })
	d.held = append(d.held, Load{Parcel: of, Mass: mass, Net: net, Counted: true})
	d.held = d.held[max(0, len(d.held)-remembered):]
}

// follow has the running scale follow what became of the parcel: what went in or out is
// due on it piece by piece; a count ends where units of its line come and go in another
// way, because nobody knows then which of them lie on the scale.
func (d *decision) follow() {
	t := d.s.Tally
	switch {
	case t == nil:
		return
	case d.s.Phase != Packing:
		d.emit(Tallied{})
		return
	}
	next, end := *t, false
	if l := d.s.Work.Line(t.Line); l != nil && l.Open() == 0 {
		end = true
	}
	for _, f := range d.facts {
		m, ok := f.(UnitsMoved)
		if !ok {
			continue
		}
		switch a := m.Action; {
		case t.Line == "":
			next.Due, next.Told = next.owed(a.SKU, a.Qty), nil
		case a.Line == t.Line && a.How != ByTally && d.uncounted == "":
			end = true
		}
	}
	switch {
	case end:
		d.emit(Tallied{})
	case t.Line == "" && !slices.Equal(next.Due, t.Due):
		d.runs(next)
	}
}

// uncount has the scale count those units again that an undo took back.
func (d *decision) uncount(step []Action) {
	t := d.s.Tally
	if t == nil || t.Line == "" || t.Last == "" || step[0].ID != t.Last {
		return
	}
	next := *t
	next.Full, next.Last, next.Told, d.uncounted = t.Before, "", nil, t.Last
	d.runs(next)
}

// runs has the scale run so.
func (d *decision) runs(t Tally) { d.emit(Tallied{&t}) }
