// Command packbench is the desktop program of a packing bench. It is the only
// importer of Fyne's app package; everything that it does beside the window
// stands in the packages that it wires together.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"packbench/cmd/internal/crash"
	"packbench/cmd/internal/desktop"
	"packbench/cmd/internal/desktop/demo"
	"packbench/cmd/internal/desktop/session"
	"packbench/cmd/internal/folder"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

// options are what the command line says.
type options struct {
	data    string
	station string
	demo    bool
	auto    bool
	picture string
	ready   bool
}

func main() {
	var o options
	flag.StringVar(&o.data, "data", folder.Default(), "data folder")
	flag.StringVar(&o.station, "station", "", "station, the settings' own by default")
	flag.BoolVar(&o.demo, "demo", false, "simulate scanner, scale and printer beside the bench; without a data folder, with a sample shop")
	flag.BoolVar(&o.auto, "auto", false, "with --demo: pack one order, then end")
	flag.StringVar(&o.picture, "picture", "", "with --auto: where to leave a picture of the window")
	flag.BoolVar(&o.ready, "ready", false, "print a line when the window is ready for a scan, for measuring")
	flag.Parse()
	s, err := begin(o)
	if err != nil {
		var running *store.Running
		if !o.auto && !o.ready && errors.As(err, &running) { // a second touch on the icon means the window that is there
			if door, bad := doorOf(o.data, running.Station); bad == nil && askToFront(door) {
				fmt.Fprintf(os.Stderr, "packbench: bench %s is open already: its window is in front\n", running.Station)
				return
			}
		}
		fmt.Fprintf(os.Stderr, "packbench: %v\n", err)
		if !o.auto && !o.ready && screenThere() { // whoever started it by an icon sees no terminal
			tell(err)
		}
		os.Exit(1)
	}
	work(s, o)
}

// begin opens the folder and the bench that its window will show.
func begin(o options) (*session.Session, error) {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	ctx := context.Background()
	data, err := o.folder(ctx, log)
	if err != nil {
		return nil, err
	}
	if report, err := crash.Watch(data); err != nil { // a bench packs without it
		log.Warn("a crash will leave no report", "error", err)
	} else if report != "" {
		fmt.Fprintf(os.Stderr, "packbench: the last run crashed; %s says where, and nothing of orders or people\n", report)
	}
	open := func(ctx context.Context) (*folder.Folder, error) {
		return folder.Open(ctx, data, folder.Options{Log: log})
	}
	return session.New(ctx, open, desktop.Options{Station: o.station, Demo: o.demo, Wayland: onWayland})
}

// folder returns the data folder, made where there is none: for a new shop an empty
// one, whose bench says what to import, and for a demo the sample shop. That leaves the
// usual folder to the shop.
func (o options) folder(ctx context.Context, log *slog.Logger) (string, error) {
	dir := o.data
	if o.demo && dir == folder.Default() && !folder.Exists(dir) {
		dir += "-demo"
	}
	if folder.Exists(dir) {
		return dir, nil
	}
	return dir, folder.Init(ctx, dir, o.demo, folder.Options{Log: log})
}

// work shows the window. It does not come back: with the bench the program ends, see quit.
func work(s *session.Session, o options) {
	keepShortly()
	f := s.Front()
	a := app.NewWithID("org.packbench.bench")
	a.Settings().SetTheme(ui.Theme(f.Theme))
	w := a.NewWindow("packbench " + f.Bench.Station)
	settings := f.Folder.Settings
	surface := ui.New(ui.Options{
		Post: fyne.Do, Draw: drawNow, Intent: func(in screen.Intent) { s.Front().Intent(in) }, Key: keys(s), Picture: func(name string) { s.Front().Picture(name) },
		ScreenHeight: settings.ScreenHeight, Large: settings.Large(),
	})
	surface.Attach(w)
	w.Resize(fyne.NewSize(1280, 800))
	w.SetFullScreen(settings.FullScreen && !o.demo)
	w.SetMaster()
	var taking ready
	if o.ready {
		taking.tell = func() {
			if w.Canvas().Focused() == surface.Sink() {
				fmt.Fprintln(os.Stdout, "ready")
			}
		}
	}
	a.Lifecycle().SetOnEnteredForeground(func() {
		s.Front().InFront()
		taking.inFront()
	})
	a.Lifecycle().SetOnExitedForeground(func() { s.Front().Behind() })
	w.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		for _, u := range files {
			s.Front().Dropped(u.Path())
		}
	})
	ctx, end := context.WithCancel(context.Background())
	w.SetCloseIntercept(end)
	a.Lifecycle().SetOnStarted(func() {
		turns(s, surface, end)
		if !onWayland { // there a program cannot take the front for itself
			go comeToFront(ctx, f.Folder, f.Bench.Station, w)
		}
	})
	window := desktop.Window{
		Display: surface, Post: fyne.Do, Shown: taking.isShown,
		Choose: choose(w, surface.Sink()),
		Copy:   func(text string) { fyne.Do(func() { a.Clipboard().SetContent(text) }) },
		Paste:  func(then func(string)) { fyne.Do(func() { then(a.Clipboard().Content()) }) },
	}
	var beside func(context.Context, *desktop.Front) error
	if o.auto {
		beside = func(ctx context.Context, f *desktop.Front) error { return demo.Auto(ctx, f.Shell, o.picture) }
	}
	// The first view is looked up while the window is being made, so that it is
	// there for the first frame.
	go func() { quit(s.Run(ctx, window, beside)) }()
	w.ShowAndRun()
	end() // the toolkit gave up by itself
	select {}
}

// comeToFront raises the window whenever the bench is started a second time.
func comeToFront(ctx context.Context, d *folder.Folder, station string, w fyne.Window) {
	door, err := doorOf(d.Dir, station)
	if err == nil {
		err = answer(ctx, door, func() { fyne.DoAndWait(w.RequestFocus) })
	}
	if err != nil && ctx.Err() == nil {
		d.Log.Warn("a second start cannot show this window", "error", err)
	}
}

// keys hands the window's keys to the front that works.
func keys(s *session.Session) func(ui.Key) {
	return func(k ui.Key) {
		f := s.Front()
		switch k.Kind {
		case ui.KeyDown, ui.KeyUp:
			f.Key(k.Scan, k.Kind == ui.KeyDown, k.At)
		case ui.KeyRune:
			f.Rune(k.Rune, k.At)
		}
	}
}

// quit ends the program once the bench has ended. The window goes with the
// process: closing it the toolkit's way races with whoever still draws.
func quit(err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "packbench: %v\n", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// turns tells the front of each turn of the window: the window ticks its
// animations after it has handed out the keys. From the first turn on the
// signals that end programs end the bench, and not the toolkit before it.
func turns(s *session.Session, surface *ui.UI, end func()) {
	first := true
	each := fyne.NewAnimation(time.Hour, func(float32) {
		if first {
			first = false
			signal.Reset(os.Interrupt, syscall.SIGTERM)
			told, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			context.AfterFunc(told, end)
		}
		if s.Front().Turn(time.Now()) {
			surface.Show()
		}
	})
	each.RepeatCount = fyne.AnimationRepeatForever
	each.Start()
}
