package easypost

import (
	"context"
	"errors"
	"net/http"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Manifest makes a scan form of shipments of one carrier.
func (c *Client) Manifest(ctx context.Context, _ string, _ time.Time, parcels []account.Purchase) (account.Manifest, error) {
	ids := []object{}
	for _, p := range parcels {
		ids = append(ids, object{"id": p.ID})
	}
	var form struct {
		ID       string    `json:"id"`
		Status   string    `json:"status"`
		Message  wire.Text `json:"message"`
		URL      string    `json:"form_url"`
		Tracking []string  `json:"tracking_codes"`
	}
	err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/scan_forms", Body: object{"shipments": ids}, Once: true}, &form))
	if err != nil {
		return account.Manifest{}, err
	}
	if form.Status == "failed" {
		return account.Manifest{}, &account.Refused{Why: account.Other, Say: wire.Clean(string(form.Message), 200)}
	}
	if form.ID == "" {
		return account.Manifest{}, errors.New("the answer of EasyPost names no scan form")
	}
	m := account.Manifest{ID: form.ID, Pending: form.URL == ""}
	on := map[string]bool{}
	for _, t := range form.Tracking {
		on[t] = true
	}
	for _, p := range parcels {
		if !on[p.Tracking] {
			m.Unknown = append(m.Unknown, p.Tracking)
		}
	}
	if form.URL != "" {
		a, err := c.ask.Fetch(ctx, form.URL)
		if err != nil {
			m.Pending = true
			return m, nil
		}
		m.Papers = []account.Paper{{Kind: "manifest", Type: account.PDF, Data: a.Body}}
	}
	return m, nil
}

var states = map[string]account.State{
	"pre_transit": account.PreTransit, "in_transit": account.InTransit, "out_for_delivery": account.OutFor, "delivered": account.Delivered,
	"available_for_pickup": account.Pickup, "return_to_sender": account.Returning, "failure": account.Exception, "error": account.Exception,
	"cancelled": account.Cancelled,
}

func stateOf(word string) account.State {
	if s, ok := states[word]; ok {
		return s
	}
	return account.Unknown
}

// Track makes a tracker, or finds the one that there is.
func (c *Client) Track(ctx context.Context, p account.Purchase) (account.Tracking, error) {
	var t struct {
		Status  string    `json:"status"`
		Est     wire.Text `json:"est_delivery_date"`
		Details []struct {
			Message  wire.Text `json:"message"`
			Status   string    `json:"status"`
			Detail   wire.Text `json:"status_detail"`
			At       time.Time `json:"datetime"`
			Location struct {
				City    wire.Text `json:"city"`
				Country wire.Text `json:"country"`
			} `json:"tracking_location"`
		} `json:"tracking_details"`
	}
	body := object{"tracker": object{"tracking_code": p.Tracking}}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/trackers", Body: body, Asks: true}, &t)); err != nil {
		return account.Tracking{}, err
	}
	out := account.Tracking{State: stateOf(t.Status)}
	if at, err := time.Parse(time.RFC3339, string(t.Est)); err == nil {
		out.Promised = at
	}
	for _, d := range t.Details {
		out.Events = append(out.Events, account.Event{
			At: d.At, State: stateOf(d.Status), Raw: wire.Clean(d.Status+" "+string(d.Detail), 80), Text: wire.Clean(string(d.Message), 200),
			Place: wire.Clean(string(d.Location.City)+" "+string(d.Location.Country), 80),
		})
		if d.At.After(out.At) {
			out.At = d.At
		}
	}
	return out, nil
}

// CheckAddress has EasyPost verify an address.
func (c *Client) CheckAddress(ctx context.Context, a station.Address) (account.AddressCheck, error) {
	var got struct {
		Street1, Street2, City, State, Zip, Country string
		Residential                                 *bool
		Verifications                               struct {
			Delivery struct {
				Success bool
				Errors  []struct{ Message wire.Text }
			}
		}
	}
	body := object{"address": address(a), "verify": true}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/addresses", Body: body, Asks: true}, &got)); err != nil {
		var no *account.Refused
		if errors.As(err, &no) && no.Why == account.BadAddress {
			return account.AddressCheck{Say: no.Say}, nil
		}
		return account.AddressCheck{}, err
	}
	out := account.AddressCheck{OK: got.Verifications.Delivery.Success}
	for _, e := range got.Verifications.Delivery.Errors {
		out.Say = wire.Clean(string(e.Message), 200)
		break
	}
	if out.OK {
		out.Meant = a
		out.Meant.Street, out.Meant.Street2, out.Meant.City, out.Meant.Region, out.Meant.Postcode = got.Street1, got.Street2, got.City, got.State, got.Zip
	}
	if got.Residential != nil {
		out.Known, out.Private = true, *got.Residential
	}
	return out, nil
}
