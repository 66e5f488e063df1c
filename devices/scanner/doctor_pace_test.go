package scanner_test

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
)

// TestPaceThatTheDoctorLearns: the average of the keys that need no other key,
// and of ALT mode, which has none of these, of all keys.
func TestPaceThatTheDoctorLearns(t *testing.T) {
	const ms = time.Millisecond
	d, b := newPatient()
	sum, n := time.Duration(0), time.Duration(0)
	us, _ := scanner.FindLayout("us")
	gap := time.Duration(0)
	for i, c := range good.text(scanner.Sheet()[0]) {
		if way, _ := chordOf(us, c); i > 0 && !way.shift {
			sum, n = sum+gap, n+1
		}
		gap = []time.Duration{40 * ms, 9 * ms, 6 * ms, 14 * ms}[min(i, 1+i%3)]
		b.char(gap, us, c)
	}
	b.wait(time.Second)
	if got := d.Result().KeyGap; got != sum/n {
		t.Errorf("%v, want %v", got, sum/n)
	}
	d, b = newPatient()
	alt := good
	alt.alt, alt.suffix, alt.gap = true, "", 2*ms
	b.scan(alt, scanner.Sheet()[0])
	if got := d.Result().KeyGap; got != 2*ms {
		t.Errorf("ALT mode: %v", got)
	}
	d, b = newPatient()
	for i, c := range good.text(scanner.Sheet()[0]) {
		b.char(8*ms, us, c)
		if i == 5 {
			b.now = b.now.Add(-time.Second) // somebody sets the clock
		}
	}
	b.wait(2 * time.Second)
	if got := d.Result().KeyGap; got <= 6*ms || got > 8*ms {
		t.Errorf("the clock set back: %v", got)
	}
}

// TestDoctorNamesWhatIsLostAndChanged of one line, whose places do not fit.
func TestDoctorNamesWhatIsLostAndChanged(t *testing.T) {
	d, b := newPatient()
	text := strings.NewReplacer("7", "1", "5", "").Replace(good.text(scanner.Sheet()[0]))
	for range 2 {
		b.send(good, text)
	}
	if got := d.Result().Wrong; got != "57" {
		t.Errorf("%q came for %q: says %q", text, good.text(scanner.Sheet()[0]), got)
	}
}
