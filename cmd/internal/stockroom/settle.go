package stockroom

import (
	"context"
	"slices"

	"packbench/cmd/internal/folder/desks"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/stock"
	"packbench/station/store"
)

// Result is what a count of a product in a bin led to. Diff is told once it is booked,
// and not to who must count again.
type Result struct {
	Bin     string
	SKU     string
	Name    string
	Counted int
	Outcome stock.Outcome
	Diff    int
	Case    string
}

// talliesAtOnce is how many products one row of the journal is about.
const talliesAtOnce = 200

// End ends the bin and tells what came of each product that lies in it, or should. Without
// a bin it does nothing. The ledger is compared as it stands at this moment, with what left
// it since the bin began.
func (w *Walk) End(ctx context.Context) ([]Result, error) {
	b := w.bin
	if b == nil {
		return nil, nil
	}
	if err := w.room.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	skus, err := w.room.toTell(ctx, b)
	if err != nil {
		return nil, err
	}
	var out []Result
	for some := range slices.Chunk(skus, talliesAtOnce) {
		results, err := w.settle(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, sku := range some {
			b.told[sku] = true
		}
		out = append(out, results...)
	}
	w.bin = nil
	return out, w.keep(ctx)
}

// toTell lists the products that a count of a bin is about: those that were found, and
// those that should be there.
func (r Room) toTell(ctx context.Context, b *bin) ([]string, error) {
	held, err := r.Store.StockInBin(ctx, b.code)
	skus := slices.Clone(b.skus)
	for _, h := range held {
		if h.OnHand != 0 && !slices.Contains(b.skus, h.SKU) {
			skus, b.names[h.SKU] = append(skus, h.SKU), h.Name
		}
	}
	return slices.DeleteFunc(skus, func(sku string) bool { return b.told[sku] }), err
}

// settle judges some products of a bin and writes what follows. A difference that is
// booked has a row of its own, whose id is that of its case.
func (w *Walk) settle(ctx context.Context, skus []string) ([]Result, error) {
	var tallies []stock.Tallied
	err := w.room.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		var facts []pack.Fact
		var err error
		if tallies, err = w.tallies(ctx, skus); err != nil {
			return nil, nil, err
		}
		for _, t := range tallies {
			if t.Outcome != stock.Booked {
				facts = append(facts, t)
			}
		}
		return stock.BinCounted{Bin: w.bin.code, Began: w.bin.began, By: w.who.ID}, facts, nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]Result, len(tallies))
	for i, t := range tallies {
		if t.Outcome == stock.Booked {
			if t, err = w.book(ctx, t.SKU); err != nil {
				return nil, err
			}
		}
		out[i] = Result{Bin: t.Bin, SKU: t.SKU, Name: w.bin.names[t.SKU], Counted: t.Counted, Outcome: t.Outcome, Case: t.Case}
		if t.Outcome == stock.Booked {
			out[i].Diff = t.Diff
		}
	}
	return out, nil
}

// book corrects the ledger by a difference that two counts found, and opens a case of it.
// What it is judged by may have changed a moment ago.
func (w *Walk) book(ctx context.Context, sku string) (t stock.Tallied, err error) {
	err = w.room.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		list, err := w.tallies(ctx, []string{sku})
		if err != nil {
			return nil, nil, err
		}
		t = list[0]
		told := stock.BinCounted{Bin: t.Bin, Began: t.Began, By: w.who.ID}
		if t.Outcome != stock.Booked {
			return told, []pack.Fact{t}, nil
		}
		writer, err := desks.Chain(ctx, w.room.Store)
		if err != nil {
			return nil, nil, err
		}
		head, err := w.room.Store.Head(ctx, writer)
		if err != nil {
			return nil, nil, err
		}
		t.Case = journal.ID(writer, head.Seq+1)
		moved := stock.Moved{SKU: t.SKU, Bin: t.Bin, Qty: t.Diff, Kind: stock.Counted, Reason: stock.ReasonCount, By: w.who.ID, Of: t.Case}
		if moved.Tell, err = w.room.hear(ctx, moved); err != nil {
			return nil, nil, err
		}
		return told, []pack.Fact{
			t,
			moved,
			pack.CaseOpened{Case: t.Case, Kind: cases.KindCount, Code: cases.CodeCountDiffers, SKU: t.SKU, Scanned: t.Bin, Qty: t.Diff, By: w.who.ID},
		}, nil
	})
	return t, err
}

// tallies compares what was counted with the ledger as it stands.
func (w *Walk) tallies(ctx context.Context, skus []string) ([]stock.Tallied, error) {
	b, db := w.bin, w.room.Store
	shipped, err := db.ShippedSince(ctx, b.code, b.from)
	if err != nil {
		return nil, err
	}
	waiting, err := db.ToCount(ctx, b.code)
	if err != nil {
		return nil, err
	}
	wanted, err := db.Wanted(ctx, skus...)
	if err != nil {
		return nil, err
	}
	out := make([]stock.Tallied, 0, len(skus))
	for _, sku := range skus {
		held, lying, err := w.room.inBin(ctx, sku, b.code, wanted[sku].Lying)
		if err != nil {
			return nil, err
		}
		s := stock.Sight{Counted: b.units[sku], Was: held + shipped[sku], Taken: shipped[sku], Lying: lying}
		var before *int
		if i := slices.IndexFunc(waiting, func(c store.Count) bool { return c.SKU == sku }); i >= 0 {
			before = &waiting[i].Diff
		}
		t := stock.Tallied{
			SKU: sku, Bin: b.code, Began: b.began, Counted: s.Counted, Was: s.Was, Taken: s.Taken, Lying: s.Lying, By: w.who.ID,
		}
		if t.Outcome, t.Diff = stock.Judge(s, before, b.reader); t.Outcome == stock.Booked && b.doubt {
			t.Outcome = stock.Again
		}
		out = append(out, t)
	}
	return out, nil
}

// inBin is how many units of a product lie in a bin by the ledger, and how many of them
// have left it of those that lie in totes or on benches: they left the bins out of which
// their parcels will be booked.
func (r Room) inBin(ctx context.Context, sku, code string, out int) (held, lying int, err error) {
	sums, err := r.Store.Stock(ctx, sku)
	if err != nil {
		return 0, 0, err
	}
	var bins []stock.Held
	for _, s := range sums {
		bins = append(bins, stock.Held{Bin: s.Bin, Qty: s.OnHand})
		if s.Bin == code {
			held = s.OnHand
		}
	}
	if len(bins) == 0 { // its stock begins with this count
		bins = []stock.Held{{Bin: code}}
	}
	for _, t := range stock.Take(bins, out) {
		if t.Bin == code {
			lying = t.Qty
		}
	}
	return held, lying, nil
}
