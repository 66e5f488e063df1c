package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

// bench plays a bench that packs orders; what it writes is what the machine
// would write.
type bench struct {
	*writer
	label int
}

func newBench(t *testing.T, s *Store, name string) *bench {
	t.Helper()
	b := &bench{writer: newWriter(t, s, name)}
	b.write(pack.SignedInAs{Person: pack.Person{ID: "p-" + name}})
	return b
}

func (b *bench) take(order string) {
	b.write(pack.OrderTaken{Order: pack.OrderInfo{ID: order}, Parcel: order + "-1"})
}

func (b *bench) park(order string)   { b.write(pack.OrderParked{Order: order}) }
func (b *bench) resume(order string) { b.write(pack.OrderResumed{Order: order}) }
func (b *bench) leave(order string)  { b.write(pack.OrderLeft{Order: order}) }

func (b *bench) close(order string, short int) {
	b.write(pack.OrderClosed{Order: order, Short: short})
}

// labelled makes a label for a parcel and gives its SSCC.
func (b *bench) labelled(order, parcel string) string {
	b.label++
	sscc := fmt.Sprintf("%s-sscc-%s-%d", b.chain.Writer, parcel, b.label)
	contents := []pack.Content{{Line: "1", SKU: "MUG", Qty: 2}}
	b.write(pack.EffectAsked{Effect: pack.Effect{
		ID: sscc, Kind: pack.EffectBuy, Order: order, Parcel: parcel, Service: "swift",
		Carrier: "heron", Carton: "M", Mass: 700 * unit.Gram, Contents: contents,
	}})
	b.write(pack.LabelKept{Parcel: parcel, Label: pack.Label{SSCC: sscc, Tracking: "T" + sscc, Document: "D" + sscc, Service: "swift"}})
	return sscc
}

func (b *bench) done(order, parcel, sscc string) {
	b.write(pack.ParcelDone{
		Parcel: parcel, Order: order, Carton: "M", Service: "swift", Carrier: "heron",
		Price: unit.Money{Minor: 490, Currency: "EUR"}, SSCC: sscc, Tracking: "T" + sscc, Mass: 700 * unit.Gram, Typed: true,
		Contents: []pack.Content{{Line: "1", SKU: "MUG", Qty: 2}},
		Lesson:   &pack.Lesson{Items: []pack.Taught{{SKU: "MUG", Qty: 2, Mass: 340 * unit.Gram}}, Tare: 180 * unit.Gram, Division: unit.Gram},
	})
}

// caseMoved is a fact as the desk writes them.
type caseMoved struct{ Case, State, By, Reason string }

func (caseMoved) Tag() string { return "case-moved" }

func (c caseMoved) CaseMoved() (id, state, by, reason string) { return c.Case, c.State, c.By, c.Reason }

func withDesk(t *testing.T) *Store {
	t.Helper()
	codec := journal.Bench().And(journal.NewCodec(nil, []pack.Fact{caseMoved{}}))
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), FileName), Options{Codec: codec})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func putOrders(t *testing.T, s *Store, ids ...string) {
	t.Helper()
	var list []station.Order
	for i, id := range ids {
		list = append(list, station.Order{
			ID: id, ShipBy: noon.Add(time.Duration(i) * time.Hour), To: station.Address{Name: "Sample Customer"},
			Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 2, Kind: station.Goods}},
		})
	}
	if _, err := s.PutOrders(context.Background(), list); err != nil {
		t.Fatal(err)
	}
}

func due(t *testing.T, s *Store) []string {
	t.Helper()
	if err := s.CatchUp(context.Background()); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range must[[]Due](t)(s.DueOrders(context.Background(), "S1", 0)) {
		ids = append(ids, d.ID)
	}
	if n := must[int](t)(s.countDue(context.Background())); n != len(ids) {
		t.Errorf("%d orders are counted as due, %v are listed", n, ids)
	}
	bySKU := must[[]Due](t)(s.OrdersWithSKU(context.Background(), "S1", "MUG", 0))
	if len(bySKU) != len(ids) {
		t.Errorf("under the product %v are listed, due are %v", bySKU, ids)
	}
	return ids
}

