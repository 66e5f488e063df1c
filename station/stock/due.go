package stock

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Grade is how often a product is picked: it says how often it is counted.
type Grade string

// The grades: A is what makes four of five picked lines, C the last twentieth.
const (
	GradeA Grade = "A"
	GradeB Grade = "B"
	GradeC Grade = "C"
)

// every is after how many days a place is counted again, whatever happened.
var every = map[Grade]int{GradeA: 30, GradeB: 91, GradeC: 365}

// Grades sorts products by the lines that were picked of each; one that nobody picked is
// GradeC, and not in it.
func Grades(lines map[string]int) map[string]Grade {
	all := 0
	for _, n := range lines {
		all += n
	}
	skus := slices.SortedFunc(maps.Keys(lines), func(a, b string) int {
		return cmp.Or(cmp.Compare(lines[b], lines[a]), cmp.Compare(a, b))
	})
	out, before := make(map[string]Grade, len(lines)), 0
	for _, sku := range skus {
		switch {
		case before*5 < all*4:
			out[sku] = GradeA
		case before*20 < all*19:
			out[sku] = GradeB
		default:
			out[sku] = GradeC
		}
		before += lines[sku]
	}
	return out
}

// Trigger is why a place should be counted: what happened is a better sign of a wrong
// number than the calendar is.
type Trigger string

// The triggers, the most pressing first.
const (
	Differed Trigger = "differed" // the count before it found another number
	Wanted   Trigger = "asked"    // somebody asked for a count
	Negative Trigger = "negative" // the ledger is below zero, which cannot be
	Shorted  Trigger = "short"    // a packer did not find enough of it
	Empty    Trigger = "empty"    // by the ledger: a look costs seconds
	Calendar Trigger = "calendar"
)

var triggers = []Trigger{Differed, Wanted, Negative, Shorted, Empty, Calendar}

// Place is a product in a bin, and what happened there. Zero times are never.
type Place struct {
	SKU, Bin string
	OnHand   int
	Began    time.Time // when its stock began to be kept
	Counted  time.Time
	Moved    time.Time
	Shorted  time.Time
	Again    bool // it must be counted a second time
	Asked    bool // somebody asked for a count
}

// DueCount is a place that should be counted.
type DueCount struct {
	Place
	Why   Trigger
	Grade Grade
}

// Due lists the places that should be counted, the most pressing first, then by bin.
func Due(places []Place, grades map[string]Grade, now time.Time) []DueCount {
	var out []DueCount
	for _, p := range places {
		d := DueCount{Place: p, Grade: cmp.Or(grades[p.SKU], GradeC)}
		if d.Why = p.due(d.Grade, now); d.Why != "" {
			out = append(out, d)
		}
	}
	SortDue(out)
	return out
}

// SortDue puts the most pressing places first, then those of a grade, by bin.
func SortDue(due []DueCount) {
	slices.SortStableFunc(due, func(a, b DueCount) int {
		return cmp.Or(cmp.Compare(slices.Index(triggers, a.Why), slices.Index(triggers, b.Why)), cmp.Compare(a.Grade, b.Grade), cmp.Compare(a.Bin, b.Bin), cmp.Compare(a.SKU, b.SKU))
	})
}

func (p Place) due(g Grade, now time.Time) Trigger {
	counted := p.Counted
	if counted.IsZero() {
		counted = p.Began // somebody said how much there is
	}
	switch {
	case p.Again:
		return Differed
	case p.Asked:
		return Wanted
	case p.OnHand < 0 && p.Counted.Before(p.Moved):
		return Negative
	case p.Shorted.After(counted):
		return Shorted
	case p.OnHand == 0 && p.Counted.Before(p.Moved):
		return Empty
	case p.OnHand != 0 && !counted.IsZero() && !now.Before(counted.AddDate(0, 0, every[g])):
		return Calendar
	}
	return ""
}
