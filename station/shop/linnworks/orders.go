package linnworks

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
)

const (
	overlap = time.Hour // lists lag behind, and clocks go wrong
	mostIDs = 100       // orders of one question
)

// The lists that one pull reads, one after the other.
var lists = []string{"open", "processed", "cancelled"}

// reading is a cursor.
type reading struct {
	High  time.Time `json:"high,omitzero"`  // all is read up to here
	Begun time.Time `json:"begun,omitzero"` // this pull began
	List  string    `json:"list,omitempty"`
	After string    `json:"after,omitempty"` // of the open ones: the last id that was read
	Page  int       `json:"page,omitempty"`  // of the others
}

// Changed returns some of the open orders, then some of those that left the list.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	var r reading
	if json.Unmarshal([]byte(since), &r) != nil {
		r = reading{}
	}
	if r.Begun.IsZero() || !slices.Contains(lists, r.List) {
		r = reading{High: r.High, Begun: s.clock().UTC(), List: lists[0]}
	}
	ids, more, err := s.ids(ctx, r)
	if err != nil {
		return shop.Page{}, err
	}
	orders, err := s.details(ctx, ids)
	if err != nil {
		return shop.Page{}, err
	}
	var page shop.Page
	for _, raw := range orders {
		o, left := s.read(raw)
		if left != nil {
			page.Left = append(page.Left, *left)
		} else {
			page.Orders = append(page.Orders, o)
		}
	}
	switch at := slices.Index(lists, r.List); {
	case more && r.List == lists[0]:
		r.After, page.More = ids[len(ids)-1], true
	case more:
		r.Page, page.More = max(r.Page, 1)+1, true
	case at < len(lists)-1:
		r.List, r.After, r.Page, page.More = lists[at+1], "", 0, true
	default:
		r = reading{High: r.Begun}
	}
	text, _ := json.Marshal(r)
	page.Next = shop.Cursor(text)
	return page, nil
}

// ids are the orders of the next page of a list.
func (s *Shop) ids(ctx context.Context, r reading) (ids []string, more bool, err error) {
	if r.List == lists[0] {
		form := url.Values{"filters": {"{}"}, "sorting": {"[]"}, "fulfilmentCenter": {s.location}, "additionalFilter": {""}, "exactMatch": {"true"}}
		var all []string
		if err := s.call(ctx, "Orders/GetAllOpenOrders", form, true, "open orders", &all); err != nil {
			return nil, false, err
		}
		for i, id := range all {
			all[i] = strings.ToLower(id)
		}
		slices.Sort(all)
		from, _ := slices.BinarySearch(all, r.After+"\x00")
		all = all[from:]
		return all[:min(len(all), mostIDs)], len(all) > mostIDs, nil
	}
	from := r.High
	if from.IsZero() {
		from = r.Begun
	}
	text, _ := json.Marshal(map[string]any{
		"SearchTerm": "", "DateField": r.List, "FromDate": from.Add(-overlap).UTC().Format(time.RFC3339), "ToDate": r.Begun.Add(overlap).UTC().Format(time.RFC3339),
		"PageNumber": max(r.Page, 1), "ResultsPerPage": mostIDs,
	})
	var got struct {
		ProcessedOrders struct {
			TotalPages int
			Data       []struct {
				ID string `json:"pkOrderID"`
			}
		}
	}
	if err := s.call(ctx, "ProcessedOrders/SearchProcessedOrders", url.Values{"request": {string(text)}}, true, "processed orders", &got); err != nil {
		return nil, false, err
	}
	for _, o := range got.ProcessedOrders.Data {
		ids = append(ids, strings.ToLower(o.ID))
	}
	return ids, max(r.Page, 1) < got.ProcessedOrders.TotalPages && len(ids) > 0, nil
}

// details reads orders, open or processed.
func (s *Shop) details(ctx context.Context, ids []string) (list []json.RawMessage, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	text, _ := json.Marshal(ids)
	err = s.call(ctx, "Orders/GetOrdersById", url.Values{"pkOrderIds": {string(text)}}, true, "orders", &list)
	return list, err
}

// one reads one order.
func (s *Shop) one(ctx context.Context, id string) (order, json.RawMessage, error) {
	id = strings.ToLower(strings.TrimSpace(id))
	if !guid.MatchString(id) {
		return order{}, nil, &shop.Gone{What: "order " + station.OneLine(id, 40)}
	}
	list, err := s.details(ctx, []string{id})
	if err != nil {
		return order{}, nil, err
	}
	for _, raw := range list {
		var o order
		if json.Unmarshal(raw, &o) == nil && strings.EqualFold(o.OrderID, id) {
			return o, raw, nil
		}
		var some struct{ OrderID string }
		if json.Unmarshal(raw, &some) == nil && strings.EqualFold(some.OrderID, id) {
			_, left := s.read(raw)
			return order{}, nil, &shop.Refused{Say: left.Reason}
		}
	}
	if len(list) > 0 && string(list[0]) != "null" {
		return order{}, nil, &shop.Away{Say: "it answered with something else than the order"}
	}
	return order{}, nil, &shop.Gone{What: "order " + id}
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	_, raw, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	o, left := s.read(raw)
	if left != nil {
		return shop.Order{}, &shop.Refused{Say: left.Reason}
	}
	return o, nil
}
