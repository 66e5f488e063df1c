package intake

import "packbench/station"

var stationWords = meaning(usual)

var toolProfiles = []profile{
	{
		name: "ShipStation orders", sure: []string{"order", "recipientfullname", "addressline1"}, dates: monthFirst,
		columns: schema{
			col("order", "Order #"), col("placed", "Order Date"), col("ship by", "Ship By Date"), col("status", "Order Status"), col("shop", "Order Source"), col("service", "Shipping Service"),
			must(col("sku", "Item SKU", "SKU")), col("item", "Item Name / Title", "Name"), numbers(col("qty", "Item Quantity", "Quantity")), prices(col("price", "Item Unit Price", "Unit Price")), col("note", "Item Options"),
			col("bin", "Item Warehouse Location", "Item Warehouse"), col("gift", "Gift Flag", "Gift Indicator"), col("gift message", "Gift Message", "Notes - Gift Message"), col("order note", "Notes from the Buyer", "Customer Notes"), prices(col("value", "Order Total")),
			col("name", "Recipient Full Name"), col("first name", "Recipient First Name"), col("last name", "Recipient Last Name"), col("phone", "Recipient Phone", "Buyer Phone"), col("company", "Recipient Company"),
			col("street", "Address Line 1", "Address Ln 1"), col("street2", "Address Line 2", "Address Ln 2"), col("street3", "Address Line 3", "Address Ln 3"), col("city", "City"), col("region", "State"),
			col("postcode", "Postal Code"), col("country", "Country Code"), col("email", "Buyer Email"), col("line", "Item Marketplace ID"),
		},
		stops: []stop{{column: "status", words: stationWords}},
	},
	{
		name: "ShipStation export", sure: []string{"ordernumber", "itemsku", "itemqty"}, dates: monthFirst,
		columns: all(to("Ship To - "), schema{
			col("order", "Order - Number"), col("placed", "Date - Order Date"), col("ship by", "Date - Ship By Date"), col("status", "Order - Status"), col("shop", "Market - Store Name", "Source"),
			col("service", "Carrier - Service Requested", "Service - Requested", "Carrier - Service Sel"), must(col("sku", "Item - SKU")), col("item", "Item - Name"), numbers(col("qty", "Item - Qty")), prices(col("price", "Item - Price", "Item - Unit Price")),
			col("note", "Item - Options"), col("bin", "Item - Warehouse Location"), col("order note", "Notes - From Buyer", "Custom - Notes From Buyer"), col("email", "Customer - Email", "Buyer - Email"),
			col("sent", "Date - Shipped Date"),
		}),
		stops: []stop{{column: "status", words: stationWords}, {column: "sent", as: station.OrderDone, full: "sent, says the file"}},
	},
	{
		name: "Veeqo orders", sure: []string{"number", "shippingaddressfirstname", "sku"},
		columns: all(to("shipping_address_"), schema{
			col("order", "number"), col("status", "status"), col("placed", "created_at"), col("ship by", "due_date"), col("service", "delivery_method"), must(col("sku", "sku")), numbers(col("qty", "quantity")),
			prices(col("price", "price_per_unit")), col("email", "customer_email"), col("order note", "customer_note"), col("sent", "tracking_number"),
		}),
		stops: []stop{
			{column: "status", words: meaning("open: pending, awaiting fulfillment, ready to ship; held: on hold, awaiting payment; cancelled: cancelled, refunded; done: shipped, delivered")},
			{column: "sent", as: station.OrderDone, full: "sent, says the file"},
		},
	},
	{
		name: "Fishbowl sales orders", sure: []string{"flag", "sonum"}, dates: monthFirst, second: fishbowlRows,
		columns: schema{
			must(col("flag", "Flag")), col("order", "SONum"), col("status", "Status"), col("name", "ShipToName"), col("street", "ShipToAddress"), col("city", "ShipToCity"), col("region", "ShipToState"),
			col("postcode", "ShipToZip"), col("country", "ShipToCountry"), col("service", "CarrierName"), col("placed", "Date"), col("ship by", "FulfillmentDate"), col("phone", "Phone"), col("email", "Email"), col("order note", "Note"),
		},
		stops: []stop{{column: "status", says: "state", words: meaning("held: 10; open: 20, 25; done: 60, 70, 95; cancelled: 80, 85, 90"), blank: "the file does not say whether it is issued"}},
	},
	{
		name: "ShipWorks orders", sure: []string{"storename", "ordernumber", "itemsku", "shipaddressname"}, dates: monthFirst,
		columns: schema{
			col("order", "OrderNumber"), col("order id", "OrderID"), col("shop", "StoreName"), col("placed", "OrderDate"), col("status", "Status"), col("sent", "TrackingNumber"), must(col("sku", "ItemSKU")), col("sku or", "ItemCode"),
			col("item", "ItemName"), numbers(col("qty", "ItemQTY")), prices(col("price", "UnitPrice")), col("name", "ShipAddressName"), col("company", "ShipAddressCompany"), col("street", "ShipAddress1"), col("street2", "ShipAddress2"),
			col("street3", "ShipAddress3"), col("city", "ShipAddressCity"), col("region", "ShipAddressState"), col("postcode", "ShipAddressPostalCode"), col("country", "ShipAddressCountryCode"),
			col("phone", "ShipAddressPhoneNumber"), col("email", "ShipAddressEmail"), col("order note", "Note"), prices(col("value", "OrderTotal")),
		},
		stops: []stop{{column: "status", words: stationWords}, {column: "sent", as: station.OrderDone, full: "sent, says the file"}},
	},
	{
		name: "ShippingEasy orders", sure: []string{"ordernumber", "orderdatetime", "itemsku"}, dates: monthFirst,
		columns: schema{
			col("order", "Order Number"), col("placed", "Order date"), col("status", "Status"), col("service", "Requested service"), must(col("sku", "Item SKU")), col("item", "Item name"), numbers(col("qty", "Item Quantity")),
			prices(col("price", "Item unit price")), col("bin", "Warehouse Bin"), col("name", "Full Name"), col("street", "Address Line 1"), col("street2", "Address Line 2"), col("city", "City"), col("region", "State"),
			col("postcode", "Postal Code", "Zip"), col("country", "Country"), prices(col("value", "Order Total")),
		},
		stops: []stop{{column: "status", words: stationWords, blank: "the file does not say whether it is paid"}},
	},
	{
		name: "Dianxiaomi orders", sure: []string{"订单号", "sku", "数量"},
		columns: schema{
			col("order", "订单号"), col("shop", "店铺账号"), must(col("sku", "SKU")), numbers(col("qty", "数量")), prices(col("price", "单价")), col("currency", "币种"), col("name", "买家姓名"), col("street", "地址1"), col("street2", "地址2"),
			col("city", "城市"), col("region", "省/州"), col("country", "国家二字码"), col("postcode", "邮编"), col("phone", "手机"), col("email", "Email"), col("order note", "买家备注"), col("placed", "下单时间"), col("status", "订单状态"),
		},
		stops: []stop{{column: "status", words: meaning("open: 待处理, 待发货, 已付款; held: 未付款, 搁置; cancelled: 已取消, 已退款; done: 已发货, 已完成")}},
	},
	{
		name: "missing ink orders", sure: []string{"orderid", "shipname", "productsku", "productqty"},
		columns: all(to("ship_"), schema{
			col("order", "order id"), must(col("sku", "product_sku")), numbers(col("qty", "product_qty")), col("item", "product_name"),
		}),
	},
	{
		name: "Convictional orders", sure: []string{"code", "partner", "sku", "addressone"},
		columns: schema{
			col("order", "code"), col("shop", "partner"), col("placed", "date"), must(col("sku", "sku")), numbers(col("qty", "quantity")), col("name", "name"), col("company", "company"), col("city", "city"), col("postcode", "zip"),
			col("region", "state"), col("country", "country"), col("street", "addressOne"), col("street2", "addressTwo"),
		},
	},
}

