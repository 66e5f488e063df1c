package main

import (
	"context"
	"image"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/devices/scanner"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// refresh is how often the screen looks at the clock and at what others wrote.
const refresh = 500 * time.Millisecond

// display is what a front shows its views on.
type display interface {
	Publish(screen.View)
	PublishLabel(image.Image)
}

// front is the desktop program without its window: it turns what a person
// touches into inputs for the bench, and what the bench and the devices say
// into views. One goroutine, inside run, owns all but the queue.
type front struct {
	data    *folder.Folder
	bench   *bench.Bench
	live    atomic.Pointer[bench.Live]
	world   *world // the simulated devices of a demo; nil otherwise
	printer *watchedPrinter
	keyCode func(int) int // the X11 code of a key that the window numbers in its way
	theme   screen.Theme
	options options
	shown   func() // called on the window's turn once it has the first view

	mu     sync.Mutex
	queue  []func()
	bell   chan struct{}
	fault  error
	update atomic.Pointer[engine.Update] // newest, for whoever waits

	// Owned by run's goroutine.
	display  display
	page     screen.Page
	focus    string
	entry    *screen.Entry
	help     bool
	selected map[string]string
	tested   map[string]string // what a device's test answered
	filter   string
	notice   string
	draft    *config.Settings // settings that were changed but not kept
	kept     *config.Settings // settings that were kept; what is not about devices counts from the next start
	trouble  error            // why the last input was not taken
	view     screen.View
	looked   looked
	label    string // document that the label picture shows
	restart  func(config.Settings)
	copied   string // the line that was copied last
	clip     func(string)
	plugged  plugged
	search   *search
	learner  *learner // the scanner that is being set up; nil for none
	tracing  *tracing // the page that judges trace codes; nil while it is not open
	printing string   // what became of the last printing from a page
	busy     bool     // a page prints
	queues   queues
	testing  map[string]bool           // printers that are being tried
	checked  map[string]devices.Status // what printers said when they were asked
}

func newFront(ctx context.Context, d *folder.Folder, o options) (*front, error) {
	f := &front{
		data: d, options: o, bell: make(chan struct{}, 1), selected: map[string]string{}, tested: map[string]string{}, testing: map[string]bool{}, checked: map[string]devices.Status{}, theme: theme(d.Settings.Theme),
		shown: func() {}, clip: func(string) {}, keyCode: scanner.FromPlatform(runtime.GOOS, onWayland),
	}
	if o.demo {
		w, err := newWorld(d)
		if err != nil {
			return nil, err
		}
		f.world = w
	}
	var inner printer.Printer
	if f.world != nil {
		inner = f.world.printer
	} else {
		inner = effects.NewPrinter(d.Settings.Printers.Label, d.DocumentsDir())
	}
	f.printer = &watchedPrinter{Printer: inner}
	var phase pack.Phase
	b, err := bench.Start(ctx, d, bench.StartOptions{
		Station: o.station, Printer: f.printer,
		Publish: func(u engine.Update) {
			f.update.Store(&u)
			if live := f.live.Load(); live != nil {
				live.Updated(phase, u)
			}
			phase = u.State.Phase
			f.do(func() { f.updated(u) })
		},
	})
	if err != nil {
		if f.world != nil {
			f.world.close()
		}
		return nil, err
	}
	phase = b.Engine.State().Phase
	f.bench = b
	f.live.Store(bench.NewLive(b, d.Settings))
	return f, nil
}

func (f *front) close() {
	f.bench.Close()
	if f.world != nil {
		f.world.close()
	}
}

// report keeps the first fault of the automatic demo.
func (f *front) report(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fault == nil {
		f.fault = err
	}
}

func (f *front) failed() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.fault
}

// do hands something to run's goroutine; it never blocks.
func (f *front) do(act func()) {
	f.mu.Lock()
	f.queue = append(f.queue, act)
	f.mu.Unlock()
	f.ring()
}

func (f *front) ring() {
	select {
	case f.bell <- struct{}{}:
	default:
	}
}

// run works until ctx ends: bench, devices and screen. Post runs something on
// the window's own turn.
func (f *front) run(ctx context.Context, d display, post func(func())) error {
	f.display = d
	var group sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	group.Go(func() { ended <- f.bench.Run(ctx) })
	if f.world != nil {
		group.Go(func() { f.world.run(ctx) })
	}
	f.startDevices(ctx, &group)
	group.Go(func() { f.watchPrinter(ctx) })
	group.Go(func() { f.catchUp(ctx) })
	defer group.Wait()
	defer stop()
	tick := time.NewTicker(refresh)
	defer tick.Stop()
	for first := true; ; first = false {
		f.work()
		f.show(ctx)
		if first {
			post(f.shown) // after the view itself, which went the same way
		}
		select {
		case <-ctx.Done():
			stop()
			return nil
		case err := <-ended:
			return err
		case <-f.bell:
		case <-tick.C:
		}
	}
}

