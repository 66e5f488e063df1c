package linnworks

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"packbench/station"
	"packbench/station/shop"
)

// Shipped returns the one shipment of an order that was processed.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	in, _, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	if status, _ := in.status(); status != station.OrderDone {
		return nil, nil
	}
	lines, _ := in.lines()
	return []shop.Shipment{in.sent(lines)}, nil
}

// Ship enters the tracking number and processes the order. The id that it returns is
// the order's: there is one shipment of it.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	switch {
	case p.Part:
		return "", &shop.Refused{Say: "Linnworks processes an order only as a whole. It stays open there until its last parcel leaves; the tracking number of this parcel is not in Linnworks"}
	case strings.TrimSpace(p.Tracking) == "":
		return "", &shop.Refused{Say: "Linnworks was not told: this parcel has no tracking number"}
	}
	in, _, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	id := strings.ToLower(in.OrderID)
	switch status, reason := in.status(); {
	case status == station.OrderDone && shop.SameTracking(in.Shipping.TrackingNumber, p.Tracking):
		return id, nil
	case status == station.OrderDone:
		return "", &shop.Changed{Say: "the order was processed already, with the tracking number " + cmp.Or(station.OneLine(in.Shipping.TrackingNumber, 40), "left empty")}
	case status != station.OrderOpen:
		return "", &shop.Changed{Say: "the order is not to be sent: " + reason}
	}
	if err := in.whole(p); err != nil {
		return "", err
	}
	if err := s.enter(ctx, in, p.Tracking); err != nil {
		return "", err
	}
	var got struct {
		OrderID   string
		Processed bool
		Error     string
	}
	form := url.Values{"orderId": {id}, "scanPerformed": {"true"}, "locationId": {s.location}}
	if err := s.call(ctx, "Orders/ProcessOrder", form, false, "order "+p.Order, &got); err != nil {
		return "", err
	}
	switch {
	case !strings.EqualFold(got.OrderID, id):
		return "", errors.New("the answer of Linnworks is about no order: look whether it was processed")
	case !got.Processed:
		return "", &shop.Refused{Say: cmp.Or(station.OneLine(got.Error, 200), "Linnworks did not process the order and does not say why")}
	}
	if now, _, err := s.one(ctx, id); err == nil && now.Processed && !shop.SameTracking(now.Shipping.TrackingNumber, p.Tracking) {
		return "", fmt.Errorf("the order was processed with the tracking number %s: somebody else was at it", cmp.Or(station.OneLine(now.Shipping.TrackingNumber, 40), "left empty"))
	}
	return id, nil
}

// enter writes the tracking number into an open order and leaves the rest as it is.
// Nothing is sent by it, so that an answer that is lost leaves nothing open.
func (s *Shop) enter(ctx context.Context, in order, tracking string) error {
	info := map[string]any{"TrackingNumber": tracking, "ManualAdjust": in.Shipping.ManualAdjust}
	for name, n := range map[string]json.Number{"TotalWeight": in.Shipping.TotalWeight, "ItemWeight": in.Shipping.ItemWeight, "PostageCost": in.Shipping.PostageCost} {
		if n != "" {
			info[name] = n
		}
	}
	if in.Shipping.PostalServiceID != "" {
		info["PostalServiceId"] = in.Shipping.PostalServiceID
	}
	text, _ := json.Marshal(info)
	err := s.call(ctx, "Orders/SetOrderShippingInfo", url.Values{"orderId": {strings.ToLower(in.OrderID)}, "info": {string(text)}}, false, "order "+in.OrderID, &json.RawMessage{})
	if err != nil && !shop.NotDone(err) {
		return &shop.Away{Say: "the tracking number could not be entered", Err: err}
	}
	return err
}

// whole reports whether a parcel is all of an order.
func (in order) whole(p shop.Shipment) error {
	lines, reason := in.lines()
	if reason != "" {
		return &shop.Changed{Say: reason}
	}
	differs := p.Against(lines)
	if len(differs) == 0 {
		return nil
	}
	d := differs[0]
	if d.In < d.Wants {
		return &shop.Changed{Say: fmt.Sprintf("the order has %d more of %s in Linnworks than were sent; it is processed only as a whole", d.Wants-d.In, station.OneLine(d.SKU, 60))}
	}
	return &shop.Changed{Say: fmt.Sprintf("%d more of %s were sent than the order has in Linnworks", d.In-d.Wants, station.OneLine(d.SKU, 60))}
}

// Unship cannot be done: a processed order is not opened again from here. One that is
// not processed needs nothing.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	sent, err := s.Shipped(ctx, p.Order)
	if err != nil || len(sent) == 0 {
		return err
	}
	if p.Tracking != "" && !shop.SameTracking(sent[0].Tracking, p.Tracking) {
		return nil
	}
	return &shop.Refused{Say: "Linnworks does not open a processed order again for others. Look for it among the processed orders there"}
}

// Test begins a session, reads the open orders and what was processed, and changes
// nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	if _, err := s.session(ctx); err != nil {
		if errors.As(err, new(*shop.Denied)) {
			return []shop.Check{{What: "sign in", Say: err.Error(), Fix: "copy the three values again from the application in Linnworks"}}, nil
		}
		return nil, err
	}
	out := []shop.Check{{What: "sign in", OK: true, Say: "a session began"}}
	var all []string
	err := s.call(ctx, "Orders/GetAllOpenOrders", url.Values{"filters": {"{}"}, "sorting": {"[]"}, "fulfilmentCenter": {s.location}, "additionalFilter": {""}, "exactMatch": {"true"}}, true, "open orders", &all)
	out = append(out, check("read orders", fmt.Sprintf("%d open orders", len(all)), err))
	_, _, err = s.ids(ctx, reading{List: lists[1], Begun: s.clock()})
	out = append(out, check("read processed orders", "what left the open orders is found", err))
	return append(out, shop.Check{What: "process orders", OK: true, Say: "it is tried with the first parcel; orders in several parcels are processed with the last one"}), nil
}

func check(what, say string, err error) shop.Check {
	if err != nil {
		return shop.Check{What: what, Say: err.Error(), Fix: "see in Linnworks that the application has the rights for orders, then try again"}
	}
	return shop.Check{What: what, OK: true, Say: say}
}
