package usps

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// sender is where a parcel comes from, as a SCAN form has it: it is kept with the price, as
// a label that is found again does not tell it.
func sender(s account.Shipment) (string, error) {
	from, err := address(s.From)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(from)
	return string(text), err
}

// Manifest makes a SCAN form of labels, for the day of the van. A label is on one form
// only: made twice, the second is refused.
func (c *Client) Manifest(ctx context.Context, _ string, day time.Time, parcels []account.Purchase) (account.Manifest, error) {
	if len(parcels) == 0 {
		return account.Manifest{}, &account.Refused{Why: account.Other, Say: "there is no label for a SCAN form"}
	}
	numbers, other, text := []string{}, false, ""
	date := day.In(c.zone).Format(time.DateOnly)
	for _, p := range parcels {
		numbers = append(numbers, p.Tracking)
		other = other || p.Ask["day"] != date
		text = cmp.Or(text, p.Ask["from"]) // they are all of one
	}
	var from object
	if err := json.Unmarshal([]byte(text), &from); err != nil {
		return account.Manifest{}, &account.Refused{Why: account.NotSet, Say: "the sender of " + parcels[0].Tracking + " is not known"}
	}
	a, err := c.buy.Send(ctx, web.Request{
		Method: http.MethodPost, Path: "/scan-forms/v3/scan-form", Once: true,
		Body: object{
			"imageInfo": object{"imageType": "PDF", "labelType": "8.5X11LABEL"}, "mailingDate": date, "overwriteMailingDate": other,
			"entryFacilityZIPCode": from["ZIPCode"], "destinationEntryFacilityType": "NONE",
			"shipment": object{"trackingNumbers": numbers}, "fromAddress": from,
		},
	})
	if err != nil {
		return account.Manifest{}, said(err)
	}
	all, err := parts(a)
	if err != nil {
		return account.Manifest{}, err
	}
	var form struct {
		Number  wire.Text `json:"manifestNumber"`
		Numbers []string  `json:"trackingNumbers"`
	}
	if json.Unmarshal(all["SCANFormMetaData"], &form) != nil || form.Number == "" {
		return account.Manifest{}, errors.New("USPS's answer has no number of a SCAN form")
	}
	m := account.Manifest{ID: string(form.Number)}
	on := map[string]bool{}
	for _, n := range form.Numbers {
		on[n] = true
	}
	for _, n := range numbers {
		if !on[n] {
			m.Unknown = append(m.Unknown, n)
		}
	}
	page, err := account.Coded(string(all["SCANFormImage"]), account.Form{})
	if err != nil {
		return m, err
	}
	page.Kind = "manifest"
	m.Papers = []account.Paper{page}
	return m, nil
}

// categories are USPS's words for where a parcel is, by how they begin.
var categories = []struct {
	word  string
	state account.State
}{
	{"pre-shipment", account.PreTransit},
	{"accepted", account.Accepted},
	{"in transit", account.InTransit},
	{"moving", account.InTransit},
	{"out for delivery", account.OutFor},
	{"delivered", account.Delivered},
	{"available for pickup", account.Pickup},
	{"delivery attempt", account.Exception},
	{"alert", account.Exception},
	{"return", account.Returning},
	{"label cancelled", account.Cancelled},
}

// codes are USPS's numbers of events.
var codes = map[wire.Text]account.State{
	"GX": account.PreTransit, "MA": account.PreTransit, "TM": account.PreTransit, "03": account.Accepted, "OA": account.Accepted, "SF": account.Accepted,
	"07": account.InTransit, "10": account.InTransit, "A1": account.InTransit, "L1": account.InTransit, "T1": account.InTransit, "NT": account.InTransit,
	"OF": account.OutFor, "01": account.Delivered, "14": account.Pickup, "16": account.Pickup, "02": account.Exception, "04": account.Exception,
	"05": account.Exception, "52": account.Exception, "09": account.Returning, "21": account.Returning, "29": account.Returning,
}

func stateOf(category wire.Text) account.State {
	for _, c := range categories {
		if strings.HasPrefix(strings.ToLower(string(category)), c.word) {
			return c.state
		}
	}
	return account.Unknown
}

