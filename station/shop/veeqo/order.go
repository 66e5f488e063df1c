package veeqo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/country"
	"packbench/station/shop"
	"packbench/station/unit"
)

const (
	mostUnits = 1_000_000 // of a line
	mostSKU   = 200       // bytes of an SKU
	mostNote  = 500       // letters of a note
)

// order is an order as Veeqo writes it, as far as it matters here.
type order struct {
	ID        int64
	Number    string
	Status    string
	CreatedAt string                `json:"created_at"`
	DueDate   string                `json:"due_date"`
	Total     json.Number           `json:"total_price"`
	ByAmazon  bool                  `json:"fulfilled_by_amazon"`
	Method    struct{ Name string } `json:"delivery_method"`
	To        address               `json:"deliver_to"`
	Customer  struct{ Email, Phone, Mobile string }
	Note      struct{ Text string }   `json:"customer_note"`
	Employee  []struct{ Text string } `json:"employee_notes"`
	Channel   struct {
		Currency string `json:"currency_code"`
	}
	Allocations []allocation
	Lines       []line `json:"line_items"`
}

type address struct {
	First                                   string `json:"first_name"`
	Last                                    string `json:"last_name"`
	Company                                 string
	Street                                  string `json:"address1"`
	Street2                                 string `json:"address2"`
	City, State, Zip, Country, Phone, Email string
}

type allocation struct {
	ID        int64
	Warehouse struct{ ID int64 }
	Shipment  *shipment
	Lines     []line `json:"line_items"`
}

type line struct {
	ID       int64
	Quantity json.Number
	Price    json.Number `json:"price_per_unit"`
	Sellable sellable
}

type shipment struct {
	ID        int64
	CreatedAt string          `json:"created_at"`
	Tracking  json.RawMessage `json:"tracking_number"`
	Carrier   struct{ Name string }
}

type sellable struct {
	ID     int64
	SKU    string      `json:"sku_code"`
	UPC    string      `json:"upc_code"`
	Title  string      `json:"full_title"`
	Grams  json.Number `json:"weight_grams"`
	Price  json.Number
	Stocks []entry `json:"stock_entries"`
}

type entry struct {
	Sellable  int64 `json:"sellable_id"`
	Warehouse int64 `json:"warehouse_id"`
	Infinite  bool
	Physical  int `json:"physical_stock_level"`
	Available int `json:"available_stock_level"`
	Location  *string
}

type product struct {
	ID        int64
	Title     string
	Origin    string `json:"origin_country"`
	Tariff    string `json:"hs_tariff_number"`
	Sellables []sellable
}

// number is the tracking number of a shipment, which is written as a text or in a
// record of its own.
func (p shipment) number() string {
	var text string
	if json.Unmarshal(p.Tracking, &text) == nil {
		return strings.TrimSpace(text)
	}
	var record struct {
		Number string `json:"tracking_number"`
	}
	_ = json.Unmarshal(p.Tracking, &record)
	return strings.TrimSpace(record.Number)
}

// moment reads a time; a day without one ends at the bench.
func (s *Shop) moment(text string) time.Time {
	if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return t.UTC()
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 59, 0, s.clock().Location())
	}
	return time.Time{}
}

