// Package dhlparcelsim is a simulated account of DHL's Parcel DE Shipping interface,
// version 2: it validates and makes shipments, prints them again until the close-out,
// deletes them and closes them out. It takes the same reference as often as it comes, and
// finds nothing by it. It must not know the client that is tried on it.
package dhlparcelsim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const (
	apiKey   = "simulated-api-key"
	user     = "sandy_sandbox"
	password = "pass:word" // a colon may be in it
	profile  = "STANDARD_GRUPPENPROFIL"
)

// billing are the numbers of the account, by product.
var billing = map[string]string{"V01PAK": "33333333330102", "V53WPAK": "33333333335301", "V62KP": "33333333336201", "V66WPI": "33333333336601"}

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
	number, ref, product string
	sold                 *carriersim.Label
	customs              bool
	closed, gone         bool
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, mux: http.NewServeMux()}
	a.mux.HandleFunc("POST /orders", a.create)
	a.mux.HandleFunc("GET /orders", a.print)
	a.mux.HandleFunc("DELETE /orders", a.remove)
	a.mux.HandleFunc("POST /manifests", a.closeOut)
	a.mux.HandleFunc("GET /manifests", a.manifest)
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the API key, the user and the password.
func (a *Account) Secret() string { return apiKey + ":" + user + ":" + password }

// Set are the billing numbers, and the prices of the contract.
func (a *Account) Set() map[string]string {
	var numbers []string
	for _, n := range billing {
		numbers = append(numbers, n)
	}
	return map[string]string{
		"billing": strings.Join(numbers, ", "), "postal_charges": "4.90",
		"prices": "V01PAK DE 5kg 4.79; V01PAK DE 31.5kg 8.49; V62KP DE 1kg 3.39; V53WPAK AT,NL 31.5kg 11.90; V53WPAK * 31.5kg 29.00; V66WPI * 1kg 6.20",
	}
}

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.faults.Serve(w, r, http.HandlerFunc(a.serve))
}

func (a *Account) serve(w http.ResponseWriter, r *http.Request) {
	name, pass, ok := r.BasicAuth()
	switch {
	case !ok || name != user || pass != password || r.Header.Get("dhl-api-key") != apiKey:
		answer(w, http.StatusUnauthorized, map[string]any{"title": "Unauthorized", "statusCode": 401, "detail": "Unauthorized for given resource."})
	case r.Method == http.MethodPost && r.Header.Get("Content-Type") != "application/json":
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "JSON is wanted."))
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

func state(code int, title, detail string) map[string]any {
	return map[string]any{"title": title, "statusCode": code, "status": code, "detail": detail}
}

func reply(code int, detail string, items ...any) map[string]any {
	if items == nil {
		items = []any{}
	}
	return map[string]any{"status": state(code, http.StatusText(code), detail), "items": items}
}

func message(property, text, state string) map[string]any {
	return map[string]any{"property": property, "validationMessage": text, "validationState": state}
}

func bad(messages ...any) map[string]any {
	return reply(http.StatusBadRequest, "0 of 1 shipment successfully created.", map[string]any{
		"sstatus": state(http.StatusBadRequest, "Bad Request", ""), "validationMessages": messages,
	})
}

var formats = []string{"A4", "910-300-600", "910-300-610", "910-300-700", "910-300-710", "910-300-300", "910-300-400", "910-300-410", "100x70mm"}

func wrongForm(r *http.Request) bool {
	q := r.URL.Query()
	return !slices.Contains([]string{"PDF", "ZPL2"}, q.Get("docFormat")) || !slices.Contains(formats, q.Get("printFormat")) || q.Get("includeDocs") != "include"
}

