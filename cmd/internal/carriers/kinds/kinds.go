// Package kinds lists the kinds of account that labels can be bought on: what people
// call them, what has to be entered, how their clients are made. It must not know what
// is done with an account, which package carriers does.
//
//	for _, k := range kinds.All() {
//		client, err := k.New(account.Options{URL: k.URL})
//	}
package kinds

import (
	"slices"

	"packbench/station/carrier/account"
	"packbench/station/carrier/easypost"
	"packbench/station/carrier/easyship"
	"packbench/station/carrier/shipengine"
	"packbench/station/carrier/shippo"
	"packbench/station/carrier/shipstationv1"
)

// Kind is a kind of account.
type Kind struct {
	ID     string // easypost
	Name   string // EasyPost
	Secret string // what its key is called, for who has to paste it
	URL    string // its own address
	Set    []Setting
	// PerMinute is how many requests it answers in a minute, as its documentation says; 0:
	// it does not say.
	PerMinute int
	// Follows: it follows parcels, and sells no labels.
	Follows bool
	New     func(account.Options) (account.Account, error)
}

// Setting is something that a kind has to be told, or may be.
type Setting struct {
	Key, Name, Help string
	Needed          bool
}

// All are the kinds that there are, in the order in which they are offered.
func All() []Kind {
	return append([]Kind{
		{
			ID: "easypost", Name: "EasyPost", URL: easypost.Address, Secret: "API key (EZTK… buys samples, EZAK… labels)",
			New: func(o account.Options) (account.Account, error) { return easypost.New(o) },
			Set: []Setting{
				{Key: easypost.CarrierAccounts, Name: "Carrier accounts", Help: "Ids (ca_…) that may be used, with commas between; empty for all."},
				pieces,
			},
		},
		{
			ID: "shipengine", Name: "ShipEngine", URL: shipengine.Address, PerMinute: 200, Secret: "API key (TEST_… buys samples)",
			New: func(o account.Options) (account.Account, error) { return shipengine.New(o) }, Set: shipengineSettings(),
		},
		{
			ID: "shipstation", Name: "ShipStation", URL: shipengine.ShipStationAddress, PerMinute: 200, Secret: "API key of version 2 (there is no sandbox: each label is charged)",
			New: func(o account.Options) (account.Account, error) { return shipengine.NewShipStation(o) }, Set: shipengineSettings(),
		},
		{
			ID: "easyship", Name: "Easyship", URL: easyship.Address, PerMinute: 60, Secret: "Access token (sand_… buys samples, prod_… labels)",
			New: func(o account.Options) (account.Account, error) { return easyship.New(o) },
			Set: []Setting{
				{Key: easyship.Category, Name: "Category of goods", Help: "Easyship's word for goods without a tariff number, such as fashion; empty: they need one."},
			},
		},
		{
			ID: "shipstation-v1", Name: "ShipStation, version 1", URL: shipstationv1.Address, PerMinute: 40, Secret: "key:secret (there is no sandbox: each label is charged)",
			New: func(o account.Options) (account.Account, error) { return shipstationv1.New(o) },
			Set: []Setting{
				{Key: shipstationv1.Carriers, Name: "Carriers", Help: "Codes of carriers that may be used (stamps_com, ups), with commas between; empty for all. Each takes a request for every price, and there are 40 a minute."},
				{Key: shipstationv1.Currency, Name: "Currency", Help: "Of the prices, which come without; empty for USD."},
			},
		},
		{
			ID: "shippo", Name: "Shippo", URL: shippo.Address, PerMinute: 500, Secret: "API token (shippo_test_… buys samples, shippo_live_… labels)",
			New: func(o account.Options) (account.Account, error) { return shippo.New(o) },
			Set: []Setting{
				{Key: shippo.CarrierAccounts, Name: "Carrier accounts", Help: "Ids that may be used, with commas between; empty for all."},
			},
		},
	}, slices.Concat(own(), europe())...)
}

func shipengineSettings() []Setting {
	return []Setting{
		{Key: shipengine.Carriers, Name: "Carriers", Help: "Ids of carrier accounts (se-…) that may be used, with commas between; empty for all."},
		{Key: shipengine.Warehouse, Name: "Warehouse", Help: "Id of the place that parcels leave from (se-…); empty for the sender's address."},
		pieces,
	}
}
