package carrier

import (
	"slices"
	"time"
)

// today is the carrier's date, "2026-01-31".
func (c Carrier) today(at time.Time) string { return at.In(c.Zone).Format(time.DateOnly) }

// day is midnight of a moment's day in the carrier's zone.
func (c Carrier) day(at time.Time) time.Time {
	y, m, d := at.In(c.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, c.Zone)
}

// next is the day after.
func (c Carrier) next(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, c.Zone)
}

// works reports whether the carrier moves parcels on a day.
func (c Carrier) works(day time.Time) bool {
	return c.WorkingDays[day.Weekday()] &&
		!slices.Contains(c.Holidays, day.Format(time.DateOnly)) &&
		!slices.Contains(c.Holidays, day.Format("01-02"))
}

// farthest bounds every walk through a calendar: LoadCards refuses a carrier
// without a working day in any year.
const farthest = 400

// ships is the day of collection: today until the cut-off of a working day,
// else the next working day.
func (c Carrier) ships(at time.Time, cutOff int) time.Time {
	at = at.In(c.Zone)
	day := c.day(at)
	if at.Hour()*60+at.Minute() >= cutOff {
		day = c.next(day)
	}
	for i := 0; i < farthest && !c.works(day); i++ {
		day = c.next(day)
	}
	return day
}

// arrives counts working days from the day of collection.
func (c Carrier) arrives(day time.Time, transit int) time.Time {
	for range transit {
		day = c.next(day)
		for i := 0; i < farthest && !c.works(day); i++ {
			day = c.next(day)
		}
	}
	return day
}
