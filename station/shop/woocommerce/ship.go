package woocommerce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Shipped returns what the shop knows to have left. Where a call of Ship was cut short
// after the last parcel was told, and before the order was completed, it is completed
// now: whoever reads here that the parcel is told does not call Ship again.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	left, records, err := s.standing(ctx, o)
	if err != nil {
		return nil, err
	}
	out := shipments(o, records)
	if slices.ContainsFunc(out, func(p shop.Shipment) bool { return p.Key != "" }) {
		if err := s.finish(ctx, o, left); err != nil && !shop.NotDone(err) {
			return nil, &shop.Away{Say: "the order is not marked as completed yet", Err: err}
		} else if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func sum(left map[ident]int) int {
	n := 0
	for _, q := range left {
		n += q
	}
	return n
}

// Ship tells of a parcel. It looks first, because the shop makes another entry and
// another mail of each one that is sent; what is there already is only finished.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	o, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	left, records, err := s.standing(ctx, o)
	if err != nil {
		return "", err
	}
	if r, ok := find(records, p); ok {
		return s.end(ctx, o, left, r.full())
	}
	lines, err := s.mayShip(o, left, p)
	if err != nil {
		return "", err
	}
	id, err := s.tell(ctx, o, p, lines)
	if err != nil {
		return "", err
	}
	for _, l := range lines {
		n, _ := wire.Whole(l.Qty)
		left[l.Item] -= n
	}
	return s.end(ctx, o, left, id)
}

// end completes the order of a parcel that is told. Whatever goes wrong now must not
// say that nothing was done.
func (s *Shop) end(ctx context.Context, o order, left map[ident]int, id string) (string, error) {
	if err := s.finish(ctx, o, left); err != nil {
		return id, fmt.Errorf("the parcel is told, but the order is not marked as completed yet: %v", err)
	}
	return id, nil
}

// find returns the record of a parcel: by our key where the shop keeps it, else by
// the tracking number.
func find(records []record, p shop.Shipment) (record, bool) {
	for _, r := range records {
		for _, q := range r.parts {
			if p.Key != "" && q.Key == p.Key {
				return r, true
			}
		}
		if p.Key != "" && r.Key == p.Key || p.ID != "" && r.full() == p.ID {
			return r, true
		}
	}
	for _, r := range records {
		if shop.SameTracking(r.Tracking, p.Tracking) && (r.way != byFulfillment || r.Key == "" || p.Key == "") {
			return r, true
		}
	}
	return record{}, false
}

// mayShip says which units a parcel takes, if the order still has them.
func (s *Shop) mayShip(o order, left map[ident]int, p shop.Shipment) ([]lineOf, error) {
	switch status, reason := s.status(o); status {
	case station.OrderDone:
		return nil, &shop.Changed{Say: "the order is marked as completed already"}
	case station.OrderCancelled, station.OrderHeld:
		return nil, &shop.Changed{Say: "the order cannot be sent now: " + reason}
	}
	var lines []lineOf
	if len(p.Lines) == 0 {
		for _, it := range s.goods(o) {
			if left[it.ID] > 0 {
				lines = append(lines, lineOf{it.ID, number(left[it.ID])})
			}
		}
	}
	for _, l := range p.Lines {
		var id ident
		if id.UnmarshalJSON([]byte(l.Line)) != nil || id == 0 || l.Qty <= 0 || left[id] < l.Qty {
			return nil, &shop.Changed{Say: "the order has fewer units left than the parcel holds"}
		}
		lines = append(lines, lineOf{id, number(l.Qty)})
	}
	if len(lines) == 0 {
		return nil, &shop.Changed{Say: "nothing of the order is left to send"}
	}
	return lines, nil
}

// tell makes the entry, by the first way that the shop has.
func (s *Shop) tell(ctx context.Context, o order, p shop.Shipment, lines []lineOf) (string, error) {
	w := s.chosen()
	if w == "" {
		return "", &shop.Away{Say: "it could not be found out how it is told about shipments"}
	}
	if p.Tracking == "" && (w == byTracking || w == byAST) {
		w = byNote // a plug-in for tracking numbers takes no parcel without one
	}
	if w != byFulfillment && p.Key != "" {
		if err := s.keepParts(ctx, o, p, lines); err != nil {
			return "", err
		}
	}
	var id string
	var err error
	switch w {
	case byFulfillment:
		id, err = s.fulfill(ctx, o, p, lines)
	case byNote:
		var made note
		err = s.change(ctx, http.MethodPost, w.place(o.ID.String()), nil, map[string]any{"note": sayOf(p), "customer_note": p.Notify}, &made)
		id = made.ID.String()
	default:
		var made tracking
		err = s.change(ctx, http.MethodPost, w.place(o.ID.String()), nil, trackingOf(p), &made)
		id = string(made.ID)
	}
	if err == nil {
		return string(w) + ":" + id, nil
	}
	return s.doubt(ctx, o, p, w, err)
}

