// Package shell is what the pages of the window's front share: who is at the bench,
// what is open, and how work is handed to the background.
//
// A [Shell] belongs to the goroutine of the front's Run, which must never wait: a page
// asks the database, files and devices by Ask, or by its [Reading]. The package knows
// no page.
package shell

import (
	"cmp"
	"context"
	"image"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/simulator"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
)

// Shell is what all pages share: the bench behind them, what is open before the
// person, and how work is handed to the background. All but the queue and live belong
// to Run's goroutine.
type Shell struct {
	Folder    *folder.Folder
	Bench     *bench.Bench
	Simulator *simulator.Simulator // the devices of a demo; nil otherwise
	live      atomic.Pointer[bench.Live]
	Window    Window

	Page     screen.Page
	Focus    string
	Entry    *screen.Entry
	Help     bool
	Said     screen.Said
	Theme    screen.Theme
	Selected map[string]string
	Names    say.Names
	Spoken   map[string]string // the language of each person, by their id
	Bare     bool              // the shop has no people yet: nobody can scan a badge
	Stale    bool              // what is shown of the database is to be read again

	speaks  speaks
	heard   screen.Heard
	heardAt time.Time

	at    place // where the view stands
	waits waits // what the bench waited for last

	ask     func(work func(context.Context) (show func())) context.CancelFunc // while Run works
	restart func(config.Settings)                                             // likewise

	between between

	mu    sync.Mutex
	queue []func()
	bell  chan struct{}
}

// New returns the shell of an open folder; its Bench and devices come with Use.
func New(f *folder.Folder) *Shell {
	return &Shell{Folder: f, bell: make(chan struct{}, 1), Selected: map[string]string{}, Theme: themeOf(f.Settings.Theme)}
}

// Use takes the bench, and the devices of the settings, which wait for Begin.
func (s *Shell) Use(b *bench.Bench) {
	s.Bench = b
	s.live.Store(bench.NewLive(b, s.Folder.Settings))
}

// Begin runs the devices and makes Ask and Restart work, until ctx ends. What they
// begin is in the group, which Run waits for.
func (s *Shell) Begin(ctx context.Context, group *sync.WaitGroup, w Window) {
	s.Window = w
	s.ask = func(work func(context.Context) (show func())) context.CancelFunc {
		ctx, cancel := context.WithCancel(ctx)
		group.Go(func() {
			defer cancel()
			if show := work(ctx); show != nil {
				s.Do(show)
			}
		})
		return cancel
	}
	var end context.CancelFunc
	start := func() {
		live := s.Live()
		live.Changed = s.Changed
		var mine context.Context
		mine, end = context.WithCancel(ctx)
		group.Go(func() { _ = live.Run(mine) })
	}
	start()
	s.restart = func(to config.Settings) {
		end()
		s.live.Store(bench.NewLive(s.Bench, to))
		start()
	}
}

// Bell rings when there is something to show.
func (s *Shell) Bell() <-chan struct{} { return s.bell }

// Ask runs work in the background, with a context that ends with Run or by stop, and
// what it returns on Run's goroutine; nil shows nothing. Run waits for it.
func (s *Shell) Ask(work func(ctx context.Context) (show func())) (stop context.CancelFunc) {
	return s.ask(work)
}

// AtDesk has the desk do something in the name of the person at the bench, in the background;
// done is told how it went, and the page is read again.
func (s *Shell) AtDesk(act func(context.Context, desk.Desk, cases.Asker) error, done func(error)) {
	who := s.Person().ID
	s.Ask(func(ctx context.Context) func() {
		d := desk.New(s.Folder)
		asker, err := d.AskerAt(ctx, who)
		if err == nil {
			err = act(ctx, d, asker)
		}
		if s.Bench.Hub != nil { // another bench may wait for it
			s.Bench.Hub.Wake()
		}
		return func() {
			s.Stale = true
			done(err)
		}
	})
}

// Do hands something to Run's goroutine; it never blocks.
func (s *Shell) Do(act func()) {
	s.mu.Lock()
	s.queue = append(s.queue, act)
	s.mu.Unlock()
	s.Changed()
}

// Changed shows the page again.
func (s *Shell) Changed() {
	select {
	case s.bell <- struct{}{}:
	default:
	}
}

// Work carries out what is queued.
func (s *Shell) Work() {
	s.mu.Lock()
	queue := s.queue
	s.queue = nil
	s.mu.Unlock()
	for _, act := range queue {
		act()
	}
}

// Person is who is signed in.
func (s *Shell) Person() pack.Person { return s.Bench.Engine.State().Person }

