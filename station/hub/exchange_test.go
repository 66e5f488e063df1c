package hub

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// world is a hub and the folders that belong to it.
type world struct {
	t        *testing.T
	database string
	owner    *Hub
	folders  map[string]*folder
}

type folder struct {
	*store.Store
	t       *testing.T
	station string
	chain   journal.Chain
	x       *Exchange
	address string
	clashes []string
	ranges  store.Ranges
}

func newWorld(t *testing.T, stations ...string) *world {
	t.Helper()
	database, owner, _ := begun(t)
	w := &world{t: t, database: database, owner: owner, folders: map[string]*folder{}}
	for _, s := range stations {
		w.join(s, w.empty())
	}
	return w
}

func (w *world) empty() *store.Store {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), filepath.Join(w.t.TempDir(), store.FileName), store.Options{Codec: journal.Bench()})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = db.Close() })
	return db
}

// join makes a folder one of the hub's.
func (w *world) join(station string, db *store.Store) *folder {
	w.t.Helper()
	ctx := w.t.Context()
	login, _, err := w.owner.Enrol(ctx, station, false, "", station)
	if err != nil {
		w.t.Fatal(err)
	}
	about, err := w.owner.About(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := Recover(ctx, db, w.owner, []string{station}, nil); err != nil {
		w.t.Fatal(err)
	}
	if err := db.Share(ctx, store.Membership{Hub: about.ID, Station: station}); err != nil {
		w.t.Fatal(err)
	}
	f := &folder{Store: db, t: w.t, station: station, address: server.Address(w.database, login)}
	f.chain, err = db.Head(ctx, station)
	if err != nil {
		w.t.Fatal(err)
	}
	f.ranges.SSCC = store.Range{Shape: "09****", First: 1, Last: 5000, Make: func(n uint64) (string, error) { return fmt.Sprintf("09%04d", n), nil }}
	f.x = New(Options{
		Folder: db, Own: []string{station}, Log: slog.New(slog.DiscardHandler),
		Open:   func() (*Hub, error) { return Open(f.address, "") },
		Ranges: func(context.Context) (store.Ranges, error) { return f.ranges, nil },
		Clash:  func(_ context.Context, order, other string) { f.clashes = append(f.clashes, order+" "+other) },
	})
	w.t.Cleanup(f.x.Close)
	w.folders[station] = f
	return f
}

func (f *folder) round() {
	f.t.Helper()
	if err := f.x.Round(f.t.Context()); err != nil {
		f.t.Fatalf("%s: %v", f.station, err)
	}
}

// rounds lets everybody hear of everything.
func (w *world) rounds(stations ...string) {
	w.t.Helper()
	for range 2 {
		for _, s := range stations {
			w.folders[s].round()
		}
	}
}

// write appends a row to the station's chain.
func (f *folder) write(facts ...pack.Fact) {
	f.t.Helper()
	in := pack.Input{ID: journal.ID(f.station, f.chain.Seq+1), At: noon.Add(time.Duration(f.chain.Seq) * time.Second), Event: pack.Started{}}
	input, decided, err := journal.Bench().Encode(in, facts)
	if err != nil {
		f.t.Fatal(err)
	}
	r := f.chain.Next(in.At, input, decided)
	if err := f.Append(f.t.Context(), r); err != nil {
		f.t.Fatal(err)
	}
	f.chain = f.chain.After(r)
}

func (f *folder) order(ids ...string) {
	f.t.Helper()
	for i, id := range ids {
		o := station.Order{ID: id, Shop: "web", ShipBy: noon.Add(time.Duration(i) * time.Hour), To: station.Address{Name: "Ada", City: "Bath", Country: "GB"}, Lines: []station.Line{{ID: "1", SKU: "CUP", Qty: 1}}}
		if _, err := f.PutOrders(f.t.Context(), []station.Order{o}); err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *folder) product(sku, name string) {
	f.t.Helper()
	p := station.Product{SKU: sku, Name: name, Barcodes: []station.Barcode{{Code: "40" + sku, Factor: 1}}}
	if _, err := f.PutProducts(f.t.Context(), []station.Product{p}); err != nil {
		f.t.Fatal(err)
	}
}

func (f *folder) claim(order, want string) {
	f.t.Helper()
	if f.x.patience = claimWithin; want != f.station {
		f.x.patience = time.Second
	}
	holder, err := f.x.ClaimOrder(f.t.Context(), order, f.station, noon)
	if err != nil || holder != want {
		f.t.Errorf("%s claims %s: %q has it, %v; want %s", f.station, order, holder, err, want)
	}
}

func (f *folder) due() string {
	f.t.Helper()
	due, err := f.DueOrders(f.t.Context(), f.station, 0)
	if err != nil {
		f.t.Fatal(err)
	}
	var ids []string
	for _, d := range due {
		ids = append(ids, d.ID)
	}
	return strings.Join(ids, " ")
}

func TestWhatOneFolderKnowsTheOthersKnow(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.order("o1", "o2")
	one.product("CUP", "a cup")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	w.rounds("S1", "S2")
	ctx := t.Context()

	o, err := two.Order(ctx, "o2")
	if err != nil || o.To.City != "Bath" {
		t.Errorf("%+v, %v", o, err)
	}
	if hits, err := two.ProductsByCode(ctx, "40CUP"); err != nil || len(hits) != 1 {
		t.Errorf("the code of a product: %v, %v", hits, err)
	}
	if got := two.due(); got != "o2" {
		t.Errorf("due at the other bench: %q", got) // o1 is being packed
	}
	if with, err := two.OrdersWithSKU(ctx, "S2", "CUP", 0); err != nil || len(with) != 1 {
		t.Errorf("orders with the product: %v, %v", with, err)
	}
	head, err := two.Head(ctx, "S1")
	if err != nil || head != one.chain {
		t.Errorf("the chain stands at %+v, %v", head, err)
	}
	if damage, err := two.Altered(ctx); err != nil || len(damage) > 0 {
		t.Errorf("what came over counts as damaged: %v, %v", damage, err)
	}

	// A change there comes back, and a product that is gone is gone.
	two.product("CUP", "a blue cup")
	w.rounds("S2", "S1")
	if p, err := one.Product(ctx, "CUP"); err != nil || p.Name != "a blue cup" {
		t.Errorf("%+v, %v", p, err)
	}
	// Nothing goes round for ever.
	for _, f := range w.folders {
		if n, err := f.CountShared(ctx); err != nil || n != 0 {
			t.Errorf("%s has %d changes to tell, %v", f.station, n, err)
		}
	}
	before := feed(t, w.owner)
	w.rounds("S1", "S2")
	if after := feed(t, w.owner); after != before {
		t.Errorf("the feed moved from %d to %d though nothing happened", before, after)
	}
}

func feed(t *testing.T, h *Hub) (n int64) {
	t.Helper()
	if err := h.ask(t.Context(), `SELECT sum(last)::bigint FROM packbench.feeds`, nil, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// What is changed again before the hub has heard of it goes over as it is then.
func TestWhatIsChangedTwiceGoesOverOnce(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	one.product("CUP", "a cup")
	for _, code := range []string{"111", "222"} {
		if err := one.LinkBarcode(ctx, "CUP", station.Barcode{Code: code, Factor: 1}); err != nil {
			t.Fatal(err)
		}
	}
	one.product("CUP", "a blue cup")
	one.order("o1", "o1")
	if err := one.HoldOrder(ctx, "o1", "because"); err != nil {
		t.Fatal(err)
	}
	for _, state := range []store.PurchaseState{store.PurchasePlanned, store.PurchaseSent, store.PurchaseBought} {
		if err := one.PutPurchase(ctx, store.Purchase{Key: "k", Account: "a", Ref: "r", Order: "o1", Parcel: "o1-1", Station: "S1", State: state, Since: noon}); err != nil {
			t.Fatal(state, err)
		}
	}
	w.rounds("S1", "S2")
	if p, err := two.Product(ctx, "CUP"); err != nil || p.Name != "a blue cup" {
		t.Errorf("%+v, %v", p, err)
	}
	if o, err := two.Order(ctx, "o1"); err != nil || o.Status != station.OrderHeld {
		t.Errorf("%+v, %v", o, err)
	}
	if p, err := two.Purchase(ctx, "k"); err != nil || p.State != store.PurchaseBought {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestOfAFolderThatJoinsTheHubIsRight(t *testing.T) {
	w := newWorld(t, "S1")
	one := w.folders["S1"]
	one.product("CUP", "the hub's cup")
	one.round()
	late := w.empty()
	two := &folder{Store: late, t: t}
	two.product("CUP", "an old cup")
	two.product("PEN", "a pen that only this folder knew")
	f := w.join("S2", late)
	w.rounds("S2", "S1")
	for sku, want := range map[string]string{"CUP": "the hub's cup", "PEN": "a pen that only this folder knew"} {
		for _, f := range []*folder{one, f} {
			if p, err := f.Product(t.Context(), sku); err != nil || p.Name != want {
				t.Errorf("%s: %+v, %v", f.station, p, err)
			}
		}
	}
}

func TestAnOrderIsPackedByOneBench(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.order("o1", "o2", "o3")
	w.rounds("S1", "S2")
	one.claim("o1", "S1")
	two.claim("o1", "S1")
	one.claim("o1", "S1")
	w.rounds("S2")
	if got := two.due(); got != "o2 o3" {
		t.Errorf("due at the other bench: %q", got)
	}
	// Left, it is anybody's again.
	if err := one.x.FreeOrder(t.Context(), "o1", "S1"); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	two.claim("o1", "S2")
	// Packed, it is nobody's: also at a bench that has not heard of it yet.
	two.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	two.write(pack.OrderClosed{Order: "o1"})
	if err := two.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := two.x.FreeOrder(t.Context(), "o1", "S2"); err != nil {
		t.Fatal(err)
	}
	two.round()
	one.claim("o1", "S2")
	one.round()
	// Opened again, it is who opens it.
	one.claim("o1", "S1")
}

func TestWithoutTheHubABenchPacksWhatItHas(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.x.Ahead = 2
	one.order("o1", "o2", "o3", "o4")
	w.rounds("S1", "S2")
	if got := two.due(); got != "o3 o4" {
		t.Errorf("due at the other bench: %q", got)
	}
	there := one.address
	one.address = "postgres://packbench_s1@127.0.0.1:1/gone"
	one.x.drop()
	if err := one.x.Round(t.Context()); KindOf(err) != Away || !one.x.Status().Away() {
		t.Errorf("%v, %+v", err, one.x.Status())
	}
	one.claim("o1", "S1")
	if _, err := one.x.ClaimOrder(t.Context(), "o3", "S1", noon); KindOf(err) != Away {
		t.Errorf("an order that was not claimed ahead: %v", err)
	}
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	if err := one.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	one.address = there
	one.x.drop()
	w.rounds("S1", "S2")
	if st := one.x.Status(); st.Away() || st.Behind != 0 {
		t.Errorf("back: %+v", st)
	}
	if head, err := two.Head(t.Context(), "S1"); err != nil || head != one.chain {
		t.Errorf("what was packed meanwhile: %+v, %v", head, err)
	}
	if got := two.due(); got != "o4" { // another one was claimed ahead
		t.Errorf("due at the other bench: %q", got)
	}
}

// Whoever waits for the hub holds up nobody who has an order already.
func TestASlowHubHoldsUpNobody(t *testing.T) {
	w := newWorld(t, "S1")
	one := w.folders["S1"]
	one.x.Ahead = 1
	one.order("o1")
	one.round()
	ctx := t.Context()
	tx, err := w.owner.pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(ctx, `LOCK TABLE packbench.claims IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	round := make(chan error, 1)
	go func() { round <- one.x.Round(ctx) }()
	for { // until it waits
		var n int
		if err := w.owner.pool.QueryRow(ctx, `SELECT count(*) FROM pg_locks WHERE NOT granted`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			break
		}
	}
	one.claim("o1", "S1")
	if err := one.x.FreeOrder(ctx, "o1", "S1"); err != nil {
		t.Fatal(err)
	}
	one.claim("o1", "S1")
	select {
	case err := <-round:
		t.Fatal("the round has ended before:", err)
	default:
	}
	if err := tx.Rollback(ctx); err != nil {
		t.Fatal(err)
	}
	if err := <-round; err != nil {
		t.Error(err)
	}
	one.round()
	if c, err := w.owner.HolderOf(ctx, OrderClaim, "o1"); err != nil || c.State != Held {
		t.Errorf("%+v, %v", c, err)
	}
}

// What was claimed ahead and not begun goes to the bench that wants it now.
func TestWhatIsClaimedAheadIsGivenBack(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.x.Ahead = 2
	one.order("o1", "o2")
	w.rounds("S1", "S2")
	one.claim("o1", "S1") // is begun
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { one.x.Run(ctx); close(done) }()
	defer func() { stop(); <-done }()
	two.claim("o2", "S2")
	two.claim("o1", "S1")
}

func TestNumbersComeFromTheHub(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and one goroutine")
	}
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	seen := map[string]string{}
	take := func(f *folder, n int) (err error) {
		for i := range n {
			var got store.Numbers
			got, err = f.LabelNumbers(ctx, store.Numbering{
				Effect: fmt.Sprint(f.station, len(seen), i), Parcel: fmt.Sprint(f.station, len(seen), "-", i), Station: f.station, Carrier: "heron", SSCC: f.ranges.SSCC,
			})
			if err != nil {
				return err
			}
			if seen[got.SSCC] != "" {
				t.Fatalf("%s was given to %s and %s", got.SSCC, seen[got.SSCC], f.station)
			}
			seen[got.SSCC] = f.station
		}
		return nil
	}
	if err := take(one, 1); err == nil || !strings.Contains(err.Error(), "the hub is away") {
		t.Errorf("before the first round: %v", err)
	}
	for range 2 {
		for _, f := range []*folder{one, two} {
			f.round()
			if err := take(f, blockSize); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := take(one, 1); err == nil {
		t.Error("a number that the hub did not give")
	}
	// A new hub, made anew, goes on above all that was given.
	known, err := one.NumbersKnown(ctx)
	if err != nil || known["09****"] < 3*blockSize {
		t.Errorf("%v, %v", known, err)
	}
}

func TestACopyOfAFolderIsStopped(t *testing.T) {
	w := newWorld(t, "S1")
	one := w.folders["S1"]
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	one.round()
	m, err := one.Member(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	one.x.forget()
	one.round()
	now, err := one.Member(t.Context())
	if err != nil || now.Pass == m.Pass {
		t.Errorf("the pass stays %q, %v", now.Pass, err)
	}
	if err := one.KeepMember(t.Context(), m); err != nil { // as a copy has it
		t.Fatal(err)
	}
	one.x.forget()
	if err := one.x.Round(t.Context()); KindOf(err) != Copied {
		t.Errorf("a copy is let in: %v", err)
	}
	if _, err := one.x.ClaimOrder(t.Context(), "o1", "S1", noon); KindOf(err) != Copied {
		t.Errorf("a copy begins an order: %v", err)
	}
	if _, err := one.LabelNumbers(t.Context(), store.Numbering{Effect: "E", Parcel: "P", Station: "S1", Carrier: "heron", SSCC: one.ranges.SSCC}); !errors.Is(err, store.ErrStopped) {
		t.Errorf("a copy gives numbers: %v", err)
	}
	// It joins again under its name, and gives those that nobody had.
	w.join("S1", one.Store).round()
	if _, err := one.LabelNumbers(t.Context(), store.Numbering{Effect: "E", Parcel: "P", Station: "S1", Carrier: "heron", SSCC: one.ranges.SSCC}); err != nil {
		t.Error(err)
	}
}

// An order that was released from a bench and packed by another is a clash for the first,
// which does not take it up again.
func TestWhatWasReleasedAndPackedElsewhereIsAClash(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.order("o1")
	w.rounds("S1", "S2")
	one.claim("o1", "S1")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	if err := one.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	if _, err := w.owner.Release(t.Context(), "S1", ""); err != nil {
		t.Fatal(err)
	}
	two.claim("o1", "S2")
	two.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}}, pack.OrderClosed{Order: "o1"})
	if err := two.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := two.x.FreeOrder(t.Context(), "o1", "S2"); err != nil {
		t.Fatal(err)
	}
	two.round()
	one.round()
	if len(one.clashes) != 1 || one.clashes[0] != "o1 S2" || one.x.HeldElsewhere(t.Context(), "o1") != "S2" {
		t.Errorf("clashes %v, held by %q", one.clashes, one.x.HeldElsewhere(t.Context(), "o1"))
	}
}

// Who was away says late what was long ago: of an order the later version counts.
func TestTheLaterVersionOfAnOrderCounts(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	one.order("o1")
	w.rounds("S1", "S2")
	if err := one.HoldOrder(ctx, "o1", "said while it was away"); err != nil {
		t.Fatal(err)
	}
	for _, status := range []station.OrderStatus{station.OrderHeld, station.OrderOpen, station.OrderCancelled} {
		if err := two.SetOrderStatus(ctx, "o1", status, "by the shop"); err != nil {
			t.Fatal(err)
		}
	}
	w.rounds("S2", "S1", "S2", "S1")
	for _, f := range []*folder{one, two} {
		if o, err := f.Order(ctx, "o1"); err != nil || o.Status != station.OrderCancelled || f.due() != "" {
			t.Errorf("%s: %s, due %q, %v", f.station, o.Status, f.due(), err)
		}
	}
}

// What one folder wrote wrongly stops nobody else.
func TestOneBadRowStopsNobody(t *testing.T) {
	w := newWorld(t, "S1", "S2", "S3")
	one, three := w.folders["S1"], w.folders["S3"]
	ctx := t.Context()
	w.rounds("S1", "S2", "S3")
	if _, err := w.folders["S2"].x.hub.Put(ctx, "S2", []store.Shared{{Kind: "products", Key: `["BAD"]`, Body: []byte("no JSON")}, {Kind: "none", Key: "[]"}, {Kind: "products", Key: "no key", Body: []byte("{}")}}); err != nil {
		t.Fatal(err)
	}
	c := journal.Chain{Writer: "S2"}
	if _, err := w.folders["S2"].x.hub.Append(ctx, []journal.Row{c.Next(noon, []byte(`{"t":"x","e":{}}`), []byte(`[{"t":"nothing-that-is-known"}]`))}); err != nil {
		t.Fatal(err)
	}
	one.product("CUP", "a cup")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	w.rounds("S1", "S3")
	if _, err := three.Product(ctx, "CUP"); err != nil {
		t.Error(err)
	}
	if head, err := three.Head(ctx, "S1"); err != nil || head != one.chain {
		t.Errorf("the chain of S1 stands at %+v, %v", head, err)
	}
	if err := three.CatchUp(ctx); err != nil {
		t.Error(err)
	}
	if st := three.x.Status(); len(st.Chains) != 1 || st.Unkept != 3 {
		t.Errorf("what could not be kept: %q, %d rows", st.Chains, st.Unkept)
	}
}

// What was parked while the hub was away is everybody's when it comes back, also where the
// program was started anew meanwhile.
func TestWhatWasParkedIsEverybodys(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.order("o1")
	w.rounds("S1", "S2")
	one.claim("o1", "S1")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	w.rounds("S1", "S2")
	two.claim("o1", "S1")
	one.write(pack.OrderParked{Order: "o1"})
	if err := one.x.FreeOrder(t.Context(), "o1", "S1"); err != nil {
		t.Fatal(err)
	}
	one.x.Close()
	one.x = New(one.x.Options)
	w.rounds("S1", "S2")
	two.claim("o1", "S2")
}

// A hub that was never put back begins no turn, however often it is greeted.
func TestAHubThatStandsBeginsNoTurn(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	w.folders["S1"].product("CUP", "a cup")
	for range 3 {
		w.rounds("S1", "S2")
		w.folders["S1"].x.forget()
		w.folders["S2"].x.drop()
	}
	if about, err := w.owner.About(t.Context()); err != nil || about.Turn != 1 {
		t.Errorf("the turn is %d, %v", about.Turn, err)
	}
}

// A hub that was put back by a moment has lost a greeting, and what was told and read in it.
func TestAHubThatWasPutBackIsToldAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and one goroutine")
	}
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.product("CUP", "a cup")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	w.rounds("S1", "S2")
	dump := server.Dump(t, w.database)
	one.x.forget()
	one.product("PEN", "a pen")
	one.write(pack.OrderClosed{Order: "o1"})
	one.claim("o9", "S1")
	w.rounds("S1", "S2")
	server.Restore(t, w.database, dump)
	one.x.drop()
	two.x.drop()
	w.rounds("S2", "S1", "S2")
	if head, err := two.Head(t.Context(), "S1"); err != nil || head != one.chain {
		t.Errorf("the chain stands at %+v, %v", head, err)
	}
	if p, err := two.Product(t.Context(), "PEN"); err != nil {
		t.Errorf("%+v, %v", p, err)
	}
	two.claim("o9", "S1")
}

// Where others have gone on before a folder looks, the numbers of its feeds are there again,
// for other changes: it knows by the life of the server.
func TestWhatIsLostBetweenTwoLivesIsToldAgain(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	w.rounds("S1", "S2")
	one.product("CUP", "a cup")
	one.round()
	given := one.number("E1")
	// As a server that started from a state of before: without what S1 said last.
	for _, statement := range []string{
		`DELETE FROM packbench.shared WHERE station = 'S1'`, `UPDATE packbench.feeds SET last = 0`, `UPDATE packbench.counters SET last = 0`, `DELETE FROM packbench.blocks`,
		`UPDATE packbench.lives SET life = 'before'`, `UPDATE packbench.hub SET life = 'before', place = 'elsewhere'`,
	} {
		if _, err := w.owner.pool.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	m, err := one.Member(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_, greets, _ := strings.Cut(m.Sign, " ")
	for _, f := range []*folder{one, two} {
		if m, err = f.Member(ctx); err == nil {
			m.Sign = "before " + greets
			err = f.KeepMember(ctx, m)
		}
		if err != nil {
			t.Fatal(err)
		}
		f.x.forget()
	}
	for i := range 20 {
		two.product(fmt.Sprint("PEN", i), "a pen")
	}
	three := w.join("S3", w.empty()) // is given numbers before anybody knows
	w.rounds("S3")
	if n := three.number("E3"); n == given {
		t.Errorf("the number %s is given twice", n)
	}
	w.rounds("S2", "S1", "S2")
	for _, f := range []*folder{one, two} {
		if _, err := f.Product(ctx, "CUP"); err != nil {
			t.Errorf("%s: %v", f.station, err)
		}
	}
	turn := func() (n int64) {
		t.Helper()
		about, err := w.owner.About(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return about.Turn
	}
	was := turn()
	if was < 2 {
		t.Errorf("the turn is %d", was)
	}
	// A bench may say so once in a life, and not for nothing.
	if _, err := one.x.hub.PutBack(ctx, "S1", "made up", was, 1<<40, 1<<40); err != nil || turn() != was {
		t.Errorf("the turn is %d, was %d, %v", turn(), was, err)
	}
}

func (f *folder) number(effect string) string {
	f.t.Helper()
	n, err := f.LabelNumbers(f.t.Context(), store.Numbering{Effect: effect, Parcel: "P" + effect, Station: f.station, Carrier: "heron", SSCC: f.ranges.SSCC})
	if err != nil {
		f.t.Fatal(err)
	}
	return n.SSCC
}
