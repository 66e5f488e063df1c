package country

import (
	"slices"
	"strings"
	"unicode"
)

// scripts are what offices of some countries read beside Latin letters, which all
// do: the Universal Postal Union's forms are in English, French or a language that
// the destination accepts (UPU Convention manual, CN 22 and CN 23).
var scripts = []struct {
	name      string
	table     *unicode.RangeTable
	countries string
}{
	{"Cyrillic", unicode.Cyrillic, "BA BG BY KG KZ MD ME MK MN RS RU TJ TM UA UZ"},
	{"Greek", unicode.Greek, "CY GR"},
	{"Chinese or Japanese", unicode.Han, "CN HK JP MO SG TW"},
	{"Japanese", unicode.Hiragana, "JP"},
	{"Japanese", unicode.Katakana, "JP"},
	{"Chinese", unicode.Bopomofo, "CN TW"},
	{"Korean", unicode.Hangul, "KP KR"},
	{"Arabic", unicode.Arabic, "AE AF BH DJ DZ EG EH IQ IR JO KM KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE"},
	{"Hebrew", unicode.Hebrew, "IL PS"},
	{"Thai", unicode.Thai, "TH"},
	{"Lao", unicode.Lao, "LA"},
	{"Khmer", unicode.Khmer, "KH"},
	{"Burmese", unicode.Myanmar, "MM"},
	{"Georgian", unicode.Georgian, "GE"},
	{"Armenian", unicode.Armenian, "AM"},
	{"Devanagari", unicode.Devanagari, "IN NP"},
	{"Bengali", unicode.Bengali, "BD IN"},
	{"Tamil", unicode.Tamil, "IN LK SG"},
	{"Sinhala", unicode.Sinhala, "LK"},
	{"Ethiopic", unicode.Ethiopic, "ER ET"},
	{"Thaana", unicode.Thaana, "MV"},
	{"Tibetan", unicode.Tibetan, "BT CN"},
}

// Unread returns the script of a text which the offices of a country do not read,
// "" where they read all of it, or one of the parts that strokes, brackets and
// commas make: "緑茶 (green tea)" says it twice. The country "" is any abroad.
func Unread(code, text string) string {
	unread := ""
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("/|;,()[]（）、，・\n", r) }) {
		script := unreadScript(code, part)
		if letters := strings.IndexFunc(part, unicode.IsLetter) >= 0; letters && script == "" {
			return ""
		}
		if unread == "" {
			unread = script
		}
	}
	return unread
}

// unreadScript returns the first script that is not read. A lone Greek letter
// stands for a quantity, as in "2 kΩ".
func unreadScript(code, text string) string {
	runes := []rune(text)
	for i, r := range runes {
		if !unicode.IsLetter(r) || unicode.In(r, unicode.Latin, unicode.Common, unicode.Inherited) {
			continue
		}
		name, countries := "other", ""
		for _, s := range scripts {
			if unicode.Is(s.table, r) {
				name, countries = s.name, s.countries
			}
		}
		greek := func(at int) bool { return at >= 0 && at < len(runes) && unicode.Is(unicode.Greek, runes[at]) }
		if !slices.Contains(strings.Fields(countries), code) && !(greek(i) && !greek(i-1) && !greek(i+1)) {
			return name
		}
	}
	return ""
}
