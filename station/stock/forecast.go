package stock

import "math"

// Method is how next week's demand is worked out from the weeks before.
type Method string

// The methods. On the weekly sales of 2,816 products of a web shop, exponential smoothing
// and the mean of eight weeks came out best or equal in every class; Croston's, made for
// spare parts, was worse for goods whose sales grow, and never falls when a product dies.
const (
	Mean    Method = "mean"    // of the last 8 weeks
	SES     Method = "ses"     // exponential smoothing, 0.2
	Croston Method = "croston" // amounts by intervals, 0.1
	SBA     Method = "sba"     // Croston's, less its bias
	TSB     Method = "tsb"     // amounts by the chance of a sale, 0.2 each
)

// Methods lists them.
func Methods() []Method { return []Method{SES, Mean, TSB, Croston, SBA} }

const (
	meanOf       = 8
	alpha        = 0.2
	alphaCroston = 0.1
)

// Forecast is the demand that a method expects of each week to come, from the weeks
// since the first sale; 0 without any.
func Forecast(m Method, weeks []float64) float64 {
	switch m {
	case Mean:
		last := weeks[max(0, len(weeks)-meanOf):]
		mean, _ := moments(last)
		return mean
	case Croston:
		return CrostonOf(weeks, alphaCroston)
	case SBA:
		return CrostonOf(weeks, alphaCroston) * (1 - alphaCroston/2)
	case TSB:
		return TSBOf(weeks, alpha, alpha)
	default:
		return SESOf(weeks, alpha)
	}
}

// SESOf smooths a series exponentially: the level begins with the first value and moves
// by the share a towards each value after it.
func SESOf(series []float64, a float64) float64 {
	if len(series) == 0 {
		return 0
	}
	level := series[0]
	for _, y := range series[1:] {
		level = a*y + (1-a)*level
	}
	return level
}

// CrostonOf is Croston's forecast: the smoothed amounts by the smoothed intervals from
// sale to sale, as forecast::croston of R works it out. The first interval is that to
// the first sale: leave out what comes before it.
// Source: Croston, Forecasting and stock control for intermittent demands, 1972.
func CrostonOf(series []float64, a float64) float64 {
	var amounts, intervals []float64
	last := -1
	for i, y := range series {
		if y > 0 {
			amounts, intervals, last = append(amounts, y), append(intervals, float64(i-last)), i
		}
	}
	if len(amounts) == 0 {
		return 0
	}
	return SESOf(amounts, a) / SESOf(intervals, a)
}

// TSBOf is the smoothed amount by the smoothed chance that a week has a sale, which
// falls with every week without one.
// Source: Teunter, Syntetos, Babai, Intermittent demand: linking forecasting to
// inventory obsolescence, 2011.
func TSBOf(series []float64, a, b float64) float64 {
	var amounts []float64
	chance := make([]float64, len(series))
	for i, y := range series {
		if y > 0 {
			amounts, chance[i] = append(amounts, y), 1
		}
	}
	return SESOf(amounts, a) * SESOf(chance, b)
}

// moments are mean and standard deviation, that of a sample; one value has none.
func moments(values []float64) (mean, spread float64) {
	if len(values) == 0 {
		return 0, 0
	}
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		spread += (v - mean) * (v - mean)
	}
	if len(values) < 2 {
		return mean, 0
	}
	return mean, math.Sqrt(spread / float64(len(values)-1))
}
