package shipengine

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	object = map[string]any
	money  struct {
		Currency string    `json:"currency"`
		Amount   wire.Text `json:"amount"`
	}
	label struct {
		ID       string     `json:"label_id"`
		Shipment string     `json:"shipment_id"`
		External wire.Text  `json:"external_shipment_id"`
		Status   string     `json:"status"`
		Voided   bool       `json:"voided"`
		Refund   wire.Text  `json:"refund_status"`
		Tracking wire.Text  `json:"tracking_number"`
		Code     string     `json:"carrier_code"`
		Cost     money      `json:"shipment_cost"`
		Insured  money      `json:"insurance_cost"`
		Download *documents `json:"label_download"`
		Form     *documents `json:"form_download"`
	}
	documents struct {
		Href wire.Text `json:"href"`
		PDF  wire.Text `json:"pdf"`
		ZPL  wire.Text `json:"zpl"`
	}
)

// live reports whether a label stands: paid, or being made.
func (l label) live() bool {
	return l.ID != "" && !l.Voided && l.Status != "voided" && l.Status != "error"
}

// Buy buys a label under its reference.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	body, err := c.shipment(s)
	if err != nil {
		return account.Purchase{}, err
	}
	body["carrier_id"], body["service_code"], body["external_shipment_id"] = q.Ask["carrier"], q.Service, s.Ref
	wish := object{"label_format": "pdf", "label_layout": "4x6", "label_download_type": "inline", "validate_address": "no_validation", "test_label": s.Test || c.test}
	if s.Label.ZPL {
		wish["label_format"] = "zpl"
	}
	if s.Label.A6 {
		wish["label_layout"] = "A6"
	}
	var sold label
	wish["shipment"] = body
	err = c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/labels", Body: wish, Once: true}, &sold)
	if taken(err) { // nothing was bought by this call
		var id string
		if id, err = c.left(ctx, s.Ref); err == nil {
			delete(wish, "shipment")
			err = c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: path("labels", "shipment", id), Body: wish, Once: true}, &sold)
		}
	}
	if err != nil {
		return account.Purchase{}, said(err)
	}
	if !sold.live() {
		return account.Purchase{}, fmt.Errorf("%s answered with a label that is %q", c.who, wire.Clean(sold.Status, 40))
	}
	return c.purchase(ctx, sold, s.Ref, s.Label)
}

// left returns the shipment that a refused purchase left behind under its reference. One
// that has a label is not touched: whoever bought it asks what became of it.
func (c *Client) left(ctx context.Context, ref string) (string, error) {
	_, there, err := c.find(ctx, ref)
	if err != nil {
		return "", err
	}
	if there {
		return "", errors.New("a label was bought under this reference before")
	}
	var one struct {
		ID       string    `json:"shipment_id"`
		External wire.Text `json:"external_shipment_id"`
	}
	if err := c.ask.JSON(ctx, web.Request{Path: path("shipments", "external_shipment_id", ref)}, &one); err != nil {
		return "", err
	}
	if one.ID == "" || string(one.External) != ref {
		return "", errors.New(c.who + " answered with another shipment")
	}
	return one.ID, nil
}

// find returns the label that stands under a reference. The interface shows the first
// that was made; where that one is dead, a later one of its shipment may stand.
func (c *Client) find(ctx context.Context, ref string) (found label, there bool, err error) {
	inline := url.Values{"label_download_type": {"inline"}}
	err = c.ask.JSON(ctx, web.Request{Path: path("labels", "external_shipment_id", ref), Query: inline}, &found)
	switch {
	case missing(err):
		return label{}, false, nil
	case err != nil:
		return label{}, false, said(err)
	case found.ID == "" || found.External != "" && string(found.External) != ref:
		return label{}, false, errors.New(c.who + " answered with another label")
	case found.live():
		return found, true, nil
	}
	var all struct {
		Labels []label `json:"labels"`
	}
	if err = said(c.ask.JSON(ctx, web.Request{Path: "/labels", Query: url.Values{"shipment_id": {found.Shipment}}}, &all)); err != nil {
		return label{}, false, err
	}
	for _, l := range all.Labels {
		if l.live() && l.Shipment == found.Shipment {
			return l, true, nil
		}
	}
	return label{}, false, nil
}

