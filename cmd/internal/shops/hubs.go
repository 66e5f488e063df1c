package shops

import (
	"packbench/station/shop"
	"packbench/station/shop/customstore"
	"packbench/station/shop/linnworks"
	"packbench/station/shop/shipstation"
	"packbench/station/shop/shipstationv2"
	"packbench/station/shop/veeqo"
)

// hubs are the kinds that bring the orders of several sales channels together.
func hubs() []Kind {
	return []Kind{
		{
			ID: "shipstation", Name: "ShipStation", URL: shipstation.Address, Secret: "API key and API secret, with a colon between",
			New: func(o shop.Options) (shop.Shop, error) { return shipstation.New(o) },
			Set: []Setting{
				{Key: shipstation.Store, Name: "Store", Help: "Number of the one store whose orders are read; empty for all."},
				{Key: shipstation.Currency, Name: "Currency", Help: "Of the prices, which come without."},
				{Key: shipstation.Totes, Name: "Totes", Help: "1, 2 or 3: the custom field that names an order's totes."},
				{Key: shipstation.Carriers, Name: "Carriers", Help: "ShipStation's codes of the carriers here: dhl=dhl_express, gls=other."},
				{Key: shipstation.Channel, Name: "Sales channel", Help: "no: the sales channel is not told."},
			},
		},
		{
			ID: "shipstation-v2", Name: "ShipStation (key of v2)", URL: shipstationv2.Address, Secret: "API key of the interface v2",
			New: func(o shop.Options) (shop.Shop, error) { return shipstationv2.New(o) },
			Set: []Setting{
				{Key: shipstationv2.Carriers, Name: "Carriers", Help: "ShipStation's codes of the carriers here: dhl=dhl_express_worldwide, gls=other."},
				{Key: shipstationv2.Channel, Name: "Sales channel", Help: "no: the sales channel is not told."},
				{Key: shipstationv2.Days, Name: "Days", Help: "How many days the first pull looks back; empty is 90."},
			},
		},
		{
			ID: "custom-store", Name: "Custom store of ShipStation (XML)", URL: "https://shop.example.com/shipstation", Secret: "User name and password, with a colon between",
			New: func(o shop.Options) (shop.Shop, error) { return customstore.New(o) },
			Set: []Setting{
				{Key: customstore.Paid, Name: "Words for paid", Help: "Order statuses that are packed, with commas between; empty takes the usual ones."},
				{Key: customstore.Unpaid, Name: "Words for unpaid", Help: "Order statuses that wait for money."},
				{Key: customstore.Hold, Name: "Words for held", Help: "Order statuses that wait for the shop."},
				{Key: customstore.Sent, Name: "Words for shipped", Help: "Order statuses of what has left."},
				{Key: customstore.Cancelled, Name: "Words for cancelled", Help: "Order statuses of what will not leave."},
				{Key: customstore.Currency, Name: "Currency", Help: "Of the prices, which come without."},
				{Key: customstore.Totes, Name: "Totes", Help: "1, 2 or 3: the custom field that names an order's totes."},
				{Key: customstore.Days, Name: "Days", Help: "How many days the first pull looks back; empty is 90."},
			},
		},
		{
			ID: "veeqo", Name: "Veeqo", URL: veeqo.Address, Secret: "API key",
			New: func(o shop.Options) (shop.Shop, error) { return veeqo.New(o) },
			Set: []Setting{
				{Key: veeqo.Warehouse, Name: "Warehouse", Help: "Number of the warehouse that this bench packs for; empty for all."},
				{Key: veeqo.Currency, Name: "Currency", Help: "Of prices whose channel names none."},
				{Key: veeqo.Carriers, Name: "Carriers", Help: "Veeqo's numbers of the carriers here: gls=3, dpd=4."},
				{Key: veeqo.Channel, Name: "Sales channel", Help: "no: the sales channel is not told."},
				{Key: veeqo.Days, Name: "Days", Help: "How many days the first pull looks back; empty is 90."},
			},
		},
		{
			ID: "linnworks", Name: "Linnworks", URL: linnworks.Address, Secret: "Application id, application secret and token, with spaces between",
			New: func(o shop.Options) (shop.Shop, error) { return linnworks.New(o) },
			Set: []Setting{
				{Key: linnworks.Location, Name: "Location", Help: "Id of the location that this bench packs for; empty for the default one."},
			},
		},
	}
}
