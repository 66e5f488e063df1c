package magento

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/unit"
)

// order is an order as Magento writes it.
type order struct {
	ID       number `json:"entity_id"`
	Number   string `json:"increment_id"`
	State    string `json:"state"` // of Magento; the status is a word of the shop's own
	Status   string `json:"status"`
	Created  string `json:"created_at"`
	Updated  string `json:"updated_at"`
	Currency string `json:"order_currency_code"`
	Total    number `json:"grand_total"`
	Subtotal number `json:"subtotal_incl_tax"`
	Discount number `json:"discount_amount"` // below zero
	Shipping number `json:"shipping_incl_tax"`
	Tax      number `json:"tax_amount"`
	Paid     number `json:"total_paid"`
	Service  string `json:"shipping_description"`
	Email    string `json:"customer_email"`
	Note     string `json:"customer_note"`
	Payment  struct {
		PO json.RawMessage `json:"po_number"`
	}
	Successor string    `json:"relation_child_real_id"`
	Items     []item    `json:"items"`
	Comments  []comment `json:"status_histories"`
	More      extension `json:"extension_attributes"`
}

type item struct {
	ID       number `json:"item_id"`
	Parent   number `json:"parent_item_id"`
	Product  number `json:"product_id"`
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Type     string `json:"product_type"`
	Virtual  flag   `json:"is_virtual"`
	Ordered  number `json:"qty_ordered"`
	Shipped  number `json:"qty_shipped"`
	Canceled number `json:"qty_canceled"`
	Refunded number `json:"qty_refunded"`
	Total    number `json:"row_total"`
	Discount number `json:"discount_amount"`
	Listed   number `json:"price_incl_tax"`
}

type comment struct {
	ID     number `json:"entity_id"`
	Text   string `json:"comment"`
	Status string `json:"status"`
}

type extension struct {
	To   *where
	Gift string // what the buyer says to whoever gets it
}

func (e *extension) UnmarshalJSON(data []byte) error {
	var in struct {
		Assignments []struct {
			Shipping struct {
				Address *where `json:"address"`
			} `json:"shipping"`
		} `json:"shipping_assignments"`
		Gift *struct {
			Sender    string `json:"sender"`
			Recipient string `json:"recipient"`
			Message   string `json:"message"`
		} `json:"gift_message"`
	}
	if err := object(data, &in); err != nil {
		return err
	}
	if len(in.Assignments) > 0 {
		e.To = in.Assignments[0].Shipping.Address
	}
	if g := in.Gift; g != nil && strings.TrimSpace(g.Message) != "" {
		parts := []string{g.Recipient, g.Message, g.Sender}
		e.Gift = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), " – ")
	}
	return nil
}

type where struct {
	First      string `json:"firstname"`
	Middle     string `json:"middlename"`
	Last       string `json:"lastname"`
	Company    string `json:"company"`
	Street     texts  `json:"street"`
	City       string `json:"city"`
	RegionCode string `json:"region_code"`
	Region     string `json:"region"`
	Postcode   string `json:"postcode"`
	Country    string `json:"country_id"`
	Phone      string `json:"telephone"`
	Email      string `json:"email"`
}

// orderFields are what is read of the orders of a list: all else would make a page
// many times as long.
const orderFields = "entity_id,increment_id,state,status,created_at,updated_at,order_currency_code,grand_total," +
	"subtotal_incl_tax,discount_amount,shipping_incl_tax,tax_amount,total_paid," +
	"shipping_description,customer_email,customer_note,relation_child_real_id," +
	"items[item_id,parent_item_id,product_id,sku,name,product_type,is_virtual,qty_ordered,qty_shipped,qty_canceled,qty_refunded,row_total,discount_amount,price_incl_tax]," +
	"status_histories[entity_id,comment,status],extension_attributes[shipping_assignments[shipping[address]],gift_message[sender,recipient,message]]"

// Changed returns orders that were new or changed after since.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	raws, next, more, err := s.changes(ctx, search{path: "/orders", fields: orderFields}, since)
	if err != nil {
		return shop.Page{}, err
	}
	page := shop.Page{Next: next, More: more}
	var orders []order
	for _, raw := range raws {
		o, err := readOrder(raw)
		if err != nil {
			page.Left = append(page.Left, shop.Left{ID: cmp.Or(o.ID.text(), "?"), Number: cmp.Or(o.Number, "?"), Reason: err.Error()})
			continue
		}
		orders = append(orders, o)
	}
	kinds, err := s.manners(ctx, orders)
	if err != nil {
		return shop.Page{}, err
	}
	sent, err := s.shipments(ctx, orders, kinds)
	if err != nil {
		return shop.Page{}, err
	}
	for _, o := range orders {
		out, err := s.order(o, kinds)
		if err != nil {
			page.Left = append(page.Left, shop.Left{ID: cmp.Or(o.ID.text(), "?"), Number: cmp.Or(o.Number, "?"), Reason: err.Error()})
			continue
		}
		page.Orders = append(page.Orders, shop.Order{Order: out, Sent: sent[o.ID.text()]})
	}
	return page, nil
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	o, kinds, err := s.read(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	sent, err := s.shipments(ctx, []order{o}, kinds)
	if err != nil {
		return shop.Order{}, err
	}
	out, err := s.order(o, kinds)
	if err != nil {
		return shop.Order{}, &shop.Refused{Say: "order " + o.Number + " cannot be packed: " + err.Error()}
	}
	return shop.Order{Order: out, Sent: sent[id]}, nil
}

