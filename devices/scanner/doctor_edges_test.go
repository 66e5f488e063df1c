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
		if words := d.Result().Advice[0].Words.String(); !strings.HasSuffix(words, want) {
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

// TestDoctorTakesTheUsualPace, and the slowest for the limit.
func TestDoctorTakesTheUsualPace(t *testing.T) {
	d, b := newPatient()
	for i, c := range scanner.Sheet() {
		g := good
		g.gap = time.Duration(11-i) * time.Millisecond // 11 to 5
		b.scan(g, c)
	}
	if r := d.Result(); r.KeyGap != 8*time.Millisecond || r.PerKey != 32*time.Millisecond {
		t.Errorf("a key takes %v, limit %v", r.KeyGap, r.PerKey)
	}
}

// TestDoctorNamesWhatChangedPlaces: one that moved is one, two that changed places are
// two.
func TestDoctorNamesWhatChangedPlaces(t *testing.T) {
	for came, want := range map[string]string{"573": "3", "537": "35", "35?": "7", "???": "357"} {
		d, b := newPatient()
		for range 2 {
			b.send(good, strings.Replace(good.text(scanner.Sheet()[0]), "357", came, 1))
		}
		if got := d.Result().Wrong; got != want {
			t.Errorf("%s came for 357: says %q, want %q", came, got, want)
		}
	}
}

// TestDoctorTellsAltGrFromCtrl: a German scanner that presses Ctrl and Alt for a
// bracket sends its separator as it does all the same.
func TestDoctorTellsAltGrFromCtrl(t *testing.T) {
	g := gun{layout: "de", suffix: "\r", gs: "alt", aim: "aim", gap: 8 * time.Millisecond}
	d, b := newPatient()
	for _, c := range scanner.Sheet()[:5] {
		b.scan(g, c)
	}
	b.chord(g.gap, 37, 64, 18) // ]
	b.send(g, "C1"+scanner.Sheet()[5].Data)
	if r := d.Result(); r.Separator != scanner.SeparatorAlt || !r.AIM || r.Layout != "de" {
		t.Errorf("learnt %+v", r)
	}
}

// TestDoctorTrustsGoodLinesMore than one that comes wrong: each counts for one at most.
func TestDoctorTrustsGoodLinesMore(t *testing.T) {
	d, b := newPatient()
	german, american := good, good
	german.layout = "de"
	b.scan(german, scanner.Sheet()[1])
	b.scan(german, scanner.Sheet()[4])
	for range 2 {
		b.send(american, strings.Replace(good.text(scanner.Sheet()[2]), "9", "?", 1))
	}
	if r := d.Result(); r.Layout != "de" || d.Progress().Words.Kind != scanner.ReadFaulty {
		t.Errorf("learnt %s, last %s", r.Layout, d.Progress().Words.Kind)
	}
}
