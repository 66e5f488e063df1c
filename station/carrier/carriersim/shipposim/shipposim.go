// Package shipposim is a simulated account of Shippo in test mode, version 2018-02-08 of
// its interface. A price is sold as often as it is asked for. A purchase that fails is
// answered 201 as well; what is not found is a web page. Prices follow the mass alone. It
// must not know the client that is tried on it.
package shipposim

import (
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

const token = "shippo_test_simulated0123456789"

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults

	mu       sync.Mutex
	rates    map[string]*rate
	sold     []*transaction
	nextNull bool
	expired  bool
	mux      *http.ServeMux
}

type rate struct {
	id, shipment string
	service      service
	cents        int64
	grams        int
	to           carriersim.Address
	at           time.Time
}

type transaction struct {
	id, form, ref, status string
	rate                  *rate
	label                 *carriersim.Label
	paper                 []byte
	message               string
	asked                 int
	at                    time.Time
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, rates: map[string]*rate{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("GET /carrier_accounts/{$}", a.accounts)
	a.mux.HandleFunc("POST /shipments/{$}", a.create)
	a.mux.HandleFunc("POST /transactions/{$}", a.buy)
	a.mux.HandleFunc("GET /transactions/{$}", a.list)
	a.mux.HandleFunc("GET /transactions/{id}", a.show)
	a.mux.HandleFunc("POST /refunds/{$}", a.refund)
	a.mux.HandleFunc("POST /manifests/{$}", a.manifest)
	a.mux.HandleFunc("GET /tracks/{carrier}/{number}", a.track)
	a.mux.HandleFunc("POST /addresses/{$}", a.address)
	a.mux.HandleFunc("/", notFound)
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the API token.
func (a *Account) Secret() string { return token }

// Set is empty: there is nothing that has to be told.
func (a *Account) Set() map[string]string { return nil }

// NullList has the next list of purchases be null, as was seen in test mode.
func (a *Account) NullList() { a.nextNull = true }

// Expire has the addresses of labels in lists be dead.
func (a *Account) Expire() { a.expired = true }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if id, ok := strings.CutPrefix(r.URL.Path, "/files/"); ok { // a signed address of another host, without a token
		t := a.transaction(id)
		if t == nil || t.label == nil || r.Header.Get("Authorization") != "" || r.URL.Query().Get("Expires") == "0" {
			http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
			return
		}
		_, _ = w.Write(t.print())
		return
	}
	switch {
	case r.Header.Get("Authorization") != "ShippoToken "+token:
		answer(w, http.StatusUnauthorized, object{"detail": "Invalid token"})
	case r.Header.Get("SHIPPO-API-VERSION") != "2018-02-08":
		answer(w, http.StatusBadRequest, object{"detail": "Invalid API version"})
	case r.ContentLength > 0 && r.Header.Get("Content-Type") != "application/json":
		answer(w, http.StatusUnsupportedMediaType, object{"detail": "Unsupported media type"})
	default:
		a.mux.ServeHTTP(w, r)
	}
}

type object = map[string]any

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write([]byte("<h1>Not Found</h1><p>The requested URL was not found on this server.</p>"))
}

type service struct {
	account, provider, token, name string
	cents                          int64
	days                           int
}

var sells = []service{
	{"acc-usps", "USPS", "usps_ground_advantage", "Ground Advantage", 579, 4},
	{"acc-usps", "USPS", "usps_priority", "Priority Mail", 821, 2},
	{"acc-ups", "UPS", "ups_ground", "Ground", 752, 3},
}

func (a *Account) accounts(w http.ResponseWriter, _ *http.Request) {
	of := func(id, carrier string, active bool) object {
		levels := []object{}
		for _, s := range sells {
			if s.account == id {
				levels = append(levels, object{"name": s.name, "token": s.token})
			}
		}
		return object{"object_id": id, "carrier": carrier, "carrier_name": strings.ToUpper(carrier), "active": active, "service_levels": levels}
	}
	answer(w, http.StatusOK, object{"next": nil, "previous": nil, "results": []object{of("acc-usps", "usps", true), of("acc-ups", "ups", true), of("acc-old", "fedex", false)}})
}

