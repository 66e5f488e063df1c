package bench

import (
	"context"
	"fmt"

	"packbench/devices/printer"
	"packbench/station/pack"
)

// manifest carries out the manifest effect: the list is drawn once, kept for
// ever, and printed as slips are.
func (r *runner) manifest(ctx context.Context, e pack.Effect, unsure bool) (pack.Event, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	forms, err := r.listDocuments(ctx, e)
	if err != nil {
		return nil, err
	}
	made := pack.ManifestMade{Effect: e.ID, Document: forms[0].ID}
	if unsure { // it may have come out before: whoever misses it prints it from its page
		return made, nil
	}
	out, settings := r.printerFor("manifest")
	result, err := out.Print(ctx, printer.Job{Name: manifestJob(e), Kind: "manifest", PDF: forms[0].PDF, Media: settings.Media})
	switch {
	case ctx.Err() != nil:
		return nil, nil
	case err != nil && result.Words == "":
		made.Words = err.Error()
	case result.State != printer.Printed && result.State != printer.Sent && !result.State.Waiting():
		made.Words = result.Words
	}
	return made, nil
}

// manifestJob names a print job; one that prints the list again has its own.
func manifestJob(e pack.Effect) string {
	if e.Reprint > 0 {
		return fmt.Sprintf("%s-reprint-%d", e.Manifest, e.Reprint)
	}
	return e.Manifest
}
