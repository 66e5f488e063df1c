package ui

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// capture takes a picture of the window. The drawing without any graphics takes half of
// its time for the thick lines that large grounds are filled with: plain rectangles, which
// have the same pixels, stand for them meanwhile.
func capture(u *UI, win fyne.Window) image.Image {
	for _, g := range u.surface.regions {
		kept := g.box.Objects
		g.box.Objects = make([]fyne.CanvasObject, len(kept))
		for i, o := range kept {
			if l, ok := o.(*canvas.Line); ok && l.Position1.Y == l.Position2.Y && l.StrokeWidth > 16 {
				r := canvas.NewRectangle(l.StrokeColor)
				r.Move(fyne.NewPos(l.Position1.X, l.Position1.Y-l.StrokeWidth/2))
				r.Resize(fyne.NewSize(l.Position2.X-l.Position1.X, l.StrokeWidth))
				o = r
			}
			g.box.Objects[i] = o
		}
		defer func() { g.box.Objects = kept }()
	}
	return win.Canvas().Capture()
}
