package station

import (
	"strings"

	"packbench/station/country"
)

// Nowhere reports whether nothing of an address says where a parcel goes.
func (a Address) Nowhere() bool {
	a.Phone, a.Email = "", ""
	return a == Address{}
}

// Gaps names what an address lacks that a carrier needs, in words: "name or
// company", "street", "postcode", "city", "country". A country without postcodes
// lacks none, and one that is a city needs no other.
func (a Address) Gaps() []string {
	code := strings.ToUpper(strings.TrimSpace(a.Country))
	var gaps []string
	for _, part := range []struct {
		what   string
		needed bool
		texts  string
	}{
		{"name or company", true, a.Name + a.Company},
		{"street", true, a.Street + a.Street2},
		{"postcode", country.HasPostcodes(code), a.Postcode},
		{"city", country.HasCities(code), a.City},
		{"country", true, code},
	} {
		if part.needed && strings.TrimSpace(part.texts) == "" {
			gaps = append(gaps, part.what)
		}
	}
	return gaps
}
