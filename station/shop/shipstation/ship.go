package shipstation

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// sent is a fulfilment, which was made outside, or a shipment, whose label was bought
// in ShipStation.
type sent struct {
	FulfillmentID int64
	ShipmentID    int64
	OrderID       int64
	OrderNumber   string
	Tracking      string `json:"trackingNumber"`
	CarrierCode   string
	ShipDate      string
	CreateDate    string
	Voided        bool
	VoidRequested bool
	Return        bool   `json:"isReturnLabel"`
	Notified      *bool  `json:"marketplaceNotified"`
	NotifyError   string `json:"notifyErrorMessage"`
	Items         []item `json:"shipmentItems"`
}

// Shipped returns what has left of an order: fulfilments, made by whomever, and labels
// that were bought in ShipStation and not voided. A return label is none of it. The
// shop does not say what was in a fulfilment: it is the whole order.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	if n, err := strconv.ParseInt(id, 10, 64); err != nil || n <= 0 {
		return nil, &shop.Gone{What: "order " + station.OneLine(id, 40)}
	}
	all, err := s.fulfilments(ctx, id)
	if err != nil {
		return nil, err
	}
	bought, err := s.of(ctx, "/shipments", id)
	if err != nil {
		return nil, err
	}
	all = append(all, bought...)
	if len(all) == 0 {
		return nil, nil
	}
	var whole []shop.Units
	if slices.ContainsFunc(all, func(f sent) bool { return len(f.Items) == 0 }) {
		raw, err := s.one(ctx, id)
		if err != nil {
			return nil, err
		}
		var in order
		if json.Unmarshal(raw, &in) == nil {
			lines, _ := s.lines(in)
			whole = shop.Goods(lines)
		}
	}
	out := make([]shop.Shipment, 0, len(all))
	for _, f := range all {
		out = append(out, s.shipment(f, id, whole))
	}
	return out, nil
}

// mostParcels is how many pages of parcels are read for one page of orders.
const mostParcels = 4

// withParcels says of the orders of a page that have left what left, by the parcels of
// about that time. Of an order whose parcel is older, it stays open which it was.
func (s *Shop) withParcels(ctx context.Context, orders []shop.Order, times []time.Time) error {
	left, whole := map[string]*shop.Order{}, map[string][]shop.Units{}
	for i, o := range orders {
		if o.Status == station.OrderDone {
			left[o.Own], whole[o.Own] = &orders[i], o.Sent[0].Lines
		}
	}
	if len(left) == 0 {
		return nil
	}
	first := handsOf(s.clock())
	for _, t := range times {
		if !t.IsZero() && t.Before(first) {
			first = t
		}
	}
	for _, path := range []string{"/fulfillments", "/shipments"} {
		q := url.Values{"createDateStart": {asked(first.Add(-overlap))}, "sortBy": {"CreateDate"}, "sortDir": {"ASC"}}
		list, err := s.pages(ctx, path, q, mostParcels)
		if err != nil {
			return err
		}
		for _, f := range list {
			id := strconv.FormatInt(f.OrderID, 10)
			o := left[id]
			if o == nil {
				continue
			}
			if o.Sent[0].ID == "" {
				o.Sent = nil // the one that only says that it left
			}
			o.Sent = append(o.Sent, s.shipment(f, id, whole[id]))
		}
	}
	return nil
}

func (s *Shop) fulfilments(ctx context.Context, id string) ([]sent, error) {
	return s.of(ctx, "/fulfillments", id)
}

// of reads the parcels of one order that stand.
func (s *Shop) of(ctx context.Context, path, id string) (out []sent, err error) {
	list, err := s.pages(ctx, path, url.Values{"orderId": {id}}, 20)
	for _, f := range list {
		if strconv.FormatInt(f.OrderID, 10) == id {
			out = append(out, f)
		}
	}
	return out, err
}

// pages reads parcels that stand.
func (s *Shop) pages(ctx context.Context, path string, q url.Values, most int) (out []sent, err error) {
	for page := 1; page <= most; page++ {
		q.Set("pageSize", strconv.Itoa(mostOfPage))
		q.Set("page", strconv.Itoa(page))
		if path == "/shipments" {
			q.Set("includeShipmentItems", "true")
		}
		var got struct {
			Fulfillments []sent
			Shipments    []sent
			Pages        int
		}
		if _, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: path, Query: q}, "parcels", &got); err != nil {
			return nil, err
		}
		for _, f := range append(got.Fulfillments, got.Shipments...) {
			if f.Voided || f.Return {
				continue
			}
			out = append(out, f)
		}
		if page >= got.Pages {
			break
		}
	}
	return out, nil
}

func (s *Shop) shipment(f sent, order string, whole []shop.Units) shop.Shipment {
	p := shop.Shipment{
		ID: fmt.Sprintf("fulfillment-%d", f.FulfillmentID), Order: order, Number: station.OneLine(f.OrderNumber, 80),
		Tracking: strings.TrimSpace(f.Tracking), Carrier: f.CarrierCode, Name: f.CarrierCode,
		At: moment(hands(cmp.Or(f.ShipDate, f.CreateDate))), Lines: whole, Say: s.trouble(f),
	}
	if f.FulfillmentID == 0 {
		p.ID = fmt.Sprintf("shipment-%d", f.ShipmentID)
	}
	if len(f.Items) > 0 {
		p.Lines = nil
	}
	for _, it := range f.Items {
		if n, err := strconv.Atoi(it.Quantity.String()); err == nil && n > 0 && !it.Adjustment {
			p.Lines = append(p.Lines, shop.Units{Line: it.OrderItemID.String(), SKU: it.SKU, Qty: n})
		}
	}
	return p
}