func (a *Account) create(w http.ResponseWriter, r *http.Request) {
	in, grams := decode(w, r)
	if in == nil {
		return
	}
	id := a.book.Token("")
	rates, messages := []object{}, []object{}
	for _, s := range sells {
		if grams > 31_751 || len(in.Accounts) > 0 && !slices.Contains(in.Accounts, s.account) {
			messages = append(messages, object{"source": s.provider, "code": "", "text": "The parcel is too heavy."})
			continue
		}
		one := &rate{id: a.book.Token("r"), shipment: id, service: s, cents: s.cents + int64(grams/500)*60, grams: grams, at: a.o.Now(), to: in.To.address()}
		a.rates[one.id] = one
		rates = append(rates, one.body())
	}
	answer(w, http.StatusCreated, object{
		"object_id": id, "status": "SUCCESS", "address_from": object{"object_id": "from-1"}, "rates": rates, "messages": messages, "test": true,
	})
}

func (o *rate) body() object {
	return object{
		"object_id": o.id, "shipment": o.shipment, "amount": money(o.cents), "currency": "USD", "amount_local": money(o.cents), "currency_local": "USD",
		"provider": o.service.provider, "servicelevel": object{"name": o.service.name, "token": o.service.token, "terms": ""}, "estimated_days": o.service.days,
		"carrier_account": o.service.account, "messages": []any{}, "test": true, "zone": "1", "attributes": []string{},
	}
}

func money(cents int64) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

func (t *transaction) print() []byte {
	if t.paper == nil {
		t.paper, _ = carriersim.Paper(*t.label, map[string]string{"ZPLII": "zpl", "PDF_4x6": "pdf", "PDF_A6": "pdf"}[t.form], 203)
	}
	return t.paper
}

// body is a transaction as the interface writes it: with the price as a whole where it was
// bought, with its id in lists.
func (a *Account) body(r *http.Request, t *transaction, whole bool) object {
	b := object{
		"object_id": t.id, "object_state": "VALID", "status": t.status, "rate": t.rate.id, "tracking_number": "", "label_url": "", "tracking_status": nil,
		"commercial_invoice_url": nil, "messages": []object{}, "metadata": t.ref, "test": true, "order": nil,
	}
	if t.message != "" {
		b["messages"] = []object{{"source": t.rate.service.provider, "code": "", "text": t.message}}
	}
	if t.label == nil || t.status == "QUEUED" {
		return b
	}
	b["tracking_number"], b["label_url"] = t.label.Tracking, "http://"+r.Host+"/files/"+t.id+"?Expires=9"
	if whole {
		price := t.rate.body()
		price["amount"] = money(t.label.Minor)
		b["rate"] = price
	} else if a.expired {
		b["label_url"] = "http://" + r.Host + "/files/" + t.id + "?Expires=0"
	}
	return b
}

var failures = map[carriersim.Mishap]string{
	carriersim.PoorFunds: "The payment failed: insufficient funds.", carriersim.BadAddress: "The address could not be found.",
	carriersim.NoService: "The service is not available.", carriersim.Failed: "The carrier failed.",
}

func (a *Account) buy(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Rate  string `json:"rate"`
		Form  string `json:"label_file_type"`
		Async *bool  `json:"async"`
		Meta  string `json:"metadata"`
	}
	if !read(w, r, &in) {
		return
	}
	of := a.rates[in.Rate]
	switch {
	case in.Rate == "":
		answer(w, http.StatusBadRequest, object{"rate": []string{"This field is required."}})
		return
	case of == nil || a.o.Now().Sub(of.at) > 7*24*time.Hour:
		answer(w, http.StatusBadRequest, object{"rate": []string{"Rate with supplied object_id not found."}})
		return
	case !slices.Contains([]string{"PDF_4x6", "PDF_A6", "ZPLII", "PNG"}, in.Form) || len(in.Meta) > 100:
		answer(w, http.StatusBadRequest, object{"label_file_type": []string{"Not a valid choice."}})
		return
	}
	t := &transaction{id: a.book.Token("t"), form: in.Form, ref: in.Meta, rate: of, status: "SUCCESS", at: a.o.Now()}
	a.sold = append(a.sold, t)
	mishap := a.book.Take(carriersim.PoorFunds, carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp, carriersim.NoLabel, carriersim.Slow, carriersim.OtherParcel, carriersim.Failed)
	if t.message = failures[mishap]; t.message != "" {
		t.status = "ERROR"
		answer(w, http.StatusCreated, a.body(r, t, true))
		return
	}
	a.sell(t, mishap)
	if mishap == carriersim.Slow || mishap == carriersim.NoLabel || in.Async == nil || *in.Async { // queued where nothing else is wanted
		t.status = "QUEUED"
	}
	body := a.body(r, t, true)
	if mishap == carriersim.OtherParcel {
		body["rate"] = "another"
	}
	answer(w, http.StatusCreated, body)
}

