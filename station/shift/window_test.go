package shift

import (
	"slices"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
)

func TestDayLengths(t *testing.T) {
	loc := berlin(t)
	for _, c := range []struct {
		day   string
		hours int
	}{{"2026-03-28", 24}, {"2026-03-29", 23}, {"2026-10-25", 25}, {"2026-12-31", 24}} {
		d, err := ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		w := Day(d, loc)
		b, _ := Sheet(Carry{}, w, slices.Values([]journal.Entry(nil)))
		if got := w.To.Sub(w.From); got != time.Duration(c.hours)*time.Hour || len(b.Hours) != c.hours {
			t.Errorf("%s: %s long with %d hours in the book, want %d", c.day, got, len(b.Hours), c.hours)
		}
		if next := Day(DateOf(w.To), loc); !next.From.Equal(w.To) {
			t.Errorf("%s ends at %s, the next day starts at %s", c.day, w.To, next.From)
		}
	}
}

// The hour that the clock shows twice is two hours in the book.
func TestDoubledHour(t *testing.T) {
	loc := berlin(t)
	w := &writer{name: "S1", state: pack.New()}
	first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC) // 02:30 summer time
	w.badge(first.Add(-time.Hour), "P1", station.Packer)
	w.open(first, "1001", 5)
	w.item(first, "=TEA")
	w.item(first.Add(time.Hour), "=TEA")
	b, _ := Sheet(Carry{}, Day(Date{2026, 10, 25}, loc), slices.Values(w.entries))
	check(t, b)
	for i, want := range []int{0, 0, 1, 1, 0} {
		if b.Hours[i].Accepted != want {
			t.Errorf("hour %d (%s): %d units, want %d", i, b.Hours[i].Start.In(loc), b.Hours[i].Accepted, want)
		}
	}
}

func TestShiftOverMidnight(t *testing.T) {
	loc := berlin(t)
	var plan Plan
	for _, text := range []string{"06:00-14:00", "14:00-22:00", "22:00-06:00"} {
		h, err := ParseHours(text)
		if err != nil {
			t.Fatal(err)
		}
		plan = append(plan, h)
	}
	night, err := plan.Window(Date{2026, 3, 28}, 3, loc)
	if err != nil {
		t.Fatal(err)
	}
	if got := night.To.Sub(night.From); got != 7*time.Hour { // the clock leaps in this night
		t.Errorf("the night is %s long", got)
	}
	morning, _ := plan.Window(Date{2026, 3, 29}, 1, loc)
	if !morning.From.Equal(night.To) {
		t.Errorf("the night ends at %s, the morning starts at %s", night.To, morning.From)
	}
	w := &writer{name: "S1", state: pack.New()}
	w.badge(night.From.Add(-time.Hour), "P1", station.Packer)
	w.open(night.From.Add(-time.Minute), "1001", 3)
	w.item(night.From.Add(-time.Second), "=TEA")
	w.item(night.From, "=TEA")
	w.item(night.From.Add(3*time.Hour), "=TEA")
	w.ship(night.To, "340000000000000015")
	b, carry := Sheet(Carry{}, night, slices.Values(w.entries))
	check(t, b)
	if amount(b, "units", "carried in") != 1 || amount(b, "units", "accepted") != 2 || amount(b, "units", "in open parcels") != 3 {
		t.Errorf("units: %+v", b.Balances[0])
	}
	// The bench was silent for three hours with the order open: that is a pause.
	if open := b.Packers[0].Open; open != MaxPause {
		t.Errorf("open for %s, want %s", open, MaxPause)
	}
	next, _ := Sheet(carry, morning, slices.Values(w.entries))
	check(t, next)
	if amount(next, "units", "carried in") != 3 || amount(next, "units", "in closed parcels") != 3 {
		t.Errorf("units: %+v", next.Balances[0])
	}
	if _, err := plan.Window(Date{2026, 3, 28}, 4, loc); err == nil {
		t.Error("a fourth shift of three is given")
	}
}

func TestParseHours(t *testing.T) {
	for text, ok := range map[string]bool{
		"06:00-14:30": true, "22:00-06:00": true, "00:00-24:00": true,
		"": false, "6-14": false, "06:00": false, "25:00-26:00": false, "06:60-07:00": false, "06:00-14:30x": false, "-1:00-02:00": false,
	} {
		if _, err := ParseHours(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := ParseDate("29.3.2026"); err == nil {
		t.Error("a date of another form is taken")
	}
}
