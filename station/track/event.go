package track

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
	"time"
)

// Zone is how certain it is where on the clock an event lies.
type Zone string

// How certain the time of an event is.
const (
	Exact Zone = ""      // its zone was told
	Local Zone = "local" // a clock on a wall without its zone, read in the shop's
	Day   Zone = "day"   // a day without a time of day
)

// Evidence is what a carrier says for a delivery.
type Evidence string

// What carriers say for a delivery. Who signed is never kept.
const (
	Nothing   Evidence = ""
	Signed    Evidence = "signed"
	Collected Evidence = "collected" // by the buyer
	Neighbour Evidence = "neighbour"
	Paid      Evidence = "paid" // on delivery
	Photo     Evidence = "photo"
	Code      Evidence = "code" // a number that the buyer said
)

// Event is one thing that a carrier, or a service that follows parcels, says of a parcel.
type Event struct {
	Key      string // its id, where it was read from where it is kept
	Carrier  string
	Number   string // the tracking number
	Parcel   string
	At       time.Time // when it happened, in the zone of the place where that is known
	Zone     Zone
	Heard    time.Time // when it came here first
	Source   string    // who said so: an account, a service, a file
	Code     string    // the carrier's own code
	Text     string    // its own words
	Place    string
	State    State
	Clears   bool // it says that what was wrong is settled
	Evidence Evidence
	Until    time.Time // last day of a collection; zero: not said
	Expected time.Time // day for which the carrier expects to deliver, as midnight in UTC; zero: not said
}

// clockFault is how far the clocks of a carrier and of the shop may stand apart, and
// zoneFault how far a time without a zone may lie from where it is taken to be.
const (
	clockFault = 15 * time.Minute
	zoneFault  = 14 * time.Hour
)

// Ahead reports whether an event was told before it can have happened. One that is told
// again afterwards is another event.
func (e Event) Ahead() bool {
	fault := clockFault
	switch e.Zone {
	case Local:
		fault = zoneFault
	case Day:
		fault += zoneFault
	}
	return !e.Heard.IsZero() && e.At.After(e.Heard.Add(fault))
}

// ID tells an event from all others of all parcels: the same one, told again, has the same.
func (e Event) ID() string {
	if e.Key != "" {
		return e.Key
	}
	h := sha256.New()
	for _, part := range []string{
		e.Carrier, e.Number, e.Parcel, e.Source, e.At.UTC().Format(time.RFC3339Nano), string(e.Zone), e.Code, e.Text, e.Place, string(e.State),
		strconv.FormatBool(e.Clears), string(e.Evidence), day(e.Until), day(e.Expected), strconv.FormatBool(e.Ahead()),
	} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:15]))
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Since leaves out what happened before a parcel began: a carrier uses numbers again. A
// clock without a zone gets the benefit of the doubt.
func Since(events []Event, began time.Time) (of []Event, before int) {
	for _, e := range events {
		if fault := cmp.Or(map[Zone]time.Duration{Local: zoneFault, Day: 24*time.Hour + zoneFault}[e.Zone], clockFault); e.At.Before(began.Add(-fault)) {
			before++
			continue
		}
		of = append(of, e)
	}
	return of, before
}

// order puts events by their time. Of those at one time the one that comes first on a
// parcel's way comes first, so that the order of arrival is never asked.
func order(a, b Event) int {
	if c := inTime(a, b); c != 0 {
		return c
	}
	return a.Heard.Compare(b.Heard)
}

// same reports whether two are one event that was heard twice.
func same(a, b Event) bool { return inTime(a, b) == 0 }

func inTime(a, b Event) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	if c := a.State.step() - b.State.step(); c != 0 {
		return c
	}
	c := cmp.Or(
		strings.Compare(string(a.State), string(b.State)), strings.Compare(string(a.Zone), string(b.Zone)), strings.Compare(a.Source, b.Source),
		strings.Compare(a.Code, b.Code), strings.Compare(string(a.Evidence), string(b.Evidence)), number(a.Clears)-number(b.Clears),
		number(a.Ahead())-number(b.Ahead()), a.Until.Compare(b.Until), a.Expected.Compare(b.Expected),
	)
	if c == 0 && (a.Key == "" || a.Key != b.Key) { // the words may stand elsewhere
		c = strings.Compare(a.ID(), b.ID())
	}
	return c
}

func number(is bool) int {
	if is {
		return 1
	}
	return 0
}

// surelyAfter reports whether an event happened after another one, whatever is not certain
// of their times. Two clocks of one source go alike.
func (e Event) surelyAfter(o Event) bool {
	switch {
	case e.Zone == Day || o.Zone == Day:
		if e.Zone == o.Zone && e.Source == o.Source {
			return day(e.At) > day(o.At)
		}
		return e.At.Sub(o.At) > 24*time.Hour+zoneFault
	case e.Zone == Exact && o.Zone == Exact, e.Zone == o.Zone && e.Source == o.Source:
		return e.At.After(o.At)
	}
	return e.At.Sub(o.At) > zoneFault
}
