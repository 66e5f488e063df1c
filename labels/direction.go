package labels

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// runsToRight is a mark without ink: what follows it runs from left to right,
// whatever stands before. It is in no text that is set.
const runsToRight = '\u200e'

// visual puts the glyphs of one line into the order in which they stand from
// left to right.
func visual(line []glyph) []glyph {
	if !slices.ContainsFunc(line, func(g glyph) bool { return rightToLeft(g.r) }) {
		return line
	}
	out := slices.Clone(line)
	levels := levelsOf(out)
	for i, level := range levels {
		if level == 1 {
			out[i].r = mirrored(out[i].r)
		}
	}
	for level := 2; level > 0; level-- {
		for from := 0; from < len(out); from++ {
			to := from
			for to < len(out) && levels[to] >= level {
				to++
			}
			slices.Reverse(out[from:to])
			slices.Reverse(levels[from:to])
			from = max(from, to)
		}
	}
	return out
}

// levelsOf returns the embedding level of each glyph: 0 and 2 run to the right,
// 1 to the left. [bidi] tells no more than the two directions, and in the order
// of the text, so what is at 2 must be found here: all of a line that begins at
// the right, and the numbers among its letters in any other.
func levelsOf(line []glyph) []int {
	text := make([]rune, len(line))
	for i, g := range line {
		text[i] = g.r
		if i > 0 && i+1 < len(line) && unicode.IsDigit(line[i-1].r) && unicode.IsDigit(line[i+1].r) && strings.ContainsRune("+-/.,:،", g.r) {
			text[i] = line[i-1].r // 12-5 is one number; Unicode would turn it around after Arabic letters
		}
	}
	var p bidi.Paragraph
	p.SetString(string(text))
	order, _ := p.Order() // it fails for levels of the caller only
	levels := make([]int, len(line))
	base, last := beginsAtTheRight(line), bidi.L // last is the kind of the letter before a number
	for n := range order.NumRuns() {
		run := order.Run(n)
		for i, end := run.Pos(); i <= end; i++ {
			if c := class(text[i]); c == bidi.L || c == bidi.R || c == bidi.AL {
				last = c
			}
			switch {
			case run.Direction() == bidi.RightToLeft:
				levels[i] = 1
			case base || ofNumber(text, i, last):
				levels[i] = 2
			}
		}
	}
	return levels
}

// ofNumber reports whether a character belongs to a number that takes the
// direction of the letters before it, the last of which is given. So does a sign
// like % or # that stands at it, but not in Arabic.
func ofNumber(text []rune, i int, last bidi.Class) bool {
	switch class(text[i]) {
	case bidi.AN:
		return true
	case bidi.EN:
		return last != bidi.L
	case bidi.ET:
		sign := func(r rune) bool { return class(r) == bidi.ET }
		before, after := strings.TrimRightFunc(string(text[:i]), sign), strings.TrimLeftFunc(string(text[i:]), sign)
		b, _ := utf8.DecodeLastRuneInString(before)
		a, _ := utf8.DecodeRuneInString(after)
		return last == bidi.R && (class(a) == bidi.EN || class(b) == bidi.EN)
	}
	return false
}

// beginsAtTheRight reports whether a line runs from right to left as a whole:
// its first letter does.
func beginsAtTheRight(line []glyph) bool {
	i := slices.IndexFunc(line, func(g glyph) bool { return class(g.r) == bidi.L || rightToLeft(g.r) })
	return i >= 0 && rightToLeft(line[i].r)
}

func class(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

// rightToLeft reports whether a character runs from right to left. Of the
// scripts that do, the supplied fonts hold Hebrew and Arabic.
func rightToLeft(r rune) bool {
	c := class(r)
	return c == bidi.R || c == bidi.AL
}

func mirrored(r rune) rune {
	const pairs = "()[]<>{}"
	if i := strings.IndexRune(pairs, r); i >= 0 {
		return rune(pairs[i^1])
	}
	return r
}

// Turned cuts a line into the pieces that stand beside each other from left to right,
// for who writes each of them by itself: what a piece holds is in the order in which it
// is read. A piece of signs alone is turned already.
func Turned(text string) []string {
	var line []glyph
	for _, r := range text {
		line = append(line, glyph{r: r})
	}
	if !slices.ContainsFunc(line, func(g glyph) bool { return rightToLeft(g.r) }) {
		return []string{text}
	}
	type run struct {
		level int
		text  []rune
	}
	var runs []run
	for i, level := range levelsOf(line) {
		if n := len(runs); n == 0 || runs[n-1].level != level {
			runs = append(runs, run{level: level})
		}
		last := &runs[len(runs)-1]
		last.text = append(last.text, line[i].r)
	}
	for level := 2; level > 0; level-- {
		for from := 0; from < len(runs); from++ {
			to := from
			for to < len(runs) && runs[to].level >= level {
				to++
			}
			slices.Reverse(runs[from:to])
			from = max(from, to)
		}
	}
	var out []string
	for _, r := range runs {
		if r.level != 1 {
			out = append(out, string(r.text))
			continue
		}
		first := slices.IndexFunc(r.text, rightToLeft)
		end := len(r.text)
		for first >= 0 && !rightToLeft(r.text[end-1]) && !unicode.Is(unicode.Mn, r.text[end-1]) {
			end--
		}
		if first < 0 { // signs between two numbers
			first, end = 0, 0
		}
		for _, piece := range []string{turned(r.text[end:]), string(r.text[first:end]), turned(r.text[:first])} {
			if piece != "" {
				out = append(out, piece)
			}
		}
	}
	return out
}

// turned writes signs from right to left.
func turned(signs []rune) string {
	out := slices.Clone(signs)
	slices.Reverse(out)
	for i, r := range out {
		out[i] = mirrored(r)
	}
	return string(out)
}
