package intake

import (
	"strings"

	"packbench/station"
)

var ebayColumns = all(to("Ship To "), schema{
	col("order", "Order Number"), col("order or", "Sales Record Number"), col("line", "Item Number"), col("item", "Item Title"), must(col("sku", "Custom Label", "Custom Label (SKU)")),
	numbers(col("qty", "Quantity")), prices(col("price", "Sold For")), col("service", "Shipping Service", "Postage Service", "Delivery Service"), col("placed", "Sale Date"), col("ship by", "Ship By Date", "Post By Date", "Dispatch By Date"),
	col("paid", "Paid On Date"), col("sent", "Shipped On Date", "Posted On Date", "Dispatched On Date"), col("email", "Buyer Email"), col("order note", "Buyer Note"), col("note", "Variation Details"),
})

var ebayStops = []stop{
	{column: "paid", as: station.OrderOpen, blank: "not paid, says the file"},
	{column: "sent", line: true, as: station.OrderDone, full: "sent, says the file"},
}

// postTo are the columns of an address as eBay's British files call them.
var postTo = schema{
	col("name", "Post To Name"), col("street", "Post To Address 1"), col("street2", "Post To Address 2"), col("city", "Post To City"), col("region", "Post To County"),
	col("postcode", "Post To Postcode"), col("country", "Post To Country"), col("phone", "Post To Phone"),
}

// ebayFooter is what eBay writes below the orders.
func ebayFooter(r row) bool {
	text := strings.ToLower(strings.Join(r.cells, " "))
	return strings.Contains(text, "record(s) downloaded") || strings.HasPrefix(strings.TrimSpace(text), "seller id")
}

var amazonTo = schema{
	col("name", "recipient-name"), col("street", "ship-address-1"), col("street2", "ship-address-2"), col("street3", "ship-address-3"), col("city", "ship-city"), col("region", "ship-state"),
	col("postcode", "ship-postal-code"), col("country", "ship-country"), col("phone", "ship-phone-number", "buyer-phone-number"), col("email", "buyer-email"), col("service", "ship-service-level"),
}

var amazonWords = meaning("open: unshipped, shipping; held: pending, partially shipped, pending availability, unfulfillable; cancelled: cancelled, canceled; done: shipped, shipped delivered to buyer, shipped picked up, shipped returned to seller, complete")

