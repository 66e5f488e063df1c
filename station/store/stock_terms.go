package store

import (
	"context"
	"time"

	"packbench/station/stock"
)

// ProductTerms are how a product is bought. OnOrder of what is read is less what was
// received since somebody said it.
type ProductTerms struct {
	SKU string
	stock.Terms
}

// PutTerms keeps how products are bought and tells for each, in the same order, what it
// did. at is when somebody said so.
func (s *Store) PutTerms(ctx context.Context, terms []ProductTerms, at time.Time) ([]Change, error) {
	return putAll(ctx, s, "keep how products are bought", terms, func(ctx context.Context, tx *prepared, t ProductTerms) (Change, error) {
		known, err := list(ctx, tx, "", sound(readTerms), termColumns+` WHERE sku = ?`, t.SKU)
		if err != nil || len(known) == 1 && known[0] == t {
			return Unchanged, err
		}
		run := runner{ctx: ctx, tx: tx}
		run.exec(`INSERT INTO stock_terms (sku, supplier, lead, pack, on_order, said) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET supplier = excluded.supplier, lead = excluded.lead, pack = excluded.pack, on_order = excluded.on_order, said = excluded.said`,
			t.SKU, t.Supplier, t.Lead, t.Pack, t.OnOrder, nanos(at))
		if len(known) == 0 {
			return Added, run.err
		}
		return Changed, run.err
	})
}

var termColumns = `SELECT sku, supplier, lead, pack, max(on_order - coalesce((SELECT sum(qty) FROM stock_moves m
	WHERE m.sku = t.sku AND m.kind = 'received' AND m.at > t.said), 0), 0), ` + doubt("stock_terms", "") + ` FROM stock_terms t`

func readTerms(scan func(...any) error) (t ProductTerms, err error) {
	return t, scan(&t.SKU, &t.Supplier, &t.Lead, &t.Pack, &t.OnOrder)
}

// Terms tells how a product, "" every one, is bought.
func (s *Store) Terms(ctx context.Context, sku string) (map[string]stock.Terms, error) {
	query, args := termColumns, []any(nil)
	if sku != "" {
		query, args = query+` WHERE sku = ?`, []any{sku}
	}
	all, err := list(ctx, s.read, "read how products are bought", sound(readTerms), query, args...)
	out := make(map[string]stock.Terms, len(all))
	for _, t := range all {
		out[t.SKU] = t.Terms
	}
	return out, err
}
