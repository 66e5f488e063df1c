package stock

import (
	"slices"
	"time"
)

// Sale is units that left with a parcel; below zero: that came back by its void, at the
// time of the parcel.
type Sale struct {
	At  time.Time
	Qty int
}

// MostWeeks is how far back a series goes: five years. Older sales say nothing of today.
const MostWeeks = 260

// Week numbers weeks from Monday to Sunday as the calendar of the time zone has them,
// whatever the clock was changed.
func Week(at time.Time, in *time.Location) int {
	y, m, d := at.In(in).Date()
	days := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86_400
	if days += 3; days < 0 { // 1 January 1970 was a Thursday
		days -= 6
	}
	return int(days / 7)
}

// Weeks sums sales by week, from the week of the first one to the last that is over. The
// time before a product was first sold is no demand of zero: it would make every
// forecast too low. A product first sold in the week that runs has no week yet.
func Weeks(sales []Sale, now time.Time, in *time.Location) []float64 {
	end := Week(now, in)
	sums := map[int]int{}
	for _, s := range sales {
		if w := Week(s.At, in); w < end && w >= end-MostWeeks {
			sums[w] += s.Qty
		}
	}
	first := end
	for w, n := range sums {
		if n > 0 {
			first = min(first, w)
		}
	}
	out := make([]float64, 0, end-first)
	for w := first; w < end; w++ {
		out = append(out, float64(max(sums[w], 0)))
	}
	return out
}

// Class is how a product sells: how often, and in how different amounts.
type Class string

// The classes.
const (
	Smooth       Class = "smooth"
	Erratic      Class = "erratic"      // every week, in very different amounts
	Intermittent Class = "intermittent" // some weeks
	Lumpy        Class = "lumpy"        // some weeks, in very different amounts
	Unsold       Class = "unsold"
)

// Where one class ends: weeks from sale to sale, and the squared coefficient of
// variation of the amounts.
// Source: Syntetos, Boylan, Croston, On the categorization of demand patterns, 2005.
const (
	rareWeeks  = 1.32
	wideAmount = 0.49
)

// ClassOf tells how a product sells by its weeks from the first sale on. adi is the mean
// number of weeks from sale to sale, cv2 the squared coefficient of variation of the
// amounts in the weeks that have one.
func ClassOf(weeks []float64) (c Class, adi, cv2 float64) {
	sold := slices.DeleteFunc(slices.Clone(weeks), func(w float64) bool { return w == 0 })
	if len(sold) == 0 {
		return Unsold, 0, 0
	}
	adi = float64(len(weeks)) / float64(len(sold))
	mean, spread := moments(sold)
	cv2 = spread * spread / (mean * mean)
	switch rare, wide := adi >= rareWeeks, cv2 >= wideAmount; {
	case rare && wide:
		return Lumpy, adi, cv2
	case rare:
		return Intermittent, adi, cv2
	case wide:
		return Erratic, adi, cv2
	}
	return Smooth, adi, cv2
}
