package shipengine

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

// manifestMost is how many labels one manifest takes.
const manifestMost = 500

// Manifest closes out labels of one carrier. It may be made later: then its paper lacks.
func (c *Client) Manifest(ctx context.Context, _ string, _ time.Time, parcels []account.Purchase) (account.Manifest, error) {
	if len(parcels) > manifestMost {
		return account.Manifest{}, &account.Refused{Why: account.Other, Say: "a manifest takes 500 labels at most"}
	}
	ids := []string{}
	for _, p := range parcels {
		ids = append(ids, p.ID)
	}
	var got struct {
		Manifests []struct {
			ID       string     `json:"manifest_id"`
			Labels   []string   `json:"label_ids"`
			Download *documents `json:"manifest_download"`
		} `json:"manifests"`
		Requests []struct {
			ID     string `json:"manifest_request_id"`
			Status string `json:"status"`
		} `json:"manifest_requests"`
	}
	if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/manifests", Body: object{"label_ids": ids}, Once: true}, &got)); err != nil {
		return account.Manifest{}, err
	}
	var out account.Manifest
	for _, r := range got.Requests {
		out.ID = r.ID
		out.Pending = out.Pending || r.Status == "in_progress"
	}
	on := map[string]bool{}
	for _, m := range got.Manifests {
		out.ID = m.ID
		for _, id := range m.Labels {
			on[id] = true
		}
		if m.Download == nil || m.Download.Href == "" {
			out.Pending = true
			continue
		}
		data, err := c.fetch(ctx, string(m.Download.Href))
		if err != nil {
			out.Pending = true
			continue
		}
		out.Papers = append(out.Papers, account.Paper{Kind: "manifest", Type: "application/pdf", Data: data})
	}
	if out.ID == "" {
		return out, errors.New(c.who + " names no manifest")
	}
	for _, p := range parcels {
		if !on[p.ID] && !out.Pending {
			out.Unknown = append(out.Unknown, p.Tracking)
		}
	}
	return out, nil
}

var states = map[string]account.State{
	"AC": account.Accepted, "IT": account.InTransit, "DE": account.Delivered, "EX": account.Exception, "AT": account.Exception,
	"NY": account.PreTransit, "SP": account.Pickup,
}

func stateOf(code wire.Text) account.State {
	if s, ok := states[string(code)]; ok {
		return s
	}
	return account.Unknown
}

// Track asks where a parcel is.
func (c *Client) Track(ctx context.Context, p account.Purchase) (account.Tracking, error) {
	var t struct {
		Status wire.Text `json:"status_code"`
		Est    wire.Text `json:"estimated_delivery_date"`
		Events []struct {
			At     wire.Text `json:"occurred_at"`
			Status wire.Text `json:"status_code"`
			Code   wire.Text `json:"event_code"`
			Text   wire.Text `json:"description"`
			City   wire.Text `json:"city_locality"`
			Nation wire.Text `json:"country_code"`
		} `json:"events"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Path: path("labels", p.ID, "track")}, &t)); err != nil {
		return account.Tracking{}, err
	}
	out := account.Tracking{State: stateOf(t.Status)}
	if at, err := time.Parse(time.RFC3339, string(t.Est)); err == nil {
		out.Promised = at
	}
	for _, e := range t.Events {
		at, err := time.Parse(time.RFC3339, string(e.At))
		if err != nil {
			continue // when is not said
		}
		out.Events = append(out.Events, account.Event{
			At: at, State: stateOf(e.Status), Raw: wire.Clean(string(e.Status+" "+e.Code), 80), Text: wire.Clean(string(e.Text), 200),
			Place: wire.Clean(string(e.City+" "+e.Nation), 80),
		})
		if at.After(out.At) {
			out.At = at
		}
	}
	return out, nil
}

// CheckAddress has an address verified.
func (c *Client) CheckAddress(ctx context.Context, a station.Address) (account.AddressCheck, error) {
	var got []struct {
		Status string `json:"status"`
		Meant  *struct {
			Line1   string `json:"address_line1"`
			Line2   string `json:"address_line2"`
			City    string `json:"city_locality"`
			State   string `json:"state_province"`
			Code    string `json:"postal_code"`
			Private string `json:"address_residential_indicator"`
		} `json:"matched_address"`
		Messages []struct {
			Message wire.Text `json:"message"`
		} `json:"messages"`
	}
	body := []object{address(a)}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/addresses/validate", Body: body, Asks: true}, &got)); err != nil {
		return account.AddressCheck{}, err
	}
	if len(got) != 1 {
		return account.AddressCheck{}, errors.New(c.who + " did not check the address")
	}
	one := got[0]
	out := account.AddressCheck{OK: one.Status == "verified" || one.Status == "warning"}
	for _, m := range one.Messages {
		out.Say = wire.Clean(string(m.Message), 200)
		break
	}
	if m := one.Meant; m != nil {
		out.Meant = a
		out.Meant.Street, out.Meant.Street2, out.Meant.City, out.Meant.Region, out.Meant.Postcode = m.Line1, m.Line2, m.City, m.State, m.Code
		out.Known, out.Private = m.Private == "yes" || m.Private == "no", m.Private == "yes"
	}
	return out, nil
}
