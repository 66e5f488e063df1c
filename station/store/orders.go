package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"packbench/station"
)

// never stands for a ship-by that is not known: such orders come last.
const never = int64(253_402_300_799)

// PutOrders adds and changes orders by their identity in one transaction and
// tells for each, in the same order, what it did. An order that is known keeps the
// id that it has here. One that the shop gave before in the same words is
// unchanged, even where its status was changed here since. A changed order gets a
// version above the stored one.
func (s *Store) PutOrders(ctx context.Context, orders []station.Order) ([]Change, error) {
	return putAll(ctx, s, "keep the orders", orders, putOrder)
}

// PutSomeOrders is PutOrders for a part of what a shop gives, which can be had from it
// again: it does not wait for the disk, so that a power cut may undo it. PutShopList
// after it waits for both.
func (s *Store) PutSomeOrders(ctx context.Context, orders []station.Order) ([]Change, error) {
	return putMany(ctx, s, "keep the orders", false, orders, putOrder)
}

func putOrder(ctx context.Context, tx *prepared, o station.Order) (Change, error) {
	if o.Status == "" {
		o.Status = station.OrderOpen
	}
	given, err := sumOf(o)
	if err != nil {
		return "", fmt.Errorf("order %s: %w", o.Called(), err)
	}
	known, repeats, err := identify(ctx, tx, o)
	if err != nil {
		return "", fmt.Errorf("order %s: %w", o.Called(), err)
	}
	number := cmp.Or(o.Number, o.ID)
	run := runner{ctx: ctx, tx: tx}
	did := Added
	switch {
	case known == nil:
		run.err = writeOrder(ctx, tx, o, given, false)
	case known.altered:
		// Nothing of it can be trusted: it is written as if it were new.
		did, o.ID, o.Number, o.Version = Changed, known.id, other(number, known.id), max(o.Version, known.version+1)
		for _, of := range []string{`orders WHERE id`, `order_totes WHERE order_id`, `order_skus WHERE order_id`} {
			run.exec(`DELETE FROM `+of+` = ?`, known.id)
		}
		if run.err == nil {
			run.err = writeOrder(ctx, tx, o, given, false)
		}
		run.exec(`UPDATE tallies SET n = (SELECT count(*) FROM orders WHERE due = 1) WHERE name = 'due'`)
		run.nameOrders(known.number)
	case bytes.Equal(known.given, given):
		did = Unchanged
		if o.Own == "" || o.Own == known.own {
			return did, nil
		}
		run.exec(`UPDATE orders SET shop_id = ? WHERE id = ?`, o.Own, known.id)
	default:
		did, o.ID, o.Number, o.Version = Changed, known.id, other(number, known.id), max(o.Version, known.version+1)
		run.err = writeOrder(ctx, tx, o, given, true)
		_, here, err := known.heldHere()
		run.err = cmp.Or(run.err, err)
		if here && (o.Status == station.OrderOpen || o.Status == station.OrderHeld) {
			run.exec(`UPDATE orders SET status = ?, reason = ? WHERE id = ?`, known.status, known.reason, o.ID)
			if run.err == nil {
				run.err = settleDue(ctx, tx, o.ID)
			}
		}
		if known.number != number {
			run.nameOrders(known.number)
			repeats = true
		}
	}
	if repeats {
		run.nameOrders(number)
	}
	return did, run.err
}

func writeOrder(ctx context.Context, tx *prepared, o station.Order, given []byte, known bool) error {
	address, err := json.Marshal(o.To)
	if err != nil {
		return err
	}
	body, err := bodyOf(o)
	if err != nil {
		return err
	}
	due, err := isDue(ctx, tx, o)
	if err != nil {
		return err
	}
	number := cmp.Or(o.Number, o.ID)
	run := runner{ctx: ctx, tx: tx}
	if known {
		run.exec(`DELETE FROM order_totes WHERE order_id = ?`, o.ID)
		run.exec(`DELETE FROM order_skus WHERE order_id = ?`, o.ID)
		run.exec(`UPDATE orders SET shop = ?, shop_id = coalesce(nullif(?, ''), shop_id), number = ?,
			version = ?, status = ?, reason = ?, ship_by = ?, multi = ?, due = ?, given = ?, body = ?, address = ? WHERE id = ?`,
			o.Shop, o.Own, number, o.Version, o.Status, o.Reason, shipBy(o), multi(o), due, given, body, address, o.ID)
	} else {
		row := []any{
			o.ID, o.Shop, o.Ref().ID, number, number, int64(o.Version), string(o.Status), o.Reason, shipBy(o), multi(o), asInteger(due), given, body, address, fold(number),
		}
		run.exec(`INSERT INTO orders (id, shop, shop_id, number, name, version, status, reason, ship_by, multi, due, given, body, address, folded, sum)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, append(row, rowSum("orders", row...))...)
	}
	for _, tote := range o.Totes {
		run.exec(`INSERT INTO order_totes (tote, order_id, sum) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, tote, o.ID, rowSum("order_totes", tote, o.ID))
	}
	if due {
		run.listProducts(o)
	}
	return run.err
}

