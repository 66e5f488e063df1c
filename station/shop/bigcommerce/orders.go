package bigcommerce

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web/wire"
)

const (
	perPage = 50 // each order is asked for its lines besides
	overlap = 10 * time.Minute
)

type order struct {
	ID        wire.ID
	Created   wire.Text `json:"date_created"`
	Status    wire.ID   `json:"status_id"`
	Word      wire.Text `json:"status"`
	Deleted   bool      `json:"is_deleted"`
	Currency  wire.Text `json:"currency_code"`
	Total     wire.Text `json:"total_inc_tax"`
	Message   wire.Text `json:"customer_message"`
	Addresses wire.ID   `json:"shipping_address_count"`
	Billing   place     `json:"billing_address"`
}

type place struct {
	ID       wire.ID
	First    wire.Text `json:"first_name"`
	Last     wire.Text `json:"last_name"`
	Company  wire.Text
	Street   wire.Text `json:"street_1"`
	Street2  wire.Text `json:"street_2"`
	City     wire.Text
	State    wire.Text
	Zip      wire.Text
	Country  wire.Text `json:"country_iso2"`
	Email    wire.Text
	Phone    wire.Text
	Shipping wire.Text `json:"shipping_method"`
}

type line struct {
	ID       wire.ID
	Product  wire.ID `json:"product_id"`
	Address  wire.ID `json:"order_address_id"`
	SKU      wire.Text
	Type     wire.Text
	Quantity wire.Text
	Shipped  wire.Text `json:"quantity_shipped"`
	Refunded wire.Text `json:"quantity_refunded"`
	Total    wire.Text `json:"total_inc_tax"`
	Bin      wire.Text `json:"bin_picking_number"`
}

