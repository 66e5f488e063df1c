package customstore

import (
	"context"
	"encoding/json"
	"hash/fnv"
	"strconv"
	"time"

	"packbench/station"
	"packbench/station/shop"
)

const (
	// overlap is how far the export is read again: clocks that go wrong, and lists
	// that lag behind.
	overlap = 30 * time.Minute
	// ahead is how far beyond the bench's own clock the last window reaches.
	ahead = 15 * time.Minute
	// widest is the longest window.
	widest = 30 * 24 * time.Hour
)

// reading is a cursor.
type reading struct {
	High   time.Time     `json:"high,omitzero"`  // all is read up to here
	From   time.Time     `json:"from,omitzero"`  // the next window begins
	Until  time.Time     `json:"until,omitzero"` // this pull ends
	Wide   time.Duration `json:"wide,omitempty"` // of the next window
	Page   int           `json:"page,omitempty"` // of a minute of several pages
	Sum    string        `json:"sum,omitempty"`  // of the pages of this reading of that minute
	Before string        `json:"before,omitempty"`
	Full   int           `json:"full,omitempty"` // orders of a whole page, as far as one was seen
}

// Changed returns the orders of the next window.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	var r reading
	if json.Unmarshal([]byte(since), &r) != nil {
		r = reading{}
	}
	now := s.clock().UTC()
	if r.From.IsZero() {
		r.From, r.Wide, r.Until = r.High.Add(-overlap), 24*time.Hour, now
		if r.High.IsZero() {
			r.From = now.AddDate(0, 0, -s.days)
		}
		r.From = r.From.Truncate(time.Minute)
	}
	r.Wide = max(r.Wide.Truncate(time.Minute), time.Minute)
	end := r.Until.Add(ahead).Truncate(time.Minute)
	to := r.From.Add(r.Wide)
	if to.After(end) {
		to = end
	}
	if !to.After(r.From) {
		to = r.From.Add(time.Minute)
	}
	orders, pages, err := s.window(ctx, r.From, to, max(r.Page, 1))
	if err != nil {
		return shop.Page{}, err
	}
	var page shop.Page
	for _, o := range orders {
		if o.left != nil {
			page.Left = append(page.Left, *o.left)
		} else {
			page.Orders = append(page.Orders, o.order)
		}
	}
	next, more := r.next(orders, pages, to, end)
	text, _ := json.Marshal(next)
	page.Next, page.More = shop.Cursor(text), more
	return page, nil
}

// next is where the reading goes on.
func (r reading) next(orders []read, pages int, to, end time.Time) (reading, bool) {
	wide := to.Sub(r.From)
	if pages > 1 && r.Page <= 1 {
		r.Full = len(orders)
	}
	switch {
	case pages > 1 && wide > time.Minute:
		r.Wide, r.Page, r.Sum, r.Before = wide/2, 0, "", ""
		return r, true
	case pages > 1:
		r.Wide = wide
		r.Sum = sum(r.Sum, orders)
		if r.Page = max(r.Page, 1) + 1; r.Page <= pages {
			return r, true
		}
		if r.Sum != r.Before { // the pages may have shifted while they were read
			r.Page, r.Before, r.Sum = 1, r.Sum, ""
			return r, true
		}
	case r.Page > 1: // pages went while they were read
		r.Page, r.Before, r.Sum = 1, "", ""
		return r, true
	}
	if !to.Before(end) {
		return reading{High: r.Until}, false
	}
	if len(orders) <= r.Full/2 || r.Full == 0 {
		wide = min(2*wide, widest)
	}
	return reading{High: r.High, Until: r.Until, From: to, Wide: wide, Full: r.Full}, true
}

// sum tells one reading of some pages from another.
func sum(before string, orders []read) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(before))
	for _, o := range orders {
		_, _ = h.Write([]byte(o.id + "\x00"))
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	o, err := s.find(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	if o.left != nil {
		return shop.Order{}, &shop.Refused{Say: o.left.Reason}
	}
	return o.order, nil
}

// find looks for an order: where it was seen last, from there on, and if it never was
// a day at a time backwards.
func (s *Shop) find(ctx context.Context, id string) (read, error) {
	to := s.clock().UTC().Add(ahead).Truncate(time.Minute)
	first := to.AddDate(0, 0, -s.days)
	if seen, ok := s.lastSeen(id); ok {
		if o, found, err := s.walk(ctx, id, seen, seen.Add(time.Minute)); found || err != nil {
			return o, err
		}
		if o, found, err := s.walk(ctx, id, seen, to); found || err != nil {
			return o, err
		}
		first = seen.Add(-overlap) // a change that lies before what was seen: a clock was set back
	}
	for to.After(first) {
		from := to.Add(-24 * time.Hour)
		if o, found, err := s.walk(ctx, id, from, to); found || err != nil {
			return o, err
		}
		to = from
	}
	return read{}, &shop.Gone{What: "order " + station.OneLine(id, 50)}
}

// mostPages is how many pages of one window are read for one order.
const mostPages = 2_000

// walk looks through all pages of a window.
func (s *Shop) walk(ctx context.Context, id string, from, to time.Time) (read, bool, error) {
	for page := 1; page <= mostPages; page++ {
		orders, pages, err := s.window(ctx, from, to, page)
		if err != nil {
			return read{}, false, err
		}
		for _, o := range orders {
			if o.id == id {
				return o, true, nil
			}
		}
		if page >= pages {
			break
		}
	}
	return read{}, false, nil
}
