package kinds

import (
	"maps"

	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/dhlparcelsim"
	"packbench/station/carrier/carriersim/inpostsim"
	"packbench/station/carrier/carriersim/royalmailsim"
	"packbench/station/carrier/carriersim/sendcloudsim"
)

// The accounts whose parcels leave from Europe.
func init() {
	maps.Copy(All, map[string]func(carriersim.Options) carriersim.Backend{
		"sendcloud":     func(o carriersim.Options) carriersim.Backend { return sendcloudsim.New(o) },
		"dhl-parcel-de": func(o carriersim.Options) carriersim.Backend { return dhlparcelsim.New(o) },
		"royal-mail":    func(o carriersim.Options) carriersim.Backend { return royalmailsim.New(o) },
		"inpost":        func(o carriersim.Options) carriersim.Backend { return inpostsim.New(o) },
	})
}
