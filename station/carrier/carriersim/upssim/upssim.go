// Package upssim is a simulated account with UPS, version 2409 of its interface: it gives
// tokens, sells labels, shows them again by their reference, voids and tracks them. Prices
// follow the mass alone. What is one alone arrives without its list, and what is empty as
// an empty text, as older versions did. It must not know the client that is tried on it.
package upssim

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
	id, secret = "simulated-client", "simulated-secret"
	shipper    = "A1B2C3"
	life       = 14399 * time.Second
)

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults
	mux    *http.ServeMux

	mu     sync.Mutex
	tokens map[string]time.Time // until
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, tokens: map[string]time.Time{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("POST /security/v1/oauth/token", a.login)
	for pattern, do := range map[string]http.HandlerFunc{
		"POST /api/rating/v2409/Shoptimeintransit": a.rate, "POST /api/shipments/v2409/ship": a.ship, "POST /api/labels/v1/recovery": a.recover,
		"DELETE /api/shipments/v2409/void/cancel/{id}": a.void, "GET /api/track/v1/details/{number}": a.track,
	} {
		a.mux.HandleFunc(pattern, a.known(do))
	}
	return a
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the client's id and secret.
func (a *Account) Secret() string { return id + ":" + secret }

// Set names the account that pays.
func (a *Account) Set() map[string]string { return map[string]string{"shipper_number": shipper} }

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.faults.Serve(w, r, a.mux) }

func fail(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("X-Request-Id", "3220af9f-simulated")
	w.Header().Set("Errorcode", code)
	w.Header().Set("Errordescription", message)
	answer(w, status, object{"response": object{"errors": []object{{"code": code, "message": message}}}})
}

type object = map[string]any

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (a *Account) login(w http.ResponseWriter, r *http.Request) {
	user, password, ok := r.BasicAuth()
	switch {
	case !ok || user != id || password != secret:
		fail(w, http.StatusUnauthorized, "10401", "ClientId is Invalid")
	case r.Header.Get("X-Merchant-Id") != shipper:
		fail(w, http.StatusUnauthorized, "10401", "Merchant Id is Invalid")
	case !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || r.FormValue("grant_type") != "client_credentials":
		fail(w, http.StatusBadRequest, "10400", "Invalid/Missing Grant Type")
	default:
		token := a.book.Token("eyJ")
		a.mu.Lock()
		a.tokens[token] = a.o.Now().Add(life)
		a.mu.Unlock()
		answer(w, http.StatusOK, object{
			"token_type": "Bearer", "issued_at": fmt.Sprint(a.o.Now().UnixMilli()), "client_id": id, "access_token": token,
			"expires_in": "14399", "status": "approved",
		})
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
			fail(w, http.StatusUnauthorized, "250002", "Invalid Authentication Information.")
		case r.Method == http.MethodPost && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
			fail(w, http.StatusBadRequest, "10001", "The content type is not supported.")
		default:
			do(w, r)
		}
	}
}

// read decodes a request, in which every value is a text.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		fail(w, http.StatusBadRequest, "9100050", "The request is not valid JSON, or a value has the wrong type.")
		return false
	}
	return true
}

type coded struct{ Code string }

type money struct{ CurrencyCode, MonetaryValue string }

type place struct {
	AddressLine                                      []string
	City, StateProvinceCode, PostalCode, CountryCode string
	ResidentialAddressIndicator                      *string
}

type party struct {
	Name, AttentionName, ShipperNumber string
	Phone                              struct{ Number string }
	Address                            place
}

func (p party) address() carriersim.Address {
	a := carriersim.Address{
		Name: p.AttentionName, Company: p.Name, City: p.Address.City, Region: p.Address.StateProvinceCode, Postcode: p.Address.PostalCode,
		Country: p.Address.CountryCode, Phone: p.Phone.Number, Street: strings.Join(p.Address.AddressLine, ", "),
	}
	if a.Company == a.Name {
		a.Company = ""
	}
	return a
}

type parcel struct {
	PackagingType, Packaging coded
	PackageWeight            struct {
		UnitOfMeasurement coded
		Weight            string
	}
	Dimensions *struct {
		UnitOfMeasurement     coded
		Length, Width, Height string
	}
	ReferenceNumber       []reference
	PackageServiceOptions struct{ DeliveryConfirmation *struct{ DCISType string } }
}

type reference struct{ Code, Value string }

type shipment struct {
	Shipper, ShipTo, ShipFrom party
	Service                   coded
	Package                   []parcel
	ReferenceNumber           []reference
	ShipmentDate, Description string
	InvoiceLineTotal          money
	ShipmentTotalWeight       *object
	ShipmentRatingOptions     struct{ NegotiatedRatesIndicator string }
	DeliveryTimeInformation   *struct {
		PackageBillType string
		Pickup          struct{ Date string }
	}
	PaymentDetails, PaymentInformation struct {
		ShipmentCharge []struct {
			Type        string
			BillShipper struct{ AccountNumber string }
		}
	}
	ShipmentServiceOptions struct {
		DeliveryConfirmation *struct{ DCISType string }
		InternationalForms   *forms
	}
}

type forms struct {
	FormType, InvoiceDate, ReasonForExport, CurrencyCode, TermsOfShipment string
	InvoiceNumber, Comments                                               string
	Product                                                               []struct {
		Description                      []string
		CommodityCode, OriginCountryCode string
		Unit                             struct {
			Number, Value     string
			UnitOfMeasurement coded
		}
	}
	Contacts struct{ SoldTo party }
}

func (s shipment) border() bool {
	return s.ShipTo.Address.CountryCode != s.ShipFrom.Address.CountryCode
}
