package shipstation

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/country"
	"packbench/station/shop"
	"packbench/station/unit"
	"packbench/station/web"
)

// mostUnits of a line, and mostNote of the letters of a note: more is a mistake.
const (
	mostUnits = 1_000_000
	mostSKU   = 200 // bytes of an SKU
	mostNote  = 500
)

// order is an order as ShipStation writes it, as far as it matters here.
type order struct {
	OrderID     int64
	OrderNumber string
	OrderStatus string
	OrderDate   string
	ModifyDate  string
	ShipByDate  string
	ShipDate    string
	HoldUntil   string `json:"holdUntilDate"`
	Email       string `json:"customerEmail"`
	Notes       string `json:"customerNotes"`
	Internal    string `json:"internalNotes"`
	Gift        bool
	GiftMessage string
	Service     string `json:"requestedShippingService"`
	ServiceCode string
	Total       json.Number `json:"orderTotal"`
	ShipTo      address
	Items       []item
	Elsewhere   bool   `json:"externallyFulfilled"`
	ElsewhereBy string `json:"externallyFulfilledBy"`
	Advanced    struct {
		CustomField1, CustomField2, CustomField3 string
	} `json:"advancedOptions"`
}

type address struct {
	Name, Company, Street1, Street2, Street3, City, State, PostalCode, Country, Phone string
}

type item struct {
	OrderItemID json.Number
	LineItemKey string
	SKU         string
	Name        string
	Quantity    json.Number
	UnitPrice   json.Number
	Bin         string `json:"warehouseLocation"`
	Adjustment  bool
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	raw, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	o, left := s.read(raw, 0)
	if left != nil {
		return shop.Order{}, &shop.Refused{Say: left.Reason}
	}
	if o.Status == station.OrderDone {
		if o.Sent, err = s.Shipped(ctx, id); err != nil {
			return shop.Order{}, err
		}
	}
	return o, nil
}

// one reads one order.
func (s *Shop) one(ctx context.Context, id string) (json.RawMessage, error) {
	if n, err := strconv.ParseInt(id, 10, 64); err != nil || n <= 0 {
		return nil, &shop.Gone{What: "order " + station.OneLine(id, 40)}
	}
	var raw json.RawMessage
	_, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/orders/" + url.PathEscape(id)}, "order "+id, &raw)
	if err != nil {
		return nil, err
	}
	var o struct{ OrderID int64 }
	if json.Unmarshal(raw, &o) != nil || strconv.FormatInt(o.OrderID, 10) != id {
		return nil, &shop.Away{Say: "it answered with something else than the order " + id}
	}
	return raw, nil
}

// read makes an order of what ShipStation writes, or says why nobody can pack it.
func (s *Shop) read(raw json.RawMessage, at int) (shop.Order, *shop.Left) {
	var in order
	if err := json.Unmarshal(raw, &in); err != nil || in.OrderID <= 0 {
		return shop.Order{}, unread(raw, at)
	}
	id := strconv.FormatInt(in.OrderID, 10)
	out := shop.Order{Order: station.Order{
		Own: id, Number: station.OneLine(cmp.Or(in.OrderNumber, id), 80),
		Placed:  moment(hands(in.OrderDate)),
		ShipBy:  s.day(in.ShipByDate),
		Service: station.OneLine(cmp.Or(in.Service, in.ServiceCode), 120),
		To:      in.to(),
		Value:   s.money(in.Total),
		Gift:    in.Gift,
		Totes:   s.totesOf(in),
	}}
	out.Message = station.OneLine(plainNote(in.GiftMessage), mostNote)
	out.Gift = out.Gift || out.Message != ""
	out.Status, out.Reason = in.status()
	lines, reason := s.lines(in)
	closed := out.Status == station.OrderDone || out.Status == station.OrderCancelled
	switch {
	case reason != "" && !closed:
		return shop.Order{}, &shop.Left{ID: id, Number: out.Number, Reason: reason}
	case out.Status == station.OrderDone:
		out.Sent = []shop.Shipment{{Order: id, Number: out.Number, Lines: shop.Goods(lines), At: moment(hands(in.ShipDate))}}
	case out.Status == station.OrderCancelled:
		out.Lines = lines
	case len(shop.Goods(lines)) == 0:
		out.Status, out.Reason = station.OrderHeld, cmp.Or(out.Reason, "nothing of it is to be packed any longer; cancel it in ShipStation")
	default:
		out.Lines = lines
	}
	return out, nil
}

// unread is an order that is not what the interface promises. Its id is said if it
// can be read at all.
func unread(raw json.RawMessage, at int) *shop.Left {
	var in struct {
		OrderID     json.RawMessage
		OrderNumber json.RawMessage
	}
	_ = json.Unmarshal(raw, &in)
	text := func(m json.RawMessage) string { return station.OneLine(strings.Trim(string(m), `"`), 80) }
	return &shop.Left{
		ID: cmp.Or(text(in.OrderID), fmt.Sprintf("#%d", at+1)), Number: text(in.OrderNumber),
		Reason: "ShipStation's answer about this order cannot be read; look at its lines and quantities there",
	}
}

