package bench

import (
	"context"
	"fmt"

	"packbench/devices/printer"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
)

// printerFor gives the printer of a kind of document: the label printer or the
// paper printer as they were given to Start, or one of its own.
func (r *runner) printerFor(kind string) (printer.Printer, config.Printer) {
	own := r.Settings.Printers.For(kind)
	switch own {
	case r.Settings.Printers.Label:
		return r.printer, own
	case r.Settings.Printers.Paper:
		return r.paper, own
	}
	return NewPrinter(own, r.DocumentsDir()), own
}

// paperOf carries out the paper effect. Whether a paper came out before the
// program ended nobody knows, and it is never printed twice by itself: the
// packer is told and may ask for it again. One that waits in its printer is
// followed to its end, so that nobody asks for a second one meanwhile.
func (r *runner) paperOf(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) error {
	done := pack.PaperPrinted{Effect: e.ID}
	if unsure {
		done.Words = "the program was started again meanwhile; if it did not come out, ask for it again"
		report(done)
		return nil
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return err
	}
	doc, err := r.drawPaper(ctx, e)
	if err != nil {
		done.Words, done.None = err.Error(), true
		report(done)
		return nil
	}
	out, settings := r.printerFor(e.Do)
	job := printer.Job{Name: fmt.Sprintf("%s-%s-%s", e.Parcel, e.Do, e.ID), Kind: e.Do, PDF: doc.PDF, ZPL: doc.ZPL, Media: settings.Media}
	result, err := out.Print(ctx, job)
	switch {
	case ctx.Err() != nil:
		r.takeBack(ctx, out, job.Name)
		return nil
	case err != nil && result.Words == "":
		result = printer.Result{State: printer.Rejected, Words: err.Error()}
	case err == nil && result.State.Waiting():
		return r.follow(ctx, out, job.Name, result, func(result printer.Result, ended bool) { report(paperEvent(e, result, ended)) })
	}
	report(paperEvent(e, result, true))
	return nil
}

func paperEvent(e pack.Effect, result printer.Result, ended bool) pack.Event {
	p := pack.PaperPrinted{Effect: e.ID, Waits: !ended}
	if result.State == printer.Printed || result.State == printer.Sent {
		return p
	}
	p.Words = result.Words
	if ended && result.Fix != "" {
		p.Words += ": " + result.Fix
	}
	return p
}

// drawPaper draws one paper of a parcel; one that was asked for before is marked.
func (r *runner) drawPaper(ctx context.Context, e pack.Effect) (Drawn, error) {
	switch e.Do {
	case "slip":
		return r.slipOf(ctx, e.Parcel, e.Reprint)
	case "inside":
		return r.insideOf(ctx, e.Parcel, e.Reprint)
	case "return":
		return r.returnOf(ctx, e.Parcel, e.Reprint)
	case "customs":
		return r.customsOf(ctx, e.Parcel, "customs", e.Reprint)
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
