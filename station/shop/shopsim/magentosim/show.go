package magentosim

import (
	"slices"
	"strconv"
	"strings"
)

// The status is a word of the shop's own: this one words some of its own way.
func (o *order) status() string {
	switch o.state {
	case "processing":
		return "ready_for_warehouse"
	case "pending_payment":
		return "pending_payment"
	}
	return o.state
}

func (s *Sim) ordersListed() []listed {
	var out []listed
	for _, live := range s.orders {
		o := s.listed(live)
		if o == nil {
			continue
		}
		out = append(out, listed{
			by: func(field string) (string, bool) {
				switch field {
				case "entity_id":
					return strconv.Itoa(o.id), true
				case "increment_id":
					return o.number, true
				case "updated_at":
					return o.updated, true
				case "created_at":
					return o.created, true
				case "state":
					return o.state, true
				case "status":
					return o.status(), true
				}
				return "", false
			},
			show: func() map[string]any { return s.showOrder(o) },
		})
	}
	return out
}

func (s *Sim) showOrder(o *order) map[string]any {
	first, last, _ := strings.Cut(o.to.Name, " ")
	address := map[string]any{
		"firstname": first, "lastname": last, "company": o.to.Company, "street": []any{o.to.Street}, "city": o.to.City,
		"region_code": o.to.Region, "postcode": o.to.Postcode, "country_id": o.to.Country, "telephone": o.to.Phone, "email": o.to.Email,
	}
	if o.to.Street2 != "" {
		address["street"] = []any{o.to.Street, o.to.Street2}
	}
	items, total := []any{}, int64(0)
	for _, r := range o.rows {
		items = append(items, s.showRow(o, r))
		total += int64(r.ordered) * r.minor
	}
	comments := []any{}
	for i := range slices.Backward(o.comments) {
		comments = append(comments, map[string]any{"entity_id": i + 1, "comment": o.comments[i], "status": "holded"})
	}
	out := map[string]any{
		"entity_id": o.id, "increment_id": o.number, "state": o.state, "status": o.status(),
		"created_at": o.created, "updated_at": o.updated, "order_currency_code": s.o.Currency,
		"grand_total": amount(total), "shipping_description": o.service, "customer_email": o.to.Email,
		"items": items, "status_histories": comments,
		"extension_attributes": map[string]any{"shipping_assignments": []any{
			map[string]any{"shipping": map[string]any{"address": address, "method": "tablerate_bestway"}, "items": []any{}},
		}},
	}
	if o.po != "" {
		out["payment"] = map[string]any{"method": "purchaseorder", "po_number": o.po}
	}
	if o.note != "" {
		out["customer_note"] = o.note
	}
	if o.successor != "" {
		out["relation_child_real_id"] = o.successor
	}
	return out
}

func (s *Sim) showRow(o *order, r *row) map[string]any {
	out := map[string]any{
		"item_id": r.id, "order_id": o.id, "product_id": r.product, "sku": r.sku, "name": r.name, "product_type": r.kind,
		"qty_ordered": r.ordered, "qty_invoiced": r.ordered, "qty_shipped": r.shipped, "qty_canceled": r.canceled, "qty_refunded": r.refunded,
		"price": amount(r.minor), "row_total": amount(int64(r.ordered * float64(r.minor))), "discount_amount": 0,
		"is_virtual": 0, "is_qty_decimal": 0,
	}
	if r.virtual {
		out["is_virtual"] = 1
	}
	if r.parent != nil {
		out["parent_item_id"] = r.parent.id
		out["parent_item"] = s.showRow(o, r.parent)
	}
	return out
}

func amount(minor int64) float64 { return float64(minor) / 100 }

func (s *Sim) shipmentsListed() []listed {
	var out []listed
	for _, sh := range s.shipments {
		out = append(out, listed{
			by: func(field string) (string, bool) {
				switch field {
				case "entity_id":
					return strconv.Itoa(sh.id), true
				case "order_id":
					return strconv.Itoa(sh.order), true
				case "created_at":
					return sh.created, true
				}
				return "", false
			},
			show: func() map[string]any { return s.showShipment(sh) },
		})
	}
	return out
}

