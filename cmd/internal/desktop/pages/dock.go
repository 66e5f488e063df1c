package pages

import (
	"context"
	"slices"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// Dock is what waits on the dock, and the vans that left today.
type Dock struct {
	*shell.Shell
	read dockList
}

// dockList is what the page shows of the database.
type dockList struct {
	parcels   []screen.DockParcel
	manifests []screen.Manifest
	on        []screen.DockParcel
	of        string // the van that was chosen when they were read
	known     bool
}

func (p *Dock) Reading() shell.Reading {
	chosen := p.Selected["manifest"]
	return func(ctx context.Context, _ say.Names) (func(), error) {
		list, err := readDock(ctx, p.Folder, chosen)
		list.known = true
		return func() { p.read = list }, err
	}
}

// DockParcels are parcels as pages show them.
func DockParcels(list []store.Parcel) []screen.DockParcel {
	var out []screen.DockParcel
	for _, p := range list {
		out = append(out, screen.DockParcel{ID: p.ID, Name: p.Called(), Order: p.OrderCalled(), Carrier: p.Carrier, Tracking: p.Tracking, Closed: p.Closed})
	}
	return out
}

// readDock reads all that waits, the vans that left today, and what the
// chosen one took.
func readDock(ctx context.Context, d *folder.Folder, chosen string) (dockList, error) {
	list, err := d.Store.ParcelsOnDock(ctx, "")
	if err != nil {
		return dockList{}, err
	}
	page := dockList{parcels: DockParcels(list), of: chosen}
	now := d.Clock().In(d.Location())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	// A van that was begun before midnight may leave after it.
	vans, err := d.Store.Manifests(ctx, midnight.AddDate(0, 0, -1), midnight.AddDate(0, 0, 1))
	if err != nil {
		return dockList{}, err
	}
	took := map[string][]store.Parcel{}
	shown := ""
	for _, m := range vans {
		if !m.Gone || m.Closed.Before(midnight) && !m.SetBack() {
			continue
		}
		row := screen.Manifest{ID: m.ID, Carrier: m.Carrier, By: m.Person, Closed: m.Closed, SetBack: m.SetBack()}
		if row.Driver, _, err = store.Known(d.Store.Driver(ctx, m.Driver)); err != nil {
			return dockList{}, err
		}
		if took[m.ID], err = d.Store.ParcelsOn(ctx, m.ID); err != nil {
			return dockList{}, err
		}
		row.Parcels = len(took[m.ID])
		page.manifests = append(page.manifests, row)
	}
	slices.SortStableFunc(page.manifests, func(a, b screen.Manifest) int { return b.Closed.Compare(a.Closed) })
	for i, m := range page.manifests {
		if i == 0 || m.ID == chosen {
			shown = m.ID
		}
	}
	page.on = DockParcels(took[shown])
	return page, nil
}

func (p *Dock) View(frame screen.Frame) screen.View {
	s := p.Bench.Engine.State()
	frame.Unread = !p.read.known
	in := screen.DockInputs{
		Frame: frame, Parcels: p.read.parcels, Manifests: p.read.manifests, Selected: p.Selected["manifest"],
		Free: s.Phase == pack.Idle && s.Work == nil && s.Loading == nil,
	}
	if p.read.of == in.Selected { // else they are another van's
		in.On = p.read.on
	}
	return screen.Dock(in)
}

// AskDriver opens the field for the driver's name when the bench asks for it,
// and follows a loading to its page.
func (p *Dock) AskDriver(v pack.Verdict, s pack.State) {
	if v.Code == pack.CodeLoading && p.Page == screen.PageDock {
		p.Page = ""
	}
	asks := s.Loading != nil && s.Loading.Driver
	if asks && v.Code == pack.CodeLoading && v.Reason == pack.ReasonDriver && p.Entry == nil {
		entry := screen.EntryFor(screen.Intent{Kind: screen.IntentEdit, Name: "driver"})
		p.Entry = &entry
	}
	if !asks && p.Entry != nil && p.Entry.ID == "driver" {
		p.Entry = nil // a parcel was scanned, or the loading was given up
	}
}

// Print asks the bench for a manifest again. The bench wants to know
// why: its question stands on its own page.
func (p *Dock) Print(id string) {
	p.Bench.Engine.Post(engine.Press{Command: pack.Command{Name: "reprint-manifest", Value: id}})
	p.Open("")
}
