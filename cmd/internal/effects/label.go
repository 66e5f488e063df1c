package effects

import (
	"context"
	"errors"
	"fmt"

	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// CarrierAnswer is how a simulated carrier behaves.
type CarrierAnswer string

// The ways of a simulated carrier. With a lost answer the label is made and
// paid, but the bench does not hear of it.
const (
	CarrierUp         CarrierAnswer = "up"
	CarrierDown       CarrierAnswer = "down"
	CarrierLostAnswer CarrierAnswer = "lost-answer"
)

// label carries out the label effect. Its numbers are durable before anything
// is drawn, and the drawn label is kept under the wish's key: an effect that runs
// again, sure or not, gives the very same label (C5, L1).
func (r *Runner) label(ctx context.Context, e pack.Effect) (pack.Event, error) {
	event, err := r.makeLabel(ctx, e)
	if told := (*trouble.Error)(nil); errors.As(err, &told) {
		return pack.LabelFailed{Effect: e.ID, Parcel: e.Parcel, Trouble: told.Trouble}, nil
	}
	return event, err
}

func (r *Runner) makeLabel(ctx context.Context, e pack.Effect) (pack.Event, error) {
	answer := CarrierUp
	if r.Carrier != nil {
		answer = r.Carrier(e.Carrier)
	}
	silent := trouble.New(trouble.CarrierSilent, e.Carrier).From(nil)
	if answer == CarrierDown {
		return nil, silent
	}
	o, err := r.Store.Order(ctx, e.Order)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", e.Order, err)
	}
	cards, _, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if err := papers.AddressGap(o.To); err != nil {
		return nil, err
	}
	if err := r.CustomsGap(ctx, cards, o, e); err != nil {
		return nil, err
	}
	numbers, err := r.numbers(ctx, cards, e)
	if err != nil {
		return nil, err
	}
	box, err := r.BoxOf(ctx, o, e.Parcel, e.Contents)
	if err != nil {
		return nil, err
	}
	var missing []labels.Missing
	doc, err := r.Store.DocumentByEffect(ctx, e.Key())
	switch {
	case err == nil: // kept before; what it could not show is told again
		_, missing, _, err = r.Layout(cards, o, papers.Wanted(e, numbers, box, doc.At))
	case errors.Is(err, store.ErrUnknown):
		doc, missing, err = r.draw(ctx, cards, o, e, papers.Wanted(e, numbers, box, r.Clock()))
	}
	if err != nil {
		return nil, err
	}
	if answer == CarrierLostAnswer {
		return nil, silent
	}
	return pack.LabelMade{
		Effect: e.ID, Parcel: e.Parcel, SSCC: numbers.SSCC, Tracking: numbers.Tracking, Document: doc.ID,
		Unprintable: papers.Lost(missing), Lacks: o.To.Gaps(), Papers: r.WithLabel(o),
	}, nil
}

// draw draws the label and keeps its bytes for ever (L1).
func (r *Runner) draw(ctx context.Context, cards carrier.Cards, o station.Order, e pack.Effect, l papers.LabelOf) (store.Document, []labels.Missing, error) {
	layout, missing, profile, err := r.Layout(cards, o, l)
	if err != nil {
		return store.Document{}, nil, err
	}
	data, err := pdf.Encode(layout)
	if err != nil {
		return store.Document{}, nil, err
	}
	forms := []store.Document{{
		ID: "label-" + e.Key(), Effect: e.Key(), Kind: "label", Order: o.ID, Parcel: e.Parcel, Profile: profile.Name,
		At: l.At, PDF: data,
	}}
	if r.Settings.Printers.Label.Kind == printer.KindZPL {
		dots, err := r.dots(forms[0], layout)
		if err != nil {
			return store.Document{}, nil, err
		}
		forms = append(forms, dots)
	}
	kept, err := r.Store.KeepDocuments(ctx, forms...)
	if err != nil {
		return store.Document{}, nil, err
	}
	return kept[0], missing, nil
}
