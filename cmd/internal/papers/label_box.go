package papers

import (
	"context"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
)

// BoxFacts are what a label says of its box, beside where it goes.
type BoxFacts struct {
	last    int // it is the last of so many parcels of its order; 0 where it is alone, or where more may follow
	fragile bool
}

// BoxOf finds the facts of a box from what is in it and from the parcels of its
// order before it. How many there will be is known with the last one only.
func (d Papers) BoxOf(ctx context.Context, o station.Order, parcel string, contents []pack.Content) (BoxFacts, error) {
	piece, err := d.PieceOf(ctx, o, parcel, contents)
	out := BoxFacts{last: piece.Of}
	if err != nil {
		return out, err
	}
	for _, c := range contents {
		p, _, err := store.Known(d.Store.Product(ctx, c.SKU))
		if err != nil {
			return out, err
		}
		out.fragile = out.fragile || p.Fragile
	}
	return out, nil
}

// PieceOf finds which of its order's parcels one is, that holds these contents.
func (d Papers) PieceOf(ctx context.Context, o station.Order, parcel string, contents []pack.Content) (out account.Piece, err error) {
	if err := d.Store.CatchUp(ctx); err != nil || parcel == "" { // it has no name yet
		return out, err
	}
	all, err := d.Store.ParcelsOf(ctx, o.ID)
	if err != nil {
		return out, err
	}
	w := paperwork{order: o}
	for _, p := range all {
		if p.ID == parcel {
			break
		}
		if p.State != pack.ParcelVoided {
			w.parcels = append(w.parcels, p)
			out.Before = append(out.Before, station.ParcelName(p.ID, o.ID, o.Alias()))
		}
	}
	w.parcels = append(w.parcels, store.Parcel{ID: parcel, Contents: contents})
	switch more := w.more(); {
	case more:
		out.N = len(w.parcels)
	case len(w.parcels) > 1:
		out.N, out.Of = len(w.parcels), len(w.parcels)
	}
	return out, nil
}
