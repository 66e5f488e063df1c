package stockroom

import (
	"context"

	"packbench/station/stock"
)

// DueCount is a place that should be counted; Name is its product's.
type DueCount struct {
	stock.DueCount
	Name string
}

// gradeDays is how far back picked lines, and what packers did not find, are looked at.
const gradeDays = 91

// Due lists the places that should be counted, the most pressing first, at most limit
// of them, and how many there are.
func (r Room) Due(ctx context.Context, limit int) (list []DueCount, all int, err error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, 0, err
	}
	now := r.Clock()
	since := now.AddDate(0, 0, -gradeDays)
	lines, err := r.Store.PickedLines(ctx, since)
	if err != nil {
		return nil, 0, err
	}
	waiting, err := r.Store.ToCount(ctx, "")
	if err != nil {
		return nil, 0, err
	}
	wanted, err := r.Store.AskedCounts(ctx, "")
	if err != nil {
		return nil, 0, err
	}
	type at struct{ sku, bin string }
	again, asked := map[at]bool{}, map[at]bool{}
	for _, c := range wanted {
		asked[at{c.SKU, c.Bin}] = true
	}
	for _, c := range waiting {
		again[at{c.SKU, c.Bin}] = true
	}
	names, grades := map[string]string{}, stock.Grades(lines)
	var due []stock.DueCount
	err = r.Store.StockPlaces(ctx, since, func(p stock.Place, name string) {
		p.Again, p.Asked = again[at{p.SKU, p.Bin}], asked[at{p.SKU, p.Bin}]
		delete(again, at{p.SKU, p.Bin})
		if some := stock.Due([]stock.Place{p}, grades, now); len(some) > 0 {
			due, names[p.SKU] = append(due, some...), name
		}
	})
	for _, c := range waiting { // found where the ledger has none
		if again[at{c.SKU, c.Bin}] {
			due = append(due, stock.DueCount{Place: stock.Place{SKU: c.SKU, Bin: c.Bin, Again: true}, Why: stock.Differed})
		}
	}
	stock.SortDue(due)
	for _, d := range due[:min(len(due), limit)] {
		name, known := names[d.SKU]
		if !known && err == nil {
			name, err = r.product(ctx, d.SKU)
		}
		list = append(list, DueCount{d, name})
	}
	return list, len(due), err
}
