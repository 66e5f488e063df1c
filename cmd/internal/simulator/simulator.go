// Package simulator is what a demo simulates: a scanner and a scale on pseudo
// terminals, which the same drivers read as real ones, and a printer. It must not be
// known to anything that a real device is not known to: only the window's front has it.
package simulator

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

// Simulator is the devices of a demo; its methods may be called from anywhere.
type Simulator struct {
	dir     string
	scanner *sim.Scanner
	scale   *sim.Scale
	Printer *sim.Printer

	mu      sync.Mutex
	mass    unit.Mass
	out     map[string]bool // cables that are pulled
	printed string          // what the printer reports
}

// New plugs in simulated devices of the kinds that the settings name, and
// points the settings of this run at them; the file keeps its own.
func New(d *folder.Folder) (*Simulator, error) {
	dir, err := os.MkdirTemp("", "packbench-demo-")
	if err != nil {
		return nil, err
	}
	w := &Simulator{dir: dir, Printer: sim.NewPrinter(d.DocumentsDir()), out: map[string]bool{}, printed: "ok"}
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
	gun := sim.ScannerOptions{Kind: s.Scanner.Kind, Link: filepath.Join(dir, "scanner"), Prefix: s.Scanner.Prefix, AIM: s.Scanner.AIM, Whole: s.Scanner.Kind != "rfid"}
	if w.scanner, err = sim.NewScanner(gun); err != nil {
		w.Close()
		return nil, err
	}
	scale := sim.ScaleOptions{Protocol: s.Scale.Protocol, Link: filepath.Join(dir, "scale")}
	if p, err := scales.Find(s.Scale.Protocol); err == nil && p.Unitless {
		scale.Unit = s.Scale.Unit
	}
	if w.scale, err = sim.NewScale(scale); err != nil {
		w.Close()
		return nil, err
	}
	s.Scanner.Port, s.Scale.Port = w.scanner.Path(), w.scale.Path()
	return w, nil
}

// Run works until ctx ends.
func (s *Simulator) Run(ctx context.Context) { _ = s.scale.Run(ctx) }

// Close unplugs everything.
func (s *Simulator) Close() {
	if s.scanner != nil {
		_ = s.scanner.Close()
	}
	if s.scale != nil {
		_ = s.scale.Close()
	}
	_ = os.RemoveAll(s.dir)
}

// Scan is the simulated scanner's trigger; one whose cable is pulled scans nothing.
func (s *Simulator) Scan(code []byte) error {
	if _, in, _, _ := s.State(); !in {
		return nil
	}
	return s.scanner.Scan(code)
}

// Put lays a load on the simulated scale.
func (s *Simulator) Put(mass unit.Mass) {
	s.mu.Lock()
	s.mass = mass
	s.mu.Unlock()
	s.scale.Put(mass)
}

// Cable pulls or plugs a simulated cable.
func (s *Simulator) Cable(device string, in bool) error {
	s.mu.Lock()
	s.out[device] = !in
	s.mu.Unlock()
	switch {
	case device == "scanner" && in:
		return s.scanner.Replug()
	case device == "scanner":
		s.scanner.Unplug()
	case device == "scale" && in:
		return s.scale.Replug()
	case device == "scale":
		s.scale.Unplug()
	}
	return nil
}

// Set makes the simulated printer behave.
func (s *Simulator) Set(state string) error {
	if err := s.Printer.Set(state); err != nil {
		return err
	}
	s.mu.Lock()
	s.printed = state
	s.mu.Unlock()
	return nil
}

// State returns what the panel shows.
func (s *Simulator) State() (mass unit.Mass, scannerIn, scaleIn bool, printer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mass, !s.out["scanner"], !s.out["scale"], s.printed
}
