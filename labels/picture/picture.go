// Package picture draws a Layout as an image, a pixel a dot: [Draw] what a
// screen shows before it is printed, [Print] what a printer that takes bitmaps
// prints. It decides nothing about a document.
package picture

import (
	"fmt"
	"image"
	"sync"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"packbench/assets/fonts"
	"packbench/labels"
)

// parsed fonts are constant and may be shared; faces may not. Each is parsed
// when a text first needs it.
var parsed = sync.OnceValue(func() map[fonts.Name]func() (*sfnt.Font, error) {
	all := make(map[fonts.Name]func() (*sfnt.Font, error))
	for _, name := range fonts.All() {
		all[name] = sync.OnceValues(func() (*sfnt.Font, error) {
			data, err := fonts.Bytes(name)
			if err != nil {
				return nil, err
			}
			return opentype.Parse(data)
		})
	}
	return all
})

// Draw returns one page in shades of grey; bars are black and white only.
func Draw(l labels.Layout, page int) (*image.Gray, error) {
	if page < 0 || page >= len(l.Pages) {
		return nil, fmt.Errorf("picture of %s: there is no page %d", l.Title, page+1)
	}
	d := drawer{img: image.NewGray(image.Rect(0, 0, l.W, l.H)), own: l.Own, faces: make(map[faceKey]font.Face)}
	d.fill(0, 0, l.W, l.H, 255)
	for _, box := range l.Pages[page].Boxes {
		if p, ok := box.(labels.Picture); ok {
			d.picture(p)
		}
	}
	for _, box := range l.Pages[page].Boxes {
		labels.Paint(box, func(x, y, w, h int) { d.fill(x, y, w, h, 0) })
	}
	for _, box := range l.Pages[page].Boxes {
		if t, ok := box.(labels.Text); ok {
			if err := d.text(t); err != nil {
				return nil, fmt.Errorf("picture of %s: %w", l.Title, err)
			}
		}
	}
	return d.img, nil
}

// picture draws a picture in shades of grey.
func (d *drawer) picture(p labels.Picture) {
	draw.Draw(d.img, p.Bounds(), onWhite(p), image.Point{}, draw.Src)
}

// onWhite is a picture at its size on paper.
func onWhite(p labels.Picture) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, p.W, p.H))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Rect, p.Of, p.Of.Bounds(), draw.Over, nil)
	return out
}

type faceKey struct {
	name fonts.Name
	size int
}

type drawer struct {
	img   *image.Gray
	own   *labels.Font
	faces map[faceKey]font.Face
}

// fill sets every dot of a rectangle, as far as it lies on the page.
func (d *drawer) fill(x, y, w, h int, shade byte) {
	r := image.Rect(x, y, x+w, y+h).Intersect(d.img.Rect)
	if r.Empty() {
		return
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := d.img.Pix[d.img.PixOffset(r.Min.X, y):][:r.Dx()]
		for i := range row {
			row[i] = shade
		}
	}
}

func (d *drawer) text(t labels.Text) error {
	ink := uint32(0)
	if t.White {
		ink = 0xffff
	}
	for _, run := range t.Runs {
		face, err := d.face(run, t.Size)
		if err != nil {
			return err
		}
		pen := fixed.P(run.X, t.Baseline)
		for _, r := range run.Drawn() { // one by one: layout counts no kerning
			to, mask, at, advance, ok := face.Glyph(pen, r)
			if alpha, isAlpha := mask.(*image.Alpha); ok && isAlpha {
				d.blend(to, alpha, at, ink)
			}
			pen.X += advance
		}
	}
	return nil
}

// blend puts ink where a mask is. It counts as image/draw does, at a tenth of
// its time: a label that goes to the printer as dots is drawn for every parcel.
func (d *drawer) blend(to image.Rectangle, mask *image.Alpha, at image.Point, ink uint32) {
	r := to.Intersect(d.img.Rect)
	if r.Empty() {
		return
	}
	at = at.Add(r.Min.Sub(to.Min))
	for y := range r.Dy() {
		row := d.img.Pix[d.img.PixOffset(r.Min.X, r.Min.Y+y):][:r.Dx()]
		alpha := mask.Pix[mask.PixOffset(at.X, at.Y+y):][:r.Dx()]
		for i, a := range alpha {
			if a != 0 {
				const most = 0xffff
				over := uint32(a) * 0x101
				row[i] = byte((uint32(row[i])*0x101*(most-over) + ink*over) / most >> 8)
			}
		}
	}
}

// face returns the font of a run whose text has an em of size dots.
func (d *drawer) face(run labels.Run, size int) (font.Face, error) {
	key := faceKey{run.Font, size}
	if f, ok := d.faces[key]; ok {
		return f, nil
	}
	parse, ok := parsed()[run.Font]
	if run.Font == labels.Own && d.own != nil {
		parse, ok = func() (*sfnt.Font, error) { return opentype.Parse(d.own.Bytes()) }, true
	}
	if !ok {
		return nil, fmt.Errorf("font %s: %w", run.Font, fonts.ErrUnknown)
	}
	of, err := parse()
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", run.Font, err)
	}
	em := float64(size*run.Scale()) / 1000
	f, err := opentype.NewFace(of, &opentype.FaceOptions{Size: em, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", run.Font, err)
	}
	d.faces[key] = f
	return f, nil
}
