package screen

import "packbench/station/say"

// columnName is a word for what a column may hold.
type columnName struct{ ID, Label string }

// fieldNames are those of orders, in the order in which they are told.
var fieldNames = []columnName{
	{ID: "order", Label: "Order number"},
	{ID: "sku", Label: "Product (SKU or barcode)"},
	{ID: "qty", Label: "Quantity"},
	{ID: "name", Label: "Recipient"},
	{ID: "company", Label: "Company"},
	{ID: "street", Label: "Street and number"},
	{ID: "street2", Label: "Address, second line"},
	{ID: "postcode", Label: "Postcode"},
	{ID: "city", Label: "City"},
	{ID: "region", Label: "State or region"},
	{ID: "country", Label: "Country"},
	{ID: "phone", Label: "Phone"},
	{ID: "email", Label: "E-mail"},
	{ID: "status", Label: "Order status"},
	{ID: "reason", Label: "Reason for a hold"},
	{ID: "ship by", Label: "Ship by"},
	{ID: "promise", Label: "Promised for"},
	{ID: "placed", Label: "Order date"},
	{ID: "service", Label: "Shipping service"},
	{ID: "reference", Label: "Customer's reference"},
	{ID: "note", Label: "Packing note"},
	{ID: "gift", Label: "Gift"},
	{ID: "price", Label: "Price of one"},
	{ID: "value", Label: "Order total"},
	{ID: "currency", Label: "Currency"},
	{ID: "totes", Label: "Totes"},
	{ID: "bin", Label: "Bin"},
	{ID: "line", Label: "Line number"},
	{ID: "order id", Label: "Shop's own order id"},
	{ID: "shop", Label: "Shop"},
	{ID: "version", Label: "Version"},
}

// goodsNames are those of products.
var goodsNames = []columnName{
	{ID: "sku", Label: "SKU"},
	{ID: "name", Label: "Product name"},
	{ID: "barcodes", Label: "Barcodes"},
	{ID: "aliases", Label: "Other names"},
	{ID: "mass", Label: "Weight"},
	{ID: "mass unit", Label: "Unit of the weight"},
	{ID: "grams", Label: "Weight in grams"},
	{ID: "length", Label: "Length"},
	{ID: "width", Label: "Width"},
	{ID: "height", Label: "Height"},
	{ID: "size", Label: "Size"},
	{ID: "size unit", Label: "Unit of the size"},
	{ID: "price", Label: "Price"},
	{ID: "currency", Label: "Currency"},
	{ID: "fragile", Label: "Fragile"},
	{ID: "upright", Label: "This way up"},
	{ID: "own carton", Label: "Ships in its own carton"},
	{ID: "nothing on top", Label: "Nothing on top"},
	{ID: "most per box", Label: "Most units in a box"},
	{ID: "box group", Label: "Shares a box with its group"},
	{ID: "count", Label: "May be counted"},
	{ID: "count by weight", Label: "May be counted by weight"},
	{ID: "dangerous", Label: "Dangerous goods"},
	{ID: "limited quantity", Label: "Limited quantity"},
	{ID: "lithium battery", Label: "Lithium battery"},
	{ID: "lot", Label: "Lot is asked for"},
	{ID: "serial", Label: "Serial number is asked for"},
	{ID: "expiry", Label: "Expiry date is asked for"},
	{ID: "minimum life", Label: "Shortest life in days"},
	{ID: "recalled lots", Label: "Recalled lots"},
	{ID: "confirm", Label: "To be confirmed"},
	{ID: "parts", Label: "Parts of a kit"},
	{ID: "packed", Label: "Kit comes packed"},
	{ID: "substitutes", Label: "Substitutes"},
	{ID: "picture", Label: "Picture"},
	{ID: "hs code", Label: "HS code"},
	{ID: "origin", Label: "Country of origin"},
	{ID: "customs value", Label: "Customs value"},
	{ID: "customs description", Label: "Customs description"},
}

func columnNames(goods bool) []columnName {
	if goods {
		return goodsNames
	}
	return fieldNames
}

func fieldName(l say.Language, name string, goods bool) string {
	for _, f := range columnNames(goods) {
		if f.ID == name {
			return l.Phrase(f.Label)
		}
	}
	return say.Sentence(name)
}
