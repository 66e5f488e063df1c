// Package netsuite is the client of NetSuite by SuiteTalk REST: sales orders in by
// SuiteQL, and parcels back as item fulfillments.
//
// What NetSuite does decides how it is used:
//
//   - A fulfillment whose lines are not named ships all that is open. So every line that
//     is to stay is named with itemreceive false.
//   - A second request makes a second fulfillment. Each gets an externalId of the order
//     and the tracking number, by which it is looked for before anything is sent, and with
//     which NetSuite refuses a second one.
//   - A fulfillment is made as shipped, which is what takes the goods off the stock. On
//     accounts without Advanced Shipping that makes an invoice too.
//   - Each line ships from a location: from the order line's own, or from the one that the
//     settings name.
//   - What the times of changes are in is not documented. The changes of the next round
//     begin hours before the last one that was seen, by NetSuite's own word for it.
//   - A fulfillment is not taken back from here, because that moves stock and money.
//
// Sources: docs.oracle.com, SuiteTalk REST web services; the sales order tutorials of
// Oracle's developer relations. Never tried against a live account.
//
//	s, err := netsuite.New(shop.Options{URL: "https://1234567.suitetalk.api.netsuite.com", Secret: "four values", Do: web.NewHTTP()})
package netsuite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/oauth1"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// What Options.Set may hold.
const (
	Account  = "account"  // id of the account, where the address does not begin with it: 1234567_SB1
	Location = "location" // internal id of the location that this bench packs at; "" for all
	Status   = "status"   // C: shipped, B: packed; C where it is empty
)

// Shop is one account.
type Shop struct {
	id       string
	web      web.Client
	clock    func() time.Time
	location string
	status   string
}

var _ shop.Shop = (*Shop)(nil)

// New returns the client of an account. It asks nothing.
func New(o shop.Options) (*Shop, error) {
	address := strings.TrimSpace(o.URL)
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, errors.New("the address of NetSuite is not one: it is like https://1234567.suitetalk.api.netsuite.com, from Setup, Company, Company Information")
	}
	if u.Scheme != "https" && u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback() {
		return nil, errors.New("the address has to begin with https")
	}
	values := strings.Fields(o.Secret)
	if len(values) != 4 {
		return nil, errors.New("four values are needed, with spaces between: consumer key, consumer secret, token id and token secret, of token-based authentication")
	}
	account := strings.TrimSpace(o.Set[Account])
	if account == "" {
		account, _, _ = strings.Cut(u.Hostname(), ".")
	}
	s := &Shop{id: o.ID, clock: o.Clock, location: strings.TrimSpace(o.Set[Location]), status: cmp.Or(strings.ToUpper(strings.TrimSpace(o.Set[Status])), "C")}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.location != "" && !number(s.location) {
		return nil, errors.New("the setting location must be the internal id of a location, such as 6")
	}
	if s.status != "C" && s.status != "B" {
		return nil, errors.New("the setting status must be C (shipped) or B (packed)")
	}
	signer := oauth1.Signer{
		Keys:  oauth1.Keys{Consumer: values[0], ConsumerSecret: values[1], Token: values[2], TokenSecret: values[3]},
		Realm: strings.ToUpper(strings.ReplaceAll(account, "-", "_")), Clock: o.Clock,
	}
	s.web = web.Client{Base: u.Scheme + "://" + u.Host + "/services/rest", Do: o.Do, Clock: s.clock, Sign: func(r *http.Request, _ []byte) error { return signer.Header(r) }}
	if s.web.Do == nil {
		s.web.Do = web.NewHTTP()
	}
	return s, nil
}

// Can says what NetSuite can do. Whether it writes to the buyer is for its own settings.
func (s *Shop) Can() shop.Can { return shop.Can{Part: true, Loud: true} }

// number reports whether a text is a number of NetSuite: it becomes part of a question.
func number(text string) bool {
	return text != "" && len(text) <= 18 && strings.Trim(text, "0123456789") == ""
}

