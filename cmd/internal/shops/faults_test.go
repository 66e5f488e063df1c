package shops

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/kinds"
	"packbench/station/shop/shopsim/woosim"
	"packbench/station/store"
	"packbench/station/web"
)

// runsVar names the variable that asks for more runs than the test suite has time for.
const runsVar = "PACKBENCH_FAULT_RUNS"

// Each closed parcel is one shipment in the shop, none doubled and none missing,
// whatever is lost on the way and wherever the program is killed (O2); what was counted
// here is counted there, once (O5).
func TestO2FaultRuns(t *testing.T) {
	runs := 50
	if n, err := strconv.Atoi(os.Getenv(runsVar)); err == nil {
		runs = n
	} else if testing.Short() {
		runs = 5
	}
	for _, k := range faulty() {
		each := runs
		if !k.whole && runs == 50 {
			each = 10 // what they have in common with others is tried there
		}
		for name, apart := range map[string]time.Duration{k.name: -10 * time.Minute, k.name + ", whose clock is ahead": 10 * time.Minute} {
			t.Run(name, func(t *testing.T) {
				w := newRuns(t, k, apart)
				w.all(each / 2)
				if t.Log(w.tally); each >= 50 && (w.tally.shipped < each/4 || w.tally.lost == 0) {
					t.Errorf("too little happened: %+v", w.tally)
				}
			})
		}
	}
}

// BenchmarkFaultRuns does as many of them as somebody has time for, by kind of shop.
func BenchmarkFaultRuns(b *testing.B) {
	runs := 1000
	if n, err := strconv.Atoi(os.Getenv(runsVar)); err == nil {
		runs = n
	}
	for _, k := range faulty() {
		b.Run(strings.ReplaceAll(k.name, " ", "-"), func(b *testing.B) {
			sum := tally{}
			for _, apart := range []time.Duration{-10 * time.Minute, 10 * time.Minute} {
				w := newRuns(b, k, apart)
				w.all(runs / 2)
				sum.add(w.tally)
			}
			b.ReportMetric(float64(runs), "runs")
			b.ReportMetric(float64(sum.closed), "closed")
			b.ReportMetric(float64(sum.shipped), "shipped")
			b.ReportMetric(float64(sum.doubled), "doubled")
			b.ReportMetric(float64(sum.missing), "missing")
			b.ReportMetric(float64(sum.counted), "stock-changes")
			b.ReportMetric(float64(sum.apart), "stock-apart")
			b.ReportMetric(float64(sum.shipped)/float64(max(sum.due, 1)), "ratio")
			b.ReportMetric(1, "bound")
		})
	}
}

// faultyShop is a simulated shop whose connection goes wrong.
type faultyShop struct {
	kinds.Kind
	name  string
	whole bool // it takes all runs in the tests too
}

func faulty() []faultyShop {
	var all []faultyShop
	for _, k := range kinds.All() {
		all = append(all, faultyShop{k, k.ID, slices.Contains([]string{"shopify", "woocommerce", "magento", "shipstation"}, k.ID)})
	}
	notes := kinds.Kind{ID: "woocommerce", New: func(o shopsim.Options) shopsim.Backend { return woosim.New(woosim.Options{Options: o}) }}
	return append(all, faultyShop{notes, "woocommerce by notes", true})
}

// runs are weeks of one simulated shop and one bench.
type runs struct {
	*Shops
	t   testing.TB
	sim shopsim.Backend
	hand
	rand   *rand.Rand
	turn   sync.Mutex // of rand and kill
	desk   *foldertest.Writer
	orders []string        // of this run, the shop's ids
	closed map[string]told // by label
	made   int
	kill   context.CancelFunc
	share  float64 // of requests at which the program is killed
	log    []string
	tally  tally

	takesStock bool
	counts     map[string]int // differences of stock, by the key of their entry
	since      int            // what the shop had of the product before the first of them
}

// tally is what became of parcels and of differences of stock.
type tally struct{ closed, due, shipped, voided, refused, lost, doubled, missing, counted, apart int }

func (t *tally) add(o tally) {
	t.closed, t.due, t.shipped, t.voided = t.closed+o.closed, t.due+o.due, t.shipped+o.shipped, t.voided+o.voided
	t.refused, t.lost, t.doubled, t.missing = t.refused+o.refused, t.lost+o.lost, t.doubled+o.doubled, t.missing+o.missing
	t.counted, t.apart = t.counted+o.counted, t.apart+o.apart
}

