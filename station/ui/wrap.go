package ui

import (
	"strings"
	"unicode"

	"packbench/station"
)

// wrap cuts a text into lines no wider than width design units, between words and
// between Chinese, Japanese and Korean characters. A word that is wider by itself,
// such as the name of a port or a long German noun, is cut where it has to be.
func (p *pen) wrap(text string, width float32, s style) []string {
	var out []string
	line := ""
	for _, piece := range pieces(station.Visible(text)) {
		longer := line + piece
		if line != "" && p.wide(strings.TrimRight(longer, " "), s) > width {
			out = append(out, strings.TrimRight(line, " "))
			longer = piece
		}
		line = longer
		for wide := p.wide(strings.TrimRight(line, " "), s); wide > width; wide = p.wide(strings.TrimRight(line, " "), s) {
			letters := []rune(line)
			n := min(max(int(float32(len(letters))*width/wide), 1), len(letters)-1)
			for n > 1 && p.wide(hyphened(letters[:n], s), s) > width {
				n--
			}
			if n < 1 {
				break
			}
			out, line = append(out, hyphened(letters[:n], s)), string(letters[n:])
		}
	}
	if line = strings.TrimRight(line, " "); line != "" {
		out = append(out, line)
	}
	return out
}

// hyphened is the part of a word before a cut. What is to be copied letter by letter
// gets no hyphen.
func hyphened(letters []rune, s style) string {
	if last := letters[len(letters)-1]; s.mono || !unicode.IsLetter(last) || scriptOf(last) == han {
		return string(letters)
	}
	return string(letters) + "-"
}

// pieces cuts a text where a line may end: words with the space behind them, and
// characters of scripts that write none. What closes does not begin a line, and what
// opens does not end one.
func pieces(text string) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		start, before := 0, rune(0)
		for i, r := range word {
			if before != 0 && (scriptOf(r) == han || scriptOf(before) == han) &&
				!unicode.In(r, unicode.Pe, unicode.Pf, unicode.Po, unicode.Lm, unicode.Mn) && !unicode.In(before, unicode.Ps, unicode.Pi) {
				out, start = append(out, word[start:i]), i
			}
			before = r
		}
		out = append(out, word[start:]+" ")
	}
	return out
}

// longest is the width of the widest piece of a text that a line should not cut.
func (p *pen) longest(text string, s style) float32 {
	wide := float32(0)
	for _, piece := range pieces(station.Visible(text)) {
		wide = max(wide, p.wide(strings.TrimRight(piece, " "), s))
	}
	return wide
}

// rest is what of a text stands behind its first lines.
func rest(text string, lines []string) string {
	text = strings.Join(strings.Fields(station.Visible(text)), " ")
	for _, l := range lines {
		if left, whole := strings.CutPrefix(text, l); whole {
			text = strings.TrimLeft(left, " ")
		} else {
			text = strings.TrimPrefix(text, strings.TrimSuffix(l, "-"))
		}
	}
	return text
}

// leading is the height of a line as a share of the type size.
const leading = 1.2

// paragraph writes at most max lines from the top of the place; the type
// becomes smaller, down to its least size, before a text is cut. It gives the
// height that was used.
func (p *pen) paragraph(r rect, text string, most int, s style) float32 {
	if text == "" {
		return 0
	}
	lines, text := p.wrap(text, r.w, s), station.Visible(text)
	high := func() bool { return p.ui.scale > 1 && float32(len(lines))*s.size*leading > r.h+1 }
	for least := p.least(s); least > 0 && s.size > least && (len(lines) > most || p.longest(text, s) > r.w || high()); {
		s.size = max(least, s.size*0.94)
		lines = p.wrap(text, r.w, s)
	}
	if len(lines) > most {
		lines[most-1] = rest(text, lines[:most-1])
		lines = lines[:most]
	}
	s.least = s.size
	h := s.size * leading
	for i, line := range lines {
		p.text(rect{r.x, r.y + float32(i)*h, r.w, h}, line, s)
		p.g.marks[len(p.g.marks)-1].text = text // by which it is known, wherever its lines end
	}
	return float32(len(lines)) * h
}

// least is how small a text may become to fit: where the page is drawn larger, as small
// as it is at the size of the design.
func (p *pen) least(s style) float32 {
	if p.ui.scale == 1 {
		return s.least
	}
	if s.least == 0 {
		s.least = s.size
	}
	return s.least / p.ui.scale
}

// folded writes a text that has no room in one line in two.
func (p *pen) folded(r rect, text string, s style) float32 {
	s.size = min(s.size, r.h/(2*leading))
	small := s
	small.size = p.least(s)
	if lines := p.wrap(text, r.w, small); len(lines) > 2 {
		p.lost(text)
	}
	high := 2 * s.size * leading
	p.paragraph(rect{r.x, r.y + (r.h-high)/2, r.w, high}, text, 2, s)
	return r.w
}