const (
	mostRows  = 1_000 // of an answer to SuiteQL
	mostPages = 200
)

// query asks in SuiteQL and reads all rows into out, a slice. What stands in a question is
// numbers and times only.
func query[T any](ctx context.Context, s *Shop, q string) (rows []T, err error) {
	for page := range mostPages {
		var got struct {
			Items   []T
			HasMore bool
		}
		err := s.ask(ctx, web.Request{
			Method: http.MethodPost, Path: "/query/v1/suiteql", Query: url.Values{"limit": {strconv.Itoa(mostRows)}, "offset": {strconv.Itoa(page * mostRows)}},
			Header: http.Header{"Prefer": {"transient"}}, Body: map[string]string{"q": q}, Asks: true,
		}, "such list", &got)
		if err != nil {
			return nil, err
		}
		rows = append(rows, got.Items...)
		if !got.HasMore {
			return rows, nil
		}
	}
	return nil, &shop.Away{Say: "an answer has no end"}
}

// ask sends one request.
func (s *Shop) ask(ctx context.Context, r web.Request, what string, out any) error {
	a, err := s.web.Send(ctx, r)
	if err != nil {
		return meant(err, what)
	}
	return web.Read(a, out, r.Asks || r.Method == http.MethodGet)
}

// meant says what a status means here.
func meant(err error, what string) error {
	if errors.As(err, new(*shop.Denied)) {
		return &shop.Denied{Say: "look at Setup, Users/Roles, View Login Audit Trail: it says which of the four values is wrong, or what right the role lacks"}
	}
	var status *web.Status
	if !errors.As(err, &status) {
		return err
	}
	code, say := said(status.Body)
	switch {
	case status.Status == http.StatusNotFound:
		return &shop.Gone{What: what}
	case code == "RCRD_HAS_BEEN_CHANGED":
		return &shop.Changed{Say: "the order in NetSuite"}
	case status.Status == http.StatusBadRequest, status.Status == http.StatusConflict, status.Status == http.StatusUnprocessableEntity:
		return &shop.Refused{Say: say}
	}
	return err
}

// said is NetSuite's own word about a no, shortened.
func said(body []byte) (code, say string) {
	var e struct {
		Details []struct {
			Detail wire.Text
			Code   wire.Text `json:"o:errorCode"`
		} `json:"o:errorDetails"`
	}
	if json.Unmarshal(body, &e) != nil || len(e.Details) == 0 || e.Details[0].Detail == "" {
		return "", "it gives no reason"
	}
	return string(e.Details[0].Code), wire.Clean(string(e.Details[0].Detail), 200)
}

// Test asks for what the bench needs, and changes nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	read := shop.Check{What: "read orders"}
	rows, err := query[struct{ N wire.Text }](ctx, s, `SELECT COUNT(t.id) AS n FROM transaction t WHERE t.type = 'SalesOrd' AND t.status IN ('B', 'D', 'E')`)
	var denied *shop.Denied
	var refused *shop.Refused
	switch {
	case errors.As(err, &denied):
		read.Say, read.Fix = "NetSuite does not accept the four values", denied.Say
		return []shop.Check{read}, nil
	case errors.As(err, &refused):
		read.Say, read.Fix = refused.Say, "give the role the rights SuiteAnalytics Workbook, REST Web Services, Log in using Access Tokens, and Sales Order (view)"
		return []shop.Check{read}, nil
	case err != nil:
		return nil, err
	case len(rows) != 1:
		return nil, &shop.Away{Say: "it did not count the orders"}
	}
	read.OK, read.Say = true, fmt.Sprintf("%s orders to send", rows[0].N)
	write := shop.Check{What: "tell of shipments", OK: true, Say: "the right Item Fulfillment (create) is tried with the first parcel"}
	return []shop.Check{read, write}, nil
}
