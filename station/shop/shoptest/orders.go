package shoptest

import (
	"errors"
	"fmt"
	"maps"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/unit"
)

func (x *trial) placed() {
	o := shopsim.Order{Number: "1042", To: address, Service: "Express", Lines: []shopsim.Line{
		product(1, 3), product(2, 1), {SKU: "VOUCHER", Name: "Voucher", Qty: 1, Minor: 5000, Virtual: true},
	}}
	id := x.sim.Place(o)
	x.pass(5 * time.Minute)
	s := x.client()
	x.pull(s)
	got, ok := x.known[id]
	if !ok {
		x.Fatalf("order %s did not come; came %v, left out %v", id, maps.Keys(x.known), x.left)
	}
	fresh := x.fresh(s, id)
	for name, o := range map[string]shop.Order{"changed": got, "fresh": fresh} {
		want := map[string]int{sku(1): 3, sku(2): 1}
		if o.Status != station.OrderOpen || !maps.Equal(units(o), want) {
			x.Errorf("%s: %s with %v, want %s with %v", name, o.Status, units(o), station.OrderOpen, want)
		}
		if digits(o.Number) != "1042" || o.Service != "Express" || o.Placed.IsZero() {
			x.Errorf("%s: number %q, service %q, placed %s", name, o.Number, o.Service, o.Placed)
		}
		to := o.To
		if to.Name != address.Name || to.Street != address.Street || to.City != address.City || to.Postcode != address.Postcode || to.Country != address.Country {
			x.Errorf("%s: goes to %+v, want %+v", name, to, address)
		}
		for _, l := range goods(o) {
			if l.Price.Currency != "" && l.Price != (unit.Money{Minor: 1250, Currency: l.Price.Currency}) {
				x.Errorf("%s: %s costs %s, want 12.50", name, l.SKU, l.Price)
			}
		}
	}
}

// digits leaves what a shop puts before a number.
func digits(number string) string {
	out := ""
	for _, r := range number {
		if r >= '0' && r <= '9' {
			out += string(r)
		}
	}
	return out
}

func (x *trial) many() {
	long := make([]int, 130)
	for i := range long {
		long[i] = i%3 + 1
	}
	whole := x.place(long...)
	var ids []string
	for range 120 {
		ids = append(ids, x.place(1))
	}
	x.pass(5 * time.Minute)
	s := x.client()
	x.pull(s)
	for _, id := range ids {
		if o, ok := x.known[id]; !ok || units(o)[sku(1)] != 1 {
			x.Errorf("order %s of %d: came %v with %v", id, len(ids), ok, units(o))
		}
	}
	for name, o := range map[string]shop.Order{"changed": x.known[whole], "fresh": x.fresh(s, whole)} {
		got := units(o)
		for i, n := range long {
			if got[sku(i+1)] != n {
				x.Errorf("%s: line %d of %d has %d units to pack, want %d", name, i+1, len(long), got[sku(i+1)], n)
			}
		}
	}
	// The same cursor brings nothing less, however often it was read before: who asks
	// with it has lost what came.
	before := x.known
	for range 3 {
		x.pass(time.Minute)
		x.pull(s)
	}
	x.cursor, x.known = "", map[string]shop.Order{}
	x.pull(s)
	for id := range before {
		if _, ok := x.known[id]; !ok {
			x.Errorf("order %s did not come the second time", id)
		}
	}
}

func (x *trial) stopped() {
	held, cancelled := x.place(2), x.place(2)
	x.pass(5 * time.Minute)
	s := x.client()
	x.pull(s)
	see := func(what, id string, want station.OrderStatus) {
		x.Helper()
		x.pass(5 * time.Minute)
		x.pull(s)
		if got := x.known[id].Status; got != want {
			x.Errorf("%s: the order came as %s, want %s", what, got, want)
		}
		if got := x.fresh(s, id).Status; got != want {
			x.Errorf("%s: the order is %s, want %s", what, got, want)
		}
	}
	x.sim.Hold(held, "Address to be confirmed")
	see("held", held, station.OrderHeld)
	x.sim.Release(held)
	see("released", held, station.OrderOpen)
	if got := units(x.fresh(s, held)); got[sku(1)] != 2 {
		x.Errorf("released: %v to pack, want 2", got)
	}
	x.sim.Cancel(cancelled)
	see("cancelled", cancelled, station.OrderCancelled)
	unpaid := x.sim.Place(shopsim.Order{To: address, Lines: []shopsim.Line{product(1, 1)}, Unpaid: true})
	x.pass(5 * time.Minute)
	x.pull(s)
	if o, ok := x.known[unpaid]; ok && o.Status == station.OrderOpen {
		x.Errorf("an unpaid order is open")
	}
}

func (x *trial) altered() {
	s := x.client()
	for _, c := range []struct {
		what string
		do   func(id string)
		want map[string]int
	}{
		{"one less", func(id string) { x.sim.Change(id, 0, 2) }, map[string]int{sku(1): 2, sku(2): 1}},
		{"a line taken out", func(id string) { x.sim.Change(id, 1, 0) }, map[string]int{sku(1): 3}},
		{"one more", func(id string) { x.sim.Change(id, 1, 2) }, map[string]int{sku(1): 3, sku(2): 2}},
		{"one paid back", func(id string) { x.sim.Refund(id, 0, 1) }, map[string]int{sku(1): 2, sku(2): 1}},
		{"a line paid back", func(id string) { x.sim.Refund(id, 1, 1) }, map[string]int{sku(1): 3}},
	} {
		id := x.place(3, 1)
		x.fresh(s, id)
		c.do(id)
		if got := units(x.fresh(s, id)); !maps.Equal(got, c.want) {
			x.Errorf("%s: %v to pack, want %v", c.what, got, c.want)
		}
	}
	paid := x.place(2)
	x.sim.Refund(paid, 0, 2)
	if o := x.fresh(s, paid); len(units(o)) > 0 && o.Status == station.OrderOpen {
		x.Errorf("all paid back: %s with %v to pack", o.Status, units(o))
	}
}

