package main

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/devices/sim"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/screen"
)

// turn is how often the window takes what is new: 60 times a second.
const turn = time.Second / 60

// views is a display that hands on each view with its time.
type views chan timedView

type timedView struct {
	at   time.Time
	view screen.View
}

func (v views) Publish(view screen.View) { v <- timedView{time.Now(), view} }
func (v views) PublishLabel(image.Image) {}

func (v views) until(b *testing.B, what string, good func(screen.View) bool) time.Time {
	b.Helper()
	for late := time.After(patience); ; {
		select {
		case s := <-v:
			if good(s.view) {
				return s.at
			}
		case <-late:
			b.Fatalf("waited in vain for %s", what)
		}
	}
}

// BenchmarkWeightToView measures from the moment that the last byte of a
// weight is on the line until the view has it, against one turn of the window.
func BenchmarkWeightToView(b *testing.B) {
	line, err := sim.NewScanner(sim.ScannerOptions{Link: filepath.Join(b.TempDir(), "scale")}) // a line without anybody who answers
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = line.Close() }()
	d := sampleBench(b, nil)
	d.Settings.Scale.Kind, d.Settings.Scale.Port = "serial", line.Path()
	order := station.Order{ID: "ONE", Status: station.OrderOpen, Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1, Kind: station.Goods}}}
	if _, err := d.Store.PutOrders(b.Context(), []station.Order{order}); err != nil {
		b.Fatal(err)
	}
	f, err := newFront(b.Context(), d, options{})
	if err != nil {
		b.Fatal(err)
	}
	shown := make(views, 10_000)
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.run(ctx, shown, func(act func()) { act() }) }()
	defer func() {
		stop()
		<-ended
		f.close()
	}()
	for _, code := range []string{"PB:badge:B-PACKER", "ONE", "9520000000011"} {
		f.bench.Engine.Post(engine.Scan{Device: "test", Data: code})
		if err := f.bench.Engine.Quiet(ctx); err != nil {
			b.Fatal(err)
		}
	}
	shown.until(b, "the weighing page", func(v screen.View) bool { return v.Page == screen.PageWeighing })
	var took []time.Duration
	for n := range max(b.N, 600) {
		grams := fmt.Sprintf("%d.%03d", 1+n%9, n%1000)
		time.Sleep(time.Duration(n%37) * time.Millisecond) // at any moment of the polls
		frame := fmt.Sprintf("S D %10s kg\r\n", grams)
		if err := line.Noise([]byte(frame)); err != nil {
			b.Fatal(err)
		}
		sent := time.Now()
		at := shown.until(b, "the weight "+grams, func(v screen.View) bool {
			return v.Bench != nil && v.Bench.Weight != nil && v.Bench.Weight.Number == grams
		})
		took = append(took, at.Sub(sent))
	}
	slices.Sort(took)
	p50, p99 := took[len(took)/2], took[len(took)*99/100]
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(p50.Seconds()*1000, "p50-ms")
	b.ReportMetric(p99.Seconds()*1000, "p99-ms")
	b.ReportMetric(float64(p99)/float64(turn), "ratio")
	b.ReportMetric(1, "bound")
}

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
