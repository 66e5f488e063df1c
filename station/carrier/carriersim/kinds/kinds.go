// Package kinds lists the simulated accounts with carriers, by the kind of their clients.
// It must not know those.
package kinds

import (
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/dhlparcelsim"
	"packbench/station/carrier/carriersim/easypostsim"
	"packbench/station/carrier/carriersim/easyshipsim"
	"packbench/station/carrier/carriersim/fedexsim"
	"packbench/station/carrier/carriersim/inpostsim"
	"packbench/station/carrier/carriersim/royalmailsim"
	"packbench/station/carrier/carriersim/sendcloudsim"
	"packbench/station/carrier/carriersim/shipenginesim"
	"packbench/station/carrier/carriersim/shipposim"
	"packbench/station/carrier/carriersim/shipstationv1sim"
	"packbench/station/carrier/carriersim/upssim"
	"packbench/station/carrier/carriersim/uspssim"
)

// All makes a simulated account, by its kind.
var All = map[string]func(carriersim.Options) carriersim.Backend{
	"easypost":       func(o carriersim.Options) carriersim.Backend { return easypostsim.New(o) },
	"easyship":       func(o carriersim.Options) carriersim.Backend { return easyshipsim.New(o) },
	"shipengine":     func(o carriersim.Options) carriersim.Backend { return shipenginesim.New(o) },
	"shipstation":    func(o carriersim.Options) carriersim.Backend { return shipenginesim.NewShipStation(o) },
	"shipstation-v1": func(o carriersim.Options) carriersim.Backend { return shipstationv1sim.New(o) },
	"fedex":          func(o carriersim.Options) carriersim.Backend { return fedexsim.New(o) },
	"sendcloud":      func(o carriersim.Options) carriersim.Backend { return sendcloudsim.New(o) },
	"dhl-parcel-de":  func(o carriersim.Options) carriersim.Backend { return dhlparcelsim.New(o) },
	"royal-mail":     func(o carriersim.Options) carriersim.Backend { return royalmailsim.New(o) },
	"inpost":         func(o carriersim.Options) carriersim.Backend { return inpostsim.New(o) },
	"ups":            func(o carriersim.Options) carriersim.Backend { return upssim.New(o) },
	"usps":           func(o carriersim.Options) carriersim.Backend { return uspssim.New(o) },
	"shippo":         func(o carriersim.Options) carriersim.Backend { return shipposim.New(o) },
}
