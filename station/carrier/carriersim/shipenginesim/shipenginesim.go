// Package shipenginesim is a simulated account of ShipEngine, version 1 of its interface,
// which is ShipStation's version 2 as well. A reference (external_shipment_id) can be
// used once; a purchase that is refused leaves a shipment without a label behind, which
// holds it. Prices follow the mass alone. It must not know the client that is tried on it.
package shipenginesim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults
	key    string
	live   bool

	mu        sync.Mutex
	shipments map[string]*shipment // by id
	labels    []*label
	mux       *http.ServeMux
}

// shipment is one that was made, with a label or without.
type shipment struct {
	id, external string
	in           shipmentIn
}

type label struct {
	*shipment
	id, form string
	inline   bool
	sold     carriersim.Label
	paper    []byte
	status   string
	asked    int // how often a label that is being made was asked after
	bare     bool
	voided   bool
	refund   string
}

// New returns an account of ShipEngine, with a key of its sandbox.
func New(o carriersim.Options) *Account { return open(o, "TEST_simulated0123456789", false) }

// NewShipStation returns an account of ShipStation, which has no sandbox.
func NewShipStation(o carriersim.Options) *Account { return open(o, "simulated0123456789", true) }

func open(o carriersim.Options, key string, live bool) *Account {
	a := &Account{o: o, key: key, live: live, shipments: map[string]*shipment{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /carriers", a.carriers)
	a.mux.HandleFunc("POST /rates", a.rates)
	a.mux.HandleFunc("POST /labels", a.buy)
	a.mux.HandleFunc("POST /labels/shipment/{id}", a.buyLeft)
	a.mux.HandleFunc("GET /labels", a.list)
	a.mux.HandleFunc("GET /labels/{id}", a.show)
	a.mux.HandleFunc("GET /labels/{id}/{what}", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.PathValue("id") == "external_shipment_id":
			a.byReference(w, r)
		case r.PathValue("what") == "track":
			a.track(w, r)
		default:
			http.NotFound(w, r)
		}
	})
	a.mux.HandleFunc("GET /shipments/external_shipment_id/{ref}", a.shipment)
	a.mux.HandleFunc("PUT /labels/{id}/void", a.void)
	a.mux.HandleFunc("POST /manifests", a.manifest)
	a.mux.HandleFunc("POST /addresses/validate", a.validate)
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { // as its gateway does
		http.Error(w, "<html><title>404 Not Found</title></html>", http.StatusNotFound)
	})
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the API key.
func (a *Account) Secret() string { return a.key }

// Set is empty: there is nothing that has to be told.
func (a *Account) Set() map[string]string { return nil }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case strings.HasPrefix(r.URL.Path, "/downloads/"): // without a key
		a.download(w, r)
	case r.Header.Get("API-Key") != a.key: // plain text, as recorded
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
	case r.ContentLength > 0 && r.Header.Get("Content-Type") != "application/json":
		fail(w, http.StatusUnsupportedMediaType, "validation", "unspecified", "", "JSON is wanted.")
	default:
		a.mux.ServeHTTP(w, r)
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, kind, code, field, message string) {
	e := object{"error_source": "shipengine", "error_type": kind, "error_code": code, "message": message}
	if field != "" {
		e["field_name"] = field
	}
	answer(w, status, object{"request_id": "aa3d8e8e-simulated", "errors": []object{e}})
}

type object = map[string]any

type service struct {
	carrier, code, service, name string
	cents                        int64
	days                         int
}

// services are what the two carriers sell.
var services = []service{
	{"se-101", "stamps_com", "usps_ground_advantage", "USPS Ground Advantage", 571, 4},
	{"se-101", "stamps_com", "usps_priority_mail", "USPS Priority Mail", 803, 2},
	{"se-202", "ups", "ups_ground", "UPS® Ground", 744, 3},
}

func (a *Account) carriers(w http.ResponseWriter, _ *http.Request) {
	of := func(id, code, name string, prepaid bool) object {
		var sells []object
		for _, s := range services {
			if s.carrier == id {
				sells = append(sells, object{"carrier_id": id, "carrier_code": code, "service_code": s.service, "name": s.name, "domestic": true})
			}
		}
		return object{
			"carrier_id": id, "carrier_code": code, "friendly_name": name, "nickname": "Dock", "requires_funded_amount": prepaid, "balance": 80.5,
			"disabled_by_billing_plan": false, "services": sells,
		}
	}
	// 207, as recorded
	answer(w, http.StatusMultiStatus, object{"carriers": []object{of("se-101", "stamps_com", "Stamps.com", true), of("se-202", "ups", "UPS", false)}, "errors": []object{}})
}

func (a *Account) rates(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Shipment shipmentIn `json:"shipment"`
		Options  struct {
			Carriers []string `json:"carrier_ids"`
		} `json:"rate_options"`
	}
	if !decode(w, r, &in) || !in.Shipment.check(w) {
		return
	}
	if len(in.Options.Carriers) == 0 {
		fail(w, http.StatusBadRequest, "validation", "field_value_required", "rate_options.carrier_ids", "A carrier is wanted.")
		return
	}
	grams, _ := in.Shipment.grams()
	rates, errs := []object{}, []object{}
	for _, s := range services {
		asked := false
		for _, id := range in.Options.Carriers {
			asked = asked || id == s.carrier
		}
		switch {
		case !asked:
		case grams > 31_751:
			errs = append(errs, object{
				"error_source": "carrier", "error_type": "business_rules", "error_code": "unspecified", "carrier_id": s.carrier, "carrier_code": s.code,
				"message": "A shipping carrier error occurred: Unable to determine base rate from rate chart.",
			})
		default:
			rates = append(rates, a.rate(s.carrier, s.code, s.service, s.name, price(s.cents, grams), s.days, "package"))
			if s.service == "usps_priority_mail" { // a flat rate for a box of the carrier's, cheap and of no use here
				rates = append(rates, a.rate(s.carrier, s.code, s.service, s.name, 300, s.days, "small_flat_rate_box"))
			}
		}
	}
	answer(w, http.StatusOK, object{"rate_response": object{"rates": rates, "invalid_rates": []object{}, "status": "completed", "errors": errs}})
}

