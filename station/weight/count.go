package weight

import (
	"math"

	"packbench/station/unit"
)

// Unsure says why a load does not tell how many units it is of.
type Unsure string

// Why it does not.
const (
	NoMass   Unsure = "no-mass"   // nobody knows what one unit weighs
	TooLight Unsure = "too-light" // one unit is too little for this scale
	Spread   Unsure = "spread"    // so many units differ by as much as one of them
	NotWhole Unsure = "not-whole" // it is no whole number of them: something else lies there
)

// Counted is how many units of a product a load is of. N counts where Unsure is "" alone.
// Most is how many at a time can be told from one more or less, 0 for none.
type Counted struct {
	N      int
	Most   int
	Unsure Unsure
}

// mostCounted is how many are counted at a time at most.
const mostCounted = 9999

// Count says how many units of a product a load is of, where that is the difference of two
// readings of a scale. It knows a number where all but one in so many loads of that many
// units weigh less than half a unit more or less than it says.
func (m *Model) Count(it Item, load, division unit.Mass, oneIn int) Counted {
	if !m.Ready() {
		m = nil
	}
	b := m.product(it)
	if b.Mean <= 0 {
		return Counted{Unsure: NoMass}
	}
	if b.N == 0 { // what the catalogue says is as exact as it was written down
		b.Doubt = square(ofCatalogue*b.Mean + min(ofRounding, rounded(it.Mass)))
	}
	z := within(oneIn)
	wide := func(n int) float64 { // how far a load of so many may be off
		f := float64(n)
		return z * math.Sqrt(square(f)*b.Doubt+f*b.Spread+2*ofScale*square(float64(division)))
	}
	out := Counted{N: int(min(math.Round(float64(load)/b.Mean), mostCounted+1))}
	for out.Most < mostCounted && wide(out.Most+1) < b.Mean/2 {
		out.Most++
	}
	switch {
	case out.N < 1:
		out.N = 0
	case z*math.Sqrt(2*ofScale)*float64(division) >= b.Mean/2:
		out.Unsure = TooLight
	case out.N > out.Most:
		out.Unsure = Spread
	case math.Abs(float64(load)-float64(out.N)*b.Mean) > wide(out.N):
		out.Unsure = NotWhole
	}
	return out
}

// rounded is how far a mass may be off that was rounded to its last digit.
func rounded(m unit.Mass) float64 {
	step := unit.Mass(1)
	for m > 0 && m%(10*step) == 0 {
		step *= 10
	}
	return 0.3 * float64(step)
}

// Units is what so many units of each product weigh together, and by how much that may be
// off where it is the difference of two readings: all but one in so many are off by less.
// Known is false where a mass is missing.
func (m *Model) Units(items []Item, division unit.Mass, oneIn int) (mass, tolerance unit.Mass, known bool) {
	if !m.Ready() {
		m = nil
	}
	mean, variance := 0.0, 2*ofScale*square(float64(division))
	for _, it := range items {
		b := m.product(it)
		if b.Mean <= 0 {
			return 0, 0, false
		}
		n := float64(it.Qty)
		mean += n * b.Mean
		variance += square(n)*b.Doubt + math.Abs(n)*b.Spread
	}
	return unit.Mass(math.Round(mean)), unit.Mass(math.Ceil(within(oneIn) * math.Sqrt(variance))), true
}
