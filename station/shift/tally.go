package shift

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"packbench/station/pack"
	"packbench/station/unit"
)

// The three balances.
const (
	ofUnits   = "units"
	ofParcels = "parcels"
	ofOrders  = "orders"
)

var balances = [...]string{ofUnits, ofParcels, ofOrders}

// tally counts what happens in the window. Nothing before it is counted.
type tally struct {
	n        map[string]int      // flows by name
	gaps     map[string][]string // by balance
	entered  map[string]bool     // parcels packed in the window
	closed   map[string]int      // units of parcels closed in the window
	packers  map[string]*Work
	stations map[string]*Work
	carriers map[[2]string]*Carriage // by carrier and currency
	hours    map[int64]*Hour         // by unix second of the start
	errors   map[pack.Code]int
	rows     []Row
	marked   []Marked
	changes  []Change
	start    func(time.Time) time.Time
}

func newTally(start func(time.Time) time.Time) *tally {
	return &tally{
		n: map[string]int{}, gaps: map[string][]string{}, entered: map[string]bool{}, closed: map[string]int{},
		packers: map[string]*Work{}, stations: map[string]*Work{}, carriers: map[[2]string]*Carriage{},
		hours: map[int64]*Hour{}, errors: map[pack.Code]int{}, start: start,
	}
}

// mark takes down what is known of the units of a parcel that is closed; unmark drops it
// of one that is closed no longer.
func (t *tally) mark(in bool, f pack.ParcelDone) {
	if !in {
		return
	}
	for _, c := range f.Contents {
		for _, m := range c.Marked {
			m.SKU = c.SKU
			t.marked = append(t.marked, Marked{Order: f.Order, Parcel: f.Parcel, Units: m})
		}
	}
}

func (t *tally) unmark(parcel string) {
	t.marked = slices.DeleteFunc(t.marked, func(m Marked) bool { return m.Parcel == parcel })
}

func (t *tally) add(in bool, name string, n int) {
	if in {
		t.n[name] += n
	}
}

// enter, exit and leave: a parcel is packed, is opened again, is voided. A
// parcel that is packed and opened again in one window was not packed in it.
func (t *tally) enter(in bool, id string) {
	if in {
		t.n["packed"]++
		t.entered[id] = true
	}
}

func (t *tally) exit(in bool, id string) {
	switch {
	case !in:
	case t.entered[id]:
		t.n["packed"]--
	default:
		t.n["opened again"]++
	}
}

func (t *tally) leave(in bool, id string) {
	if in {
		t.n["voided"]++
		delete(t.entered, id)
	}
}

// close and reopen count the units of closed parcels. Reopening a parcel that
// was closed before the window brings its units back.
func (t *tally) close(in bool, id string, units int) {
	if in {
		t.n["in closed parcels"] += units
		t.closed[id] = units
	}
}

func (t *tally) reopen(in bool, id string, units int) {
	if !in {
		return
	}
	if n, ok := t.closed[id]; ok {
		t.n["in closed parcels"] -= n
		delete(t.closed, id)
		return
	}
	t.n["reopened"] += units
}

// did counts what a packer did at a station, for both.
func (t *tally) did(station, person string, change func(*Work)) {
	for _, of := range []struct {
		in map[string]*Work
		id string
	}{{t.packers, person}, {t.stations, station}} {
		w, ok := of.in[of.id]
		if !ok {
			w = &Work{ID: of.id}
			of.in[of.id] = w
		}
		change(w)
	}
}

// count counts for the packer, the station and the hour.
func (t *tally) count(now moment, person string, change func(*Work), hour func(*Hour)) {
	if !now.in {
		return
	}
	t.did(now.writer, person, change)
	t.hour(now.at, hour)
}

func (t *tally) hour(at time.Time, change func(*Hour)) {
	start := t.start(at)
	h, ok := t.hours[start.Unix()]
	if !ok {
		h = &Hour{Start: start}
		t.hours[start.Unix()] = h
	}
	change(h)
}

func (t *tally) carriage(carrier, currency string) *Carriage {
	key := [2]string{carrier, currency}
	c, ok := t.carriers[key]
	if !ok {
		zero := unit.Money{Currency: currency}
		c = &Carriage{Carrier: carrier, Currency: currency, Cost: zero, Back: zero}
		t.carriers[key] = c
	}
	return c
}

func (t *tally) charge(in bool, carrier string, price unit.Money) {
	if in {
		c := t.carriage(carrier, price.Currency)
		c.Parcels++
		c.Cost.Minor += price.Minor
	}
}

func (t *tally) refund(in bool, p Parcel) {
	if in {
		c := t.carriage(p.Carrier, p.Price.Currency)
		c.Voided++
		c.Back.Minor += p.Price.Minor
	}
}

func sortedWork(m map[string]*Work) []Work {
	var out []Work
	for _, id := range slices.Sorted(maps.Keys(m)) {
		out = append(out, *m[id])
	}
	return out
}

func (t *tally) sortedCarriers() []Carriage {
	var out []Carriage
	for _, c := range t.carriers {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Carriage) int {
		return cmp.Or(cmp.Compare(a.Carrier, b.Carrier), cmp.Compare(a.Currency, b.Currency))
	})
	return out
}

func (t *tally) sortedErrors() []Count {
	var out []Count
	for code, n := range t.errors {
		out = append(out, Count{code, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Code, b.Code)) })
	return out
}
