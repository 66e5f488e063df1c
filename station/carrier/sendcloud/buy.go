package sendcloud

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	shipment struct {
		ID        wire.Text `json:"id"`
		External  wire.Text `json:"external_reference_id"`
		Reference wire.Text `json:"reference"`
		Parcels   []parcel  `json:"parcels"`
		Errors    []failure `json:"errors"`
		Carrier   named     `json:"carrier"`
	}
	parcel struct {
		ID     wire.Text `json:"id"`
		Status struct {
			Code    string    `json:"code"`
			Message wire.Text `json:"message"`
		} `json:"status"`
		Tracking  wire.Text `json:"tracking_number"`
		Label     string    `json:"label_file"`
		Documents []struct {
			Type string `json:"type"`
		} `json:"documents"`
	}
)

// address is one as Sendcloud wants it: the number of the house by itself where it is
// clear, the state with its country.
func address(a station.Address) object {
	street, number := account.House(a.Street)
	if number == "" {
		street = a.Street
	}
	region := strings.ToUpper(strings.TrimSpace(a.Region))
	if region != "" && len(region) <= 3 {
		region = a.Country + "-" + region
	}
	o := object{
		"name": cmp.Or(a.Name, a.Company), "company_name": a.Company, "address_line_1": street, "house_number": number, "address_line_2": a.Street2,
		"postal_code": a.Postcode, "city": a.City, "country_code": a.Country, "state_province_code": region, "email": a.Email, "phone_number": a.Phone,
	}
	for key, value := range o {
		if value == "" {
			delete(o, key)
		}
	}
	return o
}

func measures(s account.Shipment) object {
	o := object{"weight": object{"value": string(account.Kilograms(s.Mass, 3)), "unit": "kg"}}
	if !s.Size.IsZero() {
		o["dimensions"] = object{
			"length": string(account.Centimetres(s.Size.Length, 2)), "width": string(account.Centimetres(s.Size.Width, 2)),
			"height": string(account.Centimetres(s.Size.Depth, 2)), "unit": "cm",
		}
	}
	return o
}

// order is what is announced.
func order(s account.Shipment, q account.Quote) (object, error) {
	err := account.Fits(
		account.Field{Name: "name", Text: s.To.Name + s.To.Company, Needed: true}, account.Field{Name: "street", Text: s.To.Street, Needed: true},
		account.Field{Name: "city", Text: s.To.City, Needed: true}, account.Field{Name: "state", Text: s.To.Region, Needed: s.To.Country == "US" || s.To.Country == "CA"},
	)
	if err != nil {
		return nil, err
	}
	box := measures(s)
	with := object{"shipping_option_code": q.Service}
	if id, err := strconv.Atoi(q.Ask["contract"]); err == nil && id > 0 {
		with["contract_id"] = id
	}
	label := object{"mime_type": "application/pdf", "dpi": 300}
	if s.Label.DPI == 203 {
		label["dpi"] = 203
	}
	if s.Label.ZPL {
		label = object{"mime_type": "application/zpl"}
	}
	body := object{
		"external_reference_id": s.Ref, "reference": s.Ref, "order_number": s.Number, "label_details": label,
		"ship_with":    object{"type": "shipping_option_code", "properties": with},
		"from_address": address(s.From), "to_address": address(s.To), "parcels": []object{box},
	}
	if s.Value.Minor > 0 {
		body["total_order_price"] = price(s.Value)
	}
	if s.Extras.Insure.Minor > 0 {
		box["additional_insured_price"] = price(s.Extras.Insure)
	}
	if !s.Border {
		return body, nil
	}
	return body, customs(s, body, box)
}

// Buy announces a shipment. A reference that is there already is the same purchase.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	if s.Test {
		return account.Purchase{}, &account.Refused{Why: account.NotSet, Say: "Sendcloud has no samples: switch them off for this account"}
	}
	body, err := order(s, q)
	if err != nil {
		return account.Purchase{}, err
	}
	var made struct {
		Data shipment `json:"data"`
	}
	err = c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments/announce", Body: body, Once: true}, &made)
	var status *web.Status
	if errors.As(err, &status) && status.Status == http.StatusConflict {
		return c.there(ctx, s, q)
	}
	if err != nil {
		return account.Purchase{}, said(err)
	}
	if !made.Data.of(s.Ref) {
		return account.Purchase{}, errors.New("the answer of Sendcloud is about another shipment")
	}
	return c.announced(ctx, made.Data, q, s.Label)
}

// there is the purchase that has the reference already.
func (c *Client) there(ctx context.Context, s account.Shipment, q account.Quote) (account.Purchase, error) {
	found, ok, err := c.find(ctx, s.Ref)
	if err != nil || !ok {
		return account.Purchase{}, fmt.Errorf("the reference is known to Sendcloud, and its shipment is not shown: %v", err) // not that nothing was done
	}
	return c.announced(ctx, found, q, s.Label)
}

