// Package sendcloudsim is a simulated Sendcloud account, version 3 of its interface: it
// knows shipping options with prices, announces shipments once per external reference,
// keeps those whose announcement failed, gives out documents and cancels. It is strict
// about types: prices and weights of parcels are texts, weights of items are numbers. It
// must not know the client that is tried on it.
package sendcloudsim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const (
	public = "0f1e2d3c-public"
	secret = "9a8b7c6d-secret"
)

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults
	mux    *http.ServeMux

	mu        sync.Mutex
	shipments []*shipment
}

type shipment struct {
	id     string
	parcel int
	in     request
	option option
	sold   *carriersim.Label
	status string
	asked  int // how often a slow one was looked at
	hidden int // how often its label is not there yet
	at     time.Time
}

type option struct {
	code, name, carrier, carrierName, last string
	contract                               int
	cents, perKilo                         int64
	hours                                  int
	functions                              map[string]any
}

var options = []option{
	{"postnl:standard", "PostNL Standard", "postnl", "PostNL", "home_delivery", 517, 575, 45, 24, nil},
	{"postnl:standard/signature", "PostNL Standard, signed for", "postnl", "PostNL", "home_delivery", 517, 695, 45, 24, map[string]any{"signature": true}},
	{"dpd:home", "DPD Home", "dpd", "DPD", "home_delivery", 518, 610, 30, 48, map[string]any{"age_check": 18, "signature": true}},
	{"dpd:home", "DPD Home", "dpd", "DPD", "home_delivery", 519, 640, 30, 48, map[string]any{"age_check": 18, "signature": true}},
	{"dpd:shop", "DPD Pickup", "dpd", "DPD", "service_point", 518, 410, 30, 48, nil},
	{"ups:standard", "UPS Standard", "ups", "UPS", "home_delivery", 600, 0, 0, 0, nil}, // a contract of the shop's own
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, mux: http.NewServeMux()}
	a.mux.HandleFunc("POST /shipping-options", a.quotes)
	a.mux.HandleFunc("POST /shipments/announce", a.announce)
	a.mux.HandleFunc("GET /shipments", a.list)
	a.mux.HandleFunc("GET /shipments/{id}", a.show)
	a.mux.HandleFunc("POST /shipments/{id}/cancel", a.cancel)
	a.mux.HandleFunc("GET /parcels/{id}/documents/{type}", a.document)
	a.mux.HandleFunc("GET /parcels/tracking/{number}", a.track)
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is both keys.
func (a *Account) Secret() string { return public + ":" + secret }

// Set is empty: there is nothing that has to be told.
func (a *Account) Set() map[string]string { return nil }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	user, password, ok := r.BasicAuth()
	switch {
	case !ok || user != public || password != secret:
		fail(w, http.StatusUnauthorized, "authentication_failed", "/data", "Invalid username/password.")
	case r.Method == http.MethodPost && r.ContentLength > 0 && r.Header.Get("Content-Type") != "application/json":
		fail(w, http.StatusUnsupportedMediaType, "invalid", "/data", "Unsupported media type.")
	default:
		a.mu.Lock()
		defer a.mu.Unlock()
		a.mux.ServeHTTP(w, r)
	}
}

func failure(status int, code, pointer, detail string) map[string]any {
	e := map[string]any{"status": fmt.Sprint(status), "code": code, "detail": detail}
	if pointer != "" {
		e["source"] = map[string]any{"pointer": pointer}
	}
	return e
}

func fail(w http.ResponseWriter, status int, code, pointer, detail string) {
	answer(w, status, map[string]any{"errors": []any{failure(status, code, pointer, detail)}})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (a *Account) money(cents int64) map[string]any {
	return map[string]any{"value": fmt.Sprintf("%d.%02d", cents/100, cents%100), "currency": a.o.Coin("EUR")}
}

func (a *Account) quotes(w http.ResponseWriter, r *http.Request) {
	var in struct {
		From    *place   `json:"from_address"`
		To      *place   `json:"to_address"`
		Parcels []parcel `json:"parcels"`
		Quotes  bool     `json:"calculate_quotes"`
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "invalid", "/data", err.Error())
		return
	}
	var grams int64
	if in.Quotes {
		if in.From == nil || in.To == nil || in.From.Country == "" || in.To.Country == "" || len(in.Parcels) != 1 {
			fail(w, http.StatusBadRequest, "required", "/to_address/country_code", "This field is required.")
			return
		}
		var no string
		if grams, no = in.Parcels[0].grams(); no != "" {
			fail(w, http.StatusBadRequest, "invalid", "/parcels/0/weight", no)
			return
		}
	}
	data := []any{}
	for _, o := range options {
		if grams > 31_500 {
			continue
		}
		functions := map[string]any{"signature": false, "age_check": nil, "last_mile": o.last, "insurance": nil}
		for k, v := range o.functions {
			functions[k] = v
		}
		one := map[string]any{
			"code": o.code, "name": o.name, "carrier": map[string]any{"code": o.carrier, "name": o.carrierName}, "product": map[string]any{"code": o.code, "name": o.name},
			"functionalities": functions, "contract": map[string]any{"id": o.contract}, "charging_type": "label_creation", "quotes": nil,
		}
		if in.Quotes && o.cents > 0 {
			one["quotes"] = []any{
				a.quote("0.001", "10.000", a.price(o, grams), o.hours), a.quote("10.001", "31.500", a.price(o, grams)+200, o.hours),
			}
		}
		data = append(data, one)
	}
	answer(w, http.StatusOK, map[string]any{"data": data, "message": nil})
}

