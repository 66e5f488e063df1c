package scale_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scale"
	"packbench/station/unit"
)

// script plays a list such as "0:zero 200:motion,500 400:ok,1000 tick@3000"
// into a gate and writes what came out.
type script struct {
	gate *scale.Gate
	zero time.Time
}

func newScript() *script {
	return &script{scale.NewGate(scale.GateOptions{}), time.Unix(1_000, 0)}
}

func (s *script) time(ms int) time.Time { return s.zero.Add(time.Duration(ms) * time.Millisecond) }

// at feeds a reading in grams; mute is a scale that cannot say whether it is steady.
func (s *script) at(ms int, state string, grams int) string {
	r := devices.Reading{At: s.time(ms), Mass: unit.Mass(grams) * unit.Gram, Division: unit.Gram, StableKnown: true}
	switch state {
	case "mute":
		r.State, r.HasMass, r.StableKnown = devices.OK, true, false
	case "blank":
		r.State, r.StableKnown, r.Raw = devices.OK, false, []byte(state)
	case "lose":
		return s.text(s.gate.Lose(r.At))
	case "tick":
		return s.text(s.gate.Tick(r.At))
	case "repeat":
		return s.text(s.gate.Repeat(r.At))
	default:
		if err := r.State.UnmarshalText([]byte(state)); err != nil {
			panic(err)
		}
		r.HasMass = r.State == devices.OK || r.State == devices.Zero || r.State == devices.Motion
		r.Stable = r.State == devices.OK || r.State == devices.Zero
		r.Raw = []byte(state)
	}
	return s.text(s.gate.Feed(r))
}

func (s *script) text(events []scale.Event) string {
	var all []string
	for _, e := range events {
		switch e := e.(type) {
		case scale.Settled:
			all = append(all, fmt.Sprint("settled ", e.Mass.Grams()))
		case scale.Cleared:
			all = append(all, "cleared")
		case scale.Lost:
			all = append(all, "lost")
		case scale.OutOfRange:
			all = append(all, fmt.Sprint("out of range, over ", e.Over))
		case scale.Unreadable:
			all = append(all, fmt.Sprintf("unreadable %s", e.Raw))
		}
	}
	return strings.Join(all, "; ")
}