type told struct {
	order, tracking string
	units           map[string]int
	voided          bool
}

// Do sends a request for the bench, whose clock stands still while it is under way, and
// kills the program now and then.
func (w *runs) Do(r *http.Request) (*http.Response, error) {
	w.turn.Lock() // some clients ask for several things at a time
	roll, kill := w.rand.Float64(), w.kill
	w.turn.Unlock()
	if roll < w.share/2 {
		kill()
	}
	resp, err := web.NewHTTP().Do(r)
	if roll >= w.share/2 && roll < w.share {
		kill()
	}
	return resp, err
}

func newRuns(t testing.TB, of faultyShop, apart time.Duration) *runs {
	d := foldertest.Shop(t)
	w := &runs{t: t, hand: hand{at: d.Clock()}, kill: func() {}, rand: rand.New(rand.NewPCG(1, 1))}
	d.Clock = w.now
	w.sim = of.New(shopsim.Options{Clock: func() time.Time { return w.now().Add(apart) }, Lag: 20 * time.Second})
	server := httptest.NewServer(w.sim)
	t.Cleanup(server.Close)
	w.Shops = New(d)
	w.Shops.Time = d.Clock
	w.Shops.Do = w
	if err := w.Add(t.Context(), store.Shop{ID: "web", Kind: of.ID, URL: server.URL + of.Path, Options: w.sim.Set()}, w.sim.Secret()); err != nil {
		t.Fatal(err)
	}
	w.desk = foldertest.NewWriter(t, d, "S1")
	added, err := w.Store.Shop(t.Context(), "web")
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.connect(added)
	if err != nil {
		t.Fatal(err)
	}
	if _, w.takesStock = c.(shop.Stock); w.takesStock {
		w.sim.Cancel(w.sim.Place(shopsim.Order{To: buyer, Lines: []shopsim.Line{{SKU: counted, Name: "Counted cup", Qty: 1, Minor: 100}}}))
		w.sim.SetStock(counted, 1_000_000)
	}
	return w
}

// counted is a product that nobody buys: its stock changes by what is counted here only.
const counted = "COUNTED"

var buyer = shopsim.Address{Name: "Ann Example", Street: "Way 1", City: "Bonn", Postcode: "53111", Country: "DE", Email: "ann@example.com"}

// all does so many runs, until one goes wrong.
func (w *runs) all(n int) {
	w.t.Helper()
	for seed := range n {
		if w.run(uint64(seed)); w.t.Failed() {
			w.t.Fatalf("seed %d", seed)
		}
	}
}

func (w *runs) note(format string, args ...any) { w.log = append(w.log, fmt.Sprintf(format, args...)) }

func (w *runs) run(seed uint64) {
	w.rand = rand.New(rand.NewPCG(seed, 7))
	w.orders, w.closed, w.log, w.counts = nil, map[string]told{}, nil, map[string]int{}
	if w.takesStock {
		w.since = w.sim.Stock(counted)
	}
	w.sim.Faults().Random(rand.New(rand.NewPCG(seed, 8)), 0.15, shopsim.AllFaults...)
	w.share = 0.05
	for range 25 {
		w.step()
	}
	w.sim.Faults().Heal()
	w.share = 0
	w.settle()
	w.judge()
	w.judgeStock()
}

// alive runs something that may be killed.
func (w *runs) alive(do func(ctx context.Context)) {
	ctx, kill := context.WithCancel(w.t.Context())
	defer kill()
	w.turn.Lock()
	w.kill = kill
	w.turn.Unlock()
	do(ctx)
}

func (w *runs) step() {
	w.later(time.Duration(w.rand.IntN(90)) * time.Second)
	switch w.rand.IntN(10) {
	case 9:
		w.count()
	case 0:
		w.place()
	case 1, 2:
		w.alive(func(ctx context.Context) { _, _ = w.Pull(ctx, "web", false) })
	case 3, 4:
		w.pack()
	case 5, 6, 7:
		w.alive(func(ctx context.Context) { _, err := w.Push(ctx, "web"); w.note("push: %v", err) })
	case 8:
		w.void()
	}
}

func (w *runs) place() {
	var lines []shopsim.Line
	for i := range 1 + w.rand.IntN(3) {
		lines = append(lines, shopsim.Line{SKU: fmt.Sprintf("SIM-%d", i), Name: "Simulated goods", Qty: 1 + w.rand.IntN(3), Minor: 1000, Grams: 200})
	}
	id := w.sim.Place(shopsim.Order{Lines: lines, To: buyer})
	w.orders = append(w.orders, id)
	w.note("placed %s", id)
}

