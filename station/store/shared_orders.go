package store

import (
	"encoding/json"
	"fmt"

	"packbench/station"
)

// clashed is why an order is held whose id was another order's too.
const clashed = "it was packed as another shop's order with the same number: look at both"

type orderRef struct {
	id  string
	ref station.Ref
}

// is reports whether this is an order of the shop: one whose shop was not told before may
// be of any.
func (o orderRef) is(ref station.Ref) bool {
	return o.ref.ID == ref.ID && (o.ref.Shop == ref.Shop || o.ref.Shop == "" || ref.Shop == "")
}

// identify makes room for an order that came. Two orders of different shops may have got
// the same id in two folders, and one order two ids. An id is whose order was begun under
// it, else, and where the folder joins, whose was first at the hub; the other one gets that of its shop. Of two ids
// of one order the one stays that it was begun under, else the first by the alphabet: so
// all folders come to the same. done says that nothing more is to be kept of the row.
func (in *taking) identify(n int64, there sharedRow, id string) (done bool, why string, err error) {
	ref := station.Ref{Shop: there.text("shop"), ID: there.text("shop_id")}
	like, err := list(in.ctx, in.tx, "", func(scan func(...any) error) (o orderRef, err error) {
		return o, scan(&o.id, &o.ref.Shop, &o.ref.ID)
	}, `SELECT id, shop, shop_id FROM orders WHERE id = ?1 OR shop = ?2 AND shop_id = ?3`, id, ref.Shop, ref.ID)
	var taken, same orderRef
	for _, o := range like {
		switch {
		case o.id != id:
			same = o
		case !o.is(ref):
			taken = o
		}
	}
	switch {
	case err != nil || taken.id == "" && same.id == "":
		return false, "", err
	case taken.id == "":
		return in.sameOrder(same.id, id, n)
	}
	begun, err := in.begunHere(id)
	if err != nil || begun && same.id == "" && !in.joins {
		if err == nil {
			why, err = in.beside(taken, ref, there, n)
		}
		return true, why, err
	}
	if same.id != "" { // this folder has moved it there, and the other one says it is not so
		in.dropOrder(same.id, n)
	}
	return false, "", in.renameOrder(taken, begun, n)
}

// sameOrder has one id of an order go away.
func (in *taking) sameOrder(here, came string, n int64) (done bool, why string, err error) {
	var begun [2]bool
	for i, id := range []string{here, came} {
		if begun[i], err = in.begunAnywhere(id); err != nil {
			return false, "", err
		}
	}
	if begun[0] && !begun[1] || begun[0] == begun[1] && here < came {
		in.tell("orders", keyText(came), n) // that it is gone
		return true, "", in.err
	}
	if begun[0] { // under both: what is known of the one that goes is kept
		lost := Shared{Kind: "orders", Key: keyText(here)}
		if err := readShared(in.ctx, in.tx, in.columns, &lost); err == nil {
			in.overruled(lost)
		}
	}
	in.dropOrder(here, n)
	return false, "", in.err
}

// beside keeps an order that came under the id of its shop, because the one here is begun.
func (in *taking) beside(taken orderRef, ref station.Ref, there sharedRow, n int64) (why string, err error) {
	id := freshID(ref, taken.id)
	t, _ := sharedTableOf("orders")
	other, err := one(in.ctx, in.tx, "", integer, `SELECT count(*) FROM orders WHERE id = ?`, id)
	if err != nil || other > 0 {
		return "another order has its id", err
	}
	there.put("id", id)
	if why, err = in.write(t, "id = ?", []any{id}, there); why != "" || err != nil {
		return why, err
	}
	in.tell("orders", keyText(id), n)
	in.tell("orders", keyText(taken.id), n)
	return "", in.err
}

// renameOrder gives an order here the id of its shop.
func (in *taking) renameOrder(o orderRef, begun bool, n int64) error {
	id := freshID(o.ref, o.id)
	in.exec(`DELETE FROM order_skus WHERE order_id = ?`, o.id)
	in.exec(`UPDATE order_totes SET order_id = ? WHERE order_id = ?`, id, o.id)
	in.exec(`UPDATE orders SET id = ?, due = 0 WHERE id = ?`, id, o.id)
	if begun {
		in.exec(`UPDATE orders SET status = ?, reason = ?, version = version + 1 WHERE id = ?`, station.OrderHeld, clashed, id)
	}
	if in.err == nil {
		in.err = settleDue(in.ctx, in.tx, id)
	}
	in.exec(`DELETE FROM hub_changes WHERE kind = 'orders' AND key = ?`, keyText(o.id))
	in.tell("orders", keyText(id), n)
	return in.err
}

func (in *taking) dropOrder(id string, n int64) {
	for _, of := range []string{`orders WHERE id`, `order_totes WHERE order_id`, `order_skus WHERE order_id`} {
		in.exec(`DELETE FROM `+of+` = ?`, id)
	}
	in.tell("orders", keyText(id), n)
}

// freshID is the id that an order gets from its shop in place of one.
func freshID(ref station.Ref, in string) string {
	if id := ref.String(); id != in {
		return id
	}
	return in + "~"
}

func keyText(id string) string {
	text, _ := json.Marshal([]string{id}) // always can be
	return string(text)
}

// begunHere reports whether this folder's station has begun an order.
func (in *taking) begunHere(id string) (bool, error) {
	n, err := one(in.ctx, in.tx, "", integer, `SELECT count(*) FROM progress WHERE order_id = ? AND state <> 'open'
		AND (station = (SELECT station FROM hub_here) OR station IN (SELECT value FROM json_each((SELECT before FROM hub_here))))`, id)
	return n > 0, err
}

// begunAnywhere reports whether any station has an order, or had.
func (in *taking) begunAnywhere(id string) (bool, error) {
	n, err := one(in.ctx, in.tx, "", integer, `SELECT (SELECT count(*) FROM progress WHERE order_id = ?1 AND state <> 'open') + (SELECT count(*) FROM claims WHERE order_id = ?1)`, id)
	return n > 0, err
}

// followOrder works out where the goods of an order lie, what it is called beside the
// others here, and whether it is due.
func (in *taking) followOrder(id string, row sharedRow) (why string, err error) {
	in.exec(`DELETE FROM order_totes WHERE order_id = ?`, id)
	in.exec(`DELETE FROM order_skus WHERE order_id = ?`, id)
	if row == nil || in.err != nil {
		return "", in.err
	}
	var o station.Order
	if err := json.Unmarshal(row.bytes("body"), &o); err != nil {
		return "it cannot be read", nil //nolint:nilerr // what one folder wrote wrongly stops nobody
	}
	for _, tote := range o.Totes {
		in.exec(`INSERT INTO order_totes (tote, order_id, sum) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, tote, id, rowSum("order_totes", tote, id))
	}
	number := row.text("number")
	like, err := one(in.ctx, in.tx, "", integer, `SELECT count(*) FROM orders WHERE number = ?`, number)
	if err != nil {
		return "", fmt.Errorf("name order %s: %w", id, err)
	}
	if like > 1 {
		in.nameOrders(number)
	} else {
		in.exec(`UPDATE orders SET name = number, folded = ? WHERE id = ?`, fold(number), id)
	}
	if in.err == nil {
		in.err = settleDue(in.ctx, in.tx, id)
	}
	return "", in.err
}
