package shipstation

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
)

const (
	// overlap is how far a list is read again: the hour that comes twice in autumn,
	// clocks that go wrong by an hour, and lists that lag behind.
	overlap = 3 * time.Hour
	// mostOfPage is the longest page that ShipStation makes.
	mostOfPage = 500
	// begin is before every order.
	begin = "2009-01-01 00:00:00"
)

// toPack are the words of orders that the first pull reads, one after the other; of
// the others only what changes later matters.
var toPack = []string{"awaiting_shipment", "on_hold", "awaiting_payment", "pending_fulfillment"}

// reading is a cursor: where the reading of the list has come to. All times are hands
// of the clock at the West Coast.
//
// The list is asked in the order of change. A page that follows is not asked by its
// number, because orders that change while a page is read leave their place, and then
// one would be skipped between two pages; it is asked from the time at which the page
// before it ended. Only where that brings nothing new, because one second fills more
// than a page, the pages of that time are counted, and counted again from the first
// whenever an order has left it.
type reading struct {
	High  string `json:"high,omitempty"`  // all is read up to here
	First string `json:"first,omitempty"` // the word that the first pull reads
	Begun string `json:"begun,omitempty"` // when the first pull began
	From  string `json:"from,omitempty"`  // the page is asked from here
	Till  string `json:"till,omitempty"`  // and to here, where pages are counted
	Page  int    `json:"page,omitempty"`
	Total int    `json:"total,omitempty"`
}

// readingOf reads a cursor; one that nobody can read begins again.
func readingOf(c shop.Cursor) reading {
	var r reading
	if json.Unmarshal([]byte(c), &r) != nil || r.High == "" && r.First == "" {
		return reading{First: toPack[0]}
	}
	return r
}

func (r reading) cursor() shop.Cursor {
	text, _ := json.Marshal(r)
	return shop.Cursor(text)
}

// list is what an answer with pages has.
type list struct {
	Orders []json.RawMessage
	Total  int
	Page   int
	Pages  int
}

// Changed returns orders that changed, a page at a time. The first pull reads those
// that may have to be packed, whatever their age.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	r := readingOf(since)
	if r.From == "" {
		r.From = begin
		if r.First == "" {
			r.From = asked(hands(r.High).Add(-overlap))
		}
	}
	var got list
	a, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/orders", Query: s.query(r)}, "orders", &got)
	if err != nil {
		return shop.Page{}, err
	}
	if r.First != "" && r.Begun == "" {
		r.Begun = handsOf(s.answered(a)).Format(wall)
	}
	var page shop.Page
	var times []time.Time
	for i, raw := range got.Orders {
		o, left := s.read(raw, i)
		if left != nil {
			page.Left = append(page.Left, *left)
		} else {
			page.Orders = append(page.Orders, o)
		}
		times = append(times, changed(raw))
	}
	if err := s.withParcels(ctx, page.Orders, times); err != nil {
		return shop.Page{}, err
	}
	next, more, err := r.next(got, times, handsOf(s.answered(a)))
	if err != nil {
		return shop.Page{}, err
	}
	page.Next, page.More = next.cursor(), more
	return page, nil
}

func (s *Shop) query(r reading) url.Values {
	q := url.Values{
		"modifyDateStart": {r.From},
		"sortBy":          {"ModifyDate"},
		"sortDir":         {"ASC"},
		"pageSize":        {strconv.Itoa(mostOfPage)},
		"page":            {strconv.Itoa(max(r.Page, 1))},
	}
	if r.First != "" {
		q.Set("orderStatus", r.First)
	}
	if r.Till != "" {
		q.Set("modifyDateEnd", r.Till)
	}
	if s.store != 0 {
		q.Set("storeId", strconv.Itoa(s.store))
	}
	return q
}

// answered is when the shop answered, by its own clock where it says so.
func (s *Shop) answered(a web.Answer) time.Time {
	if t, err := http.ParseTime(a.Header.Get("Date")); err == nil {
		return t
	}
	return s.clock()
}

// changed is when an order changed last, or no time.
func changed(raw json.RawMessage) time.Time {
	var o struct{ ModifyDate string }
	_ = json.Unmarshal(raw, &o)
	return hands(o.ModifyDate)
}

// next is where the reading goes on. now is the shop's time.
func (r reading) next(got list, times []time.Time, now time.Time) (reading, bool, error) {
	last, latest, back := span(times)
	if back > 65*time.Minute {
		return r, false, &shop.Away{Say: "ShipStation sent its orders in another order than was asked, so that some would be left out; nothing was taken"}
	}
	if r.Till == "" && got.Pages <= 1 || len(times) == 0 && r.Till == "" {
		return r.done(latest, now), r.First != "", nil
	}
	if r.Till == "" {
		from := last.Truncate(time.Second).Add(-time.Second) // the shop may mean "after", not "from"
		if back > 0 {
			from = from.Add(-time.Hour)
		}
		if text := asked(from); text > r.From {
			r.From = text
			return r, true, nil
		}
		r.Till, r.Page, r.Total = asked(latest.Truncate(time.Second).Add(time.Second)), 1, -1
		return r, true, nil
	}
	switch {
	case r.Total >= 0 && got.Total != r.Total:
		r.Page, r.Total = 1, -1 // an order has left its place, or one has come
	case r.Page < got.Pages:
		r.Page, r.Total = r.Page+1, got.Total
	default:
		r.From, r.Till, r.Page, r.Total = asked(hands(r.Till).Add(-time.Second)), "", 0, 0
	}
	return r, true, nil
}

// span is the last of some times and the latest of them, and how far one lies behind
// what came before it.
func span(times []time.Time) (last, latest time.Time, back time.Duration) {
	for _, t := range times {
		if t.IsZero() {
			continue
		}
		if t.After(latest) {
			latest = t
		}
		back = max(back, latest.Sub(t))
		last = t
	}
	return last, latest, back
}

// done is where the next reading begins.
func (r reading) done(latest, now time.Time) reading {
	if r.First != "" {
		for i, word := range toPack[:len(toPack)-1] {
			if r.First == word {
				return reading{First: toPack[i+1], Begun: r.Begun}
			}
		}
		return reading{High: r.Begun}
	}
	if latest.After(now) {
		latest = now // an order from the future must not hide those of today
	}
	return reading{High: max(r.High, latest.Format(wall))}
}
