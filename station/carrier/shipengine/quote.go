package shipengine

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type rate struct {
	ID       string      `json:"rate_id"`
	Carrier  string      `json:"carrier_id"`
	Code     string      `json:"carrier_code"`
	Service  string      `json:"service_code"`
	Name     string      `json:"service_type"`
	Package  wire.Text   `json:"package_type"`
	Shipping money       `json:"shipping_amount"`
	Insured  money       `json:"insurance_amount"`
	Confirm  money       `json:"confirmation_amount"`
	Other    money       `json:"other_amount"`
	Tax      money       `json:"tax_amount"`
	Days     *int        `json:"delivery_days"`
	Date     wire.Text   `json:"estimated_delivery_date"`
	Surely   bool        `json:"guaranteed_service"`
	Valid    string      `json:"validation_status"`
	Warnings []wire.Text `json:"warning_messages"`
	Errors   []wire.Text `json:"error_messages"`
}

// shipment is a parcel as the interface wants it. Inches and ounces are sent from where
// they are measured in: a carrier there that is told 12.008 inches bills 13.
func (c *Client) shipment(s account.Shipment) (object, error) {
	if err := complete(s); err != nil {
		return nil, err
	}
	imperial := s.From.Country == "US"
	parcel := object{"package_code": "package", "weight": weight(s.Mass, imperial), "label_messages": object{"reference1": s.Numbered(c.set, 35)}}
	if !s.Size.IsZero() {
		of, in := account.Centimetres, "centimeter"
		if imperial {
			of, in = account.Inches, "inch"
		}
		parcel["dimensions"] = object{"unit": in, "length": of(s.Size.Length, 2), "width": of(s.Size.Width, 2), "height": of(s.Size.Depth, 2)}
	}
	out := object{
		"ship_to": address(s.To), "ship_date": s.Day.Format(time.DateOnly), "confirmation": "none", "external_order_id": s.Number,
		"packages": []object{parcel},
	}
	if c.warehouse != "" {
		out["warehouse_id"] = c.warehouse
	} else {
		out["ship_from"] = address(s.From)
	}
	switch {
	case s.Extras.Adult > 0:
		out["confirmation"] = "adult_signature"
	case s.Extras.Signature:
		out["confirmation"] = "signature"
	}
	if s.Extras.Insure.Minor > 0 {
		parcel["insured_value"], out["insurance_provider"] = amount(s.Extras.Insure), "carrier"
	}
	for _, g := range s.Goods {
		if g.Danger != "" {
			out["advanced_options"] = object{"dangerous_goods": true}
		}
	}
	if s.Border {
		declare(out, parcel, s, imperial)
	}
	return out, nil
}

// declare adds what customs want to know.
func declare(out, parcel object, s account.Shipment, imperial bool) {
	contents := map[string]string{"": "merchandise", "returned": "returned_goods"}[s.Export.Contents]
	if contents == "" {
		contents = s.Export.Contents
	}
	terms := strings.ToLower(s.Export.Terms)
	if terms == "" {
		terms = "dap"
	}
	out["customs"] = object{"contents": contents, "non_delivery": "return_to_sender", "terms_of_trade_code": terms}
	products := []object{}
	for _, g := range s.Goods {
		products = append(products, object{
			"description": g.Name, "quantity": g.Qty, "value": amount(g.Value), "weight": weight(g.Mass, imperial),
			"harmonized_tariff_code": g.HS, "country_of_origin": g.Origin, "sku": g.SKU,
		})
	}
	parcel["products"] = products
	tax := []object{}
	for i, number := range []string{s.Export.TaxID, s.Export.IOSS} {
		if number != "" {
			tax = append(tax, object{
				"taxable_entity_type": "shipper", "identifier_type": [...]string{"eori", "ioss"}[i], "issuing_authority": s.From.Country, "value": number,
			})
		}
	}
	if len(tax) > 0 {
		out["tax_identifiers"] = tax
	}
}

