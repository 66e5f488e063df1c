// Package billbeesim is a simulated Billbee account, interface version 1: answers in an
// envelope, errors with status 200, lists with the newest first, no units of shipments,
// and another entry for each shipment that is sent.
//
// It must not know the client that is tried on it, nor share code with it.
package billbeesim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

// What the account knows its user by.
const (
	apiKey   = "SIM-DEVELOPER-KEY"
	user     = "me@shop.example"
	password = "pass:word"
)

// The states, by their numbers.
const (
	confirmed = 2
	paid      = 3
	shipped   = 4
	complaint = 5
	cancelled = 8
)

// Account is one.
type Account struct {
	opt     shopsim.Options
	perPage int
	faults  shopsim.Faults
	places  http.Handler

	mu     sync.Mutex
	last   int64
	orders []*order
	stock  map[string]int
	mails  int
	error  string // the next answer is an error with status 200
	mute   bool   // the last change was answered without a word
}

type order struct {
	id               int64
	number           string
	state            int
	created, changed time.Time
	to               shopsim.Address
	service, note    string
	lines            []*line
	sent             []*sent
	tags             []string
	past             []past
}

type past struct {
	at    time.Time
	state int
}

type line struct {
	id  int64
	of  shopsim.Line
	qty int
}

type sent struct {
	id                int64
	at                time.Time
	tracking, comment string
}

// New returns an account without orders, whose pages have at most so many rows; 0 is
// 250.
func New(opt shopsim.Options, perPage int) *Account {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if opt.Currency == "" {
		opt.Currency = "EUR"
	}
	if perPage == 0 {
		perPage = 250
	}
	s := &Account{opt: opt, perPage: perPage, last: 100_000_000_000, stock: map[string]int{}}
	s.places = s.routes()
	return s
}

func (s *Account) now() time.Time { return s.opt.Clock().UTC().Truncate(time.Second) }
func (s *Account) next() int64    { s.last++; return s.last }

// Secret is key, user and password.
func (s *Account) Secret() string { return apiKey + ":" + user + ":" + password }

// Set is empty.
func (s *Account) Set() map[string]string { return nil }

// Faults of the connection.
func (s *Account) Faults() *shopsim.Faults { return &s.faults }

// FailInside has the next answer be an error with status 200.
func (s *Account) FailInside(say string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.error = say
}

// Mails is how many went out: one whenever an order is set to shipped.
func (s *Account) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Place takes an order of a marketplace.
func (s *Account) Place(o shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := &order{id: s.next(), number: o.Number, state: paid, created: s.now(), changed: s.now(), to: o.To, service: o.Service, note: o.Note}
	if n.number == "" {
		n.number = "R" + strconv.FormatInt(n.id, 10)
	}
	if o.Unpaid {
		n.state = confirmed
	}
	for _, l := range o.Lines {
		n.lines = append(n.lines, &line{id: s.next(), of: l, qty: l.Qty})
	}
	s.orders = append(s.orders, n)
	return strconv.FormatInt(n.id, 10)
}

func (s *Account) find(id string) *order {
	i := slices.IndexFunc(s.orders, func(o *order) bool { return strconv.FormatInt(o.id, 10) == id })
	if i < 0 {
		return nil
	}
	return s.orders[i]
}

func (s *Account) touch(o *order) {
	o.past = append(o.past, past{o.changed, o.state})
	o.changed = s.now()
}

func (s *Account) alter(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		s.touch(o)
		do(o)
	}
}

// Cancel cancels an order that is not shipped.
func (s *Account) Cancel(id string) {
	s.alter(id, func(o *order) {
		if o.state != shipped {
			o.state = cancelled
		}
	})
}

// Delete removes an order for good.
func (s *Account) Delete(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders = slices.DeleteFunc(s.orders, func(o *order) bool { return strconv.FormatInt(o.id, 10) == id })
}

// Hold notes a complaint; the account keeps no reason.
func (s *Account) Hold(id, _ string) {
	s.alter(id, func(o *order) {
		if o.state == paid {
			o.state = complaint
		}
	})
}

// Release lets it go on.
func (s *Account) Release(id string) {
	s.alter(id, func(o *order) {
		if o.state == complaint || o.state == confirmed {
			o.state = paid
		}
	})
}

// Change sets how many of a line are wanted.
func (s *Account) Change(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n < len(o.lines) && o.state != shipped && o.state != cancelled {
			o.lines[n].qty = qty
		}
	})
}

// Refund takes units out of the order: the account knows no other way.
func (s *Account) Refund(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n < len(o.lines) && o.state != shipped && o.state != cancelled {
			o.lines[n].qty = max(0, o.lines[n].qty-qty)
		}
	})
}

// SendElsewhere has somebody else send the order.
func (s *Account) SendElsewhere(id, tracking string) {
	s.alter(id, func(o *order) {
		if o.state == paid {
			o.sent = append(o.sent, &sent{id: s.next(), at: s.now(), tracking: tracking, comment: "DHL"})
			s.set(o, shipped)
		}
	})
}

// Label prints a label without sending anything, which is in the list of shipments too.
func (s *Account) Label(id, tracking string) {
	s.alter(id, func(o *order) { o.sent = append(o.sent, &sent{id: s.next(), at: s.now(), tracking: tracking}) })
}

func (s *Account) set(o *order, state int) {
	if o.state != shipped && state == shipped {
		s.mails++
	}
	o.state = state
}

// State is the number of an order's state.
func (s *Account) State(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		return o.state
	}
	return 0
}

// Parcels are the shipments of an order. The account keeps no units: a shipment is the
// whole order.
func (s *Account) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	if o == nil {
		return nil
	}
	var out []shopsim.Parcel
	for _, p := range o.sent {
		units := map[string]int{}
		for _, l := range o.lines {
			if l.qty > 0 && !l.of.Virtual {
				units[l.of.SKU] += l.qty
			}
		}
		out = append(out, shopsim.Parcel{Tracking: p.tracking, Units: units})
	}
	return out
}

// Stock is how many there are.
func (s *Account) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stock[sku]
}

// SetStock changes it.
func (s *Account) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stock[sku] = n
}

// house takes the number off a street: the account keeps it apart.
func house(street string) (name, number string) {
	i := strings.LastIndexByte(street, ' ')
	if i < 0 || !strings.ContainsAny(street[i:], "0123456789") {
		return street, ""
	}
	return street[:i], street[i+1:]
}
