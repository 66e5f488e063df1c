package customstore

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/country"
	"packbench/station/shop"
	"packbench/station/unit"
)

// mostUnits of a line, and mostNote of the letters of a note: more is a mistake.
const (
	mostUnits = 1_000_000
	mostSKU   = 200 // bytes of an SKU
	mostNote  = 500
)

// order is an order of the export. All fields are texts, so that a wrong one is a
// matter of its order only.
type order struct {
	OrderID, OrderNumber, OrderDate, OrderStatus, LastModified string
	ShippingMethod, OrderTotal, CustomerNotes, InternalNotes   string
	Gift, GiftMessage, CustomField1, CustomField2, CustomField3,
	ShipBy string
	Customer struct {
		BillTo struct{ Phone, Email string }
		ShipTo struct{ Name, Company, Address1, Address2, City, State, PostalCode, Country, Phone string }
	}
	Items []item `xml:"Items>Item"`
}

type item struct {
	LineItemID, SKU, Name, Quantity, UnitPrice, Location, Adjustment string
}

// moment reads a time of the export, which is of UTC; with or without seconds.
func moment(text string) time.Time {
	text = strings.TrimSpace(text)
	for _, form := range []string{minutes, "01/02/2006 15:04:05", "1/2/2006 15:04", "1/2/2006 3:04 PM", "01/02/2006", time.RFC3339} {
		if t, err := time.Parse(form, text); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// order makes an order of what the cart writes, or says why nobody can pack it.
func (s *Shop) order(in order, at int) read {
	id := strings.TrimSpace(in.OrderID)
	number := station.OneLine(cmp.Or(in.OrderNumber, id), 80)
	out := read{id: id, changed: moment(in.LastModified).Truncate(time.Minute)}
	if id == "" || len(id) > 200 {
		out.id = fmt.Sprintf("#%d", at+1)
		out.left = &shop.Left{ID: out.id, Number: number, Reason: "the shop sent it without an id"}
		return out
	}
	o := shop.Order{Order: station.Order{
		Own: id, Number: number, Placed: moment(in.OrderDate), ShipBy: moment(in.ShipBy),
		Service: station.OneLine(in.ShippingMethod, 120), Gift: strings.EqualFold(strings.TrimSpace(in.Gift), "true"),
		To: in.to(), Value: s.money(in.OrderTotal), Totes: s.totesOf(in),
	}}
	o.Message = station.OneLine(in.GiftMessage, mostNote)
	o.Gift = o.Gift || o.Message != ""
	o.Status, o.Reason = s.status(in.OrderStatus)
	lines, reason := s.lines(in)
	closed := o.Status == station.OrderDone || o.Status == station.OrderCancelled
	switch {
	case reason != "" && !closed:
		out.left = &shop.Left{ID: id, Number: number, Reason: reason}
		return out
	case o.Status == station.OrderDone:
		o.Sent = []shop.Shipment{sent(id, number, lines)}
	case len(shop.Goods(lines)) == 0 && !closed:
		o.Status, o.Reason = station.OrderHeld, cmp.Or(o.Reason, "nothing of it is to be packed any longer; cancel it in the shop")
	default:
		o.Lines = lines
	}
	out.order = o
	return out
}

func sent(id, number string, lines []station.Line) shop.Shipment {
	return shop.Shipment{ID: shippedID(id), Order: id, Number: number, Lines: shop.Goods(lines), Say: "the shop does not say with which tracking number it left"}
}

// status is the bench's word for the cart's.
func (s *Shop) status(word string) (station.OrderStatus, string) {
	switch s.words[plain(word)] {
	case Paid:
		return station.OrderOpen, ""
	case Unpaid:
		return station.OrderHeld, "not paid yet"
	case Hold:
		return station.OrderHeld, "on hold in the shop"
	case Sent:
		return station.OrderDone, ""
	case Cancelled:
		return station.OrderCancelled, "cancelled in the shop"
	}
	return station.OrderHeld, fmt.Sprintf("the shop calls it %q; say in the settings of the shop what that means", station.OneLine(word, 40))
}

func (in order) to() station.Address {
	a, c := in.Customer.ShipTo, strings.TrimSpace(in.Customer.ShipTo.Country)
	if code, ok := country.Find(c); ok {
		c = code
	}
	return station.Address{
		Name: strings.TrimSpace(a.Name), Company: strings.TrimSpace(a.Company), Street: strings.TrimSpace(a.Address1), Street2: strings.TrimSpace(a.Address2),
		City: strings.TrimSpace(a.City), Region: strings.TrimSpace(a.State), Postcode: strings.TrimSpace(a.PostalCode), Country: c,
		Phone: cmp.Or(strings.TrimSpace(a.Phone), strings.TrimSpace(in.Customer.BillTo.Phone)), Email: strings.TrimSpace(in.Customer.BillTo.Email),
	}
}

// lines are the goods and notes of an order, or why there is no packing it.
func (s *Shop) lines(in order) (lines []station.Line, reason string) {
	used := map[string]int{}
	for i, it := range in.Items {
		if strings.EqualFold(strings.TrimSpace(it.Adjustment), "true") {
			continue
		}
		sku := strings.TrimSpace(it.SKU)
		what := cmp.Or(station.OneLine(sku, 60), station.OneLine(it.Name, 60), fmt.Sprintf("line %d", i+1))
		n, ok := whole(it.Quantity)
		switch {
		case !ok:
			return nil, fmt.Sprintf("the quantity of %s is %s; correct it in the shop", what, cmp.Or(station.OneLine(it.Quantity, 20), "missing"))
		case n == 0:
			continue
		case sku == "":
			return nil, what + " has no SKU; enter it in the shop"
		case len(sku) > mostSKU || station.Visible(sku) != sku:
			return nil, "the SKU " + what + " is too long or has characters that nobody can see; correct it in the shop"
		}
		id := cmp.Or(station.OneLine(it.LineItemID, 60), sku)
		if used[id]++; used[id] > 1 {
			id = fmt.Sprintf("%s#%d", id, used[id])
		}
		lines = append(lines, station.Line{ID: id, SKU: sku, Qty: n, Kind: station.Goods, Bin: station.OneLine(it.Location, 60), Price: s.money(it.UnitPrice)})
	}
	gift := strings.TrimSpace(in.GiftMessage)
	if gift != "" {
		gift = "Gift message: " + gift
	}
	for _, note := range []struct{ id, text string }{{"note", in.CustomerNotes}, {"note-internal", in.InternalNotes}, {"note-gift", gift}} {
		text := strings.TrimSpace(station.Visible(strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n").Replace(note.text)))
		if runes := []rune(text); len(runes) > mostNote {
			text = string(runes[:mostNote-1]) + "…"
		}
		if text != "" {
			lines = append(lines, station.Line{ID: note.id, Kind: station.Note, Text: text, Qty: 1})
		}
	}
	return lines, ""
}

// whole reads a quantity, "2" or "2.00".
func whole(text string) (int, bool) {
	text = strings.TrimSpace(text)
	if head, tail, ok := strings.Cut(text, "."); ok && tail != "" && strings.Trim(tail, "0") == "" {
		text = head
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= mostUnits
}

func (s *Shop) money(text string) unit.Money {
	if s.currency == "" || strings.TrimSpace(text) == "" {
		return unit.Money{}
	}
	m, err := unit.ParseMoney(text, s.currency)
	if err != nil {
		return unit.Money{}
	}
	return m
}

func (s *Shop) totesOf(in order) []string {
	if s.totes == 0 {
		return nil
	}
	text := [...]string{in.CustomField1, in.CustomField2, in.CustomField3}[s.totes-1]
	totes := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	if len(totes) > 1 && strings.EqualFold(totes[0], "tote") {
		totes = totes[1:]
	}
	return totes
}
