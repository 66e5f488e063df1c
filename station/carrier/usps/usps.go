// Package usps is the client of USPS's own interface, version 3 (developers.usps.com:
// Shipping Options 3.1, Domestic Labels 3.9, International Labels 3.3, Payments 3.1, SCAN
// Forms 3.1, Tracking 3.2, Addresses 3). It knows prices, with days where USPS has them,
// labels, their reprint and return, SCAN forms, tracking and the check of addresses. It was
// tried against a simulated account alone, never against USPS; what is said of reprints was
// observed by others.
//
// A label is bought with two tokens, the client's own and one of the account that pays, and
// with a key. The manual can be read so that a key which is sent twice buys twice, so it is
// never sent twice: it is what the label is found by, as a reprint. There are three of
// those, and none after the day of mailing; a label that is not shown again is given back
// by its key. 160412 says that there is no label with a key, of the last seven days, and
// 160979 that it was cancelled. What other servers than USPS's labels say is no answer:
// International Labels of before 3.3.7 had no reprint by a key, and there a person looks.
//
// Abroad the interface is another one that is built alike, with papers for customs which
// are pages of the label (three of 4 by 6 inches, and more for more than five kinds of
// goods). The recipient pays duties. Domestic labels have the same papers where the post
// leaves the customs territory: to the armed forces, to embassies and to the territories
// other than Puerto Rico. Goods of one tariff number for 2,500 dollars or more, whose
// export has to be filed, are refused, except to Canada. From USPS's specifications, and
// from people who have bought such labels: the rate's own place of entry,
// INTERNATIONAL_SERVICE_CENTER, goes into a label, numbers of services are no texts, and
// single pieces that are priced as large envelopes take no carton.
//
// A client may ask 60 times an hour unless USPS grants more, so that all services are asked
// for in one call. Dangerous goods, several parcels and prepaid duties are not sent.
package usps

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/oauth2"
	"packbench/station/web/wire"
)

// Address is where USPS is; Samples is where it prints labels that are none.
const (
	Address = "https://apis.usps.com"
	Samples = "https://apis-tem.usps.com"
)

// The settings: whom labels belong to, and who pays for them.
const (
	CRID        = "crid"
	MID         = "mid"
	ManifestMID = "manifest_mid"
	Account     = "account"
	AccountType = "account_type"
	Prices      = "prices"
)

// payLife is how long the token of the account is used. It is good for eight hours.
const payLife = 7 * time.Hour

// Client is an account.
type Client struct {
	ask, buy web.Client
	pay      *oauth2.Source
	set      map[string]string
	samples  bool
	clock    func() time.Time
	zone     *time.Location
}

// New returns a client. The secret is the consumer key and its secret, with a colon between.
func New(o account.Options) (*Client, error) {
	id, secret, ok := strings.Cut(o.Secret, ":")
	if !ok || id == "" || secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return nil, errors.New("the key of USPS is the consumer key and the consumer secret, with a colon between")
	}
	c := &Client{set: o.Set, samples: strings.HasPrefix(o.URL, Samples), clock: o.Clock, zone: o.Zone}
	plain := web.Client{Who: "USPS", Base: o.URL, Do: o.Do, Clock: o.Clock}
	tokens := oauth2.New(oauth2.Credentials(plain, web.Request{
		Method: http.MethodPost, Path: "/oauth2/v3/token",
		Body: object{"client_id": id, "client_secret": secret, "grant_type": "client_credentials"},
	}), o.Clock)
	c.ask = tokens.Sign(plain)
	plain.Do = o.Buy
	c.buy = tokens.Sign(plain)
	c.pay = oauth2.New(c.authorize, o.Clock)
	return c, nil
}

type object = map[string]any

// authorize fetches the token of the account that pays.
func (c *Client) authorize(ctx context.Context) (oauth2.Token, error) {
	role := func(name string) object {
		return object{
			"roleName": name, "CRID": c.set[CRID], "MID": c.set[MID], "manifestMID": c.set[ManifestMID],
			"accountType": c.accountType(), "accountNumber": c.set[Account],
		}
	}
	a, err := c.ask.Send(ctx, web.Request{
		Method: http.MethodPost, Path: "/payments/v3/payment-authorization", Asks: true,
		Body: object{"roles": []object{role("PAYER"), role("LABEL_OWNER")}},
	})
	say := read(a.Body).say()
	if err != nil && say != "" && a.Status < 500 && a.Status != http.StatusTooManyRequests && !strings.Contains(say, "access token") {
		no := refusal(a, say) // even 401 may be about money
		if no.Why == account.Other {
			no.Why = account.NotSet
		}
		return oauth2.Token{}, &web.Away{Err: no, Who: "USPS"}
	}
	var got struct {
		Token wire.Text `json:"paymentAuthorizationToken"`
	}
	if err == nil {
		err = web.Read(a, &got, true)
	}
	return oauth2.Token{Value: string(got.Token), Until: c.clock().Add(payLife)}, err
}

func (c *Client) accountType() string { return cmp.Or(c.set[AccountType], "EPS") }

// paid is the header of the account that pays.
func (c *Client) paid(ctx context.Context) (http.Header, error) {
	token, err := c.pay.Token(ctx)
	if refused := new(account.Refused); errors.As(err, &refused) {
		return nil, refused
	}
	return http.Header{"X-Payment-Authorization-Token": {token}}, err
}

