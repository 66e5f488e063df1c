package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"packbench/station"
	"packbench/station/gs1"
	"packbench/station/unit"
)

// Change is what putting one item did.
type Change string

// What putting may do.
const (
	Added     Change = "added"
	Changed   Change = "changed"
	Unchanged Change = "unchanged"
	Refused   Change = "refused" // it cannot stand beside what another item says
)

// Hit is a product that a code stands for, and how many units of it.
type Hit struct {
	SKU    string
	Factor int
}

// PutProducts adds and changes products by SKU in one transaction and tells
// for each, in the same order, what it did. Products that are not listed stay.
// Scans wait while a call lasts: an import gives a hundred or so at a time.
func (s *Store) PutProducts(ctx context.Context, products []station.Product) ([]Change, error) {
	return s.MergeProducts(ctx, products, nil)
}

// MergeProducts is PutProducts where merge says what becomes of a product that is
// known and of which something else is given now.
func (s *Store) MergeProducts(ctx context.Context, products []station.Product, merge func(known, given station.Product) station.Product) ([]Change, error) {
	return putAll(ctx, s, "keep the products", products, func(ctx context.Context, tx *prepared, p station.Product) (Change, error) {
		return putProduct(ctx, tx, p, merge)
	})
}

// putAll runs put for each item in one transaction.
func putAll[T any](ctx context.Context, s *Store, doing string, items []T, put func(context.Context, *prepared, T) (Change, error)) ([]Change, error) {
	var changes []Change
	err := s.change(ctx, doing, func(tx *prepared) (err error) {
		changes, err = putEach(ctx, tx, items, put)
		return err
	})
	return changes, err
}

func putEach[T any](ctx context.Context, tx *prepared, items []T, put func(context.Context, *prepared, T) (Change, error)) (changes []Change, err error) {
	changes = make([]Change, len(items))
	for i, item := range items {
		if changes[i], err = put(ctx, tx, item); err != nil {
			return nil, err
		}
	}
	if slices.ContainsFunc(changes, func(c Change) bool { return c != Unchanged }) {
		err = touchCatalogue(ctx, tx)
	}
	return changes, err
}

func touchCatalogue(ctx context.Context, tx *prepared) error {
	_, err := tx.ExecContext(ctx, `UPDATE tallies SET n = n + 1 WHERE name = 'catalogue'`)
	return err
}

// CatalogueVersion returns a number that moves on with each change of products,
// cartons, rates, people and orders by their shops, whoever makes it.
func (s *Store) CatalogueVersion(ctx context.Context) (int64, error) {
	return one(ctx, s.read, "look for changes of the catalogue", integer, `SELECT n FROM tallies WHERE name = 'catalogue'`)
}

func putProduct(ctx context.Context, tx *prepared, p station.Product, merge func(known, given station.Product) station.Product) (Change, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("product %s: %w", p.SKU, err)
	}
	old, did, err := upsert(ctx, tx, "products", "sku", p.SKU, body)
	if err == nil && did == Changed && merge != nil && old != nil {
		var known station.Product
		if err := json.Unmarshal(old, &known); err != nil {
			return "", fmt.Errorf("product %s: %w", p.SKU, err)
		}
		p = merge(known, p)
		if body, err = json.Marshal(p); bytes.Equal(old, body) {
			did = Unchanged
		}
	}
	if did == Unchanged && err == nil {
		did, err = codesOf(ctx, tx, p)
	}
	if err != nil || did == Unchanged {
		return did, err
	}
	if len(p.Parts) > 0 {
		if words, err := kitClash(ctx, tx, p); words != "" || err != nil {
			return Refused, err
		}
	}
	run := runner{ctx: ctx, tx: tx}
	mass, folded := int64(p.Mass), fold(p.Name+"\n"+p.SKU)
	run.exec(`INSERT INTO products (sku, name, mass, body, folded, head, sum) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (sku) DO UPDATE SET name = excluded.name, mass = excluded.mass, body = excluded.body, folded = excluded.folded,
			head = excluded.head, sum = excluded.sum`,
		p.SKU, p.Name, mass, body, folded, rowSum("products", p.SKU, p.Name, mass), rowSum("products", p.SKU, body, folded))
	run.putCodes(p, did == Changed)
	return did, run.err
}

