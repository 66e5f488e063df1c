// Package uspssim is a simulated account with USPS, version 3 of its interface: it gives
// the two tokens, tells the prices of all mail classes, sells labels within the country and
// abroad, prints each three times more, takes them back and makes SCAN forms. Prices follow the mass alone. A key
// that is sent a second time buys a second label, the worse way in which the manual can be
// read. It must not know the client that is tried on it.
package uspssim

import (
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"sync"
	"time"

	"packbench/station/carrier/carriersim"
	"packbench/station/web/faults"
)

const (
	id, secret = "simulated-key", "simulated-secret"
	crid       = "12345678"
)

// Account is one.
type Account struct {
	o      carriersim.Options
	book   carriersim.Book
	faults faults.Faults
	mux    *http.ServeMux

	mu     sync.Mutex
	old    bool
	tokens map[string]time.Time // of both kinds, until
	sold   []*sold
}

// sold is a label with what is known of it besides.
type sold struct {
	carriersim.Label
	key      string
	mailing  string
	reprints int
	disputed string // the day on which its refund was asked for
	form     string
	abroad   bool // sold by the interface for labels abroad
}

// New returns an account.
func New(o carriersim.Options) *Account {
	a := &Account{o: o, tokens: map[string]time.Time{}, mux: http.NewServeMux()}
	a.mux.HandleFunc("POST /oauth2/v3/token", a.login)
	for pattern, do := range map[string]http.HandlerFunc{
		"POST /payments/v3/payment-authorization": a.authorize, "POST /shipments/v3/options/search": a.options, "POST /scan-forms/v3/scan-form": a.scanForm,
		"GET /tracking/v3/tracking/{number}": a.track, "GET /addresses/v3/address": a.address,
		"POST /labels/v3/label": a.paid(a.label), "POST " + outbound: a.paid(a.foreign),
	} {
		a.mux.HandleFunc(pattern, a.known(do))
	}
	for _, base := range []string{"/labels/v3/label", outbound} {
		for pattern, do := range map[string]http.HandlerFunc{
			"DELETE " + base: a.cancel, "DELETE " + base + "/{number}": a.cancel, "POST " + base + "-reprint": a.reprint, "POST " + base + "-reprint/{number}": a.reprint,
		} {
			a.mux.HandleFunc(pattern, a.known(a.paid(do)))
		}
	}
	return a
}

// Old makes it an account whose labels abroad are not found by a key, as before version
// 3.3.7 of their interface.
func (a *Account) Old() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.old = true
}

// Faults of the connection.
func (a *Account) Faults() *faults.Faults { return &a.faults }

// Book is what was sold.
func (a *Account) Book() *carriersim.Book { return &a.book }

// Secret is the client's key and secret.
func (a *Account) Secret() string { return id + ":" + secret }

// Set names whom labels belong to and who pays.
func (a *Account) Set() map[string]string {
	return map[string]string{"crid": crid, "mid": "901234567", "manifest_mid": "907654321", "account": "1000123456"}
}

// ServeHTTP answers, or as a fault wants.
func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.faults.Serve(w, r, a.mux) }

type object = map[string]any

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// fail refuses. What is wrong stands in one of the errors, whose source is an object.
func fail(w http.ResponseWriter, status int, code, detail string) {
	answer(w, status, object{"apiVersion": "/v3", "error": object{
		"code": http.StatusText(status), "message": "Bad Request",
		"errors": []object{{"title": "Bad Request", "detail": detail, "code": code, "source": object{"parameter": "body"}}},
	}})
}

// unauthorized is what is said to a token that is not known, with a source that is a text.
func unauthorized(w http.ResponseWriter) {
	answer(w, http.StatusUnauthorized, object{"apiVersion": "/v3", "error": object{
		"code": "401", "message": "Missing or malformed access token.",
		"errors": []object{{"title": "invalid_token", "detail": "The access token presented with the request is missing or malformed.", "source": "Access Token"}},
	}})
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		fail(w, http.StatusBadRequest, "", "OASValidation OpenAPI-Spec-Validation: "+err.Error())
		return false
	}
	return true
}

func (a *Account) token(prefix string) string {
	token := a.book.Token(prefix)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tokens[token] = a.o.Now().Add(8 * time.Hour)
	return token
}

func (a *Account) valid(prefix, token string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	until, ok := a.tokens[token]
	return ok && strings.HasPrefix(token, prefix) && a.o.Now().Before(until)
}

func (a *Account) login(w http.ResponseWriter, r *http.Request) {
	var in map[string]string
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") || !read(w, r, &in) {
		fail(w, http.StatusBadRequest, "", "JSON is wanted")
		return
	}
	if in["client_id"] != id || in["client_secret"] != secret || in["grant_type"] != "client_credentials" {
		answer(w, http.StatusUnauthorized, object{"error": "invalid_client", "error_description": "The client is not known"})
		return
	}
	answer(w, http.StatusOK, object{"access_token": a.token("access-"), "token_type": "Bearer", "expires_in": 28799, "status": "approved"})
}

// known lets those through who have a token.
func (a *Account) known(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		switch {
		case !bearer || !a.valid("access-", token):
			unauthorized(w)
		case r.Method == http.MethodPost && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
			fail(w, http.StatusUnsupportedMediaType, "", "JSON is wanted")
		default:
			do(w, r)
		}
	}
}

// paid lets those through who have the token of the account that pays as well.
func (a *Account) paid(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !a.valid("payment-", r.Header.Get("X-Payment-Authorization-Token")) {
			unauthorized(w)
			return
		}
		do(w, r)
	}
}

func (a *Account) authorize(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Roles []struct{ RoleName, CRID, MID, ManifestMID, AccountType, AccountNumber string }
	}
	if !read(w, r, &in) {
		return
	}
	roles := map[string]bool{}
	for _, role := range in.Roles {
		roles[role.RoleName] = role.CRID == crid && role.MID == "901234567" && role.ManifestMID != "" && role.AccountType == "EPS" && role.AccountNumber == "1000123456"
	}
	if !roles["PAYER"] || !roles["LABEL_OWNER"] {
		fail(w, http.StatusUnauthorized, "", "We are having trouble validating your credit card, please try again later.")
		return
	}
	answer(w, http.StatusOK, object{"paymentAuthorizationToken": a.token("payment-"), "roles": in.Roles})
}

// part is one of an answer of several.
type part struct {
	name, kind string
	body       string
	file       string // it is called by this alone, "" for its name
}

// multi answers in parts, whose own headers say wrongly that they are packed.
func multi(w http.ResponseWriter, status int, parts ...part) {
	m := multipart.NewWriter(w)
	w.Header().Set("Content-Type", m.FormDataContentType())
	w.WriteHeader(status)
	for _, p := range parts {
		h := textproto.MIMEHeader{"Content-Disposition": {`form-data; name="` + p.name + `"; filename="` + p.name + `"`}, "Content-Type": {p.kind}}
		if p.file != "" {
			h.Set("Content-Disposition", `attachment; filename="`+p.file+`"`)
		}
		if p.kind != "application/json" {
			h["Content-Encoding"], h["Content-Transfer-Encoding"] = []string{"gzip"}, []string{"binary"}
		}
		if out, err := m.CreatePart(h); err == nil {
			_, _ = out.Write([]byte(p.body))
		}
	}
	_ = m.Close()
}
