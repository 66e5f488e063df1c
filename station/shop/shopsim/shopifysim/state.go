package shopifysim

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"packbench/station/shop/shopsim"
)

type location struct {
	id     int64
	name   string
	active bool
}

type variant struct {
	id, item, product  int64
	sku, name, barcode string
	grams              int
	touched            []time.Time
	levels             map[int64]*level // by location
}

// level is how many there are at a location; on hand are those available and committed.
type level struct{ available, committed int }

type order struct {
	id                int64
	name              string
	created           time.Time
	touched           []time.Time // every change, for lists that lag
	cancelled, closed time.Time
	note, service, po string
	unpaid            bool
	discount          int64 // taken off the order as a whole
	shipping          int64
	tags              []string
	to                shopsim.Address
	lines             []*line
	fos               []*fulfillmentOrder
	sent              []*fulfillment
	returns           []*ret
	refunds           []refund
}

type line struct {
	id                int64
	variant           *variant
	sku, name         string
	quantity, current int
	minor             int64
	order             *order
	virtual, giftCard bool
	group             *group
}

type group struct {
	id         int64
	title, sku string
	quantity   int
}

type fulfillmentOrder struct {
	id       int64
	order    *order
	status   string
	place    *location
	lines    []*foLine
	holds    []hold
	touched  []time.Time
	at, by   time.Time // fulfillAt, fulfillBy
	promised time.Time
	parent   *fulfillmentOrder // it was held out of
}

type hold struct {
	id            int64
	reason, notes string
}

type foLine struct {
	id               int64
	line             *line
	total, remaining int
}

type fulfillment struct {
	id                 int64
	status             string
	created            time.Time
	number, url, owner string
	items              []item
}

type item struct {
	id   int64
	from *fulfillmentOrder
	line *line
	qty  int
}

type ret struct {
	id      int64
	name    string
	status  string
	created time.Time
	reason  string
	lines   []*retLine
	minor   int64 // paid back
}

// retLine are units that come back, with what was said of them.
type retLine struct {
	id, awaits int64 // awaits is its line of the reverse fulfillment order
	sent       int64 // the line of the fulfillment
	line       *line
	qty, done  int
	note       string
	disposed   []disposal
}

type disposal struct {
	kind string
	qty  int
}

// refund is money that was paid back.
type refund struct {
	id    int64
	note  string
	minor int64
	of    string // the payment; "" for store credit
}

// touch notes a change, for the lists.
func (s *Sim) touch(t *[]time.Time) {
	if len(*t) > 0 {
		s.thin(t)
	}
	now := s.clock()
	*t = append(*t, now)
	s.changes++
	s.changed = now
}

// thin forgets changes that no list can show any longer as the last.
func (s *Sim) thin(t *[]time.Time) {
	limit := s.clock().Add(-s.lag)
	for len(*t) > 1 && !(*t)[1].After(limit) {
		*t = (*t)[1:]
	}
}

func (s *Sim) touchOrder(o *order) {
	if !s.quiet.Orders {
		s.touch(&o.touched)
	}
}

func (s *Sim) touchPart(f *fulfillmentOrder) {
	if !s.quiet.Parts {
		s.touch(&f.touched)
	}
}

func last(t []time.Time) time.Time { return t[len(t)-1] }

// seen is the last change that lists show already.
func (s *Sim) seen(t []time.Time) (time.Time, bool) {
	limit := s.clock().Add(-s.lag)
	for _, at := range slices.Backward(t) {
		if !at.After(limit) {
			return at.Truncate(time.Second), true
		}
	}
	return time.Time{}, false
}

// open reports whether something of it can still be sent some time.
func (f *fulfillmentOrder) open() bool {
	return f.status == "OPEN" || f.status == "IN_PROGRESS" || f.status == "ON_HOLD" || f.status == "SCHEDULED"
}

func (f *fulfillmentOrder) rest() int {
	n := 0
	for _, l := range f.lines {
		n += l.remaining
	}
	return n
}

