package desktop

import (
	"context"
	"path/filepath"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/station/screen"
)

// compose makes the view of now. What stood open before another subject is closed.
func (f *Front) compose() screen.View {
	v := f.page()
	if f.Follow(v) {
		v = f.page()
	}
	return v
}

// page makes the page that is open.
func (f *Front) page() screen.View {
	now := time.Now().In(f.Folder.Location())
	s := f.Bench.Engine.State()
	frame := screen.Frame{
		Station: f.Bench.Station, Called: f.setup.Called(), Person: s.Person, Names: f.Names, Lamps: f.lamps(now), Now: now, Theme: f.Theme,
		Keys: screen.DefaultKeys(), Focus: f.Focus, Entry: f.Entry, Demo: f.Simulator != nil, Deaf: f.deaf(),
		Heard: f.Heard(now),
	}
	switch {
	case f.Bare:
		if f.Page != screen.PageSettings && f.Page != screen.PageDoctor && f.Page != screen.PageShops && f.Page != screen.PageColumns {
			f.Page = screen.PageShop // nobody can sign in
		}
	case s.Person.ID == "" && !f.shop.SigningIn(), s.Person.ID != "" && !shell.Allowed(s.Person, f.Page):
		f.Page = ""
	}
	if f.Page != screen.PageDoctor {
		f.setup.StopLearning()
	}
	take := f.trace.Follow(s)
	if queued := f.queue.Follow(s); queued != nil {
		take = queued
	}
	if goods := f.goods.Follow(s); goods != nil {
		take = goods
	}
	f.Live().Divert(take) // each time: devices may have been started again
	switch f.Page {
	case screen.PageCases:
		return f.cases.View(frame)
	case screen.PageShift:
		return f.shift.View(frame)
	case screen.PageDock:
		return f.dock.View(frame)
	case screen.PageTrace:
		return f.trace.View(frame)
	case screen.PageQueue:
		return f.queue.View(frame)
	case screen.PageSettings:
		return f.setup.View(frame, f.Selected["group"])
	case screen.PageShop:
		return f.shop.View(frame)
	case screen.PageOutbox:
		return f.outbox.View(frame)
	case screen.PageShops:
		return f.shops.View(frame)
	case screen.PageColumns:
		return f.columns.View(frame)
	case screen.PageDoctor:
		if f.setup.Learning() {
			return f.setup.DoctorView(frame)
		}
	}
	if v, is := f.goods.View(f.Page, frame); is {
		return v
	}
	var sim *screen.SimInputs
	if f.panel != nil {
		sim = f.panel.Inputs(s)
	}
	return f.home.view(frame, sim, f.setup.Running())
}

// Picture has the window shown a product's picture; it never blocks. Names lead
// nowhere but into the folder of pictures.
func (f *Front) Picture(name string) {
	f.Do(func() {
		f.Ask(func(context.Context) func() {
			img := shell.Picture(f.Folder.Path(filepath.Join("pictures", filepath.Base(name))))
			return func() { f.Window.PublishPicture(name, img) }
		})
	})
}
