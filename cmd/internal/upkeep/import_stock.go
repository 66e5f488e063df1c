package upkeep

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"packbench/cmd/internal/goods"
	"packbench/station/intake"
	"packbench/station/pack"
	"packbench/station/stock"
	"packbench/station/store"
)

// importedBy stands for a person in movements that a file has made.
const importedBy = "import"

// stockAtOnce is how many products and bins one row of the journal is about.
const stockAtOnce = 200

// stock takes what a file says is in the bins as counted, and keeps how products are
// bought. The ledger gets the differences: a file that is imported twice changes nothing.
func (in importer) stock(ctx context.Context, r io.Reader) (Import, error) {
	o := in.options()
	var failed error
	o.Product = func(word string) (string, bool) {
		sku, err := goods.Named(ctx, in.Store, word)
		failed = cmp.Or(failed, err)
		return sku, sku != ""
	}
	items, rep, err := intake.ReadStock(ctx, r, in.name, o)
	if err = cmp.Or(err, failed); err != nil {
		return Import{}, err
	}
	if err := in.terms(ctx, items); err != nil {
		return Import{}, err
	}
	var out Import
	out.tell(rep)
	done := 0
	for some := range slices.Chunk(items, stockAtOnce) {
		changes, err := in.countIn(ctx, some)
		if err != nil {
			return out, err
		}
		out.count(changes)
		if done += len(some); done%5000 == 0 {
			in.progress("{n} of {all} kept", "n", fmt.Sprint(done), "all", fmt.Sprint(len(items)))
		}
	}
	return out, nil
}

// countIn books what the ledger lacks of some rows of a file, and tells for each what
// that did.
func (in importer) countIn(ctx context.Context, some []intake.StockRow) ([]store.Change, error) {
	var changes []store.Change
	err := in.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		var facts []pack.Fact
		changes = changes[:0]
		for _, row := range some {
			bin := cmp.Or(row.Bin, stock.MainBin)
			bins, err := in.Store.Stock(ctx, row.SKU)
			if err != nil {
				return nil, nil, err
			}
			i := slices.IndexFunc(bins, func(b store.StockSum) bool { return b.Bin == bin })
			held := 0
			if i >= 0 {
				held = bins[i].OnHand
			}
			if !row.Counted || i >= 0 && held == row.Qty {
				changes = append(changes, store.Unchanged)
				continue
			}
			did := store.Changed
			if i < 0 {
				did = store.Added
			}
			changes = append(changes, did)
			facts = append(facts, stock.Moved{SKU: row.SKU, Bin: bin, Qty: row.Qty - held, Kind: stock.Counted, Reason: stock.ReasonImport, By: importedBy})
		}
		return stock.Filed{Rows: len(some), By: importedBy}, facts, nil
	})
	return changes, err
}

// terms keeps how products are bought. What a file does not say stays; where several
// rows are about a product, each adds to what those before it have said.
func (in importer) terms(ctx context.Context, items []intake.StockRow) error {
	known, err := in.Store.Terms(ctx, "")
	if err != nil {
		return err
	}
	said := map[string]stock.Terms{}
	var order []string
	for _, row := range items {
		if !row.Terms {
			continue
		}
		t, again := said[row.SKU]
		if !again {
			t, order = known[row.SKU], append(order, row.SKU)
		}
		if row.OnOrder >= 0 {
			t.OnOrder = row.OnOrder
		}
		t.Supplier, t.Lead, t.Pack = cmp.Or(row.Supplier, t.Supplier), cmp.Or(row.Lead, t.Lead), cmp.Or(row.Pack, t.Pack)
		said[row.SKU] = t
	}
	terms := make([]store.ProductTerms, 0, len(order))
	for _, sku := range order {
		terms = append(terms, store.ProductTerms{SKU: sku, Terms: said[sku]})
	}
	for some := range slices.Chunk(terms, importAtOnce) {
		if _, err := in.Store.PutTerms(ctx, some, in.Clock()); err != nil {
			return err
		}
	}
	return nil
}
