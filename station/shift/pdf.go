package shift

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/encoding/charmap"
)

// PDFOptions choose the font. Without a font the report is set in Helvetica,
// which has Western European letters only.
type PDFOptions struct {
	Regular []byte // TrueType
	Bold    []byte // TrueType; Regular when empty
}

// Measures of the page, in millimetres.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	margin     = 15.0
	textWidth  = pageWidth - 2*margin
	lineHeight = 5.5
)

// PDF writes a report on A4: on its first page the headline numbers, the parcels of
// each hour and the refusals by cause, and what somebody should look at; behind it the
// balances with their gaps, the tables, the heads of the chains and the log. Letters that the font lacks are printed as "?"
// and the report's end says how many there were.
func (b Book) PDF(w io.Writer, o PDFOptions) error {
	p, err := newPage(o)
	if err != nil {
		return fmt.Errorf("shift book: %w", err)
	}
	doc := p.doc
	doc.SetTitle("Shift book "+b.Window.Name, true)
	doc.SetCreationDate(b.Window.To.UTC())
	doc.SetModificationDate(b.Window.To.UTC())
	doc.SetFooterFunc(func() {
		doc.SetY(-margin)
		p.font(false, 8)
		doc.CellFormat(0, 5, p.say(fmt.Sprintf("Shift book %s, page %d", b.Window.Name, doc.PageNo())), "", 0, "C", false, 0, "")
	})
	doc.AddPage()
	if b.Company != "" {
		p.font(true, 11)
		p.doc.CellFormat(0, lineHeight, p.say(b.Company), "", 1, "L", false, 0, "")
	}
	p.heading(18, "Shift book "+b.Window.Name)
	p.line(fmt.Sprintf("From %s to %s, %d lines in the log", minute(b.Window.From, b.Window), minute(b.Window.To, b.Window), len(b.Rows)))
	p.front(b)
	doc.AddPage()
	for _, bal := range b.Balances {
		p.balance(bal)
	}
	for _, t := range b.forPeople() {
		if t.record != "balance" && t.record != "gap" {
			p.table(t)
		}
	}
	p.line("Any later change of the journal up to these heads shows against them.")
	p.table(b.logTable())
	if p.lost > 0 {
		p.line(fmt.Sprintf("Letters that this font lacks stand as \"?\": %d.", p.lost))
	}
	if err := doc.Output(w); err != nil {
		return fmt.Errorf("shift book: write PDF: %w", err)
	}
	return nil
}

// minute writes a time for people.
func minute(t time.Time, w Window) string { return t.In(w.loc()).Format("2006-01-02 15:04 MST") }

// page writes down a page.
type page struct {
	doc    *gofpdf.Fpdf
	family string
	has    func(rune) bool
	utf8   bool
	lost   int // letters that the font lacks
}

func newPage(o PDFOptions) (*page, error) {
	doc := gofpdf.New("P", "mm", "A4", "")
	doc.SetCatalogSort(true)
	doc.SetMargins(margin, margin, margin)
	doc.SetAutoPageBreak(true, margin+lineHeight)
	p := &page{doc: doc, family: "Helvetica", has: western}
	if len(o.Regular) > 0 {
		if err := p.embed(o); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *page) embed(o PDFOptions) error {
	if len(o.Bold) == 0 {
		o.Bold = o.Regular
	}
	var fonts [2]*sfnt.Font
	for i, bytes := range [2][]byte{o.Regular, o.Bold} {
		f, err := sfnt.Parse(bytes)
		if err != nil {
			return fmt.Errorf("font: %w", err)
		}
		fonts[i] = f
	}
	var buf sfnt.Buffer
	p.has = func(r rune) bool {
		if r > 0xFFFF { // the PDF library has no room for these
			return false
		}
		for _, f := range fonts {
			if g, err := f.GlyphIndex(&buf, r); err != nil || g == 0 {
				return false
			}
		}
		return true
	}
	p.family, p.utf8 = "text", true
	// The library writes into the bytes that it is given.
	p.doc.AddUTF8FontFromBytes(p.family, "", slices.Clone(o.Regular))
	p.doc.AddUTF8FontFromBytes(p.family, "B", slices.Clone(o.Bold))
	return p.doc.Error()
}

func western(r rune) bool {
	_, ok := charmap.Windows1252.EncodeRune(r)
	return ok
}

// say gives text as the font takes it, and counts what the font lacks.
func (p *page) say(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r < ' ' || !p.has(r):
			p.lost++
			out.WriteByte('?')
		case p.utf8:
			out.WriteRune(r)
		default:
			b, _ := charmap.Windows1252.EncodeRune(r)
			out.WriteByte(b)
		}
	}
	return out.String()
}

