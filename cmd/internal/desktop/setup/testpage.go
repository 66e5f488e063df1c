package setup

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/desktop/fields"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/effects/printers"
	"packbench/cmd/internal/papers"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/config"
	"packbench/station/say"
	"packbench/station/screen"
)

// printerOf returns the printer of the page's settings by its id, kept or not: a
// printer is tried before it is kept.
func (p *Page) printerOf(id string) config.Printer {
	s := p.settings()
	switch id {
	case fields.LabelPrinter:
		return s.Printers.Label
	case fields.PaperPrinter:
		return s.Printers.Paper
	}
	return s.Printers.For(strings.TrimPrefix(id, fields.OwnPrinter))
}

// otherPrinters are the printers beside the label printer: that for paper, and
// those that a kind of document has for itself.
func (p *Page) otherPrinters() []screen.Device {
	card := func(id, name string) screen.Device {
		lamp := screen.Lamp{Kind: "printer", Name: name, Colour: screen.LampOff, Words: "not asked yet"}
		if s, ok := p.checked[id]; ok {
			lamp = Lamp(p.host.Language(), s, name)
		}
		return screen.Device{
			ID: id, Lamp: lamp, Meaning: p.printerWords(p.printerOf(id)), Test: "Check printer", Page: true, Beside: true,
			Testing: p.testing[id], Result: p.tested[id],
		}
	}
	out := []screen.Device{card(fields.PaperPrinter, "paper printer")}
	s := p.settings()
	for _, k := range fields.DocumentKinds() {
		if fields.IsOwn(k.Of(s)) {
			out = append(out, card(fields.OwnPrinter+k.Name, strings.ToLower(k.Title)))
		}
	}
	return out
}

func (p *Page) printerWords(c config.Printer) string {
	where, l := "", p.host.Language()
	switch c.Kind {
	case printer.KindCUPS, printer.KindWindows:
		where = l.Say("Queue {name}", "name", c.Queue)
	case printer.KindIPP, printer.KindZPL:
		where = l.Say("At {address}", "address", c.Address)
	default:
		where = l.Say("PDF files in {folder}", "folder", filepath.Base(cmp.Or(c.Folder, p.folder.DocumentsDir())))
	}
	return fmt.Sprintf("%s, %d dpi", where, c.DPI)
}

// answerOfPrinter is how long a printer may take to say how it is.
const answerOfPrinter = 10 * time.Second

// askPrinter asks a printer how it is, without printing.
func (p *Page) askPrinter(id string) {
	of, l := p.printerOf(id), p.host.Language()
	p.testing[id] = true
	p.host.Ask(func(ctx context.Context) func() {
		ctx, cancel := context.WithTimeout(ctx, answerOfPrinter)
		defer cancel()
		status, words := devices.Status{}, "this kind of printer cannot report its state"
		c, ok := effects.NewPrinter(of, p.folder.DocumentsDir()).(printer.Checker)
		if ok {
			status = c.Check(ctx, id)
			words = l.Trouble(status.Trouble).Wrong()
		}
		return func() {
			p.testing[id], p.tested[id] = false, words
			if ok {
				p.checked[id] = status
			}
		}
	})
}

// testPage prints a small page on a printer of the settings, and says on its
// card what became of it.
func (p *Page) testPage(id string) {
	if p.testing[id] {
		return
	}
	of, l := p.printerOf(id), p.host.Language()
	p.testing[id], p.tested[id] = true, "a test page is being printed…"
	out := effects.NewPrinter(of, p.folder.DocumentsDir())
	if p.simulated != nil && id == fields.LabelPrinter {
		out = p.simulated
	}
	p.host.Ask(func(ctx context.Context) func() {
		words, _ := p.sendTestPage(ctx, l, id, of, out)
		return func() { p.testing[id], p.tested[id] = false, words }
	})
}

