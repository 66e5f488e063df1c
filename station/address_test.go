package station_test

import (
	"testing"

	"packbench/station"
)

// Codes 20 and 33: one place has one address, whichever code it is written with.
func TestAnAddressAsItsPostWritesIt(t *testing.T) {
	for _, c := range []struct{ country, postcode, want string }{
		{"DE", "D-1067", "DE 01067"},
		{"uk", "ec1a1bb", "GB EC1A 1BB"},
		{"DK", "FO-100", "FO FO-100"},
		{"FO", "100", "FO FO-100"},
		{"DK", "3900", "GL 3900"},
		{"FI", "22100", "AX AX-22100"},
		{"GB", "GY11AA", "GG GY1 1AA"},
		{"FR", "97400", "RE 97400"},
		{"ES", "E-35001", "ES 35001"},
		{"US", "96913", "US 96913"},
		{"US", "9012", "US 09012"},
		{"", "x", " x"},
	} {
		if a := (station.Address{Country: c.country, Postcode: c.postcode}).Posted(); a.Country+" "+a.Postcode != c.want {
			t.Errorf("%s %s is %s %s, not %s", c.country, c.postcode, a.Country, a.Postcode, c.want)
		}
	}
}