func (p *page) font(bold bool, points float64) {
	style := ""
	if bold {
		style = "B"
	}
	p.doc.SetFont(p.family, style, points)
}

// heading sets a heading, on the next page where little would fit below it.
func (p *page) heading(points float64, text string) {
	if p.doc.GetY() > pageHeight-margin-6*lineHeight {
		p.doc.AddPage()
	}
	p.doc.Ln(3)
	p.font(true, points)
	p.doc.CellFormat(0, points*0.5, p.say(text), "", 1, "L", false, 0, "")
	p.font(false, 9)
}

func (p *page) line(text string) {
	p.font(false, 9)
	p.doc.MultiCell(0, lineHeight, p.say(text), "", "L", false)
}

// balance sets the two sides beside each other, their sums below.
func (p *page) balance(b Balance) {
	left, right := b.Sums()
	state := "even"
	if !b.Even() {
		state = "does not balance"
	}
	p.heading(12, strings.ToUpper(b.Of[:1])+b.Of[1:]+": "+state)
	half := textWidth / 2
	side := func(list []Amount, i int) {
		name, n := "", ""
		if i < len(list) {
			name, n = list[i].Name, fmt.Sprint(list[i].N)
		}
		p.doc.CellFormat(half*0.65, lineHeight, p.say(name), "", 0, "L", false, 0, "")
		p.doc.CellFormat(half*0.25, lineHeight, n, "", 0, "R", false, 0, "")
		p.doc.CellFormat(half*0.1, lineHeight, "", "", 0, "L", false, 0, "")
	}
	for i := range max(len(b.Left), len(b.Right)) {
		side(b.Left, i)
		side(b.Right, i)
		p.doc.Ln(lineHeight)
	}
	p.font(true, 9)
	side([]Amount{{"sum", left}}, 0)
	side([]Amount{{"sum", right}}, 0)
	p.doc.Ln(lineHeight)
	if len(b.Gaps) > 0 {
		p.line("Gaps: " + strings.Join(b.Gaps, ", "))
	}
}

// table sets a table; a cell that is too long for its column is cut with "…".
func (p *page) table(t table) {
	if len(t.rows) == 0 {
		return
	}
	p.heading(12, t.title)
	widths := t.widths()
	p.heads(t, widths)
	points := 8.5
	if t.record == "log" {
		points = 7
	}
	p.font(false, points)
	for _, row := range t.rows {
		for i, c := range row {
			p.cell(widths[i], t.printed(c), t.right(i))
		}
		p.doc.Ln(lineHeight)
	}
}

// heads names the columns, "units_per_hour" in two lines.
func (p *page) heads(t table, widths []float64) {
	var lines [2][]string
	two := false
	for _, c := range t.columns {
		first, rest, cut := strings.Cut(c, " ")
		if !cut {
			first, rest = "", c
		}
		two = two || cut
		lines[0], lines[1] = append(lines[0], first), append(lines[1], rest)
	}
	p.font(true, 7.5)
	for n, line := range lines {
		if n == 0 && !two {
			continue
		}
		for i, word := range line {
			p.cell(widths[i], word, t.right(i))
		}
		p.doc.Ln(lineHeight * (0.6 + 0.3*float64(n)))
	}
}

// widths gives the keys room for words and the numbers the rest.
func (t table) widths() []float64 {
	widths := make([]float64, len(t.columns))
	if t.record == "log" {
		for i, c := range logColumns {
			widths[i] = c.share * textWidth
		}
		return widths
	}
	keys := textWidth * 0.3
	for i := range widths {
		if i < t.keys {
			widths[i] = keys / float64(t.keys)
		} else {
			widths[i] = (textWidth - keys) / float64(len(t.columns)-t.keys)
		}
	}
	return widths
}

// right reports whether a column is set to the right, as numbers are.
func (t table) right(i int) bool {
	if t.record == "log" {
		return t.columns[i] == "Units" || t.columns[i] == "Price"
	}
	return i >= t.keys && t.record != "head" && t.record != "gap" && t.record != "change"
}

// printed is a cell in the report.
func (t table) printed(cell any) string {
	at, ok := cell.(stamp)
	switch {
	case !ok:
		return text(cell)
	case t.record == "log":
		return time.Time(at).Format("15:04:05")
	}
	return time.Time(at).Format("02 Jan 15:04")
}

func (p *page) cell(width float64, words string, right bool) {
	align := "L"
	if right {
		align = "R"
	}
	if width == 0 { // the report has no room for this column
		return
	}
	set := p.say(words)
	for r := []rune(words); p.doc.GetStringWidth(set) > width-1 && len(r) > 0; {
		r = r[:len(r)-1]
		lost := p.lost
		set = p.say(string(r) + "…")
		p.lost = lost
	}
	p.doc.CellFormat(width, lineHeight, set, "", 0, align, false, 0, "")
}
