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

	"packbench/cmd/internal/folder"
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

// run opens the bench and its window. It does not come back while the bench
// works: see quit.
func run(o options) error {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	ctx := context.Background()
	if !o.demo && !folder.Exists(o.data) {
		// The first start of a new shop: an empty bench that says what to import.
		if err := folder.Init(ctx, o.data, false, folder.Options{Log: log}); err != nil {
			return err
		}
	}
	d, err := folder.Open(ctx, o.data, folder.Options{Log: log})
	if err != nil {
		return err
	}
	f, err := newFront(ctx, d, o)
	if err != nil {
		return errors.Join(err, d.Close())
	}
	work(f, o)
	return nil
}

// work shows the window until the bench ends.
func work(f *front, o options) {
	a := app.NewWithID("org.packbench.bench")
	a.Settings().SetTheme(ui.Theme(f.theme))
	w := a.NewWindow("packbench " + f.bench.Station)
	settings := f.data.Settings
	screen := ui.New(ui.Options{
		Post: fyne.Do, Intent: f.intent, Key: f.key, Picture: f.picture, ScreenHeight: settings.ScreenHeight,
	})
	screen.Attach(w)
	w.Resize(fyne.NewSize(1280, 800))
	w.SetFullScreen(settings.FullScreen && !o.demo)
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
	f.clip = func(text string) { fyne.Do(func() { a.Clipboard().SetContent(text) }) }
	a.Lifecycle().SetOnEnteredForeground(func() {
		f.live.Load().Focus()
		taking.inFront()
	})
	ctx, end := context.WithCancel(context.Background())
	w.SetCloseIntercept(end)
	a.Lifecycle().SetOnStarted(func() { turns(f, end) })
	// The first view is looked up while the window is being made, so that it is
	// there for the first frame.
	go func() { quit(f, f.run(ctx, screen, fyne.Do)) }()
	if o.auto {
		go func() {
			f.report(auto(ctx, f, o.picture))
			end()
		}()
	}
	w.ShowAndRun()
	end() // the toolkit gave up by itself
	select {}
}

// quit ends the program once the bench has ended. The window goes with the
// process: closing it the toolkit's way races with whoever still draws.
func quit(f *front, err error) {
	f.close()
	err = errors.Join(err, f.failed(), f.data.Close())
	if err != nil {
		fmt.Fprintf(os.Stderr, "packbench: %v\n", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// turns tells the front of each turn of the window: the window ticks its
// animations after it has handed out the keys. From the first turn on the
// signals that end programs end the bench, and not the toolkit before it.
func turns(f *front, end func()) {
	first := true
	each := fyne.NewAnimation(time.Hour, func(float32) {
		if first {
			first = false
			signal.Reset(os.Interrupt, syscall.SIGTERM)
			told := make(chan os.Signal, 1)
			signal.Notify(told, os.Interrupt, syscall.SIGTERM)
			go func() {
				<-told
				end()
			}()
		}
		f.turn(time.Now())
	})
	each.RepeatCount = fyne.AnimationRepeatForever
	each.Start()
}
