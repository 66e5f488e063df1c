package shippo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	object   = map[string]any
	shipment struct {
		ID   string `json:"object_id"`
		From struct {
			ID string `json:"object_id"`
		} `json:"address_from"`
		Status   string    `json:"status"`
		Rates    []rate    `json:"rates"`
		Messages []message `json:"messages"`
	}
	rate struct {
		ID       string    `json:"object_id"`
		Amount   wire.Text `json:"amount"`
		Currency string    `json:"currency"`
		Provider string    `json:"provider"`
		Account  string    `json:"carrier_account"`
		Days     *int      `json:"estimated_days"`
		Level    struct {
			Name  string `json:"name"`
			Token string `json:"token"`
		} `json:"servicelevel"`
	}
	message struct {
		Source wire.Text `json:"source"`
		Code   wire.Text `json:"code"`
		Text   wire.Text `json:"text"`
	}
)

func no(why account.Why, field, say string) error {
	return &account.Refused{Why: why, Field: field, Say: say}
}

// address refuses what would be cut off, and what makes a purchase fail that had a price.
func address(a station.Address) (object, error) {
	name := a.Name
	if name == "" {
		name = a.Company
	}
	err := account.Fits(
		account.Field{Name: "name", Text: name, Most: 100, Needed: true},
		account.Field{Name: "street", Text: a.Street, Most: 35, Needed: true},
		account.Field{Name: "street2", Text: a.Street2, Most: 35},
		account.Field{Name: "city", Text: a.City, Most: 100, Needed: true},
		account.Field{Name: "country", Text: a.Country, Most: 2, Needed: true},
		account.Field{Name: "region", Text: a.Region, Most: 100, Needed: a.Country == "US" || a.Country == "CA" || a.Country == "AU"},
	)
	if err != nil {
		return nil, err
	}
	return object{
		"name": name, "company": a.Company, "street1": a.Street, "street2": a.Street2, "city": a.City, "state": a.Region, "zip": a.Postcode,
		"country": a.Country, "phone": a.Phone, "email": a.Email,
	}, nil
}

// create makes a shipment with its prices. It costs nothing.
func (c *Client) create(ctx context.Context, s account.Shipment) (made shipment, err error) {
	to, err := address(s.To)
	if err != nil {
		return made, err
	}
	from, err := address(s.From)
	switch {
	case err != nil:
		return made, account.Sender(err)
	case s.Size.IsZero():
		return made, no(account.BadParcel, "size", "Shippo wants the size of the carton")
	case s.Test && !c.test:
		return made, no(account.NotSet, "", "samples need a test token of Shippo (shippo_test_…)")
	}
	mass, massUnit, length, unit := fmt.Sprint(account.Grams(s.Mass)), "g", account.Centimetres, "cm"
	if s.From.Country == "US" { // in the units that its carriers bill by
		mass, massUnit, length, unit = string(account.Ounces(s.Mass, 2)), "oz", account.Inches, "in"
	}
	extra := object{"reference_1": s.Number}
	switch {
	case s.Extras.Adult > 0:
		extra["signature_confirmation"] = "ADULT"
	case s.Extras.Signature:
		extra["signature_confirmation"] = "STANDARD"
	}
	if in := s.Extras.Insure; in.Minor > 0 {
		extra["insurance"] = object{"amount": string(account.Decimal(in)), "currency": in.Currency, "content": contents(s)}
	}
	if s.Danger() {
		danger := object{"contains": true}
		if slices.ContainsFunc(s.Goods, func(g account.Goods) bool { return g.Danger == station.LithiumBattery }) {
			danger["lithium_batteries"] = object{"contains": true}
		}
		extra["dangerous_goods"] = danger
	}
	body := object{
		"address_from": from, "address_to": to, "async": false, "extra": extra, "metadata": s.Ref, "shipment_date": s.Day.Format(time.RFC3339),
		"parcels": []object{{
			"length": string(length(s.Size.Length, 2)), "width": string(length(s.Size.Width, 2)), "height": string(length(s.Size.Depth, 2)), "distance_unit": unit,
			"weight": mass, "mass_unit": massUnit,
		}},
	}
	if len(c.accounts) > 0 {
		body["carrier_accounts"] = c.accounts
	}
	if s.Border {
		body["customs_declaration"] = customs(s)
	}
	err = said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments/", Body: body, Asks: true}, &made))
	return made, err
}

