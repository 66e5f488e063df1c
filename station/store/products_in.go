package store

import (
	"context"
	"errors"

	"packbench/station"
)

// Goods merges the products of a long file, some at a time, as MergeProducts does. It writes
// on a connection of its own without the triggers that seal: see bulk. Close ends it.
type Goods struct {
	store *Store
	bulk  *bulk
	tx    *prepared
}

// NewGoods begins to merge products.
func (s *Store) NewGoods(ctx context.Context) (*Goods, error) {
	b, err := s.bulk(ctx)
	if err != nil {
		return nil, fault("keep the products", err)
	}
	return &Goods{s, b, &prepared{raw: b.conn}}, nil
}

// Merge keeps products in one transaction. A power cut may undo it until Close has come back
// without an error: until then the caller keeps what it read.
func (g *Goods) Merge(ctx context.Context, products []station.Product, merge func(known, given station.Product) station.Product) (changes []Change, err error) {
	err = g.bulk.within(ctx, func() error {
		changes, err = putEach(ctx, g.tx, products, func(ctx context.Context, tx *prepared, p station.Product) (Change, error) {
			return putProduct(ctx, tx, p, merge)
		})
		return err
	})
	return changes, fault("keep the products", err)
}

// Close waits for the disk to have all that was merged.
func (g *Goods) Close(ctx context.Context) error {
	err := g.store.change(ctx, "keep the products", func(tx *prepared) error { return touchCatalogue(ctx, tx) })
	return errors.Join(err, g.tx.close(), g.bulk.close())
}
