package intake

import (
	"cmp"
	"errors"
	"slices"

	"packbench/station"
)

// Shopify's order export: a row for each line item. The first row of an order
// describes it; the others repeat its Name and leave the rest blank.

func isShopify(header []string) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(header, func(h string) bool { return plain(h) == name })
	}
	return has("name") && has("lineitemname") && has("lineitemquantity")
}

func shopifyColumns() schema {
	return schema{
		{name: "name"},
		{name: "order id", also: []string{"id"}},
		{name: "lineitem quantity", kind: whole},
		{name: "lineitem name"},
		{name: "lineitem sku", need: true},
		{name: "lineitem price", kind: amounts},
		{name: "lineitem discount", kind: amounts},
		{name: "lineitem requires shipping"},
		{name: "lineitem fulfillment status"},
		{name: "financial status"},
		{name: "fulfillment status"},
		{name: "cancelled at", also: []string{"canceledat"}},
		{name: "created at"},
		{name: "email"},
		{name: "currency"},
		{name: "subtotal", kind: amounts},
		{name: "discount amount", kind: amounts},
		{name: "total", kind: amounts},
		{name: "shipping method"},
		{name: "shipping name"},
		{name: "shipping street"},
		{name: "shipping address1"},
		{name: "shipping address2"},
		{name: "shipping company"},
		{name: "shipping city"},
		{name: "shipping zip"},
		{name: "shipping province"},
		{name: "shipping province name"},
		{name: "shipping country"},
		{name: "shipping phone"},
		{name: "notes"},
		{name: "risk level"},
		{name: "source"},
	}
}

func (d *draft) addShopify(r row, o Options, known bool, rep *Report) error {
	// The header counts even when the line below it is rejected, and a line
	// even when the header is: each says something of the order by itself.
	var head error
	if !known {
		head = d.shopifyHead(r, o)
	}
	line := d.shopifyLine(r, o)
	if head != nil && line != nil {
		var second *fault
		if errors.As(line, &second) {
			rep.reject(*second)
		}
	}
	return cmp.Or(head, line)
}

func (d *draft) shopifyHead(r row, o Options) error {
	d.Shop, d.currency = "shopify", r.text("currency")
	if d.shopifyStatus(r); d.Status != station.OrderOpen {
		d.Reason = cmp.Or(d.Reason, string(d.Status))
	}
	street := "shipping address1"
	if r.text(street) == "" {
		street = "shipping street"
	}
	var err error
	for _, f := range []struct {
		name string
		to   *string
		most int
	}{
		{"shipping name", &d.To.Name, MaxName},
		{"shipping company", &d.To.Company, MaxName},
		{street, &d.To.Street, MaxName},
		{"shipping address2", &d.To.Street2, MaxName},
		{"shipping city", &d.To.City, MaxName},
		{"shipping zip", &d.To.Postcode, 20},
		{"shipping province", &d.To.Region, MaxName},
		{"shipping phone", &d.To.Phone, 100},
		{"email", &d.To.Email, 200},
		{"shipping method", &d.Service, 100},
	} {
		if *f.to, err = r.long(f.name, f.most); err != nil {
			return err
		}
	}
	if err = d.country(r, "shipping country"); err != nil {
		return err
	}
	if d.Placed, err = r.moment("created at", o.Location); err != nil {
		return err
	}
	if d.bill.subtotal, err = d.price(r, "subtotal", o); err != nil {
		return err
	}
	if d.bill.discount, err = d.price(r, "discount amount", o); err != nil {
		return err
	}
	if d.Value, err = r.money("total", r.text("currency"), o); err != nil {
		return err
	}
	note, err := r.long("notes", 500)
	if err != nil {
		return err
	}
	if note != "" {
		return d.line(r, station.Line{ID: "note", Kind: station.Note, Text: note, Qty: 1})
	}
	return nil
}

// shopifyStatus decides from the shop's several words whether the order may be
// packed. A word that is not known holds the order rather than letting it go.
func (d *draft) shopifyStatus(r row) {
	stop := func(status station.OrderStatus, reason string) { d.Status, d.Reason = status, reason }
	paid, sent := plain(r.text("financial status")), plain(r.text("fulfillment status"))
	switch {
	case r.text("cancelled at") != "":
		stop(station.OrderCancelled, "cancelled in the shop")
	case paid == "refunded" || paid == "voided":
		stop(station.OrderCancelled, paid+" in the shop")
	case sent == "fulfilled" || sent == "restocked":
		stop(station.OrderDone, sent+" in the shop")
	case paid != "paid" && paid != "":
		stop(station.OrderHeld, "payment: "+short(r.text("financial status")))
	case sent != "" && sent != "unfulfilled" && sent != "pending" && sent != "partial":
		stop(station.OrderHeld, "the shop says: "+short(r.text("fulfillment status")))
	case plain(r.text("risk level")) == "high":
		stop(station.OrderHeld, "high risk of fraud, says the shop")
	}
}

func (d *draft) shopifyLine(r row, o Options) error {
	item := r.text("lineitem name")
	if item == "" && r.text("lineitem sku") == "" && r.text("lineitem quantity") == "" {
		return nil
	}
	if needs := r.text("lineitem requires shipping"); needs != "" {
		ships, err := r.yes("lineitem requires shipping")
		if err != nil {
			return err
		}
		if !ships {
			d.left = true
			d.shopifyLeft(r, o)
			return nil
		}
	}
	switch plain(r.text("lineitem fulfillment status")) {
	case "fulfilled":
		if d.Status != station.OrderDone {
			d.left = true
			d.shopifyLeft(r, o)
			return nil
		}
	case "partial":
		return r.fail("lineitem fulfillment status", "%q is sent in part; the file does not say how many are left", short(item))
	}
	if r.text("lineitem sku") == "" {
		return r.fail("lineitem sku", "the line item %q has no SKU; give it one in the shop", short(item))
	}
	sku, err := product(r, "lineitem sku", r.text("lineitem sku"), o)
	if err != nil {
		return err
	}
	n, err := qty(r, "lineitem quantity")
	if err != nil {
		return err
	}
	cost, err := d.shopifyCost(r, n, o)
	if err != nil {
		return err
	}
	if err := d.line(r, station.Line{SKU: sku, Qty: n, Kind: station.Goods}); err != nil {
		return err
	}
	cost.line = len(d.Lines) - 1
	d.bill.add(cost)
	return nil
}
