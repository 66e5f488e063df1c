package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"packbench/station/stock"
)

// notApart leaves out the bins whose goods are not for sale.
const notApart = `bin NOT IN (SELECT bin FROM stock_apart)`

const binsOf = `SELECT bin, on_hand FROM stock_sums WHERE sku = ? AND ` + notApart + ` ORDER BY bin`

func readHeld(scan func(...any) error) (h stock.Held, err error) { return h, scan(&h.Bin, &h.Qty) }

// StockSum is how many units of a product lie in a bin by the ledger.
type StockSum struct {
	SKU, Bin string
	OnHand   int
	Name     string // of the product, "" where the catalogue has it no longer
}

func readStockSum(scan func(...any) error) (s StockSum, err error) {
	return s, scan(&s.SKU, &s.Bin, &s.OnHand, &s.Name)
}

// stockSums are the sums of products whose stock is kept. A bin without a name and
// without units is none.
const stockSums = `SELECT s.sku, s.bin, s.on_hand, coalesce(p.name, '') FROM stock_sums s JOIN stock_kept k ON k.sku = s.sku LEFT JOIN products p ON p.sku = s.sku
	WHERE (s.bin <> '' OR s.on_hand <> 0 OR NOT EXISTS (SELECT 1 FROM stock_sums x WHERE x.sku = s.sku AND x.bin <> '')) `

// Stock returns the sums of a product by bin, "" of every product whose stock is kept,
// by product and bin.
func (s *Store) Stock(ctx context.Context, sku string) ([]StockSum, error) {
	if sku == "" {
		return list(ctx, s.read, "read the stock", readStockSum, stockSums+`ORDER BY s.sku, s.bin`)
	}
	return list(ctx, s.read, "read the stock of "+sku, readStockSum, stockSums+`AND s.sku = ? ORDER BY s.bin`, sku)
}

// StockInBin returns what lies in a bin by the ledger, with products that are gone from
// it, by product.
func (s *Store) StockInBin(ctx context.Context, bin string) ([]StockSum, error) {
	return list(ctx, s.read, "read what lies in a bin", readStockSum, `SELECT s.sku, s.bin, s.on_hand, coalesce(p.name, '') FROM stock_sums s
		JOIN stock_kept k ON k.sku = s.sku LEFT JOIN products p ON p.sku = s.sku WHERE s.bin = ? ORDER BY s.sku`, bin)
}

// HasBin reports whether the ledger knows a bin.
func (s *Store) HasBin(ctx context.Context, bin string) (bool, error) {
	n, err := one(ctx, s.read, "look for a bin", integer, `SELECT EXISTS (SELECT 1 FROM stock_sums WHERE bin = ? AND bin <> '')`, bin)
	return n == 1, err
}

// StockMove is a movement of the ledger. Its ID is that of its row and its place in it.
type StockMove struct {
	stock.Moved
	ID     string
	Row    string // of the journal
	At     time.Time
	Parcel string // that it left with, or came back from
	N      int64  // in the order of the ledger, rows of the journal in the order of arrival
}

func readStockMove(scan func(...any) error) (StockMove, error) {
	var m StockMove
	var at int64
	var i int
	err := scan(&m.N, &i, &m.Row, &at, &m.SKU, &m.Bin, &m.Qty, &m.Kind, &m.Reason, &m.By, &m.Parcel)
	m.ID, m.At = fmt.Sprintf("%s/%d", m.Row, i), clock(at)
	return m, err
}

const stockMoves = `SELECT n, i, row, at, sku, bin, qty, kind, reason, person, parcel FROM stock_moves `

// StockMoves returns the movements of a product, newest first; limit 0 is all.
func (s *Store) StockMoves(ctx context.Context, sku string, limit int) ([]StockMove, error) {
	return list(ctx, s.read, "read the movements of "+sku, readStockMove, stockMoves+`WHERE sku = ? ORDER BY n DESC, i DESC LIMIT ?`,
		sku, noLimit(limit))
}

// StockMovesOf returns the movements that a row of the journal made, in their order.
func (s *Store) StockMovesOf(ctx context.Context, n int64) ([]StockMove, error) {
	return list(ctx, s.read, "read the movements of a row", readStockMove, stockMoves+`WHERE n = ? ORDER BY i`, n)
}

