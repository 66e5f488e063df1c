// Package kinds lists the simulated shops that stand alone, for who has one by the name
// of its kind: a demo, packctl simulate, tests of all of them. It must not know a client.
//
//	for _, k := range kinds.All() {
//		sim := k.New(shopsim.Options{})
//		http.ListenAndServe("127.0.0.1:8081", sim) // the client's address ends in k.Path
//	}
package kinds

import (
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/bigcommercesim"
	"packbench/station/shop/shopsim/billbeesim"
	"packbench/station/shop/shopsim/customstoresim"
	"packbench/station/shop/shopsim/extensivsim"
	"packbench/station/shop/shopsim/linnworkssim"
	"packbench/station/shop/shopsim/magentosim"
	"packbench/station/shop/shopsim/netsuitesim"
	"packbench/station/shop/shopsim/prestashopsim"
	"packbench/station/shop/shopsim/shipstationsim"
	"packbench/station/shop/shopsim/shipstationv2sim"
	"packbench/station/shop/shopsim/shopifysim"
	"packbench/station/shop/shopsim/shopwaresim"
	"packbench/station/shop/shopsim/veeqosim"
	"packbench/station/shop/shopsim/woosim"
)

// Kind is a kind of shop that can be simulated.
type Kind struct {
	ID   string // as package shops calls it
	Path string // of its interface, behind the address of the server
	New  func(shopsim.Options) shopsim.Backend
}

// All are the kinds, those that are met most first.
func All() []Kind {
	return []Kind{
		{ID: "shopify", New: func(o shopsim.Options) shopsim.Backend { return shopifysim.New(o) }},
		{ID: "woocommerce", New: func(o shopsim.Options) shopsim.Backend {
			return woosim.New(woosim.Options{Options: o, Ways: []woosim.Way{woosim.Fulfillments}})
		}},
		{ID: "magento", New: func(o shopsim.Options) shopsim.Backend { return magentosim.New(o) }},
		{ID: "shipstation", New: func(o shopsim.Options) shopsim.Backend { return shipstationsim.New(o) }},
		{ID: "shipstation-v2", New: func(o shopsim.Options) shopsim.Backend { return shipstationv2sim.New(o) }},
		{ID: "custom-store", New: func(o shopsim.Options) shopsim.Backend { return customstoresim.New(o) }},
		{ID: "shopware", New: func(o shopsim.Options) shopsim.Backend { return shopwaresim.New(o) }},
		{ID: "bigcommerce", Path: bigcommercesim.Path(), New: func(o shopsim.Options) shopsim.Backend { return bigcommercesim.New(o, false) }},
		{ID: "billbee", New: func(o shopsim.Options) shopsim.Backend { return billbeesim.New(o, 0) }},
		{ID: "prestashop", New: func(o shopsim.Options) shopsim.Backend { return prestashopsim.New(o) }},
		{ID: "veeqo", New: func(o shopsim.Options) shopsim.Backend { return veeqosim.New(o) }},
		{ID: "netsuite", New: func(o shopsim.Options) shopsim.Backend { return netsuitesim.New(o) }},
		{ID: "extensiv", New: func(o shopsim.Options) shopsim.Backend { return extensivsim.New(o) }},
		{ID: "linnworks", New: func(o shopsim.Options) shopsim.Backend { return linnworkssim.New(o) }},
	}
}

// IDs are those of the kinds.
func IDs() []string {
	var ids []string
	for _, k := range All() {
		ids = append(ids, k.ID)
	}
	return ids
}

// Find finds a kind by its id.
func Find(id string) (Kind, bool) {
	for _, k := range All() {
		if k.ID == id {
			return k, true
		}
	}
	return Kind{}, false
}
