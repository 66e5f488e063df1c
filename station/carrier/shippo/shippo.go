// Package shippo is the client of Shippo's interface, version 2018-02-08
// (docs.goshippo.com). It knows prices, labels, refunds, manifests, tracking and the
// check of addresses.
//
// There is no key that makes a purchase safe to repeat. Each purchase has prices of its
// own, which Prepare asks for at no cost; the price's id is the draft, and the list of
// transactions of that price says what became of the purchase. A purchase that failed is
// answered with status 201 as well: what it is says the transaction's own status. Not
// tried live: customs, dangerous goods, manifests.
package shippo

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Address is where Shippo is, and version what is spoken.
const (
	Address = "https://api.goshippo.com"
	version = "2018-02-08"
)

// CarrierAccounts is the setting that names the carrier accounts which may be used.
const CarrierAccounts = "carrier_accounts"

// Client is an account.
type Client struct {
	ask, buy web.Client
	test     bool
	accounts []string
	clock    func() time.Time
}

// New returns a client. The secret is the API token.
func New(o account.Options) (*Client, error) {
	if o.Secret == "" || strings.ContainsAny(o.Secret, " :\r\n") {
		return nil, errors.New("an API token of Shippo is one word, such as shippo_live_… or shippo_test_…")
	}
	c := &Client{test: strings.HasPrefix(o.Secret, "shippo_test_"), clock: o.Clock}
	sign := func(r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", "ShippoToken "+o.Secret)
		r.Header.Set("SHIPPO-API-VERSION", version)
		return nil
	}
	c.ask = web.Client{Who: "Shippo", Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock}
	c.buy = web.Client{Who: "Shippo", Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock}
	for id := range strings.SplitSeq(o.Set[CarrierAccounts], ",") {
		if id = strings.TrimSpace(id); id != "" {
			c.accounts = append(c.accounts, id)
		}
	}
	return c, nil
}

// Can says what Shippo can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, Label: true, ZPL: true, Void: true, Lag: time.Minute, Live: !c.test,
		VoidRule: "within 90 days if it was never scanned, USPS within 30; the money comes after 14 days or more",
	}
}

type carrierAccount struct {
	ID     string    `json:"object_id"`
	Slug   string    `json:"carrier"`
	Name   wire.Text `json:"carrier_name"`
	Active bool      `json:"active"`
	Levels []struct {
		Name  string `json:"name"`
		Token string `json:"token"`
	} `json:"service_levels"`
}

func (c *Client) list(ctx context.Context) ([]carrierAccount, error) {
	var got struct {
		Results []carrierAccount `json:"results"`
	}
	query := url.Values{"service_levels": {"true"}, "results": {"100"}}
	if err := said(c.ask.JSON(ctx, web.Request{Path: "/carrier_accounts/", Query: query}, &got)); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(got.Results, func(a carrierAccount) bool {
		return !a.Active || len(c.accounts) > 0 && !slices.Contains(c.accounts, a.ID)
	}), nil
}

// Test looks at the carrier accounts.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	all, err := c.list(ctx)
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: "Shippo does not accept it", Fix: "Copy the token again from Shippo, Settings, API."}}, nil
	}
	if err != nil {
		return nil, err
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}}
	if c.test {
		checks = append(checks, account.Check{What: "labels", OK: true, Say: "this token buys samples: nothing is charged, and no carrier takes them"})
	}
	var names []string
	for _, a := range all {
		names = append(names, account.Named(account.Slug(a.Slug)))
	}
	if len(all) == 0 {
		return append(checks, account.Check{What: "carriers", Say: "there is no carrier account", Fix: "Switch one on in Shippo, Settings, Carriers."}), nil
	}
	return append(checks, account.Check{What: "carriers", OK: true, Say: strings.Join(names, ", ")}), nil
}

// Services returns what the carriers sell, as far as Shippo lists it.
func (c *Client) Services(ctx context.Context) ([]account.Service, error) {
	all, err := c.list(ctx)
	if err != nil {
		return nil, err
	}
	var out []account.Service
	seen := map[string]bool{}
	for _, a := range all {
		slug := account.Slug(a.Slug)
		for _, l := range a.Levels {
			if !seen[l.Token] {
				seen[l.Token] = true
				out = append(out, account.Service{ID: l.Token, Name: l.Name, Carrier: slug, CarrierName: account.Named(slug)})
			}
		}
		if len(a.Levels) == 0 {
			out = append(out, account.Service{ID: slug, Name: "all services", Carrier: slug, CarrierName: account.Named(slug)})
		}
	}
	return out, nil
}

// said puts an answer that is no success in Shippo's own words, which stand by the field
// that they are about. Of two that ask at once one is answered 409, and the other may have
// bought.
func said(err error) error {
	var failed *web.Status
	if !errors.As(err, &failed) || failed.Status >= 500 || failed.Status == http.StatusConflict {
		return err
	}
	var body any
	if json.Unmarshal(failed.Body, &body) != nil {
		return err
	}
	field, text := first(body, "")
	if text == "" {
		return err
	}
	say := text
	if field != "" && field != "detail" {
		say = field + ": " + text
	}
	out := refusal(say)
	out.Field = field
	return out
}

// first finds a text somewhere in an answer, and the field that it is about.
func first(v any, field string) (string, string) {
	switch x := v.(type) {
	case string:
		return field, x
	case []any:
		for _, one := range x {
			if f, text := first(one, field); text != "" {
				return f, text
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(x)) {
			if f, text := first(x[key], key); text != "" {
				return f, text
			}
		}
	}
	return field, ""
}

func refusal(say string) *account.Refused {
	out := &account.Refused{Why: account.Other, Say: wire.Clean(say, 300)}
	text := strings.ToLower(say)
	for _, one := range []struct {
		why   account.Why
		words []string
	}{
		{account.NoFunds, []string{"funds", "payment", "billing", "balance"}},
		{account.NoCustoms, []string{"customs"}},
		{account.BadAddress, []string{"address", "zip", "postal", "street", "city", "state"}},
		{account.BadParcel, []string{"weight", "dimension", "parcel"}},
		{account.NoService, []string{"service", "rate"}},
	} {
		for _, w := range one.words {
			if strings.Contains(text, w) {
				out.Why = one.why
				return out
			}
		}
	}
	return out
}
