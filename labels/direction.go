package labels

import (
	"slices"
	"strings"
	"unicode"
)

// direction of a glyph, as far as names and addresses need the Unicode
// bidirectional algorithm: explicit controls were cleaned away before.
type direction byte

const (
	neutral direction = iota
	toRight
	toLeft
	number // runs to the right, but counts as its surroundings' direction
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

// levelsOf gives each glyph its embedding level: 0 and 2 run to the right, 1
// to the left.
func levelsOf(line []glyph) []int {
	dirs := directions(line)
	base := baseOf(dirs)
	level := map[direction]int{toRight: 0, toLeft: 1, number: 2}
	if base == toLeft {
		level[toRight] = 2
	}
	levels := make([]int, len(line))
	before := base // strong direction before the glyph; a number takes it over
	for i, d := range dirs {
		switch d {
		case toRight, toLeft:
			before = d
			levels[i] = level[d]
		case number:
			if levels[i] = level[toRight]; before == toLeft {
				levels[i] = level[number]
			}
		case neutral: // between equal neighbours it is one of them
			levels[i] = level[base]
			if after(dirs[i:], base, before) == before {
				levels[i] = level[before]
			}
		}
	}
	return levels
}

// baseOf gives the direction of a line: that of its first letter.
func baseOf(dirs []direction) direction {
	if i := slices.IndexFunc(dirs, func(d direction) bool { return d == toLeft || d == toRight }); i >= 0 {
		return dirs[i]
	}
	return toRight
}

// beginsAtTheRight tells whether a line runs from right to left as a whole.
func beginsAtTheRight(line []glyph) bool {
	return slices.ContainsFunc(line, func(g glyph) bool { return rightToLeft(g.r) }) && baseOf(directions(line)) == toLeft
}

// after gives the direction that follows a neutral glyph. A number counts as
// the strong direction before it.
func after(dirs []direction, base, before direction) direction {
	for _, d := range dirs {
		switch d {
		case toRight, toLeft:
			return d
		case number:
			return before
		}
	}
	return base
}

func directions(line []glyph) []direction {
	dirs := make([]direction, len(line))
	for i, g := range line {
		switch {
		case rightToLeft(g.r):
			dirs[i] = toLeft
		case unicode.IsLetter(g.r), g.r == runsToRight:
			dirs[i] = toRight
		case unicode.IsDigit(g.r):
			dirs[i] = number
		case i > 0 && unicode.Is(unicode.Mn, g.r): // a sign goes with its letter
			dirs[i] = dirs[i-1]
		}
	}
	for i := 1; i+1 < len(dirs); i++ { // 12-5 and 3.14 stay as they are
		if dirs[i] == neutral && dirs[i-1] == number && dirs[i+1] == number && strings.ContainsRune("-/.,:", line[i].r) {
			dirs[i] = number
		}
	}
	return dirs
}

// rightToLeft tells whether a character runs from right to left. Of the
// scripts that do, the supplied fonts hold Hebrew and Arabic.
func rightToLeft(r rune) bool {
	return unicode.Is(unicode.Hebrew, r) || unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r)
}

func mirrored(r rune) rune {
	const pairs = "()[]<>{}"
	if i := strings.IndexRune(pairs, r); i >= 0 {
		return rune(pairs[i^1])
	}
	return r
}
