// Package foreign lays pages that somebody else drew, as a PDF, on the paper of a
// printer: [Fit] makes a file of it, [Dots] what a printer of dots prints, and [Picture]
// what a screen shows.
//
// What is on a page keeps its size, because its bars must: it is moved, and turned by a
// quarter where only that makes it fit. What does not fit is a [*LargeError] and never
// cut off; [Shrink] is for papers whose size does not matter.
//
// It knows no carrier and no kind of document. The library that reads PDF is a program
// of its own that runs in a memory of its own: it is started when a file is first read,
// and ended when nobody has for a while.
package foreign

import (
	"context"
	"errors"
	"fmt"
	"image"

	"github.com/klippa-app/go-pdfium"

	"packbench/labels"
	"packbench/labels/picture"
	"packbench/station/unit"
)

const (
	mostPages = 20
	mostSide  = 24 * 72 // points
	// hair is how much a page may differ from the paper, and still be of its size.
	hair = 1.5 // points, half a millimetre
)

// ErrUnreadable is a file that is no whole PDF, or one with too many or too large pages.
var ErrUnreadable = errors.New("the PDF cannot be read")

// ErrBlank is a file that has nothing on any page.
var ErrBlank = errors.New("the PDF has nothing on its pages")

// LargeError is a page with more on it than fits the paper unscaled.
type LargeError struct {
	W, H  unit.Length // of what is on it
	Paper string
}

func (e *LargeError) Error() string {
	return fmt.Sprintf("%d × %d mm do not fit on %s", round(e.W), round(e.H), e.Paper)
}

func round(l unit.Length) int64 {
	return (int64(l) + int64(unit.Millimetre)/2) / int64(unit.Millimetre)
}

// Fit returns a file whose pages are of the paper's size. Pages that are of it already
// are returned as they came, byte for byte; those with nothing on them are left out. It
// moves what it moves by whole dots of the printer.
func Fit(ctx context.Context, file []byte, paper labels.Paper, dpi int) ([]byte, error) {
	return fit(ctx, paper, dpi, false, file)
}

// Shrink returns one file of the pages of many, each of the paper's size: smaller than
// they came where they do not fit. It is for papers whose size does not matter.
func Shrink(ctx context.Context, paper labels.Paper, dpi int, files ...[]byte) ([]byte, error) {
	return fit(ctx, paper, dpi, true, files...)
}

func fit(ctx context.Context, paper labels.Paper, dpi int, shrink bool, files ...[]byte) (out []byte, err error) {
	err = shared.with(ctx, func(lib pdfium.Pdfium) error {
		grid := grid{w: points(paper.W), h: points(paper.H), dot: 72 / float64(dpi), unit: 1}
		laid, err := blank(lib)
		if err != nil {
			return err
		}
		defer laid.close()
		n := 0
		for _, file := range files {
			doc, err := open(lib, file)
			if err != nil {
				return err
			}
			defer doc.close()
			places, asIs, err := doc.places(grid, paper.Name, shrink)
			if err != nil {
				return err
			}
			if asIs && len(files) == 1 {
				out = file
				return nil
			}
			for _, at := range places {
				if err := doc.lay(&laid, n, grid, at); err != nil {
					return err
				}
				n++
			}
		}
		out, err = laid.bytes()
		return err
	})
	return out, err
}

// Dots returns the pages of a file as a printer of so many dots an inch prints them on
// its paper.
func Dots(ctx context.Context, file []byte, paper labels.Paper, dpi int) (out []picture.Dots, err error) {
	err = shared.with(ctx, func(lib pdfium.Pdfium) error {
		doc, err := open(lib, file)
		if err != nil {
			return err
		}
		defer doc.close()
		w, h := int64(paper.W)*int64(dpi)/int64(unit.Inch), int64(paper.H)*int64(dpi)/int64(unit.Inch)
		places, _, err := doc.places(grid{w: points(paper.W), h: points(paper.H), dot: 72 / float64(dpi), unit: 1}, paper.Name, false)
		if err != nil {
			return err
		}
		// A point of these pages is a dot, so that nothing is rounded when they are drawn.
		laid, err := blank(lib)
		if err != nil {
			return err
		}
		defer laid.close()
		for i, at := range places {
			if err := doc.lay(&laid, i, grid{w: float64(w), h: float64(h), unit: float64(dpi) / 72}, at); err != nil {
				return err
			}
			drawn, err := laid.draw(i, 72)
			if err != nil {
				return err
			}
			out = append(out, black(drawn))
		}
		return nil
	})
	return out, err
}

// Picture returns the first page of a file that has something on it, so large that it
// fits a square of so many pixels.
func Picture(ctx context.Context, file []byte, most int) (out *image.Gray, err error) {
	err = shared.with(ctx, func(lib pdfium.Pdfium) error {
		doc, err := open(lib, file)
		if err != nil {
			return err
		}
		defer doc.close()
		for i, p := range doc.pages {
			if p.ink == (rect{}) {
				continue
			}
			drawn, err := doc.draw(i, int(72*float64(most)/max(p.w, p.h)))
			if err != nil {
				return err
			}
			out = grey(drawn)
			return nil
		}
		return ErrBlank
	})
	return out, err
}

func points(l unit.Length) float64 { return float64(l) * 72 / float64(unit.Inch) }

func length(points float64) unit.Length { return unit.Length(points * float64(unit.Inch) / 72) }

// black are the dots of a picture that are darker than half.
func black(p *image.RGBA) picture.Dots {
	size := p.Rect.Size()
	stride := (size.X + 7) / 8
	d := picture.Dots{W: size.X, H: size.Y, Stride: stride, Bits: make([]byte, stride*size.Y)}
	for y := range size.Y {
		row := p.Pix[y*p.Stride:]
		for x := range size.X {
			if luma(row[4*x:]) < 128 {
				d.Bits[y*stride+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return d
}

func grey(p *image.RGBA) *image.Gray {
	out := image.NewGray(image.Rectangle{Max: p.Rect.Size()})
	for y := range out.Rect.Dy() {
		row := p.Pix[y*p.Stride:]
		for x := range out.Rect.Dx() {
			out.Pix[y*out.Stride+x] = byte(luma(row[4*x:])) // #nosec G115: within a byte
		}
	}
	return out
}

// luma is how light a pixel is. What is drawn stands on white, so none is transparent.
func luma(pixel []byte) int {
	return (299*int(pixel[0]) + 587*int(pixel[1]) + 114*int(pixel[2])) / 1000
}
