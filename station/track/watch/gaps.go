package watch

import (
	"slices"
	"time"
)

const (
	enough    = 50 // parcels, before a lane's own gaps count
	fixed     = 3  // working days, until then
	leastGap  = 2
	mostGap   = 10
	percent   = 95
	mostDays  = 400 // that are walked through at most
	dayLength = 24 * time.Hour
)

// Works reports whether a carrier moves parcels to a country on a day. nil: on every day
// but Saturday and Sunday.
type Works func(carrier, country string, day time.Time) bool

// Days counts the working days after the day of from, up to that of to.
func (w Works) Days(carrier, country string, from, to time.Time) (n int) {
	day := date(from)
	for range min(int(date(to).Sub(day)/dayLength), mostDays) {
		if day = day.AddDate(0, 0, 1); w.on(carrier, country, day) {
			n++
		}
	}
	return n
}

func (w Works) on(carrier, country string, day time.Time) bool {
	if w != nil {
		return w(carrier, country, day)
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func date(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Lane is where parcels of a service go.
type Lane struct{ Carrier, Service, To string }

// Way is the scans of a parcel that has arrived.
type Way struct {
	Lane    Lane
	Country string
	Scans   []time.Time // in order, the delivery among them
}

// Gaps are how many working days each lane is silent at most, nineteen times in twenty.
type Gaps struct {
	of            map[Lane]int
	came, scanned map[string]int // parcels of each carrier that arrived, and those that were scanned before
}

// NewGaps learns from parcels that have arrived. Of each its longest silence counts: who is
// asked about a parcel is asked once, however many scans it has. A lane with too few
// parcels has the gap of its service, and that of its carrier.
func NewGaps(ways []Way, works Works) Gaps {
	seen := map[Lane][]int{}
	for _, w := range ways {
		longest := 0
		for i := 1; i < len(w.Scans); i++ {
			longest = max(longest, works.Days(w.Lane.Carrier, w.Country, w.Scans[i-1], w.Scans[i]))
		}
		if len(w.Scans) < 2 {
			continue
		}
		for _, l := range w.Lane.levels() {
			seen[l] = append(seen[l], longest)
		}
	}
	g := Gaps{map[Lane]int{}, map[string]int{}, map[string]int{}}
	for _, w := range ways {
		g.came[w.Lane.Carrier]++
		if len(w.Scans) > 1 {
			g.scanned[w.Lane.Carrier]++
		}
	}
	for l, gaps := range seen {
		if len(gaps) >= enough {
			slices.Sort(gaps)
			g.of[l] = min(max(gaps[(len(gaps)*percent+99)/100-1], leastGap), mostGap)
		}
	}
	return g
}

func (l Lane) levels() [3]Lane {
	return [3]Lane{l, {Carrier: l.Carrier, Service: l.Service}, {Carrier: l.Carrier}}
}

// Scans reports whether a carrier scans nearly all parcels before they arrive, as far as that
// is known.
func (g Gaps) Scans(carrier string) bool {
	return g.came[carrier] >= enough && g.scanned[carrier]*100 >= g.came[carrier]*percent
}

// Most is how many working days a lane is silent at most before somebody should ask.
func (g Gaps) Most(l Lane) int {
	for _, level := range l.levels() {
		if n, ok := g.of[level]; ok {
			return n
		}
	}
	return fixed
}
