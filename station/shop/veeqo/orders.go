package veeqo

import (
	"context"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

const (
	overlap    = 10 * time.Minute
	mostOfPage = 100
	asked      = "2006-01-02 15:04:05"
)

// reading is a cursor of a list with pages.
type reading struct {
	High   time.Time `json:"high,omitzero"`  // all is read up to here
	From   time.Time `json:"from,omitzero"`  // this reading asks from here
	Begun  time.Time `json:"begun,omitzero"` // this reading began, by Veeqo's clock
	Page   int       `json:"page,omitempty"`
	Loose  bool      `json:"loose,omitempty"` // the pages may shift: they are read until two readings agree
	Sum    string    `json:"sum,omitempty"`
	Before string    `json:"before,omitempty"`
}

func readingOf(c shop.Cursor) reading {
	var r reading
	if json.Unmarshal([]byte(c), &r) != nil {
		return reading{}
	}
	return r
}

func (r reading) cursor() shop.Cursor {
	text, _ := json.Marshal(r)
	return shop.Cursor(text)
}

// page asks for the next page of a list.
func (s *Shop) page(ctx context.Context, path string, r *reading, whole bool) (list []json.RawMessage, pages int, err error) {
	if r.From.IsZero() {
		r.From = r.High.Add(-overlap)
		if r.High.IsZero() {
			r.From = s.clock().AddDate(0, 0, -s.days)
		}
	}
	q := url.Values{"page_size": {strconv.Itoa(mostOfPage)}, "page": {strconv.Itoa(max(r.Page, 1))}}
	if !whole || !r.High.IsZero() {
		q.Set("updated_at_min", r.From.UTC().Format(asked))
	}
	a, err := s.web.Send(ctx, web.Request{Method: http.MethodGet, Path: path, Query: q})
	if err == nil {
		err = web.Read(a, &list, true)
	}
	if err != nil {
		return nil, 0, meant(err, path)
	}
	if r.Begun.IsZero() {
		r.Begun = s.clock()
		if t, err := http.ParseTime(a.Header.Get("Date")); err == nil {
			r.Begun = t
		}
	}
	pages, err = strconv.Atoi(a.Header.Get("X-Total-Pages-Count"))
	if err != nil && len(list) >= mostOfPage {
		pages = max(r.Page, 1) + 1 // it does not say how many there are
	}
	return list, pages, nil
}

// next is where a reading goes on. ids are those of the page that was read.
func (r reading) next(ids []int64, pages int) (reading, bool) {
	r.Loose = r.Loose || !sorted(ids)
	r.Sum = sum(r.Sum, ids)
	if r.Page = max(r.Page, 1) + 1; r.Page <= pages {
		return r, true
	}
	if r.Loose && pages > 1 && r.Sum != r.Before {
		r.Page, r.Before, r.Sum = 1, r.Sum, ""
		return r, true
	}
	return reading{High: later(r.High, r.Begun)}, false
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// sorted reports whether ids rise or fall all along.
func sorted(ids []int64) bool {
	up, down := true, true
	for i := 1; i < len(ids); i++ {
		up = up && ids[i] > ids[i-1]
		down = down && ids[i] < ids[i-1]
	}
	return up || down
}

func sum(before string, ids []int64) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(before))
	for _, id := range ids {
		_, _ = h.Write(strconv.AppendInt(nil, id, 36))
		_, _ = h.Write([]byte{0})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// Changed returns orders that changed, a page at a time.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	r := readingOf(since)
	list, pages, err := s.page(ctx, "/orders", &r, false)
	if err != nil {
		return shop.Page{}, err
	}
	var page shop.Page
	var ids []int64
	for i, raw := range list {
		o, left := s.read(raw, i)
		if left != nil {
			page.Left = append(page.Left, *left)
		} else {
			page.Orders = append(page.Orders, o)
		}
		ids = append(ids, idOf(raw))
	}
	next, more := r.next(ids, pages)
	page.Next, page.More = next.cursor(), more
	return page, nil
}

func idOf(raw json.RawMessage) int64 {
	var o struct{ ID int64 }
	_ = json.Unmarshal(raw, &o)
	return o.ID
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	raw, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	o, left := s.read(raw, 0)
	if left != nil {
		return shop.Order{}, &shop.Refused{Say: left.Reason}
	}
	return o, nil
}

func (s *Shop) one(ctx context.Context, id string) (json.RawMessage, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n <= 0 {
		return nil, &shop.Gone{What: "order " + station.OneLine(id, 40)}
	}
	var raw json.RawMessage
	if err := s.web.JSON(ctx, web.Request{Method: http.MethodGet, Path: "/orders/" + id}, &raw); err != nil {
		return nil, meant(err, "order "+id)
	}
	if idOf(raw) != n {
		return nil, &shop.Away{Say: "it answered with something else than the order " + id}
	}
	return raw, nil
}

// Products returns products that changed.
func (s *Shop) Products(ctx context.Context, since shop.Cursor) (shop.Products, error) {
	r := readingOf(since)
	list, pages, err := s.page(ctx, "/products", &r, true)
	if err != nil {
		return shop.Products{}, err
	}
	var out shop.Products
	var ids []int64
	for _, raw := range list {
		ids = append(ids, idOf(raw))
		var p product
		if json.Unmarshal(raw, &p) != nil {
			continue
		}
		for _, v := range p.Sellables {
			if found, ok := s.product(p, v); ok {
				out.Products = append(out.Products, found)
			}
		}
	}
	next, more := r.next(ids, pages)
	out.Next, out.More = next.cursor(), more
	return out, nil
}
