package track

import (
	"hash/fnv"
	"time"
)

// How often a parcel is asked after.
const (
	firstAsk    = 2 * time.Hour // after the hand-over
	everyUnseen = 6 * time.Hour // until the first scan
	everyMoving = 12 * time.Hour
	everyDue    = time.Hour // on the promised day, while deliveries are made
	everyLate   = 24 * time.Hour
	dueFrom     = 8 // o'clock
	dueUntil    = 20

	stopDelivered = 14 * 24 * time.Hour
	stopSilent    = 60 * 24 * time.Hour
)

// Asking is what decides when a parcel is asked after next.
type Asking struct {
	Number   string
	Handed   time.Time
	Promised time.Time // day, as midnight in UTC; zero: none
	Asked    time.Time // last; zero: never
	Standing Standing
}

// Next is when a parcel is to be asked after again; zero: never more. Parcels of one van
// are spread over time by their numbers. zone is that of the place of delivery, or the
// shop's.
func (a Asking) Next(zone *time.Location) time.Time {
	last := later(a.Handed, a.Standing.Last)
	base := later(a.Handed, a.Asked)
	every := everyMoving
	switch s := a.Standing; {
	case s.State == Delivered && a.Asked.Sub(s.Delivered) > stopDelivered, a.Asked.Sub(last) > stopSilent:
		return time.Time{}
	case s.State == Returned, s.State == Cancelled:
		return time.Time{}
	case s.State == Delivered:
		every = everyLate // whether it stays so
	case a.Asked.IsZero():
		return a.Handed.Add(firstAsk + a.spread(firstAsk))
	case a.lateOn(base.In(zone)):
		every = everyLate
	case s.Scanned.IsZero():
		every = everyUnseen
	}
	next := base.Add(every - every/8 + a.spread(every/4))
	if a.Promised.IsZero() || a.Standing.State == Delivered {
		return next
	}
	// Hourly on the promised day: from its morning on, or from the last time on that day.
	y, m, d := a.Promised.Date()
	from := time.Date(y, m, d, dueFrom, 0, 0, 0, zone).Add(a.spread(everyDue))
	until := time.Date(y, m, d, dueUntil, 0, 0, 0, zone)
	if hourly := later(from, base.Add(everyDue)); hourly.Before(next) && hourly.Before(until) {
		return hourly
	}
	return next
}

func (a Asking) lateOn(t time.Time) bool { return !a.Promised.IsZero() && day(t) > day(a.Promised) }

// spread is a part of a span that is always the same for a number.
func (a Asking) spread(of time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(a.Number))
	return of * time.Duration(h.Sum32()%1024) / 1024
}

// Limit is how many calls a provider takes within a time.
type Limit struct {
	Calls  int
	Within time.Duration
}

// Limits are what a provider takes, as it publishes it; of one that publishes nothing a
// careful two a second.
func Limits(provider string) []Limit {
	switch provider {
	case AfterShip:
		return []Limit{{10, time.Second}}
	case Track17:
		return []Limit{{3, time.Second}}
	case USPS:
		return []Limit{{60, time.Hour}}
	case DHL:
		return []Limit{{1, 5 * time.Second}, {250, 24 * time.Hour}}
	}
	return []Limit{{2, time.Second}}
}

// Pace keeps calls to a provider within its limits, in any span of time. Its zero value
// has none.
type Pace struct {
	limits []Limit
	calls  [][]time.Time // the last ones, as many as each limit allows, in a ring
	n      int
	barred time.Time // the provider said to wait so long
}

// NewPace returns the pace of a provider that has not been called yet.
func NewPace(limits []Limit) *Pace {
	p := &Pace{limits: limits}
	for _, l := range limits {
		p.calls = append(p.calls, make([]time.Time, max(l.Calls, 1)))
	}
	return p
}

// Wait is how long to wait before the next call; 0: none.
func (p *Pace) Wait(now time.Time) (wait time.Duration) {
	wait = max(p.barred.Sub(now), 0)
	for i, l := range p.limits {
		if at := p.calls[i][p.n%len(p.calls[i])]; !at.IsZero() {
			wait = max(wait, at.Add(l.Within).Sub(now))
		}
	}
	return wait
}

// Called notes a call.
func (p *Pace) Called(now time.Time) {
	for i := range p.calls {
		p.calls[i][p.n%len(p.calls[i])] = now
	}
	p.n++
}

// Bar keeps from calling for a while, because the provider said so.
func (p *Pace) Bar(until time.Time) { p.barred = later(p.barred, until) }