func TestGate(t *testing.T) {
	type step struct {
		ms    int
		state string
		grams int
		want  string
	}
	for name, steps := range map[string][]step{
		"a parcel": {
			{0, "zero", 0, "cleared"},
			{200, "zero", 0, ""},
			{400, "motion", 700, ""},
			{600, "motion", 1010, ""},
			{800, "ok", 1000, "settled 1000 g"},
			{1000, "ok", 1000, ""},
			{1200, "ok", 1001, ""},
			{1400, "motion", 300, ""},
			{1600, "zero", 0, "cleared"},
		},
		"unplugged": {
			{0, "ok", 1000, "settled 1000 g"},
			{200, "lose", 0, "lost"},
			{210, "lose", 0, ""},
			{2500, "tick", 0, ""},
			{2600, "repeat", 0, "lost"},
			{2700, "ok", 1000, "settled 1000 g"},
		},
		"two equal parcels": {
			{0, "ok", 1000, "settled 1000 g"}, {200, "zero", 0, "cleared"}, {400, "ok", 1000, "settled 1000 g"},
		},
		"two equal parcels, changed without a steady zero between": {
			{0, "ok", 1000, "settled 1000 g"}, {200, "motion", 400, ""}, {400, "ok", 1000, "settled 1000 g"},
		},
		"two letters on a plate with dust": {
			{0, "ok", 10, "settled 10 g"}, {200, "ok", 5, "cleared"}, {400, "ok", 10, "settled 10 g"},
		},
		"a touch is not another parcel": {
			{0, "ok", 1000, "settled 1000 g"}, {200, "motion", 1003, ""}, {400, "ok", 1000, ""},
		},
		"something added": {
			{0, "ok", 1000, "settled 1000 g"}, {200, "ok", 1005, ""}, {400, "ok", 1006, "settled 1006 g"},
		},
		"a scale that cannot say": {
			{0, "mute", 0, ""},
			{200, "mute", 0, ""},
			{400, "mute", 0, "cleared"},
			{600, "mute", 500, ""},
			{800, "mute", 1000, ""},
			{1000, "mute", 1001, ""},
			{1199, "mute", 1000, ""},
			{1200, "mute", 1000, "settled 1000 g"},
			{1400, "mute", 1000, ""},
			{1600, "mute", 1003, ""},
			{2000, "mute", 1003, ""},
		},
		"over and under load": {
			{0, "over", 0, "out of range, over true"},
			{200, "over", 0, ""},
			{400, "zero", 0, "cleared"},
			{600, "under", 0, "out of range, over false"},
			{800, "ok", 900, "settled 900 g"},
			{1000, "ok", -50, "out of range, over false"},
		},
		"not understood": {
			{0, "unknown", 0, "unreadable unknown"},
			{200, "unknown", 0, ""},
			{400, "ok", 800, "settled 800 g"},
			{600, "error", 0, "unreadable error"},
			{800, "ok", 800, ""},
		},
		"cable pulled with the parcel on": {
			{0, "ok", 1000, "settled 1000 g"},
			{1000, "tick", 0, ""},
			{2000, "tick", 0, "lost"},
			{2500, "tick", 0, ""},
			{3000, "repeat", 0, "lost"},
			{4000, "ok", 1000, "settled 1000 g"},
			{7000, "ok", 1000, "lost; settled 1000 g"},
		},
		"the weighing step opens": {
			{0, "ok", 1000, "settled 1000 g"},
			{200, "repeat", 0, "settled 1000 g"},
			{400, "motion", 800, ""},
			{500, "repeat", 0, ""},
			{600, "ok", 1002, "settled 1002 g"},
			{800, "zero", 0, "cleared"},
			{900, "repeat", 0, "cleared"},
		},
		"a scale that cannot say, its steps seen": {
			{0, "mute", 1000, ""},
			{200, "mute", 1001, ""},
			{400, "mute", 1004, ""}, // more than one division off: it moves
			{799, "mute", 1004, ""},
			{800, "mute", 1004, "settled 1004 g"},
		},
		"a scale that cannot say, standing still between its steps": {
			{0, "mute", 1000, ""},
			{100, "mute", 1001, ""}, // it counts in ones
			{200, "mute", 1001, ""},
			{300, "mute", 1006, ""},
			{400, "mute", 1001, ""},
			{799, "mute", 1001, ""},
			{800, "mute", 1001, "settled 1001 g"},
		},
		"a scale that cannot say, unplugged": {
			{0, "mute", 1000, ""},
			{100, "lose", 0, "lost"},
			{500, "mute", 1000, ""},
			{899, "mute", 1000, ""},
			{900, "mute", 1000, "settled 1000 g"},
		},
		"a scale that counts in fives, unplugged and not": {
			{0, "mute", 1000, ""},
			{100, "mute", 1005, ""},
			{200, "mute", 1000, ""},
			{399, "mute", 1005, ""},
			{400, "mute", 1000, "settled 1000 g"},
			{500, "mute", 1010, ""},
			{600, "lose", 0, "lost"},
			{700, "mute", 1010, ""},
			{800, "mute", 1015, ""},
			{1099, "mute", 1010, ""},
			{1100, "mute", 1015, "settled 1015 g"},
		},
		"a scale that counts in twos": {
			{0, "mute", 1000, ""},
			{100, "mute", 1002, ""},
			{200, "mute", 1000, ""},
			{300, "mute", 1004, ""}, // two steps off: it moves
			{400, "mute", 1002, ""},
			{699, "mute", 1004, ""},
			{700, "mute", 1004, "settled 1004 g"},
		},
		"a scale that cannot say, without a weight between": {
			{0, "mute", 1000, ""},
			{200, "blank", 0, "unreadable blank"},
			{400, "mute", 1000, ""},
			{799, "mute", 1000, ""},
			{800, "mute", 1000, "settled 1000 g"},
		},
		"a scale that can say, then cannot": {
			{0, "mute", 1000, ""},
			{200, "motion", 1000, ""},
			{400, "mute", 1000, ""},
			{799, "mute", 1000, ""},
			{800, "mute", 1000, "settled 1000 g"},
		},
		"a scale that cannot say, over load between": {
			{0, "mute", 1000, ""},
			{200, "over", 0, "out of range, over true"},
			{400, "mute", 1000, ""},
			{799, "mute", 1000, ""},
			{800, "mute", 1000, "settled 1000 g"},
		},
		"trouble that comes again is said again": {
			{0, "over", 0, "out of range, over true"},
			{200, "motion", 900, ""},
			{400, "over", 0, "out of range, over true"},
			{600, "ok", 900, "settled 900 g"},
			{800, "over", 0, "out of range, over true"},
			{1000, "lose", 0, "lost"},
			{1200, "over", 0, "out of range, over true"},
			{1400, "under", 0, "out of range, over false"},
		},
		"the weighing step opens in trouble": {
			{0, "over", 0, "out of range, over true"},
			{100, "repeat", 0, "out of range, over true"},
			{200, "under", 0, "out of range, over false"},
			{300, "repeat", 0, "out of range, over false"},
			{400, "unknown", 0, "unreadable unknown"},
			{500, "repeat", 0, "unreadable unknown"},
		},
		"what was said again is what has settled": {
			{0, "ok", 1000, "settled 1000 g"},
			{200, "ok", 1004, ""},
			{300, "repeat", 0, "settled 1004 g"},
			{400, "ok", 1008, ""},
			{600, "ok", 1010, "settled 1010 g"},
		},
		"equal parcels with trouble between": {
			{0, "ok", 1000, "settled 1000 g"},
			{200, "over", 0, "out of range, over true"},
			{400, "ok", 1000, "settled 1000 g"},
			{600, "unknown", 0, "unreadable unknown"},
			{800, "ok", 1000, ""},
		},
		"a few grams are no parcel": {{0, "ok", 4, "cleared"}, {200, "ok", 6, "settled 6 g"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScript()
			for _, step := range steps {
				if got := s.at(step.ms, step.state, step.grams); got != step.want {
					t.Errorf("%d ms, %s %d g: %q, want %q", step.ms, step.state, step.grams, got, step.want)
				}
			}
		})
	}
}

