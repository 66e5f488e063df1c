package effects

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/pack"
)

// PrinterFor gives the printer of a kind of document: the label printer or the
// paper printer as they were given to Start, or one of its own.
func (r *Runner) PrinterFor(kind string) (printer.Printer, config.Printer) {
	own, label, paper := r.Settings.Printers.For(kind), r.Settings.Printers.Label, r.Settings.Printers.Paper
	switch {
	case own == label || sameDevice(own, label):
		return r.Printer, own
	case own == paper:
		return r.Paper, own
	}
	return r.own.of(own, r.DocumentsDir()), own
}

// TidyFolders clears away what a killed program left of a document in the
// folders that documents are written into.
func (r *Runner) TidyFolders() {
	folders := []string{r.DocumentsDir()}
	for _, kind := range append([]string{"label", "cn22", "manifest", "sheets"}, pack.PaperKinds...) {
		if p := r.Settings.Printers.For(kind); p.Folder != "" && !slices.Contains(folders, p.Folder) {
			folders = append(folders, p.Folder)
		}
	}
	for _, dir := range folders {
		printer.Folder{Dir: dir}.Tidy(time.Now())
	}
}

// PaperOf carries out the paper effect, like the label's: one that may have been
// sent in an earlier start is asked after first. What waits is followed, what was
// surely never taken is printed now, and where nobody can say the packer is told:
// nothing comes out twice by itself (L4).
func (r *Runner) PaperOf(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) error {
	var doc papers.Drawn
	var err error
	behind := r.Store.CatchUp(ctx)
	if behind == nil {
		doc, err = r.DrawPaper(ctx, e)
	}
	out, settings := r.PrinterFor(cmp.Or(doc.On, e.Do))
	job := printer.Job{Name: paperJob(e), Kind: e.Do, Media: Media(settings)}
	told := paperTold{effect: e.ID, lost: papers.Lost(doc.Missing)}
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
		report(pack.PaperPrinted{Effect: e.ID, Words: err.Error(), None: true, Needless: errors.Is(err, papers.ErrNeedless)})
		return nil
	}
	job.PDF, job.ZPL = doc.PDF, doc.ZPL
	return r.Send(ctx, out, job, tell)
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
