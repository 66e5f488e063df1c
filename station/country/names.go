package country

import (
	"maps"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// others are codes in use that are not those of the list.
var others = map[string]string{"UK": "GB", "EL": "GR", "XI": "GB", "FX": "FR", "SU": "RU", "TP": "TL"}

// Code returns the two letters of a country as ISO 3166 writes them, for "uk"
// or " de "; letters that no country has stay as they are, in capitals.
func Code(code string) string {
	code = strings.ToUpper(strings.TrimSpace(norm.NFKC.String(code)))
	if other, ok := others[code]; ok {
		return other
	}
	return code
}

// Find returns the code of a country that people wrote: two letters, three, or
// its name in any language that Unicode's locale data know, in any case and
// with or without accents. A name that two countries have is not known.
func Find(text string) (code string, ok bool) {
	if code = Code(text); len(code) == 2 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		_, ok = Name(code)
		return code, ok
	}
	for _, known := range []func() map[string]string{names, allNames} {
		for _, name := range spellings(text) {
			if code, ok = known()[name]; ok {
				return code, true
			}
		}
	}
	return "", false
}

// spellings are the ways to read a name: in lists and shops stand "Korea,
// Republic of", "The Gambia", "United States (US)" and "Korea (South)" too.
func spellings(text string) []string {
	all := []string{text}
	if first, last, comma := strings.Cut(text, ","); comma {
		all = []string{last + " " + first, text}
	}
	if name, more, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(text), ")"), "("); ok {
		all = append(all, more+" "+name, name, more)
	}
	for i, name := range all {
		all[i] = strings.TrimPrefix(fold(name), "the")
	}
	return append(all, fold(text))
}

// fold keeps what a name is told by: small letters without accents.
func fold(name string) string {
	name = abridged.Replace(strings.ToLower(name))
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Mn, r) && r > '\u0400':
			return foldLetter(r)
		}
		return -1
	}, norm.NFKD.String(name))
}

var abridged = strings.NewReplacer("saint ", "st", "&", "and", "ı", "i", "ß", "ss")

// foldLetter takes the strokes off letters that Unicode does not take apart, and
// makes one letter of the two that Greek has for a small sigma.
func foldLetter(r rune) rune {
	switch r {
	case 'ø':
		return 'o'
	case 'đ', 'ð':
		return 'd'
	case 'ł':
		return 'l'
	case 'ς':
		return 'σ'
	}
	return r
}

// usual are names and short forms that the locale data do not have.
const usual = `AE uae|AL shqiperia|BA bosnia|BL saint barthelemy|BN brunei darussalam|BO plurinational state of bolivia|BQ bonaire|BQ bonaire sint eustatius and saba|SH saint helena ascension and tristan da cunha|UM united states minor outlying islands|BS bahamas|CD drc|CD congo kinshasa|CD zaire
CD democratic republic of the congo|CD democratic republic of congo|CG congo|CG republic of the congo|CG congo brazzaville|CI ivory coast|CN prc
CN people's republic of china|CN mainland china|CV cape verde|CV cabo verde|CW curacao|CZ czech republic|CZ ceska republika|DE federal republic of germany|DE brd
ES islas baleares|FM federated states of micronesia|GB uk|GB great britain|GB britain|GB england|GB scotland|GB wales|GB northern ireland|GB cymru
GB united kingdom of great britain and northern ireland|GM gambia|GR hellas|GR ellada|HK hong kong|HK hongkong|HK hong kong sar|IE eire|IE republic of ireland
IR islamic republic of iran|KP democratic people's republic of korea|KP dprk|KR korea|KR republic of korea|KR rok|LA lao people's democratic republic|LA lao pdr
MD republic of moldova|MK macedonia|MK republic of north macedonia|MK fyrom|MM burma|MO macau|MO macao|MO macao sar|NL holland|NL hollande|NL the netherlands
PS state of palestine|PT madeira|PT azores|RE reunion island|RU russian federation|SK slovak republic|SY syrian arab republic|SZ swaziland|TL east timor
TR turkey|TR turkiye|TW taiwan province of china|TW republic of china|TW roc|TW 臺灣|HK 香港|MO 澳門|MO 澳门|CN 中华人民共和国|CN 中華人民共和國
TZ united republic of tanzania|UA ukraine|US usa|US united states of america
US america|US estados unidos de america|US etats unis d'amerique|VA holy see|VA vatican|VA vatican city state|VE bolivarian republic of venezuela|VN viet nam
MK former yugoslav republic of macedonia|LY libyan arab jamahiriya|PW belau|MF saint martin french part|SX saint martin dutch part|SX sint maarten dutch part
KN saint kitts|VC saint vincent|XK kosova|ZA rsa|ZA republic of south africa`

// names are the codes of countries by their folded names: English ones, and then
// those of the languages that papers are written in.
var names = sync.OnceValue(func() map[string]string {
	all := map[string]string{"xkx": "XK", "rom": "RO"}
	for _, entry := range strings.FieldsFunc(usual, func(r rune) bool { return r == '|' || r == '\n' }) {
		all[fold(entry[3:])] = entry[:2]
	}
	for _, code := range codes() {
		name, _ := Name(code)
		all[fold(name)] = code
		if region, err := language.ParseRegion(code); err == nil {
			all[fold(region.ISO3())] = code
		}
	}
	for _, tag := range strings.Fields("en de fr es it nl pl pt cs sv da nb fi hu el ro uk ja zh zh-Hant ko") {
		addNames(all, language.MustParse(tag))
	}
	return all
})

// allNames are those of every language. They take a moment to collect, and most
// shops never ask for them.
var allNames = sync.OnceValue(func() map[string]string {
	all := maps.Clone(names())
	addNames(all, display.Supported.Tags()...)
	return all
})

// addNames adds what countries are called in languages, where a name is not
// known yet and means one country only.
func addNames(all map[string]string, tags ...language.Tag) {
	more, codes := map[string]string{}, codes()
	for _, tag := range tags {
		regions := display.Regions(tag)
		if regions == nil {
			continue
		}
		for _, code := range codes {
			region, err := language.ParseRegion(code)
			if err != nil {
				continue
			}
			name := fold(regions.Name(region))
			if _, known := all[name]; known || len(name) < 3 {
				continue
			}
			if other, twice := more[name]; twice && other != code {
				code = ""
			}
			more[name] = code
		}
	}
	for name, code := range more {
		if code != "" {
			all[name] = code
		}
	}
}

// codes are all of the table's.
func codes() []string {
	var all []string
	for line := range strings.Lines(table) {
		if code, _, ok := strings.Cut(line, "\t"); ok && len(code) == 2 {
			all = append(all, code)
		}
	}
	return all
}

// Alpha3 returns the three letters that ISO 3166 has for a code of two, "" for a code
// that no country has.
func Alpha3(code string) string {
	code = Code(code)
	if _, known := Name(code); !known {
		return ""
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	return region.ISO3()
}
