package sim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scale"
	"packbench/station/unit"
)

// line is a host and a scale that talk without a cable and without time
// passing: what a second of the world holds is thousands of frames here.
type line struct {
	voice   voice
	decoder scale.Decoder
	faults  *faults
	ask     []byte
	now     time.Time
}

func newLine(t *testing.T, p scale.Protocol, seed uint64) (*line, ScaleOptions) {
	t.Helper()
	if voices()[p.Name] == nil {
		t.Skip("nobody speaks it: see TestEveryProtocolHasAVoice")
	}
	opts, err := ScaleOptions{Protocol: p.Name}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	l := &line{
		voice: voices()[p.Name](opts), decoder: p.New(scale.Profile{Unit: opts.Unit}),
		faults: newFaults(seed, p.USB), ask: p.Polled.Ask, now: time.Unix(1_000, 0),
	}
	if l.ask == nil {
		l.ask = p.Stream.Ask
	}
	return l, opts
}

// turn asks once, lets a beat pass, and returns what the host understood of the
// answers, and the bytes.
func (l *line) turn(on load) (readings []devices.Reading, heard []byte) {
	said := [][]byte{}
	if l.ask != nil {
		said = append(said, l.voice.hear(l.ask, on, l.now))
	}
	l.now = l.now.Add(beat)
	said = append(said, l.voice.tick(on, l.now))
	for len(said) > 0 {
		for _, piece := range l.faults.spoil(said[0]) {
			heard = append(heard, piece.data...)
			r, reply := l.decoder.Feed(piece.data)
			readings = append(readings, r...)
			if len(reply) > 0 {
				said = append(said, l.voice.hear(reply, on, l.now))
			}
		}
		said = said[1:]
	}
	return readings, heard
}

func TestEveryProtocolHasAVoice(t *testing.T) {
	known := map[string]bool{}
	for _, p := range scale.Protocols() {
		known[p.Name] = true
		if voices()[p.Name] == nil {
			t.Errorf("no simulated scale speaks %s", p.Name)
		}
	}
	for name := range voices() {
		if !known[name] {
			t.Errorf("no driver understands %s", name)
		}
	}
}

// A reading of a load that stands is right within a division, or it is none:
// whatever happens to the bytes.
func TestSpoiltFramesNeverGiveAWrongWeight(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: the plain run does it")
	}
	for _, p := range scale.Protocols() {
		t.Run(p.Name, func(t *testing.T) {
			for _, on := range []string{"", FaultNoise, FaultTorn, FaultDoubled, FaultParity, "noise doubled parity", "torn parity"} {
				for _, mass := range []unit.Mass{1_234 * unit.Gram, 12_345 * unit.Gram, -37 * unit.Gram} {
					spoilAll(t, p, on, mass)
				}
			}
		})
	}
}

func spoilAll(t *testing.T, p scale.Protocol, on string, mass unit.Mass) {
	l, opts := newLine(t, p, uint64(len(on)))
	for _, name := range strings.Fields(on) {
		l.faults.set(name, true)
	}
	still := load{mass: mass, steady: true}
	right, wrong, example := 0, 0, ""
	for range 1000 {
		readings, heard := l.turn(still)
		for _, r := range readings {
			switch {
			case r.State != devices.OK && r.State != devices.Zero:
			case (r.Mass - mass).Abs() <= opts.Division:
				right++
			default:
				wrong++
				example = fmt.Sprintf("%v as %v out of %q", r.Mass, r.State, heard)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%s with %q: %d readings are wrong, %d right; the last is %s", mass, on, wrong, right, example)
	}
	if right < 200 && mass > 0 {
		t.Errorf("%s with %q: only %d of 1000 frames were read", mass, on, right)
	}
	for _, name := range Faults() {
		l.faults.set(name, false)
	}
	l.turn(still) // what is left of the last fault may cost a frame
	if readings, heard := l.turn(still); len(readings) == 0 && mass > 0 {
		t.Errorf("%s after %q: nothing comes any more, out of %q", mass, on, heard)
	}
}
