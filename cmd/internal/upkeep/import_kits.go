package upkeep

import (
	"cmp"
	"context"
	"io"

	"packbench/cmd/internal/goods"
	"packbench/station"
	"packbench/station/intake"
	"packbench/station/store"
)

// kits gives products that are known the parts that a file says they are made of. The
// rest of them stays as it was.
func (in importer) kits(ctx context.Context, r io.Reader) (Import, error) {
	o := in.options()
	var failed error
	o.Product = func(word string) (string, bool) {
		sku, err := goods.Named(ctx, in.Store, word)
		failed = cmp.Or(failed, err)
		return sku, sku != ""
	}
	items, rep, err := intake.ReadKits(ctx, r, in.name, o)
	if err = cmp.Or(err, failed); err != nil {
		return Import{}, err
	}
	var refused []intake.Rejection
	out, err := keepAll(ctx, in, items, rep, func(ctx context.Context, some []intake.Kit) ([]store.Change, error) {
		products := make([]station.Product, len(some))
		for i, k := range some {
			products[i] = station.Product{SKU: k.SKU, Parts: k.Parts, Whole: k.Whole}
		}
		changes, err := in.Store.MergeProducts(ctx, products, func(known, given station.Product) station.Product {
			known.Parts, known.Whole = given.Parts, given.Whole
			return known
		})
		if err == nil {
			err = in.clashes(ctx, products, changes, "kit", func(i int) int { return some[i].Row }, &refused)
		}
		return changes, err
	})
	out.Rejected = append(out.Rejected, refused...)
	return out, err
}

// clashes says of kits that were refused why.
func (in importer) clashes(ctx context.Context, products []station.Product, changes []store.Change, column string, row func(i int) int, refused *[]intake.Rejection) error {
	for i, c := range changes {
		if c != store.Refused {
			continue
		}
		words, err := in.Store.KitClash(ctx, products[i])
		if err != nil {
			return err
		}
		*refused = append(*refused, intake.Rejection{Row: row(i), Column: column, Reason: cmp.Or(words, "kit "+products[i].SKU+" cannot hold another kit: list its parts instead")})
	}
	return nil
}
