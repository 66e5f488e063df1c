// Package dhlparcel is the client of DHL's Parcel DE Shipping interface, version 2
// (developer.dhl.com, Parcel DE Shipping, specification 2.1.13): parcels from Germany. It
// knows shipments, their cancellation until the close-out, the close-out itself, and the
// papers of a shipment whose number is known.
//
// The interface has no prices: they are those of the shop's contract, as its price list
// says (see [account.PriceList]), and DHL may charge others. It has no key and no search
// by reference either, so that nobody can tell what became of a call whose answer was
// lost: a person looks in DHL's customer portal for the reference, and with the number
// the label is fetched. To keep that rare each shipment is validated first, which changes
// nothing, and there is one shipment in a call.
//
// The mail address and phone of a buyer in Germany are not told, as DHL asks for their
// consent. Where a parcel is belongs to another interface. Nothing of this was tried on a
// live account.
package dhlparcel

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Address is where DHL is, Sandbox where it sells samples.
const (
	Address = "https://api-eu.dhl.com/parcel/de/shipping/v2"
	Sandbox = "https://api-sandbox.dhl.com/parcel/de/shipping/v2"
)

// The settings of an account.
const (
	Billing = "billing" // numbers, one for each product
	Prices  = "prices"
	Charges = "postal_charges" // what buyers abroad pay for the way
	Profile = "profile"
	Uncoded = "uncodable" // "yes": a label for each address
)

const (
	who  = "DHL"
	slug = "dhl"
)

// products are DHL's, by the digits 11 and 12 of their billing numbers.
var products = map[string]string{"01": "V01PAK", "53": "V53WPAK", "54": "V54EPAK", "62": "V62KP", "66": "V66WPI"}

var names = map[string]string{
	"V01PAK": "DHL Paket", "V53WPAK": "DHL Paket International", "V54EPAK": "DHL Europaket", "V62KP": "DHL Kleinpaket", "V66WPI": "Warenpost International",
}

// domestic reports whether a product stays within Germany.
func domestic(product string) bool { return product == "V01PAK" || product == "V62KP" }

// Client is an account.
type Client struct {
	ask, buy         web.Client
	billing          map[string]string // by product
	prices           account.PriceList
	charges, profile string
	sandbox, uncoded bool
	clock            func() time.Time
	zone             *time.Location
}

type object = map[string]any

// New returns a client. The secret is the API key, the user and the password, with colons
// between; the password may have some of its own.
func New(o account.Options) (*Client, error) {
	parts := strings.SplitN(o.Secret, ":", 3)
	if len(parts) != 3 || slices.Contains(parts, "") || strings.ContainsAny(o.Secret, "\r\n") {
		return nil, errors.New("the key of DHL is the API key, the user and the password, with colons between")
	}
	sign := func(r *http.Request, _ []byte) error {
		r.Header.Set("dhl-api-key", parts[0])
		r.SetBasicAuth(parts[1], parts[2])
		return nil
	}
	c := &Client{
		ask:     web.Client{Who: who, Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock},
		buy:     web.Client{Who: who, Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock},
		charges: o.Set[Charges], profile: cmp.Or(o.Set[Profile], "STANDARD_GRUPPENPROFIL"), uncoded: o.Set[Uncoded] == "yes",
		sandbox: o.URL == Sandbox, billing: map[string]string{}, clock: o.Clock, zone: o.Zone,
	}
	for number := range strings.FieldsFuncSeq(o.Set[Billing], func(r rune) bool { return strings.ContainsRune(" ,;\n", r) }) {
		if len(number) != 14 || products[number[10:12]] == "" {
			return nil, fmt.Errorf("%q is no billing number: it has 14 characters, of which the eleventh and twelfth are those of the product", number)
		}
		product := products[number[10:12]]
		if c.billing[product] != "" {
			return nil, fmt.Errorf("there are two billing numbers for %s", product)
		}
		c.billing[product] = number
	}
	var err error
	if c.prices, err = account.ParsePriceList(o.Set[Prices], "EUR"); err != nil {
		return nil, err
	}
	for _, product := range c.prices.Services() {
		if c.billing[product] == "" {
			return nil, fmt.Errorf("there are prices for %s, and no billing number of it", product)
		}
	}
	if c.charges != "" {
		if _, err := account.Amount(c.charges, "EUR"); err != nil {
			return nil, fmt.Errorf("what buyers abroad pay for the way: %w", err)
		}
	}
	return c, nil
}

// Can says what DHL can do.
func (c *Client) Can() account.Can {
	return account.Can{
		Label: true, ZPL: true, Void: true,
		VoidRule: "until the close-out of the day, at about 18:00; most parcels are charged only when they are sorted, some abroad with the close-out",
	}
}

// Test asks for the version, and for a shipment that is not there.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	err := c.ask.JSON(ctx, web.Request{Path: "/orders", Query: url.Values{"shipment": {"00340434000000000000"}}}, nil)
	var status *web.Status
	switch {
	case errors.As(err, new(*web.Denied)):
		return []account.Check{{
			What: "key", Say: "DHL does not accept it",
			Fix: "Look whether the API key is approved for Parcel DE Shipping, and whether the password has expired in DHL's customer portal.",
		}}, nil
	case err != nil && (!errors.As(err, &status) || status.Status >= 500):
		return nil, err
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}}
	if c.sandbox {
		checks = append(checks, account.Check{What: "labels", OK: true, Say: "this is DHL's sandbox: no label of it takes a parcel anywhere"})
	}
	return append(checks, account.Check{What: "prices", OK: true, Say: "from the list of the contract, for " + strings.Join(c.prices.Services(), ", ")}), nil
}

