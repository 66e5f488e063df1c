package shift

import (
	"fmt"
	"slices"
	"strings"
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
	if amount(b, "units", "from earlier") != 1 || amount(b, "units", "accepted") != 2 || amount(b, "units", "in open parcels") != 3 {
		t.Errorf("units: %+v", b.Balances[0])
	}
	// The bench was silent for three hours with the order open: that is a pause.
	if open := b.Packers[0].Open; open != MaxPause {
		t.Errorf("open for %s, want %s", open, MaxPause)
	}
	next, _ := Sheet(carry, morning, slices.Values(w.entries))
	check(t, next)
	if amount(next, "units", "from earlier") != 3 || amount(next, "units", "in closed parcels") != 3 {
		t.Errorf("units: %+v", next.Balances[0])
	}
	for _, n := range []int{0, 4} {
		if _, err := plan.Window(Date{2026, 3, 28}, n, loc); err == nil || err.Error() != fmt.Sprintf("shift %d: the plan has 3 shifts", n) {
			t.Errorf("shift %d of three: %v", n, err)
		}
	}
	if night.Name != "2026-03-28 shift 3" {
		t.Error(night.Name)
	}
	round, err := Plan{{6 * time.Hour, 6 * time.Hour}}.Window(Date{2026, 3, 30}, 1, loc)
	if err != nil || round.To.Sub(round.From) != 24*time.Hour {
		t.Errorf("from six to six: %s, %v", round.To.Sub(round.From), err)
	}
}

// A shift ends once for whoever came within it, over midnight and over a change of the
// clock; who comes between two shifts came early for the next, and of two the later counts.
func TestWhenAShiftEndsForWhoCame(t *testing.T) {
	loc := berlin(t)
	plan := func(all ...string) (p Plan) {
		for _, text := range all {
			h, err := ParseHours(text)
			if err != nil {
				t.Fatal(err)
			}
			p = append(p, h)
		}
		return p
	}
	three, gaps := plan("06:00-14:00", "14:00-22:00", "22:00-06:00"), plan("06:00-12:00", "13:00-18:00")
	for _, c := range []struct {
		plan      Plan
		came, end string
	}{
		{three, "2026-11-23 06:00", "2026-11-23 14:00"},
		{three, "2026-11-23 13:59", "2026-11-23 14:00"},
		{three, "2026-11-23 14:00", "2026-11-23 22:00"},
		{three, "2026-11-23 23:00", "2026-11-24 06:00"},
		{three, "2026-11-24 00:30", "2026-11-24 06:00"},
		{three, "2026-10-25 01:00", "2026-10-25 06:00"}, // the night of 25 hours
		{gaps, "2026-11-23 12:30", "2026-11-23 18:00"},
		{gaps, "2026-11-23 05:45", "2026-11-23 12:00"},
		{gaps, "2026-11-23 19:00", "2026-11-24 12:00"},
		{plan("06:00-14:00", "08:00-16:00"), "2026-11-23 09:00", "2026-11-23 16:00"},
		{plan("06:00-14:00", "08:00-16:00"), "2026-11-23 07:00", "2026-11-23 14:00"},
		{nil, "2026-11-23 09:00", ""},
	} {
		came, err := time.ParseInLocation("2006-01-02 15:04", c.came, loc)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if end, ok := c.plan.Ends(came.UTC(), loc); ok {
			got = end.In(loc).Format("2006-01-02 15:04")
		}
		if got != c.end {
			t.Errorf("who came at %s to %v: %q, want %q", c.came, c.plan, got, c.end)
		}
	}
}

