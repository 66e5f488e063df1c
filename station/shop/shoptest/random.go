package shoptest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopsim"
)

// random is many weeks of a shop that goes wrong, each of another seed.
func random(t *testing.T, start Start) {
	runs := 15
	if testing.Short() {
		runs = 2
	}
	if n, err := strconv.Atoi(os.Getenv("PACKBENCH_SHOP_RUNS")); err == nil {
		runs = n
	}
	for seed := range runs {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			(&week{trial: begin(t, start), r: rand.New(rand.NewPCG(uint64(seed), 11))}).run(uint64(seed))
		})
	}
}

// week is what happens at random, and what ought to have come of it.
type week struct {
	*trial
	r       *rand.Rand
	s       shop.Shop
	orders  []string
	ordered map[string]map[string]int // order → product → most units that were ever wanted
	parcels []*parcel
	edited  map[string]bool // orders whose lines were changed, which some shops' lists do not tell
	stock   int
}

type parcel struct {
	shop.Shipment
	sent, back bool
}

func (w *week) run(seed uint64) {
	w.ordered, w.edited = map[string]map[string]int{}, map[string]bool{}
	w.s = w.client()
	w.counted(100)
	w.stock = w.sim.Stock(counted)
	w.sim.Faults().Random(rand.New(rand.NewPCG(seed, 12)), 0.12, shopsim.AllFaults...)
	for range 40 {
		w.step()
		w.pass(time.Duration(w.r.IntN(90)) * time.Second)
	}
	w.sim.Faults().Heal()
	w.pass(20 * time.Minute)
	w.pull(w.s)
	w.judge()
}

func (w *week) step() {
	switch n := w.r.IntN(20); {
	case n < 4 || len(w.orders) == 0:
		w.newOrder()
	case n < 7:
		w.pull(w.s)
	case n < 13:
		w.pack()
	case n < 15:
		w.event(w.orders[w.r.IntN(len(w.orders))])
	case n < 17:
		w.takeBack()
	case n < 19:
		w.recount()
	default: // the program starts again
		w.s = w.client()
	}
}

func (w *week) newOrder() {
	var qty []int
	for range 1 + w.r.IntN(4) {
		qty = append(qty, 1+w.r.IntN(4))
	}
	id := w.place(qty...)
	w.orders = append(w.orders, id)
	w.ordered[id] = map[string]int{}
	for i, n := range qty {
		w.ordered[id][sku(i+1)] = n
	}
}

// event is something that others do to an order.
func (w *week) event(id string) {
	switch w.r.IntN(6) {
	case 0:
		w.sim.Cancel(id)
	case 1:
		w.sim.Hold(id, "Address to be confirmed")
	case 2:
		w.sim.Release(id)
	case 3:
		w.edited[id] = true
		w.sim.Change(id, 0, w.r.IntN(w.ordered[id][sku(1)]+1))
	case 4:
		w.sim.Refund(id, 0, 1)
	case 5:
		w.sim.SendElsewhere(id, "ELSE-"+id)
	}
}

// pack packs some of an order that is known, while others may be at it.
func (w *week) pack() {
	ids := slices.Sorted(maps.Keys(w.known))
	ids = slices.DeleteFunc(ids, func(id string) bool { return w.ordered[id] == nil })
	if len(ids) == 0 {
		return
	}
	id := ids[w.r.IntN(len(ids))]
	o := w.fresh(w.s, id)
	if o.Status != station.OrderOpen || len(goods(o)) == 0 {
		return
	}
	var only map[string]int
	if w.s.Can().Part && w.r.IntN(2) == 0 {
		only = map[string]int{}
		for name, n := range units(o) {
			only[name] = w.r.IntN(n + 1)
		}
	}
	p := w.trial.parcel(o, fmt.Sprintf("T-%d", len(w.parcels)+1), only)
	if len(p.Lines) == 0 {
		return
	}
	if w.r.IntN(4) == 0 {
		w.event(id)
	}
	w.parcels = append(w.parcels, &parcel{Shipment: p, sent: w.send(w.s, p)})
}

func (w *week) takeBack() {
	for _, p := range w.parcels {
		if p.sent && !p.back && w.s.Can().Unship && w.r.IntN(2) == 0 {
			p.back = w.unsend(w.s, p.Shipment)
			return
		}
	}
}

func (w *week) recount() {
	st, ok := w.s.(shop.Stock)
	if !ok {
		return
	}
	delta := w.r.IntN(9) - 4
	if delta == 0 {
		delta = 5
	}
	w.correct(w.s, st, fmt.Sprintf("count-%d", w.r.Uint32()), delta)
	w.stock += delta
}

// judge holds what the shop has against what ought to have come of all.
func (w *week) judge() {
	for _, p := range w.parcels {
		want := 0
		if p.sent && !p.back {
			want = 1
		}
		if got := w.count(p.Order, p.Tracking); got != want {
			w.Errorf("the parcel %s of order %s, sent %v, taken back %v, is in the shop %d times", p.Tracking, p.Order, p.sent, p.back, got)
		}
		if want == 1 {
			in := map[string]int{}
			for _, u := range p.Lines {
				in[u.SKU] += u.Qty
			}
			if got := w.contents(p.Order, p.Tracking); !maps.Equal(got, in) {
				w.Errorf("the parcel %s holds %v in the shop, %v at the bench", p.Tracking, got, in)
			}
		}
	}
	for _, id := range w.orders {
		total := map[string]int{}
		for _, p := range w.sim.Parcels(id) {
			for name, n := range p.Units {
				total[name] += n
			}
		}
		for name, n := range total {
			if n > w.ordered[id][name] {
				w.Errorf("%d of %s left for order %s, %d were ordered", n, name, id, w.ordered[id][name])
			}
		}
		w.mirrored(id)
		w.has(w.s, shop.Shipment{Order: id, Tracking: "ELSE-" + id})
	}
	if got := w.sim.Stock(counted); got != w.stock {
		w.Errorf("the stock is %d, want %d", got, w.stock)
	}
}

// mirrored holds what the bench keeps of an order against what it is. An order that was
// through before the bench first asked need not have come, and lists of some shops do
// not tell of changed lines: that is what Fresh is for. But nothing to pack is missing,
// and nothing that must not be packed stands as open.
func (w *week) mirrored(id string) {
	kept, known := w.known[id]
	_, left := w.left[id]
	now := w.fresh(w.s, id)
	over := now.Status == station.OrderCancelled || now.Status == station.OrderDone
	switch {
	case !known && !left && !over:
		w.Errorf("order %s, which is %s, never came", id, now.Status)
	case w.edited[id] && now.Status == station.OrderDone:
	case known && over && kept.Status != station.OrderCancelled && kept.Status != station.OrderDone:
		w.Errorf("order %s is %s, it came as %s last", id, now.Status, kept.Status)
	case known && now.Status == station.OrderHeld && kept.Status == station.OrderOpen:
		w.Errorf("order %s is held, it came as open last", id)
	}
}
