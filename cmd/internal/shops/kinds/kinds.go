// Package kinds lists the kinds of shop that a bench can speak to: what people call them,
// what has to be entered, how their clients are made. It must not know what is done with
// a shop, which package shops does.
//
//	for _, k := range kinds.All() {
//		client, err := k.New(shop.Options{URL: k.URL})
//	}
package kinds

import (
	"slices"

	"packbench/station/shop"
	"packbench/station/shop/bigcommerce"
	"packbench/station/shop/billbee"
	"packbench/station/shop/magento"
	"packbench/station/shop/shopify"
	"packbench/station/shop/shopware"
	"packbench/station/shop/woocommerce"
)

// Kind is a kind of shop.
type Kind struct {
	ID     string // shopify
	Name   string // Shopify
	Secret string // what its key is called, for who has to paste it; "" for a kind without any
	URL    string // what its address looks like
	Set    []Setting
	New    func(shop.Options) (shop.Shop, error)
}

// Setting is something that a kind has to be told, or may be.
type Setting struct {
	Key, Name, Help string
	Needed          bool
}

// corrections is the setting of shops that take differences of stock.
var corrections = Setting{
	Key: "corrections", Name: "Stock corrections",
	Help: "yes tells the shop what is counted, found, damaged or returned here; not where it hears of that from elsewhere.",
}

// refunds is the setting of shops that pay by their interface.
var refunds = Setting{Key: "refunds", Name: "Refunds", Help: "yes has the shop pay back what Money owed says to refund, by its own way of payment; otherwise a person does."}

// All are the kinds of shop that there are, in the order in which they are offered.
func All() []Kind {
	return append([]Kind{
		{
			ID: "shopify", Name: "Shopify", URL: "example.myshopify.com", Secret: "Admin API access token",
			New: func(o shop.Options) (shop.Shop, error) { return shopify.New(o) },
			Set: []Setting{
				{Key: "location", Name: "Location", Help: "Name or number of the location that this bench packs at; empty where the shop has one."},
				{Key: "tote_prefix", Name: "Tag of totes", Help: "Tags of an order that begin with this name its totes: tote: makes T-7 of tote:T-7."},
				{Key: "notes", Name: "Notes", Help: "off leaves the note on an order out; otherwise the packer confirms it."},
				{Key: "unpaid", Name: "Unpaid orders", Help: "pack packs orders that are not paid yet, as on invoice; otherwise they wait."},
				corrections,
				{Key: "returns", Name: "Returns", Help: "yes reads the returns that buyers announce in the shop, and tells it there what came back."},
				refunds,
			},
		},
		{
			ID: "woocommerce", Name: "WooCommerce", URL: "https://shop.example.com", Secret: "Consumer key and consumer secret, with a colon between",
			New: func(o shop.Options) (shop.Shop, error) { return woocommerce.New(o) },
			Set: []Setting{
				{Key: "pack", Name: "More statuses to pack", Help: "Order statuses that are packed beside Processing, with commas between."},
				{Key: "ship", Name: "Shipments", Help: "How the shop is told: fulfillments, tracking, ast or note; empty takes the first that it has."},
				corrections,
				refunds,
				{Key: "auth", Name: "Key in the address", Help: "query, for a host that takes the Authorization header away."},
			},
		},
		{
			ID: "magento", Name: "Magento", URL: "https://shop.example.com", Secret: "Access token, or the four values of the integration with spaces between",
			New: func(o shop.Options) (shop.Shop, error) { return magento.New(o) },
			Set: []Setting{
				{Key: "store", Name: "Store view", Help: "Code of the store view that names the products."},
				{Key: "source", Name: "Source", Help: "Code of the source that this bench ships from."},
				{Key: "stock", Name: "Stock", Help: "Number of the stock that the source belongs to."},
				{Key: "barcode", Name: "Barcodes", Help: "Attributes that hold a product's barcode, with commas between."},
				{Key: "weight", Name: "Unit of weight", Help: "kg, g, lb or oz, where the shop does not tell it."},
				corrections,
				{Key: "bundles", Name: "Bundles", Help: "together or separately: how bundles ship, where the shop does not tell it."},
				{Key: "unpaid", Name: "Unpaid orders", Help: "pack packs orders that are not invoiced; otherwise they wait."},
			},
		},
		{
			ID: "shopware", Name: "Shopware", URL: "https://shop.example.com", Secret: "Access key and secret of the integration, with a space between",
			New: func(o shop.Options) (shop.Shop, error) { return shopware.New(o) },
			Set: []Setting{
				{Key: "unpaid", Name: "Unpaid orders", Help: "pack packs orders that are not paid yet, as on invoice; otherwise they wait."},
			},
		},
		{
			ID: "bigcommerce", Name: "BigCommerce", URL: "https://store-example.mybigcommerce.com", Secret: "Access token of a store-level API account",
			New: func(o shop.Options) (shop.Shop, error) { return bigcommerce.New(o) },
		},
		{
			ID: "billbee", Name: "Billbee", URL: billbee.Home, Secret: "Developer key, user and password of the interface, with colons between",
			New: func(o shop.Options) (shop.Shop, error) { return billbee.New(o) },
			Set: []Setting{
				{Key: "pack", Name: "More states to pack", Help: "Numbers of the states that are packed beside 3 (paid), with commas between: 2,13."},
			},
		},
	}, slices.Concat(others(), hubs(), warehouses())...)
}
