package shopify

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
)

// A first pull of a shop with many open orders reads page by page, and has Shopify write
// all of them into a file meanwhile. Whichever is ready first is used: where the file
// cannot be had, for whatever reason, the pages have gone on and nothing is lost.
const (
	bulkAfter = 3 // pages that are full before a file is asked for
	bulkTries = 3 // to fetch it
	bulkWaits = 30 * time.Minute
	bulkAtOne = 100 // orders of one page out of the file
)

// bulkPart is how far a file is, as the cursor holds it.
type bulkPart struct {
	ID    string    `json:"id,omitempty"` // of the operation
	Began time.Time `json:"began,omitzero"`
	Tries int       `json:"tries,omitempty"` // that failed
	Given string    `json:"given,omitempty"` // number of the last order that was handed out
	Pages int       `json:"pages,omitempty"` // that were read without one
	Off   bool      `json:"off,omitempty"`   // it cannot be had
}

const bulkQuery = `{ fulfillmentOrders(includeClosed: false) { edges { node {` + foOwn + `
	order {` + orderOwn + ` }
	lineItems { edges { node {` + foLineFields + ` } } } } } } }`

// beginBulk has Shopify begin a file. That changes nothing of the shop: where no answer
// came, another one is begun, until Shopify has too many at work.
func (s *Shop) beginBulk(ctx context.Context, b *bulkPart) error {
	var got struct {
		BulkOperationRunQuery *struct {
			BulkOperation *struct{ ID string }
			UserErrors    []userError
		}
	}
	err := s.ask(ctx, `mutation($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id status } userErrors { message code } } }`,
		map[string]any{"query": bulkQuery}, &got)
	switch {
	case errors.As(err, new(*shop.Throttled)):
		return err
	case errors.As(err, new(*shop.Away)):
		b.Pages = 0 // some pages later
		return nil
	case err != nil || got.BulkOperationRunQuery == nil || got.BulkOperationRunQuery.BulkOperation == nil || len(got.BulkOperationRunQuery.UserErrors) > 0:
		*b = bulkPart{Off: true}
		return nil
	}
	*b = bulkPart{ID: got.BulkOperationRunQuery.BulkOperation.ID, Began: s.now().UTC()}
	return nil
}

// file is what was fetched, until all of it is handed out.
type file struct {
	id     string
	orders []*order // by rising number
}

// errNoFile says that a file cannot be had, and that pages have to do.
var errNoFile = errors.New("no file")

// fetch returns the orders of a file; nil where it is not ready yet. errNoFile: it never
// will be.
func (s *Shop) fetch(ctx context.Context, b *bulkPart) ([]*order, error) {
	if s.held != nil && s.held.id == b.ID {
		return s.held.orders, nil
	}
	var got struct {
		BulkOperation *struct {
			Status, URL, FileSize, ObjectCount string
		}
	}
	err := s.ask(ctx, `query($id: ID!) { bulkOperation(id: $id) { status url fileSize objectCount } }`, map[string]any{"id": b.ID}, &got)
	if errors.As(err, new(*shop.Throttled)) || errors.As(err, new(*shop.Away)) {
		return nil, err
	}
	op := got.BulkOperation
	switch {
	case err != nil || op == nil:
		return nil, errNoFile
	case op.Status == "CREATED" || op.Status == "RUNNING":
		if s.now().Sub(b.Began) > bulkWaits {
			return nil, errNoFile
		}
		return nil, nil
	case op.Status != "COMPLETED" || op.URL == "":
		return nil, errNoFile // it failed, or holds nothing although there are pages
	}
	if n, err := strconv.ParseInt(op.FileSize, 10, 64); err != nil || n > web.MaxAnswer {
		return nil, errNoFile
	}
	orders, err := s.download(ctx, op.URL, op.ObjectCount)
	if err != nil {
		if b.Tries++; b.Tries >= bulkTries {
			return nil, errNoFile
		}
		return nil, nil // the next page is read, and then it is tried again
	}
	s.held = &file{b.ID, orders}
	return orders, nil
}

// download fetches a file from where Shopify keeps it, which is no place for the key.
func (s *Shop) download(ctx context.Context, address, count string) ([]*order, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, errNoFile
	}
	if u.Scheme != "https" && !(net.ParseIP(u.Hostname()).IsLoopback() && strings.HasPrefix(s.web.Base, "http://")) {
		return nil, errNoFile
	}
	store := web.Client{Base: address, Do: s.web.Do, Clock: s.now}
	a, err := store.Send(ctx, web.Request{Method: http.MethodGet})
	if err != nil {
		return nil, err
	}
	return assemble(a.Body, count)
}

