package store

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/stock"
)

func stockCodec() *journal.Codec {
	return journal.Bench().And(journal.NewCodec(stock.Events(), stock.Facts()))
}

func openStock(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, Options{Codec: stockCodec()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closedParcel(parcel, sscc string, contents ...pack.Content) pack.ParcelDone {
	return pack.ParcelDone{Parcel: parcel, Order: "o-" + parcel, SSCC: sscc, Contents: contents}
}

func reopened(parcel, sscc string) []pack.Fact {
	return []pack.Fact{
		pack.ParcelReopened{Parcel: pack.ParcelRef{ID: parcel, Order: "o-" + parcel, SSCC: sscc}},
		pack.LabelVoided{Parcel: parcel, SSCC: sscc},
	}
}

func units(sku string, qty int) pack.Content { return pack.Content{Line: "1", SKU: sku, Qty: qty} }

func onHand(t *testing.T, s *Store, sku string) map[string]int {
	t.Helper()
	if err := s.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, b := range must[[]StockSum](t)(s.Stock(t.Context(), sku)) {
		out[b.Bin] = b.OnHand
	}
	return out
}

func TestAClosedParcelBooksOutAndItsVoidBooksBack(t *testing.T) {
	s := openStock(t, filepath.Join(t.TempDir(), FileName))
	defer func() { _ = s.Close() }()
	desk, bench := newWriter(t, s, "desk"), newBench(t, s, "S1")
	want := func(doing string, bins map[string]int) {
		t.Helper()
		if got := onHand(t, s, "MUG"); !reflect.DeepEqual(got, bins) {
			t.Errorf("%s: %v, want %v", doing, got, bins)
		}
	}
	bench.write(closedParcel("P0", "s0", units("MUG", 3)))
	want("shipped before anybody said how many there are", map[string]int{})
	desk.write(stock.Moved{SKU: "MUG", Bin: "A1", Qty: 5, Kind: stock.Counted, By: "V1"}, stock.Moved{SKU: "MUG", Bin: "A2", Qty: 4, Kind: stock.Counted, By: "V1"})
	want("counted in", map[string]int{"A1": 5, "A2": 4})
	bench.write(closedParcel("P1", "s1", units("MUG", 4), units("TEA", 1), units("MUG", 2)))
	want("a parcel out of two bins", map[string]int{"A1": 0, "A2": 3})
	bench.write(pack.LabelVoided{Parcel: "P1", SSCC: "s-of-another-label"})
	want("a label that was not the parcel's", map[string]int{"A1": 0, "A2": 3})
	bench.write(reopened("P1", "s1")...)
	want("open again, and its label void", map[string]int{"A1": 5, "A2": 4})
	bench.write(pack.LabelVoided{Parcel: "P1", SSCC: "s1"})
	want("void twice", map[string]int{"A1": 5, "A2": 4})
	bench.write(closedParcel("P1", "s2", units("MUG", 11)))
	want("more than there was", map[string]int{"A1": -2, "A2": 0})
	bench.write(pack.LabelVoided{Parcel: "P1", SSCC: "s2"})
	want("void alone", map[string]int{"A1": 5, "A2": 4})
	bench.write(reopened("P0", "s0")...)
	want("what came back from before the first count lies in no bin", map[string]int{"": 3, "A1": 5, "A2": 4})

	moves := must[[]StockMove](t)(s.StockMoves(t.Context(), "MUG", 0))
	for _, m := range moves {
		if m.Qty == 0 {
			t.Errorf("a movement of nothing: %+v", m)
		}
	}
	first := moves[len(moves)-1]
	if first.ID != "S1.2/0" || first.By != "p-S1" || first.Parcel != "P0" || first.Qty != -3 || first.Kind != stock.Shipped || !first.At.After(noon) {
		t.Errorf("the first movement: %+v", first)
	}
	opening := moves[len(moves)-2]
	if opening.Kind != stock.Opening || opening.Qty != 3 || opening.Row != "desk.1" {
		t.Errorf("what was shipped before is set off by %+v", opening)
	}
	var sold []stock.Sale
	if err := s.Sales(t.Context(), "MUG", func(_ string, sales []stock.Sale) { sold = slices.Clone(sales) }); err != nil {
		t.Fatal(err)
	}
	sums := map[time.Time]int{}
	for _, sale := range sold {
		sums[sale.At] += sale.Qty
	}
	for at, n := range sums {
		if n != 0 {
			t.Errorf("all parcels came back, and %d units were sold at %s", n, at)
		}
	}
}

// TestTheLedgerIsTheSumOfItsMovements packs, voids, counts and moves at random on three
// benches and the desk, closes and opens the database at random, and keeps its own books
// beside. Whatever happened, the sums are those of the movements, a product has what was
// brought in less what is in closed parcels, and building all again gives the same.
func TestTheLedgerIsTheSumOfItsMovements(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := randomWarehouse{
				t: t, rnd: rand.New(rand.NewPCG(seed, 7)), path: filepath.Join(t.TempDir(), FileName),
				closed: map[string]pack.ParcelDone{}, in: map[string]int{}, kept: map[string]bool{}, out: map[string]int{},
			}
			w.open()
			for range 250 {
				w.step()
			}
			w.check()
			before := dump(t, w.s)
			if err := w.s.Rebuild(t.Context()); err != nil {
				t.Fatal(err)
			}
			if after := dump(t, w.s); !reflect.DeepEqual(before, after) {
				t.Errorf("built again it is another:\n%v\n%v", before, after)
			}
			if err := w.s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

type randomWarehouse struct {
	t       *testing.T
	rnd     *rand.Rand
	path    string
	s       *Store
	writers []*writer
	parcels int
	closed  map[string]pack.ParcelDone
	in      map[string]int // units that the desk brought in, less those taken out
	kept    map[string]bool
	out     map[string]int // units that closed parcels hold, of those closed or opened again since the stock is kept
}

func (w *randomWarehouse) open() {
	if w.s != nil {
		if err := w.s.Close(); err != nil {
			w.t.Fatal(err)
		}
	}
	w.s = openStock(w.t, w.path)
	w.writers = nil
	for _, name := range []string{"desk", "S1", "S2", "S3"} {
		w.writers = append(w.writers, newWriter(w.t, w.s, name))
	}
}

func (w *randomWarehouse) sku() string { return fmt.Sprint("SKU", w.rnd.IntN(4)) }

// went counts what left with a parcel, or came back (by -1).
func (w *randomWarehouse) went(p pack.ParcelDone, by int) {
	for _, c := range p.Contents {
		if w.kept[c.SKU] {
			w.out[c.SKU] += by * c.Qty
		}
	}
}

func (w *randomWarehouse) step() {
	bench := w.writers[1+w.rnd.IntN(3)]
	switch n := w.rnd.IntN(10); {
	case n < 4:
		w.parcels++
		p := closedParcel(fmt.Sprint("P", w.parcels), fmt.Sprint("s", w.parcels))
		for range 1 + w.rnd.IntN(3) {
			p.Contents = append(p.Contents, units(w.sku(), 1+w.rnd.IntN(5)))
		}
		bench.write(p)
		w.closed[p.Parcel] = p
		w.went(p, 1)
	case n < 6 && len(w.closed) > 0:
		ids := make([]string, 0, len(w.closed))
		for id := range w.closed {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		p := w.closed[ids[w.rnd.IntN(len(ids))]]
		switch w.rnd.IntN(3) {
		case 0: // another label of it is void: the parcel stays closed
			bench.write(pack.LabelVoided{Parcel: p.Parcel, SSCC: "s0"})
			return
		case 1:
			bench.write(pack.LabelVoided{Parcel: p.Parcel, SSCC: p.SSCC})
		default:
			bench.write(reopened(p.Parcel, p.SSCC)...)
		}
		delete(w.closed, p.Parcel)
		w.went(p, -1)
	case n < 9:
		m := stock.Moved{SKU: w.sku(), Bin: fmt.Sprint("B", w.rnd.IntN(3)), Qty: w.rnd.IntN(30) - 8, Kind: stock.Corrected, Reason: "corrected"}
		w.writers[0].write(m)
		w.kept[m.SKU] = true
		w.in[m.SKU] += m.Qty
	case w.rnd.IntN(2) == 0:
		w.open() // as after a kill: what was built may be behind
	default:
		w.check()
	}
}

func (w *randomWarehouse) check() {
	w.t.Helper()
	ctx := w.t.Context()
	if err := w.s.CatchUp(ctx); err != nil {
		w.t.Fatal(err)
	}
	sums := map[string]int{}
	for _, b := range must[[]StockSum](w.t)(w.s.Stock(ctx, "")) {
		sums[b.SKU] += b.OnHand
	}
	for sku := range w.kept {
		if want := w.in[sku] - w.out[sku]; sums[sku] != want {
			w.t.Fatalf("%s: %d, want %d", sku, sums[sku], want)
		}
	}
	if len(sums) != len(w.kept) {
		w.t.Fatalf("%v are listed, kept are %v", sums, w.kept)
	}
	wrong := must[int64](w.t)(one(ctx, w.s.read, "", integer, `SELECT count(*) FROM stock_sums s
		WHERE on_hand <> (SELECT sum(qty) FROM stock_moves m WHERE m.sku = s.sku AND m.bin = s.bin)`))
	lost := must[int64](w.t)(one(ctx, w.s.read, "", integer, `SELECT count(*) FROM stock_moves m WHERE NOT EXISTS
		(SELECT 1 FROM stock_sums s WHERE s.sku = m.sku AND s.bin = m.bin)`))
	if wrong+lost > 0 {
		w.t.Fatalf("%d sums are not those of their movements, %d movements have none", wrong, lost)
	}
}

func TestWhatOrdersWant(t *testing.T) {
	ctx := t.Context()
	s := fresh(t)
	order := func(id string, status station.OrderStatus, totes ...string) station.Order {
		return station.Order{ID: id, Status: status, Totes: totes, Lines: []station.Line{
			{ID: "1", SKU: "MUG", Qty: 3, Kind: station.Goods}, {ID: "2", SKU: "TEA", Qty: 1, Kind: station.Goods}, {ID: "3", SKU: "MUG", Kind: station.Note, Text: "wrap"},
		}}
	}
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{
		order("waits", station.OrderOpen), order("picked", station.OrderOpen, "T1"), order("held", station.OrderHeld),
		order("cancelled", station.OrderCancelled, "T2"), order("half", station.OrderOpen), order("packed", station.OrderOpen), order("short", station.OrderOpen),
	}))
	b := newBench(t, s, "S1")
	b.take("half")
	b.write(pack.ParcelDone{Parcel: "half-1", Order: "half", SSCC: "h", Contents: []pack.Content{units("MUG", 2)}})
	b.park("half")
	b.take("packed")
	b.close("packed", 0)
	b.take("short")
	b.write(pack.ParcelDone{Parcel: "short-1", Order: "short", SSCC: "s", Contents: []pack.Content{units("MUG", 3)}})
	b.close("short", 1)
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	// waits 3+1, picked 3+1 in a tote, held 3+1, half 1+1 on a bench, short 0+1
	want := map[string]Wanted{"MUG": {10, 4}, "TEA": {5, 2}}
	if got := must[map[string]Wanted](t)(s.Wanted(ctx)); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for sku, w := range want {
		if got := must[map[string]Wanted](t)(s.Wanted(ctx, sku)); got[sku] != w || len(got) != 1 {
			t.Errorf("%s alone: %v, want %v", sku, got, w)
		}
	}
}

func TestTermsGiveWhatIsStillOnOrder(t *testing.T) {
	ctx := t.Context()
	s := openStock(t, filepath.Join(t.TempDir(), FileName))
	defer func() { _ = s.Close() }()
	terms := ProductTerms{"MUG", stock.Terms{Supplier: "Heron Ceramics", Lead: 21, Pack: 6, OnOrder: 60}}
	put := func(at time.Time, want Change) {
		t.Helper()
		if got := must[[]Change](t)(s.PutTerms(ctx, []ProductTerms{terms}, at)); got[0] != want {
			t.Errorf("%s, want %s", got[0], want)
		}
	}
	onOrder := func(want int) {
		t.Helper()
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		if got := must[map[string]stock.Terms](t)(s.Terms(ctx, "MUG"))["MUG"]; got.OnOrder != want || got.Supplier != terms.Supplier {
			t.Errorf("%+v, want %d on order", got, want)
		}
	}
	put(noon, Added)
	put(noon.Add(time.Hour), Unchanged)
	desk := newWriter(t, s, "desk") // writes a second after noon
	desk.write(stock.Moved{SKU: "MUG", Bin: "A1", Qty: 24, Kind: stock.Received, Reason: "received"})
	desk.write(stock.Moved{SKU: "MUG", Bin: "A1", Qty: 5, Kind: stock.Corrected, Reason: "found"})
	onOrder(36)
	desk.write(stock.Moved{SKU: "MUG", Bin: "A1", Qty: 48, Kind: stock.Received, Reason: "received"})
	onOrder(0)
	put(noon.Add(time.Hour), Changed) // another 60
	onOrder(60)
}

func TestCountsThatWaitForASecond(t *testing.T) {
	ctx := t.Context()
	s := openStock(t, filepath.Join(t.TempDir(), FileName))
	defer func() { _ = s.Close() }()
	desk := newWriter(t, s, "desk")
	say := func(sku, bin string, outcome stock.Outcome, diff int) {
		desk.write(stock.Tallied{SKU: sku, Bin: bin, Outcome: outcome, Diff: diff, By: "P1"})
	}
	say("MUG", "A1", stock.Again, -2)
	say("MUG", "A2", stock.Again, 1)
	say("TEA", "A1", stock.Right, 0)
	say("MUG", "A2", stock.Right, 0)
	say("MUG", "A1", stock.Seen, -5) // a reader's look settles nothing
	desk.write(stock.Tallied{SKU: "A", Bin: "A1", Outcome: stock.Again, Diff: 4}, stock.Tallied{SKU: "A", Bin: "A1", Outcome: stock.Booked, Diff: 4})
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	got := must[[]Count](t)(s.ToCount(ctx, ""))
	if len(got) != 1 || got[0].SKU != "MUG" || got[0].Bin != "A1" || got[0].Diff != -2 || got[0].Row != "desk.1" {
		t.Errorf("to count again are %+v", got)
	}
	if all := must[[]Count](t)(s.StockCounts(ctx, CountFilter{Bin: "A1"})); len(all) != 5 || all[0].Outcome != stock.Booked {
		t.Errorf("%+v", all)
	}
	if one := must[[]Count](t)(s.StockCounts(ctx, CountFilter{SKU: "MUG", Since: noon.Add(2 * time.Second), Limit: 2})); len(one) != 2 || one[1].Bin != "A2" {
		t.Errorf("%+v", one)
	}
}

// TestShopsHearOfAMovementOnce: of those that it names and that are there, whatever is built
// again, and each by a key of its own.
func TestShopsHearOfAMovementOnce(t *testing.T) {
	ctx := t.Context()
	s := openStock(t, filepath.Join(t.TempDir(), FileName))
	defer func() { _ = s.Close() }()
	for _, id := range []string{"web", "fair"} {
		if err := s.PutShop(ctx, Shop{ID: id, Kind: "shopify", URL: "https://" + id + ".example.com", Since: noon}); err != nil {
			t.Fatal(err)
		}
	}
	desk, bench := newWriter(t, s, "desk"), newBench(t, s, "S1")
	desk.write(
		stock.Moved{SKU: "MUG", Bin: "A1", Qty: 5, Kind: stock.Received, Reason: "received"},
		stock.Moved{SKU: "MUG", Bin: "A1", Qty: -2, Kind: stock.Scrapped, Reason: "damaged", Tell: []string{"web", "fair", "gone"}},
		stock.Moved{SKU: "MUG", Bin: "A1", Qty: 1, Kind: stock.Counted, Reason: stock.ReasonCount, Tell: []string{"web"}},
	)
	bench.write(closedParcel("P1", "s1", units("MUG", 1)))
	for range 2 {
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range must[[]Entry](t)(s.Entries(ctx, EntryFilter{Kind: EntryStock})) {
			got = append(got, fmt.Sprintf("%s|%s|%s|%s", e.Key, e.Target, e.State, e.Body))
		}
		slices.Sort(got)
		want := []string{
			`stock desk.1/1 fair|fair|waiting|{"sku":"MUG","delta":-2,"reason":"damaged"}`,
			`stock desk.1/1 web|web|waiting|{"sku":"MUG","delta":-2,"reason":"damaged"}`,
			`stock desk.1/2 web|web|waiting|{"sku":"MUG","delta":1,"reason":"counted"}`,
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		if err := s.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
	}
}
