package store

import (
	"cmp"
	"context"
	"errors"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"packbench/station"
)

// slice is how long one transaction of an import lasts, about: a bench waits for no
// more than that.
const slice = 10 * time.Millisecond

// listedAtOnce is how many lines of orders are sorted at once. They are listed by
// product, so that neighbours come together: each page of the list is written a few
// times then, and not once for every order.
const listedAtOnce = 250_000

// manyOrders is how many orders leave so much behind when they were read that it is
// given back to the system before the tables are written.
const manyOrders = 20_000

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
	if of > manyOrders {
		debug.FreeOSMemory()
	}
	if err := s.bringRows(ctx, &bringer{store: s, ctx: ctx, kept: &kept, of: of, progress: progress}); err != nil {
		return kept, fault("keep the orders", err)
	}
	// What is written before is on the disk with this.
	if err := s.change(ctx, "keep the orders", func(tx *prepared) error { return touchCatalogue(ctx, tx) }); err != nil {
		return kept, err
	}
	return kept, fault("keep the orders", os.Remove(path))
}

func (s *Store) bringRows(ctx context.Context, in *bringer) (err error) {
	if in.bulk, err = s.bulk(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.bulk.close()) }()
	if err := cmp.Or(eachRecord(s.spoolFile(), in.see), in.list()); err != nil {
		return err
	}
	in.listed = nil
	return cmp.Or(eachRecord(s.spoolFile(), in.collect), in.put())
}

// bringer brings a spool in.
type bringer struct {
	store    *Store
	bulk     *bulk
	ctx      context.Context
	kept     *Kept
	listed   []listing
	some     []entry
	size     int
	args     []any
	done, of int
	progress func(done, of int)
}

// listing is an order among those that want a product.
type listing struct {
	sku, order    string
	multi, shipBy int64
}

