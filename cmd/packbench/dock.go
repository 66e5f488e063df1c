package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
)

// dockPage is what the page of the dock shows.
type dockPage struct {
	parcels   []screen.DockParcel
	manifests []screen.Manifest
	on        []screen.DockParcel
}

// lookDock reads what waits on the dock: how much for each carrier or, while a
// van is loaded, the parcels of its carrier.
func (f *front) lookDock(ctx context.Context, s pack.State) error {
	l := &f.looked
	l.dock, l.onDock = nil, nil
	if s.Phase == pack.SignedOut {
		return nil
	}
	if s.Loading != nil {
		list, err := f.data.Store.ParcelsOnDock(ctx, s.Loading.Carrier)
		l.onDock = dockParcels(list)
		return err
	}
	vans, err := f.data.Store.Dock(ctx)
	for _, v := range vans {
		l.dock = append(l.dock, screen.Waiting{Carrier: v.Carrier, Parcels: v.Dock})
	}
	return err
}

func dockParcels(list []store.Parcel) []screen.DockParcel {
	var out []screen.DockParcel
	for _, p := range list {
		out = append(out, screen.DockParcel{ID: p.ID, Name: p.Called(), Order: p.OrderCalled(), Carrier: p.Carrier, Tracking: p.Tracking, Closed: p.Closed})
	}
	return out
}

// lookDockPage reads all that waits, the vans that left today, and what the
// chosen one took.
func (f *front) lookDockPage(ctx context.Context) error {
	list, err := f.data.Store.ParcelsOnDock(ctx, "")
	if err != nil {
		return err
	}
	page := dockPage{parcels: dockParcels(list)}
	now := f.data.Clock().In(f.data.Location())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	// A van that was begun before midnight may leave after it.
	vans, err := f.data.Store.Manifests(ctx, midnight.AddDate(0, 0, -1), midnight.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	took := map[string][]store.Parcel{}
	shown := ""
	for _, m := range vans {
		if !m.Gone || m.Closed.Before(midnight) && !m.SetBack() {
			continue
		}
		row := screen.Manifest{ID: m.ID, Carrier: m.Carrier, By: m.Person, Closed: m.Closed, SetBack: m.SetBack()}
		if row.Driver, err = f.data.Store.Driver(ctx, m.Driver); err != nil && !errors.Is(err, store.ErrUnknown) {
			return err
		}
		if took[m.ID], err = f.data.Store.ParcelsOn(ctx, m.ID); err != nil {
			return err
		}
		row.Parcels = len(took[m.ID])
		page.manifests = append(page.manifests, row)
	}
	slices.SortStableFunc(page.manifests, func(a, b screen.Manifest) int { return b.Closed.Compare(a.Closed) })
	for i, m := range page.manifests {
		if i == 0 || m.ID == f.selected["manifest"] {
			shown = m.ID
		}
	}
	page.on = dockParcels(took[shown])
	f.looked.pages.dock = page
	return nil
}

// dockView is the page of the dock.
func (f *front) dockView(frame screen.Frame) screen.View {
	p, s := f.looked.pages.dock, f.bench.Engine.State()
	return screen.Dock(screen.DockInputs{
		Frame: frame, Parcels: p.parcels, Manifests: p.manifests, On: p.on, Selected: f.selected["manifest"],
		Printing: f.busy, Said: f.printing, Free: s.Phase == pack.Idle && s.Work == nil && s.Loading == nil,
	})
}

// askDriver opens the field for the driver's name when the bench asks for it,
// and follows a loading to its page.
func (f *front) askDriver(u engine.Update) {
	v, ok := u.Verdict()
	if !ok {
		return
	}
	if v.Code == pack.CodeLoading && f.page == screen.PageDock {
		f.page = ""
	}
	asks := u.State.Loading != nil && u.State.Loading.Driver
	if asks && v.Code == pack.CodeLoading && v.Reason == pack.ReasonDriver && f.entry == nil {
		entry := screen.EntryFor(screen.Intent{Kind: screen.IntentEdit, Name: "driver"})
		f.entry = &entry
	}
	if !asks && f.entry != nil && f.entry.ID == "driver" {
		f.entry = nil // a parcel was scanned, or the loading was given up
	}
}

// printManifest asks the bench for a manifest again. The bench wants to know
// why: its question stands on its own page.
func (f *front) printManifest(id string) {
	f.press(pack.Command{Name: "reprint-manifest", Value: id})
	f.page, f.focus = "", ""
}

// send prints one document and says in words how it went.
func (f *front) send(p config.Printer, job printer.Job, what string) string {
	return send(effects.NewPrinter(p, f.data.DocumentsDir()), p, job, what)
}

func send(out printer.Printer, p config.Printer, job printer.Job, what string) string {
	job.Media = effects.Media(p)
	result, err := out.Print(context.Background(), job)
	switch {
	case err != nil && result.Words == "":
		return firstLine(err)
	case result.File != "":
		return what + " is in " + result.File
	case result.State == printer.Printed || result.State == printer.Sent:
		return what + ": " + result.Words
	case err != nil && result.State.Waiting(): // nobody gives it to the printer again
		return result.Words + ". " + result.Fix + " Then print again."
	case result.Fix != "":
		return result.Words + ". " + result.Fix
	}
	return result.Words
}
