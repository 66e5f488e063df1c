package labels

import (
	"strings"
	"unicode"

	"packbench/assets/fonts"
)

// Thai signs stand above and below their letter. The font holds a tone mark as
// it stands above a vowel sign, and the same mark elsewhere in U+F700 to U+F71A,
// as fonts did before they could place signs themselves.
const (
	thaiVowels = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d" // above the letter
	thaiLeft   = "\uf710\uf701\uf702\uf703\uf704\uf712\uf711" // the same, left of a tall stroke
	thaiTones  = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"             // above a vowel
	tonesLow   = '\uf70a'                                     // on the letter
	tonesAside = '\uf705'                                     // on the letter, left of a tall stroke
	tonesLeft  = '\uf713'                                     // above a vowel, left of a tall stroke
	thaiTall   = "ปฝฟฬ"                                       // letters with a tall stroke on the right
	thaiBelow  = "\u0e38\u0e39\u0e3a"                         // below the letter
	saraAm     = 'ำ'                                          // has a sign above the letter before it
)

// thaiBare are letters that drop what hangs below them for a vowel there.
var thaiBare = map[rune]rune{'ญ': '\uf70f', 'ฐ': '\uf700'}

func thai(r rune) bool { return r >= 0xe01 && r <= 0xe5b }

// placeThai chooses for each Thai sign the form for its place. What is missing
// from a font is left as it is.
func (s *shaper) placeThai(glyphs []glyph) {
	letter := -1 // that the signs stand on
	vowel := false
	for i, g := range glyphs {
		if g.font != fonts.Thai {
			letter = -1
			continue
		}
		if !unicode.Is(unicode.Mn, g.r) {
			letter, vowel = i, false
			continue
		}
		if letter < 0 {
			continue
		}
		tall := strings.ContainsRune(thaiTall, glyphs[letter].r)
		switch at, tone := runeIndex(thaiVowels, g.r), runeIndex(thaiTones, g.r); {
		case at >= 0:
			vowel = true
			if tall {
				s.form(glyphs, i, []rune(thaiLeft)[at])
			}
		case tone >= 0:
			high := vowel || i+1 < len(glyphs) && glyphs[i+1].r == saraAm
			switch {
			case high && tall:
				s.form(glyphs, i, tonesLeft+rune(tone))
			case tall:
				s.form(glyphs, i, tonesAside+rune(tone))
			case !high:
				s.form(glyphs, i, tonesLow+rune(tone))
			}
		case strings.ContainsRune(thaiBelow, g.r) && thaiBare[glyphs[letter].r] != 0:
			s.form(glyphs, letter, thaiBare[glyphs[letter].r])
		}
	}
}

func (s *shaper) form(glyphs []glyph, i int, form rune) {
	if w, ok := s.faces.has(fonts.Thai, form); ok {
		glyphs[i].form, glyphs[i].advance = form, w
	}
}

// runeIndex returns the place of a rune among the runes of a text, or -1.
func runeIndex(text string, r rune) int {
	for i, t := range []rune(text) {
		if t == r {
			return i
		}
	}
	return -1
}

// clingsInThai reports whether a line may not begin with a Thai character: one
// that is spoken with what stands before it, or follows a vowel that is written
// before its letter. Words are not told apart; that would need a dictionary.
func clingsInThai(before, r rune) bool {
	return thai(before) && (strings.ContainsRune("ะาำๅๆฯ", r) || thai(r) && strings.ContainsRune("เแโใไ", before))
}
