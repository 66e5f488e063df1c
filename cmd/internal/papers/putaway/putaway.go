// Package putaway draws the label of units that came back: where they are put. Its words are
// the station's; it must not know a printer, nor decide where anything goes.
package putaway

import (
	"cmp"
	"context"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/store"
)

// Draw draws the label that an effect wants printed.
func Draw(ctx context.Context, f *folder.Folder, e pack.Effect) (papers.Drawn, error) {
	out := papers.Drawn{Kind: e.Document.Kind, ID: e.Document.Of}
	printer := f.Settings.Printers.For(e.Document.Kind)
	profile, err := papers.LabelProfile(printer)
	if err != nil {
		return out, err
	}
	words, err := say.Supplied(f.Settings.Language)
	if err != nil {
		words = say.English
	}
	u := labels.Putaway{Return: e.Document.Of, Code: e.Document.Of, Made: f.Clock().In(f.Location())}
	if g := e.Grading; g != nil {
		u.Bin, u.Where, u.Grade = g.Bin, words.Disposition(g.Disposition), words.Grade(g.Grade)
	}
	for _, c := range e.Contents {
		p, _, err := store.Known(f.Store.Product(ctx, c.SKU))
		if err != nil {
			return out, err
		}
		u.Name, u.SKU, u.Qty = cmp.Or(p.Name, c.SKU), c.SKU, c.Qty
	}
	layout, missing, err := labels.PutawayLabel(u, profile)
	if err != nil {
		return out, err
	}
	out.Missing = missing
	if out.PDF, err = pdf.Encode(layout); err == nil && printer.Kind == "zpl" {
		out.ZPL, err = papers.ZPL(printer, layout)
	}
	return out, err
}