// Rights are who may do what at this bench.
func (s *Shell) Rights() people.Rights { return s.Bench.Engine.State().Rules.Table() }

// May reports whether who is at the window may do something alone.
func (s *Shell) May(a people.Action) bool { return s.Rights().Of(a).Alone(s.Person().Standing()) }

// Manages reports whether who is at the window may change the settings.
func (s *Shell) Manages() bool { return s.Bare || s.May(people.Settings) }

// Live are the devices that run now.
func (s *Shell) Live() *bench.Live { return s.live.Load() }

// Restart ends the devices and runs those of other settings.
func (s *Shell) Restart(to config.Settings) { s.restart(to) }

// Ruled has the bench work by the rights of settings from now on.
func (s *Shell) Ruled(to config.Settings) {
	s.Folder.SetRights(to.Rights)
	rules := s.Bench.Engine.State().Rules
	rules.Rights = to.Rights
	s.Bench.Engine.Post(engine.Result{Event: pack.Started{Rules: rules}})
}

// Colours takes the theme of settings.
func (s *Shell) Colours(of config.Settings) { s.Theme = themeOf(of.Theme) }

// Open shows a page, and closes what stood open on the one before.
func (s *Shell) Open(page screen.Page) {
	s.Page, s.Focus, s.Entry, s.Help, s.Said, s.heard = page, "", nil, false, screen.Said{}, screen.Heard{}
}

// Copy puts a text on the clipboard.
func (s *Shell) Copy(text string) { s.Window.Copy(text) }

// Picture has the window show a picture where a page names it.
func (s *Shell) Picture(name string, img image.Image) { s.Window.PublishPicture(name, img) }

func themeOf(name string) screen.Theme {
	if name == "dark" {
		return screen.Dark
	}
	return screen.Light
}

// Say tells what became of something; it stands on the page of what it is about and on
// no other one.
func (s *Shell) Say(of screen.Subject, text string) { s.Said = screen.Said{Of: of, Text: text} }

// Show opens a folder in the computer's own window; failed is told why it could not.
func (s *Shell) Show(folder string, failed func(words string)) {
	command := map[string]string{"windows": "explorer", "darwin": "open"}[runtime.GOOS]
	s.Ask(func(ctx context.Context) func() {
		if err := exec.CommandContext(ctx, cmp.Or(command, "xdg-open"), folder).Run(); err != nil && runtime.GOOS != "windows" { // explorer always fails
			return func() { failed("cannot open " + folder + ": " + FirstLine(err)) }
		}
		return nil
	})
}

// Allowed reports whether who is at the window may see a page.
func (s *Shell) Allowed(page screen.Page) bool {
	switch page {
	case screen.PageDoctor, screen.PageShop, screen.PageShops, screen.PageAccounts, screen.PageMessages, screen.PageRules, screen.PageColumns:
		return s.May(people.Settings)
	case screen.PageHub:
		return s.May(people.Settings) || s.May(people.Orders)
	case screen.PageOutbox:
		return s.May(people.Outbox)
	case screen.PageBoard, screen.PageAfter:
		return s.May(people.Cases)
	case screen.PageOwed:
		return s.May(people.Owed)
	case screen.PageFigures, screen.PageBoxes:
		return s.May(people.Shifts)
	case screen.PageStock:
		return s.May(people.Stock)
	case screen.PageDock, screen.PageTrace, screen.PageQueue, screen.PageCount, screen.PageCatalogue:
		return true
	}
	return slices.ContainsFunc(screen.Tabs(s.Rights(), s.Person().Standing(), "", nil), func(tab screen.Action) bool { return tab.Intent.Name == string(page) })
}

// FirstLine is an error in one line.
func FirstLine(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}

// Window is where a front shows its views. Its methods may be called from anywhere.
type Window struct {
	Display
	// Post runs something on the window's own turn.
	Post func(func())
	// Shown is called there once the window has the first view.
	Shown func()
	// Copy puts a text on the clipboard.
	Copy func(text string)
	// Paste calls then with the text on the clipboard. It does not wait.
	Paste func(then func(text string))
	// Choose has a person choose a file, and calls then with its path, if one was
	// chosen. It does not wait.
	Choose func(then func(path string))
}

// Display draws.
type Display interface {
	Publish(screen.View)
	// PublishLabel gives the picture of a label by its document, nil for none.
	PublishLabel(document string, img image.Image)
	// PublishPicture answers Front.Picture; nil is no picture.
	PublishPicture(name string, img image.Image)
}

// Reading reads what a page shows of the database, in the background. It may touch
// nothing of the page; what it returns does, on Run's goroutine. The names are those
// of people and carriers.
type Reading func(ctx context.Context, names say.Names) (show func(), err error)
