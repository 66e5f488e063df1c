package labels

import (
	_ "embed" // the countries' names
	"slices"
	"strings"
	"unicode"
)

//go:embed iso3166.tab
var countries string

// countryName gives the English name of a country, as the Universal Postal
// Union asks for it on the last line; an unknown code stays as it is.
func countryName(code string) string {
	for line := range strings.Lines(countries) {
		if iso, name, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && iso == code {
			return name
		}
	}
	return code
}

// cityFirst lists the countries that write "City Region Postcode"; all others
// but those below write "Postcode City".
const cityFirst = "US CA AU PR IN NZ SG ID TH PH HK ZA NG KE SA AE"

// postcodeAlone lists the countries whose postcode stands below the city.
const postcodeAlone = "GB IE GG JE IM"

// lines gives the lines of an address in the order of its country. The country
// itself is printed when it is not the sender's.
func (a Address) lines(sender Address) []string {
	country := strings.ToUpper(strings.TrimSpace(a.Country))
	abroad := country != "" && country != strings.ToUpper(strings.TrimSpace(sender.Country))
	lines := []string{a.Company, a.Name, a.Street, a.Street2}
	if a.Company == "" || a.Name == "" || a.Company == a.Name {
		lines = []string{first(a.Name, a.Company), a.Street, a.Street2}
	}
	switch {
	case a.largeToSmall(country):
		mark := ""
		if country == "JP" && a.Postcode != "" && !strings.HasPrefix(a.Postcode, "〒") {
			mark = "〒"
		}
		names := lines[:len(lines)-2]
		lines = append([]string{mark + a.Postcode, joinEast(a.Region, a.City), a.Street, a.Street2}, names...)
	case country == "JP":
		lines = append(lines, join(", ", a.City, join(" ", a.Region, a.Postcode)))
	case in(cityFirst, country):
		lines = append(lines, join(" ", a.City, a.Region, a.Postcode))
	case in(postcodeAlone, country):
		lines = append(lines, a.City, a.Region, a.Postcode)
	case country == "IT":
		lines = append(lines, join(" ", a.Postcode, a.City, a.Region))
	case country == "BR":
		lines = append(lines, join(" - ", a.City, a.Region), a.Postcode)
	default:
		lines = append(lines, join(" ", a.Postcode, a.City), a.Region)
	}
	if abroad {
		lines = append(lines, a.country())
	}
	return slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
}

// country gives the name of the address' country in capitals.
func (a Address) country() string {
	return strings.ToUpper(first(a.CountryName, countryName(strings.ToUpper(strings.TrimSpace(a.Country)))))
}

// largeToSmall tells whether an address is written in an East Asian script,
// from the prefecture down to the person.
func (a Address) largeToSmall(country string) bool {
	return in("JP CN TW", country) && strings.ContainsFunc(a.City+a.Street, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
	})
}

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
