package shopifysim

import (
	"strings"
)

func (s *Sim) order(o *order) object {
	subtotal := o.goods() - min(o.discount, o.goods())
	total := subtotal + o.shipping
	paid, received := "PAID", total
	if o.unpaid {
		paid, received = "PENDING", 0
	}
	standing := 0
	for range o.sent {
		standing++
	}
	var reason any
	if !o.cancelled.IsZero() {
		reason = "CUSTOMER"
	}
	return object{
		"__typename": "Order", "id": gid("Order", o.id), "name": o.name, "createdAt": stamp(o.created), "processedAt": stamp(o.created),
		"updatedAt": stamp(last(o.touched)), "cancelledAt": stamp(o.cancelled), "cancelReason": reason, "closed": !o.closed.IsZero(), "closedAt": stamp(o.closed),
		"displayFinancialStatus": paid, "displayFulfillmentStatus": o.displayed(), "note": orNil(o.note), "poNumber": orNil(o.po), "tags": append([]string{}, o.tags...),
		"email": orNil(o.to.Email), "phone": orNil(o.to.Phone), "shippingAddress": mailing(o), "currentTotalPriceSet": amount(total, s.money),
		"taxesIncluded": true, "currentSubtotalPriceSet": amount(subtotal, s.money), "currentTotalDiscountsSet": amount(min(o.discount, o.goods()), s.money),
		"currentShippingPriceSet": amount(o.shipping, s.money), "currentTotalTaxSet": amount(0, s.money), "totalReceivedSet": amount(received, s.money),
		"shippingLine": object{"__typename": "ShippingLine", "title": o.service, "code": o.service},
		"fulfillmentOrders": pages("FulfillmentOrder", func() (out []keyed) {
			for _, f := range o.fos {
				if s.mayFOs() {
					out = append(out, keyed{number(f.id), func() object { return s.fo(f) }})
				}
			}
			return out
		}),
		"fulfillmentsCount": object{"__typename": "Count", "count": standing},
		"fulfillments": resolver(func(a args) (any, *problem) {
			var out []object
			for i, f := range o.sent {
				if first := a.number("first"); first == 0 || i < first {
					out = append(out, s.sent(f))
				}
			}
			return out, nil
		}),
		"currencyCode": s.money, "presentmentCurrencyCode": s.money, "refunds": refundsOf(o), "transactions": s.transactions(o, received),
		"returns": pages("Return", func() (out []keyed) {
			for _, r := range o.returns {
				out = append(out, keyed{number(r.id), func() object { return s.ret(o, r) }})
			}
			return out
		}),
	}
}

// goods is what the lines cost before anything is taken off.
func (o *order) goods() (sum int64) {
	for _, l := range o.lines {
		sum += l.minor * int64(l.current)
	}
	return sum
}

// discounted is what a unit costs once its share of what is taken off the order is
// spread, rounded as Shopify does: the units add up to a little more or less.
func (l *line) discounted() int64 {
	all := l.order.goods()
	if all == 0 {
		return l.minor
	}
	return (2*l.minor*(all-min(l.order.discount, all)) + all) / (2 * all)
}

func mailing(o *order) object {
	first, family, _ := strings.Cut(o.to.Name, " ")
	return object{
		"__typename": "MailingAddress", "name": o.to.Name, "firstName": first, "lastName": family, "company": orNil(o.to.Company),
		"address1": o.to.Street, "address2": orNil(o.to.Street2), "city": o.to.City, "provinceCode": orNil(o.to.Region),
		"zip": o.to.Postcode, "countryCodeV2": o.to.Country, "phone": orNil(o.to.Phone),
	}
}

