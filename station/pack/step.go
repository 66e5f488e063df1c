package pack

import "slices"

// A step is what one input did to the open parcel: units that it moved, a line that
// it left out or opened again, a note, a box. Undo takes the last one back, whole,
// or says that it cannot; a weighing comes after all of them.

// took is a step that moved no units.
func (d *decision) took(a Action) {
	a.ID, a.Part = d.in.ID, d.part()
	d.emit(StepTaken{a})
}

// moved puts units into the parcel, or takes them out.
func (d *decision) moved(a Action) {
	a.ID, a.Part = d.in.ID, d.part()
	d.emit(UnitsMoved{a})
}

// part is how many actions this input's step has so far.
func (d *decision) part() (n int) {
	for _, f := range d.facts {
		switch f.(type) {
		case StepTaken, UnitsMoved:
			n++
		}
	}
	return n
}

// openAgain wants a line again that was left out.
func (d *decision) openAgain(l Line) {
	d.took(Action{Line: l.ID, SKU: l.SKU, Qty: l.Short, How: ByOpening, Reason: l.Reason})
}

// cmdUndo takes the last step back, and the one before next time.
func (d *decision) cmdUndo() {
	if !d.contentsOpen() {
		return
	}
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
	last, moved := step[len(step)-1], 0
	for _, a := range slices.Backward(step) {
		if a.movesUnits() {
			d.emit(UnitsMoved{Action{ID: d.in.ID, Line: a.Line, SKU: a.SKU, Qty: -a.Qty, How: ByUndo}})
			moved -= a.Qty
		} else {
			d.emit(StepUndone{a})
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
		l.Short, l.Reason = 0, ""
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
		case ByOpening:
			l.Short, l.Reason = a.Qty, a.Reason
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
