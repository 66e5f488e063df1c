package shipstationv2

import (
	"cmp"
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
	"packbench/station/web"
	"packbench/station/web/wire"
)

const (
	overlap = 10 * time.Minute
	perPage = 40 // each may take a request more, and 200 a minute are allowed
)

// shipments is a page of a list of them.
type shipments struct {
	Shipments []shipment
	Total     int
	Page      int
	Pages     int
}

// shipment is what stands for an order.
type shipment struct {
	ID      wire.Text `json:"shipment_id"`
	Number  wire.Text `json:"shipment_number"`
	Status  wire.Text `json:"shipment_status"`
	Created wire.Text `json:"created_at"`
	ShipBy  wire.Text `json:"ship_by_date"`
	Service wire.Text `json:"service_code"`
	Note    wire.Text `json:"notes_from_buyer"`
	ShipTo  address   `json:"ship_to"`
	Items   []item
	Paid    struct{ Amount, Currency wire.Text } `json:"amount_paid"`
}

type address struct {
	Name     wire.Text
	Company  wire.Text `json:"company_name"`
	Line1    wire.Text `json:"address_line1"`
	Line2    wire.Text `json:"address_line2"`
	Line3    wire.Text `json:"address_line3"`
	City     wire.Text `json:"city_locality"`
	State    wire.Text `json:"state_province"`
	Postcode wire.Text `json:"postal_code"`
	Country  wire.Text `json:"country_code"`
	Phone    wire.Text
	Email    wire.Text
}

type item struct {
	ID       wire.Text `json:"sales_order_item_id"`
	Channel  wire.Text `json:"external_order_item_id"`
	SKU      wire.Text
	Name     wire.Text
	Quantity wire.Text
	Price    wire.Text `json:"unit_price"`
}

// reading is a cursor. First the shipments that changed are read, then the fulfilments
// that are new. Both lists are sorted by when things were made, which never changes: what
// changes meanwhile cannot have others slip through between two pages, and is in the next
// reading, because that begins before this one did.
type reading struct {
	From  time.Time `json:"from"`
	Begun time.Time `json:"begun,omitzero"`
	Page  int       `json:"page,omitempty"`
	Sent  bool      `json:"sent,omitempty"` // the fulfilments are read
}

func (r reading) cursor() shop.Cursor {
	text, _ := json.Marshal(r)
	return shop.Cursor(text)
}

// Changed returns shipments that changed, a page at a time.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	var r reading
	if since == "" || json.Unmarshal([]byte(since), &r) != nil || r.From.IsZero() {
		r = reading{From: s.clock().AddDate(0, 0, -s.days).UTC()}
	}
	if r.Sent {
		return s.fulfilled(ctx, r)
	}
	var list shipments
	a, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/shipments", Query: pageOf(r, "modified_at_start", "created_at")}, "such list", &list)
	if err != nil {
		return shop.Page{}, err
	}
	r.begin(a, s.clock)
	var page shop.Page
	for _, sh := range list.Shipments {
		sent, err := s.sentOf(ctx, sh)
		if err != nil {
			return shop.Page{}, err
		}
		o, err := s.build(sh, sent)
		if err != nil {
			page.Left = append(page.Left, shop.Left{ID: string(sh.ID), Number: called(sh), Reason: err.Error()})
			continue
		}
		page.Orders = append(page.Orders, o)
	}
	if r.Page = max(r.Page, 1) + 1; r.Page > list.Pages {
		r.Page, r.Sent = 0, true
	}
	page.Next, page.More = r.cursor(), true
	return page, nil
}

// pageOf asks for the next page of a list.
func pageOf(r reading, from, sort string) url.Values {
	return url.Values{
		from: {r.From.UTC().Format("2006-01-02T15:04:05Z")}, "sort_by": {sort}, "sort_dir": {"asc"},
		"page": {strconv.Itoa(max(r.Page, 1))}, "page_size": {strconv.Itoa(perPage)},
	}
}

// begin notes when the reading began, by ShipStation's clock.
func (r *reading) begin(a web.Answer, clock func() time.Time) {
	if !r.Begun.IsZero() {
		return
	}
	r.Begun = clock().UTC()
	if at, err := http.ParseTime(a.Header.Get("Date")); err == nil {
		r.Begun = at.UTC()
	}
}

// fulfilled returns the shipments that somebody told of meanwhile.
func (s *Shop) fulfilled(ctx context.Context, r reading) (shop.Page, error) {
	var list fulfilments
	if _, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/fulfillments", Query: pageOf(r, "create_date_start", "created_at")}, "such list", &list); err != nil {
		return shop.Page{}, err
	}
	var page shop.Page
	seen := map[string]bool{}
	for _, f := range list.Fulfilments {
		id := string(f.Shipment)
		if seen[id] || !goodID(id) {
			continue
		}
		seen[id] = true
		o, err := s.Fresh(ctx, id)
		switch {
		case errors.As(err, new(*shop.Gone)), errors.As(err, new(*shop.Refused)):
		case err != nil:
			return shop.Page{}, err
		default:
			page.Orders = append(page.Orders, o)
		}
	}
	if r.Page = max(r.Page, 1) + 1; r.Page <= list.Pages {
		page.Next, page.More = r.cursor(), true
		return page, nil
	}
	next := reading{From: r.Begun.Add(-overlap)}
	if next.From.Before(r.From) {
		next.From = r.From
	}
	page.Next = next.cursor()
	return page, nil
}

