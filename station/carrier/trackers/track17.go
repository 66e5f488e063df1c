package trackers

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/track"
	"packbench/station/track/inbox"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Track17Address is where 17TRACK's interface is, version 2.2.
const Track17Address = "https://api.17track.net/track/v2.2"

// Track17 is the client of 17TRACK (api.17track.net). It looks itself every six to twelve
// hours, and each number that is registered is taken off the quota.
type Track17 struct{ service }

// NewTrack17 returns a client. The secret is the access key.
func NewTrack17(o account.Options) (*Track17, error) {
	s, err := newService(o, "17TRACK", "17token")
	for carrier, code := range s.codes {
		if n, bad := strconv.Atoi(code); bad != nil || n <= 0 {
			return nil, &web.Refused{Who: "17TRACK", Say: "it calls carriers by numbers, such as 100001; that of " + carrier + " is none"}
		}
	}
	return &Track17{s}, err
}

// Most is how many numbers one call names.
func (c *Track17) Most() (news, register int) { return 40, 40 }

// Test asks for the quota.
func (c *Track17) Test(ctx context.Context) ([]account.Check, error) {
	var quota struct {
		Left  *int `json:"quota_remain"`
		Total int  `json:"quota_total"`
	}
	err := c.call(ctx, "/getquota", nil, true, &quota)
	checks, err := tried(err, c.Who, "17TRACK, Settings, Security, access key")
	if err == nil && checks[0].OK && quota.Left != nil {
		left := account.Check{What: "quota", OK: *quota.Left > 0, Say: strconv.Itoa(*quota.Left) + " numbers are left"}
		if !left.OK {
			left.Fix = "Buy more numbers at 17TRACK: no parcel is followed until then."
		}
		checks = append(checks, left)
	}
	return checks, err
}

// What 17TRACK says where it does not take a number.
const (
	code17Registered    = -18019901
	code17NotRegistered = -18019902
	code17NoNews        = -18019909
	code17DailyMost     = -18019907
	code17Quota         = -18019908
)

// call sends a request and reads its data. A code that is not 0 is a no to the whole call.
func (c *Track17) call(ctx context.Context, path string, body any, asks bool, out any) error {
	var got struct {
		Code *int            `json:"code"`
		Data json.RawMessage `json:"data"`
	}
	r := web.Request{Method: http.MethodPost, Path: path, Body: body, Asks: asks, Once: !asks}
	if err := c.JSON(ctx, r, &got); err != nil {
		return err
	}
	if got.Code == nil || *got.Code == 0 && !object(got.Data) {
		return c.unread()
	}
	switch *got.Code {
	case 0:
	case -18010001, -18010002, -18010004: // of the address, the key, the account
		return &web.Denied{Who: c.Who, Say: "its code is " + strconv.Itoa(*got.Code)}
	default:
		return &web.Refused{Who: c.Who, Say: "its code is " + strconv.Itoa(*got.Code)}
	}
	if json.Unmarshal(got.Data, out) != nil {
		return c.unread()
	}
	return nil
}

type lists17 struct {
	Accepted []json.RawMessage `json:"accepted"`
	Rejected []struct {
		Number string `json:"number"`
		Error  struct {
			Code    int       `json:"code"`
			Message wire.Text `json:"message"`
		} `json:"error"`
	} `json:"rejected"`
}

