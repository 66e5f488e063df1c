package kinds

import (
	"fmt"

	"packbench/station/carrier/account"
	"packbench/station/carrier/dhlparcel"
	"packbench/station/carrier/inpost"
	"packbench/station/carrier/royalmail"
	"packbench/station/carrier/sendcloud"
)

// prices is the setting of a price list.
func prices(key, example string) Setting {
	return Setting{Key: key, Name: "Prices", Help: fmt.Sprintf(account.PriceListHelp, example), Needed: true}
}

// europe are the kinds whose parcels leave from there.
func europe() []Kind {
	return []Kind{
		{
			ID: "sendcloud", Name: "Sendcloud", URL: sendcloud.Address, PerMinute: 100, Secret: "Public key and secret key, with a colon between",
			New: func(o account.Options) (account.Account, error) { return sendcloud.New(o) },
		},
		{
			ID: "dhl-parcel-de", Name: "DHL Parcel DE", URL: dhlparcel.Address, Secret: "API key, user and password, with colons between",
			New: func(o account.Options) (account.Account, error) { return dhlparcel.New(o) },
			Set: []Setting{
				{Key: dhlparcel.Billing, Name: "Billing numbers", Help: "One for each product, with commas between: 14 characters, such as 33333333330102.", Needed: true},
				prices(dhlparcel.Prices, "V01PAK DE 5kg 4.79; V53WPAK AT,NL 10kg 11.90; V53WPAK * 31.5kg 29.00"),
				{Key: dhlparcel.Charges, Name: "Charged for the way", Help: "What your buyers outside the EU pay for the way, for customs: 4.90. Empty if you send nothing there."},
				{Key: dhlparcel.Profile, Name: "User group", Help: "Of DHL's customer portal; empty for STANDARD_GRUPPENPROFIL."},
				{Key: dhlparcel.Uncoded, Name: "Addresses that DHL does not know", Help: "yes: labels for them as well, which may cost more; empty: they are refused."},
			},
		},
		{
			ID: "royal-mail", Name: "Royal Mail Click & Drop", URL: royalmail.Address, PerMinute: 300, Secret: "Key of the Click & Drop API, of a business account (OBA)",
			New: func(o account.Options) (account.Account, error) { return royalmail.New(o) },
			Set: []Setting{
				prices(royalmail.Prices, "TPN24 GB 2kg 3.35; TPN24 GB 20kg 6.10; MTA * 2kg 14.20"),
				{Key: royalmail.Charges, Name: "Charged for the way", Help: "What your buyers abroad pay for the way, for customs: 4.50. Empty if you send nothing there."},
				{Key: royalmail.Carrier, Name: "Carrier", Help: "Its name in Click & Drop, where there are several; else empty."},
			},
		},
		{
			ID: "inpost", Name: "InPost", URL: inpost.Address, Secret: "Token of API ShipX",
			New: func(o account.Options) (account.Account, error) { return inpost.New(o) },
			Set: []Setting{
				{Key: inpost.Organization, Name: "Organisation", Help: "Its number in InPost's manager.", Needed: true},
				prices(inpost.Prices, "inpost_courier_standard PL 30kg 14.90; inpost_locker_standard/small PL 25kg 11.50"),
				{Key: inpost.Sending, Name: "How parcels come to InPost", Help: "dispatch_order (a courier fetches them), parcel_locker or pop; empty for dispatch_order."},
			},
		},
	}
}
