package customstore

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Shipped returns one shipment without tracking number where the cart calls the order
// shipped.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	o, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	return o.order.Sent, nil
}

type notice struct {
	XMLName         xml.Name `xml:"ShipNotice"`
	OrderNumber     string
	OrderID         string
	LabelCreateDate string
	ShipDate        string
	Carrier         string
	Service         string
	TrackingNumber  string
	Items           []noticed `xml:"Items>Item"`
}

type noticed struct {
	SKU        string
	Quantity   int
	LineItemID string `xml:",omitempty"`
}

// shippedID is the id of what left of an order: the cart has one shipment of it, without
// an id of its own.
func shippedID(order string) string { return "shipped-" + order }

// Ship sends the notice of a shipment.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	switch {
	case p.Part:
		return "", &shop.Refused{Say: "this kind of shop takes an order only as a whole. It stays open there until its last parcel leaves; the tracking number of this parcel is not in the shop"}
	case strings.TrimSpace(p.Tracking) == "":
		return "", &shop.Refused{Say: "the shop was not told: this parcel has no tracking number"}
	}
	o, err := s.find(ctx, p.Order)
	if err != nil {
		return "", err
	}
	key := p.Order + "\x00" + p.Tracking
	if err := s.before(o, p, s.triedBefore(key)); err != nil {
		return "", err
	}
	body, err := s.notice(o, p)
	if err != nil {
		return "", &shop.Refused{Say: err.Error()}
	}
	carrier := cmp.Or(p.Name, p.Carrier)
	q := s.query(url.Values{
		"action": {"shipnotify"}, "order_number": {o.order.Number}, "carrier": {carrier}, "service": {o.order.Service}, "tracking_number": {p.Tracking},
	})
	a, err := s.web.Send(ctx, web.Request{Method: http.MethodPost, Query: q, Header: http.Header{"Content-Type": {"text/xml; charset=utf-8"}}, Body: body})
	if err != nil {
		err = meant(err)
		if !shop.NotDone(err) {
			s.trying(key)
		}
		return "", err
	}
	s.trying(key)
	if looksLikePage(a.Body) {
		return "", errors.New("the shop answered a notice of shipment with a web page: look there whether it was taken")
	}
	return shippedID(p.Order), nil
}

func (s *Shop) triedBefore(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tried[key]
}

func (s *Shop) trying(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.tried) > 50_000 {
		clear(s.tried)
	}
	s.tried[key] = true
}

// before looks whether a notice may be sent. again: this one was sent before, and is
// taken once only.
func (s *Shop) before(o read, p shop.Shipment, again bool) error {
	switch {
	case o.left != nil:
		return &shop.Changed{Say: o.left.Reason}
	case o.order.Status == station.OrderDone && again:
		return nil
	case o.order.Status == station.OrderDone:
		return &shop.Changed{Say: "the order is shipped in the shop already, which does not say with which tracking number: look there"}
	case o.order.Status == station.OrderCancelled:
		return &shop.Changed{Say: "the order was cancelled in the shop"}
	case o.order.Status == station.OrderHeld:
		return &shop.Changed{Say: "the order is held: " + o.order.Reason}
	}
	rest := map[string]int{}
	for _, u := range shop.Goods(o.order.Lines) {
		rest[u.Line] += u.Qty
	}
	for _, u := range p.Lines {
		rest[u.Line] -= u.Qty
	}
	for _, line := range slices.Sorted(maps.Keys(rest)) {
		if n := rest[line]; n != 0 {
			return &shop.Changed{Say: fmt.Sprintf("the order has %d units of %s more in the shop than were sent; it is told of as a whole", n, station.OneLine(line, 60))}
		}
	}
	return nil
}

func (s *Shop) notice(o read, p shop.Shipment) ([]byte, error) {
	at := p.At
	if at.IsZero() {
		at = s.clock()
	}
	n := notice{
		OrderNumber: o.order.Number, OrderID: p.Order, LabelCreateDate: at.UTC().Format(minutes), ShipDate: at.In(s.clock().Location()).Format("01/02/2006"),
		Carrier: cmp.Or(p.Name, p.Carrier), Service: o.order.Service, TrackingNumber: p.Tracking,
	}
	for _, u := range p.Lines {
		it := noticed{SKU: u.SKU, Quantity: u.Qty}
		if !strings.HasPrefix(u.Line, u.SKU) {
			it.LineItemID = u.Line
		}
		n.Items = append(n.Items, it)
	}
	text, err := xml.Marshal(n)
	return append([]byte(xml.Header), text...), err
}

// Unship cannot be done: a notice has no way back. For what is not there none is
// needed.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	o, err := s.find(ctx, p.Order)
	if err != nil {
		return err
	}
	if o.order.Status != station.OrderDone {
		return nil
	}
	return &shop.Refused{Say: "this kind of shop does not let others take back a shipment: take it back in the shop itself"}
}

// Test reads the export of the last day and changes nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	to := s.clock().UTC().Add(ahead)
	orders, pages, err := s.window(ctx, to.Add(-24*time.Hour), to, 1)
	check := shop.Check{What: "read orders", OK: err == nil}
	switch {
	case errors.As(err, new(*shop.Denied)):
		check.Say, check.Fix = err.Error(), "copy the user name and the password from the page of the shop where it is connected to ShipStation"
		return []shop.Check{check}, nil
	case err != nil:
		return nil, err
	}
	unknown := map[string]bool{}
	check.Say = fmt.Sprintf("%d orders changed within a day", len(orders))
	if pages > 1 {
		check.Say = fmt.Sprintf("more than %d orders changed within a day", len(orders))
	}
	for _, o := range orders {
		if word, yes := strings.CutPrefix(o.order.Reason, "the shop calls it "); yes && o.left == nil {
			unknown[word] = true
		}
	}
	out := []shop.Check{check}
	if len(unknown) > 0 {
		word, _, _ := strings.Cut(slices.Sorted(maps.Keys(unknown))[0], ";")
		out = append(out, shop.Check{What: "words of state", Say: "the shop uses the word " + word + ", which is not mapped", Fix: "say in the settings of the shop whether it means paid, unpaid, hold, shipped or cancelled"})
	} else {
		out = append(out, shop.Check{What: "words of state", OK: true, Say: "all words of these orders are known"})
	}
	return append(out, shop.Check{What: "tell of shipments", OK: true, Say: "it is tried with the first parcel; orders in several parcels are told of with the last one"}), nil
}
