package dhlparcel

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/station/carrier/account"
	"packbench/station/country"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// order is what is asked for.
func (c *Client) order(s account.Shipment, q account.Quote) (object, error) {
	if s.Test && !c.sandbox {
		return nil, &account.Refused{Why: account.NotSet, Say: "samples are made in DHL's sandbox only, which is at another address: " + Sandbox}
	}
	if why := misfit(q.Service, s); why != "" {
		return nil, account.Unserved(why)
	}
	to, err := consignee(s.To)
	if err != nil {
		return nil, err
	}
	from, err := door(s.From)
	if err != nil {
		var no *account.Refused
		if errors.As(err, &no) {
			no.Why, no.Say = account.NotSet, "of the sender: "+no.Say
		}
		return nil, err
	}
	details := object{"weight": object{"uom": "g", "value": account.Grams(s.Mass)}}
	if !s.Size.IsZero() {
		mm := func(l unit.Length) int { return int((l + unit.Millimetre - 1) / unit.Millimetre) }
		details["dim"] = object{"uom": "mm", "length": mm(s.Size.Length), "width": mm(s.Size.Width), "height": mm(s.Size.Depth)}
	}
	day := s.Day.Format(time.DateOnly)
	if today := c.clock().In(c.zone).Format(time.DateOnly); day < today { // DHL takes no day that is over
		day = today
	}
	one := object{
		"product": q.Service, "billingNumber": c.billing[q.Service], "refNo": s.Ref, "shipDate": day, "shipper": from, "consignee": to, "details": details,
	}
	if services := services(s); len(services) > 0 {
		one["services"] = services
	}
	if s.Border {
		if one["customs"], err = c.customs(s); err != nil {
			return nil, err
		}
	}
	return object{"profile": c.profile, "shipments": []object{one}}, nil
}

func services(s account.Shipment) object {
	o := object{}
	if s.Extras.Signature {
		o["signedForByRecipient"] = true
	}
	switch {
	case s.Extras.Adult > 16:
		o["visualCheckOfAge"] = "A18"
	case s.Extras.Adult > 0:
		o["visualCheckOfAge"] = "A16"
	}
	if s.Extras.Insure.Minor > 0 {
		o["additionalInsurance"] = price(s.Extras.Insure)
	}
	if s.To.Country != "DE" {
		o["endorsement"] = "RETURN"
	}
	if s.Border && s.Export.Terms == "DDP" {
		o["postalDeliveryDutyPaid"] = true
	}
	return o
}

func price(m unit.Money) object { return object{"currency": m.Currency, "value": account.Decimal(m)} }

var contents = map[string]string{
	"": "COMMERCIAL_GOODS", "merchandise": "COMMERCIAL_GOODS", "gift": "PRESENT", "documents": "DOCUMENT", "sample": "COMMERCIAL_SAMPLE", "returned": "RETURN_OF_GOODS",
}

func (c *Client) customs(s account.Shipment) (object, error) {
	no := func(say string) (object, error) { return nil, &account.Refused{Why: account.NoCustoms, Say: say} }
	kind := contents[s.Export.Contents]
	switch {
	case kind == "":
		return no("DHL has no word for contents of the kind " + s.Export.Contents)
	case len(s.Goods) == 0 || len(s.Goods) > 99:
		return no("customs papers of DHL have 1 to 99 lines")
	case c.charges == "":
		return no("customs want to know what buyers pay for the way: enter it in the settings of the account")
	case len(s.Export.Invoice) > 35 || len(s.Export.TaxID) > 35:
		return no("the number of the invoice or of the sender for customs is too long")
	}
	currency := s.Goods[0].Value.Currency
	charges, err := account.Amount(c.charges, currency)
	if err != nil {
		return no(err.Error())
	}
	items := []object{}
	for _, g := range s.Goods {
		switch {
		case g.Value.Currency != currency:
			return no("the goods have values in more than one currency")
		case g.Name == "" || utf8.RuneCountInString(g.Name) > 256:
			return no("the description of " + g.SKU + " is missing or too long")
		case g.HS != "" && (len(g.HS) < 6 || len(g.HS) > 11):
			return no("the tariff number of " + g.SKU + " has not 6 to 11 digits")
		}
		item := object{
			"itemDescription": g.Name, "packagedQuantity": g.Qty, "itemValue": price(g.Value), "itemWeight": object{"uom": "g", "value": account.Grams(g.Mass)},
		}
		if g.HS != "" {
			item["hsCode"] = g.HS
		}
		if three := country.Alpha3(g.Origin); three != "" {
			item["countryOfOrigin"] = three
		}
		items = append(items, item)
	}
	o := object{"exportType": kind, "postalCharges": price(charges), "items": items}
	if s.Export.Invoice != "" {
		o["invoiceNo"] = s.Export.Invoice
	}
	if s.Export.TaxID != "" {
		o["shipperCustomsRef"] = s.Export.TaxID
	}
	return o, nil
}

