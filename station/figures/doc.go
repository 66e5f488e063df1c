// Package figures owns what a manager is told of parcels after they left, week by week: how
// long they took, how many came when they were promised, how often carriers failed at the
// door, what came back and how fast money went out. It is pure: parcels, returns, cases and
// questions go in, a [Report] comes out.
//
// Each figure has its definition beside it, how many it was counted of, and of how many
// nobody knows: what is not known counts for neither side. A share has its interval: the
// bounds by Wilson for nineteen cases in twenty. It must not know where the numbers come from.
package figures

import (
	"math"
	"slices"
	"time"
)

// Parcel is one that was handed over.
type Parcel struct {
	Order         string
	Carrier, Lane string
	Units         int
	Handed        time.Time
	Promised      time.Time // day, as midnight in UTC; zero: none
	Heard         bool      // somebody said something of it
	Scanned       bool      // its carrier had it
	Delivered     time.Time
	DeliveredDay  time.Time // at its place, as midnight in UTC
	Attempts      int       // that failed
	Problems      []string  // states that were a problem, each once
}

// Back is units that came back in a return, those that nobody matched without Handed.
type Back struct {
	Order  string
	Handed time.Time // when what it came back of had left
	Qty    int
	Reason string // a code; "": nobody said
}

// Money is what is owed for a return.
type Money struct {
	Return  string
	Arrived time.Time
	Paid    time.Time // zero: not yet
	Owed    bool      // still
}

// Input is all that a report is made of. Times are of a window that the report bounds.
type Input struct {
	Parcels []Parcel
	Backs   []Back
	Money   []Money
	Caught  []time.Time // mistakes that a bench refused and that became cases
	Asked   []time.Time // buyers who wanted to know where their parcel is
}

// Unit is what a figure is counted in.
type Unit string

// The units.
const (
	Share    Unit = "share"
	Hours    Unit = "hours"
	PerUnits Unit = "per-1000-units"
	PerBoxes Unit = "per-100-parcels"
)

// Value is a figure of some time.
type Value struct {
	Known   bool    `json:"known"`
	Value   float64 `json:"value"`
	Of      int     `json:"of"`           // counted
	Unknown int     `json:"unknown"`      // of which nobody knows
	Low     float64 `json:"low,omitzero"` // of a share
	High    float64 `json:"high,omitzero"`
}

// Figure is one with what it means.
type Figure struct {
	Key   string  `json:"key"`
	Unit  Unit    `json:"unit"`
	All   Value   `json:"all"`
	Weeks []Value `json:"weeks"` // in order, the running one last
}

// Lane is the parcels of a carrier to a part of a country.
type Lane struct {
	Carrier   string `json:"carrier"`
	Lane      string `json:"lane"`
	Parcels   int    `json:"parcels"`
	Hours     Value  `json:"hours"`
	OnTime    Value  `json:"on_time"`
	Exception Value  `json:"exceptions"`
}

// Count is how many there are of something.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Cohort is what came back of the units that left in a week.
type Cohort struct {
	Week    time.Time `json:"week"`
	Units   int       `json:"units"`
	Back    Value     `json:"back"`
	Ripe    bool      `json:"ripe"` // nearly all that comes back has come
	Reasons []Count   `json:"reasons"`
}

// Report is the figures of some weeks.
type Report struct {
	From     time.Time   `json:"from"`
	To       time.Time   `json:"to"`
	Weeks    []time.Time `json:"weeks"` // Mondays
	Figures  []Figure    `json:"figures"`
	Lanes    []Lane      `json:"lanes"`      // the most parcels first
	Problems []Count     `json:"exceptions"` // the most frequent first
	Cohorts  []Cohort    `json:"returns"`
	Open     int         `json:"owed"`            // returns of which money is owed
	Oldest   time.Time   `json:"oldest,omitzero"` // arrival of the one that waits longest; zero: none
}

const (
	ripeAfter = 30 * 24 * time.Hour // after its week
	scanAfter = 24 * time.Hour      // after the hand-over a carrier should have scanned it
	percent90 = 90
)

// wrong are the reasons of buyers that say that the bench made a mistake.
var wrong = []string{"wrong-item", "missing", "missing-item", "too-few", "wrong-quantity"}

// Monday is the first day of the week of a moment, in its zone.
func Monday(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, t.Location())
}

// Wilson are the bounds of a share.
func Wilson(good, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	p, size := float64(good)/float64(n), float64(n)
	mid, half := p+z*z/(2*size), z*math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	return max((mid-half)/(1+z*z/size), 0), min((mid+half)/(1+z*z/size), 1)
}

// share makes a value of how many of some are good.
func share(good, n, unknown int) Value {
	v := Value{Known: n > 0, Of: n, Unknown: unknown}
	if n > 0 {
		v.Value = float64(good) / float64(n)
		v.Low, v.High = Wilson(good, n)
	}
	return v
}

// rate makes a value of how many come to so many others.
func rate(count, n, each int) Value {
	v := Value{Known: n > 0, Of: n}
	if n > 0 {
		v.Value = float64(count) * float64(each) / float64(n)
	}
	return v
}

// part is the span that so many percent of some are not longer than, the nearest of them.
func part(spans []time.Duration, percent, unknown int) Value {
	v := Value{Known: len(spans) > 0, Of: len(spans), Unknown: unknown}
	if len(spans) > 0 {
		sorted := slices.Sorted(slices.Values(spans))
		v.Value = sorted[(len(sorted)*percent+99)/100-1].Hours()
	}
	return v
}