// LedgerEnd is how far the journal has come. What a count compares with is told by such
// numbers, since the clocks of benches differ.
func (s *Store) LedgerEnd(ctx context.Context) (int64, error) {
	return one(ctx, s.read, "read the end of the journal", integer, `SELECT coalesce(max(n), 0) FROM journal`)
}

// ShippedSince sums the units of products that left a bin with parcels after a number of
// LedgerEnd, less what came back.
func (s *Store) ShippedSince(ctx context.Context, bin string, n int64) (map[string]int, error) {
	out := map[string]int{}
	_, err := list(ctx, s.read, "read what left a bin", func(scan func(...any) error) (struct{}, error) {
		var sku string
		var qty int
		err := scan(&sku, &qty)
		out[sku] = qty
		return struct{}{}, err
	}, `SELECT sku, -sum(qty) FROM stock_moves WHERE n > ? AND bin = ? AND kind = ? GROUP BY sku`, n, bin, stock.Shipped)
	return out, err
}

// Sales calls each with what every product sold, one product after another; a product is
// "" for all.
func (s *Store) Sales(ctx context.Context, sku string, each func(sku string, sales []stock.Sale)) error {
	where, args := ``, []any{stock.Shipped}
	if sku != "" {
		where, args = ` AND sku = ?`, append(args, sku)
	}
	rows, err := s.read.QueryContext(ctx, `SELECT sku, sale, -qty FROM stock_moves WHERE kind = ?`+where+` ORDER BY sku`, args...)
	if err != nil {
		return fault("read what was sold", err)
	}
	defer func() { _ = rows.Close() }()
	of, sales := "", []stock.Sale(nil)
	for rows.Next() {
		var name string
		var at int64
		var qty int
		if err := rows.Scan(&name, &at, &qty); err != nil {
			return fault("read what was sold", err)
		}
		if name != of && len(sales) > 0 {
			each(of, sales)
			sales = sales[:0]
		}
		of, sales = name, append(sales, stock.Sale{At: clock(at), Qty: qty})
	}
	if len(sales) > 0 {
		each(of, sales)
	}
	return fault("read what was sold", rows.Err())
}

// Wanted is how many units of a product orders want that are not packed. Lying is how
// many of them have left their bins: they lie in totes, or on a bench.
type Wanted struct{ Claimed, Lying int }

// wanted are the lines of the orders that are not packed, of kits their parts, less what
// their closed parcels hold. %s are the orders that wait; those that a bench has begun are few.
const wanted = `WITH some (id) AS (%s UNION SELECT id FROM orders WHERE status = 'held'
		UNION SELECT order_id FROM progress WHERE state IN ('packing', 'parked') UNION SELECT order_id FROM progress WHERE state = 'short'),
	live (id, body, lies) AS (SELECT o.id, o.body, EXISTS (SELECT 1 FROM order_totes t WHERE t.order_id = o.id) OR coalesce(p.state, '') IN ('packing', 'parked')
		FROM some JOIN orders o ON o.id = some.id LEFT JOIN progress p ON p.order_id = o.id
		WHERE o.status IN ('open', 'held') AND coalesce(p.state, '') <> 'closed'),
	lines (sku, qty, parts, lies) AS (
		SELECT json_extract(l.value, '$.SKU'), json_extract(l.value, '$.Qty'), json_extract(l.value, '$.Parts'), lies FROM live, json_each(CAST(live.body AS TEXT), '$.Lines') l
			WHERE coalesce(json_extract(l.value, '$.Kind'), '') <> 'note'),
	units (sku, qty, lies) AS (
		SELECT sku, qty, lies FROM lines WHERE parts IS NULL AND NOT EXISTS (SELECT 1 FROM kit_parts k WHERE k.kit = lines.sku AND k.whole = 0)
		UNION ALL
		SELECT k.part, k.qty * lines.qty, lies FROM lines JOIN kit_parts k ON k.kit = lines.sku AND k.whole = 0 WHERE parts IS NULL
		UNION ALL
		SELECT json_extract(p.value, '$.SKU'), lines.qty * json_extract(p.value, '$.Qty'), lies FROM lines, json_each(lines.parts) p WHERE parts IS NOT NULL
		UNION ALL
		SELECT coalesce(json_extract(c.value, '$.Instead.SKU'), json_extract(c.value, '$.SKU')), -json_extract(c.value, '$.Qty'), lies FROM live JOIN parcels p ON p.order_id = live.id AND p.state = 'closed',
			json_each(CAST(p.contents AS TEXT)) c)
	SELECT sku, max(sum(qty), 0), max(sum(qty * lies), 0) FROM units WHERE sku <> ''%s GROUP BY sku`

