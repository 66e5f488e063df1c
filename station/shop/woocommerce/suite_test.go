package woocommerce_test

import (
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/woosim"
	"packbench/station/shop/shoptest"
	"packbench/station/shop/woocommerce"
	"packbench/station/web"
)

// Every way of telling shipments passes the whole suite; -short tries two of them.
func TestSuite(t *testing.T) {
	for name, ways := range map[string][]woosim.Way{
		"fulfillments": {woosim.Fulfillments}, "tracking": {woosim.Tracking}, "ast": {woosim.Advanced}, "note": nil,
		"": {woosim.Fulfillments, woosim.Tracking, woosim.Advanced},
	} {
		t.Run("way "+name, func(t *testing.T) {
			if testing.Short() && name != "" && name != "note" {
				t.Skip("one way for all that keep tracking numbers")
			}
			shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
				sim := woosim.New(woosim.Options{Options: shopsim.Options{Clock: clock, Lag: 20 * time.Second}, Ways: ways})
				return sim, func(url string) shop.Shop {
					s, err := woocommerce.New(shop.Options{
						ID: "woo", URL: url, Secret: sim.Secret(), Set: map[string]string{"ship": name}, Do: web.NewHTTP(), Clock: clock,
					})
					if err != nil {
						t.Fatal(err)
					}
					return s
				}
			})
		})
	}
}
