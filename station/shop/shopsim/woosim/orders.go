package woosim

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station/shop/shopsim"
)

// seen is an order as lists show it: as it was before the lag.
func (s *Shop) seen(o *order) (past, bool) {
	now := past{at: o.changed, status: o.status, meta: o.meta}
	until := s.now().Add(-s.opt.Lag)
	if !o.changed.After(until) {
		return now, true
	}
	if o.created.After(until) {
		return now, false
	}
	for _, p := range slices.Backward(o.past) {
		if !p.at.After(until) {
			return p, true
		}
	}
	return past{at: o.created, status: now.status, meta: now.meta}, true
}

func (s *Shop) listOrders(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	statuses := strings.Split(q.Get("status"), ",")
	after, bounded := s.since(q)
	var found []*order
	for _, o := range s.orders {
		p, ok := s.seen(o)
		trash := p.status == "trash"
		if ok && (slices.Contains(statuses, p.status) || !trash && slices.Contains(statuses, "any")) && (!bounded || p.at.After(after)) {
			found = append(found, o)
		}
	}
	if q.Get("order") != "asc" || q.Get("orderby") != "id" {
		slices.Reverse(found)
	}
	s.page(w, r, len(found), func(i int) map[string]any {
		p, _ := s.seen(found[i])
		return s.orderJSON(found[i], p)
	})
}

func (s *Shop) getOrder(w http.ResponseWriter, _ *http.Request, o *order) {
	answer(w, http.StatusOK, s.orderJSON(o, past{at: o.changed, status: o.status, meta: o.meta}))
}

func (s *Shop) orderJSON(o *order, p past) map[string]any {
	m := map[string]any{
		"id": o.id, "parent_id": 0, "number": o.number, "status": p.status, "currency": s.opt.Currency, "version": "10.4.0",
		"date_created": local(o.created, s.site), "date_created_gmt": local(o.created, time.UTC),
		"date_modified": local(p.at, s.site), "date_modified_gmt": local(p.at, time.UTC),
		"customer_note": o.note, "shipping": addressJSON(o.to, false), "billing": addressJSON(o.to, true),
		"fee_lines": []any{}, "coupon_lines": []any{}, "meta_data": metaJSON(p.meta),
	}
	if o.billing != nil {
		m["billing"], m["shipping"] = addressJSON(*o.billing, true), addressJSON(shopsim.Address{}, false)
	}
	total := int64(0)
	lines := []any{}
	for _, l := range o.lines {
		if l.qty == 0 {
			continue
		}
		total += l.total
		lines = append(lines, s.lineJSON(l, l.qty, l.total))
	}
	m["line_items"], m["total"] = lines, decimal(total)
	m["shipping_lines"] = []any{map[string]any{"id": o.id*10 + 1, "method_title": o.service, "method_id": "flat_rate", "total": "0.00", "meta_data": []any{}}}
	refunds := []any{}
	for _, r := range o.refunds {
		refunds = append(refunds, map[string]any{"id": r.id, "reason": "", "total": "-" + decimal(r.minor)})
	}
	m["refunds"] = refunds
	return m
}

func (s *Shop) lineJSON(l *line, qty int, total int64) map[string]any {
	m := map[string]any{
		"id": l.id, "name": l.product.name, "product_id": l.product.id, "variation_id": 0, "quantity": qty, "sku": l.product.sku,
		"subtotal": decimal(total), "total": decimal(total), "total_tax": "0.00", "meta_data": metaJSON(l.meta),
	}
	if l.product.parent > 0 {
		m["product_id"], m["variation_id"] = l.product.parent, l.product.id
	}
	if qty != 0 {
		m["price"] = float64(total) / float64(qty) / 100
	}
	return m
}

func metaJSON(list []entry) []any {
	out := []any{}
	for _, e := range list {
		out = append(out, map[string]any{"id": e.id, "key": e.key, "value": e.value})
	}
	return out
}

