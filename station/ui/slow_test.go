package ui

import (
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"packbench/station/screen"
)

// Without a graphics card a pixel of a round rectangle takes three times as long as one
// of a line, and one under it is drawn for nothing: most of the window is neither.
func TestLittleOfTheWindowIsSlow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(Theme(screen.Light))
	u, _ := window(t, Options{}, packing(screen.Light), 1280, 800)
	slow := float32(0)
	for _, g := range u.surface.regions {
		for _, o := range g.box.Objects {
			if r, is := o.(*canvas.Rectangle); is {
				slow += r.Size().Width * r.Size().Height
			}
		}
	}
	if share := 100 * slow / (1280 * 800); share > 15 {
		t.Errorf("%.0f per cent of the window are rectangles", share)
	}
}
