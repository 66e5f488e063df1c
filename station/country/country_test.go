package country

import (
	"strings"
	"testing"
)

func TestCodes(t *testing.T) {
	for code, want := range map[string]string{"DE": "Germany", "XK": "Kosovo", "TA": "Tristan da Cunha"} {
		if name, ok := Name(code); name != want || !ok {
			t.Errorf("%s is %q, %v", code, name, ok)
		}
	}
	for _, code := range []string{"", "XX", "UK", "de", "D", "#", "DEU", "ZZ"} {
		if name, ok := Name(code); ok {
			t.Errorf("%q is %q", code, name)
		}
	}
}

func TestTheListsNameCountries(t *testing.T) {
	for _, code := range strings.Fields(noPostcodes + " " + noCities + " " + regions) {
		if _, ok := Name(code); !ok {
			t.Errorf("%s is no country", code)
		}
	}
	if HasPostcodes("HK") || HasCities("SG", "") || !HasPostcodes("DE") || !HasCities("", "x") || HasCities("AE", "Dubai") || !HasCities("AE", " ") {
		t.Error("a list is not asked")
	}
}

func TestThreeLettersOfACountry(t *testing.T) {
	for code, want := range map[string]string{"DE": "DEU", "uk": "GBR", "US": "USA", "GG": "GGY", "AX": "ALA", "BL": "BLM", "QQ": "", "": "", "DEU": ""} {
		if got := Alpha3(code); got != want {
			t.Errorf("%s is %q, not %q", code, got, want)
		}
	}
}
