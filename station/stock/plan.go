package stock

import (
	"math"
	"slices"
)

// Terms are how a product is bought. Zero values are not known.
type Terms struct {
	Supplier string
	Lead     int // days from ordering to having
	Pack     int // units that the supplier sells at a time
	OnOrder  int // units that are ordered and not here
	// Season is how many times as much the coming weeks sell as those that are over, where
	// a person says so; 0: as much. LastYearSeason takes what was so a year ago, as far as
	// that is known.
	Season float64
}

// LastYearSeason is said for Terms.Season.
const LastYearSeason = -1

// MostSeason is how many times as much may be said at most.
const MostSeason = 20

// AssumedLead is how many days a delivery takes where nobody said it.
const AssumedLead = 14

// MaxLead is how many days a delivery may take: two years.
const MaxLead = 730

// Position is what there is of a product.
type Position struct {
	OnHand  int
	Claimed int // wanted by orders that are not packed
}

// Plan is when more of a product must be ordered, and how much.
type Plan struct {
	Class    Class
	Weeks    int     // that the forecast rests on; 0: nothing is known
	Weekly   float64 // expected units a week
	Lead     int     // days
	Assumed  bool    // nobody said how long a delivery takes
	Point    int     // order when on hand and on order, less what is claimed, is not above it
	Sampled  bool    // Point is what the weeks themselves needed, not a formula's
	DaysLeft float64 // until what is free is out; below zero: it is not known, or for ever
	OrderNow bool
	Qty      int // to order, in whole packs
	// LastYear is Factor of the weeks that an order of now is for, 0 where it is not known.
	LastYear float64
	Season   float64 // that the forecast was multiplied by, 0 for none
}

const (
	service    = 0.95  // of deliveries arrive before the last unit is gone
	serviceZ   = 1.645 // the same in standard deviations
	mostSample = 104   // weeks; what sold three years ago says little
	leastRuns  = 20    // runs of weeks that a quantile needs
	orderWeeks = 4     // an order lasts that long beyond the point
)

// PlanOf works a plan out. weeks begin with the first sale. Without a week of sales
// nothing can be said but that more is owed than there is.
func PlanOf(weeks []float64, at Position, t Terms, m Method) Plan {
	p := Plan{Weeks: len(weeks), Lead: t.Lead, DaysLeft: -1}
	p.Class, _, _ = ClassOf(weeks)
	if p.Lead <= 0 {
		p.Lead, p.Assumed = AssumedLead, true
	}
	p.LastYear, _ = Factor(weeks, int(math.Ceil(float64(p.Lead)/7))+orderWeeks)
	if p.Season = t.Season; t.Season == LastYearSeason {
		p.Season = p.LastYear
	}
	if p.Season > 0 {
		weeks = slices.Clone(weeks)
		for i := range weeks {
			weeks[i] *= p.Season
		}
	}
	p.Weekly = Forecast(m, weeks)
	free := at.OnHand - at.Claimed
	position := free + max(t.OnOrder, 0)
	if p.Weekly > 0 {
		p.DaysLeft = max(float64(free), 0) / (p.Weekly / 7)
		p.Point, p.Sampled = point(weeks, p.Weekly, p.Lead)
	}
	p.OrderNow = position < 0 || p.Weekly > 0 && position <= p.Point
	if p.OrderNow {
		upTo := float64(p.Point) + p.Weekly*orderWeeks
		packs := max(t.Pack, 1)
		p.Qty = max(1, whole(math.Min(upTo-float64(position), MaxQty)/float64(packs))) * packs
	}
	return p
}

// point is how many units must be there, or on their way, so that a delivery comes in
// time. The normal formula promises too much for goods that sell now and then, so that
// the sums of the runs of weeks as long as a delivery are asked, where there are enough
// of them; but never less than the forecast says.
func point(weeks []float64, weekly float64, lead int) (units int, sampled bool) {
	long := float64(lead) / 7
	run := int(math.Ceil(long))
	expected := weekly * long
	last := weeks[max(0, len(weeks)-mostSample):]
	if runs := len(last) - run + 1; runs >= leastRuns {
		return whole(max(Quantile(RunSums(last, run), service), expected)), true
	}
	mean, spread := moments(last)
	if len(last) < 2 {
		spread = math.Sqrt(mean) // as of sales that know nothing of each other
	}
	return whole(expected + serviceZ*spread*math.Sqrt(long)), false
}

// whole rounds units up, but for what comes of working with fractions.
func whole(units float64) int { return int(math.Ceil(units - 1e-6)) }

// RunSums are the sums of every run of so many weeks, one after another.
func RunSums(weeks []float64, run int) []float64 {
	var out []float64
	sum := 0.0
	for i, w := range weeks {
		sum += w
		if i >= run {
			sum -= weeks[i-run]
		}
		if i >= run-1 {
			out = append(out, sum)
		}
	}
	return out
}

// Quantile is the smallest of the values that at least the share q of them does not
// exceed.
func Quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return sorted[min(max(i, 0), len(sorted)-1)]
}

// Low reports whether a person should hear of the product: it must be ordered, or will
// be out before a delivery would come.
func (p Plan) Low() bool {
	return p.OrderNow || p.DaysLeft >= 0 && p.DaysLeft < float64(p.Lead)
}
