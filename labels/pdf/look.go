package pdf

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strconv"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/draw"

	"packbench/labels"
)

// accent is the layout's colour, black where it has none.
func (w *writer) accent() (r, g, b int) {
	n, err := strconv.ParseUint(w.Accent, 16, 24)
	if err != nil || len(w.Accent) != 6 {
		return 0, 0, 0
	}
	return int(n >> 16), int(n >> 8 & 0xff), int(n & 0xff)
}

// pictures draws the pictures of a page below all else.
func (w *writer) pictures(page labels.Page) {
	for _, box := range page.Boxes {
		p, ok := box.(labels.Picture)
		if !ok {
			continue
		}
		var file bytes.Buffer
		options, write := gofpdf.ImageOptions{ImageType: "PNG"}, func() error { return png.Encode(&file, p.Of) }
		if p.Photo {
			options.ImageType, write = "JPG", func() error { return jpeg.Encode(&file, white(p.Of), &jpeg.Options{Quality: 70}) }
		}
		if w.pdf.GetImageInfo(p.Name) == nil {
			if err := write(); err != nil {
				w.pdf.SetError(err)
				return
			}
			w.pdf.RegisterImageOptionsReader(p.Name, options, &file)
		}
		w.pdf.ImageOptions(p.Name, float64(p.X)*w.point, float64(p.Y)*w.point, float64(p.W)*w.point, float64(p.H)*w.point, false, options, 0, "")
	}
}

// white is a picture on white where it is transparent.
func white(of image.Image) image.Image {
	out := image.NewRGBA(image.Rectangle{Max: of.Bounds().Size()})
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, of, of.Bounds().Min, draw.Over)
	return out
}
