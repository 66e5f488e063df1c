package trackers

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/track"
	"packbench/station/track/inbox"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// EasyPostAddress is where EasyPost is.
const EasyPostAddress = "https://api.easypost.com/v2"

// EasyPost is the client of EasyPost's trackers, for labels of others
// (docs.easypost.com/docs/trackers). Carriers use their numbers again: a tracker of before
// the parcel is another one's.
type EasyPost struct{ service }

// NewEasyPost returns a client. The secret is the API key.
func NewEasyPost(o account.Options) (*EasyPost, error) {
	s, err := newService(o, "EasyPost", "")
	return &EasyPost{s}, err
}

// Most is how many numbers one call names.
func (c *EasyPost) Most() (news, register int) { return 1, 1 }

// Test asks for one tracker.
func (c *EasyPost) Test(ctx context.Context) ([]account.Check, error) {
	err := c.JSON(ctx, web.Request{Path: "/trackers", Query: url.Values{"page_size": {"1"}}}, &struct{}{})
	return tried(err, c.Who, "EasyPost, Account settings, API keys")
}

// tracker is one as EasyPost has it.
type tracker struct {
	raw      json.RawMessage
	ID       string    `json:"id"`
	Object   string    `json:"object"`
	Number   string    `json:"tracking_code"`
	Carrier  string    `json:"carrier"`
	Status   string    `json:"status"`
	Began    time.Time `json:"created_at"`
	Expected wire.Text `json:"est_delivery_date"`
}

func readTracker(raw json.RawMessage) (t tracker, ok bool) {
	ok = object(raw) && json.Unmarshal(raw, &t) == nil && t.ID != "" && t.Number != ""
	t.raw = raw
	return t, ok
}

// News asks for the tracker of each parcel.
func (c *EasyPost) News(ctx context.Context, parcels []Parcel) ([]News, error) {
	return each(parcels, func(p Parcel) (News, error) {
		if p.Ref != "" {
			var raw json.RawMessage
			if err := c.JSON(ctx, web.Request{Path: "/trackers/" + url.PathEscape(p.Ref)}, &raw); err != nil {
				var failed *web.Status
				if errors.As(err, &failed) && failed.Status == http.StatusNotFound {
					return News{Answer: NotFollowed, Say: "it does not know its own tracker any more"}, nil
				}
				return News{}, err
			}
			t, ok := readTracker(raw)
			if !ok {
				return News{}, c.unread()
			}
			return c.of(p, t), nil
		}
		return c.look(ctx, p)
	})
}

// look looks for the newest tracker of a number.
func (c *EasyPost) look(ctx context.Context, p Parcel) (News, error) {
	var got struct {
		Trackers []json.RawMessage `json:"trackers"`
	}
	if err := c.JSON(ctx, web.Request{Path: "/trackers", Query: url.Values{"tracking_code": {p.Number}}}, &got); err != nil {
		return News{}, err
	}
	if got.Trackers == nil {
		return News{}, c.unread()
	}
	var mine []tracker
	strange := false
	for _, raw := range got.Trackers {
		t, ok := readTracker(raw)
		switch {
		case !ok:
			return News{}, c.unread()
		case !same(t.Number, p.Number):
			strange = true
		case !p.before(t.Began) && c.carries(p, t):
			mine = append(mine, t)
		}
	}
	if len(mine) == 0 {
		if strange {
			return unlike(), nil
		}
		return News{Answer: NotFollowed, Say: "it does not follow this number"}, nil
	}
	return c.of(p, slices.MaxFunc(mine, func(a, b tracker) int { return a.Began.Compare(b.Began) })), nil
}

func (c *EasyPost) carries(p Parcel, t tracker) bool {
	code := c.codes[p.Carrier]
	return code == "" || t.Carrier == "" || strings.EqualFold(t.Carrier, code)
}

// of is what a tracker says of a parcel.
func (c *EasyPost) of(p Parcel, t tracker) News {
	if !same(t.Number, p.Number) {
		return unlike()
	}
	if !c.carries(p, t) {
		return News{Answer: Unclear, Say: "the number is followed for another carrier"}
	}
	_, events, err := inbox.Tracker(track.EasyPost, t.raw, c.zone)
	if err != nil {
		return unlike()
	}
	n := News{Answer: Followed, Ref: t.ID, Events: events, Expected: day(string(t.Expected), c.zone)}
	switch {
	case p.before(t.Began):
		n.Say = usedSay
	case t.Status == "error":
		n.Say = "it cannot follow this number: it or its carrier is wrong"
	}
	return n
}

// Register makes a tracker of each parcel. EasyPost returns the one that there is of the
// last months.
func (c *EasyPost) Register(ctx context.Context, parcels []Parcel) ([]News, error) {
	return each(parcels, func(p Parcel) (News, error) {
		of := map[string]any{"tracking_code": p.Number}
		if code := c.codes[p.Carrier]; code != "" {
			of["carrier"] = code
		}
		var raw json.RawMessage
		err := c.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/trackers", Body: map[string]any{"tracker": of}, Once: true}, &raw)
		var failed *web.Status
		if errors.As(err, &failed) && failed.Status == http.StatusUnprocessableEntity {
			return News{Answer: Refused, Say: "it cannot follow this number: it or its carrier is wrong"}, nil
		}
		if err != nil {
			return News{}, err
		}
		t, ok := readTracker(raw)
		if !ok {
			return News{Answer: Unclear, Say: "the answer names no tracker"}, nil
		}
		return c.of(p, t), nil
	})
}
