package main

import (
	"image"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/devices/sim"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// Keys of a person, as X11 key codes.
const (
	keyF11   = "95"
	keyTab   = "23"
	keyEnter = "36"
	keyY     = "29" // where a US keyboard has Y
	keyB     = "56"
)

const benchTitle = "packbench S1"

// TestWindowWholeOrder packs an order in the real window by keys, with a scale
// on a pseudo terminal, and scans back what is printed on the label.
func TestWindowWholeOrder(t *testing.T) {
	binary := needWindow(t, "xdotool", "openbox", "setxkbmap", "pdftoppm", "zbarimg")
	other := emptyProgram(t)
	for _, c := range []struct {
		layout, typed string
		label         func(codes []string) string
	}{
		{"us", "yb", func(codes []string) string { return pick(codes, "00") }},
		{"de", "zb", func(codes []string) string { return pick(codes, "http", "PB", "T") }},
	} {
		t.Run(c.layout, func(t *testing.T) {
			layout(t, c.layout)
			scale, run := simScale(t)
			d := sampleBench(t, func(s *config.Settings) {
				s.Scanner.Kind = "wedge"
				s.Scale.Kind, s.Scale.Protocol, s.Scale.Port = "serial", "sics", scale.Path()
			})
			run()
			w := &wholeOrder{T: t, d: d, hands: hands{t}, watch: newWatch(t, d), scale: scale, other: other, typed: c.typed}
			p := start(t, binary, "--data", d.Dir, "--ready")
			w.signIn()
			w.open()
			w.items()
			w.weigh()
			w.scanBack(c.label)
			p.stop()
			w.wholeJournal()
		})
	}
}

// pick returns the first code that begins as one of the prefixes, in their order.
func pick(codes []string, prefixes ...string) string {
	for _, prefix := range prefixes {
		for _, code := range codes {
			if strings.HasPrefix(code, prefix) {
				return code
			}
		}
	}
	return ""
}

// simScale plugs in a scale; run makes it answer until the test ends.
func simScale(t *testing.T) (scale *sim.Scale, run func()) {
	t.Helper()
	scale, err := sim.NewScale(sim.ScaleOptions{Protocol: "sics", Link: filepath.Join(t.TempDir(), "scale")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = scale.Close() })
	return scale, func() {
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = scale.Run(t.Context())
		}()
		t.Cleanup(func() { <-ended }) // the context of a test ends before its cleanups
	}
}

// wholeOrder is one order on its way through the window.
type wholeOrder struct {
	*testing.T
	hands hands
	watch *watch
	d     *folder.Folder
	scale *sim.Scale
	other string
	typed string // what the keys Y and B write in the layout of the computer

	order station.Order
	codes []string // of the units, in the order of packing
}

// signIn scans a badge at once: nothing was clicked since the start.
func (w *wholeOrder) signIn() {
	w.Helper()
	w.hands.scan("PB:badge:B-PACKER")
	w.watch.until("the packer to be signed in", func(s pack.State) bool { return s.Person.ID != "" })
	if got := w.watch.next(0); got.raw != "" {
		w.Errorf("the badge stands in the journal with its code: %+v", got)
	}
}

// open scans the number of an order while a person is typing into a field: the
// order opens, and the field holds what the person typed and nothing else.
func (w *wholeOrder) open() {
	w.Helper()
	due, err := w.d.Store.DueOrders(w.Context(), "S1", 100)
	if err != nil {
		w.Fatal(err)
	}
	for _, o := range due {
		if w.suits(o.ID) {
			break
		}
	}
	if len(w.codes) == 0 {
		w.Fatal("no sample order suits")
	}
	w.hands.press(keyF11, keyY)
	w.hands.scan(w.order.ID)
	w.watch.until("the order to be open", func(s pack.State) bool {
		return s.Phase == pack.Packing && s.Work != nil && s.Work.Order == w.order.ID
	})
	had := len(w.watch.scans)
	w.hands.press(keyB, keyEnter)
	got := w.watch.next(had)
	if got.device != "typed" || got.raw != w.typed {
		w.Errorf("the field held %+v, want %q as a person typed it", got, w.typed)
	}
}

// suits takes an order if it has some units and each has a code of its own.
func (w *wholeOrder) suits(id string) bool {
	w.Helper()
	o, err := w.d.Store.Order(w.Context(), id)
	if err != nil {
		w.Fatal(err)
	}
	var codes []string
	for _, l := range o.Lines {
		if l.Kind == station.Note {
			return false
		}
		p, err := w.d.Store.Product(w.Context(), l.SKU)
		if err != nil {
			w.Fatal(err)
		}
		for range l.Qty {
			codes = append(codes, unitCode(p))
		}
	}
	if len(codes) < 4 || len(codes) > 12 {
		return false
	}
	w.order, w.codes = o, codes
	return true
}