func TestLiveNeverShowsWhatIsOld(t *testing.T) {
	s := newScript()
	for _, c := range []struct {
		ms    int
		state string
		want  string
	}{
		{0, "", "no data"},
		{100, "motion", "moving"},
		{200, "ok", "steady"},
		{300, "zero", "zero"},
		{400, "over", "over"},
		{500, "under", "under"},
		{600, "unknown", "unknown"},
		{700, "error", "unknown"},
		{800, "mute", "moving"},
	} {
		if c.state != "" {
			s.at(c.ms, c.state, 0)
		}
		if c.state == "ok" {
			s.at(c.ms, "ok", 500)
		}
		if live := s.gate.Current(s.time(c.ms)); live.State.String() != c.want {
			t.Errorf("%s is shown as %q, want %q", c.state, live.State, c.want)
		}
	}
	s.at(1000, "ok", 500)
	if live := s.gate.Current(s.time(2999)); live.State != scale.Steady || live.Mass != 500*unit.Gram {
		t.Errorf("just before the timeout: %+v", live)
	}
	if live := s.gate.Current(s.time(3000)); live != (scale.Live{}) {
		t.Errorf("after the timeout, without any Tick: %+v", live)
	}
}

// TestGateOfACoarseScale: two divisions are no parcel, and no change of one.
func TestGateOfACoarseScale(t *testing.T) {
	for _, c := range []struct {
		grams int
		want  string
	}{{20, "cleared"}, {-20, "cleared"}, {-21, "out of range, over false"}, {21, "settled 21 g"}} {
		s := newScript()
		r := devices.Reading{At: s.time(0), State: devices.OK, HasMass: true, StableKnown: true, Stable: true, Mass: unit.Mass(c.grams) * unit.Gram, Division: 10 * unit.Gram}
		if got := s.text(s.gate.Feed(r)); got != c.want {
			t.Errorf("%d g: %s, want %s", c.grams, got, c.want)
		}
		if c.grams == 21 {
			r.Mass += 20 * unit.Gram
			if got := s.text(s.gate.Feed(r)); got != "" {
				t.Errorf("two divisions more: %s", got)
			}
		}
	}
}

