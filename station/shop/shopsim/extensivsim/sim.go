// Package extensivsim is a simulated account of Extensiv 3PL Warehouse Manager: tokens
// that end, lists in HAL, changes that carry the version which they rest on.
//
// It must not know the client that is tried on it, nor share code with it.
package extensivsim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop/shopsim"
)

// What the account knows its user by.
const (
	client = "sim-client"
	secret = "sim:pass-9f3k"
	user   = "77"
)

const (
	orderRel = "http://api.3plCentral.com/rels/orders/order"
	itemRel  = "http://api.3plCentral.com/rels/orders/item"
	// lives is how long a token is good.
	lives = 30 * time.Minute
)

// zone is what the account has its times in.
var zone = time.FixedZone("EST", -5*3600)

// Account is one.
type Account struct {
	*shopsim.Book
	PageMost int

	token  string
	tokens int
	until  time.Time
}

// New returns an account without orders.
func New(o shopsim.Options) *Account {
	return &Account{Book: shopsim.NewBook(o, 17_000), PageMost: 100}
}

// Secret is client id and client secret.
func (s *Account) Secret() string { return client + ":" + secret }

// Set names the user.
func (s *Account) Set() map[string]string { return map[string]string{"user": user} }

// Tokens is how many were given out.
func (s *Account) Tokens() int {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	return s.tokens
}

// End ends the token that is out.
func (s *Account) End() {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.token = ""
}

// ServeHTTP answers.
func (s *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Faults().Serve(w, r, http.HandlerFunc(s.serve))
}

func (s *Account) serve(w http.ResponseWriter, r *http.Request) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	if r.URL.Path == "/AuthServer/api/Token" {
		s.give(w, r)
		return
	}
	if s.token == "" || r.Header.Get("Authorization") != "Bearer "+s.token || !s.Opt.Clock().Before(s.until) {
		http.Error(w, "", http.StatusUnauthorized)
		return
	}
	m := http.NewServeMux()
	m.HandleFunc("GET /orders", s.list)
	m.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		e := s.Find(r.PathValue("id"))
		if e == nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("ETag", etag(e))
		answer(w, form(e, true))
	})
	m.HandleFunc("POST /orders/{id}/confirmer", s.confirm)
	m.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	m.ServeHTTP(w, r)
}

func (s *Account) give(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Grant string `json:"grant_type"`
		User  string `json:"user_login_id"`
	}
	name, pass, _ := r.BasicAuth()
	if name != client || pass != secret || json.NewDecoder(r.Body).Decode(&body) != nil || body.Grant != "client_credentials" || body.User != user {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_client"}`))
		return
	}
	s.tokens++
	s.token, s.until = fmt.Sprintf("token-%d", s.tokens), s.Opt.Clock().Add(lives)
	answer(w, map[string]any{"access_token": s.token, "token_type": "Bearer", "expires_in": int(lives.Seconds())})
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/hal+json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, kind, code, hint string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"$type": "WMS.V2.Generic.Models.Exceptions." + kind + ", WMS.V2.Generic.Models", "ErrorCode": code, "Hint": hint})
}

// etag changes with every change of an order.
func etag(e *shopsim.Entry) string {
	sum := e.Modified.UnixNano() + int64(len(e.Sent))
	for i, l := range e.Lines {
		sum = sum*31 + int64((i+1)*l.Want+l.Gone)
	}
	return fmt.Sprintf(`"%d-%s"`, sum, e.State)
}

var condition = regexp.MustCompile(`^readonly\.([a-z.]+)(==|=gt=|=ge=)(.+)$`)

// list is the orders for which all conditions hold. It shows changes late.
func (s *Account) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var all []*shopsim.Entry
	for _, e := range s.Entries() {
		seen := s.Listed(e)
		if seen == nil {
			continue
		}
		ok := true
		for _, c := range strings.Split(q.Get("rql"), ";") {
			m := condition.FindStringSubmatch(c)
			if m == nil {
				fail(w, http.StatusBadRequest, "QueryParameterException", "NotParsable", "Properties not supported: "+c)
				return
			}
			holds, known := holds(seen, m[1], m[2], m[3])
			if !known {
				fail(w, http.StatusBadRequest, "QueryParameterException", "NotParsable", "Properties not supported: "+m[1])
				return
			}
			ok = ok && holds
		}
		if ok {
			all = append(all, seen)
		}
	}
	if q.Get("sort") == "" { // in no order that anybody could rely on
		slices.Reverse(all)
	}
	per, err := strconv.Atoi(cmp.Or(q.Get("pgsiz"), "10"))
	n, failed := strconv.Atoi(cmp.Or(q.Get("pgnum"), "1"))
	if err != nil || failed != nil || per < 1 || n < 1 {
		fail(w, http.StatusBadRequest, "QueryParameterException", "NotParsable", "pgsiz")
		return
	}
	per = min(per, s.PageMost)
	from := min((n-1)*per, len(all))
	list := []any{}
	for _, e := range all[from:min(from+per, len(all))] {
		list = append(list, form(e, strings.Contains(q.Get("detail"), "OrderItems")))
	}
	answer(w, map[string]any{"totalResults": len(all), "_links": map[string]any{"self": map[string]any{"href": r.URL.String()}}, "_embedded": map[string]any{orderRel: list}})
}

