package veeqosim

import (
	"time"

	"packbench/station/shop/shopsim"
)

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func null(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (s *Shop) form(o *order) map[string]any {
	lines, allocations, total := []any{}, []any{}, 0.0
	for _, l := range o.lines {
		if l.Qty > 0 {
			lines = append(lines, map[string]any{"id": l.id, "price_per_unit": float64(l.Minor) / 100, "quantity": l.Qty, "tax_rate": 0.2, "sellable": s.sellable(l.Line)})
		}
		total += float64(l.Minor) / 100 * float64(l.Qty)
	}
	for _, a := range o.allocations {
		inner := []any{}
		for _, l := range a.lines {
			if l.Qty > 0 {
				inner = append(inner, map[string]any{"id": l.id, "quantity": l.Qty, "picked_quantity": 0, "sellable": s.sellable(l.Line)})
			}
		}
		var sent any
		if a.shipment != nil {
			sent = shipmentForm(a)
		}
		allocations = append(allocations, map[string]any{"id": a.id, "order_id": o.id, "line_items": inner, "shipment": sent, "warehouse": map[string]any{"id": warehouse, "name": "My Warehouse"}})
	}
	var note any
	if o.note != "" {
		note = map[string]any{"id": o.id + 1, "text": o.note, "order_id": o.id}
	}
	return map[string]any{
		"id": o.id, "number": "#" + o.number, "status": o.status, "created_at": stamp(o.created), "updated_at": stamp(o.modified), "due_date": nil, "cancelled_at": nil,
		"total_price": total, "fulfilled_by_amazon": false, "delivery_method": map[string]any{"id": 1, "name": o.service, "cost": 0.0}, "deliver_to": address(o.to),
		"customer": map[string]any{"id": 1, "email": null(o.to.Email), "phone": null(o.to.Phone), "mobile": nil}, "customer_note": note, "employee_notes": []any{},
		"channel": map[string]any{"id": 45465, "type_code": "direct", "name": "Phone", "currency_code": "GBP"}, "tags": []any{}, "line_items": lines, "allocations": allocations,
	}
}

func address(a shopsim.Address) map[string]any {
	return map[string]any{
		"first_name": "", "last_name": a.Name, "email": nil, "company": a.Company, "address1": a.Street, "address2": a.Street2, "city": a.City,
		"country": a.Country, "state": a.Region, "zip": a.Postcode, "phone": a.Phone,
	}
}

func shipmentForm(a *allocation) map[string]any {
	return map[string]any{
		"id": a.shipment.id, "created_at": stamp(a.shipment.made), "allocation_id": a.id, "carrier_id": a.shipment.carrier, "notify_customer": false, "update_remote_order": true,
		"tracking_number": map[string]any{"id": a.shipment.id + 1, "tracking_number": " " + a.shipment.tracking}, "carrier": map[string]any{"id": a.shipment.carrier, "name": "Other"},
	}
}

func (s *Shop) sellable(l shopsim.Line) map[string]any {
	g := s.goods[l.SKU]
	return map[string]any{
		"id": g.sellable, "type": "ProductVariant", "title": "", "sku_code": l.SKU, "upc_code": g.Barcode, "price": float64(l.Minor) / 100, "weight_grams": float64(g.Grams),
		"full_title": g.Name, "product_title": g.Name, "stock_entries": []any{s.entry(g)},
	}
}

func (s *Shop) entry(g *goods) map[string]any {
	allocated := 0
	for _, o := range s.orders {
		if o.status == "cancelled" || o.status == "refunded" {
			continue
		}
		for _, a := range o.allocations {
			for _, l := range a.lines {
				if a.shipment == nil && l.SKU == g.SKU {
					allocated += l.Qty
				}
			}
		}
	}
	return map[string]any{
		"id": g.sellable + 1, "sellable_id": g.sellable, "warehouse_id": warehouse, "infinite": false, "allocated_stock_level": allocated,
		"location": "Shelf 2B", "physical_stock_level": g.physical, "available_stock_level": g.physical - allocated,
	}
}
