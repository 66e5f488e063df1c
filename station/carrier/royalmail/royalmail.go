// Package royalmail is the client of Royal Mail's Click & Drop interface, version 1
// (api.parcel.royalmail.com), for shops with a business account (OBA): labels are given
// to those alone. It knows orders with their labels, their deletion, and manifests.
//
// The interface has no prices: they are those of the shop's contract, as its price list
// says (see [account.PriceList]), and Royal Mail may charge others. References need not
// be unique there, but an order is found by its own: each purchase has one that nobody
// else has. An order may be made without its label, when the service does not fit; it is
// deleted then, so that nobody prints it later. A manifest holds all labels of the account
// that were made and not deleted: a single parcel cannot be left out. Products are told
// without their SKU, by which Click & Drop would change the shop's own list of products.
//
// Labels are PDF only; there is no sandbox; where a parcel is belongs to another
// interface. Nothing of this was tried on a live account.
package royalmail

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Address is where Click & Drop is.
const Address = "https://api.parcel.royalmail.com/api/v1"

// The settings of an account.
const (
	Prices  = "prices"
	Charges = "postal_charges" // what buyers abroad pay for the way
	Carrier = "carrier_name"   // of the account in Click & Drop, where it has several
)

const (
	who  = "Royal Mail"
	slug = "royal-mail"
)

// Client is an account.
type Client struct {
	ask, buy         web.Client
	prices           account.PriceList
	charges, carrier string
	clock            func() time.Time
}

type object = map[string]any

// New returns a client. The secret is the key alone.
func New(o account.Options) (*Client, error) {
	if o.Secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return nil, errors.New("the key of Click & Drop is one word of letters, digits and hyphens")
	}
	sign := func(r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", "Bearer "+o.Secret)
		return nil
	}
	c := &Client{
		ask:     web.Client{Who: who, Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock},
		buy:     web.Client{Who: who, Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock},
		charges: o.Set[Charges], carrier: o.Set[Carrier], clock: o.Clock,
	}
	var err error
	if c.prices, err = account.ParsePriceList(o.Set[Prices], "GBP"); err != nil {
		return nil, err
	}
	for _, service := range c.prices.Services() {
		if code, register, _ := strings.Cut(service, ":"); len(code) > 10 || len(register) > 2 {
			return nil, fmt.Errorf("%q is no service: its code has 10 characters at most, and after a colon that of the register has 2", service)
		}
	}
	if c.charges != "" {
		if _, err := account.Amount(c.charges, "GBP"); err != nil {
			return nil, fmt.Errorf("what buyers abroad pay for the way: %w", err)
		}
	}
	return c, nil
}

// Can says what Click & Drop can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Recover: true, Lag: 30 * time.Second, Label: true, Void: true, Live: true,
		VoidRule: "until it stands on a manifest; the paper has to be destroyed, for a deleted label that is used is charged with a fee",
	}
}

// Test asks for one order.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	err := c.ask.JSON(ctx, web.Request{Path: "/orders", Query: map[string][]string{"pageSize": {"1"}}}, nil)
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: "Royal Mail does not accept it", Fix: "Copy the key again from Click & Drop, Settings, Integrations, Click & Drop API."}}, nil
	}
	if err != nil {
		return nil, said(err)
	}
	return []account.Check{
		{What: "key", OK: true, Say: "it is accepted"},
		{What: "labels", OK: true, Say: "there are no samples, and labels are given to business accounts (OBA) only"},
		{What: "prices", OK: true, Say: "from the list of the contract, for " + strings.Join(c.prices.Services(), ", ")},
	}, nil
}

// Services returns those that have a price.
func (c *Client) Services(context.Context) ([]account.Service, error) {
	var out []account.Service
	for _, service := range c.prices.Services() {
		out = append(out, account.Service{ID: service, Name: service, Carrier: slug, CarrierName: who})
	}
	return out, nil
}

const border = "border"

// heaviest is what a package may weigh.
const heaviest = 30 * unit.Kilogram

