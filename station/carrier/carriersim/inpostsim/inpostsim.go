// Package inpostsim is a simulated account of InPost's ShipX interface, version 1, that
// pays by invoice: it makes shipments, has an offer for each a little later, sells it once
// and confirms that when it is asked again. It must not know the client that is tried on
// it.
package inpostsim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const (
	token        = "eyJhbGciOi.simulated.token"
	organization = "1916"
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
	id      int
	in      request
	status  string
	rate    *string // who pays by invoice is told none
	paying  int     // how often it is asked after before it is confirmed
	looks   int     // how often it is asked after before there is an offer
	sold    *carriersim.Label
	noLabel bool
}

type request struct {
	Receiver struct {
		Company string `json:"company_name"`
		First   string `json:"first_name"`
		Last    string `json:"last_name"`
		Phone   string `json:"phone"`
		Email   string `json:"email"`
		Address *struct {
			Street   string `json:"street"`
			Number   string `json:"building_number"`
			City     string `json:"city"`
			Postcode string `json:"post_code"`
			Country  string `json:"country_code"`
		} `json:"address"`
	} `json:"receiver"`
	Parcels []struct {
		Template   string `json:"template"`
		Dimensions *struct {
			Length int    `json:"length"`
			Width  int    `json:"width"`
			Height int    `json:"height"`
			Unit   string `json:"unit"`
		} `json:"dimensions"`
		Weight *struct {
			Amount json.Number `json:"amount"`
			Unit   string      `json:"unit"`
		} `json:"weight"`
	} `json:"parcels"`
	Service   string         `json:"service"`
	Reference string         `json:"reference"`
	Custom    map[string]any `json:"custom_attributes"`
	OnlyOffer bool           `json:"only_choice_of_offer"`
	Insurance map[string]any `json:"insurance"`
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /organizations/{org}", a.about)
	a.mux.HandleFunc("POST /organizations/{org}/shipments", a.create)
	a.mux.HandleFunc("GET /shipments/{id}", a.show)
	a.mux.HandleFunc("POST /shipments/{id}/buy", a.buy)
	a.mux.HandleFunc("GET /shipments/{id}/label", a.label)
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the token.
func (a *Account) Secret() string { return token }

// Set are the organisation and the prices of the contract.
func (a *Account) Set() map[string]string {
	return map[string]string{
		"organization": organization,
		"prices": "inpost_courier_standard PL 5kg 14.90; inpost_courier_standard PL 30kg 19.90; inpost_locker_standard/small PL 25kg 11.50; " +
			"inpost_locker_standard/medium PL 25kg 12.90; inpost_locker_standard/large PL 25kg 15.20",
	}
}

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Header.Get("Authorization") != "Bearer "+token:
		fail(w, http.StatusUnauthorized, "token_invalid", "Token is missing or invalid.", nil)
	case r.Method == http.MethodPost && r.Header.Get("Content-Type") != "application/json":
		fail(w, http.StatusUnsupportedMediaType, "unsupported_media_type", "JSON is wanted.", nil)
	default:
		a.mu.Lock()
		defer a.mu.Unlock()
		a.mux.ServeHTTP(w, r)
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, code, message string, details any) {
	answer(w, status, map[string]any{"status": status, "error": code, "message": message, "details": details})
}

func (a *Account) about(w http.ResponseWriter, r *http.Request) {
	if r.PathValue("org") != organization {
		fail(w, http.StatusForbidden, "access_forbidden", "You have no access to this resource.", nil)
		return
	}
	answer(w, http.StatusOK, map[string]any{"id": 1916, "name": "Sklep", "services": []string{"inpost_courier_standard", "inpost_locker_standard"}})
}

var (
	phone    = regexp.MustCompile(`^[0-9]{9}$`)
	postcode = regexp.MustCompile(`^[0-9]{2}-[0-9]{3}$`)
)

// wrong is the first thing that is wrong, as the interface writes it.
func (in request) wrong() any {
	at := func(path ...string) any {
		var v any = []string{path[len(path)-1]}
		for i := len(path) - 2; i >= 0; i-- {
			if v = map[string]any{path[i]: v}; i > 0 {
				v = []any{v}
			}
		}
		return v
	}
	r := in.Receiver
	toLocker := in.Service == "inpost_locker_standard"
	switch {
	case !phone.MatchString(r.Phone):
		return at("receiver", "phone", "invalid")
	case toLocker && (r.Email == "" || in.Custom["target_point"] == nil):
		return at("custom_attributes", "target_point", "required")
	case !toLocker && (r.Address == nil || r.Address.Street == "" || r.Address.Number == "" || !postcode.MatchString(r.Address.Postcode)):
		return at("receiver", "address", "post_code", "invalid")
	case !toLocker && r.Company == "" && (r.First == "" || r.Last == ""):
		return at("receiver", "last_name", "required")
	case len(in.Parcels) != 1, toLocker && !slices.Contains([]string{"small", "medium", "large"}, in.Parcels[0].Template):
		return at("parcels", "template", "invalid")
	case !toLocker && (in.Parcels[0].Dimensions == nil || in.Parcels[0].Dimensions.Unit != "mm" || in.Parcels[0].Weight == nil || in.Parcels[0].Weight.Unit != "kg"):
		return at("parcels", "dimensions", "required")
	case !toLocker && in.Service != "inpost_courier_standard":
		return at("service", "invalid")
	case len(in.Reference) < 3 || len(in.Reference) > 100:
		return at("reference", "too_short")
	case in.Custom["sending_method"] == nil || !in.OnlyOffer:
		return at("custom_attributes", "sending_method", "required")
	}
	return nil
}

