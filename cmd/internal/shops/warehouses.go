package shops

import (
	"packbench/station/shop"
	"packbench/station/shop/extensiv"
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
		{
			ID: "extensiv", Name: "Extensiv 3PL Warehouse Manager", URL: extensiv.Address, Secret: "Client id and client secret, with a colon between",
			New: func(o shop.Options) (shop.Shop, error) { return extensiv.New(o) },
			Set: []Setting{
				{Key: extensiv.User, Name: "User", Help: "Id, or name, of the user that the key acts for.", Needed: true},
				{Key: extensiv.TPL, Name: "TPL", Help: "GUID of the warehouse company, where the key needs one."},
				{Key: extensiv.Customer, Name: "Customer", Help: "Number of the one customer whose orders are packed; empty for all."},
				{Key: extensiv.Facility, Name: "Facility", Help: "Number of the facility that this bench stands in; empty for all."},
			},
		},
	}
}