// Quote prices a parcel by the list of the contract. Royal Mail is not asked.
func (c *Client) Quote(_ context.Context, s account.Shipment) (account.Quotes, error) {
	no := func(why account.Why, say string) (account.Quotes, error) {
		return account.Quotes{}, &account.Refused{Why: why, Say: say}
	}
	switch {
	case !slices.Contains([]string{"GB", "GG", "JE", "IM"}, s.From.Country):
		return no(account.NotSet, "Royal Mail takes parcels from the United Kingdom only, and the sender is elsewhere")
	case s.Danger():
		return account.Quotes{}, account.Unserved("dangerous goods want their UN number, which is entered in Click & Drop itself")
	case s.Extras.Adult > 0 || s.Extras.Insure.Minor > 0:
		return account.Quotes{}, account.Unserved("checks of age and cover of a value are services of their own at Royal Mail: take one of those in Click & Drop")
	case s.Mass > heaviest:
		return no(account.BadParcel, "Royal Mail takes 30 kg at most")
	}
	out := c.prices.Quotes(s, slug, nil)
	for i := range out.Quotes {
		if s.Border { // so that the papers for customs come with a label that is fetched again
			out.Quotes[i].Ask = map[string]string{border: "yes"}
		}
	}
	return out, nil
}

type (
	order struct {
		ID        wire.Text `json:"orderIdentifier"`
		Ref       wire.Text `json:"orderReference"`
		Tracking  wire.Text `json:"trackingNumber"`
		Printed   wire.Text `json:"printedOn"`
		Manifest  wire.Text `json:"manifestedOn"`
		Label     string    `json:"label"`
		NoLabel   []failure `json:"labelErrors"`
		Documents []string  `json:"generatedDocuments"`
		Packages  []struct {
			Tracking wire.Text `json:"trackingNumber"`
		} `json:"packages"`
	}
	failure struct {
		Code    wire.Text `json:"code"`
		Number  wire.Text `json:"errorCode"`
		Message wire.Text `json:"message"`
		Text    wire.Text `json:"errorMessage"`
		Fields  []struct {
			Name string `json:"fieldName"` // its value may be somebody's address
		} `json:"fields"`
	}
)

// number is the tracking number of an order.
func (o order) number() string {
	if o.Tracking == "" && len(o.Packages) == 1 {
		return strings.TrimSpace(string(o.Packages[0].Tracking))
	}
	return strings.TrimSpace(string(o.Tracking))
}

// labelled reports whether an order has a label, and not only its lines.
func (o order) labelled() bool { return o.Printed != "" || o.number() != "" }

// said puts an answer that is no success in Royal Mail's own words. What is wrong with
// the request as a whole is refused before any of it is done.
func said(err error) error {
	var failed *web.Status
	if !errors.As(err, &failed) || failed.Status != http.StatusBadRequest {
		return err
	}
	var all []failure
	if json.Unmarshal(failed.Body, &all) != nil {
		var one failure
		if json.Unmarshal(failed.Body, &one) != nil {
			return err
		}
		all = []failure{one}
	}
	if len(all) == 0 || cmp.Or(all[0].Message, all[0].Text) == "" {
		return err
	}
	return refused(all)
}

func refused(all []failure) *account.Refused {
	no := &account.Refused{Why: account.Other}
	var words []string
	for _, f := range all {
		text := string(cmp.Or(f.Text, f.Message, f.Code, f.Number))
		for _, field := range f.Fields {
			no.Field = cmp.Or(no.Field, wire.Clean(field.Name, 80))
			text = field.Name + ": " + text
		}
		words = append(words, text)
	}
	no.Say = wire.Clean(strings.Join(words, "; "), 300)
	at := strings.ToLower(no.Field)
	switch {
	case strings.Contains(at, "address"), strings.Contains(at, "recipient"):
		no.Why = account.BadAddress
	case strings.Contains(at, "service"), strings.Contains(at, "postagedetails"):
		no.Why = account.NoService
	case strings.Contains(at, "contents"), strings.Contains(at, "customs"):
		no.Why = account.NoCustoms
	case strings.Contains(at, "package"), strings.Contains(at, "weight"):
		no.Why = account.BadParcel
	}
	return no
}
