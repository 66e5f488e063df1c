package scanner_test

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
)

// TestDoctorKnowsEndsByCtrl: a scanner may press Ctrl and a letter for Enter, Tab
// and LF.
func TestDoctorKnowsEndsByCtrl(t *testing.T) {
	for key, want := range map[int]string{58: "\r", 44: "\n", 31: "\t"} {
		d, b := newPatient()
		for _, c := range scanner.Sheet() {
			for _, r := range good.text(c) {
				if r == '\x1d' {
					b.separator(good, scanner.US())
					continue
				}
				b.char(good.gap, scanner.US(), r)
			}
			b.chord(time.Second, 37, key)
		}
		if r := d.Result(); r.Suffix != want || advised(r) != "" {
			t.Errorf("key %d: suffix %q, advice %q", key, r.Suffix, advised(r))
		}
	}
}

// TestDoctorTellsAPrefixFromAnIdentifier: only that of the printed code is one.
func TestDoctorTellsAPrefixFromAnIdentifier(t *testing.T) {
	for _, prefix := range []string{"]B1", "]P0", "]C"} {
		g := good
		g.prefix, g.aim = prefix, ""
		if r := calibrate(g).Result(); r.Prefix != prefix || r.AIM || advised(r) != "aim" {
			t.Errorf("%s: prefix %q, identifier %v, advice %q", prefix, r.Prefix, r.AIM, advised(r))
		}
	}
}

// TestDoctorCountsTheLinesThatAreMissing in words of a person.
func TestDoctorCountsTheLinesThatAreMissing(t *testing.T) {
	for read, want := range map[int]string{5: ": 6.", 4: ": 5 and 6.", 1: ": 2, 3, 4, 5 and 6."} {
		d, b := newPatient()
		for _, c := range scanner.Sheet()[:read] {
			b.scan(good, c)
		}
		if words := d.Result().Advice[0].Words; !strings.HasSuffix(words, want) {
			t.Errorf("%d lines read: %s", read, words)
		}
	}
}

// TestDoctorCallsSlow what is above the limit.
func TestDoctorCallsSlow(t *testing.T) {
	for gap, want := range map[time.Duration]string{35: "", 36: "slow"} {
		g := good
		g.gap = gap * time.Millisecond
		if got := advised(calibrate(g).Result()); got != want {
			t.Errorf("%d ms a key: advice %q, want %q", gap, got, want)
		}
	}
}
