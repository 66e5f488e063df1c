package zpl

import (
	"fmt"
	"image"
	"strings"

	"packbench/labels"
	"packbench/labels/barcode"
)

// What the printers' handbook lets a bar code have. The height is that of its
// oldest edition.
const (
	widestModule = 10
	highestBars  = 9999
	farthest     = 32000 // of a field's origin
)

// bars is a symbol that the printer can be told to the dot.
type bars struct {
	labels.Bars
	data string // of ^FD
}

// split takes out of a page the bar codes that the printer draws itself. The
// rest keeps its order.
func split(l labels.Layout, page labels.Page) (rest labels.Page, own []bars) {
	for _, box := range page.Boxes {
		if b, ok := box.(labels.Bars); ok {
			if data, exact := fieldData(b.Runs); exact && placed(l, b) && !coveredWhite(b, page) {
				own = append(own, bars{b, data})
				continue
			}
		}
		rest.Boxes = append(rest.Boxes, box)
	}
	return rest, own
}

// placed reports whether bars stand where a ^BC field can. The handbook does not
// say how a field over the edge is cut, and a field that is turned is left to
// the graphic because no label has one.
func placed(l labels.Layout, b labels.Bars) bool {
	return !b.Upright && b.Dot >= 1 && b.Dot <= widestModule && b.H >= 1 && b.H <= highestBars &&
		b.X >= 0 && b.X <= farthest && b.Y >= 0 && b.Y <= farthest &&
		b.X+b.Runs.Modules()*b.Dot <= l.W && b.Y+b.H <= l.H
}

// coveredWhite reports whether white text may lie on bars. A printer lays black
// over black, so that all other ink may touch them; white it can not lay over.
// Letters lean out of their box, but never by an em.
func coveredWhite(b labels.Bars, page labels.Page) bool {
	ink := image.Rect(b.X, b.Y, b.X+b.Runs.Modules()*b.Dot, b.Y+b.H)
	for _, box := range page.Boxes {
		if t, ok := box.(labels.Text); ok && t.White && t.Bounds().Inset(-t.Size).Overlaps(ink) {
			return true
		}
	}
	return false
}

// fieldData writes the characters of a symbol for ^FD, with the start character
// and each change of set, so that the printer has nothing to choose. It is
// false where that can not be done by the handbook alone.
func fieldData(runs barcode.Runs) (string, bool) {
	values, ok := runs.Values()
	if !ok {
		return "", false
	}
	var out strings.Builder
	pairs := values[0] == barcode.StartC
	switch values[0] {
	case barcode.StartB:
		out.WriteString(">:")
	case barcode.StartC:
		out.WriteString(">;")
	default:
		return "", false // set A is written in numbers: it is left to the graphic
	}
	for _, v := range values[1:] {
		switch {
		case v == barcode.Func1:
			out.WriteString(">8")
		case pairs && v < 100:
			out.WriteByte('0' + v/10)
			out.WriteByte('0' + v%10)
		case pairs && v == barcode.CodeB:
			out.WriteString(">6")
			pairs = false
		case !pairs && v == barcode.CodeC:
			out.WriteString(">5")
			pairs = true
		case !pairs && v < 95 && plain(' '+v):
			out.WriteByte(' ' + v)
		default:
			return "", false
		}
	}
	return out.String(), true
}

// plain reports whether a character is itself in ^FD, whatever a printer is set
// to. ^ and ~ begin commands and > a code set; the others that are missing here
// are those that the national character sets (^CI) put letters in place of.
// The handbook does not say what becomes of a blank at
// an end, so that blanks are left out too.
func plain(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte("!\"%&'()*+,-./:;<=?_", c) >= 0
}

// bars writes the fields of a page. ^BY stays in a printer, so that the width
// is set to that of a printer just switched on: a format of another program
// that forgets it prints as before.
func (w *writer) bars(own []bars) {
	for _, b := range own {
		w.out = fmt.Appendf(w.out, "^BY%d^FO%d,%d^BCN,%d,N,N,N,N^FD%s^FS\n", b.Dot, b.X, b.Y, b.H, b.data)
	}
	if len(own) > 0 {
		w.out = append(w.out, "^BY2\n"...)
	}
}
