package carrier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/unit"
)

// choose sorts the quotes, marks one and gives each its line of reason.
func choose(all []Quote, p Parcel) {
	kept := slices.ContainsFunc(all, func(q Quote) bool { return q.Allowed && q.Keeps })
	slices.SortStableFunc(all, func(a, b Quote) int { return order(a, b, p.Service, kept) })
	if len(all) == 0 || !all[0].Allowed {
		return
	}
	best := &all[0]
	best.Chosen = true
	asked := best.is(p.Service)
	best.Reason = why(all, p, asked, kept)
	for i := range all[1:] {
		q := &all[i+1]
		if q.Allowed {
			q.Reason = whyNot(*q, *best, p, asked, kept)
		}
	}
}

// is reports whether an order that wishes for a service means this one. Shops
// write its id or its name, in any case.
func (q Quote) is(wish string) bool {
	wish = strings.TrimSpace(wish)
	return wish != "" && (strings.EqualFold(q.Service, wish) || strings.EqualFold(q.Name, wish))
}

// order sorts the better quote first.
func order(a, b Quote, wish string, kept bool) int {
	first := func(x, y bool) int {
		switch {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	}
	if c := first(a.Allowed, b.Allowed); c != 0 {
		return c
	}
	if wish != "" {
		if c := first(a.is(wish), b.is(wish)); c != 0 {
			return c
		}
	}
	if c := first(a.Keeps, b.Keeps); c != 0 {
		return c
	}
	arrival := daysBetween(b.Promise, a.Promise)
	if !kept && arrival != 0 {
		return arrival
	}
	return cmp.Or(
		cmp.Compare(a.Price.Minor, b.Price.Minor),
		cmp.Compare(a.Score.Minor, b.Score.Minor),
		arrival,
		cmp.Compare(a.Carrier, b.Carrier),
		cmp.Compare(a.Service, b.Service),
	)
}

// why is the winner's line.
func why(all []Quote, p Parcel, asked, kept bool) string {
	best := all[0]
	rivals := 0
	for _, q := range all[1:] {
		if q.Allowed && q.Keeps == best.Keeps {
			rivals++
		}
	}
	var line string
	switch {
	case asked && !best.Keeps:
		line = "the order asks for it; arrives " + days(lateness(best, p)) + " after the promise"
	case asked:
		line = "the order asks for it"
	case !kept:
		line = "no service keeps the promise; this one arrives first, " + days(lateness(best, p)) + " late"
	case rivals == 0 && p.Promise.IsZero():
		line = "the only service that takes it"
	case rivals == 0:
		line = "the only one that keeps the promise"
	case p.Promise.IsZero():
		line = "cheapest"
	default:
		line = "cheapest that keeps the promise"
	}
	if p.Service != "" && !asked {
		line += "; " + missing(all, p.Service)
	}
	return line
}

// missing says why the wished service was not taken.
func missing(all []Quote, wish string) string {
	if slices.ContainsFunc(all, func(q Quote) bool { return q.is(wish) }) {
		return "the service that the order asks for, " + clip(wish) + ", does not take it"
	}
	return "no card has the service that the order asks for, " + clip(wish)
}

// whyNot is a loser's line.
func whyNot(q, best Quote, p Parcel, asked, kept bool) string {
	dearer := q.Price.Minor - best.Price.Minor
	switch {
	case asked && q.Keeps:
		return "the order asks for another service" + aside(dearer, q.Price.Currency)
	case kept && !q.Keeps:
		return "arrives " + days(lateness(q, p)) + " after the promise"
	}
	if later := daysBetween(best.Promise, q.Promise); !kept && later > 0 {
		return "arrives " + days(later) + " later"
	}
	switch {
	case dearer > 0:
		return unit.Money{Minor: dearer, Currency: q.Price.Currency}.String() + " dearer"
	case asked:
		return "the order asks for another service"
	case q.Score.Minor > best.Score.Minor:
		return "same price, more often late"
	case daysBetween(best.Promise, q.Promise) > 0:
		return "same price, arrives later"
	}
	return "same price; the first by name is taken"
}

func aside(dearer int64, currency string) string {
	amount := unit.Money{Minor: max(dearer, -dearer), Currency: currency}.String()
	switch {
	case dearer > 0:
		return "; " + amount + " dearer"
	case dearer < 0:
		return "; " + amount + " cheaper"
	}
	return ""
}

// lateness counts the days after the promise, in the carrier's calendar.
func lateness(q Quote, p Parcel) int {
	return daysBetween(p.Promise.In(q.Promise.Location()), q.Promise)
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

func clip(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

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
