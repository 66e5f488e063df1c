package pictures

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><title>Shop</title>
	<rect x="0" y="0" width="150" height="100" fill="#0a5fb4"/><path d="M150 0 L300 0 L300 100 Z" fill="red"/></svg>`

// A logo is drawn from an SVG or a picture, no larger than it is printed. What the library
// cannot draw is said: a logo that lacks its words would be another one.
func TestLogos(t *testing.T) { // L3
	dir := t.TempDir()
	files := Files(func(name string) string { return filepath.Join(dir, name) })
	put := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("logo.svg", svg)
	img, err := files.Logo("logo.svg")
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 708 && size.X != 709 || size.Y != 236 {
		t.Errorf("its size is %v", size)
	}
	if r, g, b, _ := img.At(50, 50).RGBA(); r>>8 != 0x0a || g>>8 != 0x5f || b>>8 != 0xb4 {
		t.Errorf("its left is %v", img.At(50, 50))
	}
	if _, _, _, a := img.At(400, 230).RGBA(); a != 0 {
		t.Errorf("its clear part is %v", img.At(400, 230))
	}
	var large bytes.Buffer
	if err := jpeg.Encode(&large, image.NewGray(image.Rect(0, 0, 3000, 500)), nil); err != nil {
		t.Fatal(err)
	}
	put("logo.jpg", large.String())
	if img, err = files.Logo("logo.jpg"); err != nil || img.Bounds().Dx() != 709 || img.Bounds().Dy() != 118 {
		t.Errorf("%v, %v", img, err)
	}
	for name, c := range map[string]struct{ content, want string }{
		"text.svg":  {strings.Replace(svg, "</svg>", `<text x="1" y="1">Shop</text></svg>`, 1), "save texts as paths"},
		"image.svg": {strings.Replace(svg, "</svg>", `<image href="x.png"/></svg>`, 1), "cannot process svg element image"},
		"bomb.svg":  {strings.Replace(svg, `viewBox="0 0 300 100"`, `viewBox="0 0 0 100"`, 1), "no size"},
		"use.svg":   {strings.Replace(svg, "</svg>", `<use href="#a"/></svg>`, 1), "not found"},
		"dash.svg":  {strings.Replace(svg, "fill=\"red\"", `stroke-dasharray="0"`, 1), "dashed lines"},
		"empty.svg": {`<svg viewBox="0 0 3 1"></svg>`, "nothing in it"},
		"cut.svg":   {svg[:150], "syntax error"},
		"self.svg":  {strings.Replace(svg, "<rect", `<defs><use id="a" href="#a"/></defs><use href="#a"/><rect`, 1), "used within another"},
		"uses.svg":  {strings.Replace(svg, "<rect", `<defs><path id="a" d="M0 0h1v1"/></defs>`+strings.Repeat(`<use href="#a"/>`, 400)+"<rect", 1), "takes too long"},
		"far.svg":   {strings.Replace(svg, "M150 0", "M150 0"+strings.Repeat("L90000 1L0 99", 5000), 1), "takes too long"},
		"large.png": {strings.Repeat("x", mostLogo+1), "more than 2 MB"},
		"no.png":    {"GIF89a", "unknown format"},
	} {
		put(name, c.content)
		if _, err := files.Logo(name); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := files.Font("no.png"); err == nil || !strings.Contains(err.Error(), "TrueType") {
		t.Errorf("a picture as a font: %v", err)
	}
	if files.Thumb("../logo.jpg") != nil {
		t.Error("a picture of a product lies in its folder alone")
	}
}

// What takes seconds is ended, however it does that: by many paths, shades or curves.
func TestLogosThatTakeTooLong(t *testing.T) { // L3
	for name, more := range map[string]string{
		"paths":   strings.Repeat(`<path d="M0 0h9v9"/>`, 15),
		"shades":  `<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>` + strings.Repeat(`<path d="M0 0h9v9z" fill="url(#g)"/>`, 3),
		"lines":   `<path d="M0 0` + strings.Repeat("L299 99L0 1", 1500) + `"/>`,
		"strokes": `<path stroke="red" stroke-width="9" d="M0 0` + strings.Repeat("C9 300 200 9 300 90", 150) + `"/>`,
	} {
		for most, want := range map[int]error{2_000_000: errLong, mostInks: nil} {
			if _, err := drawing([]byte(strings.Replace(svg, "<rect", more+"<rect", 1)), most); !errors.Is(err, want) {
				t.Errorf("%s within %d: %v", name, most, err)
			}
		}
	}
}
