package shopware

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/round"
	"packbench/station/unit"
	"packbench/station/web"
)

const (
	pageSize = 100
	// overlap is how much of what was read is read again: see package round.
	overlap = 10 * time.Minute
	// mostOfLine is how many of a product an order may reasonably want.
	mostOfLine = 1_000_000
)

type state struct {
	Technical string `json:"technicalName"`
	Name      string `json:"name"`
}

type order struct {
	ID       string    `json:"id"`
	Counter  int64     `json:"autoIncrement"`
	Number   string    `json:"orderNumber"`
	Placed   string    `json:"orderDateTime"`
	Created  string    `json:"createdAt"`
	Updated  string    `json:"updatedAt"` // null until the first change
	Total    float64   `json:"amountTotal"`
	Note     string    `json:"customerComment"`
	State    *state    `json:"stateMachineState"`
	Customer *customer `json:"orderCustomer"`
	Currency *struct {
		Code string `json:"isoCode"`
	} `json:"currency"`
	Lines        []line        `json:"lineItems"`
	Deliveries   []delivery    `json:"deliveries"`
	Transactions []transaction `json:"transactions"`
	Delivery     string        `json:"primaryOrderDeliveryId"`    // since 6.7
	Transaction  string        `json:"primaryOrderTransactionId"` // since 6.7
}

type customer struct {
	Email string `json:"email"`
}

type line struct {
	ID      string          `json:"id"`
	Type    string          `json:"type"`
	Label   string          `json:"label"`
	Qty     float64         `json:"quantity"`
	Price   float64         `json:"unitPrice"`
	States  []string        `json:"states"`
	Payload json.RawMessage `json:"payload"`
	Updated string          `json:"updatedAt"`
}

type delivery struct {
	ID      string   `json:"id"`
	Codes   []string `json:"trackingCodes"`
	State   *state   `json:"stateMachineState"`
	Updated string   `json:"updatedAt"`
	Latest  string   `json:"shippingDateLatest"`
	Costs   struct {
		Total float64 `json:"totalPrice"`
	} `json:"shippingCosts"`
	Method *struct {
		Name       string `json:"name"`
		Translated struct {
			Name string `json:"name"`
		} `json:"translated"`
	} `json:"shippingMethod"`
	AddressID string   `json:"shippingOrderAddressId"`
	Address   *address `json:"shippingOrderAddress"`
}

type address struct {
	First   string `json:"firstName"`
	Last    string `json:"lastName"`
	Company string `json:"company"`
	Street  string `json:"street"`
	More1   string `json:"additionalAddressLine1"`
	More2   string `json:"additionalAddressLine2"`
	Zip     string `json:"zipcode"`
	City    string `json:"city"`
	Phone   string `json:"phoneNumber"`
	Country *struct {
		ISO string `json:"iso"`
	} `json:"country"`
	Region *struct {
		Code string `json:"shortCode"`
	} `json:"countryState"`
}

type transaction struct {
	ID      string `json:"id"`
	State   *state `json:"stateMachineState"`
	Created string `json:"createdAt"`
	Updated string `json:"updatedAt"`
}

// orders asks for orders by filters, those that were placed first first.
func (s *Shop) orders(ctx context.Context, filters []any) (list []json.RawMessage, total int, at time.Time, err error) {
	none := map[string]any{}
	with := func(inside map[string]any) map[string]any { return map[string]any{"associations": inside} }
	body := map[string]any{
		"page": 1, "limit": pageSize, "total-count-mode": 1, "filter": filters,
		"sort": []any{map[string]any{"field": "autoIncrement", "order": "ASC"}},
		"associations": map[string]any{
			"stateMachineState": none, "currency": none, "orderCustomer": none, "lineItems": none,
			"transactions": with(map[string]any{"stateMachineState": none}),
			"deliveries": with(map[string]any{
				"stateMachineState": none, "shippingMethod": none,
				"shippingOrderAddress": with(map[string]any{"country": none, "countryState": none}),
			}),
		},
	}
	a, err := s.send(ctx, web.Request{Method: http.MethodPost, Path: "/search/order", Body: body, Asks: true})
	if err != nil {
		return nil, 0, at, err
	}
	var out struct {
		Total *int              `json:"total"`
		Data  []json.RawMessage `json:"data"`
	}
	if err := web.Read(a, &out, true); err != nil {
		return nil, 0, at, err
	}
	if out.Total == nil {
		return nil, 0, at, &shop.Away{Say: "no Shopware answers at this address"}
	}
	at, err = http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		at = s.clock()
	}
	return out.Data, *out.Total, at, nil
}

