// Package holiday owns which days are public holidays, by country and by the parts
// of a country that have days of their own: [In] returns those of a year, [Known]
// reports whether they are known at all. It must know nothing of carriers, which
// work on some of these days and rest on others.
//
// The rules are those of github.com/rickar/cal, which follows the laws of some forty
// countries and is mended several times a year: no table of our own would keep up
// with days that move with Easter, with weekends and with parliaments.
package holiday

import (
	"strings"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
)

// Year is a year's public holidays, a bit a day of each month.
type Year [13]uint32

// Has reports whether a day is a holiday.
func (y *Year) Has(month time.Month, day int) bool { return y[month]&(1<<day) != 0 }

// Known reports whether the holidays of a country ("DE"), or of a part of it
// ("DE-BY"), are known here.
func Known(code string) bool {
	_, ok := calendars[code]
	return ok || len(partsOf(code)) > 0
}

// partsOf are the parts of a country whose holidays are known one by one.
func partsOf(code string) (parts []string) {
	for part := range calendars {
		if land, _, ok := strings.Cut(part, "-"); ok && land == code {
			parts = append(parts, part)
		}
	}
	return parts
}

// years are those that were asked for. Few of them ever are: the callers ask about
// the days of parcels.
var years sync.Map // of asked, *Year

type asked struct {
	code string
	year int
}

// In returns the public holidays of a year; of a code that is not known there are
// none. A day that is kept on another one because of a weekend is one together with
// its substitute: carriers may rest on both.
func In(code string, year int) *Year {
	if y, ok := years.Load(asked{code, year}); ok {
		return y.(*Year)
	}
	out := calculate(code, year)
	years.Store(asked{code, year}, out)
	return out
}

func calculate(code string, year int) *Year {
	out := new(Year)
	list, ok := calendars[code]
	if !ok {
		for i, part := range partsOf(code) {
			for month, days := range In(part, year) {
				if i == 0 {
					out[month] = days
				}
				out[month] &= days
			}
		}
	}
	note := func(day time.Time) {
		if !day.IsZero() && day.Year() == year {
			out[day.Month()] |= 1 << day.Day()
		}
	}
	for _, h := range list {
		if h.Type == cal.ObservanceReligious || h.Type == cal.ObservanceOther { // Mother's Day
			continue
		}
		for y := year - 1; y <= year+1; y++ { // the substitute of New Year's Day may lie in December
			actual, observed := h.Calc(y)
			note(actual)
			note(observed)
		}
	}
	return out
}

// Days are calculated as midnights of the library's own zone. In a zone whose clocks
// change at midnight some days have none.
func init() { cal.DefaultLoc = time.UTC }