// read makes an order of what Veeqo writes, or says why nobody can pack it.
func (s *Shop) read(raw json.RawMessage, at int) (shop.Order, *shop.Left) {
	var in order
	if err := json.Unmarshal(raw, &in); err != nil || in.ID <= 0 {
		return shop.Order{}, &shop.Left{
			ID: cmp.Or(strconv.FormatInt(max(idOf(raw), 0), 10), fmt.Sprintf("#%d", at+1)), Number: station.OneLine(in.Number, 80),
			Reason: "Veeqo's answer about this order cannot be read; look at its lines and quantities there",
		}
	}
	id := strconv.FormatInt(in.ID, 10)
	out := shop.Order{Order: station.Order{
		Own: id, Number: station.OneLine(cmp.Or(in.Number, id), 80), Placed: s.moment(in.CreatedAt), ShipBy: s.moment(in.DueDate),
		Service: station.OneLine(in.Method.Name, 120), To: in.to(), Value: s.money(in.Total, in),
	}}
	out.Status, out.Reason = in.status()
	open, sent := in.allocations(s.warehouse)
	out.Sent = s.sent(in, sent)
	if out.Status == station.OrderDone {
		return out, nil
	}
	lines, reason := s.lines(in, open)
	loose := in.unallocated()
	switch {
	case out.Status == station.OrderCancelled:
		out.Lines = lines
	case reason != "":
		return shop.Order{}, &shop.Left{ID: id, Number: out.Number, Reason: reason}
	case len(open) == 0 && loose == "" && len(in.Allocations) > len(sent):
		out.Status, out.Reason = station.OrderCancelled, "another warehouse packs it"
	case len(open) == 0 && loose == "":
		out.Status, out.Reason = station.OrderHeld, cmp.Or(out.Reason, "nothing of it is to be packed any longer; look at it in Veeqo")
	case loose != "" && out.Status == station.OrderOpen:
		out.Status, out.Reason = station.OrderHeld, loose+" is not allocated in Veeqo yet"
		out.Lines = lines
	default:
		out.Lines = lines
	}
	return out, nil
}

// status is the bench's word for Veeqo's.
func (in order) status() (station.OrderStatus, string) {
	switch in.Status {
	case "awaiting_fulfillment":
		if in.ByAmazon {
			return station.OrderHeld, "Amazon ships it"
		}
		return station.OrderOpen, ""
	case "shipped":
		return station.OrderDone, ""
	case "cancelled", "refunded":
		return station.OrderCancelled, in.Status + " in Veeqo"
	case "awaiting_payment":
		return station.OrderHeld, "not paid yet"
	case "awaiting_stock":
		return station.OrderHeld, "waits for stock in Veeqo"
	case "on_hold":
		return station.OrderHeld, "on hold in Veeqo"
	}
	return station.OrderHeld, fmt.Sprintf("Veeqo calls it %q, which packbench does not know", station.OneLine(in.Status, 40))
}

// allocations are those that wait, in the warehouse if one is meant, and those that left.
func (in order) allocations(warehouse int64) (open, sent []allocation) {
	for _, a := range in.Allocations {
		switch {
		case a.Shipment != nil:
			sent = append(sent, a)
		case warehouse == 0 || a.Warehouse.ID == warehouse:
			if slices.ContainsFunc(a.Lines, func(l line) bool { return l.Quantity != "0" }) {
				open = append(open, a)
			}
		}
	}
	return open, sent
}

// unallocated names a product of which more was ordered than is allocated, "" for none.
func (in order) unallocated() string {
	rest := map[int64]int{}
	for _, a := range in.Allocations {
		for _, l := range a.Lines {
			n, _ := strconv.Atoi(l.Quantity.String())
			rest[l.Sellable.ID] -= n
		}
	}
	for _, l := range in.Lines {
		n, _ := strconv.Atoi(l.Quantity.String())
		rest[l.Sellable.ID] += n
	}
	for _, l := range in.Lines {
		if rest[l.Sellable.ID] > 0 {
			return cmp.Or(station.OneLine(l.Sellable.SKU, 60), station.OneLine(l.Sellable.Title, 60), "a line")
		}
	}
	return ""
}

func (in order) to() station.Address {
	a := in.To
	code := strings.TrimSpace(a.Country)
	if found, ok := country.Find(code); ok {
		code = found
	}
	return station.Address{
		Name: strings.TrimSpace(a.First + " " + a.Last), Company: a.Company, Street: a.Street, Street2: a.Street2, City: a.City, Region: a.State,
		Postcode: a.Zip, Country: code, Phone: cmp.Or(a.Phone, in.Customer.Phone, in.Customer.Mobile), Email: cmp.Or(a.Email, in.Customer.Email),
	}
}

