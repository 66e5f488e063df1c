package shopify_test

import (
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/shopify"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shopifysim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

func open(t *testing.T, sim shopsim.Backend, url string, clock func() time.Time, set map[string]string) *shopify.Shop {
	t.Helper()
	s, err := shopify.New(shop.Options{ID: "main", URL: url, Secret: sim.Secret(), Set: set, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) { shoptest.Run(t, simulated) }

func TestTheCustomersReference(t *testing.T) { shoptest.Reference(t, simulated) }

func simulated(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
	sim := shopifysim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
	return sim, func(url string) shop.Shop { return open(t, sim, url, clock, sim.Set()) }
}
