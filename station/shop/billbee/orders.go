package billbee

import (
	"context"
	"encoding/json"
	"errors"
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
	perPage = 250
	overlap = 10 * time.Minute
)

type order struct {
	ID       wire.ID   `json:"BillBeeOrderId"`
	Number   wire.Text `json:"OrderNumber"`
	External wire.Text `json:"Id"`
	State    wire.ID
	Created  wire.Text `json:"CreatedAt"`
	Currency wire.Text
	Total    wire.Text `json:"TotalCost"`
	To       place     `json:"ShippingAddress"`
	Bill     place     `json:"InvoiceAddress"`
	Items    []item    `json:"OrderItems"`
	Tags     []wire.Text
	Product  wire.Text `json:"ShippingProviderProductName"`
	Provider wire.Text `json:"ShippingProviderName"`
	Comments []struct {
		FromCustomer bool
		Text         wire.Text
	}
	Sent []struct {
		ID       wire.ID   `json:"BillbeeId"`
		Tracking wire.Text `json:"ShippingId"`
		Shipper  wire.Text
		Created  wire.Text
		Link     wire.Text `json:"TrackingUrl"`
	} `json:"ShippingIds"`
}

type place struct {
	First   wire.Text `json:"FirstName"`
	Last    wire.Text `json:"LastName"`
	Company wire.Text
	Street  wire.Text
	House   wire.Text `json:"HouseNumber"`
	Line2   wire.Text
	Zip     wire.Text
	City    wire.Text
	State   wire.Text
	Country wire.Text `json:"CountryISO2"`
	Phone   wire.Text
	Email   wire.Text
}

type item struct {
	ID       wire.ID `json:"BillbeeId"`
	Quantity wire.Text
	Total    wire.Text `json:"TotalPrice"`
	Coupon   bool      `json:"IsCoupon"`
	Product  struct {
		ID      wire.Text `json:"Id"`
		SKU     wire.Text
		Digital bool `json:"IsDigital"`
	}
}

