package pdf_test

import (
	"image"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/pdf"
	"packbench/labels/picture"
	"packbench/labels/readback"
)

// A label that comes as a picture is printed dot by dot: every code of it decodes after
// both renderers at both resolutions, also when it came on its side.
func TestAPictureOfALabelReadsBack(t *testing.T) {
	zbar := readback.Tool(t, readback.Zbar)
	for _, p := range sample.Profiles()[:2] {
		layout, _, err := labels.ShippingLabel(sample.Shipping(), p)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := picture.Draw(layout, 0)
		if err != nil {
			t.Fatal(err)
		}
		for name, img := range map[string]image.Image{"upright": drawn, "on its side": onItsSide(drawn)} {
			data, err := pdf.Image(img, p.DPI, p.Paper, "label")
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "label.pdf")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			for with, render := range renderers(t) {
				if got, want := symbols(t, zbar, render(file, p.DPI, 1)), codes(layout.Pages[0]); !slices.Equal(got, want) {
					t.Errorf("%s, %d dpi, %s: read %q, want %q", name, p.DPI, with, got, want)
				}
			}
		}
	}
}

// onItsSide is a picture a quarter to the left.
func onItsSide(p image.Image) image.Image {
	b := p.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dy(), b.Dx()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(y, b.Dx()-1-x, p.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// What does not fit is refused, never made smaller.
func TestAPictureIsNeverMadeSmaller(t *testing.T) {
	for _, c := range []struct {
		w, h, dpi int
		fits      bool
	}{{812, 1218, 203, true}, {820, 1218, 203, true}, {1218, 812, 203, true}, {1000, 1218, 203, false}, {0, 0, 203, false}, {1200, 1800, 300, true}, {1200, 1800, 203, false}, {10, 10, 0, false}} {
		_, err := pdf.Image(image.NewGray(image.Rect(0, 0, c.w, c.h)), c.dpi, labels.Paper4x6(), "label")
		if (err == nil) != c.fits {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
