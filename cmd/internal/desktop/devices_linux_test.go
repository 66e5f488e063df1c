package desktop

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/devices/sim"
	"packbench/station"
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

func (v views) Publish(view screen.View)           { v <- timedView{time.Now(), view} }
func (v views) PublishLabel(string, image.Image)   {}
func (v views) PublishPicture(string, image.Image) {}

func (v views) until(b *testing.B, what string, good func(screen.View) bool) time.Time {
	b.Helper()
	for late := time.After(time.Minute); ; {
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
	d := sampleShop(b)
	d.Settings.Scale.Kind, d.Settings.Scale.Port = "serial", line.Path()
	order := station.Order{ID: "ONE", Status: station.OrderOpen, Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1, Kind: station.Goods}}}
	if _, err := d.Store.PutOrders(b.Context(), []station.Order{order}); err != nil {
		b.Fatal(err)
	}
	f, err := New(b.Context(), d, Options{})
	if err != nil {
		b.Fatal(err)
	}
	shown := make(views, 10_000)
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.Run(ctx, windowOf(shown), nil) }()
	defer func() {
		stop()
		<-ended
		f.Close()
	}()
	for _, code := range []string{"PB:badge:B-PACKER", "ONE", "9520000000011"} {
		f.Bench.Engine.Post(engine.Scan{Device: "test", Data: code})
		if err := f.Bench.Engine.Quiet(ctx); err != nil {
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
