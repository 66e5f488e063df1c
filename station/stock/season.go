package stock

import "math"

const (
	yearWeeks  = 52
	seasonRuns = 8 // weeks before, which the factor compares with
)

// Factor is how many times as much a product sold a year ago in the weeks that now
// begin, as in the eight weeks before those: every forecast of this package is too low
// before Christmas. Known is false without a year and eight weeks of sales, or where
// nothing was sold then.
func Factor(weeks []float64, run int) (factor float64, known bool) {
	at := len(weeks) - yearWeeks
	run = max(run, 1)
	if at < seasonRuns || at+run > len(weeks) {
		return 0, false
	}
	then, _ := moments(weeks[at : at+run])
	before, _ := moments(weeks[at-seasonRuns : at])
	if before == 0 {
		return 0, false
	}
	return then / before, true
}

// OrderIn is how many days what is there and on its way lasts until more must be
// ordered, 0 for now; known is false where nothing is sold.
func (p Plan) OrderIn(at Position, t Terms) (days float64, known bool) {
	switch {
	case p.OrderNow:
		return 0, true
	case p.Weekly <= 0:
		return 0, false
	}
	position := at.OnHand - at.Claimed + max(t.OnOrder, 0)
	return math.Max(float64(position-p.Point)/(p.Weekly/7), 0), true
}
