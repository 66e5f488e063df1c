package effects

import (
	"context"
	"fmt"

	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/station/pack"
)

// manifest carries out the manifest effect: the list is kept for ever, and
// printed under a name that comes only once. What may have been sent before is
// asked after first, as for labels: what was surely never taken is printed now,
// and where nobody can tell somebody must look (L4, F2).
func (r *Runner) manifest(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) error {
	var paper papers.ListPaper
	err := r.Store.CatchUp(ctx)
	if err == nil {
		paper, err = r.ListPaper(ctx, e)
	}
	out, settings := r.PrinterFor("manifest")
	job := printer.Job{Name: manifestJob(e), Kind: "manifest", Media: Media(settings)}
	document := ""
	if len(paper.Forms) > 0 {
		document, job.PDF = paper.Forms[0].ID, paper.Forms[0].PDF
	}
	if len(paper.Forms) > 1 {
		job.ZPL = paper.Forms[1].PDF
	}
	tell := func(result printer.Result, ended bool) {
		made := listEvent(e, result, ended)
		made.Document, made.Untimed, made.Unprintable = document, paper.Untimed, paper.Lost
		report(made)
	}
	if unsure || e.Intent != "" {
		if done, err := r.askAfter(ctx, out, e, job.Name, unsure, tell); done {
			return err
		}
	}
	if err != nil {
		return err
	}
	return r.Send(ctx, out, job, tell)
}

// listEvent tells how a list fares.
func listEvent(e pack.Effect, result printer.Result, ended bool) pack.ManifestMade {
	made := pack.ManifestMade{Effect: e.ID, State: pack.PrintTrouble, Waits: !ended}
	switch result.State {
	case printer.Printed:
		made.State = pack.PrintPrinted
	case printer.Sent:
		made.State = pack.PrintSent
	case printer.Unknown:
		made.State = pack.PrintUnknown
	default:
		made.Words = result.Words
		if ended && result.Fix != "" {
			made.Words += ": " + result.Fix
		}
	}
	return made
}

// manifestJob names a print job; one that prints the list again has its own.
func manifestJob(e pack.Effect) string {
	if e.Reprint > 0 {
		return fmt.Sprintf("%s-reprint-%d", e.Manifest, e.Reprint)
	}
	return e.Manifest
}
