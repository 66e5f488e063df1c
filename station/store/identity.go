package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station"
)

// nameOrders gives the orders with a number their names, what people call them: the
// number; where another order has it too, with the shop; where the very shop has it
// twice, with the shop's own id.
func (r *runner) nameOrders(number string) {
	r.exec(`UPDATE orders AS o SET name = CASE
		WHEN NOT EXISTS (SELECT 1 FROM orders x WHERE x.number = ?1 AND x.id <> o.id) THEN number
		WHEN EXISTS (SELECT 1 FROM orders x WHERE x.number = ?1 AND x.id <> o.id AND x.shop = o.shop) THEN shop || ':' || shop_id
		ELSE shop || '/' || number END WHERE number = ?1`, number)
	r.exec(`UPDATE orders SET folded = fold(name) WHERE number = ?`, number)
}

// nameOf is the name of the order whose id stands in a column. One that is not in
// the catalogue any more is called by that.
func nameOf(column string) string {
	return `coalesce((SELECT name FROM orders o WHERE o.id = ` + column + `), ` + column + `)`
}

// other is a text where it says something else than the one that is known.
func other(text, known string) string {
	if text == known {
		return ""
	}
	return text
}

// stored is what the store knows an order by.
type stored struct {
	id, shop, own, number string
	version               int
	given                 []byte
	status                station.OrderStatus
	reason                string
	body                  []byte // as its shop gave it
	altered               bool   // by the disk: the order, or what is listed of it
}

var selectStored = `SELECT id, shop, shop_id, number, version, given, status, reason, body, sum <> ` + sumIn("orders") + `
	OR EXISTS (SELECT 1 FROM order_totes t WHERE t.order_id = o.id AND t.sum <> ` + sealOf("order_totes").expr("t.") + `)
	OR EXISTS (SELECT 1 FROM order_skus t WHERE t.order_id = o.id AND t.sum <> ` + sealOf("order_skus").expr("t.") + `) FROM orders o`

func readStored(scan func(...any) error) (stored, error) {
	var s stored
	return s, scan(&s.id, &s.shop, &s.own, &s.number, &s.version, &s.given, &s.status, &s.reason, &s.body, &s.altered)
}

// heldHere reports whether a supervisor holds an order, not its shop, and what the
// shop says.
func (s stored) heldHere() (said station.Order, here bool, err error) {
	if s.status != station.OrderHeld {
		return said, false, nil
	}
	err = json.Unmarshal(s.body, &said)
	return said, err == nil && (said.Status != s.status || said.Reason != s.reason), err
}

// refused says why an order cannot stand beside those that are known.
type refused string

func (r refused) Error() string { return string(r) }

// identify finds an order in the store; nil is a new one. Repeats says that others
// have its number. The shop's own id says which order it is. Where that was not told
// before, or is not now, the number does, within the shop; and an order whose shop
// was not told before is known by coming in the same words.
func identify(ctx context.Context, q querier, o station.Order) (known *stored, repeats bool, err error) {
	number := cmp.Or(o.Number, o.ID)
	like, err := list(ctx, q, "", readStored, selectStored+`
		WHERE number = ?1 OR shop = ?2 AND shop_id = ?3 OR id = ?4`, number, o.Shop, o.Own, o.ID)
	if err != nil {
		return nil, false, err
	}
	find := func(is func(stored) bool) (found []stored) {
		return slices.DeleteFunc(slices.Clone(like), func(s stored) bool { return !is(s) })
	}
	found := find(func(s stored) bool { return o.Own != "" && s.own == o.Own && s.shop == o.Shop })
	if len(found) == 0 {
		found = find(func(s stored) bool {
			return s.shop == o.Shop && s.number == number && (o.Own == "" || s.own == s.number)
		})
	}
	if len(found) == 0 { // the disk may have changed the rest of it
		found = find(func(s stored) bool { return s.altered && s.id == o.ID })
	}
	if same := slices.IndexFunc(found, func(s stored) bool { return s.id == o.ID }); len(found) > 1 && same >= 0 {
		found = found[same : same+1]
	}
	if len(found) == 0 && o.Shop != "" {
		bare := o
		bare.Shop = ""
		given, err := sumOf(bare)
		if err != nil {
			return nil, false, err
		}
		found = find(func(s stored) bool { return s.shop == "" && s.own == s.number && bytes.Equal(s.given, given) })
	}
	switch {
	case len(found) > 1:
		return nil, false, refused("the shop has several orders with this number, and the file has no column with their ids")
	case len(found) == 1:
		return &found[0], len(find(func(s stored) bool { return s.number == number && s.id != found[0].id })) > 0, nil
	}
	if taken := find(func(s stored) bool { return s.id == o.ID }); len(taken) > 0 {
		return nil, false, refused(fmt.Sprintf("its id is that of order %s of shop %q", taken[0].number, taken[0].shop))
	}
	return nil, len(like) > 0, nil
}

