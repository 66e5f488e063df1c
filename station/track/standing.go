package track

import (
	"slices"
	"time"
)

// Clash is how events do not fit together.
type Clash string

// How events do not fit together.
const (
	Withdrawn         Clash = "delivery-withdrawn"        // it was delivered, and went on
	DeliveredFirst    Clash = "delivered-before-accepted" // it was delivered, and the carrier had it only then
	DeliveredTwice    Clash = "delivered-twice"           // on days that lie apart
	DeliveredOnReturn Clash = "delivered-on-the-way-back" // to whom?
	MovesAfterReturn  Clash = "moves-after-return"
	MovesCancelled    Clash = "moves-though-cancelled"
	EndsApart         Clash = "ends-apart" // two ends at the same time
)

// Contradiction is a pair of events that do not fit together, by their ids.
type Contradiction struct {
	Clash       Clash
	Event, With string
	// Cleared: what was said later leaves no doubt about the end of the parcel.
	Cleared bool `json:",omitempty"`
}

// cleared are the ends that say what came of a clash, where they are surely later than it.
var cleared = map[Clash][]State{
	Withdrawn: {Delivered, Returned}, DeliveredFirst: {Delivered, Returned}, DeliveredOnReturn: {Returned}, MovesAfterReturn: {Delivered, Returned},
	MovesCancelled: {Delivered, Returned}, EndsApart: {Delivered, Returned},
}

// Standing is what is known of a parcel.
type Standing struct {
	Carrier, Number, Parcel string

	State         State
	Event         string    // that it rests on, by its id
	At            time.Time // since when, by the carrier
	Zone          Zone
	Source        string
	Code, Text    string // the carrier's own
	Place         string
	Last          time.Time // newest sign of it
	Heard         time.Time // when the newest of it came here first
	Scanned       time.Time // first time that the carrier had it; zero: not yet
	Delivered     time.Time // claimed, in the zone of the place where that is known; zero: not
	Evidence      Evidence
	Attempts      int       // that failed
	Until         time.Time // last day of a collection
	FirstExpected time.Time // day, as the carrier said it first
	LastExpected  time.Time // and as it says now
	Damaged       bool      // said at any time

	Ahead          int // events that were told before they can have happened: they do not count
	Contradictions []Contradiction
}

// Open reports whether something is still to come.
func (s Standing) Open() bool { return !s.State.Ends() }

