package scanner_test

import (
	"strings"
	"testing"

	"packbench/devices/scanner"
)

// chord is how a scanner types one character.
type chord struct {
	code         int
	shift, altGr bool
	accent       bool // a dead key: a space must follow
}

// chordOf finds the way of a layout to type a character, the one with the
// fewest keys.
func chordOf(layout scanner.Layout, c rune) (chord, bool) {
	alone := map[rune]rune{'ˆ': '^', 'ˋ': '`', '˜': '~'}
	for _, wantAccent := range []bool{false, true} {
		for level := range 4 {
			for code := 10; code <= 94; code++ {
				if code == 63 || code >= 79 && code <= 91 {
					continue // the keypad
				}
				r := layout[code][level]
				_, accent := alone[r]
				if accent == wantAccent && (r == c && !accent || accent && alone[r] == c) {
					return chord{code, level&1 != 0, level >= 2, accent}, true
				}
			}
		}
	}
	return chord{}, false
}

func TestLayoutsHoldWhatTheKeyboardsShow(t *testing.T) {
	for _, c := range []struct {
		layout       string
		code         int
		shift, altGr bool
		want         rune
	}{
		{"us", 35, false, false, ']'},
		{"us", 35, false, true, ']'}, // AltGr makes nothing else of it
		{"uk", 11, true, false, '"'},
		{"uk", 48, true, false, '@'},
		{"de", 29, false, false, 'z'},
		{"de", 20, false, false, 'ß'},
		{"de", 20, false, true, '\\'},
		{"de", 18, false, true, ']'},
		{"de", 24, false, true, '@'},
		{"de", 16, false, true, '{'},
		{"de", 35, false, true, '~'},
		{"de", 94, false, true, '|'},
		{"fr", 10, true, false, '1'},
		{"fr", 24, false, false, 'a'},
		{"fr", 20, false, true, ']'},
		{"ch", 29, true, false, 'Z'},
		{"ch", 12, false, true, '#'},
		{"es", 61, false, false, '-'},
		{"es", 10, false, true, '|'},
		{"it", 34, true, true, '{'},
		{"be", 94, false, true, '\\'},
		{"se", 21, true, false, 'ˋ'},
		{"no", 21, false, false, '\\'},
		{"dk", 94, false, true, '\\'},
	} {
		layout, err := scanner.FindLayout(c.layout)
		if got, ok := layout.Char(c.code, c.shift, c.altGr); err != nil || !ok || got != c.want {
			t.Errorf("%s: key %d gives %q, want %q (%v)", c.layout, c.code, got, c.want, err)
		}
	}
	if _, ok := scanner.US().Char(74, false, false); ok {
		t.Error("F8 has a character")
	}
}

// Every printable ASCII character is on every board, but what its makers left
// out.
func TestLayoutsAreComplete(t *testing.T) {
	for _, name := range scanner.Layouts() {
		layout, err := scanner.FindLayout(name)
		if err != nil {
			t.Fatal(err)
		}
		if scanner.LayoutTitle(name) == name {
			t.Errorf("%s has no title", name)
		}
		for c := rune(' '); c <= '~'; c++ {
			if _, ok := chordOf(layout, c); !ok {
				t.Errorf("%s cannot type %q", name, c)
			}
		}
	}
}

func TestFindLayoutNamesWhatThereIs(t *testing.T) {
	if l, err := scanner.FindLayout(""); err != nil || l[24][0] != 'q' {
		t.Errorf("no name is not US: %v", err)
	}
	_, err := scanner.FindLayout("klingon")
	if err == nil || !strings.Contains(err.Error(), "us, uk, de") {
		t.Errorf("error %v", err)
	}
}

func TestAccents(t *testing.T) {
	for in, want := range map[string]string{
		"10ˆ 20": "10^20", "ˋ ": "`", "˜ x": "~x", "ˆe": "ê", "ˆ7": "^7", "aˆ": "a^", "ˆˆ ": "^^", "´E": "É", "": "", "plain": "plain",
	} {
		if got := string(scanner.Accents([]rune(in))); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
