package billbee

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web/wire"
)

// ours is how tags begin that say which parcel this bench tells of: by its tracking
// number, or by its key where it has none. Billbee keeps labels that were only printed
// in the same list as parcels that left, so the list alone does not say who is meant.
const ours = "packbench "

func tagOf(p shop.Shipment) string {
	if n := plain(p.Tracking); n != "" {
		return ours + n
	}
	return ours + wire.Clean(p.Key, 60)
}

func (o order) has(tag string) bool {
	for _, t := range o.Tags {
		if strings.EqualFold(wire.Clean(string(t), 200), tag) {
			return true
		}
	}
	return false
}

func plain(t string) string { return strings.ToUpper(strings.Join(strings.Fields(t), "")) }

// sent is what has left of an order. A label that was printed in Billbee is in it too.
func sent(o order) []shop.Shipment {
	var out []shop.Shipment
	for _, p := range o.Sent {
		out = append(out, shop.Shipment{
			ID: p.ID.String(), Order: o.ID.String(), Number: called(o), Tracking: wire.Clean(string(p.Tracking), 100), Name: wire.Clean(string(p.Shipper), 60),
			Link: wire.Clean(string(p.Link), 500), At: when(p.Created),
		})
	}
	if len(out) > 0 || o.State != shipped {
		return out
	}
	for _, t := range o.Tags {
		if key, ok := strings.CutPrefix(wire.Clean(string(t), 200), ours); ok {
			out = append(out, shop.Shipment{ID: "state", Key: key, Order: o.ID.String(), Number: called(o)})
		}
	}
	return out
}

// Shipped returns what Billbee knows to have left. Where a call of Ship was cut short
// after the parcel was told, and before the order was set to shipped, it is set now:
// whoever reads here that the parcel is told does not call Ship again.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	out := sent(o)
	for _, p := range out {
		if p.Tracking == "" || !o.has(tagOf(p)) {
			continue
		}
		if err := s.finish(ctx, o); err != nil && !shop.NotDone(err) {
			return nil, &shop.Away{Say: "the order is not set to shipped yet", Err: err}
		} else if err != nil {
			return nil, err
		}
		break
	}
	return out, nil
}

// Ship tells of the parcel with which an order is sent. It looks first, because
// Billbee makes another entry of each one that is sent.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	o, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	if p.Part {
		return "", &shop.Refused{Say: "Billbee can be told only of an order that is sent whole"}
	}
	for _, q := range sent(o) {
		if shop.SameTracking(q.Tracking, p.Tracking) || q.Key != "" && tagOf(q) == tagOf(p) {
			return s.end(ctx, o, q.ID)
		}
	}
	if err := s.mayShip(o, p); err != nil {
		return "", err
	}
	if !o.has(tagOf(p)) {
		err := s.change(ctx, http.MethodPost, o, "/tags", map[string]any{"Tags": []string{tagOf(p)}}, func(now order) bool { return now.has(tagOf(p)) })
		if err != nil && !shop.NotDone(err) {
			return "", &shop.Away{Say: "it did not keep which parcel is told", Err: err} // nothing is told yet, and a tag is there once
		} else if err != nil {
			return "", err
		}
	}
	if p.Tracking == "" {
		return s.end(ctx, o, "state")
	}
	body := map[string]any{"ShippingId": p.Tracking, "OrderId": int64(o.ID), "Comment": p.Name}
	told := func(now order) bool {
		return slices.ContainsFunc(sent(now), func(q shop.Shipment) bool { return shop.SameTracking(q.Tracking, p.Tracking) })
	}
	if err := s.change(ctx, http.MethodPost, o, "/shipment", body, told); err != nil {
		return "", err
	}
	return s.end(ctx, o, plain(p.Tracking))
}

// end sets the order of a parcel that is told to shipped. Whatever goes wrong now must
// not say that nothing was done.
func (s *Shop) end(ctx context.Context, o order, id string) (string, error) {
	if err := s.finish(ctx, o); err != nil {
		return id, fmt.Errorf("the parcel is told, but the order is not set to shipped yet: %v", err)
	}
	return id, nil
}

// finish may be asked any number of times.
func (s *Shop) finish(ctx context.Context, o order) error {
	if !s.pack[o.State.String()] {
		return nil
	}
	return s.change(ctx, http.MethodPut, o, "/orderstate", map[string]int{"NewStateId": shipped}, func(now order) bool { return now.State == shipped })
}

// mayShip looks whether the order still is what the parcel was packed for.
func (s *Shop) mayShip(o order, p shop.Shipment) error {
	switch status, reason := s.status(o); status {
	case station.OrderDone:
		return &shop.Changed{Say: "the order is shipped already"}
	case station.OrderCancelled, station.OrderHeld:
		return &shop.Changed{Say: "the order cannot be sent now: " + reason}
	}
	now, err := s.build(o)
	if err != nil {
		return &shop.Refused{Say: "order " + called(o) + ": " + err.Error()}
	}
	left := map[string]int{}
	for _, l := range now.Lines {
		if l.Kind == station.Goods {
			left[l.ID] += l.Qty
		}
	}
	for _, u := range p.Lines {
		if left[u.Line] -= u.Qty; u.Qty <= 0 || left[u.Line] < 0 {
			return &shop.Changed{Say: "the order has fewer units than the parcel holds"}
		}
	}
	if len(now.Lines) == 0 {
		return &shop.Changed{Say: "the order has nothing to send"}
	}
	for _, n := range left {
		if n > 0 && len(p.Lines) > 0 { // it would be set to shipped as a whole
			return &shop.Changed{Say: "the order has more units than were packed"}
		}
	}
	return nil
}

// Unship is not possible.
func (s *Shop) Unship(context.Context, shop.Shipment) error {
	return &shop.Refused{Say: "Billbee keeps a shipment that it was told; remove it in Billbee, and set the order back there"}
}
