package labels

import (
	"fmt"
	"image"
	"strings"

	"packbench/labels/barcode"
	"packbench/station/unit"
)

// Sheet is a sheet of cards to scan: commands, badges, cartons, quantities,
// reasons, answers, a scanner's calibration.
type Sheet struct {
	Title string
	Hint  string // one line under the title
	Cards []Card
}

// Card is one bar code with its words.
type Card struct {
	Group string // cards of one group stand under one heading; "" has none
	Mark  string // a number that people call the card by, white on black; "" has none
	Title string // "Undo the last scan"
	Note  string // "key F4", the person's role, the carton's size
	Code  string // "PB:command:undo"

	// Symbology is "" or "code128", "gs1-128" or "qr". A GS1-128 begins with
	// FNC1, and GS (0x1D) in Code stands for FNC1 between two elements.
	Symbology string
}

// CardSheet lays out cards in one or two columns, on as many pages as it
// takes. Two bar codes never stand closer than a scanner's line is thick. Bars
// that are too long for the paper's width stand upright; a code that is too
// long even so is printed as QR, and said. Under each card stands what its
// code holds, with <GS> and the like for what cannot be seen.
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
	symbols []cardSymbol
	columns int
	room    image.Rectangle
}

// cardSymbol is a card's code: bars, or a matrix where its size is not 0.
type cardSymbol struct {
	runs    barcode.Runs
	matrix  barcode.Matrix
	dot     int // width of a module
	high    int // room for the symbol
	upright bool
}

// encode makes the symbols and finds how many columns hold them.
func (l *sheetLayout) encode() error {
	if len(l.s.Cards) == 0 {
		return fmt.Errorf("there are no cards")
	}
	widest := 0
	for _, card := range l.s.Cards {
		s, err := symbolOf(card)
		if err != nil {
			return fmt.Errorf("card %q: %w", card.Title, err)
		}
		l.symbols = append(l.symbols, s)
		widest = max(widest, s.runs.Modules()+2*quietBars)
	}
	least := max(3, l.module(250*unit.Micrometre))
	l.columns = 1
	if l.sheet() && widest*least <= l.cell(2).Dx() {
		l.columns = 2
	}
	for i := range l.symbols {
		if err := l.size(&l.symbols[i], l.s.Cards[i], least); err != nil {
			return fmt.Errorf("card %q: %w", l.s.Cards[i].Title, err)
		}
	}
	return nil
}

func symbolOf(card Card) (s cardSymbol, err error) {
	switch card.Symbology {
	case "", "code128":
		s.runs, err = barcode.Code128(card.Code)
	case "gs1-128":
		s.runs, err = barcode.GS1128(card.Code)
	case "qr":
		s.matrix, err = barcode.QR(card.Code, barcode.M)
	default:
		err = fmt.Errorf("symbology %q is not known: use code128, gs1-128 or qr", card.Symbology)
	}
	return s, err
}

// size finds the width of a module: half a millimetre is enough for any scanner.
func (l *sheetLayout) size(s *cardSymbol, card Card, least int) (err error) {
	cell := l.cell(l.columns)
	if len(s.runs) > 0 {
		all := s.runs.Modules() + 2*quietBars
		s.high = l.mm(130)
		if s.dot = min(l.mm(5), cell.Dx()/all); s.dot >= least {
			return nil
		}
		s.upright = true
		if s.dot = min(l.mm(5), (l.inner().Dy()-l.headroom()-l.cardHeight(0))/all); s.dot >= least {
			s.high = all * s.dot
			return nil
		}
		s.runs, s.upright = nil, false
		if s.matrix, err = barcode.QR(card.Code, barcode.M); err != nil {
			return err
		}
		l.missing = append(l.missing, Missing{
			Field: "card " + card.Title, Text: visible(card.Code), Instead: true,
			Why: "printed as QR, because the bars do not fit this paper; print the sheet on A4 for a scanner that reads bars only",
		})
	}
	all := s.matrix.Size + 2*quietMatrix
	if s.dot = min(max(5, l.mm(5)), cell.Dx()/all); s.dot < 5 {
		return fmt.Errorf("its code is too long for %s paper", l.Paper.Name)
	}
	s.high = all * s.dot
	return nil
}

// cell returns the inside of the first card of a row with n columns.
func (l *sheetLayout) cell(n int) image.Rectangle {
	r := l.room
	r.Max.X = r.Min.X + (r.Dx()-l.gap()*(n-1))/n
	return r.Inset(l.pad())
}

func (l *sheetLayout) gap() int { return l.mm(40) }
func (l *sheetLayout) pad() int { return l.mm(15) }

func cardTitle() style { return bold(46).centred() }
func cardText() style  { return sans(28).centred() }

// headroom is what a group's heading takes.
func (l *sheetLayout) headroom() int { return lineHeight(l.mm(50)) + l.mm(10) }

// cardHeight is a card's with a symbol of the given height.
func (l *sheetLayout) cardHeight(symbol int) int {
	return lineHeight(l.mm(46)) + 2*lineHeight(l.mm(28)) + symbol + l.mm(15) + 2*l.pad()
}