// Fresh returns a shipment as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	sh, sent, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	o, err := s.build(sh, sent)
	if err != nil {
		return shop.Order{}, &shop.Refused{Say: err.Error()}
	}
	return o, nil
}

// goodID reports whether a text can be an id, which becomes a part of an address.
func goodID(id string) bool {
	return id != "" && len(id) <= 60 && strings.IndexFunc(id, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	}) < 0
}

// one reads a shipment and what is told of it.
func (s *Shop) one(ctx context.Context, id string) (shipment, []fulfilment, error) {
	var sh shipment
	if !goodID(id) {
		return sh, nil, &shop.Gone{What: "shipment " + station.OneLine(id, 40)}
	}
	if _, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/shipments/" + id}, "shipment "+id, &sh); err != nil {
		return sh, nil, err
	}
	if string(sh.ID) != id {
		return sh, nil, &shop.Away{Say: "it answered with something else than the shipment " + id}
	}
	sent, err := s.told(ctx, id)
	return sh, sent, err
}

// sentOf is what is told of a shipment of a list. Only what would be packed is asked for.
func (s *Shop) sentOf(ctx context.Context, sh shipment) ([]fulfilment, error) {
	switch status, _ := statusOf(sh); {
	case status == station.OrderCancelled, status == station.OrderDone, !goodID(string(sh.ID)):
		return nil, nil
	}
	return s.told(ctx, string(sh.ID))
}

// statusOf is what a shipment's state means for packing.
func statusOf(sh shipment) (station.OrderStatus, string) {
	switch sh.Status {
	case "pending":
		return station.OrderOpen, ""
	case "label_purchased":
		return station.OrderDone, ""
	case "cancelled":
		return station.OrderCancelled, "cancelled in ShipStation"
	case "processing":
		return station.OrderHeld, "ShipStation buys a label for it"
	case "on_hold":
		return station.OrderHeld, "held in ShipStation"
	}
	return station.OrderHeld, "ShipStation gives it the state " + wire.Clean(string(sh.Status), 40)
}

func called(sh shipment) string {
	return cmp.Or(wire.Clean(string(sh.Number), 60), string(sh.ID))
}

// build makes the bench's order of a shipment. An error says why it cannot be packed.
func (s *Shop) build(sh shipment, told []fulfilment) (shop.Order, error) {
	if !goodID(string(sh.ID)) {
		return shop.Order{}, errors.New("it has no id")
	}
	out := shop.Order{Order: station.Order{
		Shop: s.id, Own: string(sh.ID), Number: called(sh), Placed: when(sh.Created), ShipBy: when(sh.ShipBy), To: sh.ShipTo.read(),
		Service: wire.Clean(string(sh.Service), 100), Value: wire.Money(sh.Paid.Amount, wire.Text(strings.ToUpper(string(sh.Paid.Currency)))),
	}}
	out.Status, out.Reason = statusOf(sh)
	out.Sent = sent(sh, told)
	if len(out.Sent) > 0 && out.Status != station.OrderCancelled {
		out.Status, out.Reason = station.OrderDone, ""
	}
	if out.Status == station.OrderDone || out.Status == station.OrderCancelled {
		return out, nil
	}
	lines, err := linesOf(sh)
	if err != nil {
		return out, err
	}
	out.Lines = lines
	if len(lines) == 0 {
		out.Status, out.Reason = station.OrderHeld, "the shipment names no goods"
		return out, nil
	}
	if text := wire.Clean(string(sh.Note), 500); text != "" {
		out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Text: text, Qty: 1})
	}
	return out, nil
}

// linesOf are the goods of a shipment. A line without an id is known by its place.
func linesOf(sh shipment) (lines []station.Line, err error) {
	seen := map[string]bool{}
	for i, it := range sh.Items {
		n, err := wire.Whole(it.Quantity)
		if err != nil {
			return nil, err
		}
		if n <= 0 || strings.HasPrefix(string(it.Price), "-") { // a discount is a line there
			continue
		}
		id := cmp.Or(wire.Clean(string(it.ID), 60), wire.Clean(string(it.Channel), 60))
		if id == "" || seen[id] {
			id = fmt.Sprintf("%s#%d", id, i+1)
		}
		seen[id] = true
		sku := wire.Clean(string(it.SKU), 100)
		if sku == "" {
			return nil, fmt.Errorf("line %d has no SKU", i+1)
		}
		lines = append(lines, station.Line{ID: id, SKU: sku, Qty: n, Kind: station.Goods})
	}
	return lines, nil
}

func when(t wire.Text) time.Time {
	at, err := time.Parse(time.RFC3339Nano, string(t))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

func (a address) read() station.Address {
	second := strings.TrimSpace(string(a.Line2) + " " + string(a.Line3))
	return station.Address{
		Name: wire.Clean(string(a.Name), 100), Company: wire.Clean(string(a.Company), 100), Street: wire.Clean(string(a.Line1), 200), Street2: wire.Clean(second, 200),
		City: wire.Clean(string(a.City), 100), Region: wire.Clean(string(a.State), 60), Postcode: wire.Clean(string(a.Postcode), 30),
		Country: strings.ToUpper(wire.Clean(string(a.Country), 2)), Phone: wire.Clean(string(a.Phone), 40), Email: wire.Clean(string(a.Email), 200),
	}
}
