// Package ups is the client of UPS's own interface, version 2409 of its parts Rating and
// Shipping (github.com/UPS-API/api-documentation, developer.ups.com). It knows prices with
// days, labels, their recovery, voiding and tracking. It was tried against a simulated
// account alone, never against UPS; what is said of the recovery of labels was observed
// by others.
//
// No key makes a purchase safe to repeat, and what is sent for one to be known by is
// only echoed. The reference on the package is ours and no other's: by it the interface of
// label recovery finds the shipment with its label. It says 9801031 where there is none,
// and 9801040 where it was voided.
//
// Dangerous goods, several parcels in a shipment and tax numbers of the destination
// (IOSS) are not sent.
package ups

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/oauth2"
	"packbench/station/web/wire"
)

// Address is where UPS is; Samples is where it prints labels that are none.
const (
	Address = "https://onlinetools.ups.com"
	Samples = "https://wwwcie.ups.com"
)

// ShipperNumber is the setting with the account that pays.
const ShipperNumber = "shipper_number"

const version = "v2409"

// Client is an account.
type Client struct {
	ask, buy web.Client
	tokens   *oauth2.Source
	shipper  string
	samples  bool
	set      map[string]string
	clock    func() time.Time
	zone     *time.Location
}

// New returns a client. The secret is the client's id and its secret, with a colon between.
func New(o account.Options) (*Client, error) {
	id, secret, ok := strings.Cut(o.Secret, ":")
	if !ok || id == "" || secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return nil, errors.New("the key of UPS is the client id and the client secret, with a colon between")
	}
	c := &Client{shipper: strings.ToUpper(strings.TrimSpace(o.Set[ShipperNumber])), samples: strings.HasPrefix(o.URL, Samples), set: o.Set, clock: o.Clock, zone: o.Zone}
	if len(c.shipper) != 6 {
		return nil, errors.New("a shipper number of UPS has six letters and digits")
	}
	plain := web.Client{Who: "UPS", Base: o.URL, Do: o.Do, Clock: o.Clock}
	login := plain
	login.Sign = func(r *http.Request, _ []byte) error {
		r.SetBasicAuth(id, secret)
		return nil
	}
	c.tokens = oauth2.New(oauth2.Credentials(login, web.Request{
		Method: http.MethodPost, Path: "/security/v1/oauth/token", Body: url.Values{"grant_type": {"client_credentials"}},
		Header: http.Header{"X-Merchant-Id": {c.shipper}},
	}), o.Clock)
	c.ask = c.tokens.Sign(plain)
	plain.Do = o.Buy
	c.buy = c.tokens.Sign(plain)
	return c, nil
}

// Can says what UPS can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, Label: true, ZPL: true, Void: true, Lag: time.Minute,
		VoidRule: "until UPS has the parcel, within 90 days; what was voided is not invoiced",
	}
}

// names of the services, which answers leave empty.
var names = []account.Service{
	{ID: "03", Name: "Ground"},
	{ID: "12", Name: "3 Day Select"},
	{ID: "02", Name: "2nd Day Air"},
	{ID: "59", Name: "2nd Day Air A.M."},
	{ID: "13", Name: "Next Day Air Saver"},
	{ID: "01", Name: "Next Day Air"},
	{ID: "14", Name: "Next Day Air Early"},
	{ID: "93", Name: "Ground Saver"},
	{ID: "11", Name: "Standard"},
	{ID: "08", Name: "Expedited"},
	{ID: "65", Name: "Express Saver"},
	{ID: "07", Name: "Express"},
	{ID: "54", Name: "Express Plus"},
	{ID: "70", Name: "Access Point Economy"},
}

// Services returns those that UPS has; which of them are sold for a parcel is told with
// prices only.
func (c *Client) Services(context.Context) ([]account.Service, error) {
	return account.Sold("ups", "UPS", names), nil
}

func named(code string) string { return account.ServiceNamed(names, code, "Service "+code) }

// Test asks for a label that does not exist: the key and the right to labels are needed
// for that.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	const keyFix = "Copy client id and client secret again from developer.ups.com, My Apps."
	_, err := c.tokens.Token(ctx)
	if err == nil {
		_, err = c.recovery(ctx, object{"ReferenceValues": c.reference("PACKBENCH-TEST-NONE")}, account.Form{})
	}
	switch {
	case errors.As(err, new(*web.Denied)):
		return []account.Check{{What: "key", Say: "UPS does not accept it for labels", Fix: keyFix + " The app needs the products Rating, Shipping and Tracking."}}, nil
	case code(err) != notFound && code(err) != voided:
		return nil, said(err)
	}
	checks := []account.Check{
		{What: "key", OK: true, Say: "it is accepted"},
		{What: "labels", OK: true, Say: "the account " + c.shipper + " pays; whether it is the key's own, the first prices tell"},
	}
	if c.samples {
		checks = append(checks, account.Check{What: "samples", OK: true, Say: "this address prints samples: nothing is charged, and UPS takes none of them"})
	}
	return checks, nil
}

// The codes of label recovery for what is not there.
const (
	notFound = "9801031"
	voided   = "9801040"
	notVoid  = "190102" // outside of the time for it, unknown, or voided before
)

type problem struct{ Code, Message wire.Text }

// first is the first error in UPS's own shape.
func first(status *web.Status) problem {
	var body struct {
		Response struct {
			Errors wire.Many[problem] `json:"errors"`
		} `json:"response"`
		Errors wire.Many[problem] `json:"errors"`
	}
	if json.Unmarshal(status.Body, &body) != nil {
		return problem{}
	}
	return append(body.Response.Errors, body.Errors...).First()
}

// code is UPS's code of an error, "" where it is not one of UPS's.
func code(err error) string {
	var status *web.Status
	if !errors.As(err, &status) || status.Status >= 500 {
		return ""
	}
	return string(first(status).Code)
}

// about is what the words of a refusal are about, in this order.
var about = []struct {
	word, field string
	why         account.Why
}{
	{"shipper number", "", account.NotSet},
	{"account", "", account.NotSet},
	{"invoicelinetotal", "", account.NoCustoms},
	{"commodity", "", account.NoCustoms},
	{"invoice", "", account.NoCustoms},
	{"postal code", "postcode", account.BadAddress},
	{"phone", "phone", account.BadAddress},
	{"state", "region", account.BadAddress},
	{"city", "city", account.BadAddress},
	{"attention", "name", account.BadAddress},
	{"address", "street", account.BadAddress},
	{"weight", "weight", account.BadParcel},
	{"dimension", "size", account.BadParcel},
	{"package", "", account.BadParcel},
	{"service", "", account.NoService},
}

// said puts an answer that is no success in UPS's own words. What UPS refuses with a code
// of its own was not done.
func said(err error) error {
	var status *web.Status
	if code(err) == "" || !errors.As(err, &status) {
		return err
	}
	p := first(status)
	no := &account.Refused{Why: account.Other, Say: wire.Clean(string(p.Message), 300), Request: status.Header.Get("X-Request-Id")}
	words := strings.ToLower(string(p.Message))
	for _, a := range about {
		if strings.Contains(words, a.word) {
			no.Why, no.Field = a.why, a.field
			break
		}
	}
	return no
}
