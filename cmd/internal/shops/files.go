package shops

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/shop"
	"packbench/station/shop/outfile"
	"packbench/station/store"
)

// Sent returns the parcels that were closed from from (inclusive) to to (exclusive) and
// are not void, as files say them; of one shop, or of all where id is "". carriers is what
// the files call a carrier, by its id; nil: by their names.
func (s *Shops) Sent(ctx context.Context, from, to time.Time, id string, carriers map[string]string) ([]outfile.Parcel, error) {
	if err := s.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	closed, err := s.Store.ParcelsClosed(ctx, from, to)
	if err != nil {
		return nil, err
	}
	cards, _, err := s.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var out []outfile.Parcel
	for _, p := range closed {
		if !left(p) {
			continue
		}
		o, err := s.Store.Order(ctx, p.Order)
		if err != nil {
			return nil, err
		}
		if id != "" && o.Shop != id {
			continue
		}
		all, err := s.Store.ParcelsOf(ctx, p.Order)
		if err != nil {
			return nil, err
		}
		one := parcelOf(o, p, all)
		one.At = p.Closed.In(s.Location())
		one.Name = carriers[p.Carrier]
		one.Name = cmp.Or(one.Name, cards.NameOf(p.Carrier))
		out = append(out, one)
	}
	return out, nil
}

// left reports whether a parcel went, or will with the next van.
func left(p store.Parcel) bool {
	return slices.Contains([]pack.ParcelState{pack.ParcelClosed, pack.ParcelLoading, pack.ParcelHandedOut}, p.State)
}

// parcelOf is a parcel with its place among those of its order: something is still to
// come where the parcels up to it do not hold all of it.
func parcelOf(o station.Order, p store.Parcel, all []store.Parcel) outfile.Parcel {
	all = slices.DeleteFunc(slices.Clone(all), func(q store.Parcel) bool { return !left(q) })
	slices.SortStableFunc(all, func(a, b store.Parcel) int { return a.Closed.Compare(b.Closed) })
	wants := map[string]int{}
	for _, u := range shop.Goods(o.Lines) {
		wants[u.Line] += u.Qty
	}
	out := outfile.Parcel{Shipment: shop.Shipment{
		Key: p.SSCC, Order: o.Ref().ID, Number: cmp.Or(o.Number, o.ID), Tracking: cmp.Or(p.Tracking, p.SSCC), Carrier: p.Carrier,
	}}
	for i, q := range all {
		for _, c := range q.Contents {
			wants[c.Line] -= c.Qty
			if q.ID == p.ID {
				out.Lines = append(out.Lines, shop.Units{Line: c.Line, SKU: c.SKU, Qty: c.Qty})
			}
		}
		if q.ID == p.ID {
			out.Carton = i + 1
			break
		}
	}
	for n := range maps.Values(wants) {
		out.Part = out.Part || n > 0
	}
	return out
}
