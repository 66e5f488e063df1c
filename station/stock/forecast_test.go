package stock

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// Weekly units of four products of a British web shop, one of each class, from 6
// December 2010 on, and what R and the formulas make of them. Source: Online Retail
// (Chen, Sain, Guo 2012, UCI Machine Learning Repository, CC BY 4.0).
var sold = []struct {
	class    Class
	adi, cv2 float64
	weeks    []float64 // with the weeks before the first sale
	want     map[Method]float64
}{
	{
		Smooth, 1.083, 0.432, []float64{
			0, 25, 0, 0, 176, 125, 25, 100, 125, 100, 75, 75, 200, 50, 125, 150, 75, 250, 250, 125, 50, 25, 75, 150, 100, 150, 350, 475, 150, 75,
			225, 225, 175, 125, 200, 150, 175, 100, 0, 25, 100, 225, 150, 300, 275, 125, 300, 300, 25, 75, 100, 25,
		}, map[Method]float64{SES: 123.5714553, Croston: 143.678093, SBA: 136.4941884, TSB: 123.9676059, Mean: 153.125},
	},
	{
		Erratic, 1.130, 2.236, []float64{
			28, 306, 54, 0, 225, 116, 260, 12, 1, 1, 51, 216, 24, 2, 92, 2, 18, 0, 10, 3, 0, 5, 0, 8, 0, 11, 10, 11, 23, 100,
			12, 45, 10, 10, 102, 0, 40, 10, 10, 10, 20, 25, 5, 5, 6, 21, 33, 47, 36, 35, 37, 61,
		}, map[Method]float64{SES: 36.3267402, Croston: 30.6537358, SBA: 29.121049, TSB: 36.3404229, Mean: 34.5},
	},
	{
		Intermittent, 1.444, 0.413, []float64{
			7, 0, 1, 0, 0, 0, 2, 1, 1, 2, 3, 2, 0, 0, 1, 1, 1, 0, 3, 0, 2, 0, 5, 3, 1, 0, 5, 2, 2, 2, 0, 0, 2, 0, 0, 4, 1, 3, 2, 2, 1, 4, 1, 1, 0, 0, 1, 3, 3, 1, 1, 2,
		}, map[Method]float64{SES: 1.5965809, Croston: 1.6397005, SBA: 1.5577155, TSB: 1.615364, Mean: 1.375},
	},
	{
		Lumpy, 2.889, 1.172, slices.Concat([]float64{
			138, 41, 2, 0, 73, 42, 76, 17, 133, 1, 14, 36, 4, 2, 11, 11, 126, 0, 62, 1,
		}, make([]float64, 32)), map[Method]float64{SES: 0.0260701, Croston: 48.4994675, SBA: 46.0744942, TSB: 0.0269566, Mean: 0},
	},
}

// TestForecastsOfRealSales: to seven digits behind the point, as they are given.
func TestForecastsOfRealSales(t *testing.T) {
	for _, s := range sold {
		from := slices.IndexFunc(s.weeks, func(w float64) bool { return w > 0 })
		weeks := s.weeks[from:]
		for _, m := range Methods() {
			if got := Forecast(m, weeks); math.Abs(got-s.want[m]) > 5e-8 {
				t.Errorf("%s goods by %s: %.7f, want %.7f", s.class, m, got, s.want[m])
			}
		}
		c, adi, cv2 := ClassOf(weeks)
		if c != s.class || from == 0 && math.Abs(adi-s.adi) > 5e-4 || math.Abs(cv2-s.cv2) > 5e-4 {
			t.Errorf("%s goods are taken for %s, %.3f, %.3f", s.class, c, adi, cv2)
		}
	}
}

// scripts are the prescriptions of a group of medicines in Australia by month, July 1991
// to June 2008, a digit a month, a for ten and so on. Source: the PBS data of sktime
// (BSD-3-Clause), whose tests quote what R makes of it.
const scripts = "11100131111121100200120100111100210001033241133104130125e2003622251633201100014c407021413106931317133356" +
	"a5131112137ba552210365891100012200001000211010000000000000101300000000000000000000000000000000000000"

func TestCrostonIsThatOfR(t *testing.T) {
	var months []float64
	for _, r := range scripts {
		months = append(months, float64(strings.IndexRune("0123456789abcdefghij", r)))
	}
	for a, want := range map[float64]float64{0.1: 0.8688921, 0.5: 0.6754646, 0.05: 1.405808} {
		if got := CrostonOf(months, a); math.Abs(got-want)/want > 5e-7 {
			t.Errorf("Croston %v: %.7f, R says %.7f", a, got, want)
		}
	}
	if got := SESOf(months, 0.2); math.Abs(got-0.0001825) > 5e-8 {
		t.Errorf("SES: %.7f", got)
	}
	if got := TSBOf(months, 0.1, 0.1); math.Abs(got-0.0151936) > 5e-8 {
		t.Errorf("TSB: %.7f", got)
	}
}

func TestWeeksBeginWithTheFirstSaleInTheShopsZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		t.Helper()
		v, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	sales := []Sale{
		{at("2026-10-25T22:59:59Z"), 5}, // Sunday, the day the clocks went back, one second before Monday in Berlin
		{at("2026-10-25T23:00:00Z"), 7}, // Monday in Berlin, Sunday elsewhere
		{at("2026-11-10T12:00:00Z"), 4},
		{at("2026-11-10T12:00:00Z"), -4}, // its label was voided
		{at("2026-11-17T12:00:00Z"), 2},
		{at("2026-11-23T09:00:00Z"), 9}, // this week is not over
		{at("2027-01-01T00:00:00Z"), 9}, // nor is one to come
	}
	now := at("2026-11-23T09:00:00Z")
	if got := Weeks(sales, now, berlin); !slices.Equal(got, []float64{5, 7, 0, 0, 2}) {
		t.Errorf("in Berlin %v", got)
	}
	if got := Weeks(sales, now, time.UTC); !slices.Equal(got, []float64{12, 0, 0, 0, 2}) {
		t.Errorf("in UTC %v", got)
	}
	for name, none := range map[string][]Sale{
		"no sale":              nil,
		"one in this week":     {{now, 3}},
		"one that was voided":  {{at("2026-10-01T12:00:00Z"), 3}, {at("2026-10-01T12:00:00Z"), -3}},
		"a clock in year 1970": {{time.Unix(0, 0), 3}},
	} {
		if got := Weeks(none, now, berlin); len(got) != 0 {
			t.Errorf("%s makes the weeks %v", name, got)
		}
	}
	for day := range 3000 { // Mondays begin weeks, before 1970 too
		at := time.Date(1966, 1, 3, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		if before := Week(at.Add(-time.Second), time.UTC); Week(at, time.UTC)-before != map[bool]int{true: 1}[at.Weekday() == time.Monday] {
			t.Fatalf("%s is in week %d, the second before in %d", at, Week(at, time.UTC), before)
		}
	}
}
