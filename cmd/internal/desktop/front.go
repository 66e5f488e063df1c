package desktop

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/accountfront"
	"packbench/cmd/internal/desktop/afterfront"
	"packbench/cmd/internal/desktop/boxfront"
	"packbench/cmd/internal/desktop/demo"
	"packbench/cmd/internal/desktop/home"
	"packbench/cmd/internal/desktop/hubfront"
	"packbench/cmd/internal/desktop/mapping"
	"packbench/cmd/internal/desktop/messagefront"
	"packbench/cmd/internal/desktop/newshop"
	"packbench/cmd/internal/desktop/owedfront"
	"packbench/cmd/internal/desktop/pages"
	"packbench/cmd/internal/desktop/rulefront"
	"packbench/cmd/internal/desktop/setup"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/desktop/shopfront"
	"packbench/cmd/internal/desktop/stockfront"
	"packbench/cmd/internal/desktop/tracefront"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/simulator"
	"packbench/devices/printer"
	"packbench/devices/scanner"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// refresh is how often the screen looks at the clock and at what others wrote.
const refresh = 500 * time.Millisecond

// Window is where a front shows its views.
type Window = shell.Window

// Options of New.
type Options struct {
	Station string        // "" takes the settings' own
	Demo    bool          // simulated scanner, scale and printer
	Wayland bool          // the window numbers its keys as Wayland does
	Quiet   time.Duration // for how long nobody touched or scanned anything before new settings are taken over; 0: some seconds
	Before  *Front        // on this window, which gave way
}

// Front is the desktop program without its window.
type Front struct {
	*shell.Shell
	printer *setup.Watched
	keyCode func(int) int // the X11 code of a key that the window numbers in its way

	home     *home.Page
	cases    *pages.Cases
	board    *pages.Board
	shift    *pages.Shift
	figures  *pages.Figures
	boxes    *boxfront.Page
	dock     *pages.Dock
	trace    *tracefront.Page
	queue    *pages.Queue
	setup    *setup.Page
	shop     *newshop.Page
	shops    *shopfront.Page
	outbox   *shopfront.Outbox
	after    *afterfront.Page
	owed     *owedfront.Page
	accounts *accountfront.Page
	messages *messagefront.Page
	hub      *hubfront.Page
	rules    *rulefront.Page
	columns  *mapping.Page
	goods    stockfront.Pages
	panel    *demo.Panel // of the simulator, nil where there is none

	answer  shell.Answer
	behind  bool      // another window has the keys
	touched time.Time // when somebody last touched, typed or scanned, or the start

	cache   cache
	quiet   time.Duration
	trouble error          // why the last input was not taken
	asked   *pack.Question // whether somebody is sure
	sure    time.Time      // when that was asked
	trying  bool           // whether an input would be taken now
	tried   time.Time
	view    screen.View
}

// New starts the bench of a data folder, whose station is taken until Close, and
// returns a front that waits for Run.
func New(ctx context.Context, d *folder.Folder, o Options) (*Front, error) {
	f := &Front{
		Shell:   shell.New(d),
		answer:  shell.NewAnswer(),
		quiet:   cmp.Or(o.Quiet, 5*time.Second),
		keyCode: scanner.FromPlatform(runtime.GOOS, o.Wayland),
	}
	var simulated printer.Printer
	if o.Demo {
		var err error
		if f.Simulator, err = simulator.New(d); err != nil {
			return nil, err
		}
		simulated = f.Simulator.Printer
		f.printer = &setup.Watched{Printer: simulated}
		f.panel = &demo.Panel{Shell: f.Shell}
	} else {
		f.printer = &setup.Watched{Printer: effects.NewPrinter(d.Settings.Printers.Label, d.DocumentsDir())}
	}
	var phase pack.Phase
	b, err := bench.Start(ctx, d, bench.StartOptions{
		Station: o.Station, Printer: f.printer, Hourly: desk.New(d).KeepDays, Digest: desk.New(d).Digest,
		Publish: func(u engine.Update) {
			if live := f.Live(); live != nil {
				live.Updated(phase, u)
			}
			phase = u.State.Phase
			f.Do(func() { f.updated(u) })
		},
	})
	if err != nil {
		if f.Simulator != nil {
			f.Simulator.Close()
		}
		return nil, err
	}
	phase = b.Engine.State().Phase
	f.Use(b)
	s := f.Shell
	f.home, f.cases, f.shift, f.dock = &home.Page{Shell: s}, &pages.Cases{Shell: s}, &pages.Shift{Shell: s}, &pages.Dock{Shell: s}
	f.trace, f.queue, f.shops = &tracefront.Page{Shell: s}, &pages.Queue{Shell: s}, shopfront.New(s)
	f.accounts, f.messages, f.columns = accountfront.New(s), messagefront.New(s), &mapping.Page{Shell: s}
	f.board, f.hub, f.after, f.owed = &pages.Board{Shell: s}, hubfront.New(s), afterfront.New(s), owedfront.New(s)
	f.figures, f.boxes = &pages.Figures{Shell: s}, boxfront.New(s)
	f.outbox, f.goods = &shopfront.Outbox{Shell: s}, stockfront.New(s)
	f.setup = setup.New(setup.Options{Folder: d, Station: b.Station, Host: s, Printer: f.printer, Simulated: simulated})
	f.rules = rulefront.New(s, f.setup)
	if f.shop, err = newshop.New(ctx, s, f.setup); err != nil {
		f.Close()
		return nil, err
	}
	f.wireFiles()
	if o.Before == nil {
		f.restarted()
	} else { // nobody could touch anything between
		f.Succeed(o.Before.Shell)
		f.touched = o.Before.touched
	}
	return f, nil
}

