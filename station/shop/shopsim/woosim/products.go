package woosim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Variable makes a product of several variations, which share its stock or keep their
// own, and returns its number.
func (s *Shop) Variable(name string, shared bool, skus ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := &product{id: s.next(), name: name, managed: "true", stock: 100, changed: s.now()}
	s.products = append(s.products, of)
	for _, sku := range skus {
		p := &product{id: s.next(), parent: of.id, sku: sku, name: sku, managed: "true", stock: 100, changed: s.now()}
		if shared {
			p.managed = "parent"
		}
		of.parts = append(of.parts, p.id)
		s.products = append(s.products, p)
	}
	return itoa(of.id)
}

// Uncounted switches the counting of a product's stock off.
func (s *Shop) Uncounted(sku string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.products {
		if p.sku == sku {
			p.managed = "false"
		}
	}
}

func (s *Shop) productJSON(p *product) map[string]any {
	m := map[string]any{
		"id": p.id, "name": p.name, "type": "simple", "status": "publish", "sku": p.sku, "price": decimal(p.minor), "virtual": p.virtual,
		"global_unique_id": p.barcode, "weight": "", "dimensions": map[string]any{"length": "", "width": "", "height": ""},
		"manage_stock": p.managed == "true", "stock_quantity": nil, "parent_id": p.parent, "variations": []any{}, "attributes": []any{}, "meta_data": []any{},
		"date_modified_gmt": local(p.changed, time.UTC),
	}
	if p.grams > 0 {
		m["weight"] = strconv.FormatFloat(float64(p.grams)/1000, 'f', -1, 64)
	}
	if p.managed == "parent" {
		m["manage_stock"] = "parent"
	}
	if p.managed != "false" {
		m["stock_quantity"] = s.keeper(p).stock
	}
	if p.parent > 0 {
		m["type"], m["attributes"] = "variation", []any{map[string]any{"id": 6, "name": "Colour", "option": p.sku}}
	}
	if len(p.parts) > 0 {
		m["type"], m["variations"] = "variable", p.parts
	}
	return m
}

func (s *Shop) listProducts(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	after, bounded := s.since(q)
	var out []map[string]any
	for _, p := range s.products {
		switch {
		case q.Get("sku") != "":
			if !slices.Contains(strings.Split(q.Get("sku"), ","), p.sku) || p.sku == "" {
				continue
			}
		case p.parent > 0, !included(q.Get("include"), p.id), bounded && !p.changed.After(after):
			continue
		}
		out = append(out, s.productJSON(p))
	}
	if q.Get("order") != "asc" {
		slices.Reverse(out)
	}
	s.rows(w, r, out)
}

func included(list string, id int64) bool {
	return list == "" || slices.Contains(strings.Split(list, ","), itoa(id))
}

func (s *Shop) listVariations(w http.ResponseWriter, r *http.Request) {
	of := s.productByID(int64(number(r.PathValue("id"), 0)))
	if of == nil {
		fail(w, http.StatusNotFound, "woocommerce_rest_product_invalid_id", "Invalid ID.")
		return
	}
	var out []map[string]any
	for _, p := range s.products {
		if p.parent == of.id && included(r.URL.Query().Get("include"), p.id) {
			out = append(out, s.productJSON(p))
		}
	}
	s.rows(w, r, out)
}

func (s *Shop) getProduct(w http.ResponseWriter, r *http.Request) {
	p := s.productByID(int64(number(r.PathValue("id"), 0)))
	if p == nil {
		fail(w, http.StatusNotFound, "woocommerce_rest_product_invalid_id", "Invalid ID.")
		return
	}
	answer(w, http.StatusOK, s.productJSON(p))
}

// putProduct sets the stock, whatever it was.
func (s *Shop) putProduct(w http.ResponseWriter, r *http.Request) {
	body, ok := readBody(w, r)
	if !ok {
		return
	}
	p := s.productByID(int64(number(r.PathValue("id"), 0)))
	if p == nil {
		fail(w, http.StatusBadRequest, "woocommerce_rest_product_invalid_id", "Invalid ID.")
		return
	}
	if n, ok := body["stock_quantity"].(float64); ok && p.managed == "true" {
		p.stock, p.changed = int(n), s.now()
	}
	answer(w, http.StatusOK, s.productJSON(p))
}
