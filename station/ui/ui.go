package ui

import (
	"image"
	"reflect"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"packbench/station/screen"
)

// Intent is what a person wants, as data.
type Intent = screen.Intent

// Options are what a UI is made with. Every function may be nil.
type Options struct {
	// Post runs a function on the toolkit's own turn; nil runs it at once.
	Post func(func())
	// Draw draws a view that came as soon as it is there, on the toolkit's own turn; nil
	// leaves it to the next frame.
	Draw func()
	// Intent takes what a person touched. It must not block.
	Intent func(Intent)
	// Key takes every key event in the order it came. It must not block.
	Key func(Key)
	// Picture wants a product's picture by file name; PublishPicture answers. It must
	// not block.
	Picture func(name string)
	// Now stamps key events; nil means time.Now.
	Now func() time.Time
	// ScreenHeight is the height of the visible picture in millimetres, 0 where
	// it is not known. It keeps what matters at 12 mm and touch targets at 15 mm.
	ScreenHeight int
	// Large is how much larger than its design a page is drawn where it has the room;
	// below 1 it counts as 1.
	Large float32
}

// UI is the window's content. Render, Show, SetLabel and Content belong to the
// toolkit's turn; what begins with Publish may be called from anywhere.
type UI struct {
	options Options
	surface *Surface
	view    screen.View
	label   image.Image
	labelOf string  // its document
	scale   float32 // how much larger than the design the page is drawn
	fitted  *fitter
	images  map[string]image.Image
	came    int             // how many pictures came
	scroll  map[string]spot // where somebody moved each list to

	mu      sync.Mutex
	waiting *screen.View // newest view that is not drawn yet
	posted  bool
}

// New returns a UI that shows an empty page until its first Render. An app must
// exist.
func New(options Options) *UI {
	if options.Post == nil {
		options.Post = func(f func()) { f() }
	}
	if options.Draw == nil {
		options.Draw = func() {}
	}
	if options.Intent == nil {
		options.Intent = func(Intent) {}
	}
	if options.Key == nil {
		options.Key = func(Key) {}
	}
	if options.Picture == nil {
		options.Picture = func(string) {}
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	u := &UI{
		options: options, view: screen.View{Page: screen.PageSignIn, Bench: &screen.BenchView{}},
		scale: 1, fitted: newFitter(), images: map[string]image.Image{}, scroll: map[string]spot{},
	}
	u.fitted.tries = options.Large > 1
	u.surface = newSurface(u)
	return u
}

// Content is what a window shows.
func (u *UI) Content() fyne.CanvasObject { return u.surface }

// Sink is what takes the keyboard; focus it once the window is shown.
func (u *UI) Sink() *Surface { return u.surface }

// Attach puts the UI into a window, gives it the keyboard, and catches keys
// that come while the toolkit has taken the focus away.
func (u *UI) Attach(w fyne.Window) {
	w.SetPadded(false)
	w.SetContent(u.surface)
	u.surface.catch(w.Canvas())
	w.Canvas().Focus(u.surface)
}

// Render shows a view. What did not change since the last one is not drawn
// again.
func (u *UI) Render(v screen.View) {
	if newer(u.view, v) || v.Focus != u.view.Focus && v.Focus != "" {
		clear(u.scroll) // what was just scanned, or is chosen by key, must be seen
	}
	if u.view.Entry == nil {
		delete(u.scroll, "options")
		delete(u.scroll, "tiles")
	}
	u.view = v
	u.surface.draw()
}

// spot is the first row shown of a list, and what the list was of when it was moved there.
type spot struct {
	of  string
	row int
}

// moved is the row that somebody moved a list to, -1 while it shows what matters.
func (u *UI) moved(list string) int {
	if s, yes := u.scroll[list]; yes && s.of == u.of(list) {
		return s.row
	}
	return -1
}

// of says what the rows of a list are of: those of another case begin at the top.
func (u *UI) of(list string) string {
	switch v := u.view; {
	case list == "timeline", list == "story", list == "van", list == "came", list == "columns", list == "trial", list == "answer", list == "ledger", list == "count":
		return string(v.Of)
	case list == "stock" && v.Stock != nil:
		return v.Stock.Note + v.Stock.Paged
	case list == "table" && v.Shift != nil:
		return string(v.Of) + v.Shift.Table.Title
	case list == "queue" && v.Queue != nil:
		return v.Queue.Title + v.Queue.Paged
	case list == "outbox" && v.Outbox != nil:
		return v.Outbox.Title + v.Outbox.Paged
	case list == "after" && v.After != nil:
		return string(v.Page) + v.After.Paged
	case list == "cases" && v.Cases != nil:
		return v.Cases.List
	}
	return ""
}

// newer reports whether another page, tab or verdict is shown.
func newer(old, now screen.View) bool {
	if old.Page != now.Page || (old.Bench == nil) != (now.Bench == nil) {
		return true
	}
	if old.Settings != nil && now.Settings != nil && chosenTab(old.Settings) != chosenTab(now.Settings) {
		return true
	}
	return now.Bench != nil && !reflect.DeepEqual(old.Bench.Card, now.Bench.Card)
}

func chosenTab(v *screen.SettingsView) string {
	for _, t := range v.Tabs {
		if t.On {
			return t.ID
		}
	}
	return ""
}

// Publish shows a view as soon as the toolkit has a turn. A newer view
// replaces one that was not drawn yet.
func (u *UI) Publish(v screen.View) {
	u.mu.Lock()
	u.waiting = &v
	post := !u.posted
	u.posted = true
	u.mu.Unlock()
	if post {
		u.options.Post(func() {
			u.Show()
			u.options.Draw()
		})
	}
}

// Show shows what was published and is not drawn yet, on the toolkit's turn.
func (u *UI) Show() {
	u.mu.Lock()
	v := u.waiting
	u.waiting, u.posted = nil, false
	u.mu.Unlock()
	if v != nil {
		u.Render(*v)
	}
}

// SetLabel gives the picture of a label by its document, nil for none. It is shown only
// while the View says that the parcel has this very label.
func (u *UI) SetLabel(document string, label image.Image) {
	u.labelOf, u.label = document, label
	u.surface.draw()
}

// pictured reports whether the picture is that of this label.
func (u *UI) pictured(document string) bool { return u.label != nil && u.labelOf == document }

// PublishLabel is SetLabel from anywhere.
func (u *UI) PublishLabel(document string, label image.Image) {
	u.options.Post(func() { u.SetLabel(document, label) })
}

// maxImages bounds the pictures that are kept.
const maxImages = 256

// picture is a product's picture, nil while it is not there.
func (u *UI) picture(name string) image.Image {
	if name == "" {
		return nil
	}
	img, asked := u.images[name]
	if !asked {
		if len(u.images) >= maxImages {
			clear(u.images)
		}
		u.images[name] = nil
		u.options.Picture(name)
	}
	return img
}

// PublishPicture gives a product's picture, nil for none, from anywhere.
func (u *UI) PublishPicture(name string, img image.Image) {
	u.options.Post(func() {
		u.images[name] = img
		if img != nil {
			u.came++
			u.surface.draw()
		}
	})
}
