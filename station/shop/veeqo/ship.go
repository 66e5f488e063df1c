package veeqo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Shipped returns the shipments of an order's allocations.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	in, err := s.order(ctx, id)
	if err != nil {
		return nil, err
	}
	_, sent := in.allocations(0)
	return s.sent(in, sent), nil
}

func (s *Shop) order(ctx context.Context, id string) (order, error) {
	raw, err := s.one(ctx, id)
	if err != nil {
		return order{}, err
	}
	var in order
	if json.Unmarshal(raw, &in) != nil {
		return order{}, &shop.Away{Say: "its answer about the order cannot be read"}
	}
	return in, nil
}

// Ship makes a shipment of each allocation that a parcel is of, and returns the ids
// of all, divided by commas.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	if strings.TrimSpace(p.Tracking) == "" {
		return "", &shop.Refused{Say: "Veeqo was not told: this parcel has no tracking number"}
	}
	in, err := s.order(ctx, p.Order)
	if err != nil {
		return "", err
	}
	open, sent := in.allocations(s.warehouse)
	var ids []string
	for _, a := range sent {
		if shop.SameTracking(a.Shipment.number(), p.Tracking) {
			ids = append(ids, strconv.FormatInt(a.Shipment.ID, 10))
			p.Lines = without(p.Lines, a)
		}
	}
	if len(ids) > 0 && len(p.Lines) == 0 {
		return strings.Join(ids, ","), nil
	}
	if status, reason := in.status(); status != station.OrderOpen {
		if status == station.OrderDone {
			reason = "it has left already"
			if len(sent) > 0 {
				reason += ", with the tracking number " + cmp.Or(station.OneLine(sent[0].Shipment.number(), 40), "left empty")
			}
		}
		return "", &shop.Changed{Say: "the order is not to be sent: " + reason}
	}
	chosen, err := choose(open, p.Lines)
	if err != nil {
		return "", err
	}
	for i, a := range chosen {
		id, err := s.ship(ctx, p, in.ID, a.ID)
		if err != nil && i > 0 && shop.NotDone(err) {
			return "", fmt.Errorf("only a part of the parcel was told to Veeqo: %s", err) // not that nothing was done
		}
		if err != nil {
			return "", err
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, ","), nil
}

// without leaves out the lines of an allocation.
func without(lines []shop.Units, a allocation) (rest []shop.Units) {
	gone := map[string]bool{}
	for _, l := range a.Lines {
		gone[strconv.FormatInt(l.ID, 10)] = true
	}
	for _, u := range lines {
		if !gone[u.Line] {
			rest = append(rest, u)
		}
	}
	return rest
}

// choose finds the allocations that a parcel is of: all of their lines, with all of
// their units, and no others.
func choose(open []allocation, lines []shop.Units) (chosen []allocation, err error) {
	packed, sku := map[string]int{}, map[string]string{}
	for _, u := range lines {
		packed[u.Line] += u.Qty
		sku[u.Line] = u.SKU
	}
	for _, a := range open {
		touched := false
		for _, l := range a.Lines {
			touched = touched || packed[strconv.FormatInt(l.ID, 10)] > 0
		}
		if !touched {
			continue
		}
		for _, l := range a.Lines {
			id := strconv.FormatInt(l.ID, 10)
			n, _ := strconv.Atoi(l.Quantity.String())
			if packed[id] != n {
				return nil, &shop.Changed{Say: fmt.Sprintf("Veeqo has allocated %d of %s, the parcel has %d; an allocation leaves whole", n, station.OneLine(l.Sellable.SKU, 60), packed[id])}
			}
			delete(packed, id)
		}
		chosen = append(chosen, a)
	}
	for id, n := range packed {
		if n > 0 {
			return nil, &shop.Changed{Say: fmt.Sprintf("%s of the parcel is not allocated in Veeqo any longer", cmp.Or(station.OneLine(sku[id], 60), "a line"))}
		}
	}
	if len(chosen) == 0 {
		return nil, &shop.Changed{Say: "nothing of the order waits in Veeqo"}
	}
	return chosen, nil
}

func (s *Shop) ship(ctx context.Context, p shop.Shipment, order, allocation int64) (string, error) {
	id := strings.ToLower(strings.TrimSpace(p.Carrier))
	body := map[string]any{
		"shipment": map[string]any{
			"tracking_number_attributes": map[string]string{"tracking_number": p.Tracking},
			"carrier_id":                 cmp.Or(s.carriers[id], carrierNumbers[id], otherCarrier),
			"notify_customer":            p.Notify,
			"update_remote_order":        s.channel,
		},
		"allocation_id": allocation, "order_id": order,
	}
	var got struct {
		ID         int64
		Allocation int64 `json:"allocation_id"`
	}
	if err := s.web.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments", Body: body}, &got); err != nil {
		return "", meant(err, "order "+p.Order)
	}
	if got.ID == 0 || got.Allocation != 0 && got.Allocation != allocation {
		return "", errors.New("the answer of Veeqo about the shipment cannot be read: look whether it is there")
	}
	return strconv.FormatInt(got.ID, 10), nil
}

// Unship deletes what was told of a parcel.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	in, err := s.order(ctx, p.Order)
	if err != nil {
		return err
	}
	_, sent := in.allocations(0)
	ids := strings.Split(p.ID, ",")
	done := false
	for _, a := range sent {
		id := strconv.FormatInt(a.Shipment.ID, 10)
		known := false
		for _, want := range ids {
			known = known || strings.TrimSpace(want) == id
		}
		if !known && !shop.SameTracking(a.Shipment.number(), p.Tracking) {
			continue
		}
		a, err := s.web.Send(ctx, web.Request{Method: http.MethodDelete, Path: "/shipments/" + id})
		if err = meant(err, "shipment "+id); err == nil && a.Mute() {
			err = &web.NoJSON{Type: a.Header.Get("Content-Type")} // a page for people, or nothing: it may be done or not
		}
		if err == nil || errors.As(err, new(*shop.Gone)) {
			done = true
			continue
		}
		if done && shop.NotDone(err) {
			return fmt.Errorf("only a part of the parcel was taken back in Veeqo: %s", err)
		}
		return err
	}
	return nil
}