func price(cents int64, grams int) int64 { return cents + int64(grams/500)*60 }

// rate splits the price, as the interface does, and writes it in small letters.
func (a *Account) rate(carrier, code, service, name string, cents int64, days int, kind string) object {
	return object{
		"rate_id": a.book.Token("se-"), "carrier_id": carrier, "carrier_code": code, "service_code": service, "service_type": name, "package_type": kind,
		"shipping_amount": usd(cents - 25), "insurance_amount": usd(0), "confirmation_amount": usd(0), "other_amount": usd(25), "tax_amount": nil,
		"delivery_days": days, "estimated_delivery_date": nil, "guaranteed_service": false, "validation_status": "valid",
		"warning_messages": []string{}, "error_messages": []string{},
	}
}

func usd(cents int64) object {
	return object{"currency": "usd", "amount": json.Number(fmt.Sprintf("%d.%02d", cents/100, cents%100))}
}

// body is a label as the interface writes it.
func (a *Account) body(r *http.Request, l *label, inline bool) object {
	b := object{
		"label_id": l.id, "shipment_id": l.shipment.id, "external_shipment_id": l.external, "status": l.status, "voided": l.voided,
		"tracking_number": l.sold.Tracking, "carrier_code": l.sold.Carrier, "service_code": l.sold.Service, "shipment_cost": usd(l.sold.Minor),
		"insurance_cost": usd(0), "label_format": l.form, "label_download": nil, "form_download": nil, "refund_status": nil,
	}
	if l.voided {
		b["status"], b["refund_status"] = "voided", l.refund
	}
	switch {
	case l.status == "processing":
		b["tracking_number"] = "9999999999999"
		if a.live {
			b["tracking_number"] = nil
		}
	case l.bare:
	case inline:
		data, _ := l.print()
		b["label_download"] = object{"href": "data:application/" + l.form + ";base64," + base64.StdEncoding.EncodeToString(data)}
	default:
		at := "http://" + r.Host + "/downloads/" + l.id + "." + l.form
		b["label_download"] = object{"href": at, l.form: at}
	}
	return b
}

// print draws the label, once.
func (l *label) print() (data []byte, err error) {
	if l.paper == nil {
		l.paper, err = carriersim.Paper(l.sold, l.form, 203)
	}
	return l.paper, err
}

// settle moves a label that is being made on.
func (l *label) settle() {
	if l.asked++; l.asked > 1 {
		l.bare = false
		if l.status == "processing" {
			l.status = "completed"
		}
	}
}

func (a *Account) label(id string) *label {
	for _, l := range a.labels {
		if l.id == id {
			return l
		}
	}
	return nil
}

func (a *Account) show(w http.ResponseWriter, r *http.Request) {
	l := a.label(r.PathValue("id"))
	if l == nil {
		fail(w, http.StatusNotFound, "business_rules", "not_found", "label_id", "label not found")
		return
	}
	l.settle()
	answer(w, http.StatusOK, a.body(r, l, r.URL.Query().Get("label_download_type") == "inline"))
}

// byReference shows the first label of a reference only.
func (a *Account) byReference(w http.ResponseWriter, r *http.Request) {
	for _, l := range a.labels {
		if l.external == r.PathValue("what") && a.o.Now().Sub(l.sold.At) >= a.o.Lag {
			l.settle()
			answer(w, http.StatusOK, a.body(r, l, r.URL.Query().Get("label_download_type") == "inline"))
			return
		}
	}
	fail(w, http.StatusNotFound, "business_rules", "not_found", "external_shipment_id", "label not found")
}

func (a *Account) shipment(w http.ResponseWriter, r *http.Request) {
	for _, s := range a.shipments {
		if s.external == r.PathValue("ref") {
			answer(w, http.StatusOK, object{"shipment_id": s.id, "external_shipment_id": s.external, "shipment_status": "pending"})
			return
		}
	}
	fail(w, http.StatusNotFound, "business_rules", "not_found", "external_shipment_id", "shipment not found")
}

func (a *Account) list(w http.ResponseWriter, r *http.Request) {
	out := []object{}
	for i := len(a.labels) - 1; i >= 0; i-- {
		if l := a.labels[i]; l.shipment.id == r.URL.Query().Get("shipment_id") {
			out = append(out, a.body(r, l, false))
		}
	}
	answer(w, http.StatusOK, object{"labels": out, "total": len(out), "page": 1, "pages": 1})
}

func (a *Account) download(w http.ResponseWriter, r *http.Request) {
	id, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/downloads/"), ".")
	l := a.label(id)
	if l == nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	data, err := l.print()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(data)
}

func (a *Account) track(w http.ResponseWriter, r *http.Request) {
	l := a.label(r.PathValue("id"))
	if l == nil {
		fail(w, http.StatusNotFound, "business_rules", "not_found", "label_id", "label not found")
		return
	}
	answer(w, http.StatusOK, object{
		"tracking_number": l.sold.Tracking, "status_code": "NY", "status_description": "Not Yet In System", "estimated_delivery_date": nil,
		"events": []object{{
			"occurred_at": l.sold.At.UTC().Format(time.RFC3339), "description": "Shipping label created", "city_locality": "", "country_code": "US",
			"event_code": "GX", "status_code": "NY",
		}},
	})
}
