package ui

import (
	"time"

	"packbench/station"
	"packbench/station/screen"
)

func shopsInputs(theme screen.Theme) screen.ShopsInputs {
	return screen.ShopsInputs{
		Frame: deskFrame(station.Manager, theme), May: true, Chosen: "web",
		Kinds: []screen.ShopKind{
			{ID: "shopify", Name: "Shopify", Secret: "Admin API access token", Example: "example.myshopify.com"},
			{ID: "woocommerce", Name: "WooCommerce", Secret: "Consumer key and consumer secret, with a colon between"},
			{ID: "magento", Name: "Magento", Secret: "Access token, or the four values of the integration with spaces between", Example: "https://shop.example.com"},
			{ID: "shipstation", Name: "ShipStation", Secret: "API key and API secret, with a colon between"},
		},
		Shops: []screen.ConnectedShop{
			{ID: "market", Kind: "ShipStation", URL: "https://ssapi.shipstation.com", Trouble: "the shop cannot be reached: dial tcp: no route to host", Orders: noon.Add(-3 * time.Hour), Waiting: 4},
			{ID: "outlet", Kind: "Magento", URL: "https://outlet.example.com", Paused: true, Orders: noon.Add(-26 * time.Hour)},
			{ID: "web", Kind: "Shopify", URL: "demo-goods.myshopify.com", Orders: noon.Add(-20 * time.Second), Products: noon.Add(-20 * time.Second), Waiting: 2, Unknown: 1, Refused: 3},
			{ID: "wholesale", Kind: "WooCommerce", URL: "https://trade.example.com", Orders: noon.Add(-2 * time.Minute)},
		},
	}
}

// shopsTested has tried a shop whose key lacks a right.
func shopsTested(theme screen.Theme) screen.View {
	in := shopsInputs(theme)
	in.Shops[2].Came = &screen.ShopCame{
		Words: "1 of 5 checks found something to put right", Bad: true,
		Checks: []screen.ShopCheck{
			{What: "the shop answers", OK: true, Words: "Demo Goods, version 2026-04"},
			{What: "read orders", OK: true, Words: "12 orders to pack"},
			{What: "read products", OK: true, Words: "340 products"},
			{What: "tell shipments", Words: "the right write_merchant_managed_fulfillment_orders is missing", Fix: "In the shop: Settings, Apps, the app of this bench, Configuration, tick that right, install it again, and paste the new token here."},
			{What: "location", OK: true, Words: "Warehouse Berlin"},
		},
	}
	return screen.Shops(in)
}

// shopsAway cannot reach a shop.
func shopsAway(theme screen.Theme) screen.View {
	in := shopsInputs(theme)
	in.Chosen = "market"
	return screen.Shops(in)
}

// shopsFile has a file in its folder that could not be read.
func shopsFile(theme screen.Theme) screen.View {
	in := shopsInputs(theme)
	in.Shops = append(in.Shops, screen.ConnectedShop{
		ID: "folder", Kind: "A folder of files", URL: "/srv/orders", Orders: noon.Add(-2 * time.Minute), Unread: true,
		Trouble: `in the folder error lies belege.20260917-080000.5d41402abc4b2a76.csv (there is no column "order"; the file has: Beleg, Artikel, Stk): correct it, put it back, and take it out of error`,
	})
	in.Chosen = "folder"
	return screen.Shops(in)
}

func shopsNone(theme screen.Theme) screen.View {
	in := shopsInputs(theme)
	in.Shops = nil
	return screen.Shops(in)
}

func shopsKinds(theme screen.Theme) screen.View {
	in := shopsInputs(theme)
	in.Draft = &screen.ShopDraft{}
	return screen.Shops(in)
}

// shopsForm is a kind with many settings, whose key was refused.
func shopsForm(theme screen.Theme) screen.View {
	in := shopsInputs(theme)
	set := func(key, label, help, value string) screen.Field {
		return screen.Field{Key: screen.ShopSetting + key, Label: label, Help: help, Value: value, Wide: len(help) > 60}
	}
	in.Draft = &screen.ShopDraft{
		Kind: in.Kinds[2], ID: "outlet-2", Fresh: true, Fault: "The address must begin with https://",
		Fields: []screen.Field{
			{Key: screen.ShopID, Label: "Name here", Value: "outlet-2", Help: "Short, such as web; it cannot be changed later"},
			{Key: screen.ShopURL, Label: "Address", Value: "outlet.example.com", Help: "Such as https://shop.example.com"},
			{Key: screen.ShopKey, Label: in.Kinds[2].Secret, Value: "abc", Help: "Paste it from the shop's settings", Wide: true},
			set("store", "Store view", "Code of the store view that names the products.", "default"),
			set("source", "Source", "Code of the source that this bench ships from.", ""),
			set("stock", "Stock", "Number of the stock that the source belongs to.", ""),
			set("weight", "Unit of weight", "kg, g, lb or oz, where the shop does not tell it.", "kg"),
			set("barcode", "Barcodes", "Attributes that hold a product's barcode, with commas between.", "ean, upc"),
			set("bundles", "Bundles", "together or separately: how bundles ship, where the shop does not tell it.", ""),
			set("unpaid", "Unpaid orders", "pack packs orders that are not invoiced; otherwise they wait.", ""),
		},
	}
	in.Draft.Fields[3].Section = "What Magento may be told besides"
	return screen.Shops(in)
}

// typingKey pastes a key, which nobody reads.
func typingKey(theme screen.Theme) screen.View {
	v := shopsForm(theme)
	v.Entry = &screen.Entry{
		ID: screen.ShopKey, Label: "Admin API access token", Hint: "Paste it from the shop's settings", Text: "shpat_0123456789abcdef", Secret: true, Paste: true, Optional: true,
	}
	return v
}
