// Package setup is the settings page of the window: the fields of station.toml, the
// devices with what they last said, what is plugged in, printers and their test
// pages, and the setting up of a scanner by the calibration sheet.
//
// A [Page] belongs to the goroutine of its [Host], the window's front. It must not
// read files, the database or devices there: what takes time is asked of the host in
// the background and shown when it is there. It must not decide what a packer may do.
package setup

import (
	"context"
	"image"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/folder"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
)

// Host is the window's front, as far as the settings ask something of it. All but
// Changed belong to its goroutine.
type Host interface {
	// Ask runs work in the background, and what that returns on the front's goroutine.
	// Stop ends the work's context.
	Ask(work func(ctx context.Context) (show func())) (stop context.CancelFunc)
	// Do runs something on the front's goroutine, from any other.
	Do(act func())
	// Person is who is signed in.
	Person() pack.Person
	// Manages reports whether who is at the window may change the settings.
	Manages() bool
	// May reports whether they may do something else alone.
	May(a people.Action) bool
	// Ruled has the bench work by the rights of settings that were kept.
	Ruled(s config.Settings)
	// Live are the devices that run now.
	Live() *bench.Live
	// Restart ends them and runs those of other settings.
	Restart(s config.Settings)
	// Colours takes the theme of settings that were kept.
	Colours(s config.Settings)
	// Open shows another page.
	Open(page screen.Page)
	// Copy puts a text on the clipboard.
	Copy(text string)
	// Picture has the window show a picture where the page names it.
	Picture(name string, img image.Image)
	// Language is what the window speaks.
	Language() say.Language
	// Changed shows the page again; it may be called from any goroutine.
	Changed()
}

// Options of New.
type Options struct {
	Folder    *folder.Folder
	Station   string
	Host      Host
	Printer   *Watched        // the label printer at work
	Simulated printer.Printer // the label printer of a demo, nil for none
}

// Page is the settings page while the program runs.
type Page struct {
	folder    *folder.Folder
	station   string
	host      Host
	printer   *Watched
	simulated printer.Printer

	draft  *config.Settings // settings that were changed but not kept
	kept   *config.Settings // settings that were kept; what is not about devices counts from the next start
	saving bool             // settings are being written
	again  bool             // save was pressed meanwhile
	notice string
	group  string      // the tab that is shown
	back   screen.Page // what is shown once the sender is kept; "": this page
	copied string      // the line that was copied last

	tested  map[string]string         // what a device's test answered
	testing map[string]bool           // printers that are being tried
	checked map[string]devices.Status // what printers said when they were asked
	plugged plugged
	queues  queues
	search  *search
	sketch  sketch
	trial   *trial   // nil where the tab of the rules of cases is not shown
	learner *learner // the scanner that is being set up; nil for none
}

// New returns the settings page of a bench.
func New(o Options) *Page {
	return &Page{
		folder: o.Folder, station: o.Station, host: o.Host, printer: o.Printer, simulated: o.Simulated,
		tested: map[string]string{}, testing: map[string]bool{}, checked: map[string]devices.Status{},
	}
}

// Act carries out what a person touched on the page; what is not the page's own does
// nothing.
func (p *Page) Act(in screen.Intent) {
	switch in.Kind {
	case screen.IntentTest:
		p.test(in.Name)
	case screen.IntentCopy:
		p.copied = in.Value
		p.host.Copy(in.Value)
	}
	if !p.host.Manages() {
		return
	}
	switch in.Kind {
	case screen.IntentSetting:
		p.Change(in.Name, in.Value)
	case screen.IntentSave:
		p.save()
	case screen.IntentZero:
		p.zero(in.Name)
	case screen.IntentTestPage:
		p.testPage(in.Name)
	case screen.IntentUse:
		p.use(in.Name, in.Value)
	case screen.IntentFind:
		p.find(in.Value == "stop")
	case screen.IntentDoctor:
		p.learn(in.Name)
	case screen.IntentSheet:
		p.printSheet()
	case screen.IntentKeep:
		p.keepLearnt()
	}
}

// Rests reports whether nothing is under way on the page.
func (p *Page) Rests() bool {
	return p.draft == nil && !p.saving && len(p.testing) == 0 && p.search == nil && !p.Learning()
}

// Look asks for what the page shows of the computer; it is called while the page is
// open.
func (p *Page) Look() {
	p.lookPlugged()
	p.lookQueues()
}

// Left forgets what was said on the page: another one was opened, or this one again.
func (p *Page) Left() {
	p.notice, p.back, p.sketch.of = "", "", "" // a file may be another one by then
	clear(p.tested)
}

// ThenBack shows another page once something is kept.
func (p *Page) ThenBack(to screen.Page) { p.back = to }

// Lamp is a device's status as a lamp with this name.
func Lamp(l say.Language, s devices.Status, name string) screen.Lamp {
	t := l.Trouble(s.Trouble)
	return screen.Lamp{Kind: s.Kind, Name: name, Colour: screen.Colour(s.Lamp.String()), Words: t.Wrong(), Fix: t.Advice(), Steps: t.Steps()}
}

// Learning reports whether a scanner is being set up.
func (p *Page) Learning() bool { return p.learner != nil }

// Typed reports whether a key came from a person, while a scanner is being set up.
func (p *Page) Typed(key string, at time.Time) bool { return p.learner.person(key, at) }

// DoctorView is the page that sets a scanner up.
func (p *Page) DoctorView(frame screen.Frame) screen.View { return p.learner.view(frame) }
