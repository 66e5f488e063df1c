package holiday

import (
	"testing"
	"time"
)

func has(code, day string) bool {
	at, _ := time.Parse(time.DateOnly, day)
	return In(code, at.Year()).Has(at.Month(), at.Day())
}

// Days that a carrier would be waited for in vain, and the days beside them.
func TestDaysThatMove(t *testing.T) {
	for _, tt := range []struct {
		code, day string
		want      bool
	}{
		{"DE", "2026-04-03", true},
		{"DE", "2026-04-06", true},
		{"DE", "2026-04-07", false}, // Good Friday, Easter Monday
		{"DE", "2026-06-04", false},
		{"DE-BY", "2026-06-04", true},
		{"DE-BE", "2026-06-04", false}, // Corpus Christi
		{"US", "2026-11-26", true},
		{"US", "2026-11-27", false}, // Thanksgiving
		{"US", "2026-07-03", true},
		{"US", "2026-07-04", true}, // on a Saturday: both
		{"US", "2021-12-31", true},
		{"US", "2022-12-31", false}, // New Year's Day of the year after
		{"GB", "2026-12-28", true},
		{"GB", "2026-12-26", true}, // Boxing Day on a Saturday
		{"DK", "2023-05-05", true},
		{"DK", "2024-04-26", false}, // abolished
		{"AU", "2026-01-26", true},
		{"AU", "2026-11-03", false},
		{"AU-VIC", "2026-11-03", true}, // what all keep; Melbourne Cup
		{"CH", "2026-08-01", true},
		{"CH", "2026-06-04", false},
		{"CH-LU", "2026-06-04", true},
		{"FR", "2026-07-14", true},
		{"FR", "2026-07-15", false},
		{"ZZ", "2026-12-25", false},
	} {
		if got := has(tt.code, tt.day); got != tt.want {
			t.Errorf("%s on %s: %v", tt.code, tt.day, got)
		}
	}
}

// A calendar that holds nothing, or every other day, is a fault of its table.
func TestEveryCalendarIsPlausible(t *testing.T) {
	for code := range calendars {
		for _, year := range []int{2026, 2027} {
			days := 0
			for month := time.January; month <= time.December; month++ {
				for day := 1; day <= 31; day++ {
					if In(code, year).Has(month, day) {
						days++
					}
				}
			}
			if days < 5 || days > 35 {
				t.Errorf("%s has %d holidays in %d", code, days, year)
			}
			if !Known(code) || code != "TH" && !has(code, "2026-01-01") {
				t.Errorf("%s has no New Year's Day", code)
			}
		}
	}
	for code, want := range map[string]bool{"AU": true, "CH": true, "DE": true, "DE-BY": true, "DE-XX": false, "BW": false, "": false, "A": false} {
		if Known(code) != want {
			t.Errorf("known %q: %v", code, !want)
		}
	}
}
