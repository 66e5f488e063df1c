package carrier_test

import (
	"fmt"
	"time"

	"packbench/station/carrier"
	"packbench/station/unit"
)

func ExampleQuotes() {
	cards, err := carrier.LoadCards([]byte(`{
		"format": "packbench-rates-1", "currency": "EUR",
		"carriers": [{
			"id": "demo-post", "name": "Demo Post", "time_zone": "UTC", "reliability": 950,
			"tracking": {"name": "parcel", "prefix": "QQ", "digits": 8, "check": "s10", "suffix": "ZZ"},
			"working_days": ["mon", "tue", "wed", "thu", "fri"],
			"services": [
				{"id": "parcel", "name": "Parcel", "cut_off": "16:30", "zones": [{"id": "home",
					"areas": [{"country": "DE"}], "transit_days": 2, "breaks": [{"upto": "5 kg", "price": "4.50"}]}]},
				{"id": "express", "name": "Express", "cut_off": "16:30", "zones": [{"id": "home",
					"areas": [{"country": "DE"}], "transit_days": 1, "breaks": [{"upto": "5 kg", "price": "9.90"}]}]}
			]
		}]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	monday := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	for _, q := range carrier.Quotes(cards, carrier.Parcel{
		Country: "DE", Mass: 2 * unit.Kilogram, At: monday, Promise: monday.AddDate(0, 0, 1),
	}) {
		fmt.Println(q.Chosen, q.Service, q.Price, q.Promise.Format(time.DateOnly))
	}
	// Output:
	// true express 9.90 EUR 2026-11-24
	// false parcel 4.50 EUR 2026-11-25
}
