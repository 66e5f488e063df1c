// Package shipengine is the client of ShipEngine's interface, version 1, and of
// ShipStation's version 2, which is the same one at another address. The manual is
// docs.shipstation.com, apis/shipengine (1.1.202604) and apis/shipstation-v2. It knows
// prices, labels, refunds, manifests, tracking and the check of addresses.
//
// A purchase carries its reference as external_shipment_id, which is unique in an
// account: the same one is refused the second time, and finds the label that was bought
// under it. A purchase that was refused may leave a shipment without a label behind,
// which holds the reference; the label is then bought for that shipment.
//
// ShipStation has no sandbox: each call counts, and test_label is the only brake. That a
// reference is refused twice is tried against the manual's words alone, not live, and so
// are customs, tax numbers, manifests and dangerous goods.
package shipengine

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

// Where the two are.
const (
	Address            = "https://api.shipengine.com/v1"
	ShipStationAddress = "https://api.shipstation.com/v2"
)

// The settings.
const (
	Carriers  = "carriers"  // ids of carrier accounts that may be used
	Warehouse = "warehouse" // id of the place that parcels leave from
)

// sandbox is how keys begin that cost nothing. ShipStation has none.
const sandbox = "TEST_"

// known is how long the list of carriers is believed.
const known = time.Hour

// Client is an account.
type Client struct {
	ask, buy  web.Client
	who       string
	station   bool // ShipStation
	test      bool // the key is one of the sandbox
	only      []string
	warehouse string
	set       map[string]string
	clock     func() time.Time

	mu       sync.Mutex
	carriers []connected
	since    time.Time
}

// New returns a client of ShipEngine. The secret is the API key.
func New(o account.Options) (*Client, error) { return open(o, "ShipEngine", false) }

// NewShipStation returns a client of ShipStation.
func NewShipStation(o account.Options) (*Client, error) { return open(o, "ShipStation", true) }

func open(o account.Options, who string, station bool) (*Client, error) {
	c := &Client{who: who, station: station, test: strings.HasPrefix(o.Secret, sandbox), warehouse: strings.TrimSpace(o.Set[Warehouse]), set: o.Set, clock: o.Clock}
	switch {
	case o.Secret == "" || strings.ContainsAny(o.Secret, " :\r\n"):
		return nil, errors.New("an API key of " + who + " is one word")
	case station && c.test:
		return nil, errors.New("a key that begins with TEST_ is one of ShipEngine: ShipStation has no sandbox")
	}
	sign := func(r *http.Request, _ []byte) error {
		r.Header.Set("API-Key", o.Secret)
		return nil
	}
	c.ask = web.Client{Who: who, Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock}
	c.buy = web.Client{Who: who, Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock}
	for id := range strings.SplitSeq(o.Set[Carriers], ",") {
		if id = strings.TrimSpace(id); id != "" {
			c.only = append(c.only, id)
		}
	}
	return c, nil
}

// Can says what the account can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Key: true, Recover: true, Label: true, ZPL: true, Void: true, Lag: time.Minute, Live: !c.test,
		VoidRule: "as long as the carrier allows it, USPS 28 days and UPS 90 as a rule; the carrier may refuse, and decides about the money later",
	}
}

// connected is a carrier account there.
type connected struct {
	ID       string    `json:"carrier_id"`
	Code     string    `json:"carrier_code"`
	Name     string    `json:"friendly_name"`
	Nickname string    `json:"nickname"`
	Prepaid  bool      `json:"requires_funded_amount"`
	Balance  wire.Text `json:"balance"`
	Off      bool      `json:"disabled_by_billing_plan"`
	Services []struct {
		Code string `json:"service_code"`
		Name string `json:"name"`
	} `json:"services"`
}

