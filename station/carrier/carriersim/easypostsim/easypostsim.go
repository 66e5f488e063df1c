// Package easypostsim is a simulated EasyPost account, version 2 of its interface: it
// keeps shipments, sells labels once each, refunds them and makes scan forms. Prices
// follow the mass alone. It must not know the client that is tried on it.
package easypostsim

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

const key = "EZTKsimulated0123456789"

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults

	mu        sync.Mutex
	shipments map[string]*shipment
	mux       *http.ServeMux
}

type shipment struct {
	id, reference string
	order         string // its number, on the label
	to            carriersim.Address
	ounces        float64
	zpl           bool
	rates         []rate
	sold          *carriersim.Label
	late          bool // its label comes only when asked for
	refund        string
	asked         int
}

type rate struct {
	id, carrier, service string
	cents                int64
	days                 int
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, shipments: map[string]*shipment{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /users", a.users)
	a.mux.HandleFunc("GET /carrier_accounts", a.accounts)
	a.mux.HandleFunc("POST /shipments", a.create)
	a.mux.HandleFunc("GET /shipments/{id}", a.with(a.show))
	a.mux.HandleFunc("GET /shipments/{id}/label", a.with(a.show))
	a.mux.HandleFunc("POST /shipments/{id}/buy", a.with(a.buy))
	a.mux.HandleFunc("POST /shipments/{id}/refund", a.with(a.refund))
	a.mux.HandleFunc("POST /scan_forms", a.scanForm)
	a.mux.HandleFunc("POST /trackers", a.tracker)
	a.mux.HandleFunc("POST /addresses", a.addresses)
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the API key.
func (a *Account) Secret() string { return key }

// Set is empty: there is nothing that has to be told.
func (a *Account) Set() map[string]string { return nil }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/files/") { // a signed address of another host, with no key
		a.file(w, r)
		return
	}
	user, password, ok := r.BasicAuth()
	switch {
	case !ok || user != key || password != "":
		fail(w, http.StatusUnauthorized, "UNAUTHORIZED", "The API key is wrong.")
	case r.Method == http.MethodPost && r.ContentLength > 0 && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		fail(w, http.StatusBadRequest, "BAD_REQUEST", "JSON is wanted.")
	default:
		a.mux.ServeHTTP(w, r)
	}
}

func fail(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("X-Ep-Request-Uuid", "5f0c-simulated")
	answer(w, status, map[string]any{"error": map[string]any{"code": code, "message": message, "errors": []any{}}})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (a *Account) users(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{"id": "user_1", "balance": "100.00000", "recharge_threshold": "0.00000"})
}

func (a *Account) accounts(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, []any{
		map[string]any{"id": "ca_usps", "type": "UspsAccount", "readable": "USPS"},
		map[string]any{"id": "ca_ups", "type": "UpsDapAccount", "readable": "UPS DAP"},
	})
}

type addressIn struct {
	Name, Company, Street1, Street2, City, State, Zip, Country, Phone string
}

func (i addressIn) address() carriersim.Address {
	return carriersim.Address{
		Name: i.Name, Company: i.Company, Street: i.Street1, Street2: i.Street2, City: i.City, Region: i.State, Postcode: i.Zip, Country: i.Country, Phone: i.Phone,
	}
}

