package labels

import (
	"slices"
	"strings"
	"unicode"

	"packbench/station/country"
)

// countryName returns the English name of a country, as the Universal Postal
// Union asks for it on the last line; an unknown code stays as it is.
func countryName(code string) string {
	if name, ok := country.Name(code); ok {
		return name
	}
	return code
}

// The habits of countries, after the addressing sheets of the Universal Postal
// Union and the formats of libaddressinput. Whoever is in no list writes "Postcode
// City" and the region below.
const (
	american      = "US PR GU VI AS MP FM MH PW UM" // City State ZIP; a territory is its own state
	british       = "GB IE GG JE IM GI FK SH AC TA PN IO GS TC AI VG"
	english       = american + " " + british + " CA AU CC CX NF NZ"
	cityFirst     = american + " CA AU CC CX NF HM NZ SG ID TH HK MO SA AE IL NP JO LB VN BB BD BH BM BN BT CO KH KY LS MM MN MV SO VC" // City Region Postcode
	postcodeAlone = british + " RU UA KR ZA KE LK EG MT AF CR CU HN IQ IR NA SD SZ"                                                     // below the city
	postcodeAbove = "AL AM EC MU NI OM"                                                                                                 // above the city
	regionBeside  = "IT ES MX TR"                                                                                                       // Postcode City Region
	regionBelow   = "IN NG PK PE PG VE"                                                                                                 // City Postcode, and the region below
	capitals      = english + " FR"                                                                                                     // the city, at home too
	personFirst   = english + " ZA IN SG"                                                                                               // the person above the company; below it elsewhere
)

// addressLine is a line of an address, and what it tells.
type addressLine struct {
	what string // one of the whats
	text string
}

// The whats of an address' lines, as a packer reads them.
const (
	theName    = "name"
	theCompany = "company"
	theStreet  = "street"
	theCity    = "city" // with region and postcode
	theCountry = "country"
)

func linesOf(what string, texts ...string) []addressLine {
	var lines []addressLine
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			lines = append(lines, addressLine{what, t})
		}
	}
	return lines
}

// OneLine is an address in the order of its country, without the country.
func (a Address) OneLine() string { return join(", ", a.Lines(a)...) }

// beside is the address in other letters, marked where it is only spelled.
func (a Address) beside() string {
	if a.Spelled && a.Beside != "" {
		return "Spelled in Latin letters: " + a.Beside
	}
	return a.Beside
}

// Lines are the lines of an address as its country has them, for who is at another one: a country
// that both are in is not named.
func (a Address) Lines(sender Address) []string {
	var texts []string
	for _, l := range a.parts(sender) {
		texts = append(texts, l.text)
	}
	return texts
}

// parts returns the lines of an address in the order of its country. The country
// itself is printed when it is not the sender's; then the city is in capitals,
// as the sorters abroad want it.
func (a Address) parts(sender Address) []addressLine {
	country := strings.ToUpper(strings.TrimSpace(a.Country))
	abroad := country != "" && country != strings.ToUpper(strings.TrimSpace(sender.Country))
	who, street := append(linesOf(theCompany, a.Company), linesOf(theName, a.Name)...), linesOf(theStreet, a.Street, a.Street2)
	if len(who) == 2 && strings.TrimSpace(a.Company) == strings.TrimSpace(a.Name) {
		who = who[:1]
	} else if in(personFirst, country) {
		slices.Reverse(who)
	}
	var lines []addressLine
	switch city := a.cityLines(country, abroad || in(capitals, country)); {
	case a.largeToSmall(country):
		lines = slices.Concat(linesOf(theCity, a.eastCity(country)...), street, who)
	case country == "KR" && strings.ContainsFunc(a.City+a.Street, hangul): // large to small as well, but the postcode last
		lines = slices.Concat(linesOf(theCity, join(" ", a.Region, a.City)), street, who, linesOf(theCity, a.Postcode))
	case country == "HU": // the city above the street
		lines = slices.Concat(who, linesOf(theCity, city[:1]...), street, linesOf(theCity, city[1:]...))
	default:
		lines = slices.Concat(who, street, linesOf(theCity, city...))
	}
	if abroad {
		lines = append(lines, linesOf(theCountry, a.country())...)
	}
	return lines
}

// cityLines returns the lines of city, region and postcode.
func (a Address) cityLines(country string, upper bool) []string {
	city, region := a.town(), a.Region
	if in(american, country) && country != "US" {
		region = first(region, country)
	}
	if upper {
		city, region = upperPlace(city, country), upperPlace(region, country)
	}
	switch {
	case country == "HU":
		return []string{join(", ", city, region), a.Postcode}
	case country == "JP" || country == "TW":
		return []string{join(", ", city, join(" ", region, a.Postcode))}
	case country == "LV":
		return []string{region, join(", ", city, a.Postcode)}
	case country == "BR":
		return []string{join(" - ", city, region), a.Postcode}
	case in(cityFirst, country):
		return []string{join(" ", city, region, a.Postcode)}
	case in(postcodeAlone, country):
		return []string{city, region, a.Postcode}
	case in(postcodeAbove, country):
		return []string{a.Postcode, city, region}
	case in(regionBeside, country):
		return []string{join(" ", a.Postcode, city, region)}
	case in(regionBelow, country):
		return []string{join(" ", city, a.Postcode), region}
	}
	return []string{join(" ", a.Postcode, city), region}
}

// town returns the city of an address, and the country where that is the city and
// people leave it out.
func (a Address) town() string {
	code := country.Code(a.Country)
	if strings.TrimSpace(a.City) == "" && a.Postcode != "" && !country.HasCities(code, "") {
		return countryName(code)
	}
	return a.City
}

// upperPlace writes a place in capitals. Turkish has two letters i; Georgian is
// written without capitals, and fonts have none for it.
func upperPlace(place, country string) string {
	place = strings.ReplaceAll(place, "ß", "ss")
	switch {
	case country == "TR" || country == "AZ":
		return strings.ToUpperSpecial(unicode.TurkishCase, place)
	case strings.ContainsFunc(place, func(r rune) bool { return unicode.Is(unicode.Georgian, r) }):
		return place
	}
	return unaccented.Replace(strings.ToUpper(place))
}

// unaccented takes the accents off Greek capitals, which are written without: ΑΘΗΝΑ.
var unaccented = strings.NewReplacer("Ά", "Α", "Έ", "Ε", "Ή", "Η", "Ί", "Ι", "Ό", "Ο", "Ύ", "Υ", "Ώ", "Ω", "Ϊ́", "Ϊ", "Ϋ́", "Ϋ")

// eastCity returns postcode, prefecture and city as they stand above the street.
func (a Address) eastCity(country string) []string {
	mark := ""
	if country == "JP" && a.Postcode != "" && !strings.HasPrefix(a.Postcode, "〒") {
		mark = "〒"
	}
	return []string{mark + a.Postcode, joinEast(a.Region, a.City)}
}

// country returns the name of the address' country in capitals.
func (a Address) country() string {
	return strings.ToUpper(first(a.CountryName, countryName(strings.ToUpper(strings.TrimSpace(a.Country)))))
}

// largeToSmall reports whether an address is written in an East Asian script,
// from the prefecture down to the person.
func (a Address) largeToSmall(country string) bool {
	return in("JP CN TW HK MO", country) && strings.ContainsFunc(a.City+a.Street, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
	})
}

func hangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

func in(list, code string) bool { return code != "" && slices.Contains(strings.Fields(list), code) }

func first(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" }), sep)
}

func joinEast(region, city string) string {
	if strings.HasPrefix(city, region) {
		return city
	}
	return region + city
}
