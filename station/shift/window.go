package shift

import (
	"fmt"
	"time"
)

// Date is a calendar day, of no time zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads "2026-03-29".
func ParseDate(text string) (Date, error) {
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: it must be year-month-day, such as 2026-03-29", clip(text))
	}
	return DateOf(t), nil
}

// DateOf is the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// String writes "2026-03-29".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// Add is the day n days later.
func (d Date) Add(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// Before reports whether d comes before another day.
func (d Date) Before(other Date) bool { return d.String() < other.String() }

// at is a time of the day on the clock of a location. A time that the clock
// leaps over or shows twice is taken by the rule of time.Date, always the same
// one, so that two windows that meet there neither overlap nor leave a hole.
func (d Date) at(clock time.Duration, loc *time.Location) time.Time {
	seconds := int(clock / time.Second)
	return time.Date(d.Year, d.Month, d.Day, seconds/3600, seconds%3600/60, seconds%60, 0, loc)
}

// Window is the time from From up to, and without, To. Loc is the clock that
// people read.
type Window struct {
	Name string // "2026-03-29", "2026-03-29 shift 2"
	From time.Time
	To   time.Time
	Loc  *time.Location
}

// Day is the window of a whole day: 23, 24 or 25 hours long.
func Day(d Date, loc *time.Location) Window {
	return Window{Name: d.String(), From: d.at(0, loc), To: d.at(24*time.Hour, loc), Loc: loc}
}

// earlier names what the window began with.
func (w Window) earlier() string {
	if day := Day(DateOf(w.From.In(w.loc())), w.loc()); w.From.Equal(day.From) && w.To.Equal(day.To) {
		return "from yesterday"
	}
	return "from earlier"
}

// Plan is the shifts of a day, each from a time on the clock to another, in
// order. A shift that ends at or before its start ends on the next day; it
// belongs to the day that it starts on.
type Plan []Hours

// Hours are times on the clock, since midnight.
type Hours struct{ Start, End time.Duration }

// Window returns the n-th shift of a day, from 1.
func (p Plan) Window(d Date, n int, loc *time.Location) (Window, error) {
	if n < 1 || n > len(p) {
		return Window{}, fmt.Errorf("shift %d: the plan has %d shifts", n, len(p))
	}
	h := p[n-1]
	if h.End <= h.Start {
		h.End += 24 * time.Hour
	}
	return Window{
		Name: fmt.Sprintf("%s shift %d", d, n), From: d.at(h.Start, loc), To: d.at(h.End, loc), Loc: loc,
	}, nil
}

// Ends is when the shift is over that somebody who came at a time works in: of several
// the last one, and between shifts the next to begin, for which they came early. ok is
// false where there are no shifts.
func (p Plan) Ends(came time.Time, loc *time.Location) (end time.Time, ok bool) {
	var next Window
	for days := -1; days <= 1; days++ {
		for n := range p {
			w, err := p.Window(DateOf(came.In(loc)).Add(days), n+1, loc)
			switch {
			case err != nil: // all of the plan are asked for
			case w.has(came) && w.To.After(end):
				end = w.To
			case w.From.After(came) && (next.From.IsZero() || w.From.Before(next.From)):
				next = w
			}
		}
	}
	if end.IsZero() {
		end = next.To
	}
	return end, !end.IsZero()
}

// ParseHours reads "06:00-14:30" and "22:00-06:00".
func ParseHours(text string) (Hours, error) {
	var h1, m1, h2, m2 int
	if n, err := fmt.Sscanf(text, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil || n != 4 ||
		text != fmt.Sprintf("%02d:%02d-%02d:%02d", h1, m1, h2, m2) || h1 > 23 || h2 > 24 || m1 > 59 || m2 > 59 ||
		h1 < 0 || h2 < 0 || m1 < 0 || m2 < 0 || h2 == 24 && m2 > 0 {
		return Hours{}, fmt.Errorf("hours %q: they must be start-end, such as 06:00-14:30", clip(text))
	}
	clock := func(h, m int) time.Duration { return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute }
	return Hours{clock(h1, m1), clock(h2, m2)}, nil
}

// has reports whether t lies in the window.
func (w Window) has(t time.Time) bool { return !t.Before(w.From) && t.Before(w.To) }

func (w Window) loc() *time.Location {
	if w.Loc == nil {
		return time.UTC
	}
	return w.Loc
}

// hour is the start of the clock hour that t lies in. It is reckoned back from
// t, because an hour that the clock shows twice is two hours.
func (w Window) hour(t time.Time) time.Time {
	l := t.In(w.loc())
	return l.Add(-time.Duration(l.Minute())*time.Minute - time.Duration(l.Second())*time.Second - time.Duration(l.Nanosecond()))
}

func clip(text string) string {
	if len(text) > 40 {
		return text[:40] + "…"
	}
	return text
}