func (a *Account) create(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Shipment struct {
			To, From  *addressIn
			ToAddress *addressIn `json:"to_address"`
			FromAddr  *addressIn `json:"from_address"`
			Parcel    struct {
				Weight json.Number `json:"weight"`
			} `json:"parcel"`
			Reference string `json:"reference"`
			Options   struct {
				LabelFormat string `json:"label_format"`
				Invoice     string `json:"invoice_number"`
			} `json:"options"`
			Customs *struct {
				Items []any `json:"customs_items"`
			} `json:"customs_info"`
		} `json:"shipment"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "BAD_REQUEST", "The body is no JSON.")
		return
	}
	s := in.Shipment
	ounces, err := s.Parcel.Weight.Float64()
	switch {
	case s.ToAddress == nil || s.FromAddr == nil || s.ToAddress.Country == "" || s.ToAddress.Street1 == "":
		fail(w, http.StatusUnprocessableEntity, "PARAMETER.REQUIRED", "Missing required parameter.")
		return
	case err != nil || ounces <= 0:
		fail(w, http.StatusUnprocessableEntity, "PARAMETER.INVALID", "The weight must be above zero.")
		return
	}
	made := &shipment{id: a.book.Token("shp_"), reference: s.Reference, to: s.ToAddress.address(), ounces: ounces, order: s.Options.Invoice, zpl: s.Options.LabelFormat == "ZPL"}
	border := s.ToAddress.Country != s.FromAddr.Country
	if ounces <= 70*16 && (!border || s.Customs != nil && len(s.Customs.Items) > 0) {
		step := int64(ounces/16) * 55
		made.rates = []rate{
			{a.book.Token("rate_"), "USPS", "GroundAdvantage", a.o.Price(593 + step), 4},
			{a.book.Token("rate_"), "USPS", "Priority", a.o.Price(845 + step), 2},
			{a.book.Token("rate_"), "UPSDAP", "Ground", a.o.Price(731 + step), 3},
		}
	}
	a.mu.Lock()
	a.shipments[made.id] = made
	a.mu.Unlock()
	w.Header().Set("Location", "/api/v2/shipments/"+made.id)
	answer(w, http.StatusCreated, a.body(r, made))
}

// body is a shipment as the interface writes it.
func (a *Account) body(r *http.Request, s *shipment) map[string]any {
	rates := []any{}
	var selected any
	for _, t := range s.rates {
		one := map[string]any{
			"id": t.id, "object": "Rate", "mode": "test", "service": t.service, "carrier": t.carrier, "rate": cents(t.cents), "currency": a.o.Coin("USD"),
			"retail_rate": cents(t.cents + 200), "delivery_days": t.days, "delivery_date": nil, "delivery_date_guaranteed": false,
			"est_delivery_days": t.days, "shipment_id": s.id, "carrier_account_id": map[bool]string{true: "ca_usps", false: "ca_ups"}[t.carrier == "USPS"],
		}
		rates = append(rates, one)
		if s.sold != nil && s.sold.Service == t.service && s.sold.Carrier == t.carrier {
			bought := map[string]any{}
			for k, v := range one {
				bought[k] = v
			}
			bought["rate"] = cents(s.sold.Minor)
			selected = bought
		}
	}
	body := map[string]any{
		"id": s.id, "object": "Shipment", "mode": "test", "reference": s.reference, "status": "unknown", "rates": rates, "messages": []any{},
		"tracking_code": nil, "postage_label": nil, "selected_rate": selected, "refund_status": nil, "fees": []any{}, "forms": []any{},
	}
	if len(rates) == 0 {
		body["messages"] = []any{map[string]any{"carrier": "USPS", "carrier_account_id": "ca_usps", "type": "rate_error", "message": "The parcel is not taken."}}
	}
	if s.refund != "" {
		body["refund_status"] = s.refund
	}
	if s.sold != nil {
		body["tracking_code"] = s.sold.Tracking
		label := map[string]any{"id": "pl_" + s.id, "label_file_type": "image/png", "label_size": "4x6", "label_resolution": 300, "label_url": a.at(r, s, "png")}
		switch {
		case s.late && !strings.HasSuffix(r.URL.Path, "/label"):
		case s.zpl:
			label["label_zpl_url"], label["label_file_type"] = a.at(r, s, "zpl"), "application/zpl"
		default:
			label["label_pdf_url"], label["label_file_type"], label["label_url"] = a.at(r, s, "pdf"), "application/pdf", a.at(r, s, "pdf")
		}
		body["postage_label"] = label
	}
	return body
}

func (a *Account) at(r *http.Request, s *shipment, form string) string {
	return "http://" + r.Host + "/files/" + s.id + "." + form
}

func cents(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

func (a *Account) with(do func(http.ResponseWriter, *http.Request, *shipment)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		s := a.shipments[r.PathValue("id")]
		if s == nil {
			fail(w, http.StatusNotFound, "NOT_FOUND", "The requested resource could not be found.")
			return
		}
		do(w, r, s)
	}
}

func (a *Account) show(w http.ResponseWriter, r *http.Request, s *shipment) {
	if strings.HasSuffix(r.URL.Path, "/label") && s.sold == nil {
		fail(w, http.StatusUnprocessableEntity, "SHIPMENT.LABEL.UNAVAILABLE", "The shipment has no label.")
		return
	}
	if s.refund == "submitted" {
		if s.asked++; s.asked > 2 {
			s.refund = "refunded"
		}
	}
	answer(w, http.StatusOK, a.body(r, s))
}

func (a *Account) buy(w http.ResponseWriter, r *http.Request, s *shipment) {
	var in struct {
		Rate struct{ ID string } `json:"rate"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	if s.sold != nil {
		fail(w, http.StatusUnprocessableEntity, "SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.")
		return
	}
	for _, t := range s.rates {
		if t.id != in.Rate.ID {
			continue
		}
		price := t.cents
		switch a.book.Take(carriersim.PoorFunds, carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp, carriersim.NoLabel) {
		case carriersim.PoorFunds:
			fail(w, http.StatusPaymentRequired, "PAYMENT_REQUIRED", "Insufficient funds.")
			return
		case carriersim.BadAddress:
			fail(w, http.StatusUnprocessableEntity, "ADDRESS.VERIFY.FAILURE", "The address could not be found.")
			return
		case carriersim.NoService:
			fail(w, http.StatusUnprocessableEntity, "SHIPMENT.RATE.UNAVAILABLE", "The rate is not available.")
			return
		case carriersim.PriceUp:
			price += price / 10
		case carriersim.NoLabel:
			s.late = true
		}
		s.sold = a.book.Sell(carriersim.Label{
			ID: s.id, Ref: s.reference, Order: s.order, Tracking: tracking(t.carrier, a.book.Serial()), Carrier: t.carrier, Service: t.service, Minor: price,
			Currency: a.o.Coin("USD"), To: s.to, Grams: int(s.ounces*28.35 + 0.5), At: a.o.Now(), Test: true,
		})
		answer(w, http.StatusOK, a.body(r, s))
		return
	}
	fail(w, http.StatusUnprocessableEntity, "SHIPMENT.RATE.INVALID", "The rate is not one of this shipment.")
}

