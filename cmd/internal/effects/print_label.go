package effects

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/pack"
	"packbench/station/store"
)

// errOtherPrinter is a label that the printer of now cannot print.
var errOtherPrinter = errors.New(pack.OtherPrinter + ": Void it and make it anew")

// KeptLabel gives the bytes of a label, which the first print draws and keeps. Those
// are sent for ever (L1), unless the settings name another kind of printer or page
// since: then the same label is drawn again for that one.
func (r *Runner) KeptLabel(ctx context.Context, e pack.Effect) (papers.Drawn, error) {
	p := r.Settings.Printers.Label
	label := papers.Drawn{Kind: pack.DocumentLabel, ID: e.Document.Of}
	doc, err := r.Store.Document(ctx, e.Kept)
	if errors.Is(err, store.ErrUnknown) {
		doc, label.Missing, err = r.firstLabel(ctx, e)
	}
	if err != nil {
		return label, err
	}
	profile, err := papers.LabelProfile(p)
	if err != nil {
		return label, err
	}
	label.PDF = doc.PDF
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

// parcelLabel is what stands on the label of a parcel, as it is known now.
type parcelLabel struct {
	papers.LabelOf
	cards    carrier.Cards
	order    station.Order
	document string // id that it is kept under
	void     bool
}

func (r *Runner) parcelLabel(ctx context.Context, parcel string, at time.Time) (parcelLabel, error) {
	var l parcelLabel
	if err := r.Store.CatchUp(ctx); err != nil {
		return l, err
	}
	p, err := r.Store.Parcel(ctx, parcel)
	if err != nil {
		return l, err
	}
	if l.order, err = r.Store.Order(ctx, p.Order); err != nil {
		return l, err
	}
	if l.cards, _, err = r.Catalogue(ctx); err != nil {
		return l, err
	}
	box, err := r.BoxOf(ctx, l.order, p.ID, p.Contents)
	l.document, l.void = p.Document, p.State == pack.ParcelVoided
	l.LabelOf = papers.LabelOf{
		LabelNumbers: papers.LabelNumbers{SSCC: p.SSCC, Tracking: p.Tracking}, BoxFacts: box,
		Parcel: p.ID, Carrier: p.Carrier, Service: p.Service, Mass: p.Mass, At: at,
	}
	return l, err
}

// firstLabel draws a label and keeps its bytes for ever (L1).
func (r *Runner) firstLabel(ctx context.Context, e pack.Effect) (store.Document, []labels.Missing, error) {
	l, err := r.parcelLabel(ctx, e.Document.Of, r.Clock())
	if err != nil {
		return store.Document{}, nil, err
	}
	if l.document != e.Kept || l.void {
		return store.Document{}, nil, fmt.Errorf("parcel %s has another label than %s by now", l.Parcel, e.Kept)
	}
	layout, missing, profile, err := r.Layout(l.cards, l.order, l.LabelOf)
	if err != nil {
		return store.Document{}, nil, err
	}
	doc := store.Document{
		ID: e.Kept, Effect: strings.TrimPrefix(e.Kept, labelMark), Kind: pack.DocumentLabel, Order: l.order.ID, Parcel: l.Parcel,
		Profile: profile.Name, At: l.At,
	}
	if doc.PDF, err = pdf.Encode(layout); err != nil {
		return doc, nil, err
	}
	forms := []store.Document{doc}
	if p := r.Settings.Printers.Label; p.Kind == printer.KindZPL { // reprints send these very dots
		doc.ID, doc.Effect, doc.Kind = papers.ZPLOf(doc.ID), papers.ZPLOf(doc.Effect), "label-zpl"
		if doc.PDF, err = papers.ZPL(p, layout); err != nil {
			return doc, nil, err
		}
		forms = append(forms, doc)
	}
	forms, err = r.Store.KeepDocuments(ctx, forms...)
	if err != nil {
		return doc, nil, err
	}
	return forms[0], missing, nil
}

// drawnAgain gives a form of a kept label for the printer of now: the one that is
// kept under the id, else a new one, which is kept beside the first. The numbers
// are those of the label, and nothing new is used up. What else stands on it may
// have changed since; only if the label of then still comes out the same, to the
// byte, is it drawn for another printer.
func (r *Runner) drawnAgain(ctx context.Context, e pack.Effect, doc store.Document, id string) (store.Document, error) {
	kept, err := r.Store.Document(ctx, id)
	if !errors.Is(err, store.ErrUnknown) {
		return kept, err
	}
	l, err := r.parcelLabel(ctx, e.Document.Of, doc.At)
	if errors.Is(err, store.ErrUnknown) || err == nil && (l.document != doc.ID || l.void) {
		return store.Document{}, errOtherPrinter
	}
	if err != nil {
		return store.Document{}, err
	}
	before, err := papers.ProfileNamed(doc.Profile)
	if err != nil {
		return store.Document{}, errOtherPrinter
	}
	layout, _, _, err := r.LayoutFor(before, l.cards, l.order, l.LabelOf)
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
	if layout, _, _, err = r.Layout(l.cards, l.order, l.LabelOf); err != nil {
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
