package shops

import (
	"packbench/station/shop"
	"packbench/station/shop/folder"
	"packbench/station/shop/prestashop"
)

// others are kinds of shop of which a bench hears of orders and tells what has left,
// and no more.
func others() []Kind {
	return []Kind{
		{
			ID: "prestashop", Name: "PrestaShop", URL: "https://shop.example.com", Secret: "Key of the webservice",
			New: func(o shop.Options) (shop.Shop, error) { return prestashop.New(o) },
			Set: []Setting{
				{Key: "pack", Name: "More states to pack", Help: "Numbers of order states that are packed although they are not paid, with commas between."},
				{Key: "hold", Name: "States to hold", Help: "Numbers of order states that are not packed although they are paid."},
				{Key: "sent", Name: "State of sent orders", Help: "Number of the state that an order gets when it has left; empty takes the shop's own."},
			},
		},
		{
			ID: "folder", Name: "A folder of files", URL: "/srv/example/orders",
			New: func(o shop.Options) (shop.Shop, error) { return folder.New(o) },
			Set: []Setting{
				{Key: folder.Form, Name: "Form of the files", Help: "How what has left is written: generic, amazon, woocommerce, fishbowl, or template; empty is generic."},
				{Key: folder.Template, Name: "Template", Help: "Path of a file for the form template: headings, and below them words such as {order} and {tracking}."},
				{Key: folder.Encoding, Name: "Encoding", Help: "Of the files of what has left: utf-8, windows-1252 or shift-jis; empty is the form's own."},
				{Key: folder.Columns, Name: "Columns", Help: "Path of a file that says what the columns hold, as for packctl import orders --map."},
				{Key: folder.Currency, Name: "Currency", Help: "Of the prices, where a file has none."},
			},
		},
	}
}
