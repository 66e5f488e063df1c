package kinds

import (
	"packbench/station/carrier/account"
	"packbench/station/carrier/fedex"
	"packbench/station/carrier/ups"
	"packbench/station/carrier/usps"
)

// own are the accounts with a carrier itself, instead of with somebody who sells the
// labels of many.
func own() []Kind {
	return []Kind{
		{
			ID: "ups", Name: "UPS", URL: ups.Address, Secret: "client id:client secret (at " + ups.Samples + " they are samples)",
			New: func(o account.Options) (account.Account, error) { return ups.New(o) },
			Set: []Setting{
				{Key: ups.ShipperNumber, Name: "Shipper number", Help: "The account that pays: six letters and digits.", Needed: true},
				pieces,
			},
		},
		{
			ID: "usps", Name: "USPS", URL: usps.Address, PerMinute: 1, Secret: "consumer key:consumer secret (at " + usps.Samples + " they are samples)",
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
		{
			ID: "fedex", Name: "FedEx", URL: fedex.Address, PerMinute: 8400, Secret: "API key:secret key (at " + fedex.Samples + " they are samples)",
			New: func(o account.Options) (account.Account, error) { return fedex.New(o) },
			Set: []Setting{
				{Key: fedex.Number, Name: "Account number", Help: "The account that pays: nine digits.", Needed: true},
				{Key: fedex.Pickup, Name: "Pickup", Help: "USE_SCHEDULED_PICKUP, CONTACT_FEDEX_TO_SCHEDULE or DROPOFF_AT_FEDEX_LOCATION; empty for the first."},
				pieces,
			},
		},
	}
}

// pieces is for orders of several parcels, each of which is bought alone.
var pieces = Setting{Key: account.Pieces, Name: "Parcels of one order", Help: "yes: labels say which one they are on, behind the order's number (1003 2/3); empty: the number alone."}