func (a *Account) price(o option, grams int64) int64 {
	return a.o.Price(o.cents + grams/1000*o.perKilo)
}

// quote is one band of weights.
func (a *Account) quote(low, high string, cents int64, hours int) map[string]any {
	fuel := cents / 20
	return map[string]any{
		"weight": map[string]any{"min": map[string]any{"value": low, "unit": "kg"}, "max": map[string]any{"value": high, "unit": "kg"}},
		"price": map[string]any{
			"breakdown": []any{
				map[string]any{"type": "price_without_insurance", "label": "Label", "price": a.money(cents - fuel)},
				map[string]any{"type": "fuel", "label": "Fuel surcharge", "price": a.money(fuel)},
			},
			"total": a.money(cents),
		},
		"lead_time": hours,
	}
}

func (a *Account) find(is func(*shipment) bool) *shipment {
	for _, s := range a.shipments {
		if is(s) {
			return s
		}
	}
	return nil
}

func (a *Account) list(w http.ResponseWriter, r *http.Request) {
	data := []any{}
	ref := r.URL.Query().Get("external_reference_id")
	if s := a.find(func(s *shipment) bool { return s.in.External == ref && !s.at.After(a.o.Now().Add(-a.o.Lag)) }); ref != "" && s != nil {
		data = append(data, a.body(r, s, false))
	}
	answer(w, http.StatusOK, map[string]any{"data": data})
}

func (a *Account) show(w http.ResponseWriter, r *http.Request) {
	s := a.find(func(s *shipment) bool { return s.id == r.PathValue("id") })
	if s == nil {
		fail(w, http.StatusNotFound, "not_found", "/data", "Not found.")
		return
	}
	answer(w, http.StatusOK, map[string]any{"data": a.body(r, s, false)})
}

func (a *Account) cancel(w http.ResponseWriter, r *http.Request) {
	s := a.find(func(s *shipment) bool { return s.id == r.PathValue("id") })
	switch {
	case s == nil:
		fail(w, http.StatusNotFound, "not_found", "/data", "Not found.")
		return
	case s.status != "READY_TO_SEND":
		fail(w, http.StatusConflict, "invalid", "/data", "Shipment cannot be cancelled.")
		return
	}
	switch a.book.Take(carriersim.NoRefund, carriersim.LateRefund) {
	case carriersim.NoRefund:
		s.status = "EN_ROUTE_TO_SORTING_CENTER"
		fail(w, http.StatusConflict, "invalid", "/data", "Shipment cannot be cancelled.")
	case carriersim.LateRefund:
		s.status = "CANCELLATION_REQUESTED"
		a.book.Void(s.id)
		answer(w, http.StatusAccepted, map[string]any{"data": map[string]any{"status": "queued", "message": "Shipment cancellation has been queued"}})
	default:
		s.status = "CANCELLED"
		a.book.Void(s.id)
		answer(w, http.StatusOK, map[string]any{"data": map[string]any{"status": "cancelled", "message": "Shipment has been cancelled"}})
	}
}

func (a *Account) document(w http.ResponseWriter, r *http.Request) {
	s := a.find(func(s *shipment) bool { return fmt.Sprint(s.parcel) == r.PathValue("id") })
	if s == nil || s.sold == nil || s.hidden > 0 {
		if s != nil {
			s.hidden--
		}
		fail(w, http.StatusNotFound, "not_found", "/data", "No Parcel matches the given query.")
		return
	}
	form, want := "pdf", r.Header.Get("Accept")
	switch {
	case r.PathValue("type") != "label" && (r.PathValue("type") != "customs-declaration" || s.in.Customs == nil):
		fail(w, http.StatusNotFound, "not_found", "/data", "Not found.")
		return
	case strings.HasSuffix(s.in.Label.Mime, "zpl") && r.PathValue("type") == "label": // native: there is nothing else
		form = "zpl"
	case want != "application/pdf" && want != "application/zpl":
		fail(w, http.StatusNotAcceptable, "invalid", "/data", "Could not satisfy the request Accept header.")
		return
	case want == "application/zpl":
		form = "zpl"
	}
	data, err := carriersim.Paper(*s.sold, form, 203)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/"+form)
	_, _ = w.Write(data)
}

func (a *Account) track(w http.ResponseWriter, r *http.Request) {
	s := a.find(func(s *shipment) bool { return s.sold != nil && s.sold.Tracking == r.PathValue("number") })
	if s == nil {
		answer(w, http.StatusNotFound, map[string]any{"detail": "Parcel does not exist"})
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"announced_at": s.at.UTC().Format(time.RFC3339), "details": map[string]any{"expected_delivery_date": nil},
		"events": []any{map[string]any{
			"event_at": s.at.UTC().Format(time.RFC3339), "event_type": "carrier", "status_code": "accepted", "status_description": "Accepted by the carrier.",
			"status_type": "success", "sub_status_code": "none",
		}},
	})
}
