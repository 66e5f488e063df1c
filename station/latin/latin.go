// Package latin owns the help for addresses that have no Latin form: the same in Latin
// letters, letter by letter. It is a help for a sorter and no name that anybody goes by:
// whoever prints it marks it, and beside the address itself. [ByLetters] gives it where
// the letters of a script say how they are spoken; of others it gives none. The package
// must not decide where it is printed, nor guess what a shop did not say.
package latin

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"

	"packbench/station"
)

// spelled are scripts whose letters are sounds. Chinese signs are read one way in China,
// and others in Japan and Hong Kong; Arabic and Hebrew leave the vowels out; Thai and the
// scripts of India need the whole word.
var spelled = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hangul, unicode.Georgian, unicode.Armenian, unicode.Hiragana, unicode.Katakana}

// ByLetters returns an address letter by letter, and false where that would say something
// else than the address, or the shop gave its Latin form.
func ByLetters(a station.Address) (station.Latin, bool) {
	if a.Latin != (station.Latin{}) {
		return station.Latin{}, false
	}
	out := station.Latin{Name: a.Name, Company: a.Company, Street: a.Street, Street2: a.Street2, City: a.City, Region: a.Region}
	for _, text := range []*string{&out.Name, &out.Company, &out.Street, &out.Street2, &out.City, &out.Region} {
		for _, r := range *text {
			known := unicode.In(r, spelled...) || unicode.Is(unicode.Han, r) && a.Country == "CN"
			if unicode.IsLetter(r) && !known {
				return station.Latin{}, false
			}
		}
		*text = spell(*text)
	}
	return out, true
}

// spell writes the words of a text that are not in Latin letters; the others stay.
func spell(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		foreign := strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
		if foreign {
			words[i] = strings.TrimSpace(unidecode.Unidecode(word))
		}
	}
	return strings.Join(words, " ")
}
