package shopify

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/unit"
)

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (_ shop.Order, err error) {
	ctx, end := s.read(ctx, "order "+id)
	defer func() { end(err) }()
	at, err := s.where(ctx)
	if err != nil {
		return shop.Order{}, err
	}
	o, err := s.order(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	return s.make(o, at), nil
}

// make puts an order together of its fulfillment orders.
func (s *Shop) make(o *order, at place) shop.Order {
	out := shop.Order{Sent: shipments(o)}
	out.Shop, out.Own, out.Number = s.id, own(o.ID), o.Name
	out.Placed, out.Version = o.CreatedAt, int(o.UpdatedAt.Unix())
	out.Value, out.Bill = price(o.CurrentTotalPriceSet), bill(o)
	out.Totes, out.Reference = s.totes(o.Tags), station.OneLine(o.PONumber, station.MaxReference)
	parts := o.sort(at)
	from := parts.now
	out.Status, out.Reason = s.status(o, at, parts)
	if len(from) == 0 && out.Status == station.OrderHeld {
		from = parts.later
	}
	for _, f := range o.FulfillmentOrders.Nodes {
		out.Version = max(out.Version, int(f.UpdatedAt.Unix()))
	}
	if out.Status == station.OrderOpen || out.Status == station.OrderHeld {
		out.Lines = lines(from)
		if note := strings.TrimSpace(o.Note); note != "" && s.set["notes"] != "off" {
			out.Lines = append(out.Lines, station.Line{ID: "note", Qty: 1, Kind: station.Note, Text: note})
		}
	}
	out.To = to(o, from)
	for _, f := range from {
		out.ShipBy = earliest(out.ShipBy, f.FulfillBy)
		if d := f.DeliveryMethod; d != nil {
			out.Promise = earliest(out.Promise, d.MaxDeliveryDateTime)
			out.Service = cmp.Or(out.Service, d.PresentedName)
		}
	}
	if o.ShippingLine != nil {
		out.Service = cmp.Or(out.Service, o.ShippingLine.Title)
	}
	return out
}

// parts are an order's fulfillment orders with something left to send.
type parts struct {
	now, later, elsewhere []fulfillmentOrder
}

func (o *order) sort(at place) (p parts) {
	for _, f := range o.FulfillmentOrders.Nodes {
		switch {
		case f.Status == "CLOSED" || f.Status == "CANCELLED" || f.Status == "INCOMPLETE" || f.left() == 0:
			// What is closed may have units left, and none of them can be sent.
		case at.none == "" && !at.takes(f.location()):
			p.elsewhere = append(p.elsewhere, f)
		case f.can("CREATE_FULFILLMENT"):
			p.now = append(p.now, f)
		default:
			p.later = append(p.later, f)
		}
	}
	return p
}

// status says whether an order can be packed, and if not, why.
func (s *Shop) status(o *order, at place, p parts) (station.OrderStatus, string) {
	switch {
	case o.CancelledAt != nil:
		return station.OrderCancelled, cancelled(o.CancelReason)
	case len(p.now)+len(p.later) > 0 && at.none != "":
		return station.OrderHeld, at.none
	case len(p.now) > 0 && s.unpaid(o.DisplayFinancialStatus):
		return station.OrderHeld, "It is not paid yet"
	case len(p.now) > 0 && !together(p.now):
		return station.OrderHeld, "It goes to two addresses: split it into two orders in Shopify"
	case len(p.now) > 0:
		return station.OrderOpen, ""
	case len(p.later) > 0:
		return station.OrderHeld, why(p.later)
	case len(o.FulfillmentOrders.Nodes) == 0 && o.DisplayFulfillmentStatus != "FULFILLED":
		return station.OrderHeld, "The shop does not show what is to be sent: its key lacks the right read_merchant_managed_fulfillment_orders"
	case len(p.elsewhere) > 0 && len(shipments(o)) == 0:
		return station.OrderCancelled, "It is packed at " + clip(p.elsewhere[0].AssignedLocation.Name)
	case len(shipments(o)) > 0 || o.DisplayFulfillmentStatus == "FULFILLED":
		return station.OrderDone, ""
	}
	return station.OrderCancelled, "Nothing of it is left to send"
}

func (s *Shop) unpaid(status string) bool {
	return s.set["unpaid"] != "pack" && slices.Contains([]string{"PENDING", "EXPIRED", "VOIDED", "PARTIALLY_PAID"}, status)
}

func cancelled(reason string) string {
	return cmp.Or(map[string]string{
		"CUSTOMER": "The customer cancelled it", "FRAUD": "Cancelled as fraud", "INVENTORY": "Cancelled, out of stock",
		"DECLINED": "Cancelled, payment declined", "STAFF": "Cancelled by the shop's staff",
	}[reason], "Cancelled in the shop")
}

// why says what keeps fulfillment orders from being sent.
func why(later []fulfillmentOrder) string {
	var reasons []string
	for _, f := range later {
		for _, h := range f.FulfillmentHolds {
			text := strings.TrimSpace(h.DisplayReason)
			if notes := strings.TrimSpace(h.ReasonNotes); notes != "" {
				text = strings.TrimPrefix(text+": "+notes, ": ")
			}
			if text != "" && !slices.Contains(reasons, text) {
				reasons = append(reasons, text)
			}
		}
	}
	if len(reasons) > 0 {
		return clip(strings.Join(reasons, "; "))
	}
	switch f := later[0]; {
	case f.Status == "SCHEDULED" && f.FulfillAt != nil:
		return "It is not to be sent before " + f.FulfillAt.Format("2006-01-02")
	case f.Status == "SCHEDULED":
		return "It is a pre-order"
	case f.Status == "ON_HOLD":
		return "On hold in the shop"
	}
	return fmt.Sprintf("Shopify does not let %s send it now", cmp.Or(clip(later[0].AssignedLocation.Name), "this location"))
}

// together reports whether all goes to one address.
func together(list []fulfillmentOrder) bool {
	for _, f := range list[1:] {
		a, b := list[0].Destination, f.Destination
		if a != nil && b != nil && *a != *b {
			return false
		}
	}
	return true
}

// lines are what remains to be packed, one line for a line of the order, whatever
// fulfillment orders it stands in.
func lines(from []fulfillmentOrder) (out []station.Line) {
	at := map[string]int{}
	for _, f := range from {
		for _, l := range f.LineItems.Nodes {
			id := own(l.LineItem.ID)
			if !l.packed() {
				continue
			}
			if i, ok := at[id]; ok {
				out[i].Qty += l.RemainingQuantity
				continue
			}
			at[id] = len(out)
			out = append(out, station.Line{
				ID: id, SKU: l.sku(), Qty: l.RemainingQuantity, Kind: station.Goods, Price: price(l.LineItem.DiscountedUnitPriceAfterAllDiscountsSet),
				Listed: price(l.LineItem.OriginalUnitPriceSet),
			})
		}
	}
	return out
}

// packed reports whether a line is something to pack. Tips have no line here at all.
func (l foLine) packed() bool {
	return l.RemainingQuantity > 0 && (l.RequiresShipping == nil || *l.RequiresShipping) && !l.LineItem.IsGiftCard && own(l.LineItem.ID) != ""
}

func (f fulfillmentOrder) left() int {
	n := 0
	for _, l := range f.LineItems.Nodes {
		if l.packed() {
			n += l.RemainingQuantity
		}
	}
	return n
}

func (f fulfillmentOrder) can(action string) bool {
	for _, a := range f.SupportedActions {
		if a.Action == action {
			return true
		}
	}
	return false
}

func (f fulfillmentOrder) location() string {
	if f.AssignedLocation.Location == nil {
		return ""
	}
	return own(f.AssignedLocation.Location.ID)
}

// to is where it goes: the fulfillment order knows best.
func to(o *order, from []fulfillmentOrder) station.Address {
	var out station.Address
	if a := o.ShippingAddress; a != nil {
		out = station.Address{
			Name: a.Name, Company: a.Company, Street: a.Address1, Street2: a.Address2, City: a.City, Region: a.ProvinceCode,
			Postcode: a.Zip, Country: a.CountryCodeV2, Phone: a.Phone,
		}
	}
	if len(from) > 0 && from[0].Destination != nil {
		d := from[0].Destination
		region := d.Province
		if d.Address1 == out.Street && d.Zip == out.Postcode && out.Region != "" {
			region = out.Region // its code, where the fulfillment order has a name
		}
		out = station.Address{
			Name: strings.TrimSpace(d.FirstName + " " + d.LastName), Company: d.Company, Street: d.Address1, Street2: d.Address2, City: d.City,
			Region: region, Postcode: d.Zip, Country: d.CountryCode, Phone: d.Phone, Email: d.Email,
		}
	}
	out.Phone, out.Email = cmp.Or(out.Phone, o.Phone), cmp.Or(out.Email, o.Email)
	return out
}

func (s *Shop) totes(tags []string) (out []string) {
	prefix := s.set["tote_prefix"]
	for _, tag := range tags {
		if name, ok := strings.CutPrefix(tag, prefix); prefix != "" && ok && strings.TrimSpace(name) != "" {
			out = append(out, strings.TrimSpace(name))
		}
	}
	return out
}

// bill is what the customer was told that the order costs. Shopify's subtotal is what the
// goods cost after all that is taken off.
func bill(o *order) station.Bill {
	return station.Bill{
		Subtotal: price(o.CurrentSubtotalPriceSet), Discount: price(o.CurrentTotalDiscountsSet), Off: true, Shipping: price(o.CurrentShippingPriceSet),
		Tax: price(o.CurrentTotalTaxSet), Within: o.TaxesIncluded, Total: price(o.CurrentTotalPriceSet), Paid: price(o.TotalReceivedSet),
	}
}

// price reads an amount; one that cannot be read is none.
func price(a amount) unit.Money {
	m, err := unit.ParseMoney(a.ShopMoney.Amount, a.ShopMoney.CurrencyCode)
	if err != nil {
		return unit.Money{}
	}
	return m
}

func earliest(t time.Time, other *time.Time) time.Time {
	if other != nil && (t.IsZero() || other.Before(t)) {
		return *other
	}
	return t
}

// shipments are what has left and was not taken back. One with several numbers is
// several, of which the first has the lines.
func shipments(o *order) (out []shop.Shipment) {
	for _, f := range o.Fulfillments {
		if f.Status == "CANCELLED" || f.Status == "ERROR" || f.Status == "FAILURE" {
			continue
		}
		p := shop.Shipment{ID: own(f.ID), Order: own(o.ID), Number: o.Name, At: f.CreatedAt}
		for _, l := range f.FulfillmentLineItems.Nodes {
			p.Lines = append(p.Lines, shop.Units{Line: own(l.LineItem.ID), SKU: foLine{LineItem: l.LineItem}.sku(), Qty: l.Quantity})
		}
		if len(f.TrackingInfo) == 0 {
			out = append(out, p)
		}
		for _, t := range f.TrackingInfo {
			p.Tracking, p.Name, p.Link = t.Number, t.Company, t.URL
			out = append(out, p)
			p.Lines = nil
		}
	}
	return out
}
