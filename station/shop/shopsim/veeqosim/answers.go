package veeqosim

import (
	"cmp"
	"encoding/json"
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
	if r.Header.Get("X-Api-Key") != s.Secret() {
		write(w, http.StatusUnauthorized, map[string]string{"error": "Unauthorized"})
		return
	}
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	id := int64(0)
	if len(parts) > 1 {
		id, _ = strconv.ParseInt(parts[1], 10, 64)
	}
	switch r.Method + " " + parts[0] + " " + strconv.Itoa(len(parts)) {
	case "GET orders 1":
		s.listOrders(w, r)
	case "GET orders 2":
		if o := s.orders[id]; o != nil {
			write(w, http.StatusOK, s.form(o))
			return
		}
		missing(w)
	case "POST shipments 1":
		s.ship(w, r)
	case "DELETE shipments 2":
		s.unship(w, id)
	case "GET products 1":
		s.listProducts(w, r)
	case "GET sellables 5", "PUT sellables 5":
		s.stock(w, r, id, parts[3])
	default:
		missing(w)
	}
}

func missing(w http.ResponseWriter) {
	write(w, http.StatusNotFound, map[string]string{"error_messages": "Not found"})
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// page cuts a page out of a list.
func (s *Shop) page(w http.ResponseWriter, r *http.Request, all []map[string]any) {
	size, _ := strconv.Atoi(r.URL.Query().Get("page_size"))
	if size <= 0 {
		size = 12
	}
	size = min(size, s.PageMost)
	n, _ := strconv.Atoi(r.URL.Query().Get("page"))
	n = max(n, 1)
	w.Header().Set("X-Total-Count", strconv.Itoa(len(all)))
	w.Header().Set("X-Total-Pages-Count", strconv.Itoa((len(all)+size-1)/size))
	list := all[min((n-1)*size, len(all)):min(n*size, len(all))]
	write(w, http.StatusOK, append([]map[string]any{}, list...))
}

func since(r *http.Request) time.Time {
	t, _ := time.Parse("2006-01-02 15:04:05", r.URL.Query().Get("updated_at_min"))
	return t
}

func (s *Shop) listOrders(w http.ResponseWriter, r *http.Request) {
	shown, from := s.o.Clock().Add(-s.o.Lag), since(r)
	var all []map[string]any
	for _, o := range s.sorted() {
		if o.created.After(shown) {
			continue
		}
		form := s.form(o)
		for i := len(o.old) - 1; i >= 0 && o.old[i].until.After(shown); i-- {
			form = o.old[i].form
		}
		if at, _ := time.Parse(time.RFC3339Nano, form["updated_at"].(string)); at.Before(from) {
			continue
		}
		if status := r.URL.Query().Get("status"); status == "" || status == form["status"] {
			all = append(all, form)
		}
	}
	if s.ByChange {
		slices.SortStableFunc(all, func(a, b map[string]any) int {
			return cmp.Compare(a["updated_at"].(string), b["updated_at"].(string))
		})
	}
	s.page(w, r, all)
}

func (s *Shop) ship(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Shipment struct {
			Tracking struct {
				Number string `json:"tracking_number"`
			} `json:"tracking_number_attributes"`
			Carrier *int  `json:"carrier_id"`
			Notify  *bool `json:"notify_customer"`
			Remote  *bool `json:"update_remote_order"`
		}
		Allocation int64 `json:"allocation_id"`
		Order      int64 `json:"order_id"`
	}
	body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if json.Unmarshal(body, &in) != nil || in.Shipment.Carrier == nil || in.Shipment.Notify == nil || in.Shipment.Remote == nil {
		write(w, http.StatusBadRequest, map[string]string{"error_messages": "carrier_id, notify_customer and update_remote_order are required"})
		return
	}
	o := s.orders[in.Order]
	if o == nil {
		missing(w)
		return
	}
	at := slices.IndexFunc(o.allocations, func(a *allocation) bool { return a.id == in.Allocation })
	switch {
	case at < 0:
		missing(w)
		return
	case o.allocations[at].shipment != nil, o.status == "cancelled":
		write(w, http.StatusUnprocessableEntity, map[string]string{"error_messages": "Allocation has already been shipped"})
		return
	}
	a := o.allocations[at]
	s.touch(o, func() { s.send(o, a, in.Shipment.Tracking.Number, *in.Shipment.Carrier) })
	if *in.Shipment.Notify {
		s.mails++
	}
	if *in.Shipment.Remote {
		s.told++
	}
	form := shipmentForm(a)
	form["order_id"] = o.id
	write(w, http.StatusCreated, form)
}

func (s *Shop) unship(w http.ResponseWriter, id int64) {
	for _, o := range s.orders {
		for _, a := range o.allocations {
			if a.shipment != nil && a.shipment.id == id {
				s.touch(o, func() {
					a.shipment = nil
					o.status = "awaiting_fulfillment"
					for _, l := range a.lines {
						s.goods[l.SKU].physical += l.Qty
					}
				})
				w.WriteHeader(http.StatusNoContent)
				return
			}
		}
	}
	missing(w)
}

func (s *Shop) listProducts(w http.ResponseWriter, r *http.Request) {
	from, query := since(r), strings.ToLower(r.URL.Query().Get("query"))
	var all []map[string]any
	for _, g := range slices.SortedFunc(maps.Values(s.goods), func(a, b *goods) int { return cmp.Compare(b.product, a.product) }) {
		if g.modified.Before(from) || !strings.Contains(strings.ToLower(g.SKU+" "+g.Name), query) {
			continue
		}
		all = append(all, map[string]any{
			"id": g.product, "title": g.Name, "origin_country": "GB", "hs_tariff_number": nil, "updated_at": stamp(g.modified), "sellables": []any{s.sellable(g.Line)},
		})
	}
	s.page(w, r, all)
}

func (s *Shop) stock(w http.ResponseWriter, r *http.Request, sellable int64, house string) {
	for _, g := range s.goods {
		if g.sellable != sellable || house != strconv.Itoa(warehouse) {
			continue
		}
		if r.Method == http.MethodPut {
			var in struct {
				Entry struct {
					Physical *int `json:"physical_stock_level"`
					Infinite *bool
				} `json:"stock_entry"`
			}
			body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
			if json.Unmarshal(body, &in) != nil || in.Entry.Physical == nil || in.Entry.Infinite == nil {
				write(w, http.StatusBadRequest, map[string]string{"error_messages": "physical_stock_level and infinite are required"})
				return
			}
			g.physical, g.modified = *in.Entry.Physical, s.o.Clock()
		}
		write(w, http.StatusOK, s.entry(g))
		return
	}
	missing(w)
}
