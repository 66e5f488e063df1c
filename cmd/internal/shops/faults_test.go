package shops

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
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
	"packbench/station/shop/shopsim/magentosim"
	"packbench/station/shop/shopsim/shipstationsim"
	"packbench/station/shop/shopsim/shopifysim"
	"packbench/station/shop/shopsim/woosim"
	"packbench/station/shop/web"
	"packbench/station/store"
)

// runsVar names the variable that asks for more runs than the test suite has time for.
const runsVar = "PACKBENCH_FAULT_RUNS"

// Each closed parcel is one shipment in the shop, none doubled and none missing,
// whatever is lost on the way and wherever the program is killed (O2).
func TestO2FaultRuns(t *testing.T) {
	runs := 50
	if n, err := strconv.Atoi(os.Getenv(runsVar)); err == nil {
		runs = n
	} else if testing.Short() {
		runs = 5
	}
	for kind, start := range map[string]func(shopsim.Options) shopsim.Backend{
		"shopify":     func(o shopsim.Options) shopsim.Backend { return shopifysim.New(o) },
		"magento":     func(o shopsim.Options) shopsim.Backend { return magentosim.New(o) },
		"shipstation": func(o shopsim.Options) shopsim.Backend { return shipstationsim.New(o) },
		"woocommerce": func(o shopsim.Options) shopsim.Backend {
			return woosim.New(woosim.Options{Options: o, Ways: []woosim.Way{woosim.Fulfillments}})
		},
		"woocommerce by notes": func(o shopsim.Options) shopsim.Backend { return woosim.New(woosim.Options{Options: o}) },
	} {
		for name, apart := range map[string]time.Duration{kind: -10 * time.Minute, kind + ", whose clock is ahead": 10 * time.Minute} {
			t.Run(name, func(t *testing.T) {
				w := newRuns(t, strings.Fields(kind)[0], apart, start)
				for seed := range runs / 2 {
					if w.run(uint64(seed)); t.Failed() {
						t.Fatalf("seed %d", seed)
					}
				}
				if t.Log(w.tally); runs >= 50 && (w.tally.shipped < runs/4 || w.tally.lost == 0) {
					t.Errorf("too little happened: %+v", w.tally)
				}
			})
		}
	}
}

// runs are weeks of one simulated shop and one bench.
type runs struct {
	*Shops
	t   *testing.T
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
	tally  struct{ closed, shipped, voided, refused, lost int }
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

func newRuns(t *testing.T, kind string, apart time.Duration, start func(shopsim.Options) shopsim.Backend) *runs {
	d := foldertest.Shop(t)
	w := &runs{t: t, hand: hand{at: d.Clock()}, kill: func() {}, rand: rand.New(rand.NewPCG(1, 1))}
	d.Clock = w.now
	w.sim = start(shopsim.Options{Clock: func() time.Time { return w.now().Add(apart) }, Lag: 20 * time.Second})
	server := httptest.NewServer(w.sim)
	t.Cleanup(server.Close)
	w.Shops = New(d)
	w.Shops.Time = d.Clock
	w.Shops.Do = w
	if err := w.Add(t.Context(), store.Shop{ID: "web", Kind: kind, URL: server.URL, Options: w.sim.Set()}, w.sim.Secret()); err != nil {
		t.Fatal(err)
	}
	w.desk = foldertest.NewWriter(t, d, "S1")
	return w
}

func (w *runs) note(format string, args ...any) { w.log = append(w.log, fmt.Sprintf(format, args...)) }

func (w *runs) run(seed uint64) {
	w.rand = rand.New(rand.NewPCG(seed, 7))
	w.orders, w.closed, w.log = nil, map[string]told{}, nil
	w.sim.Faults().Random(rand.New(rand.NewPCG(seed, 8)), 0.15, shopsim.AllFaults...)
	w.share = 0.05
	for range 25 {
		w.step()
	}
	w.sim.Faults().Heal()
	w.share = 0
	w.settle()
	w.judge()
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
	switch w.rand.IntN(9) {
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
	id := w.sim.Place(shopsim.Order{Lines: lines, To: shopsim.Address{
		Name: "Ann Example", Street: "Way 1", City: "Bonn", Postcode: "53111", Country: "DE", Email: "ann@example.com",
	}})
	w.orders = append(w.orders, id)
	w.note("placed %s", id)
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

// judge compares what was closed with what the shop knows.
func (w *runs) judge() {
	ctx := w.t.Context()
	inShop := map[string]int{}
	for _, own := range w.orders {
		for _, p := range w.sim.Parcels(own) {
			inShop[p.Tracking]++
		}
	}
	for sscc, p := range w.closed {
		e, err := w.Store.EntryByKey(ctx, store.ShipmentKey(sscc))
		if err != nil {
			w.t.Errorf("a parcel of order %s has no entry: %v", p.order, err)
			continue
		}
		n := inShop[p.tracking]
		w.tally.closed++
		w.tally.shipped += n
		if e.Tries > 1 {
			w.tally.lost++
		}
		if p.voided {
			w.tally.voided++
		}
		if e.State == store.EntryRefused {
			w.tally.refused++
		}
		void, given, err := store.Known(w.Store.EntryByKey(ctx, "void "+sscc))
		if err != nil {
			w.t.Fatal(err)
		}
		want := 1
		switch {
		case p.voided && given && void.State == store.EntryRefused:
		case p.voided, e.State == store.EntryRefused, e.State == store.EntryWaiting:
			want = 0
		case e.Answer == "" && n == 0 && e.State == store.EntryDone && w.toldWithAnother(p, inShop):
			want = 0
		}
		if n != want {
			w.t.Errorf("%s of order %s is %d times in the shop, want %d; its entry is %s (%s), void %s\n%s",
				p.tracking, p.order, n, want, e.State, e.Answer, void.State, strings.Join(w.log, "\n"))
		}
	}
}

// toldWithAnother reports whether a shop heard of a parcel with another of its order.
func (w *runs) toldWithAnother(of told, inShop map[string]int) bool {
	for _, p := range w.closed {
		if p.order == of.order && inShop[p.tracking] > 0 {
			return true
		}
	}
	return false
}
