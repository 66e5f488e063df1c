package shopware

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// status is what the three state machines come to.
func (s *Shop) status(o order, d *delivery) (station.OrderStatus, string) {
	switch o.State.Technical {
	case "open", "in_progress":
	case "completed":
		return station.OrderDone, ""
	case "cancelled":
		return station.OrderCancelled, "cancelled in the shop"
	default:
		return station.OrderHeld, "the shop says: " + o.State.called()
	}
	if d == nil || d.State == nil {
		return station.OrderHeld, "the shop says no delivery of it"
	}
	switch d.State.Technical {
	case "open":
	case "shipped", "returned", "returned_partially":
		return station.OrderDone, ""
	case "shipped_partially":
		return station.OrderHeld, "sent in part: Shopware does not say which lines, send the rest by hand"
	case "cancelled":
		return station.OrderCancelled, "its delivery was cancelled in the shop"
	default:
		return station.OrderHeld, "the shop says of the delivery: " + d.State.called()
	}
	return s.paid(o)
}

func (s *Shop) paid(o order) (station.OrderStatus, string) {
	var last *transaction
	for i := range o.Transactions {
		t := &o.Transactions[i]
		if t.ID == o.Transaction {
			last = t
			break
		}
		if last == nil || t.Created >= last.Created {
			last = t
		}
	}
	if last == nil || last.State == nil {
		if o.Total == 0 || s.unpaid {
			return station.OrderOpen, ""
		}
		return station.OrderHeld, "not paid yet"
	}
	switch last.State.Technical {
	case "paid", "authorized":
		return station.OrderOpen, ""
	case "refunded":
		return station.OrderCancelled, "refunded in the shop"
	case "refunded_partially":
		return station.OrderHeld, "a part was refunded: look in the shop what is still to be sent"
	case "open", "in_progress", "reminded", "unconfirmed":
		if s.unpaid {
			return station.OrderOpen, ""
		}
		return station.OrderHeld, "not paid yet"
	case "paid_partially":
		return station.OrderHeld, "paid in part"
	case "failed", "cancelled":
		return station.OrderHeld, "the payment has failed"
	}
	return station.OrderHeld, "the shop says of the payment: " + last.State.called()
}

func (s *state) called() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Technical
}

// sent is what has left: a delivery that is shipped, by each of its tracking codes.
// The lines are said of the first; a part of an order has none that are known.
func (o order) sent(d *delivery, lines []station.Line) []shop.Shipment {
	if d == nil || d.State == nil || !slices.Contains([]string{"shipped", "shipped_partially", "returned", "returned_partially"}, d.State.Technical) {
		return nil
	}
	base := shop.Shipment{ID: d.ID, Order: o.ID, Number: o.Number, At: when(d.Updated)}
	if d.Method != nil {
		base.Name = d.Method.Name
	}
	if d.State.Technical != "shipped_partially" {
		for _, l := range lines {
			if l.Kind == station.Goods {
				base.Lines = append(base.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
			}
		}
	}
	if len(d.Codes) == 0 {
		return []shop.Shipment{base}
	}
	var out []shop.Shipment
	for i, code := range d.Codes {
		one := base
		one.Tracking = code
		if i > 0 {
			one.Lines = nil
		}
		out = append(out, one)
	}
	return out
}

// Shipped returns what the shop knows to have left for an order.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	d, _ := o.delivery() // several addresses: the first tells as much as there is
	lines, _ := o.goods()
	return o.sent(d, lines), nil
}

