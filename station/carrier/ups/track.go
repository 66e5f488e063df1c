package ups

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// states are UPS's letters for where a parcel is.
var states = map[wire.Text]account.State{
	"M": account.PreTransit, "MV": account.Cancelled, "P": account.Accepted, "I": account.InTransit, "O": account.OutFor, "D": account.Delivered,
	"X": account.Exception, "RS": account.Returning, "W": account.Pickup,
}

func stateOf(letters wire.Text) account.State {
	if s, ok := states[letters]; ok {
		return s
	}
	return account.Unknown
}

// Track asks where a parcel is. Its times are those of the place of each scan.
func (c *Client) Track(ctx context.Context, p account.Purchase) (account.Tracking, error) {
	var got struct {
		Response struct {
			Shipments wire.Many[struct {
				Packages wire.Many[struct {
					Number     wire.Text                           `json:"trackingNumber"`
					Promised   wire.Many[struct{ Date wire.Text }] `json:"deliveryDate"`
					Activities wire.Many[struct {
						Date     wire.Text `json:"date"`
						Time     wire.Text `json:"time"`
						GMTDate  wire.Text `json:"gmtDate"`
						GMTTime  wire.Text `json:"gmtTime"`
						Location struct {
							Address struct {
								City    wire.Text `json:"city"`
								Country wire.Text `json:"countryCode"`
							} `json:"address"`
						} `json:"location"`
						Status struct{ Type, Code, Description wire.Text } `json:"status"`
					}] `json:"activity"`
				}] `json:"package"`
			}] `json:"shipment"`
		} `json:"trackResponse"`
	}
	err := c.ask.JSON(ctx, web.Request{
		Path: "/api/track/v1/details/" + url.PathEscape(p.Tracking), Header: http.Header{"Transid": {p.Tracking}, "Transactionsrc": {"packbench"}},
	}, &got)
	if err != nil {
		return account.Tracking{}, said(err)
	}
	parcel := got.Response.Shipments.First().Packages.First()
	out := account.Tracking{State: account.Unknown, Promised: date(string(parcel.Promised.First().Date), "", c.zone)}
	for _, a := range parcel.Activities {
		e := account.Event{
			At: date(string(a.Date), string(a.Time), c.zone), State: stateOf(a.Status.Type), Raw: wire.Clean(string(a.Status.Type+" "+a.Status.Code), 80),
			Text:  wire.Clean(string(a.Status.Description), 200),
			Place: wire.Clean(string(a.Location.Address.City)+" "+string(a.Location.Address.Country), 80),
		}
		if a.GMTDate != "" {
			e.At = date(string(a.GMTDate), digits(a.GMTTime), time.UTC)
		}
		if !e.At.Before(out.At) {
			out.At, out.State = e.At, e.State
		}
		out.Events = append(out.Events, e)
	}
	return out, nil
}

// digits leaves out the colons that only this time has.
func digits(t wire.Text) string { return account.Digits(string(t), "") }