// putCodes keeps the codes, aliases and parts of a product: known says that some may be there.
func (r *runner) putCodes(p station.Product, known bool) {
	if known {
		r.exec(`DELETE FROM product_codes WHERE sku = ?`, p.SKU)
		r.exec(`DELETE FROM product_aliases WHERE sku = ?`, p.SKU)
	}
	r.putParts(p, known)
	for _, b := range p.Barcodes {
		if known { // or the disk has given it to another product
			r.exec(`DELETE FROM product_codes WHERE code = ? AND sum <> `+sumIn("product_codes"), b.Code)
		}
		factor, gtin := int64(max(b.Factor, 1)), gtin14(b.Code)
		r.exec(`INSERT INTO product_codes (code, sku, factor, gtin, sum) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET factor = excluded.factor, sum = excluded.sum`, b.Code, p.SKU, factor, gtin, rowSum("product_codes", b.Code, p.SKU, factor, gtin))
	}
	for _, a := range p.Aliases {
		r.exec(`INSERT INTO product_aliases (alias, sku, sum) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, a, p.SKU, rowSum("product_aliases", a, p.SKU))
	}
}

// codesOf tells whether all codes of a stored product stand there as they were written.
func codesOf(ctx context.Context, tx *prepared, p station.Product) (Change, error) {
	want := map[string]bool{}
	for _, b := range p.Barcodes {
		want["code "+b.Code] = true
	}
	for _, a := range p.Aliases {
		want["alias "+a] = true
	}
	have, err := one(ctx, tx, "", integer, `SELECT (SELECT count(*) FROM product_codes WHERE sku = ?1 AND sum = `+sumIn("product_codes")+`)
		+ (SELECT count(*) FROM product_aliases WHERE sku = ?1 AND sum = `+sumIn("product_aliases")+`)`, p.SKU)
	if err != nil || have == int64(len(want)) {
		return Unchanged, err
	}
	return Changed, nil
}

// upsert tells what writing body would do to a row of a sealed table, and what is there.
// What is not what was written is thrown away, and counts as changed.
func upsert(ctx context.Context, tx *prepared, table, key, id string, body []byte) (old []byte, did Change, err error) {
	var doubted string
	err = tx.QueryRowContext(ctx, `SELECT body, `+doubt(table, "")+` FROM `+table+` WHERE `+key+` = ?`, id).Scan(&old, &doubted)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, Added, nil
	case err == nil && doubted != "":
		_, err = tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE `+key+` = ?`, id)
		return nil, Changed, err
	case err != nil:
		return nil, "", err
	case bytes.Equal(old, body):
		return old, Unchanged, nil
	}
	return old, Changed, nil
}

// runner runs statements until one fails.
type runner struct {
	ctx context.Context
	tx  *prepared
	err error
}

func (r *runner) exec(query string, args ...any) {
	if r.err == nil {
		_, r.err = r.tx.ExecContext(r.ctx, query, args...)
	}
}

// gtin14 returns the 14-digit form of a code that is a GTIN, "" for others.
func gtin14(code string) string {
	g, err := gs1.ParseGTIN(code)
	if err != nil {
		return ""
	}
	return string(g)
}

// LinkBarcode adds a barcode to a product, or changes its factor (P3, S7). An
// unknown product is ErrUnknown.
func (s *Store) LinkBarcode(ctx context.Context, sku string, b station.Barcode) error {
	return s.change(ctx, "link a barcode to product "+sku, func(tx *prepared) error {
		p, err := one(ctx, tx, "", readProduct, productColumns+`sku = ?`, sku)
		if err != nil {
			return err
		}
		b.Factor = max(b.Factor, 1)
		if t := gs1.ReadTrade(b.Code); t.Doubt == "" {
			b.Code = t.Text
		}
		known := false
		for i := range p.Barcodes {
			if p.Barcodes[i].Code == b.Code {
				p.Barcodes[i], known = b, true
			}
		}
		if !known {
			p.Barcodes = append(p.Barcodes, b)
		}
		did, err := putProduct(ctx, tx, p, nil)
		if err == nil && did != Unchanged {
			err = touchCatalogue(ctx, tx)
		}
		return err
	})
}

