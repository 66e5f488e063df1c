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

// A card with postcode ranges, a dimensional mass and surcharges: the terms add up to the
// price.
func ExampleLoadCards() {
	cards, err := carrier.LoadCards([]byte(`{
		"format": "packbench-rates-1", "currency": "USD",
		"carriers": [{
			"id": "brown", "name": "Brown Parcel", "time_zone": "America/New_York", "reliability": 960,
			"tracking": {"name": "parcel", "prefix": "BP", "digits": 10, "check": "mod10"},
			"working_days": ["mon", "tue", "wed", "thu", "fri"], "public_holidays": {"origin": "US", "destinations": ["US"]},
			"services": [{
				"id": "ground", "name": "Ground", "cut_off": "17:00", "cut_offs": {"fri": "15:00"}, "valid_to": "2026-12-31",
				"edge_step": "1 in", "divisor": "139 in3/lb", "dim_over_volume": "1728 in3", "step": "1 lb",
				"excludes": {"po_boxes": true},
				"surcharges": [
					{"name": "remote", "amount": "4.25", "areas": [{"country": "US", "postcodes": ["96701..96898"]}]},
					{"name": "home", "amount": "5.55", "residential": true},
					{"name": "fuel", "order": 1, "percents": [{"from": "2026-01-01", "percent": "18.5"}, {"from": "2026-11-02", "percent": "19.25"}]}
				],
				"zones": [
					{"id": "2", "origins": [{"country": "US", "postcodes": ["021"]}], "areas": [{"country": "US", "postcodes": ["005", "010..119"]}],
						"transit_days": 1, "breaks": [{"upto": "10 lb", "price": "11.02"}, {"upto": "70 lb", "price": "24.80"}]},
					{"id": "8", "origins": [{"country": "US", "postcodes": ["021"]}], "areas": [{"country": "US"}],
						"transit_days": 5, "breaks": [{"upto": "10 lb", "price": "16.40"}, {"upto": "70 lb", "price": "51.00"}]}
				]
			}]
		}]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	q := carrier.Quotes(cards, carrier.Parcel{
		From: carrier.Where{Country: "US", Postcode: "02134"}, Country: "US", Postcode: "10001", Residential: true, Mass: 2 * unit.Kilogram,
		Outer: unit.Size{Width: 12 * unit.Inch, Length: 12 * unit.Inch, Depth: 11 * unit.Inch},
		At:    time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC), // the day after tomorrow is Thanksgiving
	})[0]
	fmt.Println(q.Price, q.Breakdown, q.Billed, q.Promise.Format(time.DateOnly))
	// Output:
	// 19.76 USD [{base 1102} {home 555} {fuel 319}] 2.268 kg 2026-11-25
}