// startDevices runs the devices that the settings name, and lets them be
// started anew when the settings change.
func (f *front) startDevices(ctx context.Context, group *sync.WaitGroup) {
	var cancel context.CancelFunc
	start := func() {
		live := f.live.Load()
		live.Changed = f.ring
		var mine context.Context
		mine, cancel = context.WithCancel(ctx)
		group.Go(func() { _ = live.Run(mine) })
	}
	start()
	f.restart = func(s config.Settings) {
		cancel()
		f.live.Store(bench.NewLive(f.bench, s))
		start()
	}
}

// work carries out what is queued.
func (f *front) work() {
	f.mu.Lock()
	queue := f.queue
	f.queue = nil
	f.mu.Unlock()
	for _, act := range queue {
		act()
	}
}

// updated takes note of what an input led to.
func (f *front) updated(u engine.Update) {
	f.trouble = u.Err
	if u.Err != nil {
		return
	}
	if _, ok := u.Verdict(); ok {
		f.looked.stale = true
	}
	switch u.Input.Event.(type) {
	case pack.Scanned, pack.Command:
		f.focus = ""
		if f.page == screen.PageTrace { // a card was scanned: its answer stands on the bench
			f.page = ""
		}
	}
	f.askDriver(u)
	if v, ok := u.Verdict(); ok && (v.Code == pack.CodeSignedIn || v.Code == pack.CodeSignedOut || v.Code == pack.CodeTakenOver) {
		f.page, f.entry, f.help, f.notice = "", nil, false, ""
	}
}

// show makes the view of now and shows it.
func (f *front) show(ctx context.Context) {
	f.look(ctx)
	f.lookPlugged()
	f.lookQueues()
	f.view = f.compose(ctx)
	f.display.Publish(f.view)
	f.showLabel(ctx)
}

// showLabel draws the label's picture once for each label.
func (f *front) showLabel(ctx context.Context) {
	w := f.bench.Engine.State().Work
	id := ""
	if w != nil && w.Parcel.Label != nil {
		id = w.Parcel.Label.Document
	}
	if id == f.label {
		return
	}
	img, err := papers.New(f.data).LabelPicture(ctx, w)
	if err != nil {
		f.data.Log.Warn("no picture of the label", "error", err)
	}
	f.label = id
	f.display.PublishLabel(img)
}

func theme(name string) screen.Theme {
	if name == "dark" {
		return screen.Dark
	}
	return screen.Light
}

// printerEvery is how often a printer that can say how it is is asked.
const printerEvery = 5 * time.Second

// watchPrinter keeps the printer's lamp true between two labels.
func (f *front) watchPrinter(ctx context.Context) {
	tick := time.NewTicker(printerEvery)
	defer tick.Stop()
	for {
		if _, ok := f.printer.check(ctx); !ok {
			return // it cannot say
		}
		f.ring()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// watchedPrinter remembers the printer's last word, for its lamp.
type watchedPrinter struct {
	printer.Printer
	last   atomic.Pointer[printer.Result]
	status atomic.Pointer[devices.Status] // of one that can say how it is
}

// check asks the printer how it is; ok is false for one that cannot say.
func (p *watchedPrinter) check(ctx context.Context) (s devices.Status, ok bool) {
	c, ok := p.Printer.(printer.Checker)
	if !ok {
		return s, false
	}
	s = c.Check(ctx, "label printer")
	p.status.Store(&s)
	return s, true
}

// Print implements printer.Printer.
func (p *watchedPrinter) Print(ctx context.Context, job printer.Job) (printer.Result, error) {
	r, err := p.Printer.Print(ctx, job)
	p.last.Store(&r)
	return r, err
}

// Lookup implements printer.Printer.
func (p *watchedPrinter) Lookup(ctx context.Context, name string) (printer.Result, error) {
	r, err := p.Printer.Lookup(ctx, name)
	p.last.Store(&r)
	return r, err
}

// mayManage tells whether the person at the bench may change the settings.
func mayManage(p pack.Person) bool { return p.Role.May(station.Manager) }
