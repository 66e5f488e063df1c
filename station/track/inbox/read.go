package inbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/station/track"
)

// most is how many events one body may hold.
const most = 1000

// ErrNothing says that a body is sound and no news of a parcel, such as of a return.
var ErrNothing = errors.New("it is no news of a parcel")

// Read takes a body apart. Its events have numbers, and no parcels yet. zone is the shop's,
// for times that come without theirs.
func Read(kind string, body []byte, zone *time.Location) (out []track.Event, err error) {
	if b := bytes.TrimSpace(body); len(b) == 0 || b[0] != '{' {
		return nil, errors.New("it is no JSON object")
	}
	switch kind {
	case track.AfterShip:
		out, err = afterShip(body, zone)
	case track.EasyPost:
		out, err = easyPost(body, zone)
	case Standard:
		out, err = own(body, zone)
	default:
		return nil, fmt.Errorf("%q is none of %s", kind, strings.Join(Kinds(), ", "))
	}
	switch {
	case err != nil:
		return nil, err
	case len(out) > most:
		return nil, fmt.Errorf("it holds %d events, more than %d", len(out), most)
	}
	return out, nil
}

// decode reads JSON; its error names no content.
func decode(body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return errors.New("it cannot be read as what it should be")
	}
	return nil
}

// When reads a time as carriers write it, and how certain it is.
func When(text string, zone *time.Location) (at time.Time, is track.Zone, ok bool) {
	text = strings.TrimSpace(text)
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04Z07:00"} {
		if at, err := time.Parse(form, text); err == nil {
			return at, track.Exact, true
		}
	}
	for _, form := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "02.01.2006 15:04:05", "02.01.2006 15:04"} {
		if at, err := time.ParseInLocation(form, text, zone); err == nil {
			return at, track.Local, true
		}
	}
	for _, form := range []string{time.DateOnly, "20060102", "02.01.2006"} {
		if at, err := time.Parse(form, text); err == nil {
			return at, track.Day, true
		}
	}
	return time.Time{}, "", false
}

func dayOf(text string, zone *time.Location) time.Time {
	at, _, ok := When(text, zone)
	if !ok {
		return time.Time{}
	}
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Clean bounds a text of others.
func Clean(text string, most int) string {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if r := []rune(text); len(r) > most {
		text = string(r[:most])
	}
	return text
}

func place(parts ...string) string { return Clean(strings.Join(parts, " "), 80) }

func afterShip(body []byte, zone *time.Location) ([]track.Event, error) {
	var in struct {
		Msg json.RawMessage `json:"msg"`
	}
	if err := decode(body, &in); err != nil {
		return nil, err
	}
	_, out, err := Tracker(track.AfterShip, in.Msg, zone)
	return out, err
}

// Tracker takes apart what AfterShip or EasyPost know of one number, as their webhooks have
// it and their interfaces answer it.
func Tracker(kind string, body json.RawMessage, zone *time.Location) (number string, out []track.Event, err error) {
	read := afterShipTracking
	if kind == track.EasyPost {
		read = easyPostTracker
	}
	if len(body) == 0 || body[0] != '{' {
		return "", nil, ErrNothing
	}
	if number, out, err = read(body, zone); err == nil && number == "" {
		err = ErrNothing
	}
	return number, out, err
}

func afterShipTracking(body []byte, zone *time.Location) (number string, out []track.Event, err error) {
	var in struct {
		Number      string `json:"tracking_number"`
		Checkpoints []struct {
			At       string `json:"checkpoint_time"`
			Message  string `json:"message"`
			Tag      string `json:"tag"`
			Subtag   string `json:"subtag"`
			City     string `json:"city"`
			Country  string `json:"country_region"`
			Country3 string `json:"country_iso3"`
		} `json:"checkpoints"`
	}
	if err := decode(body, &in); err != nil {
		return "", nil, err
	}
	for _, c := range in.Checkpoints {
		at, is, _ := When(c.At, zone)
		m := track.Mean(track.AfterShip, c.Subtag, c.Tag)
		out = append(out, track.Event{
			Number: in.Number, At: at, Zone: is, Code: Clean(c.Subtag, 80), Text: Clean(c.Message, 200), Place: place(c.City, orElse(c.Country3, c.Country)),
			State: m.State, Evidence: m.Evidence, Clears: m.Clears,
		})
	}
	return in.Number, out, nil
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func easyPost(body []byte, zone *time.Location) ([]track.Event, error) {
	var in struct {
		Result json.RawMessage `json:"result"`
	}
	if err := decode(body, &in); err != nil {
		return nil, err
	}
	_, out, err := Tracker(track.EasyPost, in.Result, zone)
	return out, err
}

func easyPostTracker(body []byte, zone *time.Location) (number string, out []track.Event, err error) {
	var in struct {
		Object  string `json:"object"`
		Number  string `json:"tracking_code"`
		Details []struct {
			At       string `json:"datetime"`
			Message  string `json:"message"`
			Status   string `json:"status"`
			Detail   string `json:"status_detail"`
			Code     string `json:"carrier_code"`
			Location struct {
				City    string `json:"city"`
				Zip     string `json:"zip"`
				Country string `json:"country"`
			} `json:"tracking_location"`
		} `json:"tracking_details"`
	}
	if err := decode(body, &in); err != nil {
		return "", nil, err
	}
	if in.Object != "Tracker" {
		return "", nil, nil
	}
	for _, d := range in.Details {
		at, is, _ := When(d.At, zone)
		m := track.Mean(track.EasyPost, "detail:"+d.Detail, d.Status)
		out = append(out, track.Event{
			Number: in.Number, At: at, Zone: is, Code: Clean(orElse(d.Code, d.Status+" "+d.Detail), 80), Text: Clean(d.Message, 200),
			Place: place(d.Location.City, d.Location.Zip, d.Location.Country), State: m.State, Evidence: m.Evidence, Clears: m.Clears,
		})
	}
	return in.Number, out, nil
}

// own is what a shop's relay sends: {"type": "tracking", "data": {"tracking": "…",
// "events": [{"at": "…", "state": "in_transit", "code": "…", "text": "…", "place": "…"}]}}.
func own(body []byte, zone *time.Location) (out []track.Event, err error) {
	var in struct {
		Type string `json:"type"`
		Data struct {
			Number string `json:"tracking"`
			Events []struct {
				At, State, Code, Text, Place, Until string
			} `json:"events"`
		} `json:"data"`
	}
	if err := decode(body, &in); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(in.Type, "tracking") || in.Data.Number == "" {
		return nil, ErrNothing
	}
	for _, e := range in.Data.Events {
		at, is, _ := When(e.At, zone)
		m := track.Mean(track.File, e.State)
		out = append(out, track.Event{
			Number: in.Data.Number, At: at, Zone: is, Code: Clean(orElse(e.Code, e.State), 80), Text: Clean(e.Text, 200), Place: Clean(e.Place, 80),
			State: m.State, Until: dayOf(e.Until, zone),
		})
	}
	return out, nil
}