func contents(s account.Shipment) string {
	if len(s.Goods) > 0 {
		return s.Goods[0].Name
	}
	return "goods"
}

// customs declares the goods, with mass and value of each line as a whole.
func customs(s account.Shipment) object {
	kind := map[string]string{"": "MERCHANDISE", "returned": "RETURN_MERCHANDISE"}[s.Export.Contents]
	if kind == "" {
		kind = strings.ToUpper(s.Export.Contents)
	}
	items := []object{}
	for _, g := range s.Goods {
		all := unit.Money{Minor: g.Value.Minor * int64(g.Qty), Currency: g.Value.Currency}
		items = append(items, object{
			"description": g.Name, "quantity": g.Qty, "net_weight": fmt.Sprint(account.Grams(g.Mass * unit.Mass(g.Qty))), "mass_unit": "g",
			"value_amount": string(account.Decimal(all)), "value_currency": g.Value.Currency, "origin_country": g.Origin, "tariff_number": g.HS, "sku_code": g.SKU,
		})
	}
	out := object{
		"contents_type": kind, "non_delivery_option": "RETURN", "certify": true, "certify_signer": s.From.Name, "incoterm": "DAP", "invoice": s.Export.Invoice,
		"items": items,
	}
	if s.Export.Terms == "DDP" {
		out["incoterm"] = "DDP"
	}
	if s.From.Country == "US" {
		out["eel_pfc"] = "NOEEI_30_37_a"
	}
	who := object{}
	if s.Export.TaxID != "" {
		who["eori_number"] = s.Export.TaxID
	}
	if s.Export.IOSS != "" {
		who["tax_id"] = object{"number": s.Export.IOSS, "type": "IOSS"}
	}
	if len(who) > 0 {
		out["exporter_identification"] = who
	}
	return out
}

// Quote makes a shipment and returns its prices; those who have none are named.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	made, err := c.create(ctx, s)
	if err != nil {
		return account.Quotes{}, err
	}
	var out account.Quotes
	for _, r := range made.Rates {
		q, err := r.quote()
		if err != nil {
			out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(r.Provider), Service: r.Level.Name, Say: err.Error()})
			continue
		}
		q.Until = c.clock().AddDate(0, 0, 7)
		out.Add(q)
	}
	for _, m := range made.Messages {
		out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(string(m.Source)), Service: string(m.Source), Say: wire.Clean(string(m.Text), 200)})
	}
	if len(out.Quotes)+len(out.Notes) == 0 {
		out.Notes = append(out.Notes, account.Note{Carrier: "shippo", Service: "Shippo", Say: "no carrier gave a price"})
	}
	return out, nil
}

func (r rate) quote() (account.Quote, error) {
	slug := account.Slug(r.Provider)
	q := account.Quote{
		Service: r.Level.Token, Name: wire.Clean(r.Level.Name, 80), Carrier: slug, CarrierName: account.Named(slug),
		Ask: map[string]string{"id": r.ID, "account": r.Account, "provider": strings.ToLower(strings.ReplaceAll(r.Provider, " ", "_"))},
	}
	price, err := account.Amount(string(r.Amount), r.Currency)
	switch {
	case err != nil:
		return q, err
	case r.ID == "" || q.Service == "" || q.Name == "" || slug == "":
		return q, errors.New("the service has no name")
	}
	q.Price = price
	if r.Days != nil && *r.Days > 0 {
		q.Days = *r.Days
	}
	return q, nil
}

// Prepare asks for prices of which one is bought, and looks that it is still what was
// quoted. The draft is that price's id, with the sender's and the carrier account's, which
// a manifest wants.
func (c *Client) Prepare(ctx context.Context, s account.Shipment, q account.Quote) (string, error) {
	made, err := c.create(ctx, s)
	if err != nil {
		return "", err
	}
	for _, r := range made.Rates {
		if r.Level.Token != q.Service || r.Account != q.Ask["account"] {
			continue
		}
		now, err := r.quote()
		if err != nil {
			return "", no(account.Price, "", err.Error())
		}
		if now.Price.Currency != q.Price.Currency || now.Price.Minor > q.Price.Minor {
			return "", no(account.Price, "", fmt.Sprintf("it costs %s now, and %s was asked before", now.Price, q.Price))
		}
		return r.ID + " " + made.From.ID + " " + r.Account, nil
	}
	return "", no(account.NoService, "", q.Name+" is not sold for this parcel any more")
}