// Changed returns orders that were new or changed after since. A delivery or a payment
// may change without its order: they are asked for as well.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	r := round.Of(since)
	var filters []any
	between := func(field, how string, value any) map[string]any {
		return map[string]any{"type": "range", "field": field, "parameters": map[string]any{how: value}}
	}
	if !r.Since.IsZero() {
		var either []any
		for _, field := range []string{"createdAt", "updatedAt", "deliveries.updatedAt", "transactions.createdAt", "transactions.updatedAt", "lineItems.createdAt", "lineItems.updatedAt"} {
			either = append(either, between(field, "gte", r.Since.Format(time.RFC3339)))
		}
		filters = append(filters, map[string]any{"type": "multi", "operator": "or", "queries": either})
	}
	if r.Last > 0 {
		filters = append(filters, between("autoIncrement", "gt", r.Last))
	}
	raws, total, at, err := s.orders(ctx, filters)
	if err != nil {
		return shop.Page{}, err
	}
	r.Begin(at)
	before, page := r.Last, shop.Page{}
	for _, raw := range raws {
		o, err := read(raw)
		if o.Counter > 0 && o.Counter <= before {
			continue // a shop that does not mind what is asked
		}
		r.Saw(o.Counter, o.changed())
		var out shop.Order
		if err == nil {
			out, err = s.order(o)
		}
		if err != nil {
			page.Left = append(page.Left, shop.Left{ID: cmp.Or(o.ID, "?"), Number: cmp.Or(o.Number, "?"), Reason: err.Error()})
			continue
		}
		page.Orders = append(page.Orders, out)
	}
	page.More = total > len(raws)
	if page.More && r.Last == before {
		return shop.Page{}, &shop.Away{Say: "it shows the same part of a list again and again"}
	}
	page.Next = r.Cursor(page.More, overlap)
	return page, nil
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	out, err := s.order(o)
	if err != nil {
		return shop.Order{}, &shop.Refused{Say: "order " + o.Number + " cannot be packed: " + err.Error()}
	}
	return out, nil
}

var ids = regexp.MustCompile(`^[0-9a-f]{32}$`)

func (s *Shop) one(ctx context.Context, id string) (order, error) {
	if !ids.MatchString(id) {
		return order{}, &shop.Gone{What: "order of that id"}
	}
	raws, _, _, err := s.orders(ctx, []any{map[string]any{"type": "equals", "field": "id", "value": id}})
	if err != nil {
		return order{}, err
	}
	for _, raw := range raws {
		if o, err := read(raw); o.ID == id {
			if err != nil {
				return o, &shop.Away{Say: "its answer about an order cannot be read"}
			}
			return o, nil
		}
	}
	if len(raws) > 0 {
		return order{}, &shop.Away{Say: "it was asked for one order and answered another"}
	}
	return order{}, &shop.Gone{What: "order of that id"}
}

// read reads an order. With an error, what can be had of it is returned.
func read(raw json.RawMessage) (order, error) {
	var o order
	if err := json.Unmarshal(raw, &o); err != nil || o.ID == "" || o.Number == "" || o.State == nil {
		return order{ID: o.ID, Number: o.Number, Counter: o.Counter}, errors.New("the shop's answer about it cannot be read: look at the order in Shopware")
	}
	return o, nil
}

func (o order) changed() time.Time {
	times := []string{o.Created, o.Updated}
	for _, d := range o.Deliveries {
		times = append(times, d.Updated)
	}
	for _, t := range o.Transactions {
		times = append(times, t.Created, t.Updated)
	}
	for _, l := range o.Lines {
		times = append(times, l.Updated)
	}
	var last time.Time
	for _, text := range times {
		if t := when(text); t.After(last) {
			last = t
		}
	}
	return last
}

