package labels

import (
	"fmt"
	"image"
	"slices"

	"packbench/assets/fonts"
	"packbench/labels/barcode"
	"packbench/station/unit"
)

// canvas collects the boxes of one document.
type canvas struct {
	shaper
	Profile
	w, h  int
	pages []Page
	own   *Font // nil: none
}

// style of a text. Sizes are lengths of the em on paper.
type style struct {
	font    fonts.Name
	size    unit.Length // wanted
	least   unit.Length // shrinks down to this; 0 takes the canvas' least
	align   Align
	white   bool
	accent  bool
	middle  bool // of the box's height, for a single line
	leading int  // line distance in percent of the em; 0 is 116
}

// bold and sans are styles of an em in tenths of a millimetre.
func bold(tenths int) style { return style{font: fonts.SansBold, size: tenth(tenths)} }
func sans(tenths int) style { return style{font: fonts.Sans, size: tenth(tenths)} }

func (s style) centred() style { s.align = Centre; return s }
func (s style) right() style   { s.align = Right; return s }

// coloured text stands in the shop's accent colour.
func (s style) coloured() style { s.accent = true; return s }

func (s style) inWhite() style { s.white = true; return s }

// within centres a line in its box, both ways.
func (s style) within() style { s.align, s.middle = Centre, true; return s }

// down shrinks to at least an em in tenths of a millimetre.
func (s style) down(tenths int) style { s.least = tenth(tenths); return s }

// least8 shrinks to 8 points at least, the smallest that postal rules allow
// for a recipient: capitals 2 mm high.
func (s style) least8() style { return s.down(29) }

// fixed text does not shrink.
func (s style) fixed() style { s.least = s.size; return s }

// spaced sets the line distance in percent of the em.
func (s style) spaced(percent int) style { s.leading = percent; return s }

func tenth(n int) unit.Length { return unit.Length(n) * unit.Millimetre / 10 }

// The ascent and descent of the Latin fonts in thousandths of the em; lines of
// East Asian text fit into them as well.
const (
	ascent  = 905
	descent = 212
)

// leastText is the smallest em that a thermal printer still prints readably.
const leastText = 17 * unit.Millimetre / 10

func (c *canvas) layout(title string) Layout {
	return Layout{Title: title, DPI: c.DPI, W: c.w, H: c.h, Pages: c.pages, Own: c.own}
}

func (c *canvas) add(b Box) {
	page := &c.pages[len(c.pages)-1]
	page.Boxes = append(page.Boxes, b)
}

// mm returns dots of tenths of a millimetre.
func (c *canvas) mm(tenths int) int { return c.dots(tenth(tenths)) }

// lineHeight of an em in dots: from the top of the accents to the descenders.
func lineHeight(size int) int { return (size*(ascent+descent) + 999) / 1000 }

// line sets one line into the top of a box, shrunk to its width, and returns the
// height that it took. What does not fit even so is cut and said.
func (c *canvas) line(box image.Rectangle, s style, field, text string) int {
	glyphs := c.shape(field, text, s.font)
	if len(glyphs) == 0 {
		return 0
	}
	size, least := c.sizes(s)
	wide := width(glyphs)
	for size > least && (wide*size > box.Dx()*1000 || lineHeight(size) > box.Dy()) {
		size--
	}
	if wide*size > box.Dx()*1000 {
		glyphs = c.cut(field, glyphs, box.Dx()*1000/size)
	}
	if s.middle {
		box.Min.Y += max(0, box.Dy()-lineHeight(size)) / 2
	}
	c.put(box, s, size, glyphs)
	return lineHeight(size)
}

// block sets paragraphs into a box, wrapped, all in one size that is shrunk
// until they fit, and returns the height that it took.
func (c *canvas) block(box image.Rectangle, s style, field string, paragraphs []string) int {
	var shaped [][]glyph
	for _, p := range paragraphs {
		if g := c.shape(field, p, s.font); len(g) > 0 {
			shaped = append(shaped, g)
		}
	}
	if len(shaped) == 0 {
		return 0
	}
	size, least := c.sizes(s)
	lines := c.broken(shaped, size, box)
	for size > least && c.height(len(lines), size, s) > box.Dy() {
		size--
		lines = c.broken(shaped, size, box)
	}
	if fit := 1 + (box.Dy()-lineHeight(size))/c.pitch(size, s); fit < len(lines) {
		lines = c.share(field, shaped, box.Dx()*1000/size, max(fit, 1))
	}
	top := box.Min.Y
	for _, l := range lines {
		c.put(image.Rect(box.Min.X, top, box.Max.X, box.Max.Y), s, size, l)
		top += c.pitch(size, s)
	}
	return c.height(len(lines), size, s)
}

