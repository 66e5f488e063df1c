package doctor

import (
	"context"
	"path/filepath"
	"testing"

	"packbench/devices/sim"
	"packbench/station/config"
	"packbench/station/unit"
)

func TestTheProtocolOfAScaleIsFound(t *testing.T) {
	for _, c := range []struct{ speaks, found, poll string }{
		{"sics", "sics", "ask"},
		{"toledo8217", "toledo8217", "ask"},
		{"nci-scp01", "nci-scp01", "ask"},
		{"mt-continuous", "mt-continuous", "stream"},
		{"st-gs", "st-gs", "stream"},
		{"adam", "", ""}, // there is no question that is safe to ask
	} {
		t.Run(c.speaks, func(t *testing.T) {
			t.Parallel()
			s, err := sim.NewScale(sim.ScaleOptions{Protocol: c.speaks, Link: filepath.Join(t.TempDir(), "scale")})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { _ = s.Run(ctx); close(ended) }()
			defer func() {
				stop()
				<-ended
				_ = s.Close()
			}()
			s.Put(1_234 * unit.Gram)
			asked := config.Default().Scale
			asked.Port = s.Path()
			steps := 0
			found, err := FindScale(ctx, asked, func(int, int, string) { steps++ })
			if err != nil {
				t.Fatal(err)
			}
			if c.found == "" {
				if found.Found || found.Scale != asked {
					t.Errorf("found %+v", found)
				}
				return
			}
			if !found.Found || found.Scale.Protocol != c.found || found.Scale.Poll != c.poll || steps == 0 {
				t.Errorf("found %+v after %d steps, want %s by %s", found, steps, c.found, c.poll)
			}
			all := config.Default()
			all.Scale = found.Scale
			if err := all.Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}
