package bench

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/trouble"
)

// L1, L4: a label that was made for another printer is the same label for the
// printer of now: drawn from the same numbers, to the byte what that printer would
// have got from the start. The first bytes stay.
func TestALabelIsDrawnAgainForThePrinterOfNow(t *testing.T) {
	for name, test := range map[string]struct{ before, after func(*config.Printer) }{
		"a folder, then a label printer": {func(p *config.Printer) {}, func(p *config.Printer) { p.Kind = "zpl" }},
		"a label printer, then a finer":  {func(p *config.Printer) { p.Kind = "zpl" }, func(p *config.Printer) { p.Kind, p.DPI = "zpl", 300 }},
		"another page": {
			func(p *config.Printer) { p.Kind = "zpl" }, func(p *config.Printer) { p.Kind, p.Page = "zpl", "a6" },
		},
	} {
		t.Run(name, func(t *testing.T) {
			dirs := []string{filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")}
			foldertest.Init(t, dirs[0], true, folder.Options{})
			if err := os.CopyFS(dirs[1], os.DirFS(dirs[0])); err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{folder.TraceKeyFile, folder.BadgeKeyFile} {
				if err := os.Chmod(filepath.Join(dirs[1], secret), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			now := time.Now()
			clock := func() time.Time { return now }
			setting := func(far *zplPrinter, set func(*config.Printer)) func(*config.Settings) {
				return func(s *config.Settings) {
					s.Printers.Label.Address, s.Printers.Label.Mute = far.Addr().String(), true
					set(&s.Printers.Label)
				}
			}
			want, early, far := newZPLPrinter(t), newZPLPrinter(t), newZPLPrinter(t)
			c, stop := startCounterAt(t, dirs[0], clock, nil, setting(want, test.after))
			c.label()
			waitFor(t, "the label as it should be", func() bool { return len(want.received()) == 1 })
			stop()

			c, stop = startCounterAt(t, dirs[1], clock, nil, setting(early, test.before))
			label := c.label().Label
			first, err := c.data.Store.Document(t.Context(), label.Document)
			if err != nil {
				t.Fatal(err)
			}
			stop()
			c, _ = startCounterAt(t, dirs[1], clock, nil, setting(far, test.after))
			for n := 1; n <= 2; n++ { // drawn, then kept
				c.do(engine.Press{Command: pack.ReadCommand("reprint", "damaged")})
				waitFor(t, "a label", func() bool { return len(far.received()) == n })
				if got := far.received()[n-1]; !bytes.Equal(got, want.received()[0]) {
					t.Errorf("reprint %d: %d bytes are other than the %d of that printer's own label", n, len(got), len(want.received()[0]))
				}
			}
			w := c.bench.Engine.State().Work
			if n := c.bench.Engine.State().Label().Copy; n != 2 || w.Parcel.Label.SSCC != label.SSCC || w.Parcel.Label.Document != label.Document {
				t.Errorf("%d reprints, the label was %+v and is %+v", n, label, w.Parcel.Label)
			}
			if kept, err := papers.New(c.data).LabelOf(t.Context(), w.Parcel.ID); err != nil || !bytes.Equal(kept.PDF, first.PDF) {
				t.Errorf("the first bytes are kept no more: %v", err)
			}
		})
	}
}

// A label of which something has changed since cannot be drawn again: it would be
// another one. The packer reads what helps.
func TestALabelThatCannotBeDrawnAgain(t *testing.T) {
	dir, far := filepath.Join(t.TempDir(), "data"), newZPLPrinter(t)
	foldertest.Init(t, dir, true, folder.Options{})
	c, stop := startCounter(t, dir, nil, nil)
	c.label()
	stop()
	c, _ = startCounter(t, dir, nil, func(s *config.Settings) {
		s.Printers.Label.Kind, s.Printers.Label.Address, s.Printers.Label.Mute = "zpl", far.Addr().String(), true
		s.Sender.Street = "Neue Halle 7"
	})
	c.do(engine.Press{Command: pack.ReadCommand("reprint", "damaged")})
	if is := c.bench.Engine.State().Label().Trouble; is.Code != trouble.OtherPrinter || len(far.received()) != 0 {
		t.Errorf("%d labels; %q", len(far.received()), is)
	}
}

// A queue gets the label on its own page; where that cannot be drawn, the first
// bytes. Finer dots alone change nothing: reprints send the first bytes (L1).
func TestALabelOnAnotherPage(t *testing.T) {
	for name, test := range map[string]struct {
		set  func(*config.Settings)
		same bool
	}{
		"another page":                  {func(s *config.Settings) { s.Printers.Label.Page = "a6" }, false},
		"another page, another sender":  {func(s *config.Settings) { s.Printers.Label.Page, s.Sender.City = "a6", "Kiel" }, true},
		"the same page with finer dots": {func(s *config.Settings) { s.Printers.Label.DPI = 300 }, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t, &queue{state: printer.Printed}, nil)
			label := c.label()
			first, err := c.data.Store.Document(t.Context(), label.Label.Document)
			if err != nil {
				t.Fatal(err)
			}
			test.set(&c.data.Settings)
			r := effects.New(c.data, effects.Options{Station: "S1"})
			job, err := r.KeptLabel(t.Context(), pack.Effect{ID: "S1.99.1", Document: pack.Document{Kind: pack.DocumentLabel, Of: label.ID}, Kept: label.Label.Document, Copy: 1})
			if err != nil || len(job.PDF) == 0 || bytes.Equal(job.PDF, first.PDF) != test.same {
				t.Errorf("%v: %d bytes, the first were %d", err, len(job.PDF), len(first.PDF))
			}
		})
	}
}
