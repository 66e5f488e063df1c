package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/devices/sim"
	"packbench/station/config"
)

// BenchmarkIdle measures what an idle bench takes of a processor, window and
// all, while two scanners and a scale are plugged in: 2 % of a core at most.
func BenchmarkIdle(b *testing.B) {
	binary := needWindow(b, "openbox")
	dir := b.TempDir()
	gun, err := sim.NewScanner(sim.ScannerOptions{Link: filepath.Join(dir, "gun")})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = gun.Close() }()
	stand, err := sim.NewScanner(sim.ScannerOptions{Kind: "hid", Link: filepath.Join(dir, "stand")})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = stand.Close() }()
	scale, err := sim.NewScale(sim.ScaleOptions{Link: filepath.Join(dir, "scale")})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = scale.Close() }()
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	go func() { _ = scale.Run(ctx) }()
	d := sampleBench(b, func(s *config.Settings) {
		s.Scanner.Kind, s.Scanner.Port = "serial", gun.Path()
		s.Scanner2.Kind, s.Scanner2.Port = "hid", stand.Path()
		s.Scale.Kind, s.Scale.Port = "serial", scale.Path()
	})
	p := start(b, binary, "--data", d.Dir, "--ready")
	if err := gun.Scan([]byte("PB:badge:B-PACKER")); err != nil {
		b.Fatal(err)
	}
	signedIn(b, d)
	time.Sleep(2 * time.Second)
	const span = 10 * time.Second
	var share float64
	for b.Loop() {
		before := p.used()
		time.Sleep(span)
		share = float64(p.used()-before) / float64(span)
	}
	p.stop()
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(100*share, "percent")
	b.ReportMetric(share/0.02, "ratio")
	b.ReportMetric(1, "bound")
}

// signedIn waits until the bench has somebody: then its devices work.
func signedIn(b *testing.B, d *folder.Folder) {
	b.Helper()
	w := newWatch(b, d)
	for end := time.Now().Add(patience); w.state.Person.ID == ""; time.Sleep(50 * time.Millisecond) {
		w.read()
		if time.Now().After(end) {
			b.Fatal("nobody is signed in")
		}
	}
}

// used is the processor time that the program has taken.
func (p *program) used() time.Duration {
	p.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest) // from the third field on; user and system time are the 14th and 15th
	ticks := 0
	for _, f := range fields[11:13] {
		n, err := strconv.Atoi(f)
		if err != nil {
			p.t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}
