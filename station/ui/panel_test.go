package ui

import (
	"image"
	"testing"

	"fyne.io/fyne/v2/test"

	"packbench/station/screen"
)

// V30: the panel of the simulator stands where it stood while an alert comes and goes,
// and the alert is never under it.
func TestSimulatorStaysWithAnAlert(t *testing.T) {
	test.NewTempApp(t)
	calm := simulator(screen.Light)
	red := simulator(screen.Light)
	red.Header.Alert = "Scanner: not plugged in. Plug it in"
	u, win := window(t, Options{}, calm, 1280, 800)
	panel := func(v screen.View) image.Image {
		u.Render(v)
		f := u.frame(u.surface.Size())
		if f.alert.h > 0 && f.alert.x+f.alert.w > f.sim.x {
			t.Errorf("the alert %+v reaches under the panel %+v", f.alert, f.sim)
		}
		shot := win.Canvas().Capture().(interface {
			SubImage(image.Rectangle) image.Image
		})
		return shot.SubImage(image.Rect(int(f.sim.x), 60, 1280, 800))
	}
	before, during, after := panel(calm), panel(red), panel(calm)
	for name, got := range map[string]image.Image{"with an alert": during, "after it": after} {
		b := before.Bounds()
		for y := b.Min.Y; y < b.Max.Y; y++ {
			for x := b.Min.X; x < b.Max.X; x++ {
				if got.At(x, y) != before.At(x, y) {
					t.Fatalf("%s the panel differs at %d,%d", name, x, y)
				}
			}
		}
	}
}
