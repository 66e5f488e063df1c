// Package netsuitesim is a simulated NetSuite account by SuiteTalk REST: sales orders that
// are found by SuiteQL, fulfillments that take all open lines unless a line is named to
// stay, requests that are signed by OAuth 1.0a with a realm, a nonce once.
//
// Of SuiteQL it knows the columns and conditions that stand in sql.go, and refuses all
// else. It must not know the client that is tried on it, nor share code with it.
package netsuitesim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop/shopsim"
)

// What the account knows its user by.
const (
	realm    = "1234567_SB1"
	consumer = "SIM-CONSUMER"
	token    = "SIM-TOKEN"
	secrets  = "sim-consumer-secret&sim-token-secret"
)

// Account is one.
type Account struct {
	*shopsim.Book
	Zone     *time.Location // that its times are in
	rowsMost int
	nonces   map[string]bool
}

// New returns an account without orders.
func New(o shopsim.Options) *Account {
	return &Account{Book: shopsim.NewBook(o, 7_000), rowsMost: 1_000, Zone: time.FixedZone("PST", -8*3600), nonces: map[string]bool{}}
}

// Secret is the four values.
func (s *Account) Secret() string {
	one, two, _ := strings.Cut(secrets, "&")
	return strings.Join([]string{consumer, one, token, two}, " ")
}

// Set names the account, which the address of a simulated one does not.
func (s *Account) Set() map[string]string { return map[string]string{"account": "1234567-sb1"} }

// RowsMost is how many rows an answer has at most, whatever is asked.
func (s *Account) RowsMost(n int) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.rowsMost = n
}

// ServeHTTP answers.
func (s *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Faults().Serve(w, r, http.HandlerFunc(s.serve))
}

func (s *Account) serve(w http.ResponseWriter, r *http.Request) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	if !s.signed(r) {
		fail(w, http.StatusUnauthorized, "INVALID_LOGIN", "Invalid login attempt. For more details, see the Login Audit Trail.")
		return
	}
	m := http.NewServeMux()
	m.HandleFunc("POST /services/rest/query/v1/suiteql", s.suiteql)
	m.HandleFunc("POST /services/rest/record/v1/salesOrder/{id}/{how}/itemFulfillment", s.transform)
	m.HandleFunc("GET /services/rest/record/v1/itemFulfillment/{id}", s.fulfillment)
	m.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "NONEXISTENT_ID", "no such path")
	})
	m.ServeHTTP(w, r)
}

