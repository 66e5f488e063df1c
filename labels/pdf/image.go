package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/jung-kurt/gofpdf"

	"packbench/labels"
	"packbench/station/unit"
)

// Image returns a file whose one page shows a picture of so many dots an inch at its own
// size: a label that somebody else drew, whose bars must not be scaled. A picture that lies
// on its side is turned. One that is larger than the paper is an error; a hair more, as
// dots are rounded, is not.
func Image(picture image.Image, dpi int, paper labels.Paper, title string) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			data, err = nil, fmt.Errorf("pdf %s: the library gave up: %v", title, r)
		}
	}()
	if dpi < 72 || dpi > 1200 {
		return nil, fmt.Errorf("pdf %s: %d dots an inch are none of a label printer", title, dpi)
	}
	size := picture.Bounds().Size()
	if size.X > size.Y && paper.W < paper.H {
		picture = turned(picture)
		size = picture.Bounds().Size()
	}
	dots := func(l unit.Length) int { return int((int64(l)*int64(dpi) + int64(unit.Inch)/2) / int64(unit.Inch)) }
	w, h := dots(paper.W), dots(paper.H)
	hair := dpi / 20
	if size.X > w+hair || size.Y > h+hair || size.X == 0 || size.Y == 0 {
		return nil, fmt.Errorf("pdf %s: the picture is %d by %d dots, and the paper %d by %d", title, size.X, size.Y, w, h)
	}
	page := newWriter(labels.Layout{Title: title, DPI: dpi, W: max(w, size.X), H: max(h, size.Y)})
	page.pdf.AddPage()
	var file bytes.Buffer
	if err := png.Encode(&file, grey(picture)); err != nil {
		return nil, fmt.Errorf("pdf %s: %w", title, err)
	}
	options := gofpdf.ImageOptions{ImageType: "PNG"}
	page.pdf.RegisterImageOptionsReader("label", options, &file)
	page.pdf.ImageOptions("label", 0, 0, float64(size.X)*page.point, float64(size.Y)*page.point, false, options, 0, "")
	var out bytes.Buffer
	if err := page.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("pdf %s: %w", title, err)
	}
	return out.Bytes(), nil
}

// turned is a picture a quarter to the right.
func turned(p image.Image) image.Image {
	b := p.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dy(), b.Dx()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(b.Dy()-1-y, x, p.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// grey is a picture without colours, on white where it is transparent.
func grey(p image.Image) *image.Gray {
	b := p.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.NRGBAModel.Convert(p.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
			luma := (299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000
			out.SetGray(x, y, color.Gray{Y: uint8(255 - (255-luma)*int(c.A)/255)}) // #nosec G115: within a byte
		}
	}
	return out
}
