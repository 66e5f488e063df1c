// Package easyshipsim is a simulated account of Easyship's sandbox, version 2024-09 of
// its interface. It keeps the first answer to each Idempotency-Key for 24 hours, whatever
// it was; order numbers need not be unique there. Prices follow the mass alone. It must
// not know the client that is tried on it.
package easyshipsim

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const token = "sand_simulated0123456789"

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults

	mu        sync.Mutex
	shipments []*shipment
	answers   map[string]kept // by Idempotency-Key
	mux       *http.ServeMux
}

type shipment struct {
	id, number string
	service    service
	label      string // state
	state      string
	format     string
	paper      []byte
	asked      int
	at         time.Time
	sold       *carriersim.Label
}

// kept is an answer that is given again.
type kept struct {
	status int
	body   []byte
	at     time.Time
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, answers: map[string]kept{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /account", a.account)
	a.mux.HandleFunc("GET /courier_services", a.services)
	a.mux.HandleFunc("POST /rates", a.rates)
	a.mux.HandleFunc("POST /shipments", a.create)
	a.mux.HandleFunc("GET /shipments", a.list)
	a.mux.HandleFunc("GET /shipments/{id}", a.show)
	a.mux.HandleFunc("POST /shipments/{id}/cancel", a.cancel)
	a.mux.HandleFunc("POST /manifests", a.manifest)
	a.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "invalid_endpoint", "The requested endpoint does not exist.")
	})
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the access token.
func (a *Account) Secret() string { return token }

// Set is empty: there is nothing that has to be told.
func (a *Account) Set() map[string]string { return nil }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id, ok := strings.CutPrefix(r.URL.Path, "/files/"); ok { // of another host, without a token
		if s := a.shipment(id); s != nil && s.sold != nil {
			_, _ = w.Write(s.print())
			return
		}
		http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
		return
	}
	key := r.Header.Get("Idempotency-Key")
	before, again := a.answers[key]
	switch {
	case r.Header.Get("Authorization") != "Bearer "+token:
		fail(w, http.StatusUnauthorized, "invalid_token", "Invalid token.")
	case r.ContentLength > 0 && r.Header.Get("Content-Type") != "application/json":
		fail(w, http.StatusBadRequest, "invalid_content", "JSON is wanted.")
	case r.Method == http.MethodPost && key != "" && again && a.o.Now().Sub(before.at) < 24*time.Hour:
		write(w, before.status, before.body)
	case r.Method == http.MethodPost && key != "":
		got := &held{header: http.Header{}, status: http.StatusOK}
		a.mux.ServeHTTP(got, r)
		a.answers[key] = kept{got.status, got.body.Bytes(), a.o.Now()}
		write(w, got.status, got.body.Bytes())
	default:
		a.mux.ServeHTTP(w, r)
	}
}

type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *held) Header() http.Header         { return h.header }
func (h *held) WriteHeader(status int)      { h.status = status }
func (h *held) Write(p []byte) (int, error) { return h.body.Write(p) }