func TestParseHours(t *testing.T) {
	for text, ok := range map[string]bool{
		"06:00-14:30": true, "22:00-06:00": true, "00:00-24:00": true, "23:59-00:59": true,
		"24:00-06:00": false, "06:00-24:01": false, "06:00-25:00": false, "06:00-07:60": false, "6:00-07:00": false,
		"06:-1-07:00": false, "06:00--7:00": false, "06:00-07:-1": false,
		"": false, "6-14": false, "06:00": false, "25:00-26:00": false, "06:60-07:00": false, "06:00-14:30x": false, "-1:00-02:00": false,
	} {
		if _, err := ParseHours(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
	if h, _ := ParseHours("06:15-14:45"); h != (Hours{6*time.Hour + 15*time.Minute, 14*time.Hour + 45*time.Minute}) {
		t.Errorf("from %v to %v", h.Start, h.End)
	}
	if _, err := ParseDate("29.3.2026"); err == nil {
		t.Error("a date of another form is taken")
	}
	for n, want := range map[int]string{40: `date "` + strings.Repeat("x", 40) + `"`, 41: `date "` + strings.Repeat("x", 40) + `…"`} {
		if _, err := ParseDate(strings.Repeat("x", n)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%d letters: %v", n, err)
		}
	}
}

// TestHoursOfAWindow: each has its line, also where a unit came in the midst of
// one; of a time longer than a month only those with work have.
func TestHoursOfAWindow(t *testing.T) {
	from := time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)
	at := from.Add(8*time.Hour + 30*time.Minute + 15*time.Second + 7*time.Nanosecond)
	for days, want := range map[int]int{1: 24, 31: 31 * 24, 32: 1} {
		w := Window{From: from, To: from.AddDate(0, 0, days)} // its clock is UTC
		b, _ := Sheet(Carry{}, w, slices.Values(written(at, row(taken("1"), units(2, pack.ByScan)))))
		i := slices.IndexFunc(b.Hours, func(h Hour) bool { return h.Accepted == 2 })
		if len(b.Hours) != want || i < 0 || !b.Hours[i].Start.Equal(from.Add(8*time.Hour)) {
			t.Errorf("%d days: %d hours, want %d; the units are in the %d. of them", days, len(b.Hours), want, i)
		}
	}
}

// TestClocksSetBack: nothing is counted before what its bench wrote earlier, and
// nothing after the window's end.
func TestClocksSetBack(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	at := func(h, m int) time.Time {
		return day.From.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute)
	}
	asked := row(pack.Judged{Verdict: pack.Verdict{Kind: pack.Asked, Code: pack.CodeItem}})
	entry := func(writer string, seq int64, at time.Time) journal.Entry {
		return journal.Entry{Writer: writer, Seq: seq, At: at, Facts: asked}
	}
	entries := []journal.Entry{
		entry("S1", 1, at(9, 0)),
		entry("S1", 2, at(8, 0)),   // an hour back
		entry("S2", 1, at(-50, 0)), // two days behind: of that day, as nobody can know better
		entry("S1", 3, at(23, 0)),
		entry("S1", 4, at(25, 0)), // the next day
		entry("S1", 5, at(10, 0)), // goes on there
		entry("S2", 2, at(24, 0)), // the end is the next day's
	}
	b, carry := Sheet(Carry{}, day, slices.Values(entries))
	var got []string
	for _, r := range b.Rows {
		got = append(got, r.ID+" "+r.At.Format("02 15:04"))
	}
	if want := []string{"S1.1 30 09:00", "S1.2 30 09:00", "S1.3 30 23:00"}; !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
	next, _ := Sheet(carry, Day(Date{2026, 3, 31}, time.UTC), slices.Values(entries))
	if len(next.Rows) != 3 || next.Rows[0].ID != "S2.2" || next.Rows[1].ID != "S1.4" || !next.Rows[2].At.Equal(at(25, 0)) {
		t.Errorf("the next day has %+v", next.Rows)
	}
}

// A10: a bench whose clock is an hour behind takes an order that another one has just
// left. Each day's book comes out even, wherever midnight lies.
func TestAnOrderGoesToABenchWhoseClockIsBehind(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	left := pack.OrderLeft{Order: "1", Units: 2}
	for _, began := range []time.Duration{12 * time.Hour, 23*time.Hour + 58*time.Minute} {
		at := day.From.Add(began)
		one := []journal.Entry{
			{Writer: "S1", Seq: 1, At: at, Facts: row(taken("1"), units(2, pack.ByScan)), Arrived: 1},
			{Writer: "S1", Seq: 2, At: at.Add(4 * time.Minute), Facts: row(left), Arrived: 2},
		}
		two := []journal.Entry{
			{Writer: "S2", Seq: 1, At: at.Add(-55 * time.Minute), Facts: row(taken("1"), units(1, pack.ByScan)), Arrived: 3},
			{Writer: "S2", Seq: 2, At: at.Add(-50 * time.Minute), Facts: row(pack.OrderParked{Order: "1"}), Arrived: 4},
		}
		today, carry := Sheet(Carry{}, day, slices.Values(one), slices.Values(two))
		tomorrow, _ := Sheet(carry, Day(Date{2026, 3, 31}, time.UTC), slices.Values(one), slices.Values(two))
		for _, b := range append(today.Balances, tomorrow.Balances...) {
			if !b.Even() {
				t.Errorf("from %v on: %s %+v", began, b.Of, b)
			}
		}
		if n := amount(today, ofOrders, "opened") + amount(tomorrow, ofOrders, "opened"); n != 2 {
			t.Errorf("from %v on: %d orders were opened, want 2", began, n)
		}
	}
}

// What another bench may go on with is followed by the names that stand in a row.
func TestWhatAFactIsAbout(t *testing.T) {
	for _, c := range []struct {
		fact pack.Fact
		want []string
	}{
		{taken("1"), []string{"1", "1-1"}},
		{pack.OrderLeft{Order: "1"}, []string{"1"}},
		{pack.OrderClosed{Order: "1"}, []string{"1"}},
		{pack.LabelKept{Parcel: "1-1"}, []string{"1-1"}},
		{pack.LabelVoided{Parcel: "1-1"}, []string{"1-1"}},
		{pack.DocumentStood{Printing: pack.Printing{Document: pack.Document{Of: "1-1"}}}, []string{"1-1"}},
		{pack.ParcelDone{Order: "1", Parcel: "1-1"}, []string{"1", "1-1"}},
		{pack.ParcelBegun{Parcel: "1-2"}, []string{"1-2"}},
		{pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "1-1", Order: "1"}}, []string{"1", "1-1"}},
		{pack.ParcelLoaded{Loaded: pack.Loaded{Order: "1", Parcel: "1-1"}}, []string{"1", "1-1"}},
		{pack.ParcelUnloaded{Loaded: pack.Loaded{Order: "1", Parcel: "1-1"}}, []string{"1", "1-1"}},
		{pack.OrderParked{Order: "1"}, nil},
	} {
		if got := touched(c.fact); !slices.Equal(got, c.want) {
			t.Errorf("%T is about %v, want %v", c.fact, got, c.want)
		}
	}
}
