package pack

import (
	"slices"

	"packbench/station/people"
	"packbench/station/trouble"
)

// Stranger is a parcel in a van that its carrier does not know, or will not.
type Stranger struct {
	Parcel string `json:"Parcel"`
	Why    string `json:"Why,omitempty"` // one of those below; "" where the carrier itself said so
}

// Why a carrier will not know a parcel.
const (
	StrangerVoid   = "void"       // its label was given back
	StrangerClosed = "closed-out" // with another van
)

// ClosedOut is what became of telling the carriers what a van took. Waits is news alone:
// they are told again until they answer.
type ClosedOut struct {
	Effect    string          `json:"Effect"`
	Waits     bool            `json:"Waits,omitempty"`
	Told      int             `json:"Told,omitempty"` // parcels that they know of now
	Strangers []Stranger      `json:"Strangers,omitempty"`
	Unsure    bool            `json:"Unsure,omitempty"`   // of some nobody saw the answer
	Trouble   trouble.Trouble `json:"Trouble,omitzero"`   // why some were not told
	Unprinted trouble.Trouble `json:"Unprinted,omitzero"` // why a carrier's paper did not come out
}

// Tag names the type of the event in the journal.
func (ClosedOut) Tag() string { return "closed-out" }

// strangers names what the carrier of a van will not know, before it leaves. A supervisor
// may let it go all the same.
func (d *decision) strangers(c *Command) (stay bool) {
	if c.Van == nil || len(c.Van.Strangers) == 0 {
		return false
	}
	l, odd := d.s.Loading, c.Van.Strangers
	name := func(v *Verdict) { v.Strangers, v.Carrier = odd, l.Carrier }
	if !d.sure(c, CodeCloseOut, ReasonStrangers, name) {
		return true
	}
	if d.author == "" {
		d.say(Asked, CodeCloseOut, withReason(ReasonStrangers), name)
	}
	if !d.may(people.LetGo, *c) {
		return true
	}
	d.emit(CaseOpened{
		Case: d.in.ID, Kind: "loading", Code: CodeCloseOut, Parcel: odd[0].Parcel, Scanned: l.Carrier, By: d.s.Person.ID, Author: d.author,
		Reason: string(ReasonStrangers), Qty: len(odd),
	})
	return false
}

// closeOut wishes that the carriers are told what a van took, where accounts sold labels
// of it.
func (d *decision) closeOut(l Loading) {
	if !l.Sold {
		return
	}
	var parcels []string
	for _, p := range l.Parcels {
		parcels = append(parcels, p.Parcel)
	}
	d.effect(Effect{Kind: EffectCloseOut, Manifest: l.Manifest, Carrier: l.Carrier, Parcels: parcels})
}

// closedOut says what became of it. The van is on its way: what went wrong is for a person.
func (d *decision) closedOut(e ClosedOut) {
	asked, ok := d.s.Pending[e.Effect]
	if !ok {
		return
	}
	if !e.Waits {
		d.emit(EffectEnded{ID: e.Effect})
	}
	say := func(kind Kind, reason Reason, fill ...func(*Verdict)) {
		d.say(kind, CodeCloseOut, append(fill, withCarrier(asked.Carrier), func(v *Verdict) {
			v.Reason, v.Manifest, v.Qty = reason, asked.Manifest, e.Told
			if slices.ContainsFunc(d.facts, func(f Fact) bool { _, ok := f.(CaseOpened); return ok }) {
				v.Case = d.in.ID
			}
		})...)
	}
	if e.Waits {
		say(Info, ReasonWaits, withTrouble(e.Trouble))
		return
	}
	if len(e.Strangers) > 0 || e.Unsure || e.Trouble.Code != "" {
		c := CaseOpened{Case: d.in.ID, Kind: "loading", Code: CodeCloseOut, Scanned: asked.Carrier, By: d.s.Person.ID, Qty: len(e.Strangers)}
		if len(e.Strangers) > 0 {
			c.Parcel = e.Strangers[0].Parcel
		}
		d.emit(c)
	}
	if len(e.Strangers) > 0 {
		say(Refused, ReasonStrangers, func(v *Verdict) { v.Strangers = e.Strangers })
	}
	if e.Unsure {
		say(Info, ReasonUnsure)
	}
	if e.Trouble.Code != "" {
		say(Info, ReasonNotTold, withTrouble(e.Trouble))
	}
	switch {
	case e.Unprinted.Code != "":
		say(Info, ReasonUnprinted, withTrouble(e.Unprinted))
	case e.Told > 0:
		say(Info, "")
	}
}