// height is a card's with its symbol and all the lines of its code.
func (l *sheetLayout) height(i int) int {
	lines := 0
	if l.symbols[i].matrix.Size > 0 { // much text, on several lines
		lines = l.codeHeight(i) - lineHeight(l.mm(28))
	}
	return l.cardHeight(l.symbols[i].high) + lines
}

func (l *sheetLayout) codeHeight(i int) int {
	most := 4 * lineHeight(l.mm(28))
	return min(most, l.tall(l.cell(l.columns).Dx(), cardText(), visible(l.s.Cards[i].Code)))
}

// across is how many cards stand beside each other in the row of a card.
func (l *sheetLayout) across(i int) int {
	if l.symbols[i].upright {
		return 2
	}
	return l.columns
}

// row counts the cards from the given one on that stand in one row.
func (l *sheetLayout) row(i int) int {
	n := 1
	for n < l.across(i) && i+n < len(l.s.Cards) &&
		l.s.Cards[i+n].Group == l.s.Cards[i].Group && l.symbols[i+n].upright == l.symbols[i].upright {
		n++
	}
	return n
}

func (l *sheetLayout) draw() {
	l.room.Min.Y += l.line(l.room, bold(70), "title", l.s.Title) + l.mm(10)
	l.room.Min.Y += l.line(l.room, sans(32), "hint", l.s.Hint) + l.mm(20)
	group := ""
	for i := 0; i < len(l.s.Cards); {
		n := l.row(i)
		high := 0
		for j := range n {
			high = max(high, l.height(i+j))
		}
		head := 0
		if l.s.Cards[i].Group != group {
			head = l.headroom()
		}
		if head+high > l.room.Dy() {
			l.pages = append(l.pages, Page{})
			l.room = l.inner()
		}
		if head > 0 {
			group = l.s.Cards[i].Group
			l.line(l.room, bold(50), "group", group)
			l.room.Min.Y += head
		}
		for j := range n {
			cell := l.cell(l.across(i))
			cell.Max.Y = l.room.Min.Y + high - l.pad()
			l.card(cell.Add(image.Pt(j*(cell.Dx()+2*l.pad()+l.gap()), 0)), i+j)
		}
		l.room.Min.Y += high + l.gap()
		i += n
	}
}

func (l *sheetLayout) card(cell image.Rectangle, i int) {
	card, s := l.s.Cards[i], l.symbols[i]
	l.frame(cell.Inset(-l.pad()), l.mm(3))
	title, small := lineHeight(l.mm(46)), lineHeight(l.mm(28))
	heading := cell
	if card.Mark != "" {
		heading.Min.X = l.mark(cell, card.Mark)
		heading.Max.X -= heading.Min.X - cell.Min.X // centred with the symbol
	}
	l.line(heading, cardTitle(), "card", card.Title)
	heading.Min.Y += title
	l.line(heading, cardText(), "card", card.Note)
	cell.Min.Y += title + small + l.mm(10)
	symbol := cell
	symbol.Max.Y = symbol.Min.Y + s.high
	l.symbol(symbol, s, card.Code)
	cell.Min.Y = symbol.Max.Y + l.mm(5)
	if s.matrix.Size > 0 {
		l.block(cell, cardText(), "card", []string{visible(card.Code)})
		return
	}
	l.line(cell, cardText(), "card", visible(card.Code))
}

// mark sets the card's number into its upper left corner and returns the edge
// that it ends at.
func (l *sheetLayout) mark(cell image.Rectangle, text string) int {
	side := lineHeight(l.mm(60))
	box := image.Rect(cell.Min.X, cell.Min.Y, cell.Min.X+side, cell.Min.Y+side)
	l.fill(box)
	l.line(box.Inset(l.mm(4)), bold(50).within().inWhite(), "card", text)
	return box.Max.X + l.mm(15)
}

func (l *sheetLayout) symbol(room image.Rectangle, s cardSymbol, code string) {
	switch {
	case s.matrix.Size > 0:
		m := Matrix{Dot: s.dot, Quiet: quietMatrix, Matrix: s.matrix, Symbol: code}
		l.add(m.at(room.Min.X+(room.Dx()-s.high)/2, room.Min.Y))
	case s.upright:
		wide := min(room.Dx(), l.mm(220))
		l.add(Bars{
			X: room.Min.X + (room.Dx()-wide)/2, Y: room.Min.Y + quietBars*s.dot, Dot: s.dot, H: wide, Quiet: quietBars,
			Upright: true, Runs: s.runs, Symbol: code,
		})
	default:
		l.bars(room, s.runs, code, s.dot)
	}
}

// visible names the control characters of a code, as people who set up
// scanners know them.
func visible(code string) string {
	var b strings.Builder
	for _, r := range code {
		switch {
		case r < ' ':
			b.WriteString("<" + controls[r] + ">")
		case r == 0x7f:
			b.WriteString("<DEL>")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var controls = [...]string{
	"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI",
	"DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
}
