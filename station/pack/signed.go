package pack

import "time"

// SignedInAs and SignedOff: a person works here now, and since when; nobody does.
type (
	SignedInAs struct {
		Person Person    `json:"Person"`
		From   string    `json:"From,omitempty"` // who did before
		At     time.Time `json:"At,omitzero"`    // zero in journals of old: not known
	}
	SignedOff struct{}
)

// Tag names the type of a fact in the journal.
func (SignedInAs) Tag() string { return "signed-in" }
func (SignedOff) Tag() string  { return "signed-off" }

// BadgeGone says that the badge of who is signed in no longer counts, or that their
// shift is over.
type BadgeGone struct {
	Person string    `json:"Person"`
	Why    Reason    `json:"Why"`
	Since  time.Time `json:"Since,omitzero"` // when they came, where their shift is over
}

// Tag names the type of an event in the journal.
func (BadgeGone) Tag() string { return "badge-gone" }

// AtRest reports whether somebody is signed in who can be signed out without taking
// anything out of their hands: no van is being loaded, and nothing is asked of them or
// looked up for them.
func (s State) AtRest() bool {
	return s.Person.ID != "" && s.Phase != Locked && s.Phase != Opening && s.Loading == nil && s.Return == nil &&
		s.Question == nil && s.Wanted == nil && s.PIN == nil &&
		!s.Awaits(func(e Effect) bool { return e.Kind == EffectQuote })
}

// badgeGone signs out whose badge no longer counts, or whose shift is over. The work
// stays for the next badge.
func (d *decision) badgeGone(e BadgeGone) {
	over := e.Why == ReasonShiftOver
	switch {
	case over && (d.s.Person.ID != e.Person || !d.s.Since.Equal(e.Since) || !d.s.AtRest()):
		// somebody else is here by now, or it is told again once they are at rest
	case d.s.Person.ID == "" || d.s.Person.ID != e.Person:
		d.notNow(ReasonNoQuestion)
	case d.s.Phase == Locked: // who unlocks it may see to that
		d.say(Refused, CodeLocked)
	default:
		kind := Refused
		if over { // nothing was done wrong
			kind = Info
		}
		d.disarm()
		d.dropUnlabelled()
		d.say(kind, CodeSignedOut, withReason(e.Why))
		d.emit(SignedOff{})
	}
}