func TestProgressDecidesWhatIsDue(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	putOrders(t, s, "A", "B", "C")
	b := newBench(t, s, "S1")
	for _, step := range []struct {
		do    func()
		due   []string
		state ProgressState
	}{
		{func() {}, []string{"A", "B", "C"}, ProgressOpen},
		{func() { b.take("A") }, []string{"B", "C"}, ProgressPacking},
		{func() { b.park("A") }, []string{"B", "C"}, ProgressParked},
		{func() { b.resume("A") }, []string{"B", "C"}, ProgressPacking},
		{func() { b.leave("A") }, []string{"A", "B", "C"}, ProgressOpen},
		{func() { b.take("A"); b.close("A", 1) }, []string{"B", "C"}, ProgressShort},
		{func() { b.take("A"); b.write(pack.ParcelBegun{Parcel: "A-2"}); b.close("A", 0) }, []string{"B", "C"}, ProgressClosed},
	} {
		step.do()
		if got := due(t, s); !slices.Equal(got, step.due) {
			t.Errorf("%s: due are %v, want %v", step.state, got, step.due)
		}
		p := must[Progress](t)(s.Progress(ctx, "A"))
		if p.State != step.state {
			t.Errorf("state %s, want %s", p.State, step.state)
		}
	}
	p := must[Progress](t)(s.Progress(ctx, "A"))
	if p.Station != "S1" || p.Person != "p-S1" || p.Begun != 2 || p.Short != 0 || p.Opened.IsZero() {
		t.Errorf("progress %+v", p)
	}
	// A shop's new version of a closed order does not open it again.
	if _, err := s.PutOrders(ctx, []station.Order{{ID: "A", Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 3}}}}); err != nil {
		t.Fatal(err)
	}
	if got := due(t, s); !slices.Equal(got, []string{"B", "C"}) {
		t.Errorf("due after the shop's change: %v", got)
	}
}

func TestParcelsAndTheirLabels(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	b := newBench(t, s, "S1")
	b.take("A")
	first := b.labelled("A", "A-1")
	look := func(sscc string) Parcel {
		t.Helper()
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		return must[Parcel](t)(s.ParcelBySSCC(ctx, sscc))
	}
	if p := look(first); p.State != ParcelLabelled || p.ID != "A-1" || p.Order != "A" || !p.Closed.IsZero() {
		t.Errorf("labelled: %+v", p)
	}
	b.done("A", "A-1", first)
	b.write(pack.DocumentStood{Printing: pack.Printing{Document: pack.Document{Kind: pack.DocumentLabel, Of: "A-1"}, State: pack.PrintAsked}, Reason: "torn"})
	p := look(first)
	want := Parcel{
		ID: "A-1", Order: "A", Station: "S1", Person: "p-S1", Carton: "M", Service: "swift", Carrier: "heron",
		Price: unit.Money{Minor: 490, Currency: "EUR"}, SSCC: first, Tracking: "T" + first, Mass: 700_000, Typed: true,
		Contents: []pack.Content{{Line: "1", SKU: "MUG", Qty: 2}}, State: pack.ParcelClosed, Document: "D" + first, Reprints: 1,
		Began: noon.Add(3 * time.Second), Closed: noon.Add(5 * time.Second), At: noon.Add(5 * time.Second),
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("closed:\n%+v\n%+v", p, want)
	}
	if got := must[[]Parcel](t)(s.ParcelsByTracking(ctx, "T"+first)); len(got) != 1 || got[0].ID != "A-1" {
		t.Errorf("by tracking: %+v", got)
	}
	if got := must[[]Parcel](t)(s.ParcelsClosed(ctx, noon, noon.Add(time.Minute))); len(got) != 1 {
		t.Errorf("closed in the minute: %+v", got)
	}
	// Opened again, its label is void; the second label takes its place.
	b.write(pack.LabelVoided{Parcel: "A-1", SSCC: first}, pack.ParcelReopened{Parcel: p.Ref()})
	if p := look(first); p.State != pack.ParcelVoided {
		t.Errorf("reopened, by its old label: %+v", p)
	}
	if p := must[Parcel](t)(s.Parcel(ctx, "A-1")); p.State != ParcelReopened {
		t.Errorf("reopened: %+v", p)
	}
	second := b.labelled("A", "A-1")
	b.done("A", "A-1", second)
	if p := look(first); p.State != pack.ParcelVoided || p.SSCC != first {
		t.Errorf("the old label: %+v", p)
	}
	if p := look(second); p.State != pack.ParcelClosed || p.SSCC != second || !p.Began.Equal(want.Began) {
		t.Errorf("the new label: %+v", p)
	}
	if got := must[[]Parcel](t)(s.ParcelsOf(ctx, "A")); len(got) != 1 {
		t.Errorf("parcels of the order: %+v", got)
	}
	if _, err := s.ParcelBySSCC(ctx, "none"); !errors.Is(err, ErrUnknown) {
		t.Errorf("unknown label: %v", err)
	}
}

