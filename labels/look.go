package labels

import (
	"fmt"
	"image"

	"packbench/station/unit"
)

// Look is how a shop's own papers look: what a buyer sees of it in the box.
type Look struct {
	Logo     image.Image // nil: none
	Accent   string      // a colour of headings and rules as six digits, "0a5fb4"; "" is black
	Greeting string      // "Thank you, Anna"
	Message  string      // what stands below it
	Support  string      // where to ask: one line at the end
	Terms    string      // what is taken back, and until when; below it
	Font     *Font       // for headings and greeting; nil: the supplied one
}

// Picture is a picture in a box, with its own proportions.
type Picture struct {
	X, Y, W, H int
	Of         image.Image
	Name       string // "logo"; pictures of one name are the same
	Photo      bool   // many shades, none of them clear: a file may keep them roughly
}

// Bounds implements Box.
func (p Picture) Bounds() image.Rectangle { return image.Rect(p.X, p.Y, p.X+p.W, p.Y+p.H) }

func (p Picture) String() string {
	return fmt.Sprintf("picture %d,%d %dx%d %s", p.X, p.Y, p.W, p.H, p.Name)
}

// SlipSum is one line of what an order costs, as its shop says it.
type SlipSum struct {
	Name   string // one of the phrases below
	Amount unit.Money
	Strong bool
}

// The lines that a bill may have.
const (
	SumGoods    = "Subtotal"
	SumDiscount = "Discount"
	SumShipping = "Shipping"
	SumTax      = "Tax"
	SumWithin   = "of which tax"
	SumTotal    = "Total"
	SumPaid     = "Paid"
)

// logo sets the shop's picture into the upper left corner of a box, at most 60 by 20 mm,
// and returns how high it is with the gap below.
func (c *canvas) logo(box image.Rectangle, of image.Image) int {
	if of == nil {
		return 0
	}
	size := of.Bounds().Size()
	w, h := min(c.mm(600), box.Dx()), c.mm(200)
	if !c.sheet() {
		w, h = min(c.mm(400), box.Dx()), c.mm(130)
	}
	if size.X*h > size.Y*w {
		h = size.Y * w / size.X
	} else {
		w = size.X * h / size.Y
	}
	if w == 0 || h == 0 {
		return 0
	}
	c.add(Picture{X: box.Min.X, Y: box.Min.Y, W: w, H: h, Of: of, Name: "logo"})
	return h + c.mm(25)
}

// greeting is what the shop says to the buyer, above the list of goods; to whoever gets a
// gift, what the buyer says.
func (l *slipLayout) greeting() {
	type part struct {
		text  string
		style style
		lines int
	}
	large := l.inOwn(bold(56)).down(34).coloured()
	parts := []part{{l.s.Look.Greeting, large, 2}, {l.s.Look.Message, sans(34).down(26), 6}, {l.s.Message, sans(34).down(26), 6}}
	if l.s.Gift {
		parts = []part{{l.say("A gift for you"), large, 2}, {l.s.Message, l.inOwn(sans(44)).down(29), 10}}
	}
	for _, part := range parts {
		if part.text == "" {
			continue
		}
		box := l.room
		box.Max.Y = min(box.Max.Y, box.Min.Y+l.height(part.lines, l.dots(part.style.size), part.style))
		l.room.Min.Y += l.block(box, part.style, "message", one(part.text)) + l.mm(12)
	}
	l.room.Min.Y += l.mm(6)
}

// sums are what the order costs, as the shop has it: nothing is worked out here.
func (l *slipLayout) sums() {
	if !l.priced {
		return
	}
	sums := l.s.Sums
	if len(sums) == 0 && l.s.Total.Currency != "" {
		sums = []SlipSum{{Name: SumTotal, Amount: l.s.Total, Strong: true}}
	}
	if len(sums) == 0 {
		return
	}
	tall := lineHeight(l.mm(36)) + l.mm(6)
	rows := len(sums)
	if l.s.Whole {
		rows++
	}
	if rows*tall > l.room.Dy() {
		l.nextPage()
	}
	name := l.room
	name.Min.X, name.Max.X = name.Min.X+l.quantities(), l.prices().Min.X-l.mm(20)
	if l.s.Whole {
		name.Min.Y += l.line(name, bold(30), "total", l.say("The whole order:")) + l.mm(6)
	}
	for _, sum := range sums {
		s := sans(32)
		if sum.Strong {
			s = bold(36)
		}
		amount := l.prices()
		amount.Min.Y = name.Min.Y
		l.line(name, s, "total", l.say(sum.Name))
		l.line(amount, s.right(), "total", l.figures(sum.Amount))
		name.Min.Y += tall
	}
	l.room.Min.Y = name.Min.Y
}

// support is where to ask and what is taken back, at the end.
func (l *slipLayout) support() {
	l.foot("support line", l.s.Look.Support, 4)
	l.foot("terms of returns", l.s.Look.Terms, 10)
}

// foot is a text below the table, of so many lines at the most.
func (l *slipLayout) foot(field, text string, lines int) {
	if text == "" {
		return
	}
	tall := min(l.tall(l.room.Dx(), noteStyle(), text), l.height(lines, l.mm(26), noteStyle()))
	if tall+l.mm(20) > l.room.Dy() {
		l.nextPage()
	}
	l.room.Min.Y += l.mm(20)
	l.block(image.Rect(l.room.Min.X, l.room.Min.Y, l.room.Max.X, l.room.Min.Y+tall), noteStyle(), field, one(text))
	l.room.Min.Y += tall
}
