package customs

import (
	"slices"
	"strings"

	"packbench/station"
)

// Needed reports whether goods sent from one address to another pass a border
// where postal or customs offices want papers. An address without a country
// needs none: nothing is known of it, and its label says so elsewhere.
//
// Goods within the territory of one country, or of one union, need none. A
// place that belongs to a country but lies outside its customs or tax
// territory counts as abroad, also for a sender in the same country.
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
// union's name, or the country's two letters, or those with a place of its
// own behind them ("ES-CN").
func territory(a station.Address) string {
	country := strings.ToUpper(strings.TrimSpace(a.Country))
	switch country {
	case "EL":
		country = "GR"
	case "UK":
		country = britain
	}
	postcode := bare(a.Postcode)
	if country != britain { // whose postcodes begin with letters of their own
		postcode = strings.TrimLeft(postcode, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") // "FI-22100"
	}
	for _, p := range places {
		if p.holds(country, postcode, a.City) {
			return p.name
		}
	}
	if u, ok := unions[country]; ok {
		return u
	}
	return country
}

// bare keeps a postcode's letters and digits: "22 100" and "bt1 5gs"
// are written in many ways.
func bare(postcode string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return -1
	}, postcode)
}

// unions are countries that share a customs and tax territory, by the union's
// name. Goods from one member to another pass without papers.
//
// Source: Union Customs Code (Regulation (EU) No 952/2013) article 4, VAT
// directive 2006/112/EC articles 5 to 7 (Monaco and the Isle of Man count as
// France and the United Kingdom); customs treaty of 1923 between Switzerland
// and Liechtenstein. Countries in a customs union with the EU for some goods
// only (Andorra, San Marino, Turkey) are not in its tax territory: papers.
// Channel Islands are outside the United Kingdom's tax territory: papers.
var unions = map[string]string{
	"AT": eu, "BE": eu, "BG": eu, "HR": eu, "CY": eu, "CZ": eu, "DK": eu, "EE": eu, "FI": eu, "FR": eu, "DE": eu, "GR": eu, "HU": eu,
	"IE": eu, "IT": eu, "LV": eu, "LT": eu, "LU": eu, "MT": eu, "NL": eu, "PL": eu, "PT": eu, "RO": eu, "SK": eu, "SI": eu, "ES": eu, "SE": eu,
	"MC": eu,
	"CH": "CH", "LI": "CH",
	"GB": britain, "IM": britain,
	"US": "US", "PR": "US",
}

const (
	eu              = "EU"
	britain         = "GB"
	northernIreland = "XI"
)

// place is part of a country that is a territory of its own, told by how its
// postcodes begin.
type place struct {
	name, country string
	postcodes     []string
	city          string // needed too where others share the postcode
}

func (p place) holds(country, postcode, city string) bool {
	return p.country == country &&
		(p.city == "" || strings.Contains(strings.ToLower(city), p.city)) &&
		slices.ContainsFunc(p.postcodes, func(begin string) bool { return strings.HasPrefix(postcode, begin) })
}

// places are the parts of countries outside the customs or the tax territory
// of the rest. Outside the tax territory only (Canary Islands, Åland, Mount
// Athos, the French departments overseas) wants the same papers.
//
// Northern Ireland is in both territories for goods ("XI", Windsor Framework):
// parcels from the EU pass as within it, and those from Great Britain to
// consumers need no declaration of the sender's.
//
// Many of these have country codes of their own (AX, RE, GP…); those are
// abroad by themselves.
//
// Source: the same articles, and the finance ministries' lists of their
// postcodes; zoll.de and tulli.fi list the same places.
var places = []place{
	{name: "ES-CN", country: "ES", postcodes: []string{"35", "38"}}, // Canary Islands
	{name: "ES-CE", country: "ES", postcodes: []string{"51"}},       // Ceuta
	{name: "ES-ML", country: "ES", postcodes: []string{"52"}},       // Melilla
	{name: "DE-BU", country: "DE", postcodes: []string{"78266"}},    // Büsingen
	{name: "DE-HE", country: "DE", postcodes: []string{"27498"}},    // Heligoland
	{name: "AX", country: "FI", postcodes: []string{"22"}},          // Åland
	{name: "IT-LI", country: "IT", postcodes: []string{"23041"}},    // Livigno
	{name: "IT-LI", country: "IT", postcodes: []string{"23030"}, city: "livigno"},
	{name: "IT-CA", country: "IT", postcodes: []string{"22061"}}, // Campione d'Italia
	{name: "IT-CA", country: "IT", postcodes: []string{"22060"}, city: "campione"},
	{name: "GR-69", country: "GR", postcodes: []string{"63086", "63087"}}, // Mount Athos
	{name: "GL", country: "DK", postcodes: []string{"39"}},
	{name: "GP", country: "FR", postcodes: []string{"971"}}, // with St Barthélemy and St Martin
	{name: "MQ", country: "FR", postcodes: []string{"972"}},
	{name: "GF", country: "FR", postcodes: []string{"973"}},
	{name: "RE", country: "FR", postcodes: []string{"974"}},
	{name: "PM", country: "FR", postcodes: []string{"975"}},
	{name: "YT", country: "FR", postcodes: []string{"976"}},
	{name: "BL", country: "FR", postcodes: []string{"977"}},
	{name: "MF", country: "FR", postcodes: []string{"978"}},
	{name: "WF", country: "FR", postcodes: []string{"986"}},
	{name: "PF", country: "FR", postcodes: []string{"987"}},
	{name: "NC", country: "FR", postcodes: []string{"988"}},
	{name: northernIreland, country: britain, postcodes: []string{"BT"}},
	{name: "GG", country: britain, postcodes: []string{"GY"}},
	{name: "JE", country: britain, postcodes: []string{"JE"}},
	{name: "GI", country: britain, postcodes: []string{"GX"}},
}