func (s *Sim) fo(f *fulfillmentOrder) object {
	first, family, _ := strings.Cut(f.order.to.Name, " ")
	to := f.order.to
	var actions, holds []object
	for _, a := range f.actions() {
		actions = append(actions, object{"__typename": "FulfillmentOrderSupportedAction", "action": a})
	}
	for _, h := range f.holds {
		holds = append(holds, object{
			"__typename": "FulfillmentHold", "id": gid("FulfillmentHold", h.id), "reason": h.reason, "reasonNotes": orNil(h.notes),
			"displayReason": "Other", "heldByApp": nil, "heldByRequestingApp": false,
		})
	}
	return object{
		"__typename": "FulfillmentOrder", "id": gid("FulfillmentOrder", f.id), "status": f.status, "requestStatus": "UNSUBMITTED",
		"orderId": gid("Order", f.order.id), "orderName": f.order.name,
		"order":     resolver(func(args) (any, *problem) { return s.order(f.order), nil }),
		"updatedAt": stamp(last(f.touched)), "fulfillAt": stamp(f.at), "fulfillBy": stamp(f.by), "supportedActions": actions, "fulfillmentHolds": holds,
		"assignedLocation": object{"__typename": "FulfillmentOrderAssignedLocation", "name": f.place.name, "location": f.place.object()},
		"destination": object{
			"__typename": "FulfillmentOrderDestination", "firstName": first, "lastName": family, "company": orNil(to.Company), "address1": to.Street,
			"address2": orNil(to.Street2), "city": to.City, "province": orNil(to.Region), "zip": to.Postcode, "countryCode": to.Country,
			"phone": orNil(to.Phone), "email": orNil(to.Email),
		},
		"deliveryMethod": object{
			"__typename": "DeliveryMethod", "methodType": "SHIPPING", "serviceCode": f.order.service, "presentedName": orNil(f.order.service),
			"minDeliveryDateTime": nil, "maxDeliveryDateTime": stamp(f.promised),
		},
		"lineItems": pages("FulfillmentOrderLineItem", func() (out []keyed) {
			for _, l := range f.lines {
				out = append(out, keyed{number(l.id), func() object { return s.foLine(l) }})
			}
			return out
		}),
	}
}

func (s *Sim) foLine(l *foLine) object {
	return object{
		"__typename": "FulfillmentOrderLineItem", "id": gid("FulfillmentOrderLineItem", l.id), "totalQuantity": l.total, "remainingQuantity": l.remaining,
		"sku": orNil(l.line.sku), "requiresShipping": !l.line.virtual, "lineItem": s.line(l.line),
	}
}

func (s *Sim) line(l *line) object {
	var g object
	if l.group != nil {
		g = object{"__typename": "LineItemGroup", "id": gid("LineItemGroup", l.group.id), "title": l.group.title, "quantity": l.group.quantity, "variantSku": orNil(l.group.sku)}
	}
	return object{
		"__typename": "LineItem", "id": gid("LineItem", l.id), "title": l.name, "name": l.name, "sku": orNil(l.sku), "quantity": l.quantity,
		"currentQuantity": l.current, "requiresShipping": !l.virtual, "isGiftCard": l.giftCard, "lineItemGroup": g,
		"variant": resolver(func(args) (any, *problem) { return s.variant(l.variant), nil }),
		"discountedUnitPriceAfterAllDiscountsSet": amount(l.discounted(), s.money), "originalUnitPriceSet": amount(l.minor, s.money),
	}
}

func (s *Sim) sent(f *fulfillment) object {
	display := "FULFILLED"
	if f.status == "CANCELLED" {
		display = "CANCELED"
	}
	var tracking []object
	if f.number != "" || f.url != "" || f.owner != "" {
		tracking = []object{{"__typename": "FulfillmentTrackingInfo", "number": orNil(f.number), "url": orNil(f.url), "company": orNil(f.owner)}}
	}
	return object{
		"__typename": "Fulfillment", "id": gid("Fulfillment", f.id), "status": f.status, "displayStatus": display, "createdAt": stamp(f.created),
		"updatedAt": stamp(f.created), "trackingInfo": tracking,
		"fulfillmentLineItems": pages("FulfillmentLineItem", func() (out []keyed) {
			sum := map[*line]int{}
			for _, i := range f.items {
				sum[i.line] += i.qty
			}
			for _, i := range f.items {
				if n := sum[i.line]; n > 0 {
					delete(sum, i.line)
					out = append(out, keyed{number(i.id), func() object {
						return object{"__typename": "FulfillmentLineItem", "id": gid("FulfillmentLineItem", i.id), "quantity": n, "lineItem": s.line(i.line)}
					}})
				}
			}
			return out
		}),
	}
}
