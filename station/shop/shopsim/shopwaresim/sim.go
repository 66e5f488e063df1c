// Package shopwaresim is a Shopware 6 shop with its Admin API, for tests and the demo:
// three state machines that refuse what is no way, tracking codes that are replaced as
// a whole, changes of deliveries that do not move their order's own time, a token that
// is over after minutes. It must not know who asks, nor share code with a client.
//
//	sim := shopwaresim.New(shopsim.Options{Clock: clock})
//	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 2, Minor: 1250}}})
//
// What it does was read in Shopware's documentation and source, not tried with a shop.
package shopwaresim

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

// The keys of the shop, which is nowhere.
const (
	key    = "SWIASIMULATED"
	secret = "simulated-secret"
)

// life is how long a token is good.
const life = 10 * time.Minute

// Sim is a simulated Shopware shop.
type Sim struct {
	o      shopsim.Options
	faults shopsim.Faults

	mu        sync.Mutex
	tokens    map[string]time.Time // → until
	forbidden map[string]bool
	orders    []*order
	ids       int
	mails     int
	stock     map[string]int
}

var _ shopsim.Backend = (*Sim)(nil)

type order struct {
	id, number           string
	counter              int
	created, updated     time.Time
	to                   shopsim.Address
	service, note        string
	lines                []*line
	state, before        string
	payment              string
	paymentID            string
	paymentUpdated       time.Time
	delivery, deliveryID string
	deliveryUpdated      time.Time
	codes                []string
	left                 map[string]int // units when it left
	was                  []version
}

type version struct {
	at   time.Time
	show map[string]any
}

type line struct {
	id, sku, name string
	qty           int
	minor         int64
	virtual       bool
}

// New returns a shop without orders.
func New(o shopsim.Options) *Sim {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Currency == "" {
		o.Currency = "EUR"
	}
	return &Sim{o: o, tokens: map[string]time.Time{}, forbidden: map[string]bool{}, stock: map[string]int{}}
}

// ServeHTTP answers the interface, or as the fault says whose turn it is.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.serve))
}

// Faults of the connection.
func (s *Sim) Faults() *shopsim.Faults { return &s.faults }

// Secret is the access key and the secret of an integration.
func (s *Sim) Secret() string { return key + "\n" + secret }

// Set is what a client has to be told: nothing.
func (s *Sim) Set() map[string]string { return nil }

// Forbid takes a right from the key.
func (s *Sim) Forbid(right string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forbidden[right] = true
}

// Mails is how many mails went to customers about shipments.
func (s *Sim) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Stock returns how many of a product are there; nothing here changes it.
func (s *Sim) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stock[sku]
}

// SetStock is a change by others.
func (s *Sim) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stock[sku] = n
}

func (s *Sim) newID() string {
	s.ids++
	return fmt.Sprintf("%032x", s.ids)
}

// Place takes a new order.
func (s *Sim) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Clock()
	o := &order{
		id: s.newID(), counter: len(s.orders) + 1, number: in.Number, created: now, to: in.To, service: in.Service, note: in.Note,
		state: "open", payment: "paid", paymentID: s.newID(), delivery: "open", deliveryID: s.newID(),
	}
	if o.number == "" {
		o.number = fmt.Sprint(10_000 + o.counter)
	}
	if in.Unpaid {
		o.payment = "open"
	}
	for _, l := range in.Lines {
		o.lines = append(o.lines, &line{id: s.newID(), sku: l.SKU, name: l.Name, qty: l.Qty, minor: l.Minor, virtual: l.Virtual})
	}
	s.orders = append(s.orders, o)
	s.changed(o)
	return o.id
}

// with runs f for an order whose goods have not left.
func (s *Sim) with(id string, f func(o *order, now time.Time)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.orders {
		if o.id == id && o.state != "cancelled" && o.state != "completed" && o.delivery == "open" {
			f(o, s.o.Clock())
			s.changed(o)
		}
	}
}

// changed keeps what lists show of an order from a while on.
func (s *Sim) changed(o *order) {
	if s.o.Lag > 0 {
		o.was = append(o.was, version{s.o.Clock(), s.show(o)})
		for len(o.was) > 1 && !o.was[1].at.After(s.o.Clock().Add(-s.o.Lag)) {
			o.was = o.was[1:]
		}
	}
}

func (s *Sim) listed(o *order) map[string]any {
	if s.o.Lag <= 0 {
		return s.show(o)
	}
	var out map[string]any
	for _, v := range o.was {
		if !v.at.After(s.o.Clock().Add(-s.o.Lag)) {
			out = v.show
		}
	}
	return out
}

// Cancel cancels an order that has not left.
func (s *Sim) Cancel(id string) {
	s.with(id, func(o *order, now time.Time) {
		o.state, o.delivery, o.updated, o.deliveryUpdated = "cancelled", "cancelled", now, now
	})
}

// Hold gives an order a state that is the shop's own.
func (s *Sim) Hold(id, _ string) {
	s.with(id, func(o *order, now time.Time) {
		if o.state != "to_be_clarified" {
			o.before, o.state, o.updated = o.state, "to_be_clarified", now
		}
	})
}

// Release lets it go on.
func (s *Sim) Release(id string) {
	s.with(id, func(o *order, now time.Time) {
		if o.state == "to_be_clarified" {
			o.state, o.updated = o.before, now
		}
	})
}

// Change sets how many of a line the customer wants now.
func (s *Sim) Change(id string, line, qty int) {
	s.with(id, func(o *order, now time.Time) {
		o.lines[line].qty, o.updated = qty, now
		o.empty(now)
	})
}

// Refund pays back units of a line: they are taken out of the order, because Shopware
// has no refund by line.
func (s *Sim) Refund(id string, line, qty int) {
	s.with(id, func(o *order, now time.Time) {
		o.lines[line].qty, o.updated = max(o.lines[line].qty-qty, 0), now
		o.empty(now)
	})
}

// empty ends an order that nothing is left of.
func (o *order) empty(now time.Time) {
	for _, l := range o.lines {
		if l.qty > 0 && !l.virtual {
			return
		}
	}
	o.payment, o.paymentUpdated = "refunded", now
}

// Pay moves the payment alone: the order's own time stays.
func (s *Sim) Pay(id, state string) {
	s.with(id, func(o *order, now time.Time) { o.payment, o.paymentUpdated = state, now })
}

// SendElsewhere ships an order by somebody else's hand: the order's own time stays.
func (s *Sim) SendElsewhere(id, tracking string) {
	s.with(id, func(o *order, now time.Time) {
		if o.state == "to_be_clarified" || o.payment == "refunded" {
			return
		}
		o.codes = []string{tracking}
		o.leave(now)
	})
}

func (o *order) leave(now time.Time) {
	o.delivery, o.deliveryUpdated, o.left = "shipped", now, map[string]int{}
	for _, l := range o.lines {
		if !l.virtual && l.qty > 0 {
			o.left[l.sku] += l.qty
		}
	}
}

// Parcels are the shipments of an order, one for each tracking code.
func (s *Sim) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []shopsim.Parcel
	for _, o := range s.orders {
		if o.id != id || o.delivery != "shipped" {
			continue
		}
		for _, code := range o.codes {
			out = append(out, shopsim.Parcel{Tracking: code, Units: o.left})
		}
		if len(o.codes) == 0 {
			out = append(out, shopsim.Parcel{Units: o.left})
		}
	}
	return out
}