// heard forgets the account's token when it may be the one that was refused.
func (c *Client) heard(h http.Header, err error) error {
	if errors.As(err, new(*web.Denied)) {
		c.pay.Drop(h.Get("X-Payment-Authorization-Token"))
	}
	return said(err)
}

// Can says what USPS can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, Label: true, ZPL: true, ZPL300: true, Void: true, Lag: time.Minute,
		VoidRule: "until half past midnight after the day of mailing, or a quarter of an hour after the SCAN form; later the refund is asked for, once a day",
	}
}

// classes are the mail classes that a shop's own cartons go by.
var classes = []account.Service{
	{ID: "USPS_GROUND_ADVANTAGE", Name: "Ground Advantage"},
	{ID: "PRIORITY_MAIL", Name: "Priority Mail"},
	{ID: "PRIORITY_MAIL_EXPRESS", Name: "Priority Mail Express"},
	{ID: firstClass, Name: "First-Class Package International"},
	{ID: "PRIORITY_MAIL_INTERNATIONAL", Name: "Priority Mail International"},
	{ID: "PRIORITY_MAIL_EXPRESS_INTERNATIONAL", Name: "Priority Mail Express International"},
}

// Services returns the mail classes.
func (c *Client) Services(context.Context) ([]account.Service, error) {
	return account.Sold("usps", "USPS", classes), nil
}

func named(class string) (string, bool) {
	name := account.ServiceNamed(classes, class, "")
	return name, name != ""
}

// Test fetches both tokens.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	_, err := c.authorize(ctx)
	var no *account.Refused
	switch {
	case errors.As(err, &no):
		return []account.Check{
			{What: "key", OK: true, Say: "it is accepted"},
			{What: "account", Say: no.Say, Fix: "Compare CRID, MIDs and the account with the Business Customer Gateway, and look whether the account can be charged."},
		}, nil
	case errors.As(err, new(*web.Denied)):
		return []account.Check{{
			What: "key", Say: "USPS does not accept it", Fix: "Copy consumer key and secret again from developers.usps.com, Apps. The app needs labels, payments, prices and tracking.",
		}}, nil
	case err != nil:
		return nil, err
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}, {What: "account", OK: true, Say: "labels can be charged to it"}}
	if c.samples {
		checks = append(checks, account.Check{What: "samples", OK: true, Say: "this address prints samples: nothing is charged, and USPS takes none of them"})
	}
	return checks, nil
}

// problem is an answer that is no success. Its source is a text or an object.
type problem struct {
	Error struct {
		Code    wire.Text `json:"code"`
		Message wire.Text `json:"message"`
		Errors  []struct {
			Title  wire.Text `json:"title"`
			Detail wire.Text `json:"detail"`
			Code   wire.Text `json:"code"`
		} `json:"errors"`
	} `json:"error"`
}

func read(body []byte) (p problem) {
	_ = json.Unmarshal(body, &p)
	return p
}

func (p problem) say() string {
	text := string(p.Error.Message)
	for _, e := range p.Error.Errors {
		if e.Detail != "" && string(e.Detail) != text {
			text += "; " + string(e.Detail)
		}
	}
	return wire.Clean(strings.TrimPrefix(text, "; "), 300)
}

// The codes of a reprint for what is not there, and how those of labels begin: what has
// another one was not answered by them.
const (
	notFound  = "160412"
	cancelled = "160979"
	ofLabels  = "160"
)

// code is USPS's code of an error, "" where it is not one of USPS's.
func code(err error) string {
	var status *web.Status
	if errors.As(err, &status) && status.Status < 500 {
		p := read(status.Body).Error
		for _, e := range p.Errors {
			if e.Code != "" {
				return string(e.Code)
			}
		}
		return string(p.Code)
	}
	return ""
}

// about is what the words of a refusal are about, in this order.
var about = []struct {
	word, field string
	why         account.Why
}{
	{"customs", "", account.NoCustoms},
	{"tariff", "", account.NoCustoms},
	{"insufficient", "", account.NoFunds},
	{"credit card", "", account.NoFunds},
	{"payment", "", account.NotSet},
	{"crid", "", account.NotSet},
	{"account", "", account.NotSet},
	{"zip", "postcode", account.BadAddress},
	{"postal code", "postcode", account.BadAddress},
	{"phone", "phone", account.BadAddress},
	{"address", "street", account.BadAddress},
	{"city", "city", account.BadAddress},
	{"weight", "weight", account.BadParcel},
	{"dimension", "size", account.BadParcel},
	{"mail class", "", account.NoService},
	{"mailclass", "", account.NoService},
	{"rate", "", account.NoService},
	{"service", "", account.NoService},
}

func refusal(a web.Answer, say string) *account.Refused {
	no := &account.Refused{Why: account.Other, Say: say, Request: a.Header.Get("X-Request-Id")}
	words := strings.ToLower(say)
	for _, a := range about {
		if strings.Contains(words, a.word) {
			no.Why, no.Field = a.why, a.field
			break
		}
	}
	return no
}

// said puts an answer that is no success in USPS's own words.
func said(err error) error {
	var status *web.Status
	if code(err) == "" || !errors.As(err, &status) {
		return err
	}
	return refusal(status.Answer, read(status.Body).say())
}