func (s *Sim) showShipment(sh *shipment) map[string]any {
	items, tracks, comments := []any{}, []any{}, []any{}
	for row, n := range sh.units {
		sku := ""
		if r := s.row(sh.order, row); r != nil {
			sku = r.sku
		}
		items = append(items, map[string]any{"entity_id": row, "parent_id": sh.id, "order_item_id": row, "sku": sku, "qty": n})
	}
	for i, t := range sh.tracks {
		tracks = append(tracks, map[string]any{"entity_id": i + 1, "parent_id": sh.id, "track_number": t.Number, "title": t.Title, "carrier_code": t.Carrier})
	}
	if sh.comment != "" {
		comments = append(comments, map[string]any{"entity_id": sh.id, "parent_id": sh.id, "comment": sh.comment, "is_visible_on_front": 0})
	}
	return map[string]any{
		"entity_id": sh.id, "order_id": sh.order, "increment_id": "S" + strconv.Itoa(sh.id), "created_at": sh.created, "updated_at": sh.created,
		"items": items, "tracks": tracks, "comments": comments,
	}
}

func (s *Sim) memosListed() []listed {
	var out []listed
	for _, m := range s.memos {
		out = append(out, listed{
			by: func(field string) (string, bool) {
				switch field {
				case "entity_id":
					return strconv.Itoa(m.id), true
				case "order_id":
					return strconv.Itoa(m.order), true
				case "updated_at", "created_at":
					return m.created, true
				}
				return "", false
			},
			show: func() map[string]any {
				items := []any{}
				for row, n := range m.units {
					items = append(items, map[string]any{"order_item_id": row, "qty": n})
				}
				return map[string]any{
					"entity_id": m.id, "order_id": m.order, "state": 2, "created_at": m.created, "updated_at": m.created,
					"order_currency_code": s.o.Currency, "grand_total": amount(m.minor), "items": items, "comments": []any{},
				}
			},
		})
	}
	return out
}

func (s *Sim) productsListed() []listed {
	var out []listed
	for _, p := range s.products {
		out = append(out, listed{
			by: func(field string) (string, bool) {
				switch field {
				case "entity_id":
					return strconv.Itoa(p.id), true
				case "sku":
					return p.sku, true
				case "updated_at":
					return p.updated, true
				}
				return "", false
			},
			show: func() map[string]any {
				attributes := []any{map[string]any{"attribute_code": "category_ids", "value": []any{"3"}}}
				if p.barcode != "" {
					attributes = append(attributes, map[string]any{"attribute_code": "ean", "value": p.barcode})
				}
				if p.kind == "bundle" {
					how := "0"
					if p.separately {
						how = "1"
					}
					attributes = append(attributes, map[string]any{"attribute_code": "shipment_type", "value": how})
				}
				return map[string]any{
					"id": p.id, "sku": p.sku, "name": p.name, "type_id": p.listedKind(), "price": amount(p.minor), "status": 1,
					"weight": float64(p.grams) / 1000, "updated_at": p.updated, "custom_attributes": attributes,
				}
			},
		})
	}
	return out
}

// listedKind is what a product is in the catalogue: a size of a shirt is a simple one.
func (p *product) listedKind() string {
	if p.kind == "configurable" {
		return "simple"
	}
	return p.kind
}

func (s *Sim) sourcesListed() []listed {
	var out []listed
	for _, code := range s.sources {
		out = append(out, listed{
			by:   func(field string) (string, bool) { return code, field == "source_code" },
			show: func() map[string]any { return map[string]any{"source_code": code, "name": code, "enabled": true} },
		})
	}
	return out
}

func (s *Sim) stockListed() []listed {
	var out []listed
	for _, p := range s.products {
		for _, code := range s.sources {
			h := s.stock[p.sku][code]
			if h == nil {
				continue
			}
			out = append(out, listed{
				by: func(field string) (string, bool) {
					switch field {
					case "sku":
						return p.sku, true
					case "source_code":
						return code, true
					case "source_item_id":
						return strconv.Itoa(p.id), true
					}
					return "", false
				},
				show: func() map[string]any {
					return map[string]any{"sku": p.sku, "source_code": code, "quantity": h.qty, "status": h.status}
				},
			})
		}
	}
	return out
}
