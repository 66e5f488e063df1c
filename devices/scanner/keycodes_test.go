package scanner_test

import (
	"testing"

	"packbench/devices/scanner"
)

// Every character of a US scanner can be typed through each platform's numbers,
// and no two numbers of a platform are the same key of a character.
func TestEveryCharacterOnEveryPlatform(t *testing.T) {
	for name, from := range map[string]func(int) int{
		"x11":     scanner.FromPlatform("linux", false),
		"wayland": scanner.FromPlatform("linux", true),
		"windows": scanner.FromPlatform("windows", false),
		"mac":     scanner.FromPlatform("darwin", false),
	} {
		number := map[int]int{} // of each X11 key code
		for n := -2; n < 0x200; n++ {
			code := from(n)
			if code == 0 {
				continue
			}
			if was, twice := number[code]; twice {
				t.Errorf("%s: %#x and %#x are both key %d", name, was, n, code)
			}
			number[code] = n
		}
		for c := rune(' '); c <= '~'; c++ {
			code, _ := where(c)
			if _, ok := number[code]; !ok || code == 0 {
				t.Errorf("%s: no number for %q, key %d", name, c, code)
			}
		}
		for _, code := range []int{scanner.KeyEnter, scanner.KeyPadEnter, scanner.KeyTab, scanner.KeyF8, 9, 22, 37, 50, 62, 64, 66, 77, 105, 108, 79, 90} {
			if _, ok := number[code]; !ok {
				t.Errorf("%s: no number for key %d", name, code)
			}
		}
	}
}

// Numbers that the makers print, so that a row of a table that is shifted by
// one is found.
func TestPlatformKeysAreInTheirPlaces(t *testing.T) {
	for _, c := range []struct {
		goos    string
		wayland bool
		number  int
		want    int
	}{
		{"linux", false, 38, 38},
		{"linux", false, -1, 0},
		{"linux", true, 30, 38}, // KEY_A
		{"linux", true, 2, 10},  // KEY_1
		{"linux", true, 96, scanner.KeyPadEnter},
		{"linux", true, 100, 108}, // KEY_RIGHTALT
		{"linux", true, 0, 0},
		{"freebsd", false, 38, 38},
		{"windows", false, 0x02, 10},
		{"windows", false, 0x10, 24},
		{"windows", false, 0x1C, scanner.KeyEnter},
		{"windows", false, 0x0F, scanner.KeyTab},
		{"windows", false, 0x11C, scanner.KeyPadEnter},
		{"windows", false, 0x42, scanner.KeyF8},
		{"windows", false, 0x138, 108},
		{"windows", false, 0x145, 77}, // Num Lock
		{"windows", false, 0x45, 127}, // Pause
		{"windows", false, 0x1FF, 0},
		{"windows", false, -1, 0},
		{"darwin", false, 0x00, 38}, // kVK_ANSI_A
		{"darwin", false, 0x06, 52}, // kVK_ANSI_Z
		{"darwin", false, 0x1D, 19}, // kVK_ANSI_0
		{"darwin", false, 0x1E, 35}, // kVK_ANSI_RightBracket
		{"darwin", false, 0x24, scanner.KeyEnter},
		{"darwin", false, 0x4C, scanner.KeyPadEnter},
		{"darwin", false, 0x64, scanner.KeyF8},
		{"darwin", false, 0x3D, 108}, // kVK_RightOption
		{"darwin", false, -1, 0},
	} {
		if got := scanner.FromPlatform(c.goos, c.wayland)(c.number); got != c.want {
			t.Errorf("%s, wayland %v: %#x is key %d, want %d", c.goos, c.wayland, c.number, got, c.want)
		}
	}
}