func (a *Account) create(w http.ResponseWriter, r *http.Request) {
	var in request
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil || r.PathValue("org") != organization {
		fail(w, http.StatusBadRequest, "validation_failed", fmt.Sprint(err), nil)
		return
	}
	details := in.wrong()
	mishap := a.book.Take(carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp)
	switch mishap {
	case carriersim.BadAddress:
		details = map[string]any{"receiver": []any{map[string]any{"address": []any{map[string]any{"post_code": []string{"invalid"}}}}}}
	case carriersim.NoService:
		details = map[string]any{"service": []string{"not_available"}}
	}
	if details != nil {
		fail(w, http.StatusBadRequest, "validation_failed", "There are some validation errors. Check details object for more info.", details)
		return
	}
	s := &shipment{id: 900_000 + a.book.Serial(), in: in, status: "created"}
	if mishap == carriersim.PriceUp {
		rate := "99.90"
		s.rate = &rate
	}
	if strings.HasPrefix(in.Reference, "SLOW") {
		s.looks = 1
	}
	a.shipments = append(a.shipments, s)
	answer(w, http.StatusCreated, s.body())
}

func (a *Account) find(w http.ResponseWriter, r *http.Request) *shipment {
	for _, s := range a.shipments {
		if fmt.Sprint(s.id) == r.PathValue("id") {
			return s
		}
	}
	fail(w, http.StatusNotFound, "resource_not_found", "The shipment was not found.", nil)
	return nil
}

func (s *shipment) body() map[string]any {
	b := map[string]any{
		"id": s.id, "status": s.status, "tracking_number": nil, "reference": s.in.Reference, "service": s.in.Service, "offers": []any{}, "selected_offer": nil,
		"transactions": []any{},
	}
	if s.status != "created" {
		one := map[string]any{"id": s.id + 50_000, "status": "selected", "rate": s.rate, "currency": "PLN", "service": map[string]any{"id": s.in.Service}}
		b["offers"], b["selected_offer"] = []any{one}, one
	}
	if s.sold != nil {
		b["transactions"] = []any{map[string]any{"id": 1, "status": "started", "offer_id": s.id + 50_000}}
	}
	if s.status == "confirmed" {
		b["tracking_number"] = s.sold.Tracking
		b["transactions"] = []any{map[string]any{"id": 1, "status": "success", "offer_id": s.id + 50_000}}
	}
	return b
}

func (a *Account) show(w http.ResponseWriter, r *http.Request) {
	s := a.find(w, r)
	if s == nil {
		return
	}
	switch {
	case s.sold != nil && s.paying > 0:
		s.paying--
	case s.sold != nil:
		s.status = "confirmed"
	case s.looks > 0:
		s.looks--
	default:
		s.status = "offer_selected"
	}
	body := s.body()
	if s.status == "confirmed" && a.book.Take(carriersim.OtherParcel) != "" {
		body["id"], body["tracking_number"] = 1, "520000000000000000000001"
	}
	answer(w, http.StatusOK, body)
}

func (a *Account) buy(w http.ResponseWriter, r *http.Request) {
	s := a.find(w, r)
	if s == nil {
		return
	}
	var in struct {
		Offer int `json:"offer_id"` // a number
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Offer != s.id+50_000 || s.sold != nil || s.status != "offer_selected" {
		fail(w, http.StatusBadRequest, "offer_unavailable", "The offer is in another status than available or selected.", nil)
		return
	}
	mishap := a.book.Take(carriersim.PoorFunds, carriersim.Slow, carriersim.NoLabel)
	if mishap == carriersim.PoorFunds {
		fail(w, http.StatusBadRequest, "transaction_failed", "The payment was not successful.", nil)
		return
	}
	s.noLabel = mishap == carriersim.NoLabel
	if mishap == carriersim.Slow {
		s.paying = 2
	}
	grams, to := 1000, carriersim.Address{Name: s.in.Receiver.First + " " + s.in.Receiver.Last, Company: s.in.Receiver.Company, Country: "PL", Phone: s.in.Receiver.Phone}
	if weight := s.in.Parcels[0].Weight; weight != nil {
		kilos, _ := weight.Amount.Float64()
		grams = int(kilos*1000 + 0.5)
	}
	if at := s.in.Receiver.Address; at != nil {
		to.Street, to.City, to.Postcode = at.Street+" "+at.Number, at.City, at.Postcode
	} else {
		to.Street = fmt.Sprint(s.in.Custom["target_point"])
	}
	s.sold = a.book.Sell(carriersim.Label{
		ID: fmt.Sprint(s.id), Ref: s.in.Reference, Tracking: fmt.Sprintf("52%022d", s.id), Carrier: "InPost", Service: s.in.Service, Currency: "PLN", Grams: grams,
		To: to, At: a.o.Now(),
	})
	answer(w, http.StatusOK, s.body())
}

func (a *Account) label(w http.ResponseWriter, r *http.Request) {
	s := a.find(w, r)
	if s == nil {
		return
	}
	form := r.URL.Query().Get("format")
	switch {
	case s.status != "confirmed":
		fail(w, http.StatusBadRequest, "invalid_action", "Action (get_label) can not be taken on shipment with status ("+s.status+").", nil)
		return
	case form != "pdf" && form != "zpl", r.URL.Query().Get("type") != "A6":
		fail(w, http.StatusBadRequest, "validation_failed", "format is invalid.", nil)
		return
	case s.noLabel:
		s.noLabel = false
		fail(w, http.StatusBadRequest, "label_generation_failed", "The label could not be generated.", nil)
		return
	}
	data, err := carriersim.Paper(*s.sold, form, 203)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/"+form)
	_, _ = w.Write(data)
}
