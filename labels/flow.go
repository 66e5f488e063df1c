package labels

import (
	"image"
)

// flow fills pages from the top with strips of cells and rows of tables.
type flow struct {
	*canvas
	room  image.Rectangle // what is free on the current page
	again func()          // sets the head of a page that follows; nil: it has none
}

func newFlow(c *canvas) *flow { return &flow{canvas: c, room: c.inner()} }

// put sets paragraphs across the page, on at most so many lines.
func (f *flow) put(s style, lines int, field string, texts ...string) {
	box := f.room
	box.Max.Y = min(box.Max.Y, box.Min.Y+f.height(lines, f.dots(s.size), s))
	if used := f.block(box, s, field, texts); used > 0 {
		f.room.Min.Y += used + f.mm(8)
	}
}

// putRun sets an address across the page as one paragraph, as runIn does.
func (f *flow) putRun(s style, lines int, whose, words string, parts []addressLine) {
	box := f.room
	box.Max.Y = min(box.Max.Y, box.Min.Y+f.height(lines, f.dots(s.size), s))
	if used := f.runIn(box, s, whose, words, parts); used > 0 {
		f.room.Min.Y += used + f.mm(8)
	}
}

func (f *flow) gap(tenths int) { f.room.Min.Y += f.mm(tenths) }

// across draws a rule across the page, so many tenths of a millimetre thick,
// and goes on below it.
func (f *flow) across(tenths int) {
	f.rule(f.room.Min.X, f.room.Min.Y, f.room.Dx(), f.mm(tenths))
	f.room.Min.Y += f.mm(tenths)
}

// need begins a new page where a height is not free.
func (f *flow) need(height int) bool {
	if height <= f.room.Dy() {
		return false
	}
	f.pages = append(f.pages, Page{})
	f.room = f.inner()
	if f.again != nil {
		f.again()
	}
	return true
}

// cell is a field of a form: a small caption and what it says.
type cell struct {
	caption string
	share   int // of the width; 0 counts as 1
	style   style
	lines   int // at most; 0 counts as 2
	texts   []string
	field   string // under which it is said what does not fit; "" is the caption

	// An address is cut where that does no harm, and each part under its name.
	address []addressLine // in place of texts
	whose   string        // "sender's "
	joined  bool          // with commas, in one paragraph
}

// paragraphs returns what a cell says, to measure it.
func (c cell) paragraphs() []string {
	if c.address == nil {
		return c.texts
	}
	var all []string
	for _, l := range c.address {
		all = append(all, l.text)
	}
	if c.joined {
		return one(join(", ", all...))
	}
	return all
}

// set sets what a cell says into its box.
func (f *flow) set(box image.Rectangle, c cell) {
	switch {
	case c.joined:
		f.runIn(box, c.style, c.whose, "%s", c.address)
	case c.address != nil:
		f.canvas.address(box, c.style, c.whose, c.address)
	default:
		f.block(box, c.style, first(c.field, c.caption), c.texts)
	}
}

func captionStyle() style { return sans(19).fixed() }

// strip sets cells beside each other, as high as the highest, with rules
// between and below. Text that is too much for its lines shrinks first.
func (f *flow) strip(cells ...cell) {
	shares := 0
	for i := range cells {
		cells[i].share = max(1, cells[i].share)
		cells[i].lines = max(cells[i].lines, 1)
		shares += cells[i].share
	}
	stroke, pad := f.mm(2), f.mm(12)
	caption := 0
	boxes := make([]image.Rectangle, len(cells))
	tall, left := 0, f.room.Min.X
	for i, c := range cells {
		right := left + (f.room.Dx()*c.share)/shares
		if i == len(cells)-1 {
			right = f.room.Max.X
		}
		boxes[i] = image.Rect(left, f.room.Min.Y, right, f.room.Min.Y)
		wide := right - left - 2*pad // free beside the rules
		if i == 0 {
			wide += pad
		}
		caption = max(caption, f.tall(wide, captionStyle(), c.caption))
		tall = max(tall, min(f.height(c.lines, f.dots(c.style.size), c.style), f.tallOf(wide, c.style, c.paragraphs())))
		left = right
	}
	high := f.mm(6) + caption + tall + f.mm(10)
	f.need(high + stroke)
	for i, c := range cells {
		box := boxes[i]
		box.Min.Y, box.Max.Y = f.room.Min.Y, f.room.Min.Y+high
		if i > 0 {
			f.rule(box.Min.X, box.Min.Y, stroke, high)
			box.Min.X += pad
		}
		box.Max.X -= pad
		box.Min.Y += f.mm(6)
		f.block(image.Rect(box.Min.X, box.Min.Y, box.Max.X, box.Min.Y+caption), captionStyle(), "form", one(c.caption))
		box.Min.Y += caption
		box.Max.Y -= f.mm(10)
		f.set(box, c)
	}
	f.room.Min.Y += high
	f.across(2)
}

