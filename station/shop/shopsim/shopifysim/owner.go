package shopifysim

import (
	"time"
)

// What the shop's owner and customers do that only Shopify knows.

// Tag puts tags on an order.
func (s *Sim) Tag(id string, tags ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	o.tags = append(o.tags, tags...)
	s.touchOrder(o)
}

// Deadlines sets when an order has to leave and what the customer was promised.
func (s *Sim) Deadlines(id string, leave, promise time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.find(id).fos {
		f.by, f.promised = leave, promise
		s.touchPart(f)
	}
}

// Schedule puts an order off until a day; the zero time makes it a pre-order.
func (s *Sim) Schedule(id string, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.find(id).fos {
		f.status, f.at = "SCHEDULED", at
		s.touchPart(f)
	}
}

// GiftCard makes a line of an order one that is sent by mail.
func (s *Sim) GiftCard(id string, line int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.find(id).lines[line].giftCard = true
}

// Bundle makes some lines of an order the components of one bundle.
func (s *Sim) Bundle(id, title, sku string, lines ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &group{id: s.id(), title: title, sku: sku, quantity: 1}
	for _, i := range lines {
		s.find(id).lines[i].group = g
	}
}

// NoSKU takes the SKU off a product and off the lines that have it.
func (s *Sim) NoSKU(sku string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.variants[sku]
	v.sku = ""
	s.touch(&v.touched)
	for _, o := range s.orders {
		for _, l := range o.lines {
			if l.variant == v {
				l.sku = ""
			}
		}
	}
}

// Double makes one more product with the SKU of another.
func (s *Sim) Double(sku string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := *s.variants[sku]
	v.id, v.item = s.id(), s.id()
	v.levels = map[int64]*level{s.locations[0].id: {}}
	s.variants[sku+"\x00again"] = &v
}