func TestCasesAreOpenedByBenchesAndMovedByTheDesk(t *testing.T) {
	ctx := context.Background()
	s := withDesk(t)
	b := newBench(t, s, "S1")
	opened := pack.CaseOpened{
		Case: "C1", Kind: "scan", Code: pack.CodeWrongItem, Order: "A", SKU: "MUG", Scanned: "123",
		Expected: []string{"TEA"}, By: "p-S1",
	}
	b.write(opened)
	b.write(pack.CaseOpened{Case: "C2", Kind: "weight", Code: pack.CodeWeightOff, Order: "B"})
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	if got := must[[]Case](t)(s.Cases(ctx, CaseFilter{State: CaseOpen})); len(got) != 2 || got[0].Case != "C2" {
		t.Fatalf("open cases, newest first: %+v", got)
	}
	desk := newWriter(t, s, "desk")
	desk.write(caseMoved{"C1", CaseResolved, "p-boss", "pick-error"})
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	want := Case{
		CaseOpened: opened, At: noon.Add(2 * time.Second), Station: "S1", State: CaseResolved, Resolver: "p-boss",
		Answer: "pick-error", Moved: noon.Add(time.Second),
	}
	if got := must[Case](t)(s.Case(ctx, "C1")); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	for filter, want := range map[CaseFilter]int{
		{State: CaseOpen}: 1, {Order: "A"}: 1, {Kind: "weight"}: 1, {Station: "S2"}: 0, {Person: "p-S1"}: 1, {Limit: 1}: 1,
		{From: noon.Add(3 * time.Second)}: 1, {To: noon.Add(3 * time.Second)}: 1,
	} {
		if got := must[[]Case](t)(s.Cases(ctx, filter)); len(got) != want {
			t.Errorf("%+v: %d cases, want %d", filter, len(got), want)
		}
	}
}

func TestStoryHasEveryRowOfAnOrderAndNoOther(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	b := newBench(t, s, "S1")
	var want []string
	keep := func(r journal.Row) { want = append(want, r.ID()) }
	keep(b.write(pack.OpeningBegan{Opening: pack.OpeningOf{Order: "A"}}))
	keep(b.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "A"}, Parcel: "A-1"}))
	keep(b.write(pack.UnitsMoved{Action: pack.Action{Line: "1", Qty: 1}}))
	keep(b.write(pack.OrderParked{Order: "A"}))
	b.take("B")
	other := newBench(t, s, "S2")
	keep(other.write(pack.Judged{Verdict: pack.Verdict{Code: pack.CodeOrderElsewhere, Order: "A"}}))
	b.close("B", 0)
	keep(b.write(pack.OrderResumed{Order: "A"}))
	keep(b.write(pack.OrderClosed{Order: "A"}))
	b.write(pack.SignedOff{})
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range must[[]journal.Row](t)(s.Story(ctx, "A")) {
		got = append(got, r.ID())
	}
	if !slices.Equal(got, want) {
		t.Errorf("story %v, want %v", got, want)
	}
}

// dump is all that the projections hold, as text.
func dump(t *testing.T, s *Store) map[string][]string {
	t.Helper()
	out := make(map[string][]string)
	tables := []string{"positions", "orders", "order_skus", "tallies"}
	for _, p := range projections {
		tables = append(tables, p.tables...)
	}
	for _, table := range tables {
		columns := "*"
		if table == "lessons" {
			columns = "parcel, at, mass, carton, body" // the order in which benches told them is nobody's
		}
		rows, err := s.read.QueryContext(context.Background(), `SELECT `+columns+` FROM `+table)
		if err != nil {
			t.Fatal(err)
		}
		names := must[[]string](t)(rows.Columns())
		for rows.Next() {
			values, at := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				at[i] = &values[i]
			}
			if err := rows.Scan(at...); err != nil {
				t.Fatal(err)
			}
			out[table] = append(out[table], fmt.Sprintf("%q", values))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		slices.Sort(out[table])
	}
	return out
}

