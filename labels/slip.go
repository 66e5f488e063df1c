package labels

import (
	"fmt"
	"image"
	"slices"
	"time"

	"packbench/station/unit"
)

// Slip is a packing slip: what is in this parcel and what comes separately.
type Slip struct {
	From, To        Address
	Order, Parcel   string
	PieceN, PieceOf int
	More            bool // goods of the order are not packed yet
	Date            time.Time
	Lines           []SlipLine
	Carrier         string
	Tracking        string // the number that the buyer may follow; "" prints none
	Email           string // where the buyer may ask, beside the sender's phone
	Trace           string // what the QR code holds; "" prints none
	Help            string // what the QR code holds in its place: where a phone finds help with the order; "" is Trace
	Message         string // what the buyer says to whoever gets the gift
	Look            Look
	Sums            []SlipSum  // what the order costs, as the shop has it; none: Total
	Whole           bool       // they are of the whole order, and more than what is in this parcel
	Total           unit.Money // of this parcel; no currency: not printed
	Gift            bool       // prints no price, whatever the lines hold, and does not speak to a buyer
	Reprint         int        // how often it was printed before; 0 is the first print
}

// SlipLine is one line of a packing slip.
type SlipLine struct {
	SKU, Name string
	Ordered   int
	Packed    int         // in this parcel
	Note      string      // "follows separately", lot, serial…
	Picture   image.Image // nil: none
	Price     unit.Money  // of what is packed; no currency: not printed
	Each      unit.Money  // of one unit; no currency: not printed
}

// PackingSlip lays out a packing slip on as many pages as it takes. One that
// leaves most of a sheet empty is larger.
// On a roll it is one page, as long as it needs.
func PackingSlip(s Slip, p Profile) (Layout, []Missing, error) {
	return enlarged(p, func(c *canvas) (Layout, error) { return c.packingSlip(s) })
}

func (c *canvas) packingSlip(s Slip) (Layout, error) {
	c.take(s.Look.Font)
	l := slipLayout{canvas: c, s: s, room: c.inner()}
	l.priced = !s.Gift && (s.Total.Currency != "" || len(s.Sums) > 0 ||
		slices.ContainsFunc(s.Lines, func(line SlipLine) bool { return line.Price.Currency != "" }))
	l.pictured = !(c.Paper.Roll && l.priced) && slices.ContainsFunc(s.Lines, func(line SlipLine) bool { return line.Picture != nil })
	if err := l.head(); err != nil {
		return Layout{}, fmt.Errorf("packing slip for order %s: %w", s.Order, err)
	}
	l.greeting()
	l.table()
	l.sums()
	l.support()
	c.tear(l.room.Min.Y)
	c.footers(join(" · ", c.say("Order %s", s.Order), s.Parcel, c.reprint(s.Reprint)))
	out := c.layout("Packing slip " + first(s.Parcel, s.Order))
	out.Made, out.Accent = s.Date, s.Look.Accent
	return out, nil
}

// enlarged draws a document, and on a sheet that it leaves room on as much larger
// as one page holds: as for a smaller sheet, in larger dots.
func enlarged(p Profile, draw func(*canvas) (Layout, error)) (Layout, []Missing, error) {
	c, err := newPaper(p)
	if err != nil {
		return Layout{}, nil, err
	}
	out, err := draw(c)
	if err != nil || !c.sheet() || len(out.Pages) > 1 {
		return out, c.missing, err
	}
	for _, percent := range []int{135, 120} {
		smaller := p
		smaller.DPI = p.DPI * percent / 100
		smaller.Paper.W, smaller.Paper.H = p.Paper.W*100/unit.Length(percent), p.Paper.H*100/unit.Length(percent)
		large, err := newCanvas(smaller)
		if err != nil {
			continue // finer than any printer
		}
		large.w, large.h = c.w, c.h
		if l, err := draw(large); err == nil && len(l.Pages) == 1 && len(large.missing) <= len(c.missing) {
			l.DPI = p.DPI
			return l, large.missing, nil
		}
	}
	return out, c.missing, nil
}

// footers numbers the pages once their count is known.
func (c *canvas) footers(text string) {
	all := c.pages
	zone := c.inner()
	zone.Min.Y, zone.Max.Y = zone.Max.Y+c.mm(10), zone.Max.Y+c.mm(10)+lineHeight(c.mm(24))
	middle := zone.Min.X + zone.Dx()*3/4
	for i := range all {
		c.pages = all[i : i+1 : i+1] // add writes to the last page
		c.line(image.Rect(zone.Min.X, zone.Min.Y, middle, zone.Max.Y), sans(24), "order", text)
		c.line(image.Rect(middle, zone.Min.Y, zone.Max.X, zone.Max.Y), sans(24).right(),
			"page", c.say("Page %d of %d", i+1, len(all)))
	}
	c.pages = all
}

