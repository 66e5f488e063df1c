package customs

import (
	"packbench/station"
	"packbench/station/country"
)

// Needed reports whether goods sent from one address to another pass a border
// where postal or customs offices want papers. An address without a country
// needs none: nothing is known of it, and its label says so elsewhere.
//
// Goods within the territory of one country, or of one union, need none. A
// place that belongs to a country but lies outside its customs or tax
// territory counts as abroad, also for a sender in the same country; which these
// are says [country.Place].
//
// Northern Ireland is in two territories for goods (Windsor Framework): parcels
// from the EU pass as within it, and those from Great Britain to consumers need
// no declaration of the sender's.
func Needed(from, to station.Address) bool {
	a, b := territory(from), territory(to)
	switch {
	case a == "" || b == "" || a == b:
		return false
	case a == northernIreland:
		return b != eu && b != britain
	case b == northernIreland:
		return a != eu && a != britain
	}
	return true
}

// territory names the customs and tax territory that an address lies in: a
// union's name, or that of the place.
func territory(a station.Address) string {
	place := a.Place()
	if u, ok := unions[place]; ok {
		return u
	}
	return place
}

// unions are countries that share a customs and tax territory, by the union's
// name. Goods from one member to another pass without papers.
//
// Source: Union Customs Code (Regulation (EU) No 952/2013) article 4, VAT
// directive 2006/112/EC articles 5 to 7 (Monaco and the Isle of Man count as
// France and the United Kingdom); customs treaties of Switzerland with
// Liechtenstein (1923) and about Büsingen (1964). Countries in a customs union with the EU for some goods
// only (Andorra, San Marino, Turkey) are not in its tax territory: papers.
// Channel Islands are outside the United Kingdom's tax territory: papers.
var unions = united(map[string]string{
	"MC": eu,
	"CH": "CH", "LI": "CH", "DE-BU": "CH",
	"GB": britain, "IM": britain,
	"US": "US", "PR": "US",
})

func united(others map[string]string) map[string]string {
	for _, member := range country.Union() {
		others[member] = eu
	}
	return others
}

const (
	eu              = "EU"
	britain         = "GB"
	northernIreland = country.NorthernIreland
)