// of reports whether a shipment is the one of a reference.
func (s shipment) of(ref string) bool { return string(s.External) == ref || string(s.Reference) == ref }

// announced says what came of an announcement.
func (c *Client) announced(ctx context.Context, s shipment, q account.Quote, form account.Form) (account.Purchase, error) {
	if len(s.Parcels) != 1 {
		return account.Purchase{}, errors.New("the answer of Sendcloud has not the one parcel that was announced")
	}
	switch state(s.Parcels[0].Status.Code) {
	case account.Nothing:
		no := &account.Refused{Why: account.Other, Say: wire.Clean(string(s.Parcels[0].Status.Message), 200)}
		if len(s.Errors) > 0 {
			no = refused(s.Errors, 0)
		}
		no.Spent = true
		return account.Purchase{}, no
	case account.Pending:
		return account.Purchase{}, errors.New("the carrier's answer has not come to Sendcloud yet")
	}
	return c.purchase(ctx, s, q, form)
}

// state is what a status says of a purchase.
func state(code string) account.Found {
	switch code {
	case "ANNOUNCEMENT_FAILED", "CANCELLED", "CANCELLATION_REQUESTED", "SUBMITTING_CANCELLATION_REQUEST":
		return account.Nothing
	case "", "ANNOUNCING", "READY_TO_ANNOUNCE", "NO_LABEL", "UNKNOWN_STATUS":
		return account.Pending
	}
	return account.Bought
}

// purchase is a shipment with its number and its papers.
func (c *Client) purchase(ctx context.Context, s shipment, q account.Quote, form account.Form) (account.Purchase, error) {
	box := s.Parcels[0]
	p := account.Purchase{
		ID: string(s.ID), Tracking: strings.TrimSpace(string(box.Tracking)), Carrier: cmp.Or(account.Slug(s.Carrier.Code), q.Carrier),
		Ask: map[string]string{"parcel": string(box.ID)},
	}
	if p.ID == "" || p.Tracking == "" || box.ID == "" {
		return account.Purchase{}, errors.New("it is announced at Sendcloud, and has no number yet")
	}
	kind := "application/pdf"
	if form.ZPL {
		kind = "application/zpl"
	}
	if data, err := base64.StdEncoding.DecodeString(box.Label); err == nil && is(kind, data) {
		p.Papers = append(p.Papers, account.Paper{Kind: "label", Type: kind, Data: data})
	} else {
		data, err := c.document(ctx, p.Ask["parcel"], "label", kind)
		if err != nil {
			return p, fmt.Errorf("the label is bought, and cannot be had yet: %v", err) // it is no error that says nothing was done
		}
		p.Papers = append(p.Papers, account.Paper{Kind: "label", Type: kind, Data: data})
	}
	for _, d := range box.Documents {
		if d.Type == "label" || d.Type == "" || d.Type == "qr" {
			continue
		}
		data, err := c.document(ctx, p.Ask["parcel"], d.Type, "application/pdf")
		if err != nil {
			p.Warnings = append(p.Warnings, "the paper "+wire.Clean(d.Type, 40)+" could not be fetched")
			continue
		}
		p.Papers = append(p.Papers, account.Paper{Kind: "customs", Type: "application/pdf", Data: data})
	}
	return p, nil
}

// is reports whether a file is of a type: a carrier that prints ZPL by itself gives
// nothing else once it was asked for it.
func is(kind string, data []byte) bool {
	if kind == "application/zpl" {
		return bytes.Contains(data, []byte("^XA"))
	}
	return bytes.HasPrefix(data, []byte("%PDF"))
}

func (c *Client) document(ctx context.Context, parcel, name, kind string) ([]byte, error) {
	a, err := c.ask.Send(ctx, web.Request{Path: path("parcels", parcel, "documents", name), Header: http.Header{"Accept": {kind}}})
	if err != nil {
		return nil, err
	}
	if !is(kind, a.Body) {
		return nil, errors.New("the file is of another kind")
	}
	return a.Body, nil
}

// find looks for the shipment of a reference.
func (c *Client) find(ctx context.Context, ref string) (found shipment, ok bool, err error) {
	var list struct {
		Data []shipment `json:"data"`
	}
	err = c.ask.JSON(ctx, web.Request{Path: "/shipments", Query: url.Values{"external_reference_id": {ref}}}, &list)
	var status *web.Status
	if errors.As(err, &status) && status.Status == http.StatusNotFound {
		return shipment{}, false, nil
	}
	if err != nil {
		return shipment{}, false, said(err)
	}
	if list.Data == nil {
		return shipment{}, false, errors.New("the answer of Sendcloud has no list of shipments")
	}
	for _, s := range list.Data {
		if s.of(ref) {
			return s, true, nil
		}
	}
	if len(list.Data) > 0 {
		return shipment{}, false, errors.New("the answer of Sendcloud is about other shipments")
	}
	return shipment{}, false, nil
}

