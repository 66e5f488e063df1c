// Package kinds lists the kinds of account that labels can be bought on: what people
// call them, what has to be entered, how their clients are made. It must not know what
// is done with an account, which package carriers does.
//
//	for _, k := range kinds.All() {
//		client, err := k.New(account.Options{URL: k.URL})
//	}
package kinds

import (
	"packbench/station/carrier/account"
	"packbench/station/carrier/easypost"
	"packbench/station/carrier/ups"
	"packbench/station/carrier/usps"
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
			ID: "ups", Name: "UPS", URL: ups.Address, Secret: "client id and client secret, with a colon between (" + ups.Samples + " prints samples)",
			New: func(o account.Options) (account.Account, error) { return ups.New(o) },
			Set: []Setting{
				{Key: ups.ShipperNumber, Name: "Shipper number", Help: "The account that pays: six letters and digits.", Needed: true},
			},
		},
		{
			ID: "usps", Name: "USPS", URL: usps.Address, Secret: "consumer key and consumer secret, with a colon between (" + usps.Samples + " prints samples)",
			New: func(o account.Options) (account.Account, error) { return usps.New(o) },
			Set: []Setting{
				{Key: usps.CRID, Name: "CRID", Help: "The customer registration ID, from the Business Customer Gateway.", Needed: true},
				{Key: usps.MID, Name: "MID", Help: "The mailer ID that labels belong to.", Needed: true},
				{Key: usps.ManifestMID, Name: "Manifest MID", Help: "The mailer ID that SCAN forms belong to.", Needed: true},
				{Key: usps.Account, Name: "Payment account", Help: "The number of the account that pays.", Needed: true},
				{Key: usps.AccountType, Name: "Type of the payment account", Help: "EPS, PERMIT or METER; empty for EPS."},
				{Key: usps.Prices, Name: "Prices", Help: "RETAIL, COMMERCIAL or CONTRACT; empty for COMMERCIAL."},
			},
		},
	}
}
