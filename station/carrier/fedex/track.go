package fedex

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	tracked struct {
		Info struct {
			Number wire.Text `json:"trackingNumber"`
		} `json:"trackingNumberInfo"`
		Status struct {
			Derived wire.Text `json:"derivedCode"`
			Code    wire.Text `json:"code"`
		} `json:"latestStatusDetail"`
		Error *problem `json:"error"`
		Dates []struct {
			Type wire.Text `json:"type"`
			At   wire.Text `json:"dateTime"`
		} `json:"dateAndTimes"`
		Scans []struct {
			At       wire.Text `json:"date"`
			Code     wire.Text `json:"eventType"`
			Derived  wire.Text `json:"derivedStatusCode"`
			Text     wire.Text `json:"eventDescription"`
			Location struct {
				City    wire.Text `json:"city"`
				Country wire.Text `json:"countryCode"`
			} `json:"scanLocation"`
		} `json:"scanEvents"`
	}
	tracking struct {
		Output struct {
			Complete []struct {
				Results []tracked `json:"trackResults"`
			} `json:"completeTrackResults"`
		} `json:"output"`
	}
)

// missing are the codes that say that there is nothing. Others, as that there are several,
// do not.
var missing = []wire.Text{"TRACKING.REFERENCENUMBER.NOTFOUND", "TRACKING.TRACKINGNUMBER.NOTFOUND", "TRACKING.DATA.NOTFOUND"}

// find returns the numbers that tracking knows for a reference, those of cancelled labels
// left out, and whether it said in words that there are none.
func (c *Client) find(ctx context.Context, ref string, since time.Time) (found []string, none bool, err error) {
	today := c.clock().In(c.zone)
	from := since.In(c.zone).AddDate(0, 0, -1)
	if oldest := today.AddDate(0, 0, -29); from.Before(oldest) { // longer spans are refused
		from = oldest
	}
	var got tracking
	err = c.ask.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/track/v1/referencenumbers", Header: http.Header{"X-Locale": {"en_US"}}, Asks: true,
		Body: object{"includeDetailedScans": false, "referencesInformation": object{
			"type": "CUSTOMER_REFERENCE", "value": ref, "accountNumber": c.number,
			"shipDateBegin": from.Format(time.DateOnly), "shipDateEnd": today.Format(time.DateOnly), "shipDateEndDate": today.Format(time.DateOnly), // the manual has both names
		}},
	}, &got)
	if slices.Contains(missing, first(err).Code) {
		return nil, true, nil
	}
	if err != nil {
		return nil, false, said(err)
	}
	said := false // something, whatever it is
	for _, complete := range got.Output.Complete {
		for _, t := range complete.Results {
			said = true
			switch number := string(t.Info.Number); {
			case t.Error != nil && slices.Contains(missing, t.Error.Code):
			case t.Error != nil:
				return nil, false, errors.New("FedEx does not find the label, but does not say that there is none")
			case number == "":
				return nil, false, errors.New("FedEx found a label without a number")
			case stateOf(t.Status.Derived, t.Status.Code) != account.Cancelled && !slices.Contains(found, number):
				found = append(found, number)
			}
		}
	}
	return found, said && len(found) == 0, nil
}

// Recover looks for the number of a reference. The label is not shown again.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	found, none := []string{a.Tracking}, false
	if a.Tracking == "" {
		var err error
		if found, none, err = c.find(ctx, a.Ref, a.Since); err != nil {
			return account.Recovered{}, err
		}
	}
	switch {
	case len(found) == 1:
		return account.Recovered{Found: account.Bought, Purchase: account.Purchase{ID: found[0], Tracking: found[0], Carrier: "fedex"}}, nil
	case len(found) > 1:
		return account.Recovered{}, errors.New("FedEx has several labels with this reference: " + strings.Join(found, ", "))
	case none && a.Quote.Ask[shipDay] > c.clock().In(c.zone).Format(time.DateOnly): // days to come cannot be asked for
		return account.Recovered{Found: account.Pending}, nil
	case none && c.clock().Sub(a.Since) < 28*24*time.Hour:
		return account.Recovered{Found: account.Nothing}, nil
	}
	return account.Recovered{Found: account.Unsaid}, nil
}

// states are FedEx's letters for where a parcel is.
var states = map[wire.Text]account.State{
	"OC": account.PreTransit, "IN": account.PreTransit, "PU": account.Accepted, "PX": account.Accepted, "DO": account.Accepted,
	"IT": account.InTransit, "AR": account.InTransit, "DP": account.InTransit, "AF": account.InTransit, "FD": account.InTransit, "LO": account.InTransit,
	"CC": account.InTransit, "OD": account.OutFor, "DL": account.Delivered, "HL": account.Pickup, "HP": account.Pickup,
	"DE": account.Exception, "SE": account.Exception, "CD": account.Exception, "DY": account.Exception, "RS": account.Returning, "RT": account.Returning, "CA": account.Cancelled,
}

func stateOf(codes ...wire.Text) account.State {
	for _, code := range codes {
		if s, ok := states[code]; ok {
			return s
		}
	}
	return account.Unknown
}

