package shipstationv1

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type object = map[string]any

func no(why account.Why, field, say string) error {
	return &account.Refused{Why: why, Field: field, Say: say}
}

func weight(s account.Shipment) object {
	if s.From.Country == "US" { // in the unit that its carriers bill by
		return object{"value": account.Ounces(s.Mass, 2), "units": "ounces"}
	}
	return object{"value": account.Grams(s.Mass), "units": "grams"}
}

func dimensions(s account.Shipment) object {
	of, units := account.Centimetres, "centimeters"
	if s.From.Country == "US" {
		of, units = account.Inches, "inches"
	}
	return object{"length": of(s.Size.Length, 2), "width": of(s.Size.Width, 2), "height": of(s.Size.Depth, 2), "units": units}
}

func confirmation(s account.Shipment) string {
	switch {
	case s.Extras.Adult > 0:
		return "adult_signature"
	case s.Extras.Signature:
		return "signature"
	}
	return "none"
}

// complete refuses what ShipStation would, or would leave out.
func complete(s account.Shipment) error {
	for i, a := range []station.Address{s.To, s.From} {
		whose := [...]string{"recipient", "sender"}[i]
		for _, f := range [][2]string{{"name", a.Name + a.Company}, {"street", a.Street}, {"city", a.City}, {"country", a.Country}} {
			if strings.TrimSpace(f[1]) == "" {
				return no(account.BadAddress, f[0], "the address of the "+whose+" has no "+f[0])
			}
		}
		if a.Region == "" && (a.Country == "US" || a.Country == "CA" || a.Country == "AU") {
			return no(account.BadAddress, "region", "the address of the "+whose+" has no state or province")
		}
	}
	for _, g := range s.Goods {
		if g.Danger != "" {
			return account.Unserved("ShipStation's version 1 takes no dangerous goods")
		}
	}
	return nil
}

// Quote asks the carriers, each by a call of its own, all at once.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	if err := complete(s); err != nil {
		return account.Quotes{}, err
	}
	all, err := c.list(ctx)
	if err != nil {
		return account.Quotes{}, err
	}
	type answer struct {
		quotes []account.Quote
		err    error
	}
	answers := make([]answer, len(all))
	var group sync.WaitGroup
	for i, k := range all {
		group.Go(func() { answers[i].quotes, answers[i].err = c.rates(ctx, s, k.Code) })
	}
	group.Wait()
	var out account.Quotes
	for i, a := range answers {
		out.Quotes = append(out.Quotes, a.quotes...)
		if a.err != nil {
			err = a.err
			out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(all[i].Code), Service: all[i].Name, Say: a.err.Error()})
		}
	}
	if len(out.Quotes) > 0 || err == nil {
		return out, nil
	}
	return account.Quotes{}, err
}

// rates asks one carrier. A service counts with its price for a box of the shop's own.
func (c *Client) rates(ctx context.Context, s account.Shipment, code string) ([]account.Quote, error) {
	body := object{
		"carrierCode": code, "packageCode": "package", "fromPostalCode": s.From.Postcode, "toState": s.To.Region, "toCountry": s.To.Country,
		"toPostalCode": s.To.Postcode, "toCity": s.To.City, "weight": weight(s), "confirmation": confirmation(s), "residential": s.To.Company == "",
	}
	if !s.Size.IsZero() {
		body["dimensions"] = dimensions(s)
	}
	var got []struct {
		Name  string    `json:"serviceName"`
		Code  string    `json:"serviceCode"`
		Cost  wire.Text `json:"shipmentCost"`
		Other wire.Text `json:"otherCost"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments/getrates", Body: body, Asks: true}, &got)); err != nil {
		return nil, err
	}
	slug := account.Slug(code)
	var out []account.Quote
	seen := map[string]bool{}
	for _, r := range got {
		name, box, boxed := strings.Cut(r.Name, " - ")
		if r.Code == "" || boxed && box != "Package" {
			continue
		}
		cost, err := account.Amount(string(r.Cost), c.currency)
		if err != nil {
			return nil, err
		}
		other, err := account.Amount(string(r.Other), c.currency)
		if err != nil {
			return nil, err
		}
		if seen[r.Code] {
			return nil, errors.New("it has two prices for one service")
		}
		seen[r.Code] = true
		out = append(out, account.Quote{
			Service: r.Code, Name: wire.Clean(name, 80), Carrier: slug, CarrierName: account.Named(slug),
			Price: unit.Money{Minor: cost.Minor + other.Minor, Currency: c.currency},
			Parts: []carrier.Term{{Name: "shipping", Minor: cost.Minor}, {Name: "other", Minor: other.Minor}},
			Ask:   map[string]string{"carrier": code},
		})
	}
	return out, nil
}

// Prepare makes the order that the label will belong to, or finds the one with the
// reference. Its id is the draft.
func (c *Client) Prepare(ctx context.Context, s account.Shipment, _ account.Quote) (string, error) {
	if err := complete(s); err != nil {
		return "", err
	}
	to := address(s.To)
	body := object{
		"orderNumber": s.Ref, "orderKey": s.Ref, "orderDate": s.Day.Format(time.DateOnly), "orderStatus": "awaiting_shipment", "billTo": to, "shipTo": to,
		"internalNotes": s.Number,
	}
	var made struct {
		ID     wire.ID   `json:"orderId"`
		Number wire.Text `json:"orderNumber"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/orders/createorder", Body: body, Asks: true}, &made)); err != nil {
		return "", err
	}
	if made.ID <= 0 || string(made.Number) != s.Ref {
		return "", errors.New("ShipStation's answer is not that of the order")
	}
	return made.ID.String(), nil
}

