package gs1

import (
	"fmt"
	"testing"
	"time"
)

// A year of two digits is at most 49 years back and 50 ahead; day 00 is the last of its
// month.
func TestDay(t *testing.T) {
	for _, c := range []struct {
		text string
		year int
		want string
	}{
		{"261129", 2026, "2026-11-29"},
		{"760101", 2026, "2076-01-01"},
		{"770101", 2026, "1977-01-01"},
		{"490101", 2099, "2149-01-01"},
		{"500101", 2099, "2050-01-01"},
		{"990101", 2010, "1999-01-01"},
		{"270200", 2026, "2027-02-28"},
		{"280200", 2026, "2028-02-29"},
		{"261200", 2026, "2026-12-31"},
		{"270229", 2026, ""},
		{"261301", 2026, ""},
		{"260001", 2026, ""},
		{"26112", 2026, ""},
		{"2611291", 2026, ""},
		{"26112x", 2026, ""},
	} {
		got := ""
		if day := Day(c.text, c.year); !day.IsZero() {
			got = day.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%s in %d: %q, want %q", c.text, c.year, got, c.want)
		}
	}
}

func ExampleDay() {
	fmt.Println(Day("270100", 2026).Format("2 January 2006"))
	// Output: 31 January 2027
}
