package shipstationsim

import (
	"math"
	"time"

	"packbench/station/shop/shopsim"
)

// pacific is the zone of all times.
var pacific = func() *time.Location {
	l, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return l
}()

// stamp writes a time as ShipStation does: seven digits of a second and no zone.
func stamp(t time.Time) string { return t.In(pacific).Format("2006-01-02T15:04:05.0000000") }

func (s *Shop) today() string { return s.o.Clock().In(pacific).Format("2006-01-02") }

func null(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func amount(minor int64) float64 { return float64(minor) / 100 }

// orderForm is an order with all the fields that the recorded ones have.
func (s *Shop) orderForm(o *order) map[string]any {
	items, total := []map[string]any{}, int64(0)
	for _, l := range o.lines {
		if l.Qty == 0 {
			continue
		}
		items = append(items, s.itemForm(l))
		total += l.Minor * int64(l.Qty)
	}
	if len(items) > 1 {
		items = append(items, map[string]any{
			"orderItemId": o.id*1000 + 999, "lineItemKey": "discount", "sku": nil, "name": "Spring discount", "quantity": 1,
			"unitPrice": -1.00, "adjustment": true, "upc": nil, "warehouseLocation": nil, "options": []any{},
		})
		total -= 100
	}
	var merged any = []int64{}
	if o.merged != nil {
		merged = o.merged
	}
	var parent any
	if o.parent != 0 {
		parent = o.parent
	}
	return map[string]any{
		"orderId": o.id, "orderNumber": o.number, "orderKey": o.key, "orderStatus": o.status,
		"orderDate": stamp(o.created), "createDate": stamp(o.created), "modifyDate": stamp(o.modified), "paymentDate": stamp(o.created),
		"shipByDate": nil, "shipDate": null(o.shipDate), "holdUntilDate": null(o.holdUntil),
		"customerEmail": o.to.Email, "customerNotes": null(o.note), "internalNotes": nil, "gift": false, "giftMessage": nil,
		"requestedShippingService": null(o.service), "serviceCode": nil, "carrierCode": nil, "packageCode": nil,
		"shipTo": addressForm(o.to), "billTo": addressForm(o.to), "items": items,
		"orderTotal": amount(total), "amountPaid": amount(total), "taxAmount": 0.0, "shippingAmount": 0.0,
		"tagIds": nil, "userId": nil, "labelMessages": nil,
		"externallyFulfilled": o.elsewhereBy != "", "externallyFulfilledBy": null(o.elsewhereBy),
		"weight":          map[string]any{"value": 5.0, "units": "ounces", "WeightUnits": 1},
		"advancedOptions": map[string]any{"storeId": 12345, "warehouseId": 12345, "mergedOrSplit": o.merged != nil || o.parent != 0, "mergedIds": merged, "parentId": parent, "customField1": nil, "customField2": nil, "customField3": nil},
	}
}

func (s *Shop) itemForm(l line) map[string]any {
	form := map[string]any{
		"orderItemId": l.id, "lineItemKey": nil, "sku": null(l.SKU), "name": l.Name, "quantity": l.Qty, "unitPrice": amount(l.Minor),
		"adjustment": false, "upc": null(l.Barcode), "warehouseLocation": nil, "options": []any{}, "imageUrl": nil,
	}
	if p := s.products[l.SKU]; p != nil {
		form["productId"] = p.id
	}
	return form
}

func addressForm(a shopsim.Address) map[string]any {
	return map[string]any{
		"name": a.Name, "company": null(a.Company), "street1": a.Street, "street2": a.Street2, "street3": nil, "city": a.City,
		"state": null(a.Region), "postalCode": a.Postcode, "country": a.Country, "phone": null(a.Phone), "residential": nil, "addressVerified": "Address not yet validated",
	}
}

// told reports whether the sales channel knows of a parcel by now, and what it said.
func (s *Shop) told(p *parcel) (notified bool, refusal any) {
	return p.notify && p.refusal == "" && s.o.Clock().Sub(p.made) >= 5*time.Second, null(p.refusal)
}

func (s *Shop) fulfilmentForm(p *parcel) map[string]any {
	notified, refusal := s.told(p)
	o := s.orders[p.order]
	return map[string]any{
		"fulfillmentId": p.id, "orderId": p.order, "orderNumber": o.number, "userId": "00000000-0000-0000-0000-000000000001",
		"customerEmail": o.to.Email, "trackingNumber": p.tracking, "createDate": stamp(p.made), "shipDate": p.day + "T00:00:00.0000000",
		"voidDate": nil, "deliveryDate": nil, "carrierCode": p.carrier, "fulfillmentProviderCode": nil, "fulfillmentServiceCode": nil,
		"fulfillmentFee": 0.0, "voidRequested": false, "voided": p.voided, "marketplaceNotified": notified, "notifyErrorMessage": refusal,
		"shipTo": addressForm(o.to),
	}
}

func (s *Shop) labelForm(p *parcel, withItems bool) map[string]any {
	o := s.orders[p.order]
	var items any
	if withItems && p.id%2 == 0 { // what is in a label is known of some
		list := []map[string]any{}
		for _, l := range p.lines {
			if l.Qty > 0 {
				list = append(list, s.itemForm(l))
			}
		}
		items = list
	}
	return map[string]any{
		"shipmentId": p.id, "orderId": p.order, "orderKey": o.key, "orderNumber": o.number, "userId": "00000000-0000-0000-0000-000000000001",
		"customerEmail": o.to.Email, "createDate": stamp(p.made), "shipDate": p.day, "shipmentCost": 2.35, "insuranceCost": 0.0,
		"trackingNumber": p.tracking, "isReturnLabel": p.isReturn, "batchNumber": nil, "carrierCode": p.carrier, "serviceCode": "ups_ground",
		"packageCode": "package", "confirmation": "none", "warehouseId": 12345, "voided": p.voided, "voidDate": nil,
		"marketplaceNotified": true, "notifyErrorMessage": nil, "shipTo": addressForm(o.to), "shipmentItems": items,
		"labelData": nil, "formData": nil,
	}
}

func (s *Shop) productForm(p *product) map[string]any {
	return map[string]any{
		"productId": p.id, "sku": p.SKU, "name": p.Name, "price": amount(p.Minor), "weightOz": math.Round(float64(p.Grams)/28.349523125*100) / 100,
		"fulfillmentSku": null(p.Barcode), "active": true, "aliases": nil, "createDate": stamp(p.modified), "modifyDate": stamp(p.modified),
		"customsTariffNo": nil, "customsCountryCode": nil, "customsDescription": nil, "customsValue": nil, "length": nil, "width": nil, "height": nil,
		"internalNotes": nil, "warehouseLocation": nil, "productType": nil, "tags": nil,
	}
}
