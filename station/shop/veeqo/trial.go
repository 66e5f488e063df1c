package veeqo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Test reads one of each and changes nothing. It finds out as well whether Veeqo takes
// the times of questions as they are meant: an order must be in the list of what
// changed since just before it changed.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	ask := func(path string, q url.Values) ([]json.RawMessage, string, error) {
		var list []json.RawMessage
		a, err := s.web.Send(ctx, web.Request{Method: http.MethodGet, Path: path, Query: q})
		if err == nil {
			err = web.Read(a, &list, true)
		}
		return list, a.Header.Get("X-Total-Count"), meant(err, path)
	}
	one := func(more url.Values) url.Values {
		more.Set("page_size", "1")
		return more
	}
	var out []shop.Check
	_, n, err := ask("/orders", one(url.Values{"status": {"awaiting_fulfillment"}}))
	switch {
	case errors.As(err, new(*shop.Denied)):
		return []shop.Check{{What: "read orders", Say: err.Error(), Fix: "in Veeqo, open Settings, Users, and copy the API key; see that the account is paid"}}, nil
	case err != nil:
		return nil, err
	}
	out = append(out, shop.Check{What: "read orders", OK: true, Say: n + " orders to pack"})
	newest, _, err := ask("/orders", one(url.Values{}))
	times := shop.Check{What: "times of changes", OK: true, Say: "there is no order yet to find that out with"}
	if err == nil && len(newest) > 0 {
		var o struct {
			Number  string
			Updated time.Time `json:"updated_at"`
		}
		_ = json.Unmarshal(newest[0], &o)
		var since []json.RawMessage
		since, _, err = ask("/orders", url.Values{"page_size": {"100"}, "updated_at_min": {o.Updated.Add(-time.Minute).UTC().Format(asked)}})
		times.Say, times.OK = "changes are found from the time that is asked for", len(since) == 100
		for _, raw := range since {
			times.OK = times.OK || idOf(raw) == idOf(newest[0])
		}
		if !times.OK && err == nil {
			times.Say = fmt.Sprintf("the order %s is not in the list of what changed since a minute before it changed", station.OneLine(o.Number, 40))
			times.Fix = "tell the makers of packbench: changes would come hours late"
		}
	}
	if err != nil {
		times = shop.Check{What: times.What, Say: err.Error(), Fix: "try again"}
	}
	out = append(out, times)
	_, n, err = ask("/products", one(url.Values{}))
	products := shop.Check{What: "read products", OK: err == nil, Say: n + " products"}
	if err != nil {
		products.Say, products.Fix = err.Error(), "try again"
	}
	return append(out, products, shop.Check{What: "tell of shipments", OK: true, Say: "a key that reads may also write; it is tried with the first parcel"}), nil
}
