package main

import (
	"bytes"
	"image"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/devices/sim"
	"packbench/station/config"
	"packbench/station/pack"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

const (
	pictures       = 200 // of each window
	picturesInTurn = 20  // before the other window has its turn
	workScans      = 100 // at a hurried packer's five a second
	workEvery      = 200 * time.Millisecond
	processorBound = 3.4 // half of what it was when this was first measured
	growScans      = 5000
	growEvery      = 40 * time.Millisecond
	memoryBound    = 1.2
)

// BenchmarkScanToPicture measures how long it takes from the last key, or byte, of a
// scan until the verdict's picture changes on the screen, what a scan takes of a
// processor, and how the program's memory grows: beside a window that changes one
// label with a key, both in turn on one screen that is drawn by software.
func BenchmarkScanToPicture(b *testing.B) {
	binary := needWindow(b, "xdotool", "openbox")
	empty := emptyProgram(b)
	b.Run("keys", func(b *testing.B) {
		x := newEyes(b)
		theirs := labelWindow(b, x, empty)
		ours := benchWindow(b, x, binary, func(s *config.Settings) { s.Scanner.Kind = "wedge" }, x.scan)
		for b.Loop() {
			pictureTimes(b, ours, theirs)
		}
	})
	b.Run("serial", func(b *testing.B) {
		scanner, err := sim.NewScanner(sim.ScannerOptions{Link: filepath.Join(b.TempDir(), "scanner")})
		if err != nil {
			b.Fatal(err)
		}
		defer func() { _ = scanner.Close() }()
		x := newEyes(b)
		theirs := labelWindow(b, x, empty)
		ours := benchWindow(b, x, binary, func(s *config.Settings) {
			s.Scanner.Kind, s.Scanner.Port = "serial", scanner.Path()
		}, func(code string) time.Time {
			if err := scanner.Scan([]byte(code)); err != nil {
				b.Fatal(err)
			}
			return time.Now()
		})
		for b.Loop() {
			pictureTimes(b, ours, theirs)
			processorTimes(b, ours, theirs)
			memoryGrowth(b, ours)
		}
	})
}

// watched is a window with a spot that changes its colour with each step.
type watched struct {
	*program
	eyes  *eyes
	title string
	step  func() time.Time // gives when its last key or byte was out
	spot  image.Point
	took  []time.Duration
}

// labelWindow shows a window that changes its label with each key.
func labelWindow(b *testing.B, x *eyes, empty string) *watched {
	b.Helper()
	w := &watched{program: start(b, empty), eyes: x, title: "nothing here", step: func() time.Time { return x.scan("") }}
	w.find()
	return w
}

// benchWindow opens an order of two products whose units are scanned in turn.
func benchWindow(b *testing.B, x *eyes, binary string, set func(*config.Settings), scan func(code string) time.Time) *watched {
	b.Helper()
	d := sampleBench(b, set)
	products := importStamps(b, d, growScans)
	journal := newWatch(b, d)
	n := 0
	w := &watched{program: start(b, binary, "--data", d.Dir, "--ready"), eyes: x, title: benchTitle, step: func() time.Time {
		n++
		return scan(products[n%2].Barcodes[0].Code)
	}}
	scan("PB:badge:B-PACKER")
	journal.until("the packer to be signed in", func(s pack.State) bool { return s.Person.ID != "" })
	scan(burstOrder)
	journal.until("the order to be open", func(s pack.State) bool { return s.Phase == pack.Packing })
	w.find()
	return w
}

// find looks for the rightmost spot that has one colour after every odd step and another
// one after every even step. In the bench that is on the verdict's card: the tile of one
// product, then of the other.
func (w *watched) find() {
	w.t.Helper()
	var seen [6][]byte
	for i := range seen {
		w.step()
		time.Sleep(glance / 2)
		seen[i] = w.eyes.see(image.Rectangle{Max: w.eyes.size})
	}
	for x := w.eyes.size.X - 1; x >= 0; x-- {
		for y := range w.eyes.size.Y {
			at := (y*w.eyes.size.X + x) * 4
			if alternate(seen[:], at) {
				w.spot = image.Pt(x, y)
				return
			}
		}
	}
	w.t.Fatalf("nothing changes in the window %q", w.title)
}

// alternate reports whether every picture has the colour of the one before the last at
// a place, and not that of the last.
func alternate(seen [][]byte, at int) bool {
	colour := func(i int) string { return string(seen[i][at : at+3]) }
	for i := range seen {
		if i > 0 && colour(i) == colour(i-1) || i > 1 && colour(i) != colour(i-2) {
			return false
		}
	}
	return true
}

// pictureTimes takes the times of both windows, some of the one and then of the other.
func pictureTimes(b *testing.B, ours, theirs *watched) {
	b.Helper()
	for range pictures / picturesInTurn {
		theirs.look()
		ours.look()
	}
	report := func(name string, share int, bound float64) {
		us, them := ours.after(share), theirs.after(share)
		b.ReportMetric(us.Seconds()*1000, name+"ms")
		b.ReportMetric(them.Seconds()*1000, name+"label-ms")
		b.ReportMetric(us.Seconds()/them.Seconds(), name+"ratio")
		b.ReportMetric(bound, name+"bound")
	}
	b.ReportMetric(0, "ns/op")
	report("", 50, 2)
	report("p99-", 99, 3)
}

// look takes some times, each after a rest that is not a multiple of the window's turns.
func (w *watched) look() {
	w.t.Helper()
	hands{w.t}.front(w.title)
	time.Sleep(glance)
	spot := image.Rectangle{Min: w.spot, Max: w.spot.Add(image.Pt(1, 1))}
	for range picturesInTurn {
		before := w.eyes.see(spot)
		began := w.step()
		for bytes.Equal(w.eyes.see(spot), before) {
			time.Sleep(time.Millisecond) // the drawing needs the processors
			if time.Since(began) > patience {
				w.t.Fatalf("the window %q does not change", w.title)
			}
		}
		w.took = append(w.took, time.Since(began))
		time.Sleep(150*time.Millisecond + rand.N(100*time.Millisecond))
	}
}

// after is the time within which so many of a hundred pictures came.
func (w *watched) after(share int) time.Duration {
	sorted := slices.Sorted(slices.Values(w.took))
	return sorted[(len(sorted)-1)*share/100]
}

// processorTimes compares what a scan and what a change of the label takes of a processor.
func processorTimes(b *testing.B, ours, theirs *watched) {
	b.Helper()
	us, them := ours.perStep(), theirs.perStep()
	b.ReportMetric(us.Seconds()*1000, "processor-ms")
	b.ReportMetric(them.Seconds()*1000, "label-processor-ms")
	b.ReportMetric(us.Seconds()/them.Seconds(), "processor-ratio")
	b.ReportMetric(processorBound, "processor-bound")
}

func (w *watched) perStep() time.Duration {
	w.t.Helper()
	hands{w.t}.front(w.title)
	time.Sleep(glance)
	before := w.used()
	for range workScans {
		w.step()
		time.Sleep(workEvery)
	}
	return (w.used() - before) / workScans
}

// memoryGrowth compares the memory after many scans with that after the first ones, when the
// window has all that it needs.
func memoryGrowth(b *testing.B, w *watched) {
	b.Helper()
	hands{b}.front(w.title)
	first := w.memory("VmRSS")
	var early, last int64
	for n := 1; n <= growScans; n++ {
		w.step()
		time.Sleep(growEvery)
		switch n {
		case growScans / 5:
			early = w.memory("VmRSS")
		case growScans * 3 / 5:
			b.ReportMetric(float64(w.memory("VmRSS"))/1e6, "3000-MB")
		}
	}
	last = w.memory("VmRSS")
	b.ReportMetric(float64(first)/1e6, "0-MB")
	b.ReportMetric(float64(early)/1e6, "1000-MB")
	b.ReportMetric(float64(last)/1e6, "5000-MB")
	b.ReportMetric(float64(last)/float64(first), "memory-ratio")
	b.ReportMetric(memoryBound, "memory-bound")
}

// eyes see the screen and press keys, by a connection to the X server of their own: a
// process for each look would take longer than what is measured.
type eyes struct {
	t    testing.TB
	conn *xgb.Conn
	root xproto.Window
	size image.Point
	keys map[rune]string
}

func newEyes(t testing.TB) *eyes {
	t.Helper()
	xgb.Logger.SetOutput(io.Discard) // it speaks of what a screen of one's own has not
	conn, err := xgb.NewConn()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	if err := xtest.Init(conn); err != nil {
		t.Fatal(err)
	}
	s := xproto.Setup(conn).DefaultScreen(conn)
	return &eyes{t: t, conn: conn, root: s.Root, size: image.Pt(int(s.WidthInPixels), int(s.HeightInPixels)), keys: usKeys()}
}

// see gives the colours of a part of the screen, four bytes each.
func (x *eyes) see(r image.Rectangle) []byte {
	x.t.Helper()
	const all = 0xFFFFFFFF
	img, err := xproto.GetImage(x.conn, xproto.ImageFormatZPixmap, xproto.Drawable(x.root),
		int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()), all).Reply()
	if err != nil {
		x.t.Fatal(err)
	}
	return img.Data
}

// scan types a code and Enter as a scanner does, 2 ms a key, and gives when Enter went
// down.
func (x *eyes) scan(code string) time.Time {
	x.t.Helper()
	for _, r := range code {
		x.press(x.keys[r])
	}
	return x.press("36")
}

// press presses keys that are held together, such as 50+24, and lets go of them.
func (x *eyes) press(keys string) (down time.Time) {
	x.t.Helper()
	time.Sleep(2 * time.Millisecond)
	codes := strings.Split(keys, "+")
	event := func(kind byte, key string) {
		code, err := strconv.Atoi(key)
		if err == nil {
			err = xtest.FakeInputChecked(x.conn, kind, byte(code), 0, x.root, 0, 0, 0).Check()
		}
		if err != nil {
			x.t.Fatal(err)
		}
	}
	for _, c := range codes {
		down = time.Now()
		event(xproto.KeyPress, c)
	}
	for _, c := range slices.Backward(codes) {
		event(xproto.KeyRelease, c)
	}
	return down
}
