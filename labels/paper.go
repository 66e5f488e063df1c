package labels

import (
	"fmt"
	"image"

	"packbench/station/unit"
)

// newCanvas is for documents that want a page.
func newCanvas(p Profile) (*canvas, error) {
	if p.Paper.Roll {
		return nil, fmt.Errorf("this does not fit on a roll of %s: only slips do", p.Paper.Name)
	}
	return newPaper(p)
}

// newPaper is for those that fit a roll too.
func newPaper(p Profile) (*canvas, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	faces := suppliedFaces()
	if err := faces.check(); err != nil {
		return nil, err
	}
	w, h := p.page()
	return &canvas{shaper: shaper{faces: faces}, Profile: p, w: w, h: h, pages: make([]Page, 1)}, nil
}

// inner returns the page without its margins: small ones on label paper, wider
// ones on a sheet, and room for the footer.
func (c *canvas) inner() image.Rectangle {
	margin := c.margin()
	return image.Rect(margin, margin, c.w-margin, c.h-margin-lineHeight(c.mm(24))-c.mm(10))
}

// margin is what stays free at each edge: on a roll what its printers cannot reach.
func (c *canvas) margin() int {
	switch {
	case c.sheet():
		return c.mm(120)
	case c.Paper.Roll:
		return c.mm(40)
	}
	return c.mm(30)
}

// tear ends a page of a roll below what stands on it; a second page is as long as the first.
func (c *canvas) tear(at int) {
	if c.Paper.Roll && len(c.pages) == 1 {
		c.h -= c.inner().Max.Y - at
	}
}

// sheet tells office paper from label paper.
func (c *canvas) sheet() bool { return c.Paper.W > 150*unit.Millimetre }
