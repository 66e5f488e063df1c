// Package inpost is the client of InPost's ShipX interface, version 1
// (dokumentacja-inpost.atlassian.net, API ShipX): parcels within Poland, to a door or to
// a parcel locker. It is the model of a small one: an interface that can make a shipment
// first and buy it then, whose id is the draft.
//
// Who pays by invoice is told no prices: they are those of the shop's contract, as its
// price list says (see [account.PriceList]). A locker has three sizes; a service of the
// list may be one of them, such as inpost_locker_standard/small. A shipment can be bought
// once, and asynchronously: a purchase may be found only when it is asked after. What was
// bought is not taken back. The sender is the organisation's own. Nothing of this was
// tried on a live account.
package inpost

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Address is where InPost is, Sandbox where it sells samples.
const (
	Address = "https://api-shipx-pl.easypack24.net/v1"
	Sandbox = "https://sandbox-api-shipx-pl.easypack24.net/v1"
)

// The settings of an account.
const (
	Organization = "organization"
	Prices       = "prices"
	Sending      = "sending_method" // how parcels come to InPost
)

const (
	who  = "InPost"
	slug = "inpost"
)

// Client is an account.
type Client struct {
	ask, buy              web.Client
	organization, sending string
	prices                account.PriceList
	sandbox               bool
	clock                 func() time.Time
}

type object = map[string]any

// New returns a client. The secret is the token.
func New(o account.Options) (*Client, error) {
	if o.Secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return nil, errors.New("the token of InPost is one word")
	}
	if o.Set[Organization] == "" || strings.Trim(o.Set[Organization], "0123456789") != "" {
		return nil, errors.New("the organisation of InPost is a number")
	}
	sign := func(r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", "Bearer "+o.Secret)
		return nil
	}
	c := &Client{
		ask:          web.Client{Who: who, Base: o.URL, Do: o.Do, Sign: sign, Clock: o.Clock},
		buy:          web.Client{Who: who, Base: o.URL, Do: o.Buy, Sign: sign, Clock: o.Clock},
		organization: o.Set[Organization], sending: cmp.Or(o.Set[Sending], "dispatch_order"), sandbox: o.URL == Sandbox, clock: o.Clock,
	}
	var err error
	c.prices, err = account.ParsePriceList(o.Set[Prices], "PLN")
	return c, err
}

// Can says what InPost can do.
func (c *Client) Can() account.Can {
	return account.Can{Recover: true, Lag: 2 * time.Minute, Label: true, ZPL: true, VoidRule: "never: a bought label is not taken back"}
}

// Test asks for the organisation.
func (c *Client) Test(ctx context.Context) ([]account.Check, error) {
	var org struct {
		Name     wire.Text `json:"name"`
		Services []string  `json:"services"`
	}
	err := c.ask.JSON(ctx, web.Request{Path: "/organizations/" + c.organization}, &org)
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: "InPost does not accept it for this organisation", Fix: "Make a new token in InPost's manager, My account, API."}}, nil
	}
	if err != nil {
		return nil, said(err)
	}
	checks := []account.Check{{What: "key", OK: true, Say: "it is accepted"}}
	for _, s := range c.prices.Services() {
		if name, _, _ := strings.Cut(s, "/"); !slices.Contains(org.Services, name) {
			checks = append(checks, account.Check{What: "services", Say: s + " is not one of the contract", Fix: "Take it out of the prices, or have InPost add it."})
		}
	}
	return append(checks, account.Check{What: "prices", OK: true, Say: "from the list of the contract"}), nil
}

// Services returns those that have a price.
func (c *Client) Services(context.Context) ([]account.Service, error) {
	var out []account.Service
	for _, s := range c.prices.Services() {
		out = append(out, account.Service{ID: s, Name: s, Carrier: slug, CarrierName: who})
	}
	return out, nil
}

var locker = regexp.MustCompile(`(?i)\bpaczkomat\S*\s+([A-Z]{3}[0-9A-Z-]{2,9})\b`)

