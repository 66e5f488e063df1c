package labels

import (
	"fmt"
	"image"
	"strings"
	"unicode"
	"unicode/utf8"

	"packbench/labels/barcode"
	"packbench/station/unit"
)

// The size of a badge, as holders take it: ID-1 of ISO/IEC 7810.
const (
	badgeWide = 856 // tenths of a millimetre
	badgeHigh = 540
)

// BadgeSheet lays out badges of the size of a bank card, with lines to cut along. The code
// is in the bars alone: who reads it over a shoulder could type it. Bars that are too long
// for a badge become a QR code, and that is said.
func BadgeSheet(s Sheet, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("sheet %s: %w", s.Title, err)
	}
	if len(s.Cards) == 0 {
		return Layout{}, nil, fmt.Errorf("sheet %s: there are no cards", s.Title)
	}
	room := c.inner()
	if c.sheet() {
		room.Min.Y += c.line(room, bold(46), "title", s.Title) + c.mm(8)
		room.Min.Y += c.line(room, sans(28), "hint", s.Hint) + c.mm(20)
	}
	wide, high, gap := c.mm(badgeWide), c.mm(badgeHigh), c.mm(30)
	across, down := max(1, (room.Dx()+gap)/(wide+gap)), max(1, (room.Dy()+gap)/(high+gap))
	for i, card := range s.Cards {
		at := i % (across * down)
		if i > 0 && at == 0 {
			c.pages = append(c.pages, Page{})
		}
		left, top := room.Min.X+at%across*(wide+gap), room.Min.Y+at/across*(high+gap)
		if err := c.badge(image.Rect(left, top, left+wide, top+high), card); err != nil {
			return Layout{}, nil, fmt.Errorf("card %q: %w", card.Title, err)
		}
	}
	c.footers(s.Title)
	return c.layout(first(s.Title, "Badges")), c.missing, nil
}

func (c *canvas) badge(box image.Rectangle, card Card) error {
	c.frame(box, c.mm(2))
	in := box.Inset(c.mm(35))
	side := c.mm(150)
	mark := image.Rect(in.Min.X, in.Min.Y, in.Min.X+side, in.Min.Y+side)
	c.fill(mark)
	c.line(mark.Inset(c.mm(15)), bold(90).within().inWhite(), "card", initials(card.Title))
	words := image.Rect(mark.Max.X+c.mm(30), in.Min.Y, in.Max.X, mark.Max.Y)
	words.Min.Y += c.block(image.Rect(words.Min.X, words.Min.Y, words.Max.X, words.Min.Y+2*lineHeight(c.mm(48))), bold(48).down(24), "card", one(card.Title))
	c.line(words, sans(32), "card", card.Note)
	rest := image.Rect(box.Min.X+c.mm(4), mark.Max.Y+c.mm(40), box.Max.X-c.mm(4), in.Max.Y)
	runs, err := barcode.Code128(card.Code)
	if err != nil {
		return err
	}
	var dots []int
	for d := c.mm(5); d >= max(3, c.module(250*unit.Micrometre)); d-- {
		dots = append(dots, d)
	}
	if c.bars(rest, runs, card.Code, dots...) {
		return nil
	}
	matrix, all, err := c.qr(card.Code, tenth(6), rest.Dx(), rest.Dy())
	if err != nil {
		return err
	}
	c.add(matrix.at(rest.Min.X+(rest.Dx()-all)/2, rest.Min.Y))
	c.missing = append(c.missing, Missing{
		Field: "card " + card.Title, Text: card.Title, Instead: true, Why: "printed as QR, because the bars do not fit a badge; give it a shorter code for a scanner that reads bars only",
	})
	return nil
}

// initials are the first letters of a name's first and last word.
func initials(name string) string {
	words := strings.FieldsFunc(name, unicode.IsSpace)
	out := ""
	for i, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); i == 0 || i == len(words)-1 {
			out += string(unicode.ToUpper(r))
		}
	}
	return out
}
