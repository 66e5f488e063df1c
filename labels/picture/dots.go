package picture

import (
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"packbench/labels"
)

// Dots is a page as a thermal printer prints it, a bit a dot. A row begins at a
// byte, its leftmost dot in the highest bit; 1 is black.
type Dots struct {
	W, H   int
	Stride int // bytes in a row
	Bits   []byte
}

// Row returns the bytes of a row.
func (d Dots) Row(y int) []byte { return d.Bits[y*d.Stride : (y+1)*d.Stride] }

// Print returns one page as dots. A letter's dot is black where the letter covers
// half of it or more, and letters begin at whole dots, so that the same letter
// looks the same all over a label.
func Print(l labels.Layout, page int) (Dots, error) {
	if page < 0 || page >= len(l.Pages) {
		return Dots{}, fmt.Errorf("dots of %s: there is no page %d", l.Title, page+1)
	}
	stride := (l.W + 7) / 8
	p := press{
		dots:    Dots{W: l.W, H: l.H, Stride: stride, Bits: make([]byte, stride*l.H)},
		drawer:  drawer{own: l.Own, faces: make(map[faceKey]font.Face)},
		letters: make(map[faceKey]map[rune]letter),
	}
	for _, box := range l.Pages[page].Boxes {
		if of, ok := box.(labels.Picture); ok {
			p.screen(of)
		}
		labels.Paint(box, p.fill)
	}
	for _, box := range l.Pages[page].Boxes {
		if t, ok := box.(labels.Text); ok {
			if err := p.text(t); err != nil {
				return Dots{}, fmt.Errorf("dots of %s: %w", l.Title, err)
			}
		}
	}
	return p.dots, nil
}

// press draws on dots. It keeps the letters that it has drawn: a label repeats
// most of them, and drawing their outlines is most of the work.
type press struct {
	drawer
	dots    Dots
	letters map[faceKey]map[rune]letter
}

// letter is a character's dots, relative to its place on the baseline.
type letter struct {
	spans   []span
	advance fixed.Int26_6
}

// span is black dots beside each other.
type span struct{ x, y, w int }

// fill blackens a rectangle, as far as it lies on the page.
func (p *press) fill(x, y, w, h int) { p.ink(x, y, w, h, false) }

func (p *press) ink(x, y, w, h int, white bool) {
	x0, y0, x1, y1 := max(x, 0), max(y, 0), min(x+w, p.dots.W), min(y+h, p.dots.H)
	if x0 >= x1 || y0 >= y1 {
		return
	}
	from, to := x0/8, (x1-1)/8
	left, right := byte(0xff)>>(x0%8), byte(0xff)<<(7-(x1-1)%8)
	for y := y0; y < y1; y++ {
		row := p.dots.Row(y)
		for i := from; i <= to; i++ {
			mask := byte(0xff)
			if i == from {
				mask = left
			}
			if i == to {
				mask &= right
			}
			if white {
				row[i] &^= mask
			} else {
				row[i] |= mask
			}
		}
	}
}

// screen prints a picture in black and white: Floyd and Steinberg's way of giving to the
// neighbours what a dot is too dark or too light by.
func (p *press) screen(of labels.Picture) {
	grey := onWhite(of)
	out := image.NewPaletted(grey.Rect, color.Palette{color.White, color.Black})
	draw.FloydSteinberg.Draw(out, out.Rect, grey, image.Point{})
	for y := range of.H {
		for x := range of.W {
			if out.ColorIndexAt(x, y) == 1 {
				p.ink(of.X+x, of.Y+y, 1, 1, false)
			}
		}
	}
}

func (p *press) text(t labels.Text) error {
	for _, run := range t.Runs {
		key := faceKey{run.Font, t.Size}
		face, err := p.face(run, t.Size)
		if err != nil {
			return err
		}
		known := p.letters[key]
		if known == nil {
			known = make(map[rune]letter)
			p.letters[key] = known
		}
		x := fixed.I(run.X)
		for _, r := range run.Drawn() { // one by one: layout counts no kerning
			c, ok := known[r]
			if !ok {
				c = letterOf(face, r)
				known[r] = c
			}
			at := x.Round()
			for _, s := range c.spans {
				p.ink(at+s.x, t.Baseline+s.y, s.w, 1, t.White)
			}
			x += c.advance
		}
	}
	return nil
}

func letterOf(face font.Face, r rune) (c letter) {
	to, mask, at, advance, ok := face.Glyph(fixed.Point26_6{}, r)
	c.advance = advance
	if alpha, isAlpha := mask.(*image.Alpha); ok && isAlpha {
		for y := range to.Dy() {
			c.cover(alpha.Pix[alpha.PixOffset(at.X, at.Y+y):][:to.Dx()], to.Min.X, to.Min.Y+y)
		}
	}
	return c
}

// cover adds the dots of a row that are covered by half or more.
func (c *letter) cover(row []byte, x, y int) {
	for i := 0; i < len(row); i++ {
		from := i
		for i < len(row) && row[i] >= 128 {
			i++
		}
		if i > from {
			c.spans = append(c.spans, span{x + from, y, i - from})
		}
	}
}