// mark is what a cursor says: the round since when, and the highest id so far. Pages
// go by id, so nothing that comes or goes shifts them.
type mark struct {
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`
	Last  int64     `json:"last,omitempty"`
}

// Changed returns the orders of the next page.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	var m mark
	if json.Unmarshal([]byte(since), &m) != nil || m.Last < 0 {
		m = mark{} // nothing is lost
	}
	query := url.Values{"min_id": {strconv.FormatInt(m.Last+1, 10)}, "sort": {"id:asc"}, "limit": {strconv.Itoa(perPage)}}
	if !m.Since.IsZero() {
		query.Set("min_date_modified", m.Since.Add(-overlap).UTC().Format(time.RFC3339))
	}
	var rows []json.RawMessage
	header, err := s.get(ctx, "/orders", query, &rows)
	if err != nil {
		return shop.Page{}, err
	}
	if m.Until.IsZero() {
		m.Until = s.moment(header)
	}
	page := shop.Page{More: len(rows) > 0} // a page may be shorter than it was asked for
	for i, row := range rows {
		last := m.Last
		if err := s.take(ctx, &page, row, &m); err != nil && i == 0 {
			return shop.Page{}, err
		} else if err != nil {
			m.Last = last // what was read is kept: each order costs requests, of which the store allows few
			break
		}
	}
	if !page.More {
		m = mark{Since: m.Until}
	}
	next, err := json.Marshal(m)
	page.Next = shop.Cursor(next)
	return page, err
}

// take reads one row of a page.
func (s *Shop) take(ctx context.Context, page *shop.Page, row json.RawMessage, m *mark) error {
	var o order
	if json.Unmarshal(row, &o) != nil {
		var only struct{ ID wire.ID }
		_ = json.Unmarshal(row, &only)
		o.ID = only.ID
		page.Left = append(page.Left, shop.Left{ID: o.ID.String(), Number: o.ID.String(), Reason: "the shop gives it in a form that cannot be read"})
	}
	if int64(o.ID) <= m.Last {
		return &shop.Away{Say: "it answered with other orders than it was asked for"}
	}
	m.Last = int64(o.ID)
	if o.Status == incomplete || len(page.Left) > 0 && page.Left[len(page.Left)-1].ID == o.ID.String() {
		return nil
	}
	built, err := s.build(ctx, o, false)
	var bad unfit
	switch {
	case errors.As(err, &bad):
		page.Left = append(page.Left, shop.Left{ID: o.ID.String(), Number: o.ID.String(), Reason: string(bad)})
	case errors.As(err, new(*shop.Gone)):
	case err != nil:
		return err
	default:
		page.Orders = append(page.Orders, built)
	}
	return nil
}

func (s *Shop) moment(header http.Header) time.Time {
	if at, err := http.ParseTime(header.Get("Date")); err == nil {
		return at.UTC()
	}
	return s.opt.Clock().UTC().Truncate(time.Second)
}

// unfit is why an order cannot be packed as it is.
type unfit string

func (u unfit) Error() string { return string(u) }

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	built, err := s.build(ctx, o, true)
	var bad unfit
	if errors.As(err, &bad) {
		return shop.Order{}, &shop.Refused{Say: "order " + id + ": " + string(bad)}
	}
	return built, err
}

func (s *Shop) one(ctx context.Context, id string) (order, error) {
	var o order
	if n, err := strconv.ParseUint(id, 10, 63); err != nil || n == 0 {
		return o, &shop.Gone{What: "order with such an id"}
	}
	_, err := s.get(ctx, "/orders/"+id, nil, &o)
	switch {
	case errors.As(err, new(*shop.Gone)):
		return o, &shop.Gone{What: "order " + id}
	case err != nil:
		return o, err
	case o.ID.String() != id:
		return o, &shop.Away{Say: "it answered with another order than was asked for"}
	}
	return o, nil
}

// build makes the bench's order of the store's. With look it says what has left too.
func (s *Shop) build(ctx context.Context, o order, look bool) (shop.Order, error) {
	id := o.ID.String()
	out := shop.Order{Order: station.Order{
		Shop: s.opt.ID, Own: id, Number: id, Placed: when(o.Created), To: goesTo(o.Billing), Value: wire.Money(o.Total, o.Currency),
	}}
	out.Status, out.Reason = status(o)
	if out.Status == station.OrderCancelled {
		return out, nil
	}
	lines, err := s.lines(ctx, id)
	if err != nil {
		return out, err
	}
	if look {
		if out.Sent, err = s.shipments(ctx, id, lines); err != nil {
			return out, err
		}
	}
	if out.Status == station.OrderDone {
		return out, nil
	}
	for _, l := range lines {
		n, err := l.left()
		if err != nil {
			return out, err
		}
		if n > 0 {
			out.Lines = append(out.Lines, station.Line{
				ID: l.ID.String(), SKU: l.sku(), Qty: n, Kind: station.Goods, Bin: wire.Clean(string(l.Bin), 40), Price: wire.Each(l.Total, l.Quantity, o.Currency),
			})
		}
	}
	if len(out.Lines) == 0 {
		if out.Status == station.OrderOpen {
			out.Status = station.OrderDone
		}
		return out, nil
	}
	if note := wire.Clean(string(o.Message), 500); note != "" {
		out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Text: note, Qty: 1})
	}
	return out, s.destination(ctx, o, &out)
}

// destination finds where the order goes and how.
func (s *Shop) destination(ctx context.Context, o order, out *shop.Order) error {
	if o.Addresses > 1 {
		return unfit(fmt.Sprintf("it goes to %d addresses; send its parts from the shop", o.Addresses))
	}
	var places []place
	if _, err := s.get(ctx, "/orders/"+out.Own+"/shipping_addresses", nil, &places); err != nil {
		return err
	}
	if len(places) > 1 {
		return unfit(fmt.Sprintf("it goes to %d addresses; send its parts from the shop", len(places)))
	}
	if len(places) == 1 {
		out.To, out.Service = goesTo(places[0]), wire.Clean(string(places[0].Shipping), 100)
		if out.To.Email == "" {
			out.To.Email = wire.Clean(string(o.Billing.Email), 200)
		}
		if out.To.Phone == "" {
			out.To.Phone = wire.Clean(string(o.Billing.Phone), 40)
		}
	}
	return nil
}

// lines are the lines of an order that can be packed: no digital ones. What a buyer
// picked for a product is a line of its own beside the product's, and both are packed.
func (s *Shop) lines(ctx context.Context, id string) ([]line, error) {
	const per, most = 250, 400
	var all []line
	seen := map[wire.ID]bool{}
	for page := 1; page <= most; page++ {
		var some []line
		if _, err := s.get(ctx, "/orders/"+id+"/products", url.Values{"limit": {strconv.Itoa(per)}, "page": {strconv.Itoa(page)}}, &some); err != nil {
			return nil, err
		}
		fresh := 0
		for _, l := range some {
			if !seen[l.ID] {
				seen[l.ID] = true
				all = append(all, l)
				fresh++
			}
		}
		if fresh == 0 || len(some) < 50 {
			break
		}
	}
	var out []line
	for _, l := range all {
		if l.Type == "" || l.Type == "physical" {
			out = append(out, l)
		}
	}
	return out, nil
}

// left is how many units are neither sent nor paid back.
func (l line) left() (int, error) {
	n := 0
	for i, t := range []wire.Text{l.Quantity, l.Shipped, l.Refunded} {
		if t == "" && i > 0 {
			continue
		}
		q, err := wire.Whole(t)
		if err != nil {
			return 0, unfit(err.Error())
		}
		if i > 0 {
			q = -max(q, -q)
		}
		n += q
	}
	return max(n, 0), nil
}

func (l line) sku() string {
	if text := wire.Clean(string(l.SKU), 100); text != "" {
		return text
	}
	return "id-" + l.Product.String()
}

const incomplete = 0 // a basket that was never paid for

// status is what a status means for packing, by its number: the words are the owner's.
func status(o order) (station.OrderStatus, string) {
	if o.Deleted {
		return station.OrderCancelled, "deleted in the shop"
	}
	switch o.Status {
	case 3, 9, 11, 14: // partly sent, awaiting shipment, awaiting fulfilment, partly paid back
		return station.OrderOpen, ""
	case 2, 10:
		return station.OrderDone, ""
	case 4:
		return station.OrderCancelled, "paid back in the shop"
	case 5, 6:
		return station.OrderCancelled, "cancelled in the shop"
	case 7, 1:
		return station.OrderHeld, "not paid yet"
	case 8:
		return station.OrderHeld, "the buyer picks it up"
	case 12:
		return station.OrderHeld, "to be verified in the shop"
	case 13:
		return station.OrderHeld, "the buyer disputes it"
	}
	return station.OrderHeld, "the shop gives it the status " + wire.Clean(string(o.Word), 40)
}

func when(t wire.Text) time.Time {
	for _, form := range []string{time.RFC1123Z, time.RFC3339} {
		if at, err := time.Parse(form, string(t)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

func goesTo(p place) station.Address {
	return station.Address{
		Name: wire.Clean(string(p.First+" "+p.Last), 100), Company: wire.Clean(string(p.Company), 100), Street: wire.Clean(string(p.Street), 200),
		Street2: wire.Clean(string(p.Street2), 200), City: wire.Clean(string(p.City), 100), Region: wire.Clean(string(p.State), 60), Postcode: wire.Clean(string(p.Zip), 30),
		Country: strings.ToUpper(wire.Clean(string(p.Country), 2)), Phone: wire.Clean(string(p.Phone), 40), Email: wire.Clean(string(p.Email), 200),
	}
}