func addressJSON(a shopsim.Address, billing bool) map[string]any {
	first, last, _ := strings.Cut(a.Name, " ")
	m := map[string]any{
		"first_name": first, "last_name": last, "company": a.Company, "address_1": a.Street, "address_2": a.Street2,
		"city": a.City, "state": a.Region, "postcode": a.Postcode, "country": a.Country,
	}
	if billing {
		m["email"], m["phone"] = a.Email, a.Phone
	}
	return m
}

func decimal(minor int64) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	}
	return sign + itoa(minor/100) + "." + itoa(100 + minor%100)[1:]
}

// read reads a body of JSON.
func readBody(w http.ResponseWriter, r *http.Request) (map[string]any, bool) {
	data, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	body := map[string]any{}
	if err != nil || len(data) > 0 && json.Unmarshal(data, &body) != nil {
		fail(w, http.StatusBadRequest, "rest_invalid_json", "Invalid JSON body passed.")
		return nil, false
	}
	return body, true
}

func (s *Shop) putOrder(w http.ResponseWriter, r *http.Request, o *order) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	if len(body) > 0 {
		s.touch(o)
	}
	if list, ok := body["meta_data"].([]any); ok {
		o.meta = s.merge(o.meta, list)
	}
	if status, ok := body["status"].(string); ok {
		if status == "completed" {
			s.complete(o)
		}
		o.status = status
	}
	s.getOrder(w, r, o)
}

// merge writes entries: one that is there is overwritten.
func (s *Shop) merge(meta []entry, list []any) []entry {
	for _, v := range list {
		m, ok := v.(map[string]any)
		key, named := m["key"].(string)
		if !ok || !named {
			continue
		}
		if i := slices.IndexFunc(meta, func(e entry) bool { return e.key == key }); i >= 0 {
			meta[i].value = m["value"]
			continue
		}
		meta = append(meta, entry{s.next(), key, m["value"]})
	}
	return meta
}

func (s *Shop) listRefunds(w http.ResponseWriter, r *http.Request, o *order) {
	var out []map[string]any
	for _, b := range o.refunds {
		out = append(out, s.refundJSON(b))
	}
	s.rows(w, r, out)
}

func (s *Shop) refundJSON(b *refund) map[string]any {
	lines := []any{}
	if b.line != nil {
		l := s.lineJSON(b.line, -b.qty, -b.minor)
		l["id"], l["meta_data"] = b.id+100_000, []any{map[string]any{"id": b.id + 200_000, "key": "_refunded_item_id", "value": itoa(b.line.id)}}
		lines = append(lines, l)
	}
	return map[string]any{
		"id": b.id, "date_created": local(b.at, s.site), "date_created_gmt": local(b.at, time.UTC), "amount": decimal(b.minor), "reason": b.reason,
		"refunded_payment": true, "meta_data": []any{}, "line_items": lines,
	}
}

// postRefund pays back an amount, no more than what is left of the order.
func (s *Shop) postRefund(w http.ResponseWriter, r *http.Request, o *order) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	text, _ := body["amount"].(string)
	whole, cents, _ := strings.Cut(text, ".")
	b := &refund{id: s.next(), at: s.now(), minor: int64(number(whole, 0)*100 + number((cents + "00")[:2], 0))}
	b.reason, _ = body["reason"].(string)
	left := -b.minor
	for _, l := range o.lines {
		left += l.total
	}
	for _, was := range o.refunds {
		left -= was.minor
	}
	if b.minor <= 0 || left < 0 {
		fail(w, http.StatusInternalServerError, "woocommerce_rest_cannot_create_order_refund", "Invalid refund amount.")
		return
	}
	o.refunds = append(o.refunds, b)
	s.touch(o)
	answer(w, http.StatusCreated, s.refundJSON(b))
}

// Refunds are what was paid back of an order, in the smallest unit.
func (s *Shop) Refunds(id string) (out []int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.find(id).refunds {
		out = append(out, r.minor)
	}
	return out
}