func (p *Page) sendTestPage(ctx context.Context, l say.Language, id string, of config.Printer, out printer.Printer) (words, file string) {
	now := p.folder.Clock().In(p.folder.Location())
	profile, err := papers.LabelProfile(of)
	if err != nil {
		return firstLine(err), ""
	}
	layout, _, err := labels.CardSheet(labels.Sheet{
		Title: "Test page", Hint: "Hold a scanner over the bars: they read TEST.",
		Cards: []labels.Card{{Title: "Bench " + p.station, Note: fmt.Sprintf("%s, %d dpi, %s", of.Page, of.DPI, now.Format("2006-01-02 15:04")), Code: "TEST"}},
	}, profile)
	if err != nil {
		return firstLine(err), ""
	}
	job := printer.Job{Name: "test-" + strings.ReplaceAll(id, ":", "-") + "-" + now.Format("150405"), Kind: "test"}
	if job.PDF, err = pdf.Encode(layout); err != nil {
		return firstLine(err), ""
	}
	if of.Kind == printer.KindZPL {
		if job.ZPL, err = papers.ZPL(of, layout); err != nil {
			return firstLine(err), ""
		}
	}
	return Send(ctx, l, out, of, job, "the test page")
}

// Send prints one document and says in words how it went, and into which file, if any.
func Send(ctx context.Context, l say.Language, out printer.Printer, of config.Printer, job printer.Job, what string) (words, file string) {
	result, err := send(ctx, out, of, job)
	return said(l, result, err, what), result.File
}

func send(ctx context.Context, out printer.Printer, of config.Printer, job printer.Job) (printer.Result, error) {
	job.Media = printers.Media(of)
	return out.Print(ctx, job)
}

func said(l say.Language, result printer.Result, err error, what string) string {
	t := l.Trouble(result.Trouble)
	switch {
	case err != nil && result.Trouble.None():
		return firstLine(err)
	case result.File != "":
		return l.Say("{what} is saved: {file}", "what", l.Phrase(what), "file", result.File)
	case result.State == printer.Printed || result.State == printer.Sent:
		return l.Say("{what}: {about}", "what", l.Phrase(what), "about", t.Wrong())
	case err != nil && result.State.Waiting(): // nobody gives it to the printer again
		return l.Say("{wrong}. {advice} Then print again.", "wrong", t.Wrong(), "advice", t.Advice())
	case t.Advice() != "":
		return l.Say("{wrong}. {advice}", "wrong", t.Wrong(), "advice", t.Advice())
	}
	return t.Wrong()
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

// lookQueues asks for the queues while a tab shows printers.
func (p *Page) lookQueues() {
	if p.group != "Printing" && p.group != "Papers" || p.queues.looking || time.Since(p.queues.at) < queuesEvery {
		return
	}
	p.queues.looking = true
	p.host.Ask(func(ctx context.Context) func() {
		ctx, cancel := context.WithTimeout(ctx, queuesEvery)
		defer cancel()
		names, err := printer.Queues(ctx, "")
		if err != nil {
			names = nil // there is no print service: the name is typed
		}
		slices.Sort(names)
		return func() { p.queues = queues{names: names, at: time.Now()} }
	})
}

// choices are the values that a field offers: of a queue those that there are,
// and the one that is set.
func (p *Page) choices(s fields.Setting, now config.Settings) []screen.Choice {
	set := s.Value(now)
	switch {
	case s.Key == "language":
		return fields.Languages(p.folder.Book.Tags())
	case !strings.HasSuffix(s.Key, ".queue") || len(p.queues.names) == 0 || p.queueKind(s.Key) != printer.KindCUPS:
		return s.Choices
	case slices.Contains(p.queues.names, set):
		return fields.Plain(screen.NotSet, p.queues.names...)
	}
	return fields.Plain(screen.NotSet, append([]string{set}, p.queues.names...)...)
}

// queueKind is the kind of the printer that a key of the settings is of.
func (p *Page) queueKind(key string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(key, "printer."), ".queue")
	if name == "label" {
		name = fields.LabelPrinter
	}
	return p.printerOf(name).Kind
}
