// Package veeqosim is a simulated account of Veeqo. It keeps orders with their
// allocations, shipments and stock, and answers as the documents of the interface say:
// pages of twelve unless more are asked for, totals in headers, a shipment of an
// allocation that has one refused, stock that is set and never compared. The lists lag
// behind, and may be sorted by the time of change, so that their pages shift.
//
// What the documents leave open is decided so: deleting a shipment opens its order
// again, and what the customer changes is allocated at once.
//
// It must share no code with the client that asks it.
package veeqosim

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

const warehouse = 22668

// Shop is the account.
type Shop struct {
	PageMost int  // orders of a page, whatever is asked
	ByChange bool // lists are sorted by the time of change, the oldest first

	mu     sync.Mutex
	o      shopsim.Options
	faults shopsim.Faults
	next   int64
	orders map[int64]*order
	goods  map[string]*goods
	mails  int
	told   int // channels
}

type order struct {
	id                int64
	number, status    string
	created, modified time.Time
	to                shopsim.Address
	service, note     string
	lines             []*line
	allocations       []*allocation
	old               []past
}

// past is what lists show of an order before a change.
type past struct {
	until time.Time
	form  map[string]any
}

type line struct {
	id int64
	shopsim.Line
}

type allocation struct {
	id       int64
	lines    []*line
	shipment *shipment
}

type shipment struct {
	id       int64
	tracking string
	carrier  int
	made     time.Time
}

type goods struct {
	product, sellable int64
	modified          time.Time
	physical          int
	shopsim.Line
}

// New returns an account without orders.
func New(o shopsim.Options) *Shop {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Shop{PageMost: 100, o: o, next: 11_000_000, orders: map[int64]*order{}, goods: map[string]*goods{}}
}

// Secret is the key.
func (s *Shop) Secret() string { return "sim-veeqo-key" }

// Set is what the client has to be told besides.
func (s *Shop) Set() map[string]string { return nil }

// Faults of the connection.
func (s *Shop) Faults() *shopsim.Faults { return &s.faults }

func (s *Shop) id() int64 {
	s.next++
	return s.next
}

// Place takes an order and allocates all of it.
func (s *Shop) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, id := s.o.Clock(), s.id()
	o := &order{id: id, number: cmp.Or(in.Number, fmt.Sprintf("P-%d", id)), status: "awaiting_fulfillment", created: now, modified: now, to: in.To, service: in.Service, note: in.Note}
	if in.Unpaid {
		o.status = "awaiting_payment"
	}
	a := &allocation{id: s.id()}
	for _, l := range in.Lines {
		if s.goods[l.SKU] == nil {
			s.goods[l.SKU] = &goods{product: s.id(), sellable: s.id(), modified: now, Line: l}
		}
		if l.Virtual {
			continue
		}
		o.lines = append(o.lines, &line{s.id(), l})
		a.lines = append(a.lines, &line{s.id(), l})
	}
	o.allocations = []*allocation{a}
	s.orders[id] = o
	return strconv.FormatInt(id, 10)
}

// change does something to an order that has not left and is not cancelled.
func (s *Shop) change(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.ParseInt(id, 10, 64)
	o := s.orders[n]
	if o == nil || o.status == "shipped" || o.status == "cancelled" || o.status == "refunded" {
		return
	}
	s.touch(o, func() { do(o) })
}

// touch keeps what lists showed of an order for as long as they lag behind.
func (s *Shop) touch(o *order, do func()) {
	now := s.o.Clock()
	o.old = slices.DeleteFunc(o.old, func(p past) bool { return now.Sub(p.until) > s.o.Lag })
	o.old = append(o.old, past{now, s.form(o)})
	do()
	o.modified = now
}

// Cancel cancels an order.
func (s *Shop) Cancel(id string) { s.change(id, func(o *order) { o.status = "cancelled" }) }

// Hold stops an order.
func (s *Shop) Hold(id, _ string) { s.change(id, func(o *order) { o.status = "on_hold" }) }

// Release lets it go on.
func (s *Shop) Release(id string) {
	s.change(id, func(o *order) {
		if o.status == "on_hold" {
			o.status = "awaiting_fulfillment"
		}
	})
}

// Change sets how many of a line are wanted, and allocates them.
func (s *Shop) Change(id string, n, qty int) {
	s.change(id, func(o *order) {
		o.lines[n].Qty = qty
		for _, a := range o.allocations {
			if a.shipment == nil && n < len(a.lines) {
				a.lines[n].Qty = qty
			}
		}
	})
}

// Refund takes units out; an order of which nothing is left is refunded.
func (s *Shop) Refund(id string, n, qty int) {
	s.change(id, func(o *order) {
		o.lines[n].Qty = max(o.lines[n].Qty-qty, 0)
		for _, a := range o.allocations {
			if a.shipment == nil && n < len(a.lines) {
				a.lines[n].Qty = o.lines[n].Qty
			}
		}
		if !slices.ContainsFunc(o.lines, func(l *line) bool { return l.Qty > 0 }) {
			o.status = "refunded"
		}
	})
}

// SendElsewhere has somebody ship what waits.
func (s *Shop) SendElsewhere(id, tracking string) {
	s.change(id, func(o *order) {
		for _, a := range o.allocations {
			if a.shipment == nil {
				s.send(o, a, tracking, 3)
			}
		}
	})
}

// send ships an allocation, and the order where it was the last.
func (s *Shop) send(o *order, a *allocation, tracking string, carrier int) {
	a.shipment = &shipment{id: s.id(), tracking: tracking, carrier: carrier, made: s.o.Clock()}
	if !slices.ContainsFunc(o.allocations, func(a *allocation) bool { return a.shipment == nil }) {
		o.status = "shipped"
	}
	for _, l := range a.lines {
		if g := s.goods[l.SKU]; g != nil {
			g.physical -= l.Qty
		}
	}
}

// Unallocate takes units of a line out of what is allocated.
func (s *Shop) Unallocate(id string, n, qty int) {
	s.change(id, func(o *order) { o.allocations[0].lines[n].Qty -= qty })
}

// SplitOff makes an allocation of its own of a line.
func (s *Shop) SplitOff(id string, n int) {
	s.change(id, func(o *order) {
		a := o.allocations[0]
		o.allocations = append(o.allocations, &allocation{id: s.id(), lines: []*line{a.lines[n]}})
		a.lines = slices.Delete(slices.Clone(a.lines), n, n+1)
	})
}

// Parcels are the shipments of an order.
func (s *Shop) Parcels(id string) (out []shopsim.Parcel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.ParseInt(id, 10, 64)
	o := s.orders[n]
	if o == nil {
		return nil
	}
	for _, a := range o.allocations {
		if a.shipment == nil {
			continue
		}
		units := map[string]int{}
		for _, l := range a.lines {
			if l.Qty > 0 {
				units[l.SKU] += l.Qty
			}
		}
		out = append(out, shopsim.Parcel{Tracking: a.shipment.tracking, Units: units})
	}
	return out
}

// Mails is how many mails went to customers, Told how often a channel was told.
func (s *Shop) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Told is how often a sales channel was told of a shipment.
func (s *Shop) Told() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.told
}

// Stock is how many there are.
func (s *Shop) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.goods[sku]; g != nil {
		return g.physical
	}
	return 0
}

// SetStock is a change by others.
func (s *Shop) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g := s.goods[sku]; g != nil {
		g.physical, g.modified = n, s.o.Clock()
	}
}

func (s *Shop) sorted() []*order {
	return slices.SortedFunc(maps.Values(s.orders), func(a, b *order) int { return cmp.Compare(b.id, a.id) })
}
