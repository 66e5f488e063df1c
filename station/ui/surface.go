package ui

import (
	"reflect"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"packbench/station/screen"
	"packbench/station/unit"
)

var (
	_ fyne.Focusable    = (*Surface)(nil)
	_ fyne.Tabbable     = (*Surface)(nil)
	_ fyne.Shortcutable = (*Surface)(nil)
	_ fyne.Tappable     = (*Surface)(nil)
	_ fyne.Draggable    = (*Surface)(nil)
	_ fyne.Scrollable   = (*Surface)(nil)
	_ desktop.Keyable   = (*Surface)(nil)
	_ desktop.Mouseable = (*Surface)(nil)
)

// Surface is the whole content of the window as one object: it draws the
// view's regions and takes every key, touch and turn of the wheel.
type Surface struct {
	widget.BaseWidget
	ui      *UI
	regions [regionCount]*region
	held    *tap          // being pressed
	down    *tap          // where the press began
	last    fyne.Position // where the finger was last
	pulled  float32       // how far a finger went since the last row
	moved   bool          // the finger moved a list or a knob, it does not press

	staged  stage           // what was drawn last
	excused map[string]bool // what that page has no room for at the size of the design either
}

// The least size that a window may have; below it nothing could be read.
const (
	leastWidth  = 640
	leastHeight = 400
)

func newSurface(u *UI) *Surface {
	s := &Surface{ui: u}
	for i := range s.regions {
		s.regions[i] = newRegion()
	}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is called by the toolkit.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer { return &surfaceRenderer{s} }

type surfaceRenderer struct{ s *Surface }

func (r *surfaceRenderer) Layout(size fyne.Size) {
	for _, g := range r.s.regions {
		g.box.Resize(size)
	}
	r.s.draw()
}
func (r *surfaceRenderer) MinSize() fyne.Size { return fyne.NewSize(leastWidth, leastHeight) }
func (r *surfaceRenderer) Refresh()           { r.s.draw() }
func (r *surfaceRenderer) Destroy()           {}
func (r *surfaceRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.s.regions))
	for i, g := range r.s.regions {
		out[i] = g.box
	}
	return out
}

// tap is a place that can be pressed, in pixels of the toolkit.
type tap struct {
	pos    fyne.Position
	size   fyne.Size
	intent screen.Intent
	knob   unit.Mass // of a knob: the mass at its right end
	list   string    // of a list: its name
	rows   int       // of a list: how far it can be scrolled
	page   int       // of the foot of a list: how many rows a touch moves it
	at     int       // of a list: its first row that is shown
	block  bool      // a dialogue's ground: it takes touches and does nothing

	up, down screen.Intent // of a list of which only these rows are known here: a row further
	marks    int           // of a bar along a list: how many places it leads to
}

func (t tap) has(p fyne.Position) bool {
	return p.X >= t.pos.X && p.Y >= t.pos.Y && p.X < t.pos.X+t.size.Width && p.Y < t.pos.Y+t.size.Height
}

// at finds the topmost tap under a point that fits.
func (s *Surface) at(p fyne.Position, fits func(tap) bool) *tap {
	for i := len(s.regions) - 1; i >= 0; i-- {
		g := s.regions[i]
		for j := len(g.taps) - 1; j >= 0; j-- {
			if !g.taps[j].has(p) {
				continue
			}
			if fits(g.taps[j]) {
				return &g.taps[j]
			}
			if g.taps[j].block {
				return nil
			}
		}
	}
	return nil
}

func pressable(t tap) bool {
	return t.intent.Kind != "" || t.knob > 0 || t.page > 0 || t.marks > 0
}

func scrollable(t tap) bool {
	return t.list != "" && t.page == 0 || t.up.Kind != "" || t.down.Kind != ""
}

// Tapped sends the intent of what was touched.
func (s *Surface) Tapped(e *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil && c.Focused() != s {
		c.Focus(s)
	}
	s.pressed(s.at(e.Position, pressable), e.Position)
}