func address(a station.Address) object {
	name := a.Name
	if name == "" {
		name = a.Company
	}
	return object{
		"name": name, "company": a.Company, "street1": a.Street, "street2": a.Street2, "city": a.City, "state": a.Region, "postalCode": a.Postcode,
		"country": a.Country, "phone": a.Phone, "residential": a.Company == "",
	}
}

// Buy buys the label of the draft's order.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, draft string) (account.Purchase, error) {
	order, err := strconv.ParseInt(draft, 10, 64)
	if err != nil {
		return account.Purchase{}, no(account.Other, "", "the order in ShipStation is missing")
	}
	body := object{
		"orderId": order, "carrierCode": q.Ask["carrier"], "serviceCode": q.Service, "packageCode": "package", "confirmation": confirmation(s),
		"shipDate": s.Day.Format(time.DateOnly), "weight": weight(s), "testLabel": s.Test,
	}
	if !s.Size.IsZero() {
		body["dimensions"] = dimensions(s)
	}
	if s.Extras.Insure.Minor > 0 {
		body["insuranceOptions"] = object{"provider": "carrier", "insureShipment": true, "insuredValue": account.Decimal(s.Extras.Insure)}
	}
	if s.Border {
		if body["internationalOptions"], err = c.customs(s); err != nil {
			return account.Purchase{}, err
		}
	}
	var sold struct {
		ID       wire.ID   `json:"shipmentId"`
		Order    wire.ID   `json:"orderId"`
		Tracking wire.Text `json:"trackingNumber"`
		Cost     wire.Text `json:"shipmentCost"`
		Insured  wire.Text `json:"insuranceCost"`
		Label    string    `json:"labelData"`
		Form     wire.Text `json:"formData"`
	}
	if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/orders/createlabelfororder", Body: body, Once: true}, &sold)); err != nil {
		return account.Purchase{}, err
	}
	p := account.Purchase{ID: sold.ID.String(), Shipment: draft, Tracking: string(sold.Tracking), Carrier: q.Carrier, Sample: s.Test}
	label, err := base64.StdEncoding.DecodeString(sold.Label)
	if err != nil || len(label) == 0 || sold.ID <= 0 || p.Tracking == "" || sold.Order > 0 && int64(sold.Order) != order {
		return p, errors.New("ShipStation's answer is not that of a bought label")
	}
	p.Charged = c.charged(sold.Cost, sold.Insured)
	paper, err := account.Label(label, account.Form{})
	if err != nil {
		return p, err
	}
	p.Papers = []account.Paper{paper}
	if form, err := base64.StdEncoding.DecodeString(string(sold.Form)); err == nil && len(form) > 0 {
		p.Papers = append(p.Papers, account.Paper{Kind: "customs", Type: "application/pdf", Data: form})
	}
	return p, nil
}

// charged is what a label cost, nothing where that is not said or it is a sample.
func (c *Client) charged(cost, insured wire.Text) unit.Money {
	m, err := account.Amount(string(cost), c.currency)
	if err != nil || m.Minor == 0 {
		return unit.Money{}
	}
	if more, err := account.Amount(string(insured), c.currency); err == nil {
		m.Minor += more.Minor
	}
	return m
}

