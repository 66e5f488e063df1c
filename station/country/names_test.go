package country

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func TestCountryNames(t *testing.T) {
	for text, want := range map[string]string{
		"Romania": "RO", "Croatia": "HR", "New Zealand": "NZ", "Mexico": "MX", "Türkiye": "TR", "TURKIYE": "TR", "Turkey": "TR", "España": "ES", "espana": "ES",
		"South Korea": "KR", "Korea, Republic of": "KR", "Korea, Democratic People's Republic of": "KP", "Republic of Korea": "KR",
		"The Netherlands": "NL", "Nederland": "NL", "Holland": "NL", "U.S.A.": "US", "USA": "US", "united states of america": "US", "Estados Unidos": "US",
		"DEU": "DE", "gbr": "GB", "AUT": "AT", "XKX": "XK", "uk": "GB", "U.K.": "GB", "Scotland": "GB", "gb": "GB", "EL": "GR",
		"Österreich": "AT", "osterreich": "AT", "Schweiz": "CH", "Suisse": "CH", "Svizzera": "CH", "Magyarország": "HU", "Česko": "CZ", "Česká republika": "CZ",
		"Ελλάδα": "GR", "Україна": "UA", "Россия": "RU", "日本": "JP", "中国": "CN", "中國": "CN", "台灣": "TW", "香港": "HK", "대한민국": "KR", "مصر": "EG",
		"Ísland": "IS", "Island": "IS", "Eesti": "EE", "Latvija": "LV", "Lietuva": "LT", "Hrvatska": "HR", "Slovenija": "SI", "Suomi": "FI", "Sverige": "SE",
		"Danmark": "DK", "Norge": "NO", "Polska": "PL", "România": "RO", "Россия ": "RU", "Việt Nam": "VN", "Viet Nam": "VN", "ไทย": "TH", "Faroe Islands": "FO",
		"Åland": "AX", "Saint Lucia": "LC", "St. Lucia": "LC", "Côte d’Ivoire": "CI", "Ivory Coast": "CI", "Bosnia and Herzegovina": "BA", "Bosnia & Herzegovina": "BA",
		"Moldova, Republic of": "MD", "Russian Federation": "RU", "Hong Kong": "HK", "Macau": "MO", "Vereinigtes Königreich": "GB", "Royaume-Uni": "GB",
		"Czechia": "CZ", "Slovak Republic": "SK", "Taiwan, Province of China": "TW", "Iran, Islamic Republic of": "IR", "Kanarische Inseln": "IC", "ＤＥ": "DE",
		"United States (US)": "US", "United Kingdom (UK)": "GB", "Korea (South)": "KR", "Korea, South": "KR", "Belau": "PW", "Saint Martin (French part)": "MF", "Sint Maarten (Dutch part)": "SX",
		"Virgin Islands, U.S.": "VI", "Virgin Islands (US)": "VI", "Virgin Islands, British": "VG", "Congo, the Democratic Republic of the": "CD", "Congo - Kinshasa": "CD", "Timor-Leste": "TL",
		"Macedonia, the former Yugoslav Republic of": "MK", "Holy See (Vatican City State)": "VA", "Falkland Islands (Malvinas)": "FK", "Tanzania, United Republic of": "TZ", "Deutschland (DE)": "DE",
		"Bolivia, Plurinational State of": "BO", "Venezuela (Bolivarian Republic of)": "VE", "Micronesia (Federated States of)": "FM", "Palestine, State of": "PS", "Lao People's Democratic Republic": "LA",
		"Bonaire, Sint Eustatius and Saba": "BQ", "Saint Helena, Ascension and Tristan da Cunha": "SH", "South Georgia and the South Sandwich Islands": "GS", "Brunei Darussalam": "BN", "Cabo Verde": "CV",
		"Côte d'Ivoire": "CI", "Sao Tome and Principe": "ST", "Svalbard and Jan Mayen": "SJ", "Heard Island and McDonald Islands": "HM", "Saint Vincent and the Grenadines": "VC", "Czech Republic": "CZ",
		"French Southern Territories": "TF", "British Indian Ocean Territory": "IO", "Cocos (Keeling) Islands": "CC", "United States Minor Outlying Islands": "UM", "Wallis and Futuna": "WF", "Eswatini": "SZ", "Gambia, The": "GM",
		"Trinidad and Tobago": "TT", "Turks and Caicos Islands": "TC", "Syrian Arab Republic": "SY", "Iran (Islamic Republic of)": "IR", "United Kingdom of Great Britain and Northern Ireland": "GB", "Saint Barthélemy": "BL",
		"Congo": "CG", "Georgia": "GE", "Jersey": "JE", "Guernsey": "GG", "Isle of Man": "IM", "Puerto Rico": "PR", "Guam": "GU", "Vatican City": "VA",
	} {
		if code, ok := Find(text); code != want || !ok {
			t.Errorf("%q is %q, %v, not %s", text, code, ok, want)
		}
	}
	for _, text := range []string{"", "XX", "Atlantis", "QQQ", "D", "Germany Austria", "276", "---"} {
		if code, ok := Find(text); ok {
			t.Errorf("%q is %q", text, code)
		}
	}
}

// Whatever a shop calls a country in a language that papers know, it is that country.
func TestCountryNamesOfThePapersLanguages(t *testing.T) {
	for _, tag := range strings.Fields("en de fr es it nl pl pt cs sv da nb fi hu el ro uk ja zh ko") {
		for _, code := range codes() {
			region, err := language.ParseRegion(code)
			if err != nil {
				continue
			}
			name := display.Regions(language.MustParse(tag)).Name(region)
			for _, text := range []string{name, strings.ToUpper(name)} {
				if got, ok := Find(text); got != code || !ok {
					t.Errorf("%s, %q is %q, not %s", tag, text, got, code)
				}
			}
		}
	}
}
