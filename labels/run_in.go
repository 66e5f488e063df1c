package labels

import (
	"image"
	"slices"
	"sort"
	"strings"

	"packbench/assets/fonts"
)

// runIn sets an address as one paragraph, "From A, B, C", and returns the height
// that it took. words hold a %s where the address stands. Where it does not fit,
// names and companies are cut first, then streets, then cities in their middle:
// each under its own name, so that town and country stay.
func (c *canvas) runIn(box image.Rectangle, s style, whose, words string, parts []addressLine) int {
	before, after, _ := strings.Cut(words, "%s")
	var shaped []addressShape
	for _, p := range parts {
		if g := c.shape(whose+p.what, p.text, s.font); len(g) > 0 {
			shaped = append(shaped, addressShape{whose + p.what, p.what, g})
		}
	}
	if len(shaped) == 0 {
		return 0
	}
	paragraph := func(parts []addressShape) []glyph { return c.run(before, after, s.font, parts) }
	size, least := c.sizes(s)
	lines := wrap(paragraph(shaped), box.Dx()*1000/size)
	for size > least && c.height(len(lines), size, s) > box.Dy() {
		size--
		lines = wrap(paragraph(shaped), box.Dx()*1000/size)
	}
	limit, room := box.Dx()*1000/size, max(1, 1+(box.Dy()-lineHeight(size))/c.pitch(size, s))
	if len(lines) > room {
		shaped = c.shorten(shaped, func(parts []addressShape) bool { return len(wrap(paragraph(parts), limit)) <= room })
		lines = c.share(strings.TrimSuffix(whose, "'s "), [][]glyph{paragraph(shaped)}, limit, room)
	}
	top := box.Min.Y
	for _, l := range lines {
		c.put(image.Rect(box.Min.X, top, box.Max.X, box.Max.Y), s, size, l)
		top += c.pitch(size, s)
	}
	return c.height(len(lines), size, s)
}

// run joins the parts of an address with commas, between the words around it. A
// postcode stays beside its town, whatever way the name before it runs.
func (c *canvas) run(before, after string, font fonts.Name, parts []addressShape) []glyph {
	var out []glyph
	for i, p := range parts {
		if i > 0 {
			out = append(out, c.must(',', font), c.must(' ', font))
		}
		if !slices.ContainsFunc(p.glyphs, func(g glyph) bool { return rightToLeft(g.r) }) {
			out = append(out, glyph{r: runsToRight, font: font})
		}
		out = append(out, p.glyphs...)
	}
	if words := c.trial(before, font); len(words) > 0 {
		out = slices.Concat(words, []glyph{c.must(' ', font)}, out)
	}
	if words := c.trial(after, font); len(words) > 0 {
		out = slices.Concat(out, []glyph{c.must(' ', font)}, words)
	}
	return out
}

// leastPart is what stays of a part of an address at least: eight ems, so that
// a reader still knows it.
const leastPart = 8000

// shorten cuts the parts of an address until they fit: the widest first, names
// and companies before streets, and those before cities. Countries stay.
func (c *canvas) shorten(parts []addressShape, fits func([]addressShape) bool) []addressShape {
	parts = slices.Clone(parts)
	for _, what := range [][]string{{theName, theCompany}, {theStreet}, {theCity}} {
		for !fits(parts) {
			at := widest(parts, what)
			if at < 0 {
				break
			}
			whole, said := parts[at], len(c.missing)
			try := func(wide int) bool {
				parts[at].glyphs = c.shorter(whole, wide)
				c.missing = c.missing[:said]
				return fits(parts)
			}
			more := width(whole.glyphs) - leastPart
			wide := leastPart + max(0, sort.Search(more, func(n int) bool { return !try(leastPart + n) })-1)
			parts[at].glyphs = c.shorter(whole, wide)
		}
	}
	return parts
}

func (c *canvas) shorter(part addressShape, wide int) []glyph {
	if part.aboutWho() {
		return c.cut(part.field, part.glyphs, wide)
	}
	return c.cutMiddle(part.field, part.glyphs, wide)
}

// widest finds the widest part of some kinds that can still be cut; -1 where
// there is none.
func widest(parts []addressShape, what []string) int {
	at, most := -1, leastPart
	for i, p := range parts {
		if w := width(p.glyphs); slices.Contains(what, p.what) && w > most {
			at, most = i, w
		}
	}
	return at
}