// isDue reports whether an order may be started.
func isDue(ctx context.Context, q querier, o station.Order) (bool, error) {
	if o.Status != station.OrderOpen {
		return false, nil
	}
	var state ProgressState
	err := q.QueryRowContext(ctx, `SELECT state FROM progress WHERE order_id = ?`, o.ID).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	return state == ProgressOpen, err
}

// settleDue works out again whether an order may be started, and lists it under
// its products if so. One that is no longer in the catalogue is none to start.
func settleDue(ctx context.Context, tx *prepared, id string) error {
	var was, is bool
	err := tx.QueryRowContext(ctx, `SELECT o.due, o.status = 'open' AND coalesce(p.state, 'open') = 'open'
		FROM orders o LEFT JOIN progress p ON p.order_id = o.id WHERE o.id = ?`, id).Scan(&was, &is)
	if errors.Is(err, sql.ErrNoRows) || err == nil && was == is {
		return nil
	}
	if err != nil {
		return err
	}
	run := runner{ctx: ctx, tx: tx}
	run.exec(`UPDATE orders SET due = ? WHERE id = ?`, is, id)
	run.exec(`DELETE FROM order_skus WHERE order_id = ?`, id)
	if is && run.err == nil {
		o, err := order(ctx, tx, id)
		if err != nil {
			return err
		}
		run.listProducts(o)
	}
	return run.err
}

