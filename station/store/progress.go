package store

import (
	"context"
	"errors"
	"time"

	"packbench/station/pack"
)

// ProgressState is how far an order has come at the benches.
type ProgressState string

// The states of an order.
const (
	ProgressOpen    ProgressState = "open" // nothing of it is packed, or it was given up
	ProgressPacking ProgressState = "packing"
	ProgressParked  ProgressState = "parked"
	ProgressClosed  ProgressState = "closed"
	ProgressShort   ProgressState = "short" // closed, but units were left out
)

// Progress is how far an order has come.
type Progress struct {
	Order   string
	State   ProgressState
	Station string // where it was worked on last
	Person  string // by whom
	Parcels int    // closed parcels that were not voided
	Begun   int    // parcel numbers used up so far
	Short   int    // units left out
	Opened  time.Time
	At      time.Time // of the last change
}

// projectOrders keeps the table progress.
func projectOrders(p *page) error {
	for _, f := range p.facts {
		p.follow(f)
		switch f := f.(type) {
		case pack.OrderTaken:
			p.progress(f.Order.ID, ProgressPacking, 0)
			p.exec(`UPDATE progress SET begun = ? WHERE order_id = ?`, f.Order.Begun+1, f.Order.ID)
		case pack.ParcelBegun:
			p.exec(`UPDATE progress SET begun = begun + 1 WHERE order_id = ?`, p.Order)
		case pack.OrderResumed:
			p.progress(f.Order, ProgressPacking, 0)
		case pack.OrderParked:
			p.progress(f.Order, ProgressParked, 0)
		case pack.OrderLeft:
			p.left(f.Order)
		case pack.OrderClosed:
			if f.Short > 0 {
				p.progress(f.Order, ProgressShort, f.Short)
			} else {
				p.progress(f.Order, ProgressClosed, 0)
			}
		case DueAgain:
			p.dueAgain(f.OrderDueAgain())
		}
	}
	return nil
}

// left takes an order as one that nobody has begun, unless another bench has packed it: then
// what was left here were the goods of a box that had been parked.
func (p *page) left(order string) {
	if p.err != nil {
		return
	}
	done, err := one(p.ctx, p.tx, "", integer, `SELECT count(*) FROM progress WHERE order_id = ? AND state IN ('closed', 'short') AND station <> ?`, order, p.row.Writer)
	if p.err = err; err == nil && done == 0 {
		p.progress(order, ProgressOpen, 0)
	}
}

// DueAgain is a fact of the desk that has what was left out of an order packed.
type DueAgain interface {
	OrderDueAgain() (order string)
}

// dueAgain takes an order that was closed short as one that nobody has begun. Where and
// by whom it was packed stays, and keeps nobody else away.
func (p *page) dueAgain(order string) {
	p.unsettled[order] = true
	p.exec(`DELETE FROM claims WHERE order_id = ? AND done = 1`, order)
	p.exec(`UPDATE progress SET state = ?, short = 0, at = ? WHERE order_id = ? AND state = ?`, ProgressOpen, nanos(p.row.At), order, ProgressShort)
}

func (p *page) progress(order string, state ProgressState, short int) {
	p.unsettled[order] = true
	p.exec(`INSERT INTO progress (order_id, state, station, person, begun, short, opened, at) VALUES (?, ?, ?, ?, 0, ?, ?, ?)
		ON CONFLICT DO UPDATE SET state = excluded.state, station = excluded.station, person = excluded.person,
			short = excluded.short, at = excluded.at`,
		order, state, p.row.Writer, p.Person, short, nanos(p.row.At), nanos(p.row.At))
}

const progressColumns = `SELECT p.order_id, p.state, p.station, p.person,
	(SELECT count(*) FROM parcels c WHERE c.order_id = p.order_id AND c.state = 'closed'),
	p.begun, p.short, p.opened, p.at FROM progress p `

func readProgress(scan func(...any) error) (Progress, error) {
	var p Progress
	var opened, at int64
	err := scan(&p.Order, &p.State, &p.Station, &p.Person, &p.Parcels, &p.Begun, &p.Short, &opened, &at)
	p.Opened, p.At = clock(opened), clock(at)
	return p, err
}

// Progress returns how far an order has come; one that no bench has opened is in
// state open with no station.
func (s *Store) Progress(ctx context.Context, orderID string) (Progress, error) {
	p, err := one(ctx, s.read, "read the progress of order "+orderID, readProgress, progressColumns+`WHERE p.order_id = ?`, orderID)
	if errors.Is(err, ErrUnknown) {
		return Progress{Order: orderID, State: ProgressOpen}, nil
	}
	return p, err
}

// ProgressBetween returns the orders whose progress changed last from from
// (inclusive) to to (exclusive), oldest first.
func (s *Store) ProgressBetween(ctx context.Context, from, to time.Time) ([]Progress, error) {
	return list(ctx, s.read, "read the progress of the orders", readProgress,
		progressColumns+`WHERE p.at >= ? AND p.at < ? ORDER BY p.at, p.order_id`, nanos(from), nanos(to))
}
