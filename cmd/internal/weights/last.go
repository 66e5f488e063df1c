package weights

import (
	"context"

	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
)

// Last are the newest parcels of which a scale said something before a case of a weight,
// oldest first, at most so many: those that its bench closed, or, for a weight in the
// catalogue, those that hold the product. Each stands beside what its bench expected then.
func Last(ctx context.Context, d *folder.Folder, c cases.Case, most int) ([]cases.Weighing, error) {
	if c.Weight == nil {
		return nil, nil
	}
	station, sku := c.Station, ""
	if c.Kind == cases.KindMass {
		station, sku = "", c.SKU
	}
	parcels, err := d.Store.ParcelsWeighed(ctx, station, sku, c.At, most)
	if err != nil {
		return nil, err
	}
	var out []cases.Weighing
	for _, p := range parcels {
		w, known, err := taken(ctx, d, p)
		if err != nil {
			return nil, err
		}
		if known {
			out = append(out, cases.Weighing{At: p.Closed, Parcel: p.Called(), Weight: w})
		}
	}
	return out, nil
}

// taken is the weight that a parcel was closed with, as its bench wrote it down.
func taken(ctx context.Context, d *folder.Folder, p store.Parcel) (w pack.Weight, known bool, err error) {
	rows, err := d.Store.Story(ctx, p.Order)
	if err != nil {
		return w, false, err
	}
	for _, r := range rows {
		if r.Writer != p.Station || r.At.After(p.Closed) {
			continue
		}
		_, facts, err := folder.Codec().Decode(r)
		if err != nil {
			return w, false, err
		}
		for _, f := range facts {
			if t, ok := f.(pack.WeightTaken); ok && t.Weight.Known && t.Weight.Mass == p.Mass {
				w, known = t.Weight, true
			}
		}
	}
	return w, known, nil
}
