package magento

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/oauth1"
	"packbench/station/shop/round"
)

// Times of the interface are UTC, whatever the shop's own pages show.
const clockForm = "2006-01-02 15:04:05"

const (
	pageSize = 100
	// overlap is how much of what was read is read again: lists lag behind, clocks
	// differ, and a change is seen only once it is written whole.
	overlap = 10 * time.Minute
)

// filter is one condition. Those of one list must all hold.
type filter struct{ field, how, value string }

// search is a question for a list.
type search struct {
	path    string
	filters []filter
	sort    string // a field, rising; "" for none
	size    int
	page    int    // from 1; 0 is the first
	fields  string // of an entry; "" for all
}

// address writes a search as Magento reads it. A space is %20: where requests are
// signed, older versions do not take "+" for one.
func (q search) address() string {
	var b strings.Builder
	add := func(name, value string) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(oauth1.Escape(name) + "=" + oauth1.Escape(value))
	}
	for i, f := range q.filters {
		at := "searchCriteria[filter_groups][" + strconv.Itoa(i) + "][filters][0]"
		add(at+"[field]", f.field)
		add(at+"[value]", f.value)
		add(at+"[condition_type]", f.how)
	}
	if q.sort != "" {
		add("searchCriteria[sortOrders][0][field]", q.sort)
		add("searchCriteria[sortOrders][0][direction]", "ASC")
	}
	add("searchCriteria[pageSize]", strconv.Itoa(q.size))
	add("searchCriteria[currentPage]", strconv.Itoa(max(q.page, 1)))
	if q.fields != "" {
		add("fields", "items["+q.fields+"],total_count")
	}
	return q.path + "?" + b.String()
}

func (q search) at(page int) search {
	q.page = page
	return q
}

// list is an answer to a search.
type list struct {
	Items []json.RawMessage `json:"items"`
	Total *int              `json:"total_count"`
	At    time.Time         `json:"-"` // by the shop's clock, zero when it is not told
}

func (s *Shop) search(ctx context.Context, q search) (list, error) {
	var out list
	head, err := s.ask(ctx, q.address(), &out)
	if err != nil {
		return list{}, err
	}
	if at, err := http.ParseTime(head.Get("Date")); err == nil {
		out.At = at
	}
	return out, nil
}

// entry is what all that is listed has.
type entry struct {
	ID      number `json:"entity_id"`
	OtherID number `json:"id"`
	Updated string `json:"updated_at"`
}

func (e entry) key() int64 {
	if n := e.ID.key(); n > 0 {
		return n
	}
	return e.OtherID.key()
}

// all reads a list to its end by ids that rise, and calls f for each entry.
func (s *Shop) all(ctx context.Context, q search, f func(raw json.RawMessage) error) error {
	var last int64
	base := q.filters
	for {
		q.filters = append(base[:len(base):len(base)], filter{"entity_id", "gt", strconv.FormatInt(last, 10)})
		q.sort, q.size = "entity_id", pageSize
		page, err := s.search(ctx, q)
		if err != nil {
			return err
		}
		fresh, next, more, err := page.after(last)
		if err != nil {
			return err
		}
		for _, raw := range fresh {
			if err := f(raw); err != nil {
				return err
			}
		}
		if !more {
			return nil
		}
		last = next
	}
}

// after returns what of a page has an id above last, the highest of them, and whether
// there is more: by the total, because a page may be shorter than was asked for.
func (l list) after(last int64) (fresh []json.RawMessage, next int64, more bool, err error) {
	next = last
	for _, raw := range l.Items {
		var e entry
		_ = json.Unmarshal(raw, &e) // what cannot be read has no id, and is kept: f says what is wrong
		n := e.key()
		if n > 0 && n <= last {
			continue
		}
		fresh, next = append(fresh, raw), max(next, n)
	}
	more = l.Total != nil && *l.Total > len(l.Items) || l.Total == nil && len(l.Items) > 0
	if more && next == last {
		return nil, last, false, &shop.Away{Say: "it shows the same part of a list again and again"}
	}
	return fresh, next, more, nil
}

// changes reads the next part of a list's changes, and returns the entries and the
// cursor to go on from.
func (s *Shop) changes(ctx context.Context, q search, since shop.Cursor) (items []json.RawMessage, next shop.Cursor, more bool, err error) {
	r := round.Of(since)
	if !r.Since.IsZero() {
		q.filters = append(q.filters, filter{"updated_at", "gteq", r.Since.Format(clockForm)})
	}
	if r.Last > 0 {
		q.filters = append(q.filters, filter{"entity_id", "gt", strconv.FormatInt(r.Last, 10)})
	}
	q.sort, q.size = "entity_id", pageSize
	page, err := s.search(ctx, q)
	if err != nil {
		return nil, "", false, err
	}
	if page.At.IsZero() {
		page.At = s.clock()
	}
	r.Begin(page.At)
	items, last, more, err := page.after(r.Last)
	if err != nil {
		return nil, "", false, err
	}
	r.Saw(last, time.Time{})
	for _, raw := range items {
		var e entry
		if json.Unmarshal(raw, &e) == nil {
			r.Saw(0, when(e.Updated))
		}
	}
	return items, r.Cursor(more, overlap), more, nil
}

// when reads a time, zero where it is none.
func when(text string) time.Time {
	t, err := time.ParseInLocation(clockForm, text, time.UTC)
	if err != nil {
		return time.Time{}
	}
	return t
}
