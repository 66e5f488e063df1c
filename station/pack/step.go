package pack

import (
	"maps"
	"slices"
)

// A step is what one input did to the open parcel: units that it moved, a line that
// it left out or opened again, a note, a box. Undo takes the last one back, whole,
// or says that it cannot; a weighing comes after all of them.

// Action is one thing that was done to the parcel, mostly a change of its contents.
type Action struct {
	ID   string `json:"ID"` // of the input: one undo takes back all that one input did
	Line string `json:"Line"`
	SKU  string `json:"SKU"`
	Qty  int    `json:"Qty"` // negative: taken out
	How  How    `json:"How"`
	Part int    `json:"Part,omitempty"` // how many actions of the same input came before
	// Marks are what is known of these units.
	Marks *Marks `json:"Marks,omitempty"`
	// What an undo brings back: the box, why the line was short, and the cases of that. Of
	// ByNextParcel the box is the one that is proposed for the next parcel.
	Carton *Carton  `json:"Carton,omitempty"`
	Reason string   `json:"Reason,omitempty"`
	Cases  []string `json:"Cases,omitempty"`
	NoCase bool     `json:"NoCase,omitempty"` // the shop's rules made no case of it
}

// took is a step that moved no units.
func (d *decision) took(a Action) {
	a.ID, a.Part, a.NoCase = d.in.ID, d.part(), d.noCase
	d.emit(StepTaken{a})
}

// moved puts units into the parcel, or takes them out.
func (d *decision) moved(a Action) {
	a.ID, a.Part, a.NoCase = d.in.ID, d.part(), d.noCase
	d.emit(UnitsMoved{a})
}

// part is how many actions this input's step has so far.
func (d *decision) part() (n int) {
	for _, f := range d.facts {
		switch f := f.(type) {
		case StepTaken:
			n++
		case UnitsMoved:
			if f.Action.How != ByUndo { // which is no action of the step
				n++
			}
		}
	}
	return n
}

// openAgain wants a line again that was left out.
func (d *decision) openAgain(l Line) {
	d.took(Action{Line: l.ID, SKU: l.SKU, Qty: l.Short, How: ByOpening, Reason: l.Reason, Cases: l.Cases})
	d.withdraw(false, l.Cases...)
}

// withdraw settles cases whose cause was taken back, or has them wait again.
func (d *decision) withdraw(again bool, cases ...string) {
	for _, id := range cases {
		d.emit(CaseWithdrawn{Case: id, By: d.s.Person.ID, Again: again})
	}
}

// cmdUndo takes the last step back, and the one before next time.
func (d *decision) cmdUndo() {
	step := d.s.Work.lastStep()
	switch {
	case len(step) > 0 && step[0].How == ByVoid:
		d.say(Refused, CodeNothingToUndo, withReason(ReasonVoided))
		return
	case d.s.Work.Parcel.Weight != nil: // what is in the box has not changed since
		d.undoWeighing()
		return
	case len(step) == 0:
		d.say(Refused, CodeNothingToUndo)
		return
	}
	d.undoStep(step)
}

func (d *decision) undoStep(step []Action) {
	d.uncount(step)
	last, moved := step[len(step)-1], 0
	for _, a := range slices.Backward(step) {
		if a.movesUnits() {
			d.emit(UnitsMoved{Action{ID: d.in.ID, Line: a.Line, SKU: a.SKU, Qty: -a.Qty, How: ByUndo, Marks: a.Marks}})
			moved -= a.Qty
		} else {
			d.emit(StepUndone{a})
		}
		switch a.How {
		case ByShort, BySwap:
			if !a.NoCase {
				d.withdraw(false, a.ID)
			}
		case ByOpening:
			d.withdraw(true, a.Cases...)
		}
	}
	switch {
	case last.How != ByCarton:
		d.afterContents()
	case d.s.Scale.Latest != nil:
		d.dropWeight()
	}
	d.undone(last, moved)
}

// undoClosing opens the order again that a short closed last, to take that back.
func (d *decision) undoClosing() {
	w := d.s.Closed
	if w == nil {
		d.say(Refused, CodeNothingToUndo)
		return
	}
	for _, id := range slices.Sorted(maps.Keys(d.s.Pending)) {
		if e := d.s.Pending[id]; e.Kind == EffectFree && e.Order == w.Order {
			d.emit(EffectEnded{ID: id}) // it would free what is claimed now
		}
	}
	d.open(OpeningOf{Order: w.Order, Undo: true})
}

