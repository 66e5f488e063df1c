package store

import (
	"context"
	"strings"

	"packbench/station"
)

// ShelfKey is where a product stands among all, by name; the zero key stands before the
// first one.
type ShelfKey struct{ Folded, SKU string }

// Shelved is a product and where it stands.
type Shelved struct {
	station.Product
	Key ShelfKey
}

func readShelved(scan func(...any) error) (Shelved, error) {
	var s Shelved
	p, err := object[station.Product](func(dest ...any) error { return scan(append([]any{&s.Key.Folded, &s.Key.SKU}, dest...)...) })
	s.Product = p
	return s, err
}

// ShelfAsk chooses products by name.
type ShelfAsk struct {
	Text  string   // words that stand in name or SKU, "" for every product
	From  ShelfKey // the products after this one; with Before those before it
	With  bool     // and the one at From itself
	Back  bool     // before From
	Limit int
}

// Shelf returns products by name, one page of them: it seeks the key and reads on from
// there, however many come before it. Pages back are by name too.
func (s *Store) Shelf(ctx context.Context, a ShelfAsk) ([]Shelved, error) {
	where, args := ``, []any{a.From.Folded, a.From.SKU}
	for _, word := range strings.Fields(fold(a.Text)) {
		where, args = where+` AND instr(folded, ?)`, append(args, word)
	}
	sign, order := `>`, ``
	if a.Back {
		sign, order = `<`, ` DESC`
	}
	if a.With {
		sign += `=`
	}
	out, err := list(ctx, s.read, "read the products", sound(readShelved), `SELECT folded, sku, body, `+doubt("products", "")+` FROM products WHERE sku IN
		(SELECT sku FROM products WHERE (folded, sku) `+sign+` (?, ?)`+where+` ORDER BY folded`+order+`, sku`+order+` LIMIT ?) ORDER BY folded, sku`, append(args, a.Limit)...)
	return out, err
}

// ShelfMarks returns how many products there are, and at most so many of them at even
// distances: the first one, and each that stands as far behind the one before. It reads
// the whole index of names once, away from any scan.
func (s *Store) ShelfMarks(ctx context.Context, most int) (marks []ShelfKey, every, all int, err error) {
	n, err := one(ctx, s.read, "count the products", integer, `SELECT count(*) FROM products`)
	if err != nil || n == 0 {
		return nil, 1, 0, err
	}
	every = max((int(n)+most-1)/most, 1)
	marks, err = list(ctx, s.read, "look through the products", func(scan func(...any) error) (k ShelfKey, err error) {
		return k, scan(&k.Folded, &k.SKU)
	}, `SELECT folded, sku FROM (SELECT folded, sku, row_number() OVER (ORDER BY folded, sku) AS r FROM products) WHERE (r - 1) % ? = 0`, every)
	return marks, every, int(n), err
}

// KeyOf returns where a product stands.
func KeyOf(p station.Product) ShelfKey { return ShelfKey{fold(p.Name + "\n" + p.SKU), p.SKU} }
