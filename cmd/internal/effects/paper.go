package effects

import (
	"context"
	"slices"
	"time"

	"packbench/cmd/internal/effects/printers"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers/carried"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
)

// printerFor returns the printer of a kind of document: the label printer or the
// paper printer as they were given to Start, or one of its own.
func (r *Runner) printerFor(kind string) (printer.Printer, config.Printer) {
	own, label, paper := r.Settings.Printers.For(kind), r.Settings.Printers.Label, r.Settings.Printers.Paper
	switch {
	case own == label || printers.SameDevice(own, label):
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

// printKept prints what a carrier sends for a van, once, where its list comes out.
func (r *Runner) printKept(ctx context.Context, doc store.Document) error {
	out, of := r.printerFor(pack.DocumentManifest)
	result, err := out.Print(ctx, printer.Job{Name: doc.ID, Kind: doc.Kind, Media: printers.Media(of), PDF: doc.PDF})
	if err == nil && result.Trouble.Code != "" {
		err = result.Trouble.From(nil)
	}
	return err
}

// PrintKept prints a kept document once, on the printer of a kind of document, away from
// the machine: nobody waits for it, and it is not tried again.
func PrintKept(ctx context.Context, d *folder.Folder, kind string, doc store.Document) (printer.Result, error) {
	of := d.Settings.Printers.For(kind)
	form := carried.Form{PDF: doc.PDF}
	if doc.Profile == carried.Profile {
		var err error
		if form, err = carried.Papers(ctx, [][]byte{doc.PDF}, of); err != nil {
			return printer.Result{State: printer.Rejected, Trouble: troubleOf(err)}, err
		}
	}
	return NewPrinter(of, d.DocumentsDir()).Print(ctx, printer.Job{Name: doc.ID, Kind: doc.Kind, Media: printers.Media(of), PDF: form.PDF, ZPL: form.ZPL})
}