func (c *Track17) ask(ctx context.Context, path string, parcels []Parcel, asks bool) (map[string]News, error) {
	body := make([]map[string]any, len(parcels))
	for i, p := range parcels {
		body[i] = map[string]any{"number": p.Number}
		if code := c.codes[p.Carrier]; code != "" {
			body[i]["carrier"], _ = strconv.Atoi(code)
		}
		if !asks && c.postcode && p.Postcode != "" {
			body[i]["param"] = p.Postcode
		}
	}
	var got lists17
	if err := c.call(ctx, path, body, asks, &got); err != nil {
		return nil, err
	}
	out := map[string]News{}
	for _, raw := range got.Accepted {
		var one struct {
			Number  string          `json:"number"`
			Carrier json.Number     `json:"carrier"`
			Info    json.RawMessage `json:"track_info"`
		}
		if !object(raw) || json.Unmarshal(raw, &one) != nil || one.Number == "" {
			return nil, c.unread()
		}
		n := News{Answer: Followed, Ref: one.Carrier.String()}
		if object(one.Info) {
			n.Events, n.Expected = c.events(one.Number, one.Info)
		}
		if was, twice := out[plain(one.Number)]; twice && was.Ref != n.Ref {
			n = News{Answer: Unclear, Say: "the number is followed for two carriers"}
		}
		out[plain(one.Number)] = n
	}
	for _, r := range got.Rejected {
		n := News{Answer: Refused, Say: "code " + strconv.Itoa(r.Error.Code) + ": " + wire.Clean(string(r.Error.Message), 150)}
		switch r.Error.Code {
		case code17Registered, code17NoNews:
			n = News{Answer: Followed}
		case code17NotRegistered:
			n.Answer = NotFollowed
		case code17DailyMost, code17Quota:
			return nil, &web.Refused{Who: c.Who, Say: "it takes no more numbers today, or its quota is used up"}
		default:
			if asks {
				n.Answer = Unclear
			}
		}
		out[plain(r.Number)] = n
	}
	return out, nil
}

// inOrder puts answers in the order of the parcels. Of one that is not answered nothing is
// known.
func (c *Track17) inOrder(parcels []Parcel, of map[string]News) []News {
	out := make([]News, len(parcels))
	for i, p := range parcels {
		n, ok := of[plain(p.Number)]
		switch code := c.codes[p.Carrier]; {
		case !ok:
			n = unlike()
		case n.Answer == Followed && n.Ref != "" && n.Ref != "0" && code != "" && n.Ref != code:
			n = News{Answer: Unclear, Say: "the number is followed for another carrier, " + n.Ref}
		}
		out[i] = n
	}
	return out
}

// News asks for all numbers at once.
func (c *Track17) News(ctx context.Context, parcels []Parcel) ([]News, error) {
	of, err := c.ask(ctx, "/gettrackinfo", parcels, true)
	if err != nil {
		return nil, err
	}
	return c.inOrder(parcels, of), nil
}

// Register registers all numbers in one call.
func (c *Track17) Register(ctx context.Context, parcels []Parcel) ([]News, error) {
	of, err := c.ask(ctx, "/register", parcels, false)
	if err != nil {
		return nil, err
	}
	return c.inOrder(parcels, of), nil
}

// info17 is what 17TRACK says of a number.
type info17 struct {
	Times struct {
		Expected struct {
			From, To string
		} `json:"estimated_delivery_date"`
	} `json:"time_metrics"`
	Tracking struct {
		Providers []struct {
			Events []struct {
				ISO      wire.Text `json:"time_iso"`
				UTC      wire.Text `json:"time_utc"`
				Text     wire.Text `json:"description"`
				Location wire.Text `json:"location"`
				Stage    wire.Text `json:"stage"`
				Sub      wire.Text `json:"sub_status"`
				Address  struct {
					Country wire.Text `json:"country"`
					City    wire.Text `json:"city"`
				} `json:"address"`
			} `json:"events"`
		} `json:"providers"`
	} `json:"tracking"`
}

func (c *Track17) events(number string, raw json.RawMessage) (out []track.Event, expected time.Time) {
	var in info17
	if json.Unmarshal(raw, &in) != nil {
		return nil, time.Time{}
	}
	for _, p := range in.Tracking.Providers {
		for _, e := range p.Events {
			at, zone, ok := inbox.When(string(e.UTC), c.zone) // its other time may be one that it guessed
			if !ok {
				at, zone, _ = inbox.When(string(e.ISO), c.zone)
			}
			m := track.Mean(track.Track17, string(e.Sub), string(e.Stage))
			place := string(e.Location)
			if place == "" {
				place = string(e.Address.City + " " + e.Address.Country)
			}
			out = append(out, track.Event{
				Number: number, At: at, Zone: zone, Code: inbox.Clean(string(e.Sub), 80), Text: inbox.Clean(string(e.Text), 200), Place: inbox.Clean(place, 80),
				State: m.State, Evidence: m.Evidence, Clears: m.Clears,
			})
		}
	}
	if expected = day(in.Times.Expected.To, c.zone); expected.IsZero() {
		expected = day(in.Times.Expected.From, c.zone)
	}
	return out, expected
}
