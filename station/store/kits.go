package store

import (
	"context"
	"errors"

	"packbench/station"
)

// putParts keeps what a product is made of.
func (r *runner) putParts(p station.Product, known bool) {
	if known {
		r.exec(`DELETE FROM kit_parts WHERE kit = ?`, p.SKU)
	}
	for _, part := range p.Parts {
		r.exec(`INSERT INTO kit_parts (kit, part, qty, whole) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET qty = qty + excluded.qty`, p.SKU, part.SKU, part.Qty, asInteger(p.Whole))
	}
}

// KitClash says in words why a product cannot be a kit of its parts, "" where it can. A
// kit holds no other one, so that no kit is ever a part of itself.
func (s *Store) KitClash(ctx context.Context, p station.Product) (string, error) {
	return kitClash(ctx, s.read, p)
}

func kitClash(ctx context.Context, q querier, p station.Product) (string, error) {
	for _, part := range p.Parts {
		if part.SKU == p.SKU {
			return "kit " + p.SKU + " is listed as a part of itself: list its other parts", nil
		}
		_, err := one(ctx, q, "", integer, `SELECT 1 FROM kit_parts WHERE kit = ? LIMIT 1`, part.SKU)
		if err == nil {
			return "part " + part.SKU + " of kit " + p.SKU + " is a kit itself: list its parts instead", nil
		}
		if !errors.Is(err, ErrUnknown) {
			return "", fault("look for kits", err)
		}
	}
	if len(p.Parts) == 0 {
		return "", nil
	}
	kit, err := one(ctx, q, "", text, `SELECT kit FROM kit_parts WHERE part = ? ORDER BY kit LIMIT 1`, p.SKU)
	switch {
	case err == nil:
		return p.SKU + " is a part of kit " + kit + ", so it cannot be a kit itself: list its parts in " + kit + " instead", nil
	case errors.Is(err, ErrUnknown):
		return "", nil
	}
	return "", fault("look for kits", err)
}

// listProducts lists a due order under its products.
func (r *runner) listProducts(o station.Order) {
	under := func(sku string) {
		r.exec(`INSERT INTO order_skus (sku, multi, ship_by, order_id, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			sku, multi(o), shipBy(o), o.ID, rowSum("order_skus", sku, multi(o), shipBy(o), o.ID))
	}
	for _, l := range o.Lines {
		if l.SKU == "" || l.Kind == station.Note {
			continue
		}
		under(l.SKU)
		for _, p := range l.Parts {
			under(p.SKU)
		}
	}
}