type slipLayout struct {
	*canvas
	s      Slip
	room   image.Rectangle // what is free on the current page
	priced bool

	pictured bool // lines have pictures, and there is room for their column
}

// The styles of the table; they do not shrink, rows grow instead.
func headStyle() style { return bold(26).fixed() }
func nameStyle() style { return sans(32).fixed() }
func noteStyle() style { return sans(26).fixed() }

// head is the sender, the order's data, the recipient and the trace code.
func (l *slipLayout) head() error {
	code, err := l.code(first(l.s.Help, l.s.Trace), l.room)
	if err != nil {
		return err
	}
	if !code.Empty() {
		code.Max.Y += l.caption(code)
	}
	left := l.room
	left.Max.X = code.Min.X - l.mm(20)
	top := left.Min.Y
	put := func(s style, height int, field string, lines ...string) {
		left.Min.Y += l.block(image.Rect(left.Min.X, left.Min.Y, left.Max.X, left.Min.Y+height), s, field, lines) + l.mm(10)
	}
	left.Min.Y += l.logo(left, l.s.Look.Logo)
	put(l.inOwn(bold(50)).coloured(), lineHeight(l.mm(50)), "title", l.say("PACKING SLIP"))
	if l.s.Reprint > 0 {
		put(bold(34), lineHeight(l.mm(34)), "title", l.reprint(l.s.Reprint))
	}
	piece := ""
	if l.s.PieceOf > 1 || l.s.More {
		piece = l.piece(l.s.PieceN, l.s.PieceOf, l.s.More)
	}
	put(bold(34), 2*lineHeight(l.mm(34)), "order", join(" · ", l.say("Order %s", l.s.Order), piece, l.day(l.s.Date)))
	if l.s.Tracking != "" {
		put(sans(26), 2*lineHeight(l.mm(26)), "tracking number", join(" ", l.s.Carrier, l.say("tracking no."), l.s.Tracking))
	}
	from := left
	from.Max.Y = left.Min.Y + 3*lineHeight(l.mm(26))
	left.Min.Y += l.runIn(from, sans(26), "sender's ", l.say("From %s", "%s"), l.s.From.parts(l.s.To)) + l.mm(10)
	if contact := l.contact(); contact != "" {
		put(sans(26), 2*lineHeight(l.mm(26)), "sender's phone and email", contact)
	}
	to := left
	to.Min.Y += l.mm(15)
	to.Max.Y = to.Min.Y + 7*lineHeight(l.mm(34))
	left.Min.Y = to.Min.Y + l.address(to, bold(34), "recipient's ", l.s.To.parts(l.s.From)) + l.mm(10)
	left.Min.Y = max(left.Min.Y, code.Max.Y) + l.mm(15)
	if left.Min.Y-top > l.room.Dy()*2/3 {
		return fmt.Errorf("the head takes the whole page of %s paper", l.Paper.Name)
	}
	l.room.Min.Y = left.Min.Y
	return nil
}

// caption says below a code what it is for, and returns how high it is.
func (l *slipLayout) caption(code image.Rectangle) int {
	words := "Our code of this parcel"
	switch {
	case l.s.Help != "" && l.s.Gift:
		words = "Scan to exchange it, without a receipt."
	case l.s.Help != "":
		words = "Scan for help or to return something."
	case isLink(l.s.Trace):
		words = "Scan to follow this parcel."
	}
	s := sans(22).down(17).centred()
	box := image.Rect(code.Min.X, code.Max.Y, code.Max.X, code.Max.Y+3*lineHeight(l.mm(22)))
	return l.block(box, s, "caption", one(l.say(words)))
}

// contact is how a buyer may ask.
func (l *slipLayout) contact() string {
	phone := ""
	if l.s.From.Phone != "" {
		phone = l.say("Phone %s", l.s.From.Phone)
	}
	return join(" · ", phone, l.s.Email)
}

// code puts a QR code into the upper right corner of a zone and returns its room.
func (c *canvas) code(text string, zone image.Rectangle) (image.Rectangle, error) {
	if text == "" {
		return image.Rect(zone.Max.X, zone.Min.Y, zone.Max.X, zone.Min.Y), nil
	}
	matrix, all, err := c.qr(text, tenth(6), zone.Dx()*2/3, zone.Dy()/2)
	if err != nil {
		return image.Rectangle{}, err
	}
	c.add(matrix.at(zone.Max.X-all, zone.Min.Y))
	return image.Rect(zone.Max.X-all, zone.Min.Y, zone.Max.X, zone.Min.Y+all), nil
}