// point is the parcel locker that an address names, "" for none.
func point(a station.Address) string {
	if m := locker.FindStringSubmatch(strings.Join([]string{a.Street, a.Street2, a.Company}, " \n")); m != nil {
		return strings.ToUpper(m[1])
	}
	return ""
}

// box is the smallest compartment of a locker that a parcel fits: they differ in height.
func box(s account.Shipment) string {
	sides := []unit.Length{s.Size.Length, s.Size.Width, s.Size.Depth}
	slices.Sort(sides)
	for _, b := range []struct {
		name   string
		height unit.Length
	}{{"small", 80}, {"medium", 190}, {"large", 410}} {
		lengths := []unit.Length{b.height * unit.Millimetre, 380 * unit.Millimetre, 640 * unit.Millimetre}
		slices.Sort(lengths)
		if !s.Size.IsZero() && s.Mass <= 25*unit.Kilogram && sides[0] <= lengths[0] && sides[1] <= lengths[1] && sides[2] <= lengths[2] {
			return b.name
		}
	}
	return ""
}

// Quote prices a parcel by the list of the contract. InPost is not asked.
func (c *Client) Quote(_ context.Context, s account.Shipment) (account.Quotes, error) {
	switch {
	case s.From.Country != "PL":
		return account.Quotes{}, &account.Refused{Why: account.NotSet, Say: "InPost takes parcels from Poland only, and the sender is elsewhere"}
	case s.To.Country != "PL":
		return account.Quotes{}, account.Unserved("InPost takes parcels within Poland only")
	case s.Danger() || s.Extras.Signature || s.Extras.Adult > 0:
		return account.Quotes{}, account.Unserved("InPost has neither dangerous goods nor signatures nor checks of age")
	case s.Size.IsZero():
		return account.Quotes{}, &account.Refused{Why: account.BadParcel, Say: "InPost wants the size of the carton"}
	}
	all := c.prices.Quotes(s, slug, nil)
	out := account.Quotes{Notes: all.Notes}
	for _, q := range all.Quotes {
		name, size, _ := strings.Cut(q.Service, "/")
		why := ""
		switch to := strings.Contains(name, "locker"); {
		case to && point(s.To) == "":
			why = "no parcel locker is in the address"
		case !to && point(s.To) != "":
			why = "it goes to a parcel locker"
		case to && (box(s) == "" || size != "" && size != box(s)):
			why = "it is not of this size"
		default:
			out.Quotes = append(out.Quotes, q)
			continue
		}
		out.Notes = append(out.Notes, account.Note{Carrier: slug, Service: q.Service, Say: why})
	}
	return out, nil
}

// shipment is what is made before it is bought.
func (c *Client) shipment(s account.Shipment, q account.Quote) (object, error) {
	phone := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s.To.Phone)
	if phone = strings.TrimPrefix(strings.TrimPrefix(phone, "00"), "48"); len(phone) != 9 {
		return nil, &account.Refused{Why: account.BadAddress, Field: "phone", Say: "InPost wants a Polish phone number of 9 digits"}
	}
	first, last, both := strings.Cut(strings.TrimSpace(s.To.Name), " ")
	to := object{"phone": phone, "email": s.To.Email}
	if both {
		to["first_name"], to["last_name"] = first, last
	}
	if company := cmp.Or(s.To.Company, s.To.Name); !both || s.To.Company != "" {
		to["company_name"] = company
	}
	name, _, _ := strings.Cut(q.Service, "/")
	custom, parcel := object{"sending_method": c.sending}, object{}
	if target := point(s.To); target != "" {
		if err := account.Fits(account.Field{Name: "mail address", Text: s.To.Email, Needed: true}); err != nil {
			return nil, err
		}
		custom["target_point"], parcel["template"] = target, box(s)
	} else {
		street, number := account.House(s.To.Street)
		if err := account.Fits(account.Field{Name: "number of the house", Text: number, Needed: true}, account.Field{Name: "postcode", Text: s.To.Postcode, Needed: true}, account.Field{Name: "city", Text: s.To.City, Needed: true}); err != nil {
			return nil, err
		}
		to["address"] = object{"street": street, "building_number": number, "city": s.To.City, "post_code": s.To.Postcode, "country_code": "PL"}
		mm := func(l unit.Length) int { return int((l + unit.Millimetre - 1) / unit.Millimetre) }
		parcel["dimensions"] = object{"length": mm(s.Size.Length), "width": mm(s.Size.Width), "height": mm(s.Size.Depth), "unit": "mm"}
		parcel["weight"] = object{"amount": account.Kilograms(s.Mass, 3), "unit": "kg"}
	}
	body := object{"receiver": to, "parcels": []object{parcel}, "service": name, "reference": s.Ref, "custom_attributes": custom, "only_choice_of_offer": true}
	if s.Extras.Insure.Minor > 0 {
		body["insurance"] = object{"amount": account.Decimal(s.Extras.Insure), "currency": s.Extras.Insure.Currency}
	}
	return body, nil
}

