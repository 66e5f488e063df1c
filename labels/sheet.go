package labels

import (
	"fmt"
	"image"

	"packbench/assets/fonts"
	"packbench/labels/barcode"
	"packbench/station/unit"
)

// Sheet is a sheet of cards to scan: commands, badges, cartons, quantities,
// reasons, answers.
type Sheet struct {
	Title string
	Hint  string // one line under the title
	Cards []Card
}

// Card is one bar code with its words.
type Card struct {
	Group string // cards of one group stand under one heading; "" has none
	Title string // "Undo the last scan"
	Note  string // "key F4", the person's role, the carton's size
	Code  string // "PB:command:undo": printed as Code 128
}

// CardSheet lays out cards in one or two columns, on as many pages as it
// takes. Two bar codes never stand closer than a scanner's line is thick. A
// code that is too long for the paper in bars is printed as QR, and said.
func CardSheet(s Sheet, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("sheet %s: %w", s.Title, err)
	}
	l := sheetLayout{canvas: c, s: s, room: c.inner()}
	if err := l.encode(); err != nil {
		return Layout{}, nil, fmt.Errorf("sheet %s: %w", s.Title, err)
	}
	l.draw()
	c.footers(s.Title)
	return c.layout(first(s.Title, "Cards")), c.missing, nil
}

type sheetLayout struct {
	*canvas
	s       Sheet
	symbols []barcode.Runs
	columns int
	dots    []int // module widths to try, widest first
	room    image.Rectangle
}

// encode makes the bars and finds how many columns hold them.
func (l *sheetLayout) encode() error {
	if len(l.s.Cards) == 0 {
		return fmt.Errorf("there are no cards")
	}
	widest := 0
	for _, card := range l.s.Cards {
		runs, err := barcode.Code128(card.Code)
		if err != nil {
			return fmt.Errorf("card %q: %w", card.Title, err)
		}
		l.symbols = append(l.symbols, runs)
		widest = max(widest, runs.Modules()+2*quietBars)
	}
	least := max(3, l.module(250*unit.Micrometre))
	for d := max(least, l.dots500()); d >= least; d-- {
		l.dots = append(l.dots, d)
	}
	l.columns = 1
	if l.sheet() && widest*least <= l.cell(2).Dx() {
		l.columns = 2
	}
	return nil
}

// dots500 is a module of about half a millimetre, which any scanner reads.
func (l *sheetLayout) dots500() int { return l.canvas.dots(500 * unit.Micrometre) }

// cell gives the inside of the first card of a row with n columns.
func (l *sheetLayout) cell(n int) image.Rectangle {
	gap := l.mm(40)
	r := l.room
	r.Max.X = r.Min.X + (r.Dx()-gap*(n-1))/n
	return image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+l.cardHeight()).Inset(l.mm(15))
}

const (
	cardTitle = 46 * unit.Millimetre / 10
	cardText  = 28 * unit.Millimetre / 10
)

func (l *sheetLayout) cardHeight() int {
	return lineHeight(l.canvas.dots(cardTitle)) + 2*lineHeight(l.canvas.dots(cardText)) + l.mm(130) + l.mm(15) + 2*l.mm(15)
}

func (l *sheetLayout) draw() {
	l.room.Min.Y += l.line(l.room, style{font: fonts.SansBold, size: 7 * unit.Millimetre}, "title", l.s.Title)
	l.room.Min.Y += l.line(l.room, style{font: fonts.Sans, size: 32 * unit.Millimetre / 10}, "hint", l.s.Hint) + l.mm(20)
	group, column := "", 0
	gap := l.mm(40)
	for i, card := range l.s.Cards {
		if card.Group != group || column == l.columns {
			if column > 0 {
				l.room.Min.Y += l.cardHeight() + gap
			}
			column = 0
		}
		head := 0
		if card.Group != group {
			head = lineHeight(l.canvas.dots(5*unit.Millimetre)) + l.mm(10)
		}
		if column == 0 && head+l.cardHeight() > l.room.Dy() {
			l.pages = append(l.pages, Page{})
			l.room = l.inner()
		}
		if card.Group != group {
			group = card.Group
			l.line(l.room, style{font: fonts.SansBold, size: 5 * unit.Millimetre}, "group", group)
			l.room.Min.Y += head
		}
		cell := l.cell(l.columns)
		cell = cell.Add(image.Pt(column*(cell.Dx()+2*l.mm(15)+gap), 0))
		l.card(cell, card, l.symbols[i])
		column++
	}
}

func (l *sheetLayout) card(cell image.Rectangle, card Card, runs barcode.Runs) {
	l.frame(cell.Inset(-l.mm(15)), l.mm(3))
	title, small := lineHeight(l.canvas.dots(cardTitle)), lineHeight(l.canvas.dots(cardText))
	l.line(cell, style{font: fonts.SansBold, size: cardTitle, align: Centre}, "card", card.Title)
	cell.Min.Y += title
	l.line(cell, style{font: fonts.Sans, size: cardText, align: Centre}, "card", card.Note)
	cell.Min.Y += small + l.mm(10)
	symbol := cell
	symbol.Max.Y = symbol.Min.Y + l.mm(130)
	if !l.bars(symbol, runs, card.Code, l.dots...) {
		l.square(symbol, card)
	}
	cell.Min.Y = symbol.Max.Y + l.mm(5)
	l.line(cell, style{font: fonts.Sans, size: cardText, align: Centre}, "card", card.Code)
}

// square prints a code as QR where its bars are too long for the paper.
func (l *sheetLayout) square(cell image.Rectangle, card Card) {
	why := "its bars are too long for this paper, it is printed as QR; print the sheet on A4 for a scanner that reads bars only"
	matrix, err := barcode.QR(card.Code, barcode.M)
	dot := 0
	if err == nil {
		dot = cell.Dy() / (matrix.Size + 2*quietMatrix)
	}
	if dot < 3 {
		l.missing = append(l.missing, Missing{Field: "card " + card.Title, Text: card.Code, Why: "its code is too long for this paper"})
		return
	}
	all := (matrix.Size + 2*quietMatrix) * dot
	x := cell.Min.X + (cell.Dx()-all)/2 + quietMatrix*dot
	l.add(Matrix{X: x, Y: cell.Min.Y + quietMatrix*dot, Dot: dot, Quiet: quietMatrix, Matrix: matrix, Symbol: card.Code})
	l.missing = append(l.missing, Missing{Field: "card " + card.Title, Text: card.Code, Why: why})
}
