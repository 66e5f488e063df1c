// Package boxfront is the manager's page of boxes: how cartons were used, and which the shop
// should buy or could do without. It asks package boxes, in the background, and must not
// work anything out itself.
//
//	page := boxfront.New(shell)
package boxfront

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"packbench/cmd/internal/boxes"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/say"
	"packbench/station/screen"
)

// Page is the page.
type Page struct {
	*shell.Shell
	report *boxes.Report // nil until it is read
	days   int           // that it is of
}

// New returns the page.
func New(s *shell.Shell) *Page { return &Page{Shell: s} }

const (
	selectedDays = "box-days"
	usualDays    = 90
	mostToBuy    = 2
)

// Opened forgets what the last visit saw.
func (p *Page) Opened() {
	p.report = nil
	delete(p.Selected, selectedDays)
}

func (p *Page) wants() int {
	n, _ := strconv.Atoi(p.Selected[selectedDays])
	if !slices.Contains(screen.BoxDays, n) {
		return usualDays
	}
	return n
}

// Reading packs the parcels of those days again.
func (p *Page) Reading() shell.Reading {
	days := p.wants()
	if p.report != nil && p.days == days { // what is shown is as of when it was opened
		return func(context.Context, say.Names) (func(), error) { return func() {}, nil }
	}
	return func(ctx context.Context, _ say.Names) (func(), error) {
		if err := p.Folder.Store.CatchUp(ctx); err != nil {
			return nil, err
		}
		r, err := boxes.Reported(ctx, p.Folder, p.Folder.Clock().AddDate(0, 0, -days), mostToBuy)
		return func() {
			if days != p.wants() { // others were chosen meanwhile
				p.Stale = true
				return
			}
			p.report, p.days = &r, days
		}, err
	}
}

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	in := screen.BoxesInputs{Frame: frame, Days: p.wants(), Selected: p.Selected["table"]}
	if p.report != nil && p.days == in.Days {
		in.Report = used(*p.report)
	}
	return screen.Boxes(in)
}

// used is what the report says, as the page takes it.
func used(r boxes.Report) *screen.BoxReport {
	out := &screen.BoxReport{Parcels: r.Parcels, Unsized: r.Unsized, Homeless: r.Homeless, Few: r.Few}
	for _, u := range r.Used {
		box := screen.UsedBox{Carton: u.Carton, Parcels: u.Parcels, Permille: u.Permille, Proposed: u.Proposed}
		for _, id := range slices.Sorted(maps.Keys(u.Instead)) {
			box.Instead = append(box.Instead, screen.Tally{Name: id, N: u.Instead[id]})
		}
		slices.SortStableFunc(box.Instead, func(a, b screen.Tally) int { return cmp.Compare(b.N, a.N) })
		out.Used = append(out.Used, box)
	}
	for _, b := range r.Buy {
		out.Buy = append(out.Buy, screen.BoxAdvice{Size: b.Inner, Parcels: b.Parcels, Permille: boxes.PerMille(b.Before-b.After, r.Volume)})
	}
	for _, s := range r.Spare {
		out.Spare = append(out.Spare, screen.BoxAdvice{Carton: s.Carton.ID, Parcels: s.Parcels, Permille: boxes.PerMille(s.More, r.Volume)})
	}
	return out
}
