// Package shipstationv1sim is a simulated account of ShipStation, version 1 of its
// interface. A label is shown once, in the answer to its purchase; lists have none. An
// order takes as many labels as are bought for it. Prices follow the mass alone. It must
// not know the client that is tried on it.
package shipstationv1sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const (
	key    = "simulatedkey"
	secret = "simulatedsecret"
)

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults

	mu      sync.Mutex
	orders  []*order
	labels  []*label
	noStore bool
	limit   int // requests a minute, 0 for no end
	minute  time.Time
	used    int
	mux     *http.ServeMux
}

type order struct {
	id          int
	number, key string
	to          *addressIn
	shipped     bool
}

type label struct {
	order   *order
	id      int
	carrier string
	sold    carriersim.Label
	at      time.Time
	voided  bool
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /carriers", a.carriers)
	a.mux.HandleFunc("GET /carriers/listservices", a.services)
	a.mux.HandleFunc("POST /shipments/getrates", a.rates)
	a.mux.HandleFunc("POST /orders/createorder", a.createOrder)
	a.mux.HandleFunc("POST /orders/createlabelfororder", a.buy)
	a.mux.HandleFunc("GET /shipments", a.list)
	a.mux.HandleFunc("POST /shipments/voidlabel", a.void)
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is key and secret.
func (a *Account) Secret() string { return key + ":" + secret }

// Set is empty: there is nothing that has to be told.
func (a *Account) Set() map[string]string { return nil }

// NoStore takes away the manual store, without which no label can be bought for an order.
func (a *Account) NoStore() { a.noStore = true }

// Limit has it answer so many requests a minute, as the real one does.
func (a *Account) Limit(n int) { a.limit = n }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	user, password, ok := r.BasicAuth()
	now := a.o.Now()
	if now.Sub(a.minute) >= time.Minute {
		a.minute, a.used = now, 0
	}
	a.used++
	switch {
	case !ok || user != key || password != secret:
		w.WriteHeader(http.StatusUnauthorized)
	case a.limit > 0 && a.used > a.limit:
		w.Header().Set("X-Rate-Limit-Limit", strconv.Itoa(a.limit))
		w.Header().Set("X-Rate-Limit-Remaining", "0")
		w.Header().Set("X-Rate-Limit-Reset", strconv.Itoa(int(a.minute.Add(time.Minute).Sub(now)/time.Second)))
		answer(w, http.StatusTooManyRequests, object{"message": "Too Many Requests"})
	case r.ContentLength > 0 && r.Header.Get("Content-Type") != "application/json":
		fail(w, "JSON is wanted.")
	default:
		a.mux.ServeHTTP(w, r)
	}
}

type object = map[string]any

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, say string) {
	answer(w, http.StatusBadRequest, object{"Message": "An error has occurred.", "ExceptionMessage": say, "ExceptionType": "System.Exception"})
}

func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		answer(w, http.StatusBadRequest, object{"message": "The request is invalid: " + err.Error()})
		return false
	}
	return true
}

type service struct {
	carrier, code, name string
	cents               int64
}

var sells = []service{
	{"stamps_com", "usps_ground_advantage", "USPS Ground Advantage - Package", 566},
	{"stamps_com", "usps_priority_mail", "USPS Priority Mail - Package", 812},
	{"stamps_com", "usps_priority_mail", "USPS Priority Mail - Small Flat Rate Box", 300},
	{"ups", "ups_ground", "UPS® Ground", 735},
}

func (a *Account) carriers(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, []object{
		{"code": "stamps_com", "name": "Stamps.com", "accountNumber": "1", "requiresFundedAccount": true, "balance": 15.01, "primary": true, "shippingProviderId": 7},
		{"code": "ups", "name": "UPS", "accountNumber": "2", "requiresFundedAccount": false, "balance": 0.0, "primary": true, "shippingProviderId": 8},
		{"code": "ups", "name": "UPS", "accountNumber": "3", "requiresFundedAccount": false, "balance": 0.0, "primary": false, "shippingProviderId": 9},
	})
}

func (a *Account) services(w http.ResponseWriter, r *http.Request) {
	out := []object{}
	for _, s := range sells {
		if s.carrier == r.URL.Query().Get("carrierCode") {
			out = append(out, object{"carrierCode": s.carrier, "code": s.code, "name": s.name, "domestic": true, "international": true})
		}
	}
	answer(w, http.StatusOK, out)
}

type weightIn struct {
	Value json.Number `json:"value"`
	Units string      `json:"units"`
}

func (i weightIn) grams() int {
	v, err := i.Value.Float64()
	if err != nil {
		return 0
	}
	return int(v*map[string]float64{"pounds": 453.59237, "ounces": 28.349523125, "grams": 1}[i.Units] + 0.5)
}

type sizeIn struct {
	Length json.Number `json:"length"`
	Width  json.Number `json:"width"`
	Height json.Number `json:"height"`
	Units  string      `json:"units"`
}