// form is how a label is wanted: 103 by 150 mm fits a label of 4 by 6 inches.
func (c *Client) form(f account.Form) url.Values {
	v := url.Values{"includeDocs": {"include"}, "docFormat": {"PDF"}, "printFormat": {"910-300-400"}}
	if f.ZPL {
		v.Set("docFormat", "ZPL2")
	}
	return v
}

// Prepare has DHL validate a shipment, which changes nothing.
func (c *Client) Prepare(ctx context.Context, s account.Shipment, q account.Quote) (string, error) {
	body, err := c.order(s, q)
	if err != nil {
		return "", err
	}
	var got reply
	query := url.Values{"validate": {"true"}, "mustEncode": {fmt.Sprint(!c.uncoded)}}
	if err := c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/orders", Query: query, Body: body, Asks: true}, &got); err != nil {
		return "", said(err)
	}
	if len(got.Items) != 1 || !got.Items[0].Status.ok() {
		return "", refused(got)
	}
	return s.Ref, nil
}

// Buy makes a shipment, one in a call.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	body, err := c.order(s, q)
	if err != nil {
		return account.Purchase{}, err
	}
	query := c.form(s.Label)
	query.Set("mustEncode", fmt.Sprint(!c.uncoded))
	var got reply
	if err := c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/orders", Query: query, Body: body, Once: true}, &got); err != nil {
		return account.Purchase{}, named(said(err))
	}
	if len(got.Items) != 1 {
		return account.Purchase{}, errors.New("DHL's answer has not the one shipment that was asked for")
	}
	one := got.Items[0]
	switch {
	case one.Ref != "" && string(one.Ref) != s.Ref:
		return account.Purchase{}, errors.New("DHL answered with another shipment")
	case one.Number == "" && !one.Status.ok():
		return account.Purchase{}, refused(got)
	case one.Number == "":
		return account.Purchase{}, errors.New("DHL's answer has no number of a shipment")
	case !one.Status.ok() || one.Label == nil: // a number alone: the rest may be there by now
		return c.printed(ctx, string(one.Number), s.Ref, s.Label)
	}
	return c.purchase(ctx, one, s.Label)
}

// named adds the number of a shipment to an answer that is no success and has one: who
// looks for it has to know.
func named(err error) error {
	var failed *web.Status
	var body reply
	if !errors.As(err, &failed) || json.Unmarshal(failed.Body, &body) != nil {
		return err
	}
	for _, i := range body.Items {
		if i.Number != "" {
			return fmt.Errorf("%w, and names shipment %s", err, wire.Clean(string(i.Number), 40))
		}
	}
	return err
}

// printed fetches the label of a shipment that is there.
func (c *Client) printed(ctx context.Context, number, ref string, form account.Form) (account.Purchase, error) {
	query := c.form(form)
	query.Set("shipment", number)
	lost := func(why error) (account.Purchase, error) { // it is no error that says nothing was done
		return account.Purchase{}, fmt.Errorf("DHL does not give the label of shipment %s: %v", wire.Clean(number, 40), why)
	}
	var got reply
	if err := c.ask.JSON(ctx, web.Request{Path: "/orders", Query: query}, &got); err != nil {
		return lost(said(err))
	}
	switch {
	case len(got.Items) != 1 || string(got.Items[0].Number) != number || got.Items[0].Ref != "" && string(got.Items[0].Ref) != ref:
		return lost(errors.New("it is another one's"))
	case !got.Items[0].Status.ok() || got.Items[0].Label == nil:
		return lost(refused(got))
	}
	return c.purchase(ctx, got.Items[0], form)
}

