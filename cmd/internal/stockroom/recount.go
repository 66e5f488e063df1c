package stockroom

import (
	"context"
	"fmt"
	"slices"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/stock"
)

// RecountAsked reports whether the stock of a product is kept in bins, and whether all of
// them are to be counted because somebody asked.
func (r Room) RecountAsked(ctx context.Context, sku string) (kept, asked bool, err error) {
	bins, open, err := r.toAsk(ctx, sku)
	return len(bins) > 0, len(bins) > 0 && len(open) == 0, err
}

// AskRecount has the bins of a product counted: they are due until somebody has. Those
// that were asked for already are not asked for again.
func (r Room) AskRecount(ctx context.Context, who station.Person, sku string) error {
	if err := r.Rights().May(who, people.Cases); err != nil {
		return err
	}
	name, err := r.product(ctx, sku)
	if err != nil {
		return err
	}
	return r.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		bins, open, err := r.toAsk(ctx, sku)
		switch {
		case err != nil:
			return nil, nil, err
		case len(bins) == 0:
			return nil, nil, fmt.Errorf("%s lies in no bin that the ledger knows", name)
		case len(open) == 0:
			return nil, nil, nil
		}
		word := stock.RecountAsked{SKU: sku, Bins: open, By: who.ID}
		return word, []pack.Fact{word}, nil
	})
}

// toAsk lists the bins of a product, and those of them whose count nobody asked for.
func (r Room) toAsk(ctx context.Context, sku string) (bins, open []string, err error) {
	sums, err := r.Store.Stock(ctx, sku)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range sums {
		if s.Bin != "" {
			bins = append(bins, s.Bin)
		}
	}
	waiting, err := r.Store.AskedCounts(ctx, sku)
	open = slices.Clone(bins)
	for _, c := range waiting {
		open = slices.DeleteFunc(open, func(bin string) bool { return bin == c.Bin })
	}
	return bins, open, err
}
