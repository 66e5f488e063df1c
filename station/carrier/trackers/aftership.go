package trackers

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/track"
	"packbench/station/track/inbox"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// AfterShipAddress is where AfterShip Tracking is: the version is a part of it.
const AfterShipAddress = "https://api.aftership.com/tracking/2026-07"

// AfterShip is the client of AfterShip Tracking (aftership.com/docs/tracking). A number that
// is created twice is refused there as one that exists.
type AfterShip struct{ service }

// NewAfterShip returns a client. The secret is the API key.
func NewAfterShip(o account.Options) (*AfterShip, error) {
	s, err := newService(o, "AfterShip", "as-api-key")
	return &AfterShip{s}, err
}

// Most is how many numbers one call names.
func (c *AfterShip) Most() (news, register int) { return 50, 1 }

// Test asks for one tracking.
func (c *AfterShip) Test(ctx context.Context) ([]account.Check, error) {
	err := said(c.JSON(ctx, web.Request{Path: "/trackings", Query: url.Values{"limit": {"1"}}}, &struct{}{}))
	return tried(err, c.Who, "AfterShip, Settings, API keys")
}

// existing is a tracking as AfterShip has it.
type existing struct {
	ID     string    `json:"id"`
	Number string    `json:"tracking_number"`
	Slug   string    `json:"slug"`
	Began  time.Time `json:"created_at"`
	Latest struct {
		At  string `json:"datetime"`
		Min string `json:"datetime_min"`
	} `json:"latest_estimated_delivery"`
}

// News asks for all numbers at once.
func (c *AfterShip) News(ctx context.Context, parcels []Parcel) ([]News, error) {
	var numbers []string
	for _, p := range parcels {
		numbers = append(numbers, p.Number)
	}
	var got struct {
		Meta struct {
			Code int `json:"code"`
		} `json:"meta"`
		Data *struct {
			Pagination struct {
				More bool `json:"has_next_page"`
			} `json:"pagination"`
			Trackings []json.RawMessage `json:"trackings"`
		} `json:"data"`
	}
	err := said(c.JSON(ctx, web.Request{Path: "/trackings", Query: url.Values{"tracking_numbers": {strings.Join(numbers, ",")}, "limit": {"200"}}}, &got))
	if err != nil {
		return nil, err
	}
	if got.Data == nil || got.Data.Trackings == nil || got.Meta.Code != 0 && got.Meta.Code/100 != 2 {
		return nil, c.unread()
	}
	strange := got.Data.Pagination.More // what is on the next page is not known
	found := map[string][]json.RawMessage{}
	for _, raw := range got.Data.Trackings {
		var e existing
		if !object(raw) || json.Unmarshal(raw, &e) != nil || e.Number == "" {
			return nil, c.unread()
		}
		found[plain(e.Number)] = append(found[plain(e.Number)], raw)
		strange = strange || !asked(parcels, e.Number)
	}
	out := make([]News, len(parcels))
	for i, p := range parcels {
		switch of := found[plain(p.Number)]; {
		case len(of) > 0:
			out[i] = c.of(p, of)
		case strange:
			out[i] = unlike()
		default:
			out[i] = News{Answer: NotFollowed, Say: "it does not follow this number"}
		}
	}
	return out, nil
}

func asked(parcels []Parcel, number string) bool {
	for _, p := range parcels {
		if same(p.Number, number) {
			return true
		}
	}
	return false
}

// of is what AfterShip says of a parcel: of several trackings of its number the one of its
// carrier.
func (c *AfterShip) of(p Parcel, all []json.RawMessage) News {
	var mine []json.RawMessage
	var one existing
	for _, raw := range all {
		var e existing
		if json.Unmarshal(raw, &e) == nil && (c.codes == nil || strings.EqualFold(e.Slug, c.codes[p.Carrier])) {
			mine, one = append(mine, raw), e
		}
	}
	if len(mine) != 1 {
		return News{Answer: Unclear, Say: "the number is followed for another carrier"}
	}
	number, events, err := inbox.Tracker(track.AfterShip, mine[0], c.zone)
	if err != nil || !same(number, p.Number) {
		return unlike()
	}
	n := News{Answer: Followed, Ref: one.ID, Events: events, Expected: day(one.Latest.At, c.zone)}
	if n.Expected.IsZero() {
		n.Expected = day(one.Latest.Min, c.zone)
	}
	if p.before(one.Began) {
		n.Say = usedSay
	}
	return n
}

// Register creates a tracking of a number.
func (c *AfterShip) Register(ctx context.Context, parcels []Parcel) ([]News, error) {
	return each(parcels, func(p Parcel) (News, error) {
		body := map[string]any{"tracking_number": p.Number}
		if slug := c.codes[p.Carrier]; slug != "" {
			body["slug"] = slug
		}
		if c.postcode && p.Postcode != "" {
			body["destination_postal_code"] = p.Postcode
		}
		var got struct {
			Data existing `json:"data"`
		}
		err := said(c.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/trackings", Body: body, Once: true}, &got))
		var no *refusal
		switch {
		case errors.As(err, &no) && no.code == 4003:
			return News{Answer: Followed}, nil
		case errors.As(err, &no):
			return News{Answer: Refused, Say: no.say}, nil
		case err != nil:
			return News{}, err
		case !same(got.Data.Number, p.Number):
			return unlike(), nil
		}
		return News{Answer: Followed, Ref: got.Data.ID}, nil
	})
}

// each does something for each parcel, where a call names one.
func each(parcels []Parcel, do func(Parcel) (News, error)) ([]News, error) {
	out := make([]News, len(parcels))
	for i, p := range parcels {
		var err error
		if out[i], err = do(p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// refusal is a no of AfterShip to a number.
type refusal struct {
	code int
	say  string
}

func (r *refusal) Error() string { return r.say }

// said reads AfterShip's own code out of an answer that is no success.
func said(err error) error {
	var failed *web.Status
	if !errors.As(err, &failed) {
		return err
	}
	var got struct {
		Meta struct {
			Code    int       `json:"code"`
			Message wire.Text `json:"message"`
		} `json:"meta"`
	}
	if json.Unmarshal(failed.Body, &got) != nil || got.Meta.Code == 0 || failed.Status != http.StatusBadRequest && failed.Status != http.StatusNotFound && failed.Status != http.StatusUnprocessableEntity {
		return err
	}
	return &refusal{got.Meta.Code, wire.Clean(string(got.Meta.Message), 200)}
}