// Track asks where a parcel is. A number is used again after some months; the newest that
// FedEx knows comes first.
func (c *Client) Track(ctx context.Context, p account.Purchase) (account.Tracking, error) {
	var got tracking
	err := c.ask.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/track/v1/trackingnumbers", Header: http.Header{"X-Locale": {"en_US"}}, Asks: true,
		Body: object{"includeDetailedScans": true, "trackingInfo": []object{{"trackingNumberInfo": object{"trackingNumber": p.Tracking}}}},
	}, &got)
	if err != nil {
		return account.Tracking{}, said(err)
	}
	out := account.Tracking{State: account.Unknown}
	for _, complete := range got.Output.Complete {
		for _, t := range complete.Results {
			if t.Error != nil {
				continue
			}
			out.State = stateOf(t.Status.Derived, t.Status.Code)
			for _, d := range t.Dates {
				if d.Type == "ESTIMATED_DELIVERY" {
					out.Promised = c.at(d.At)
				}
			}
			for _, scan := range t.Scans {
				e := account.Event{
					At: c.at(scan.At), State: stateOf(scan.Derived, scan.Code), Raw: wire.Clean(string(scan.Code), 20), Text: wire.Clean(string(scan.Text), 200),
					Place: wire.Clean(string(scan.Location.City)+" "+string(scan.Location.Country), 80),
				}
				if out.Events = append(out.Events, e); e.At.After(out.At) {
					out.At = e.At
				}
			}
			return out, nil
		}
	}
	return out, nil
}

func (c *Client) at(text wire.Text) time.Time {
	if t, err := time.Parse(time.RFC3339, string(text)); err == nil {
		return t
	}
	t, err := time.ParseInLocation("2006-01-02T15:04:05", string(text), c.zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Manifest closes the day for Ground. It is of the whole account: which parcels are in it
// is not said. Express needs none.
func (c *Client) Manifest(ctx context.Context, _ string, day time.Time, _ []account.Purchase) (account.Manifest, error) {
	var got struct {
		Output struct {
			Documents []struct {
				Cycle wire.Text `json:"shippingCycle"`
				Parts []struct {
					Image wire.Text `json:"image"`
				} `json:"parts"`
			} `json:"closeDocuments"`
		} `json:"output"`
	}
	date := day.In(c.zone).Format(time.DateOnly)
	err := c.buy.JSON(ctx, web.Request{
		Method: http.MethodPut, Path: "/ship/v1/endofday/", Header: http.Header{"X-Locale": {"en_US"}}, Once: true,
		Body: object{
			"closeReqType": "GCDR", "accountNumber": object{"value": c.number}, "groundServiceCategory": "GROUND", "closeDate": date,
			"closeDocumentSpecification": object{ // the list of the day is a text; this is the page for the driver
				"closeDocumentTypes": []string{"OP_950"}, "op950Detail": object{"format": object{"imageType": "PDF", "stockType": "OP_950"}},
			},
		},
	}, &got)
	if err != nil {
		return account.Manifest{}, said(err)
	}
	if len(got.Output.Documents) == 0 {
		return account.Manifest{}, errors.New("the answer of FedEx names nothing that was closed")
	}
	m := account.Manifest{ID: "ground-" + date}
	for _, d := range got.Output.Documents {
		m.ID = cmp.Or(string(d.Cycle), m.ID)
		for _, part := range d.Parts {
			if page, err := account.Coded(string(part.Image), account.Form{}); err == nil {
				page.Kind = "manifest"
				m.Papers = append(m.Papers, page)
			}
		}
	}
	m.Pending = len(m.Papers) == 0
	return m, nil
}

// CheckAddress asks for the form of an address that FedEx delivers to.
func (c *Client) CheckAddress(ctx context.Context, a station.Address) (account.AddressCheck, error) {
	var got struct {
		Output struct {
			Resolved []struct {
				Lines      []wire.Text          `json:"streetLinesToken"`
				City       wire.Text            `json:"city"`
				State      wire.Text            `json:"stateOrProvinceCode"`
				Postal     wire.Text            `json:"postalCode"`
				Kind       wire.Text            `json:"classification"`
				Attributes map[string]wire.Text `json:"attributes"`
			} `json:"resolvedAddresses"`
		} `json:"output"`
	}
	lines := []string{a.Street}
	if a.Street2 != "" {
		lines = append(lines, a.Street2)
	}
	err := said(c.ask.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/address/v1/addresses/resolve", Header: http.Header{"X-Locale": {"en_US"}}, Asks: true,
		Body: object{"addressesToValidate": []object{{"address": object{
			"streetLines": lines, "city": a.City, "stateOrProvinceCode": a.Region, "postalCode": a.Postcode, "countryCode": a.Country,
		}}}},
	}, &got))
	var no *account.Refused
	switch {
	case errors.As(err, &no):
		return account.AddressCheck{Say: no.Say}, nil
	case err != nil:
		return account.AddressCheck{}, err
	case len(got.Output.Resolved) == 0:
		return account.AddressCheck{Say: "FedEx does not know this address"}, nil
	}
	r := got.Output.Resolved[0]
	out := account.AddressCheck{OK: r.Attributes["Resolved"] == "true" && r.Attributes["DPV"] != "false", Meant: a}
	if !out.OK {
		out.Say, out.Meant = "FedEx could not confirm this address", station.Address{}
		return out, nil
	}
	m := &out.Meant
	m.City, m.Region, m.Postcode = string(r.City), string(r.State), string(r.Postal)
	for i, to := range []*string{&m.Street, &m.Street2} {
		if *to = ""; i < len(r.Lines) {
			*to = string(r.Lines[i])
		}
	}
	out.Known, out.Private = r.Kind == "RESIDENTIAL" || r.Kind == "BUSINESS", r.Kind == "RESIDENTIAL"
	return out, nil
}
