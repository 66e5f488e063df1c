package shipstationsim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ServeHTTP answers the interface.
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.answer))
}

func (s *Shop) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Date", s.o.Clock().UTC().Format(http.TimeFormat))
	if !s.counts(w) {
		say(w, http.StatusTooManyRequests, "Too Many Requests")
		return
	}
	key, secret, _ := r.BasicAuth()
	if key+":"+secret != s.Secret() {
		say(w, http.StatusUnauthorized, "The request has not been applied because it lacks valid authentication credentials")
		return
	}
	id, one := strings.CutPrefix(r.URL.Path, "/orders/")
	switch {
	case r.Method == http.MethodPost && r.URL.Path == "/orders/markasshipped":
		s.mark(w, r)
	case r.Method != http.MethodGet:
		say(w, http.StatusMethodNotAllowed, "The requested resource does not support http method '"+r.Method+"'.")
	case r.URL.Path == "/orders":
		s.listOrders(w, r)
	case one:
		s.oneOrder(w, id)
	case r.URL.Path == "/fulfillments":
		s.listParcels(w, r, false)
	case r.URL.Path == "/shipments":
		s.listParcels(w, r, true)
	case r.URL.Path == "/products":
		s.listProducts(w, r)
	default:
		say(w, http.StatusNotFound, "No HTTP resource was found that matches the request URI")
	}
}

// counts counts a request in the minute that runs.
func (s *Shop) counts(w http.ResponseWriter) bool {
	now := s.o.Clock()
	if age := now.Sub(s.window); age < 0 || age >= time.Minute {
		s.window, s.asked = now, 0
	}
	s.asked++
	if s.Mute {
		return s.asked <= s.Limit
	}
	w.Header().Set("X-Rate-Limit-Limit", strconv.Itoa(s.Limit))
	w.Header().Set("X-Rate-Limit-Remaining", strconv.Itoa(max(s.Limit-s.asked, 0)))
	w.Header().Set("X-Rate-Limit-Reset", strconv.Itoa(int(s.window.Add(time.Minute).Sub(now).Seconds())+1))
	return s.asked <= s.Limit
}

func say(w http.ResponseWriter, status int, message string) {
	write(w, status, map[string]string{"Message": message})
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// page cuts a page out of a list and writes it.
func page[T any](s *Shop, w http.ResponseWriter, r *http.Request, name string, all []T, form func(T) map[string]any) {
	q := r.URL.Query()
	size, _ := strconv.Atoi(q.Get("pageSize"))
	if size <= 0 {
		size = 100
	}
	size = min(size, s.PageMost)
	n, _ := strconv.Atoi(q.Get("page"))
	n = max(n, 1)
	forms := []map[string]any{}
	for _, v := range all[min((n-1)*size, len(all)):min(n*size, len(all))] {
		forms = append(forms, form(v))
	}
	write(w, http.StatusOK, map[string]any{name: forms, "total": len(all), "page": n, "pages": (len(all) + size - 1) / size})
}

func (s *Shop) listOrders(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	shown := s.o.Clock().Add(-s.o.Lag)
	var all []*order
	for _, o := range s.sorted() {
		if o.gone {
			continue
		}
		o = o.at(shown)
		if o == nil || q.Get("orderStatus") != "" && o.status != q.Get("orderStatus") || !within(o.modified, q.Get("modifyDateStart"), q.Get("modifyDateEnd")) {
			continue
		}
		all = append(all, o)
	}
	sortBy(q.Get("sortBy"), q.Get("sortDir"), all, func(o *order) (created, modified time.Time) { return o.created, o.modified })
	page(s, w, r, "orders", all, s.orderForm)
}

// within compares hands of the clock: "after" the first, and not later than the second.
func within(t time.Time, start, end string) bool {
	text := t.In(pacific).Format("2006-01-02 15:04:05.0000000")
	return (start == "" || text > start+".0000000") && (end == "" || text <= end+".0000000")
}

// sortBy brings a list into the order that was asked for: the hands of the clock
// decide. Without a wish it is the newest first.
func sortBy[T any](by, dir string, all []T, times func(T) (created, modified time.Time)) {
	key := func(v T) string {
		created, modified := times(v)
		if strings.EqualFold(by, "ModifyDate") {
			return stamp(modified)
		}
		return stamp(created)
	}
	slices.SortStableFunc(all, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	if !strings.EqualFold(dir, "ASC") {
		slices.Reverse(all)
	}
}

func (s *Shop) oneOrder(w http.ResponseWriter, id string) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		say(w, http.StatusBadRequest, "The request is invalid.")
		return
	}
	o := s.orders[n]
	if o == nil || o.gone {
		say(w, http.StatusNotFound, "Order not found.")
		return
	}
	write(w, http.StatusOK, s.orderForm(o))
}

// mark marks an order as shipped: once more each time it is asked.
func (s *Shop) mark(w http.ResponseWriter, r *http.Request) {
	var in struct {
		OrderID                               int64
		CarrierCode, ShipDate, TrackingNumber string
		NotifyCustomer, NotifySalesChannel    bool
	}
	body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if json.Unmarshal(body, &in) != nil || in.CarrierCode == "" {
		say(w, http.StatusBadRequest, "The request is invalid.")
		return
	}
	o := s.orders[in.OrderID]
	switch {
	case o == nil || o.gone:
		say(w, http.StatusNotFound, "Order not found.")
		return
	case o.status == "cancelled":
		say(w, http.StatusBadRequest, "Cancelled orders cannot be marked as shipped.")
		return
	}
	s.touch(o, func(o *order) { o.status, o.shipDate = "shipped", cmp.Or(in.ShipDate, s.today()) })
	p := &parcel{
		id: s.id(), order: o.id, tracking: in.TrackingNumber, carrier: in.CarrierCode, day: cmp.Or(in.ShipDate, s.today()),
		made: s.o.Clock(), notify: in.NotifySalesChannel, lines: o.lines,
	}
	if in.NotifySalesChannel {
		p.refusal = s.refusal
	}
	if in.NotifyCustomer {
		s.mails++
	}
	s.parcels = append(s.parcels, p)
	write(w, http.StatusOK, map[string]any{"orderId": o.id, "orderNumber": o.number})
}

func (s *Shop) listParcels(w http.ResponseWriter, r *http.Request, labels bool) {
	q := r.URL.Query()
	var all []*parcel
	for _, p := range s.parcels {
		if p.label == labels && (q.Get("orderId") == "" || q.Get("orderId") == fmt.Sprint(p.order)) && within(p.made, q.Get("createDateStart"), "") {
			all = append(all, p)
		}
	}
	sortBy(q.Get("sortBy"), q.Get("sortDir"), all, func(p *parcel) (created, modified time.Time) { return p.made, p.made })
	name, form := "fulfillments", s.fulfilmentForm
	if labels {
		name, form = "shipments", func(p *parcel) map[string]any { return s.labelForm(p, q.Get("includeShipmentItems") == "true") }
	}
	page(s, w, r, name, all, form)
}

func (s *Shop) listProducts(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	all := slices.SortedFunc(maps.Values(s.products), func(a, b *product) int { return cmp.Compare(a.id, b.id) })
	sortBy(q.Get("sortBy"), q.Get("sortDir"), all, func(p *product) (created, modified time.Time) { return p.modified, p.modified })
	page(s, w, r, "products", all, s.productForm)
}
