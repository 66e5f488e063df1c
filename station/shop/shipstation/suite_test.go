package shipstation_test

import (
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/shipstation"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shipstationsim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

// open opens a client of a simulated account.
func open(t *testing.T, sim shopsim.Backend, url string, clock func() time.Time) *shipstation.Shop {
	t.Helper()
	s, err := shipstation.New(shop.Options{ID: "sim", URL: url, Secret: sim.Secret(), Set: sim.Set(), Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The common suite runs against an account of short pages, so that there are many.
func TestSuite(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := shipstationsim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
		sim.PageMost = 12
		return sim, func(url string) shop.Shop { return open(t, sim, url, clock) }
	})
}
