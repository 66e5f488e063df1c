// Package pictures reads what a shop puts on its papers besides words: a logo, a font, the
// pictures of products, from files that the settings or the catalogue name. It makes them
// as small as they are printed, and says in words why one cannot be. It must not decide
// what stands on a paper, nor keep anything.
package pictures

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // logos and pictures of products
	_ "image/png"  // logos and pictures of products
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/image/draw"

	"packbench/labels"
)

// What is read of a file: its size, its dots, and what is kept of them, which are those of
// a logo of 60 by 20 mm at 300 dpi.
const (
	mostLogo  = 2 << 20
	mostPhoto = 20 << 20
	mostFont  = 10 << 20
	mostDots  = 40_000_000
	logoWide  = 709
	logoHigh  = 236
	thumbDots = 140
)

// Files finds the files of a shop by their names, from its data folder where a name says
// no other.
type Files func(name string) string

// read returns a file that a setting names, from the data folder where it says no other.
func (f Files) read(name string, most int64) ([]byte, error) {
	if !filepath.IsAbs(name) {
		name = f(name)
	}
	file, err := os.Open(name) // #nosec G304: the shop's own setting names it
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("it has more than %d MB", most>>20)
	}
	return data, err
}

// Logo reads the shop's logo, no larger than it is printed.
func (f Files) Logo(name string) (image.Image, error) {
	data, err := f.read(name, mostLogo)
	if err != nil {
		return nil, fmt.Errorf("the logo %s cannot be read: %w", name, err)
	}
	var out image.Image
	if strings.EqualFold(filepath.Ext(name), ".svg") {
		out, err = drawing(data, mostInks)
	} else {
		out, err = photo(data, logoWide, logoHigh)
	}
	if err != nil {
		return nil, fmt.Errorf("the logo %s is no PNG, JPEG or SVG that can be printed: %w", name, err)
	}
	return out, nil
}

// Font reads a font of the shop's own.
func (f Files) Font(name string) (*labels.Font, error) {
	data, err := f.read(name, mostFont)
	if err != nil {
		return nil, fmt.Errorf("the font %s cannot be read: %w", name, err)
	}
	out, err := labels.ReadFont(data)
	if err != nil {
		return nil, fmt.Errorf("the font %s cannot be printed: %w", name, err)
	}
	return out, nil
}

// Thumb reads a product's picture for a slip, nil where there is none to show: nobody
// misses on paper what the screen does not show either.
func (f Files) Thumb(name string) image.Image {
	if name == "" {
		return nil
	}
	data, err := f.read(filepath.Join("pictures", filepath.Base(name)), mostPhoto)
	if err != nil {
		return nil
	}
	out, err := photo(data, thumbDots, thumbDots)
	if err != nil {
		return nil
	}
	return out
}

// photo reads a picture, no larger than a box.
func photo(data []byte, w, h int) (image.Image, error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if head.Width < 1 || head.Height < 1 || head.Width*head.Height > mostDots {
		return nil, fmt.Errorf("it has %d by %d dots", head.Width, head.Height)
	}
	of, _, err := image.Decode(bytes.NewReader(data))
	if err != nil || head.Width <= w && head.Height <= h {
		return of, err
	}
	out := image.NewNRGBA(image.Rectangle{Max: fit(float64(head.Width), float64(head.Height), w, h)})
	draw.CatmullRom.Scale(out, out.Rect, of, of.Bounds(), draw.Src, nil)
	return out, nil
}

// fit is the largest size of these proportions in a box.
func fit(wide, high float64, w, h int) image.Point {
	by := min(float64(w)/wide, float64(h)/high)
	return image.Pt(max(int(wide*by), 1), max(int(high*by), 1))
}
