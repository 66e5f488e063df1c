package scale_test

import (
	"fmt"
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