// tracking is a number with the carrier's check digit.
func tracking(carrier string, n int) string {
	if carrier == "UPSDAP" {
		return carriersim.UPSNumber(n)
	}
	return carriersim.USPSNumber(n)
}

func (a *Account) refund(w http.ResponseWriter, r *http.Request, s *shipment) {
	if s.sold == nil {
		fail(w, http.StatusUnprocessableEntity, "SHIPMENT.REFUND.UNAVAILABLE", "The shipment was not bought.")
		return
	}
	switch a.book.Take(carriersim.NoRefund, carriersim.LateRefund) {
	case carriersim.NoRefund:
		s.refund = "rejected"
	default:
		s.refund = "submitted"
		a.book.Void(s.id)
	}
	answer(w, http.StatusOK, a.body(r, s))
}

func (a *Account) file(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id, form, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/files/"), ".")
	s := a.shipments[id]
	if s == nil || s.sold == nil {
		http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
		return
	}
	data, err := carriersim.Paper(*s.sold, form, 300)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "binary/octet-stream")
	_, _ = w.Write(data)
}

func (a *Account) scanForm(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Shipments []struct{ ID string } `json:"shipments"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	a.mu.Lock()
	defer a.mu.Unlock()
	codes := []string{}
	first := ""
	for _, i := range in.Shipments {
		if s := a.shipments[i.ID]; s != nil && s.sold != nil && s.refund == "" {
			a.book.Close(s.id)
			codes = append(codes, s.sold.Tracking)
			first = s.id
		}
	}
	if first == "" {
		fail(w, http.StatusUnprocessableEntity, "SCAN_FORM.CREATE.ERROR", "No shipment can be closed out.")
		return
	}
	answer(w, http.StatusCreated, map[string]any{
		"id": a.book.Token("sf_"), "status": "created", "tracking_codes": codes, "form_url": "http://" + r.Host + "/files/" + first + ".pdf",
	})
}

func (a *Account) tracker(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Tracker struct {
			Code string `json:"tracking_code"`
		} `json:"tracker"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	l, ok := a.book.Label(func(l carriersim.Label) bool { return l.Tracking == in.Tracker.Code })
	status := "unknown"
	details := []any{}
	if ok {
		status = "pre_transit"
		details = append(details, map[string]any{
			"message": "Pre-Shipment", "status": status, "status_detail": "status_update", "datetime": l.At.UTC().Format(time.RFC3339),
			"tracking_location": map[string]any{"city": nil, "country": nil},
		})
	}
	answer(w, http.StatusCreated, map[string]any{"id": "trk_1", "status": status, "tracking_details": details, "est_delivery_date": nil})
}

func (a *Account) addresses(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Address addressIn `json:"address"`
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	in.Address.City = strings.ToUpper(in.Address.City)
	ok := in.Address.Street1 != "" && !strings.Contains(in.Address.Street1, "Nowhere")
	errs := []any{}
	if !ok {
		errs = append(errs, map[string]any{"code": "E.ADDRESS.NOT_FOUND", "message": "Address not found"})
	}
	answer(w, http.StatusCreated, map[string]any{
		"street1": in.Address.Street1, "street2": in.Address.Street2, "city": in.Address.City, "state": in.Address.State, "zip": in.Address.Zip,
		"country": in.Address.Country, "residential": ok, "verifications": map[string]any{"delivery": map[string]any{"success": ok, "errors": errs}},
	})
}