// TestGateAsItIsSet: a bench may wait longer and want more.
func TestGateAsItIsSet(t *testing.T) {
	s := newScript()
	s.gate = scale.NewGate(scale.GateOptions{Still: time.Second, Timeout: 3 * time.Second, Change: 50 * unit.Gram})
	for _, c := range []struct {
		ms    int
		state string
		grams int
		want  string
	}{
		{0, "mute", 100, ""},
		{999, "mute", 100, ""},
		{1000, "mute", 100, "settled 100 g"},
		{3999, "tick", 0, ""},
		{4000, "tick", 0, "lost"},
		{5000, "ok", 100, "settled 100 g"},
		{5100, "ok", 150, ""},
		{5200, "ok", 151, "settled 151 g"},
		{5300, "ok", 50, "cleared"},
	} {
		if got := s.at(c.ms, c.state, c.grams); got != c.want {
			t.Errorf("%d ms: %q, want %q", c.ms, got, c.want)
		}
	}
}

// TestGateAsksForAWeight: a good state without one is nothing to go by.
func TestGateAsksForAWeight(t *testing.T) {
	s := newScript()
	if got := s.text(s.gate.Feed(devices.Reading{At: s.time(0), State: devices.OK, StableKnown: true, Stable: true, Raw: []byte("x")})); got != "unreadable x" {
		t.Error(got)
	}
	if got := scale.LiveState(200).String(); got != "unknown" {
		t.Error(got)
	}
}

// TestLiveShowsTheReading with all that the screen needs of it.
func TestLiveShowsTheReading(t *testing.T) {
	s := newScript()
	s.gate.Feed(devices.Reading{At: s.time(5), State: devices.OK, HasMass: true, StableKnown: true, Stable: true, Net: true, Mass: unit.Kilogram, Division: unit.Gram})
	want := scale.Live{State: scale.Steady, Mass: unit.Kilogram, HasMass: true, Division: unit.Gram, Net: true, At: s.time(5)}
	if got := s.gate.Current(s.time(6)); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestEmptyUnderATareIsToldApart: a scale that shows nothing under a tare may hold
// what the tare was taken with.
func TestEmptyUnderATareIsToldApart(t *testing.T) {
	s := newScript()
	reads := func(ms int, mass unit.Mass, net bool) (out []scale.Event) {
		for _, e := range s.gate.Feed(devices.Reading{At: s.time(ms), State: devices.OK, HasMass: true, StableKnown: true, Stable: true, Net: net, Mass: mass}) {
			switch c := e.(type) {
			case scale.Cleared:
				out = append(out, scale.Cleared{Net: c.Net})
			case scale.Settled:
				out = append(out, scale.Settled{Mass: c.Mass, Net: c.Net})
			}
		}
		return out
	}
	for i, c := range []struct {
		mass unit.Mass
		net  bool
		want []scale.Event
	}{
		{unit.Kilogram, true, []scale.Event{scale.Settled{Mass: unit.Kilogram, Net: true}}},
		{0, true, []scale.Event{scale.Cleared{Net: true}}},
		{0, true, nil},
		{0, false, []scale.Event{scale.Cleared{}}},
	} {
		if got := reads(200*i, c.mass, c.net); !slices.Equal(got, c.want) {
			t.Errorf("reading %d: %+v, want %+v", i, got, c.want)
		}
	}
}

// While pieces are laid on, a change that is no news of a parcel is let through; a flicker
// of the last digit is not.
func TestAFineGateSeesEachPiece(t *testing.T) { // Q3
	s := newScript()
	var told []string
	hear := func(ms, grams int) { told = append(told, s.at(ms, "ok", grams)) }
	hear(0, 100)
	hear(500, 104)
	s.gate.Fine(true)
	hear(1000, 104)
	hear(1500, 106)
	hear(2000, 107)
	hear(2500, 104)
	s.gate.Fine(false)
	hear(3000, 107)
	if want := []string{"settled 100 g", "", "settled 104 g", "", "settled 107 g", "settled 104 g", ""}; !slices.Equal(told, want) {
		t.Errorf("%q, want %q", told, want)
	}
}
