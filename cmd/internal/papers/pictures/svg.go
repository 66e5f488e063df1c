package pictures

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// What a drawing may take. It is counted and not timed, so that a logo is not printed on
// one day and left out on a busy one: all of it is a second or two.
const (
	mostInks  = 240_000_000 // dots that are gone over
	mostCopy  = 100_000     // elements, times how often one is used again
	gradient  = 6           // how many plain ones a dot in shades takes
	mostWidth = 1 << 15     // dots, where the library's numbers end
)

var errLong = errors.New("it takes too long to draw (save it with fewer paths, or as a PNG)")

// drawing draws an SVG as large as it is printed. What the library cannot draw, such as text in a font, is an error:
// a logo without its name would be another one. It goes over so many dots at the most.
func drawing(data []byte, most int) (out image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			var long error
			if long, _ = r.(error); !errors.Is(long, errLong) {
				long = fmt.Errorf("it cannot be drawn: %v", r)
			}
			out, err = nil, long
		}
	}()
	if bytes.Contains(data, []byte("dasharray")) { // the library goes on for ever at dashes without a length
		return nil, errors.New("it has dashed lines (save them as paths, or all as a PNG)")
	}
	if err := checkUses(data); err != nil {
		return nil, err
	}
	of, err := oksvg.ReadIconStream(bytes.NewReader(data), oksvg.StrictErrorMode)
	if err != nil {
		return nil, fmt.Errorf("%w (save texts as paths, or as a PNG)", err)
	}
	if !(of.ViewBox.W > 0 && of.ViewBox.H > 0) || len(of.SVGPaths) == 0 {
		return nil, errors.New("it has no size, or nothing in it")
	}
	size := fit(of.ViewBox.W, of.ViewBox.H, logoWide, logoHigh)
	img := image.NewRGBA(image.Rectangle{Max: size})
	of.SetTarget(0, 0, float64(size.X), float64(size.Y))
	pen := &counted{ScannerGV: rasterx.NewScannerGV(size.X, size.Y, img, img.Rect), page: size.X * size.Y, each: 1, left: most}
	of.Draw(rasterx.NewDasher(size.X, size.Y, pen), 1)
	return img, nil
}

// checkUses refuses drawings that are used again within others, which the library follows
// without an end, and too many of them.
func checkUses(data []byte) error {
	elements, uses, within := 0, 0, 0
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			elements++
			switch e.Name.Local {
			case "defs":
				within++
			case "use":
				uses++
				if within > 0 {
					return errors.New("it has a drawing that is used within another one (save it as paths, or as a PNG)")
				}
			}
		case xml.EndElement:
			if e.Name.Local == "defs" {
				within--
			}
		}
		if uses*elements > mostCopy {
			return errLong
		}
	}
}

// counted counts what a drawing takes, and ends it by a panic of errLong: the library
// knows no other way out.
type counted struct {
	*rasterx.ScannerGV
	page, each, left int
	at               fixed.Point26_6
}

func (c *counted) spend(n int) {
	if c.left -= n; c.left < 0 {
		panic(errLong)
	}
}

// Start implements rasterx.Scanner.
func (c *counted) Start(a fixed.Point26_6) {
	c.at = a
	c.ScannerGV.Start(a)
}

// Line implements rasterx.Scanner. A line is gone over dot by dot, far outside the picture
// too.
func (c *counted) Line(b fixed.Point26_6) {
	wide, high := (b.X - c.at.X).Ceil(), (b.Y - c.at.Y).Ceil()
	if max(wide, -wide, high, -high) > mostWidth {
		panic(errLong)
	}
	c.spend(20 + max(wide, -wide) + max(high, -high))
	c.at = b
	c.ScannerGV.Line(b)
}

// SetColor implements rasterx.Scanner.
func (c *counted) SetColor(of any) {
	c.each = 1
	if _, is := of.(rasterx.ColorFunc); is {
		c.each = gradient
	}
	c.ScannerGV.SetColor(of)
}

// Draw implements rasterx.Scanner.
func (c *counted) Draw() {
	c.spend(c.page * c.each)
	c.ScannerGV.Draw()
}
