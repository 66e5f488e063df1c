package ui

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2/test"

	"packbench/station/pack"
	"packbench/station/screen"
)

// A page that was not read yet has no tick: nobody knows whether all is well.
func TestAPageThatIsNotReadHasNoTick(t *testing.T) {
	test.NewTempApp(t)
	page := func(unread bool) map[string]screen.View {
		frame := screen.Frame{Unread: unread, Theme: screen.Light}
		van := benchInputs(pack.Idle, screen.Light)
		van.Lamps, van.OnDock, van.Unread = nil, nil, unread
		van.State.Recent, van.State.Loading = nil, &pack.Loading{Manifest: "M-1", Carrier: "heron"}
		return map[string]screen.View{
			"shift": screen.Shift(screen.ShiftInputs{Frame: frame}), "cases": screen.Cases(screen.CasesInputs{Frame: frame}),
			"dock": screen.Dock(screen.DockInputs{Frame: frame}), "van": screen.Bench(van),
		}
	}
	right := ink(screen.Colours(screen.Light).Right)
	ticked := func(v screen.View) bool {
		_, w := window(t, Options{}, v, 1280, 800)
		img := w.Canvas().Capture()
		for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
			for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
				if color.NRGBAModel.Convert(img.At(x, y)) == color.NRGBAModel.Convert(right) {
					return true
				}
			}
		}
		return false
	}
	for name, v := range page(true) {
		if ticked(v) {
			t.Errorf("%s: a tick before it is read", name)
		}
	}
	for name, v := range page(false) {
		if !ticked(v) {
			t.Errorf("%s: no tick where all is well: this test sees nothing", name)
		}
	}
}
