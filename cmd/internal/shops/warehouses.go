package shops

import (
	"packbench/station/shop"
	"packbench/station/shop/netsuite"
)

// warehouses are the programs that keep orders and stock of a whole company.
func warehouses() []Kind {
	return []Kind{
		{
			ID: "netsuite", Name: "NetSuite", URL: "https://1234567.suitetalk.api.netsuite.com", Secret: "Consumer key, consumer secret, token id and token secret, with spaces between",
			New: func(o shop.Options) (shop.Shop, error) { return netsuite.New(o) },
			Set: []Setting{
				{Key: netsuite.Account, Name: "Account", Help: "Id of the account, where the address does not begin with it: 1234567_SB1."},
				{Key: netsuite.Location, Name: "Location", Help: "Internal id of the location that this bench packs at; empty for all."},
				{Key: netsuite.Status, Name: "Status of fulfillments", Help: "C for shipped, B for packed; empty is C."},
			},
		},
	}
}
