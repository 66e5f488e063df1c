// Package picture draws a Layout as an image, a pixel a dot: what a screen
// shows before it is printed, and what a printer that takes bitmaps prints. It
// decides nothing about a document.
package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"packbench/assets/fonts"
	"packbench/labels"
)

// parsed fonts are constant and may be shared; faces may not.
var parsed = sync.OnceValues(func() (map[fonts.Name]*sfnt.Font, error) {
	all := make(map[fonts.Name]*sfnt.Font)
	for _, name := range fonts.All() {
		data, err := fonts.Bytes(name)
		if err != nil {
			return nil, err
		}
		f, err := opentype.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		all[name] = f
	}
	return all, nil
})

// Draw gives one page in shades of grey; bars are black and white only.
func Draw(l labels.Layout, page int) (*image.Gray, error) {
	if page < 0 || page >= len(l.Pages) {
		return nil, fmt.Errorf("picture of %s: there is no page %d", l.Title, page+1)
	}
	all, err := parsed()
	if err != nil {
		return nil, fmt.Errorf("picture of %s: %w", l.Title, err)
	}
	d := drawer{img: image.NewGray(image.Rect(0, 0, l.W, l.H)), fonts: all, faces: make(map[faceKey]font.Face)}
	draw.Draw(d.img, d.img.Rect, image.White, image.Point{}, draw.Src)
	for _, box := range l.Pages[page].Boxes {
		labels.Paint(box, func(x, y, w, h int) {
			draw.Draw(d.img, image.Rect(x, y, x+w, y+h), image.Black, image.Point{}, draw.Src)
		})
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

// Mono gives one page in black and white, as a thermal printer prints it.
func Mono(l labels.Layout, page int) (*image.Paletted, error) {
	grey, err := Draw(l, page)
	if err != nil {
		return nil, err
	}
	out := image.NewPaletted(grey.Rect, color.Palette{color.White, color.Black})
	for i, v := range grey.Pix {
		if v < 128 {
			out.Pix[i] = 1
		}
	}
	return out, nil
}

type faceKey struct {
	name fonts.Name
	size int
}

type drawer struct {
	img   *image.Gray
	fonts map[fonts.Name]*sfnt.Font
	faces map[faceKey]font.Face
}

func (d *drawer) text(t labels.Text) error {
	ink := image.Black
	if t.White {
		ink = image.White
	}
	for _, run := range t.Runs {
		face, err := d.face(run.Font, t.Size)
		if err != nil {
			return err
		}
		pen := font.Drawer{Dst: d.img, Src: ink, Face: face, Dot: fixed.P(run.X, t.Baseline)}
		for _, r := range run.Text { // one by one: layout counts no kerning
			pen.DrawString(string(r))
		}
	}
	return nil
}

func (d *drawer) face(name fonts.Name, size int) (font.Face, error) {
	key := faceKey{name, size}
	if f, ok := d.faces[key]; ok {
		return f, nil
	}
	f, err := opentype.NewFace(d.fonts[name], &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	d.faces[key] = f
	return f, nil
}
