package magento_test

import (
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/magento"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/magentosim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

func open(t *testing.T, sim *magentosim.Sim, url string, clock func() time.Time) *magento.Shop {
	t.Helper()
	s, err := magento.New(shop.Options{ID: "us", URL: url, Secret: sim.Secret(), Set: sim.Set(), Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) { shoptest.Run(t, simulated) }

func TestTheCustomersReference(t *testing.T) { shoptest.Reference(t, simulated) }

func simulated(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
	sim := magentosim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
	return sim, func(url string) shop.Shop { return open(t, sim, url, clock) }
}

// The same where every request is signed and pages are short.
func TestSuiteSigned(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := magentosim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
		sim.Signed()
		sim.Cap(7)
		return sim, func(url string) shop.Shop { return open(t, sim, url, clock) }
	})
}
