package labels

import (
	"image"
	"slices"
	"strings"

	"packbench/assets/fonts"
	"packbench/station/unit"
)

// fit is how the recipient and what stands below share the room. Letters never
// get smaller than postal rules allow, so a long address takes the room of what
// a parcel arrives without.
type fit struct {
	style   style
	beside  bool        // the phone stands beside the heading
	routing unit.Length // em of the routing; 0 prints none
	refs    bool        // the references are printed
	second  bool        // the address in other letters stands below
}

// fits are the ways to share the room, from the best to the last.
func (l *shippingLayout) fits() []fit {
	full := tenth(110)
	tight, narrow := bold(46).least8(), sans(46).least8()
	all := []fit{
		{style: tight.spaced(120), routing: full, refs: true},
		{style: tight, beside: true, routing: full, refs: true},
		{style: narrow, beside: true, routing: full, refs: true},
	}
	less := tenth(60)
	if strings.TrimSpace(l.s.Routing) == "" { // country and postcode, which the address says too
		less = 0
	}
	all = append(all,
		fit{style: narrow, beside: true, routing: less, refs: true},
		fit{style: narrow, beside: true, routing: less},
	)
	if l.s.To.beside() == "" {
		return all
	}
	both := slices.Clone(all)
	for i := range both {
		both[i].second = true
	}
	return append(both, all...)
}

func secondStyle() style { return sans(36).least8() }

// secondHeight is the least that the address in other letters takes in a width.
func (l *shippingLayout) secondHeight(f fit, wide int) int {
	if !f.second {
		return 0
	}
	_, size := l.sizes(secondStyle())
	lines := len(wrap(l.trial(l.s.To.beside(), secondStyle().font), wide*1000/size))
	return l.height(lines, size, secondStyle()) + l.mm(8)
}

// roomFor finds how the recipient and the routing fit into a zone; the last way
// where none does.
func (l *shippingLayout) roomFor(zone image.Rectangle) fit {
	all := l.fits()
	for _, f := range all {
		var shaped [][]glyph
		for _, p := range l.s.To.Lines(l.s.From) {
			if g := l.trial(p, f.style.font); len(g) > 0 {
				shaped = append(shaped, g)
			}
		}
		box := l.addressBox(zone, f)
		_, size := l.sizes(f.style)
		if l.height(len(l.broken(shaped, size, box)), size, f.style) <= box.Dy() {
			return f
		}
	}
	return all[len(all)-1]
}

// addressBox is what is left for the address in a zone above the routing.
func (l *shippingLayout) addressBox(zone image.Rectangle, f fit) image.Rectangle {
	height, small := l.routingHeights(f)
	zone.Max.Y -= height + small + l.mm(6)
	if height+small > 0 {
		zone.Max.Y -= l.stroke()
	}
	zone.Min.Y += lineHeight(l.mm(24)) + l.mm(4)
	if l.phone() != "" && !f.beside {
		zone.Max.Y -= lineHeight(l.mm(26)) + l.mm(4)
	}
	zone.Max.Y -= l.secondHeight(f, zone.Dx())
	return zone
}

func (l *shippingLayout) phone() string {
	phone := strings.TrimSpace(l.s.To.Phone)
	if phone == "" {
		return ""
	}
	return l.say("Phone %s", phone)
}

// recipient sets heading, address and phone into a zone above the routing.
func (l *shippingLayout) recipient(zone image.Rectangle, f fit) {
	box := l.addressBox(zone, f)
	heading := image.Rect(box.Min.X, zone.Min.Y, box.Max.X, box.Min.Y-l.mm(4))
	switch phone := l.phone(); {
	case phone != "" && f.beside:
		heading = l.besidePhone(heading, phone)
	case phone != "":
		top := box.Max.Y + l.secondHeight(f, box.Dx()) + l.mm(4)
		small := image.Rect(box.Min.X, top, box.Max.X, top+lineHeight(l.mm(26)))
		l.line(small, sans(26), "recipient's phone", phone)
	}
	l.line(heading, bold(24), "recipient", l.words[1])
	used := l.address(box, f.style, "recipient's ", l.s.To.parts(l.s.From))
	switch text := l.s.To.beside(); {
	case f.second:
		below := image.Rect(box.Min.X, box.Min.Y+used+l.mm(8), box.Max.X, box.Max.Y+l.secondHeight(f, box.Dx()))
		l.block(below, secondStyle(), "recipient in other letters", one(text))
	case text != "":
		l.lose("recipient in other letters", text)
	}
}

// besidePhone sets the phone to the right of the heading, and returns what is
// left of that. Half a number is none: one that is too long is left out.
func (l *shippingLayout) besidePhone(heading image.Rectangle, phone string) image.Rectangle {
	room := heading
	room.Min.X += (width(l.trial(l.words[1], fonts.SansBold))*l.mm(24)+999)/1000 + l.mm(20)
	if room.Dx() <= 0 || width(l.trial(phone, fonts.Sans))*l.dots(leastText) > room.Dx()*1000 {
		l.lose("recipient's phone", phone)
		return heading
	}
	l.line(room, sans(24).right(), "recipient's phone", phone)
	heading.Max.X = room.Min.X
	return heading
}

