// Package sendcloud is the client of Sendcloud's interface, version 3
// (sendcloud.dev/api/v3). It knows shipping options with their prices, shipments that are
// announced at once, their cancellation and tracking.
//
// The reference of a purchase is its external_reference_id, which is unique there: the
// same one again is answered with 409 and buys nothing, so that a shipment whose answer
// was lost is found by it. One whose announcement the carrier refused is kept as well,
// and has used the reference up.
//
// There are no samples but an unstamped letter without a number, so that none can be
// bought here. Options that end at a service point are left out, as no point is chosen
// here; so are dangerous goods, whose papers have to be filled in at Sendcloud. A price
// does not come back with the label. Nothing of this was tried on a live account.
package sendcloud

import (
	"cmp"
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

// Address is where Sendcloud is.
const Address = "https://panel.sendcloud.sc/api/v3"

const who = "Sendcloud"

// Client is an account.
type Client struct{ ask, buy web.Client }

type object = map[string]any

// New returns a client. The secret is the public and the secret key with a colon between.
func New(o account.Options) (*Client, error) {
	public, secret, ok := strings.Cut(o.Secret, ":")
	if !ok || public == "" || secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return nil, errors.New("the key of Sendcloud is its public key and its secret key with a colon between")
	}
	sign := func(r *http.Request, _ []byte) error {
		r.SetBasicAuth(public, secret)
		return nil
	}
	return &Client{
		ask: web.Client{Who: who, Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock},
		buy: web.Client{Who: who, Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock},
	}, nil
}

// Can says what Sendcloud can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Key: true, Recover: true, Lag: 30 * time.Second, Label: true, ZPL: true, Void: true, Live: true,
		VoidRule: "within 42 days and before the carrier scans it, less with some carriers; what is cancelled is not invoiced",
	}
}

// Test looks at the shipping options.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	services, err := c.Services(ctx)
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: "Sendcloud does not accept it", Fix: "Make a new pair of keys in Sendcloud, Settings, Integrations, API."}}, nil
	}
	if err != nil {
		return nil, err
	}
	checks := []account.Check{
		{What: "key", OK: true, Say: "it is accepted"},
		{What: "labels", OK: true, Say: "there are no samples: each label is invoiced unless it is cancelled"},
	}
	names, seen := []string{}, map[string]bool{}
	for _, s := range services {
		if !seen[s.CarrierName] {
			seen[s.CarrierName] = true
			names = append(names, s.CarrierName)
		}
	}
	if len(names) == 0 {
		return append(checks, account.Check{What: "carriers", Say: "no carrier is switched on", Fix: "Switch one on in Sendcloud, Settings, Carriers."}), nil
	}
	return append(checks, account.Check{What: "carriers", OK: true, Say: strings.Join(names, ", ")}), nil
}

// Services returns the options of all carriers that are switched on.
func (c *Client) Services(ctx context.Context) ([]account.Service, error) {
	all, err := c.options(ctx, object{"calculate_quotes": false})
	if err != nil {
		return nil, err
	}
	var out []account.Service
	seen := map[string]bool{}
	for _, o := range all {
		if o.Code == "" || seen[o.Code] || o.point() {
			continue
		}
		seen[o.Code] = true
		out = append(out, account.Service{ID: o.Code, Name: o.name(), Carrier: account.Slug(o.Carrier.Code), CarrierName: o.carrier()})
	}
	return out, nil
}

// failure is one of the errors of an answer.
type failure struct {
	Code   string    `json:"code"`
	Detail wire.Text `json:"detail"`
	Title  wire.Text `json:"title"`
	Source struct {
		Pointer string `json:"pointer"`
	} `json:"source"`
}

// said puts an answer that is no success in Sendcloud's own words. What it validates it
// refuses before anything is made.
func said(err error) error {
	var status *web.Status
	if !errors.As(err, &status) || status.Status >= 500 || status.Status == http.StatusConflict {
		return err
	}
	var body struct {
		Errors []failure `json:"errors"`
	}
	if json.Unmarshal(status.Body, &body) != nil || len(body.Errors) == 0 {
		return err
	}
	return refused(body.Errors, status.Status)
}

func refused(all []failure, status int) *account.Refused {
	first := all[0]
	no := &account.Refused{Why: account.Other, Field: wire.Clean(first.Source.Pointer, 80)}
	no.Say = wire.Clean(cmp.Or(string(first.Detail), string(first.Title), first.Code), 300)
	if no.Field != "" {
		no.Say = no.Field + ": " + no.Say
	}
	at := first.Source.Pointer
	switch {
	case status == http.StatusPaymentRequired:
		no.Why = account.NoFunds
	case strings.Contains(at, "from_address"):
		no.Why = account.NotSet
	case strings.Contains(at, "address"):
		no.Why = account.BadAddress
	case strings.Contains(at, "ship_with"):
		no.Why = account.NoService
	case strings.Contains(at, "customs"), strings.Contains(at, "parcel_items"):
		no.Why = account.NoCustoms
	case strings.Contains(at, "parcels"):
		no.Why = account.BadParcel
	}
	return no
}

func path(parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/" + strings.Join(parts, "/")
}
