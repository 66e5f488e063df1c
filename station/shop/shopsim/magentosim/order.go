package magentosim

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"packbench/station/shop/shopsim"
)

type order struct {
	id                int
	number            string
	state, before     string // before it was held
	created           string
	updated           string
	to                shopsim.Address
	service, note, po string
	successor         string
	rows              []*row
	lines             []*row // as they were placed
	comments          []string
	was               []version
}

// version is how an order was, for lists that lag.
type version struct {
	at time.Time
	o  *order
}

// row is a row of an order. A product that was sold as another has two.
type row struct {
	id, product                          int
	parent                               *row
	kind, sku, name                      string
	ordered, shipped, canceled, refunded float64
	minor                                int64
	virtual, separately                  bool
	per                                  float64 // in one of its parent
}

// left is what Magento may still ship of a row.
func (r *row) left() float64 {
	return max(r.ordered-r.shipped-r.canceled-r.refunded, 0)
}

// dummy rows ship with another row only.
func (r *row) dummy() bool {
	switch {
	case r.kind == "bundle":
		return r.separately
	case r.parent != nil:
		return !r.parent.separately
	}
	return false
}

// whole is a row that is no thing of its own.
func (r *row) whole() bool {
	return r.kind == "bundle" || r.parent != nil && r.parent.kind == "configurable"
}

type product struct {
	id         int
	sku, name  string
	kind       string
	barcode    string
	minor      int64
	grams      int
	updated    string
	separately bool
	parts      []Part
}

// Part is a product of a bundle, and how many of it.
type Part struct {
	SKU string
	Qty float64
}

// Variant has orders of a SKU come as that of a configurable product: two rows.
func (s *Sim) Variant(sku string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.product(shopsim.Line{SKU: sku, Name: sku}).kind = "configurable"
}

// Bundle has orders of a SKU come as a bundle, which ships together or separately.
func (s *Sim) Bundle(sku string, separately bool, parts ...Part) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.product(shopsim.Line{SKU: sku, Name: sku})
	p.kind, p.separately, p.parts = "bundle", separately, parts
	for _, part := range parts {
		s.product(shopsim.Line{SKU: part.SKU, Name: part.SKU})
	}
}

// plenty is how many of a new product there are.
const plenty = 1000

func (s *Sim) product(l shopsim.Line) *product {
	if p := s.bySKU[l.SKU]; p != nil {
		return p
	}
	p := &product{
		id: len(s.products) + 1, sku: l.SKU, name: l.Name, kind: "simple", barcode: l.Barcode,
		minor: l.Minor, grams: l.Grams, updated: s.now(),
	}
	if l.Virtual {
		p.kind = "virtual"
	}
	s.products, s.bySKU[l.SKU] = append(s.products, p), p
	if !l.Virtual {
		s.at(l.SKU)["default"] = &held{qty: plenty, status: 1}
	}
	return p
}

// Place takes a new order.
func (s *Sim) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strconv.Itoa(s.place(in).id)
}

func (s *Sim) place(in shopsim.Order) *order {
	o := &order{
		id: len(s.orders) + 1, number: in.Number, state: "processing", created: s.now(),
		to: in.To, service: in.Service, note: in.Note, po: in.Reference,
	}
	if o.number == "" {
		o.number = fmt.Sprintf("%09d", o.id)
	}
	if in.Unpaid {
		o.state = "pending_payment"
	}
	for _, l := range in.Lines {
		s.add(o, l)
	}
	s.orders = append(s.orders, o)
	s.touch(o)
	return o
}

func (s *Sim) add(o *order, l shopsim.Line) {
	p := s.product(l)
	n := float64(l.Qty)
	main := s.newRow(o, p, nil, n, 1)
	main.minor, main.kind = l.Minor, p.kind
	o.lines = append(o.lines, main)
	switch p.kind {
	case "configurable":
		s.newRow(o, p, main, n, 1).kind = "simple"
	case "bundle":
		main.separately = p.separately
		for _, part := range p.parts {
			s.newRow(o, s.bySKU[part.SKU], main, n*part.Qty, part.Qty)
		}
	}
	for _, r := range o.rows {
		if r == main || r.parent == main {
			s.reserve(r, r.ordered)
		}
	}
}

func (s *Sim) newRow(o *order, p *product, parent *row, n, per float64) *row {
	s.rows++
	r := &row{
		id: s.rows, product: p.id, parent: parent, kind: p.kind, sku: p.sku, name: p.name,
		ordered: n, virtual: p.kind == "virtual", per: per,
	}
	o.rows = append(o.rows, r)
	return r
}

// reserve promises so many of a row's product to the buyer, or takes that back.
func (s *Sim) reserve(r *row, n float64) {
	if !r.virtual && !r.whole() {
		s.reserved[r.sku] += int(n)
	}
}

// touch notes that an order has changed.
func (s *Sim) touch(o *order) {
	o.updated = s.now()
	if s.o.Lag <= 0 {
		return
	}
	copied := *o
	copied.was, copied.rows = nil, nil
	twin := map[*row]*row{}
	for _, r := range o.rows {
		c := *r
		twin[r] = &c
		copied.rows = append(copied.rows, &c)
	}
	for _, c := range copied.rows {
		if c.parent != nil {
			c.parent = twin[c.parent]
		}
	}
	copied.comments = slices.Clone(o.comments)
	o.was = append(o.was, version{s.o.Clock(), &copied})
	for len(o.was) > 1 && !o.was[1].at.After(s.o.Clock().Add(-s.o.Lag)) {
		o.was = o.was[1:]
	}
}

