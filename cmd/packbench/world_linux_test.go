package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/folder"
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
			if err := folder.Init(t.Context(), dir, true, folder.Options{}); err != nil {
				t.Fatal(err)
			}
			d, err := folder.Open(t.Context(), dir, folder.Options{})
			if err != nil {
				t.Fatal(err)
			}
			d.Settings.Sounds = false
			set(&d.Settings)
			f, err := newFront(t.Context(), d, options{demo: true})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- f.run(ctx, &seenViews{}, func(act func()) { act() }) }()
			defer func() {
				stop()
				<-ended
				f.close()
				_ = d.Close()
			}()
			until := func(what string, so func() bool) {
				t.Helper()
				for end := time.Now().Add(patience); !so(); time.Sleep(10 * time.Millisecond) {
					if time.Now().After(end) {
						t.Fatalf("waited in vain for %s; %+v", what, f.live.Load().Statuses())
					}
				}
			}
			const mass = 1_234 * unit.Gram
			f.world.put(mass)
			until("the weight", func() bool {
				w := f.live.Load().Weight(time.Now())
				return w.State == scale.Steady && (w.Mass-mass).Abs() <= 5*unit.Gram
			})
			until("the scanner", func() bool { return f.live.Load().Statuses()[bench.FirstScanner].Lamp.String() == "green" })
			if err := f.world.scanner.Scan([]byte("PB:badge:B-PACKER")); err != nil {
				t.Fatal(err)
			}
			until("somebody to be signed in", func() bool { return f.bench.Engine.State().Person.ID == "P1" })
		})
	}
}
