package pack

import (
	"slices"

	"packbench/station"
)

// tooMuch says what the parcel holds that the shop no longer wants.
func (d *decision) tooMuch() {
	w, reason := d.s.Work, ReasonExcess
	over := w.overpacked()
	switch {
	case len(over) > 0 && w.Excess() == count(over): // nothing of it is in the open parcel
		d.say(Refused, CodeOrderChanged, withReason(ReasonExcessClosed), func(v *Verdict) { v.Parcel, v.Excess = w.holder(over), over })
		return
	case w.Parcel.Label != nil:
		reason = ReasonExcessLabelled
	}
	d.say(Refused, CodeOrderChanged, withReason(reason), d.withExcess())
}

// overpacked opens a case when closed parcels turn out to hold what the order does
// not want: the packer cannot take it out.
func (d *decision) overpacked() {
	w := d.s.Work
	over := w.overpacked()
	if n := count(over); n > w.Overpacked {
		d.openCase(CaseOpened{Kind: "excess", Code: CodeOrderChanged, Parcel: w.holder(over), SKU: over[0].SKU, Reason: string(ReasonExcessClosed), Qty: n})
		d.over = true
	}
}

// overpacked lists what the closed parcels hold of the order's lines too much.
func (w *Work) overpacked() (over []Content) {
	for _, l := range w.Lines {
		if n := l.Packed - l.Qty; n > 0 && l.Kind != station.Note {
			over = append(over, Content{Line: l.ID, SKU: l.SKU, Qty: n})
		}
	}
	return over
}

// holder is the newest closed parcel that holds the first of these.
func (w *Work) holder(over []Content) string {
	for _, p := range slices.Backward(w.Earlier) {
		if slices.ContainsFunc(p.Contents, func(c Content) bool { return c.SKU == over[0].SKU }) {
			return p.ID
		}
	}
	return ""
}

func count(contents []Content) (n int) {
	for _, c := range contents {
		n += c.Qty
	}
	return n
}

func (d *decision) withExcess() func(*Verdict) {
	return func(v *Verdict) {
		if d.s.Work == nil {
			return
		}
		for _, l := range d.s.Work.Lines {
			if n := min(l.In, l.Excess()); n > 0 {
				v.Excess = append(v.Excess, Content{Line: l.ID, SKU: l.SKU, Qty: n})
			}
		}
	}
}
