package shipstationv2

import (
	"cmp"
	"context"
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

// fulfilments is a page of a list of them.
type fulfilments struct {
	Fulfilments []fulfilment `json:"fulfillments"`
	Pages       int
}

// fulfilment is how a parcel is told.
type fulfilment struct {
	ID       wire.Text `json:"fulfillment_id"`
	Shipment wire.Text `json:"shipment_id"`
	Tracking wire.Text `json:"tracking_number"`
	Carrier  wire.Text `json:"fulfillment_carrier_friendly_name"`
	At       wire.Text `json:"ship_date"`
	Voided   bool
	Notified bool      `json:"order_source_notified"`
	Trouble  wire.Text `json:"notification_error_message"`
}

// mostPages is how many pages of fulfilments one shipment may have.
const mostPages = 20

// told reads the fulfilments of a shipment, those aside that were voided.
func (s *Shop) told(ctx context.Context, id string) ([]fulfilment, error) {
	var out []fulfilment
	for page := 1; page <= mostPages; page++ {
		var list fulfilments
		q := url.Values{"shipment_id": {id}, "page": {strconv.Itoa(page)}, "page_size": {"100"}}
		if _, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/fulfillments", Query: q}, "shipment "+id, &list); err != nil {
			return nil, err
		}
		for _, f := range list.Fulfilments {
			if string(f.Shipment) != id {
				return nil, &shop.Away{Say: "it answered with fulfilments of another shipment"}
			}
			if !f.Voided {
				out = append(out, f)
			}
		}
		if page >= list.Pages {
			return out, nil
		}
	}
	return nil, &shop.Away{Say: "the fulfilments of the shipment " + id + " have no end"}
}

// sent is what has left of a shipment, which is all of it at once. A label that was
// bought in ShipStation is known by the shipment's state only.
func sent(sh shipment, told []fulfilment) (out []shop.Shipment) {
	lines, _ := linesOf(sh)
	for _, f := range told {
		one := shop.Shipment{
			ID: wire.Clean(string(f.ID), 60), Order: string(sh.ID), Number: called(sh), Tracking: wire.Clean(string(f.Tracking), 100),
			Name: wire.Clean(string(f.Carrier), 60), At: when(f.At), Lines: shop.Goods(lines),
		}
		if text := wire.Clean(string(f.Trouble), 200); text != "" && !f.Notified {
			one.Say = "the sales channel was not told: " + text
		}
		out = append(out, one)
	}
	return out
}

// Shipped returns what ShipStation knows to have left.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	sh, told, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	return sent(sh, told), nil
}

// Ship tells of the parcel with which a shipment leaves. It looks first.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	if p.Part {
		return "", &shop.Refused{Say: "ShipStation can be told only of a shipment that leaves whole: split it there"}
	}
	sh, told, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	for _, k := range sent(sh, told) {
		if shop.SameTracking(k.Tracking, p.Tracking) {
			return k.ID, nil
		}
	}
	if err := s.mayShip(sh, told, p); err != nil {
		return "", err
	}
	body := map[string]any{"fulfillments": []any{map[string]any{
		"shipment_id": p.Order, "tracking_number": p.Tracking, "carrier_code": s.carrier(p), "ship_date": p.At.UTC().Format(time.RFC3339),
		"notify_customer": p.Notify, "notify_order_source": s.channel,
	}}}
	var answer struct {
		HasErrors   bool `json:"has_errors"`
		Fulfilments []struct {
			Shipment wire.Text `json:"shipment_id"`
			Error    wire.Text `json:"error_message"`
		} `json:"fulfillments"`
	}
	if _, err := s.ask(ctx, web.Request{Method: http.MethodPost, Path: "/fulfillments", Body: body}, "shipment "+p.Order, &answer); err != nil {
		return "", err
	}
	for _, f := range answer.Fulfilments {
		if string(f.Shipment) == p.Order && f.Error != "" {
			return "", &shop.Refused{Say: wire.Clean(string(f.Error), 200)}
		}
	}
	if answer.HasErrors || len(answer.Fulfilments) == 0 {
		return "", errors.New("the answer does not say whether the parcel was taken")
	}
	return s.idOf(ctx, p)
}

// idOf finds the id of what was told just now, which the answer does not hold. The parcel
// is there whatever comes: what cannot be found keeps its tracking number for an id.
func (s *Shop) idOf(ctx context.Context, p shop.Shipment) (string, error) {
	told, err := s.told(ctx, p.Order)
	if err != nil {
		return "", fmt.Errorf("the parcel is told, but cannot be read back yet: %v", err) // an *Away here must not say that nothing was done
	}
	for _, f := range told {
		if shop.SameTracking(string(f.Tracking), p.Tracking) {
			return wire.Clean(string(f.ID), 60), nil
		}
	}
	return "", errors.New("the parcel was taken, but is not among those of its shipment")
}

// mayShip looks whether the shipment still is what the parcel was packed for.
func (s *Shop) mayShip(sh shipment, told []fulfilment, p shop.Shipment) error {
	if p.Tracking == "" {
		return &shop.Refused{Say: "ShipStation takes no parcel without a tracking number"}
	}
	if len(told) > 0 {
		return &shop.Changed{Say: "the shipment has left with another tracking number"}
	}
	switch status, reason := statusOf(sh); status {
	case station.OrderDone:
		return &shop.Changed{Say: "a label was bought for the shipment in ShipStation"}
	case station.OrderHeld, station.OrderCancelled:
		return &shop.Changed{Say: "the shipment cannot leave now: " + reason}
	}
	lines, err := linesOf(sh)
	if err != nil {
		return &shop.Refused{Say: err.Error()}
	}
	for _, d := range p.Against(lines) {
		return &shop.Changed{Say: fmt.Sprintf("%d of %s are in the parcel, the shipment wants %d", d.In, d.SKU, d.Wants)}
	}
	return nil
}

// carrierCodes are ShipStation's codes of carriers that the bench may know.
var carrierCodes = map[string]string{"ups": "ups", "fedex": "fedex", "usps": "usps"}

// carrier is ShipStation's code of a carrier. One that it has no code for is other.
func (s *Shop) carrier(p shop.Shipment) string {
	id := strings.ToLower(strings.TrimSpace(p.Carrier))
	return cmp.Or(s.carriers[id], carrierCodes[id], "other")
}

// Unship cannot be done.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	there, err := s.Shipped(ctx, p.Order)
	if err != nil {
		return err
	}
	for _, f := range there {
		if p.Tracking == "" || f.ID == p.ID || shop.SameTracking(f.Tracking, p.Tracking) {
			return &shop.Refused{Say: "ShipStation does not let others take back a parcel: void its fulfilment there, then correct the sales channel if it was told"}
		}
	}
	return nil
}
