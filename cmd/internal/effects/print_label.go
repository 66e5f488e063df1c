package effects

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/papers/carried"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// errOtherPrinter is a label that the printer of now cannot print.
var errOtherPrinter = trouble.New(trouble.OtherPrinter).From(nil)

// KeptLabel returns the bytes of a label. The first ones are sent (L1), unless the
// settings name another kind of printer or page since: then the same label is drawn
// again for that one.
func (r *Runner) KeptLabel(ctx context.Context, e pack.Effect) (papers.Drawn, error) {
	p := r.Settings.Printers.Label
	doc, err := r.Store.DocumentAnywhere(ctx, e.Kept)
	switch {
	case errors.As(err, new(*store.Unfetched)):
		return papers.Drawn{}, trouble.New(trouble.LabelAway).From(err)
	case errors.Is(err, store.ErrUnknown) && r.Store.Elsewhere != nil:
		return papers.Drawn{}, trouble.New(trouble.LabelNowhere).From(err)
	case err != nil:
		return papers.Drawn{}, err
	}
	profile, err := papers.LabelProfile(p)
	if err != nil {
		return papers.Drawn{}, err
	}
	label := papers.Drawn{Kind: doc.Kind, ID: e.Document.Of, PDF: doc.PDF}
	if doc.Profile == carried.Profile {
		return r.carriersLabel(ctx, label, doc)
	}
	if p.Kind != printer.KindZPL {
		if page, _, _ := strings.Cut(doc.Profile, "-"); page != p.Page { // it would be cut, or fill half of the page
			again, err := r.drawnAgain(ctx, e, doc, doc.ID+"-"+profile.Name)
			if err != nil {
				r.Log.Warn("a label goes to another page than it was drawn for", "parcel", label.ID, "error", err)
				return label, nil
			}
			label.PDF = again.PDF
		}
		return label, nil
	}
	id := papers.ZPLOf(doc.ID)
	if doc.Profile != profile.Name { // dots of another size
		id = papers.ZPLOf(doc.ID + "-" + profile.Name)
	}
	dots, err := r.drawnAgain(ctx, e, doc, id)
	label.ZPL = dots.PDF
	return label, err
}

// carriersLabel is a label that a carrier made, as the printer of now gets it.
func (r *Runner) carriersLabel(ctx context.Context, label papers.Drawn, doc store.Document) (papers.Drawn, error) {
	program, _, err := store.Known(r.Store.Document(ctx, papers.ZPLOf(doc.ID)))
	if err != nil {
		return label, err
	}
	form, err := carried.Label(ctx, doc.PDF, program.PDF, r.Settings.Printers)
	label.PDF, label.ZPL, label.On = form.PDF, form.ZPL, form.On
	return label, err
}

// drawnAgain returns a form of a kept label for the printer of now: the one that is
// kept under the id, else a new one, which is kept beside the first. The numbers
// are those of the label, and nothing new is used up. What else stands on it may
// have changed since; only if the label of then still comes out the same, to the
// byte, is it drawn for another printer.
func (r *Runner) drawnAgain(ctx context.Context, e pack.Effect, doc store.Document, id string) (store.Document, error) {
	kept, err := r.Store.Document(ctx, id)
	if !errors.Is(err, store.ErrUnknown) {
		return kept, err
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return store.Document{}, err
	}
	p, err := r.Store.Parcel(ctx, e.Document.Of)
	if err != nil {
		return store.Document{}, err
	}
	if p.Document != doc.ID || p.State == pack.ParcelVoided {
		return store.Document{}, errOtherPrinter
	}
	again, err := r.LabelAgain(ctx, p, doc.At)
	if errors.Is(err, store.ErrUnknown) { // the order is gone
		return store.Document{}, errOtherPrinter
	}
	if err != nil {
		return store.Document{}, err
	}
	before, err := papers.ProfileNamed(doc.Profile)
	if err != nil {
		return store.Document{}, errOtherPrinter
	}
	layout, _, _, err := again(before)
	if err != nil {
		return store.Document{}, err
	}
	same, err := pdf.Encode(layout)
	if err != nil {
		return store.Document{}, err
	}
	if !bytes.Equal(same, doc.PDF) {
		return store.Document{}, errOtherPrinter
	}
	if layout, _, _, err = again(r.Settings.Printers.Label); err != nil {
		return store.Document{}, err
	}
	return r.keepAgain(ctx, doc, id, layout)
}

// keepAgain keeps a layout of a label as the printer of now reads it, beside the
// first bytes.
func (r *Runner) keepAgain(ctx context.Context, doc store.Document, id string, layout labels.Layout) (store.Document, error) {
	doc.Effect += strings.TrimPrefix(id, doc.ID)
	p := r.Settings.Printers.Label
	profile, err := papers.LabelProfile(p)
	if err != nil {
		return store.Document{}, err
	}
	doc.ID, doc.Kind, doc.Profile, doc.At = id, "label-again", profile.Name, r.Clock()
	if p.Kind == printer.KindZPL {
		doc.Kind = "label-zpl"
		doc.PDF, err = papers.ZPL(p, layout)
	} else {
		doc.PDF, err = pdf.Encode(layout)
	}
	if err != nil {
		return store.Document{}, err
	}
	kept, err := r.Store.KeepDocuments(ctx, doc)
	if err != nil {
		return store.Document{}, err
	}
	return kept[0], nil
}
