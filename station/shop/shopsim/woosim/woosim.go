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
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
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
	id    int64
	at    time.Time
	line  *line
	qty   int
	minor int64
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
	return &Shop{opt: opt, site: time.FixedZone("site", 3*60*60), last: 700, nonces: map[string]bool{}}
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

// alter does something to an order, if it is there.
func (s *Shop) alter(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		do(o)
	}
}

// left is how many units of a line are neither paid back nor sent.
func (o *order) left(l *line) int {
	n := l.qty
	for _, r := range o.refunds {
		if r.line == l {
			n -= r.qty
		}
	}
	for _, p := range o.parcels() {
		n -= p.units[l.id]
	}
	return max(n, 0)
}

// Cancel cancels an order. One of which something has left is completed, and the rest
// is paid back.
func (s *Shop) Cancel(id string) {
	s.alter(id, func(o *order) {
		if o.status == "completed" || o.status == "cancelled" || o.status == "refunded" {
			return
		}
		s.touch(o)
		part := len(o.parcels()) > 0
		for _, l := range o.lines {
			n := o.left(l)
			s.keeper(l.product).stock += n
			if part && n > 0 {
				o.refunds = append(o.refunds, &refund{id: s.next(), at: s.now(), line: l, qty: n})
			}
		}
		o.status = "cancelled"
		if part {
			s.complete(o)
		}
	})
}

func (s *Shop) complete(o *order) {
	if o.status != "completed" {
		o.status = "completed"
		s.mails++
		s.completed++
	}
}

// Hold stops an order. The reason stands in a note that nobody but the shop sees.
func (s *Shop) Hold(id, reason string) {
	s.alter(id, func(o *order) {
		if o.status == "processing" {
			s.touch(o)
			o.status = "on-hold"
			o.notes = append(o.notes, &note{id: s.next(), at: s.now(), text: reason})
		}
	})
}

// Release lets it go on.
func (s *Shop) Release(id string) {
	s.alter(id, func(o *order) {
		if o.status == "on-hold" || o.status == "pending" {
			s.touch(o)
			o.status = "processing"
		}
	})
}

// Change edits a line, which does not move the order's date.
func (s *Shop) Change(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n < len(o.lines) && (o.status == "processing" || o.status == "on-hold" || o.status == "pending") {
			l := o.lines[n]
			if l.qty > 0 {
				l.total = l.total / int64(l.qty) * int64(qty)
			}
			l.qty = qty
		}
	})
}

// Refund pays units back that have not left, and puts them on the shelf again.
func (s *Shop) Refund(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n >= len(o.lines) || o.status == "cancelled" || o.status == "refunded" {
			return
		}
		l := o.lines[n]
		if qty = min(qty, o.left(l)); qty <= 0 {
			return
		}
		s.touch(o)
		minor := l.total / int64(max(l.qty, 1)) * int64(qty)
		o.refunds = append(o.refunds, &refund{id: s.next(), at: s.now(), line: l, qty: qty, minor: minor})
		s.keeper(l.product).stock += qty
		back := 0
		for _, r := range o.refunds {
			back += r.qty
		}
		all := 0
		for _, l := range o.lines {
			all += l.qty
		}
		if back >= all {
			o.status = "refunded"
		}
	})
}

// SendElsewhere has somebody else send what remains, by the best way that there is.
func (s *Shop) SendElsewhere(id, tracking string) {
	s.alter(id, func(o *order) {
		var items []any
		for _, l := range o.lines {
			if n := o.left(l); n > 0 && !l.product.virtual {
				items = append(items, map[string]any{"item_id": float64(l.id), "qty": float64(n)})
			}
		}
		if o.status != "processing" || len(items) == 0 {
			return
		}
		s.touch(o)
		p := &sent{id: s.next(), at: s.now(), way: Fulfillments}
		switch {
		case s.has(Fulfillments):
			p.meta = []entry{{s.next(), "_items", items}, {s.next(), "_tracking_number", tracking}, {s.next(), "_shipment_provider", "dhl"}}
			o.sent = append(o.sent, p)
		case s.has(Tracking), s.has(Advanced):
			p.way = s.opt.Ways[0]
			p.tracking = map[string]string{"tracking_number": tracking, "tracking_provider": "DHL"}
			o.sent = append(o.sent, p)
		default: // another bench of the same make
			o.notes = append(o.notes, &note{id: s.next(), at: s.now(), mail: true, text: "Parcel other-" + tracking + " is on its way with DHL. Tracking number: " + tracking + "."})
			s.mails++
		}
		if p.way != Fulfillments || !s.has(Fulfillments) {
			o.meta = append(o.meta, entry{s.next(), "_packbench_parcel_other-" + tracking, map[string]any{"tracking": tracking, "lines": items}})
		}
		s.complete(o)
	})
}

// Trash deletes an order as a shop's owner does.
func (s *Shop) Trash(id string) {
	s.alter(id, func(o *order) {
		s.touch(o)
		o.status = "trash"
	})
}

// parcel is what left, as the shop's data have it.
type parcel struct {
	tracking string
	units    map[int64]int
}

func (o *order) parcels() []parcel {
	var out []parcel
	for _, p := range o.sent {
		if p.draft {
			continue
		}
		got := parcel{tracking: p.tracking["tracking_number"], units: map[int64]int{}}
		for _, e := range p.meta {
			switch e.key {
			case "_tracking_number":
				got.tracking = fmt.Sprint(e.value)
			case "_items":
				got.units = unitsOf(e.value)
			}
		}
		out = append(out, got)
	}
	for _, n := range o.notes {
		if _, rest, ok := strings.Cut(n.text, "Tracking number: "); ok {
			number, _, _ := strings.Cut(rest, " ")
			out = append(out, parcel{tracking: strings.TrimRight(number, ".")})
		}
	}
	for i, p := range out {
		if len(p.units) == 0 {
			out[i].units = o.said(p.tracking)
		}
	}
	return out
}

// said is what the entries of an order say about a tracking number.
func (o *order) said(tracking string) map[int64]int {
	for _, e := range o.meta {
		if of, ok := e.value.(map[string]any); ok && strings.HasPrefix(e.key, "_packbench_parcel_") && of["tracking"] == tracking {
			return unitsOf(of["lines"])
		}
	}
	return nil
}

// unitsOf reads [{"item_id":1,"qty":2}] as it came.
func unitsOf(value any) map[int64]int {
	out := map[int64]int{}
	list, _ := value.([]any)
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			out[int64(numberOf(m["item_id"]))] += int(numberOf(m["qty"]))
		}
	}
	return out
}

func numberOf(v any) float64 {
	n, err := strconv.ParseFloat(fmt.Sprint(v), 64)
	if err != nil {
		return 0
	}
	return n
}

// Parcels are the shipments of an order.
func (s *Shop) Parcels(id string) []shopsim.Parcel {
	var out []shopsim.Parcel
	s.alter(id, func(o *order) {
		for _, p := range o.parcels() {
			units := map[string]int{}
			for _, l := range o.lines {
				if n := p.units[l.id]; n > 0 {
					units[l.product.sku] += n
				}
			}
			out = append(out, shopsim.Parcel{Tracking: p.tracking, Units: maps.Clone(units)})
		}
	})
	return out
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
