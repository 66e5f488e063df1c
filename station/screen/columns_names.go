package screen

import "packbench/station/say"

// columnName is a word for what a column may hold.
type columnName struct{ name, label string }

// fieldNames are those of orders, in the order in which they are told.
var fieldNames = []columnName{
	{"order", "Order number"},
	{"sku", "Product (SKU or barcode)"},
	{"qty", "Quantity"},
	{"name", "Recipient"},
	{"company", "Company"},
	{"street", "Street and number"},
	{"street2", "Address, second line"},
	{"postcode", "Postcode"},
	{"city", "City"},
	{"region", "State or region"},
	{"country", "Country"},
	{"phone", "Phone"},
	{"email", "E-mail"},
	{"status", "Order status"},
	{"reason", "Reason for a hold"},
	{"ship by", "Ship by"},
	{"promise", "Promised for"},
	{"placed", "Order date"},
	{"service", "Shipping service"},
	{"note", "Packing note"},
	{"gift", "Gift"},
	{"price", "Price of one"},
	{"value", "Order total"},
	{"currency", "Currency"},
	{"totes", "Totes"},
	{"bin", "Bin"},
	{"line", "Line number"},
	{"order id", "Shop's own order id"},
	{"shop", "Shop"},
	{"version", "Version"},
}

// goodsNames are those of products.
var goodsNames = []columnName{
	{"sku", "SKU"},
	{"name", "Product name"},
	{"barcodes", "Barcodes"},
	{"aliases", "Other names"},
	{"mass", "Weight"},
	{"mass unit", "Unit of the weight"},
	{"grams", "Weight in grams"},
	{"length", "Length"},
	{"width", "Width"},
	{"height", "Height"},
	{"size", "Size"},
	{"size unit", "Unit of the size"},
	{"price", "Price"},
	{"currency", "Currency"},
	{"fragile", "Fragile"},
	{"upright", "This way up"},
	{"count", "May be counted"},
	{"dangerous", "Dangerous goods"},
	{"limited quantity", "Limited quantity"},
	{"lithium battery", "Lithium battery"},
	{"lot", "Lot is asked for"},
	{"serial", "Serial number is asked for"},
	{"expiry", "Expiry date is asked for"},
	{"minimum life", "Shortest life in days"},
	{"recalled lots", "Recalled lots"},
	{"confirm", "To be confirmed"},
	{"parts", "Parts of a kit"},
	{"packed", "Kit comes packed"},
	{"substitutes", "Substitutes"},
	{"picture", "Picture"},
	{"hs code", "HS code"},
	{"origin", "Country of origin"},
	{"customs value", "Customs value"},
	{"customs description", "Customs description"},
}

func columnNames(goods bool) []columnName {
	if goods {
		return goodsNames
	}
	return fieldNames
}

func fieldName(name string, goods bool) string {
	for _, f := range columnNames(goods) {
		if f.name == name {
			return f.label
		}
	}
	return say.Sentence(name)
}
