// Package shipstationsim is a simulated account of ShipStation, interface v1. It keeps
// orders, fulfilments, labels and products, and does what the real one is known or
// said to do where that is awkward:
//
//   - its times are those of the US West Coast without a zone;
//   - a list shows an order at the place of its last change, so pages shift while they
//     are read, and shows changes late;
//   - marking an order as shipped twice makes two fulfilments, and mails twice; held
//     and unpaid orders may be marked as well;
//   - of more than 40 requests a minute the rest is refused with 429 and the headers
//     X-Rate-Limit-*;
//   - the sales channel is told some seconds later, or never;
//   - discounts are lines.
//
// It must share no code with the client that asks it.
//
// Sources: docs.shipstation.com/apis/shipstation-v1 and, for the forms of the answers,
// the tests of agritheory/shipstation-client. What is not written there is from people
// who use the interface: that a second mark is another fulfilment.
package shipstationsim

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"
	_ "time/tzdata" // where the computer has none

	"packbench/station/shop/shopsim"
)

// Shop is the account.
type Shop struct {
	// PageMost is how long a page may be, Limit how many requests are answered in a
	// minute.
	PageMost, Limit int
	Mute            bool // nothing is said of the requests that are left

	mu       sync.Mutex
	o        shopsim.Options
	faults   shopsim.Faults
	next     int64
	orders   map[int64]*order
	products map[string]*product
	parcels  []*parcel
	stock    map[string]int
	mails    int
	refusal  string // of the sales channel
	window   time.Time
	asked    int
}

type order struct {
	id                  int64
	number, key, status string
	created, modified   time.Time
	lines               []line
	to                  shopsim.Address
	service, note       string
	holdUntil           string
	shipDate            string
	gone                bool // it went into another
	parent              int64
	merged              []int64
	elsewhereBy         string  // the sales channel says that it was sent by somebody
	old                 []order // as it was before, the first change first
}

type line struct {
	id int64
	shopsim.Line
}

type product struct {
	id       int64
	modified time.Time
	shopsim.Line
}

type parcel struct {
	id               int64
	label            bool // a label that was bought here, else a fulfilment
	order            int64
	tracking         string
	carrier, day     string
	made             time.Time
	notify           bool
	refusal          string
	voided, isReturn bool
	lines            []line
}

// New returns an account without orders.
func New(o shopsim.Options) *Shop {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Shop{
		PageMost: 500, Limit: 40, o: o, next: 1000,
		orders: map[int64]*order{}, products: map[string]*product{}, stock: map[string]int{},
	}
}

// Secret is key and secret, as the settings take them.
func (s *Shop) Secret() string { return "sim-key:sim-secret" }

// Set is what the client has to be told besides.
func (s *Shop) Set() map[string]string {
	return map[string]string{"currency": cmp.Or(s.o.Currency, "EUR")}
}

// Faults of the connection.
func (s *Shop) Faults() *shopsim.Faults { return &s.faults }

func (s *Shop) id() int64 {
	s.next++
	return s.next
}

// Place takes an order.
func (s *Shop) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.id()
	now := s.o.Clock()
	o := &order{
		id: id, number: cmp.Or(in.Number, fmt.Sprint(7000+id)), key: fmt.Sprintf("key-%d", id),
		status: "awaiting_shipment", created: now, modified: now, to: in.To, service: in.Service, note: in.Note,
	}
	if in.Unpaid {
		o.status = "awaiting_payment"
	}
	for _, l := range in.Lines {
		if s.products[l.SKU] == nil {
			s.products[l.SKU] = &product{id: s.id(), modified: now, Line: l}
		}
		if !l.Virtual {
			o.lines = append(o.lines, line{s.id(), l})
		}
	}
	s.orders[id] = o
	return strconv.FormatInt(id, 10)
}

// change does something to an order that is there.
func (s *Shop) change(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.ParseInt(id, 10, 64)
	if o := s.orders[n]; o != nil && !o.gone {
		s.touch(o, do)
	}
}

// touch keeps what an order was, for lists that lag.
func (s *Shop) touch(o *order, do func(o *order)) {
	before := *o
	before.old = nil
	before.lines = slices.Clone(o.lines)
	o.lines = slices.Clone(o.lines)
	do(o)
	o.old = append(o.old, before)
	o.modified = s.o.Clock()
}

func (o *order) closed() bool { return o.status == "shipped" || o.status == "cancelled" }

// Cancel cancels an order that has not left.
func (s *Shop) Cancel(id string) {
	s.change(id, func(o *order) {
		if !o.closed() {
			o.status = "cancelled"
		}
	})
}

// Hold stops an order. ShipStation keeps a day for it, not a reason.
func (s *Shop) Hold(id, _ string) {
	s.change(id, func(o *order) {
		if o.status == "awaiting_shipment" {
			o.status, o.holdUntil = "on_hold", s.o.Clock().In(pacific).AddDate(0, 0, 7).Format("2006-01-02")
		}
	})
}