// crowd joins paragraphs until there are no more of them than lines: each time
// the two neighbours that are shortest together, with a comma between them.
func (c *canvas) crowd(paragraphs [][]glyph, fit int) [][]glyph {
	out := slices.Clone(paragraphs)
	for len(out) > max(fit, 1) {
		at := 0
		for i := range len(out) - 1 {
			if width(out[i])+width(out[i+1]) <= width(out[at])+width(out[at+1]) {
				at = i
			}
		}
		font := fonts.Sans
		if out[at][0].font == fonts.SansBold {
			font = fonts.SansBold
		}
		comma := []glyph{c.must(',', font), c.must(' ', font)}
		out = slices.Replace(out, at, at+2, slices.Concat(out[at], comma, out[at+1]))
	}
	return out
}

// holds reports whether a box takes paragraphs without a cut.
func (c *canvas) holds(box image.Rectangle, s style, paragraphs []string) bool {
	var shaped [][]glyph
	for _, p := range paragraphs {
		if g := c.trial(p, s.font); len(g) > 0 {
			shaped = append(shaped, g)
		}
	}
	_, least := c.sizes(s)
	fit := 1 + (box.Dy()-lineHeight(least))/c.pitch(least, s)
	return len(c.broken(c.crowd(shaped, fit), least, box)) <= fit
}

// share gives each paragraph its part of too few lines and cuts the longest:
// a name of 500 characters must not push the city off the label.
func (c *canvas) share(field string, paragraphs [][]glyph, limit, fit int) [][]glyph {
	paragraphs = c.crowd(paragraphs, fit)
	wrapped, most := make([][][]glyph, len(paragraphs)), make([]int, len(paragraphs))
	for i, p := range paragraphs {
		wrapped[i], most[i] = wrap(p, limit), 1
	}
	for left, before := fit-len(paragraphs), -1; left > 0 && left != before; { // a line each, in turn
		before = left
		for i, w := range wrapped {
			if left > 0 && most[i] < len(w) {
				most[i]++
				left--
			}
		}
	}
	var lines [][]glyph
	for i, w := range wrapped {
		if len(w) > most[i] {
			skip := 0 // glyphs of the lines that stay whole
			for _, l := range w[:most[i]-1] {
				skip += len(l)
				if skip < len(paragraphs[i]) && paragraphs[i][skip].r == ' ' {
					skip++
				}
			}
			w = append(slices.Clone(w[:most[i]-1]), c.cut(field, paragraphs[i][skip:], limit))
		}
		lines = append(lines, w...)
	}
	return lines
}

// tall returns the height that a text takes at its wanted size, wrapped.
func (c *canvas) tall(width int, s style, text string) int {
	return c.tallOf(width, s, []string{text})
}

// tallOf returns the height that paragraphs take at their wanted size, wrapped.
func (c *canvas) tallOf(width int, s style, paragraphs []string) int {
	size, lines := c.dots(s.size), 0
	for _, p := range paragraphs {
		if glyphs := c.trial(p, s.font); len(glyphs) > 0 {
			lines += len(wrap(glyphs, width*1000/size))
		}
	}
	if lines == 0 {
		return 0
	}
	return c.height(lines, size, s)
}

// trial shapes a text to measure it; what is missing is said when it is set.
func (c *canvas) trial(text string, font fonts.Name) []glyph {
	s := shaper{faces: c.faces}
	return s.shape("", text, font)
}

func (c *canvas) broken(paragraphs [][]glyph, size int, box image.Rectangle) [][]glyph {
	var lines [][]glyph
	for _, p := range paragraphs {
		lines = append(lines, wrap(p, box.Dx()*1000/size)...)
	}
	return lines
}

func (c *canvas) sizes(s style) (size, least int) {
	if s.least == 0 {
		s.least = leastText
	}
	return c.dots(s.size), min(c.dots(s.least), c.dots(s.size))
}

// pitch is the distance of two lines. It is never less than a line's height,
// so that no two boxes of text overlap.
func (c *canvas) pitch(size int, s style) int {
	return max(lineHeight(size), size*s.leading/100)
}

func (c *canvas) height(lines, size int, s style) int {
	return (lines-1)*c.pitch(size, s) + lineHeight(size)
}

// cut shortens glyphs to a width, ends them with an ellipsis and says so.
func (c *canvas) cut(field string, glyphs []glyph, limit int) []glyph {
	font := glyphs[0].font
	if font != fonts.SansBold && font != fonts.Wide { // the others lack it, or have one that looks like something else
		font = fonts.Sans
	}
	dots := c.must('…', font)
	if width(glyphs) <= limit {
		return glyphs
	}
	n, room := 0, limit-dots.advance
	for room -= glyphs[0].advance; room >= 0; room -= glyphs[n].advance {
		n++
	}
	n = whole(glyphs, n)
	c.missing = append(c.missing, Missing{Field: field, Text: textOf(glyphs[n:]), Why: "there is no room for this"})
	return append(slices.Clone(glyphs[:n]), dots)
}

