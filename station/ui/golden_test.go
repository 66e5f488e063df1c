package ui

import (
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/station/screen"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// show puts a view into a window of the given size and takes its picture.
func show(t *testing.T, v screen.View, w, h float32) (*UI, image.Image) {
	t.Helper()
	u := New(Options{})
	window := test.NewTempWindow(t, nil)
	u.Attach(window)
	window.Resize(fyne.NewSize(w, h))
	u.SetLabel(sampleLabel())
	u.Render(v)
	return u, window.Canvas().Capture()
}

var pages = []struct {
	name string
	view func(screen.Theme) screen.View
}{
	{"signin", signIn}, {"idle", idle}, {"packing", packing}, {"refusal", refusal}, {"weighing", weightMiss}, {"choosing", choosing},
	{"closing", closing}, {"question", wrongBox}, {"locked", locked}, {"cases", casesPage}, {"shift", shiftPage}, {"settings", settingsPage}, {"demo", demo},
}

func TestAllPictures(t *testing.T) {
	dir := os.Getenv("PICTURES")
	if dir == "" {
		t.Skip()
	}
	test.NewTempApp(t)
	for _, p := range pages {
		for _, theme := range []screen.Theme{screen.Light, screen.Dark} {
			for _, s := range []struct {
				name string
				w, h float32
			}{{"1280", 1280, 800}, {"1920", 1920, 1080}} {
				_, img := show(t, p.view(theme), s.w, s.h)
				f, err := os.Create(filepath.Join(dir, p.name+"-"+s.name+"-"+string(theme)+".png"))
				if err != nil {
					t.Fatal(err)
				}
				if err := png.Encode(f, img); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
		}
	}
}
