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
	}
}
