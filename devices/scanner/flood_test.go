package scanner_test

import (
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scanner"
)

// TestA6AFloodIsCountedAndNotKept: what nobody can scan is left out as long as it
// lasts. The first codes, and those after it, are scans.
func TestA6AFloodIsCountedAndNotKept(t *testing.T) {
	zero := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	var scans []devices.Scan
	r := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", zero), func(s devices.Scan) { scans = append(scans, s) })
	at := zero
	var h devices.Heard
	for range 500 { // 1.5 MB/s for more than a second
		h = r.Feed([]byte(strings.Repeat("1\r", 2000)), at)
		at = at.Add(2600 * time.Microsecond)
	}
	if len(scans) > 700 || h.Left+len(scans) != 1_000_000 || h.Quiet == 0 {
		t.Fatalf("%d scans, %+v", len(scans), h)
	}
	scans = nil
	for range 2 {
		at = at.Add(h.Quiet)
		h = r.Quiet(at)
	}
	if h.Left != 0 || len(scans) != 0 {
		t.Errorf("it is over: %+v, %d scans", h, len(scans))
	}
	if h = r.Feed([]byte("MUG-WHITE\r"), at.Add(time.Second)); h.Good != 1 || len(scans) != 1 {
		t.Errorf("%+v, %v", h, scans)
	}
}

// TestA6NoFlood: the fastest hands, and a scanner that sends what it has stored.
func TestA6NoFlood(t *testing.T) {
	zero := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	n := 0
	r := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", zero), func(devices.Scan) { n++ })
	h := r.Feed([]byte(strings.Repeat("MUG-WHITE\r", 400)), zero)
	for i := range 1000 {
		h = r.Feed([]byte("MUG-WHITE\r"), zero.Add(time.Duration(i+1)*time.Second/90))
	}
	if n != 1400 || h.Left != 0 {
		t.Errorf("%d scans, %+v", n, h)
	}
}

// TestA6AFloodThatTricklesOut ends without a silence too.
func TestA6AFloodThatTricklesOut(t *testing.T) {
	zero := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	n := 0
	r := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", zero), func(devices.Scan) { n++ })
	r.Feed([]byte(strings.Repeat("1\r", 2000)), zero)
	before := n
	for i := range 8 {
		r.Feed([]byte("MUG-WHITE\r"), zero.Add(time.Duration(i+1)*time.Second/2))
	}
	if n-before < 4 {
		t.Errorf("%d of 8 after the flood", n-before)
	}
}

// TestA6WhereAFloodBeginsAndEnds: 500 codes at once and 100 a second are work still,
// and one more is not.
func TestA6WhereAFloodBeginsAndEnds(t *testing.T) {
	type burst struct{ ms, codes, scans, left int }
	for name, bursts := range map[string][]burst{
		"500 at once":                       {{0, 500, 500, 0}},
		"501":                               {{0, 501, 500, 1}},
		"100 a second later":                {{0, 500, 500, 0}, {1000, 100, 100, 0}, {2000, 100, 100, 0}},
		"101":                               {{0, 500, 500, 0}, {1000, 101, 100, 1}},
		"a long rest earns no more":         {{0, 1, 1, 0}, {100_000, 501, 500, 1}},
		"it goes on for a second":           {{0, 501, 500, 1}, {999, 1, 0, 2}},
		"and ends after it":                 {{0, 501, 500, 1}, {1000, 501, 500, 1}},
		"it ends with 100 in a second":      {{0, 2000, 500, 1500}, {1000, 100, 0, 1600}, {1999, 0, 0, 1600}, {2000, 500, 500, 0}},
		"it goes on with 101":               {{0, 2000, 500, 1500}, {1000, 101, 0, 1601}, {2000, 1, 0, 1602}, {3000, 1, 1, 0}},
		"the next one is counted by itself": {{0, 502, 500, 2}, {1000, 501, 500, 1}},
	} {
		n := 0
		r := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", zero), func(devices.Scan) { n++ })
		for _, b := range bursts {
			n = 0
			if h := r.Feed([]byte(strings.Repeat("1\r", b.codes)), ms(b.ms)); n != b.scans || h.Good != n || h.Left != b.left || (h.Quiet == time.Second) != (b.left > 0) {
				t.Errorf("%s: %d at %d ms: %d scans, %+v", name, b.codes, b.ms, n, h)
			}
		}
	}
}

// TestA6AFloodEndsWithItsCable, and what is known of the scanner stays.
func TestA6AFloodEndsWithItsCable(t *testing.T) {
	n := 0
	r := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", zero), func(devices.Scan) { n++ })
	r.Feed([]byte(strings.Repeat("1\r", 600)), zero)
	r.Reset()
	if h := r.Feed([]byte("MUG-WHITE\rMUG"), ms(1)); h.Good != 1 || n != 501 || h.Left != 0 || h.Quiet != 300*time.Millisecond {
		t.Errorf("%d scans, %+v", n, h)
	}
}
