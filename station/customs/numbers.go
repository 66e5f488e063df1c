package customs

import (
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/country"
	"packbench/station/unit"
)

// Number is one under which a shop, or who imports for it, is known to tax or customs.
type Number struct {
	Kind      string   // "IOSS", "EORI"…
	Number    string   // as the office wrote it
	Countries []string // it is for, two letters or EU; none: those of its kind, or all
	Importer  bool     // it is the importer's there, and not the sender's
}

// Numbers returns which of a shop's numbers stand on the papers of a parcel: those of
// where it goes, as far as the goods are worth no more than their kind is for. Value is
// that of all goods, dearest that of the dearest unit.
//
// A number for tax that was paid with the order must not stand on a parcel worth more:
// customs would hold it. Where it is not known what the limit is in a currency the number
// is left out, and the tax is paid at the border.
func Numbers(all []Number, to station.Address, value, dearest unit.Money) (out []Number) {
	place := to.Place()
	for _, n := range all {
		rule, known := kinds[strings.ToUpper(strings.TrimSpace(n.Kind))]
		countries := n.Countries
		if len(countries) == 0 && known {
			countries = rule.countries
		}
		if len(countries) > 0 && !slices.ContainsFunc(countries, func(c string) bool { return covers(c, place) }) {
			continue
		}
		if known && rule.limit != nil {
			worth := value
			if rule.unit {
				worth = dearest
			}
			if !within(rule.limit, worth) {
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// covers reports whether a country's code, or that of a union, holds a place.
func covers(code, place string) bool {
	code = strings.ToUpper(strings.TrimSpace(code))
	if code == eu {
		return unions[place] == eu || slices.Contains(country.Union(), place) || place == northernIreland
	}
	return country.Code(code) == place
}

// within reports whether an amount is at most the limit in its currency.
func within(limit map[string]int64, worth unit.Money) bool {
	most, known := limit[worth.Currency]
	one, err := unit.ParseMoney("1", worth.Currency)
	return known && err == nil && worth.Minor <= most*one.Minor
}

// kind is what a kind of number is for. Limits are in whole units of a currency; beside
// the law's own they are rounded down to what it was worth at least in the years 2021 to
// 2026, as those of the small declaration are.
type kind struct {
	countries []string
	limit     map[string]int64
	unit      bool // of one unit, not of the parcel
}

// kinds are the numbers that hold where the sender says nothing else.
//
// Source: VAT Directive 2006/112/EC article 369l (import one-stop shop, 150 EUR); HMRC
// notice "VAT and overseas goods sold directly to customers in the UK" (135 GBP); Norway's
// VOEC (3,000 NOK an item); the tax offices of Australia (1,000 AUD), New Zealand
// (1,000 NZD an item) and Singapore (400 SGD an item).
var kinds = map[string]kind{
	"IOSS": {countries: []string{eu}, limit: map[string]int64{
		"EUR": 150, "GBP": 120, "USD": 150, "CHF": 135, "SEK": 1500, "DKK": 1110, "NOK": 1450, "PLN": 620, "CZK": 3500, "JPY": 18000, "CAD": 205, "AUD": 225,
	}},
	"UK VAT": {countries: []string{britain}, limit: map[string]int64{
		"GBP": 135, "EUR": 150, "USD": 145, "CHF": 145, "SEK": 1550, "DKK": 1130, "NOK": 1550, "PLN": 660, "CZK": 3700, "JPY": 19000, "CAD": 205, "AUD": 225,
	}},
	"VOEC": {countries: []string{"NO"}, unit: true, limit: map[string]int64{
		"NOK": 3000, "EUR": 250, "GBP": 210, "USD": 260, "CHF": 230, "SEK": 2800, "DKK": 1850, "PLN": 1050, "CZK": 6200, "JPY": 31000, "CAD": 360, "AUD": 390,
	}},
	"ARN":    {countries: []string{"AU"}, limit: map[string]int64{"AUD": 1000, "EUR": 540, "GBP": 460, "USD": 600}},
	"NZ GST": {countries: []string{"NZ"}, unit: true, limit: map[string]int64{"NZD": 1000, "EUR": 480, "GBP": 420, "USD": 550}},
	"SG GST": {countries: []string{"SG"}, unit: true, limit: map[string]int64{"SGD": 400, "EUR": 250, "GBP": 215, "USD": 285}},
}

// PaidAtOrder reports whether a number says that the destination's tax was paid with the
// order.
func (n Number) PaidAtOrder() bool {
	rule, known := kinds[strings.ToUpper(strings.TrimSpace(n.Kind))]
	return known && rule.limit != nil && !n.Importer
}