// listed is an order as lists show it now, nil for one that they do not yet.
func (s *Sim) listed(o *order) *order {
	if s.o.Lag <= 0 {
		return o
	}
	var out *order
	for _, v := range o.was {
		if !v.at.After(s.o.Clock().Add(-s.o.Lag)) {
			out = v.o
		}
	}
	return out
}

// settle gives an order the state that follows from its rows.
func (s *Sim) settle(o *order) {
	var left, shipped, canceled, refunded float64
	for _, r := range o.rows {
		if r.virtual || r.dummy() {
			continue
		}
		left += r.left()
		shipped += r.shipped
		canceled += r.canceled
		refunded += r.refunded
	}
	switch {
	case left > 0:
	case shipped > 0:
		o.state = "complete"
	case refunded > 0:
		o.state = "closed"
	case canceled > 0:
		o.state = "canceled"
	}
	s.touch(o)
}

// with runs f for an order that goes on.
func (s *Sim) with(id string, f func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.Atoi(id) // none is 0, which no order has
	if o := s.order(n); o != nil && o.state != "canceled" && o.state != "closed" && o.state != "complete" {
		f(o)
	}
}

// Cancel cancels what has not left of an order.
func (s *Sim) Cancel(id string) { s.with(id, s.cancel) }

func (s *Sim) cancel(o *order) {
	for _, r := range o.rows {
		if !r.virtual && !r.dummy() {
			s.take(o, r, r.left(), func(r *row, n float64) { r.canceled += n })
		}
	}
	s.settle(o)
}

// take takes units of a row, and of what ships with it, out of what is wanted.
func (s *Sim) take(o *order, r *row, n float64, f func(*row, float64)) {
	n = min(n, r.left())
	if n <= 0 {
		return
	}
	f(r, n)
	s.reserve(r, -n)
	for _, kid := range o.rows {
		if kid.parent != r {
			continue
		}
		f(kid, n*kid.per)
		s.reserve(kid, -n*kid.per)
	}
}

// Hold stops an order.
func (s *Sim) Hold(id, reason string) {
	s.with(id, func(o *order) {
		if o.state == "holded" {
			return
		}
		o.before, o.state = o.state, "holded"
		o.comments = append(o.comments, reason)
		s.touch(o)
	})
}

// Release lets it go on.
func (s *Sim) Release(id string) {
	s.with(id, func(o *order) {
		if o.state != "holded" {
			return
		}
		o.state = o.before
		s.touch(o)
	})
}

// Change sets how many of a line the customer wants now, in the order itself, as an
// extension of Magento does it; see Edit for Magento's own way.
func (s *Sim) Change(id string, line, qty int) {
	s.with(id, func(o *order) {
		r := o.lines[line]
		wanted := r.ordered - r.canceled - r.refunded
		more := float64(qty) - wanted
		if more < 0 {
			s.take(o, r, -more, func(r *row, n float64) { r.canceled += n })
		} else {
			r.ordered += more
			s.reserve(r, more)
			for _, kid := range o.rows {
				if kid.parent == r {
					kid.ordered += more * kid.per
					s.reserve(kid, more*kid.per)
				}
			}
		}
		s.settle(o)
	})
}

// Edit changes a line as Magento does it: the order is cancelled, and a new one made,
// whose id is returned.
func (s *Sim) Edit(id string, line, qty int) (next string) {
	s.with(id, func(o *order) {
		in := shopsim.Order{Number: o.number + "-1", To: o.to, Service: o.service, Note: o.note}
		for i, r := range o.lines {
			n := int(r.left())
			if i == line {
				n = qty
			}
			if n > 0 {
				in.Lines = append(in.Lines, shopsim.Line{SKU: r.sku, Name: r.name, Qty: n, Minor: r.minor, Virtual: r.virtual})
			}
		}
		made := s.place(in)
		o.successor = made.number
		s.cancel(o)
		next = strconv.Itoa(made.id)
	})
	return next
}

// Refund pays back units of a line that have not left, by a credit memo.
func (s *Sim) Refund(id string, line, qty int) {
	s.with(id, func(o *order) {
		r := o.lines[line]
		if n := min(float64(qty), r.left()); n > 0 {
			s.credit(o, r, n)
			s.take(o, r, n, func(r *row, n float64) { r.refunded += n })
			s.settle(o)
		}
	})
}

// Return pays back units of a line that have left.
func (s *Sim) Return(id string, line, qty int) (memo string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, _ := strconv.Atoi(id)
	o := s.order(n)
	if o == nil {
		return ""
	}
	m := s.credit(o, o.lines[line], float64(qty))
	s.touch(o)
	return strconv.Itoa(m.id)
}

type memo struct {
	id, order int
	created   string
	minor     int64
	units     map[int]float64
}

func (s *Sim) credit(o *order, r *row, n float64) *memo {
	m := &memo{id: len(s.memos) + 1, order: o.id, created: s.now(), minor: int64(n * float64(r.minor)), units: map[int]float64{r.id: n}}
	for _, kid := range o.rows {
		if kid.parent == r {
			m.units[kid.id] = n * kid.per
		}
	}
	s.memos = append(s.memos, m)
	return m
}
