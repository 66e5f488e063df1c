package papers

import (
	"context"

	"packbench/station"
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
	var out BoxFacts
	if err := d.Store.CatchUp(ctx); err != nil {
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
		}
	}
	w.parcels = append(w.parcels, store.Parcel{ID: parcel, Contents: contents})
	if n := len(w.parcels); n > 1 && !w.more() {
		out.last = n
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