type (
	offer struct {
		ID       wire.Text `json:"id"`
		Status   string    `json:"status"`
		Rate     wire.Text `json:"rate"`
		Currency string    `json:"currency"`
	}
	made struct {
		ID           wire.Text `json:"id"`
		Status       string    `json:"status"`
		Tracking     wire.Text `json:"tracking_number"`
		Offers       []offer   `json:"offers"`
		Selected     *offer    `json:"selected_offer"`
		Transactions []struct {
			Status string `json:"status"`
		} `json:"transactions"`
	}
)

// unbought are the states of a shipment before its purchase.
var unbought = []string{"created", "offers_prepared", "offer_selected"}

// Prepare makes the shipment, which costs nothing yet.
func (c *Client) Prepare(ctx context.Context, s account.Shipment, q account.Quote) (string, error) {
	if s.Test && !c.sandbox {
		return "", &account.Refused{Why: account.NotSet, Say: "samples are made in InPost's sandbox only, which is at another address: " + Sandbox}
	}
	body, err := c.shipment(s, q)
	if err != nil {
		return "", err
	}
	var there made
	if err := c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/organizations/" + c.organization + "/shipments", Body: body, Asks: true}, &there); err != nil {
		return "", said(err)
	}
	if there.ID == "" {
		return "", &web.Away{Say: "its answer has no shipment", Who: who}
	}
	return string(there.ID), nil
}

func (c *Client) look(ctx context.Context, id string) (there made, err error) {
	if err := c.ask.JSON(ctx, web.Request{Path: "/shipments/" + url.PathEscape(id)}, &there); err != nil {
		return there, said(err)
	}
	if string(there.ID) != id || there.Status == "" {
		return there, errors.New("InPost answered with another shipment")
	}
	return there, nil
}

// Buy buys the offer of a shipment.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, draft string) (account.Purchase, error) {
	there, err := c.look(ctx, draft)
	if err != nil && !account.NotDone(err) {
		err = &web.Away{Err: err, Who: who} // it was only looked at
	}
	if err != nil {
		return account.Purchase{}, err
	}
	if !slices.Contains(unbought, there.Status) {
		return c.purchase(ctx, there, s.Label) // before, by whoever did not see the answer
	}
	best := there.Selected
	if best == nil && len(there.Offers) == 1 {
		best = &there.Offers[0]
	}
	if best == nil || best.ID == "" {
		return account.Purchase{}, &web.Away{Say: "it has not prepared its offer yet", Who: who}
	}
	if price, err := account.Amount(string(best.Rate), best.Currency); err == nil && (price.Currency != q.Price.Currency || price.Minor > q.Price.Minor) {
		return account.Purchase{}, &account.Refused{Why: account.Price, Say: fmt.Sprintf("InPost asks %s, and the price list says %s", price, q.Price)}
	}
	body := object{"offer_id": json.Number(best.ID)}
	if err := c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments/" + url.PathEscape(draft) + "/buy", Body: body, Once: true}, &there); err != nil {
		return account.Purchase{}, said(err)
	}
	if there, err = c.look(ctx, draft); err != nil {
		return account.Purchase{}, fmt.Errorf("it is not known what came of the purchase: %v", err)
	}
	return c.purchase(ctx, there, s.Label)
}

