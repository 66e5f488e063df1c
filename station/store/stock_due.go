package store

import (
	"context"
	"encoding/json"
	"time"

	"packbench/station/stock"
)

// StockPlaces calls each with every product in every bin whose stock is kept, by bin and
// product, and what happened there; name is that of the product. Shorts are of since and
// later.
func (s *Store) StockPlaces(ctx context.Context, since time.Time, each func(p stock.Place, name string)) error {
	rows, err := s.read.QueryContext(ctx, `SELECT s.sku, s.bin, s.on_hand, coalesce(p.name, ''),
		coalesce((SELECT m.at FROM stock_moves m WHERE m.sku = s.sku ORDER BY m.n LIMIT 1), 0),
		coalesce((SELECT c.at FROM stock_counts c WHERE c.sku = s.sku AND c.bin = s.bin AND c.outcome NOT IN (?1, ?3) ORDER BY c.n DESC LIMIT 1), 0),
		CASE WHEN s.on_hand > 0 THEN 0 ELSE coalesce((SELECT m.at FROM stock_moves m WHERE m.sku = s.sku AND m.bin = s.bin ORDER BY m.n DESC LIMIT 1), 0) END,
		coalesce(x.at, 0)
		FROM stock_sums s JOIN stock_kept k ON k.sku = s.sku LEFT JOIN products p ON p.sku = s.sku
		LEFT JOIN (SELECT sku, max(at) AS at FROM cases WHERE kind = 'short' AND at >= ?2 AND sku <> '' GROUP BY sku) x ON x.sku = s.sku
		WHERE s.bin <> '' ORDER BY s.bin, s.sku`, stock.Seen, nanos(since), stock.Asked)
	if err != nil {
		return fault("read the bins", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p stock.Place
		var name string
		var began, counted, moved, shorted int64
		if err := rows.Scan(&p.SKU, &p.Bin, &p.OnHand, &name, &began, &counted, &moved, &shorted); err != nil {
			return fault("read the bins", err)
		}
		p.Began, p.Counted, p.Moved, p.Shorted = clock(began), clock(counted), clock(moved), clock(shorted)
		each(p, name)
	}
	return fault("read the bins", rows.Err())
}

// PickedLines tells of each product with how many parcels it left since then.
func (s *Store) PickedLines(ctx context.Context, since time.Time) (map[string]int, error) {
	out := map[string]int{}
	_, err := list(ctx, s.read, "read what was picked", func(scan func(...any) error) (struct{}, error) {
		var sku string
		var n int
		err := scan(&sku, &n)
		out[sku] = n
		return struct{}{}, err
	}, `SELECT sku, count(DISTINCT parcel) FROM stock_moves WHERE kind = ? AND qty < 0 AND at >= ? GROUP BY sku`, stock.Shipped, nanos(since))
	return out, err
}

// PackedLot is how many units of a lot left, or lie in open parcels.
type PackedLot struct {
	Lot string
	Qty int
}

// PackedLots returns the lots of a product that were packed, by lot, at most limit.
func (s *Store) PackedLots(ctx context.Context, sku string, limit int) ([]PackedLot, error) {
	return list(ctx, s.read, "read the lots of "+sku, func(scan func(...any) error) (l PackedLot, err error) {
		return l, scan(&l.Lot, &l.Qty)
	}, `SELECT lot, sum(qty) FROM packed_marks WHERE lot <> '' AND sku = ? GROUP BY lot ORDER BY lot LIMIT ?`, sku, noLimit(limit))
}

// walkOf is the setting that keeps what somebody is counting.
func walkOf(person string) string { return "walk of " + person }

// KeepWalk keeps a bin that somebody is counting, as the stockroom writes it, so that
// they can go on after a restart; nil forgets it.
func (s *Store) KeepWalk(ctx context.Context, person string, body []byte) error {
	return s.change(ctx, "keep a count", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		if body == nil {
			run.exec(`DELETE FROM settings WHERE name = ?`, walkOf(person))
			return run.err
		}
		run.exec(`INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`, walkOf(person), body)
		return run.err
	})
}

// Walk returns what KeepWalk kept; nothing is ErrUnknown.
func (s *Store) Walk(ctx context.Context, person string) ([]byte, error) {
	return s.Setting(ctx, walkOf(person))
}

// StockOf sums the units of some products in all bins; one whose stock is not kept is
// not in it.
func (s *Store) StockOf(ctx context.Context, skus []string) (map[string]int, error) {
	names, err := json.Marshal(skus)
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	_, err = list(ctx, s.read, "read the stock", func(scan func(...any) error) (struct{}, error) {
		var sku string
		var n int
		err := scan(&sku, &n)
		out[sku] = n
		return struct{}{}, err
	}, `SELECT k.sku, coalesce((SELECT sum(on_hand) FROM stock_sums s WHERE s.sku = k.sku AND `+notApart+`), 0) FROM json_each(?) j JOIN stock_kept k ON k.sku = j.value`, string(names))
	return out, err
}