// late is how long a sales channel may know nothing of a parcel before that is said.
const late = time.Hour

// trouble is what a person should know of a parcel that has left.
func (s *Shop) trouble(f sent) string {
	switch {
	case f.NotifyError != "":
		return "the sales channel was not told: " + station.OneLine(f.NotifyError, 200) + ". Tell it from ShipStation, or by hand"
	case f.VoidRequested:
		return "somebody asked ShipStation to void it"
	case s.channel && f.Notified != nil && !*f.Notified && s.clock().Sub(moment(hands(f.CreateDate))) > late:
		return "ShipStation has not told the sales channel yet; look at the order there"
	}
	return ""
}

// Ship marks an order as shipped, after it was looked whether that is so already. The
// id that it returns is the order's: ShipStation does not say which fulfilment it made.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	switch {
	case p.Part:
		return "", &shop.Refused{Say: "ShipStation marks an order as shipped only as a whole. It stays open there until its last parcel leaves; the tracking number of this parcel is not in ShipStation"}
	case strings.TrimSpace(p.Tracking) == "":
		return "", &shop.Refused{Say: "ShipStation was not told: this parcel has no tracking number"}
	}
	if err := s.room(2); err != nil {
		return "", err
	}
	raw, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	var in order
	if err := json.Unmarshal(raw, &in); err != nil {
		return "", &shop.Away{Say: "its answer about the order cannot be read"}
	}
	if id, err := s.before(ctx, in, p); id != "" || err != nil {
		return id, err
	}
	body := map[string]any{
		"orderId": in.OrderID, "carrierCode": s.carrier(p), "shipDate": s.whenShipped(p.At),
		"trackingNumber": p.Tracking, "notifyCustomer": p.Notify, "notifySalesChannel": s.channel,
	}
	var got struct{ OrderID int64 }
	if _, err := s.ask(ctx, web.Request{Method: http.MethodPost, Path: "/orders/markasshipped", Body: body}, "order "+p.Order, &got); err != nil {
		return "", err
	}
	if got.OrderID != in.OrderID {
		return "", fmt.Errorf("ShipStation confirmed another order than %s", p.Order)
	}
	return p.Order, nil
}

// before looks whether an order may still be marked: an id says that this very parcel
// is there already.
func (s *Shop) before(ctx context.Context, in order, p shop.Shipment) (string, error) {
	status, reason := in.status()
	if status == station.OrderOpen {
		return "", s.whole(in, p) // no parcel of it stands, or it would be shipped
	}
	there, err := s.fulfilments(ctx, p.Order)
	if err != nil {
		return "", err
	}
	bought, err := s.of(ctx, "/shipments", p.Order)
	if err != nil {
		return "", err
	}
	there = append(there, bought...)
	for _, f := range there {
		if shop.SameTracking(f.Tracking, p.Tracking) {
			return s.shipment(f, p.Order, nil).ID, nil
		}
	}
	switch {
	case status == station.OrderCancelled:
		return "", &shop.Changed{Say: "the order was cancelled in ShipStation"}
	case status == station.OrderDone && len(there) > 0:
		return "", &shop.Changed{Say: "the order was shipped already, with the tracking number " + cmp.Or(station.OneLine(there[0].Tracking, 40), "left empty")}
	case status == station.OrderDone:
		return "", &shop.Changed{Say: "the order was marked as shipped already"}
	}
	return "", &shop.Changed{Say: "the order is held: " + reason}
}

// whole reports whether a parcel is all of an order, because all of it is marked.
func (s *Shop) whole(in order, p shop.Shipment) error {
	lines, reason := s.lines(in)
	if reason != "" {
		return &shop.Changed{Say: reason}
	}
	differs := p.Against(lines)
	if len(differs) == 0 {
		return nil
	}
	d := differs[0]
	if d.In < d.Wants {
		return &shop.Changed{Say: fmt.Sprintf("the order has %d more of %s in ShipStation than were sent; it is marked as shipped only as a whole", d.Wants-d.In, station.OneLine(d.SKU, 60))}
	}
	return &shop.Changed{Say: fmt.Sprintf("%d more of %s were sent than the order has in ShipStation", d.In-d.Wants, station.OneLine(d.SKU, 60))}
}

// carrierCodes are ShipStation's codes of carriers that it ships with itself.
var carrierCodes = map[string]string{"ups": "ups", "fedex": "fedex", "usps": "usps", "dhl-express": "dhl_express", "dhlexpress": "dhl_express"}

// carrier is ShipStation's code of a carrier. One that it has no code for is other.
func (s *Shop) carrier(p shop.Shipment) string {
	id := strings.ToLower(strings.TrimSpace(p.Carrier))
	return cmp.Or(s.carriers[id], carrierCodes[id], "other")
}

// Unship cannot be done: ShipStation has no way to take a mark back. A shipment that
// is not there needs none.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	there, err := s.Shipped(ctx, p.Order)
	if err != nil {
		return err
	}
	for _, f := range there {
		if p.Tracking == "" || f.ID == p.ID || shop.SameTracking(f.Tracking, p.Tracking) {
			return &shop.Refused{Say: "ShipStation does not let others take back a parcel. Open the order there and restore it or void its fulfilment, then correct the sales channel if it was told"}
		}
	}
	return nil
}
