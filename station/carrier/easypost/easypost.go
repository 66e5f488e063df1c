// Package easypost is the client of EasyPost's interface, version 2
// (docs.easypost.com). It knows shipments, refunds, scan forms, trackers and the check of
// addresses.
//
// There is no key that makes a purchase safe to repeat, and a reference need not be
// unique there. Each purchase is a shipment of its own, made with its prices by Prepare,
// which costs nothing; its id is the draft. What became of a purchase is what the
// shipment says of itself.
package easypost

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

// Address is where EasyPost is.
const Address = "https://api.easypost.com/v2"

// CarrierAccounts is the setting that names the carrier accounts which may be used.
const CarrierAccounts = "carrier_accounts"

// Client is an account.
type Client struct {
	ask, buy web.Client
	accounts []string
	key      string
	set      map[string]string
	clock    func() time.Time
}

// New returns a client. The secret is the API key alone.
func New(o account.Options) (*Client, error) {
	if o.Secret == "" || strings.ContainsAny(o.Secret, " :\r\n") {
		return nil, errors.New("an API key of EasyPost is one word, such as EZTK…")
	}
	c := &Client{key: o.Secret, set: o.Set, clock: o.Clock}
	sign := func(r *http.Request, _ []byte) error {
		r.SetBasicAuth(o.Secret, "")
		return nil
	}
	c.ask = web.Client{Who: "EasyPost", Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock}
	c.buy = web.Client{Who: "EasyPost", Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock}
	for a := range strings.SplitSeq(o.Set[CarrierAccounts], ",") {
		if a = strings.TrimSpace(a); a != "" {
			c.accounts = append(c.accounts, a)
		}
	}
	return c, nil
}

// Can says what EasyPost can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, Label: true, ZPL: true, Void: true, Lag: 30 * time.Second,
		VoidRule: "USPS within 30 days if it was never scanned, and the money comes after 15 days or more; UPS and FedEx within 90 days",
	}
}

// Test looks at the carrier accounts.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	var user struct {
		Balance wire.Text `json:"balance"`
	}
	err := c.ask.JSON(ctx, web.Request{Path: "/users"}, &user)
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: "EasyPost does not accept it", Fix: "Copy the key again from EasyPost, Account settings, API keys."}}, nil
	}
	if err != nil {
		return nil, said(err)
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}}
	if strings.HasPrefix(c.key, "EZTK") {
		checks = append(checks, account.Check{What: "labels", OK: true, Say: "this key buys samples: nothing is charged, and no carrier takes them"})
	} else if m, err := account.Amount(string(user.Balance), "USD"); err == nil {
		checks = append(checks, account.Check{What: "balance", OK: true, Say: m.String()})
	}
	services, err := c.Services(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(services) == 0:
		checks = append(checks, account.Check{What: "carriers", Say: "there is no carrier account", Fix: "Add one in EasyPost, Carriers."})
	default:
		var names []string
		for _, s := range services {
			names = append(names, s.CarrierName)
		}
		checks = append(checks, account.Check{What: "carriers", OK: true, Say: strings.Join(names, ", ")})
	}
	return checks, nil
}

// Services returns the carriers: which services each has is told with prices only.
func (c *Client) Services(ctx context.Context) ([]account.Service, error) {
	var all []struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Readable string `json:"readable"`
	}
	if err := c.ask.JSON(ctx, web.Request{Path: "/carrier_accounts"}, &all); err != nil {
		return nil, said(err)
	}
	var out []account.Service
	for _, a := range all {
		if c.uses(a.ID) {
			slug := account.Slug(strings.TrimSuffix(a.Type, "Account"))
			out = append(out, account.Service{ID: slug, Name: "all services", Carrier: slug, CarrierName: a.Readable})
		}
	}
	return out, nil
}

func (c *Client) uses(id string) bool {
	if len(c.accounts) == 0 {
		return true
	}
	for _, a := range c.accounts {
		if a == id {
			return true
		}
	}
	return false
}

// said puts an answer that is no success in EasyPost's own words.
func said(err error) error {
	var status *web.Status
	if !errors.As(err, &status) {
		return err
	}
	var body struct {
		Error struct {
			Code    string          `json:"code"`
			Message json.RawMessage `json:"message"`
			Errors  json.RawMessage `json:"errors"`
		} `json:"error"`
	}
	if status.Status >= 500 || json.Unmarshal(status.Body, &body) != nil || body.Error.Code == "" {
		return err
	}
	if body.Error.Code == "SHIPMENT.POSTAGE.EXISTS" {
		return err // a label was bought for it before: it has to be looked at
	}
	no := &account.Refused{Why: account.Other, Say: words(body.Error.Message), Request: status.Header.Get("X-Ep-Request-Uuid")}
	for field, text := range fields(body.Error.Errors) {
		no.Field = field
		no.Say += "; " + strings.TrimPrefix(field+": ", ": ") + text
		break
	}
	switch code := body.Error.Code; {
	case status.Status == http.StatusPaymentRequired, strings.Contains(code, "BILLING"), strings.Contains(code, "INSUFFICIENT"):
		no.Why = account.NoFunds
	case strings.HasPrefix(code, "ADDRESS."):
		no.Why = account.BadAddress
	case strings.Contains(code, "CUSTOMS"):
		no.Why = account.NoCustoms
	case strings.Contains(code, "RATE"):
		no.Why = account.NoService
	case strings.HasPrefix(code, "APIKEY."):
		no.Why = account.NotSet
	}
	return no
}

// words reads a message, which is a text as a rule.
func words(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = string(raw)
	}
	return wire.Clean(text, 300)
}

// fields reads the list of single errors, which are objects or texts.
func fields(raw json.RawMessage) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		var list []json.RawMessage
		_ = json.Unmarshal(raw, &list)
		for _, one := range list {
			var f struct{ Field, Message string }
			if json.Unmarshal(one, &f) != nil {
				f.Message = words(one)
			}
			if f.Message != "" && !yield(f.Field, wire.Clean(f.Message, 200)) {
				return
			}
		}
	}
}

func path(parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/" + strings.Join(parts, "/")
}
