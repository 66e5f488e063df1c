package pack

import (
	"slices"

	"packbench/station/trouble"
)

// LostLabel is a label that was bought for a parcel although its carrier does not show it
// again: it was given back, and another one may be bought.
type LostLabel struct {
	Ref  string          `json:"Ref"`           // that the carrier knows it by
	Kept trouble.Trouble `json:"Kept,omitzero"` // why it keeps the money, zero where it does not
}

// LabelLost: somebody was told of such a label.
type LabelLost struct {
	Parcel string    `json:"Parcel"`
	Label  LostLabel `json:"Label"`
}

// Tag names the type of the fact in the journal.
func (LabelLost) Tag() string { return "label-lost" }

// warn tells what somebody should look at although nothing has to be done at the bench:
// labels that were lost, each once, and one that is dearer than it was quoted.
func (d *decision) warn(asked Effect, e Bought) {
	for _, l := range e.Lost {
		w := d.s.WorkOf(asked.Parcel)
		if w == nil || slices.Contains(w.Parcel.Lost, l.Ref) {
			continue
		}
		d.emit(LabelLost{Parcel: asked.Parcel, Label: l})
		d.warned(asked, CodeLabelLost, l.Ref, withTrouble(l.Kept))
	}
	if c := e.Cost; e.State == PurchaseBought && c != nil && (c.Currency != asked.Price.Currency || c.Minor > asked.Price.Minor) {
		was := asked.Price
		d.warned(asked, CodeLabelDearer, asked.Carrier, func(v *Verdict) { v.Service, v.Price, v.Was = asked.Service, c, &was })
	}
}

// warned says it, with a case. What one input has to tell is one case.
func (d *decision) warned(asked Effect, code Code, scanned string, fill ...func(*Verdict)) {
	if !slices.ContainsFunc(d.facts, func(f Fact) bool { c, ok := f.(CaseOpened); return ok && c.Case == d.in.ID }) {
		d.emit(CaseOpened{
			Case: d.in.ID, Kind: "carrier", Code: code, Order: asked.Order, Parcel: asked.Parcel, Scanned: scanned, By: d.s.Person.ID,
		})
	}
	d.say(Info, code, append(fill, d.ofParcel(asked), func(v *Verdict) { v.Case = d.in.ID })...)
}
