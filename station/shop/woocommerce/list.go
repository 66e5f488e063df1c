package woocommerce

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"packbench/station/shop"
)

const (
	perPage = 100 // the most that a shop gives
	// overlap is how far back a list begins before the moment at which the last one
	// did: entries are written a little later than they are dated.
	overlap = 10 * time.Minute
	// shifts is how often a page is asked for again in one go because rows before it
	// went away.
	shifts = 20
)

// mark is what a cursor says: which round of a list is under way, and how far.
type mark struct {
	Since time.Time `json:"since,omitzero"` // what changed after it is in the round
	Until time.Time `json:"until,omitzero"` // the round began then, by the shop's clock
	At    int       `json:"at,omitempty"`   // rows that lie before the next page
	Last  ident     `json:"last,omitempty"` // the highest id so far
	Trash bool      `json:"trash,omitempty"`
}

// read reads a cursor. One that is none begins at the beginning: nothing is lost.
func read(c shop.Cursor) mark {
	var m mark
	if json.Unmarshal([]byte(c), &m) != nil || m.At < 0 {
		return mark{}
	}
	return m
}

func (m mark) cursor() shop.Cursor {
	data, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return shop.Cursor(data)
}

// next is where the following round begins.
func (m mark) next() mark { return mark{Since: m.Until} }

// list reads one page of what changed in a round, by rising id. It reports where to go
// on and whether the round goes on.
//
// A row that joins the list moves later ones to later pages, where they come again. A
// row that leaves it would have one slip through between two pages; so each page
// begins with the last row of the one before, and where that is not so, the list is
// read from further in front.
func (s *Shop) list(ctx context.Context, path string, query url.Values, m mark) (rows []json.RawMessage, on mark, more bool, err error) {
	query.Set("orderby", "id")
	query.Set("order", "asc")
	query.Set("per_page", strconv.Itoa(perPage))
	if !m.Since.IsZero() {
		query.Set("modified_after", m.Since.Add(-overlap).UTC().Format("2006-01-02T15:04:05"))
		query.Set("dates_are_gmt", "true")
	}
	for try := 0; ; try++ {
		query.Set("offset", strconv.Itoa(m.At))
		rows = nil
		header, err := s.get(ctx, path, query, &rows)
		if err != nil {
			return nil, m, false, err
		}
		if m.Until.IsZero() {
			m.Until = s.moment(header)
		}
		if m.At > 0 && (len(rows) == 0 || rowID(rows[0]) > m.Last) {
			if m.At = max(0, m.At-perPage); try >= shifts {
				m.At = 0
			}
			continue
		}
		total, err := strconv.Atoi(header.Get("X-WP-Total"))
		if more = err == nil && m.At+len(rows) < total; err != nil {
			more = len(rows) >= perPage
		}
		if more && len(rows) < 2 {
			return nil, m, false, &shop.Away{Say: "its lists come in pages too short to go on"}
		}
		on = m
		on.At += max(0, len(rows)-1)
		var fresh []json.RawMessage
		for _, r := range rows {
			if id := rowID(r); id > m.Last {
				fresh = append(fresh, r)
				on.Last = max(on.Last, id)
			}
		}
		return fresh, on, more, nil
	}
}

// moment is now by the shop's clock.
func (s *Shop) moment(header http.Header) time.Time {
	if at, err := http.ParseTime(header.Get("Date")); err == nil {
		return at.UTC()
	}
	return s.opt.Clock().UTC().Truncate(time.Second)
}

func rowID(row json.RawMessage) ident {
	var r struct{ ID ident }
	if json.Unmarshal(row, &r) != nil {
		return 0
	}
	return r.ID
}

// all reads a list that hangs on one entry, page by page, bounded.
func all[T any](ctx context.Context, s *Shop, path string, query url.Values) ([]T, error) {
	const most = 50
	var out []T
	if query == nil {
		query = url.Values{}
	}
	query.Set("per_page", strconv.Itoa(perPage))
	for page := 1; page <= most; page++ {
		query.Set("page", strconv.Itoa(page))
		var rows []T
		header, err := s.get(ctx, path, query, &rows)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
		if pages, err := strconv.Atoi(header.Get("X-WP-TotalPages")); err == nil && page >= pages || err != nil && len(rows) < perPage {
			return out, nil
		}
	}
	return nil, &shop.Refused{Say: "an order has more entries than anybody can read"}
}
