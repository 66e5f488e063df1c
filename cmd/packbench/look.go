package main

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desk"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/devices/scale"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/trace"
)

// looked is what the screen shows of the database. It is read again when
// somebody wrote to it, or when the bench itself went on.
type looked struct {
	changes int64
	stale   bool
	at      time.Time
	again   time.Time // when the tables will have caught up with the journal; zero: they have
	order   *station.Order
	names   say.Names
	counts  screen.Counts
	last    *screen.LastParcel
	dock    []screen.Waiting
	onDock  []screen.DockParcel
	pages   pages
	tiles   []screen.SimCode
	others  []screen.SimCode
	codes   []screen.SimCode
	err     error
}

// look reads the database again where that is needed, never on the scan path:
// the verdict is out before.
func (f *front) look(ctx context.Context) {
	l := &f.looked
	changes, err := f.data.Store.Changes(ctx)
	now := time.Now()
	due := !l.again.IsZero() && now.After(l.again)
	if err == nil && changes == l.changes && !l.stale && !due && now.Sub(l.at) < time.Minute {
		return
	}
	// The bench's own rows reach the tables of the day and the cases only while
	// it is quiet, and do not count as a change: so it is looked at once more.
	l.again = time.Time{}
	if l.stale {
		l.again = now.Add(refresh / 2)
	}
	l.changes, l.stale, l.at = changes, false, now
	l.err = errors.Join(err, f.lookBench(ctx), f.lookPage(ctx))
	if f.world != nil {
		l.err = errors.Join(l.err, f.lookWorld(ctx))
	}
	if l.err != nil && ctx.Err() == nil {
		f.data.Log.Warn("screen: look up", "error", l.err)
	}
}

// catchUp brings the tables up to the journal once at the start: the program
// before may have ended before it came to that.
func (f *front) catchUp(ctx context.Context) {
	if err := f.data.Store.CatchUp(ctx); err != nil {
		if ctx.Err() == nil {
			f.data.Log.Warn("screen: the tables wait", "error", err)
		}
		return
	}
	f.do(func() { f.looked.stale = true })
}

// lookBench reads what the bench's own pages show.
func (f *front) lookBench(ctx context.Context) error {
	l := &f.looked
	s := f.bench.Engine.State()
	l.order = nil
	if s.Work != nil {
		o, err := f.data.Store.Order(ctx, s.Work.Order)
		if err != nil && !errors.Is(err, store.ErrUnknown) {
			return err
		}
		l.order = &o
	}
	var err error
	if l.names, err = desk.New(f.data).Names(ctx); err != nil {
		return err
	}
	if s.Phase != pack.Idle && s.Phase != pack.SignedOut {
		return nil // the day's counts are shown between orders only
	}
	if err := f.lookDock(ctx, s); err != nil || s.Loading != nil {
		return err // the day is not shown beside a van
	}
	day, err := desk.New(f.data).Today(ctx, f.bench.Station)
	if err != nil {
		return err
	}
	l.counts, l.last = day.Counts, day.Last
	l.counts = withParked(l.counts, s.Parked, time.Now().In(f.data.Location()))
	return nil
}