// Dropped takes a file that was dropped on the window, from any goroutine.
func (f *Front) Dropped(path string) {
	f.Do(func() {
		f.shop.Dropped(path)
		f.owed.Dropped(path)
	})
}

// Close frees the station, after Run.
func (f *Front) Close() {
	f.Bench.Close()
	if f.Simulator != nil {
		f.Simulator.Close()
	}
}

// Run works until ctx ends: bench, devices and screen. Where there is something
// beside, Run ends with it and returns its error.
func (f *Front) Run(ctx context.Context, w Window, beside func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	f.EndsWith(stop, f.Shown)
	var group sync.WaitGroup
	f.Begin(ctx, &group, w)
	var failed, fault error
	group.Go(func() {
		failed = f.Bench.Run(ctx)
		stop()
	})
	if f.Simulator != nil {
		group.Go(func() { f.Simulator.Run(ctx) })
	}
	if beside != nil {
		group.Go(func() {
			fault = beside(ctx)
			stop()
		})
	}
	group.Go(func() { f.watchPrinter(ctx) })
	f.Ask(f.catchUp)
	f.loop(ctx)
	stop()
	group.Wait()
	return errors.Join(failed, fault)
}

// loop shows what is there, over and over.
func (f *Front) loop(ctx context.Context) {
	tick := time.NewTicker(refresh)
	defer tick.Stop()
	for first := true; ctx.Err() == nil; first = false {
		f.Work()
		f.show()
		if first {
			f.Window.Post(f.Window.Shown) // after the view itself, which went the same way
		}
		select {
		case <-ctx.Done():
		case <-f.Bell():
		case <-tick.C:
		}
	}
}

// printerEvery is how often a printer that can say how it is is asked.
const printerEvery = 5 * time.Second

// watchPrinter keeps the printer's lamp true between two labels.
func (f *Front) watchPrinter(ctx context.Context) {
	tick := time.NewTicker(printerEvery)
	defer tick.Stop()
	for {
		if _, ok := f.printer.Check(ctx); !ok {
			return // it cannot say
		}
		f.Changed()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// updated takes note of what an input led to.
func (f *Front) updated(u engine.Update) {
	f.trouble = u.Err
	if _, scan := u.Input.Event.(pack.Scanned); scan {
		f.answer.Due()
	}
	if f.notRecorded(u); u.Err != nil {
		return
	}
	v, judged := u.Verdict()
	f.Stale = f.Stale || judged
	switch u.Input.Event.(type) {
	case pack.Scanned, pack.Command:
		f.Focus, f.touched = "", time.Now()
		if u.State.Return != nil { // the unit that was scanned just now is the one that is graded
			delete(f.Selected, "line")
		}
	}
	f.Hear(u, time.Now())
	f.PutForward(u.State)
	if !judged {
		return
	}
	f.Aloud(v, u.State.Question)
	f.noted(u)
	f.dock.AskDriver(v, u.State)
	switch v.Code {
	case pack.CodeSignedIn, pack.CodeSignedOut, pack.CodeTakenOver:
		if f.Page == screen.PageShop && v.Code != pack.CodeSignedOut {
			return // whoever sets the shop up was signed in there
		}
		f.Open("")
	}
}

// noted remembers when it was asked whether somebody is sure, for as long as the
// question stands.
func (f *Front) noted(u engine.Update) {
	v, judged := u.Verdict()
	switch {
	case judged && v.Kind == pack.Asked && (v.Reason == pack.ReasonSure || v.Reason == pack.ReasonSureLoading):
		f.asked, f.sure = u.State.Question, v.At
	case u.State.Question != f.asked:
		f.sure = time.Time{}
	}
}

// Shown shows the view of now. It is asked for, too, while nothing else of the front works.
func (f *Front) Shown() {
	f.view = f.compose()
	f.Window.Publish(f.view)
}

// takeOver gives way to a front with the settings that were written since the start, at a
// moment when nobody has anything in hand.
func (f *Front) takeOver(now time.Time) {
	s := f.Bench.Engine.State()
	at := f.Page == "" || f.Page == screen.PageSettings && f.setup.Rests()
	if f.Bench.Changed() && at && f.Entry == nil && now.Sub(f.touched) > f.quiet && (s.Phase == pack.Idle || s.Phase == pack.SignedOut) && s.Work == nil && s.Loading == nil && s.Return == nil && s.Question == nil && s.Wanted == nil {
		f.GiveWay(func(context.Context) {})
	}
}

// show makes the view of now and shows it.
func (f *Front) show() {
	f.guard(time.Now())
	f.try(time.Now())
	if f.Page == screen.PageSettings {
		f.setup.Look()
	}
	f.takeOver(time.Now())
	f.home.ShowLabel()
	f.Shown()
	f.answer.Published()
	f.look()
}
