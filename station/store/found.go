package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/unit"
)

// Asked is a code in the forms that it is looked up in.
type Asked struct {
	Badge string // its keyed hash, as badges have it
	Code  string // as it was scanned
	GTIN  string // its 14 digits; "" for none
}

// Found is what a code stands for in the catalogue.
type Found struct {
	Person   *station.Person // whose badge it is
	Articles []Article       // with this barcode or GTIN; of none has it, with this alias or SKU
	Orders   []Due           // as OrdersCalled gives them
}

// Article is a product and how many units of it a code stands for.
type Article struct {
	Hit
	Name string
	Mass unit.Mass
}

// What found a row of findCode, the first that found any going before the later ones
// of its kind.
const (
	byBadge = iota
	byBarcode
	byGTIN
	byAlias
	bySKU
	byOrder
	byOrderBare   // without its "#"
	byOrderMarked // with one
)

// findCode looks a code up in one statement: a packer waits for it.
const findCode = `
SELECT 0, id, role, 0, NULL FROM people WHERE badge = ?1 AND badge <> ''
UNION ALL SELECT 1, c.sku, p.name, c.factor, p.body FROM product_codes c JOIN products p ON p.sku = c.sku WHERE c.code = ?2
UNION ALL SELECT 2, c.sku, p.name, c.factor, p.body FROM product_codes c JOIN products p ON p.sku = c.sku WHERE c.gtin = ?3 AND c.gtin <> ''
UNION ALL SELECT 3, a.sku, p.name, 1, p.body FROM product_aliases a JOIN products p ON p.sku = a.sku WHERE a.alias = ?4
UNION ALL SELECT 4, p.sku, p.name, 1, p.body FROM products p WHERE p.sku = ?4
UNION ALL SELECT CASE WHEN ?4 IN (o.number, o.id) THEN 5 WHEN ?5 IN (o.number, o.id) THEN 6 ELSE 7 END, o.id, o.name, o.ship_by, NULL
	FROM orders o WHERE o.number IN (?4, ?5, ?6) OR o.id IN (?4, ?5, ?6)`

// Find looks up what a code stands for.
func (s *Store) Find(ctx context.Context, a Asked) (Found, error) {
	type row struct {
		by       int
		id, name string
		n        int64
		body     []byte
	}
	text := strings.TrimSpace(a.Code)
	// The connection that has just written has the catalogue in memory; the others
	// have to read again what may have changed.
	from := s.read
	if done, free := s.tryTake(); free {
		defer done()
		from = s.tx
	}
	rows, err := list(ctx, from, "look up a code", func(scan func(...any) error) (row, error) {
		var r row
		return r, scan(&r.by, &r.id, &r.name, &r.n, &r.body)
	}, findCode, a.Badge, a.Code, a.GTIN, text, strings.TrimPrefix(text, "#"), "#"+text)
	if err != nil {
		return Found{}, err
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.by >= byOrder {
			return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.n, b.n), cmp.Compare(a.id, b.id))
		}
		return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.id, b.id), cmp.Compare(a.n, b.n))
	})
	var found Found
	first := func(from, to int) int { // what found the first of a kind
		i := slices.IndexFunc(rows, func(r row) bool { return r.by >= from && r.by <= to })
		if i < 0 {
			return -1
		}
		return rows[i].by
	}
	coded, called := first(byBarcode, byGTIN) > 0, first(byOrder, byOrderMarked)
	for _, r := range rows {
		switch {
		case r.by == byBadge:
			found.Person = &station.Person{ID: r.id, Role: station.Role(r.name)}
		case r.by == called:
			found.Orders = append(found.Orders, dueOf(r.id, r.name, r.n))
		case r.by > bySKU || r.by > byGTIN && coded:
		default:
			p := Article{Hit: Hit{SKU: r.id, Factor: int(r.n)}, Name: r.name}
			var body struct{ Mass unit.Mass }
			if err := json.Unmarshal(r.body, &body); err != nil {
				return found, fault("read product "+r.id, err)
			}
			if p.Mass = body.Mass; !slices.Contains(found.Articles, p) {
				found.Articles = append(found.Articles, p)
			}
		}
	}
	if len(found.Orders) == 0 && strings.ContainsAny(text, "/:") {
		found.Orders, err = s.OrdersCalled(ctx, text)
	}
	return found, err
}
