package pack

import (
	"slices"

	"packbench/station/people"
)

// A PIN is checked outside: the machine asks for it, is told whether it was right, and
// never sees it.

// PinAsked is a badge, or an action of who is signed in, that waits for the PIN of a
// person. The PIN itself never comes here: whoever checks it says whether it was right.
type PinAsked struct {
	Person Person          `json:"Person"`
	Action *Command        `json:"Action,omitempty"` // nil: whatever the badge means
	Typed  *Weighed        `json:"Typed,omitempty"`  // the weight that was typed, where that waits
	Author string          `json:"Author,omitempty"` // who let happen what comes before the PIN
	Let    []people.Action `json:"Let,omitempty"`    // that
	Kept   []string        `json:"Kept,omitempty"`
}

// PinGiven says what became of a PIN that was typed: whose it should be, whether it
// was right, and for how many seconds no other one is looked at.
type PinGiven struct {
	Person string `json:"Person"`
	OK     bool   `json:"OK"`
	Wait   int    `json:"Wait,omitempty"`
}

// Tag names the type of an event in the journal.
func (PinGiven) Tag() string { return "pin-given" }

// PinWanted and PinSettled: a badge or an action waits for a PIN.
type (
	PinWanted struct {
		PIN PinAsked `json:"PIN"`
	}
	PinSettled struct{}
)

// Tag names the type of a fact in the journal.
func (PinWanted) Tag() string  { return "pin-wanted" }
func (PinSettled) Tag() string { return "pin-settled" }

// prove reports whether a person has given a PIN, or needs none: whatever a badge with
// a PIN is used for waits for that, and one without does where the right says so. With a
// command it is who is signed in, and the command waits.
func (d *decision) prove(p Person, a people.Action, c *Command) bool {
	must := a != "" && d.s.Rules.Table().Of(a).Of(p.Role) == people.WithPIN
	switch {
	case d.proven == p.ID, !p.PIN && !must:
		return true
	case !p.PIN:
		d.dropPIN()
		d.say(Refused, CodePINNeeded, withReason(ReasonNoPIN), func(v *Verdict) { v.Given = p.ID })
		return false
	}
	asked := PinAsked{Person: p, Action: c, Typed: d.typed}
	if c != nil {
		d.drop() // the newest replaces it
		asked.Author, asked.Let = d.author, d.let
	}
	d.emit(PinWanted{asked})
	d.say(Asked, CodePINNeeded, func(v *Verdict) { v.Given = p.ID })
	return false
}

// pinGiven is what became of a PIN.
func (d *decision) pinGiven(e PinGiven) {
	asked := d.s.PIN
	switch {
	case asked == nil || asked.Person.ID != e.Person:
		d.notNow(ReasonNoQuestion)
		return
	case !e.OK:
		reason := Reason("")
		if e.Wait > 0 {
			reason = ReasonPaused
		}
		d.say(Refused, CodePINWrong, withReason(reason), func(v *Verdict) { v.Given, v.Seconds = e.Person, e.Wait })
		return
	}
	d.proven = asked.Person.ID
	d.emit(PinSettled{})
	if asked.Action == nil {
		d.badge(asked.Person)
	} else {
		d.author, d.let, d.typed = asked.Author, asked.Let, asked.Typed
		d.run(*asked.Action)
	}
	d.keptApart(asked.Kept)
	if d.s.Phase != SignedOut && d.s.Question == nil && d.s.Wanted == nil {
		d.askAgain()
	}
}

// dropPIN leaves the question for a PIN.
func (d *decision) dropPIN() {
	if d.s.PIN != nil {
		d.emit(PinSettled{})
	}
}

// dropUnlabelled has a parcel weighed again whose packer leaves before somebody else
// could let its label be made: nobody gets it by signing out.
func (d *decision) dropUnlabelled() {
	if d.quoting() && d.s.Rules.leave(people.Label, d.s.Person) != people.Yes && d.s.Work.Parcel.Label == nil {
		d.dropWeight()
	}
}

// mostKept bounds how many products are named that were scanned while a badge was
// waited for.
const mostKept = 12

// keepApart does not count goods that are scanned while a badge or a PIN is waited for,
// and reports whether it did that: who lets one thing happen has seen that one only.
func (d *decision) keepApart(meanings []Meaning) bool {
	if len(meanings) != 1 || meanings[0].Product == nil || d.s.Work == nil || d.s.Asks() != "" {
		return false
	}
	p := meanings[0].Product
	kept := func(list []string) []string {
		if len(list) >= mostKept || slices.Contains(list, p.SKU) {
			return list
		}
		return append(slices.Clip(list), p.SKU)
	}
	reason := ReasonWaitsForBadge
	switch {
	case d.s.PIN != nil:
		asked := *d.s.PIN
		asked.Kept, reason = kept(asked.Kept), ReasonWaitsForPIN
		d.emit(PinWanted{asked})
	case d.s.Wanted != nil && d.s.Question == nil:
		w := *d.s.Wanted
		w.Kept = kept(w.Kept)
		d.emit(BadgeWanted{w})
	default:
		return false
	}
	d.say(Refused, CodeNotNow, withReason(reason), func(v *Verdict) { v.SKU, v.Name, v.Qty = p.SKU, p.Name, max(1, p.Factor) })
	return true
}

// keptApart names what was kept apart, once nothing is waited for.
func (d *decision) keptApart(kept []string) {
	if len(kept) > 0 {
		d.say(Info, CodeKeptApart, func(v *Verdict) { v.Expected = kept })
	}
}
