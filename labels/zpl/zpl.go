// Package zpl writes a Layout in the language of label printers, for a printer
// that is sent it unchanged. Each page is one graphic field cut into strips: the
// very dots of labels/picture, so that a preview, a test and the paper agree. A
// picture of dots prints the same on every printer, and is the default. The
// package must not change what an operator set at the printer (speed,
// darkness, cutter).
//
// [Encode] sends pictures only. [EncodeNative] has the printer draw the Code
// 128 symbols itself (^BC) where that is exact. By the printers' handbook it
// is: in mode N the firmware chooses nothing. The field data begins with the
// start character (>: or >;), each change of set (>5, >6) and FNC1 (>8) is
// written, digits of set C are taken in pairs as they stand, characters of set
// B as they are; only the check character is counted by the printer, and that
// leaves no choice. ^BY gives the module in whole dots, the ratio of Code 128
// is fixed, ^FO is the upper left corner of the first bar, and without an
// interpretation line nothing else is drawn. Modes A, D and U are not used:
// there the firmware picks the sets or adds to the data. What is outside of
// those rules stays in the graphic: set A, signs that begin commands or change
// with ^CI, symbols that are turned or overlaid. All this is shown against the
// handbook, not with a printer: programs that show ZPL on a screen are known to
// misread >5.
//
// QR codes stay in the graphic: ^BQ is not exact. It has the level, a mask and
// the character modes, but no version, which the firmware chooses, and the
// handbook does not say whether a mask is used as asked. Printers also move the
// symbol down by the height that ^BY was last given, by this or any other
// program; the handbook does not mention it. The same text would be a right
// symbol, but not this one at this place.
package zpl

import (
	"bytes"
	"fmt"

	"packbench/labels"
	"packbench/labels/picture"
)

// mostBytes is the documented limit of a graphic field's counts.
const mostBytes = 99999

// Encode returns the file: a format (^XA…^XZ) a page. The same layout gives the
// same bytes, always.
func Encode(l labels.Layout) ([]byte, error) { return encode(l, false) }

// EncodeNative is Encode, but leaves the Code 128 symbols to the printer where
// they come out dot by dot as in the picture.
func EncodeNative(l labels.Layout) ([]byte, error) { return encode(l, true) }

func encode(l labels.Layout, native bool) ([]byte, error) {
	if l.DPI <= 0 || l.W <= 0 || l.H <= 0 || len(l.Pages) == 0 {
		return nil, fmt.Errorf("zpl %s: the layout has no page", l.Title)
	}
	if l.W > 8*mostBytes {
		return nil, fmt.Errorf("zpl %s: %d dots are too wide for a printer", l.Title, l.W)
	}
	var w writer
	for _, page := range l.Pages {
		var own []bars
		if native {
			page, own = split(l, page)
		}
		graphic := l
		graphic.Pages = []labels.Page{page}
		dots, err := picture.Print(graphic, 0)
		if err != nil {
			return nil, fmt.Errorf("zpl %s: %w", l.Title, err)
		}
		w.out = fmt.Appendf(w.out, "^XA^PW%d^LL%d^LH0,0\n", l.W, l.H)
		w.page(dots)
		w.bars(own)
		w.out = append(w.out, "^XZ\n"...)
	}
	return w.out, nil
}

// Graphic returns a file of pages that are dots already: a format a page.
func Graphic(pages ...picture.Dots) ([]byte, error) {
	var w writer
	for _, dots := range pages {
		if dots.Stride > mostBytes || dots.Stride <= 0 {
			return nil, fmt.Errorf("zpl: %d dots are no page of a printer", dots.W)
		}
		w.out = fmt.Appendf(w.out, "^XA^PW%d^LL%d^LH0,0\n", dots.W, dots.H)
		w.page(dots)
		w.out = append(w.out, "^XZ\n"...)
	}
	return w.out, nil
}

type writer struct{ out []byte }

// page writes the strips of a page from top to bottom.
func (w *writer) page(dots picture.Dots) {
	high := mostBytes / dots.Stride
	for top := 0; top < dots.H; top += high {
		rows := min(high, dots.H-top)
		total := rows * dots.Stride
		w.out = fmt.Appendf(w.out, "^FO0,%d^GFA,%d,%d,%d,", top, total, total, dots.Stride)
		for y := top; y < top+rows; y++ {
			// A row that is like the one above is one sign.
			if y > top && bytes.Equal(dots.Row(y), dots.Row(y-1)) {
				w.out = append(w.out, ':')
			} else {
				w.row(dots.Row(y))
			}
		}
		w.out = append(w.out, "^FS\n"...)
	}
}

const hexDigits = "0123456789ABCDEF"

// row writes hexadecimal digits with counts before those that repeat. Where
// the rest of the row is white or black, a single sign says so.
func (w *writer) row(row []byte) {
	white := len(row)
	for white > 0 && row[white-1] == 0 {
		white--
	}
	digit, count := byte(0), 0
	for _, b := range row[:white] {
		if b>>4 == digit && b&15 == digit {
			count += 2
			continue
		}
		for _, d := range [2]byte{b >> 4, b & 15} {
			if d != digit {
				w.repeat(count, digit)
				digit, count = d, 0
			}
			count++
		}
	}
	switch {
	case white < len(row) && digit == 0:
		w.out = append(w.out, ',')
	case white < len(row):
		w.repeat(count, digit)
		w.out = append(w.out, ',')
	case digit == 15:
		w.out = append(w.out, '!')
	default:
		w.repeat(count, digit)
	}
}

// repeat writes a count and a digit. G to Y count 1 to 19, g to z are 20 to
// 400, and both are added.
func (w *writer) repeat(n int, digit byte) {
	if n == 0 {
		return
	}
	for n > 400 {
		w.out = append(w.out, 'z')
		n -= 400
	}
	if n >= 20 {
		w.out = append(w.out, 'g'+byte(n/20-1))
	}
	if n%20 > 0 && n > 1 {
		w.out = append(w.out, 'G'+byte(n%20-1))
	}
	w.out = append(w.out, hexDigits[digit])
}