// placeholder is the tracking number of samples.
const placeholder = "9999999999999"

// purchase makes a purchase of a label that was bought.
func (c *Client) purchase(ctx context.Context, sold label, ref string, form account.Form) (account.Purchase, error) {
	p := account.Purchase{
		ID: sold.ID, Shipment: sold.Shipment, Tracking: string(sold.Tracking), Carrier: account.Slug(sold.Code),
		Sample: c.test || strings.HasPrefix(sold.ID, "se-test-"),
	}
	switch {
	case sold.External != "" && string(sold.External) != ref:
		return p, errors.New(c.who + " answered with another label")
	case p.Tracking == "" || p.Tracking == placeholder && !p.Sample, sold.Download == nil:
		return p, errUnready
	}
	if m, err := account.Amount(string(sold.Cost.Amount), sold.Cost.Currency); err == nil && m.Minor > 0 {
		if more, err := account.Amount(string(sold.Insured.Amount), sold.Insured.Currency); err == nil && more.Currency == m.Currency {
			m.Minor += more.Minor
		}
		p.Charged = m
	}
	from := string(sold.Download.PDF)
	if form.ZPL {
		from = string(sold.Download.ZPL)
	}
	if from == "" {
		from = string(sold.Download.Href)
	}
	data, err := c.fetch(ctx, from)
	if err != nil {
		return p, fmt.Errorf("the label is bought, and cannot be had yet: %v", err) // it is no error that says nothing was done
	}
	paper, err := account.Label(data, form)
	if err != nil {
		return p, err
	}
	p.Papers = []account.Paper{paper}
	if sold.Form != nil && sold.Form.Href != "" {
		if data, err := c.fetch(ctx, string(sold.Form.Href)); err == nil {
			p.Papers = append(p.Papers, account.Paper{Kind: "customs", Type: "application/pdf", Data: data})
		} else {
			p.Warnings = append(p.Warnings, "the customs form could not be fetched")
		}
	}
	return p, nil
}

var errUnready = errors.New("the label is being made")

// fetch reads a document, which stands in the answer or is named by it.
func (c *Client) fetch(ctx context.Context, from string) ([]byte, error) {
	if head, data, inline := strings.Cut(from, ","); inline && strings.HasPrefix(head, "data:") && strings.HasSuffix(head, ";base64") {
		return base64.StdEncoding.DecodeString(data)
	}
	a, err := c.ask.Fetch(ctx, from)
	return a.Body, err
}

// Recover looks for the label of a reference.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	found, there, err := c.find(ctx, a.Ref)
	if err != nil {
		return account.Recovered{}, err
	}
	if !there {
		return account.Recovered{Found: account.Nothing}, nil
	}
	p, err := c.purchase(ctx, found, a.Ref, a.Label)
	if errors.Is(err, errUnready) {
		return account.Recovered{Found: account.Pending}, nil
	}
	return account.Recovered{Found: account.Bought, Purchase: p}, err
}

// Void gives a label back. The answer is a yes or no with status 200; what becomes of the
// money stands with the label.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	var got struct {
		Approved json.RawMessage `json:"approved"`
		Message  wire.Text       `json:"message"`
		Reason   string          `json:"reason_code"`
	}
	err := c.buy.JSON(ctx, web.Request{Method: http.MethodPut, Path: path("labels", p.ID, "void"), Once: true}, &got)
	switch {
	case missing(err):
		return account.RefundDone, nil
	case err != nil:
		return "", said(err)
	case string(got.Approved) == "true", got.Reason == "label_already_voided":
	case string(got.Approved) == "false":
		return "", &account.Refused{Why: account.TooLate, Say: wire.Clean(strings.TrimSpace(string(got.Message)+" "+got.Reason), 200)}
	default:
		return "", errors.New(c.who + " does not say whether the label was taken back")
	}
	var now label
	if err := c.ask.JSON(ctx, web.Request{Path: path("labels", p.ID)}, &now); err != nil {
		return account.RefundAsked, nil // it was taken back
	}
	switch now.Refund {
	case "approved":
		return account.RefundDone, nil
	case "excluded":
		return account.RefundNone, nil
	case "rejected":
		return account.RefundRefused, nil
	}
	return account.RefundAsked, nil
}
