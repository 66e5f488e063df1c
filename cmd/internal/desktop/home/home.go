package home

import (
	"cmp"
	"context"
	"errors"
	"image"
	"slices"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/pages"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/lookup"
	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/devices/scale"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// Page is the bench's own page: idle, packing, weighing, closing, loading.
type Page struct {
	*shell.Shell
	Lost  *screen.Lost // what was not taken, nil for nothing
	read  bookings
	label string // document that the label picture shows
	check addressCheck
	plan  boxPlan
}

// Afresh is the page before anything was read.
func (p *Page) Afresh() *Page {
	return &Page{Shell: p.Shell, Lost: p.Lost, label: p.label, plan: p.plan}
}

// bookings is what the page shows of the database.
type bookings struct {
	order *station.Order
	// offered are the orders among the answers of the question, by id.
	offered map[string]screen.DueOrder
	found   []store.Parcel // that a reprint with nothing in hand means
	told    *station.Order // the one that the newest verdict is about, where its reason stands there
	counts  screen.Counts
	last    *screen.LastParcel
	dock    []screen.Waiting
	onDock  []screen.DockParcel
	day     bool // the counts are known
	boxes   []station.Carton
	van     string // manifest of the loading that onDock was read for
}

// Reading reads what the page shows of the database.
func (p *Page) Reading() shell.Reading {
	s, got := p.Bench.Engine.State(), p.read
	return func(ctx context.Context, _ say.Names) (func(), error) {
		err := got.look(ctx, desk.New(p.Folder), p.Bench.Station, s)
		return func() {
			p.read = got
			p.checkAddress()
			p.planBoxes()
		}, err
	}
}

// look reads again what belongs to this state of the bench.
func (b *bookings) look(ctx context.Context, d desk.Desk, bench string, s pack.State) error {
	b.order, b.told = nil, nil
	if len(s.Recent) > 0 && s.Recent[0].Why == pack.SeeOrder {
		if o, err := d.Store.Order(ctx, s.Recent[0].Order); err == nil {
			b.told = &o
		}
	}
	if err := b.lookOffered(ctx, d.Store, s.Question); err != nil {
		return err
	}
	if err := b.lookFound(ctx, lookup.NewReader(d.Folder), s); err != nil {
		return err
	}
	if s.Work != nil {
		o, err := d.Store.Order(ctx, s.Work.Order)
		if err != nil && !errors.Is(err, store.ErrUnknown) {
			return err
		}
		_, cartons, err := d.Catalogue(ctx)
		if err != nil {
			return err
		}
		b.order, b.boxes = &o, cartons
	}
	if s.Phase != pack.Idle && s.Phase != pack.SignedOut {
		return nil // the day's counts are shown between orders only
	}
	if err := b.lookDock(ctx, d, s); err != nil || s.Loading != nil && s.Phase == pack.Idle {
		return err // the day is not shown beside a van
	}
	day, err := d.Today(ctx, bench)
	if err != nil {
		return err
	}
	b.day = true
	b.counts, b.last = withParked(day.Counts, s.Parked, time.Now().In(d.Location())), day.Last
	b.counts.Next, err = nextDue(ctx, d.Store, bench, s.Parked)
	return err
}

// nextDue is the order that is due first and not parked here, nil for none.
func nextDue(ctx context.Context, from *store.Store, bench string, parked map[string]*pack.Work) (*screen.DueOrder, error) {
	due, err := from.DueOrders(ctx, bench, 1+len(parked))
	for _, d := range due {
		if parked[d.ID] != nil {
			continue
		}
		o, err := from.Order(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		next := dueOrder(o)
		return &next, nil
	}
	return nil, err
}

func dueOrder(o station.Order) screen.DueOrder {
	return screen.DueOrder{Called: o.Called(), To: o.To, Units: o.Units(), ShipBy: o.ShipBy}
}

// lookFound reads the parcel that a reprint with nothing in hand means, or those of its
// order, with where they are by now.
func (b *bookings) lookFound(ctx context.Context, d lookup.Reader, s pack.State) error {
	b.found = nil
	if s.Shown == nil || s.Work != nil {
		return nil
	}
	var found []store.Parcel
	var err error
	if s.Shown.SSCC == "" {
		found, err = d.Store.ParcelsOf(ctx, s.Shown.Order)
	} else if one, known, failed := store.Known(d.Store.ParcelBySSCC(ctx, s.Shown.SSCC)); known {
		found = []store.Parcel{one}
	} else {
		err = failed
	}
	for i := range found {
		ref, failed := d.Placed(ctx, found[i].Ref())
		found[i].State, err = ref.State, errors.Join(err, failed)
	}
	b.found = found
	return err
}

// lookOffered reads the orders among the answers of a question.
func (b *bookings) lookOffered(ctx context.Context, from *store.Store, q *pack.Question) error {
	b.offered = nil
	if q == nil {
		return nil
	}
	for _, c := range q.Choices {
		if c.Meaning == nil || c.Meaning.Product != nil {
			continue
		}
		for _, hint := range c.Meaning.Orders {
			o, known, err := store.Known(from.Order(ctx, hint.ID))
			if err != nil {
				return err
			}
			if b.offered == nil {
				b.offered = map[string]screen.DueOrder{}
			}
			if known {
				b.offered[o.ID] = dueOrder(o)
			}
		}
	}
	return nil
}

// lookDock reads what waits on the dock: how much for each carrier or, while a
// van is loaded, the parcels of its carrier.
func (b *bookings) lookDock(ctx context.Context, d desk.Desk, s pack.State) error {
	b.dock, b.onDock, b.van = nil, nil, ""
	if s.Phase == pack.SignedOut {
		return nil
	}
	if s.Loading != nil {
		list, err := d.Store.ParcelsOnDock(ctx, s.Loading.Carrier)
		b.onDock, b.van = pages.DockParcels(list), s.Loading.Manifest
		return err
	}
	vans, err := d.Store.Dock(ctx)
	for _, v := range vans {
		b.dock = append(b.dock, screen.Waiting{Carrier: v.Carrier, Parcels: v.Dock})
	}
	return err
}

// withParked adds the orders that wait at this bench, which are nobody else's
// any more: they are due still, and some have a parcel without a label.
func withParked(c screen.Counts, parked map[string]*pack.Work, now time.Time) screen.Counts {
	tomorrow := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	c.Cutoffs = slices.Clone(c.Cutoffs)
	for _, w := range parked {
		if w.Unlabelled() {
			c.Waiting++
		}
		if w.ShipBy.IsZero() { // it waits all the same
			c.Due++
			continue
		}
		if !w.ShipBy.Before(tomorrow) {
			continue
		}
		c.Due++
		i := slices.IndexFunc(c.Cutoffs, func(o screen.Cutoff) bool { return o.At.Equal(w.ShipBy) })
		if i < 0 {
			i = len(c.Cutoffs)
			c.Cutoffs = append(c.Cutoffs, screen.Cutoff{At: w.ShipBy})
		}
		c.Cutoffs[i].Open++
	}
	slices.SortFunc(c.Cutoffs, func(a, b screen.Cutoff) int { return a.At.Compare(b.At) })
	return c
}

// View is the page; sim is the panel of the demo, nil for none, and now the settings that
// are in force.
func (p *Page) View(frame screen.Frame, sim *screen.SimInputs, now config.Settings) screen.View {
	s := p.Bench.Engine.State()
	in := screen.BenchInputs{
		State: s, Names: p.Names, Scale: scaleNow(p.Live().Weight(frame.Now)), Lamps: frame.Lamps,
		Counts: p.read.counts, Last: p.read.last, Lost: p.Lost, Dock: p.read.dock, OnDock: p.read.onDock, Now: frame.Now, Theme: p.Theme, Keys: frame.Keys,
		Selected: p.Selected["line"], Focus: p.Focus, Entry: p.Entry, Help: p.Help, Demo: frame.Demo, Deaf: frame.Deaf, Called: frame.Called, Sim: sim, Lang: frame.Lang,
	}
	if o := p.read.order; o != nil && s.Work != nil && o.ID == s.Work.Order { // else the order of before is still shown
		in.Order, in.Doubts = o, p.doubts(o)
	}
	if o := p.read.told; o != nil && len(s.Recent) > 0 && s.Recent[0].Order == o.ID {
		in.Why = o.Reason
	}
	if p.plan.of != "" && p.plan.of == planOf(s.Work) {
		in.Plan = p.plan.plan
	}
	in.Unread, in.Offered = !p.read.day, p.read.offered
	for _, f := range p.read.found {
		in.Found = append(in.Found, screen.FoundParcel{
			ID: f.Called(), Order: f.Order, SSCC: f.SSCC, Service: f.Service, Tracking: f.Tracking, State: f.State, Closed: f.Closed, Label: f.Document,
		})
	}
	if of := now.Printers.Label; of.Kind == printer.KindFolder {
		in.LabelsTo = cmp.Or(of.Folder, p.Folder.DocumentsDir())
	}
	in.NoScale, in.Cartons, in.NoBoxes = now.Scale.Kind == "none", p.read.boxes, s.Work != nil && p.read.order != nil && len(p.read.boxes) == 0
	if s.Loading != nil && s.Phase == pack.Idle {
		in.Unread = p.read.van != s.Loading.Manifest
	}
	if s.Phase == pack.Weighing && s.Work != nil {
		expected := lookup.NewReader(p.Folder).Expected(s.Work, p.Folder.Settings.Scale.Step)
		in.Expect = &expected
	}
	return screen.Bench(in)
}

// ShowLabel draws the label's picture once for each label: that of the open parcel, or
// of the one that was asked for with nothing in hand.
func (p *Page) ShowLabel() {
	s := p.Bench.Engine.State()
	label := papers.LabelOfWork(s.Work)
	if found := p.read.found; s.Work == nil && s.Shown != nil && len(found) == 1 && found[0].Order == s.Shown.Order {
		label = papers.LabelOfParcel(found[0])
	}
	id := ""
	if label != nil {
		id = label.Document
	}
	if id == p.label {
		return
	}
	p.label = id
	p.Ask(func(ctx context.Context) func() {
		var img image.Image
		if label != nil {
			var err error
			if img, err = papers.New(p.Folder).LabelPicture(ctx, *label); err != nil && ctx.Err() == nil {
				p.Folder.Log.Warn("no picture of the label", "error", err)
			}
		}
		return func() {
			if p.label == id { // else another one is drawn by now
				p.Window.PublishLabel(id, img)
			}
		}
	})
}

// scaleNow is the live weight, beside the machine.
func scaleNow(live scale.Live) screen.LiveScale {
	states := map[scale.LiveState]pack.ScaleState{
		scale.NoData: pack.ScaleNone, scale.Moving: pack.ScaleMoving, scale.Steady: pack.ScaleSteady,
		scale.AtZero: pack.ScaleZero, scale.TooHeavy: pack.ScaleOver, scale.BelowZero: pack.ScaleUnder,
		scale.NotReading: pack.ScaleUnknown,
	}
	return screen.LiveScale{State: states[live.State], Mass: live.Mass, Division: live.Division, Net: live.Net, Heard: live.At}
}