// Track asks where a parcel is.
func (c *Client) Track(ctx context.Context, p account.Purchase) (account.Tracking, error) {
	var got struct {
		Category wire.Text `json:"statusCategory"`
		Expected wire.Text `json:"expectedDeliveryTimeStamp"`
		Events   []struct {
			Type    wire.Text `json:"eventType"`
			Code    wire.Text `json:"eventCode"`
			GMT     wire.Text `json:"GMTTimestamp"`
			Local   wire.Text `json:"eventTimestamp"`
			City    wire.Text `json:"eventCity"`
			State   wire.Text `json:"eventState"`
			Country wire.Text `json:"eventCountry"`
		} `json:"trackingEvents"`
	}
	err := c.ask.JSON(ctx, web.Request{Path: "/tracking/v3/tracking/" + url.PathEscape(p.Tracking), Query: url.Values{"expand": {"DETAIL"}}}, &got)
	if err != nil {
		return account.Tracking{}, said(err)
	}
	out := account.Tracking{State: stateOf(got.Category), Promised: c.at(got.Expected, "")}
	for _, e := range got.Events {
		state, known := codes[e.Code]
		if !known {
			state = account.Unknown
		}
		one := account.Event{
			At: c.at(e.GMT, e.Local), State: state, Raw: wire.Clean(string(e.Code), 20), Text: wire.Clean(string(e.Type), 200),
			Place: wire.Clean(string(e.City)+" "+string(e.State)+" "+string(e.Country), 80),
		}
		if out.Events = append(out.Events, one); one.At.After(out.At) {
			out.At = one.At
		}
	}
	return out, nil
}

// at reads the time of Greenwich, or else that of the place without its zone.
func (c *Client) at(gmt, local wire.Text) time.Time {
	if t, err := time.Parse(time.RFC3339, string(gmt)); err == nil {
		return t
	}
	for _, text := range []wire.Text{gmt, local} {
		if t, err := time.ParseInLocation("2006-01-02T15:04:05", string(text), c.zone); err == nil {
			return t
		}
	}
	return time.Time{}
}

// CheckAddress asks for the form of an address that USPS delivers to.
func (c *Client) CheckAddress(ctx context.Context, a station.Address) (account.AddressCheck, error) {
	if !national(a) {
		return account.AddressCheck{}, &account.Refused{Why: account.BadAddress, Field: "country", Say: "USPS checks addresses of the United States only"}
	}
	var got struct {
		Raw  map[string]wire.Text `json:"address"`
		Info map[string]wire.Text `json:"additionalInfo"`
	}
	a = stated(a)
	query := url.Values{"streetAddress": {a.Street}, "city": {a.City}, "state": {a.Region}, "ZIPCode": {zip(a)}}
	if a.Street2 != "" {
		query.Set("secondaryAddress", a.Street2)
	}
	err := said(c.ask.JSON(ctx, web.Request{Path: "/addresses/v3/address", Query: query}, &got))
	var no *account.Refused
	switch {
	case errors.As(err, &no):
		return account.AddressCheck{Say: no.Say}, nil
	case err != nil:
		return account.AddressCheck{}, err
	}
	out := account.AddressCheck{OK: got.Info["DPVConfirmation"] == "Y", Meant: a}
	switch got.Info["DPVConfirmation"] {
	case "Y":
	case "D", "S":
		out.Say = "the number of the flat or suite is missing, or not known"
	default:
		out.Say = "USPS delivers nothing to this address"
	}
	m := &out.Meant
	m.Street, m.Street2, m.City, m.Region = string(got.Raw["streetAddress"]), string(got.Raw["secondaryAddress"]), string(got.Raw["city"]), string(got.Raw["state"])
	if m.Postcode = string(got.Raw["ZIPCode"]); got.Raw["ZIPPlus4"] != "" {
		m.Postcode += "-" + string(got.Raw["ZIPPlus4"])
	}
	if business := got.Info["business"]; business != "" {
		out.Known, out.Private = true, business == "N"
	}
	return out, nil
}
