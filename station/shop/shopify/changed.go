package shopify

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"packbench/station/shop"
)

// What is read again of what came before: lists are an index that lags behind, and the
// clocks of the shop and of its index need not agree.
const (
	overlap = 10 * time.Minute
	behind  = 2 * time.Minute // the cursor stays behind the shop's clock
)

// pageOf is how many entries of a list are taken at once. A page is read whole or not
// at all, so it must cost less than what a shop allows at a time.
const pageOf = 20

// cursor is how far the changes were read. A round reads the orders that changed since
// a moment, then the fulfillment orders that did: whether holds and moves change the
// order itself is not known.
type cursor struct {
	Since time.Time `json:"since,omitzero"` // of the round; zero: everything that is open
	Until time.Time `json:"until,omitzero"` // of which the next round begins
	Parts bool      `json:"parts,omitempty"`
	After string    `json:"after,omitempty"`
	Place string    `json:"place,omitempty"` // an other location begins at the beginning
	Bulk  bulkPart  `json:"bulk,omitzero"`
}

func (s *Shop) cursor(since shop.Cursor) cursor {
	var c cursor
	if json.Unmarshal([]byte(since), &c) != nil || c.Place != s.set["location"] {
		c = cursor{}
	}
	if c.Since.IsZero() {
		c.Parts = true // what is closed does not matter to who has nothing
	}
	c.Place = s.set["location"]
	return c
}

// next is the cursor after a page of a list.
func (c cursor) next(p pageInfo) (cursor, bool) {
	switch {
	case p.HasNextPage && p.EndCursor != "":
		c.After = p.EndCursor
	case !c.Parts:
		c.Parts, c.After = true, ""
	default:
		return cursor{Since: c.Until, Place: c.Place}, false
	}
	return c, true
}

func (c cursor) text() shop.Cursor {
	data, _ := json.Marshal(c) // times and texts can always be written
	return shop.Cursor(data)
}

// entry is what a list says of an order.
type entry struct {
	order   string // number
	id      string // of the order or fulfillment order that changed
	updated string
}

// Changed returns orders that changed.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (page shop.Page, err error) {
	s.pull.Lock()
	defer s.pull.Unlock()
	ctx, end := s.list(ctx, "changed "+string(since))
	defer func() { end(err) }()
	at, err := s.where(ctx)
	if err != nil {
		return shop.Page{}, err
	}
	c := s.cursor(since)
	if c.Bulk.ID != "" {
		if page, ready, err := s.fromBulk(ctx, &c, since, at); ready || err != nil {
			return page, err
		}
	}
	entries, info, err := s.entries(ctx, c)
	if errors.As(err, new(*stale)) && c.After != "" {
		c.After = ""
		entries, info, err = s.entries(ctx, c)
	}
	if err != nil {
		return shop.Page{}, err
	}
	if c.Until.IsZero() {
		c.Until = s.asOf(ctx).Add(-behind)
	}
	now := s.now()
	entries = s.seen.news(entries, since)
	var numbers []string
	for _, e := range entries {
		if e.order != "" && !slices.Contains(numbers, e.order) {
			numbers = append(numbers, e.order)
		}
	}
	got, err := s.orders(ctx, numbers)
	if err != nil {
		return shop.Page{}, err
	}
	for i, o := range got {
		if o == nil {
			page.Left = append(page.Left, shop.Left{
				ID: numbers[i], Number: numbers[i],
				Reason: "Shopify does not show the order: it was deleted, or is older than 60 days and the key lacks the right read_all_orders",
			})
			continue
		}
		page.Orders = append(page.Orders, s.make(o, at))
	}
	if err := s.mayBulk(ctx, &c, info); err != nil {
		return shop.Page{}, err
	}
	c, page.More = c.next(info)
	page.Next = c.text()
	s.seen.read(entries, page.Next, now)
	return page, nil
}

// mayBulk begins a file where a first pull turns out to be a long one.
func (s *Shop) mayBulk(ctx context.Context, c *cursor, info pageInfo) error {
	if !c.Since.IsZero() || c.Bulk.Off || c.Bulk.ID != "" || !info.HasNextPage {
		return nil
	}
	if c.Bulk.Pages++; c.Bulk.Pages < bulkAfter {
		return nil
	}
	return s.beginBulk(ctx, &c.Bulk)
}

// asOf is the shop's time when something began to be read, or ours where it said none.
func (s *Shop) asOf(ctx context.Context) time.Time {
	if r := readingOf(ctx); r != nil && !r.at.IsZero() {
		return r.at.UTC()
	}
	return s.now().UTC()
}

// entries reads a page of one of the lists.
func (s *Shop) entries(ctx context.Context, c cursor) (out []entry, info pageInfo, err error) {
	vars := map[string]any{"first": pageOf}
	if c.After != "" {
		vars["after"] = c.After
	}
	if !c.Since.IsZero() {
		vars["query"] = "updated_at:>='" + c.Since.Add(-overlap).UTC().Format(time.RFC3339) + "'"
	}
	if !c.Parts {
		var got struct {
			Orders list[struct{ ID, UpdatedAt string }]
		}
		err = s.ask(ctx, `query($first: Int!, $after: String, $query: String) { orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }`, vars, &got)
		for _, n := range got.Orders.Nodes {
			out = append(out, entry{own(n.ID), n.ID, n.UpdatedAt})
		}
		return out, got.Orders.PageInfo, err
	}
	vars["closed"] = !c.Since.IsZero()
	var got struct {
		FulfillmentOrders list[struct{ ID, OrderID, UpdatedAt string }]
	}
	err = s.ask(ctx, `query($first: Int!, $after: String, $query: String, $closed: Boolean!) { fulfillmentOrders(first: $first, after: $after, query: $query, includeClosed: $closed, sortKey: UPDATED_AT) { nodes { id orderId updatedAt } pageInfo { hasNextPage endCursor } } }`, vars, &got)
	for _, n := range got.FulfillmentOrders.Nodes {
		out = append(out, entry{own(n.OrderID), n.ID, n.UpdatedAt})
	}
	return out, got.FulfillmentOrders.PageInfo, err
}

// memory is what was read before, so that the overlap of lists is not read whole each
// time. It only spares questions: a client that knows nothing reads all.
type memory struct {
	next shop.Cursor // the last that was handed out
	was  map[string]glance
}

// glance is an entry that was read.
type glance struct {
	updated string
	first   time.Time // it was read with this time of change
	sure    bool      // it was read again well after that
}

// Times of change are whole seconds: what is read in the same second may change in it
// again. So an entry is only passed over when it was read twice, with time between.
const (
	settled  = 30 * time.Second
	mostSeen = 20_000
)

// news leaves out what is known. Who asks with another cursor than the last one was
// given has not kept what was read, and gets all of it again.
func (m *memory) news(list []entry, since shop.Cursor) []entry {
	if since != m.next || m.was == nil || len(m.was) > mostSeen {
		m.was = map[string]glance{}
	}
	return slices.DeleteFunc(list, func(e entry) bool {
		g, ok := m.was[e.id]
		return ok && g.sure && g.updated == e.updated
	})
}

func (m *memory) read(list []entry, next shop.Cursor, now time.Time) {
	m.next = next
	for _, e := range list {
		g := m.was[e.id]
		if g.updated != e.updated {
			g = glance{updated: e.updated, first: now}
		}
		g.sure = g.sure || now.Sub(g.first) >= settled
		m.was[e.id] = g
	}
}
