package reliability

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func day(n int) time.Time { return time.Date(2026, 11, 20+n, 0, 0, 0, 0, time.UTC) }

// noon of the day that outcomes are looked at on.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.FixedZone("", 3600))

// delivered is n parcels of a lane, so many days after the promised day, which was ago
// days before today.
func delivered(n int, carrier, service, lane string, ago, late int) []Outcome {
	return slices.Repeat([]Outcome{{Carrier: carrier, Service: service, Lane: lane, Promised: day(-ago - late), Delivered: day(-ago)}}, n)
}

// Worked out by hand, with the card's 950: 18 of 20 by the carrier and the service, 8 of
// 10 to the lane.
func TestSharesByHand(t *testing.T) {
	long := slices.Concat(
		delivered(8, "a", "x", "DE 10", 120, 0), delivered(2, "a", "x", "DE 10", 120, 1), delivered(10, "a", "x", "DE 20", 120, 0),
	) // two half-lives ago: 20 weigh 5, 10 weigh 2.5
	for _, tt := range []struct {
		name                   string
		outcomes               []Outcome
		carrier, service, lane string
		want                   int
	}{
		{"nothing known", nil, "a", "x", "DE 10", 950},
		{"of another carrier", delivered(50, "b", "x", "DE 10", 0, 3), "a", "x", "DE 10", 950},
		// carrier (4.5+19)/25 = 940, service (4.5+18.8)/25 = 932, lane (2+18.64)/22.5 = 917.3
		{"a lane", long, "a", "x", "DE 10", 917},
		// lane (2.5+18.64)/22.5 = 939.6
		{"a better lane", long, "a", "x", "DE 20", 940},
		{"a lane that is not known", long, "a", "x", "FR 75", 932},
		{"a service that is not known", long, "a", "y", "DE 10", 940},
		// carrier (0+19)/21 = 904.8; just now (0+10×904.8)/11 = 822.5, that is 909.1 of it.
		// service (0+20×904.8)/21 = 861.7, lane 820.6, times 909.1
		{"one that is late today", delivered(1, "a", "x", "DE 10", 0, 1), "a", "x", "DE 10", 746},
		{"its carrier elsewhere", delivered(1, "a", "x", "DE 10", 0, 1), "a", "z", "FR 75", 823},
		// a day ago it weighs half just now: 10×904.7/10.5, and 119/120 usually
		{"one that was late yesterday", delivered(1, "a", "x", "DE 10", 1, 1), "a", "z", "FR 75", 862},
		{"much too long ago", delivered(50, "a", "x", "DE 10", 401, 9), "a", "x", "DE 10", 950},
	} {
		if got := New(tt.outcomes, noon).OnTime(tt.carrier, tt.service, tt.lane, 950); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
	if got := (*Table)(nil).OnTime("a", "x", "", 940); got != 940 {
		t.Errorf("no table: %d", got)
	}
	if got := New(long, noon).OnTime("a", "x", "FR 75", 0); got != 932 {
		t.Errorf("nothing said is as usual: %d", got)
	}
	if got := New(delivered(100_000, "a", "x", "", 0, 1), noon).OnTime("a", "x", "", 1); got != 1 {
		t.Errorf("always late is %d", got)
	}
}

// What a parcel says, and from when on: on time, late, or nothing yet.
func TestJudgement(t *testing.T) {
	handed := func(hours int) time.Time { return noon.Add(time.Duration(-hours) * time.Hour) }
	today := day(0)
	for name, tt := range map[string]struct {
		o     Outcome
		want  string
		since time.Time
	}{
		"on the day":            {Outcome{Promised: day(-2), Delivered: day(-2)}, "on time", day(-2)},
		"before it":             {Outcome{Promised: day(-2), Delivered: day(-3)}, "on time", day(-3)},
		"after it":              {Outcome{Promised: day(-2), Delivered: day(-1)}, "late", day(-1)},
		"nothing promised":      {Outcome{Delivered: day(-1), Followed: true}, "nothing", today},
		"not due":               {Outcome{Promised: day(0), Followed: true, Seen: true, Handed: handed(90)}, "nothing", today},
		"overdue":               {Outcome{Promised: day(-1), Followed: true, Seen: true, Handed: handed(50)}, "late", day(0)},
		"overdue for long":      {Outcome{Promised: day(-9), Followed: true, Seen: true}, "late", day(-8)},
		"overdue, not followed": {Outcome{Promised: day(-9)}, "nothing", today},
		"silent":                {Outcome{Promised: day(3), Followed: true, Handed: handed(73)}, "late", day(0)},
		"silent for a while":    {Outcome{Promised: day(3), Followed: true, Handed: handed(72)}, "nothing", today},
		"silent, not followed":  {Outcome{Promised: day(3), Handed: handed(500)}, "nothing", today},
		"not handed over":       {Outcome{Promised: day(3), Followed: true}, "nothing", today},
	} {
		onTime, since, known := tt.o.judge(noon, today)
		got := "nothing"
		switch {
		case known && onTime:
			got = "on time"
		case known:
			got = "late"
		}
		if got != tt.want || !since.Equal(tt.since) {
			t.Errorf("%s: %s since %s, want %s since %s", name, got, since.Format(time.DateOnly), tt.want, tt.since.Format(time.DateOnly))
		}
	}
}

// A parcel that was lost counts against its lane from the day on which that is known, before
// the day that was promised has come.
func TestLostCountsAtOnce(t *testing.T) { // C2
	lost := []Outcome{{Carrier: "a", Service: "x", Lane: "DE 10", Promised: day(3), Followed: true, Seen: true, Lost: day(0)}}
	if got, open := New(lost, noon).OnTime("a", "x", "DE 10", 950), New([]Outcome{{Carrier: "a", Service: "x", Promised: day(3), Followed: true, Seen: true}}, noon).OnTime("a", "x", "DE 10", 950); got != 746 || open != 950 {
		t.Errorf("lost: %d, on its way: %d", got, open)
	}
}

func TestWeightHalves(t *testing.T) {
	for age, want := range map[int]int64{0: whole, 30: whole * 3 / 4, 60: whole / 2, 120: whole / 4, 600: whole / 1024} {
		if got := weight(age, 60); got != want {
			t.Errorf("%d days: %d, want %d", age, got, want)
		}
	}
}

func TestLane(t *testing.T) {
	for address, want := range map[[2]string]string{
		{"de", "D-10115"}: "DE 10", {"GB", "ec1a 1bb"}: "GB EC", {"IE", ""}: "IE ", {"US", "90210-1234"}: "US 90",
	} {
		if got := Lane(address[0], address[1]); got != want {
			t.Errorf("%v: %q, want %q", address, got, want)
		}
	}
}

// Carriers whose services and lanes differ by chance, with few parcels each: the drawn
// share errs less than what each lane has shown alone, than its carrier's share, and
// than the card.
func TestDrawnSharesErrLess(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 11))
	near := func(of, spread float64) float64 { return min(max(of+spread*rnd.NormFloat64(), 0.3), 1) }
	type lane struct {
		carrier, service, name string
		truth                  float64
		n, onTime              int
	}
	var lanes []lane
	var outcomes []Outcome
	carriers := map[string][2]int{}
	for c := range 6 {
		carrier := near(0.92, 0.05)
		for s := range 4 {
			service := near(carrier, 0.03)
			for l := range 30 {
				it := lane{carrier: string(rune('a' + c)), service: string(rune('p' + s)), name: string(rune('A' + l)), truth: near(service, 0.04)}
				for range rnd.IntN(25) {
					late := 0
					if rnd.Float64() > it.truth {
						late = 1
					}
					it.n, it.onTime = it.n+1, it.onTime+1-late
					outcomes = append(outcomes, delivered(1, it.carrier, it.service, it.name, 10+rnd.IntN(20), late)...)
				}
				sum := carriers[it.carrier]
				carriers[it.carrier] = [2]int{sum[0] + it.n, sum[1] + it.onTime}
				lanes = append(lanes, it)
			}
		}
	}
	table := New(outcomes, noon)
	var drawn, alone, carrier, card float64
	for _, l := range lanes {
		square := func(guess float64) float64 { return (guess - l.truth) * (guess - l.truth) }
		drawn += square(float64(table.OnTime(l.carrier, l.service, l.name, 950)) / 1000)
		raw := 0.95
		if l.n > 0 {
			raw = float64(l.onTime) / float64(l.n)
		}
		alone += square(raw)
		carrier += square(float64(carriers[l.carrier][1]) / float64(carriers[l.carrier][0]))
		card += square(0.95)
	}
	t.Logf("squared errors of %d lanes: drawn %.3f, each alone %.3f, its carrier %.3f, the card %.3f", len(lanes), drawn, alone, carrier, card)
	if drawn > 0.8*alone || drawn > 0.9*carrier || drawn > 0.8*card {
		t.Error("drawing them together is no better")
	}
}
