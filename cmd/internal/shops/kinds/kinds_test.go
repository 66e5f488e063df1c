package kinds

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/shop/billbee"
	"packbench/station/shop/extensiv"
	"packbench/station/shop/linnworks"
	"packbench/station/shop/shipstation"
	"packbench/station/shop/shipstationv2"
	"packbench/station/shop/veeqo"
)

// The window takes an address without "example" in it for the one that all shops of the
// kind have, and enters it.
func TestAnAddressIsOneForAllOrAnExample(t *testing.T) {
	all := []string{billbee.Home, shipstation.Address, shipstationv2.Address, veeqo.Address, linnworks.Address, extensiv.Address}
	for _, k := range All() {
		if !strings.Contains(k.URL, "example") && !slices.Contains(all, k.URL) {
			t.Errorf("the address of a new shop of the kind %s would be %s", k.ID, k.URL)
		}
	}
}
