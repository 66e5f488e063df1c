package picture

import (
	"image"
	"image/color"
	"strconv"

	"golang.org/x/image/draw"

	"packbench/labels"
)

// Colour returns one page as a colour printer prints it: pictures, and what stands in the
// layout's own colour, on top of [Draw].
func Colour(l labels.Layout, page int) (*image.RGBA, error) {
	grey, err := Draw(l, page)
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(grey.Rect)
	draw.Draw(out, out.Rect, grey, image.Point{}, draw.Src)
	accent, bad := strconv.ParseUint(l.Accent, 16, 24)
	for _, box := range l.Pages[page].Boxes {
		switch b := box.(type) {
		case labels.Picture:
			draw.Draw(out, b.Bounds(), onWhite(b), image.Point{}, draw.Src)
		case labels.Text:
			if b.Accent && bad == nil {
				tint(out, b.Bounds(), [3]uint32{uint32(accent >> 16), uint32(accent >> 8 & 0xff), uint32(accent & 0xff)})
			}
		}
	}
	return out, nil
}

// tint turns shades between black and white into those between a colour and white.
func tint(img *image.RGBA, r image.Rectangle, to [3]uint32) {
	r = r.Intersect(img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			light := uint32(img.RGBAAt(x, y).R)
			mix := func(c uint32) uint8 { return uint8(c + (255-c)*light/255) } // #nosec G115: within a byte
			img.SetRGBA(x, y, color.RGBA{mix(to[0]), mix(to[1]), mix(to[2]), 255})
		}
	}
}