func (a *Account) rates(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Carrier  string   `json:"carrierCode"`
		Package  string   `json:"packageCode"`
		From     string   `json:"fromPostalCode"`
		State    string   `json:"toState"`
		Country  string   `json:"toCountry"`
		Code     string   `json:"toPostalCode"`
		City     string   `json:"toCity"`
		Weight   weightIn `json:"weight"`
		Size     *sizeIn  `json:"dimensions"`
		Confirm  string   `json:"confirmation"`
		Resident bool     `json:"residential"`
	}
	if !decode(w, r, &in) {
		return
	}
	grams := in.Weight.grams()
	switch {
	case in.Carrier == "" || in.From == "" || in.Code == "" || len(in.Country) != 2:
		fail(w, "carrierCode, fromPostalCode, toCountry and toPostalCode are required")
		return
	case in.Carrier == "ups" && in.State == "":
		fail(w, "toState is required for UPS")
		return
	case grams <= 0:
		fail(w, "weight is required")
		return
	}
	out := []object{}
	for _, s := range sells {
		if s.carrier == in.Carrier {
			cents := price(s, grams)
			out = append(out, object{"serviceName": s.name, "serviceCode": s.code, "shipmentCost": number(cents - 30), "otherCost": number(30)})
		}
	}
	answer(w, http.StatusOK, out)
}

func price(s service, grams int) int64 { return s.cents + int64(grams/500)*65 }

func number(cents int64) json.Number {
	return json.Number(fmt.Sprintf("%d.%02d", cents/100, cents%100))
}

type addressIn struct {
	Name     string `json:"name"`
	Company  string `json:"company"`
	Street1  string `json:"street1"`
	Street2  string `json:"street2"`
	City     string `json:"city"`
	State    string `json:"state"`
	Code     string `json:"postalCode"`
	Country  string `json:"country"`
	Phone    string `json:"phone"`
	Resident bool   `json:"residential"`
}

// createOrder makes an order, or changes the one with the key.
func (a *Account) createOrder(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Number string     `json:"orderNumber"`
		Key    string     `json:"orderKey"`
		Date   string     `json:"orderDate"`
		Status string     `json:"orderStatus"`
		Bill   *addressIn `json:"billTo"`
		To     *addressIn `json:"shipTo"`
		Notes  string     `json:"internalNotes"`
	}
	if !decode(w, r, &in) {
		return
	}
	_, err := time.Parse(time.DateOnly, in.Date)
	if in.Number == "" || err != nil || in.Status != "awaiting_shipment" || in.Bill == nil || in.To == nil || in.To.Name == "" || in.To.Street1 == "" {
		fail(w, "orderNumber, orderDate, orderStatus, billTo and the name in shipTo are required")
		return
	}
	i := slices.IndexFunc(a.orders, func(o *order) bool { return o.key == in.Key && in.Key != "" })
	if i < 0 {
		a.orders = append(a.orders, &order{id: 90_000 + a.book.Serial(), key: in.Key})
		i = len(a.orders) - 1
	}
	if o := a.orders[i]; !o.shipped {
		o.number, o.to = in.Number, in.To
	}
	answer(w, http.StatusOK, object{"orderId": a.orders[i].id, "orderNumber": a.orders[i].number, "orderKey": a.orders[i].key, "orderStatus": "awaiting_shipment"})
}

func (a *Account) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	out := []object{}
	for _, l := range a.labels {
		of := q.Get("orderId") != "" && q.Get("orderId") == strconv.Itoa(l.order.id) || q.Get("trackingNumber") != "" && q.Get("trackingNumber") == l.sold.Tracking
		if !of || a.o.Now().Sub(l.at) < a.o.Lag {
			continue
		}
		out = append(out, object{
			"shipmentId": l.id, "orderId": l.order.id, "orderNumber": l.order.number, "trackingNumber": l.sold.Tracking, "carrierCode": l.carrier,
			"serviceCode": l.sold.Service, "shipmentCost": number(l.sold.Minor), "insuranceCost": 0.0, "voided": l.voided, "labelData": nil, "formData": nil,
			"createDate": l.at.Format("2006-01-02T15:04:05.0000000"), "weight": object{"value": 1.0, "units": "ounces", "WeightUnits": 1},
		})
	}
	answer(w, http.StatusOK, object{"shipments": out, "total": len(out), "page": 1, "pages": min(len(out), 1)})
}

// void answers 200 whether it is taken back or not.
func (a *Account) void(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ID int `json:"shipmentId"`
	}
	if !decode(w, r, &in) {
		return
	}
	i := slices.IndexFunc(a.labels, func(l *label) bool { return l.id == in.ID })
	switch {
	case i < 0:
		fail(w, "The shipment was not found.")
	case a.book.Take(carriersim.NoRefund, carriersim.LateRefund) == carriersim.NoRefund, a.labels[i].voided:
		answer(w, http.StatusOK, object{"approved": false, "message": "The label could not be voided."})
	default:
		a.labels[i].voided = true
		a.book.Void(a.labels[i].sold.ID)
		answer(w, http.StatusOK, object{"approved": true, "message": "Label voided successfully"})
	}
}
