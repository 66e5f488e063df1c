package easyship

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type shipment struct {
	ID    string `json:"easyship_shipment_id"`
	Label string `json:"label_state"`
	State string `json:"shipment_state"`
	Way   string `json:"delivery_state"`
	Order struct {
		Number wire.Text `json:"platform_order_number"`
	} `json:"order_data"`
	Courier   courier `json:"courier_service"`
	Rates     []rate  `json:"rates"`
	Trackings []struct {
		Number wire.Text `json:"tracking_number"`
	} `json:"trackings"`
	Documents []document        `json:"shipping_documents"`
	Failures  []json.RawMessage `json:"last_failure_http_response_messages"`
}

type document struct {
	Category string    `json:"category"`
	URL      wire.Text `json:"url"`
	Inline   []string  `json:"base64_encoded_strings"`
}

// What a shipment says of its label. Any other word is that of one which is being made,
// or was.
func (s shipment) nothing() bool {
	return s.State == "cancelled" || s.Label == "not_created" || s.failed()
}

func (s shipment) failed() bool { return s.Label == "failed" || s.Label == "technical_failed" }

// Buy makes a shipment and buys its label, in one call.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	body, err := c.shipment(s)
	if err != nil {
		return account.Purchase{}, err
	}
	format, size := "pdf", "4x6"
	if s.Label.ZPL {
		format = "zpl"
	}
	if s.Border {
		ids := object{}
		for key, number := range map[string]string{"eori": s.Export.TaxID, "ioss": s.Export.IOSS} {
			if number != "" {
				ids[key] = number
			}
		}
		if len(ids) > 0 {
			body["regulatory_identifiers"] = ids
		}
	}
	settings := body["shipping_settings"].(object)
	settings["buy_label"], settings["buy_label_synchronous"] = true, true
	settings["printing_options"] = object{"format": format, "label": size, "commercial_invoice": "A4", "packing_slip": "none"}
	body["courier_settings"] = object{"courier_service_id": q.Service, "allow_fallback": false, "apply_shipping_rules": false}
	body["order_data"] = object{"platform_name": "packbench", "platform_order_number": s.Ref, "seller_notes": s.Number}
	var got struct {
		Shipment shipment `json:"shipment"`
	}
	once := http.Header{"Idempotency-Key": {s.Ref + "-" + rand.Text()}}
	if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments", Header: once, Body: body, Once: true}, &got)); err != nil {
		return account.Purchase{}, err
	}
	sold := got.Shipment
	if sold.ID != "" && string(sold.Order.Number) == s.Ref && sold.failed() {
		return account.Purchase{}, &account.Refused{Why: account.Other, Say: sold.failure()}
	}
	if sold.Courier.ID != q.Service && sold.Courier.ID != "" {
		return account.Purchase{}, errors.New("the label of Easyship is for another service")
	}
	return c.purchase(ctx, sold, s.Ref)
}

func (s shipment) failure() string {
	for _, raw := range s.Failures {
		var text string
		var one struct{ Message, Content wire.Text }
		switch {
		case json.Unmarshal(raw, &text) == nil && text != "":
			return wire.Clean(text, 300)
		case json.Unmarshal(raw, &one) == nil && one.Message+one.Content != "":
			return wire.Clean(string(one.Message+" "+one.Content), 300)
		}
	}
	return "the courier made no label, and Easyship does not say why"
}

var errUnready = errors.New("the label is being made")

// purchase makes a purchase of a shipment with a label.
func (c *Client) purchase(ctx context.Context, sold shipment, ref string) (account.Purchase, error) {
	if sold.ID == "" || string(sold.Order.Number) != ref {
		return account.Purchase{}, errors.New("the answer of Easyship is of another shipment")
	}
	p := account.Purchase{ID: sold.ID, Carrier: account.Slug(sold.Courier.Umbrella), Sample: c.test, Ask: map[string]string{"courier": sold.Courier.Courier}}
	for _, t := range sold.Trackings {
		if p.Tracking == "" {
			p.Tracking = string(t.Number)
		}
	}
	for _, r := range sold.Rates {
		if r.Service.ID == sold.Courier.ID && p.Charged.Currency == "" {
			p.Charged, _ = account.Amount(string(r.Total), r.Currency)
		}
	}
	var customs []account.Paper
	for _, d := range sold.Documents {
		if d.Category != "label" && d.Category != "commercial_invoice" {
			continue
		}
		papers, err := c.read(ctx, d)
		switch {
		case err != nil && d.Category == "label":
			return p, fmt.Errorf("the label is bought, and cannot be had yet: %v", err) // it is no error that says nothing was done
		case err != nil:
			p.Warnings = append(p.Warnings, "the commercial invoice could not be fetched")
		case d.Category == "label":
			p.Papers = append(p.Papers, papers...)
		default:
			customs = append(customs, papers...)
		}
	}
	if sold.nothing() || p.Tracking == "" || len(p.Papers) == 0 {
		return p, errUnready
	}
	p.Papers = append(p.Papers, customs...)
	return p, nil
}

