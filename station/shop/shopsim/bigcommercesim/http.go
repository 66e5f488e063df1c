package bigcommercesim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop/shopsim"
)

// ServeHTTP answers.
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.serve))
}

func (s *Shop) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Date", s.opt.Clock().UTC().Format(http.TimeFormat))
	w.Header().Set("X-Rate-Limit-Requests-Left", "149")
	if r.Header.Get("X-Auth-Token") != token {
		answer(w, http.StatusUnauthorized, map[string]any{"status": 401, "title": "The access token is not valid."})
		return
	}
	if s.readOnly && r.Method != http.MethodGet {
		fail(w, http.StatusForbidden, "You don't have a required scope to access the endpoint")
		return
	}
	s.places.ServeHTTP(w, r)
}

// routes are the places of the interface.
func (s *Shop) routes() http.Handler {
	base := Path() + "/v2/orders"
	m := http.NewServeMux()
	m.HandleFunc("GET "+base, s.list)
	m.HandleFunc("GET "+base+"/count", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"count": len(s.orders)})
	})
	m.HandleFunc("GET "+base+"/{id}", s.with(func(w http.ResponseWriter, _ *http.Request, o *order) {
		answer(w, http.StatusOK, s.json(o, o.status, o.changed))
	}))
	m.HandleFunc("PUT "+base+"/{id}", s.with(s.put))
	m.HandleFunc("GET "+base+"/{id}/products", s.with(s.products))
	m.HandleFunc("GET "+base+"/{id}/shipping_addresses", s.with(s.addresses))
	m.HandleFunc("GET "+base+"/{id}/shipments", s.with(s.shipments))
	m.HandleFunc("POST "+base+"/{id}/shipments", s.with(s.post))
	m.HandleFunc("DELETE "+base+"/{id}/shipments/{shipment}", s.with(s.drop))
	m.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "The resource was not found.")
	})
	return m
}

func (s *Shop) with(do func(http.ResponseWriter, *http.Request, *order)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		o := s.find(r.PathValue("id"))
		if o == nil {
			fail(w, http.StatusNotFound, "The requested resource was not found.")
			return
		}
		do(w, r, o)
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, say string) {
	answer(w, status, []any{map[string]any{"status": status, "message": say}})
}

// rows writes one page; an empty one is no content.
func rows(w http.ResponseWriter, r *http.Request, all []any) {
	limit, page := number(r, "limit", 50), number(r, "page", 1)
	from := min((page-1)*limit, len(all))
	some := all[from:min(from+limit, len(all))]
	if len(some) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	answer(w, http.StatusOK, some)
}

func number(r *http.Request, name string, or int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil {
		return or
	}
	return n
}

func (s *Shop) list(w http.ResponseWriter, r *http.Request) {
	after, err := time.Parse(time.RFC3339, r.URL.Query().Get("min_date_modified"))
	until := s.now().Add(-s.opt.Lag)
	var out []any
	for _, o := range s.orders {
		at, status := o.changed, o.status
		for i := len(o.past) - 1; i >= 0 && at.After(until); i-- {
			at, status = o.past[i].at, o.past[i].status
		}
		if at.After(until) || o.id < int64(number(r, "min_id", 0)) || err == nil && at.Before(after) {
			continue
		}
		out = append(out, s.json(o, status, at))
	}
	if r.URL.Query().Get("sort") != "id:asc" {
		slices.Reverse(out)
	}
	rows(w, r, out)
}

func (s *Shop) json(o *order, status int, changed time.Time) map[string]any {
	total := int64(0)
	for _, l := range o.lines {
		total += l.of.Minor * int64(l.qty)
	}
	words := map[int]string{pending: "Pending", shipped: "Shipped", partly: "Partially Shipped", refunded: "Refunded", cancelled: "Cancelled", unpaid: "Awaiting Payment", fulfillment: "Awaiting Fulfillment", verify: "Manual Verification Required"}
	return map[string]any{
		"id": o.id, "customer_id": 0, "date_created": o.created.Format(time.RFC1123Z), "date_modified": changed.Format(time.RFC1123Z), "date_shipped": "",
		"status_id": status, "status": words[status], "is_deleted": false, "currency_code": s.opt.Currency, "total_inc_tax": decimal(total), "customer_message": o.note,
		"shipping_address_count": len(o.to), "billing_address": addressJSON(o.to[0]),
		"products": map[string]string{"resource": "/orders/" + strconv.FormatInt(o.id, 10) + "/products"},
	}
}

func decimal(minor int64) string { return strconv.FormatFloat(float64(minor)/100, 'f', 4, 64) }