// list asks for the carriers that may be used.
func (c *Client) list(ctx context.Context) ([]connected, error) {
	var all struct {
		Carriers []connected `json:"carriers"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Path: "/carriers"}, &all)); err != nil { // 207 where one of them fails
		return nil, err
	}
	var out []connected
	for _, k := range all.Carriers {
		if k.ID != "" && !k.Off && (len(c.only) == 0 || slices.Contains(c.only, k.ID)) {
			out = append(out, k)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.carriers, c.since = out, c.clock()
	return out, nil
}

// ids returns the carriers that are asked for prices.
func (c *Client) ids(ctx context.Context) ([]string, error) {
	if len(c.only) > 0 {
		return c.only, nil
	}
	c.mu.Lock()
	all, fresh := c.carriers, len(c.carriers) > 0 && c.clock().Sub(c.since) < known
	c.mu.Unlock()
	if !fresh {
		var err error
		if all, err = c.list(ctx); err != nil {
			return nil, err
		}
	}
	var out []string
	for _, k := range all {
		out = append(out, k.ID)
	}
	if len(out) == 0 {
		return nil, &account.Refused{Why: account.NotSet, Say: "no carrier is connected to the account"}
	}
	return out, nil
}

// Test looks at the carriers.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	all, err := c.list(ctx)
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: c.who + " does not accept it", Fix: "Copy the key again from " + c.who + ", Settings, API keys."}}, nil
	}
	if err != nil {
		return nil, err
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}}
	if c.test {
		checks = append(checks, account.Check{What: "labels", OK: true, Say: "this key buys samples: nothing is charged, and no carrier takes them"})
	}
	var names []string
	for _, k := range all {
		names = append(names, wire.Clean(k.Name+" "+k.Nickname, 60))
		if m, err := account.Amount(string(k.Balance), "USD"); k.Prepaid && err == nil {
			checks = append(checks, account.Check{What: "balance", OK: true, Say: k.Name + ": " + m.String()})
		}
	}
	if len(all) == 0 {
		return append(checks, account.Check{What: "carriers", Say: "no carrier is connected", Fix: "Connect one in " + c.who + ", Carriers."}), nil
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
	seen := map[string]bool{}
	for _, k := range all {
		for _, s := range k.Services {
			if slug := account.Slug(k.Code); !seen[s.Code] {
				seen[s.Code] = true
				out = append(out, account.Service{ID: s.Code, Name: s.Name, Carrier: slug, CarrierName: account.Named(slug)})
			}
		}
	}
	return out, nil
}

// problem is what the interface says of one that it does not like.
type problem struct {
	Source  string    `json:"error_source"`
	Type    string    `json:"error_type"`
	Code    string    `json:"error_code"`
	Message wire.Text `json:"message"`
	Field   string    `json:"field_name"`
	Carrier string    `json:"carrier_code"`
}

// read returns the first problem of an answer that is no success. One that came as text
// or a web page has none.
func read(err error) (p problem, status int, request string) {
	var failed *web.Status
	if !errors.As(err, &failed) {
		return p, 0, ""
	}
	var body struct {
		Request wire.Text `json:"request_id"`
		Errors  []problem `json:"errors"`
	}
	if json.Unmarshal(failed.Body, &body) == nil && len(body.Errors) > 0 {
		p = body.Errors[0]
	}
	return p, failed.Status, string(body.Request)
}

// missing reports whether an answer says that there is no such thing. A page that is not
// found says nothing of the kind.
func missing(err error) bool {
	p, status, _ := read(err)
	return status == http.StatusNotFound && p.Message != ""
}

// taken reports whether a reference was used before.
func taken(err error) bool {
	p, status, _ := read(err)
	return status >= 400 && status < 500 && (p.Code == "identifier_conflict" || strings.HasSuffix(p.Field, "external_shipment_id"))
}

// said puts an answer that is no success in the interface's own words. A carrier that
// did not answer in time, and what failed in between, leaves open what was done.
func said(err error) error {
	p, status, request := read(err)
	text := strings.ToLower(string(p.Message))
	switch {
	case p.Message == "" || status >= 500 || p.Type == "system" || p.Type == "integrations":
		return err
	case strings.Contains(text, "timeout") || strings.Contains(text, "timed out"):
		return err
	}
	return &account.Refused{Why: why(p, text), Field: p.Field, Say: wire.Clean(string(p.Message), 300), Request: request}
}

func why(p problem, text string) account.Why {
	switch p.Code {
	case "insufficient_funds", "funding_source_error", "meter_failure", "funding_source_missing_configuration":
		return account.NoFunds
	case "invalid_address":
		return account.BadAddress
	case "service_not_determined", "no_rates_returned":
		return account.NoService
	case "customs_items_required":
		return account.NoCustoms
	case "carrier_not_connected", "carrier_disconnected", "terms_not_accepted", "unauthorized":
		return account.NotSet
	}
	switch field := strings.ToLower(p.Field); {
	case p.Type == "account_status" || p.Type == "security":
		return account.NotSet
	case strings.Contains(field, "customs") || strings.Contains(field, "products"):
		return account.NoCustoms
	case strings.Contains(field, "ship_to") || strings.Contains(field, "ship_from"), strings.Contains(text, "address"):
		return account.BadAddress
	case strings.Contains(field, "weight") || strings.Contains(field, "dimensions"), strings.Contains(text, "weight"):
		return account.BadParcel
	case strings.Contains(field, "service_code"):
		return account.NoService
	}
	return account.Other
}

func path(parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/" + strings.Join(parts, "/")
}
