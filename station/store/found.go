package store

import (
	"cmp"
	"context"
	"errors"
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
	Or    string // another one that the same code may mean
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

// What found a row of findCode.
const (
	byBadge = iota
	byBarcode
	byGTIN
	byOrder
	byOrderMarked // with a "#" before it
)

// findCode looks a code up in one statement: a packer waits for it. A code that is a
// GTIN itself is found among those of its GTIN; only another one has to be looked for as
// a barcode, where ?7 says so. An IN would build a table of its own each time.
const findCode = `
SELECT 0, id, '', 0, 0, '', '', 0, 0 FROM people WHERE badge = ?1 AND badge <> ''
UNION ALL SELECT 1, c.sku, p.name, c.factor, p.mass, c.code, c.gtin, c.sum, p.head FROM product_codes c JOIN products p ON p.sku = c.sku WHERE ?7 AND c.code = ?2
UNION ALL SELECT 2 - (c.code = ?2), c.sku, p.name, c.factor, p.mass, c.code, c.gtin, c.sum, p.head FROM product_codes c JOIN products p ON p.sku = c.sku WHERE c.gtin = ?3 AND c.gtin <> ''
UNION ALL SELECT 2, c.sku, p.name, c.factor, p.mass, c.code, c.gtin, c.sum, p.head FROM product_codes c JOIN products p ON p.sku = c.sku WHERE c.gtin = ?6 AND c.gtin <> ''
UNION ALL SELECT 3, o.id, o.name, o.ship_by, 0, '', '', 0, 0 FROM orders o WHERE o.number = ?4 OR o.id = ?4
UNION ALL SELECT 4, o.id, o.name, o.ship_by, 0, '', '', 0, 0 FROM orders o WHERE o.number = ?5 OR o.id = ?5`

// Find looks up what a code stands for.
func (s *Store) Find(ctx context.Context, a Asked) (Found, error) {
	text := strings.TrimSpace(a.Code)
	rows, err := s.findRows(ctx, a, text)
	if err != nil {
		return Found{}, err
	}
	slices.SortFunc(rows, func(a, b foundRow) int {
		if a.by >= byOrder {
			return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.n, b.n), cmp.Compare(a.id, b.id))
		}
		return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.id, b.id), cmp.Compare(a.n, b.n))
	})
	var found Found
	called := -1
	for _, r := range rows {
		switch {
		case r.by == byBadge:
			p, err := s.Person(ctx, r.id) // its sum is looked at there
			if err != nil {
				return found, err
			}
			found.Person = &p
		case r.by >= byOrder && (called < 0 || called == r.by):
			called = r.by
			found.Orders = append(found.Orders, dueOf(r.id, r.name, r.n))
		case r.by < byOrder:
			p := Article{Hit: Hit{SKU: r.id, Factor: int(r.n)}, Name: r.name, Mass: unit.Mass(r.mass)}
			if !slices.Contains(found.Articles, p) {
				found.Articles = append(found.Articles, p)
			}
		}
	}
	if len(found.Articles) == 0 {
		if found.Articles, err = s.named(ctx, text); err != nil {
			return found, err
		}
	}
	if len(found.Orders) == 0 && strings.ContainsAny(text, "#/:") {
		found.Orders, err = s.OrdersCalled(ctx, text)
	}
	return found, err
}

// foundRow is what was found. The rest is what its sums are of.
type foundRow struct {
	by       int
	id, name string
	n, mass  int64

	more, most string // barcode and its GTIN
	sum, head  int64
}

// readFound reads what was found, and refuses what is not what was written. It works the
// sums out itself: a function in the statement would take longer than the rest of it.
// Orders are looked at when they are opened, and people by themselves.
func readFound(scan func(...any) error) (r foundRow, err error) {
	if err := scan(&r.by, &r.id, &r.name, &r.n, &r.mass, &r.more, &r.most, &r.sum, &r.head); err != nil {
		return r, err
	}
	switch r.by {
	case byBarcode, byGTIN:
		if r.sum != int64(sumOfRow("product_codes").text(r.more).text(r.id).int(r.n).text(r.most)) {
			return r, alteredRow("product_codes:barcode " + r.more)
		}
		if r.head != int64(sumOfRow("products").text(r.id).text(r.name).int(r.mass)) {
			return r, alteredRow("products:product " + r.id)
		}
	}
	return r, nil
}

// findRows reads on the connection that has just written, which has the catalogue in
// memory; the others have to read again what may have changed.
func (s *Store) findRows(ctx context.Context, a Asked, text string) (rows []foundRow, err error) {
	const doing = "look up a code"
	other := int64(1)
	if a.GTIN != "" && a.GTIN == gtin14(a.Code) {
		other = 0
	}
	args := []any{a.Badge, a.Code, a.GTIN, text, "#" + text, a.Or, other}
	done, free := s.tryTake()
	if !free {
		return list(ctx, s.read, doing, readFound, findCode, args...)
	}
	defer done()
	err = s.quick.query(findCode, func(scan func(...any) error) error {
		r, err := readFound(scan)
		rows = append(rows, r)
		return err
	}, args...)
	return rows, fault(doing, err)
}

// named gives the products with this alias or SKU.
func (s *Store) named(ctx context.Context, text string) (out []Article, err error) {
	hits, err := s.ProductsByAlias(ctx, text)
	for _, h := range append(hits, Hit{SKU: text, Factor: 1}) {
		p, bad := s.Product(ctx, h.SKU)
		switch {
		case err != nil || errors.Is(bad, ErrUnknown):
		case bad != nil:
			err = bad
		default:
			a := Article{Hit: h, Name: p.Name, Mass: p.Mass}
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out, err
}