// customs declares the goods. Values have no currency there.
func (c *Client) customs(s account.Shipment) (object, error) {
	contents := map[string]string{"": "merchandise", "returned": "returned_goods"}[s.Export.Contents]
	if contents == "" {
		contents = s.Export.Contents
	}
	items := []object{}
	for _, g := range s.Goods {
		if g.Value.Currency != c.currency {
			return nil, no(account.NoCustoms, "value", "ShipStation takes values for customs in "+c.currency+" only")
		}
		all := unit.Money{Minor: g.Value.Minor * int64(g.Qty), Currency: c.currency}
		items = append(items, object{
			"description": g.Name, "quantity": g.Qty, "value": account.Decimal(all), "harmonizedTariffCode": g.HS, "countryOfOrigin": g.Origin,
		})
	}
	return object{"contents": contents, "customsItems": items, "nonDelivery": "return_to_sender"}, nil
}

// shipment is a label as lists show it: without its data.
type shipment struct {
	ID       wire.ID   `json:"shipmentId"`
	Order    wire.ID   `json:"orderId"`
	Tracking wire.Text `json:"trackingNumber"`
	Carrier  string    `json:"carrierCode"`
	Cost     wire.Text `json:"shipmentCost"`
	Insured  wire.Text `json:"insuranceCost"`
	Voided   *bool     `json:"voided"`
}

func (c *Client) shipments(ctx context.Context, by, value string) ([]shipment, error) {
	var got struct {
		Shipments []shipment `json:"shipments"`
		Pages     int        `json:"pages"`
	}
	err := said(c.ask.JSON(ctx, web.Request{Path: "/shipments", Query: url.Values{by: {value}, "pageSize": {"500"}}}, &got))
	if err == nil && (got.Shipments == nil || got.Pages > 1) {
		err = errors.New("ShipStation's list of labels is not that of one order")
	}
	for _, s := range got.Shipments {
		if s.Voided == nil || by == "orderId" && s.Order.String() != value || by == "trackingNumber" && string(s.Tracking) != value {
			err = errors.New("ShipStation listed other labels than those asked for")
		}
	}
	return got.Shipments, err
}

// Recover looks for the label of the draft's order.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	if a.Draft == "" {
		return account.Recovered{Found: account.Nothing}, nil // there is no order that it could belong to
	}
	all, err := c.shipments(ctx, "orderId", a.Draft)
	if err != nil {
		return account.Recovered{}, err
	}
	for _, s := range all {
		if *s.Voided {
			continue
		}
		if s.Tracking == "" {
			return account.Recovered{Found: account.Pending}, nil
		}
		return account.Recovered{Found: account.Bought, Purchase: account.Purchase{
			ID: s.ID.String(), Shipment: a.Draft, Tracking: string(s.Tracking), Carrier: account.Slug(s.Carrier), Charged: c.charged(s.Cost, s.Insured),
		}}, nil
	}
	return account.Recovered{Found: account.Nothing}, nil
}

// Void gives a label back. The answer is a yes or no with status 200; a no may be that it
// was given back before.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	id, err := strconv.ParseInt(p.ID, 10, 64)
	if err != nil {
		return "", no(account.Other, "", "ShipStation's number of the label is missing")
	}
	var got struct {
		Approved *bool     `json:"approved"`
		Message  wire.Text `json:"message"`
	}
	err = said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments/voidlabel", Body: object{"shipmentId": id}, Once: true}, &got))
	var refused *account.Refused
	switch {
	case errors.As(err, &refused):
	case err != nil:
		return "", err
	case got.Approved == nil:
		return "", errors.New("ShipStation does not say whether the label was taken back")
	case *got.Approved:
		return account.RefundAsked, nil
	default:
		refused = &account.Refused{Say: wire.Clean(string(got.Message), 200)}
	}
	all, err := c.shipments(ctx, "trackingNumber", p.Tracking)
	if err != nil {
		return "", fmt.Errorf("it is not known whether the label was taken back: %v", err)
	}
	for _, s := range all {
		if int64(s.ID) == id && *s.Voided {
			return account.RefundAsked, nil
		}
	}
	refused.Why = account.TooLate
	if refused.Say == "" {
		refused.Say = "ShipStation did not approve it"
	}
	return "", refused
}
