package labels

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"packbench/assets/fonts"
)

// glyph is one character that is known to print.
type glyph struct {
	r       rune
	form    rune // what is drawn for it where that is another character of the font, else 0
	font    fonts.Name
	advance int // thousandths of the em
}

// substitute stands where a character cannot be printed: a box, because
// nothing and "?" could both be taken for the text itself.
const substitute = '□'

// shaper turns text into glyphs and keeps what it could not turn.
type shaper struct {
	faces   faces
	missing []Missing
}

// mostGlyphs is more than any label holds; what lies beyond is not looked at,
// so that a megabyte in a name costs no more than a page.
const mostGlyphs = 4000

// shape cleans a text and finds a font for each of its characters. Line breaks
// and every kind of space become one space; what is invisible goes.
func (s *shaper) shape(field, text string, want fonts.Name) []glyph {
	var out []glyph
	var lost []rune
	boxes := 0
	space := false
	if cut := clip(text); cut != text {
		text = cut
		s.missing = append(s.missing, Missing{Field: field, Text: "…", Why: "the text is far too long, its end is left out"})
	}
	for _, r := range joined([]rune(norm.NFC.String(strings.ToValidUTF8(text, "\ufffd")))) {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Zs, r):
			space = len(out) > 0
			continue
		case invisible(r):
			continue
		}
		if space {
			out = append(out, s.must(' ', want))
			space = false
		}
		if g, ok := s.find(r, want); ok {
			out = append(out, g)
			continue
		}
		if plain, ok := s.compatible(r, want); ok {
			out = append(out, plain...)
			continue
		}
		if w, ok := s.faces.has(fonts.Wide, r); ok && r != unicode.ReplacementChar { // a sign that nothing plain stands for
			out = append(out, glyph{r: r, font: fonts.Wide, advance: w})
			continue
		}
		out = append(out, s.must(substitute, want))
		boxes++
		if !slices.Contains(lost, r) {
			lost = append(lost, r)
		}
	}
	if len(lost) > 0 {
		s.missing = append(s.missing, Missing{Field: field, Text: string(lost), Why: "no font can print this, a box stands for it", Boxes: boxes})
	}
	s.placeThai(out)
	return out
}

// clip cuts a text after the most runes that are looked at.
func clip(text string) string {
	n := 0
	for i := range text {
		if n++; n > mostGlyphs {
			return text[:i]
		}
	}
	return text
}

// find returns the font of a character: the wanted one, else that of its script.
// The font for Chinese has a few other glyphs (some Hangul among them) which are
// not used: half a name in boxes is worse than a name that is said to be missing.
func (s *shaper) find(r rune, want fonts.Name) (glyph, bool) {
	if want == Own {
		if w, ok := s.faces.has(want, r); ok && !shaped(r) {
			return glyph{r: r, font: want, advance: w}, true
		}
		want = fonts.SansBold
	}
	if w, ok := s.faces.has(want, r); ok {
		return glyph{r: r, font: want, advance: w}, true
	}
	name := fonts.Fallback
	switch {
	case thai(r):
		name = fonts.Thai
	case hangul(r):
		name = fonts.Hangul
	case unicode.In(r, unicode.Arabic, unicode.Armenian, unicode.Georgian) || unicode.IsDigit(r):
		name = fonts.Wide
	case !eastAsian(r):
		return glyph{}, false
	}
	w, ok := s.faces.has(name, r)
	return glyph{r: r, font: name, advance: w}, ok
}

// compatible replaces ornamental forms of plain characters (𝐀, ①, ﬁ) where
// all of the plain ones print.
func (s *shaper) compatible(r rune, want fonts.Name) ([]glyph, bool) {
	plain := norm.NFKC.String(string(r))
	if plain == string(r) {
		return nil, false
	}
	var out []glyph
	for _, p := range plain {
		g, ok := s.find(p, want)
		if !ok {
			return nil, false
		}
		out = append(out, g)
	}
	return out, len(out) > 0
}

// must is find for characters that the supplied fonts are known to have.
func (s *shaper) must(r rune, want fonts.Name) glyph {
	g, _ := s.find(r, want)
	g.r = r
	if want != Own { // which may lack it
		g.font = want
	}
	return g
}

// invisible characters carry no ink: controls, joiners, marks of direction,
// variation selectors, the blanks in place of a Korean letter.
func invisible(r rune) bool {
	return strings.ContainsRune("\u115f\u1160\u3164\uffa0", r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u034f'
}

func eastAsian(r rune) bool {
	return r >= 0x2e80 && r < 0xa000 && !(r >= 0x3130 && r < 0x3190) ||
		r >= 0xf900 && r < 0xfb00 || r >= 0xfe30 && r < 0xfe50 || r >= 0xff00 && r < 0xffa0 || r >= 0xffe0 && r < 0xfff0
}

// width of glyphs in thousandths of the em.
func width(glyphs []glyph) int {
	n := 0
	for _, g := range glyphs {
		n += g.advance
	}
	return n
}

// wrap breaks glyphs into lines of at most the given width in thousandths of
// the em: at spaces, between East Asian characters, and inside a word only
// where the word alone is too long.
func wrap(glyphs []glyph, limit int) [][]glyph {
	var lines [][]glyph
	for len(glyphs) > 0 {
		end, next := breakAt(glyphs, limit)
		lines = append(lines, glyphs[:end])
		glyphs = glyphs[next:]
	}
	return lines
}

// breakAt finds the end of the first line and the start of the next.
func breakAt(glyphs []glyph, limit int) (end, next int) {
	room := limit
	for i, g := range glyphs {
		if i > 0 && g.r != ' ' && glyphs[i-1].r != ' ' && (eastAsian(g.r) || eastAsian(glyphs[i-1].r)) && !closing(g.r) {
			end, next = i, i
		}
		if g.r == ' ' {
			end, next = i, i+1
		}
		if room -= g.advance; room < 0 && g.r != ' ' {
			if end == 0 {
				end = whole(glyphs, max(i, 1))
				next = end
			}
			return end, next
		}
	}
	return len(glyphs), len(glyphs)
}

// whole moves an end of a line back to where no letter is parted from its
// signs, if there is such a place.
func whole(glyphs []glyph, end int) int {
	for at := end; at > 0 && at < len(glyphs); at-- {
		if !clings(glyphs[at-1].r, glyphs[at].r) {
			return at
		}
	}
	return end
}

// clings reports whether a character may not be parted from the one before it.
func clings(before, r rune) bool { return unicode.Is(unicode.Mn, r) || clingsInThai(before, r) }

// closing punctuation does not begin a line.
func closing(r rune) bool { return strings.ContainsRune("、。，．）」』】！？：；ー", r) }
