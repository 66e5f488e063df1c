// Package customstoresim is a simulated cart that speaks what ShipStation calls a
// custom store. It shows the orders of a window of minutes in pages, the last change
// last, so that they shift while they are read; takes a notice of shipment once for
// each order and tracking number, as the interface demands of carts; and may use words
// of state of its own, and controls that XML must not hold.
//
// It must share no code with the client that asks it.
package customstoresim

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

// Shop is the cart.
type Shop struct {
	PageMost int               // orders of a page
	Words    map[string]string // instead of paid, unpaid, hold, shipped, cancelled
	Behind   time.Duration     // how late the cart's own clock is

	mu     sync.Mutex
	o      shopsim.Options
	faults shopsim.Faults
	orders []*order
	mails  int
	stock  map[string]int
}

type order struct {
	shopsim.Order
	id, state         string
	created, modified time.Time
	parcels           []shopsim.Parcel
}

// New returns a cart without orders.
func New(o shopsim.Options) *Shop {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	return &Shop{PageMost: 25, o: o, stock: map[string]int{}}
}

// Secret is name and password.
func (s *Shop) Secret() string { return "shipstation:sim-password" }

// Set is what the client has to be told besides.
func (s *Shop) Set() map[string]string {
	return map[string]string{"currency": cmp.Or(s.o.Currency, "EUR")}
}

// Faults of the connection.
func (s *Shop) Faults() *shopsim.Faults { return &s.faults }

func (s *Shop) now() time.Time { return s.o.Clock().Add(-s.Behind) }

// Place takes an order.
func (s *Shop) Place(in shopsim.Order) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.orders) + 1
	in.Number = cmp.Or(in.Number, fmt.Sprintf("ABC%d", 1000+n))
	in.Lines = slices.DeleteFunc(slices.Clone(in.Lines), func(l shopsim.Line) bool { return l.Virtual })
	o := &order{Order: in, id: strconv.Itoa(120000 + n), state: "paid", created: s.now(), modified: s.now()}
	if in.Unpaid {
		o.state = "unpaid"
	}
	s.orders = append(s.orders, o)
	return o.id
}

func (s *Shop) change(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.orders {
		if o.id == id && o.state != "shipped" && o.state != "cancelled" {
			do(o)
			o.modified = s.now()
		}
	}
}

// Cancel cancels an order.
func (s *Shop) Cancel(id string) { s.change(id, func(o *order) { o.state = "cancelled" }) }

// Hold stops an order.
func (s *Shop) Hold(id, _ string) { s.change(id, func(o *order) { o.state = "hold" }) }

// Release lets it go on.
func (s *Shop) Release(id string) { s.change(id, func(o *order) { o.state = "paid" }) }

// Change sets how many of a line are wanted.
func (s *Shop) Change(id string, line, qty int) {
	s.change(id, func(o *order) { o.Lines[line].Qty = qty })
}

// Refund takes units out.
func (s *Shop) Refund(id string, line, qty int) {
	s.change(id, func(o *order) { o.Lines[line].Qty = max(o.Lines[line].Qty-qty, 0) })
}

// SendElsewhere ships an order in the cart itself.
func (s *Shop) SendElsewhere(id, tracking string) {
	s.change(id, func(o *order) { o.ship(tracking) })
}

func (o *order) ship(tracking string) {
	units := map[string]int{}
	for _, l := range o.Lines {
		if l.Qty > 0 {
			units[l.SKU] += l.Qty
		}
	}
	o.state = "shipped"
	o.parcels = append(o.parcels, shopsim.Parcel{Tracking: tracking, Units: units})
}

// Parcels are the shipments of an order.
func (s *Shop) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.orders {
		if o.id == id {
			return slices.Clone(o.parcels)
		}
	}
	return nil
}

// Mails is how many mails went out: one for every notice that was taken.
func (s *Shop) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Stock is how many there are: the interface has none.
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

// ServeHTTP answers the interface.
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.answer))
}

func (s *Shop) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name, password, _ := r.BasicAuth()
	switch {
	case name+":"+password != s.Secret():
		w.Header().Set("WWW-Authenticate", `Basic realm="shop"`)
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
	case r.Method == http.MethodGet && r.URL.Query().Get("action") == "export":
		s.export(w, r)
	case r.Method == http.MethodPost && r.URL.Query().Get("action") == "shipnotify":
		s.notify(w, r)
	default:
		http.Error(w, "unknown action", http.StatusBadRequest)
	}
}