// listProducts lists a due order under its products.
func (r *runner) listProducts(o station.Order) {
	for _, l := range o.Lines {
		if l.SKU != "" && l.Kind != station.Note {
			r.exec(`INSERT INTO order_skus (sku, multi, ship_by, order_id, sum) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				l.SKU, multi(o), shipBy(o), o.ID, rowSum("order_skus", l.SKU, multi(o), shipBy(o), o.ID))
		}
	}
}

// sumOf tells two orders of a shop apart; the version is not part of it. It is
// a hash, so that it keeps no address when the address is erased.
func sumOf(o station.Order) ([]byte, error) {
	o.Version, o.ID, o.Number, o.Own = 0, cmp.Or(o.Number, o.ID), "", "" // as it was when a number was all
	body, err := json.Marshal(o)
	sum := sha256.Sum256(body)
	return sum[:], err
}

func shipBy(o station.Order) int64 {
	if o.ShipBy.IsZero() {
		return never
	}
	return o.ShipBy.Unix()
}

func asInteger(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// multi is 0 for an order that one unit fills.
func multi(o station.Order) int64 { return asInteger(o.Units() > 1) }

// SetOrderStatus changes what the shop says of an order, which counts as a new
// version of it; none is ErrUnknown.
func (s *Store) SetOrderStatus(ctx context.Context, id string, status station.OrderStatus, reason string) error {
	return s.setStatus(ctx, id, status, reason, true)
}

// HoldOrder holds an order here, whatever its shop says of it, until ReleaseOrder or
// until the shop has cancelled or sent it. None is ErrUnknown.
func (s *Store) HoldOrder(ctx context.Context, id, reason string) error {
	return s.setStatus(ctx, id, station.OrderHeld, reason, false)
}

// HeldHere reports whether an order is held here, not by its shop; none is ErrUnknown.
func (s *Store) HeldHere(ctx context.Context, id string) (bool, error) {
	_, here, err := s.hold(ctx, id)
	return here, err
}

// ReleaseOrder takes a hold of here back: what the shop says counts again. None is
// ErrUnknown.
func (s *Store) ReleaseOrder(ctx context.Context, id string) error {
	said, here, err := s.hold(ctx, id)
	if err != nil || !here {
		return err
	}
	return s.setStatus(ctx, id, said.Status, said.Reason, false)
}

func (s *Store) hold(ctx context.Context, id string) (said station.Order, here bool, err error) {
	kept, err := one(ctx, s.read, "read order "+id, readStored, selectStored+` WHERE id = ?`, id)
	if err != nil {
		return said, false, err
	}
	return kept.heldHere()
}

// setStatus changes the status of an order; byShop says that its shop did.
func (s *Store) setStatus(ctx context.Context, id string, status station.OrderStatus, reason string, byShop bool) error {
	return s.change(ctx, "change order "+id, func(tx *prepared) error {
		o, err := order(ctx, tx, id)
		if err != nil {
			return err
		}
		if o.Status == status && o.Reason == reason {
			return nil
		}
		o.Status, o.Reason, o.Version = status, reason, o.Version+1
		run := runner{ctx: ctx, tx: tx}
		run.exec(`UPDATE orders SET status = ?, reason = ?, version = ? WHERE id = ?`, status, reason, o.Version, id)
		if byShop {
			body, err := bodyOf(o)
			if err != nil {
				return err
			}
			run.exec(`UPDATE orders SET body = ? WHERE id = ?`, body, id)
		}
		if run.err != nil {
			return run.err
		}
		return settleDue(ctx, tx, o.ID)
	})
}

// bodyOf is an order as it is kept, without its address, which can be erased.
func bodyOf(o station.Order) ([]byte, error) {
	o.To = station.Address{}
	return json.Marshal(o)
}

// Order returns an order with its lines and address; none is ErrUnknown.
func (s *Store) Order(ctx context.Context, id string) (station.Order, error) {
	return order(ctx, s.read, id)
}

func order(ctx context.Context, q querier, id string) (station.Order, error) {
	return one(ctx, q, "read order "+id, sound(readOrder), `SELECT id, shop, shop_id, number, o.name, version, status, reason, body, address, `+doubt("orders", "o.")+`
		FROM orders o WHERE id = ?`, id)
}

func readOrder(scan func(...any) error) (station.Order, error) {
	var o station.Order
	var version int
	var status station.OrderStatus
	var id, shop, own, number, name, reason string
	var body, address []byte
	if err := scan(&id, &shop, &own, &number, &name, &version, &status, &reason, &body, &address); err != nil {
		return o, err
	}
	if err := json.Unmarshal(body, &o); err != nil {
		return o, err
	}
	o.ID, o.Shop, o.Own, o.Number, o.Name = id, shop, other(own, number), other(number, id), other(name, number)
	o.Version, o.Status, o.Reason = version, status, reason
	if len(address) == 0 { // erased
		return o, nil
	}
	return o, json.Unmarshal(address, &o.To)
}

// Due is an order that may be started.
type Due struct {
	ID     string
	Name   string    // what people call it, where that is not the ID
	ShipBy time.Time // zero: not known
}

func readDue(scan func(...any) error) (Due, error) {
	var id, name string
	var at int64
	err := scan(&id, &name, &at)
	return dueOf(id, name, at), err
}

func dueOf(id, name string, at int64) Due {
	d := Due{ID: id, Name: other(name, id)}
	if at != never {
		d.ShipBy = time.Unix(at, 0).UTC()
	}
	return d
}

// notElsewhere leaves out what another station than ?1 has claimed.
const notElsewhere = ` AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.order_id = o.id AND c.station <> ?1)`

// DueOrders returns at most limit orders that the station may start, by ship-by
// and id: not held, cancelled, begun, parked, closed, short or claimed
// elsewhere. Orders without ship-by come last.
func (s *Store) DueOrders(ctx context.Context, station string, limit int) ([]Due, error) {
	return list(ctx, s.read, "look for the next order", readDue,
		`SELECT o.id, o.name, o.ship_by FROM orders o WHERE o.due = 1`+notElsewhere+` ORDER BY o.ship_by, o.id LIMIT ?2`,
		station, noLimit(limit))
}

// OrdersWithSKU returns at most limit orders that the station may start and that
// want the product: those that one unit fills first, then by ship-by and id.
func (s *Store) OrdersWithSKU(ctx context.Context, station, sku string, limit int) ([]Due, error) {
	return list(ctx, s.read, "look for orders of product "+sku, sound(readDue),
		`SELECT s.order_id, `+nameOf("s.order_id")+`, s.ship_by, `+doubt("order_skus", "s.")+` FROM order_skus s WHERE s.sku = ?2
			AND EXISTS (SELECT 1 FROM orders o WHERE o.id = s.order_id AND o.due = 1)
			AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.order_id = s.order_id AND c.station <> ?1)
			ORDER BY s.multi, s.ship_by, s.order_id LIMIT ?3`, station, sku, noLimit(limit))
}

// OrdersByTote returns the ids of the orders whose goods lie in a tote and that
// are not closed here, by ship-by and id.
func (s *Store) OrdersByTote(ctx context.Context, tote string) ([]Due, error) {
	return list(ctx, s.read, "look up a tote", sound(readDue),
		`SELECT o.id, o.name, o.ship_by, `+doubt("order_totes", "t.")+` FROM order_totes t JOIN orders o ON o.id = t.order_id
			LEFT JOIN progress p ON p.order_id = o.id
			WHERE t.tote = ? AND coalesce(p.state, '') <> 'closed' ORDER BY o.ship_by, o.id`, tote)
}

var claimColumns = `SELECT station, ` + doubt("claims", "") + ` FROM claims WHERE order_id = ?`

// ClaimOrder takes an order for a station, durably, and gives the station that
// has it now: another one means that the claim failed. Claiming again is fine.
func (s *Store) ClaimOrder(ctx context.Context, orderID, station string, at time.Time) (holder string, err error) {
	err = s.change(ctx, "claim order "+orderID, func(tx *prepared) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO claims (order_id, station, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			orderID, station, nanos(at)); err != nil {
			return err
		}
		holder, err = one(ctx, tx, "", sound(text), claimColumns, orderID)
		return err
	})
	return holder, err
}

// FreeOrder gives the station's claim back; a claim of another stays.
func (s *Store) FreeOrder(ctx context.Context, orderID, station string) error {
	return s.change(ctx, "free order "+orderID, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM claims WHERE order_id = ? AND station = ?`, orderID, station)
		return err
	})
}

// Holder returns the station that has claimed an order, "" for none.
func (s *Store) Holder(ctx context.Context, orderID string) (string, error) {
	holder, err := one(ctx, s.read, "read the claim of order "+orderID, sound(text), claimColumns, orderID)
	if errors.Is(err, ErrUnknown) {
		return "", nil
	}
	return holder, err
}
