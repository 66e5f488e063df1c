// Package photos keeps pictures of goods that came back, beside the documents of a folder. It
// owns how large one may be and how it is kept: scaled down, without what a camera writes
// into it besides, under the hash of what is kept. It must not know what a picture is of:
// a fact says that by the hash.
//
//	p, err := photos.Keep(f.DocumentsDir(), file)
//	path := photos.Path(f.DocumentsDir(), p.Hash)
package photos

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // a picture may be one
	"io"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"

	"packbench/cmd/internal/folder"
)

const (
	mostBytes  = 25 << 20
	mostPixels = 60_000_000
	longest    = 1600 // of a kept one, in pixels
	quality    = 82
	dirName    = "photos"
)

// Photo is a picture that is kept.
type Photo struct {
	Hash          string // of the file as it is kept, in hex
	Width, Height int
}

// Keep scales a picture down and keeps it. The same one again is the same file. What is no
// picture, or too large to be one, is refused before it is read whole.
func Keep(documents string, r io.Reader) (Photo, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return Photo{}, err
	}
	if len(data) > mostBytes {
		return Photo{}, fmt.Errorf("the photo is larger than %d MB: take it with fewer pixels", mostBytes>>20)
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return Photo{}, errors.New("the file is no photo that can be read: JPEG and PNG can")
	}
	if head.Width < 1 || head.Height < 1 || head.Width > mostPixels/head.Height {
		return Photo{}, fmt.Errorf("the photo has more than %d million pixels: take it with fewer", mostPixels/1_000_000)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return Photo{}, errors.New("the photo is damaged, or was cut off")
	}
	kept := scaled(img, orientation(data))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, kept, &jpeg.Options{Quality: quality}); err != nil {
		return Photo{}, err
	}
	sum := sha256.Sum256(out.Bytes())
	p := Photo{Hash: hex.EncodeToString(sum[:]), Width: kept.Bounds().Dx(), Height: kept.Bounds().Dy()}
	path := Path(documents, p.Hash)
	if _, err := os.Stat(path); err == nil {
		return p, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Photo{}, err
	}
	return p, folder.WriteWhole(path, func(w io.Writer) error {
		_, err := w.Write(out.Bytes())
		return err
	})
}

// Path is where a photo lies.
func Path(documents, hash string) string { return filepath.Join(documents, dirName, hash+".jpg") }

// Whole reports whether a photo lies there as it was kept.
func Whole(documents, hash string) bool {
	data, err := os.ReadFile(Path(documents, hash))
	sum := sha256.Sum256(data)
	return err == nil && hex.EncodeToString(sum[:]) == hash
}

// scaled draws a picture upright and no longer than is kept.
func scaled(img image.Image, turned int) image.Image {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if most := max(w, h); most > longest {
		w, h = max(1, w*longest/most), max(1, h*longest/most)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src) // for what a PNG leaves out
	draw.ApproxBiLinear.Scale(small, small.Bounds(), img, b, draw.Over, nil)
	return upright(small, turned)
}

// upright turns a picture as its camera says that it was held: by the numbers of Exif.
func upright(img *image.RGBA, turned int) image.Image {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	at := map[int]func(x, y int) (int, int){
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		6: func(x, y int) (int, int) { return h - 1 - y, x },
		8: func(x, y int) (int, int) { return y, w - 1 - x },
	}[turned]
	if at == nil {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turned != 3 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := at(x, y)
			out.SetRGBA(tx, ty, img.RGBAAt(x, y))
		}
	}
	return out
}
