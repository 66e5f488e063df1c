// Package country owns the codes of countries and what follows from them: which
// there are and what they are called ([Name], [Find]), what an address there is
// complete without ([HasPostcodes], [HasCities]), how postcodes are written and
// compared ([Postcode], [Key], [Split]), and which parts of a country are a place
// of their own for customs, taxes or posts ([Place]). Files, rate cards, customs
// and labels all ask it, so that one address means one place to all of them. It
// must know nothing of orders, labels or carriers.
package country

import (
	_ "embed" // the countries' names
	"slices"
	"strings"
	"sync"
)

//go:embed iso3166.tab
var table string

// Name returns the English name of an ISO 3166-1 alpha-2 code in capitals; ok is
// false for a code that no country has.
func Name(code string) (name string, ok bool) {
	name, ok = byCode()[code]
	return name, ok
}

// byCode are the names of the table.
var byCode = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(table) {
		if code, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok && len(code) == 2 {
			all[code] = name
		}
	}
	return all
})

// noPostcodes are countries whose post has none, or asks for none.
//
// Source: the Universal Postal Union's addressing sheets.
const noPostcodes = "AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK IE JM KI KM KN KP LC ML MO " +
	"MR MS MW NA NR NU PA QA RW SB SC SL SO SR SS ST SX SY TD TF TG TK TL TO TV UG VU WS YE ZW"

// noCities are countries that are a city, or whose posts ask for none. In those of
// regions the emirate or the island stands for it.
const (
	noCities = "GI HK MC MO SG SM VA"
	regions  = "AE KY NR"
)

// HasPostcodes reports whether an address in a country wants a postcode.
func HasPostcodes(code string) bool { return !slices.Contains(withoutPostcodes(), code) }

var withoutPostcodes = sync.OnceValue(func() []string { return strings.Fields(noPostcodes) })

// HasCities reports whether an address in a country wants a city, where it has
// that region.
func HasCities(code, region string) bool {
	return !slices.Contains(strings.Fields(noCities), code) && (strings.TrimSpace(region) == "" || !slices.Contains(strings.Fields(regions), code))
}