var marketProfiles = []profile{
	{
		name: "Amazon unshipped orders", shop: "amazon", bare: true, sure: []string{"orderid", "orderitemid", "quantitytoship"}, line: "line",
		columns: all(amazonTo, schema{
			col("order", "order-id"), col("line", "order-item-id"), must(col("sku", "sku")), col("item", "product-name"), numbers(col("qty", "quantity-purchased")), numbers(col("left", "quantity-to-ship")),
			col("placed", "purchase-date"), col("ship by", "promise-date"), col("asked", "verge-of-cancellation"),
		}),
		stops: []stop{{column: "asked", words: meaning("held: true, yes, 1; open: false, no, 0"), full: "the buyer asks to cancel it"}},
	},
	{
		name: "Amazon orders", shop: "amazon", bare: true, sure: []string{"orderid", "orderitemid", "quantitypurchased", "recipientname"}, lacks: []string{"quantitytoship"}, line: "line",
		columns: all(amazonTo, schema{
			col("order", "order-id"), col("line", "order-item-id"), must(col("sku", "sku")), col("item", "product-name"), numbers(col("qty", "quantity-purchased")), col("placed", "purchase-date"),
			col("currency", "currency"), col("paid", "payments-date"), prices(col("line total", "item-price")),
		}),
		stops: []stop{{column: "paid", as: station.OrderOpen, blank: "not paid, says the file"}},
	},
	{
		name: "Amazon all orders", shop: "amazon", bare: true, sure: []string{"amazonorderid", "orderstatus", "itemstatus"},
		columns: all(amazonTo, schema{
			col("order", "amazon-order-id"), must(col("sku", "sku")), col("item", "product-name"), numbers(col("qty", "quantity")), col("placed", "purchase-date"), col("currency", "currency"),
			prices(col("line total", "item-price")), col("status", "order-status"), col("line status", "item-status"), col("channel", "fulfillment-channel"),
		}),
		stops: []stop{
			{column: "channel", words: meaning("open: merchant; done: amazon"), full: "sent by Amazon"},
			{column: "status", words: amazonWords, blank: "the file does not say whether it is paid"},
			{column: "line status", line: true, words: amazonWords},
		},
	},
	{
		name: "eBay orders", shop: "ebay", sure: []string{"salesrecordnumber", "ordernumber", "shiptoname", "itemnumber"}, dates: monthFirst, line: "line", skip: ebayFooter, loose: true,
		columns: ebayColumns, stops: ebayStops,
	},
	{
		name: "eBay orders", shop: "ebay", sure: []string{"salesrecordnumber", "ordernumber", "posttoname", "itemnumber"}, dates: dayFirst, line: "line", skip: ebayFooter, loose: true,
		columns: all(postTo, ebayColumns[len(to("")):]), stops: ebayStops,
	},
	{
		name: "Etsy sold order items", shop: "etsy", sure: []string{"saledate", "itemname", "dateshipped", "orderid"}, dates: monthFirst,
		columns: all(to("Ship "), schema{
			col("order", "Order ID"), col("line", "Transaction ID"), col("placed", "Sale Date"), must(col("sku", "SKU")), col("item", "Item Name"), numbers(col("qty", "Quantity")), prices(col("price", "Price")),
			col("currency", "Currency"), col("note", "Variations"), col("sent", "Date Shipped"),
		}),
		stops: []stop{{column: "sent", line: true, as: station.OrderDone, full: "sent, says the file"}},
	},
	{
		name: "TikTok Shop orders", shop: "tiktok", sure: []string{"orderid", "ordersubstatus", "sellersku"}, dates: dayFirst,
		skip: func(r row) bool { return !strings.ContainsAny(r.text("order"), "0123456789") },
		columns: schema{
			col("order", "Order ID"), col("status", "Order Status"), col("returned", "Cancelation/Return Type"), must(col("sku", "Seller SKU")), col("item", "Product Name"), numbers(col("qty", "Quantity")),
			numbers(col("refunded", "Sku Quantity of return")), prices(col("price", "SKU Unit Original Price")), prices(col("value", "Order Amount")), col("service", "Delivery Option"), col("order note", "Buyer Message"),
			col("name", "Recipient"), col("phone", "Phone #"), col("country", "Country"), col("region", "State"), col("city", "Post Town", "City"), col("street", "Detail Address"), col("postcode", "Zipcode", "Post Code"),
			col("street2", "Additional address information"), col("note", "Variation"),
		},
		stops: []stop{
			{column: "status", words: meaning("open: to ship, awaiting shipment, awaiting collection; held: unpaid, on hold; cancelled: canceled, cancelled; done: shipped, in transit, delivered, completed"), blank: "the file does not say whether it is paid"},
			{column: "returned", as: station.OrderHeld, says: "cancelled or returned"},
		},
	},
	{
		name: "Rakuten orders", shop: "rakuten", sure: []string{"bestellnummer", "artikelnummer", "empfangort", "empfanglkz"}, dates: dayFirst,
		columns: schema{
			col("order", "Bestellnummer"), col("placed", "Bestelldatum"), col("email", "EMail"), must(col("sku", "Artikelnummer")), numbers(col("qty", "Menge")), prices(col("price", "Preis")),
			col("company", "Empfangfirma"), col("first name", "Empfangvorname"), col("last name", "Empfangnachname"), col("street", "EmpfangStrasse"), col("postcode", "EmpfangPLZ"), col("city", "Empfangort"),
			col("country", "EmpfangLKZ"), col("order note", "Versandtext"), col("sent", "Versandnummer"),
		},
		stops: []stop{{column: "sent", as: station.OrderDone, full: "sent, says the file"}},
	},
}