// put places one line of glyphs at the top of a box.
func (c *canvas) put(box image.Rectangle, s style, size int, glyphs []glyph) {
	if s.align == Left && beginsAtTheRight(glyphs) { // there its reader looks for its beginning
		s.align = Right
	}
	t := Text{
		X: box.Min.X, Y: box.Min.Y, W: box.Dx(), H: lineHeight(size),
		Font: s.font, Size: size, Baseline: box.Min.Y + (size*ascent+500)/1000, Align: s.align, White: s.white, Accent: s.accent,
	}
	glyphs = slices.DeleteFunc(slices.Clone(visual(glyphs)), func(g glyph) bool { return g.r == runsToRight })
	if len(glyphs) == 0 {
		return
	}
	free := box.Dx()*1000 - width(glyphs)*size // thousandths of a dot
	at := 0
	switch s.align {
	case Centre:
		at = free / 2
	case Right:
		at = free
	}
	for len(glyphs) > 0 {
		n := 1
		for n < len(glyphs) && glyphs[n].font == glyphs[0].font {
			n++
		}
		w := width(glyphs[:n]) * size
		t.Runs = append(t.Runs, Run{X: t.X + at/1000, W: (w + 999) / 1000, Font: glyphs[0].font, Text: textOf(glyphs[:n]), Forms: formsOf(glyphs[:n]), Em: c.em(glyphs[0].font)})
		at += w
		glyphs = glyphs[n:]
	}
	c.add(t)
}

func textOf(glyphs []glyph) string {
	runes := make([]rune, len(glyphs))
	for i, g := range glyphs {
		runes[i] = g.r
	}
	return string(runes)
}

// formsOf returns what is drawn for glyphs, if that is not their text.
func formsOf(glyphs []glyph) string {
	runes, other := make([]rune, len(glyphs)), false
	for i, g := range glyphs {
		if runes[i] = g.r; g.form != 0 {
			runes[i], other = g.form, true
		}
	}
	if !other {
		return ""
	}
	return string(runes)
}

// bars centres a bar code in a box, at the widest of the given module widths
// that fits with its quiet zones. It reports whether one did.
func (c *canvas) bars(box image.Rectangle, runs barcode.Runs, symbol string, dots ...int) bool {
	for _, dot := range dots {
		all := (runs.Modules() + 2*quietBars) * dot
		if all > box.Dx() {
			continue
		}
		x := box.Min.X + (box.Dx()-all)/2 + quietBars*dot
		c.add(Bars{X: x, Y: box.Min.Y, Dot: dot, H: box.Dy(), Quiet: quietBars, Runs: runs, Symbol: symbol})
		return true
	}
	return false
}

// qr makes a QR code and finds the module width in dots at which it and its
// quiet zone fit into a width and height: the wanted one or less, but not
// fewer than five dots.
func (c *canvas) qr(text string, wanted unit.Length, w, h int) (m Matrix, all int, err error) {
	code, err := barcode.QR(text, barcode.Q)
	if err != nil {
		return Matrix{}, 0, err
	}
	for dot := max(5, c.dots(wanted)); dot >= 5; dot-- {
		if all = (code.Size + 2*quietMatrix) * dot; all <= w && all <= h {
			return Matrix{Dot: dot, Quiet: quietMatrix, Matrix: code, Symbol: text}, all, nil
		}
	}
	return Matrix{}, 0, fmt.Errorf("the trace code of %d characters is too long for %s paper", len(text), c.Paper.Name)
}

// at places a QR code whose quiet zone begins at a point.
func (m Matrix) at(x, y int) Matrix {
	m.X, m.Y = x+m.Quiet*m.Dot, y+m.Quiet*m.Dot
	return m
}

// Quiet zones in modules, to the letter of the standards: fewer than ten
// beside Code 128 were seen to fail.
const (
	quietBars   = 10
	quietMatrix = 4
)

func (c *canvas) fill(r image.Rectangle) { c.add(Rect{X: r.Min.X, Y: r.Min.Y, W: r.Dx(), H: r.Dy()}) }

func (c *canvas) frame(r image.Rectangle, stroke int) {
	c.add(Rect{X: r.Min.X, Y: r.Min.Y, W: r.Dx(), H: r.Dy(), Stroke: stroke})
}

func (c *canvas) rule(x, y, w, h int) { c.add(Line{X: x, Y: y, W: w, H: h}) }