// read reads a document, which stands in the answer or is named by it.
func (c *Client) read(ctx context.Context, d document) (papers []account.Paper, err error) {
	var files [][]byte
	for _, text := range d.Inline {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, errors.New("it cannot be read")
		}
		files = append(files, data)
	}
	if len(files) == 0 && d.URL != "" {
		a, err := c.ask.Fetch(ctx, string(d.URL))
		if err != nil {
			return nil, err
		}
		files = append(files, a.Body)
	}
	kind := map[string]string{"label": "label", "commercial_invoice": "customs"}[d.Category]
	for _, data := range files {
		form := ""
		switch {
		case bytes.HasPrefix(data, []byte("%PDF")):
			form = "application/pdf"
		case bytes.HasPrefix(data, []byte("\x89PNG")):
			form = "image/png"
		case bytes.Contains(data, []byte("^XA")):
			form = "application/zpl"
		default:
			return nil, errors.New("it is of a kind that is not known")
		}
		papers = append(papers, account.Paper{Kind: kind, Type: form, Data: data})
	}
	return papers, nil
}

// Recover looks through the shipments with the reference as their order number.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	var all struct {
		Shipments []shipment `json:"shipments"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Path: "/shipments", Query: url.Values{"platform_order_number": {a.Ref}, "per_page": {"100"}}}, &all)); err != nil {
		return account.Recovered{}, err
	}
	if all.Shipments == nil {
		return account.Recovered{}, errors.New("the list of Easyship of shipments cannot be read")
	}
	id := ""
	for _, s := range all.Shipments {
		if string(s.Order.Number) != a.Ref || s.ID == "" {
			return account.Recovered{}, errors.New("the list of Easyship has other shipments than those asked for")
		}
		if !s.nothing() {
			id = s.ID
		}
	}
	if id == "" {
		return account.Recovered{Found: account.Nothing}, nil
	}
	there, err := c.get(ctx, id)
	if err != nil {
		return account.Recovered{}, err
	}
	p, err := c.purchase(ctx, there, a.Ref)
	if errors.Is(err, errUnready) {
		return account.Recovered{Found: account.Pending}, nil
	}
	return account.Recovered{Found: account.Bought, Purchase: p}, err
}

func (c *Client) get(ctx context.Context, id string) (shipment, error) {
	var got struct {
		Shipment shipment `json:"shipment"`
	}
	err := said(c.ask.JSON(ctx, web.Request{Path: "/shipments/" + url.PathEscape(id)}, &got))
	if err == nil && got.Shipment.ID != id {
		err = errors.New("the answer of Easyship is of another shipment")
	}
	return got.Shipment, err
}

// Void cancels a shipment. One that cannot be cancelled may have been before.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	var got struct {
		Success *struct{} `json:"success"`
	}
	err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments/" + url.PathEscape(p.ID) + "/cancel", Once: true}, &got))
	var refused *account.Refused
	if err != nil && !errors.As(err, &refused) {
		return "", err
	}
	if err == nil && got.Success != nil {
		return account.RefundAsked, nil
	}
	there, again := c.get(ctx, p.ID)
	switch {
	case again != nil:
		return "", fmt.Errorf("it is not known whether the label was taken back: %v", again)
	case there.State == "cancelled":
		return account.RefundAsked, nil
	case refused != nil:
		refused.Why = account.TooLate
		return "", refused
	}
	return "", errors.New("the answer of Easyship does not say whether the label was taken back")
}

// Manifest closes out the shipments of a courier. Easyship leaves out in silence what is
// not of the account; a courier may want no manifest, which is a refusal.
func (c *Client) Manifest(ctx context.Context, _ string, _ time.Time, parcels []account.Purchase) (account.Manifest, error) {
	var out account.Manifest
	var ids []string
	for _, p := range parcels {
		if p.Ask["courier"] != parcels[0].Ask["courier"] || p.Ask["courier"] == "" {
			out.Unknown = append(out.Unknown, p.Tracking) // another account with the courier
			continue
		}
		ids = append(ids, p.ID)
	}
	if len(ids) == 0 {
		return out, no(account.Other, "", "Easyship did not say which courier has the parcels")
	}
	var got struct {
		Manifest struct {
			ID       string   `json:"id"`
			Document document `json:"document"`
		} `json:"manifest"`
	}
	body := object{"courier_id": parcels[0].Ask["courier"], "shipment_ids": ids}
	once := http.Header{"Idempotency-Key": {rand.Text()}}
	if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/manifests", Header: once, Body: body, Once: true}, &got)); err != nil {
		return account.Manifest{}, err
	}
	if out.ID = got.Manifest.ID; out.ID == "" {
		return out, errors.New("the answer of Easyship names no manifest")
	}
	papers, err := c.read(ctx, got.Manifest.Document)
	out.Pending = err != nil || len(papers) == 0
	for _, p := range papers {
		p.Kind = "manifest"
		out.Papers = append(out.Papers, p)
	}
	return out, nil
}

var states = map[string]account.State{
	"info_received": account.PreTransit, "in_transit_to_customer": account.InTransit, "out_for_delivery": account.OutFor, "delivered": account.Delivered,
	"failed_attempt": account.Exception, "exception": account.Exception, "lost_by_courier": account.Exception, "returned_to_shipper": account.Returning,
	"cancelled": account.Cancelled, "not_created": account.PreTransit,
}

// Track says where a parcel is, without its single events.
func (c *Client) Track(ctx context.Context, p account.Purchase) (account.Tracking, error) {
	there, err := c.get(ctx, p.ID)
	if err != nil {
		return account.Tracking{}, err
	}
	if s, ok := states[there.Way]; ok {
		return account.Tracking{State: s}, nil
	}
	return account.Tracking{State: account.Unknown}, nil
}
