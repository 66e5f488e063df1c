package figures

import (
	"math"
	"testing"
	"time"
)

// Bounds by Wilson, against values worked out elsewhere (Newcombe 1998).
func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		good, n   int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}, {29, 29, 0.8830, 1}, {0, 0, 0, 1}} {
		if low, high := Wilson(tt.good, tt.n); math.Abs(low-tt.low) > 5e-5 || math.Abs(high-tt.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.good, tt.n, low, high, tt.low, tt.high)
		}
	}
}

// Weeks begin on Monday in the zone of the shop, and an hour that the clock shows twice is
// in one of them alone.
func TestWeeks(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 4, 12, 0, 0, 0, zone)
	var in Input
	for h := range 24 * 30 {
		in.Parcels = append(in.Parcels, Parcel{Handed: time.Date(2026, 10, 5, 0, 0, 0, 0, zone).Add(time.Duration(h) * time.Hour), Units: 1})
	}
	r := Make(in, 3, now)
	if len(r.Weeks) != 3 || !r.From.Equal(time.Date(2026, 10, 19, 0, 0, 0, 0, zone)) {
		t.Fatal(r.Weeks)
	}
	n := 0
	for i, c := range r.Cohorts {
		if n += c.Units; i < 2 && c.Units != []int{169, 168}[i] { // in the first the clock was set back
			t.Errorf("week %d has %d hours", i, c.Units)
		}
	}
	if all := r.Figures[0].All.Unknown; n != all {
		t.Errorf("%d in weeks, %d in all", n, all)
	}
	if got := Monday(time.Date(2026, 11, 1, 23, 0, 0, 0, zone)); got.Day() != 26 {
		t.Errorf("Sunday belongs to %s", got)
	}
}
