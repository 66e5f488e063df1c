package stock

import (
	"math"
	"slices"
	"testing"
)

func steady(n int, units float64) []float64 { return slices.Repeat([]float64{units}, n) }

func TestPlans(t *testing.T) {
	for _, c := range []struct {
		name  string
		weeks []float64
		at    Position
		terms Terms
		want  Plan
	}{
		{
			"seven a week, two weeks to deliver, 21 runs of weeks", steady(22, 7),
			Position{OnHand: 30},
			Terms{Lead: 14},
			Plan{Class: Smooth, Weeks: 22, Weekly: 7, Lead: 14, Point: 14, Sampled: true, DaysLeft: 30},
		},
		{
			"at the point it is ordered, up to four weeks more, in packs", steady(22, 7),
			Position{OnHand: 14},
			Terms{Lead: 14, Pack: 12},
			Plan{Class: Smooth, Weeks: 22, Weekly: 7, Lead: 14, Point: 14, Sampled: true, DaysLeft: 14, OrderNow: true, Qty: 36},
		},
		{
			"one above it is not", steady(22, 7),
			Position{OnHand: 15},
			Terms{Lead: 14},
			Plan{Class: Smooth, Weeks: 22, Weekly: 7, Lead: 14, Point: 14, Sampled: true, DaysLeft: 15},
		},
		{
			"what is on order counts", steady(22, 7),
			Position{OnHand: 7},
			Terms{Lead: 14, OnOrder: 8},
			Plan{Class: Smooth, Weeks: 22, Weekly: 7, Lead: 14, Point: 14, Sampled: true, DaysLeft: 7},
		},
		{
			"what is claimed is not free", steady(22, 7),
			Position{OnHand: 20, Claimed: 10},
			Terms{Lead: 14},
			Plan{Class: Smooth, Weeks: 22, Weekly: 7, Lead: 14, Point: 14, Sampled: true, DaysLeft: 10, OrderNow: true, Qty: 32},
		},
		{
			"20 weeks have 19 runs of two: the formula, without a spread", steady(20, 7),
			Position{OnHand: 30},
			Terms{Lead: 14},
			Plan{Class: Smooth, Weeks: 20, Weekly: 7, Lead: 14, Point: 14, DaysLeft: 30},
		},
		{
			"nobody said how long it takes", steady(22, 7),
			Position{OnHand: 30},
			Terms{},
			Plan{Class: Smooth, Weeks: 22, Weekly: 7, Lead: AssumedLead, Assumed: true, Point: 14, Sampled: true, DaysLeft: 30},
		},
		{
			"no history", nil,
			Position{OnHand: 3},
			Terms{Lead: 7},
			Plan{Class: Unsold, Lead: 7, DaysLeft: -1},
		},
		{
			"no history, and more is owed than there is", nil,
			Position{OnHand: 3, Claimed: 5},
			Terms{Lead: 7, Pack: 10},
			Plan{Class: Unsold, Lead: 7, DaysLeft: -1, OrderNow: true, Qty: 10},
		},
		{
			"below zero it is out, never less than out", steady(22, 7),
			Position{OnHand: -4},
			Terms{Lead: 7},
			Plan{Class: Smooth, Weeks: 22, Weekly: 7, Lead: 7, Point: 7, Sampled: true, OrderNow: true, Qty: 39},
		},
		{
			"one week alone has the spread of chance: 9 + 1.645 x 3",
			[]float64{9},
			Position{OnHand: 14},
			Terms{Lead: 7},
			Plan{Class: Smooth, Weeks: 1, Weekly: 9, Lead: 7, Point: 14, DaysLeft: 14 / 9.0 * 7, OrderNow: true, Qty: 36},
		},
	} {
		got := PlanOf(c.weeks, c.at, c.terms, SES)
		if math.Abs(got.DaysLeft-c.want.DaysLeft) < 1e-9 {
			got.DaysLeft = c.want.DaysLeft
		}
		got.Weekly = math.Round(got.Weekly*1e9) / 1e9
		if got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// TestTheQuantileIsWhatWeeksNeeded: for goods that sell now and then the normal formula
// promises too much.
func TestTheQuantileIsWhatWeeksNeeded(t *testing.T) {
	weeks := make([]float64, 52)
	for i := 3; i < len(weeks); i += 10 {
		weeks[i] = 40
	}
	weeks[0] = 1
	p := PlanOf(weeks, Position{OnHand: 39}, Terms{Lead: 7}, SES)
	if !p.Sampled || p.Point != 40 || !p.OrderNow {
		t.Errorf("five of 52 weeks needed 40 units: %+v", p)
	}
	if q := Quantile([]float64{5, 1, 4, 2, 3}, 0.8); q != 4 {
		t.Errorf("four of five values are not above %v", q)
	}
	if got := RunSums([]float64{1, 2, 3, 4}, 2); !slices.Equal(got, []float64{3, 5, 7}) {
		t.Errorf("%v", got)
	}
	if got := RunSums([]float64{1}, 2); got != nil {
		t.Errorf("%v", got)
	}
}

func FuzzPlan(f *testing.F) {
	f.Add([]byte{1, 0, 200, 3}, 5, 2, 7, 3, 0)
	f.Add([]byte{}, -1000000, 1000000, 0, 0, -5)
	f.Fuzz(func(t *testing.T, units []byte, onHand, claimed, lead, packs, onOrder int) {
		var weeks []float64
		for _, u := range units {
			weeks = append(weeks, float64(u))
		}
		onHand, claimed, onOrder = onHand%1e9, claimed%1e9, onOrder%1e9
		lead, packs = lead%MaxLead, packs%1e6
		for _, m := range Methods() {
			p := PlanOf(weeks, Position{onHand, claimed}, Terms{Lead: lead, Pack: packs, OnOrder: onOrder}, m)
			if math.IsNaN(p.Weekly) || math.IsInf(p.DaysLeft, 0) || math.IsNaN(p.DaysLeft) || p.Point < 0 || p.Lead <= 0 {
				t.Fatalf("%+v", p)
			}
			if p.OrderNow != (p.Qty > 0) || p.Qty < 0 || packs > 1 && p.Qty%packs != 0 {
				t.Fatalf("%+v in packs of %d", p, packs)
			}
		}
	})
}