// see takes what is to be listed of an order.
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
		return cmp.Or(strings.Compare(x.sku, y.sku), cmp.Compare(x.multi, y.multi), cmp.Compare(x.shipBy, y.shipBy), strings.Compare(x.order, y.order))
	})
	b.listed = slices.Compact(b.listed)
	for i := 0; i < len(b.listed); {
		err := b.bulk.within(b.ctx, func() error {
			for began := time.Now(); i < len(b.listed) && time.Since(began) < slice; {
				n := b.bulk.some(len(b.listed) - i)
				b.args = b.args[:0]
				for _, l := range b.listed[i : i+n] {
					b.args = append(b.args, l.sku, l.multi, l.shipBy, l.order, rowSum("order_skus", l.sku, l.multi, l.shipBy, l.order))
				}
				if _, err := b.bulk.rows(insertListed, n, b.args); err != nil {
					return err
				}
				i += n
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	b.listed = b.listed[:0]
	return nil
}

const (
	// An order that is known is listed when it is changed.
	insertListed = `INSERT OR IGNORE INTO order_skus (sku, multi, ship_by, order_id, sum)
		SELECT * FROM (VALUES %s) WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = column4)`
	anyKnown = `SELECT count(*) FROM (VALUES %s) WHERE EXISTS (SELECT 1 FROM orders WHERE number = column1) OR EXISTS (SELECT 1 FROM progress WHERE order_id = column2)`
	// Where nothing can refuse a row, SQLite need not keep each page as it was before
	// the statement: "OR IGNORE" leaves the row out in place of refusing it.
	insertOrders = `INSERT OR IGNORE INTO orders (id, shop, shop_id, number, name, version, status, reason, ship_by, multi, due, given, body, address, folded, sum) VALUES %s`
	insertTote   = `INSERT OR IGNORE INTO order_totes (tote, order_id, sum) VALUES (?, ?, ?)`
)

// collect takes orders until there are some.
func (b *bringer) collect(record []byte) error {
	e, err := readSpooled(record, false)
	if err != nil {
		return err
	}
	b.some = append(b.some, e)
	if b.size += len(record); b.size < 2<<20 {
		return nil
	}
	return b.put()
}

// put writes the orders that were collected: those that nothing is known of together,
// and others one by one.
func (b *bringer) put() error {
	for i := 0; i < len(b.some); {
		n, known, err := b.fresh(b.some[i:])
		if err != nil {
			return err
		}
		b.count(Added, n)
		i += n
		if err := b.careful(b.some[i : i+known]); err != nil {
			return err
		}
		i += known
	}
	clear(b.some)
	b.some, b.size = b.some[:0], 0
	return nil
}

func (b *bringer) count(did Change, n int) {
	switch did {
	case Added:
		b.kept.Added += n
	case Changed:
		b.kept.Changed += n
	case Unchanged:
		b.kept.Unchanged += n
	}
	before := b.done
	if b.done += n; b.progress != nil && b.done/5000 > before/5000 {
		b.progress(b.done/5000*5000, b.of)
	}
}

// errClash says that an order has another number than the one whose id it has.
var errClash = errors.New("an order of a batch is known")

// fresh adds the first n of some orders in one transaction, up to some of which one
// may be known: known is how many those are.
func (b *bringer) fresh(some []entry) (n, known int, err error) {
	err = b.bulk.within(b.ctx, func() error {
		for began := time.Now(); n < len(some) && time.Since(began) < slice; {
			size := b.bulk.some(len(some) - n)
			batch := some[n : n+size]
			if is, err := b.known(batch); err != nil || is {
				known = size
				return err
			}
			b.args = b.args[:0]
			for _, e := range batch {
				b.args = e.row(b.args)
			}
			switch did, err := b.bulk.rows(insertOrders, size, b.args); {
			case err != nil:
				return err
			case did != int64(size):
				known = n + size
				return errClash
			}
			for _, e := range batch {
				for _, tote := range e.totes {
					if err := b.bulk.quick.exec(insertTote, tote, e.id, rowSum("order_totes", tote, e.id)); err != nil {
						return err
					}
				}
			}
			n += size
		}
		return nil
	})
	if errors.Is(err, errClash) { // nothing of the transaction is there
		return 0, known, nil
	}
	return n, known, err
}

// row adds the columns of an order that is new.
func (e entry) row(args []any) []any {
	due := asInteger(e.status == string(station.OrderOpen))
	begin := len(args)
	args = append(args, e.id, e.shop, e.own, e.number, e.number, e.version, e.status, e.reason, e.shipBy, e.multi, due, e.given, e.body, e.address, fold(e.number))
	return append(args, rowSum("orders", args[begin:]...))
}

// known reports whether something is known of an order of a batch, or two of them have
// a number.
func (b *bringer) known(batch []entry) (bool, error) {
	numbers := make(map[string]bool, len(batch))
	b.args = b.args[:0]
	for _, e := range batch {
		numbers[e.number] = true
		b.args = append(b.args, e.number, e.id)
	}
	if len(numbers) < len(batch) {
		return true, nil
	}
	var n int64
	err := b.bulk.quick.query(b.bulk.text(anyKnown, len(batch), 2), func(scan func(...any) error) error { return scan(&n) }, b.args...)
	return n > 0, err
}

// careful puts orders as those that come one by one.
func (b *bringer) careful(some []entry) error {
	for i := 0; i < len(some); {
		err := b.store.rebuild(b.ctx, "keep the orders", func(tx *prepared) error {
			for began := time.Now(); i < len(some) && time.Since(began) < slice; i++ {
				o, err := some[i].order()
				if err != nil {
					return err
				}
				did, err := putOrder(b.ctx, tx, o)
				var no refused
				if errors.As(err, &no) {
					b.kept.refuse(some[i].number, no.Error())
				} else if err != nil {
					return err
				}
				if err := b.late(tx, o, did); err != nil {
					return err
				}
				b.count(did, 1)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// late notes an order that is packed here, and that the shop still gives as open, in
// other words than before: more of it, or another customer's order with its number.
// Nothing of that is packed, so somebody must hear of it.
func (b *bringer) late(tx *prepared, o station.Order, did Change) error {
	if did != Changed || o.Status != station.OrderOpen || len(b.kept.Late) >= 1000 {
		return nil
	}
	number := cmp.Or(o.Number, o.ID)
	var packed bool
	err := tx.QueryRowContext(b.ctx, `SELECT EXISTS (SELECT 1 FROM orders o JOIN progress p ON p.order_id = o.id
		WHERE o.number = ? AND o.shop = ? AND p.state = 'closed')`, number, o.Shop).Scan(&packed)
	if packed {
		b.kept.Late = append(b.kept.Late, Refusal{number, "it is packed already, and this file has it otherwise: nothing more of it will be packed; give what is new another number"})
	}
	return err
}

func (k *Kept) refuse(order, why string) {
	if len(k.Refused) >= 1000 {
		k.More++
		return
	}
	k.Refused = append(k.Refused, Refusal{order, why})
}
