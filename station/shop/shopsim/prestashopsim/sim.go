// Package prestashopsim is a PrestaShop with its webservice, for tests and the demo:
// times of its own clock without a zone, entries of the history that are appended and
// mail again, carriers of orders that are replaced as a whole, an empty list in place of
// nothing. It must not know who asks, nor share code with a client.
//
//	sim := prestashopsim.New(shopsim.Options{Clock: clock})
//	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 2, Minor: 1250}}})
//
// What it does was read in PrestaShop's documentation, not tried with a shop.
package prestashopsim

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

// key opens the webservice of a shop that is nowhere.
const key = "SIMULATEDWEBSERVICEKEY"

// zone is how far the shop's clock is ahead of UTC.
const zone = time.Hour

// The states that orders may have, as a new shop has them, and one of the shop's own.
const (
	waiting   = 1
	paid      = 2
	shipped   = 4
	delivered = 5
	cancelled = 6
	refunded  = 7
	clarified = 15
)

type state struct {
	name          string
	paid, shipped bool
}

var states = map[int]state{
	waiting: {"Awaiting check payment", false, false}, paid: {"Payment accepted", true, false}, 3: {"Processing in progress", true, false},
	shipped: {"Shipped", true, true}, delivered: {"Delivered", true, true}, cancelled: {"Canceled", false, false},
	refunded: {"Refunded", false, false}, clarified: {"To be clarified", false, false},
}

// Sim is a simulated PrestaShop.
type Sim struct {
	o      shopsim.Options
	faults shopsim.Faults

	mu        sync.Mutex
	forbidden map[string]bool
	orders    []*order
	lines     int
	mails     int
	stock     map[string]int
	places    []string // ISO codes of countries, by id from 1
}

var _ shopsim.Backend = (*Sim)(nil)

type order struct {
	id             int
	reference      string
	added, updated time.Time
	to             shopsim.Address
	service        string
	lines          []*line
	state, before  int
	history        []int
	tracking       string
	weight         string
	left           map[string]int
}

type line struct {
	id            int
	sku, name     string
	qty, refunded int
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
	return &Sim{o: o, forbidden: map[string]bool{}, stock: map[string]int{}}
}

// ServeHTTP answers the webservice, or as the fault says whose turn it is.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.serve))
}

// Faults of the connection.
func (s *Sim) Faults() *shopsim.Faults { return &s.faults }

// Secret is the key of the webservice.
func (s *Sim) Secret() string { return key }

// Set is what a client has to be told: nothing.
func (s *Sim) Set() map[string]string { return nil }

// Forbid takes from the key what it may do with a resource: "GET orders".
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

func (s *Sim) local() time.Time { return s.o.Clock().UTC().Add(zone) }

// Place takes a new order.
func (s *Sim) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := &order{
		id: len(s.orders) + 1, reference: in.Number, added: s.local(), to: in.To, service: in.Service, state: paid, weight: "0.600000",
	}
	if o.reference == "" {
		o.reference = fmt.Sprintf("PSREF%04d", o.id)
	}
	if in.Unpaid {
		o.state = waiting
	}
	o.history = []int{o.state}
	for _, l := range in.Lines {
		s.lines++
		o.lines = append(o.lines, &line{id: s.lines, sku: l.SKU, name: l.Name, qty: l.Qty, minor: l.Minor, virtual: l.Virtual})
	}
	o.updated = o.added
	s.orders = append(s.orders, o)
	return strconv.Itoa(o.id)
}

// with runs f for an order that has not left or ended.
func (s *Sim) with(id string, f func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.Atoi(id) // none is 0, which no order has
	if o := s.order(n); o != nil && !states[o.state].shipped && o.state != cancelled && o.state != refunded {
		f(o)
		o.updated = s.local()
	}
}

func (s *Sim) order(id int) *order {
	if id < 1 || id > len(s.orders) {
		return nil
	}
	return s.orders[id-1]
}

// become gives an order a state, whatever it had.
func (o *order) become(state int) {
	o.state, o.history = state, append(o.history, state)
	if states[state].shipped && o.left == nil {
		o.left = map[string]int{}
		for _, l := range o.lines {
			if n := l.qty - l.refunded; n > 0 && !l.virtual {
				o.left[l.sku] += n
			}
		}
	}
}

// Cancel cancels an order that has not left.
func (s *Sim) Cancel(id string) { s.with(id, func(o *order) { o.become(cancelled) }) }

// Hold gives an order a state of the shop's own.
func (s *Sim) Hold(id, _ string) {
	s.with(id, func(o *order) {
		if o.state != clarified {
			o.before = o.state
			o.become(clarified)
		}
	})
}

// Release lets it go on.
func (s *Sim) Release(id string) {
	s.with(id, func(o *order) {
		if o.state == clarified {
			o.become(o.before)
		}
	})
}

// Change sets how many of a line the customer wants now; 0 takes the line out.
func (s *Sim) Change(id string, line, qty int) {
	s.with(id, func(o *order) {
		o.lines[line].qty = qty + o.lines[line].refunded
		o.empty(cancelled)
	})
}

// Refund pays back units of a line that have not left.
func (s *Sim) Refund(id string, line, qty int) {
	s.with(id, func(o *order) {
		l := o.lines[line]
		l.refunded += min(qty, l.qty-l.refunded)
		o.empty(refunded)
	})
}

// empty ends an order that nothing is left of.
func (o *order) empty(end int) {
	for _, l := range o.lines {
		if l.qty > l.refunded && !l.virtual {
			return
		}
	}
	o.become(end)
}

// SendElsewhere ships an order by somebody else's hand.
func (s *Sim) SendElsewhere(id, tracking string) {
	s.with(id, func(o *order) {
		if states[o.state].paid {
			o.tracking = tracking
			o.become(shipped)
		}
	})
}

// Parcels are the shipments of an order: one, once its state says so.
func (s *Sim) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.Atoi(id)
	o := s.order(n)
	if o == nil || !states[o.state].shipped {
		return nil
	}
	var out []shopsim.Parcel
	for _, state := range o.history {
		if state == shipped { // each entry of the history is a sending
			out = append(out, shopsim.Parcel{Tracking: o.tracking, Units: o.left})
		}
	}
	return out
}

// History is the states that an order had, the first first.
func (s *Sim) History(id string) []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.Atoi(id)
	if o := s.order(n); o != nil {
		return append([]int(nil), o.history...)
	}
	return nil
}

// Weight is what the order's carrier was said to weigh: it is emptied by who leaves it out.
func (s *Sim) Weight(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.Atoi(id)
	if o := s.order(n); o != nil {
		return o.weight
	}
	return ""
}
