package gs1

import (
	"strings"
	"testing"
)

func TestATypedLotOrSerial(t *testing.T) {
	for text, want := range map[string]string{
		"L1": "L1", "L 17 b": "L17b", "#4-2/x": "#4-2/x", strings.Repeat("9", longestMark): strings.Repeat("9", longestMark),
		strings.Repeat("9", longestMark+1): "", "": "", "Müller": "", "a\x1db": "", "a\x00": "",
	} {
		if got := Mark(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A range is one only where it has as many serials as there are units: a serial may have
// hyphens in it.
func TestSerialsOfSeveralUnits(t *testing.T) {
	for text, want := range map[string]string{
		"A1,A2,A3":    "A1 A2 A3",
		"A1;A2\nA3":   "A1 A2 A3",
		"A1|A2":       "A1 A2",
		"A1,a1,A3":    "",
		"A1,,A2":      "A1 A2",
		"A1,A 2":      "A1 A2",
		"A09-A11":     "A09 A10 A11",
		"A-1-9-A-1-9": "",
		"A-17-A-19":   "A-17 A-18 A-19",
		"17..19":      "17 18 19",
		"17–19":       "17 18 19",
		"17-18":       "",
		"19-17":       "",
		"X17-Y19":     "",
		"017-19":      "",
		"ABC":         "",
		"-17-19":      "",
		"9999999999999999997-9999999999999999999": "",
	} {
		if got := strings.Join(ReadSerials(text, 3), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if len(ReadSerials(strings.Repeat("A,", 3)+strings.Repeat("1", 80), 3)) != 0 {
		t.Error("a serial that is too long was taken")
	}
}

func TestKindsOfPackages(t *testing.T) {
	for kind, known := range map[string]bool{"8": true, "200": true, "APE": true, "PX": true, "00": false, "A": false, "PXX": false} {
		_, warnings, err := Parse("00952123450000000012" + "7041" + kind)
		if got := !strings.Contains(strings.Join(warnings, ";"), "is no kind of package"); err != nil || got != known {
			t.Errorf("%s: %v, %v", kind, warnings, err)
		}
	}
}
