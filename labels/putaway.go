package labels

import (
	"fmt"
	"image"
	"time"

	"packbench/station/unit"
)

// Putaway is everything that stands on the label of units that came back: where they are
// put, and what they are. Its words are in the language of whoever puts them there.
type Putaway struct {
	Bin    string // "" where they leave the house
	Where  string // what becomes of them
	Grade  string
	Name   string
	SKU    string
	Qty    int
	Return string // its number, with that of the units behind it
	Code   string // what the QR code holds
	Made   time.Time
}

// PutawayLabel lays out the label of units that came back: the bin in the largest letters
// that fit, and below it what they are.
func PutawayLabel(u Putaway, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("put-away label: %w", err)
	}
	page := c.inner()
	code, side, err := c.qr(u.Code, 8*unit.Millimetre/10, page.Dx()/3, page.Dy()/3)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("put-away label %s: %w", u.Return, err)
	}
	below := page
	down := func(s style, field, text string) { below.Min.Y += c.line(below, s, field, text) + c.mm(12) }
	down(bold(220).centred().down(60), "bin", first(u.Bin, u.Where))
	c.fill(image.Rect(below.Min.X, below.Min.Y, below.Max.X, below.Min.Y+c.mm(6)))
	below.Min.Y += c.mm(20)
	if u.Bin != "" {
		down(bold(60).centred(), "disposition", u.Where)
	}
	down(sans(48).centred(), "grade", u.Grade)
	c.add(code.at(below.Max.X-side, page.Max.Y-side))
	below.Max.X -= side + c.mm(10)
	below.Min.Y = max(below.Min.Y, page.Max.Y-side)
	down(bold(44), "name", u.Name)
	down(sans(40), "sku", fmt.Sprintf("%d × %s", u.Qty, u.SKU))
	down(sans(32), "return", u.Return)
	out := c.layout("Put-away label " + u.Return)
	out.Made = u.Made
	return out, c.missing, nil
}
