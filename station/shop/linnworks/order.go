package linnworks

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

// order is an order as Linnworks writes it, as far as it matters here.
type order struct {
	OrderID     string
	NumOrderID  int64
	Processed   bool
	ProcessedAt string `json:"ProcessedDateTime"`
	General     struct {
		Status       int // 0 unpaid, 1 paid, 2 return, 3 pending, 4 resend
		IsParked     bool
		HoldOrCancel bool
		Reference    string `json:"ReferenceNum"`
		ReceivedDate string
		DespatchBy   string `json:"DespatchByDate"`
	} `json:"GeneralInfo"`
	Shipping shipping `json:"ShippingInfo"`
	Customer struct {
		Address address
	} `json:"CustomerInfo"`
	Totals struct {
		Currency    string
		TotalCharge json.Number
	} `json:"TotalsInfo"`
	Items []item
	Notes []struct {
		Note string
	}
}

type shipping struct {
	Vendor            string
	PostalServiceID   string `json:"PostalServiceId"`
	PostalServiceName string
	TotalWeight       json.Number
	ItemWeight        json.Number
	PostageCost       json.Number
	TrackingNumber    string
	ManualAdjust      bool
}

type address struct {
	EmailAddress, Address1, Address2, Address3, Town, Region, PostCode, Country, FullName, Company, PhoneNumber string
}

type item struct {
	RowID          string `json:"RowId"`
	SKU            string
	ChannelSKU     string
	Title          string
	Quantity       json.Number
	PartShippedQty json.Number
	PricePerUnit   json.Number
	IsService      bool
	BinRack        string
	Parts          []item `json:"CompositeSubItems"` // of all its units together
}

// mostParts is how deep and how wide a composite may be: more is a mistake.
const mostParts = 50

// parts are what one unit of a composite is made of, down to what lies in a bin; ok is
// false where Linnworks' numbers are none of a whole unit.
func (it item) parts(units, deep int) (out []station.Part, ok bool) {
	if deep > mostParts || len(it.Parts) > mostParts {
		return nil, false
	}
	for _, p := range it.Parts {
		if p.IsService {
			continue
		}
		if len(p.Parts) > 0 {
			inner, ok := p.parts(units, deep+1)
			if !ok {
				return nil, false
			}
			out = append(out, inner...)
			continue
		}
		sku := strings.TrimSpace(cmp.Or(p.SKU, p.ChannelSKU))
		n, err := strconv.Atoi(p.Quantity.String())
		if err != nil || n < 1 || n > mostUnits || n%units != 0 || sku == "" || len(sku) > mostSKU || station.Visible(sku) != sku {
			return nil, false
		}
		out = append(out, station.Part{SKU: sku, Qty: n / units})
	}
	return together(out), len(out) <= mostParts
}

// together adds up the parts of one SKU.
func together(parts []station.Part) (out []station.Part) {
	for _, p := range parts {
		if i := slices.IndexFunc(out, func(o station.Part) bool { return o.SKU == p.SKU }); i >= 0 {
			out[i].Qty += p.Qty
		} else {
			out = append(out, p)
		}
	}
	return out
}

// moment reads a time; without a zone it is of UTC.
func moment(text string) time.Time {
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(form, strings.TrimSpace(text)); err == nil && t.Year() > 1900 {
			return t.UTC()
		}
	}
	return time.Time{}
}

// read makes an order of what Linnworks writes, or says why nobody can pack it.
func (s *Shop) read(raw json.RawMessage) (shop.Order, *shop.Left) {
	var in order
	if err := json.Unmarshal(raw, &in); err != nil || !guid.MatchString(strings.ToLower(in.OrderID)) {
		return shop.Order{}, &shop.Left{
			ID: cmp.Or(station.OneLine(in.OrderID, 40), "#"), Number: strconv.FormatInt(in.NumOrderID, 10),
			Reason: "Linnworks' answer about this order cannot be read; look at its lines and quantities there",
		}
	}
	id, number := strings.ToLower(in.OrderID), strconv.FormatInt(in.NumOrderID, 10)
	out := shop.Order{Order: station.Order{
		Own: id, Number: number, Placed: moment(in.General.ReceivedDate), ShipBy: moment(in.General.DespatchBy),
		Service: station.OneLine(in.Shipping.PostalServiceName, 120), To: in.to(), Value: in.money(in.Totals.TotalCharge),
	}}
	out.Status, out.Reason = in.status()
	lines, reason := in.lines()
	switch {
	case out.Status == station.OrderDone:
		out.Sent = []shop.Shipment{in.sent(lines)}
	case out.Status == station.OrderCancelled:
		out.Lines = lines
	case reason != "":
		return shop.Order{}, &shop.Left{ID: id, Number: number, Reason: reason}
	case len(shop.Goods(lines)) == 0:
		out.Status, out.Reason = station.OrderHeld, cmp.Or(out.Reason, "nothing of it is to be packed any longer; look at it in Linnworks")
	default:
		out.Lines = lines
	}
	return out, nil
}

