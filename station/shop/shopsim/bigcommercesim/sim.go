// Package bigcommercesim is a simulated BigCommerce store: orders interface version 2,
// with its habits. A list that is empty is 204 and no body; each shipment that is sent
// is another one and another mail; the order's status moves when shipments are made,
// and stays when they are deleted.
//
// It must not know the client that is tried on it, nor share code with it.
package bigcommercesim

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

const token = "sim-token-of-the-store"

// The statuses, by their numbers.
const (
	pending     = 1
	shipped     = 2
	partly      = 3
	refunded    = 4
	cancelled   = 5
	unpaid      = 7
	fulfillment = 11
	verify      = 12
)

// Shop is a store.
type Shop struct {
	opt      shopsim.Options
	readOnly bool
	faults   shopsim.Faults
	places   http.Handler

	mu     sync.Mutex
	last   int64
	orders []*order
	stock  map[string]int
	mails  int
}

type order struct {
	id               int64
	status           int
	created, changed time.Time
	to               []shopsim.Address
	service, note    string
	lines            []*line
	sent             []*sent
	past             []past
}

type past struct {
	at     time.Time
	status int
}

type line struct {
	id, product   int64
	of            shopsim.Line
	qty, refunded int
}

type sent struct {
	id    int64
	at    time.Time
	words map[string]string
	units map[int64]int
}

// New returns a store without orders. With readOnly its token may only read.
func New(opt shopsim.Options, readOnly bool) *Shop {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if opt.Currency == "" {
		opt.Currency = "EUR"
	}
	s := &Shop{opt: opt, readOnly: readOnly, last: 100, stock: map[string]int{}}
	s.places = s.routes()
	return s
}

// Path is where the store's interface is on the server.
func Path() string { return "/stores/abc123" }

func (s *Shop) now() time.Time { return s.opt.Clock().UTC().Truncate(time.Second) }
func (s *Shop) next() int64    { s.last++; return s.last }

// Secret is the token.
func (s *Shop) Secret() string { return token }

// Set is empty.
func (s *Shop) Set() map[string]string { return nil }

// Faults of the connection.
func (s *Shop) Faults() *shopsim.Faults { return &s.faults }

// Mails is how many went out about shipments.
func (s *Shop) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Place takes an order. The store numbers it itself.
func (s *Shop) Place(o shopsim.Order) string { return s.PlaceTo(o) }

// PlaceTo takes an order that goes to further addresses too.
func (s *Shop) PlaceTo(o shopsim.Order, further ...shopsim.Address) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := &order{id: s.next(), status: fulfillment, created: s.now(), changed: s.now(), to: append([]shopsim.Address{o.To}, further...), service: o.Service, note: o.Note}
	if number, err := strconv.ParseInt(o.Number, 10, 64); err == nil {
		n.id = number
		s.last = max(s.last, number)
	}
	if o.Unpaid {
		n.status = unpaid
	}
	for _, l := range o.Lines {
		n.lines = append(n.lines, &line{id: s.next(), product: s.next(), of: l, qty: l.Qty})
	}
	s.orders = append(s.orders, n)
	slices.SortFunc(s.orders, func(a, b *order) int { return int(a.id - b.id) })
	return strconv.FormatInt(n.id, 10)
}

func (s *Shop) find(id string) *order {
	i := slices.IndexFunc(s.orders, func(o *order) bool { return strconv.FormatInt(o.id, 10) == id })
	if i < 0 {
		return nil
	}
	return s.orders[i]
}

// alter changes an order, if it is there.
func (s *Shop) alter(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		s.touch(o)
		do(o)
	}
}

func (s *Shop) touch(o *order) {
	o.past = append(o.past, past{o.changed, o.status})
	o.changed = s.now()
}

func (o *order) shipped(l *line) int {
	n := 0
	for _, p := range o.sent {
		n += p.units[l.id]
	}
	return n
}

func (o *order) left(l *line) int { return max(0, l.qty-l.refunded-o.shipped(l)) }

func (o *order) open() bool { return o.status == fulfillment || o.status == partly }

// Cancel cancels an order; of one that is partly sent the rest is paid back.
func (s *Shop) Cancel(id string) {
	s.alter(id, func(o *order) {
		switch {
		case o.status == shipped || o.status == refunded:
		case len(o.sent) > 0:
			for _, l := range o.lines {
				l.refunded += o.left(l)
			}
			o.status = shipped
		default:
			o.status = cancelled
		}
	})
}

// Hold has an order verified first; the store keeps no reason.
func (s *Shop) Hold(id, _ string) {
	s.alter(id, func(o *order) {
		if o.open() {
			o.status = verify
		}
	})
}

// Release lets it go on.
func (s *Shop) Release(id string) {
	s.alter(id, func(o *order) {
		if o.status == verify || o.status == unpaid || o.status == pending {
			o.status = fulfillment
			if len(o.sent) > 0 {
				o.status = partly
			}
		}
	})
}

// Change sets how many of a line are wanted.
func (s *Shop) Change(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n < len(o.lines) && o.status != shipped {
			o.lines[n].qty = qty
		}
	})
}

// Refund pays units back that have not left.
func (s *Shop) Refund(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n >= len(o.lines) || o.status == cancelled {
			return
		}
		o.lines[n].refunded += min(qty, o.left(o.lines[n]))
		all, back := 0, 0
		for _, l := range o.lines {
			all, back = all+l.qty, back+l.refunded
		}
		if back >= all {
			o.status = refunded
		}
	})
}

// SendElsewhere has somebody else send what remains.
func (s *Shop) SendElsewhere(id, tracking string) {
	s.alter(id, func(o *order) {
		units := map[int64]int{}
		for _, l := range o.lines {
			if n := o.left(l); n > 0 && !l.of.Virtual {
				units[l.id] = n
			}
		}
		if o.open() && len(units) > 0 {
			s.send(o, units, map[string]string{"tracking_number": tracking, "tracking_carrier": "dhl"})
		}
	})
}

// send makes a shipment and moves the order's status.
func (s *Shop) send(o *order, units map[int64]int, words map[string]string) *sent {
	p := &sent{id: s.next(), at: s.now(), units: units, words: words}
	o.sent = append(o.sent, p)
	s.mails++
	o.status = shipped
	for _, l := range o.lines {
		if o.left(l) > 0 && !l.of.Virtual {
			o.status = partly
		}
	}
	return p
}

// Parcels are the shipments of an order.
func (s *Shop) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []shopsim.Parcel
	o := s.find(id)
	if o == nil {
		return nil
	}
	for _, p := range o.sent {
		units := map[string]int{}
		for _, l := range o.lines {
			if n := p.units[l.id]; n > 0 {
				units[l.of.SKU] += n
			}
		}
		out = append(out, shopsim.Parcel{Tracking: p.words["tracking_number"], Units: units})
	}
	return out
}

// Stock is how many there are. The store's stock has an interface of its own.
func (s *Shop) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stock[sku]
}

// SetStock changes it.
func (s *Shop) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stock[sku] = n
}
