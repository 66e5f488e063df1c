package ui

import (
	"packbench/station/screen"
)

// shape draws one of the four shapes into a square of the given size, its mark
// in the colour of what is behind it.
func (p *pen) shape(x, y, size float32, s screen.Shape, body, mark screen.RGB) {
	r := size / 2
	cx, cy := x+r, y+r
	w := size * 0.11
	switch s {
	case screen.ShapeTick:
		p.circle(cx, cy, r, body)
		p.line(cx-r*0.46, cy+r*0.04, cx-r*0.12, cy+r*0.38, w, mark)
		p.line(cx-r*0.12, cy+r*0.38, cx+r*0.48, cy-r*0.34, w, mark)
	case screen.ShapeCross:
		p.polygon(cx, cy, r*1.06, 8, 22.5, 0, body)
		p.line(cx-r*0.38, cy-r*0.38, cx+r*0.38, cy+r*0.38, w, mark)
		p.line(cx-r*0.38, cy+r*0.38, cx+r*0.38, cy-r*0.38, w, mark)
	case screen.ShapeMark:
		p.polygon(cx, cy+r*0.2, r*1.16, 3, 0, size*0.04, body)
		w = max(w*1.2, 2.6)
		p.fill(rect{cx - w/2, cy - r*0.34, w, r * 0.62}, mark, w/2)
		p.circle(cx, cy+r*0.54, w*0.56, mark)
	case screen.ShapeSquare:
		p.fill(rect{x + size*0.05, y + size*0.05, size * 0.9, size * 0.9}, body, size*0.12)
		w = max(w*1.2, 2.4)
		p.circle(cx, cy-r*0.44, w*0.58, mark)
		p.fill(rect{cx - w/2, cy - r*0.14, w, r * 0.66}, mark, w/2)
	}
}

// tile draws a product: its picture, or its initials on its colour.
func (p *pen) tile(r rect, item screen.Item, faded bool) {
	if img := p.ui.picture(item.Picture); img != nil {
		p.fill(r, p.pal.Raised, radius)
		p.picture(r.inset(2), img)
		return
	}
	ground, letters := item.Tile, screen.OnTile
	if faded {
		ground, letters = blend(ground, p.pal.Panel, 85), p.pal.Quiet
	}
	p.fill(r, ground, radius)
	p.text(r, item.Initials, style{size: r.h * 0.4, bold: true, align: alignCentre, color: letters})
}

// lamp draws a device's lamp: its colour and the shape that says the same.
func (p *pen) lamp(x, y, size float32, c screen.Colour) {
	if c == screen.LampOff || c == "" {
		p.disc(x+size/2, y+size/2, size/2-1, ink(p.pal.Panel), ink(p.pal.Quiet), 2)
		return
	}
	p.shape(x, y, size, screen.LampShape(c), p.pal.Lamp(c), p.pal.OnCard)
}

// barcode draws a few bars, as a picture of what is to be scanned.
func (p *pen) barcode(r rect, c screen.RGB) {
	bars := []float32{3, 1, 1, 2, 2, 1, 1, 3, 1, 2, 4, 1, 1, 1, 2, 3, 1, 1, 3, 2, 1, 2, 2, 1, 1, 3, 1, 1, 3}
	total := float32(0)
	for _, b := range bars {
		total += b
	}
	unit := r.w / total
	x := r.x
	for i, b := range bars {
		if i%2 == 0 {
			p.fill(rect{x, r.y, b * unit, r.h}, c, 0)
		}
		x += b * unit
	}
}
