package bench

import (
	"os"
	"path/filepath"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/effects/printers"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/pack"
)

// L4: a label that may have been sent to a printer which the settings name no
// more is not asked after at the printer of now, which never heard of it and would
// print it again: the packer is asked whether it came out.
func TestALabelSentToAPrinterThatIsSetNoMore(t *testing.T) {
	away := func(s *config.Settings) { s.Printers.Label.Kind, s.Printers.Label.Address = "zpl", "127.0.0.1:1" }
	for name, test := range map[string]struct {
		after func(*config.Settings)
		print pack.PrintState
	}{
		"another printer":       {func(*config.Settings) {}, pack.PrintUnknown},
		"another address":       {func(s *config.Settings) { away(s); s.Printers.Label.Address = "127.0.0.1:2" }, pack.PrintUnknown},
		"the same, drawn finer": {func(s *config.Settings) { away(s); s.Printers.Label.NativeBars = true }, pack.PrintUnknown}, // it keeps no record
	} {
		t.Run(name, func(t *testing.T) {
			dir, documents := filepath.Join(t.TempDir(), "data"), ""
			foldertest.Init(t, dir, true, folder.Options{})
			c, stop := startCounter(t, dir, nil, away)
			c.label()
			documents = c.data.DocumentsDir()
			stop()
			c, _ = startCounter(t, dir, nil, test.after)
			waitFor(t, "the start", func() bool {
				return c.bench.Engine.Quiet(t.Context()) == nil && len(c.bench.Engine.State().Pending) == 0
			})
			if got := c.print(); got != test.print || c.bench.Engine.State().Question == nil {
				t.Errorf("the label is %s, want %s and a question: %+v", got, test.print, c.last())
			}
			if files, _ := os.ReadDir(documents); len(files) != 0 {
				t.Errorf("it was printed again: %v", files)
			}
		})
	}
}

// The same of papers and lists, which have printers of their own. An effect of an
// old journal names no printer, and is asked after where it is printed now.
func TestWhatAnotherPrinterWasSentIsUnknown(t *testing.T) {
	c := newCounter(t, nil, func(s *config.Settings) { s.Printers.Slip.Kind = "label" })
	parcel := c.label().ID
	q := &queue{state: printer.Printed}
	keys := printers.Keys(c.data.Settings.Printers)
	r := effects.New(c.data, effects.Options{Station: "S1", Printer: q, Paper: q, Keys: keys})
	unknown := func(e pack.Event) bool {
		p, ok := e.(pack.Printed)
		return ok && p.State == pack.PrintUnknown && p.Ended
	}
	document := c.bench.Engine.State().Work.Parcel.Label.Document
	for _, e := range []pack.Effect{
		{Document: pack.Document{Kind: pack.DocumentLabel, Of: parcel}, Kept: document},
		{Document: pack.Document{Kind: "slip", Of: parcel}},
		{Document: pack.Document{Kind: pack.DocumentManifest, Of: "M-1"}},
	} {
		for _, key := range []string{"cups-00000000", keys.Of(e.Document.Kind), ""} {
			e.ID, e.Kind, e.Printer = "S1.99.1", pack.EffectPrint, key
			var told []pack.Event
			r.Run(t.Context(), e, true, func(e pack.Event) { told = append(told, e) })
			if got := len(told) == 1 && unknown(told[0]); got != (key == "cups-00000000") {
				t.Errorf("%s sent to %q: told %+v", e.Document.Kind, key, told)
			}
		}
	}
}
