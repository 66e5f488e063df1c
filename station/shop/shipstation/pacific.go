package shipstation

import (
	"strings"
	"time"
	_ "time/tzdata" // a Windows bench has no zone files of its own
)

// pacific is where ShipStation's times are from.
var pacific = func() *time.Location {
	l, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		return time.FixedZone("Pacific", -8*3600)
	}
	return l
}()

// wall is how a time stands in a question. Reckoning is done with the hands of the
// clock, not with moments, because that is what the shop compares.
const wall = "2006-01-02 15:04:05"

// hands reads the time of an answer, "2015-06-29T14:30:07.8970000", "2015-06-29", as
// the hands of a clock at the West Coast, in no zone. The zero time stands for none.
func hands(text string) time.Time {
	text = strings.TrimSpace(text)
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.Parse(form, text); err == nil {
			return t
		}
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return handsOf(t)
	}
	return time.Time{}
}

// handsOf is what the clock at the West Coast shows at a moment.
func handsOf(t time.Time) time.Time {
	t = t.In(pacific)
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// moment is when the clock shows it. Of an hour that comes twice it is the first.
func moment(hands time.Time) time.Time {
	if hands.IsZero() {
		return hands
	}
	return time.Date(hands.Year(), hands.Month(), hands.Day(), hands.Hour(), hands.Minute(), hands.Second(), hands.Nanosecond(), pacific).UTC()
}

// day is a day that a person wrote, as its last second at the bench: what has no hour
// is not moved to another day by a zone.
func (s *Shop) day(text string) time.Time {
	t := hands(text)
	switch {
	case t.IsZero():
		return t
	case t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0:
		return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 59, 0, s.clock().Location())
	}
	return moment(t)
}

// asked writes a time for a question. One that the clock skips in spring goes an hour
// back, so that nothing is left out.
func asked(hands time.Time) string {
	there := time.Date(hands.Year(), hands.Month(), hands.Day(), hands.Hour(), hands.Minute(), hands.Second(), 0, pacific)
	if there.Hour() != hands.Hour() {
		hands = hands.Add(-time.Hour)
	}
	return hands.Format(wall)
}
