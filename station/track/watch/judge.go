package watch

import (
	"slices"
	"time"

	"packbench/station/track"
)

// Reason is why a parcel needs somebody.
type Reason string

// Why a parcel needs somebody, the most urgent first.
const (
	Contradiction Reason = "contradiction"  // what was said does not fit together
	FalseDelivery Reason = "false-delivery" // it is said to be delivered, and something speaks against it
	Lost          Reason = "lost"
	Damaged       Reason = "damaged"
	ComingBack    Reason = "coming-back"
	Cancelled     Reason = "cancelled"
	Address       Reason = "address"
	Held          Reason = "held"
	Attempt       Reason = "attempt-failed"
	PickUp        Reason = "waits-for-pick-up"
	NeverScanned  Reason = "never-scanned" // since it was handed over
	Silent        Reason = "silent"        // it moved, and then nothing
	Problem       Reason = "problem"       // the carrier does not say which
	Late          Reason = "late"          // by the promise of the day on which it left
	Delayed       Reason = "delayed"       // the carrier says so
)

// Reasons lists all, the most urgent first.
func Reasons() []Reason {
	return []Reason{Contradiction, FalseDelivery, Lost, Damaged, ComingBack, Cancelled, Address, Held, Attempt, PickUp, NeverScanned, Silent, Problem, Late, Delayed}
}

// Parcel is what is known of a parcel that has left.
type Parcel struct {
	Lane     Lane
	Country  string
	Handed   time.Time // to the driver
	Promised time.Time // day, as midnight in UTC, frozen when it left; zero: none
	Followed bool      // somebody would hear if it were scanned
	Standing track.Standing
	Asked    time.Time // when its buyer asked for it last; zero: not
	Postcode string
	// Settled are the doubts that a person has looked at, by their names.
	Settled func(Doubt) bool
}

// Found is what is wrong with a parcel.
type Found struct {
	Reason Reason
	Since  time.Time
	Days   int         // working days since then
	Most   int         // of a silence: how many are usual there
	Until  time.Time   // of a pick-up: the last day
	Clash  track.Clash // which contradiction, or what speaks against a delivery
	Also   []Reason
}

const (
	closesAfter = 48 * time.Hour // a delivery, where nothing speaks against it
	tooSoon     = 2 * time.Hour  // after the hand-over nobody has delivered yet
	remindAhead = 2              // days before the end of a collection
	forgotten   = 30 * dayLength // after its end a parcel is no longer anybody's work
)

// Judge says what is wrong with a parcel at a moment, in the shop's zone; false: nothing
// that a person should act on.
func Judge(p Parcel, gaps Gaps, works Works, now time.Time) (Found, bool) {
	var all []Found
	add := func(r Reason, since time.Time, more ...func(*Found)) {
		f := Found{Reason: r, Since: since, Days: works.Days(p.Lane.Carrier, p.Country, since.In(now.Location()), now)}
		for _, m := range more {
			m(&f)
		}
		all = append(all, f)
	}
	s := p.Standing
	if s.State.Ends() && now.Sub(s.At) > forgotten {
		return Found{}, false
	}
	for _, d := range slices.Backward(Doubts(p, gaps)) {
		if (p.Settled == nil || !p.Settled(d)) && !slices.ContainsFunc(all, func(f Found) bool { return f.Reason == d.Reason }) {
			add(d.Reason, d.Since, func(f *Found) { f.Clash = track.Clash(d.Code) })
		}
	}
	byState(p, now, add)
	if s.State != track.Delivered && !s.State.Ends() {
		bySilence(p, gaps, works, now, add)
		if !p.Promised.IsZero() && date(now).After(p.Promised) && (p.Followed || !s.Scanned.IsZero()) {
			add(Late, p.Promised.AddDate(0, 0, 1))
		}
	}
	if len(all) == 0 {
		return Found{}, false
	}
	slices.SortStableFunc(all, func(a, b Found) int { return slices.Index(Reasons(), a.Reason) - slices.Index(Reasons(), b.Reason) })
	worst := all[0]
	for _, f := range all[1:] {
		worst.Also = append(worst.Also, f.Reason)
	}
	return worst, true
}

// reasons are the states that need somebody for themselves.
var reasons = map[track.State]Reason{
	track.Lost: Lost, track.Damaged: Damaged, track.Refused: ComingBack, track.Returning: ComingBack, track.Returned: ComingBack, track.Cancelled: Cancelled,
	track.AddressProblem: Address, track.Held: Held, track.AttemptFailed: Attempt, track.Exception: Problem, track.Delayed: Delayed, track.Expired: Silent,
}

// byState finds what a parcel's state alone says.
func byState(p Parcel, now time.Time, add func(Reason, time.Time, ...func(*Found))) {
	s := p.Standing
	switch s.State {
	case track.Delivered:
		if s.Damaged {
			add(Damaged, s.At)
		}
	case track.ReadyForPickup:
		if waits := s.Until; !waits.IsZero() && !date(now).Before(waits.AddDate(0, 0, -remindAhead)) || waits.IsZero() && now.Sub(s.At) > 5*dayLength {
			add(PickUp, s.At, func(f *Found) { f.Until = waits })
		}
	default:
		if r, ok := reasons[s.State]; ok {
			add(r, s.At)
		}
	}
}

// bySilence finds parcels of which nothing was heard for too long.
func bySilence(p Parcel, gaps Gaps, works Works, now time.Time, add func(Reason, time.Time, ...func(*Found))) {
	s := p.Standing
	quiet := func(since time.Time) int { return works.Days(p.Lane.Carrier, p.Country, since.In(now.Location()), now) }
	switch {
	case s.Scanned.IsZero():
		if p.Followed && !p.Handed.IsZero() && quiet(p.Handed) >= 1 {
			add(NeverScanned, p.Handed)
		}
	case s.State == track.ReadyForPickup: // it is the buyer's turn
	case s.State == track.Expired: // said already
	default:
		if most := gaps.Most(p.Lane); quiet(s.Last) > most {
			add(Silent, s.Last, func(f *Found) { f.Most = most })
		}
	}
}