func (l *slipLayout) table() {
	l.heads()
	for _, line := range l.s.Lines {
		name, note := l.columns()
		most := 8 * lineHeight(l.mm(32)) // a longer name is cut, and that is said
		tall := min(most, l.tall(name.Dx(), nameStyle(), line.Name))
		small := join(" · ", line.SKU, l.each(line), line.Note)
		tallNote := min(4*lineHeight(l.mm(26)), l.tall(note.Dx(), noteStyle(), small))
		row := max(tall+tallNote, lineHeight(l.mm(40)), l.picture(line).Dy()) + l.mm(16)
		if row > l.room.Dy() {
			l.nextPage()
			name, note = l.columns()
		}
		qty := l.room
		qty.Max.X = qty.Min.X + l.quantities() - l.mm(10)
		l.line(qty, bold(40), "quantity", l.quantity(line))
		if l.priced && line.Price.Currency != "" {
			l.line(l.prices(), sans(32).right(), "price", l.figures(line.Price))
		}
		if p := l.picture(line); !p.Empty() {
			l.add(Picture{X: p.Min.X, Y: p.Min.Y, W: p.Dx(), H: p.Dy(), Of: line.Picture, Name: "picture of " + line.SKU, Photo: true})
		}
		name.Max.Y = name.Min.Y + tall
		l.block(name, nameStyle(), "item "+line.SKU, []string{line.Name})
		note.Min.Y, note.Max.Y = name.Max.Y, name.Max.Y+tallNote
		l.block(note, noteStyle(), "item "+line.SKU, []string{small})
		l.rule(l.room.Min.X, l.room.Min.Y+row-l.mm(10), l.room.Dx(), l.mm(2))
		l.room.Min.Y += row
	}
}

func (l *slipLayout) quantity(line SlipLine) string {
	if line.Packed == line.Ordered {
		return fmt.Sprint(line.Packed)
	}
	return l.say("%d of %d", line.Packed, line.Ordered)
}

// each says what one unit costs, where there are several.
func (l *slipLayout) each(line SlipLine) string {
	if !l.priced || line.Each.Currency == "" || line.Packed < 2 {
		return ""
	}
	return fmt.Sprintf("%d × %s", line.Packed, l.figures(line.Each))
}

// prices returns the room for a line's price.
func (l *slipLayout) prices() image.Rectangle {
	zone := l.room
	zone.Min.X = zone.Max.X - l.mm(220)
	return zone
}

// picture is the room of a line's picture, in its own proportions; empty where it has none.
func (l *slipLayout) picture(line SlipLine) image.Rectangle {
	if line.Picture == nil || !l.pictured {
		return image.Rectangle{}
	}
	side := l.thumb()
	size := line.Picture.Bounds().Size()
	w, h := side, side
	if size.X > size.Y {
		h = side * size.Y / size.X
	} else {
		w = side * size.X / max(size.Y, 1)
	}
	at := l.room.Min.Add(image.Pt(l.quantities()+(side-w)/2, 0))
	return image.Rectangle{at, at.Add(image.Pt(w, h))}
}

// thumb is the side of the pictures of lines.
func (l *slipLayout) thumb() int {
	if l.sheet() {
		return l.mm(160)
	}
	return l.mm(110)
}

// quantities is how wide their column is.
func (l *slipLayout) quantities() int {
	if l.Paper.Roll {
		return l.mm(120)
	}
	return l.mm(170)
}

// columns returns the room for an item's name and for its number and note.
func (l *slipLayout) columns() (name, note image.Rectangle) {
	name = l.room
	name.Min.X += l.quantities()
	if l.pictured {
		name.Min.X += l.thumb() + l.mm(20)
	}
	if l.priced {
		name.Max.X = l.prices().Min.X - l.mm(20)
	}
	return name, name
}

func (l *slipLayout) heads() {
	item, _ := l.columns()
	qty := l.room
	qty.Max.X = qty.Min.X + l.quantities() - l.mm(10)
	l.line(qty, headStyle(), "table", l.say("QTY"))
	if l.priced {
		l.line(l.prices(), headStyle().right(), "table", l.say("PRICE"))
	}
	l.room.Min.Y += l.line(item, headStyle(), "table", l.say("ITEM")) + l.mm(4)
	l.rule(l.room.Min.X, l.room.Min.Y, l.room.Dx(), l.mm(4))
	l.room.Min.Y += l.mm(4) + l.mm(10)
}

func (l *slipLayout) nextPage() {
	l.pages = append(l.pages, Page{})
	l.room = l.inner()
	l.heads()
}
