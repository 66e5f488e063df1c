package effects

import (
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/devices/printer"
	"packbench/station/config"
)

// Settings that cannot be right say nothing of a job of an earlier start.
func TestWrongSettingsKnowNothingOfAJob(t *testing.T) { // L4
	out := NewPrinter(config.Printer{Kind: "cups", Queue: "no queue"}, t.TempDir())
	if r, err := out.Lookup(t.Context(), "1-1"); err != nil || r.State != printer.Unknown {
		t.Errorf("%+v, %v", r, err)
	}
}

// A printer of a kind's own is one printer for all its jobs: what it was sent is
// known, and two papers never reach for one port at the same time. Where two
// kinds, or a kind and the labels, have one label printer it is the same too.
func TestAPrinterIsMadeOnce(t *testing.T) {
	zpl := func(address string, page string) config.Printer {
		return config.Printer{Kind: "zpl", Address: address, DPI: 203, Page: page}
	}
	d := &folder.Folder{Dir: t.TempDir(), Settings: config.Default()}
	p := &d.Settings.Printers
	p.Label = zpl("10.0.0.1", "4x6")
	p.Slip, p.Inside, p.Return, p.Customs = zpl("10.0.0.2", "4x6"), zpl("10.0.0.2", "a6"), zpl("10.0.0.1", "a6"), zpl("10.0.0.3", "4x6")
	r := New(d, Options{Printer: NewPrinter(p.Label, ""), Paper: NewPrinter(p.Paper, "documents")})
	of := func(kind string) printer.Printer {
		out, settings := r.printerFor(kind)
		if settings != p.For(kind) {
			t.Errorf("%s: the settings are %+v", kind, settings)
		}
		return out
	}
	if of("slip") != of("slip") || of("slip") != of("inside") {
		t.Error("one device is several printers")
	}
	if of("return") != r.Printer {
		t.Error("the label printer is another for returns")
	}
	if of("customs") == of("slip") || of("customs") == r.Printer {
		t.Error("two devices are one printer")
	}
	if of("manifest") != r.Paper {
		t.Error("lists do not come out of the paper printer")
	}
}

// One label printer on the network is one printer however its address is written,
// so that its jobs take turns.
func TestOnePrinterWithTwoSpellings(t *testing.T) {
	zpl := func(address string) config.Printer {
		return config.Printer{Kind: "zpl", Address: address, DPI: 203, Page: "4x6"}
	}
	for _, spelled := range []string{"Label.local", "label.local:9100", "label.local.", "LABEL.LOCAL.:09100"} {
		d := &folder.Folder{Dir: t.TempDir(), Settings: config.Default()}
		p := &d.Settings.Printers
		p.Label, p.Paper = zpl("label.local"), zpl(spelled)
		p.Slip, p.Inside = zpl("other.local"), zpl("Other.local:9100")
		r := New(d, Options{Printer: NewPrinter(p.Label, ""), Paper: NewPrinter(p.Paper, "")})
		if out, _ := r.printerFor("manifest"); out != r.Printer {
			t.Errorf("%s: lists have another printer than labels", spelled)
		}
		slip, _ := r.printerFor("slip")
		if inside, _ := r.printerFor("inside"); inside != slip {
			t.Errorf("%s: one device is two printers", spelled)
		}
		if slip == r.Printer {
			t.Errorf("%s: two devices are one printer", spelled)
		}
	}
}
