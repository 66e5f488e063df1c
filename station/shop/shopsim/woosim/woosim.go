// Package woosim is a simulated WooCommerce shop: it keeps orders, products and what has
// left, and answers as WooCommerce's REST interface, version 3, does, with the habits
// that hurt: a change of a line does not move the order's date, each entry that is sent
// makes another one and another mail, stock is set and never compared, a refund puts the
// goods back on the shelf, times are the site's unless they are said to be UTC.
//
// It must not know the client that is tried on it, nor share code with it.
//
//	sim := woosim.New(woosim.Options{Ways: []woosim.Way{woosim.Tracking}})
//	http.ListenAndServe("127.0.0.1:0", sim)
package woosim

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

// Way is a thing that a shop may have to tell shipments with. Notes all shops have.
type Way string

// The ways.
const (
	Fulfillments Way = "fulfillments"
	Tracking     Way = "wc-shipment-tracking"
	Advanced     Way = "wc-ast"
)

// Options of a simulated WooCommerce.
type Options struct {
	shopsim.Options
	Ways     []Way
	ReadOnly bool // the key may read only
	Strip    bool // the host takes the Authorization header away
	Plain    bool // permalinks are Plain: there is no interface
	PerPage  int  // most rows of a page, 0 is 100
}

// The key that the shop knows.
const (
	consumerKey    = "ck_sim0000000000000000000000000000000000key"
	consumerSecret = "cs_sim0000000000000000000000000000000000sec"
)

// Shop is one.
type Shop struct {
	opt    Options
	faults shopsim.Faults
	places http.Handler
	site   *time.Location // what its times are in where nobody says otherwise

	mu        sync.Mutex
	last      int64
	orders    []*order // by rising id
	products  []*product
	nonces    map[string]bool
	mails     int // about shipments, and of completed orders
	completed int // of these, of completed orders
}

type order struct {
	id               int64
	number, status   string
	created, changed time.Time
	to               shopsim.Address
	billing          *shopsim.Address
	service, note    string
	lines            []*line
	refunds          []*refund
	sent             []*sent
	notes            []*note
	meta             []entry
	past             []past // how lists still show it
}

type past struct {
	at     time.Time
	status string
	meta   []entry
}

type entry struct {
	id    int64
	key   string
	value any
}

type line struct {
	id      int64
	product *product
	qty     int
	total   int64
	meta    []entry
}

type refund struct {
	id     int64
	at     time.Time
	line   *line
	qty    int
	minor  int64
	reason string
}

// sent is an entry about a parcel: a fulfilment, or a row of a plug-in.
type sent struct {
	id       int64
	way      Way
	at       time.Time
	meta     []entry // of a fulfilment
	draft    bool
	tracking map[string]string // of a plug-in
}

type note struct {
	id   int64
	at   time.Time
	text string
	mail bool
}

type product struct {
	id, parent         int64
	sku, name, barcode string
	virtual            bool
	grams              int
	minor              int64
	managed            string // true, false, parent
	stock              int
	changed            time.Time
	parts              []int64
}

// New returns a shop without orders.
func New(opt Options) *Shop {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	if opt.Currency == "" {
		opt.Currency = "EUR"
	}
	if opt.PerPage == 0 {
		opt.PerPage = 100
	}
	s := &Shop{opt: opt, site: time.FixedZone("site", -5*60*60), last: 700, nonces: map[string]bool{}}
	s.places = s.routes()
	return s
}

func (s *Shop) now() time.Time { return s.opt.Clock().UTC().Truncate(time.Second) }
func (s *Shop) next() int64    { s.last++; return s.last }

// has reports whether the shop has a way.
func (s *Shop) has(w Way) bool { return slices.Contains(s.opt.Ways, w) }

// Secret is the key as the bench is given it.
func (s *Shop) Secret() string { return consumerKey + ":" + consumerSecret }

// Set is empty.
func (s *Shop) Set() map[string]string { return nil }

// Faults of the connection.
func (s *Shop) Faults() *shopsim.Faults { return &s.faults }

// Mails is how many mails went out, Completed how many of them because an order was
// completed: those WooCommerce sends by itself.
func (s *Shop) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Completed is described at Mails.
func (s *Shop) Completed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.completed
}

// Place takes an order.
func (s *Shop) Place(o shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := &order{id: s.next(), number: o.Number, status: "processing", created: s.now(), changed: s.now(), to: o.To, service: o.Service, note: o.Note}
	if n.number == "" {
		n.number = strconv.FormatInt(n.id, 10)
	}
	if o.Unpaid {
		n.status = "pending"
	}
	for _, l := range o.Lines {
		p := s.product(l)
		n.lines = append(n.lines, &line{id: s.next(), product: p, qty: l.Qty, total: l.Minor * int64(l.Qty)})
		if !o.Unpaid {
			s.keeper(p).stock -= l.Qty
		}
	}
	s.orders = append(s.orders, n)
	return strconv.FormatInt(n.id, 10)
}

// product returns what a line is of; a new one has 1,000 on the shelf.
func (s *Shop) product(l shopsim.Line) *product {
	for _, p := range s.products {
		if p.sku == l.SKU && l.SKU != "" {
			return p
		}
	}
	p := &product{
		id: s.next(), sku: l.SKU, name: l.Name, barcode: l.Barcode, virtual: l.Virtual, grams: l.Grams, minor: l.Minor,
		managed: "true", stock: 1_000, changed: s.now(),
	}
	s.products = append(s.products, p)
	return p
}

// keeper is the product that keeps the stock of another.
func (s *Shop) keeper(p *product) *product {
	if p.managed == "parent" {
		if of := s.productByID(p.parent); of != nil {
			return of
		}
	}
	return p
}

func (s *Shop) productByID(id int64) *product {
	i := slices.IndexFunc(s.products, func(p *product) bool { return p.id == id })
	if i < 0 {
		return nil
	}
	return s.products[i]
}

func (s *Shop) find(id string) *order {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil
	}
	i := slices.IndexFunc(s.orders, func(o *order) bool { return o.id == n })
	if i < 0 {
		return nil
	}
	return s.orders[i]
}

// touch notes that an order changed, before it does.
func (s *Shop) touch(o *order) {
	now := s.now()
	o.past = slices.DeleteFunc(o.past, func(p past) bool { return now.Sub(p.at) > s.opt.Lag+time.Hour })
	o.past = append(o.past, past{at: o.changed, status: o.status, meta: slices.Clone(o.meta)})
	o.changed = now
}

// Stock is how many there are.
func (s *Shop) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keeper(s.product(shopsim.Line{SKU: sku})).stock
}

// SetStock changes it.
func (s *Shop) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.keeper(s.product(shopsim.Line{SKU: sku}))
	p.stock, p.changed = n, s.now()
}
