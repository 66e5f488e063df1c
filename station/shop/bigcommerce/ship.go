package bigcommerce

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web/wire"
)

type shipment struct {
	ID       wire.ID
	Created  wire.Text `json:"date_created"`
	Tracking wire.Text `json:"tracking_number"`
	Provider wire.Text `json:"shipping_provider"`
	Carrier  wire.Text `json:"tracking_carrier"`
	Link     wire.Text `json:"tracking_link"`
	Comments wire.Text
	Items    []struct {
		Line     wire.ID `json:"order_product_id"`
		Quantity wire.Text
	}
}

// remark is how a parcel is known again that has no tracking number.
const remark = "Parcel "

// shipments are what has left of an order.
func (s *Shop) shipments(ctx context.Context, id string, lines []line) ([]shop.Shipment, error) {
	const per, most = 250, 40
	var out []shop.Shipment
	seen, skus := map[wire.ID]bool{}, map[wire.ID]string{}
	for _, l := range lines {
		skus[l.ID] = l.sku()
	}
	for page := 1; page <= most; page++ {
		var some []shipment
		if _, err := s.get(ctx, "/orders/"+id+"/shipments", url.Values{"limit": {strconv.Itoa(per)}, "page": {strconv.Itoa(page)}}, &some); err != nil {
			return nil, err
		}
		fresh := 0
		for _, p := range some {
			if !seen[p.ID] {
				seen[p.ID] = true
				fresh++
				out = append(out, p.told(id, skus))
			}
		}
		if fresh == 0 || len(some) < 50 {
			return out, nil
		}
	}
	return nil, &shop.Refused{Say: "an order has more shipments than anybody can read"}
}

func (p shipment) told(order string, skus map[wire.ID]string) shop.Shipment {
	out := shop.Shipment{
		ID: p.ID.String(), Order: order, Number: order, Tracking: wire.Clean(string(p.Tracking), 100), Name: wire.Clean(string(p.Carrier), 60),
		Link: wire.Clean(string(p.Link), 500), At: when(p.Created),
	}
	if out.Name == "" {
		out.Name = wire.Clean(string(p.Provider), 60)
	}
	if key, ok := strings.CutPrefix(wire.Clean(string(p.Comments), 200), remark); ok {
		out.Key = key
	}
	for _, it := range p.Items {
		n, err := wire.Whole(it.Quantity)
		if err != nil || n <= 0 {
			continue
		}
		out.Lines = append(out.Lines, shop.Units{Line: it.Line.String(), SKU: skus[it.Line], Qty: n})
	}
	return out
}

// Shipped returns what the store knows to have left.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	if _, err := s.one(ctx, id); err != nil {
		return nil, err
	}
	lines, err := s.lines(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.shipments(ctx, id, lines)
}

// find returns a parcel among those that are told.
func find(list []shop.Shipment, p shop.Shipment) (shop.Shipment, bool) {
	for _, q := range list {
		if p.Key != "" && q.Key == p.Key || p.ID != "" && q.ID == p.ID {
			return q, true
		}
	}
	for _, q := range list {
		if shop.SameTracking(q.Tracking, p.Tracking) && (q.Key == "" || p.Key == "") {
			return q, true
		}
	}
	return shop.Shipment{}, false
}

// Ship tells of a parcel. It looks first: of a part of an order the store makes a
// second shipment, and writes to the buyer a second time. Once nothing is left the
// store marks the order as shipped by itself.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	o, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	lines, err := s.lines(ctx, p.Order)
	if err != nil {
		return "", err
	}
	told, err := s.shipments(ctx, p.Order, lines)
	if err != nil {
		return "", err
	}
	if q, ok := find(told, p); ok {
		return q.ID, nil
	}
	body, err := s.parcel(o, lines, p)
	if err != nil {
		return "", err
	}
	var made shipment
	if _, err := s.send(ctx, requestTo(http.MethodPost, "/orders/"+p.Order+"/shipments", body), &made); err != nil {
		return "", err
	}
	if made.ID == 0 {
		return "", errors.New("the shop did not say whether it made the shipment")
	}
	return made.ID.String(), nil
}

// parcel is what is sent, if the order still has its units.
func (s *Shop) parcel(o order, lines []line, p shop.Shipment) (map[string]any, error) {
	switch word, reason := status(o); word {
	case station.OrderDone:
		return nil, &shop.Changed{Say: "the order is marked as shipped already"}
	case station.OrderCancelled, station.OrderHeld:
		return nil, &shop.Changed{Say: "the order cannot be sent now: " + reason}
	}
	want := map[string]int{}
	for _, u := range p.Lines {
		want[u.Line] += u.Qty
	}
	type item struct {
		Line int64 `json:"order_product_id"`
		Qty  int   `json:"quantity"`
	}
	var items []item
	to := wire.ID(0)
	for _, l := range lines {
		left, err := l.left()
		if err != nil {
			return nil, &shop.Refused{Say: "order " + p.Order + ": " + err.Error()}
		}
		n, named := want[l.ID.String()]
		if len(p.Lines) == 0 {
			n = left
		}
		delete(want, l.ID.String())
		if n > left || named && n <= 0 {
			return nil, &shop.Changed{Say: "the order has fewer units left than the parcel holds"}
		}
		if n > 0 {
			items = append(items, item{int64(l.ID), n})
			to = l.Address
		}
	}
	if len(want) > 0 || len(items) == 0 {
		return nil, &shop.Changed{Say: "the order has fewer units left than the parcel holds"}
	}
	body := map[string]any{
		"order_address_id": int64(to), "tracking_number": p.Tracking, "shipping_method": p.Name, "shipping_provider": "", "tracking_carrier": "", "items": items,
	}
	if p.Link != "" {
		body["tracking_link"] = p.Link
	}
	if p.Key != "" {
		body["comments"] = remark + p.Key
	}
	return body, nil
}

// Unship takes a shipment away. The store leaves the order as shipped when that is
// done, so it is opened first.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	o, err := s.one(ctx, p.Order)
	if err != nil {
		return err
	}
	told, err := s.shipments(ctx, p.Order, nil)
	if err != nil {
		return err
	}
	q, ok := find(told, p)
	if !ok {
		return nil
	}
	const shipped, partly, open = 2, 3, 11
	next := open
	if len(told) > 1 {
		next = partly
	}
	if o.Status == shipped || o.Status == partly && next == open {
		_, err := s.send(ctx, requestTo(http.MethodPut, "/orders/"+p.Order, map[string]int{"status_id": next}), nil)
		if err != nil && !shop.NotDone(err) {
			return &shop.Away{Say: "the order is not open again yet", Err: err}
		} else if err != nil {
			return err
		}
	}
	_, err = s.send(ctx, requestTo(http.MethodDelete, "/orders/"+p.Order+"/shipments/"+q.ID, nil), nil)
	if errors.As(err, new(*shop.Gone)) {
		return nil
	}
	return err
}