// openedBack has the order stand as it did, without the short that closed it. Where
// another bench has packed some of it since, or the shop took the line away, it is
// open as any order is.
func (d *decision) openedBack(closed Work, o OrderInfo) bool {
	same := len(closed.Earlier) == len(o.Parcels) && !slices.ContainsFunc(o.Parcels, func(p ParcelRef) bool {
		return !slices.ContainsFunc(closed.Earlier, func(q ParcelRef) bool { return q.ID == p.ID && q.SSCC == p.SSCC })
	})
	now, actions := closed.altered(o), closed.Parcel.Actions
	if !same || slices.Contains(now.Gone, actions[len(actions)-1].Line) {
		return false
	}
	actions = slices.DeleteFunc(slices.Clone(actions), func(a Action) bool { return slices.Contains(now.Gone, a.Line) })
	d.emit(OrderStands{Lines: now.Lines, Carton: closed.Parcel.Carton, Actions: actions})
	d.undoStep(d.s.Work.lastStep())
	return true
}

// undoWeighing has the parcel weighed again.
func (d *decision) undoWeighing() {
	d.dropWeight()
	if d.s.Phase == Choosing {
		d.emit(Moved{Weighing})
	}
	d.say(Accepted, CodeUndone, withReason(ReasonWeigh))
}

// undone says what was taken back.
func (d *decision) undone(last Action, moved int) {
	what := withReason(map[How]Reason{
		ByShort: ReasonShort, ByOpening: ReasonWantedAgain, ByNote: ReasonNote, ByCarton: ReasonCarton, ByNextParcel: ReasonNextParcel,
	}[last.How])
	l := d.s.Work.Line(last.Line)
	if l == nil {
		l = &Line{}
	}
	d.say(Accepted, CodeUndone, withLine(*l, moved), what, func(v *Verdict) {
		if c := d.s.Work.Parcel.Carton; last.How == ByCarton && c != nil {
			v.Carton = c.ID
		}
	})
}

// movesUnits reports whether the action is one of UnitsMoved.
func (a Action) movesUnits() bool {
	switch a.How {
	case ByShort, ByOpening, ByNote, ByCarton, ByNextParcel, ByVoid:
		return false
	}
	return true
}

// lastStep is the step that an undo takes back, nil where there is none, or where
// not all of it is remembered.
func (w *Work) lastStep() []Action {
	all := w.Parcel.Actions
	first := len(all)
	for first > 0 && all[first-1].ID == all[len(all)-1].ID {
		first--
	}
	if first == len(all) || all[first].Part > 0 {
		return nil
	}
	return slices.Clone(all[first:])
}

// nextCarton is the one that was proposed for the rest of the order when the packer
// closed the box; nil where it was not closed so, or nothing was proposed.
func (w *Work) nextCarton() *Carton {
	for _, a := range slices.Backward(w.Parcel.Actions) {
		if a.How == ByNextParcel {
			return a.Carton
		}
	}
	return nil
}

// boxClosed reports whether the packer closed the box with goods still open, and
// changed nothing in it since.
func (w *Work) boxClosed() bool {
	for _, a := range slices.Backward(w.Parcel.Actions) {
		switch a.How {
		case ByCarton, ByVoid:
		default:
			return a.How == ByNextParcel
		}
	}
	return false
}

// take applies a step that moved no units.
func (w *Work) take(a Action) {
	if l := w.Line(a.Line); l != nil && a.How == ByOpening {
		l.Short, l.Reason, l.Cases = 0, "", nil
	}
	w.keep(a)
}

// keep remembers an action for an undo.
func (w *Work) keep(a Action) {
	w.Parcel.Actions = append(w.Parcel.Actions, a)
	if n := len(w.Parcel.Actions); n > undoable {
		w.Parcel.Actions = w.Parcel.Actions[n-undoable:]
	}
}

// takeBack has things as they were before a step that moved no units.
func (w *Work) takeBack(a Action) {
	if l := w.Line(a.Line); l != nil {
		switch a.How {
		case ByShort:
			l.Short, l.Reason = max(0, l.Short-a.Qty), a.Reason
			l.Cases = slices.DeleteFunc(slices.Clone(l.Cases), func(id string) bool { return id == a.ID })
		case ByOpening:
			l.Short, l.Reason, l.Cases = a.Qty, a.Reason, a.Cases
		case ByNote:
			l.Confirmed = false
		}
	}
	if a.How == ByCarton {
		w.Parcel.Carton = a.Carton
	}
	if n := len(w.Parcel.Actions); n > 0 {
		w.Parcel.Actions = w.Parcel.Actions[:n-1]
	}
}