// purchase is a bought shipment with its label. It is no error that says nothing was done.
func (c *Client) purchase(ctx context.Context, there made, form account.Form) (account.Purchase, error) {
	p := account.Purchase{ID: string(there.ID), Tracking: strings.TrimSpace(string(there.Tracking)), Carrier: slug, Sample: c.sandbox}
	if p.Tracking == "" || slices.Contains(unbought, there.Status) {
		return account.Purchase{}, errors.New("InPost has not confirmed the purchase yet")
	}
	if there.Selected != nil {
		p.Charged, _ = account.Amount(string(there.Selected.Rate), there.Selected.Currency) // none by invoice
	}
	paper := account.Paper{Kind: "label", Type: "application/pdf"}
	query, begin := url.Values{"format": {"pdf"}, "type": {"A6"}}, "%PDF"
	if form.ZPL {
		paper.Type, begin = "application/zpl", "^XA"
		query.Set("format", "zpl")
	}
	a, err := c.ask.Send(ctx, web.Request{Path: "/shipments/" + url.PathEscape(p.ID) + "/label", Query: query, Header: http.Header{"Accept": {"*/*"}}})
	if err == nil && !bytes.Contains(a.Body, []byte(begin)) {
		err = errors.New("the file is of another kind")
	}
	if err != nil {
		return p, fmt.Errorf("the label is bought, and cannot be had yet: %v", err)
	}
	paper.Data = a.Body
	p.Papers = []account.Paper{paper}
	return p, nil
}

// Recover looks at the shipment of a draft.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	if a.Draft == "" {
		return account.Recovered{Found: account.Nothing}, nil // nothing was made that could be bought
	}
	there, err := c.look(ctx, a.Draft)
	if err != nil {
		return account.Recovered{}, err
	}
	if slices.Contains(unbought, there.Status) {
		for _, t := range there.Transactions {
			if t.Status == "started" {
				return account.Recovered{Found: account.Pending}, nil
			}
		}
		if c.clock().Sub(a.Since) < c.Can().Lag {
			return account.Recovered{Found: account.Pending}, nil
		}
		return account.Recovered{Found: account.Nothing}, nil
	}
	p, err := c.purchase(ctx, there, a.Label)
	return account.Recovered{Found: account.Bought, Purchase: p}, err
}

// Void is not possible.
func (c *Client) Void(context.Context, account.Purchase) (account.Refund, error) {
	return "", &account.Refused{Why: account.TooLate, Say: "InPost takes no label back that was bought"}
}

// said puts an answer that is no success in InPost's own words. An offer that is not to
// be had any more may be one that was bought before: that is not known.
func said(err error) error {
	var failed *web.Status
	var body struct {
		Error   string          `json:"error"`
		Message wire.Text       `json:"message"`
		Details json.RawMessage `json:"details"`
	}
	if !errors.As(err, &failed) || failed.Status >= 500 || json.Unmarshal(failed.Body, &body) != nil || body.Error == "" || body.Error == "offer_unavailable" || body.Error == "invalid_action" {
		return err
	}
	at := strings.Map(func(r rune) rune { // {"receiver":[{"email":["required"]}]} is receiver email required
		if strings.ContainsRune(`{}[]":,`, r) {
			return ' '
		}
		return r
	}, string(body.Details))
	no := &account.Refused{Why: account.Other, Field: wire.Clean(at, 100), Say: wire.Clean(cmp.Or(string(body.Message), body.Error)+" "+at, 200)}
	switch {
	case body.Error == "transaction_failed", body.Error == "debt_collection":
		no.Why = account.NoFunds
	case body.Error == "resource_not_found":
		no.Spent = true // what was made is gone
	case strings.HasPrefix(no.Field, "receiver"), strings.Contains(at, "target_point"):
		no.Why = account.BadAddress
	case strings.HasPrefix(no.Field, "parcels"):
		no.Why = account.BadParcel
	case strings.HasPrefix(no.Field, "service"):
		no.Why = account.NoService
	}
	return no
}
