package store

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"packbench/station"
)

// slice is how long one transaction of an import lasts, about: a bench waits for no
// more than that.
const slice = 15 * time.Millisecond

// listedAtOnce is how many lines of orders are sorted at once. They are listed by
// product, so that neighbours come together: each page of the list is written a few
// times then, and not once for every order.
const listedAtOnce = 400_000

// bringIn brings the orders of the whole spool into the tables, a slice at a time, and
// removes it. It may begin again at any time: what is there already is unchanged.
//
// Products are listed before the orders are there, which nobody sees: only orders that
// are due count in that list.
func (s *Store) bringIn(ctx context.Context, of int, progress func(done, of int)) (Kept, error) {
	var kept Kept
	path := s.spoolFile()
	err := checkSpool(path)
	if errors.Is(err, errSpool) { // nothing of it can be trusted
		return kept, errors.Join(err, os.Remove(path))
	}
	if err != nil {
		return kept, fault("keep the orders", err)
	}
	in := &bringer{store: s, ctx: ctx, kept: &kept, of: of, progress: progress}
	if err := eachRecord(path, in.see); err != nil {
		return kept, fault("keep the orders", err)
	}
	if err := in.list(); err != nil {
		return kept, fault("keep the orders", err)
	}
	if err := eachRecord(path, in.collect); err != nil {
		return kept, fault("keep the orders", err)
	}
	if err := in.put(); err != nil {
		return kept, fault("keep the orders", err)
	}
	// What is written before is on the disk with this.
	if err := s.change(ctx, "keep the orders", func(tx *prepared) error { return touchCatalogue(ctx, tx) }); err != nil {
		return kept, err
	}
	return kept, fault("keep the orders", os.Remove(path))
}

// bringer brings a spool in.
type bringer struct {
	store    *Store
	ctx      context.Context
	kept     *Kept
	listed   []listing
	some     []entry
	size     int
	done, of int
	progress func(done, of int)
}

// listing is an order among those that want a product.
type listing struct {
	sku, order    string
	multi, shipBy int64
}

// see takes what is to be listed of an order. One that is known is listed when it is
// changed.
func (b *bringer) see(record []byte) error {
	e, err := readSpooled(record, true)
	if err != nil || e.status != string(station.OrderOpen) {
		return err
	}
	for _, sku := range e.skus {
		b.listed = append(b.listed, listing{sku, e.id, e.multi, e.shipBy})
	}
	if len(b.listed) < listedAtOnce {
		return nil
	}
	return b.list()
}

// list writes what was seen.
func (b *bringer) list() error {
	slices.SortFunc(b.listed, func(x, y listing) int {
		return cmp.Or(cmp.Compare(x.sku, y.sku), cmp.Compare(x.multi, y.multi), cmp.Compare(x.shipBy, y.shipBy), cmp.Compare(x.order, y.order))
	})
	b.listed = slices.Compact(b.listed)
	return b.slices(len(b.listed), func(i int) error {
		l := b.listed[i]
		_, err := b.store.quick.count(insertListed, l.sku, l.multi, l.shipBy, l.order, rowSum("order_skus", l.sku, l.multi, l.shipBy, l.order))
		return err
	}, func() { b.listed = b.listed[:0] })
}

// slices calls do for so many things, in as many transactions as it takes.
func (b *bringer) slices(n int, do func(i int) error, end func()) error {
	for i := 0; i < n; {
		err := b.store.rebuild(b.ctx, "keep the orders", func(tx *prepared) error {
			for began := time.Now(); i < n && time.Since(began) < slice; i++ {
				if err := do(i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	end()
	return nil
}

// Where nothing can refuse a row, SQLite need not remember each page as it was before
// the statement: "OR IGNORE" leaves the row out in place of refusing it.
const (
	insertListed = `INSERT OR IGNORE INTO order_skus (sku, multi, ship_by, order_id, sum)
		SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = ?4)`
	insertOrder = `INSERT OR IGNORE INTO orders (id, shop, shop_id, number, name, version, status, reason, ship_by, multi, due, given, body, address, folded, sum)
		SELECT ?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
		WHERE NOT EXISTS (SELECT 1 FROM orders WHERE number = ?4) AND NOT EXISTS (SELECT 1 FROM progress WHERE order_id = ?1)`
	insertTote = `INSERT OR IGNORE INTO order_totes (tote, order_id, sum) VALUES (?, ?, ?)`
)

// collect takes orders until there are some.
func (b *bringer) collect(record []byte) error {
	e, err := readSpooled(record, false)
	if err != nil {
		return err
	}
	b.some = append(b.some, e)
	if b.size += len(record); b.size < 1<<20 {
		return nil
	}
	return b.put()
}

// put writes the orders that were collected.
func (b *bringer) put() error {
	return b.slices(len(b.some), func(i int) error {
		did, err := b.putEntry(b.some[i])
		var no refused
		switch {
		case errors.As(err, &no):
			b.kept.refuse(b.some[i].number, no.Error())
		case err != nil:
			return err
		}
		switch did {
		case Added:
			b.kept.Added++
		case Changed:
			b.kept.Changed++
		case Unchanged:
			b.kept.Unchanged++
		}
		if b.done++; b.progress != nil && b.done%5000 == 0 {
			b.progress(b.done, b.of)
		}
		return nil
	}, func() { b.some, b.size = b.some[:0], 0 })
}

func (k *Kept) refuse(order, why string) {
	if len(k.Refused) >= 1000 {
		k.More++
		return
	}
	k.Refused = append(k.Refused, Refusal{order, why})
}

// putEntry adds an order that nothing is known of in one statement; any other goes the
// way of all orders.
func (b *bringer) putEntry(e entry) (Change, error) {
	due := asInteger(e.status == string(station.OrderOpen))
	folded := fold(e.number)
	sum := rowSum("orders", e.id, e.shop, e.own, e.number, e.number, e.version, e.status, e.reason, e.shipBy, e.multi, due, e.given, e.body, e.address, folded)
	n, err := b.store.quick.count(insertOrder, e.id, e.shop, e.own, e.number, e.version, e.status, e.reason, e.shipBy, e.multi, due, e.given, e.body, e.address, folded, sum)
	if err != nil {
		return "", err
	}
	if n == 0 {
		o, err := e.order()
		if err != nil {
			return "", err
		}
		return putOrder(b.ctx, b.store.tx, o)
	}
	for _, tote := range e.totes {
		if err := b.store.quick.exec(insertTote, tote, e.id, rowSum("order_totes", tote, e.id)); err != nil {
			return "", err
		}
	}
	return Added, nil
}