const minutes = "01/02/2006 15:04"

func (s *Shop) export(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	from, failed := time.Parse(minutes, q.Get("start_date"))
	to, wrong := time.Parse(minutes, q.Get("end_date"))
	if failed != nil || wrong != nil {
		http.Error(w, "start_date and end_date are MM/dd/yyyy HH:mm", http.StatusBadRequest)
		return
	}
	var all []*order
	for _, o := range s.orders {
		if o.modified.After(s.now().Add(-s.o.Lag)) || o.modified.Before(from) || o.modified.After(to) {
			continue
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b *order) int { return a.modified.Compare(b.modified) })
	page, _ := strconv.Atoi(q.Get("page"))
	page = max(page, 1)
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Orders pages=\"%d\">\n", max((len(all)+s.PageMost-1)/s.PageMost, 1))
	for _, o := range all[min((page-1)*s.PageMost, len(all)):min(page*s.PageMost, len(all))] {
		s.write(w, o)
	}
	fmt.Fprint(w, "</Orders>\n")
}

func (s *Shop) write(w io.Writer, o *order) {
	cdata := func(text string) string { return "<![CDATA[" + text + "]]>" }
	fmt.Fprintf(w, "<Order><OrderID>%s</OrderID><OrderNumber>%s</OrderNumber><OrderDate>%s</OrderDate><OrderStatus>%s</OrderStatus><LastModified>%s</LastModified>",
		cdata(o.id), cdata(o.Number), o.created.UTC().Format(minutes), cdata(cmp.Or(s.Words[o.state], o.state)), o.modified.UTC().Format(minutes))
	fmt.Fprintf(w, "<ShippingMethod>%s</ShippingMethod><CustomerNotes>%s</CustomerNotes><InternalNotes></InternalNotes><Gift>false</Gift>", cdata(o.Service), cdata(o.Note))
	fmt.Fprintf(w, "<Customer><CustomerCode>%s</CustomerCode><BillTo><Name>%[2]s</Name><Phone>%[3]s</Phone><Email>%[1]s</Email></BillTo>", cdata(o.To.Email), cdata(o.To.Name), cdata(o.To.Phone))
	fmt.Fprintf(w, "<ShipTo><Name>%s</Name><Company>%s</Company><Address1>%s</Address1><Address2>%s</Address2><City>%s</City><State>%s</State><PostalCode>%s</PostalCode><Country>%s</Country><Phone></Phone></ShipTo></Customer><Items>",
		cdata(o.To.Name), cdata(o.To.Company), cdata(o.To.Street), cdata(o.To.Street2), cdata(o.To.City), cdata(o.To.Region), cdata(o.To.Postcode), cdata(o.To.Country))
	for _, l := range o.Lines {
		if l.Qty > 0 {
			fmt.Fprintf(w, "<Item><SKU>%s</SKU><Name>%s</Name><Quantity>%d</Quantity><UnitPrice>%d.%02d</UnitPrice><Location></Location></Item>", cdata(l.SKU), cdata(l.Name), l.Qty, l.Minor/100, l.Minor%100)
		}
	}
	fmt.Fprint(w, "</Items></Order>\n")
}

// notify takes a notice, once for each order and tracking number.
func (s *Shop) notify(w http.ResponseWriter, r *http.Request) {
	var in struct {
		OrderNumber, TrackingNumber string
		Items                       []struct {
			SKU      string
			Quantity int
		} `xml:"Items>Item"`
	}
	q := r.URL.Query()
	if err := xml.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&in); err != nil || in.OrderNumber != q.Get("order_number") || in.TrackingNumber != q.Get("tracking_number") {
		http.Error(w, "the notice cannot be read", http.StatusBadRequest)
		return
	}
	for _, o := range s.orders {
		if o.Number != in.OrderNumber {
			continue
		}
		if slices.ContainsFunc(o.parcels, func(p shopsim.Parcel) bool { return p.Tracking == in.TrackingNumber }) {
			return // it was taken before
		}
		units := map[string]int{}
		for _, it := range in.Items {
			units[it.SKU] += it.Quantity
		}
		o.parcels = append(o.parcels, shopsim.Parcel{Tracking: in.TrackingNumber, Units: units})
		o.state, o.modified = "shipped", s.now()
		s.mails++
		return
	}
	http.Error(w, "no such order", http.StatusNotFound)
}
