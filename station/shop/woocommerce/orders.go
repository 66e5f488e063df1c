package woocommerce

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/unit"
	"packbench/station/web/wire"
)

// Changed returns the orders of the next page. A round reads the orders that changed
// since the one before, and then those that went to the trash, which are in no list of
// the others.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	m := read(since)
	status := "any"
	if m.Trash {
		status = "trash"
	}
	rows, on, more, err := s.list(ctx, core+"/orders", url.Values{"status": {status}}, m)
	if err != nil {
		return shop.Page{}, err
	}
	page := shop.Page{More: more}
	switch {
	case more:
	case !m.Trash && !m.Since.IsZero():
		on, page.More = mark{Since: on.Since, Until: on.Until, Trash: true}, true
	default:
		on = on.next()
	}
	page.Next = on.cursor()
	if err := s.fill(ctx, &page, rows); err != nil {
		return shop.Page{}, err
	}
	return page, nil
}

// fill reads the rows of a page.
func (s *Shop) fill(ctx context.Context, page *shop.Page, rows []json.RawMessage) error {
	var orders []order
	for _, row := range rows {
		var o order
		if json.Unmarshal(row, &o) != nil {
			page.Left = append(page.Left, shop.Left{ID: rowID(row).String(), Number: rowID(row).String(), Reason: "the shop gives it in a form that cannot be read"})
			continue
		}
		if !draft(o.Status) {
			orders = append(orders, o)
		}
	}
	if err := s.learn(ctx, orders); err != nil {
		return err
	}
	for _, o := range orders {
		built, err := s.build(ctx, o, told(o))
		var bad unfit
		switch {
		case errors.As(err, &bad):
			page.Left = append(page.Left, shop.Left{ID: o.ID.String(), Number: called(o), Reason: string(bad)})
		case errors.As(err, new(*shop.Gone)): // deleted while the page was read
		case err != nil:
			return err
		default:
			page.Orders = append(page.Orders, built)
		}
	}
	return nil
}

// Fresh returns an order as it is now. Everything is read again: a line that is
// changed in the shop does not move the order's date.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	built, err := s.build(ctx, o, true)
	var bad unfit
	if errors.As(err, &bad) {
		return shop.Order{}, &shop.Refused{Say: "order " + called(o) + ": " + string(bad)}
	}
	return built, err
}

// one reads an order as the shop gives it.
func (s *Shop) one(ctx context.Context, id string) (order, error) {
	var o order
	if n, err := strconv.ParseUint(id, 10, 63); err != nil || n == 0 {
		return o, &shop.Gone{What: "order with such an id"}
	}
	_, err := s.get(ctx, core+"/orders/"+id, nil, &o)
	switch {
	case errors.As(err, new(*shop.Gone)):
		return o, &shop.Gone{What: "order " + id}
	case err != nil:
		return o, err
	case o.ID.String() != id:
		return o, &shop.Away{Say: "it answered with another order than was asked for"}
	}
	return o, nil
}

// unfit is why an order cannot be packed as it is.
type unfit string

func (u unfit) Error() string { return string(u) }

// build makes the bench's order of the shop's. With look the shop is asked what has
// left of it.
func (s *Shop) build(ctx context.Context, o order, look bool) (shop.Order, error) {
	out := shop.Order{Order: station.Order{
		Shop: s.opt.ID, Own: o.ID.String(), Number: called(o), Placed: when(o.Created), To: goesTo(o), Value: wire.Money(o.Total, o.Currency), Bill: bill(o),
	}}
	out.Status, out.Reason = s.status(o)
	if len(o.Services) > 0 {
		out.Service = wire.Clean(string(o.Services[0].Title), 100)
		if out.Service == "" {
			out.Service = wire.Clean(string(o.Services[0].Method), 100)
		}
	}
	k, err := s.gather(ctx, o, look && out.Status != station.OrderCancelled)
	if err != nil {
		return out, err
	}
	left, err := s.remaining(o, k)
	if err != nil {
		return out, err
	}
	out.Sent = shipments(o, k.records)
	for _, it := range s.goods(o) {
		if n := left[it.ID]; n > 0 {
			out.Lines = append(out.Lines, station.Line{ID: it.ID.String(), SKU: sku(it), Qty: n, Kind: station.Goods, Price: wire.Each(it.Total, it.Quantity, o.Currency), Listed: listed(o, it)})
		}
	}
	if len(out.Lines) == 0 && out.Status == station.OrderOpen {
		out.Status, out.Reason = station.OrderDone, ""
	}
	if note := wire.Clean(string(o.Note), 500); note != "" && len(out.Lines) > 0 {
		out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Text: note, Qty: 1})
	}
	return out, nil
}

