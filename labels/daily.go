package labels

import (
	"fmt"
	"image"

	"packbench/labels/barcode"
	"packbench/station/unit"
)

// Daily is how many cards a [DailySheet] holds.
const Daily = 10

// The rows of a daily sheet, in tenths of a millimetre: those of its second column stand
// half a row lower.
const (
	dailyRow  = 480
	dailyHigh = 260
)

// DailySheet lays out the cards of every day on one sheet: in two columns that are moved
// against each other, so far apart that what a scanner sees at a hand's distance, 95 by
// 60 mm, holds one code only, and no line across the sheet crosses two. An error says that
// the paper or a code is not for it: see [CardSheet].
func DailySheet(s Sheet, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("sheet %s: %w", s.Title, err)
	}
	if !c.sheet() || len(s.Cards) > Daily {
		return Layout{}, nil, fmt.Errorf("sheet %s: %d cards do not stand apart on one page of %s paper", s.Title, len(s.Cards), c.Paper.Name)
	}
	room := c.inner()
	room.Min.Y += c.line(room, bold(46), "title", s.Title)
	room.Min.Y += c.line(room, sans(28), "hint", s.Hint) + c.mm(4)
	wide := (room.Dx() - c.mm(40)) / 2
	least := max(3, c.module(250*unit.Micrometre))
	for i, card := range s.Cards {
		column, row := i%2, i/2
		box := image.Rect(0, 0, wide, c.mm(dailyHigh)).Add(image.Pt(room.Min.X+column*(wide+c.mm(40)), room.Min.Y+row*c.mm(dailyRow)+column*c.mm(dailyRow)/2))
		runs, err := barcode.Code128(card.Code)
		if err != nil {
			return Layout{}, nil, fmt.Errorf("card %q: %w", card.Title, err)
		}
		if box.Max.Y > room.Max.Y {
			return Layout{}, nil, fmt.Errorf("sheet %s: %s paper is too short for it", s.Title, c.Paper.Name)
		}
		c.frame(box, c.mm(3))
		in := box.Inset(c.mm(8))
		in.Min.Y += c.line(in, bold(46).down(26).centred(), "card", card.Title)
		in.Min.Y += c.mm(4)
		bars := in
		bars.Max.Y = bars.Min.Y + c.mm(130)
		if !c.bars(bars, runs, card.Code, least+1, least) {
			return Layout{}, nil, fmt.Errorf("card %q: its bars are too long for half of %s paper", card.Title, c.Paper.Name)
		}
		in.Min.Y = bars.Max.Y + c.mm(4)
		c.line(in, sans(24).centred(), "card", join(" · ", card.Note, visible(card.Code)))
	}
	c.footers(s.Title)
	return c.layout(first(s.Title, "Cards")), c.missing, nil
}
