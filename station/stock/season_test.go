package stock

import (
	"math"
	"testing"
)

// Last year's factor compares the weeks that begin now, as they were a year ago, with the
// eight before those, and is not guessed from less.
func TestLastYearsFactor(t *testing.T) {
	weeks := make([]float64, 70)
	for i := range weeks {
		weeks[i] = 10
	}
	for i := 18; i < 22; i++ { // a year before week 70 is week 18
		weeks[i] = 25
	}
	if f, known := Factor(weeks, 4); !known || f != 2.5 {
		t.Errorf("four weeks: %v, %v", f, known)
	}
	if f, known := Factor(weeks, 8); !known || math.Abs(f-1.75) > 1e-9 {
		t.Errorf("eight weeks: %v, %v", f, known)
	}
	if f, known := Factor(weeks[10:], 4); !known || f != 2.5 {
		t.Errorf("just a year and eight weeks: %v, %v", f, known)
	}
	for what, series := range map[string][]float64{"a year and seven weeks": weeks[11:], "nothing": nil, "nothing sold before": append(make([]float64, 18), weeks[18:]...)} {
		if f, known := Factor(series, 4); known {
			t.Errorf("%s: %v", what, f)
		}
	}
}

func TestWhenToOrder(t *testing.T) {
	p := Plan{Weekly: 7, Point: 14}
	for _, c := range []struct {
		at    Position
		t     Terms
		p     Plan
		days  float64
		known bool
	}{
		{Position{OnHand: 30, Claimed: 6}, Terms{}, p, 10, true},
		{Position{OnHand: 30, Claimed: 6}, Terms{OnOrder: 5}, p, 15, true},
		{Position{OnHand: 3}, Terms{}, Plan{Weekly: 7, Point: 14, OrderNow: true}, 0, true},
		{Position{OnHand: 3}, Terms{}, Plan{}, 0, false},
	} {
		if days, known := c.p.OrderIn(c.at, c.t); days != c.days || known != c.known {
			t.Errorf("%+v: %v, %v", c, days, known)
		}
	}
}

// A person may say that the coming weeks sell more than those before, or have them sell as
// they did a year ago: everything that rests on the forecast follows, the class does not.
func TestASeasonThatAPersonSets(t *testing.T) {
	weeks := steady(60, 8)
	for i := 9; i < 20; i++ { // a year ago the weeks that come now sold twice as much
		weeks[i] = 16
	}
	plain := PlanOf(weeks, Position{OnHand: 20}, Terms{Lead: 14}, Mean)
	twice := PlanOf(weeks, Position{OnHand: 20}, Terms{Lead: 14, Season: 2}, Mean)
	if plain.Season != 0 || twice.Season != 2 || twice.Weekly != 2*plain.Weekly || twice.Point != 2*plain.Point || twice.DaysLeft*2 != plain.DaysLeft || twice.Class != plain.Class || twice.Qty <= plain.Qty {
		t.Errorf("without a season %+v, with one of 2 %+v", plain, twice)
	}
	last := PlanOf(weeks, Position{OnHand: 20}, Terms{Lead: 14, Season: LastYearSeason}, Mean)
	if last.LastYear <= 1 || last.Season != last.LastYear || math.Abs(last.Weekly-plain.Weekly*last.LastYear) > 1e-9 {
		t.Errorf("as a year ago: %+v", last)
	}
	if young := PlanOf(steady(10, 8), Position{OnHand: 20}, Terms{Lead: 14, Season: LastYearSeason}, Mean); young.Season != 0 || young.Weekly != 8 {
		t.Errorf("without a year ago: %+v", young)
	}
	if weeks[0] != 8 {
		t.Error("the sales were changed")
	}
}
