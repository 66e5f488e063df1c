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

// A day is typed in many ways; one that could be two days is none.
func TestReadDay(t *testing.T) {
	for text, want := range map[string]string{
		"2027-01-31": "2027-01-31", "2027-1-5": "2027-01-05", "31.01.2027": "2027-01-31", "31/01/2027": "2027-01-31", "01/31/2027": "2027-01-31",
		"05/05/2027": "2027-05-05", "270131": "2027-01-31", "270200": "2027-02-28", "20270131": "2027-01-31", "31 Jan 2027": "2027-01-31",
		"01/2027": "2027-01-31", "2/2028": "2028-02-29", "2027-01": "2027-01-31", "02.2027": "2027-02-28", "12/27": "2027-12-31", "02-2027": "2027-02-28",
		" 2027-01-31 ": "2027-01-31",
		"03/04/2027":   "", "31/02/2027": "", "2027-02-30": "", "soon": "", "": "", "12": "", "13/27": "", "2027": "", "27-01-31": "",
	} {
		got := ""
		if day := ReadDay(text, 2026); !day.IsZero() {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A code of the shop's own scale stands for its article, whatever it weighs.
func TestOfScale(t *testing.T) {
	prefixes := []string{"21", "02"}
	for number, want := range map[GTIN]GTIN{
		"02112345012348": "02112345000008", "00212345012347": "00212345000007", "02212345012345": "", "12112345012345": "", "04006381333931": "", "": "",
	} {
		if got := number.OfScale(prefixes); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}
