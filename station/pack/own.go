package pack

import "slices"

// This file keeps what ships in its own carton alone (B1): a parcel holds one unit of it
// and nothing else, and needs no box.

// sharesNoBox refuses goods that would share a parcel with what ships in its own carton, and
// reports whether it did.
func (d *decision) sharesNoBox(l Line, units int) bool {
	w := d.s.Work
	switch {
	case l.Own && (w.Units() > 0 || units > 1):
		d.say(Refused, CodeCartonFull, withReason(ReasonOwnCarton), withLine(l, 0))
	case w.Boxless():
		d.say(Refused, CodeCartonFull, withReason(ReasonOwnPacked), withLine(l, 0))
	default:
		return false
	}
	return true
}

// unboxed has the parcel need no box, where it is to hold what ships in its own carton.
func (d *decision) unboxed(l Line) {
	if before := d.s.Work.Parcel.Carton; l.Own && before != nil {
		d.emit(CartonTaken{None: true})
		d.took(Action{How: ByCarton, Carton: before})
	}
}

// Boxless reports whether the open parcel holds what ships in its own carton.
func (w *Work) Boxless() bool {
	return slices.ContainsFunc(w.Lines, func(l Line) bool { return l.Own && l.In > 0 })
}

// carton is the one that was taken, nil for none.
func (f CartonTaken) carton() *Carton {
	if f.None {
		return nil
	}
	return &f.Carton
}