// status is the bench's word for ShipStation's.
func (in order) status() (station.OrderStatus, string) {
	switch in.OrderStatus {
	case "awaiting_shipment":
		if in.Elsewhere {
			return station.OrderHeld, "the sales channel says that it was shipped by " + cmp.Or(station.OneLine(in.ElsewhereBy, 60), "somebody else")
		}
		return station.OrderOpen, ""
	case "shipped":
		return station.OrderDone, ""
	case "cancelled":
		return station.OrderCancelled, "cancelled in ShipStation"
	case "on_hold":
		if until := hands(in.HoldUntil); !until.IsZero() {
			return station.OrderHeld, "on hold in ShipStation until " + until.Format("2006-01-02")
		}
		return station.OrderHeld, "on hold in ShipStation"
	case "awaiting_payment":
		return station.OrderHeld, "not paid yet"
	case "pending_fulfillment":
		return station.OrderHeld, "given to a fulfilment provider in ShipStation"
	case "rejected_fulfillment":
		return station.OrderHeld, "a fulfilment provider refused it; decide in ShipStation who ships it"
	}
	return station.OrderHeld, fmt.Sprintf("ShipStation calls it %q, which packbench does not know", station.OneLine(in.OrderStatus, 40))
}

func (in order) to() station.Address {
	a := in.ShipTo
	code := strings.TrimSpace(a.Country)
	if found, ok := country.Find(code); ok {
		code = found
	}
	street2 := strings.Trim(strings.TrimSpace(a.Street2)+", "+strings.TrimSpace(a.Street3), ", ")
	return station.Address{
		Name: a.Name, Company: a.Company, Street: a.Street1, Street2: street2, City: a.City,
		Region: a.State, Postcode: a.PostalCode, Country: code, Phone: a.Phone, Email: in.Email,
	}
}

// lines are the goods and notes of an order, or why there is no packing it.
func (s *Shop) lines(in order) (lines []station.Line, reason string) {
	used := map[string]bool{}
	for i, it := range in.Items {
		if it.Adjustment {
			continue // a discount or a fee, no goods
		}
		what := cmp.Or(station.OneLine(it.SKU, 60), station.OneLine(it.Name, 60), fmt.Sprintf("line %d", i+1))
		n, err := strconv.ParseInt(it.Quantity.String(), 10, 64)
		switch {
		case err != nil || n < 0 || n > mostUnits:
			return nil, fmt.Sprintf("the quantity of %s is %s; correct it in ShipStation", what, cmp.Or(station.OneLine(it.Quantity.String(), 20), "missing"))
		case n == 0:
			continue
		case strings.TrimSpace(it.SKU) == "":
			return nil, fmt.Sprintf("%s has no SKU; enter it in ShipStation", what)
		case len(strings.TrimSpace(it.SKU)) > mostSKU || station.Visible(strings.TrimSpace(it.SKU)) != strings.TrimSpace(it.SKU):
			return nil, "the SKU " + what + " is too long or has characters that nobody can see; correct it in ShipStation"
		}
		id := it.OrderItemID.String()
		if id == "" || id == "0" {
			id = station.OneLine(it.LineItemKey, 60)
		}
		if id == "" || used[id] {
			id = fmt.Sprintf("%s#%d", id, i+1)
		}
		used[id] = true
		lines = append(lines, station.Line{ID: id, SKU: strings.TrimSpace(it.SKU), Qty: int(n), Kind: station.Goods, Bin: station.OneLine(it.Bin, 60), Price: s.money(it.UnitPrice)})
	}
	for _, note := range []struct{ id, text string }{{"note", in.Notes}, {"note-internal", in.Internal}, {"note-gift", giftNote(in)}} {
		if text := plainNote(note.text); text != "" {
			lines = append(lines, station.Line{ID: note.id, Kind: station.Note, Text: text, Qty: 1})
		}
	}
	return lines, ""
}

func giftNote(in order) string {
	if strings.TrimSpace(in.GiftMessage) == "" {
		return ""
	}
	return "Gift message: " + in.GiftMessage
}

var breaks = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "\r\n", "\n")

// plainNote is a note without the marks that ShipStation keeps line ends with.
func plainNote(text string) string {
	text = strings.TrimSpace(station.Visible(breaks.Replace(text)))
	if runes := []rune(text); len(runes) > mostNote {
		return string(runes[:mostNote-1]) + "…"
	}
	return text
}

// money is an amount in the currency of the settings; one that is not known is none.
func (s *Shop) money(n json.Number) unit.Money {
	if s.currency == "" || n == "" {
		return unit.Money{}
	}
	m, err := unit.ParseMoney(n.String(), s.currency)
	if err != nil {
		return unit.Money{}
	}
	return m
}

// totesOf are the totes that the chosen custom field names.
func (s *Shop) totesOf(in order) []string {
	if s.totes == 0 {
		return nil
	}
	text := [...]string{in.Advanced.CustomField1, in.Advanced.CustomField2, in.Advanced.CustomField3}[s.totes-1]
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
}

// whenShipped is a day that the shop reads: where it was the day at the bench.
func (s *Shop) whenShipped(at time.Time) string {
	if at.IsZero() {
		at = s.clock()
	}
	return at.In(s.clock().Location()).Format(time.DateOnly)
}