// doubt looks whether an answer that is neither a yes nor a sure no left an entry.
func (s *Shop) doubt(ctx context.Context, o order, p shop.Shipment, w way, err error) (string, error) {
	if errors.As(err, new(noRoute)) {
		s.mu.Lock()
		s.ways = nil
		s.mu.Unlock()
		return "", &shop.Away{Err: err}
	}
	var no *unsure
	answered := errors.As(err, &no)
	if !answered && !errors.As(err, new(*web.NoJSON)) {
		return "", err
	}
	records, failed := s.records(ctx, o)
	if failed != nil {
		return "", err
	}
	for _, r := range records {
		if r.way == w && (shop.SameTracking(r.Tracking, p.Tracking) || p.Key != "" && r.Key == p.Key) {
			return r.full(), nil
		}
	}
	if answered {
		return "", &shop.Refused{Say: no.Say}
	}
	return "", err
}

// keepParts writes the units of a parcel beside the order, in an entry of its own. A
// repeat changes nothing.
func (s *Shop) keepParts(ctx context.Context, o order, p shop.Shipment, lines []lineOf) error {
	body := map[string]any{"meta_data": []map[string]any{{
		"key": ourKeys + p.Key, "value": map[string]any{"tracking": p.Tracking, "lines": lines},
	}}}
	err := s.change(ctx, http.MethodPut, core+"/orders/"+o.ID.String(), nil, body, nil)
	if err == nil || shop.NotDone(err) {
		return err
	}
	return &shop.Away{Say: "it did not keep what the parcel holds", Err: err} // nothing is told yet, and it may be written again
}

// fulfill makes a fulfilment.
func (s *Shop) fulfill(ctx context.Context, o order, p shop.Shipment, lines []lineOf) (string, error) {
	entry := func(key string, value any) map[string]any { return map[string]any{"key": key, "value": value} }
	entries := []map[string]any{entry("_items", lines)}
	if p.Key != "" {
		entries = append(entries, entry(ourKey, p.Key))
	}
	if p.Tracking != "" {
		entries = append(entries, entry("_tracking_number", p.Tracking))
	}
	if p.Name != "" {
		provider := strings.ToLower(p.Name)
		if !strings.Contains(" ups usps fedex dhl dpd gls ", " "+provider+" ") {
			provider = "other"
			entries = append(entries, entry("_provider_name", p.Name))
		}
		entries = append(entries, entry("_shipment_provider", provider))
	}
	if p.Link != "" {
		entries = append(entries, entry("_tracking_url", p.Link))
	}
	notify := "false"
	if p.Notify {
		notify = "true"
	}
	var made fulfillment
	body := map[string]any{"status": "fulfilled", "is_fulfilled": true, "meta_data": entries}
	err := s.change(ctx, http.MethodPost, byFulfillment.place(o.ID.String()), url.Values{"notify_customer": {notify}}, body, &made)
	return made.ID.String(), err
}

// trackingOf is the entry of a plug-in. A carrier that the plug-in does not know has
// to come with a link.
func trackingOf(p shop.Shipment) map[string]any {
	out := map[string]any{"tracking_number": p.Tracking}
	if !p.At.IsZero() {
		out["date_shipped"] = p.At.Format("2006-01-02")
	}
	if p.Link != "" {
		out["custom_tracking_provider"], out["custom_tracking_link"] = p.Name, p.Link
	} else {
		out["tracking_provider"] = p.Name
	}
	return out
}

// finish completes an order of which nothing is left. It may be asked any number of
// times.
func (s *Shop) finish(ctx context.Context, o order, left map[ident]int) error {
	if sum(left) > 0 || !s.pack[string(o.Status)] {
		return nil
	}
	return s.move(ctx, o, "completed")
}

func (s *Shop) move(ctx context.Context, o order, status string) error {
	return s.change(ctx, http.MethodPut, core+"/orders/"+o.ID.String(), nil, map[string]string{"status": status}, nil)
}

// Unship opens the order again and takes the entry of a parcel away, in this order:
// if it is cut short, the parcel is still found. A note cannot be unsaid.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	o, err := s.one(ctx, p.Order)
	if err != nil {
		return err
	}
	records, err := s.records(ctx, o)
	if err != nil {
		return err
	}
	r, ok := find(records, p)
	switch {
	case !ok:
		return nil
	case r.way == byNote:
		return &shop.Refused{Say: "a parcel that was told by a note to the buyer cannot be taken back; write to the buyer, and set the order back by hand"}
	}
	if o.Status == "completed" {
		if err := s.move(ctx, o, "processing"); err != nil && !shop.NotDone(err) {
			return &shop.Away{Say: "the order is not open again yet", Err: err}
		} else if err != nil {
			return err
		}
	}
	var query url.Values
	if r.way == byFulfillment {
		query = url.Values{"notify_customer": {"false"}}
	}
	err = s.change(ctx, http.MethodDelete, r.way.place(o.ID.String())+"/"+url.PathEscape(r.id), query, nil, nil)
	if errors.As(err, new(*shop.Gone)) {
		return nil
	}
	return err
}

func number(n int) text { return text(ident(n).String()) }
