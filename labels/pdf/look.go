package pdf

import (
	"bytes"
	"image/png"
	"strconv"

	"github.com/jung-kurt/gofpdf"

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
		if err := png.Encode(&file, p.Of); err != nil {
			w.pdf.SetError(err)
			return
		}
		options := gofpdf.ImageOptions{ImageType: "PNG"}
		if w.pdf.GetImageInfo(p.Name) == nil {
			w.pdf.RegisterImageOptionsReader(p.Name, options, &file)
		}
		w.pdf.ImageOptions(p.Name, float64(p.X)*w.point, float64(p.Y)*w.point, float64(p.W)*w.point, float64(p.H)*w.point, false, options, 0, "")
	}
}
