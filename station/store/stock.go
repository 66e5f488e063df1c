package store

import (
	"cmp"
	"encoding/json"
	"fmt"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/stock"
)

// ledger writes the movements of one row.
type ledger struct {
	*page
	next int // number of the next movement, or count, of the row
}

// posting is a movement as the ledger holds it.
type posting struct {
	stock.Moved
	parcel, sscc string
	sale         int64
}

// projectStock keeps the tables of stock. What leaves with a parcel follows from the
// parcel that was closed, and comes back when its label is void or the parcel is open
// again; a label that was not that of the closed parcel changes nothing.
func projectStock(p *page) error {
	l := &ledger{page: p}
	for _, f := range p.facts {
		p.follow(f)
		switch f := f.(type) {
		case stock.Moved:
			l.keep(f.SKU)
			l.wish(f)
			l.post(posting{Moved: f})
		case stock.Tallied:
			l.tally(f)
		case stock.RecountAsked:
			for _, bin := range f.Bins {
				l.tally(stock.Tallied{SKU: f.SKU, Bin: bin, Began: l.row.At, Outcome: stock.Asked, By: f.By})
			}
		case pack.ParcelDone:
			l.back(f.Parcel, "")
			l.ship(f)
		case pack.ParcelReopened:
			l.back(f.Parcel.ID, "")
		case pack.LabelVoided:
			l.back(f.Parcel, f.SSCC)
		case pack.ReturnGraded:
			l.cameBack(f.Back, f.Was, -1)
			l.cameBack(f.Back, f.Back.Grading, 1)
		case pack.ReturnUnit:
			if f.Gone {
				l.cameBack(f.Back, f.Back.Grading, -1)
			}
		}
	}
	return p.err
}

// post adds a movement.
func (l *ledger) post(m posting) {
	l.exec(`INSERT INTO stock_moves (n, i, row, at, sku, bin, qty, kind, reason, person, parcel, sscc, sale)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.row.Arrived, l.next, journal.ID(l.row.Writer, l.row.Seq), nanos(l.row.At), m.SKU, m.Bin, m.Qty, m.Kind, m.Reason, m.By,
		m.parcel, m.sscc, m.sale)
	l.exec(`INSERT INTO stock_sums (sku, bin, on_hand) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET on_hand = on_hand + excluded.on_hand`,
		m.SKU, m.Bin, m.Qty)
	l.next++
}

// Difference is the body of a stock entry: what a shop is told.
type Difference struct {
	SKU    string `json:"sku"`
	Delta  int    `json:"delta"`
	Reason string `json:"reason"`
}

const wishStock = `INSERT INTO outbox (key, target, kind, order_id, parcel, body, state, tries, added, next, moved, answer, remote)
	SELECT ?1, id, 'stock', '', '', ?3, 'waiting', 0, ?4, 0, ?4, '', '' FROM shops WHERE id = ?2 ON CONFLICT DO NOTHING`

// wish has shops told of the movement that is next. Its key is that of the movement at
// the shop, so that a row that is taken up again finds it.
func (l *ledger) wish(m stock.Moved) {
	body, err := json.Marshal(Difference{SKU: m.SKU, Delta: m.Qty, Reason: stock.ShopWord(m)})
	if err != nil && l.err == nil {
		l.err = err
	}
	for _, shop := range m.Tell {
		l.exec(wishStock, fmt.Sprintf("stock %s/%d %s", journal.ID(l.row.Writer, l.row.Seq), l.next, shop), shop, body, nanos(l.row.At))
	}
}

// keep begins the stock of a product. What was shipped before, nobody had counted in:
// an entry of its own sets it off.
func (l *ledger) keep(sku string) {
	if l.err != nil {
		return
	}
	kept, err := one(l.ctx, l.tx, "", integer, `SELECT count(*) FROM stock_kept WHERE sku = ?`, sku)
	if l.err = err; kept > 0 {
		return
	}
	l.exec(`INSERT INTO stock_kept (sku, n) VALUES (?, ?)`, sku, l.row.Arrived)
	for _, b := range l.bins(sku) {
		if b.Qty != 0 {
			l.post(posting{Moved: stock.Moved{SKU: sku, Bin: b.Bin, Qty: -b.Qty, Kind: stock.Opening}})
		}
	}
}

func (l *ledger) bins(sku string) []stock.Held {
	if l.err != nil {
		return nil
	}
	bins, err := list(l.ctx, l.tx, "", readHeld, binsOf, sku)
	l.err = err
	return bins
}

// ship takes the contents of a closed parcel out of the bins.
func (l *ledger) ship(f pack.ParcelDone) {
	var skus []string
	sums := map[string]int{}
	for _, c := range f.Contents {
		if c.SKU == "" || c.Qty <= 0 {
			continue
		}
		if sums[c.SKU] == 0 {
			skus = append(skus, c.SKU)
		}
		sums[c.SKU] += c.Qty
	}
	for _, sku := range skus {
		for _, b := range stock.Take(l.bins(sku), sums[sku]) {
			l.post(posting{
				Moved:  stock.Moved{SKU: sku, Bin: b.Bin, Qty: -b.Qty, Kind: stock.Shipped, By: l.Person},
				parcel: f.Parcel, sscc: f.SSCC, sale: nanos(l.row.At),
			})
		}
	}
}

// back books what left with a parcel back to where it came from, once. Under another
// label than that with this SSCC it stays away; "" is any.
func (l *ledger) back(parcel, sscc string) {
	if l.err != nil || parcel == "" {
		return
	}
	out, err := list(l.ctx, l.tx, "", func(scan func(...any) error) (m posting, err error) {
		return m, scan(&m.SKU, &m.Bin, &m.sscc, &m.sale, &m.Qty)
	}, `SELECT sku, bin, sscc, sale, sum(qty) FROM stock_moves WHERE parcel = ? AND parcel <> '' GROUP BY sku, bin, sscc, sale HAVING sum(qty) <> 0`, parcel)
	l.err = err
	for _, m := range out {
		if sscc == "" || sscc == m.sscc {
			m.Qty, m.Kind, m.By, m.parcel = -m.Qty, stock.Shipped, l.Person, parcel
			l.post(m)
		}
	}
}

// cameBack puts units that a buyer sent back where they lie, or takes them away from there
// again (sign -1). What leaves the house is in the ledger too: it came, and was scrapped.
func (l *ledger) cameBack(b pack.Back, g pack.Grading, sign int) {
	if g.Grade == "" {
		return
	}
	bin := cmp.Or(g.Bin, stock.MainBin)
	if g.Apart {
		l.exec(`INSERT INTO stock_apart (bin, n) VALUES (?, ?) ON CONFLICT DO NOTHING`, bin, l.row.Arrived)
	}
	m := stock.Moved{SKU: b.SKU, Bin: bin, Qty: sign * b.Qty, Kind: stock.Returned, Reason: "returned", By: l.Person}
	l.post(posting{Moved: m})
	if g.Bin == "" {
		m.Qty, m.Kind, m.Reason = -m.Qty, stock.Scrapped, "scrapped"
		l.post(posting{Moved: m})
	}
}

func (l *ledger) tally(f stock.Tallied) {
	body, err := json.Marshal(f)
	if err != nil {
		l.err = err
		return
	}
	l.exec(`INSERT INTO stock_counts (n, i, row, at, sku, bin, outcome, diff, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.row.Arrived, l.next, journal.ID(l.row.Writer, l.row.Seq), nanos(l.row.At), f.SKU, f.Bin, f.Outcome, f.Diff, body)
	l.next++
}
