package country

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// Whatever a postcode's form leaves open is filled in at random: each begin of it
// may begin one, its key's begins too, and one sign more may not.
func TestBeginsOfPostcodes(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for code, forms := range allForms {
		for _, form := range forms {
			for range 5 {
				text := fill(random, form)
				whole, ok := Fits(code, text)
				if !ok {
					t.Fatalf("%s %q of the form %q fits none", code, text, form)
				}
				key := Key(code, whole)
				for n := range len(key) + 1 {
					if !MayBegin(code, key[:n]) {
						t.Errorf("%s: nothing may begin with %q of %q", code, key[:n], whole)
					}
				}
			}
		}
	}
	for _, c := range []struct {
		code, begin string
		want        bool
	}{
		{"DE", "10115", true},
		{"DE", "101150", false},
		{"DE", "A", false},
		{"DE", "", true},
		{"GB", "SW1A1AA", true},
		{"GB", "12", false},
		{"NL", "1012AB", true},
		{"NL", "AB", false},
		{"CA", "K1", true},
		{"CA", "KK", false},
		{"LT", "01", true},
		{"LT", "LT01", true},
		{"HK", "X9", true},
		{"DK", "FO1", true},
		{"DK", "XO", false},
	} {
		if MayBegin(c.code, c.begin) != c.want {
			t.Errorf("%s may begin with %q: %v", c.code, c.begin, !c.want)
		}
	}
}

func fill(random *rand.Rand, form string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '9':
			return '0' + random.Int32N(10)
		case 'A':
			return 'A' + random.Int32N(26)
		case '*':
			return '0' + random.Int32N(10)
		}
		return r
	}, form)
}

func TestDigitsAndDistricts(t *testing.T) {
	for code, want := range map[string]int{"DE": 5, "AT": 4, "CZ": 5, "JP": 7, "US": 5, "PR": 5, "GB": 0, "NL": 0, "TZ": 0, "PT": 0, "LT": 0, "HK": 0} {
		if got := Digits(code); got != want {
			t.Errorf("%s has %d digits", code, got)
		}
	}
	for postcode, want := range map[string]string{
		"IV3 8XX": "IV3", "iv38xx": "IV3", "IV28 3XA": "IV28", "SW1A 1AA": "SW1A", "W1A0AX": "W1A", "IV3": "IV3", "M1 1AE": "M1", "IV": "", "": "", "12345": "",
	} {
		if got := District(postcode); got != want {
			t.Errorf("%q is in %q, not %q", postcode, got, want)
		}
	}
}