// bill is what the customer was told that the order costs: with the tax in it, where the
// shop shows its prices so.
func bill(o order) station.Bill {
	b := station.Bill{
		Discount: shown(o, o.Discount, o.DiscountTax), Shipping: shown(o, o.Carriage, o.CarriageTax),
		Tax: wire.Money(o.Tax, o.Currency), Within: o.Within, Total: wire.Money(o.Total, o.Currency),
	}
	if o.PaidAt != "" {
		b.Paid = b.Total
	}
	return b
}

// shown is an amount as the shop shows it; its answers have the tax apart.
func shown(o order, net, tax text) unit.Money {
	m := wire.Money(net, o.Currency)
	if t := wire.Money(tax, o.Currency); o.Within && m.Currency != "" {
		m.Minor += t.Minor
	}
	return m
}

// listed is the price of one unit before coupons; none where the line is no whole number
// of it.
func listed(o order, it item) unit.Money {
	m := shown(o, it.Subtotal, it.SubTax)
	n, err := wire.Whole(it.Quantity)
	if err != nil || n <= 0 || m.Minor%int64(n) != 0 {
		return unit.Money{}
	}
	m.Minor /= int64(n)
	return m
}

// ordered is how many units of each line were ordered.
func ordered(goods []item) (map[ident]int, error) {
	left := map[ident]int{}
	for _, it := range goods {
		n, err := wire.Whole(it.Quantity)
		if err != nil {
			return nil, unfit(err.Error())
		}
		left[it.ID] += max(n, 0)
	}
	return left, nil
}

// refunded is how many units of each line a refund pays back.
func refunded(r refund) map[ident]int {
	out := map[ident]int{}
	for _, it := range r.Items {
		line, err := strconv.ParseInt(it.Meta.word("_refunded_item_id"), 10, 64)
		if n, bad := wire.Whole(it.Quantity); err == nil && bad == nil {
			out[ident(line)] += max(n, -n)
		}
	}
	return out
}

// status is what a status means for packing. A word that the shop made up itself is
// held, unless the settings say that it is packed.
func (s *Shop) status(o order) (station.OrderStatus, string) {
	word := string(o.Status)
	switch {
	case s.pack[word]:
		return station.OrderOpen, ""
	case word == "completed", word == "shipped", word == "delivered":
		return station.OrderDone, ""
	case word == "pending":
		return station.OrderHeld, "not paid yet"
	case word == "on-hold":
		return station.OrderHeld, "on hold in the shop"
	case word == "failed":
		return station.OrderHeld, "the payment failed"
	case word == "cancelled":
		return station.OrderCancelled, "cancelled in the shop"
	case word == "refunded":
		return station.OrderCancelled, "paid back in the shop"
	case word == "trash":
		return station.OrderCancelled, "deleted in the shop"
	}
	return station.OrderHeld, fmt.Sprintf("the shop gives it the status %s", wire.Clean(word, 40))
}

// draft reports whether an order is a basket that nobody has ordered yet.
func draft(status text) bool { return status == "checkout-draft" || status == "auto-draft" }

// called is what people call the order.
func called(o order) string {
	if n := wire.Clean(string(o.Number), 60); n != "" {
		return n
	}
	return o.ID.String()
}

// goesTo is where an order goes. A shop leaves the address empty where it is the
// buyer's own; telephone and mail are the buyer's mostly.
func goesTo(o order) station.Address {
	p := o.Shipping
	if p.Street == "" && p.City == "" && p.Postcode == "" {
		company := p.Company
		p = o.Billing
		if p.Company == "" {
			p.Company = company
		}
	}
	if p.Phone == "" {
		p.Phone = o.Billing.Phone
	}
	country := strings.ToUpper(wire.Clean(string(p.Country), 2))
	return station.Address{
		Name: wire.Clean(string(p.First+" "+p.Last), 100), Company: wire.Clean(string(p.Company), 100), Street: wire.Clean(string(p.Street), 200), Street2: wire.Clean(string(p.Street2), 200),
		City: wire.Clean(string(p.City), 100), Region: strings.TrimPrefix(wire.Clean(string(p.State), 60), country+"-"), Postcode: wire.Clean(string(p.Postcode), 30), Country: country,
		Phone: wire.Clean(string(p.Phone), 40), Email: wire.Clean(string(o.Billing.Email), 200),
	}
}

// sku names what a line is. A product without a SKU is named by its number in the
// shop.
func sku(it item) string {
	if text := wire.Clean(string(it.SKU), 100); text != "" {
		return text
	}
	return unnamed(it.goodsID())
}
