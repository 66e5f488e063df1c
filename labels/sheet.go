package labels

import (
	"fmt"
	"image"

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
	widths  []int // of modules in dots, to try from the widest
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
	for d := max(least, l.mm(5)); d >= least; d-- { // half a millimetre is enough for any scanner
		l.widths = append(l.widths, d)
	}
	l.columns = 1
	if l.sheet() && widest*least <= l.cell(2).Dx() {
		l.columns = 2
	}
	return nil
}

// cell gives the inside of the first card of a row with n columns.
func (l *sheetLayout) cell(n int) image.Rectangle {
	gap := l.mm(40)
	r := l.room
	r.Max.X = r.Min.X + (r.Dx()-gap*(n-1))/n
	return image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+l.cardHeight()).Inset(l.mm(15))
}

func cardTitle() style { return bold(46).centred() }
func cardText() style  { return sans(28).centred() }

func (l *sheetLayout) cardHeight() int {
	return lineHeight(l.mm(46)) + 2*lineHeight(l.mm(28)) + l.mm(130) + l.mm(15) + 2*l.mm(15)
}

func (l *sheetLayout) draw() {
	l.room.Min.Y += l.line(l.room, bold(70), "title", l.s.Title) + l.mm(10)
	l.room.Min.Y += l.line(l.room, sans(32), "hint", l.s.Hint) + l.mm(20)
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
			head = lineHeight(l.mm(50)) + l.mm(10)
		}
		if column == 0 && head+l.cardHeight() > l.room.Dy() {
			l.pages = append(l.pages, Page{})
			l.room = l.inner()
		}
		if card.Group != group {
			group = card.Group
			l.line(l.room, bold(50), "group", group)
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
	title, small := lineHeight(l.mm(46)), lineHeight(l.mm(28))
	l.line(cell, cardTitle(), "card", card.Title)
	cell.Min.Y += title
	l.line(cell, cardText(), "card", card.Note)
	cell.Min.Y += small + l.mm(10)
	symbol := cell
	symbol.Max.Y = symbol.Min.Y + l.mm(130)
	if !l.bars(symbol, runs, card.Code, l.widths...) {
		l.square(symbol, card)
	}
	cell.Min.Y = symbol.Max.Y + l.mm(5)
	l.line(cell, cardText(), "card", card.Code)
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
	code := Matrix{Dot: dot, Quiet: quietMatrix, Matrix: matrix, Symbol: card.Code}
	l.add(code.at(cell.Min.X+(cell.Dx()-all)/2, cell.Min.Y))
	l.missing = append(l.missing, Missing{Field: "card " + card.Title, Text: card.Code, Why: why})
}