func (f *fulfillmentOrder) line(id int64) *foLine {
	for _, l := range f.lines {
		if l.id == id {
			return l
		}
	}
	return nil
}

// Place takes a new order.
func (s *Sim) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.number++
	name := in.Number
	if name == "" {
		name = strconv.Itoa(s.number)
	}
	o := &order{id: s.id(), name: "#" + name, created: s.clock(), note: in.Note, po: in.Reference, service: in.Service, unpaid: in.Unpaid, to: in.To, discount: in.Discount, shipping: in.Shipping}
	s.touch(&o.touched)
	fo := s.newFO(o, s.locations[0])
	for _, l := range in.Lines {
		v := s.product(l)
		ln := &line{
			id: s.id(), variant: v, sku: l.SKU, name: l.Name, quantity: l.Qty, current: l.Qty,
			minor: l.Minor, virtual: l.Virtual, order: o,
		}
		o.lines = append(o.lines, ln)
		fo.lines = append(fo.lines, &foLine{id: s.id(), line: ln, total: l.Qty, remaining: l.Qty})
		s.commit(ln, fo.place, l.Qty)
	}
	s.orders = append(s.orders, o)
	s.byID[o.id] = o
	return strconv.FormatInt(o.id, 10)
}

func (s *Sim) newFO(o *order, at *location) *fulfillmentOrder {
	fo := &fulfillmentOrder{id: s.id(), order: o, status: "OPEN", place: at, at: s.clock()}
	s.parts[fo.id] = fo
	s.touch(&fo.touched)
	o.fos = append(o.fos, fo)
	return fo
}

func (s *Sim) product(l shopsim.Line) *variant {
	v := s.variants[l.SKU]
	if v == nil {
		v = &variant{id: s.id(), item: s.id(), product: s.id(), sku: l.SKU, name: l.Name, barcode: l.Barcode, grams: l.Grams, levels: map[int64]*level{}}
		s.touch(&v.touched)
		s.variants[l.SKU] = v
	}
	return v
}

// commit promises so many units of a line, or no longer where n is negative.
func (s *Sim) commit(l *line, at *location, n int) {
	lv := l.variant.at(at.id)
	lv.available -= n
	lv.committed += n
}

func (v *variant) at(place int64) *level {
	if v.levels[place] == nil {
		v.levels[place] = &level{}
	}
	return v.levels[place]
}

func (s *Sim) find(id string) *order {
	n, _ := strconv.ParseInt(id, 10, 64)
	return s.byID[n]
}

// Parcels are the fulfillments of an order that stand.
func (s *Sim) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []shopsim.Parcel
	o := s.find(id)
	if o == nil {
		return nil
	}
	for _, f := range o.sent {
		if f.status != "SUCCESS" {
			continue
		}
		p := shopsim.Parcel{Tracking: f.number, Units: map[string]int{}}
		for _, i := range f.items {
			p.Units[i.line.sku] += i.qty
		}
		out = append(out, p)
	}
	return out
}

// Mails is how many went to buyers about shipments.
func (s *Sim) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Stock is how many of a product are on hand at the first location.
func (s *Sim) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.variants[sku]
	if v == nil {
		return 0
	}
	lv := v.at(s.locations[0].id)
	return lv.available + lv.committed
}

// SetStock has somebody count a product at the first location.
func (s *Sim) SetStock(sku string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.product(shopsim.Line{SKU: sku, Name: sku})
	lv := v.at(s.locations[0].id)
	lv.available = n - lv.committed
}

// skus are those of all products, in order.
func (s *Sim) skus() []string { return slices.Sorted(maps.Keys(s.variants)) }

func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

func amount(minor int64, currency string) object {
	return object{"__typename": "MoneyBag", "shopMoney": object{
		"__typename": "MoneyV2", "amount": fmt.Sprintf("%d.%02d", minor/100, minor%100), "currencyCode": currency,
	}}
}
