package station

import (
	"fmt"
	"slices"
	"strings"

	"packbench/station/country"
)

// Nowhere reports whether nothing of an address says where a parcel goes.
func (a Address) Nowhere() bool {
	a.Phone, a.Email, a.Latin = "", "", Latin{}
	return a == Address{}
}

// Gaps names what an address lacks that a carrier needs, in words: "name or
// company", "street", "postcode", "city", "country". A country without postcodes
// lacks none, and one that is a city needs no other.
func (a Address) Gaps() []string {
	code := country.Code(a.Country)
	var gaps []string
	for _, part := range []struct {
		what   string
		needed bool
		texts  string
	}{
		{"name or company", true, a.Name + a.Company},
		{"street", true, a.Street + a.Street2},
		{"postcode", country.HasPostcodes(code), a.Postcode},
		{"city", country.HasCities(code, a.Region), a.City},
		{"country", true, code},
	} {
		if part.needed && strings.TrimSpace(part.texts) == "" {
			gaps = append(gaps, part.what)
		}
	}
	return gaps
}

// Doubts says what may be wrong with an address by the form that addresses of its country
// have, in words. It is a hint: an address that is odd may be right. Home is the country
// that it is sent from.
func (a Address) Doubts(home string) (out []string) {
	for _, gap := range a.Gaps() {
		out = append(out, "it has no "+gap)
	}
	code := country.Code(a.Country)
	name, known := country.Name(code)
	_, fits := country.Fits(code, a.Postcode)
	switch {
	case code != "" && !known:
		out = append(out, fmt.Sprintf("there is no country %.20q", a.Country))
	case code == "" || a.Postcode == "" || fits || !country.HasPostcodes(code):
	default:
		text := fmt.Sprintf("%.20q is not a postcode of %s", a.Postcode, name)
		if other, ok := country.Name(country.Other(code, a.Postcode)); ok {
			text += ", but one of " + other
		}
		out = append(out, text)
	}
	if script := a.UnreadFrom(home); script != "" {
		out = append(out, "it is in "+script+" letters only: sorters and customs abroad need its Latin form too")
	}
	if a.POBox() {
		out = append(out, "it is a box at a post office: many carriers do not deliver there")
	}
	return out
}

// Place returns where an address lies, as customs, taxes and posts see it: see
// [country.Place].
func (a Address) Place() string { return country.Place(a.Country, a.Postcode, a.City, a.Region) }

// POBox reports whether parcels would go to a box at a post office.
func (a Address) POBox() bool {
	code := country.Code(a.Country)
	return slices.ContainsFunc([]string{a.Street, a.Street2}, func(line string) bool { return country.IsPOBox(code, line) })
}

// Posted returns an address as its post writes it: the code of the place that it
// lies in, and the postcode in that post's own form.
func (a Address) Posted() Address {
	a.Country = country.Posted(a.Country, a.Place())
	a.Postcode = country.Postcode(a.Country, a.Postcode)
	return a
}
