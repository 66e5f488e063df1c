package ui

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"packbench/station/screen"
)

// rect is a place in design units: the window is 1280×800 of them, or more in
// one direction where its sides have another ratio.
type rect struct{ x, y, w, h float32 }

func (r rect) inset(by float32) rect { return rect{r.x + by, r.y + by, r.w - 2*by, r.h - 2*by} }

// left cuts w off the left side; rest is what remains after a gap.
func (r rect) left(w, gap float32) (cut, rest rect) {
	return rect{r.x, r.y, w, r.h}, rect{r.x + w + gap, r.y, r.w - w - gap, r.h}
}

// right cuts w off the right side.
func (r rect) right(w, gap float32) (cut, rest rect) {
	return rect{r.x + r.w - w, r.y, w, r.h}, rect{r.x, r.y, r.w - w - gap, r.h}
}

// top cuts h off the top.
func (r rect) top(h, gap float32) (cut, rest rect) {
	return rect{r.x, r.y, r.w, h}, rect{r.x, r.y + h + gap, r.w, r.h - h - gap}
}

// bottom cuts h off the bottom.
func (r rect) bottom(h, gap float32) (cut, rest rect) {
	return rect{r.x, r.y + r.h - h, r.w, h}, rect{r.x, r.y, r.w, r.h - h - gap}
}

// pen draws into a region. All its places are design units.
type pen struct {
	g     *region
	ui    *UI
	k     float32 // pixels of a design unit
	mm    float32 // design units of a millimetre, 0 where it is not known
	pal   screen.Palette
	focus string
}

// radius is the corner radius of panels and buttons.
const radius = 8

func ink(c screen.RGB) color.Color {
	return color.NRGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 0xFF}
}

// blend mixes two colours; share is how much of the second one, in per cent.
func blend(a, b screen.RGB, share int) screen.RGB {
	part := func(shift int) screen.RGB {
		va, vb := int(a>>shift&0xFF), int(b>>shift&0xFF)
		return screen.RGB((va*(100-share)+vb*share)/100) << shift
	}
	return part(16) | part(8) | part(0)
}

func (p *pen) place(o fyne.CanvasObject, r rect) {
	o.Move(fyne.NewPos(r.x*p.k, r.y*p.k))
	o.Resize(fyne.NewSize(r.w*p.k, r.h*p.k))
}

// fill draws a plain rectangle with round corners.
func (p *pen) fill(r rect, c screen.RGB, round float32) { p.box(r, ink(c), nil, 0, round) }

// panel draws the ground of a panel.
func (p *pen) panel(r rect) { p.fill(r, p.pal.Panel, radius) }

// ring draws the frame of a rectangle, inside it.
func (p *pen) ring(r rect, c screen.RGB, width, round float32) {
	p.box(r, color.Transparent, ink(c), width, round)
}

func (p *pen) box(r rect, fill, stroke color.Color, width, round float32) {
	o, fresh := take(p.g, func() *canvas.Rectangle { return canvas.NewRectangle(fill) })
	width, round = width*p.k, round*p.k
	changed := fresh || o.FillColor != fill || o.StrokeColor != stroke || o.StrokeWidth != width || o.CornerRadius != round
	o.FillColor, o.StrokeColor, o.StrokeWidth, o.CornerRadius = fill, stroke, width, round
	p.place(o, r)
	if changed {
		o.Refresh()
	}
}

func (p *pen) circle(cx, cy, r float32, c screen.RGB) {
	p.disc(cx, cy, r, ink(c), nil, 0)
}

func (p *pen) disc(cx, cy, r float32, fill, stroke color.Color, width float32) {
	o, fresh := take(p.g, func() *canvas.Circle { return canvas.NewCircle(fill) })
	width *= p.k
	changed := fresh || o.FillColor != fill || o.StrokeColor != stroke || o.StrokeWidth != width
	o.FillColor, o.StrokeColor, o.StrokeWidth = fill, stroke, width
	p.place(o, rect{cx - r, cy - r, 2 * r, 2 * r})
	if changed {
		o.Refresh()
	}
}

// line draws a line with round ends.
func (p *pen) line(x1, y1, x2, y2, width float32, c screen.RGB) {
	o, _ := take(p.g, func() *canvas.Line { return canvas.NewLine(ink(c)) })
	a, b := fyne.NewPos(x1*p.k, y1*p.k), fyne.NewPos(x2*p.k, y2*p.k)
	if o.StrokeColor != ink(c) || o.StrokeWidth != width*p.k || o.Position1 != a || o.Position2 != b {
		o.StrokeColor, o.StrokeWidth, o.Position1, o.Position2 = ink(c), width*p.k, a, b
		o.Refresh()
	}
	p.circle(x1, y1, width/2, c)
	p.circle(x2, y2, width/2, c)
}

// polygon draws a regular polygon into a square.
func (p *pen) polygon(cx, cy, r float32, sides uint, angle, round float32, c screen.RGB) {
	o, fresh := take(p.g, func() *canvas.Polygon { return canvas.NewPolygon(sides, ink(c)) })
	changed := fresh || o.Sides != sides || o.Angle != angle || o.FillColor != ink(c) || o.CornerRadius != round*p.k
	o.Sides, o.Angle, o.FillColor, o.CornerRadius = sides, angle, ink(c), round*p.k
	p.place(o, rect{cx - r, cy - r, 2 * r, 2 * r})
	if changed {
		o.Refresh()
	}
}

// picture draws an image whole, in the middle of the place, never stretched.
func (p *pen) picture(r rect, img image.Image) {
	o, fresh := take(p.g, func() *canvas.Image { return canvas.NewImageFromImage(img) })
	changed := fresh || o.Image != img
	o.Image, o.FillMode, o.ScaleMode = img, canvas.ImageFillContain, canvas.ImageScaleSmooth
	p.place(o, r)
	if changed {
		o.Refresh()
	}
}

// press makes a place pressable.
func (p *pen) press(r rect, in screen.Intent) { p.tap(r, tap{intent: in}) }

func (p *pen) tap(r rect, t tap) {
	t.pos, t.size = fyne.NewPos(r.x*p.k, r.y*p.k), fyne.NewSize(r.w*p.k, r.h*p.k)
	p.g.taps = append(p.g.taps, t)
}

// focusRing shows where the keyboard stands.
func (p *pen) focusRing(id string, r rect) {
	if id != "" && id == p.focus {
		p.ring(rect{r.x - 4, r.y - 4, r.w + 8, r.h + 8}, p.pal.Ink, 3, radius+4)
	}
}

// afar returns a size of type that is read from afar: its capitals are at least
// 12 mm high.
func (p *pen) afar(size float32) float32 { return max(size, 12*p.mm/capHeight) }
