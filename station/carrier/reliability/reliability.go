// Package reliability owns the share of parcels on time (C2): of a carrier, of a service
// of it, and of that service to one part of a country. It is pure: what became of
// parcels goes in, a share comes out.
//
// [New] takes what is known of the parcels of the last months, [Table.OnTime] answers.
// What is long ago counts less. Where little is known of a lane, the service speaks for
// it; where little is known of that, its carrier; and at last what card or account say.
// A carrier that is late just now is late in all its lanes, before the slow figures have
// noticed. It must not know where outcomes come from.
package reliability

import (
	"time"

	"packbench/station/country"
)

// Outcome is what is known of one parcel. Days are midnight in UTC of the day's date.
type Outcome struct {
	Carrier, Service string
	Lane             string    // see Lane; "": not known
	Promised         time.Time // day; zero: nothing was promised, then it is not counted
	Handed           time.Time // to the carrier; zero: not known
	Delivered        time.Time // day; zero: not yet
	Followed         bool      // somebody asks the carrier where it is
	Seen             bool      // the carrier has scanned it since it was handed over
	Lost             time.Time // day on which that was known; zero: it is not
}

// Lane is where a parcel goes as far as reliability tells it apart: a country, and in it
// the area that the first two characters of the postcode name.
func Lane(code, postcode string) string {
	code = country.Code(code)
	area := []rune(country.Key(code, postcode))
	return code + " " + string(area[:min(len(area), 2)])
}

const (
	half    = 60  // days after which an outcome counts half
	halfNow = 1   // the same, for what happens just now
	oldest  = 400 // days; what is older does not count
	// How many parcels' worth of trust a level has in the one above it, and what happens
	// just now in what usually does.
	trust    = 20
	trustNow = 10

	silence = 72 * time.Hour // after the hand-over, then no first scan is late

	whole = 1 << 16   // weight of an outcome of today
	all   = 1_000_000 // share of everything
)

// count is weights of parcels, and of those on time.
type count struct{ n, onTime int64 }

func (c *count) add(weight int64, onTime bool) {
	c.n += weight
	if onTime {
		c.onTime += weight
	}
}

// share is the part on time, drawn towards what is known from above.
func (c count) share(above, trust int64) int64 {
	return (c.onTime*all + trust*whole*above) / (c.n + trust*whole)
}

// Table is what parcels have shown.
type Table struct {
	carriers, now map[string]count
	services      map[[2]string]count
	lanes         map[[3]string]count
}

// New counts outcomes as they stand at a moment, by the calendar of its zone.
func New(outcomes []Outcome, now time.Time) *Table {
	t := &Table{map[string]count{}, map[string]count{}, map[[2]string]count{}, map[[3]string]count{}}
	y, m, d := now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	for _, o := range outcomes {
		onTime, day, known := o.judge(now, today)
		age := max(int(today.Sub(day)/(24*time.Hour)), 0)
		if !known || age > oldest {
			continue
		}
		put(t.carriers, o.Carrier, age, half, onTime)
		put(t.now, o.Carrier, age, halfNow, onTime)
		put(t.services, [2]string{o.Carrier, o.Service}, age, half, onTime)
		if o.Lane != "" {
			put(t.lanes, [3]string{o.Carrier, o.Service, o.Lane}, age, half, onTime)
		}
	}
	return t
}

func put[K comparable](in map[K]count, key K, age, half int, onTime bool) {
	c := in[key]
	c.add(weight(age, half), onTime)
	in[key] = c
}

// judge says whether a parcel was on time, and since which day that is known. A parcel
// that is open and not due says nothing, and neither does one that nobody follows.
func (o Outcome) judge(now, today time.Time) (onTime bool, since time.Time, known bool) {
	switch {
	case o.Promised.IsZero():
		return false, today, false
	case !o.Delivered.IsZero():
		return !o.Delivered.After(o.Promised), o.Delivered, true
	case !o.Lost.IsZero(): // it will not be on time, whatever was promised
		return false, o.Lost, true
	case !o.Followed:
		return false, today, false
	case today.After(o.Promised): // it is late since the day after
		return false, o.Promised.AddDate(0, 0, 1), true
	case !o.Seen && !o.Handed.IsZero() && now.Sub(o.Handed) > silence:
		return false, today, true
	}
	return false, today, false
}

// weight halves with every half-life, and falls evenly in between.
func weight(age, half int) int64 {
	w := int64(whole) >> min(age/half, 62)
	return w - w*int64(age%half)/int64(2*half)
}

// OnTime is the share on time, per mille, of a service to a lane. said is what its rate
// card or its account says; 0: nothing. Without any parcel it is what is said.
func (t *Table) OnTime(carrier, service, lane string, said int) int {
	if t == nil || t.carriers[carrier].n == 0 {
		return said
	}
	c := t.carriers[carrier]
	if said == 0 {
		said = usual
	}
	usually := c.share(int64(min(max(said, 0), 1000))*all/1000, trust)
	share := t.services[[2]string{carrier, service}].share(usually, trust)
	share = t.lanes[[3]string{carrier, service, lane}].share(share, trust)
	if now := t.now[carrier].share(usually, trustNow); now < usually {
		share = share * now / usually
	}
	return int(max((share*1000+all/2)/all, 1)) // 0 would be: not known
}

// usual is what is taken for a service of which nobody says anything.
const usual = 950
