package country

import (
	"slices"
	"testing"
)

// Any text comes out once and for all, and no text stops a file.
func FuzzPostcode(f *testing.F) {
	for _, seed := range []string{"D-10115", "1067", "EC1A 1BB", "〒100-0001", "FO 100", "'MA 02134-1", "00000", "١١٥١١", "\xff1", "", "10115.0"} {
		for at, code := range codes() {
			if slices.Contains([]string{"DE", "US", "GB", "DK", "JP", "LV"}, code) {
				f.Add(uint8(at), seed)
			}
		}
	}
	f.Fuzz(func(t *testing.T, at uint8, text string) {
		code := codes()[int(at)%len(codes())]
		once := Postcode(code, text)
		if again := Postcode(code, once); again != once {
			t.Errorf("%s %q is %q, then %q", code, text, once, again)
		}
		if a, b := Key(code, text), Key(code, once); a != b {
			t.Errorf("%s %q has the key %q, then %q", code, text, a, b)
		}
		Split(code, text)
		Unread(code, text)
		if place := Place(code, text, text, text); place == "" {
			t.Errorf("%s is nowhere", code)
		}
	})
}
