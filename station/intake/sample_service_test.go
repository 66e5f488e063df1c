package intake_test

import (
	"slices"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carton"
	"packbench/station/config"
	"packbench/station/intake"
	"packbench/station/unit"
)

// The demo must not run into a wall: each open sample order has a carton and a
// service all the year round, and the shop shows more than one carrier.
func TestSampleOrdersCanBeSent(t *testing.T) {
	won := map[string]int{}
	for week := range 53 { // each a day of the week further
		today := time.Date(2026, 11, 23+8*week, 9, 0, 0, 0, time.UTC)
		s, err := intake.Sample(today)
		if err != nil {
			t.Fatal(err)
		}
		cards, err := carrier.LoadCards(s.Rates)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range s.Orders {
			if o.Status != station.OrderOpen {
				continue
			}
			p, several := pack(t, s, o)
			p.At = today
			quotes := carrier.Quotes(cards, p)
			at := slices.IndexFunc(quotes, func(q carrier.Quote) bool { return q.Chosen })
			if at < 0 {
				t.Fatalf("order %s has no service on %s", o.ID, today.Format(time.DateOnly))
			}
			if several != (o.ID == "1012") {
				t.Errorf("order %s: several parcels is %v", o.ID, several)
			}
			q := quotes[at]
			won[q.Service]++
			if week == 0 {
				t.Logf("%s: %s %s, %s: %s", o.ID, p.Outer, p.Mass, q.Service, q.Reason)
				if !q.Keeps {
					t.Errorf("order %s: %s on an ordinary Monday", o.ID, q.Reason)
				}
			}
		}
	}
	if len(won) < 3 {
		t.Errorf("only these services ever win: %v", won)
	}
}

// pack makes the parcel of an order; where one carton does not hold all, the
// first parcel with one unit.
func pack(t *testing.T, s intake.Shop, o station.Order) (carrier.Parcel, bool) {
	t.Helper()
	var items []carton.Item
	for _, l := range o.Lines {
		for _, p := range s.Products {
			if p.SKU == l.SKU {
				items = append(items, carton.Item{SKU: p.SKU, Name: p.Name, Size: p.Size, Mass: p.Mass, Qty: l.Qty})
			}
		}
	}
	box, ok := carton.Propose(items, s.Cartons, carton.DefaultOptions())
	if !ok {
		t.Errorf("order %s has no carton", o.ID)
	}
	several := !carton.Fits(box, items, carton.DefaultOptions()).None()
	if several {
		items = items[:1]
		items[0].Qty = 1
	}
	parcel := carrier.Parcel{Country: o.To.Country, Postcode: o.To.Postcode, Promise: o.Promise, Service: o.Service, Outer: box.Outer, Mass: box.Tare}
	for _, it := range items {
		parcel.Mass += it.Mass * unit.Mass(it.Qty)
	}
	return parcel, several
}

func TestSampleSettingsLoad(t *testing.T) {
	if _, err := config.Decode(sample(t).Settings); err != nil {
		t.Error(err)
	}
}
