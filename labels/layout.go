package labels

import (
	"cmp"
	"fmt"
	"image"
	"strings"
	"time"

	"packbench/assets/fonts"
	"packbench/labels/barcode"
)

// Layout is a finished document: pages of boxes. Every number is in dots of a
// printer with the given DPI; the origin is the top left corner.
type Layout struct {
	Title string
	Made  time.Time // goes into the file's metadata; the zero time is fine
	DPI   int
	W, H  int // page
	Pages []Page
	// Accent is the colour of what is marked so, as six digits; "" is black.
	Accent string
	Own    *Font // the shop's own, for runs of the font called own; nil: none of them is
}

// Page is what one page shows, in drawing order.
type Page struct{ Boxes []Box }

// Box is one of Text, Bars, Matrix, Rect, Line and Picture.
type Box interface {
	// Bounds is the room that the box needs for itself, quiet zones included.
	Bounds() image.Rectangle
	fmt.Stringer
}

// Align says where a text stands in its box.
type Align int

// The alignments.
const (
	Left Align = iota
	Centre
	Right
)

// Text is one line of text. Its runs are already placed; Align is kept for
// drawers that use fonts of the printer.
type Text struct {
	X, Y, W, H int
	Font       fonts.Name // of the text as a whole; runs may fall back
	Size       int        // em size in dots
	Baseline   int        // y of the baseline
	Align      Align
	White      bool // on a filled Rect
	Accent     bool // in the layout's colour
	Runs       []Run
}

// Run is a piece of text that one font can print, in visual order from left
// to right. It holds only characters up to U+FFFF that the font has.
type Run struct {
	X     int // left edge
	W     int // advance, rounded up
	Font  fonts.Name
	Text  string
	Forms string // what is drawn where that is not Text, a character for a character
	Em    int    // at which it is set, in thousandths of its text's Size; 0 is that of its font
}

// Drawn returns the characters of the font that are drawn.
func (r Run) Drawn() string {
	if r.Forms != "" {
		return r.Forms
	}
	return r.Text
}

// Scale returns the em at which a run is set, in thousandths of its text's Size.
func (r Run) Scale() int { return cmp.Or(r.Em, scale(r.Font)) }

// Bars is a one-dimensional bar code without its text.
type Bars struct {
	X, Y    int  // left edge of the first bar; where Upright, its top edge
	Dot     int  // width of a module
	H       int  // length of the bars
	Quiet   int  // free modules on each side
	Upright bool // the code runs down the page and its bars lie
	Runs    barcode.Runs
	Symbol  string // what a reader shall say, for tests and people
}

// Matrix is a QR code.
type Matrix struct {
	X, Y   int // top left module, without the quiet zone
	Dot    int // width of a module
	Quiet  int // free modules on each side
	Matrix barcode.Matrix
	Symbol string
}

// Rect is a filled rectangle or, with Stroke > 0, a frame of that width inside
// its edges.
type Rect struct{ X, Y, W, H, Stroke int }

// Line is a horizontal or vertical rule; it is a Rect that may not hold text.
type Line struct{ X, Y, W, H int }

// Text returns the text of all runs.
func (t Text) Text() string {
	var b strings.Builder
	for _, r := range t.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Bounds implements Box.
func (t Text) Bounds() image.Rectangle { return image.Rect(t.X, t.Y, t.X+t.W, t.Y+t.H) }

// Bounds implements Box.
func (b Bars) Bounds() image.Rectangle {
	q, all := b.Quiet*b.Dot, b.Runs.Modules()*b.Dot
	if b.Upright {
		return image.Rect(b.X, b.Y-q, b.X+b.H, b.Y+all+q)
	}
	return image.Rect(b.X-q, b.Y, b.X+all+q, b.Y+b.H)
}

// Bounds implements Box.
func (m Matrix) Bounds() image.Rectangle {
	q, n := m.Quiet*m.Dot, m.Matrix.Size*m.Dot
	return image.Rect(m.X-q, m.Y-q, m.X+n+q, m.Y+n+q)
}

// Bounds implements Box.
func (r Rect) Bounds() image.Rectangle { return image.Rect(r.X, r.Y, r.X+r.W, r.Y+r.H) }

// Bounds implements Box.
func (l Line) Bounds() image.Rectangle { return image.Rect(l.X, l.Y, l.X+l.W, l.Y+l.H) }

func (t Text) String() string {
	colour := ""
	if t.White {
		colour = " white"
	}
	if t.Accent {
		colour = " accent"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "text %d,%d %dx%d size %d base %d %s%s", t.X, t.Y, t.W, t.H, t.Size, t.Baseline, t.Align, colour)
	for _, r := range t.Runs {
		fmt.Fprintf(&b, " [%d+%d %s %q", r.X, r.W, r.Font, r.Text)
		if r.Forms != "" {
			fmt.Fprintf(&b, " as %+q", r.Forms)
		}
		b.WriteString("]")
	}
	return b.String()
}

func (b Bars) String() string {
	upright := ""
	if b.Upright {
		upright = "upright "
	}
	return fmt.Sprintf("%sbars %d,%d dot %d high %d modules %d quiet %d %q",
		upright, b.X, b.Y, b.Dot, b.H, b.Runs.Modules(), b.Quiet, b.Symbol)
}

func (m Matrix) String() string {
	return fmt.Sprintf("qr %d,%d dot %d modules %d level %s quiet %d %q", m.X, m.Y, m.Dot, m.Matrix.Size, m.Matrix.Level, m.Quiet, m.Symbol)
}

func (r Rect) String() string {
	if r.Stroke > 0 {
		return fmt.Sprintf("frame %d,%d %dx%d stroke %d", r.X, r.Y, r.W, r.H, r.Stroke)
	}
	return fmt.Sprintf("fill %d,%d %dx%d", r.X, r.Y, r.W, r.H)
}

func (l Line) String() string { return fmt.Sprintf("line %d,%d %dx%d", l.X, l.Y, l.W, l.H) }

func (a Align) String() string {
	switch a {
	case Centre:
		return "centre"
	case Right:
		return "right"
	}
	return "left"
}

// String lists the boxes, a line each: what golden files hold.
func (l Layout) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %dx%d dots at %d dpi, %d page(s)\n", l.Title, l.W, l.H, l.DPI, len(l.Pages))
	for i, page := range l.Pages {
		fmt.Fprintf(&b, "page %d\n", i+1)
		for _, box := range page.Boxes {
			fmt.Fprintf(&b, "  %s\n", box)
		}
	}
	return b.String()
}