// withParked adds the orders that wait at this bench, which are nobody else's
// any more: they are due still, and some have a parcel without a label.
func withParked(c screen.Counts, parked map[string]*pack.Work, now time.Time) screen.Counts {
	tomorrow := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	c.Cutoffs = slices.Clone(c.Cutoffs)
	for _, w := range parked {
		if w.Step == pack.Labelling {
			c.Waiting++
		}
		if w.ShipBy.IsZero() || !w.ShipBy.Before(tomorrow) {
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

// lookWorld reads what the simulator's panel offers.
func (f *front) lookWorld(ctx context.Context) error {
	l := &f.looked
	s := f.bench.Engine.State()
	l.tiles, l.others, l.codes = nil, nil, simCodes(s)
	var wanted []string
	if s.Work != nil {
		for _, line := range s.Work.Lines {
			if line.SKU == "" || slices.Contains(wanted, line.SKU) {
				continue
			}
			wanted = append(wanted, line.SKU)
			l.tiles = append(l.tiles, screen.SimCode{Code: f.code(ctx, line.SKU), SKU: line.SKU, Name: line.Name, Done: line.Open() == 0})
		}
	}
	products, err := f.data.Store.Products(ctx, "", 12)
	if err != nil {
		return err
	}
	for _, p := range products {
		if !slices.Contains(wanted, p.SKU) && len(l.others) < 4 {
			l.others = append(l.others, screen.SimCode{Code: codeOf(p), SKU: p.SKU, Name: p.Name})
		}
	}
	if s.Phase == pack.Idle {
		due, err := f.data.Store.DueOrders(ctx, f.bench.Station, 4)
		if err != nil {
			return err
		}
		for _, o := range due {
			called := cmp.Or(o.Name, o.ID)
			l.codes = append(l.codes, screen.SimCode{Code: called, Name: "Order " + called})
		}
	}
	return nil
}

func (f *front) code(ctx context.Context, sku string) string {
	p, err := f.data.Store.Product(ctx, sku)
	if err != nil {
		return sku
	}
	return codeOf(p)
}

// codeOf is the code on one unit of a product.
func codeOf(p station.Product) string {
	for _, b := range p.Barcodes {
		if b.Factor <= 1 {
			return b.Code
		}
	}
	return p.SKU
}

// simCodes are the cards and labels that can be scanned in this phase.
func simCodes(s pack.State) []screen.SimCode {
	switch s.Phase {
	case pack.SignedOut:
		return []screen.SimCode{
			{Code: "PB:badge:B-PACKER", Name: "Badge: packer"},
			{Code: "PB:badge:B-SUPERVISOR", Name: "Badge: supervisor"},
			{Code: "PB:badge:B-MANAGER", Name: "Badge: manager"},
		}
	case pack.Idle:
		return []screen.SimCode{{Code: "PB:command:next-order", Name: "Card: next order"}}
	case pack.Locked, pack.Weighing:
		return []screen.SimCode{{Code: "PB:badge:B-SUPERVISOR", Name: "Badge: supervisor"}}
	case pack.Closing:
		if s.Work != nil && s.Work.Parcel.Label != nil {
			return []screen.SimCode{{Code: "00" + s.Work.Parcel.Label.SSCC, Name: "The label on the box"}}
		}
	case pack.Packing:
		return []screen.SimCode{{Code: "PB:command:undo", Name: "Card: undo"}, {Code: "PB:carton:L", Name: "Carton L"}}
	}
	return nil
}

// lamps are the devices' lamps in words.
func (f *front) lamps(now time.Time) []screen.Lamp {
	statuses := f.live.Load().Statuses()
	out := []screen.Lamp{f.scannerLamp(statuses), f.secondLamp(statuses), f.scaleLamp(statuses), f.printerLamp(), f.databaseLamp(), f.keyLamp()}
	return slices.DeleteFunc(out, func(l screen.Lamp) bool { return l.Kind == "" })
}

func lampOf(s devices.Status, name string) screen.Lamp {
	return screen.Lamp{Kind: s.Kind, Name: name, Colour: screen.Colour(s.Lamp.String()), Words: s.Words, Fix: s.Fix}
}

func (f *front) scannerLamp(statuses map[string]devices.Status) screen.Lamp {
	if s, ok := statuses[bench.FirstScanner]; ok {
		return lampOf(s, "scanner")
	}
	lamp := screen.Lamp{Kind: bench.FirstScanner, Name: "scanner", Colour: screen.LampOff}
	switch s := f.running().Scanner; {
	case s.Ported():
		lamp.Words = "being opened"
	case s.Kind == "none":
		lamp.Words = "no scanner: one that types works all the same"
	default:
		lamp.Words = "a keyboard scanner cannot tell whether it is there"
		if h, ok := f.live.Load().Newest(bench.FirstScanner); ok {
			lamp.Words = "last heard " + h.At.In(f.data.Location()).Format("15:04")
		}
	}
	return lamp
}

// secondLamp is that of the second scanner, where there is one.
func (f *front) secondLamp(statuses map[string]devices.Status) screen.Lamp {
	const name = "scanner 2"
	lamp := screen.Lamp{Kind: bench.SecondScanner, Name: name, Colour: screen.LampOff, Words: "a keyboard scanner cannot tell whether it is there"}
	switch s := f.running().Scanner2; {
	case s.Kind == "none":
		return screen.Lamp{}
	case s.Ported():
		lamp.Words = "being opened"
	}
	if s, ok := statuses[bench.SecondScanner]; ok {
		lamp = lampOf(s, name)
		lamp.Kind = bench.SecondScanner
	}
	return lamp
}

func (f *front) scaleLamp(statuses map[string]devices.Status) screen.Lamp {
	if s, ok := statuses[bench.TheScale]; ok {
		return lampOf(s, "scale")
	}
	lamp := screen.Lamp{Kind: bench.TheScale, Name: "scale", Colour: screen.LampOff, Words: "being opened"}
	if f.running().Scale.Kind == "none" {
		lamp.Words = "no scale: weights are typed"
	}
	return lamp
}

func (f *front) printerLamp() screen.Lamp {
	lamp := screen.Lamp{Kind: "printer", Name: "label printer", Colour: screen.LampOff, Words: "nothing printed yet"}
	if s := f.printer.status.Load(); s != nil {
		lamp = lampOf(*s, "label printer")
		lamp.Kind = "printer"
		return lamp
	}
	r := f.printer.last.Load()
	switch {
	case r == nil:
	case r.State == printer.Printed || r.State == printer.Sent:
		lamp.Colour, lamp.Words = screen.LampGreen, r.Words
	default:
		lamp.Colour, lamp.Words, lamp.Fix = screen.LampRed, r.Words, r.Fix
	}
	return lamp
}

// keyLamp is there only while the file of the trace keys cannot be read.
func (f *front) keyLamp() screen.Lamp {
	err := f.data.KeyTrouble()
	if err == nil {
		return screen.Lamp{}
	}
	lamp := screen.Lamp{Kind: "keys", Name: "trace keys", Colour: screen.LampRed, Words: "the key file cannot be read, the keys of before are used"}
	var file *trace.FileError
	if errors.As(err, &file) {
		lamp.Words, lamp.Fix = lamp.Words+" ("+file.Cause()+")", file.Hint
	}
	return lamp
}

func (f *front) databaseLamp() screen.Lamp {
	lamp := screen.Lamp{Kind: "database", Name: "database", Colour: screen.LampGreen, Words: "every scan is kept"}
	if err := errors.Join(f.trouble, f.looked.err); err != nil {
		lamp.Colour, lamp.Words, lamp.Fix = screen.LampRed, "the last input was not kept", "scan it again; if that does not help, call the administrator"
		var fault *store.Fault
		if errors.As(err, &fault) {
			lamp.Words, lamp.Fix = string(fault.Kind), fault.Kind.Hint()
		}
	}
	return lamp
}

// scaleNow is the live weight, beside the machine.
func (f *front) scaleNow(now time.Time) screen.LiveScale {
	live := f.live.Load().Weight(now)
	states := map[scale.LiveState]pack.ScaleState{
		scale.NoData: pack.ScaleNone, scale.Moving: pack.ScaleMoving, scale.Steady: pack.ScaleSteady,
		scale.AtZero: pack.ScaleZero, scale.TooHeavy: pack.ScaleOver, scale.BelowZero: pack.ScaleUnder,
		scale.NotReading: pack.ScaleUnknown,
	}
	return screen.LiveScale{State: states[live.State], Mass: live.Mass, Net: live.Net, Heard: live.At}
}
