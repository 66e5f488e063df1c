// Package kinds lists the kinds of account that labels can be bought on: what people
// call them, what has to be entered, how their clients are made. It must not know what
// is done with an account, which package carriers does.
//
//	for _, k := range kinds.All() {
//		client, err := k.New(account.Options{URL: k.URL})
//	}
package kinds

import (
	"fmt"

	"packbench/station/carrier/account"
	"packbench/station/carrier/dhlparcel"
	"packbench/station/carrier/easypost"
	"packbench/station/carrier/easyship"
	"packbench/station/carrier/royalmail"
	"packbench/station/carrier/sendcloud"
	"packbench/station/carrier/shipengine"
	"packbench/station/carrier/shipstationv1"
)

// Kind is a kind of account.
type Kind struct {
	ID     string // easypost
	Name   string // EasyPost
	Secret string // what its key is called, for who has to paste it
	URL    string // its own address
	Set    []Setting
	New    func(account.Options) (account.Account, error)
}

// Setting is something that a kind has to be told, or may be.
type Setting struct {
	Key, Name, Help string
	Needed          bool
}

// All are the kinds that there are, in the order in which they are offered.
func All() []Kind {
	return []Kind{
		{
			ID: "easypost", Name: "EasyPost", URL: easypost.Address, Secret: "API key (EZTK… buys samples, EZAK… labels)",
			New: func(o account.Options) (account.Account, error) { return easypost.New(o) },
			Set: []Setting{
				{Key: easypost.CarrierAccounts, Name: "Carrier accounts", Help: "Ids (ca_…) that may be used, with commas between; empty for all."},
			},
		},
		{
			ID: "shipengine", Name: "ShipEngine", URL: shipengine.Address, Secret: "API key (TEST_… buys samples)",
			New: func(o account.Options) (account.Account, error) { return shipengine.New(o) }, Set: shipengineSettings(),
		},
		{
			ID: "shipstation", Name: "ShipStation", URL: shipengine.ShipStationAddress, Secret: "API key of version 2 (there is no sandbox: each label is charged)",
			New: func(o account.Options) (account.Account, error) { return shipengine.NewShipStation(o) }, Set: shipengineSettings(),
		},
		{
			ID: "easyship", Name: "Easyship", URL: easyship.Address, Secret: "Access token (sand_… buys samples, prod_… labels)",
			New: func(o account.Options) (account.Account, error) { return easyship.New(o) },
			Set: []Setting{
				{Key: easyship.Category, Name: "Category of goods", Help: "Easyship's word for goods without a tariff number, such as fashion; empty: they need one."},
			},
		},
		{
			ID: "shipstation-v1", Name: "ShipStation, version 1", URL: shipstationv1.Address, Secret: "key:secret (there is no sandbox: each label is charged)",
			New: func(o account.Options) (account.Account, error) { return shipstationv1.New(o) },
			Set: []Setting{
				{Key: shipstationv1.Carriers, Name: "Carriers", Help: "Codes of carriers that may be used (stamps_com, ups), with commas between; empty for all. Each takes a request for every price, and there are 40 a minute."},
				{Key: shipstationv1.Currency, Name: "Currency", Help: "Of the prices, which come without; empty for USD."},
			},
		},
	}
}

func shipengineSettings() []Setting {
	return []Setting{
		{Key: shipengine.Carriers, Name: "Carriers", Help: "Ids of carrier accounts (se-…) that may be used, with commas between; empty for all."},
		{Key: shipengine.Warehouse, Name: "Warehouse", Help: "Id of the place that parcels leave from (se-…); empty for the sender's address."},
		{
			ID: "sendcloud", Name: "Sendcloud", URL: sendcloud.Address, Secret: "Public key and secret key, with a colon between",
			New: func(o account.Options) (account.Account, error) { return sendcloud.New(o) },
		},
		{
			ID: "dhl-parcel-de", Name: "DHL Parcel DE", URL: dhlparcel.Address, Secret: "API key, user and password of DHL's customer portal, with colons between",
			New: func(o account.Options) (account.Account, error) { return dhlparcel.New(o) },
			Set: []Setting{
				{Key: dhlparcel.Billing, Name: "Billing numbers", Help: "One for each product, with commas between: 14 characters, such as 33333333330102.", Needed: true},
				{Key: dhlparcel.Prices, Name: "Prices", Help: fmt.Sprintf(account.PriceListHelp, "V01PAK DE 5kg 4.79; V53WPAK AT,NL 10kg 11.90; V53WPAK * 31.5kg 29.00"), Needed: true},
				{Key: dhlparcel.Charges, Name: "Charged for the way", Help: "What your buyers outside the EU pay for the way, for customs: 4.90. Empty if you send nothing there."},
				{Key: dhlparcel.Profile, Name: "User group", Help: "Of DHL's customer portal; empty for STANDARD_GRUPPENPROFIL."},
				{Key: dhlparcel.Uncoded, Name: "Addresses that DHL does not know", Help: "yes: labels for them as well, which may cost more; empty: they are refused."},
			},
		},
		{
			ID: "royal-mail", Name: "Royal Mail Click & Drop", URL: royalmail.Address, Secret: "Key of the Click & Drop API, of a business account (OBA)",
			New: func(o account.Options) (account.Account, error) { return royalmail.New(o) },
			Set: []Setting{
				{Key: royalmail.Prices, Name: "Prices", Help: fmt.Sprintf(account.PriceListHelp, "TPN24 GB 2kg 3.35; TPN24 GB 20kg 6.10; MTA * 2kg 14.20"), Needed: true},
				{Key: royalmail.Charges, Name: "Charged for the way", Help: "What your buyers abroad pay for the way, for customs: 4.50. Empty if you send nothing there."},
				{Key: royalmail.Carrier, Name: "Carrier", Help: "Its name in Click & Drop, where there are several; else empty."},
			},
		},
	}
}