// lines are the goods of allocations and the notes, or why there is no packing it.
func (s *Shop) lines(in order, open []allocation) (lines []station.Line, reason string) {
	price := map[int64]json.Number{}
	for _, l := range in.Lines {
		price[l.Sellable.ID] = l.Price
	}
	for _, a := range open {
		for _, l := range a.Lines {
			sku := strings.TrimSpace(l.Sellable.SKU)
			what := cmp.Or(station.OneLine(sku, 60), station.OneLine(l.Sellable.Title, 60), "a line")
			n, err := strconv.Atoi(l.Quantity.String())
			switch {
			case err != nil || n < 0 || n > mostUnits:
				return nil, fmt.Sprintf("the quantity of %s is %s; correct it in Veeqo", what, cmp.Or(station.OneLine(l.Quantity.String(), 20), "missing"))
			case n == 0:
				continue
			case sku == "":
				return nil, what + " has no SKU; enter it in Veeqo"
			case len(sku) > mostSKU || station.Visible(sku) != sku:
				return nil, "the SKU " + what + " is too long or has characters that nobody can see; correct it in Veeqo"
			}
			lines = append(lines, station.Line{ID: strconv.FormatInt(l.ID, 10), SKU: sku, Qty: n, Kind: station.Goods, Bin: l.Sellable.bin(a.Warehouse.ID), Price: s.money(price[l.Sellable.ID], in)})
		}
	}
	notes := []string{in.Note.Text}
	for _, n := range in.Employee {
		notes = append(notes, n.Text)
	}
	for i, text := range notes {
		text = strings.TrimSpace(station.Visible(text))
		if runes := []rune(text); len(runes) > mostNote {
			text = string(runes[:mostNote-1]) + "…"
		}
		if text != "" {
			lines = append(lines, station.Line{ID: fmt.Sprintf("note-%d", i), Kind: station.Note, Text: text, Qty: 1})
		}
	}
	return lines, ""
}

// bin is where a product lies in a warehouse.
func (v sellable) bin(warehouse int64) string {
	for _, e := range v.Stocks {
		if e.Warehouse == warehouse && e.Location != nil {
			return station.OneLine(*e.Location, 60)
		}
	}
	return ""
}

func (s *Shop) sent(in order, list []allocation) (out []shop.Shipment) {
	for _, a := range list {
		p := shop.Shipment{
			ID: strconv.FormatInt(a.Shipment.ID, 10), Order: strconv.FormatInt(in.ID, 10), Number: station.OneLine(in.Number, 80),
			Tracking: a.Shipment.number(), Name: a.Shipment.Carrier.Name, At: s.moment(a.Shipment.CreatedAt),
		}
		for _, l := range a.Lines {
			if n, err := strconv.Atoi(l.Quantity.String()); err == nil && n > 0 {
				p.Lines = append(p.Lines, shop.Units{Line: strconv.FormatInt(l.ID, 10), SKU: l.Sellable.SKU, Qty: n})
			}
		}
		out = append(out, p)
	}
	return out
}

func (s *Shop) money(n json.Number, in order) unit.Money {
	currency := cmp.Or(strings.ToUpper(strings.TrimSpace(in.Channel.Currency)), s.currency)
	if currency == "" || n == "" {
		return unit.Money{}
	}
	m, err := unit.ParseMoney(n.String(), currency)
	if err != nil {
		return unit.Money{}
	}
	return m
}

func (s *Shop) product(p product, v sellable) (station.Product, bool) {
	sku := strings.TrimSpace(v.SKU)
	if sku == "" {
		return station.Product{}, false // nothing can be ordered by it
	}
	out := station.Product{SKU: sku, Name: station.OneLine(cmp.Or(v.Title, p.Title), 200)}
	if code := strings.TrimSpace(v.UPC); code != "" {
		out.Barcodes = []station.Barcode{{Code: code, Factor: 1}}
	}
	if m, err := unit.MassOf(v.Grams.String(), "g"); err == nil && m > 0 {
		out.Mass = m
	}
	if code := strings.ToUpper(strings.TrimSpace(p.Origin)); len(code) == 2 {
		out.Origin = code
	}
	if hs := strings.NewReplacer(".", "", " ", "").Replace(p.Tariff); len(hs) >= 6 && len(hs) <= 10 && strings.Trim(hs, "0123456789") == "" {
		out.HSCode = hs
	}
	return out, true
}
