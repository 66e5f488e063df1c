package kinds

import (
	"packbench/station/carrier/account"
	"packbench/station/carrier/trackers"
)

// Following are the kinds of account that follow parcels, whoever sold their labels, and
// sell none.
func Following() []Kind {
	carriers := Setting{
		Key: trackers.Carriers, Name: "Carriers",
		Help: "What it calls your carriers, such as dhl=dhl-germany, with commas between: only these are followed. Empty: all, by their numbers alone.",
	}
	postcode := Setting{Key: trackers.Postcode, Name: "Postcode", Help: "yes: it is told the postcode, which some carriers such as GLS ask for; empty: it is not."}
	all := []Kind{
		{
			ID: "aftership", Name: "AfterShip Tracking", URL: trackers.AfterShipAddress, PerMinute: 600, Secret: "API key", Set: []Setting{carriers, postcode},
			New: func(o account.Options) (account.Account, error) { return trackers.NewAfterShip(o) },
		},
		{
			ID: "17track", Name: "17TRACK", URL: trackers.Track17Address, PerMinute: 180, Secret: "Access key", Set: []Setting{carriers, postcode},
			New: func(o account.Options) (account.Account, error) { return trackers.NewTrack17(o) },
		},
		{
			ID: "easypost-trackers", Name: "EasyPost trackers", URL: trackers.EasyPostAddress, Secret: "API key", Set: []Setting{carriers},
			New: func(o account.Options) (account.Account, error) { return trackers.NewEasyPost(o) },
		},
		{
			ID: "shipengine-tracking", Name: "ShipEngine tracking", URL: trackers.ShipEngineAddress, PerMinute: 200, Secret: "API key",
			Set: []Setting{{Key: carriers.Key, Name: carriers.Name, Needed: true, Help: "Its code of each of your carriers, such as usps=stamps_com, with commas between: only these are followed."}},
			New: func(o account.Options) (account.Account, error) { return trackers.NewShipEngine(o) },
		},
	}
	for i := range all {
		all[i].Follows = true
	}
	return all
}