// column of a table.
type column struct {
	title string
	wide  int // tenths of a millimetre; 0 shares what is left
	align Align
	apart int // from the column before, in tenths of a millimetre, beside the usual
}

// table sets rows in columns, and its heads again on each page.
type table struct {
	*flow
	columns []column
	body    style
	small   bool              // its heads are in two languages
	carry   func() [][]string // the row of what stood on the pages before; nil: none
}

func (t *table) edges() []image.Rectangle {
	rest, open := t.room.Dx()-t.mm(25)*(len(t.columns)-1), 0
	for _, c := range t.columns {
		rest -= t.mm(c.wide) + t.mm(c.apart)
		if c.wide == 0 {
			open++
		}
	}
	var out []image.Rectangle
	left := t.room.Min.X
	for _, c := range t.columns {
		wide := t.mm(c.wide)
		if c.wide == 0 {
			wide = rest / open
		}
		left += t.mm(c.apart)
		out = append(out, image.Rect(left, t.room.Min.Y, left+wide, t.room.Max.Y))
		left += wide + t.mm(25)
	}
	return out
}

func (t *table) heads() {
	tall := 0
	style := bold(24).fixed()
	if t.small {
		style = bold(19).fixed()
	}
	for i, box := range t.edges() {
		s := style
		s.align = t.columns[i].align
		box.Max.Y = box.Min.Y + 4*lineHeight(t.dots(style.size))
		tall = max(tall, t.block(box, s, "table", []string{t.columns[i].title}))
	}
	t.room.Min.Y += tall + t.mm(4)
	t.across(4)
	t.gap(6)
}

// row sets one row; each cell is a list of paragraphs. More than eight lines
// in a cell are cut, and that is said.
func (t *table) row(field string, cells ...[]string) {
	tall := t.tallRow(cells)
	if t.need(tall + t.mm(14)) {
		t.heads()
		if t.carry != nil {
			before := t.carry()
			t.set("carried forward", t.tallRow(before), before)
		}
	}
	t.set(field, tall, cells)
}

// tallRow is how high a row is.
func (t *table) tallRow(cells [][]string) (tall int) {
	const most = 8
	for i, box := range t.edges() {
		if t.figure(i, cells[i]) {
			tall = max(tall, lineHeight(t.dots(t.body.size)))
			continue
		}
		tall = max(tall, t.tallOf(box.Dx(), t.body, cells[i]))
	}
	return min(tall, t.height(most, t.dots(t.body.size), t.body))
}

// set draws a row where it stands.
func (t *table) set(field string, tall int, cells [][]string) {
	for i, box := range t.edges() {
		s := t.body
		s.align = t.columns[i].align
		box.Max.Y = box.Min.Y + tall
		if t.figure(i, cells[i]) {
			t.line(box, s.down(17), field, cells[i][0])
			continue
		}
		t.block(box, s, field, cells[i])
	}
	t.room.Min.Y += tall + t.mm(6)
	t.across(2)
	t.gap(6)
}

// figure reports whether a cell is one number: half of it on the next line would
// be another number, so that it shrinks.
func (t *table) figure(i int, cell []string) bool {
	return t.columns[i].align == Right && len(cell) == 1
}

// one is a cell of one paragraph.
func one(text string) []string { return []string{text} }

// signatureHeight is what signature takes.
func (f *flow) signatureHeight() int { return f.mm(80) + f.mm(4) + lineHeight(f.mm(22)) }

// handLine is a line to write on, by the words below it.
type handLine struct{ field, caption string }

// signature are lines to write on beside each other.
func (f *flow) signature(lines ...handLine) {
	room, free := lineHeight(f.mm(22)), f.mm(80)
	f.need(f.signatureHeight())
	n := len(lines)
	wide := (f.room.Dx() - (n-1)*f.mm(60)) / n
	top := f.room.Min.Y + free
	for i, line := range lines {
		left := f.room.Min.X + i*(wide+f.mm(60))
		f.rule(left, top, wide, f.mm(3))
		f.canvas.line(image.Rect(left, top+f.mm(4), left+wide, top+f.mm(4)+room), sans(22), line.field, line.caption)
	}
	f.room.Min.Y = top + f.mm(4) + room
}
