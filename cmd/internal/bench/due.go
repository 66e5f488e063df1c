package bench

import (
	"time"

	"packbench/station/engine"
	"packbench/station/pack"
)

// round gives the machine what is due.
func (b *Bench) round() {
	for _, e := range b.Due() {
		b.Engine.Post(engine.Result{Event: e})
	}
}

// Due is what the clock alone brings about: parcels whose label is due (C6), and the end
// of the shift that whoever is signed in came for (P1).
func (b *Bench) Due() (due []pack.Event) {
	s, now := b.Engine.State(), b.Clock()
	if len(s.LabelsDue(now)) > 0 {
		due = append(due, pack.Round{})
	}
	if b.Settings.Rules.ShiftSignOut && s.AtRest() && !s.Since.IsZero() && b.shiftOver(s.Since, now) {
		due = append(due, pack.BadgeGone{Person: s.Person.ID, Why: pack.ReasonShiftOver, Since: s.Since})
	}
	return due
}

// shiftOver reports whether the shift that somebody came for has ended.
func (b *Bench) shiftOver(came, now time.Time) bool {
	plan, err := b.ShiftPlan()
	if err != nil {
		return false // such settings are not read in the first place
	}
	end, ok := plan.Ends(came, b.Location())
	return ok && !now.Before(end)
}
