package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"packbench/cmd/internal/bench"
	"packbench/devices/sim"
	"packbench/station/unit"
)

// world is what a demo simulates: a scanner and a scale on pseudo terminals,
// which the same drivers read as real ones, and a printer.
type world struct {
	dir     string
	scanner *sim.Scanner
	scale   *sim.Scale
	printer *sim.Printer

	mu      sync.Mutex
	mass    unit.Mass
	out     map[string]bool // cables that are pulled
	printed string          // what the printer reports
}

// newWorld plugs the simulated devices in and points the settings of this run
// at them; the file keeps its own.
func newWorld(d *bench.Data) (*world, error) {
	dir, err := os.MkdirTemp("", "packbench-demo-")
	if err != nil {
		return nil, err
	}
	w := &world{dir: dir, printer: sim.NewPrinter(d.DocumentsDir()), out: map[string]bool{}, printed: "ok"}
	if w.scanner, err = sim.NewScanner(filepath.Join(dir, "scanner")); err != nil {
		w.close()
		return nil, err
	}
	if w.scale, err = sim.NewScale(sim.ScaleOptions{Protocol: "sics", Link: filepath.Join(dir, "scale")}); err != nil {
		w.close()
		return nil, err
	}
	s := &d.Settings
	s.Scanner.Kind, s.Scanner.Port = "serial", w.scanner.Path()
	s.Scale.Kind, s.Scale.Protocol, s.Scale.Port = "serial", "sics", w.scale.Path()
	return w, nil
}

func (w *world) run(ctx context.Context) { _ = w.scale.Run(ctx) }

func (w *world) close() {
	if w.scanner != nil {
		_ = w.scanner.Close()
	}
	if w.scale != nil {
		_ = w.scale.Close()
	}
	_ = os.RemoveAll(w.dir)
}

// put lays a load on the simulated scale.
func (w *world) put(mass unit.Mass) {
	w.mu.Lock()
	w.mass = mass
	w.mu.Unlock()
	w.scale.Put(mass)
}

// cable pulls or plugs a simulated cable.
func (w *world) cable(device string, in bool) error {
	w.mu.Lock()
	w.out[device] = !in
	w.mu.Unlock()
	switch {
	case device == "scanner" && in:
		return w.scanner.Replug()
	case device == "scanner":
		w.scanner.Unplug()
	case device == "scale" && in:
		return w.scale.Replug()
	case device == "scale":
		w.scale.Unplug()
	}
	return nil
}

// set makes the simulated printer behave.
func (w *world) set(state string) error {
	if err := w.printer.Set(state); err != nil {
		return err
	}
	w.mu.Lock()
	w.printed = state
	w.mu.Unlock()
	return nil
}

// state gives what the panel shows.
func (w *world) state() (mass unit.Mass, scannerIn, scaleIn bool, printer string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mass, !w.out["scanner"], !w.out["scale"], w.printed
}
