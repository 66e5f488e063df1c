package screen

import (
	"slices"
	"strings"
)

// alphabets are the letters of a language that the keys a–z lack. Where they are an
// alphabet of its own, it is whole.
var alphabets = map[string]string{
	"cs": "á č ď é ě í ň ó ř š ť ú ů ý ž",
	"da": "æ ø å é",
	"de": "ä ö ü ß é",
	"el": "ς ε ρ τ υ θ ι ο π α σ δ φ γ η ξ κ λ ζ χ ψ ω β ν μ ά έ ή ί ό ύ ώ ϊ ϋ ΐ ΰ",
	"es": "á é í ó ú ü ñ ç ¿ ¡",
	"fi": "å ä ö é",
	"fr": "é è ê ë à â ç î ï ô ù û ü ÿ œ æ",
	"hu": "á é í ó ö ő ú ü ű",
	"it": "à è é ì ò ù",
	"nb": "æ ø å é",
	"nl": "é ë ï è ö ü á ó",
	"pl": "ą ć ę ł ń ó ś ź ż",
	"pt": "ã á â à ç é ê í õ ó ô ú ü",
	"ro": "ă â î ș ț",
	"sv": "å ä ö é",
	"uk": "й ц у к е н г ґ ш щ з х ї ф і в а п р о л д ж є я ч с м и т ь б ю ’",
}

// restOfLetters are those of all who write with Latin letters, so that no name of a
// buyer or colleague is left out.
const restOfLetters = "ä ö ü ß é è ê ë á à â ã å æ ç í ì î ï ñ ó ò ô õ ø œ ú ù û ý ÿ ą ć č ď đ ě ę ğ ı ł ń ň ő ř ś š ş ș ť ț ů ű ź ž ż " +
	"ă ā ē ģ ī ķ ļ ņ ū ė į ų ð þ ¿ ¡"

// lettersPage is how many letters a page of keys has.
const lettersPage = 30

// letterPages are the pages of letters beside a–z, those of these languages first.
func letterPages(languages []string) [][]string {
	var all []string
	for _, tag := range languages {
		base, _, _ := strings.Cut(tag, "-")
		all = append(all, strings.Fields(alphabets[base])...)
	}
	var once []string
	for _, l := range append(all, strings.Fields(restOfLetters)...) {
		if !slices.Contains(once, l) {
			once = append(once, l)
		}
	}
	return slices.Collect(slices.Chunk(once, lettersPage))
}
