package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"packbench/cmd/internal/folder"
	scales "packbench/devices/scale"
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

// newWorld plugs in simulated devices of the kinds that the settings name, and
// points the settings of this run at them; the file keeps its own.
func newWorld(d *folder.Folder) (*world, error) {
	dir, err := os.MkdirTemp("", "packbench-demo-")
	if err != nil {
		return nil, err
	}
	w := &world{dir: dir, printer: sim.NewPrinter(d.DocumentsDir()), out: map[string]bool{}, printed: "ok"}
	s := &d.Settings
	if !s.Scanner.Ported() || s.Scanner.Kind == "rfid" { // a reader of tags alone can scan no badge
		s.Scanner.Kind = "serial"
	}
	if s.Scale.Kind == "none" {
		s.Scale.Kind = "serial"
	}
	if s.Scale.Kind == "hid" {
		s.Scale.Protocol = "hid"
	}
	gun := sim.ScannerOptions{Kind: s.Scanner.Kind, Link: filepath.Join(dir, "scanner"), Prefix: s.Scanner.Prefix, AIM: s.Scanner.AIM}
	if w.scanner, err = sim.NewScanner(gun); err != nil {
		w.close()
		return nil, err
	}
	scale := sim.ScaleOptions{Protocol: s.Scale.Protocol, Link: filepath.Join(dir, "scale")}
	if p, err := scales.Find(s.Scale.Protocol); err == nil && p.Unitless {
		scale.Unit = s.Scale.Unit
	}
	if w.scale, err = sim.NewScale(scale); err != nil {
		w.close()
		return nil, err
	}
	s.Scanner.Port, s.Scale.Port = w.scanner.Path(), w.scale.Path()
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