// Wanted tells how many units of some products, of every one where none is named, orders
// want.
func (s *Store) Wanted(ctx context.Context, skus ...string) (map[string]Wanted, error) {
	query, args := fmt.Sprintf(wanted, `SELECT id FROM orders WHERE due = 1`, ``), []any(nil)
	if len(skus) > 0 {
		names, err := json.Marshal(skus)
		if err != nil {
			return nil, err
		}
		const ofThese = `sku IN (SELECT value FROM json_each(?1))`
		query, args = fmt.Sprintf(wanted, `SELECT order_id FROM order_skus WHERE `+ofThese+`
			UNION SELECT s.order_id FROM order_skus s JOIN kit_parts k ON k.kit = s.sku WHERE k.part IN (SELECT value FROM json_each(?1))`, ` AND `+ofThese), []any{string(names)}
	}
	out := map[string]Wanted{}
	_, err := list(ctx, s.read, "read what orders want", func(scan func(...any) error) (struct{}, error) {
		var name string
		var w Wanted
		err := scan(&name, &w.Claimed, &w.Lying)
		out[name] = w
		return struct{}{}, err
	}, query, args...)
	return out, err
}

// Count is what somebody counted.
type Count struct {
	stock.Tallied
	Row string
	At  time.Time
	N   int64 // in the order of the ledger
}

func readCount(scan func(...any) error) (Count, error) {
	var c Count
	var at int64
	var body []byte
	if err := scan(&c.N, &c.Row, &at, &body); err != nil {
		return c, err
	}
	c.At = clock(at)
	return c, json.Unmarshal(body, &c.Tallied)
}

// CountFilter chooses counts; zero fields choose all.
type CountFilter struct {
	SKU, Bin string
	Since    time.Time
	Limit    int
}

// StockCounts returns counts, newest first.
func (s *Store) StockCounts(ctx context.Context, f CountFilter) ([]Count, error) {
	query, args := `SELECT n, row, at, body FROM stock_counts WHERE at >= ? AND outcome <> ?`, []any{nanos(f.Since), stock.Asked}
	if f.SKU != "" {
		query, args = query+` AND sku = ?`, append(args, f.SKU)
	}
	if f.Bin != "" {
		query, args = query+` AND bin = ?`, append(args, f.Bin)
	}
	return list(ctx, s.read, "read the counts", readCount, query+` ORDER BY n DESC, i DESC LIMIT ?`, append(args, noLimit(f.Limit))...)
}

// ToCount returns the newest counts of places that must be counted once more, by bin and
// product; bin "" is every bin.
func (s *Store) ToCount(ctx context.Context, bin string) ([]Count, error) {
	query, args := notCounted, []any{stock.Again, stock.Seen, stock.Asked}
	if bin != "" {
		query, args = query+` AND bin = ?`, append(args, bin)
	}
	return list(ctx, s.read, "read what must be counted again", readCount, query+` ORDER BY bin, sku`, args...)
}

// AskedCounts returns the places that somebody asked to be counted and nobody has counted
// since, by bin and product, maybe more than once; sku "" is every product.
func (s *Store) AskedCounts(ctx context.Context, sku string) ([]Count, error) {
	query, args := notCounted, []any{stock.Asked, stock.Seen, stock.Asked}
	if sku != "" {
		query, args = query+` AND sku = ?`, append(args, sku)
	}
	return list(ctx, s.read, "read which counts were asked for", readCount, query+` ORDER BY bin, sku`, args...)
}

// notCounted is what has an outcome, and no count of its place after it: what a reader saw
// is none, nor is one that was asked for.
const notCounted = `SELECT n, row, at, body FROM stock_counts c WHERE outcome = ? AND NOT EXISTS (SELECT 1 FROM stock_counts x
	WHERE x.sku = c.sku AND x.bin = c.bin AND (x.n > c.n OR x.n = c.n AND x.i > c.i) AND x.outcome NOT IN (?, ?))`
