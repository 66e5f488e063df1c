package ui

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"packbench/station/screen"
)

// The regions, from the bottom to the top. Each is drawn again only when what
// it shows has changed.
const (
	regionGround = iota
	regionHeader
	regionOrder
	regionLeft
	regionRight
	regionNext
	regionActions
	regionStrip
	regionPage
	regionSim
	regionPress
	regionOverlay
	regionCount
)

// region is one part of the window. Its objects are kept from one drawing to
// the next: the n-th thing drawn takes the n-th object and changes only what
// differs.
type region struct {
	box   *fyne.Container
	next  int
	taps  []tap
	marks []mark   // what was drawn, for the judgement of the page
	lost  []string // texts that found no room
	seen  any
	dirty bool
}

func newRegion() *region { return &region{box: container.NewWithoutLayout()} }

// pass is all that a drawing depends on beside its own data.
type pass struct {
	pictures int // how many pictures of products came
	size     fyne.Size
	scale    float32
	theme    screen.Theme
	focus    string
	data     any
}

// begin reports whether the region must be drawn again for this data.
func (g *region) begin(now pass) bool {
	if reflect.DeepEqual(g.seen, now) {
		return false
	}
	g.seen, g.next, g.taps, g.dirty = now, 0, g.taps[:0:0], false
	g.marks, g.lost = g.marks[:0], g.lost[:0]
	return true
}

// end drops the objects that are no longer needed.
func (g *region) end() {
	if g.next < len(g.box.Objects) {
		g.box.Objects = g.box.Objects[:g.next]
		g.dirty = true
	}
	if g.dirty {
		g.box.Refresh()
	}
}

// take returns the next object of the wanted type; changed says that it is new.
func take[T fyne.CanvasObject](g *region, fresh func() T) (object T, isNew bool) {
	i := g.next
	g.next++
	if i < len(g.box.Objects) {
		if o, ok := g.box.Objects[i].(T); ok {
			return o, false
		}
	}
	o := fresh()
	if i < len(g.box.Objects) {
		g.box.Objects[i] = o
	} else {
		g.box.Objects = append(g.box.Objects, o)
	}
	g.dirty = true
	return o, true
}