func when(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// order makes the bench's order of Shopware's. An error says why it cannot be packed.
func (s *Shop) order(o order) (shop.Order, error) {
	out := shop.Order{Order: station.Order{Shop: s.id, Own: o.ID, Number: o.Number, Placed: when(o.Placed)}}
	if out.Placed.IsZero() {
		out.Placed = when(o.Created)
	}
	out.Value = o.money(o.Total)
	d, err := o.delivery()
	out.Status, out.Reason = s.status(o, d)
	live := out.Status == station.OrderOpen || out.Status == station.OrderHeld
	if err != nil && live {
		return out, err
	}
	if d != nil {
		out.To = d.to(o.Customer)
		if d.Method != nil {
			out.Service = d.Method.Translated.Name
			if out.Service == "" {
				out.Service = d.Method.Name
			}
		}
	}
	lines, err := o.goods()
	if err != nil && live {
		return out, err
	}
	if !slices.ContainsFunc(lines, func(l station.Line) bool { return l.Kind == station.Goods }) && live {
		out.Status, out.Reason, live = station.OrderDone, "", false // nothing to send
	}
	out.Sent = o.sent(d, lines)
	if live {
		out.Lines = lines
		if text := strings.TrimSpace(o.Note); text != "" {
			out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Qty: 1, Text: text})
		}
	}
	return out, nil
}

func (o order) money(f float64) unit.Money {
	if o.Currency == nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return unit.Money{}
	}
	m, err := unit.ParseMoney(strconv.FormatFloat(f, 'f', 6, 64), o.Currency.Code)
	if err != nil {
		return unit.Money{}
	}
	return m
}

// goods are the lines to pack. A discount is a line too, and so is what holds others.
func (o order) goods() ([]station.Line, error) {
	var out []station.Line
	for _, l := range o.Lines {
		var p struct {
			Number string `json:"productNumber"`
			Kind   string `json:"productType"`
		}
		_ = json.Unmarshal(l.Payload, &p) // an empty list where there is none
		download := p.Kind == "digital" || slices.Contains(l.States, "is-download") && !slices.Contains(l.States, "is-physical")
		if l.Type != "product" && l.Type != "custom" || download || l.Qty <= 0 {
			continue
		}
		if l.Qty > mostOfLine || l.Qty != math.Trunc(l.Qty) {
			return nil, fmt.Errorf("%v of %s cannot be right: look at the order in Shopware", l.Qty, l.Label)
		}
		switch {
		case l.Type == "custom":
			out = append(out, station.Line{ID: l.ID, Kind: station.Note, Qty: 1, Text: fmt.Sprintf("%v × %s", l.Qty, l.Label)})
		case p.Number == "":
			return nil, fmt.Errorf("%s has no product number: look at the order in Shopware", l.Label)
		default:
			out = append(out, station.Line{ID: l.ID, SKU: p.Number, Qty: int(l.Qty), Kind: station.Goods, Price: o.money(l.Price)})
		}
	}
	return out, nil
}

// delivery is the one that the goods leave by. A discount on shipping is one more,
// whose costs are below nothing.
func (o order) delivery() (*delivery, error) {
	var out *delivery
	for i := range o.Deliveries {
		d := &o.Deliveries[i]
		if d.ID == o.Delivery {
			return d, nil
		}
		if d.Costs.Total < 0 && len(o.Deliveries) > 1 {
			continue
		}
		if out != nil && d.AddressID != out.AddressID {
			return out, errors.New("it goes to several addresses: send it from Shopware by hand")
		}
		if out == nil {
			out = d
		}
	}
	return out, nil
}

func (d *delivery) to(c *customer) station.Address {
	a := d.Address
	if a == nil {
		return station.Address{}
	}
	out := station.Address{
		Name: strings.TrimSpace(a.First + " " + a.Last), Company: a.Company, Street: a.Street,
		City: a.City, Postcode: a.Zip, Phone: a.Phone,
	}
	out.Street2 = strings.Trim(strings.TrimSpace(a.More1+", "+a.More2), ", ")
	if a.Country != nil {
		out.Country = a.Country.ISO
	}
	if a.Region != nil { // "DE-BY"
		_, region, found := strings.Cut(a.Region.Code, "-")
		if !found {
			region = a.Region.Code
		}
		out.Region = region
	}
	if c != nil {
		out.Email = c.Email
	}
	return out
}
