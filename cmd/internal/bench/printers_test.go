package bench

import (
	"context"
	"strings"
	"sync"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/config"
)

// papersSent remembers the paper that each job was sent with.
type papersSent struct {
	queue
	mu    sync.Mutex
	media map[string]string
}

func (q *papersSent) Print(ctx context.Context, job printer.Job) (printer.Result, error) {
	q.mu.Lock()
	q.media[job.Kind] = job.Media
	q.mu.Unlock()
	return q.queue.Print(ctx, job)
}

// A printer whose paper is not named is sent that of its page, whatever the page
// is: a queue left alone takes its own, and scales.
func TestThePaperIsThatOfThePage(t *testing.T) {
	q := &papersSent{queue: queue{state: printer.Printed}, media: map[string]string{}}
	newCounter(t, q, func(s *config.Settings) {
		s.Printers.Label.Page = "a6"
		s.Printers.Inside.Kind, s.Printers.WithLabel = "label", "inside"
	}).label()
	waitFor(t, "both", func() bool { q.mu.Lock(); defer q.mu.Unlock(); return len(q.media) == 2 })
	for kind, media := range q.media {
		if media != labels.PaperA6().Media {
			t.Errorf("a %s for A6 is sent with the paper %q", kind, media)
		}
	}
	for _, p := range []labels.Paper{labels.Paper4x6(), labels.PaperA6(), labels.PaperA4(), labels.PaperLetter()} {
		if got := effects.Media(config.Printer{Page: strings.ToLower(p.Name)}); got != p.Media {
			t.Errorf("%s is sent with %q", p.Name, got)
		}
	}
	if got := effects.Media(config.Printer{Page: "4x6", Media: "oe_4x6-label_4x6in"}); got != "oe_4x6-label_4x6in" {
		t.Errorf("the printer's own name of the paper is not sent, but %q", got)
	}
}

// A page drawn for a paper of another size is not printed; doctor and lamp say
// why.
func TestAPaperOfAnotherSizeThanThePage(t *testing.T) {
	for _, c := range []struct {
		kind, page, media string
		good              bool
	}{
		{"cups", "a6", "na_index-4x6_4x6in", false},
		{"ipp", "4x6", "iso_a6_105x148mm", false},
		{"cups", "letter", "iso_a4_210x297mm", false},
		{"cups", "4x6", "na_index-4x6_4x6in", true},
		{"cups", "4x6", "om_small-photo_100x150mm", true}, // sold as 4 by 6 in
		{"cups", "4x6", "w288h432", true},                 // says no size
		{"cups", "a4", "", true},
		{"folder", "a6", "na_index-4x6_4x6in", true}, // asks for no paper
	} {
		p := config.Printer{Kind: c.kind, Queue: "Label", Address: "ipp://127.0.0.1:1/ipp/print", DPI: 203, Page: c.page, Media: c.media}
		r, err := effects.NewPrinter(p, t.TempDir()).Print(t.Context(), printer.Job{Name: "1-1"})
		refused := err != nil && strings.Contains(r.Trouble.Wrong(), "another size than the page")
		if refused == c.good {
			t.Errorf("%s, %s on %q: %+v, %v", c.kind, c.page, c.media, r, err)
		}
		if check := upkeep.CheckPrinter(t.Context(), "label printer", p, t.TempDir()); c.good == strings.Contains(check.Message, "another size") || !c.good && (check.OK || check.Fix == "") {
			t.Errorf("%s, %s on %q: the doctor says %+v", c.kind, c.page, c.media, check)
		}
	}
}

// Settings that cannot be right say nothing of a job of an earlier start.
func TestWrongSettingsKnowNothingOfAJob(t *testing.T) { // L4
	out := effects.NewPrinter(config.Printer{Kind: "cups", Queue: "no queue"}, t.TempDir())
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
	r := effects.New(d, effects.Options{Printer: effects.NewPrinter(p.Label, ""), Paper: effects.NewPrinter(p.Paper, "documents")})
	of := func(kind string) printer.Printer {
		out, settings := r.PrinterFor(kind)
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
		r := effects.New(d, effects.Options{Printer: effects.NewPrinter(p.Label, ""), Paper: effects.NewPrinter(p.Paper, "")})
		if out, _ := r.PrinterFor("manifest"); out != r.Printer {
			t.Errorf("%s: lists have another printer than labels", spelled)
		}
		slip, _ := r.PrinterFor("slip")
		if inside, _ := r.PrinterFor("inside"); inside != slip {
			t.Errorf("%s: one device is two printers", spelled)
		}
		if slip == r.Printer {
			t.Errorf("%s: two devices are one printer", spelled)
		}
	}
}

// The doctor asks every printer of the settings, each once.
func TestTheDoctorAsksEveryPrinter(t *testing.T) {
	p := config.Default().Printers
	p.Customs = config.Printer{Kind: "zpl", Address: "127.0.0.1:1", DPI: 203, Page: "4x6"}
	p.Return = p.Customs
	got := map[string]bool{}
	for _, c := range upkeep.CheckPrinters(t.Context(), p, t.TempDir()) {
		got[c.Check] = c.OK
	}
	if ok, asked := got["return printer"]; len(got) != 3 || !got["label printer"] || !got["paper printer"] || !asked || ok {
		t.Errorf("%v", got)
	}
}