// Two benches hand orders to each other, with clocks that jump, while the
// projections are brought up now and then; built again they must be the same.
func TestRebuildGivesWhatGrew(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine with many histories")
	}
	ctx := context.Background()
	for seed := range uint64(6) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		s := withDesk(t)
		var ids []string
		for i := range 12 {
			ids = append(ids, fmt.Sprint("O", i))
		}
		putOrders(t, s, ids...)
		benches := []*bench{newBench(t, s, "S1"), newBench(t, s, "S2")}
		desk := newWriter(t, s, "desk")
		for step := range 150 {
			b := benches[rnd.IntN(2)]
			b.at = noon.Add(time.Duration(rnd.IntN(100000)) * time.Second)
			id := ids[rnd.IntN(len(ids))]
			switch rnd.IntN(8) {
			case 0:
				b.park(id)
			case 1:
				b.leave(id)
			case 2:
				b.close(id, rnd.IntN(2))
			case 3, 4:
				b.take(id)
			case 5:
				b.done(id, id+"-1", b.labelled(id, id+"-1"))
			case 6:
				van := fmt.Sprint("M", step)
				loaded := pack.Loaded{Parcel: id + "-1", Order: id}
				b.write(pack.LoadingBegan{Manifest: van, Carrier: "heron"}, pack.ParcelLoaded{Manifest: van, Loaded: loaded})
				switch rnd.IntN(3) {
				case 0:
					b.write(pack.ParcelUnloaded{Manifest: van, Loaded: loaded}, pack.LoadingEnded{Manifest: van})
				case 1:
					b.write(pack.ManifestClosed{Manifest: van, Carrier: "heron", Driver: "d", Parcels: 1})
				}
				b.write(pack.ParcelReopened{Parcel: pack.ParcelRef{ID: id + "-1", Order: id}})
			case 7:
				b.write(pack.CaseOpened{Case: fmt.Sprint("C", step), Order: id})
				desk.write(caseMoved{fmt.Sprint("C", rnd.IntN(step+1)), CaseResolved, "p", "r"})
			}
			if rnd.IntN(10) == 0 {
				if err := s.CatchUp(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		grown := dump(t, s)
		s.atOnce = 20 // many transactions, each read ahead
		if err := s.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
		built := dump(t, s)
		for table := range grown {
			if !slices.Equal(grown[table], built[table]) {
				t.Errorf("seed %d: %s grew to\n%v\nbut was built as\n%v", seed, table, grown[table], built[table])
			}
		}
		if len(grown["parcels"]) == 0 || len(grown["manifests"]) == 0 || len(grown["cases"]) == 0 || len(grown["positions"]) != 3*len(projections) {
			t.Errorf("the test wrote too little: %d parcels, %d cases, %d positions",
				len(grown["parcels"]), len(grown["cases"]), len(grown["positions"]))
		}
	}
}

// Rows that arrive from several benches while the journal is taken up are taken up in
// the order of their arrival, none left out.
func TestCatchUpKeepsUpWithWhoWrites(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	s.atOnce = 8
	putOrders(t, s, "A", "B", "C")
	var writing sync.WaitGroup
	var left atomic.Int32
	for i, name := range []string{"S1", "S2", "S3"} {
		b := newBench(t, open(t, filepath.Join(s.folder, FileName)), name)
		left.Add(1)
		writing.Go(func() {
			defer left.Add(-1)
			for n := range 40 {
				id := []string{"A", "B", "C"}[(n+i)%3]
				b.take(id)
				b.leave(id)
			}
		})
	}
	for last := false; !last; {
		last = left.Load() == 0
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
	}
	writing.Wait()
	grown := dump(t, s)
	s.atOnce = projectAtOnce
	if err := s.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	for table, built := range dump(t, s) {
		if !slices.Equal(grown[table], built) {
			t.Errorf("%s grew to\n%v\nbut was built as\n%v", table, grown[table], built)
		}
	}
	if n := len(grown["mentions"]); n < 240 {
		t.Errorf("only %d rows are noted", n)
	}
}

func TestCatchUpNamesTheRowThatItCannotRead(t *testing.T) {
	ctx := context.Background()
	s := fresh(t) // without the desk's types
	w := newWriter(t, s, "desk")
	w.write(pack.SignedOff{})
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)
	r := w.chain.Next(noon, []byte(`{"v":1,"t":"scanned"}`), []byte(`[{"t":"case-moved"}]`))
	if err := s.Append(ctx, r); err != nil {
		t.Fatal(err)
	}
	err := s.CatchUp(ctx)
	if err == nil || err.Error() != `take up the journal: journal row desk.2: unknown fact "case-moved"` {
		t.Errorf("error %v", err)
	}
	if !reflect.DeepEqual(before, dump(t, s)) {
		t.Error("something of the row was taken up")
	}
}
