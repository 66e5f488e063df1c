package trackers

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"packbench/station/carrier/account"
	"packbench/station/track"
	"packbench/station/track/inbox"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// ShipEngineAddress is where ShipEngine is.
const ShipEngineAddress = "https://api.shipengine.com/v1"

// ShipEngine is the client of ShipEngine's tracking, for labels of others (docs.shipstation.com,
// tracking). It answers for any number of a carrier that is named; nothing is registered.
type ShipEngine struct{ service }

// NewShipEngine returns a client. The secret is the API key.
func NewShipEngine(o account.Options) (*ShipEngine, error) {
	s, err := newService(o, "ShipEngine", "API-Key")
	if err == nil && s.codes == nil {
		err = errors.New("ShipEngine is asked by its code of each carrier, such as usps=stamps_com: enter the carriers")
	}
	return &ShipEngine{s}, err
}

// Most is how many numbers one call names.
func (c *ShipEngine) Most() (news, register int) { return 1, 1 }

// Registers tells that nothing is.
func (c *ShipEngine) Registers() bool { return false }

// Register has nothing to do.
func (c *ShipEngine) Register(context.Context, []Parcel) ([]News, error) { return nil, nil }

// Test asks for the carriers.
func (c *ShipEngine) Test(ctx context.Context) ([]account.Check, error) {
	err := c.JSON(ctx, web.Request{Path: "/carriers"}, &struct{}{})
	return tried(err, c.Who, "ShipEngine, API management")
}

// News asks for each parcel.
func (c *ShipEngine) News(ctx context.Context, parcels []Parcel) ([]News, error) {
	return each(parcels, func(p Parcel) (News, error) { return c.news(ctx, p) })
}

func (c *ShipEngine) news(ctx context.Context, p Parcel) (News, error) {
	var t struct {
		Number wire.Text `json:"tracking_number"`
		Status wire.Text `json:"status_code"`
		Est    wire.Text `json:"estimated_delivery_date"`
		Events []struct {
			At     wire.Text `json:"occurred_at"`
			Local  wire.Text `json:"carrier_occurred_at"`
			Status wire.Text `json:"status_code"`
			Detail wire.Text `json:"status_detail_code"`
			Code   wire.Text `json:"event_code"`
			Text   wire.Text `json:"description"`
			City   wire.Text `json:"city_locality"`
			Nation wire.Text `json:"country_code"`
		} `json:"events"`
	}
	err := c.JSON(ctx, web.Request{Path: "/tracking", Query: url.Values{"carrier_code": {c.codes[p.Carrier]}, "tracking_number": {p.Number}}}, &t)
	var failed *web.Status
	switch {
	case errors.As(err, &failed) && (failed.Status == http.StatusBadRequest || failed.Status == http.StatusNotFound):
		return News{Answer: Unclear, Say: "it does not know this number, or that carrier"}, nil
	case err != nil:
		return News{}, err
	case t.Number == "":
		return News{}, c.unread()
	case !same(string(t.Number), p.Number):
		return unlike(), nil
	}
	n := News{Answer: Followed, Expected: day(string(t.Est), c.zone)}
	if len(t.Events) == 0 && (t.Status == "UN" || t.Status == "") {
		n.Say = "it knows nothing of this number yet"
	}
	for _, e := range t.Events {
		at, zone, ok := inbox.When(string(e.At), c.zone)
		if !ok {
			at, zone, _ = inbox.When(string(e.Local), c.zone)
		}
		m := track.Mean(track.ShipEngine, "detail:"+string(e.Detail), string(e.Status))
		n.Events = append(n.Events, track.Event{
			Number: p.Number, At: at, Zone: zone, Code: inbox.Clean(string(e.Status+" "+e.Code), 80), Text: inbox.Clean(string(e.Text), 200),
			Place: inbox.Clean(string(e.City+" "+e.Nation), 80), State: m.State, Evidence: m.Evidence, Clears: m.Clears,
		})
	}
	return n, nil
}