// DeliveredDay is the day of the delivery where it was delivered, as midnight in UTC.
// Where its zone is not known it is told in zone.
func (s Standing) DeliveredDay(zone *time.Location) time.Time {
	at := s.Delivered
	if at.IsZero() {
		return at
	}
	if at.Location() == time.UTC {
		at = at.In(zone)
	}
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Of works out where a parcel is. The order of the events, and how often each stands
// there, make no difference. All must be of one parcel.
func Of(events []Event) Standing {
	sorted := events
	if !slices.IsSortedFunc(events, order) {
		sorted = slices.SortedFunc(slices.Values(events), order)
	}
	s := fold{Standing: Standing{State: Unknown}}
	for i, e := range sorted {
		if i == 0 || !same(e, sorted[i-1]) {
			s.add(e)
		}
	}
	if s.stands {
		s.Event = s.of.ID()
	}
	return s.Standing
}

// fold is a standing with the event that it rests on.
type fold struct {
	Standing
	of, delivery Event
	stands       bool
	clashed      []Event // of each contradiction the later event
}

func (s *fold) add(e Event) {
	s.Carrier, s.Number, s.Parcel = e.Carrier, e.Number, e.Parcel
	s.Heard = later(s.Heard, e.Heard)
	if !e.Expected.IsZero() {
		if s.FirstExpected.IsZero() {
			s.FirstExpected = e.Expected
		}
		s.LastExpected = e.Expected
		if e.State == Unknown { // an estimate is no news of the parcel itself
			return
		}
	}
	if e.Ahead() {
		s.Ahead++
		return
	}
	if e.State != Expired {
		s.Last = later(s.Last, e.At)
	}
	if e.State.Scanned() && s.Scanned.IsZero() {
		s.Scanned = e.At
	}
	if e.State == AttemptFailed {
		s.Attempts++
	}
	s.Damaged = s.Damaged || e.State == Damaged
	before := len(s.Contradictions)
	if s.passes(e) {
		s.take(e)
		s.clear(e, before)
	}
}

// clear notes which of the contradictions of before an event settles.
func (s *fold) clear(e Event, before int) {
	for i, c := range s.Contradictions[:before] {
		if slices.Contains(cleared[c.Clash], e.State) && e.surelyAfter(s.clashed[i]) {
			s.Contradictions[i].Cleared = true
		}
	}
}

// take has the parcel stand where an event says.
func (s *fold) take(e Event) {
	if again := e.State == s.State && s.stands; !again { // told again: since when stays
		s.State, s.At, s.Zone, s.Until, s.Evidence, s.Delivered = e.State, e.At, e.Zone, time.Time{}, Nothing, time.Time{}
		if e.State == Delivered {
			s.Delivered, s.delivery = e.At, e
		}
	}
	if !e.Until.IsZero() {
		s.Until = e.Until
	}
	if s.Evidence == Nothing {
		s.Evidence = e.Evidence
	}
	s.Source, s.Code, s.Text, s.Place, s.of, s.stands = e.Source, e.Code, e.Text, e.Place, e, true
}

// passes reports whether an event changes where the parcel stands, and notes what does not
// fit together.
func (s *fold) passes(e Event) bool {
	if !s.stands {
		return true
	}
	sure := e.surelyAfter(s.of)
	switch {
	case e.State == Unknown, e.State == Announced:
		return e.State.step() >= s.State.step() // news of the label say nothing of a parcel that moves
	case e.State == Expired:
		return !s.State.Ends() && !s.State.Problem()
	case s.State == e.State:
		if e.State == Delivered && e.At.Sub(s.Delivered) > 24*time.Hour+zoneFault {
			s.clash(DeliveredTwice, e)
		}
		return true
	case s.State.Ends():
		return s.goesOn(e, sure)
	case s.State == Returning || s.State == Refused:
		return s.comesBack(e, sure)
	case e.State == Accepted:
		return s.State.step() < Accepted.step()
	case e.State.step() < s.State.step():
		return sure // back to the depot, or a problem that is settled
	}
	return true
}

// goesOn is what follows an end.
func (s *fold) goesOn(e Event, sure bool) bool {
	switch {
	case s.State == Lost: // found, or the end of the search
		return sure || e.State == Delivered || e.State == Returned
	case e.State.Ends() && !sure:
		s.clash(EndsApart, e)
		return e.State.step() > s.State.step()
	case !sure, e.Clears && s.State == Delivered:
		return false
	case s.State == Delivered && s.Scanned.Equal(s.Delivered) && (e.State == Accepted || e.State == Announced):
		s.clash(DeliveredFirst, e)
	case s.State == Delivered:
		s.clash(Withdrawn, e)
	case s.State == Returned:
		s.clash(MovesAfterReturn, e)
	case s.State == Cancelled:
		s.clash(MovesCancelled, e)
	}
	return true
}

// comesBack is what follows once a parcel is on its way back, or was not wanted.
func (s *fold) comesBack(e Event, sure bool) bool {
	switch {
	case e.Clears && sure:
		return true
	case e.State == Delivered && s.State == Returning:
		s.clash(DeliveredOnReturn, e) // the shop or the buyer: a person must look
		return false
	case s.State == Refused && e.State == OutForDelivery:
		return sure
	}
	return e.State.step() > s.State.step()
}

func (s *fold) clash(c Clash, e Event) {
	with := s.of
	if s.State == Delivered {
		with = s.delivery
	}
	s.Contradictions = append(s.Contradictions, Contradiction{Clash: c, Event: e.ID(), With: with.ID()})
	s.clashed = append(s.clashed, e)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