// Recover looks for the shipment of the reference.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	found, ok, err := c.find(ctx, a.Ref)
	if err != nil || !ok {
		return account.Recovered{Found: account.Nothing}, err
	}
	if len(found.Parcels) != 1 {
		return account.Recovered{}, errors.New("the answer of Sendcloud has not the one parcel that was announced")
	}
	is := state(found.Parcels[0].Status.Code)
	if is != account.Bought {
		return account.Recovered{Found: is}, nil
	}
	p, err := c.purchase(ctx, found, a.Quote, a.Label)
	return account.Recovered{Found: account.Bought, Purchase: p}, err
}

// Void cancels a shipment.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	if p.ID == "" {
		return "", &account.Refused{Why: account.Other, Say: "it is not known which shipment it is"}
	}
	a, err := c.buy.Send(ctx, web.Request{Method: http.MethodPost, Path: path("shipments", p.ID, "cancel"), Once: true})
	var done struct {
		Data struct {
			Status wire.Text `json:"status"`
		} `json:"data"`
	}
	var status *web.Status
	switch {
	case err == nil && a.Status == http.StatusAccepted:
		return account.RefundAsked, nil
	case err == nil && a.Status == http.StatusOK && json.Unmarshal(a.Body, &done) == nil && done.Data.Status != "":
		return account.RefundDone, nil
	case err == nil:
		return "", errors.New("the answer of Sendcloud to a cancellation cannot be read")
	case errors.As(err, &status) && status.Status == http.StatusConflict:
		return c.cancelled(ctx, p)
	case errors.As(err, &status) && status.Status == http.StatusNotFound:
		return account.RefundDone, nil
	}
	return "", said(err)
}

// cancelled tells a shipment that was cancelled before from one that cannot be any more.
func (c *Client) cancelled(ctx context.Context, p account.Purchase) (account.Refund, error) {
	var there struct {
		Data shipment `json:"data"`
	}
	if err := c.ask.JSON(ctx, web.Request{Path: path("shipments", p.ID)}, &there); err != nil {
		return "", said(err)
	}
	if string(there.Data.ID) != p.ID || len(there.Data.Parcels) != 1 {
		return "", errors.New("the answer of Sendcloud is about another shipment")
	}
	switch box := there.Data.Parcels[0].Status; box.Code {
	case "CANCELLED":
		return account.RefundDone, nil
	case "CANCELLATION_REQUESTED", "SUBMITTING_CANCELLATION_REQUEST":
		return account.RefundAsked, nil
	default:
		return "", &account.Refused{Why: account.TooLate, Say: "Sendcloud cannot cancel it any more: " + wire.Clean(string(box.Message), 100)}
	}
}

var states = map[string]account.State{
	"announced": account.PreTransit, "ready-to-send": account.PreTransit, "accepted": account.Accepted, "picked-up": account.Accepted,
	"in-transit": account.InTransit, "sorted": account.InTransit, "out-for-delivery": account.OutFor, "delivered": account.Delivered,
	"awaiting-customer-pickup": account.Pickup, "delivery-failed": account.Exception, "exception": account.Exception,
	"returned-to-sender": account.Returning, "cancelled": account.Cancelled,
}

// Track asks for a parcel's events.
func (c *Client) Track(ctx context.Context, p account.Purchase) (out account.Tracking, err error) {
	var t struct {
		Details struct {
			Expected wire.Text `json:"expected_delivery_date"`
		} `json:"details"`
		Events []struct {
			At     time.Time `json:"event_at"`
			Status string    `json:"status_code"`
			Sub    wire.Text `json:"sub_status_code"`
			Text   wire.Text `json:"status_description"`
		} `json:"events"`
	}
	if err := c.ask.JSON(ctx, web.Request{Path: path("parcels", "tracking", p.Tracking)}, &t); err != nil {
		return out, said(err)
	}
	out.State = account.Unknown
	for _, e := range t.Events {
		state, known := states[strings.ReplaceAll(strings.ToLower(e.Status), "_", "-")]
		if !known {
			state = account.Unknown
		}
		out.Events = append(out.Events, account.Event{At: e.At, State: state, Raw: wire.Clean(e.Status+" "+string(e.Sub), 80), Text: wire.Clean(string(e.Text), 200)})
		if e.At.After(out.At) {
			out.At, out.State = e.At, state
		}
	}
	if day, err := time.Parse(time.DateOnly, string(t.Details.Expected)); err == nil {
		out.Promised = day
	}
	return out, nil
}