func (c *Client) purchase(ctx context.Context, one item, form account.Form) (account.Purchase, error) {
	number := strings.TrimSpace(string(one.Number))
	p := account.Purchase{ID: number, Tracking: number, Carrier: slug, Sample: c.sandbox}
	for _, m := range one.Messages {
		p.Warnings = append(p.Warnings, wire.Clean(m.Property+": "+string(m.Text), 200))
	}
	label, err := c.paper(ctx, one.Label, form.ZPL)
	if err != nil {
		return p, fmt.Errorf("the label of shipment %s is bought, and cannot be had yet: %v", wire.Clean(number, 40), err)
	}
	p.Papers = []account.Paper{label}
	if one.Customs != nil {
		customs, err := c.paper(ctx, one.Customs, false)
		if err != nil {
			p.Warnings = append(p.Warnings, "the customs papers could not be read")
			return p, nil
		}
		customs.Kind = "customs"
		p.Papers = append(p.Papers, customs)
	}
	return p, nil
}

// paper reads a document, which is in the answer itself or has an address.
func (c *Client) paper(ctx context.Context, d *document, zpl bool) (account.Paper, error) {
	out := account.Paper{Kind: "label", Type: "application/pdf", Data: []byte(d.ZPL)}
	var err error
	switch {
	case d.B64 != "":
		out.Data, err = base64.StdEncoding.DecodeString(d.B64)
	case d.ZPL == "" && d.URL != "":
		var a web.Answer
		a, err = c.ask.Fetch(ctx, d.URL)
		out.Data = a.Body
	}
	if err != nil {
		return out, err
	}
	if zpl {
		out.Type = "application/zpl"
	}
	if zpl != bytes.Contains(out.Data, []byte("^XA")) || !zpl && !bytes.HasPrefix(out.Data, []byte("%PDF")) {
		return out, errors.New("the file is of another kind")
	}
	return out, nil
}

// Recover fetches the label of a number that a person has read in DHL's portal. Without
// one DHL has no way to tell.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	if a.Tracking == "" {
		return account.Recovered{Found: account.Unsaid}, nil
	}
	p, err := c.printed(ctx, strings.TrimSpace(a.Tracking), a.Ref, a.Label)
	if err != nil {
		return account.Recovered{}, err
	}
	return account.Recovered{Found: account.Bought, Purchase: p}, nil
}

// Void cancels a shipment. One that is not there was cancelled before.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	if p.ID == "" {
		return "", &account.Refused{Why: account.Other, Say: "it is not known which shipment it is"}
	}
	var got reply
	query := url.Values{"profile": {c.profile}, "shipment": {p.ID}}
	err := c.buy.JSON(ctx, web.Request{Method: http.MethodDelete, Path: "/orders", Query: query, Once: true}, &got)
	var failed *web.Status
	if errors.As(err, &failed) && failed.Status == http.StatusBadRequest && json.Unmarshal(failed.Body, &got) == nil {
		err = nil
	}
	switch {
	case err != nil:
		return "", err
	case len(got.Items) != 1 || string(got.Items[0].Number) != p.ID:
		return "", errors.New("DHL answered with another shipment")
	case got.Items[0].Status.ok(), got.Items[0].Status.Title == "UnknownShipmentNumber":
		return account.RefundDone, nil
	}
	no := refused(got)
	no.Why = account.TooLate
	return "", no
}

const mostClosed = 30 // shipments in one call

// Manifest closes shipments out before the evening, and fetches the list of the day.
// Closing one out again does nothing.
func (c *Client) Manifest(ctx context.Context, _ string, day time.Time, parcels []account.Purchase) (account.Manifest, error) {
	date := day.In(c.zone).Format(time.DateOnly)
	m := account.Manifest{ID: date}
	for len(parcels) > 0 {
		some := parcels[:min(len(parcels), mostClosed)]
		parcels = parcels[len(some):]
		numbers := []string{}
		for _, p := range some {
			numbers = append(numbers, p.ID)
		}
		var got reply
		body := object{"profile": c.profile, "shipmentNumbers": numbers}
		if err := c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/manifests", Body: body, Once: true}, &got); err != nil {
			return account.Manifest{}, said(err)
		}
		closed := map[string]bool{}
		for _, i := range got.Items {
			closed[string(i.Number)] = i.Status.ok()
		}
		for _, p := range some {
			if !closed[p.ID] {
				m.Unknown = append(m.Unknown, p.Tracking)
			}
		}
	}
	var list struct {
		Manifest []document `json:"manifest"`
	}
	if err := c.ask.JSON(ctx, web.Request{Path: "/manifests", Query: url.Values{"date": {date}}}, &list); err != nil {
		m.Pending = true
		return m, nil
	}
	for _, d := range list.Manifest {
		if paper, err := c.paper(ctx, &d, false); err == nil {
			paper.Kind = "manifest"
			m.Papers = append(m.Papers, paper)
		}
	}
	m.Pending = len(m.Papers) == 0
	return m, nil
}
