package magentosim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// refusal is an answer that is no success.
type refusal struct {
	status  int
	message string
	list    []string          // parameters %1, %2
	named   map[string]string // parameters by name
}

func refuse(status int, message string) *refusal { return &refusal{status: status, message: message} }

func noEntity() *refusal {
	return refuse(404, "The entity that was requested doesn't exist. Verify the entity and try again.")
}

func noRoute() *refusal { return refuse(404, "Request does not match any route.") }

// The rights that calls need.
const (
	rightOrders    = "Magento_Sales::actions_view"
	rightShip      = "Magento_Sales::ship"
	rightShipments = "Magento_Sales::shipment"
	rightMemos     = "Magento_Sales::creditmemo"
	rightProducts  = "Magento_Catalog::products"
	rightStores    = "Magento_Backend::store"
	rightSources   = "Magento_InventoryApi::source"
	rightAssign    = "Magento_InventoryApi::stock_source_item_assign"
	rightSalable   = "Magento_InventorySalesApi::stock"
)

func (s *Sim) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err != nil {
		return
	}
	s.mu.Lock()
	out, no := s.answer(r, body)
	s.mu.Unlock()
	w.Header().Set("Date", s.o.Clock().UTC().Format(http.TimeFormat))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if no != nil {
		said := map[string]any{"message": no.message}
		if no.list != nil {
			said["parameters"] = no.list
		}
		if no.named != nil {
			said["parameters"] = no.named
		}
		w.WriteHeader(no.status)
		out = said
	}
	_ = json.NewEncoder(w).Encode(out) // whoever asked may have gone
}

// answer finds what was asked. The store between rest and V1 may be missing.
func (s *Sim) answer(r *http.Request, body []byte) (any, *refusal) {
	parts := strings.Split(strings.Trim(r.URL.EscapedPath(), "/"), "/")
	for i := range parts {
		parts[i], _ = url.PathUnescape(parts[i])
	}
	if len(parts) > 2 && parts[0] == "rest" && parts[2] == "V1" {
		parts = append([]string{"rest"}, parts[2:]...)
	}
	if len(parts) < 3 || parts[0] != "rest" || parts[1] != "V1" {
		return nil, noRoute()
	}
	parts = parts[2:]
	id := 0
	if len(parts) > 1 {
		id, _ = strconv.Atoi(parts[1]) // what is no number is 0, which nothing has
	}
	right, do := s.route(r, parts, id, body)
	if do == nil {
		return nil, noRoute()
	}
	if no := s.may(r, right); no != nil {
		return nil, no
	}
	return do()
}

type action func() (any, *refusal)

func (s *Sim) route(r *http.Request, parts []string, id int, body []byte) (right string, do action) {
	last := ""
	if len(parts) > 2 {
		last = parts[2]
	}
	switch what := r.Method + " " + parts[0]; {
	case what == "GET orders" && len(parts) == 1:
		return rightOrders, func() (any, *refusal) { return s.list(r, s.ordersListed()) }
	case what == "GET orders" && last == "statuses":
		return rightOrders, func() (any, *refusal) { return s.oneOrder(id, func(o *order) any { return o.status() }) }
	case what == "GET orders" && len(parts) == 2:
		return rightOrders, func() (any, *refusal) { return s.oneOrder(id, func(o *order) any { return s.showOrder(o) }) }
	case what == "POST order" && last == "ship":
		return rightShip, func() (any, *refusal) { return s.ship(id, body) }
	case what == "POST shipment" && len(parts) == 1:
		return rightShip, func() (any, *refusal) { return s.shipUnchecked(body) }
	case what == "GET shipments" && len(parts) == 1:
		return rightShipments, func() (any, *refusal) { return s.list(r, s.shipmentsListed()) }
	case what == "GET creditmemos" && len(parts) == 1:
		return rightMemos, func() (any, *refusal) { return s.list(r, s.memosListed()) }
	case what == "GET products" && len(parts) == 1:
		return rightProducts, func() (any, *refusal) { return s.list(r, s.productsListed()) }
	case what == "GET store" && len(parts) == 2 && parts[1] == "storeConfigs":
		return rightStores, func() (any, *refusal) {
			return []any{map[string]any{"id": 1, "code": "default", "weight_unit": "kgs", "base_currency_code": s.o.Currency}}, nil
		}
	case parts[0] == "inventory" && len(parts) > 1:
		return s.routeStock(r, parts[1:], body)
	}
	return "", nil
}

func (s *Sim) routeStock(r *http.Request, parts []string, body []byte) (right string, do action) {
	switch what := r.Method + " " + parts[0]; {
	case what == "GET sources" && len(parts) == 1:
		return rightSources, func() (any, *refusal) { return s.list(r, s.sourcesListed()) }
	case what == "GET source-items" && len(parts) == 1:
		return rightSources, func() (any, *refusal) { return s.list(r, s.stockListed()) }
	case what == "POST source-items" && len(parts) == 1:
		return rightAssign, func() (any, *refusal) { return s.assign(body) }
	case what == "GET get-product-salable-quantity" && len(parts) == 3:
		return rightSalable, func() (any, *refusal) { return s.salable(parts[1]) }
	}
	return "", nil
}

func (s *Sim) oneOrder(id int, show func(*order) any) (any, *refusal) {
	o := s.order(id)
	if o == nil {
		return nil, noEntity()
	}
	return show(o), nil
}

// assign sets how many there are at sources: absolutely, whatever there were.
func (s *Sim) assign(body []byte) (any, *refusal) {
	var in struct {
		Items []struct {
			SKU    string  `json:"sku"`
			Source string  `json:"source_code"`
			Qty    float64 `json:"quantity"`
			Status int     `json:"status"`
		} `json:"sourceItems"`
	}
	if json.Unmarshal(body, &in) != nil {
		return nil, refuse(400, "The request body cannot be read.")
	}
	if len(in.Items) == 0 {
		return nil, refuse(400, "Input data is empty")
	}
	for _, i := range in.Items {
		if s.bySKU[i.SKU] == nil || !contains(s.sources, i.Source) {
			return nil, refuse(400, "Validation Failed")
		}
	}
	for _, i := range in.Items {
		s.at(i.SKU)[i.Source] = &held{qty: i.Qty, status: i.Status}
	}
	return []any{}, nil
}

func (s *Sim) salable(sku string) (any, *refusal) {
	if s.bySKU[sku] == nil {
		return nil, &refusal{status: 404, message: "The product with SKU \"%sku\" does not exist.", named: map[string]string{"sku": sku}}
	}
	n := 0.0
	for _, h := range s.stock[sku] {
		if h.status == 1 {
			n += h.qty
		}
	}
	return n - float64(s.reserved[sku]), nil
}

func contains(list []string, text string) bool {
	for _, t := range list {
		if t == text {
			return true
		}
	}
	return false
}