// address sets the lines of an address as block does, each under its own name.
// Where they do not fit, names and companies are cut first, at their ends;
// streets and cities in their middle, because house numbers and postcodes stand
// at the ends. It returns the height that it took.
func (c *canvas) address(box image.Rectangle, s style, whose string, lines []addressLine) int {
	var shaped []addressShape
	for _, l := range lines {
		if g := c.shape(whose+l.what, l.text, s.font); len(g) > 0 {
			shaped = append(shaped, addressShape{whose + l.what, l.what, g})
		}
	}
	if len(shaped) == 0 {
		return 0
	}
	size, least := c.sizes(s)
	set := broken(shaped, box.Dx()*1000/size)
	for size > least && c.height(len(set), size, s) > box.Dy() {
		size--
		set = broken(shaped, box.Dx()*1000/size)
	}
	if room := max(1, 1+(box.Dy()-lineHeight(size))/c.pitch(size, s)); room < len(set) {
		set = c.squeeze(shaped, box.Dx()*1000/size, room)
	}
	if slices.ContainsFunc(set, beginsAtTheRight) { // on a wide page its country would stand far off
		wide := 0
		for _, l := range set {
			wide = max(wide, width(l))
		}
		box.Max.X = min(box.Max.X, box.Min.X+(wide*size+999)/1000)
	}
	top := box.Min.Y
	for _, l := range set {
		c.put(image.Rect(box.Min.X, top, box.Max.X, box.Max.Y), s, size, l)
		top += c.pitch(size, s)
	}
	return c.height(len(set), size, s)
}

// addressShape is a line of an address in glyphs.
type addressShape struct {
	field, what string
	glyphs      []glyph
}

func (a addressShape) aboutWho() bool { return a.what == theName || a.what == theCompany }

func broken(shaped []addressShape, limit int) [][]glyph {
	var lines [][]glyph
	for _, s := range shaped {
		all := wrap(s.glyphs, limit)
		if s.what == theCity && len(all) > 1 {
			all = together(s.glyphs, all, limit)
		}
		lines = append(lines, all...)
	}
	return lines
}

// together keeps a postcode that would stand on a line of its own beside the word before
// it: a sorter looks for "IL 60601".
func together(glyphs []glyph, lines [][]glyph, limit int) [][]glyph {
	space := func(g glyph) bool { return g.r == ' ' }
	last := lines[len(lines)-1]
	if slices.ContainsFunc(last, space) || !slices.ContainsFunc(last, func(g glyph) bool { return g.r >= '0' && g.r <= '9' }) {
		return lines
	}
	before := glyphs[:len(glyphs)-len(last)]
	for len(before) > 0 && space(before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	at := len(before)
	for at > 0 && !space(before[at-1]) {
		at--
	}
	if at == 0 || width(glyphs[at:]) > limit {
		return lines
	}
	parted := append(wrap(glyphs[:at-1], limit), glyphs[at:])
	if len(parted) > len(lines) {
		return lines
	}
	return parted
}

// squeeze sets an address on too few lines, and says what is lost.
func (c *canvas) squeeze(shaped []addressShape, limit, room int) [][]glyph {
	for len(shaped) > room && len(shaped) > 1 { // not even a line each
		at := max(0, slices.IndexFunc(shaped, addressShape.aboutWho))
		c.lose(shaped[at].field, textOf(shaped[at].glyphs))
		shaped = slices.Delete(slices.Clone(shaped), at, at+1)
	}
	most := shares(shaped, limit, room)
	var lines [][]glyph
	for i, s := range shaped {
		all := wrap(s.glyphs, limit)
		if len(all) <= most[i] {
			lines = append(lines, all...)
			continue
		}
		whole := all[:most[i]-1]
		rest := s.glyphs[begins(s.glyphs, whole):]
		if s.aboutWho() {
			lines = append(append(lines, whole...), c.cut(s.field, rest, limit))
		} else {
			lines = append(append(lines, whole...), c.cutMiddle(s.field, rest, limit))
		}
	}
	return lines
}

// shares returns the lines that each part of an address may take: one, then what
// it needs, in turn; names and companies take what the others leave.
func shares(shaped []addressShape, limit, room int) []int {
	most := make([]int, len(shaped))
	for i := range most {
		most[i] = 1
	}
	left := room - len(shaped)
	for _, who := range []bool{false, true} {
		for before := -1; left > 0 && left != before; {
			before = left
			for i, s := range shaped {
				if left > 0 && s.aboutWho() == who && most[i] < len(wrap(s.glyphs, limit)) {
					most[i]++
					left--
				}
			}
		}
	}
	return most
}

// begins counts the glyphs that lines hold, with the spaces between them: where
// the next line begins.
func begins(glyphs []glyph, lines [][]glyph) int {
	n := 0
	for _, l := range lines {
		if n += len(l); n < len(glyphs) && glyphs[n].r == ' ' {
			n++
		}
	}
	return n
}

// cutMiddle shortens glyphs to a width and keeps both ends; what is taken out
// is said.
func (c *canvas) cutMiddle(field string, glyphs []glyph, limit int) []glyph {
	font := fonts.Sans
	if glyphs[0].font == fonts.SansBold {
		font = fonts.SansBold
	}
	dots := c.must('…', font)
	from, tail := len(glyphs), (limit-dots.advance)/2
	for from > 1 && tail >= glyphs[from-1].advance {
		from--
		tail -= glyphs[from].advance
	}
	if word := slices.IndexFunc(glyphs[from:], func(g glyph) bool { return g.r == ' ' }); word >= 0 && from+word+1 < len(glyphs) {
		from += word + 1 // half a word says nothing, half a number is another one
	}
	to, head := 0, limit-dots.advance-width(glyphs[from:])
	for to < from && head >= glyphs[to].advance {
		head -= glyphs[to].advance
		to++
	}
	to = whole(glyphs, to)
	c.lose(field, textOf(glyphs[to:from]))
	return slices.Concat(glyphs[:to], []glyph{dots}, glyphs[from:])
}

// lose says what there is no room for.
func (c *canvas) lose(field, text string) {
	c.missing = append(c.missing, Missing{Field: field, Text: text, Why: "there is no room for this"})
}
