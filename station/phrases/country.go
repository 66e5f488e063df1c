package phrases

import "strings"

// speakers are the countries where one language is the only official one, or
// is read by nearly everybody beside others: whoever opens a box there reads
// it. Countries where several languages stand side by side are left out on
// purpose, for nobody can tell from an address which one its reader wants:
// Belgium, Switzerland, Luxembourg, Canada, Singapore, South Africa, India…
// So are those whose language is not supplied.
var speakers = map[string]string{
	English: "GB IE US AU NZ GG JE IM GI JM BB TT BS BM GH NG",
	"de":    "DE AT LI",                                                    // Liechtenstein has no other, unlike Switzerland
	"fr":    "FR MC GP MQ GF RE YT PM BL MF WF PF NC BJ CG CD CI GA SN TG", // with the lands over the sea, and where schools and offices are French
	"es":    "ES MX AR CL CO PE EC VE UY CR PA GT HN NI SV DO CU PR",       // everybody reads it, in Catalonia and Peru too; Paraguay and Bolivia are truly of two
	"it":    "IT SM VA",                                                    // South Tyrol reads both
	"nl":    "NL SR",                                                       // Fryslân reads both; the islands speak Papiamento
	"pl":    "PL",
	"pt":    "PT BR AO MZ CV ST", // with words that both sides of the sea use
	"cs":    "CZ",                // Slovaks read it, but it is not theirs
	"sv":    "SE AX",             // on Åland it is the only official one
	"da":    "DK",                // Faroe and Greenland have their own
	"nb":    "NO SJ",
	"fi":    "FI", // Swedish is official too: the first language of one in twenty
	"hu":    "HU",
	"el":    "GR CY", // Turkish is official too, but not where the post of CY goes
	"ro":    "RO MD",
	"uk":    "UA",
	"ja":    "JP",
	"zh":    "CN", // Taiwan, Hong Kong and Macao write traditional characters
	"ko":    "KR",
}

// Of returns the language that a country reads (ISO 3166-1 alpha-2), if it
// clearly reads one of those that are here. English counts as one.
func (b Book) Of(country string) (l Language, ok bool) {
	country = strings.ToUpper(strings.TrimSpace(country))
	if len(country) != 2 {
		return Language{}, false
	}
	for tag, countries := range speakers {
		if strings.Contains(countries, country) {
			return b.find(tag)
		}
	}
	return Language{}, false
}