// item scans one unit and wants it counted.
func (w *wholeOrder) item() {
	w.Helper()
	had := len(w.watch.scans)
	open := w.watch.state.Work.OpenUnits()
	w.hands.scan(w.codes[0])
	got := w.watch.next(had)
	if got.raw != w.codes[0] || got.verdict.Kind != pack.Accepted || w.watch.state.Work.OpenUnits() != open-1 {
		w.Fatalf("scan of %s came as %+v with %d units open, want one less than %d", w.codes[0], got, w.watch.state.Work.OpenUnits(), open)
	}
	w.codes = w.codes[1:]
}

// items scans the units, with a button chosen, and after another window was in
// front.
func (w *wholeOrder) items() {
	w.Helper()
	w.hands.press(keyTab, keyTab, keyTab)
	w.item()
	if len(w.watch.commands) > 0 {
		w.Errorf("the Enter of a scan pressed a button: %+v", w.watch.commands)
	}
	w.otherWindow()
	for len(w.codes) > 0 {
		w.item()
	}
}

// otherWindow scans into another window, comes back and scans at once.
func (w *wholeOrder) otherWindow() {
	w.Helper()
	had := len(w.watch.scans)
	p := start(w, w.other)
	w.hands.scan(w.codes[0])
	time.Sleep(300 * time.Millisecond) // it would have come
	if w.watch.read(); len(w.watch.scans) != had {
		w.Errorf("a scan into another window came here: %+v", w.watch.scans[had:])
	}
	w.hands.front(benchTitle)
	w.item()
	p.kill()
}

// weigh puts the box on the scale.
func (w *wholeOrder) weigh() {
	w.Helper()
	w.watch.until("the weighing", func(s pack.State) bool { return s.Phase == pack.Weighing })
	mass := w.watch.state.Work.Goods() + w.watch.state.Work.Parcel.Carton.Tare + w.d.Settings.Weight.Filling()
	w.scale.Put(mass / unit.Gram * unit.Gram)
	w.watch.until("the label", func(s pack.State) bool {
		return s.Phase == pack.Closing && s.Work.Parcel.Label != nil && s.Label().State == pack.PrintPrinted
	})
}

// scanBack reads the printed label and scans it.
func (w *wholeOrder) scanBack(choose func([]string) string) {
	w.Helper()
	codes := codesOn(w, newest(w, filepath.Join(w.d.DocumentsDir(), "*.pdf")))
	label := w.watch.state.Work.Parcel.Label
	if pick(codes, "00"+label.SSCC) == "" {
		w.Errorf("the label carries %q, not its SSCC %s", codes, label.SSCC)
	}
	code := choose(codes)
	if code == "" {
		w.Fatalf("nothing to scan back among %q", codes)
	}
	w.hands.scan(code)
	w.watch.until("the order to be closed", func(s pack.State) bool { return s.Phase == pack.Idle && s.Work == nil })
	w.scale.Put(0)
	if got := w.watch.scans[len(w.watch.scans)-1]; got.raw != code || got.verdict.Code != pack.CodeOrderClosed {
		w.Errorf("the scan-back of %s came as %+v", code, got)
	}
}

// wholeJournal checks what is left after the bench has ended.
func (w *wholeOrder) wholeJournal() {
	w.Helper()
	verified, err := upkeep.New(w.d).Verify(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	if err := verified.Err(); err != nil {
		w.Error(err)
	}
	if err := w.d.Store.CatchUp(w.Context()); err != nil { // the tables follow when nobody works
		w.Fatal(err)
	}
	progress, err := w.d.Store.Progress(w.Context(), w.order.ID)
	if err != nil {
		w.Fatal(err)
	}
	if progress.State != store.ProgressClosed {
		w.Errorf("the order is %q in the tables, want closed", progress.State)
	}
}

// TestWindowDemo runs the demo that nobody watches.
func TestWindowDemo(t *testing.T) {
	binary := needWindow(t, "openbox", "import")
	d := sampleBench(t, nil)
	picture := filepath.Join(t.TempDir(), "window.png")
	demo := exec.CommandContext(t.Context(), binary, "--demo", "--auto", "--data", d.Dir, "--picture", picture)
	out, err := demo.CombinedOutput()
	if err != nil {
		t.Fatalf("the demo: %v\n%s", err, out)
	}
	label := newest(t, filepath.Join(d.DocumentsDir(), "*.pdf"))
	if text, err := os.ReadFile(label); err != nil || !strings.HasPrefix(string(text), "%PDF-") {
		t.Errorf("%s is no label: %v", label, err)
	}
	file, err := os.Open(picture)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	img, _, err := image.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := colours(img); n < 8 {
		t.Errorf("the picture of the window has %d colours: nothing is drawn", n)
	}
	w := newWatch(t, d)
	if w.read(); len(w.scans) == 0 || w.scans[len(w.scans)-1].verdict.Code != pack.CodeOrderClosed {
		t.Errorf("the demo ended with %+v", w.scans)
	}
}

// colours counts the colours of a picture.
func colours(img image.Image) int {
	seen := map[[4]uint32]bool{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, a := img.At(x, y).RGBA()
			seen[[4]uint32{r, g, bl, a}] = true
		}
	}
	return len(seen)
}