func fail(w http.ResponseWriter, status int, code, say string) {
	answer(w, status, map[string]any{
		"type": "https://www.rfc-editor.org/rfc/rfc9110.html", "title": http.StatusText(status), "status": status,
		"o:errorDetails": []any{map[string]any{"detail": say, "o:errorCode": code}},
	})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/vnd.oracle.resource+json; type=collection")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// signed checks a request as RFC 5849 says.
func (s *Account) signed(r *http.Request) bool {
	rest, is := strings.CutPrefix(r.Header.Get("Authorization"), "OAuth ")
	if !is {
		return false
	}
	params := map[string]string{}
	for _, part := range strings.Split(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		value, err := url.PathUnescape(strings.Trim(value, `"`))
		if err != nil {
			return false
		}
		params[name] = value
	}
	nonce, sent := params["oauth_nonce"]+params["oauth_timestamp"], params["oauth_signature"]
	if params["realm"] != realm || params["oauth_consumer_key"] != consumer || params["oauth_token"] != token || params["oauth_signature_method"] != "HMAC-SHA256" || s.nonces[nonce] {
		return false
	}
	s.nonces[nonce] = true
	delete(params, "realm")
	delete(params, "oauth_signature")
	for name, values := range r.URL.Query() {
		params[name] = values[0]
	}
	encode := func(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
	var pairs []string
	for name, value := range params {
		pairs = append(pairs, encode(name)+"="+encode(value))
	}
	sort.Strings(pairs)
	mac := hmac.New(sha256.New, []byte(secrets))
	mac.Write([]byte(r.Method + "&" + encode("http://"+r.Host+r.URL.EscapedPath()) + "&" + encode(strings.Join(pairs, "&"))))
	return sent == base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// status is the letter of a sales order's state.
func status(e *shopsim.Entry) string {
	switch {
	case e.State == shopsim.Held || e.State == shopsim.Unpaid:
		return "A"
	case e.State == shopsim.Cancelled:
		return "C"
	case e.State == shopsim.Done:
		return "F"
	case len(e.Sent) > 0:
		return "E"
	}
	return "B"
}

// transform makes a fulfillment. It takes what the lines say, and all of the others.
func (s *Account) transform(w http.ResponseWriter, r *http.Request) {
	e := s.Find(r.PathValue("id"))
	if e == nil || r.PathValue("how") != "!transform" {
		fail(w, http.StatusNotFound, "NONEXISTENT_ID", "The record instance does not exist.")
		return
	}
	var body struct {
		External string `json:"externalId"`
		Item     struct {
			Items []struct {
				Line     int64 `json:"orderLine"`
				Quantity *int
				Receive  *bool `json:"itemreceive"`
			}
		}
		Package struct {
			Items []struct {
				Tracking string `json:"packageTrackingNumber"`
				Descr    string `json:"packageDescr"`
			}
		}
	}
	if json.NewDecoder(r.Body).Decode(&body) != nil {
		fail(w, http.StatusBadRequest, "INVALID_CONTENT", "Invalid content.")
		return
	}
	if status(e) != "B" && status(e) != "E" {
		fail(w, http.StatusBadRequest, "USER_ERROR", "You cannot initialize itemfulfillment: invalid reference "+r.PathValue("id")+".")
		return
	}
	if body.External != "" && s.external(body.External) != nil {
		fail(w, http.StatusBadRequest, "DUP_RCRD", "This record already exists")
		return
	}
	take := e.All()
	for _, it := range body.Item.Items {
		rest, known := take[it.Line]
		switch {
		case it.Receive != nil && !*it.Receive:
			delete(take, it.Line)
		case !known || it.Quantity != nil && (*it.Quantity > rest || *it.Quantity <= 0):
			fail(w, http.StatusBadRequest, "USER_ERROR", fmt.Sprintf("Please enter a valid quantity for line %d.", it.Line))
			return
		case it.Quantity != nil:
			take[it.Line] = *it.Quantity
		}
	}
	if len(take) == 0 {
		fail(w, http.StatusBadRequest, "USER_ERROR", "You must have at least one line item for this transaction.")
		return
	}
	p := shopsim.EntryParcel{Key: body.External, Units: take}
	for _, box := range body.Package.Items {
		p.Tracking, p.Carrier = box.Tracking, box.Descr
	}
	made := s.Send(e, p)
	s.Mail()
	w.Header().Set("Location", "http://"+r.Host+"/services/rest/record/v1/itemFulfillment/"+strconv.FormatInt(made.ID, 10))
	w.WriteHeader(http.StatusNoContent)
}

func (s *Account) external(id string) *shopsim.EntryParcel {
	for _, e := range s.Entries() {
		if i := slices.IndexFunc(e.Sent, func(p *shopsim.EntryParcel) bool { return p.Key == id }); i >= 0 {
			return e.Sent[i]
		}
	}
	return nil
}

// fulfillment shows one, by its id or its externalId.
func (s *Account) fulfillment(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	var found *shopsim.EntryParcel
	if key, is := strings.CutPrefix(id, "eid:"); is {
		found = s.external(key)
	}
	for _, e := range s.Entries() {
		for _, p := range e.Sent {
			if strconv.FormatInt(p.ID, 10) == id {
				found = p
			}
		}
	}
	if found == nil {
		fail(w, http.StatusNotFound, "NONEXISTENT_ID", "The record instance does not exist. Provide a valid record instance ID.")
		return
	}
	items := []any{}
	for _, line := range slices.Sorted(func(yield func(int64) bool) {
		for id := range found.Units {
			if !yield(id) {
				return
			}
		}
	}) {
		items = append(items, map[string]any{"orderLine": line, "quantity": float64(found.Units[line]), "itemreceive": true})
	}
	boxes := []any{}
	if found.Tracking != "" {
		boxes = append(boxes, map[string]any{"packageTrackingNumber": found.Tracking, "packageDescr": found.Carrier})
	}
	answer(w, http.StatusOK, map[string]any{
		"id": strconv.FormatInt(found.ID, 10), "externalId": found.Key, "shipStatus": map[string]any{"id": "C", "refName": "Shipped"},
		"item": map[string]any{"items": items, "totalResults": len(items)}, "package": map[string]any{"items": boxes},
	})
}