// assemble puts orders together out of the rows of a file, which come in any order: a
// fulfillment order with its order, and the lines of all apart. A row that is missing
// would be goods that nobody packs: then there is no file.
func assemble(data []byte, count string) ([]*order, error) {
	parts := map[string]*fulfillmentOrder{}
	orders := map[string]*order{}
	of := map[string]string{} // part → order
	lines := map[string][]foLine{}
	rows := 0
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		rows++
		var row struct {
			ID     string
			Parent string `json:"__parentId"`
			Order  *order
		}
		if json.Unmarshal(line, &row) != nil {
			return nil, errNoFile
		}
		if row.Parent != "" {
			var l foLine
			if json.Unmarshal(line, &l) != nil {
				return nil, errNoFile
			}
			lines[row.Parent] = append(lines[row.Parent], l)
			continue
		}
		f := new(fulfillmentOrder)
		if json.Unmarshal(line, f) != nil || row.Order == nil || own(row.Order.ID) == "" || parts[f.ID] != nil {
			return nil, errNoFile
		}
		parts[f.ID], of[f.ID] = f, row.Order.ID
		if orders[row.Order.ID] == nil {
			orders[row.Order.ID] = row.Order
		}
	}
	if n, err := strconv.Atoi(count); err != nil || n != rows {
		return nil, errNoFile
	}
	for id, list := range lines {
		if parts[id] == nil {
			return nil, errNoFile
		}
		slices.SortFunc(list, func(a, b foLine) int { return byNumber(a.ID, b.ID) })
		parts[id].LineItems.Nodes = list
	}
	for id, f := range parts {
		o := orders[of[id]]
		o.FulfillmentOrders.Nodes = append(o.FulfillmentOrders.Nodes, *f)
	}
	var out []*order
	for _, o := range orders {
		slices.SortFunc(o.FulfillmentOrders.Nodes, func(a, b fulfillmentOrder) int { return byNumber(a.ID, b.ID) })
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b *order) int { return byNumber(a.ID, b.ID) })
	return out, nil
}

// byNumber compares ids, or numbers, by their numbers.
func byNumber(a, b string) int {
	x, y := own(a), own(b)
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y))
}

// fromBulk is the next page out of a file. There is none (false) as long as the file is
// not ready, or where it cannot be had: then the lists are read as ever.
func (s *Shop) fromBulk(ctx context.Context, c *cursor, since shop.Cursor, at place) (page shop.Page, ready bool, err error) {
	all, err := s.fetch(ctx, &c.Bulk)
	switch {
	case errors.Is(err, errNoFile):
		c.Bulk, s.held = bulkPart{Off: true}, nil
		return page, false, nil
	case err != nil:
		return page, false, err
	case all == nil:
		return page, false, nil
	}
	from, _ := slices.BinarySearchFunc(all, c.Bulk.Given, func(o *order, given string) int {
		if byNumber(o.ID, given) <= 0 {
			return -1
		}
		return 1
	})
	var again []string
	n := from
	for ; n < len(all) && len(page.Orders)+len(again) < bulkAtOne && len(again) < pageOf; n++ {
		o := all[n]
		switch {
		case s.seen.had(o, since):
		case o.FulfillmentsCount.Count > 0: // what has left cannot stand in a file
			again = append(again, own(o.ID))
		default:
			page.Orders = append(page.Orders, s.make(o, at))
		}
	}
	got, err := s.orders(ctx, again)
	if err != nil {
		return page, false, err
	}
	for _, o := range got {
		if o != nil {
			page.Orders = append(page.Orders, s.make(o, at))
		}
	}
	if n < len(all) {
		c.Bulk.Given = own(all[n-1].ID)
		page.Next, page.More = c.text(), true
	} else {
		s.held = nil
		page.Next = cursor{Since: c.Until, Place: c.Place}.text()
	}
	s.seen.next = page.Next
	return page, true, nil
}

// had reports whether an order came by a page of the same pull, as it is in the file.
func (m *memory) had(o *order, since shop.Cursor) bool {
	if since != m.next || len(o.FulfillmentOrders.Nodes) == 0 {
		return false
	}
	for _, f := range o.FulfillmentOrders.Nodes {
		g, known := m.was[f.ID]
		if at, err := time.Parse(time.RFC3339, g.updated); !known || err != nil || !at.Equal(f.UpdatedAt) {
			return false
		}
	}
	return true
}