func (a *Account) create(w http.ResponseWriter, r *http.Request) {
	var in request
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "Your request contained technical errors as listed below.",
			map[string]any{"propertyPath": "shipments[0]", "message": err.Error()}))
		return
	}
	if property, text := in.wrong(a.o.Now()); text != "" {
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "Your request contained technical errors as listed below.",
			map[string]any{"propertyPath": "shipments[0]." + property, "message": text}))
		return
	}
	one := in.Shipments[0]
	if strings.Contains(one.Consignee.Street, "Nowhere") && r.URL.Query().Get("mustEncode") == "true" {
		answer(w, http.StatusBadRequest, bad(message("consignee", "The street entered could not be found. The shipment is not codeable.", "Warning")))
		return
	}
	if r.URL.Query().Get("validate") == "true" {
		answer(w, http.StatusOK, reply(http.StatusOK, "1 of 1 shipment validated OK. Details included.", map[string]any{
			"requestIndex": 1, "sstatus": state(http.StatusOK, "ok", "The Webservice call ran successfully."), "validationMessages": []any{},
		}))
		return
	}
	if wrongForm(r) {
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "docFormat, printFormat or includeDocs is unknown."))
		return
	}
	mishap := a.book.Take(carriersim.BadAddress, carriersim.NoService, carriersim.NoLabel, carriersim.OtherParcel)
	switch mishap {
	case carriersim.BadAddress:
		answer(w, http.StatusBadRequest, bad(
			message("shipper", "The house number entered could not be found.", "Warning"),
			message("consignee", "The city entered does not match the postcode. The shipment is not codeable.", "Warning"),
		))
		return
	case carriersim.NoService:
		answer(w, http.StatusBadRequest, bad(message("product", "The product is not available for this billing number.", "Error")))
		return
	}
	s := a.sell(one)
	item := s.item(r)
	switch mishap {
	case carriersim.NoLabel: // a number, and nothing else
		item = map[string]any{"shipmentNo": s.number, "sstatus": state(206, "GeneralShipmentError", "General Shipment Backend Error")}
		answer(w, http.StatusMultiStatus, reply(http.StatusMultiStatus, "0 of 1 shipments successfully created.", item))
		return
	case carriersim.OtherParcel:
		item["shipmentNo"], item["shipmentRefNo"] = "003404331234567890123456", "SOMEBODY-ELSE"
	}
	if strings.Contains(one.Consignee.Street, "Nowhere") {
		item["validationMessages"] = []any{message("consignee", "The street entered could not be found.", "Warning")}
	}
	answer(w, http.StatusOK, reply(http.StatusOK, "1 of 1 shipment successfully created.", item))
}

func (a *Account) sell(one order) *shipment {
	s := &shipment{number: fmt.Sprintf("00340434%012d", a.book.Serial()), ref: one.Ref, product: one.Product, customs: one.Customs != nil}
	to := one.Consignee
	s.sold = a.book.Sell(carriersim.Label{
		ID: s.number, Ref: one.Ref, Tracking: s.number, Carrier: "DHL", Service: one.Product, Currency: "EUR", Grams: int(one.Details.Weight.Value), At: a.o.Now(),
		To: carriersim.Address{
			Name: to.Name1 + to.Name, Company: to.Name2, Street: to.Street, Street2: to.Name3 + to.Extra, City: to.City, Region: to.State, Postcode: to.Postcode,
			Country: to.Country, Phone: to.Phone,
		},
	})
	a.shipments = append(a.shipments, s)
	return s
}

// item is a shipment with its papers.
func (s *shipment) item(r *http.Request) map[string]any {
	item := map[string]any{"shipmentNo": s.number, "shipmentRefNo": s.ref, "sstatus": state(http.StatusOK, "OK", "")}
	form := r.URL.Query().Get("docFormat")
	label := map[string]any{"fileFormat": form, "printFormat": r.URL.Query().Get("printFormat")}
	if form == "ZPL2" {
		data, _ := carriersim.Paper(*s.sold, "zpl", 203)
		label["zpl2"] = string(data)
	} else {
		label["b64"] = s.pdf()
	}
	item["label"] = label
	if s.customs && s.product == "V53WPAK" { // the customs papers of Warenpost stand on its label
		item["customsDoc"] = map[string]any{"b64": s.pdf(), "fileFormat": "PDF", "printFormat": "A4"}
	}
	return item
}

