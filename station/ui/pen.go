package ui

import (
	"image"
	"image/color"
	"math"

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
	r = p.pixels(r)
	o.Move(fyne.NewPos(r.x, r.y))
	o.Resize(fyne.NewSize(r.w, r.h))
}

func (p *pen) pixels(r rect) rect { return rect{r.x * p.k, r.y * p.k, r.w * p.k, r.h * p.k} }

// largeFill is the area from which on a rectangle is drawn in three parts, in pixels.
const largeFill = 8000

// fill draws a plain rectangle with round corners. The toolkit works out each pixel of
// one as if it were at a corner; without a graphics card that takes most of the time of
// a frame. So only the rim of a large one is drawn that way, and the rest is a thick
// line, whose pixels take a third. The parts overlap: the toolkit softens their edges.
func (p *pen) fill(r rect, c screen.RGB, round float32) {
	r, round = p.pixels(r), round*p.k
	if least := 24 * p.k; r.w >= least && r.h >= least {
		p.g.marks = append(p.g.marks, mark{at: r})
	}
	if round == 0 || r.w*r.h < largeFill || min(r.w, r.h) < 6*round {
		p.box(r, ink(c), nil, 0, even(round))
		return
	}
	// Whole pixels apart, so that the parts stand on the same ones as a rectangle in one
	// part.
	r.w, r.h, round = whole(r.w), whole(r.h), whole(round)
	const (
		rim  = 4
		soft = 1.0 / 64 // rounds nothing, and is drawn as what is round
	)
	end, middle := 2*round, r.y+whole(r.h/2)
	p.box(rect{r.x, r.y, end, r.h}, ink(c), nil, 0, corners{topLeft: round, bottomLeft: round})
	p.box(rect{r.x + r.w - end, r.y, end, r.h}, ink(c), nil, 0, corners{topRight: round, bottomRight: round})
	p.box(rect{r.x + end, r.y, r.w - 2*end, rim}, ink(c), nil, 0, even(soft))
	p.box(rect{r.x + end, r.y + r.h - rim, r.w - 2*end, rim}, ink(c), nil, 0, even(soft))
	p.stroke(fyne.NewPos(r.x+round, middle), fyne.NewPos(r.x+r.w-round, middle), r.h-rim, c)
}

func whole(pixels float32) float32 { return float32(math.Round(float64(pixels))) }

// panel draws the ground of a panel.
func (p *pen) panel(r rect) { p.fill(r, p.pal.Panel, radius) }

// ring draws the frame of a rectangle, inside it.
func (p *pen) ring(r rect, c screen.RGB, width, round float32) {
	p.box(p.pixels(r), color.Transparent, ink(c), width*p.k, even(round*p.k))
}

// corners are the radii of a rectangle's corners.
type corners struct{ topLeft, topRight, bottomLeft, bottomRight float32 }

func even(round float32) corners { return corners{round, round, round, round} }

// box draws a rectangle; like stroke it counts in pixels.
func (p *pen) box(r rect, fill, stroke color.Color, width float32, round corners) {
	o, fresh := take(p.g, func() *canvas.Rectangle { return canvas.NewRectangle(fill) })
	all := float32(0)
	if round == even(round.topLeft) {
		all, round = round.topLeft, corners{}
	}
	was := corners{o.TopLeftCornerRadius, o.TopRightCornerRadius, o.BottomLeftCornerRadius, o.BottomRightCornerRadius}
	changed := fresh || o.FillColor != fill || o.StrokeColor != stroke || o.StrokeWidth != width || o.CornerRadius != all || was != round
	o.FillColor, o.StrokeColor, o.StrokeWidth, o.CornerRadius = fill, stroke, width, all
	o.TopLeftCornerRadius, o.TopRightCornerRadius = round.topLeft, round.topRight
	o.BottomLeftCornerRadius, o.BottomRightCornerRadius = round.bottomLeft, round.bottomRight
	o.Move(fyne.NewPos(r.x, r.y))
	o.Resize(fyne.NewSize(r.w, r.h))
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
	p.stroke(fyne.NewPos(x1*p.k, y1*p.k), fyne.NewPos(x2*p.k, y2*p.k), width*p.k, c)
	p.circle(x1, y1, width/2, c)
	p.circle(x2, y2, width/2, c)
}

func (p *pen) stroke(from, to fyne.Position, width float32, c screen.RGB) {
	o, _ := take(p.g, func() *canvas.Line { return canvas.NewLine(ink(c)) })
	if o.StrokeColor != ink(c) || o.StrokeWidth != width || o.Position1 != from || o.Position2 != to {
		o.StrokeColor, o.StrokeWidth, o.Position1, o.Position2 = ink(c), width, from, to
		o.Refresh()
	}
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
