package intake

import (
	_ "embed"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// ways are the encodings that a file without a mark may have, in which languages
// each writes, and how much rarer than others it is among the files of shops.
var ways = []struct {
	name    string
	way     encoding.Encoding
	tongues string
	rare    float64
}{
	{"Windows-1252", charmap.Windows1252, west, 0},
	{"Windows-1250", charmap.Windows1250, east, 1.5},
	{"Windows-1251", charmap.Windows1251, "ru uk bg sr", 1},
	{"Windows-1253", charmap.Windows1253, "el", 1},
	{"Windows-1254", charmap.Windows1254, "tr", 1},
	{"Windows-1255", charmap.Windows1255, "he", 1},
	{"Windows-1256", charmap.Windows1256, "ar", 1},
	{"Windows-1257", charmap.Windows1257, "lt lv et", 1},
	{"Windows-874", charmap.Windows874, "th", 1},
	{"Shift JIS", japanese.ShiftJIS, "ja", 1},
	{"EUC-JP", japanese.EUCJP, "ja", 2},
	{"GB 18030", simplifiedchinese.GB18030, "zh", 1},
	{"Big5", traditionalchinese.Big5, "zht", 1},
	{"EUC-KR", korean.EUCKR, "ko", 1},
	{"ISO 8859-2", charmap.ISO8859_2, east, 2},
	{"ISO 8859-5", charmap.ISO8859_5, "ru uk bg sr", 4},
	{"ISO 8859-6", charmap.ISO8859_6, "ar", 4},
	{"ISO 8859-7", charmap.ISO8859_7, "el", 2},
	{"ISO 8859-15", charmap.ISO8859_15, west, 1},
	{"KOI8-R", charmap.KOI8R, "ru", 2},
	{"KOI8-U", charmap.KOI8U, "uk", 3},
	{"Mac OS Roman", charmap.Macintosh, west, 5},
	{"Mac OS Cyrillic", charmap.MacintoshCyrillic, "ru uk bg sr", 5},
	{"DOS 850", charmap.CodePage850, west, 6},
	{"DOS 852", charmap.CodePage852, east, 6},
	{"DOS 866", charmap.CodePage866, "ru", 6},
}

const (
	west = "en de fr es pt it nl da sv nb fi is"
	east = "pl cs sk hu sl hr ro"
)

// spokenIn says which language most people write in a country.
var spokenIn = map[string]string{
	"GB": "en", "IE": "en", "US": "en", "CA": "en", "AU": "en", "NZ": "en", "DE": "de", "AT": "de", "CH": "de", "LI": "de", "FR": "fr", "BE": "fr", "LU": "fr", "ES": "es", "MX": "es", "PT": "pt", "BR": "pt", "IT": "it", "NL": "nl",
	"DK": "da", "SE": "sv", "NO": "nb", "FI": "fi", "IS": "is", "PL": "pl", "CZ": "cs", "SK": "sk", "HU": "hu", "SI": "sl", "HR": "hr", "BA": "hr", "RO": "ro", "MD": "ro",
	"TR": "tr", "LT": "lt", "LV": "lv", "EE": "et", "RU": "ru", "BY": "ru", "KZ": "ru", "UA": "uk", "BG": "bg", "RS": "sr", "GR": "el", "CY": "el", "IL": "he",
	"SA": "ar", "AE": "ar", "EG": "ar", "KW": "ar", "QA": "ar", "JO": "ar", "LB": "ar", "MA": "ar", "TH": "th", "CN": "zh", "SG": "zh", "TW": "zht", "HK": "zht", "JP": "ja", "KR": "ko",
}

// letterPairs holds for each language how often a letter follows another in names
// of people, places and goods; of Chinese, Japanese and Korean how often a sign
// stands there. Behind a figure, or a letter for those from ten on, stand what is
// found twice to the power of it times among 100,000; _ is the end of a word.
//
//go:embed letters.txt
var letterPairs string

// tongue is what the words of a language look like.
type tongue struct {
	pairs       map[[2]rune]float64
	begun, ends map[rune]float64
	total       float64
	signs       bool // a letter is a syllable or a word, and says little of the next
	script      []*unicode.RangeTable
}

var tongues = sync.OnceValue(func() map[string]*tongue {
	all := map[string]*tongue{}
	for line := range strings.Lines(letterPairs) {
		parts := strings.Fields(line)
		t := &tongue{pairs: map[[2]rune]float64{}, begun: map[rune]float64{}, ends: map[rune]float64{}}
		t.script = scripts[parts[0]]
		if t.script == nil {
			t.script = []*unicode.RangeTable{unicode.Latin}
		}
		t.signs = t.script[0] == unicode.Han || t.script[0] == unicode.Hangul
		all[parts[0]] = t
		for i := 1; i+1 < len(parts); i += 2 {
			t.add(math.Exp2(float64(strings.IndexByte("0123456789ABCDEFG", parts[i][0]))), []rune(parts[i+1]))
		}
	}
	return all
})

var scripts = map[string][]*unicode.RangeTable{
	"ru": {unicode.Cyrillic}, "uk": {unicode.Cyrillic}, "bg": {unicode.Cyrillic}, "sr": {unicode.Cyrillic}, "el": {unicode.Greek}, "he": {unicode.Hebrew}, "ar": {unicode.Arabic}, "th": {unicode.Thai},
	"zh": {unicode.Han}, "zht": {unicode.Han}, "ja": {unicode.Han, unicode.Hiragana, unicode.Katakana}, "ko": {unicode.Hangul},
}

func (t *tongue) add(count float64, letters []rune) {
	step := 2
	if t.signs {
		step = 1
	}
	for i := 0; i+step <= len(letters); i += step {
		a, b := letters[i], letters[i+step-1]
		if t.signs {
			a = 0
		}
		t.pairs[[2]rune{a, b}] += count
		t.begun[a] += count
		t.ends[b] += count
		t.total += count
	}
}

// likely returns the logarithm of how likely a word of the language is this one,
// and whether something stands in it that no word has.
func (t *tongue) likely(word []rune) (sum float64, odd bool) {
	last := '_'
	for i, r := range word {
		own := unicode.In(r, t.script...) && unicode.In(r, unicode.L, unicode.M)
		switch {
		case own:
			low := unicode.ToLower(r)
			if low != r && i > 0 && unicode.IsLower(word[i-1]) {
				sum -= 8 // a capital inside a word
				odd = odd || r >= utf8.RuneSelf
			}
			sum += t.follows(last, low)
			last = low
			continue
		case r < utf8.RuneSelf && unicode.IsLetter(r): // of Latin beside another script
			sum -= 6
		default:
			inside := i > 0 && i+1 < len(word) && unicode.IsLetter(word[i-1]) && unicode.IsLetter(word[i+1])
			sum += stranger(r, inside, len(word) == 1)
			behind := i > 0 && unicode.IsLetter(word[i-1]) && !strings.ContainsRune("’”»®™°\u00a0", r)
			odd = odd || behind && r >= utf8.RuneSelf || r == utf8.RuneError || unicode.IsControl(r) || unicode.IsLetter(r) && !strings.ContainsRune("µºª", r)
		}
		if last != '_' {
			sum += t.follows(last, '_')
		}
		last = '_'
	}
	if last != '_' {
		sum += t.follows(last, '_')
	}
	if len(word) == 1 && last != '_' && !t.signs {
		sum -= 5 // few letters are a word
	}
	return sum, odd
}

// stranger is what a letter of another script, or none, costs.
func stranger(r rune, inside, alone bool) float64 {
	switch {
	case r == utf8.RuneError, unicode.IsControl(r), unicode.In(r, unicode.Co):
		return -16
	case unicode.IsLetter(r) && !strings.ContainsRune("µºª", r):
		return -12
	case strings.ContainsRune("’‘“”„–—…\u00a0€°®©™±·«»§×µºª、。・（）「」　ー", r), alone && strings.ContainsRune("£½²", r):
		return -6
	case inside:
		return -12
	}
	return -9
}

func (t *tongue) follows(a, b rune) float64 {
	if t.signs && b == '_' {
		return 0
	}
	if t.signs {
		if n := t.ends[b]; n > 0 {
			return math.Log(0.9 * n / t.total)
		}
		return math.Log(0.1 / 6000)
	}
	const unseen = 40
	alone := (t.ends[b] + 1) / (t.total + 1000)
	return math.Log((t.pairs[[2]rune{a, b}] + unseen*alone) / (t.begun[a] + unseen))
}
