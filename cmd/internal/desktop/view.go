package desktop

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/desktop/setup"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/photos"
	"packbench/station/engine"
	"packbench/station/pack"
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
		Station: f.Bench.Station, Called: f.setup.Called(), Person: s.Person, Rights: f.Rights(), Names: f.Names, Lamps: f.lamps(now), Now: now, Theme: f.Theme,
		Keys: screen.DefaultKeys(), Focus: f.Focus, Entry: f.Entry, Demo: f.Simulator != nil, Deaf: f.deaf(),
		Heard: f.Heard(now), Lang: f.Language(),
	}
	switch {
	case f.Bare:
		if f.Page != screen.PageSettings && f.Page != screen.PageDoctor && f.Page != screen.PageShops && f.Page != screen.PageColumns && f.Page != screen.PageHub {
			f.Page = screen.PageShop // nobody can sign in
		}
	case s.Person.ID == "" && !f.shop.SigningIn(), s.Person.ID != "" && !f.Allowed(f.Page):
		f.Page = ""
	}
	if f.Page != screen.PageDoctor {
		f.setup.StopLearning()
	}
	f.divert(s)
	f.tellLamps(frame.Lamps)
	switch open := f.open().(type) {
	case nil:
	case *setup.Page:
		return open.View(frame, f.Selected["group"], f.Selected["preview"])
	case viewer:
		return open.View(frame)
	}
	if f.Page == screen.PageDoctor && f.setup.Learning() {
		return f.setup.DoctorView(frame)
	}
	var sim *screen.SimInputs
	if f.panel != nil {
		sim = f.panel.Inputs(s)
	}
	return f.home.View(frame, sim, f.setup.Running())
}

// viewer is a page that makes its own view, and reader one that reads for it.
type (
	viewer interface {
		View(screen.Frame) screen.View
	}
	reader interface{ Reading() shell.Reading }
)

// open is the page that is open, nil where it is the bench's.
func (f *Front) open() any {
	switch f.Page {
	case screen.PageCases:
		return f.cases
	case screen.PageBoard:
		return f.board
	case screen.PageShift:
		return f.shift
	case screen.PageFigures:
		return f.figures
	case screen.PageBoxes:
		return f.boxes
	case screen.PageDock:
		return f.dock
	case screen.PageTrace:
		return f.trace
	case screen.PageQueue:
		return f.queue
	case screen.PageSettings:
		return f.setup
	case screen.PageShop:
		return f.shop
	case screen.PageOutbox:
		return f.outbox
	case screen.PageAfter:
		return f.after
	case screen.PageOwed:
		return f.owed
	case screen.PageShops:
		return f.shops
	case screen.PageAccounts:
		return f.accounts
	case screen.PageHub:
		return f.hub
	case screen.PageMessages:
		return f.messages
	case screen.PageRules:
		return f.rules
	case screen.PageColumns:
		return f.columns
	case screen.PageStock:
		return f.goods.Stock
	case screen.PageCount:
		return f.goods.Count
	case screen.PageCatalogue:
		return f.goods.Catalogue
	}
	return nil
}

// divert gives scans to the page that waits for them. It is done for each view: devices
// may have been started again.
func (f *Front) divert(s pack.State) {
	take := f.trace.Follow(s)
	if queued := f.queue.Follow(s); queued != nil {
		take = queued
	}
	if goods := f.goods.Follow(s); goods != nil {
		take = goods
	}
	f.Live().Divert(first(take, f.cards(s)))
}

// cards returns what takes the cards that open a page, nil where they are the bench's:
// with an order in hand it says that it is not now.
func (f *Front) cards(s pack.State) (take func(engine.Scan) bool) {
	if f.Page == screen.PageTrace || s.Person.ID == "" || s.Phase != pack.Idle || s.Loading != nil || s.Question != nil {
		return nil
	}
	return func(scan engine.Scan) bool {
		own, _ := folder.CutPrefixFold(scan.Data, folder.OwnPrefix)
		page, is := pageOf[strings.ToLower(own)]
		if !is {
			return false
		}
		if !f.Allowed(page) {
			page = screen.PageCount // who may not see the stock counts it
		}
		f.Do(func() {
			f.openPage(screen.Intent{Kind: screen.IntentPage, Name: string(page)})
			f.Live().Judged(scan.Device, pack.Accepted)
		})
		return true
	}
}

// pageOf are the cards that open a page.
var pageOf = map[string]screen.Page{
	"command:queue": screen.PageQueue, "command:stock": screen.PageStock, "command:products": screen.PageCatalogue,
}

// first gives a scan to the first that takes it.
func first(takes ...func(engine.Scan) bool) func(engine.Scan) bool {
	takes = slices.DeleteFunc(takes, func(take func(engine.Scan) bool) bool { return take == nil })
	if len(takes) == 0 {
		return nil
	}
	return func(scan engine.Scan) bool {
		return slices.ContainsFunc(takes, func(take func(engine.Scan) bool) bool { return take(scan) })
	}
}

// Picture has the window shown a product's picture, or a photo of what came back; it never
// blocks. Names lead nowhere but into the folders of these.
func (f *Front) Picture(name string) {
	f.Do(func() {
		if name == screen.PreviewName {
			f.Window.PublishPicture(name, f.setup.Preview())
			return
		}
		f.Ask(func(context.Context) func() {
			path := f.Folder.Path(filepath.Join("pictures", filepath.Base(name)))
			if hash, photo := strings.CutPrefix(name, screen.PhotoName); photo {
				path = photos.Path(f.Folder.DocumentsDir(), filepath.Base(hash))
			}
			img := shell.Picture(path)
			return func() { f.Window.PublishPicture(name, img) }
		})
	})
}