// OrdersCalled returns the orders that a text may mean, by ship-by and id: by number
// with or without its "#", by shop and number as "shop/1001", by shop and the shop's
// own id as "shop:555".
func (s *Store) OrdersCalled(ctx context.Context, called string) ([]Due, error) {
	bare := strings.TrimPrefix(called, "#")
	found, err := s.ordersWhere(ctx, called, `number IN (?1, ?2) OR id = ?3`, bare, "#"+bare, called)
	if exact := slices.DeleteFunc(slices.Clone(found), func(d numbered) bool { return d.number != called && d.ID != called }); len(exact) > 0 {
		found = exact
	}
	for i := range len(called) {
		column := map[byte]string{'/': "number", ':': "shop_id"}[called[i]]
		if column == "" || len(found) > 0 || err != nil {
			continue
		}
		found, err = s.ordersWhere(ctx, called, `shop = ? AND `+column+` = ?`, called[:i], called[i+1:])
	}
	var out []Due
	for _, d := range found {
		out = append(out, d.Due)
	}
	return out, err
}

type numbered struct {
	Due
	number string
}

func (s *Store) ordersWhere(ctx context.Context, called, where string, args ...any) ([]numbered, error) {
	return list(ctx, s.read, "look up order "+called, func(scan func(...any) error) (numbered, error) {
		var n numbered
		var err error
		n.Due, err = readDue(func(to ...any) error { return scan(append(to, &n.number)...) })
		return n, err
	}, `SELECT id, name, ship_by, number FROM orders WHERE `+where+` ORDER BY ship_by, id`, args...)
}

// OrdersNamed is OrdersCalled for what a person types, without regard to capitals.
func (s *Store) OrdersNamed(ctx context.Context, typed string) ([]Due, error) {
	found, err := s.OrdersCalled(ctx, typed)
	if err != nil || len(found) > 0 {
		return found, err
	}
	bare := strings.TrimPrefix(fold(typed), "#")
	return list(ctx, s.read, "look up order "+typed, readDue,
		`SELECT id, name, ship_by FROM orders WHERE folded IN (?1, ?2) ORDER BY ship_by, id`, bare, "#"+bare)
}

// ParcelsCalled returns the parcels that a text names: one by its id, and those whose
// order is called so, "1001-2" or "shop/1001-2".
func (s *Store) ParcelsCalled(ctx context.Context, called string) ([]Parcel, error) {
	ids := []string{called}
	if i := strings.LastIndexByte(called, '-'); i > 0 {
		orders, err := s.OrdersCalled(ctx, called[:i])
		if err != nil {
			return nil, err
		}
		for _, o := range orders {
			if id := o.ID + called[i:]; id != called {
				ids = append(ids, id)
			}
		}
	}
	var out []Parcel
	for _, id := range ids {
		p, err := s.Parcel(ctx, id)
		if err == nil {
			out = append(out, p)
		} else if !errors.Is(err, ErrUnknown) {
			return nil, err
		}
	}
	return out, nil
}