// Release lets an order go on.
func (s *Shop) Release(id string) {
	s.change(id, func(o *order) {
		if o.status == "on_hold" {
			o.status, o.holdUntil = "awaiting_shipment", ""
		}
	})
}

// Change sets how many of a line are wanted.
func (s *Shop) Change(id string, n, qty int) {
	s.change(id, func(o *order) {
		if n < len(o.lines) && !o.closed() {
			o.lines[n].Qty = qty
		}
	})
}

// Refund takes units out, and the order where nothing is left of it.
func (s *Shop) Refund(id string, n, qty int) {
	s.change(id, func(o *order) {
		if n >= len(o.lines) || o.closed() {
			return
		}
		o.lines[n].Qty = max(o.lines[n].Qty-qty, 0)
		if !slices.ContainsFunc(o.lines, func(l line) bool { return l.Qty > 0 }) {
			o.status = "cancelled"
		}
	})
}

// SendElsewhere has somebody buy a label in ShipStation.
func (s *Shop) SendElsewhere(id, tracking string) {
	s.change(id, func(o *order) {
		if o.closed() {
			return
		}
		o.status, o.shipDate = "shipped", s.today()
		s.parcels = append(s.parcels, &parcel{id: s.id(), label: true, order: o.id, tracking: tracking, carrier: "ups", day: s.today(), made: s.o.Clock(), notify: true, lines: o.lines})
	})
}

// Parcels are the shipments of an order that stand.
func (s *Shop) Parcels(id string) (out []shopsim.Parcel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.parcels {
		if strconv.FormatInt(p.order, 10) != id || p.voided || p.isReturn {
			continue
		}
		units := map[string]int{}
		for _, l := range p.lines {
			if l.Qty > 0 {
				units[l.SKU] += l.Qty
			}
		}
		out = append(out, shopsim.Parcel{Tracking: p.tracking, Units: units})
	}
	return out
}

// Void takes a parcel back in ShipStation, and its order is open again.
func (s *Shop) Void(id, tracking string) {
	s.change(id, func(o *order) {
		for _, p := range s.parcels {
			if p.order == o.id && p.tracking == tracking {
				p.voided, o.status = true, "awaiting_shipment"
			}
		}
	})
}

// ReturnLabel buys a label for the way back.
func (s *Shop) ReturnLabel(id, tracking string) {
	s.change(id, func(o *order) {
		s.parcels = append(s.parcels, &parcel{id: s.id(), label: true, isReturn: true, order: o.id, tracking: tracking, carrier: "ups", day: s.today(), made: s.o.Clock()})
	})
}

// Merge makes one order of several: a new one, and the others are gone.
func (s *Shop) Merge(ids ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Clock()
	var whole *order
	for _, id := range ids {
		n, _ := strconv.ParseInt(id, 10, 64)
		o := s.orders[n]
		if o == nil || o.closed() {
			continue
		}
		if whole == nil {
			c := *o
			c.id, c.key, c.created, c.modified, c.old, c.lines = s.id(), o.key+"-merged", now, now, nil, nil
			whole = &c
		}
		whole.lines = append(whole.lines, o.lines...)
		whole.merged = append(whole.merged, o.id)
		o.gone = true
	}
	s.orders[whole.id] = whole
	return strconv.FormatInt(whole.id, 10)
}

// Split moves units of a line into an order of their own.
func (s *Shop) Split(id string, n, qty int) string {
	var part order
	s.change(id, func(o *order) {
		part = *o
		part.id, part.old, part.parent, part.created, part.modified = s.id(), nil, o.id, s.o.Clock(), s.o.Clock()
		moved := o.lines[n]
		moved.id, moved.Qty = s.id(), qty
		part.lines = []line{moved}
		o.lines[n].Qty -= qty
		s.orders[part.id] = &part
	})
	return strconv.FormatInt(part.id, 10)
}

// Spoil writes something into an order that no order should have.
func (s *Shop) Spoil(id string, n int, sku string, qty int) {
	s.change(id, func(o *order) { o.lines[n].SKU, o.lines[n].Qty = sku, qty })
}

// Mails is how many mails went to customers.
func (s *Shop) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// ChannelRefuses has the sales channel answer every notice with an error from now on;
// "" ends it.
func (s *Shop) ChannelRefuses(say string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusal = say
}

// Stock returns how many there are: v1 has no way to ask.
func (s *Shop) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stock[sku]
}

// SetStock is a change by others.
func (s *Shop) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stock[sku] = n
}

// at is an order as lists show it: nil where they do not know it yet.
func (o *order) at(t time.Time) *order {
	if o.created.After(t) {
		return nil
	}
	now := o
	for i := len(o.old) - 1; i >= 0 && now.modified.After(t); i-- {
		now = &o.old[i]
	}
	return now
}

func (s *Shop) sorted() []*order {
	return slices.SortedFunc(maps.Values(s.orders), func(a, b *order) int { return cmp.Compare(a.id, b.id) })
}
