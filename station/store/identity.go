package store

import (
	"cmp"
	"context"
	"database/sql"
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

// identify gives the id under which an order is kept, and its number where that is
// another text. The shop's own id says which order it is. Where it was not told
// before, or is not now, the number does, within the shop; and an order whose shop
// was not told before is known by coming in the same words.
func identify(ctx context.Context, q querier, o station.Order) (id, number string, err error) {
	number = cmp.Or(o.Number, o.ID)
	ids := func(query string, args ...any) []string {
		if err != nil {
			return nil
		}
		var out []string
		out, err = list(ctx, q, "", text, query, args...)
		return out
	}
	found := ids(`SELECT id FROM orders WHERE shop = ? AND shop_id = ?`, o.Shop, o.Ref().ID)
	if len(found) == 0 {
		found = ids(`SELECT id FROM orders WHERE shop = ?1 AND number = ?2 AND (?3 = '' OR shop_id = ?2)`, o.Shop, number, o.Own)
	}
	if len(found) == 0 && o.Shop != "" {
		bare := o
		bare.Shop = ""
		given, bad := sumOf(bare)
		err = errors.Join(err, bad)
		found = ids(`SELECT id FROM orders WHERE shop = '' AND number = ? AND shop_id = number AND given = ?`, number, given)
	}
	switch {
	case err != nil:
		return "", "", err
	case len(found) > 1:
		return "", "", fmt.Errorf("the shop has several orders with this number, and the file has no column with their ids")
	case len(found) == 1:
		return found[0], other(number, found[0]), nil
	}
	var shop, own string
	err = q.QueryRowContext(ctx, `SELECT shop, shop_id FROM orders WHERE id = ?`, o.ID).Scan(&shop, &own)
	if errors.Is(err, sql.ErrNoRows) {
		return o.ID, other(number, o.ID), nil
	}
	return "", "", cmp.Or(err, fmt.Errorf("%s of shop %q is an order already, whose text is the same", own, shop))
}

// OrdersCalled gives the orders that a text may mean, by ship-by and id: by number
// with or without its "#", by shop and number as "shop/1001", by shop and the shop's
// own id as "shop:555".
func (s *Store) OrdersCalled(ctx context.Context, called string) ([]Due, error) {
	const read = `SELECT o.id, o.name, o.ship_by FROM orders o WHERE `
	for _, number := range []string{called, strings.TrimPrefix(called, "#"), "#" + called} {
		found, err := list(ctx, s.read, "look up order "+called, readDue, read+`o.number = ?1 OR o.id = ?1 ORDER BY o.ship_by, o.id`, number)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	var out []Due
	for i := range len(called) {
		column := map[byte]string{'/': "o.number", ':': "o.shop_id"}[called[i]]
		if column == "" {
			continue
		}
		found, err := list(ctx, s.read, "look up order "+called, readDue, read+`o.shop = ? AND `+column+` = ? ORDER BY o.ship_by, o.id`,
			called[:i], called[i+1:])
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(found, func(d Due) bool { return slices.Contains(out, d) })...)
	}
	return out, nil
}

// ParcelsCalled gives the parcels that a text names: one by its id, and those whose
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