// during has orders placed and changed before each request of a pull.
func (x *trial) during() {
	var ids []string
	for range 130 {
		ids = append(ids, x.place(2))
		x.pass(time.Second)
	}
	x.pass(5 * time.Minute)
	s := x.client()
	x.each(func(n int) {
		if n > 12 {
			return
		}
		id := x.place(1)
		x.mu.Lock()
		ids = append(ids, id)
		x.mu.Unlock()
		x.sim.Cancel(ids[n])
		x.pass(time.Second)
	})
	x.pull(s)
	pages := x.requests()
	x.each(nil)
	x.pass(5 * time.Minute)
	x.pull(s)
	for i, id := range ids {
		if _, ok := x.known[id]; !ok {
			x.Errorf("order %d of %d did not come", i, len(ids))
		}
	}
	for n := 1; n <= min(pages, 12); n++ {
		if got := x.known[ids[n]].Status; got != station.OrderCancelled {
			x.Errorf("an order that was cancelled before request %d came as %s", n, got)
		}
	}
}

// lagging pulls every few seconds while orders come, as a bench does.
func (x *trial) lagging() {
	s := x.client()
	var ids []string
	for i := range 40 {
		ids = append(ids, x.place(1))
		x.pass(time.Duration(i%7) * 1500 * time.Millisecond)
		x.pull(s)
	}
	x.pass(5 * time.Minute)
	x.pull(s)
	for i, id := range ids {
		if _, ok := x.known[id]; !ok {
			x.Errorf("order %d of %d did not come", i+1, len(ids))
		}
	}
	// A bench that was away for a day.
	late := x.place(1)
	x.pass(26 * time.Hour)
	x.pull(x.client())
	if _, ok := x.known[late]; !ok {
		x.Error("the order before a day's pause did not come")
	}
}

func (x *trial) gone() {
	x.place(1)
	s := x.client()
	if _, err := s.Fresh(x.Context(), "999999999"); !is[*shop.Gone](err) {
		x.Errorf("fresh of an order that is not there: %v (%T), want *shop.Gone", err, err)
	}
	if list, err := s.Shipped(x.Context(), "999999999"); err == nil && len(list) > 0 || err != nil && !is[*shop.Gone](err) {
		x.Errorf("shipments of an order that is not there: %v, %v (%T)", list, err, err)
	}
	_, err := s.Ship(x.Context(), shop.Shipment{Key: "p1", Order: "999999999", Number: "1", Tracking: "T1", Name: "DHL", Lines: []shop.Units{{Line: "1", SKU: sku(1), Qty: 1}}})
	if err == nil || !shop.NotDone(err) || !shop.Hopeless(err) {
		x.Errorf("a parcel of an order that is not there: %v (%T)", err, err)
	}
}

func is[E error](err error) bool {
	_, ok := as[E](err)
	return ok
}

func as[E error](err error) (E, bool) {
	var e E
	return e, errors.As(err, &e)
}

// questionFaults has each request of each question go wrong once in each way.
func (x *trial) questionFaults() {
	id := x.place(2, 1)
	sent := x.place(1)
	x.sim.SendElsewhere(sent, "ELSE-1")
	x.pass(5 * time.Minute)
	questions := map[string]func(*trial, shop.Shop){
		"changed": func(x *trial, s shop.Shop) {
			x.cursor, x.known = "", map[string]shop.Order{}
			x.pull(s)
			if _, ok := x.known[id]; !ok {
				x.Error("the order did not come")
			}
		},
		"fresh": func(x *trial, s shop.Shop) {
			if got := units(x.fresh(s, id)); got[sku(1)] != 2 || got[sku(2)] != 1 {
				x.Errorf("%v to pack", got)
			}
		},
		"shipped": func(x *trial, s shop.Shop) {
			if got := x.shipped(s, sent); len(got) != 1 || got[0].Tracking != "ELSE-1" {
				x.Errorf("shipped: %v", got)
			}
		},
	}
	for name, do := range questions {
		x.faults(name, func(x *trial) func() {
			s := x.client()
			return func() { do(x, s) }
		})
	}
}

// faults has each request of what an action asks go wrong in each way, for a new
// action each time.
func (x *trial) faults(name string, prepare func(*trial) func()) {
	parent := x.T
	defer func() { x.T = parent }()
	x.each(nil)
	do := prepare(x)
	x.each(nil)
	do()
	calls := x.requests()
	if calls == 0 {
		x.Fatalf("%s asks nothing", name)
	}
	for i, fault := range shopsim.AllFaults {
		for call := 1; call <= calls; call++ {
			if testing.Short() && (i+call)%12 != 0 {
				continue // each fault of some requests, each request with some faults
			}
			parent.Run(fmt.Sprintf("%s, %s of request %d", name, fault, call), func(t *testing.T) {
				x.T = t
				do := prepare(x)
				x.each(func(n int) {
					if n == call {
						x.sim.Faults().Next("", fault)
					}
				})
				do()
				x.each(nil)
				x.sim.Faults().Heal()
			})
		}
	}
}
