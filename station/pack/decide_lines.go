package pack

import (
	"cmp"
	"slices"
	"strconv"

	"packbench/station"
	"packbench/station/people"
)

// changeContents carries out a command about what is in the parcel, while it may be
// changed.
func (d *decision) changeContents(c Command) {
	if !d.contentsOpen() {
		return
	}
	switch c.Name {
	case "undo":
		d.cmdUndo()
	case "remove":
		d.cmdRemove()
	case "put-back":
		d.cmdPutBack(c)
	case "swap":
		d.cmdSwap(c)
	case "short":
		d.cmdShort(c)
	case "confirm":
		d.cmdConfirm(c)
	case "count":
		d.cmdCount(c)
	}
}

// cmdRemove lets the next item scan take one out.
func (d *decision) cmdRemove() {
	if d.s.Work.Units() == 0 {
		d.notNow(ReasonParcelEmpty)
		return
	}
	if d.s.Phase == Choosing {
		d.emit(Moved{Weighing}) // item scans are heard again
	}
	d.emit(Armed{Removing: true})
	d.say(Asked, CodeRemoved)
}

// pick finds the line that a command names, or the only one that fits; with
// several it asks which.
func (d *decision) pick(c Command, code Code, fits func(Line) bool) *Line {
	w := d.s.Work
	if c.Value != "" {
		if l := w.Line(c.Value); l != nil && fits(*l) {
			return l
		}
		d.say(Refused, CodeNotNow, withReason(ReasonLine), withGiven(c.Value))
		return nil
	}
	q := Question{Code: code}
	var only *Line
	for i := range w.Lines {
		l := &w.Lines[i]
		if !fits(*l) {
			continue
		}
		only = l
		q.Choices = append(q.Choices, lineChoice(len(q.Choices)+1, *l, c))
	}
	return oneOf(d, q, only, c)
}

// oneOf is the only choice of a question, else none: then it is asked, or there was none.
func oneOf[T any](d *decision, q Question, only *T, c Command) *T {
	switch len(q.Choices) {
	case 0:
		d.notNow(ReasonNoLine)
		return nil
	case 1:
		return only
	}
	d.ask(q, withReason(ReasonLine), withCommand(c.Name))
	return nil
}

// lineChoice is the answer that a command is meant for a line.
func lineChoice(n int, l Line, c Command) Choice {
	c.Value = l.ID
	text := cmp.Or(l.Name, l.ID)
	if l.Kit != nil {
		text += " for " + l.Kit.Name
	}
	return Choice{N: n, Text: text, Command: &c}
}

// cmdPutBack opens a line again that was left out; any other it takes out of the
// open parcel.
func (d *decision) cmdPutBack(c Command) {
	l := d.pick(c, CodePutBack, func(l Line) bool { return l.In > 0 || l.LeftOut() > 0 })
	if l == nil {
		return
	}
	n, id := l.In, l.ID
	if l.LeftOut() > 0 {
		n = 0
		d.openAgain(*l)
	} else {
		d.outOf(*l, n, ByPut, nil)
	}
	d.afterContents()
	d.say(Accepted, CodePutBack, withLine(*d.s.Work.Line(id), -n))
}

// cmdSwap takes a damaged unit out; its replacement is scanned like any item.
func (d *decision) cmdSwap(c Command) {
	if c.Reason == "" {
		c.Reason = "damaged"
	}
	if !people.IsReason(c.Reason) {
		d.notNow(ReasonReason)
		return
	}
	l := d.pick(c, CodeSwapped, func(l Line) bool { return l.In > 0 })
	if l == nil {
		return
	}
	if d.swapWhich(*l, c) {
		return
	}
	id, meant := l.ID, (*Marks)(nil)
	if c.Item != nil {
		meant = c.Item.Marks
	}
	d.noCase = !d.s.Rules.Cases.Open(CodeSwapped, d.s.Recent, 1)
	d.outOf(*l, 1, BySwap, meant)
	opened := d.openRuled(CaseOpened{Kind: "swap", Code: CodeSwapped, SKU: l.SKU, Reason: c.Reason}, 1)
	d.afterContents()
	d.say(Accepted, CodeSwapped, withLine(*d.s.Work.Line(id), -1), withWhy(c.Reason),
		func(v *Verdict) { v.Case = opened })
}

// cmdShort leaves the rest of a line for another day (Q7).
func (d *decision) cmdShort(c Command) {
	l := d.pick(c, CodeShort, func(l Line) bool { return l.Open() > 0 })
	if l == nil {
		return
	}
	c.Value = l.ID
	if !people.IsReason(c.Reason) {
		d.askReason(CodeShort, c, people.Codes(d.s.Rules.Reasons.Short, ShortReasons))
		return
	}
	id, open, before := l.ID, l.Open(), l.Reason
	opened := d.in.ID
	if d.noCase = !d.s.Rules.Cases.Open(CodeShort, d.s.Recent, int64(open)); d.noCase {
		opened = ""
	}
	d.emit(LineShort{Line: id, Qty: open, Reason: c.Reason, Case: opened})
	d.took(Action{Line: id, SKU: l.SKU, Qty: open, How: ByShort, Reason: before})
	d.openRuled(CaseOpened{Kind: "short", Code: CodeShort, SKU: l.SKU, Reason: c.Reason}, int64(open))
	empty := d.s.Work.Complete() && d.s.Work.Units() == 0
	if !empty {
		d.afterContents()
	}
	d.say(Accepted, CodeShort, withLine(*d.s.Work.Line(id), open), withWhy(c.Reason), func(v *Verdict) {
		v.Case, v.Closed = opened, empty
	})
	if empty { // the last open lines were all short: there is nothing to send
		d.closeOrder(OrderClosed{Order: d.s.Work.Order, Undo: true})
	}
}

