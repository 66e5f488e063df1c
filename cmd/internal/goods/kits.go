package goods

import (
	"cmp"
	"context"
	"io"
	"slices"

	"packbench/station"
	"packbench/station/intake"
	"packbench/station/store"
)

// kitsAtOnce is how many kits are stored in one transaction.
const kitsAtOnce = 500

// Kits gives products that are known the parts that a file says they are made of; the
// rest of them stays as it was. It tells what became of each kit, and why those were
// refused that were.
func Kits(ctx context.Context, s *store.Store, r io.Reader, name string, o intake.Options) (did []store.Change, rep intake.Report, refused []intake.Rejection, err error) {
	var failed error
	o.Product = func(word string) (string, bool) {
		sku, err := Named(ctx, s, word)
		failed = cmp.Or(failed, err)
		return sku, sku != ""
	}
	items, rep, err := intake.ReadKits(ctx, r, name, o)
	if err = cmp.Or(err, failed); err != nil {
		return nil, rep, nil, err
	}
	for some := range slices.Chunk(items, kitsAtOnce) {
		products := make([]station.Product, len(some))
		for i, k := range some {
			products[i] = station.Product{SKU: k.SKU, Parts: k.Parts, Whole: k.Whole}
		}
		changes, err := s.MergeProducts(ctx, products, func(known, given station.Product) station.Product {
			known.Parts, known.Whole = given.Parts, given.Whole
			return known
		})
		if err != nil {
			return did, rep, refused, err
		}
		did = append(did, changes...)
		clashes, err := Clashes(ctx, s, products, changes, "kit", func(i int) int { return some[i].Row })
		if err != nil {
			return did, rep, refused, err
		}
		refused = append(refused, clashes...)
	}
	return did, rep, refused, nil
}

// Clashes says of products that were refused as kits why. A nil row knows of none.
func Clashes(ctx context.Context, s *store.Store, products []station.Product, did []store.Change, column string, row func(i int) int) (out []intake.Rejection, err error) {
	for i, c := range did {
		if c != store.Refused {
			continue
		}
		words, err := s.KitClash(ctx, products[i])
		if err != nil {
			return out, err
		}
		no := intake.Rejection{Column: column, Reason: cmp.Or(words, "kit "+products[i].SKU+" cannot hold another kit: list its parts instead")}
		if row != nil {
			no.Row = row(i)
		}
		out = append(out, no)
	}
	return out, nil
}
