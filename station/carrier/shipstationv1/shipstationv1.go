// Package shipstationv1 is the client of ShipStation's old interface, version 1
// (docs.shipstation.com, apis/shipstation-v1). Package shipengine is that of version 2.
// It knows prices, labels as PDF, and their return; it has no manifests and no tracking.
//
// A label can be found again by the order that it belongs to, and by nothing else. So
// each purchase has an order of its own in ShipStation, whose number is the purchase's
// reference: Prepare makes it, which costs nothing and may be done twice. An active
// manual store is needed for that. What is found again has no label with it: that is
// shown once, in the answer to the purchase.
//
// Prices come without a currency, and one service has several, for boxes of the
// carrier's own too. The interface answers 40 requests a minute; each carrier takes one
// for a price, so that few of them should be named in the settings. Not tried live; no
// answer to a purchase was seen.
package shipstationv1

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Address is where ShipStation answers version 1.
const Address = "https://ssapi.shipstation.com"

// The settings.
const (
	Carriers = "carriers" // codes of carriers that may be used
	Currency = "currency" // of the prices
)

// known is how long the list of carriers is believed.
const known = time.Hour

// Client is an account.
type Client struct {
	ask, buy web.Client
	only     []string
	currency string
	clock    func() time.Time

	mu       sync.Mutex
	carriers []connected
	since    time.Time
}

// New returns a client. The secret is key and secret with a colon between.
func New(o account.Options) (*Client, error) {
	key, secret, both := strings.Cut(o.Secret, ":")
	if !both || key == "" || secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return nil, errors.New("ShipStation's version 1 has a key and a secret: enter both, with a colon between")
	}
	c := &Client{currency: strings.ToUpper(strings.TrimSpace(o.Set[Currency])), clock: o.Clock}
	if c.currency == "" {
		c.currency = "USD"
	}
	if _, err := account.Amount("1", c.currency); err != nil {
		return nil, errors.New("the currency of the prices has three letters, such as USD")
	}
	sign := func(r *http.Request, _ []byte) error {
		r.SetBasicAuth(key, secret)
		return nil
	}
	c.ask = web.Client{Who: "ShipStation", Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock}
	c.buy = web.Client{Who: "ShipStation", Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock}
	for code := range strings.SplitSeq(o.Set[Carriers], ",") {
		if code = strings.TrimSpace(code); code != "" {
			c.only = append(c.only, code)
		}
	}
	return c, nil
}

// Can says what the account can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, Void: true, Live: true, Lag: time.Minute,
		VoidRule: "as long as the carrier allows it, USPS 28 days and UPS 90 as a rule; the carrier decides about the money later",
	}
}

// connected is a carrier of the account.
type connected struct {
	Code    string    `json:"code"`
	Name    string    `json:"name"`
	Balance wire.Text `json:"balance"`
	Prepaid bool      `json:"requiresFundedAccount"`
}

// list returns the carriers that may be used, each once: of two accounts with one carrier
// ShipStation takes the first.
func (c *Client) list(ctx context.Context) ([]connected, error) {
	c.mu.Lock()
	all, fresh := c.carriers, len(c.carriers) > 0 && c.clock().Sub(c.since) < known
	c.mu.Unlock()
	if fresh {
		return all, nil
	}
	var got []connected
	if err := said(c.ask.JSON(ctx, web.Request{Path: "/carriers"}, &got)); err != nil {
		return nil, err
	}
	all = nil
	for _, k := range got {
		twice := slices.ContainsFunc(all, func(o connected) bool { return o.Code == k.Code })
		if k.Code != "" && !twice && (len(c.only) == 0 || slices.Contains(c.only, k.Code)) {
			all = append(all, k)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.carriers, c.since = all, c.clock()
	return all, nil
}

// Test looks at the carriers.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	c.mu.Lock()
	c.carriers = nil // the key is tried
	c.mu.Unlock()
	all, err := c.list(ctx)
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: "ShipStation does not accept it", Fix: "Copy key and secret again from ShipStation, Account, API settings: those of version 1."}}, nil
	}
	if err != nil {
		return nil, err
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}, {What: "prices", OK: true, Say: "they are read as " + c.currency}}
	var names []string
	for _, k := range all {
		names = append(names, wire.Clean(k.Name, 40))
		if m, err := account.Amount(string(k.Balance), c.currency); k.Prepaid && err == nil {
			checks = append(checks, account.Check{What: "balance", OK: true, Say: k.Name + ": " + m.String()})
		}
	}
	if len(all) == 0 {
		return append(checks, account.Check{What: "carriers", Say: "no carrier is connected", Fix: "Connect one in ShipStation, Carriers."}), nil
	}
	return append(checks, account.Check{What: "carriers", OK: true, Say: strings.Join(names, ", ")}), nil
}

// Services returns what the carriers sell.
func (c *Client) Services(ctx context.Context) ([]account.Service, error) {
	all, err := c.list(ctx)
	if err != nil {
		return nil, err
	}
	var out []account.Service
	for _, k := range all {
		var sold []struct {
			Code string `json:"code"`
			Name string `json:"name"`
		}
		err := said(c.ask.JSON(ctx, web.Request{Path: "/carriers/listservices", Query: url.Values{"carrierCode": {k.Code}}}, &sold))
		if err != nil {
			return nil, err
		}
		slug := account.Slug(k.Code)
		for _, s := range sold {
			out = append(out, account.Service{ID: s.Code, Name: s.Name, Carrier: slug, CarrierName: account.Named(slug)})
		}
	}
	return out, nil
}

// said puts an answer that is no success in ShipStation's own words. What fails inside
// leaves open what was done, even where the reason is told.
func said(err error) error {
	var failed *web.Status
	if !errors.As(err, &failed) {
		return err
	}
	var body struct {
		Message   wire.Text `json:"Message"` // or "message"
		Exception wire.Text `json:"ExceptionMessage"`
	}
	if json.Unmarshal(failed.Body, &body) != nil || body.Message+body.Exception == "" {
		return err
	}
	text := strings.TrimSpace(string(body.Message + " " + body.Exception))
	if failed.Status >= 500 {
		if strings.Contains(text, "Object reference not set") {
			return errors.New("ShipStation failed, as it does without an active manual store")
		}
		return err
	}
	if body.Exception != "" {
		text = string(body.Exception)
	}
	return &account.Refused{Why: why(strings.ToLower(text)), Say: wire.Clean(text, 300)}
}

func why(text string) account.Why {
	for _, one := range []struct {
		why   account.Why
		words []string
	}{
		{account.NoFunds, []string{"insufficient", "funds", "balance"}},
		{account.NoCustoms, []string{"customs"}},
		{account.BadAddress, []string{"address", "postal", "shipto", "city", "state"}},
		{account.BadParcel, []string{"weight", "dimension"}},
		{account.NoService, []string{"service", "rate"}},
	} {
		for _, w := range one.words {
			if strings.Contains(text, w) {
				return one.why
			}
		}
	}
	return account.Other
}