func holds(e *shopsim.Entry, name, op, value string) (yes, known bool) {
	switch name + op {
	case "orderid=gt=":
		n, err := strconv.ParseInt(value, 10, 64)
		return e.ID > n, err == nil
	case "isclosed==":
		return (e.State == shopsim.Done) == (value == "true"), true
	case "lastmodifieddate=ge=":
		at, err := time.ParseInLocation("2006-01-02T15:04:05", value, zone)
		return !e.Modified.Truncate(time.Second).Before(at), err == nil
	case "customeridentifier.id==":
		return value == "4", true
	case "facilityidentifier.id==":
		return value == "5", true
	}
	return false, false
}

func stamp(t time.Time) string { return t.In(zone).Format("2006-01-02T15:04:05") }

func form(e *shopsim.Entry, items bool) map[string]any {
	status := 0
	var held, reason, shipped any
	tracking, carrier := "", e.Service
	switch e.State {
	case shopsim.Done:
		status = 1
	case shopsim.Cancelled:
		status = 2
	case shopsim.Held, shopsim.Unpaid:
		held, reason = stamp(e.Modified), e.Reason
	}
	if len(e.Sent) > 0 {
		tracking, shipped = e.Sent[0].Tracking, stamp(e.Sent[0].At)
	}
	out := map[string]any{
		"readOnly": map[string]any{
			"orderId": e.ID, "fullyAllocated": true, "isClosed": e.State == shopsim.Done, "status": status, "onHoldDate": held, "onHoldReason": reason,
			"creationDate": stamp(e.Created), "lastModifiedDate": stamp(e.Modified), "shipDate": shipped, "packages": []any{},
			"customerIdentifier": map[string]any{"id": 4, "name": "Example"}, "facilityIdentifier": map[string]any{"id": 5, "name": "Main"},
		},
		"referenceNum": e.Number, "poNum": e.Reference, "shippingNotes": e.Note, "routingInfo": map[string]any{"carrier": carrier, "mode": nil, "trackingNumber": tracking},
		"shipTo": map[string]any{
			"companyName": e.To.Company, "name": e.To.Name, "address1": e.To.Street, "address2": e.To.Street2, "city": e.To.City, "state": e.To.Region, "zip": e.To.Postcode,
			"country": e.To.Country, "phoneNumber": e.To.Phone, "emailAddress": e.To.Email,
		},
		"_links": map[string]any{"self": map[string]any{"href": fmt.Sprintf("/orders/%d", e.ID)}},
	}
	if !items {
		return out
	}
	list := []any{}
	for _, l := range e.Lines {
		if l.Want > 0 && !l.Virtual {
			list = append(list, map[string]any{"readOnly": map[string]any{"orderItemId": l.ID, "fullyAllocated": true}, "itemIdentifier": map[string]any{"sku": l.SKU, "id": l.ID}, "qty": float64(l.Want)})
		}
	}
	out["_embedded"] = map[string]any{itemRel: list}
	return out
}

// confirm closes an order as it is in the version that is named.
func (s *Account) confirm(w http.ResponseWriter, r *http.Request) {
	e := s.Find(r.PathValue("id"))
	var body struct{ TrackingNumber string }
	switch {
	case e == nil:
		w.WriteHeader(http.StatusNotFound)
	case r.Header.Get("If-Match") == "":
		w.WriteHeader(http.StatusPreconditionRequired)
	case r.Header.Get("If-Match") != etag(e):
		w.WriteHeader(http.StatusPreconditionFailed)
	case json.NewDecoder(r.Body).Decode(&body) != nil:
		fail(w, http.StatusBadRequest, "ModelValidationException", "Required", "")
	case e.State == shopsim.Done:
		fail(w, http.StatusForbidden, "OperationException", "OrderConfirmed", "")
	case e.State != shopsim.Open || len(e.All()) == 0:
		fail(w, http.StatusForbidden, "OperationException", "NotFullyAllocated", "")
	default:
		s.Send(e, shopsim.EntryParcel{Tracking: body.TrackingNumber, Carrier: e.Service, Units: e.All()})
		s.Mail()
		w.WriteHeader(http.StatusNoContent)
	}
}
