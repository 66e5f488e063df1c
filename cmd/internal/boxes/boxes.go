// Package boxes asks the packer of boxes what a shop wants to know: it turns products,
// cartons and rate cards of a data folder into a packing problem. It places nothing
// itself, and it changes nothing.
//
// [Options] is what the packer is to know of an order, [Item] a product as it sees it,
// [Plan] how what is still to be packed goes into boxes.
package boxes

import (
	"context"
	"errors"
	"slices"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carton"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// Options are what the packer is to know of an order to a country: what a box of
// goods costs there, and what is too heavy for fragile goods.
func Options(cards carrier.Cards, country string, filling unit.Mass) carton.Options {
	o := carton.DefaultOptions()
	o.Filling, o.Heavy = filling, heavyBesideFragile
	if t, ok := cards.Tariff(country); ok {
		o.Charge = carton.Charge{PerParcel: t.Parcel, PerKilo: t.Kilo, Divisor: t.Divisor}
	}
	return o
}

// heavyBesideFragile is what fragile goods share no box with (B1).
const heavyBesideFragile = 5 * unit.Kilogram

// Plan is how what is still to be packed of an order goes into boxes.
type Plan struct {
	Now     carton.Plan      // the open parcel's box
	Rest    int              // units that do not go into it
	Best    []station.Carton // the boxes of the best plan; none: the packer cannot say
	Unsized []carton.Item    // without dimensions: there is no plan
}

// PlanOf plans what is still to be packed of an order, with as many steps of search
// as effort says; 0: as many as it seems to need.
func PlanOf(ctx context.Context, d *folder.Folder, w *pack.Work, effort int) (out Plan, err error) {
	var items []carton.Item
	for _, l := range w.Lines {
		if n := l.In + l.Open(); l.Kind != station.Note && n > 0 {
			item, err := Item(ctx, d.Store, l.SKU, n)
			if err != nil {
				return out, err
			}
			items = append(items, item)
		}
	}
	items = merged(items)
	if out.Unsized = carton.Unsized(items); len(out.Unsized) > 0 {
		return out, nil
	}
	cards, cartons, err := d.Catalogue(ctx)
	if err != nil {
		return out, err
	}
	o := Options(cards, w.Country, d.Settings.Weight.Filling())
	o.Effort = effort
	if best, ok := carton.PlanOf(items, cartons, o); ok {
		out.Best = best.Cartons
		if c := w.Parcel.Carton; c == nil || best.Cartons[0].ID == c.ID {
			out.Now = best.First()
		}
	}
	if c := w.Parcel.Carton; c != nil {
		at := slices.IndexFunc(cartons, func(x station.Carton) bool { return x.ID == c.ID })
		if at >= 0 && len(out.Now.Boxes) == 0 {
			out.Now, _ = carton.Into(items, cartons[at], o)
		}
	}
	for _, it := range items {
		out.Rest += it.Qty
	}
	for _, b := range out.Now.Boxes {
		out.Rest -= len(b.Units)
	}
	return out, nil
}

// merged has each product once: what a box may hold of it counts over all lines.
func merged(items []carton.Item) (out []carton.Item) {
	for _, it := range items {
		if i := slices.IndexFunc(out, func(o carton.Item) bool { return o.SKU == it.SKU }); i >= 0 {
			out[i].Qty += it.Qty
		} else {
			out = append(out, it)
		}
	}
	return out
}

// Proposed is the carton to begin with (B1); nil where there is none that would do.
func Proposed(ctx context.Context, d *folder.Folder, country string, items []carton.Item) (*pack.Carton, error) {
	cards, cartons, err := d.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	c, ok := carton.Propose(merged(items), cartons, Options(cards, country, d.Settings.Weight.Filling()))
	if !ok {
		return nil, nil
	}
	return &pack.Carton{ID: c.ID, Tare: c.Tare, Max: c.Max, Volume: c.Inner.Volume()}, nil
}

// ForTheRest is the carton to begin with of what is open once the parcel is closed as it
// is (B2).
func ForTheRest(ctx context.Context, d *folder.Folder, w *pack.Work) (*pack.Carton, error) {
	var items []carton.Item
	for _, l := range w.Lines {
		if n := l.Open(); l.Kind != station.Note && n > 0 {
			item, err := Item(ctx, d.Store, l.SKU, n)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		return nil, nil
	}
	return Proposed(ctx, d, w.Country, items)
}

// products is the part of the store that knows products.
type products interface {
	Product(ctx context.Context, sku string) (station.Product, error)
}

// Item is so many units of a product as the packer sees it; of one that nobody knows, its
// SKU alone.
func Item(ctx context.Context, in products, sku string, qty int) (carton.Item, error) {
	p, err := in.Product(ctx, sku)
	if errors.Is(err, store.ErrUnknown) {
		return carton.Item{SKU: sku, Qty: qty}, nil
	}
	item := carton.Item{SKU: p.SKU, Name: p.Name, Size: p.Size, Mass: p.Mass, Qty: qty, Fragile: p.Fragile, Own: p.Own, NoTop: p.NoTop, Most: p.PerBox, Group: p.Group}
	if p.Upright {
		item.Turn = carton.Flat
	}
	return item, err
}
