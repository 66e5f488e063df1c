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
