//go:build linux

package port_test

import (
	"context"
	"testing"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/devices/sim"
)

// safe is a search with the harmless questions of the scales, and no others.
func safe(name string) port.Search {
	s := port.Search{
		Open:  func(l devices.Line) port.Opener { return port.Serial{Name: name, Line: l} },
		Lines: []devices.Line{{}, {Bits: 7, Parity: "even"}, {Baud: 2400, Bits: 7, Parity: "even"}},
		Knows: func(heard []byte) string {
			if known := scale.Recognise(heard); len(known) > 0 {
				return known[0].Name
			}
			return ""
		},
	}
	for _, p := range scale.Protocols() {
		if p.Probe != nil {
			s.Questions = append(s.Questions, port.Question{
				Name: p.Name, Line: p.Line, Ask: p.Probe.Ask, Leave: p.Probe.Leave, Answers: p.Probe.Answers,
			})
		}
	}
	return s
}

func TestProbeFindsSimulatedScales(t *testing.T) {
	for name, asked := range map[string]bool{
		"sics": true, "toledo8217": true, "nci-scp01": true,
		"mt-continuous": false, "st-gs": false,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := sim.NewScale(sim.ScaleOptions{Protocol: name})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- s.Run(ctx) }()
			defer func() {
				cancel()
				<-done
			}()
			found, err := port.Probe(t.Context(), safe(s.Path()))
			for range 4 { // a machine that sleeps hears nothing in time: who finds nothing presses again
				if err == nil && found.Name == "" {
					found, err = port.Probe(t.Context(), safe(s.Path()))
				}
			}
			if err != nil || found.Name != name || found.Asked != asked {
				t.Errorf("found %q, asked %v, heard %q, %v", found.Name, found.Asked, found.Heard, err)
			}
		})
	}
}
