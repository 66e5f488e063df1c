package folder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
)

// ParcelNamed finds a parcel by its id, else as ParcelCalled.
func (f *Folder) ParcelNamed(ctx context.Context, id string) (store.Parcel, error) {
	if err := f.Store.CatchUp(ctx); err != nil {
		return store.Parcel{}, err
	}
	if p, err := f.Store.Parcel(ctx, id); err == nil && p.SSCC != "" {
		return p, nil
	}
	return f.ParcelCalled(ctx, id)
}

// ParcelCalled finds the parcel that a person means: by its own name ("1042-1"),
// SSCC or tracking number, or by an order that has just one.
func (f *Folder) ParcelCalled(ctx context.Context, id string) (store.Parcel, error) {
	if err := f.Store.CatchUp(ctx); err != nil {
		return store.Parcel{}, err
	}
	found, err := f.Parcels(ctx, id)
	if err != nil {
		return store.Parcel{}, err
	}
	switch len(found) {
	case 0:
		return store.Parcel{}, fmt.Errorf("no labelled parcel has the number %s", id)
	case 1:
		return found[0], nil
	}
	var names []string
	for _, p := range found {
		names = append(names, p.Called())
	}
	return store.Parcel{}, fmt.Errorf("%s stands for several parcels: name one of %s", id, strings.Join(names, ", "))
}

// Parcels returns the parcels with a label that a text stands for, voided labels
// only where nothing else is there.
func (f *Folder) Parcels(ctx context.Context, called string) ([]store.Parcel, error) {
	found, err := f.Store.ParcelsCalled(ctx, called)
	found = slices.DeleteFunc(found, func(p store.Parcel) bool { return p.SSCC == "" })
	if err != nil || len(found) > 0 {
		return found, err
	}
	p, err := f.Store.ParcelBySSCC(ctx, trace.ReadSSCC(called))
	if err == nil && p.SSCC != "" {
		return []store.Parcel{p}, nil
	}
	if err != nil && !errors.Is(err, store.ErrUnknown) {
		return nil, err
	}
	found, err = f.Store.ParcelsByTracking(ctx, trace.Plain(called))
	if err != nil || len(found) > 0 {
		return found, err
	}
	orders, err := f.Store.OrdersCalled(ctx, called)
	if err != nil {
		return nil, err
	}
	for _, o := range orders {
		of, err := f.Store.ParcelsOf(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		found = append(found, of...)
	}
	good := slices.DeleteFunc(slices.Clone(found), func(p store.Parcel) bool { return p.State == pack.ParcelVoided })
	if len(good) > 0 {
		return good, nil
	}
	return found, nil
}

// TrackingFormats are the numbers of the carriers whose rate cards are here,
// and of the sample's.
func (f *Folder) TrackingFormats(ctx context.Context) (trace.Formats, error) {
	cards, _, err := f.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var out trace.Formats
	for _, c := range cards.Carriers {
		out = append(out, trackingFormat(c))
	}
	for _, s := range trace.Sample() {
		if !slices.ContainsFunc(out, func(o trace.Format) bool { return o.Carrier == s.Carrier }) {
			out = append(out, s)
		}
	}
	return out, nil
}

// Which tells that a number means several orders, and how to say each of them.
type Which struct {
	Called string
	Orders []string
}

// Error says what to write instead.
func (w *Which) Error() string {
	return fmt.Sprintf("%s: %s means several orders: write %s", pack.CodeOrderWhich, w.Called, strings.Join(w.Orders, " or "))
}

// OrderCalled returns the order that a person means; none is store.ErrUnknown,
// several are [Which].
func (f *Folder) OrderCalled(ctx context.Context, called string) (station.Order, error) {
	found, err := f.Store.OrdersCalled(ctx, called)
	switch {
	case err != nil:
		return station.Order{}, err
	case len(found) == 1:
		return f.Store.Order(ctx, found[0].ID)
	case len(found) == 0:
		return station.Order{}, fmt.Errorf("order %s: %w", called, store.ErrUnknown)
	}
	which := Which{Called: called}
	for _, o := range found {
		which.Orders = append(which.Orders, cmp.Or(o.Name, o.ID))
	}
	return station.Order{}, &which
}
