// Package fedex is the client of FedEx's own interface, version 1 of its parts Rate, Ship,
// Track, Address Validation and Ground End of Day Close (developer.fedex.com). It knows
// prices with days, labels, their cancellation, the close of the day for Ground, tracking
// and the check of addresses. It was tried against a simulated account alone, never
// against FedEx.
//
// No key makes a purchase safe to repeat, and a label is shown once. The reference on the
// package is ours and no other's: tracking finds the number by it, and nothing more, so
// that what is found is given back and bought again. A label that tracking does not show
// yet could be taken for none; FedEx charges what it is handed, and a label that nobody
// hands over costs nothing.
//
// The sandbox answers with invented prices, which carry the alert VIRTUAL.RESPONSE. They
// are taken on an account for samples only.
//
// Dangerous goods, several parcels in a shipment and electronic customs papers are not
// sent; the invoice is printed.
package fedex

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

// Address is where FedEx is; Samples is the sandbox.
const (
	Address = "https://apis.fedex.com"
	Samples = "https://apis-sandbox.fedex.com"
)

// The settings.
const (
	Number = "account_number"
	Pickup = "pickup"
)

// Client is an account.
type Client struct {
	ask, buy web.Client
	tokens   *oauth2.Source
	number   string
	pickup   string
	sandbox  bool
	set      map[string]string
	clock    func() time.Time
	zone     *time.Location
}

type object = map[string]any

// New returns a client. The secret is the API key and its secret, with a colon between.
func New(o account.Options) (*Client, error) {
	id, secret, ok := strings.Cut(o.Secret, ":")
	if !ok || id == "" || secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return nil, errors.New("the key of FedEx is the API key and the secret key, with a colon between")
	}
	c := &Client{number: account.Digits(o.Set[Number], ""), pickup: o.Set[Pickup], sandbox: strings.HasPrefix(o.URL, Samples), set: o.Set, clock: o.Clock, zone: o.Zone}
	if len(c.number) != 9 {
		return nil, errors.New("an account number of FedEx has nine digits")
	}
	if c.pickup == "" {
		c.pickup = "USE_SCHEDULED_PICKUP"
	}
	plain := web.Client{Who: "FedEx", Base: o.URL, Do: o.Do, Clock: o.Clock}
	c.tokens = oauth2.New(oauth2.Credentials(plain, web.Request{
		Method: http.MethodPost, Path: "/oauth/token",
		Body: url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}},
	}), o.Clock)
	c.ask = c.tokens.Sign(plain)
	plain.Do = o.Buy
	c.buy = c.tokens.Sign(plain)
	return c, nil
}

// Can says what FedEx can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, ZPL: true, ZPL300: true, Void: true, Lag: 10 * time.Minute,
		VoidRule: "until FedEx has the parcel; what nobody hands over is not charged",
	}
}

// names of the services, for what is not said with a price.
var names = []account.Service{
	{ID: "FEDEX_GROUND", Name: "Ground"},
	{ID: "GROUND_HOME_DELIVERY", Name: "Home Delivery"},
	{ID: "FEDEX_EXPRESS_SAVER", Name: "Express Saver"},
	{ID: "FEDEX_2_DAY", Name: "2Day"},
	{ID: "FEDEX_2_DAY_AM", Name: "2Day A.M."},
	{ID: "STANDARD_OVERNIGHT", Name: "Standard Overnight"},
	{ID: "PRIORITY_OVERNIGHT", Name: "Priority Overnight"},
	{ID: "FIRST_OVERNIGHT", Name: "First Overnight"},
	{ID: "SMART_POST", Name: "Ground Economy"},
	{ID: "FEDEX_INTERNATIONAL_PRIORITY", Name: "International Priority"},
	{ID: "INTERNATIONAL_ECONOMY", Name: "International Economy"},
	{ID: "FEDEX_INTERNATIONAL_CONNECT_PLUS", Name: "International Connect Plus"},
}

// Services returns those that FedEx has; which of them are sold for a parcel is told with
// prices only.
func (c *Client) Services(context.Context) ([]account.Service, error) {
	return account.Sold("fedex", "FedEx", names), nil
}

func named(id string) string {
	return account.ServiceNamed(names, id, strings.ReplaceAll(id, "_", " "))
}

// Test looks for a label that does not exist: the key, the account and the right to track
// are needed for that.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	_, _, err := c.find(ctx, "PACKBENCH-TEST-NONE", c.clock())
	var no *account.Refused
	switch {
	case errors.As(err, new(*web.Denied)):
		return []account.Check{{
			What: "key", Say: "FedEx does not accept it", Fix: "Copy API key and secret key again from developer.fedex.com, My Projects. The project needs rates, shipping and tracking.",
		}}, nil
	case errors.As(err, &no):
		return []account.Check{{What: "key", OK: true, Say: "it is accepted"}, {What: "account", Say: no.Say, Fix: "Compare the account number with the one of the project."}}, nil
	case err != nil:
		return nil, err
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}, {What: "account", OK: true, Say: c.number + " pays; whether it is the key's own, the first prices tell"}}
	if c.sandbox {
		checks = append(checks, account.Check{What: "samples", OK: true, Say: "this is the sandbox: prices are invented, and FedEx takes none of its labels"})
	}
	return checks, nil
}

type problem struct{ Code, Message wire.Text }

// first is the first error in FedEx's own shape.
func first(err error) (p problem) {
	var status *web.Status
	if !errors.As(err, &status) || status.Status >= 500 {
		return problem{}
	}
	var body struct{ Errors []problem }
	if json.Unmarshal(status.Body, &body) == nil && len(body.Errors) > 0 {
		p = body.Errors[0]
	}
	return p
}

// about is what the code and the words of a refusal are about, in this order.
var about = []struct {
	word, field string
	why         account.Why
}{
	{"account", "", account.NotSet},
	{"credential", "", account.NotSet},
	{"commodit", "", account.NoCustoms},
	{"customs", "", account.NoCustoms},
	{"harmonized", "", account.NoCustoms},
	{"postal", "postcode", account.BadAddress},
	{"phone", "phone", account.BadAddress},
	{"state", "region", account.BadAddress},
	{"city", "city", account.BadAddress},
	{"contact", "name", account.BadAddress},
	{"address", "street", account.BadAddress},
	{"street", "street", account.BadAddress},
	{"weight", "weight", account.BadParcel},
	{"dimension", "size", account.BadParcel},
	{"service", "", account.NoService},
}

// said puts an answer that is no success in FedEx's own words. What FedEx refuses with a
// code of its own was not done.
func said(err error) error {
	p := first(err)
	var status *web.Status
	if p.Code == "" || !errors.As(err, &status) {
		return err
	}
	var body struct {
		ID wire.Text `json:"transactionId"`
	}
	_ = json.Unmarshal(status.Body, &body)
	no := &account.Refused{Why: account.Other, Say: wire.Clean(string(p.Message), 300), Request: wire.Clean(string(body.ID), 80)}
	words := strings.ToLower(string(p.Code + " " + p.Message))
	for _, a := range about {
		if strings.Contains(words, a.word) {
			no.Why, no.Field = a.why, a.field
			break
		}
	}
	return no
}