// read asks for one order, and for how its bundles ship.
func (s *Shop) read(ctx context.Context, id string) (order, map[string]manner, error) {
	if number(id).text() != id || id == "" {
		return order{}, nil, &shop.Gone{What: "order of that id"}
	}
	var raw json.RawMessage
	if _, err := s.ask(ctx, "/orders/"+id, &raw); err != nil {
		if errors.As(err, new(*shop.Gone)) {
			err = &shop.Gone{What: "order of that id"}
		}
		return order{}, nil, err
	}
	o, err := readOrder(raw)
	if err != nil {
		return order{}, nil, &shop.Away{Say: "its answer about an order cannot be read"}
	}
	if o.ID.text() != id {
		return order{}, nil, &shop.Away{Say: "it was asked for one order and answered another"}
	}
	kinds, err := s.manners(ctx, []order{o})
	return o, kinds, err
}

// readOrder reads an order. With an error, id and number are returned if they can be.
func readOrder(raw json.RawMessage) (order, error) {
	var o order
	err := json.Unmarshal(raw, &o)
	if err == nil && o.ID.text() != "" && o.Number != "" && o.State != "" {
		return o, nil
	}
	var head struct {
		ID     number `json:"entity_id"`
		Number any    `json:"increment_id"`
	}
	_ = json.Unmarshal(raw, &head) // what can be had of it
	out := order{ID: head.ID}
	if head.Number != nil {
		out.Number = fmt.Sprint(head.Number)
	}
	return out, errors.New("the shop's answer about it cannot be read: look at the order in Magento")
}

// order makes the bench's order of Magento's. An error says why it cannot be packed.
func (s *Shop) order(o order, kinds map[string]manner) (station.Order, error) {
	out := station.Order{
		Shop: s.id, Own: o.ID.text(), Number: o.Number,
		Placed: when(o.Created), Service: strings.TrimSpace(o.Service),
		Value: money(o.Total.float(), o.Currency), To: o.to(), Bill: o.bill(), Reference: reference(o.Payment.PO),
	}
	out.Message = station.OneLine(o.More.Gift, 500)
	out.Gift = out.Message != ""
	out.Status, out.Reason = s.status(o)
	lines, err := o.lines(kinds)
	if err != nil {
		if out.Status == station.OrderOpen || out.Status == station.OrderHeld {
			return out, err
		}
		lines = nil // nobody packs it any more
	}
	for _, l := range lines {
		if l.qty > 0 {
			out.Lines = append(out.Lines, station.Line{ID: l.id, SKU: l.sku, Qty: l.qty, Kind: station.Goods, Price: l.price, Listed: l.listed})
		}
	}
	if len(out.Lines) == 0 && (out.Status == station.OrderOpen || out.Status == station.OrderHeld) {
		out.Status, out.Reason = station.OrderDone, "" // all has left, or there are no goods
	}
	if text := strings.TrimSpace(o.Note); text != "" && len(out.Lines) > 0 {
		out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Qty: 1, Text: text})
	}
	return out, nil
}

// bill is what the customer was told that the order costs. An amount that Magento does
// not give is none, and no 0.
func (o order) bill() station.Bill {
	told := func(n number) unit.Money {
		if n == "" {
			return unit.Money{}
		}
		return money(n.float(), o.Currency)
	}
	b := station.Bill{
		Subtotal: told(o.Subtotal), Discount: told(o.Discount), Shipping: told(o.Shipping), Tax: told(o.Tax),
		Within: true, Total: told(o.Total), Paid: told(o.Paid),
	}
	b.Discount.Minor = max(b.Discount.Minor, -b.Discount.Minor)
	return b
}

// status is decided by Magento's own state: the status beside it is a word that each
// shop makes for itself.
func (s *Shop) status(o order) (station.OrderStatus, string) {
	switch o.State {
	case "processing":
		return station.OrderOpen, ""
	case "new":
		if s.set["unpaid"] == "pack" {
			return station.OrderOpen, ""
		}
		return station.OrderHeld, "not paid yet"
	case "pending_payment":
		return station.OrderHeld, "not paid yet"
	case "payment_review":
		return station.OrderHeld, "the payment is being reviewed"
	case "holded":
		if text := o.remark(); text != "" {
			return station.OrderHeld, "on hold in the shop: " + text
		}
		return station.OrderHeld, "on hold in the shop"
	case "complete":
		return station.OrderDone, ""
	case "closed":
		for _, i := range o.Items {
			if i.Shipped.float() > 0 {
				return station.OrderDone, ""
			}
		}
		return station.OrderCancelled, "refunded in the shop"
	case "canceled":
		if next := strings.TrimSpace(o.Successor); next != "" {
			return station.OrderCancelled, "edited in the shop: replaced by order " + next
		}
		return station.OrderCancelled, "cancelled in the shop"
	}
	return station.OrderHeld, "the shop gives it the state " + o.State + ", which packbench does not know"
}

const longestRemark = 200

// remark is what was said last about the status that the order has.
func (o order) remark() string {
	var last comment
	for _, c := range o.Comments {
		if c.Status == o.Status && strings.TrimSpace(c.Text) != "" && c.ID.key() >= last.ID.key() {
			last = c
		}
	}
	text := []rune(strings.Join(strings.Fields(last.Text), " "))
	if len(text) > longestRemark {
		text = append(text[:longestRemark], '…')
	}
	return string(text)
}

func (o order) to() station.Address {
	w := o.More.To
	if w == nil {
		return station.Address{}
	}
	a := station.Address{
		Name:    strings.Join(strings.Fields(w.First+" "+w.Middle+" "+w.Last), " "),
		Company: w.Company, City: w.City, Region: cmp.Or(w.RegionCode, w.Region), Postcode: w.Postcode,
		Country: w.Country, Phone: w.Phone, Email: cmp.Or(w.Email, o.Email),
	}
	if len(w.Street) > 0 {
		a.Street = w.Street[0]
		a.Street2 = strings.TrimSpace(strings.Join(w.Street[1:], ", "))
	}
	return a
}
