package desktop

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/scale"
	"packbench/station/config"
	"packbench/station/unit"
)

// The demo plays whatever devices the settings name.
func TestDemoPlaysTheDevicesOfTheSettings(t *testing.T) {
	for name, set := range map[string]func(*config.Settings){
		"as shipped":              func(*config.Settings) {},
		"HID-POS, Toledo in lb":   func(s *config.Settings) { s.Scanner.Kind, s.Scale.Protocol, s.Scale.Unit = "hid", "toledo8217", "lb" },
		"keyboard, USB scale":     func(s *config.Settings) { s.Scanner.Kind, s.Scale.Kind = "keyboard", "hid" },
		"serial, streaming scale": func(s *config.Settings) { s.Scanner.Kind, s.Scale.Protocol = "serial", "mt-continuous" },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			foldertest.Init(t, dir, true, folder.Options{})
			d, err := folder.Open(t.Context(), dir, folder.Options{})
			if err != nil {
				t.Fatal(err)
			}
			d.Settings.Sounds = false
			set(&d.Settings)
			f, err := New(t.Context(), d, Options{Demo: true})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- f.Run(ctx, windowOf(&seenViews{}), nil) }()
			defer func() {
				stop()
				<-ended
				f.Close()
				_ = d.Close()
			}()
			until := func(what string, so func() bool) {
				t.Helper()
				for end := time.Now().Add(time.Minute); !so(); time.Sleep(10 * time.Millisecond) {
					if time.Now().After(end) {
						var said []string
						for _, v := range f.Bench.Engine.State().Recent {
							said = append(said, fmt.Sprintf("%s %s %q", v.Kind, v.Code, v.Scanned))
						}
						t.Fatalf("waited in vain for %s; %q; %+v", what, said, f.Live().Statuses())
					}
				}
			}
			const mass = 1_234 * unit.Gram
			f.Simulator.Put(mass)
			until("the weight", func() bool {
				w := f.Live().Weight(time.Now())
				return w.State == scale.Steady && (w.Mass-mass).Abs() <= 5*unit.Gram
			})
			until("the scanner", func() bool { return f.Live().Statuses()[bench.FirstScanner].Lamp.String() == "green" })
			if err := f.Simulator.Scan([]byte("PB:badge:B-PACKER")); err != nil {
				t.Fatal(err)
			}
			until("somebody to be signed in", func() bool { return f.Bench.Engine.State().Person.ID == "P1" })
		})
	}
}
