package scale_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scale"
	"packbench/station/unit"
)

// A scale that cannot say whether it is steady settles although its last digit
// goes to and fro by one division, whatever that digit counts in.
func TestGateSettlesAFlickeringDigit(t *testing.T) {
	const pound = 453_592_370 // of a thousandth of a milligram
	for _, c := range []struct {
		name  string
		steps int // of the last digit
		digit int // its worth in thousandths of a milligram
	}{
		{"1 g", 1, 1_000_000},
		{"2 g", 2, 1_000_000},
		{"5 g", 5, 1_000_000},
		{"20 g", 2, 10_000_000},
		{"0.01 lb", 1, pound / 100},
		{"0.002 lb", 2, pound / 1000},
		{"0.005 lb", 5, pound / 1000},
	} {
		t.Run(c.name, func(t *testing.T) {
			mass := func(n int) unit.Mass { return unit.Mass((n*c.steps*c.digit + 500) / 1000) }
			s, n := newScript(), 3_000/c.steps
			got := ""
			for i, count := range []int{0, 0, n / 2, n, n + 1, n, n - 1, n + 1, 0, 0, n / 2, n, n + 1, n, n - 1, n + 1} {
				if i == 8 {
					s.at(200*i, "lose", 0) // from then on it may be another scale
				}
				r := devices.Reading{At: s.time(200 * i), State: devices.OK, HasMass: true, Mass: mass(count), Division: unit.Mass((c.digit + 500) / 1000)}
				got += fmt.Sprint(i, ":", s.text(s.gate.Feed(r)), " ")
			}
			want := fmt.Sprintf("0: 1: 2: 3: 4: 5:settled %[1]s 6: 7: 8: 9: 10: 11: 12: 13:settled %[1]s 14: 15: ", mass(n).Grams())
			if got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}

// A slow load is not taken for a flicker.
func TestGateWaitsForASlowLoad(t *testing.T) {
	s := newScript()
	for i := range 40 {
		r := devices.Reading{At: s.time(200 * i), State: devices.OK, HasMass: true, Mass: unit.Mass(100+3*i) * unit.Gram, Division: unit.Gram}
		if events := s.gate.Feed(r); len(events) > 0 {
			t.Fatalf("%d: %s while 15 g a second are added", i, s.text(events))
		}
	}
}

// gateModel is what W1 says, in other words than the gate's.
type gateModel struct {
	*testing.T
	readings []devices.Reading
	open     int // first reading after the last Cleared, Settled or Lost
	settled  unit.Mass
}

// stood reports whether the newest reading is steady by what was fed.
func (m *gateModel) stood() bool {
	last := m.readings[len(m.readings)-1]
	if last.State != devices.OK || !last.HasMass {
		return false
	}
	if last.StableKnown {
		return last.Stable
	}
	for i := len(m.readings) - 1; i >= 0; i-- {
		r := m.readings[i]
		if r.State != devices.OK || r.StableKnown || (r.Mass-last.Mass).Abs() > 2*5*last.Division {
			return false
		}
		if last.At.Sub(r.At) >= 400*time.Millisecond {
			return true
		}
	}
	return false
}

func (m *gateModel) check(events []scale.Event) {
	m.Helper()
	now := m.readings[len(m.readings)-1]
	for _, e := range events {
		switch e := e.(type) {
		case scale.Settled:
			if !m.stood() || e.Mass != now.Mass || e.At != now.At {
				m.Fatalf("%+v out of %+v", e, now)
			}
			changed := m.settled == 0
			for _, r := range m.readings[m.open:] {
				changed = changed || r.State == devices.Over || r.State == devices.Under || r.HasMass && (r.Mass-m.settled).Abs() > max(2*r.Division, 5*unit.Gram)
			}
			if !changed {
				m.Fatalf("%+v again, and nothing has changed since", e)
			}
			m.open, m.settled = len(m.readings), e.Mass
		case scale.Cleared, scale.Lost:
			m.open, m.settled = len(m.readings)-1, 0
		}
	}
}

// W1 with readings as they come: nothing settles that does not stand still now,
// nothing twice, and nothing older than the timeout is shown.
func TestGateWithAnyReadings(t *testing.T) {
	states := []devices.ReadingState{devices.OK, devices.OK, devices.OK, devices.OK, devices.Motion, devices.Zero, devices.Over, devices.Under, devices.Unknown, devices.Error}
	for seed := range uint64(3_000) {
		random := rand.New(rand.NewPCG(seed, 1))
		s := newScript()
		m := &gateModel{T: t}
		mute, ms, mass := seed%3 == 0, 0, unit.Mass(0)
		for range 60 {
			ms += []int{5, 100, 200, 200, 200, 450, 1_999, 2_000, 5_000}[random.IntN(9)]
			if random.IntN(3) == 0 {
				mass = unit.Mass(random.IntN(4)*500+random.IntN(8)) * unit.Gram
			}
			r := devices.Reading{At: s.time(ms), State: states[random.IntN(len(states))], Division: unit.Gram, StableKnown: !mute}
			switch r.State {
			case devices.OK, devices.Motion:
				r.HasMass, r.Mass, r.Stable = true, mass, r.State == devices.OK && !mute
			case devices.Zero:
				r.HasMass, r.Stable = true, !mute
			}
			m.readings = append(m.readings, r)
			m.check(s.gate.Feed(r))
			later := random.IntN(4_000)
			live := s.gate.Current(s.time(ms + later))
			if live != (scale.Live{}) && (later >= 2_000 || live.At != r.At || live.Mass != r.Mass) {
				t.Fatalf("seed %d: %+v is shown %d ms after %+v", seed, live, later, r)
			}
			for _, e := range s.gate.Repeat(s.time(ms + later)) {
				if e, ok := e.(scale.Settled); ok && (later >= 2_000 || !m.stood() || e.Mass != r.Mass) {
					t.Fatalf("seed %d: %+v is repeated %d ms after %+v", seed, e, later, r)
				} else if ok {
					m.open, m.settled = len(m.readings), e.Mass
				}
			}
		}
	}
}
