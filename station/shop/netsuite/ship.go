package netsuite

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// ours begins the externalIds of what this program made.
const ours = "packbench-"

// external is the externalId of a parcel's fulfillment: it stays the same whenever the
// same parcel is told.
func external(p shop.Shipment) string {
	key := p.Tracking
	if key == "" {
		key = p.Key
	}
	return ours + p.Order + "-" + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, key)
}

// fulfillment is what left at once.
type fulfillment struct {
	ID       wire.Text
	External wire.Text `json:"externalId"`
	Item     struct {
		Items []struct {
			Line     wire.Text `json:"orderLine"`
			Quantity wire.Text
			Receive  *bool `json:"itemreceive"`
		}
	}
	Package struct {
		Items []struct {
			Tracking wire.Text `json:"packageTrackingNumber"`
			Descr    wire.Text `json:"packageDescr"`
		}
	}
	order wire.Text
}

// fulfilled reads the fulfillments of some orders.
func (s *Shop) fulfilled(ctx context.Context, orders []string) (out []fulfillment, err error) {
	if len(orders) == 0 {
		return nil, nil
	}
	list, err := query[struct{ ID, Order wire.Text }](ctx, s, `SELECT t.id AS id, tl.createdfrom AS "order" FROM transaction t JOIN transactionline tl ON tl.transaction = t.id
		WHERE t.type = 'ItemShip' AND tl.mainline = 'T' AND tl.createdfrom IN (`+strings.Join(orders, ", ")+`) ORDER BY t.id`)
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		if !number(string(l.ID)) {
			return nil, &shop.Away{Say: "it answered with a fulfillment without an id"}
		}
		f, err := s.read(ctx, string(l.ID))
		switch {
		case errors.As(err, new(*shop.Gone)):
			continue // it was deleted meanwhile
		case err != nil:
			return nil, err
		}
		f.order = l.Order
		out = append(out, f)
	}
	return out, nil
}

// read reads a fulfillment by its id, or by "eid:" and its externalId.
func (s *Shop) read(ctx context.Context, id string) (fulfillment, error) {
	var f fulfillment
	err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/record/v1/itemFulfillment/" + id, Query: url.Values{"expandSubResources": {"true"}}}, "fulfillment "+id, &f)
	return f, err
}

// sent is what has left of an order.
func (s *Shop) sent(w whole) (out []shop.Shipment) {
	skus := map[string]string{}
	for _, l := range w.rows {
		skus[string(l.Line)] = l.sku()
	}
	for _, f := range w.sent {
		p := shop.Shipment{ID: string(f.ID), Order: string(w.ID), Number: w.called()}
		for _, it := range f.Item.Items {
			n, err := wire.Whole(it.Quantity)
			if err != nil || n <= 0 || it.Receive != nil && !*it.Receive {
				continue
			}
			p.Lines = append(p.Lines, shop.Units{Line: string(it.Line), SKU: skus[string(it.Line)], Qty: n})
		}
		if len(f.Package.Items) == 0 {
			out = append(out, p)
		}
		for _, box := range f.Package.Items {
			p.Tracking, p.Name = wire.Clean(string(box.Tracking), 100), wire.Clean(string(box.Descr), 60)
			out = append(out, p)
			p.Lines = nil // they are those of the first
		}
	}
	return out
}

// Shipped returns what NetSuite knows to have left.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	w, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.sent(w), nil
}

// Ship makes the fulfillment of one parcel. It looks first, by the parcel's externalId.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	w, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	switch f, err := s.read(ctx, "eid:"+external(p)); {
	case err == nil && number(string(f.ID)):
		return string(f.ID), nil
	case err == nil:
		return "", &shop.Away{Say: "it answered with a fulfillment without an id"}
	case !errors.As(err, new(*shop.Gone)):
		return "", err
	}
	items, err := s.items(w, p)
	if err != nil {
		return "", err
	}
	body := map[string]any{"externalId": external(p), "shipStatus": map[string]string{"id": s.status}, "item": map[string]any{"items": items}}
	if p.Tracking != "" {
		body["package"] = map[string]any{"items": []any{map[string]any{"packageTrackingNumber": p.Tracking, "packageDescr": p.Name}}}
	}
	a, err := s.web.Send(ctx, web.Request{Method: http.MethodPost, Path: "/record/v1/salesOrder/" + p.Order + "/!transform/itemFulfillment", Body: body})
	if err != nil {
		return "", meant(err, "sales order "+p.Order)
	}
	location := a.Header.Get("Location")
	id := location[strings.LastIndexByte(location, '/')+1:]
	if a.Status != http.StatusNoContent || !number(id) {
		return "", errors.New("the answer does not say which fulfillment was made")
	}
	return id, nil
}

// items are the lines of a fulfillment: those of the parcel, and with itemreceive false
// every other that is open.
func (s *Shop) items(w whole, p shop.Shipment) (out []any, err error) {
	switch status, reason := statusOf(w); status {
	case station.OrderDone:
		return nil, &shop.Changed{Say: "all of the order has left already"}
	case station.OrderHeld, station.OrderCancelled:
		return nil, &shop.Changed{Say: "the order cannot be sent now: " + reason}
	}
	in := map[string]int{}
	for _, u := range p.Lines {
		in[u.Line] += u.Qty
	}
	units := 0
	for _, l := range w.rows {
		open, err := l.open()
		if err != nil {
			return nil, &shop.Refused{Say: err.Error()}
		}
		if open == 0 {
			continue
		}
		n := in[string(l.Line)]
		delete(in, string(l.Line))
		switch {
		case n > open:
			return nil, &shop.Changed{Say: fmt.Sprintf("%d of line %s are in the parcel, %d are to be sent", n, l.Line, open)}
		case n <= 0:
			out = append(out, map[string]any{"orderLine": int64Of(l.Line), "itemreceive": false})
			continue
		}
		units += n
		item := map[string]any{"orderLine": int64Of(l.Line), "quantity": n}
		if at := string(l.Location); number(at) {
			item["location"] = map[string]string{"id": at}
		} else if s.location != "" {
			item["location"] = map[string]string{"id": s.location}
		}
		out = append(out, item)
	}
	for line, n := range in {
		if n > 0 {
			return nil, &shop.Changed{Say: "line " + station.OneLine(line, 20) + " has nothing to send any more"}
		}
	}
	if units == 0 { // a fulfillment without lines would be one of everything
		return nil, &shop.Refused{Say: "what is in the parcel is not known, and NetSuite would take all of the order to have left"}
	}
	return out, nil
}

func int64Of(t wire.Text) (n int64) {
	_, _ = fmt.Sscan(string(t), &n)
	return n
}

// Unship is not done from here.
func (s *Shop) Unship(context.Context, shop.Shipment) error {
	return &shop.Refused{Say: "a fulfillment in NetSuite moves stock and money: delete it there, where the books allow it"}
}
