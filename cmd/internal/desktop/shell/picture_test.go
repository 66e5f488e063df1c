package shell

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// A picture as a camera takes it is kept no larger than it is shown, in its own shape.
func TestALargePictureIsKeptSmall(t *testing.T) {
	for _, c := range []struct{ w, h, wantW, wantH int }{{1920, 960, 480, 240}, {300, 200, 300, 200}, {3000, 2, 480, 1}} {
		path := filepath.Join(t.TempDir(), "p.png")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(file, image.NewGray(image.Rect(0, 0, c.w, c.h))); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		if got := Picture(path).Bounds().Size(); got != image.Pt(c.wantW, c.wantH) {
			t.Errorf("%d × %d is kept as %v", c.w, c.h, got)
		}
	}
}