func (s *Surface) pressed(t *tap, at fyne.Position) {
	switch {
	case t == nil:
	case t.knob > 0:
		s.turn(*t, at)
	case t.marks > 0:
		s.along(*t, at)
	case t.page > 0:
		s.page(*t)
	default:
		s.ui.options.Intent(t.intent)
	}
}

// MouseDown shows that a touch was felt.
func (s *Surface) MouseDown(e *desktop.MouseEvent) {
	s.held, s.down, s.moved, s.pulled = nil, nil, false, 0
	if e.Button == desktop.MouseButtonPrimary {
		s.held = s.at(e.Position, pressable)
		s.down = s.held
	}
	s.drawPress()
}

// MouseUp ends it.
func (s *Surface) MouseUp(*desktop.MouseEvent) {
	s.held = nil
	s.drawPress()
}

// Dragged turns a knob, or moves the list under the finger.
func (s *Surface) Dragged(e *fyne.DragEvent) {
	s.last = e.Position
	if s.down != nil && s.down.knob > 0 {
		s.moved = true
		s.turn(*s.down, e.Position)
		return
	}
	if s.down != nil && s.down.marks > 0 {
		s.moved = true
		s.along(*s.down, e.Position)
		return
	}
	s.pulled += e.Dragged.DY
	rows := int(s.pulled / dragRow)
	if rows == 0 {
		return
	}
	s.pulled -= float32(rows) * dragRow
	if t := s.at(e.Position, scrollable); t != nil {
		s.moved = true
		s.move(*t, -rows)
	}
}

// DragEnd ends a press. The toolkit calls two pixels of movement a drag and
// then reports no tap; a finger in a glove moves more than that, so a drag that
// ends where it began is a press.
func (s *Surface) DragEnd() {
	down, moved := s.down, s.moved
	s.held, s.down, s.pulled, s.moved = nil, nil, 0, false
	s.drawPress()
	if down == nil || moved {
		return
	}
	if t := s.at(s.last, pressable); t != nil && t.pos == down.pos && reflect.DeepEqual(t.intent, down.intent) {
		s.pressed(t, s.last)
	}
}

// dragRow is how far a finger goes for one row, in pixels.
const dragRow = 56

// along goes to a place of a long list.
func (s *Surface) along(t tap, at fyne.Position) {
	share := min(max((at.Y-t.pos.Y)/t.size.Height, 0), 0.9999)
	s.ui.options.Intent(screen.Intent{Kind: screen.IntentStock, Name: screen.ShelfJump, Value: strconv.Itoa(int(share * float32(t.marks)))})
}

// knobStep is what a knob moves by.
const knobStep = 5 * unit.Gram

func (s *Surface) turn(t tap, p fyne.Position) {
	share := min(max((p.X-t.pos.X)/t.size.Width, 0), 1)
	m := unit.Mass(float64(t.knob)*float64(share)) / knobStep * knobStep
	s.ui.options.Intent(screen.Intent{Kind: screen.IntentKnob, Mass: m})
}

// Scrolled moves the list under the pointer by whole rows.
func (s *Surface) Scrolled(e *fyne.ScrollEvent) {
	t := s.at(e.Position, scrollable)
	switch {
	case t == nil || e.Scrolled.DY == 0:
	case e.Scrolled.DY > 0:
		s.move(*t, -1)
	default:
		s.move(*t, 1)
	}
}

// move scrolls a list by rows.
func (s *Surface) move(t tap, by int) {
	if further := map[bool]screen.Intent{true: t.up, false: t.down}[by < 0]; t.list == "" {
		for range max(by, -by) {
			if further.Kind != "" {
				s.ui.options.Intent(further)
			}
		}
		return
	}
	if next := min(max(t.at+by, 0), t.rows); next != t.at {
		s.ui.scroll[t.list] = spot{s.ui.of(t.list), next}
		s.draw()
	}
}

// page goes to the next page of a list, and from the last to the first.
func (s *Surface) page(t tap) {
	if t.at >= t.rows {
		s.move(t, -t.at)
		return
	}
	s.move(t, t.page)
}