// lineless are files that are known, and do not say what to pack.
var lineless = []profile{
	{
		name: "Etsy's list of sold orders", sure: []string{"saledate", "numberofitems", "ordernet"},
		instead: "it has one row an order and does not say how many of each product; in Etsy download \"Order Items\" instead of \"Orders\"",
	},
	{
		name: "Magento's order grid", sure: []string{"purchasepoint", "grandtotalpurchased", "shippinginformation"},
		instead: "it has no products; export the items of the orders, or a table with order, sku and qty",
	},
	{
		name: "eBay's list of sales", sure: []string{"verkaufsprotokollnummer", "verkauftam"}, lacks: []string{"bestandseinheit"},
		instead: "it lacks what was sold, how many, or whereto; in eBay download the orders report with all columns, in English",
	},
	{
		name: "eBay's list of sales", sure: []string{"numérodevente", "pseudodelacheteur"},
		instead: "it does not say whereto; in eBay download the orders report with all columns, in English",
	},
	{
		name: "BigCommerce's list of orders", sure: []string{"orderid", "cartbaseamount"}, lacks: []string{"productsku"},
		instead: "it has no products; choose an export template that has a row for each product with SKU and quantity",
	},
	{
		name: "Linnworks' list of open orders", sure: []string{"referencenumber", "channelreference", "dispatchby"}, lacks: []string{"sku"},
		instead: "it has no products; add SKU and quantity to the columns of the export",
	},
	{
		name: "Odoo's list of transfers", sure: []string{"sourcedocument", "scheduleddate", "reference"},
		instead: "it has no products; export the transfers with product, quantity and address",
	},
	{
		name: "PrestaShop's order grid", sure: []string{"reference", "newclient", "payment"},
		instead: "it has no products; export the details of the orders by SQL Manager: order, sku, qty and address",
	},
	{
		name: "an Amazon shipping confirmation", sure: []string{"orderid", "carriercode", "trackingnumber"},
		instead: "it tells Amazon what was sent; it holds nothing to pack",
	},
	{
		name: "a Fishbowl shipping import", sure: []string{"shipnum", "carrierservice"},
		instead: "it tells Fishbowl what was sent; it holds nothing to pack",
	},
	{
		name: "a WooCommerce fulfilments import", sure: []string{"ordernumber", "trackingnumber", "shipmentprovider"},
		instead: "it tells WooCommerce what was sent; it holds nothing to pack",
	},
	{
		name: "a carrier's list of parcels", sure: []string{"sendungsreferenz", "name1empfaenger", "ortempfaenger"},
		instead: "it has addresses and no products",
	},
	{
		name: "a carrier's list of parcels", sure: []string{"companyorname", "cityortown", "countryterritory"},
		instead: "it has addresses and no products",
	},
}
