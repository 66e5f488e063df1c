package main

import (
	"context"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"time"

	"packbench/cmd/internal/lookup"
	"packbench/station/pack"
	"packbench/station/screen"
)

// compose makes the view of now.
func (f *front) compose(ctx context.Context) screen.View {
	now := time.Now().In(f.data.Location())
	s := f.bench.Engine.State()
	frame := screen.Frame{
		Station: f.bench.Station, Person: s.Person, Names: f.looked.names, Lamps: f.lamps(now), Now: now, Theme: f.theme,
		Keys: screen.DefaultKeys(), Focus: f.focus, Entry: f.entry, Demo: f.world != nil,
	}
	if s.Person.ID == "" || !allowed(s.Person, f.page) {
		f.page = ""
	}
	if f.page != screen.PageDoctor {
		f.stopLearning()
	}
	f.followTrace(s)
	switch f.page {
	case screen.PageCases:
		return f.casesView(frame)
	case screen.PageShift:
		return f.shiftView(frame)
	case screen.PageDock:
		return f.dockView(frame)
	case screen.PageTrace:
		return f.traceView(frame)
	case screen.PageSettings:
		return f.settingsView(frame)
	case screen.PageDoctor:
		if f.learner != nil {
			return f.learner.view(frame)
		}
	}
	in := screen.BenchInputs{
		State: s, Order: f.looked.order, Names: f.looked.names, Scale: f.scaleNow(now), Lamps: frame.Lamps,
		Counts: f.looked.counts, Last: f.looked.last, Dock: f.looked.dock, OnDock: f.looked.onDock, Now: now, Theme: f.theme, Keys: frame.Keys,
		Selected: f.selected["line"], Touched: f.selected["service"], Focus: f.focus, Entry: f.entry, Help: f.help, Demo: f.world != nil,
	}
	if s.Phase == pack.Weighing && s.Work != nil {
		expected := lookup.NewReader(f.data).Expected(s.Work, f.data.Settings.Scale.Step)
		in.Expect = &expected
	}
	if f.world != nil {
		sim := f.simInputs(s)
		in.Sim = &sim
	}
	return screen.Bench(in)
}

// allowed tells whether a person may see a page.
func allowed(p pack.Person, page screen.Page) bool {
	switch page {
	case screen.PageDoctor:
		return mayManage(p)
	case screen.PageDock, screen.PageTrace:
		return true
	}
	for _, tab := range screen.Tabs(p.Role, "", nil) {
		if tab.Intent.Name == string(page) {
			return true
		}
	}
	return false
}

// simInputs is what the simulator's panel shows.
func (f *front) simInputs(s pack.State) screen.SimInputs {
	mass, scannerIn, scaleIn, printed := f.world.state()
	in := screen.SimInputs{
		Open: f.looked.tiles, Strangers: f.looked.others, Codes: f.looked.codes, Mass: mass, Printer: printed,
		Cables: []screen.SimCable{{Device: "scanner", In: scannerIn}, {Device: "scale", In: scaleIn}},
	}
	if s.Phase == pack.Weighing {
		in.Suggested = expectedMass(f, s)
	}
	return in
}

// picture reads a product's picture; names lead nowhere but into the folder of
// pictures.
func (f *front) picture(name string) image.Image {
	file, err := os.Open(f.data.Path(filepath.Join("pictures", filepath.Base(name))))
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	config, _, err := image.DecodeConfig(file)
	if err != nil || config.Width*config.Height > 40_000_000 {
		return nil
	}
	if _, err := file.Seek(0, 0); err != nil {
		return nil
	}
	img, _, err := image.Decode(file)
	if err != nil {
		return nil
	}
	return img
}
