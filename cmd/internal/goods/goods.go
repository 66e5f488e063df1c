// Package goods owns what a word for a product means, to the catalogue in the store: a
// SKU, an alias, a barcode. Files of orders and of stock are read with [Named], whoever
// reads them, and [Kits] keeps what a file says that kits are made of.
//
// It must not guess: a word that fits two products means none.
package goods

import (
	"context"
	"errors"
	"slices"

	"packbench/station/gs1"
	"packbench/station/store"
)

// Named finds the one product that a word of an order means: a SKU, else an
// alias, else a barcode of one unit. "" stands for none, and for several,
// because nothing is guessed.
func Named(ctx context.Context, s *store.Store, word string) (string, error) {
	switch _, err := s.Product(ctx, word); {
	case err == nil:
		return word, nil
	case !errors.Is(err, store.ErrUnknown):
		return "", err
	}
	hits, err := s.ProductsByAlias(ctx, word)
	if err == nil && len(hits) == 0 {
		hits, err = s.ProductsByCode(ctx, word)
	}
	if err == nil && len(hits) == 0 {
		for _, number := range gs1.ReadTrade(word).Numbers {
			more, failed := s.ProductsByGTIN(ctx, string(number))
			err = errors.Join(err, failed)
			for _, hit := range more {
				if !slices.Contains(hits, hit) {
					hits = append(hits, hit)
				}
			}
		}
	}
	if err != nil || len(hits) != 1 || hits[0].Factor != 1 {
		return "", err
	}
	return hits[0].SKU, nil
}