// mark is what a cursor says: the round since when, the page that was read last, and
// how many rows the round had then.
type mark struct {
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`
	Page  int       `json:"page,omitempty"`
	Rows  int       `json:"rows,omitempty"`
}

// Changed returns the orders of the next page. A list that grows shows rows again; one
// that shrinks may have skipped some, and its round begins again.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	var m mark
	if json.Unmarshal([]byte(since), &m) != nil || m.Page < 0 {
		m = mark{} // nothing is lost
	}
	query := url.Values{"page": {strconv.Itoa(m.Page + 1)}, "pageSize": {strconv.Itoa(perPage)}}
	if !m.Since.IsZero() {
		query.Set("modifiedAtMin", m.Since.Add(-overlap).UTC().Format("2006-01-02T15:04:05Z"))
	}
	var rows []json.RawMessage
	e, header, err := s.call(ctx, http.MethodGet, "/orders", query, nil, &rows)
	if err != nil {
		return shop.Page{}, err
	}
	if m.Until.IsZero() {
		m.Until = s.moment(header)
	}
	var page shop.Page
	for _, row := range rows {
		s.take(&page, row)
	}
	switch {
	case m.Page > 0 && e.Paging.TotalRows < m.Rows:
		m.Page, m.Rows, page.More = 0, 0, true
	case m.Page+1 < e.Paging.TotalPages:
		m.Page, m.Rows, page.More = m.Page+1, e.Paging.TotalRows, true
	default:
		m = mark{Since: m.Until}
	}
	next, err := json.Marshal(m)
	page.Next = shop.Cursor(next)
	return page, err
}

func (s *Shop) take(page *shop.Page, row json.RawMessage) {
	var o order
	if json.Unmarshal(row, &o) != nil {
		var only struct {
			ID wire.ID `json:"BillBeeOrderId"`
		}
		_ = json.Unmarshal(row, &only)
		page.Left = append(page.Left, shop.Left{ID: only.ID.String(), Number: only.ID.String(), Reason: "the shop gives it in a form that cannot be read"})
		return
	}
	built, err := s.build(o)
	if err != nil {
		page.Left = append(page.Left, shop.Left{ID: o.ID.String(), Number: called(o), Reason: err.Error()})
		return
	}
	page.Orders = append(page.Orders, built)
}

func (s *Shop) moment(header http.Header) time.Time {
	if at, err := http.ParseTime(header.Get("Date")); err == nil {
		return at.UTC()
	}
	return s.opt.Clock().UTC().Truncate(time.Second)
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	built, err := s.build(o)
	if err != nil {
		return shop.Order{}, &shop.Refused{Say: "order " + called(o) + ": " + err.Error()}
	}
	return built, nil
}

func (s *Shop) one(ctx context.Context, id string) (order, error) {
	var o order
	if n, err := strconv.ParseUint(id, 10, 63); err != nil || n == 0 {
		return o, &shop.Gone{What: "order with such an id"}
	}
	_, _, err := s.call(ctx, http.MethodGet, "/orders/"+id, nil, nil, &o)
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

// build makes the bench's order of Billbee's. An error says why it cannot be packed.
func (s *Shop) build(o order) (shop.Order, error) {
	out := shop.Order{Order: station.Order{
		Shop: s.opt.ID, Own: o.ID.String(), Number: called(o), Placed: when(o.Created), To: goesTo(o), Value: wire.Money(o.Total, o.Currency),
		Service: wire.Clean(string(o.Product), 100),
	}}
	if out.Service == "" {
		out.Service = wire.Clean(string(o.Provider), 100)
	}
	out.Status, out.Reason = s.status(o)
	out.Sent = sent(o)
	if out.Status == station.OrderDone || out.Status == station.OrderCancelled {
		return out, nil
	}
	for _, it := range o.Items {
		n, err := wire.Whole(it.Quantity)
		if err != nil {
			return out, err
		}
		if n <= 0 || it.Coupon || it.Product.Digital {
			continue
		}
		line := station.Line{ID: it.ID.String(), SKU: wire.Clean(string(it.Product.SKU), 100), Qty: n, Kind: station.Goods, Price: wire.Each(it.Total, it.Quantity, o.Currency)}
		if line.SKU == "" {
			line.SKU = "id-" + wire.Clean(string(it.Product.ID), 60)
		}
		out.Lines = append(out.Lines, line)
	}
	if len(out.Lines) == 0 && out.Status == station.OrderOpen {
		out.Status = station.OrderDone
	}
	for _, c := range o.Comments {
		if text := wire.Clean(string(c.Text), 500); c.FromCustomer && text != "" && len(out.Lines) > 0 {
			out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Text: text, Qty: 1})
			break
		}
	}
	return out, nil
}

// The states that matter besides those that are packed.
const (
	shipped  = 4
	deleted  = 6
	closed   = 7
	canceled = 8
	archived = 9
)

// status is what a state means for packing.
func (s *Shop) status(o order) (station.OrderStatus, string) {
	switch {
	case s.pack[o.State.String()]:
		return station.OrderOpen, ""
	case o.State == shipped || o.State == closed || o.State == archived:
		return station.OrderDone, ""
	case o.State == canceled:
		return station.OrderCancelled, "cancelled in the shop"
	case o.State == deleted:
		return station.OrderCancelled, "deleted in the shop"
	}
	words := map[wire.ID]string{1: "not confirmed yet", 2: "not paid yet", 5: "the buyer complains", 11: "not paid yet", 12: "not paid yet", 13: "packed already, says the shop", 14: "only offered yet", 15: "not paid yet", 16: "with somebody who packs for the shop"}
	if say := words[o.State]; say != "" {
		return station.OrderHeld, say
	}
	return station.OrderHeld, "the shop gives it the state " + o.State.String()
}

// called is what people call the order: its number in the marketplace.
func called(o order) string {
	for _, t := range []wire.Text{o.Number, o.External} {
		if n := wire.Clean(string(t), 60); n != "" {
			return n
		}
	}
	return o.ID.String()
}

func when(t wire.Text) time.Time {
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if at, err := time.Parse(form, string(t)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

func goesTo(o order) station.Address {
	p := o.To
	if p.Street == "" && p.City == "" && p.Zip == "" {
		p = o.Bill
	}
	email, phone := p.Email, p.Phone
	if email == "" {
		email = o.Bill.Email
	}
	if phone == "" {
		phone = o.Bill.Phone
	}
	return station.Address{
		Name: wire.Clean(string(p.First+" "+p.Last), 100), Company: wire.Clean(string(p.Company), 100), Street: wire.Clean(string(p.Street+" "+p.House), 200),
		Street2: wire.Clean(string(p.Line2), 200), City: wire.Clean(string(p.City), 100), Region: wire.Clean(string(p.State), 60), Postcode: wire.Clean(string(p.Zip), 30),
		Country: strings.ToUpper(wire.Clean(string(p.Country), 2)), Phone: wire.Clean(string(phone), 40), Email: wire.Clean(string(email), 200),
	}
}