// count finds another number of a product than there should be.
func (w *runs) count() {
	if !w.takesStock {
		return
	}
	w.made++
	key, delta := fmt.Sprintf("stock %d", w.made), 1+w.rand.IntN(5)
	if w.rand.IntN(2) == 0 {
		delta = -delta
	}
	body, err := json.Marshal(Correction{SKU: counted, Delta: delta, Reason: "found"})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Store.PutEntry(w.t.Context(), store.Entry{Key: key, Target: "web", Kind: store.EntryStock, Body: body, Added: w.now()}); err != nil {
		w.t.Fatal(err)
	}
	w.counts[key] = delta
	w.note("counted %+d", delta)
}

// open returns an order of the run that the bench knows and has something to pack of.
func (w *runs) open() (o station.Order, left []pack.Content) {
	for range 4 {
		if len(w.orders) == 0 {
			return o, nil
		}
		own := w.orders[w.rand.IntN(len(w.orders))]
		id, err := w.Store.OrderOf(w.t.Context(), "web", own)
		if err != nil {
			continue
		}
		if o, err = w.Store.Order(w.t.Context(), id); err != nil || o.Status != station.OrderOpen {
			continue
		}
		packed := map[string]int{}
		for _, p := range w.closed {
			if p.order == own && !p.voided {
				for line, n := range p.units {
					packed[line] += n
				}
			}
		}
		left = nil
		for _, l := range o.Lines {
			if n := l.Qty - packed[l.ID]; l.Kind == station.Goods && n > 0 {
				left = append(left, pack.Content{Line: l.ID, SKU: l.SKU, Qty: n})
			}
		}
		if len(left) > 0 {
			return o, left
		}
	}
	return o, nil
}

// pack closes a parcel with some of what is left of an order.
func (w *runs) pack() {
	o, left := w.open()
	if len(left) == 0 {
		return
	}
	if w.rand.IntN(2) == 0 {
		left = left[:1]
		left[0].Qty = 1
	}
	w.made++
	sscc := fmt.Sprintf("09520001%010d", w.made)
	p := told{order: o.Own, tracking: "TRK" + sscc, units: map[string]int{}}
	for _, c := range left {
		p.units[c.Line] += c.Qty
	}
	if o.Own == "" {
		p.order = o.Ref().ID
	}
	w.closed[sscc] = p
	w.desk.WriteAt(w.now(), pack.ParcelDone{
		Parcel: fmt.Sprintf("%s-%d", o.ID, w.made), Order: o.ID, Carton: "M", Service: "swift", Carrier: "heron", SSCC: sscc, Tracking: p.tracking, Contents: left,
	})
	w.note("packed %s: %v", p.order, left)
}

func (w *runs) void() {
	for sscc, p := range w.closed {
		if !p.voided && w.rand.IntN(3) == 0 {
			id, err := w.Store.OrderOf(w.t.Context(), "web", p.order)
			if err != nil {
				w.t.Fatal(err)
			}
			p.voided = true
			w.closed[sscc] = p
			w.desk.WriteAt(w.now(), pack.LabelVoided{Parcel: id + "-1", SSCC: sscc})
			w.note("voided %s of %s", p.tracking, p.order)
			return
		}
	}
}

// settle has everything told that can be, while all is well.
func (w *runs) settle() {
	for range 40 {
		w.later(20 * time.Minute)
		if _, err := w.Push(w.t.Context(), "web"); err != nil && !shop.NotDone(err) {
			w.t.Error(err)
		}
		w.later(2 * time.Minute)
		if _, err := w.Pull(w.t.Context(), "web", false); err != nil && !shop.NotDone(err) {
			w.t.Error(err)
		}
		all, err := w.Store.Entries(w.t.Context(), store.EntryFilter{Open: true})
		if err != nil {
			w.t.Fatal(err)
		}
		busy := false
		for _, e := range all {
			busy = busy || e.State == store.EntryUnknown || e.State == store.EntryWaiting && e.Answer != errWithTheLast.Error()
		}
		if !busy {
			return
		}
	}
	all, _ := w.Store.Entries(w.t.Context(), store.EntryFilter{Open: true})
	for _, e := range all {
		w.note("entry %s of %s: %s, %d tries, %q", e.Key, e.Order, e.State, e.Tries, e.Answer)
	}
	w.t.Errorf("the outbox does not settle:\n%s", strings.Join(w.log, "\n"))
}
