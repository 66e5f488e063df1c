package easyship

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type object = map[string]any

// courier is a service of a courier.
type courier struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Umbrella string `json:"umbrella_name"`
	Courier  string `json:"courier_id"`
}

type rate struct {
	Service  courier   `json:"courier_service"`
	Total    wire.Text `json:"total_charge"`
	Currency string    `json:"currency"`
	Most     wire.Text `json:"max_delivery_time"`
}

func no(why account.Why, field, say string) error {
	return &account.Refused{Why: why, Field: field, Say: say}
}

// stated are the countries whose addresses must have a state or province.
const stated = " AU CA CN ID MX MY TH US VN "

// address refuses what is too long, which a courier would cut.
func address(a station.Address) (object, error) {
	name := a.Name
	if name == "" {
		name = a.Company
	}
	err := account.Fits(
		account.Field{Name: "name", Text: name, Most: 50, Needed: true},
		account.Field{Name: "company", Text: a.Company, Most: 50},
		account.Field{Name: "street", Text: a.Street, Most: 35, Needed: true},
		account.Field{Name: "street2", Text: a.Street2, Most: 35},
		account.Field{Name: "city", Text: a.City, Most: 200, Needed: true},
		account.Field{Name: "region", Text: a.Region, Most: 200, Needed: strings.Contains(stated, " "+a.Country+" ")},
		account.Field{Name: "country", Text: a.Country, Most: 2, Needed: true},
		account.Field{Name: "phone", Text: a.Phone, Most: 20},
		account.Field{Name: "email", Text: a.Email, Most: 50},
	)
	if err != nil {
		return nil, err
	}
	out := object{"contact_name": name, "line_1": a.Street, "city": a.City, "postal_code": a.Postcode, "country_alpha2": a.Country}
	for key, text := range map[string]string{"company_name": a.Company, "line_2": a.Street2, "state": a.Region, "contact_phone": a.Phone, "contact_email": a.Email} {
		if text != "" {
			out[key] = text
		}
	}
	return out, nil
}

// shipment is a parcel as Easyship wants it. Its goods have to be told within a country
// too.
func (c *Client) shipment(s account.Shipment) (object, error) {
	to, err := address(s.To)
	if err != nil {
		return nil, err
	}
	from, err := address(s.From)
	switch {
	case err != nil:
		return nil, account.Sender(err)
	case s.Test && !c.test:
		return nil, no(account.NotSet, "", "samples need a token of Easyship's sandbox (sand_…)")
	case s.Extras.Signature || s.Extras.Adult > 0:
		return nil, account.Unserved("Easyship takes no wish for a signature")
	case s.Size.IsZero():
		return nil, no(account.BadParcel, "size", "Easyship wants the size of the carton")
	case len(s.Goods) == 0:
		return nil, no(account.NoCustoms, "", "Easyship wants to know what is in a parcel")
	}
	units, mass := object{"weight": "kg", "dimensions": "cm"}, account.Kilograms
	length := account.Centimetres
	if s.From.Country == "US" { // in the units that its couriers bill by
		units, mass, length = object{"weight": "lb", "dimensions": "in"}, account.Pounds, account.Inches
	}
	var items []object
	for _, g := range s.Goods {
		item := object{
			"description": g.Name, "sku": g.SKU, "quantity": g.Qty, "declared_currency": g.Value.Currency, "declared_customs_value": account.Decimal(g.Value),
		}
		switch {
		case g.Danger != "":
			return nil, account.Unserved("Easyship has to be told by a person which dangerous goods these are")
		case g.Value.Minor <= 0 || g.Value.Currency == "":
			return nil, no(account.NoCustoms, "value", "Easyship wants the value of "+g.Name)
		case g.HS != "":
			item["hs_code"] = g.HS
		case c.category != "":
			item["category"] = c.category
		default:
			return nil, no(account.NoCustoms, "hs", "Easyship wants a tariff number of "+g.Name+", or a category in the settings")
		}
		if g.Origin != "" {
			item["origin_country_alpha2"] = g.Origin
		}
		items = append(items, item)
	}
	out := object{
		"origin_address": from, "destination_address": to, "incoterms": "DDU", "insurance": object{"is_insured": false},
		"shipping_settings": object{"units": units},
		"parcels": []object{{
			"total_actual_weight": mass(s.Mass, 3), "items": items,
			"box": object{"length": length(s.Size.Length, 2), "width": length(s.Size.Width, 2), "height": length(s.Size.Depth, 2)},
		}},
	}
	if s.Export.Terms == "DDP" {
		out["incoterms"] = "DDP"
	}
	if in := s.Extras.Insure; in.Minor > 0 {
		out["insurance"] = object{"is_insured": true, "insured_amount": account.Decimal(in), "insured_currency": in.Currency}
	}
	return out, nil
}

// Quote asks what each courier service costs.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	body, err := c.shipment(s)
	if err != nil {
		return account.Quotes{}, err
	}
	body["courier_settings"] = object{"apply_shipping_rules": false}
	var got struct {
		Rates []rate `json:"rates"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/rates", Body: body, Asks: true}, &got)); err != nil {
		return account.Quotes{}, err
	}
	var out account.Quotes
	seen := map[string]bool{}
	for _, r := range got.Rates {
		q, err := r.quote()
		if err == nil && seen[q.Service] {
			err = errors.New("it has two prices")
		}
		if err != nil {
			out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(r.Service.Umbrella), Service: r.Service.Name, Say: err.Error()})
			continue
		}
		seen[q.Service] = true
		out.Quotes = append(out.Quotes, q)
	}
	if len(got.Rates) == 0 {
		out.Notes = append(out.Notes, account.Note{Carrier: "easyship", Service: "Easyship", Say: "no courier takes the parcel"})
	}
	return out, nil
}

func (r rate) quote() (account.Quote, error) {
	slug := account.Slug(r.Service.Umbrella)
	q := account.Quote{Service: r.Service.ID, Name: wire.Clean(r.Service.Name, 80), Carrier: slug, CarrierName: account.Named(slug)}
	price, err := account.Amount(string(r.Total), r.Currency)
	switch {
	case err != nil:
		return q, err
	case q.Service == "" || q.Name == "" || slug == "":
		return q, errors.New("the service has no name")
	}
	q.Price = price
	if n, err := wire.Whole(r.Most); err == nil && n > 0 {
		q.Days = n
	}
	return q, nil
}
