package shell

import (
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"

	"golang.org/x/image/draw"
)

// largest is the longer side of a picture that is kept, in pixels: a tile is never
// larger, and a camera's pictures of a few hundred products would fill the memory.
const largest = 480

// Picture reads a product's picture, nil where there is none that can be shown.
func Picture(path string) image.Image {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	config, _, err := image.DecodeConfig(file)
	if err != nil || config.Width*config.Height > 40_000_000 {
		return nil
	}
	if _, err := file.Seek(0, 0); err != nil {
		return nil
	}
	img, _, err := image.Decode(file)
	if err != nil {
		return nil
	}
	return smaller(img)
}

// smaller is a picture that is no larger than is shown.
func smaller(img image.Image) image.Image {
	size := img.Bounds().Size()
	long := max(size.X, size.Y)
	if long <= largest {
		return img
	}
	out := image.NewNRGBA(image.Rect(0, 0, max(size.X*largest/long, 1), max(size.Y*largest/long, 1)))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	return out
}