func (s *shipment) pdf() string {
	data, _ := carriersim.Paper(*s.sold, "pdf", 203)
	return base64.StdEncoding.EncodeToString(data)
}

// of are the shipments that a request names, nil for what is not there.
func (a *Account) of(numbers []string) []*shipment {
	out := make([]*shipment, len(numbers))
	for i, n := range numbers {
		at := slices.IndexFunc(a.shipments, func(s *shipment) bool { return s.number == n && !s.gone })
		if at >= 0 {
			out[i] = a.shipments[at]
		}
	}
	return out
}

func unknown(number string) map[string]any {
	return map[string]any{"shipmentNo": number, "sstatus": state(204, "UnknownShipmentNumber", "Unknown shipment number.")}
}

func (a *Account) print(w http.ResponseWriter, r *http.Request) {
	number := r.URL.Query().Get("shipment")
	s := a.of([]string{number})[0]
	switch {
	case s == nil || s.closed:
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "0 of 1 shipment found.", unknown(number)))
	case wrongForm(r):
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "docFormat, printFormat or includeDocs is unknown."))
	default:
		answer(w, http.StatusOK, reply(http.StatusOK, "1 of 1 shipment found.", s.item(r)))
	}
}

func (a *Account) remove(w http.ResponseWriter, r *http.Request) {
	number := r.URL.Query().Get("shipment")
	s := a.of([]string{number})[0]
	switch {
	case r.URL.Query().Get("profile") != profile:
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "The profile is unknown."))
		return
	case s == nil:
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "0 of 1 shipment successfully canceled.", unknown(number)))
		return
	}
	if a.book.Take(carriersim.NoRefund) != "" {
		s.closed = true
	}
	if s.closed {
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "0 of 1 shipment successfully canceled.",
			map[string]any{"shipmentNo": number, "sstatus": state(http.StatusBadRequest, "ShipmentAlreadyManifested", "The shipment was closed out.")}))
		return
	}
	s.gone = true
	a.book.Void(s.number)
	answer(w, http.StatusOK, reply(http.StatusOK, "1 of 1 shipment successfully canceled.", map[string]any{"shipmentNo": number, "sstatus": state(http.StatusOK, "OK", "")}))
}

func (a *Account) closeOut(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Profile string   `json:"profile"`
		Numbers []string `json:"shipmentNumbers"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil || in.Profile != profile || len(in.Numbers) < 1 || len(in.Numbers) > 30 {
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "1 to 30 shipments and the profile are wanted."))
		return
	}
	items := []any{}
	for i, s := range a.of(in.Numbers) {
		if s == nil {
			items = append(items, unknown(in.Numbers[i]))
			continue
		}
		s.closed = true
		a.book.Close(s.number)
		items = append(items, map[string]any{"shipmentNo": s.number, "sstatus": state(http.StatusOK, "OK", "")})
	}
	answer(w, http.StatusMultiStatus, reply(http.StatusMultiStatus, "", items...))
}

func (a *Account) manifest(w http.ResponseWriter, r *http.Request) {
	at := slices.IndexFunc(a.shipments, func(s *shipment) bool { return s.closed })
	if date := r.URL.Query().Get("date"); date != a.o.Now().Format("2006-01-02") || at < 0 {
		answer(w, http.StatusBadRequest, reply(http.StatusBadRequest, "There is no manifest of this date."))
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"status": state(http.StatusOK, "OK", ""), "manifestDate": r.URL.Query().Get("date"),
		"manifest": []any{map[string]any{"b64": a.shipments[at].pdf(), "fileFormat": "PDF", "printFormat": "A4"}},
	})
}
