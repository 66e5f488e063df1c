package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/papers"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/config"
	"packbench/station/screen"
)

// printerOf gives the printer of the page's settings by its id, kept or not: a
// printer is tried before it is kept.
func (f *front) printerOf(id string) config.Printer {
	s := f.settings()
	switch id {
	case labelPrinter:
		return s.Printers.Label
	case paperPrinter:
		return s.Printers.Paper
	}
	return s.Printers.For(strings.TrimPrefix(id, ownPrinter))
}

// otherPrinters are the printers beside the label printer: that for paper, and
// those that a kind of document has for itself.
func (f *front) otherPrinters() []screen.Device {
	card := func(id, name string) screen.Device {
		lamp := screen.Lamp{Kind: "printer", Name: name, Colour: screen.LampOff, Words: "not asked yet"}
		if s, ok := f.checked[id]; ok {
			lamp = lampOf(s, name)
		}
		return screen.Device{
			ID: id, Lamp: lamp, Meaning: f.printerWords(f.printerOf(id)), Test: "Ask the printer", Page: true, Beside: true,
			Testing: f.testing[id], Result: f.tested[id],
		}
	}
	out := []screen.Device{card(paperPrinter, "paper printer")}
	s := f.settings()
	for _, k := range documentKinds() {
		if isOwn(k.of(s)) {
			out = append(out, card(ownPrinter+k.name, strings.ToLower(k.title)))
		}
	}
	return out
}

func (f *front) printerWords(p config.Printer) string {
	where := ""
	switch p.Kind {
	case printer.KindCUPS, printer.KindWindows:
		where = "Queue " + p.Queue
	case printer.KindIPP, printer.KindZPL:
		where = "At " + p.Address
	default:
		folder := p.Folder
		if folder == "" {
			folder = f.data.DocumentsDir()
		}
		where = "PDF files in " + filepath.Base(folder)
	}
	return fmt.Sprintf("%s, %d dpi", where, p.DPI)
}

// answerOfPrinter is how long a printer may take to say how it is.
const answerOfPrinter = 10 * time.Second

// askPrinter asks a printer how it is, without printing.
func (f *front) askPrinter(id string) {
	p := f.printerOf(id)
	f.testing[id] = true
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), answerOfPrinter)
		defer cancel()
		status, words := devices.Status{}, "this kind of printer cannot say how it is"
		c, ok := effects.NewPrinter(p, f.data.DocumentsDir()).(printer.Checker)
		if ok {
			status = c.Check(ctx, id)
			words = status.Trouble.Wrong()
		}
		f.do(func() {
			f.testing[id], f.tested[id] = false, words
			if ok {
				f.checked[id] = status
			}
		})
	}()
}

// testPage prints a small page on a printer of the settings, and says on its
// card what became of it.
func (f *front) testPage(id string) {
	if f.testing[id] {
		return
	}
	p := f.printerOf(id)
	f.testing[id], f.tested[id] = true, "a test page is being printed…"
	out := effects.NewPrinter(p, f.data.DocumentsDir())
	if f.world != nil && id == labelPrinter {
		out = f.world.printer
	}
	go func() {
		words := f.sendTestPage(id, p, out)
		f.do(func() { f.testing[id], f.tested[id] = false, words })
	}()
}

func (f *front) sendTestPage(id string, p config.Printer, out printer.Printer) string {
	now := f.data.Clock().In(f.data.Location())
	profile, err := papers.LabelProfile(p)
	if err != nil {
		return firstLine(err)
	}
	layout, _, err := labels.CardSheet(labels.Sheet{
		Title: "Test page", Hint: "Hold a scanner over the bars: they read TEST.",
		Cards: []labels.Card{{Title: "Bench " + f.bench.Station, Note: fmt.Sprintf("%s, %d dpi, %s", p.Page, p.DPI, now.Format("2006-01-02 15:04")), Code: "TEST"}},
	}, profile)
	if err != nil {
		return firstLine(err)
	}
	job := printer.Job{Name: "test-" + strings.ReplaceAll(id, ":", "-") + "-" + now.Format("150405"), Kind: "test"}
	if job.PDF, err = pdf.Encode(layout); err != nil {
		return firstLine(err)
	}
	if p.Kind == printer.KindZPL {
		if job.ZPL, err = papers.ZPL(p, layout); err != nil {
			return firstLine(err)
		}
	}
	return send(out, p, job, "the test page")
}

// queues are the names of this computer's print queues, looked up while the
// page shows printers.
type queues struct {
	names   []string
	looking bool
	at      time.Time
}

// queuesEvery is how often the queues are asked for while they are shown.
const queuesEvery = 5 * time.Second

func (f *front) lookQueues() {
	q := &f.queues
	group := f.selected["group"]
	if f.page != screen.PageSettings || group != "Printing" && group != "Papers" || q.looking || time.Since(q.at) < queuesEvery {
		return
	}
	q.looking = true
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), queuesEvery)
		defer cancel()
		names, err := printer.Queues(ctx, "")
		if err != nil {
			names = nil // there is no print service: the name is typed
		}
		slices.Sort(names)
		f.do(func() { f.queues = queues{names: names, at: time.Now()} })
	}()
}

// choices are the values that a field offers: of a queue those that there are,
// and the one that is set.
func (f *front) choices(s setting, now config.Settings) []string {
	if s.key == "language" {
		return f.data.Languages()
	}
	if !strings.HasSuffix(s.key, ".queue") || len(f.queues.names) == 0 || f.queueKind(s.key) != printer.KindCUPS {
		return s.choices
	}
	if set := s.value(now); !slices.Contains(f.queues.names, set) {
		return append([]string{set}, f.queues.names...)
	}
	return f.queues.names
}

// queueKind is the kind of the printer that a key of the settings is of.
func (f *front) queueKind(key string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(key, "printer."), ".queue")
	if name == "label" {
		name = labelPrinter
	}
	return f.printerOf(name).Kind
}