// cmdConfirm confirms a note, or one unit whose code cannot be read (Q10).
func (d *decision) cmdConfirm(c Command) {
	notes := slices.ContainsFunc(d.s.Work.Lines, toConfirm)
	l := d.pick(c, CodeConfirmed, func(l Line) bool {
		return toConfirm(l) || (c.Value != "" || !notes) && l.Open()+l.LeftOut() > 0
	})
	if l == nil || d.blocked() {
		return
	}
	if c.Value == "" && l.Kind != station.Note { // nobody said which item it is
		d.ask(Question{Code: CodeConfirmed, Choices: []Choice{lineChoice(1, *l, c)}}, withReason(ReasonLine), withCommand(c.Name))
		return
	}
	c.Value = l.ID
	id := l.ID
	if l.Kind != station.Note && d.sharesNoBox(*l, 1) {
		return
	}
	if l.Kind != station.Note && !d.may(people.Confirm, c) {
		return
	}
	if l.Kind != station.Note && l.Needs != (Needs{}) {
		d.admit(Product{SKU: l.SKU, Name: l.Name, Factor: 1, Mass: l.Mass}, ByHand)
		return
	}
	if l.Open() == 0 {
		d.openAgain(*l)
	}
	if l.Kind == station.Note {
		d.emit(LineConfirmed{Line: id})
		d.took(Action{Line: id, How: ByNote})
		d.afterContents()
		d.say(Accepted, CodeConfirmed, withLine(*d.s.Work.Line(id), 0))
		return
	}
	d.unboxed(*l)
	d.moved(Action{Line: id, SKU: l.SKU, Qty: 1, How: ByHand})
	d.afterContents()
	d.say(Accepted, CodeConfirmed, withLine(*d.s.Work.Line(id), 1))
}

func toConfirm(l Line) bool { return l.Kind == station.Note && l.Open() > 0 }

// cmdCount takes a typed count for a line whose product allows it (Q3).
func (d *decision) cmdCount(c Command) {
	l := d.pick(c, CodeCounted, func(l Line) bool { return l.Open() > 0 || c.Value != "" && l.LeftOut() > 0 })
	if l == nil || d.blocked() {
		return
	}
	switch {
	case !l.Count:
		d.say(Refused, CodeNotNow, withReason(ReasonCount), withLine(*l, 0))
		return
	case d.s.Person.Trainee:
		d.notNow(ReasonTrainee)
		return
	case c.N < 1:
		d.say(Refused, CodeNotNow, withReason(ReasonQuantity), withLine(*l, 0), withGiven(strconv.Itoa(c.N)))
		return
	case c.N > l.Open()+l.LeftOut():
		d.refuse(CodePackTooBig, Product{SKU: l.SKU, Name: l.Name}, l, c.N)
		return
	}
	if d.sharesNoBox(*l, c.N) {
		return
	}
	if l.Needs != (Needs{}) {
		d.admit(Product{SKU: l.SKU, Name: l.Name, Factor: c.N, Mass: l.Mass}, ByCount)
		return
	}
	id := l.ID
	if c.N > l.Open() {
		d.openAgain(*l)
	}
	d.unboxed(*l)
	d.moved(Action{Line: id, SKU: l.SKU, Qty: c.N, How: ByCount})
	finished := d.afterContents()
	code := CodeCounted
	if finished {
		code = CodeAllScanned
	}
	d.say(Accepted, code, withLine(*d.s.Work.Line(id), c.N))
}

// cmdCarton is a carton by its name.
func (d *decision) cmdCarton(c Command) {
	if c.Carton == nil {
		d.say(Refused, CodeCartonNotAllowed, withCarton(c.Value), withReason(ReasonUnknown))
		return
	}
	d.carton(*c.Carton)
}

// carton takes another carton for the open parcel (B2).
func (d *decision) carton(c Carton) {
	if !d.contentsOpen() {
		return
	}
	goods := d.s.Work.Goods()
	switch {
	case c.Old != "":
		d.say(Refused, CodeCartonNotAllowed, withCarton(c.ID), withTrouble(recorded(c.Old)))
	case !c.Trouble.None():
		d.say(Refused, CodeCartonNotAllowed, withCarton(c.ID), withTrouble(c.Trouble))
		return
	case c.Max > 0 && c.Tare+goods > c.Max:
		d.say(Refused, CodeCartonNotAllowed, withCarton(c.ID), withReason(ReasonTooHeavy))
		return
	}
	before := d.s.Work.Parcel.Carton
	d.emit(CartonTaken{Carton: c})
	if d.s.Work.Parcel.Weight != nil || d.s.Scale.Latest != nil {
		d.dropWeight()
	}
	if d.s.Phase == Choosing {
		d.emit(Moved{Weighing})
	}
	d.took(Action{How: ByCarton, Carton: before})
	d.say(Accepted, CodeCarton, withCarton(c.ID))
}

// cmdNextParcel ends the open parcel with what is in it; the rest of the order
// goes into another one (B2).
func (d *decision) cmdNextParcel(c Command) {
	w := d.s.Work
	switch {
	case d.s.Phase != Packing:
		d.notNow(ReasonNextParcel)
	case d.blocked():
	case w.Units() == 0:
		d.notNow(ReasonParcelEmpty)
	case w.Excess() > 0:
		d.tooMuch()
	default:
		d.took(Action{How: ByNextParcel, Carton: c.Carton})
		d.emit(Moved{Weighing})
		d.say(Accepted, CodeAllScanned, withReason(ReasonNextParcel))
	}
}
