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
	"path/filepath"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"packbench/cmd/internal/bench"
	"packbench/station/ui"
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
	flag.StringVar(&o.data, "data", defaultData(), "data folder")
	flag.StringVar(&o.station, "station", "", "station, the settings' own by default")
	flag.BoolVar(&o.demo, "demo", false, "simulate scanner, scale and printer beside the bench")
	flag.BoolVar(&o.auto, "auto", false, "with --demo: pack one order, then end")
	flag.StringVar(&o.picture, "picture", "", "with --auto: where to leave a picture of the window")
	flag.BoolVar(&o.ready, "ready", false, "print a line when the window is ready for a scan, for measuring")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintf(os.Stderr, "packbench: %v\n", err)
		os.Exit(1)
	}
}

// defaultData is PACKBENCH_DATA, or a folder of the user's own.
func defaultData() string {
	if dir := os.Getenv("PACKBENCH_DATA"); dir != "" {
		return dir
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "packbench-data"
	}
	return filepath.Join(dir, "packbench")
}

// run opens the bench and its window and works until the window is closed.
func run(o options) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if !o.demo && !bench.Exists(o.data) {
		// The first start of a new shop: an empty bench that says what to import.
		if err := bench.Init(ctx, o.data, false, bench.Options{Log: log}); err != nil {
			return err
		}
	}
	d, err := bench.Open(ctx, o.data, bench.Options{Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	f, err := newFront(ctx, d, o)
	if err != nil {
		return err
	}
	defer f.close()

	a := app.NewWithID("org.packbench.bench")
	a.Settings().SetTheme(ui.Theme(f.theme))
	w := a.NewWindow("packbench " + f.bench.Station)
	screen := ui.New(ui.Options{
		Post: fyne.Do, Intent: f.intent, Key: f.key, Picture: f.picture, ScreenHeight: d.Settings.ScreenHeight,
	})
	screen.Attach(w)
	w.Resize(fyne.NewSize(1280, 800))
	w.SetFullScreen(d.Settings.FullScreen && !o.demo)
	w.SetMaster()
	var taking ready
	if o.ready {
		taking.tell = func() {
			if w.Canvas().Focused() == screen.Sink() {
				fmt.Fprintln(os.Stdout, "ready")
			}
		}
	}
	f.shown = taking.isShown
	a.Lifecycle().SetOnEnteredForeground(func() {
		f.live.Load().Focus()
		taking.inFront()
	})

	ctx, end := context.WithCancel(ctx)
	defer end()
	worked, ended := make(chan error, 1), make(chan struct{})
	a.Lifecycle().SetOnStarted(func() { turns(f, ended, a.Quit) })
	// The first view is looked up while the window is being made, so that it is
	// there for the first frame.
	go func() {
		worked <- f.run(ctx, screen, fyne.Do)
		close(ended)
	}()
	if o.auto {
		go func() {
			f.report(auto(ctx, f, o.picture))
			end()
		}()
	}
	w.ShowAndRun()
	end()
	select {
	case err = <-worked:
	case <-time.After(10 * time.Second):
		err = errors.New("the bench did not end in time")
	}
	return errors.Join(err, f.failed())
}

// turns tells the front of each turn of the window, and quits when the bench
// has ended: on the window's turn, because a signal may have closed it already.
// The window ticks its animations after it has handed out the keys.
func turns(f *front, ended <-chan struct{}, quit func()) {
	var each *fyne.Animation
	each = fyne.NewAnimation(time.Hour, func(float32) {
		f.turn(time.Now())
		select {
		case <-ended:
			each.Stop()
			quit()
		default:
		}
	})
	each.RepeatCount = fyne.AnimationRepeatForever
	each.Start()
}
