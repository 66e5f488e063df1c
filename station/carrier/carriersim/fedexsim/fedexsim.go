// Package fedexsim is a simulated account with FedEx, version 1 of its interface: it gives
// tokens, sells labels that it shows once, cancels them, finds their numbers by the
// reference and closes the day for Ground. Prices follow the mass alone. It can answer as
// the sandbox does. It must not know the client that is tried on it.
package fedexsim

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const (
	id, secret = "l7simulated", "simulatedsecret"
	number     = "123456789"
)

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults
	mux    *http.ServeMux

	// Virtual has it answer as the sandbox, with the alert that says so.
	Virtual atomic.Bool

	mu     sync.Mutex
	tokens map[string]time.Time // until
	days   map[string]string    // of labels, by their number
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, tokens: map[string]time.Time{}, days: map[string]string{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("POST /oauth/token", a.login)
	for pattern, do := range map[string]http.HandlerFunc{
		"POST /rate/v1/rates/quotes": a.rate, "POST /ship/v1/shipments": a.ship, "PUT /ship/v1/shipments/cancel": a.cancel,
		"PUT /ship/v1/endofday/": a.close, "POST /track/v1/referencenumbers": a.find, "POST /track/v1/trackingnumbers": a.track,
		"POST /address/v1/addresses/resolve": a.resolve,
	} {
		a.mux.HandleFunc(pattern, a.known(do))
	}
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the client's key and secret.
func (a *Account) Secret() string { return id + ":" + secret }

// Set names the account that pays.
func (a *Account) Set() map[string]string { return map[string]string{"account_number": number} }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.faults.Serve(w, r, a.mux) }

type object = map[string]any

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, code, message string) {
	answer(w, status, object{"transactionId": "624deea6-simulated", "errors": []object{{"code": code, "message": message, "parameterList": []any{}}}})
}

func (a *Account) login(w http.ResponseWriter, r *http.Request) {
	switch {
	case !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || r.FormValue("grant_type") != "client_credentials":
		fail(w, http.StatusBadRequest, "BAD.REQUEST.ERROR", "Missing or duplicate parameters.")
	case r.FormValue("client_id") != id || r.FormValue("client_secret") != secret:
		fail(w, http.StatusUnauthorized, "NOT.AUTHORIZED.ERROR", "The given client credentials were not valid.")
	default:
		token := a.book.Token("eyJ")
		a.mu.Lock()
		a.tokens[token] = a.o.Now().Add(time.Hour)
		a.mu.Unlock()
		answer(w, http.StatusOK, object{"access_token": token, "token_type": "bearer", "expires_in": 3599, "scope": "CXS"})
	}
}

// known lets those through who have a token.
func (a *Account) known(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		a.mu.Lock()
		until, given := a.tokens[token]
		a.mu.Unlock()
		switch {
		case !bearer || !given || a.o.Now().After(until):
			fail(w, http.StatusUnauthorized, "NOT.AUTHORIZED.ERROR", "Access token expired. Please modify your request and try again.")
		case !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
			fail(w, http.StatusUnsupportedMediaType, "CONTENT.TYPE.INVALID", "JSON is wanted.")
		default:
			do(w, r)
		}
	}
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		fail(w, http.StatusUnprocessableEntity, "INVALID.INPUT.EXCEPTION", "Invalid field value in the input")
		return false
	}
	return true
}

// alerts are those of every answer; as the sandbox it says so.
func (a *Account) alerts() []object {
	if a.Virtual.Load() {
		return []object{{"code": "VIRTUAL.RESPONSE", "message": "This is a Virtual Response.", "alertType": "NOTE"}}
	}
	return []object{}
}

// reference is one on a package.
type reference struct{ CustomerReferenceType, Value string }

// amount is a sum of money, as a number.
type amount struct {
	Amount   float64
	Currency string
}

type party struct {
	Contact struct{ PersonName, CompanyName, PhoneNumber string }
	Address struct {
		StreetLines                                        []string
		City, StateOrProvinceCode, PostalCode, CountryCode string
		Residential                                        bool
	}
}

func (p party) address() carriersim.Address {
	out := carriersim.Address{
		Name: p.Contact.PersonName, Company: p.Contact.CompanyName, City: p.Address.City, Region: p.Address.StateOrProvinceCode, Postcode: p.Address.PostalCode,
		Country: p.Address.CountryCode, Phone: p.Contact.PhoneNumber, Street: strings.Join(p.Address.StreetLines, ", "),
	}
	return out
}

type shipment struct {
	Shipper, Recipient                party
	Recipients                        []party
	ShipDate, PickupType, ServiceType string
	PackagingType                     string
	RateRequestType                   []string
	ShippingChargesPayment            struct{ PaymentType string }
	LabelSpecification                struct {
		ImageType, LabelStockType string
		Resolution                int
	}
	RequestedPackageLineItems []struct {
		GroupPackageCount int
		Weight            struct {
			Units string
			Value float64
		}
		Dimensions *struct {
			Length, Width, Height int // whole
			Units                 string
		}
		CustomerReferences     []reference
		DeclaredValue          *amount
		PackageSpecialServices struct {
			SpecialServiceTypes []string
			SignatureOptionType string
		}
	}
	CustomsClearanceDetail *struct {
		DutiesPayment     struct{ PaymentType string }
		TotalCustomsValue amount
		CommercialInvoice struct {
			Comments           []string
			CustomerReferences []reference
		}
		Commodities []struct {
			Description, QuantityUnits, CountryOfManufacture, HarmonizedCode string
			Quantity, NumberOfPieces                                         int
			UnitPrice, CustomsValue                                          amount
			Weight                                                           *struct {
				Units string
				Value float64
			}
		}
	}
	ShippingDocumentSpecification struct{ ShippingDocumentTypes []string }
}

// request is what prices and labels are asked for by. Some words are spelt in two ways.
type request struct {
	AccountNumber                struct{ Value string }
	LabelResponseOptions         string
	RateRequestControlParameters struct{ ReturnTransitTimes bool }
	RequestedShipment            json.RawMessage
	s                            shipment
	exact                        map[string]json.RawMessage
}

func (a *Account) asked(w http.ResponseWriter, r *http.Request, words ...string) (in request, ok bool) {
	if !read(w, r, &in) || json.Unmarshal(in.RequestedShipment, &in.exact) != nil || json.Unmarshal(in.RequestedShipment, &in.s) != nil {
		fail(w, http.StatusUnprocessableEntity, "INVALID.INPUT.EXCEPTION", "Invalid field value in the input")
		return in, false
	}
	for _, word := range words {
		if in.exact[word] == nil {
			fail(w, http.StatusBadRequest, strings.ToUpper(word)+".REQUIRED", word+" is required")
			return in, false
		}
	}
	for _, word := range []string{"shipDatestamp", "shipDateStamp"} {
		if raw := in.exact[word]; raw != nil {
			_ = json.Unmarshal(raw, &in.s.ShipDate)
		}
	}
	if len(in.s.Recipients) == 1 {
		in.s.Recipient = in.s.Recipients[0]
	}
	if code, message := in.wrong(a.o.Now()); code != "" {
		fail(w, http.StatusBadRequest, code, message)
		return in, false
	}
	return in, true
}

func (a *Account) paper(l carriersim.Label, form string, dpi int) string {
	data, err := carriersim.Paper(l, form, dpi)
	if err != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(data)
}
