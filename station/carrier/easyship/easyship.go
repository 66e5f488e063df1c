// Package easyship is the client of Easyship's interface, version 2024-09
// (developers.easyship.com). It knows prices, labels, cancellation, manifests and
// tracking.
//
// One call makes a shipment and buys its label; the purchase's reference is the
// shipment's order number, by which it is found again. It need not be unique there, so
// nothing but this client's care makes it so. Each call that buys has an Idempotency-Key
// of its own: it guards against a call that is sent twice on its way. The key is never
// used again, because the first answer is repeated for 24 hours, refusals and failures
// included.
//
// The rules of the shop at Easyship's page, and its falling back to another courier, are
// switched off in each call: what was quoted is bought, or nothing. Not tried live:
// everything but the refusals; the answers of prices and purchases follow the manual.
package easyship

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
	"packbench/station/web/wire"
)

// Where Easyship is.
const (
	Address        = "https://public-api.easyship.com/2024-09"
	SandboxAddress = "https://public-api-sandbox.easyship.com/2024-09"
)

// Category is the setting that says what goods without a tariff number are.
const Category = "category"

const sandbox = "sand_"

// Client is an account.
type Client struct {
	ask, buy web.Client
	test     bool
	category string
}

// New returns a client. The secret is the access token.
func New(o account.Options) (*Client, error) {
	if o.Secret == "" || strings.ContainsAny(o.Secret, " :\r\n") {
		return nil, errors.New("an access token of Easyship is one word, such as prod_… or sand_…")
	}
	c := &Client{test: strings.HasPrefix(o.Secret, sandbox), category: strings.TrimSpace(o.Set[Category])}
	if c.test && o.URL == Address {
		o.URL = SandboxAddress
	}
	sign := func(r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", "Bearer "+o.Secret)
		return nil
	}
	c.ask = web.Client{Who: "Easyship", Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock}
	c.buy = web.Client{Who: "Easyship", Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock}
	return c, nil
}

// Can says what Easyship can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, Label: true, ZPL: true, Void: true, Lag: time.Minute, Live: !c.test,
		VoidRule: "until the courier has it; the money comes back to the balance when the courier agrees",
	}
}

// Test looks at the balance and the services.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	var got struct {
		Account struct {
			Name   wire.Text `json:"name"`
			Credit struct {
				Available wire.Text `json:"available_balance"`
				Currency  string    `json:"currency"`
			} `json:"credit"`
		} `json:"account"`
	}
	err := said(c.ask.JSON(ctx, web.Request{Path: "/account"}, &got))
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: "Easyship does not accept it", Fix: "Copy the token again from Easyship, Connect, and give it the scopes of rates, shipments, labels and the account."}}, nil
	}
	if err != nil {
		return nil, err
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted, for " + wire.Clean(string(got.Account.Name), 60)}}
	if c.test {
		checks = append(checks, account.Check{What: "labels", OK: true, Say: "this token buys samples: nothing is charged, and no courier takes them"})
	} else if m, err := account.Amount(string(got.Account.Credit.Available), got.Account.Credit.Currency); err == nil {
		checks = append(checks, account.Check{What: "balance", OK: true, Say: m.String()})
	}
	services, err := c.Services(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(services) == 0:
		return append(checks, account.Check{What: "couriers", Say: "there is no courier", Fix: "Switch one on in Easyship, Couriers."}), nil
	}
	return append(checks, account.Check{What: "couriers", OK: true, Say: services[0].Name + " and others"}), nil
}

// Services returns the courier services that are switched on.
func (c *Client) Services(ctx context.Context) ([]account.Service, error) {
	var got struct {
		Services []courier `json:"courier_services"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Path: "/courier_services", Query: url.Values{"per_page": {"100"}}}, &got)); err != nil {
		return nil, err
	}
	var out []account.Service
	for _, s := range got.Services {
		slug := account.Slug(s.Umbrella)
		out = append(out, account.Service{ID: s.ID, Name: s.Name, Carrier: slug, CarrierName: account.Named(slug)})
	}
	return out, nil
}

// said puts an answer that is no success in Easyship's own words.
func said(err error) error {
	var failed *web.Status
	if !errors.As(err, &failed) || failed.Status >= 500 {
		return err
	}
	var body struct {
		Error struct {
			Code    string            `json:"code"`
			Type    string            `json:"type"`
			Message wire.Text         `json:"message"`
			Details []json.RawMessage `json:"details"`
			Request wire.Text         `json:"request_id"`
		} `json:"error"`
	}
	if json.Unmarshal(failed.Body, &body) != nil || body.Error.Code == "" || body.Error.Type == "api_error" {
		return err
	}
	text := string(body.Error.Message)
	for _, d := range body.Error.Details {
		var s string
		if json.Unmarshal(d, &s) == nil {
			text += "; " + s
		}
	}
	if strings.Contains(strings.ToLower(text), "already requested") {
		return err // a label was bought for it before: it has to be looked at
	}
	return &account.Refused{Why: why(body.Error.Code, text), Say: wire.Clean(text, 300), Request: string(body.Error.Request)}
}

func why(code, text string) account.Why {
	text = strings.ToLower(code + " " + text)
	for _, one := range []struct {
		why   account.Why
		words []string
	}{
		{account.NoFunds, []string{"balance", "credit", "over_limit", "payment"}},
		{account.NoCustoms, []string{"hs_code", "customs", "items", "category", "tax_id"}},
		{account.BadAddress, []string{"address", "postal", "contact_", "city", "state"}},
		{account.BadParcel, []string{"weight", "dimension", "box"}},
		{account.NoService, []string{"courier", "rates", "service"}},
		{account.NotSet, []string{"scope", "token", "endpoint"}},
	} {
		for _, w := range one.words {
			if strings.Contains(text, w) {
				return one.why
			}
		}
	}
	return account.Other
}