// Ship tells of the parcel of an order: first its tracking code, which the mail to the
// buyer names, then that the delivery has left. A code alone is no shipment yet: what
// comes to nothing after it leaves nothing but the code, which the next parcel replaces.
// Asked again it does only what is missing.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	o, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	d, err := o.delivery()
	if err != nil {
		return "", &shop.Refused{Say: err.Error()}
	}
	if o.has(d, p) {
		return d.ID, nil
	}
	if status, reason := s.status(o, d); status != station.OrderOpen {
		if status == station.OrderDone {
			reason = "it has left already"
		}
		return "", &shop.Changed{Say: "order " + o.Number + ": " + reason}
	}
	if err := o.whole(p); err != nil {
		return "", err
	}
	codes := []string{}
	if p.Tracking != "" {
		codes = append(codes, p.Tracking)
	}
	if !slices.Equal(d.Codes, codes) {
		a, err := s.send(ctx, web.Request{Method: http.MethodPatch, Path: "/order-delivery/" + d.ID, Body: map[string]any{"trackingCodes": codes}})
		if err != nil {
			return "", err
		}
		if a.Mute() {
			return "", &web.NoJSON{Type: a.Header.Get("Content-Type")}
		}
	}
	a, err := s.send(ctx, web.Request{Method: http.MethodPost, Path: "/_action/order_delivery/" + d.ID + "/state/ship", Body: map[string]any{"sendMail": p.Notify}})
	if err == nil {
		return d.ID, web.Read(a, new(json.RawMessage), false)
	}
	var no *shop.Refused
	if !errors.As(err, &no) {
		return "", err
	}
	// A state machine says only that there is no such way: perhaps it was gone before.
	now, errRead := s.one(ctx, p.Order)
	if errRead != nil {
		return "", fmt.Errorf("the shop refused the parcel (%s), but perhaps has it: %v", no.Say, errRead) // not wrapped: that would say that nothing was done
	}
	d, _ = now.delivery()
	if now.has(d, p) {
		return d.ID, nil
	}
	if status, reason := s.status(now, d); status != station.OrderOpen {
		return "", &shop.Changed{Say: "order " + o.Number + ": " + reason}
	}
	return "", no
}

// has reports whether a parcel is in the shop.
func (o order) has(d *delivery, p shop.Shipment) bool {
	return slices.ContainsFunc(o.sent(d, nil), func(s shop.Shipment) bool { return shop.SameTracking(s.Tracking, p.Tracking) }) && d.State.Technical == "shipped"
}

// whole reports whether a parcel holds all of an order, as an error if it does not.
func (o order) whole(p shop.Shipment) error {
	lines, err := o.goods()
	if err != nil {
		return &shop.Refused{Say: err.Error()}
	}
	part := ""
	for _, d := range p.Against(lines) {
		switch {
		case d.Wants == 0:
			return &shop.Changed{Say: d.SKU + " is no longer in the order"}
		case d.In > d.Wants:
			return &shop.Changed{Say: fmt.Sprintf("%d of %s are in the parcel, the order wants %d", d.In, d.SKU, d.Wants)}
		case part == "":
			part = fmt.Sprintf("%d of %d of %s are in the parcel", d.In, d.Wants, d.SKU)
		}
	}
	if part != "" {
		return &shop.Refused{Say: part + ". Shopware is told of an order as a whole only: put all of it into one parcel, or enter this shipment in Shopware"}
	}
	return nil
}

// Unship cannot be: Shopware's delivery does not go back from shipped to open.
func (s *Shop) Unship(context.Context, shop.Shipment) error {
	return &shop.Refused{Say: "a Shopware delivery that was sent does not become open again. Write to the buyer, and correct the tracking code in Shopware by hand"}
}

// Test asks for what the bench needs and changes nothing. Whether it may tell
// shipments is asked of a delivery that cannot be.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	const how = "In Shopware open Settings, System, Integrations and give the integration of packbench a role with the right "
	var out []shop.Check
	_, total, _, err := s.orders(ctx, []any{map[string]any{"type": "equals", "field": "stateMachineState.technicalName", "value": "open"}})
	var d *shop.Denied
	switch read := (shop.Check{What: "read orders", OK: err == nil, Say: fmt.Sprintf("%d open orders", total)}); {
	case err == nil:
		out = append(out, read)
	case errors.As(err, &d) && d.Right == "":
		return []shop.Check{{What: "use the key", Say: d.Error(), Fix: "Enter the access key and the secret of an integration. The secret is shown once: where it is lost, make a new one in Shopware under Settings, System, Integrations."}}, nil
	case errors.As(err, &d):
		read.Say, read.Fix = d.Error(), how+d.Right+"."
		out = append(out, read)
	default:
		return nil, err
	}
	const nowhere = "00000000000000000000000000000000"
	tell := shop.Check{What: "tell shipments", OK: true, Say: "allowed"}
	_, err = s.send(ctx, web.Request{Method: http.MethodPatch, Path: "/order-delivery/" + nowhere, Body: map[string]any{"trackingCodes": []string{}}, Asks: true})
	switch {
	case errors.As(err, &d):
		tell.OK, tell.Say, tell.Fix = false, d.Error(), how+"order_delivery:update."
	case err != nil && !shop.Hopeless(err):
		return nil, err
	}
	return append(out, tell), nil
}
