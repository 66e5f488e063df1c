package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
)

// printerFor gives the printer of a kind of document: the label printer or the
// paper printer as they were given to Start, or one of its own.
func (r *runner) printerFor(kind string) (printer.Printer, config.Printer) {
	own, label, paper := r.Settings.Printers.For(kind), r.Settings.Printers.Label, r.Settings.Printers.Paper
	switch {
	case own == label || sameDevice(own, label):
		return r.printer, own
	case own == paper:
		return r.paper, own
	}
	return r.own.of(own, r.DocumentsDir()), own
}

// tidyFolders clears away what a killed program left of a document in the
// folders that documents are written into.
func (d *Data) tidyFolders() {
	folders := []string{d.DocumentsDir()}
	for _, kind := range append([]string{"label", "cn22", "manifest", "sheets"}, pack.PaperKinds...) {
		if p := d.Settings.Printers.For(kind); p.Folder != "" && !slices.Contains(folders, p.Folder) {
			folders = append(folders, p.Folder)
		}
	}
	for _, dir := range folders {
		printer.Folder{Dir: dir}.Tidy(time.Now())
	}
}

// paperOf carries out the paper effect, like the label's: one that may have been
// sent in an earlier start is asked after first. What waits is followed, what was
// surely never taken is printed now, and where nobody can say the packer is told:
// nothing comes out twice by itself (L4).
func (r *runner) paperOf(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) error {
	var doc Drawn
	var err error
	behind := r.Store.CatchUp(ctx)
	if behind == nil {
		doc, err = r.drawPaper(ctx, e)
	}
	out, settings := r.printerFor(cmp.Or(doc.On, e.Do))
	job := printer.Job{Name: paperJob(e), Kind: e.Do, Media: Media(settings)}
	told := paperTold{effect: e.ID, lost: lost(doc.Missing)}
	tell := func(result printer.Result, ended bool) { report(told.event(result, ended)) }
	if unsure {
		if done, err := r.askAfter(ctx, out, e, job.Name, unsure, tell); done {
			return err
		}
	}
	if behind != nil {
		return behind
	}
	if err != nil {
		report(pack.PaperPrinted{Effect: e.ID, Words: err.Error(), None: true, Needless: errors.Is(err, errNeedless)})
		return nil
	}
	job.PDF, job.ZPL = doc.PDF, doc.ZPL
	return r.send(ctx, out, job, tell)
}

// paperJob names the print job of a paper, so that a queue can be asked for it.
func paperJob(e pack.Effect) string { return fmt.Sprintf("%s-%s-%s", e.Parcel, e.Do, e.ID) }

// paperTold is what is known of a paper whatever its printer says.
type paperTold struct {
	effect string
	lost   int // characters that it could not show
}

func (t paperTold) event(result printer.Result, ended bool) pack.Event {
	p := pack.PaperPrinted{Effect: t.effect, Waits: !ended}
	switch {
	case result.State == printer.Printed || result.State == printer.Sent:
		p.Unprintable = t.lost
		return p
	case ended && result.State == printer.Unknown:
		p.Unknown = true
	}
	p.Words = result.Words
	if ended && result.Fix != "" {
		p.Words += ": " + result.Fix
	}
	return p
}

// lost counts the characters that a document could not show (L3). The text
// itself is personal, and stands in no journal.
func lost(missing []labels.Missing) int {
	n := 0
	for _, m := range missing {
		n += m.Lost()
	}
	return n
}

// Lost says in words what the document could not show; "" for one that shows
// everything.
func (d Drawn) Lost() string {
	switch n := lost(d.Missing); n {
	case 0:
		return ""
	case 1:
		return "1 character of it could not be printed"
	default:
		return fmt.Sprintf("%d characters of it could not be printed", n)
	}
}

// drawPaper draws one paper of a parcel; one that was asked for before is marked.
func (d *Data) drawPaper(ctx context.Context, e pack.Effect) (Drawn, error) {
	switch e.Do {
	case "slip":
		return d.slipOf(ctx, e.Parcel, e.Reprint)
	case "inside":
		return d.insideOf(ctx, e.Parcel, e.Reprint)
	case "return":
		return d.returnOf(ctx, e.Parcel, e.Reprint)
	case "customs":
		return d.customsOf(ctx, e.Parcel, "customs", e.Reprint)
	}
	return Drawn{}, fmt.Errorf("this version prints no paper of the kind %s", e.Do)
}

// papers are the kinds of papers that come with the label of an order's parcel:
// those that the shop wants, and those that the border asks for.
func (d *Data) papers(o station.Order) []string {
	papers := d.Settings.Printers.Papers()
	if d.NeedsCustoms(o) {
		papers = append(papers, "customs")
	}
	return papers
}