// status is the bench's word for Linnworks'.
func (in order) status() (station.OrderStatus, string) {
	g := in.General
	switch {
	case in.Processed && g.HoldOrCancel:
		return station.OrderCancelled, "cancelled in Linnworks"
	case in.Processed:
		return station.OrderDone, ""
	case g.HoldOrCancel:
		return station.OrderHeld, "on hold in Linnworks"
	case g.IsParked:
		return station.OrderHeld, "parked in Linnworks"
	}
	switch g.Status {
	case 1, 4:
		return station.OrderOpen, ""
	case 0:
		return station.OrderHeld, "not paid yet"
	case 2:
		return station.OrderHeld, "a return in Linnworks"
	case 3:
		return station.OrderHeld, "pending in Linnworks"
	}
	return station.OrderHeld, fmt.Sprintf("it has the status %d in Linnworks, which packbench does not know", g.Status)
}

func (in order) to() station.Address {
	a := in.Customer.Address
	code := strings.TrimSpace(a.Country)
	if found, ok := country.Find(code); ok {
		code = found
	}
	return station.Address{
		Name: a.FullName, Company: a.Company, Street: a.Address1, Street2: strings.Trim(strings.TrimSpace(a.Address2)+", "+strings.TrimSpace(a.Address3), ", "),
		City: a.Town, Region: a.Region, Postcode: a.PostCode, Country: code, Phone: a.PhoneNumber, Email: a.EmailAddress,
	}
}

// lines are the goods and notes of an order, or why there is no packing it.
func (in order) lines() (lines []station.Line, reason string) {
	used := map[string]bool{}
	for i, it := range in.Items {
		if it.IsService {
			continue
		}
		sku := strings.TrimSpace(cmp.Or(it.SKU, it.ChannelSKU))
		what := cmp.Or(station.OneLine(sku, 60), station.OneLine(it.Title, 60), fmt.Sprintf("line %d", i+1))
		n, err := strconv.Atoi(it.Quantity.String())
		gone, _ := strconv.Atoi(it.PartShippedQty.String())
		switch {
		case err != nil || n < 0 || n > mostUnits:
			return nil, fmt.Sprintf("the quantity of %s is %s; correct it in Linnworks", what, cmp.Or(station.OneLine(it.Quantity.String(), 20), "missing"))
		case n-max(gone, 0) <= 0:
			continue
		case sku == "":
			return nil, what + " has no SKU; link it in Linnworks"
		case len(sku) > mostSKU || station.Visible(sku) != sku:
			return nil, "the SKU " + what + " is too long or has characters that nobody can see; correct it in Linnworks"
		}
		id := cmp.Or(strings.ToLower(it.RowID), sku)
		if used[id] {
			id = fmt.Sprintf("%s#%d", id, i+1)
		}
		used[id] = true
		parts, ok := it.parts(n, 0)
		if !ok {
			return nil, "what " + what + " is made of cannot be read; look at the composite in Linnworks"
		}
		lines = append(lines, station.Line{ID: id, SKU: sku, Qty: n - max(gone, 0), Kind: station.Goods, Bin: station.OneLine(it.BinRack, 60), Price: in.money(it.PricePerUnit), Parts: parts})
	}
	for i, n := range in.Notes {
		text := strings.TrimSpace(station.Visible(n.Note))
		if runes := []rune(text); len(runes) > mostNote {
			text = string(runes[:mostNote-1]) + "…"
		}
		if text != "" {
			lines = append(lines, station.Line{ID: fmt.Sprintf("note-%d", i), Kind: station.Note, Text: text, Qty: 1})
		}
	}
	return lines, ""
}

func (in order) sent(lines []station.Line) shop.Shipment {
	return shop.Shipment{
		ID: strings.ToLower(in.OrderID), Order: strings.ToLower(in.OrderID), Number: strconv.FormatInt(in.NumOrderID, 10),
		Tracking: strings.TrimSpace(in.Shipping.TrackingNumber), Name: station.OneLine(in.Shipping.Vendor, 60), At: moment(in.ProcessedAt), Lines: shop.Goods(lines),
	}
}

func (in order) money(n json.Number) unit.Money {
	if len(in.Totals.Currency) != 3 || n == "" {
		return unit.Money{}
	}
	m, err := unit.ParseMoney(n.String(), in.Totals.Currency)
	if err != nil {
		return unit.Money{}
	}
	return m
}