func write(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

type object = map[string]any

func answer(w http.ResponseWriter, status int, body any) {
	data, _ := json.Marshal(body)
	write(w, status, data)
}

func fail(w http.ResponseWriter, status int, code, message string, details ...string) {
	answer(w, status, object{"error": object{
		"code": code, "details": append([]string{}, details...), "message": message, "request_id": "384042d3-simulated", "type": "invalid_request_error",
	}})
}

type service struct {
	id, name, umbrella, courier string
	cents                       int64
	days                        int
}

var sells = []service{
	{"01563646-58c1-4607-8fe0-cae3e33c0001", "USPS - Ground Advantage", "USPS", "c-usps", 588, 5},
	{"01563646-58c1-4607-8fe0-cae3e33c0002", "UPS® Ground", "UPS", "c-ups", 769, 4},
}

func (s service) body() object {
	return object{"id": s.id, "name": s.name, "umbrella_name": s.umbrella, "courier_id": s.courier}
}

func (s service) rate(grams int) object {
	return object{
		"courier_service": s.body(), "currency": "USD", "total_charge": json.Number(money(s.price(grams))), "min_delivery_time": s.days - 2,
		"max_delivery_time": s.days, "cost_rank": 1, "incoterms": "DDU", "shipment_charge_total": json.Number(money(s.price(grams) - 40)),
	}
}

func (s service) price(grams int) int64 { return s.cents + int64(grams/500)*70 }

func money(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

func (a *Account) account(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, object{"account": object{"name": "Sample Shop", "credit": object{"available_balance": 90.5, "balance": 100.0, "currency": "USD"}}})
}

func (a *Account) services(w http.ResponseWriter, _ *http.Request) {
	var all []object
	for _, s := range sells {
		all = append(all, s.body())
	}
	answer(w, http.StatusOK, object{"courier_services": all, "meta": object{"pagination": object{"page": 1, "next": nil, "count": len(all)}}})
}

func (a *Account) rates(w http.ResponseWriter, r *http.Request) {
	in, grams := decode(w, r)
	if in == nil {
		return
	}
	all := []object{}
	for _, s := range sells {
		if grams <= 68_000 {
			all = append(all, s.rate(grams))
		}
	}
	answer(w, http.StatusOK, object{"rates": all, "meta": object{}})
}

func (a *Account) create(w http.ResponseWriter, r *http.Request) {
	in, grams := decode(w, r)
	if in == nil {
		return
	}
	i := slices.IndexFunc(sells, func(s service) bool { return s.id == in.Courier.Service })
	set := in.Settings
	mishap := a.book.Take(carriersim.PoorFunds, carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp, carriersim.NoLabel, carriersim.Slow, carriersim.OtherParcel, carriersim.Failed)
	switch {
	case in.Courier.Fallback || in.Courier.Rules: // the shop's own would choose
		i = 1
	case i < 0, mishap == carriersim.NoService:
		fail(w, http.StatusUnprocessableEntity, "invalid_content", "The request body content is not valid.", "Rates for the courier service can't be found")
		return
	case mishap == carriersim.BadAddress:
		fail(w, http.StatusUnprocessableEntity, "invalid_content", "The request body content is not valid.", "The destination address is not deliverable")
		return
	case in.To.Phone == "":
		fail(w, http.StatusUnprocessableEntity, "invalid_content", "The request body content is not valid.", "contact_phone is missing")
		return
	case set.Printing.Format == "", set.Printing.Label != "4x6", !set.Buy, !set.Now:
		fail(w, http.StatusUnprocessableEntity, "invalid_content", "The request body content is not valid.", "printing_options are missing")
		return
	}
	s := &shipment{id: fmt.Sprintf("ESUS%08d", a.book.Serial()), number: in.Order.Number, service: sells[i], label: "not_created", state: "created", format: set.Printing.Format, at: a.o.Now()}
	a.shipments = append(a.shipments, s)
	if mishap == carriersim.PoorFunds { // the shipment stays, without a label
		fail(w, http.StatusUnprocessableEntity, "over_limit", "Your balance is not enough credit to buy this label.")
		return
	}
	if mishap == carriersim.Failed {
		s.label = "technical_failed"
		body := a.body(r, s, true)
		body["last_failure_http_response_messages"] = []any{object{"code": "x", "content": "The courier failed."}}
		answer(w, http.StatusCreated, object{"shipment": body})
		return
	}
	price := s.service.price(grams)
	if mishap == carriersim.PriceUp {
		price += price / 10
	}
	number := carriersim.USPSNumber(a.book.Serial())
	if s.service.umbrella == "UPS" {
		number = carriersim.UPSNumber(a.book.Serial())
	}
	to := in.To
	s.label = "generated"
	s.sold = a.book.Sell(carriersim.Label{
		ID: s.id, Ref: s.number, Tracking: number, Carrier: s.service.umbrella, Service: s.service.id, Minor: price, Currency: "USD", Grams: grams,
		At: a.o.Now(), Test: true,
		To: carriersim.Address{Name: to.Name, Company: to.Company, Street: to.Line1, Street2: to.Line2, City: to.City, Region: to.State, Postcode: to.Code, Country: to.Country, Phone: to.Phone},
	})
	if mishap == carriersim.Slow || mishap == carriersim.NoLabel { // in spite of buy_label_synchronous
		s.label = "pending"
	}
	body := a.body(r, s, true)
	if mishap == carriersim.OtherParcel {
		body["order_data"] = object{"platform_order_number": "#7"}
	}
	answer(w, http.StatusCreated, object{"shipment": body, "meta": object{"request_id": "1"}})
}

func (s *shipment) print() []byte {
	if s.paper == nil {
		s.paper, _ = carriersim.Paper(*s.sold, s.format, 203)
	}
	return s.paper
}

// body is a shipment as the interface writes it, its documents in the answer or by address.
func (a *Account) body(r *http.Request, s *shipment, inline bool) object {
	b := object{
		"easyship_shipment_id": s.id, "label_state": s.label, "shipment_state": s.state, "delivery_state": "not_created", "courier_service": s.service.body(),
		"order_data": object{"platform_order_number": s.number, "platform_name": "packbench"}, "rates": []object{}, "trackings": []object{},
		"shipping_documents": []object{}, "last_failure_http_response_messages": []any{}, "currency": "USD",
	}
	if s.sold == nil || s.label == "pending" {
		return b
	}
	rate := s.service.rate(0)
	rate["total_charge"] = json.Number(money(s.sold.Minor))
	b["rates"], b["trackings"] = []object{rate}, []object{{"tracking_number": s.sold.Tracking, "leg_number": 1}}
	document := object{"category": "label", "format": s.format, "page_size": "4x6", "url": nil, "base64_encoded_strings": []string{}}
	if inline {
		document["base64_encoded_strings"] = []string{base64.StdEncoding.EncodeToString(s.print())}
	} else {
		document["url"] = "http://" + r.Host + "/files/" + s.id
	}
	b["shipping_documents"] = []object{document, {"category": "packing_slip", "base64_encoded_strings": []string{"AA=="}}}
	return b
}

func (a *Account) shipment(id string) *shipment {
	i := slices.IndexFunc(a.shipments, func(s *shipment) bool { return s.id == id })
	if i < 0 {
		return nil
	}
	return a.shipments[i]
}

func (a *Account) list(w http.ResponseWriter, r *http.Request) {
	all := []object{}
	for _, s := range a.shipments {
		if s.number == r.URL.Query().Get("platform_order_number") && a.o.Now().Sub(s.at) >= a.o.Lag {
			all = append(all, a.body(r, s, false))
		}
	}
	answer(w, http.StatusOK, object{"shipments": all, "meta": object{"pagination": object{"page": 1, "next": nil, "count": len(all)}}})
}

func (a *Account) show(w http.ResponseWriter, r *http.Request) {
	s := a.shipment(r.PathValue("id"))
	if s == nil {
		fail(w, http.StatusNotFound, "resource_not_found", "The shipment does not exist.")
		return
	}
	if s.asked++; s.asked > 1 && s.label == "pending" {
		s.label = "generated"
	}
	answer(w, http.StatusOK, object{"shipment": a.body(r, s, false)})
}

func (a *Account) cancel(w http.ResponseWriter, r *http.Request) {
	s := a.shipment(r.PathValue("id"))
	switch {
	case s == nil:
		fail(w, http.StatusNotFound, "resource_not_found", "The shipment does not exist.")
	case a.book.Take(carriersim.NoRefund, carriersim.LateRefund) == carriersim.NoRefund, s.state == "cancelled", s.sold == nil:
		fail(w, http.StatusUnprocessableEntity, "invalid_content", "The shipment can not be cancelled.")
	default:
		s.state = "cancelled"
		a.book.Void(s.id)
		answer(w, http.StatusOK, object{"success": object{"message": "Shipment successfully cancelled"}, "meta": object{"request_id": "1"}})
	}
}

// manifest leaves out in silence what it does not know.
func (a *Account) manifest(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Courier string   `json:"courier_id"`
		IDs     []string `json:"shipment_ids"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	first := ""
	for _, id := range in.IDs {
		if s := a.shipment(id); s != nil && s.sold != nil && s.state != "cancelled" && s.service.courier == in.Courier {
			a.book.Close(s.id)
			first = s.id
		}
	}
	if first == "" {
		fail(w, http.StatusUnprocessableEntity, "invalid_content", "No shipment can be manifested.")
		return
	}
	answer(w, http.StatusCreated, object{"manifest": object{"id": a.book.Token("m"), "document": object{"format": "url", "url": "http://" + r.Host + "/files/" + first}}})
}