// Services returns the products that have a price.
func (c *Client) Services(context.Context) ([]account.Service, error) {
	var out []account.Service
	for _, product := range c.prices.Services() {
		out = append(out, account.Service{ID: product, Name: names[product], Carrier: slug, CarrierName: who})
	}
	return out, nil
}

// Quote prices a parcel by the list of the contract. DHL is not asked.
func (c *Client) Quote(_ context.Context, s account.Shipment) (account.Quotes, error) {
	switch {
	case s.From.Country != "DE":
		return account.Quotes{}, &account.Refused{Why: account.NotSet, Say: "DHL takes parcels from Germany only here, and the sender is elsewhere"}
	case s.Danger():
		return account.Quotes{}, account.Unserved("dangerous goods are agreed with DHL by themselves")
	}
	all := c.prices.Quotes(s, slug, names)
	out := account.Quotes{Notes: all.Notes}
	for _, q := range all.Quotes {
		if why := misfit(q.Service, s); why != "" {
			out.Notes = append(out.Notes, account.Note{Carrier: slug, Service: q.Service, Say: why})
			continue
		}
		out.Quotes = append(out.Quotes, q)
	}
	return out, nil
}

// misfit says why a product is none for a parcel.
func misfit(product string, s account.Shipment) string {
	switch {
	case domestic(product) && s.To.Country != "DE":
		return "it stays within Germany"
	case !domestic(product) && s.To.Country == "DE":
		return "it leaves Germany"
	case (s.Extras.Signature || s.Extras.Adult > 0) && product != "V01PAK":
		return "signature and age are looked at with DHL Paket only"
	case s.Extras.Adult > 18:
		return "no age above 18 is checked"
	case s.Extras.Insure.Minor > 0 && product != "V01PAK" && product != "V53WPAK":
		return "it cannot be insured"
	}
	return ""
}

type (
	status struct {
		Title  string    `json:"title"`
		Code   wire.Text `json:"statusCode"`
		Status wire.Text `json:"status"`
		Detail wire.Text `json:"detail"`
	}
	document struct {
		B64  string `json:"b64"`
		ZPL  string `json:"zpl2"`
		URL  string `json:"url"`
		Form string `json:"fileFormat"`
	}
	item struct {
		Number   wire.Text `json:"shipmentNo"`
		Ref      wire.Text `json:"shipmentRefNo"`
		Status   status    `json:"sstatus"`
		Label    *document `json:"label"`
		Customs  *document `json:"customsDoc"`
		Messages []struct {
			Property string    `json:"property"`
			Text     wire.Text `json:"validationMessage"`
			State    string    `json:"validationState"`
		} `json:"validationMessages"`
		Path string    `json:"propertyPath"` // of what is wrong with the request itself
		Text wire.Text `json:"message"`
	}
	reply struct {
		Status status `json:"status"`
		Items  []item `json:"items"`
	}
)

func (s status) ok() bool { return cmp.Or(s.Code, s.Status) == "200" }

// said puts an answer that is no success in DHL's own words. One that names a shipment is
// no refusal: something was made.
func said(err error) error {
	var failed *web.Status
	if !errors.As(err, &failed) || failed.Status != http.StatusBadRequest {
		return err
	}
	var body reply
	if json.Unmarshal(failed.Body, &body) != nil || body.Status.Title == "" && len(body.Items) == 0 {
		return err
	}
	for _, i := range body.Items {
		if i.Number != "" {
			return err
		}
	}
	return refused(body)
}

// refused is DHL's no.
func refused(body reply) *account.Refused {
	no := &account.Refused{Why: account.Other, Say: wire.Clean(cmp.Or(string(body.Status.Detail), body.Status.Title), 200)}
	var words, at []string
	for _, i := range body.Items {
		switch {
		case i.Text != "":
			words, at = append(words, i.Path+": "+string(i.Text)), append(at, i.Path)
		case len(i.Messages) == 0:
			words = append(words, cmp.Or(string(i.Status.Detail), i.Status.Title))
		}
		for _, m := range i.Messages {
			words, at = append(words, m.Property+": "+string(m.Text)), append(at, m.Property)
		}
	}
	if text := strings.Join(words, "; "); text != "" {
		no.Say = wire.Clean(text, 300)
	}
	for _, about := range []struct {
		what string
		why  account.Why
	}{
		{"consignee", account.BadAddress},
		{"shipper", account.NotSet},
		{"billing", account.NotSet},
		{"profile", account.NotSet},
		{"customs", account.NoCustoms},
		{"weight", account.BadParcel},
		{"dim", account.BadParcel},
		{"product", account.NoService},
		{"services", account.NoService},
	} {
		for _, property := range at {
			if no.Why == account.Other && strings.Contains(property, about.what) {
				no.Why, no.Field = about.why, wire.Clean(property, 80)
			}
		}
	}
	return no
}