// SetMass says what one unit of a product weighs. An unknown product is ErrUnknown.
func (s *Store) SetMass(ctx context.Context, sku string, mass unit.Mass) error {
	return s.alter(ctx, "correct the weight of product "+sku, sku, func(p *station.Product) { p.Mass = mass })
}

// SetDanger says which dangerous goods a product is. An unknown product is ErrUnknown.
func (s *Store) SetDanger(ctx context.Context, sku string, d station.Danger) error {
	return s.alter(ctx, "mark product "+sku+" as dangerous goods", sku, func(p *station.Product) { p.Danger = d })
}

// SetHandling says how units of a product go into boxes. An unknown product is ErrUnknown.
func (s *Store) SetHandling(ctx context.Context, sku string, h station.Handling) error {
	return s.alter(ctx, "change how product "+sku+" is packed", sku, func(p *station.Product) { p.Handle(h) })
}

func (s *Store) alter(ctx context.Context, doing, sku string, change func(*station.Product)) error {
	return s.change(ctx, doing, func(tx *prepared) error {
		p, err := one(ctx, tx, "", readProduct, productColumns+`sku = ?`, sku)
		if err != nil {
			return err
		}
		change(&p)
		did, err := putProduct(ctx, tx, p, nil)
		if err == nil && did != Unchanged {
			err = touchCatalogue(ctx, tx)
		}
		return err
	})
}

var (
	productColumns = `SELECT body, ` + doubt("products", "") + ` FROM products WHERE `
	readProduct    = sound(object[station.Product])
)

// Product returns a product by its SKU; none is ErrUnknown.
func (s *Store) Product(ctx context.Context, sku string) (station.Product, error) {
	return one(ctx, s.read, "read product "+sku, readProduct, productColumns+`sku = ?`, sku)
}

// ProductsByCode returns the products that hold exactly this barcode, by SKU.
func (s *Store) ProductsByCode(ctx context.Context, code string) ([]Hit, error) {
	return list(ctx, s.read, "look up a barcode", sound(hit), `SELECT sku, factor, `+doubt("product_codes", "")+` FROM product_codes WHERE code = ? ORDER BY sku`, code)
}

// ProductsByGTIN returns the products that hold a number in any of its forms,
// which is asked for in its 14 digits, by SKU.
func (s *Store) ProductsByGTIN(ctx context.Context, gtin14 string) ([]Hit, error) {
	return list(ctx, s.read, "look up a GTIN", sound(hit),
		`SELECT DISTINCT sku, factor, `+doubt("product_codes", "")+` FROM product_codes WHERE gtin = ? AND gtin <> '' ORDER BY sku, factor`, gtin14)
}

// ProductsByAlias returns the products that have this alias, by SKU, each as one
// unit.
func (s *Store) ProductsByAlias(ctx context.Context, alias string) ([]Hit, error) {
	return list(ctx, s.read, "look up an alias", sound(hit), `SELECT sku, 1, `+doubt("product_aliases", "")+` FROM product_aliases WHERE alias = ? ORDER BY sku`, alias)
}

func hit(scan func(...any) error) (Hit, error) {
	var h Hit
	return h, scan(&h.SKU, &h.Factor)
}

// Products returns at most limit products whose SKU comes after the given one,
// by SKU; 0 is no limit.
func (s *Store) Products(ctx context.Context, after string, limit int) ([]station.Product, error) {
	return list(ctx, s.read, "read the products", readProduct,
		productColumns+`sku > ? ORDER BY sku LIMIT ?`, after, noLimit(limit))
}

// ProductsNamed returns at most limit products that have a text in their name or
// their SKU, by name.
func (s *Store) ProductsNamed(ctx context.Context, text string, limit int) ([]station.Product, error) {
	return list(ctx, s.read, "look up a name", readProduct,
		productColumns+`sku IN (SELECT sku FROM products WHERE instr(folded, ?1) ORDER BY folded, sku LIMIT ?2) ORDER BY folded, sku`,
		fold(text), noLimit(limit))
}

func noLimit(limit int) int {
	if limit <= 0 {
		return -1
	}
	return limit
}
