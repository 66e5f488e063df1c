package stockroom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"packbench/cmd/internal/lookup"
	"packbench/station/engine"
	"packbench/station/stock"
	"packbench/station/store"
)

// Product is what is known of the stock of a product.
type Product struct {
	SKU  string
	Name string // "" where the catalogue has it no longer
	Bins []stock.Held
	stock.Position
	Lying int // of those claimed, that have left their bins
	Terms stock.Terms
	Plan  stock.Plan
}

// Ask chooses products; zero fields choose all whose stock is kept.
type Ask struct {
	SKU    string
	Low    bool         // only those that run low, the most urgent first
	Method stock.Method // of the forecast; "" is stock.SES
	Season float64      // as stock.Terms has it
}

// errNotKept says that nobody has said how much there is.
var errNotKept = errors.New("nobody has counted or moved any of it yet: import a stock file, or count its bin")

// Products returns what is known of the stock of products, by SKU. Forecasts rest on the
// weeks that are over, as the shop's time zone has them.
func (r Room) Products(ctx context.Context, a Ask) ([]Product, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	sums, err := r.Store.Stock(ctx, a.SKU)
	if err != nil {
		return nil, err
	}
	var out []Product
	at := map[string]int{}
	for _, s := range sums {
		i, known := at[s.SKU]
		if !known {
			i = len(out)
			at[s.SKU], out = i, append(out, Product{SKU: s.SKU, Name: s.Name})
		}
		out[i].Bins = append(out[i].Bins, stock.Held{Bin: s.Bin, Qty: s.OnHand})
		out[i].OnHand += s.OnHand
	}
	if a.SKU != "" && len(out) == 0 {
		if _, err := r.product(ctx, a.SKU); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", a.SKU, errNotKept)
	}
	if err := r.plan(ctx, a, out, at); err != nil {
		return nil, err
	}
	if a.Low {
		out = slices.DeleteFunc(out, func(p Product) bool { return !p.Plan.Low() })
		slices.SortStableFunc(out, func(x, y Product) int { return cmp.Compare(x.Plan.DaysLeft, y.Plan.DaysLeft) })
	}
	return out, nil
}

// plan works out what each product sells and when it must be ordered.
func (r Room) plan(ctx context.Context, a Ask, out []Product, at map[string]int) error {
	var only []string
	if a.SKU != "" {
		only = []string{a.SKU}
	}
	wanted, err := r.Store.Wanted(ctx, only...)
	if err != nil {
		return err
	}
	terms, err := r.Store.Terms(ctx, a.SKU)
	if err != nil {
		return err
	}
	weeks := make([][]float64, len(out))
	err = r.Store.Sales(ctx, a.SKU, func(sku string, sales []stock.Sale) {
		if i, kept := at[sku]; kept {
			weeks[i] = stock.Weeks(sales, r.Clock(), r.Location())
		}
	})
	for i := range out {
		p := &out[i]
		p.Terms, p.Claimed, p.Lying = terms[p.SKU], wanted[p.SKU].Claimed, wanted[p.SKU].Lying
		p.Terms.Season = a.Season
		p.Plan = stock.PlanOf(weeks[i], p.Position, p.Terms, a.Method)
	}
	return err
}

// Ledger returns the movements of a product, newest first; limit 0 is all.
func (r Room) Ledger(ctx context.Context, sku string, limit int) ([]store.StockMove, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	return r.Store.StockMoves(ctx, sku, limit)
}

// Counts returns what was counted, newest first, and in how many places of all the first
// count found what the ledger said.
func (r Room) Counts(ctx context.Context, f store.CountFilter) (list []store.Count, right, all int, err error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, 0, 0, err
	}
	if list, err = r.Store.StockCounts(ctx, f); err != nil {
		return nil, 0, 0, err
	}
	counts := make([]stock.Tallied, 0, len(list))
	for _, c := range slices.Backward(list) {
		counts = append(counts, c.Tallied)
	}
	right, all = stock.Accuracy(counts, 0)
	return list, right, all, nil
}

// ToCount returns the places that must be counted once more, by bin and product.
func (r Room) ToCount(ctx context.Context) ([]store.Count, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	return r.Store.ToCount(ctx, "")
}

// product returns the name of a product; one that the catalogue does not have is an error
// in words.
func (r Room) product(ctx context.Context, sku string) (string, error) {
	p, err := r.Store.Product(ctx, sku)
	if errors.Is(err, store.ErrUnknown) {
		return "", fmt.Errorf("the catalogue has no product %q", sku)
	}
	return p.Name, err
}

// Article is what a code stands for, for whoever looks a product up.
type Article struct {
	SKU   string         // "" for no single product
	Key   store.ShelfKey // where it stands in the list of all
	Badge bool           // it is somebody's, and is shown to nobody
}

// Article finds the product that a scan stands for.
func (r Room) Article(ctx context.Context, scan engine.Scan) (Article, error) {
	w := Walk{room: r, find: lookup.NewResolver(r.Folder, r.Settings.Station)}
	found, why, err := w.article(ctx, scan)
	if err != nil || found == nil {
		return Article{Badge: why == whyBadge}, err
	}
	p, err := r.Store.Product(ctx, found.SKU)
	return Article{SKU: found.SKU, Key: store.KeyOf(p)}, err
}