// complete reports what is missing of an address that every carrier wants.
func complete(s account.Shipment) error {
	for i, a := range []station.Address{s.To, s.From} {
		lacks := ""
		switch {
		case strings.TrimSpace(a.Name+a.Company) == "":
			lacks = "name"
		case strings.TrimSpace(a.Street) == "":
			lacks = "street"
		case strings.TrimSpace(a.City) == "":
			lacks = "city"
		case a.Country == "":
			lacks = "country"
		case a.Region == "" && (a.Country == "US" || a.Country == "CA" || a.Country == "AU"):
			lacks = "region"
		default:
			continue
		}
		return &account.Refused{Why: account.BadAddress, Field: lacks, Say: "the address of the " + [...]string{"recipient", "sender"}[i] + " has no " + lacks}
	}
	return nil
}

func weight(m unit.Mass, imperial bool) object {
	if imperial {
		return object{"value": account.Ounces(m, 2), "unit": "ounce"}
	}
	return object{"value": account.Grams(m), "unit": "gram"}
}

func amount(m unit.Money) object {
	return object{"currency": strings.ToLower(m.Currency), "amount": account.Decimal(m)}
}

func address(a station.Address) object {
	name := a.Name
	if name == "" {
		name = a.Company
	}
	return object{
		"name": name, "company_name": a.Company, "phone": a.Phone, "email": a.Email, "address_line1": a.Street, "address_line2": a.Street2,
		"city_locality": a.City, "state_province": a.Region, "postal_code": a.Postcode, "country_code": a.Country, "address_residential_indicator": "unknown",
	}
}

// Quote asks all carriers at once. Those who have no price are named.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	body, err := c.shipment(s)
	if err != nil {
		return account.Quotes{}, err
	}
	ids, err := c.ids(ctx)
	if err != nil {
		return account.Quotes{}, err
	}
	var got struct {
		Response struct {
			Rates   []rate    `json:"rates"`
			Invalid []rate    `json:"invalid_rates"`
			Errors  []problem `json:"errors"`
		} `json:"rate_response"`
	}
	all := object{"shipment": body, "rate_options": object{"carrier_ids": ids}}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/rates", Body: all, Asks: true}, &got)); err != nil {
		return account.Quotes{}, err
	}
	var out account.Quotes
	for _, r := range append(got.Response.Rates, got.Response.Invalid...) {
		if r.Package != "" && r.Package != "package" {
			continue // a flat rate, for a box of the carrier's own
		}
		q, err := r.quote()
		if err != nil {
			out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(r.Code), Service: r.Service, Say: err.Error()})
			continue
		}
		out.Add(q)
	}
	for _, p := range got.Response.Errors {
		out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(p.Carrier), Service: p.Carrier, Say: wire.Clean(string(p.Message), 200)})
	}
	return out, nil
}

func (r rate) quote() (account.Quote, error) {
	slug := account.Slug(r.Code)
	q := account.Quote{
		Service: r.Service, Name: r.Name, Carrier: slug, CarrierName: account.Named(slug), Surely: r.Surely,
		Ask: map[string]string{"id": r.ID, "carrier": r.Carrier},
	}
	for _, no := range r.Errors {
		return q, errors.New(wire.Clean(string(no), 200))
	}
	if r.Valid == "invalid" || r.Service == "" || r.Carrier == "" {
		return q, errors.New("the carrier does not take the parcel so")
	}
	price, err := account.Amount(string(r.Shipping.Amount), r.Shipping.Currency)
	if err != nil {
		return q, err
	}
	q.Price, q.Parts = price, []carrier.Term{{Name: "shipping", Minor: price.Minor}}
	for i, part := range []money{r.Insured, r.Confirm, r.Other, r.Tax} {
		if part.Amount == "" {
			continue
		}
		more, err := account.Amount(string(part.Amount), part.Currency)
		if err != nil || more.Currency != price.Currency {
			return q, errors.New("a part of the price cannot be read")
		}
		if more.Minor != 0 {
			q.Price.Minor += more.Minor
			q.Parts = append(q.Parts, carrier.Term{Name: [...]string{"insurance", "confirmation", "other", "tax"}[i], Minor: more.Minor})
		}
	}
	for _, w := range r.Warnings {
		q.Warnings = append(q.Warnings, wire.Clean(string(w), 200))
	}
	if r.Days != nil && *r.Days > 0 {
		q.Days = *r.Days
	}
	if t, err := time.Parse(time.RFC3339, string(r.Date)); err == nil {
		q.Arrives = t
	}
	return q, nil
}
