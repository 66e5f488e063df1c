package ui

import (
	"time"

	"packbench/station"
	"packbench/station/screen"
)

// accountsInputs are the accounts of a shop, one of which does not answer.
func accountsInputs(theme screen.Theme) screen.AccountsInputs {
	f := deskFrame(station.Manager, theme)
	return screen.AccountsInputs{
		Frame: f, May: true, Chosen: "post",
		Accounts: []screen.ConnectedAccount{
			{
				ID: "post", Kind: "EasyPost", Refunds: 2,
				VoidRule: "USPS within 30 days if it was never scanned, and the money comes after 15 days or more; UPS and FedEx within 90 days",
				Came: &screen.ShopCame{Words: "Everything works", Checks: []screen.ShopCheck{
					{What: "key", Words: "it is accepted", OK: true},
					{What: "balance", Words: "100.00 USD", OK: true},
					{What: "carriers", Words: "USPS, UPS DAP", OK: true},
				}},
			},
			{ID: "parcels", Kind: "DHL Parcel DE", Open: 1, VoidRule: "until the close-out of the day, at about 18:00"},
			{ID: "ups", Kind: "UPS", Silent: f.Now.Add(-6 * time.Minute)},
			{ID: "fedex", Kind: "FedEx", Off: f.Now.Add(9 * time.Hour)},
		},
	}
}

func accountsTested(theme screen.Theme) screen.View { return screen.Accounts(accountsInputs(theme)) }

// accountsAway is one whose key is no longer taken.
func accountsAway(theme screen.Theme) screen.View {
	in := accountsInputs(theme)
	in.Chosen, in.Accounts[2].Silent = "ups", time.Time{}
	in.Accounts[2].Fault = "the key of account ups is missing: enter it, or set PACKBENCH_CARRIER_UPS_KEY"
	in.Accounts[2].Came = &screen.ShopCame{Bad: true, Words: "1 of 2 checks found something to put right", Checks: []screen.ShopCheck{
		{What: "key", Words: "UPS does not accept it", Fix: "Copy client id and secret again from the developer portal."},
	}}
	return screen.Accounts(in)
}

// accountsTried is one that was asked about parcels of the past, and one that is being asked.
func accountsTried(theme screen.Theme) screen.View {
	in := accountsInputs(theme)
	in.Accounts[0].Came = screen.PastTried{
		Parcels: 200, All: 1840, Compared: 163, Changed: 41, Accounts: 32, Unanswered: 5, Then: "804.20 EUR", Now: "771.75 EUR", Less: "32.45 EUR less",
		Rows: []string{"1003: post-small 3.10 EUR, then post/USPS:GroundAdvantage 2.80 EUR", "1017-2: post has no answer: the carrier answered 500 Internal Server Error"},
	}.Said(speaks)
	return screen.Accounts(in)
}

func accountsAsking(theme screen.Theme) screen.View {
	in := accountsInputs(theme)
	in.Accounts[0].Running = "Asking about parcel 41 of 200…"
	return screen.Accounts(in)
}

func accountsNone(theme screen.Theme) screen.View {
	in := accountsInputs(theme)
	in.Accounts = nil
	return screen.Accounts(in)
}

// accountsServices asks which services may be bought.
func accountsServices(theme screen.Theme) screen.View {
	in := accountsInputs(theme)
	for _, s := range []string{"Ground", "3 Day Select", "2nd Day Air", "2nd Day Air A.M.", "Next Day Air Saver", "Next Day Air", "Next Day Air Early", "Ground Saver", "Standard", "Expedited", "Express Saver", "Express", "Express Plus", "Access Point Economy"} {
		in.Services = append(in.Services, screen.AccountService{ID: s, Name: s, Carrier: "UPS", Used: len(s) < 13})
	}
	return screen.Accounts(in)
}

var accountKinds = []screen.ShopKind{
	{ID: "easypost", Name: "EasyPost", Secret: "API key (EZTK… buys samples, EZAK… labels)"},
	{ID: "shipengine", Name: "ShipEngine", Secret: "API key (TEST_… buys samples)"},
	{ID: "shipstation", Name: "ShipStation", Secret: "API key of version 2 (there is no sandbox: each label is charged)"},
	{ID: "easyship", Name: "Easyship", Secret: "Access token (sand_… buys samples, prod_… labels)"},
	{ID: "shipstation-v1", Name: "ShipStation, version 1", Secret: "key:secret (there is no sandbox: each label is charged)"},
	{ID: "shippo", Name: "Shippo", Secret: "API token (shippo_test_… buys samples, shippo_live_… labels)"},
	{ID: "ups", Name: "UPS", Secret: "client id and client secret, with a colon between"},
	{ID: "usps", Name: "USPS", Secret: "consumer key and consumer secret, with a colon between"},
	{ID: "fedex", Name: "FedEx", Secret: "API key and secret key, with a colon between"},
	{ID: "sendcloud", Name: "Sendcloud", Secret: "Public key and secret key, with a colon between"},
	{ID: "dhl-parcel-de", Name: "DHL Parcel DE", Secret: "API key, user and password, with colons between"},
	{ID: "royal-mail", Name: "Royal Mail Click & Drop", Secret: "Key of the Click & Drop API, of a business account (OBA)"},
	{ID: "inpost", Name: "InPost", Secret: "Token of API ShipX"},
}

func accountsKinds(theme screen.Theme) screen.View {
	in := accountsInputs(theme)
	in.Kinds, in.Draft = accountKinds, &screen.ShopDraft{}
	return screen.Accounts(in)
}

// accountsForm is an account that is being added.
func accountsForm(theme screen.Theme) screen.View {
	in := accountsInputs(theme)
	in.Draft = &screen.ShopDraft{
		Kind: accountKinds[10], ID: "dhl-parcel-de", Fresh: true, Fault: "DHL Parcel DE needs the setting billing: One for each product.",
		Fields: []screen.Field{
			{Key: screen.AccountID, Label: "Name here", Value: "dhl-parcel-de", Help: "Short, such as post; it cannot be changed later"},
			{Key: screen.AccountKey, Label: accountKinds[10].Secret, Value: "shh", Wide: true, Empty: "not entered", Help: "Paste it from the carrier's web page"},
			{Key: screen.AccountSetting + "billing", Section: "What DHL Parcel DE may be told besides", Label: "Billing numbers", Help: "One for each product, with commas between: 14 characters, such as 33333333330102.", Wide: true, Empty: "needed"},
			{Key: screen.AccountSetting + "prices", Label: "Prices", Help: "Of your contract: V01PAK DE 5kg 4.79; V53WPAK AT,NL 10kg 11.90; V53WPAK * 31.5kg 29.00", Wide: true},
			{Key: screen.AccountSetting + "sample", Label: "Samples only", Help: "yes: labels that cost nothing and take no parcel anywhere", Wide: true},
			{Key: screen.AccountURL, Label: "Another address", Help: "Where it is not https://api-eu.dhl.com/parcel/de/shipping/v2", Empty: "the usual one", Wide: true},
		},
	}
	return screen.Accounts(in)
}