func (a *Account) sell(t *transaction, mishap carriersim.Mishap) {
	of := t.rate
	price := of.cents
	if mishap == carriersim.PriceUp {
		price += price / 10
	}
	number := carriersim.USPSNumber(a.book.Serial())
	if of.service.provider == "UPS" {
		number = carriersim.UPSNumber(a.book.Serial())
	}
	t.label = a.book.Sell(carriersim.Label{
		ID: t.id, Ref: t.ref, Tracking: number, Carrier: of.service.provider, Service: of.service.token, Minor: price, Currency: "USD", To: of.to,
		Grams: of.grams, At: a.o.Now(), Test: true,
	})
}

func (a *Account) transaction(id string) *transaction {
	i := slices.IndexFunc(a.sold, func(t *transaction) bool { return t.id == id })
	if i < 0 {
		return nil
	}
	return a.sold[i]
}

func (a *Account) list(w http.ResponseWriter, r *http.Request) {
	if a.nextNull {
		a.nextNull = false
		answer(w, http.StatusOK, nil)
		return
	}
	out := []object{}
	for _, t := range a.sold {
		if of := r.URL.Query().Get("rate"); of != "" && of != t.rate.id || a.o.Now().Sub(t.at) < a.o.Lag {
			continue
		}
		if t.asked++; t.asked > 1 && t.status == "QUEUED" {
			t.status = "SUCCESS"
		}
		out = append(out, a.body(r, t, false))
	}
	answer(w, http.StatusOK, object{"next": nil, "previous": nil, "results": out})
}

func (a *Account) show(w http.ResponseWriter, r *http.Request) {
	t := a.transaction(r.PathValue("id"))
	if t == nil {
		notFound(w, r)
		return
	}
	answer(w, http.StatusOK, a.body(r, t, true))
}

func (a *Account) refund(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Of    string `json:"transaction"`
		Async bool   `json:"async"`
	}
	if !read(w, r, &in) {
		return
	}
	t := a.transaction(in.Of)
	switch {
	case t == nil || t.label == nil:
		answer(w, http.StatusBadRequest, object{"transaction": []string{"Transaction with supplied object_id not found."}})
		return
	case t.status != "SUCCESS":
		answer(w, http.StatusBadRequest, object{"transaction": []string{"A refund was asked for before."}})
		return
	case a.book.Take(carriersim.NoRefund, carriersim.LateRefund) == carriersim.NoRefund:
		t.status = "REFUNDREJECTED"
		answer(w, http.StatusCreated, object{"object_id": "f1", "status": "ERROR", "transaction": t.id})
		return
	}
	t.status = "REFUNDPENDING"
	a.book.Void(t.label.ID)
	answer(w, http.StatusCreated, object{"object_id": "f1", "status": "PENDING", "transaction": t.id})
}

func (a *Account) manifest(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Account string   `json:"carrier_account"`
		From    string   `json:"address_from"`
		Day     string   `json:"shipment_date"`
		Of      []string `json:"transactions"`
		Async   bool     `json:"async"`
	}
	if !read(w, r, &in) {
		return
	}
	first := ""
	for _, id := range in.Of {
		if t := a.transaction(id); t != nil && t.status == "SUCCESS" && t.rate.service.account == in.Account && in.From == "from-1" {
			a.book.Close(id)
			first = id
		}
	}
	if first == "" {
		answer(w, http.StatusCreated, object{"object_id": "m1", "status": "ERROR", "documents": []string{}, "errors": []string{"No transaction can be manifested."}})
		return
	}
	answer(w, http.StatusCreated, object{"object_id": a.book.Token("m"), "status": "SUCCESS", "documents": []string{"http://" + r.Host + "/files/" + first}, "transactions": in.Of})
}