func addressJSON(a shopsim.Address) map[string]any {
	first, last, _ := strings.Cut(a.Name, " ")
	return map[string]any{
		"first_name": first, "last_name": last, "company": a.Company, "street_1": a.Street, "street_2": a.Street2, "city": a.City, "state": a.Region,
		"zip": a.Postcode, "country": "", "country_iso2": a.Country, "phone": a.Phone, "email": a.Email,
	}
}

func (s *Shop) products(w http.ResponseWriter, r *http.Request, o *order) {
	var out []any
	for _, l := range o.lines {
		if l.qty == 0 {
			continue
		}
		kind := "physical"
		if l.of.Virtual {
			kind = "digital"
		}
		out = append(out, map[string]any{
			"id": l.id, "order_id": o.id, "product_id": l.product, "order_address_id": o.id*10 + 1, "name": l.of.Name, "sku": l.of.SKU, "type": kind,
			"price_inc_tax": decimal(l.of.Minor), "total_inc_tax": decimal(l.of.Minor * int64(l.qty)), "quantity": l.qty, "quantity_shipped": o.shipped(l),
			"quantity_refunded": l.refunded, "is_refunded": l.refunded >= l.qty, "parent_order_product_id": nil, "bin_picking_number": "",
		})
	}
	rows(w, r, out)
}

func (s *Shop) addresses(w http.ResponseWriter, r *http.Request, o *order) {
	var out []any
	for i, a := range o.to {
		m := addressJSON(a)
		m["id"], m["order_id"], m["shipping_method"] = o.id*10+1+int64(i), o.id, o.service
		out = append(out, m)
	}
	rows(w, r, out)
}

func shipmentJSON(o *order, p *sent) map[string]any {
	items := []any{}
	for _, l := range o.lines {
		if n := p.units[l.id]; n > 0 {
			items = append(items, map[string]any{"order_product_id": l.id, "product_id": l.product, "quantity": n})
		}
	}
	m := map[string]any{"id": p.id, "order_id": o.id, "date_created": p.at.Format(time.RFC1123Z), "items": items}
	for _, k := range []string{"tracking_number", "shipping_provider", "tracking_carrier", "tracking_link", "shipping_method", "comments"} {
		m[k] = p.words[k]
	}
	return m
}

func (s *Shop) shipments(w http.ResponseWriter, r *http.Request, o *order) {
	var out []any
	for _, p := range o.sent {
		out = append(out, shipmentJSON(o, p))
	}
	rows(w, r, out)
}

// post makes a shipment, if the order still has the units; whether it has one with this
// number already does not matter.
func (s *Shop) post(w http.ResponseWriter, r *http.Request, o *order) {
	var body map[string]any
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		fail(w, http.StatusBadRequest, "Request body is not valid JSON.")
		return
	}
	units, words := map[int64]int{}, map[string]string{}
	list, _ := body["items"].([]any)
	for _, v := range list {
		it, _ := v.(map[string]any)
		id, _ := it["order_product_id"].(float64)
		n, _ := it["quantity"].(float64)
		i := slices.IndexFunc(o.lines, func(l *line) bool { return l.id == int64(id) })
		if i < 0 || n <= 0 || units[int64(id)]+int(n) > o.left(o.lines[i]) {
			fail(w, http.StatusBadRequest, "The quantity specified for order product is greater than the quantity available to ship.")
			return
		}
		units[int64(id)] += int(n)
	}
	to, _ := body["order_address_id"].(float64)
	if len(units) == 0 || int64(to) != o.id*10+1 {
		fail(w, http.StatusBadRequest, "The field 'order_address_id' is invalid.")
		return
	}
	for k, v := range body {
		if text, ok := v.(string); ok {
			words[k] = text
		}
	}
	s.touch(o)
	answer(w, http.StatusCreated, shipmentJSON(o, s.send(o, units, words)))
}

// drop deletes a shipment. The order's status stays as it is.
func (s *Shop) drop(w http.ResponseWriter, r *http.Request, o *order) {
	i := slices.IndexFunc(o.sent, func(p *sent) bool { return strconv.FormatInt(p.id, 10) == r.PathValue("shipment") })
	if i < 0 {
		fail(w, http.StatusNotFound, "The requested resource was not found.")
		return
	}
	s.touch(o)
	o.sent = slices.Delete(o.sent, i, i+1)
	w.WriteHeader(http.StatusNoContent)
}

func (s *Shop) put(w http.ResponseWriter, r *http.Request, o *order) {
	var body map[string]any
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		fail(w, http.StatusBadRequest, "Request body is not valid JSON.")
		return
	}
	if id, ok := body["status_id"].(float64); ok {
		s.touch(o)
		o.status = int(id)
	}
	answer(w, http.StatusOK, s.json(o, o.status, o.changed))
}
