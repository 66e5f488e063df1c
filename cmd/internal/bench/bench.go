package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/closeout"
	"packbench/cmd/internal/carriers/follow"
	"packbench/cmd/internal/caserules"
	"packbench/cmd/internal/door"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/effects/printers"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/noticed"
	"packbench/cmd/internal/goods"
	"packbench/cmd/internal/lookup"
	"packbench/cmd/internal/member"
	"packbench/cmd/internal/messages"
	"packbench/cmd/internal/messages/buyers"
	"packbench/cmd/internal/shops"
	"packbench/cmd/internal/site"
	"packbench/cmd/internal/weights"
	"packbench/devices/printer"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/lease"
	"packbench/station/message"
	"packbench/station/pack"
	"packbench/station/shift"
	"packbench/station/store"
)

// snapshotEvery is how many rows may be replayed at a start.
const snapshotEvery = 500

// Bench is one working bench: the only process of its station.
type Bench struct {
	*folder.Folder
	Station  string
	Engine   *engine.Engine
	Shops    *shops.Shops       // whose interfaces the bench speaks to
	Carriers *carriers.Carriers // accounts that labels are bought on
	Messages *messages.Messages // to the team
	Hub      *member.Link       // nil where the folder belongs to none

	release  func()
	lease    *lease.Lease
	news     News
	noticed  *noticed.Settings
	scale    atomic.Pointer[Live]  // the devices that run now
	snapshot atomic.Int64          // row that the last snapshot stands at
	damage   atomic.Pointer[error] // of the database, as the start found it
	lit      atomic.Pointer[[]Lit] // lamps that are not well
	done     atomic.Int64          // when something was done last, in seconds
	watched  int64
	heard    map[string]int64 // the last row of each desk that has nothing for this bench
	version  int64            // of the catalogue, that the codes in memory were looked up at
	hourly   func(context.Context) error
}

// StartOptions of Start.
type StartOptions struct {
	Station string          // "" takes the settings' own
	Printer printer.Printer // of labels; nil takes the settings' own
	Paper   printer.Printer // of everything else; nil takes the settings' own
	Publish func(engine.Update)
	// Hourly is done after the first minute and then every hour, off the way of scans;
	// nil for nothing.
	Hourly func(context.Context) error
	// Digest is that of a shift, for the team; nil for none.
	Digest func(ctx context.Context, day shift.Date, n int) (message.Digest, bool, error)
	// Carrier stands before the shop's own number ranges; nil for those alone.
	Carrier func(own effects.Carrier) effects.Carrier
}

// Start takes the station, reads where its journal stands and gives a bench
// that waits for Run. The station is free again after Close.
func Start(ctx context.Context, d *folder.Folder, o StartOptions) (*Bench, error) {
	o.Station = cmp.Or(o.Station, d.Settings.Station)
	if err := config.CheckStation(o.Station); err != nil {
		return nil, fmt.Errorf("station %w", err)
	}
	release, err := store.LockStation(d.Dir, o.Station)
	if err != nil {
		return nil, err
	}
	b := &Bench{Folder: d, Station: o.Station, release: release, news: d.Store, noticed: noticed.New(d), hourly: o.Hourly}
	state, chain, err := b.stand(ctx)
	if err == nil {
		b.Hub, err = member.Start(ctx, d, o.Station, os.Getenv)
	}
	if b.Hub != nil {
		d.Runner, d.Store.Elsewhere = b.Hub, b.Hub.Exchange.Elsewhere
	}
	if err == nil {
		b.lease, err = lease.Take(ctx, d.Store, o.Station, d.Log)
	}
	if err != nil {
		b.Close()
		return nil, err
	}
	if err := d.RememberSettings(ctx); err != nil {
		d.Log.Warn("a change of the settings by the disk will not be noticed", "error", err)
	}
	rules := b.rules()
	if o.Printer == nil {
		o.Printer = effects.NewPrinter(d.Settings.Printers.Label, d.DocumentsDir())
	}
	if o.Paper == nil {
		o.Paper = effects.NewPrinter(d.Settings.Printers.Paper, d.DocumentsDir())
	}
	b.Shops, b.Messages = shops.New(d), messages.New(d)
	b.Messages.Digest = o.Digest
	own := effects.OwnRanges(d, o.Station)
	if o.Carrier != nil {
		own = o.Carrier(own)
	}
	b.Carriers = carriers.New(d, o.Station, own)
	resolver := lookup.NewResolver(d, o.Station)
	orders, parcels, back := b.claims(resolver)
	run := effects.New(d, effects.Options{
		Orders: orders, Parcels: parcels, Returns: back,
		Station: o.Station, Lease: b.lease, Printer: o.Printer, Paper: o.Paper, Keys: rules.Printers, Carrier: b.Carriers, Scale: b.tellScale, Shops: b.Shops,
		Vans: closeout.New(b.Carriers),
	})
	run.TidyFolders()
	b.Engine = engine.New(engine.Deps{
		Chain: chain, State: state, Rules: rules, Codec: journal.Bench(), Journal: d.Store,
		Resolver: &door.Guard{Resolver: resolver, Door: door.Of(d), Turn: &d.Turn},
		Runner:   run,
		Clock:    d.Clock, Log: d.Log, Publish: b.publish(o.Publish), Idle: b.idle,
	})
	if b.Hub != nil {
		b.Hub.Stands = b.here
	}
	b.look(ctx) // what changed while the program did not run comes before the first scan
	return b, nil
}

// Run works until ctx ends.
func (b *Bench) Run(ctx context.Context) error {
	// These two end after the engine: it claims to its end.
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	var group sync.WaitGroup
	group.Go(func() { b.watch(beside) })
	group.Go(func() { b.finishImports(beside) })
	group.Go(func() {
		if err := b.lease.Run(beside); err != nil {
			b.Log.Warn("the lease of the station is not given back", "error", err) // the others wait until it is over
		}
	})
	group.Go(func() {
		if err := b.Shops.Run(ctx); err != nil {
			b.Log.Warn("no shop is spoken to", "error", err)
		}
	})
	group.Go(func() { follow.New(b.Carriers).Run(ctx) })
	group.Go(func() { b.Messages.Run(ctx) })
	group.Go(func() { site.New(b.Folder).Run(ctx) })
	group.Go(func() { weights.Run(ctx, b.Folder) })
	group.Go(func() { buyers.New(b.Messages).Run(ctx) })
	if b.Hub != nil {
		group.Go(func() { b.Hub.Run(beside) })
	}
	group.Go(func() { b.everyHour(ctx) })
	group.Go(func() { b.refunds(ctx) })
	group.Go(func() { b.examine(ctx) })
	err := b.Engine.Run(ctx)
	stop()
	group.Wait()
	if at := b.Engine.Chain(); at.Seq > b.snapshot.Load() {
		if err := b.Store.SaveSnapshot(context.WithoutCancel(ctx), at, b.Engine.State()); err != nil {
			b.Log.Warn("no snapshot at the end", "error", err) // the next start replays instead
		}
	}
	return err
}

// examine looks through the database once, beside the work.
func (b *Bench) examine(ctx context.Context) {
	if err := b.Store.Integrity(ctx, true); errors.Is(err, store.Corrupt) && ctx.Err() == nil {
		b.Log.Error("the database is damaged", "error", err)
		b.damage.Store(&err)
	}
}

// Damage is what the start found wrong with the database, nil for nothing.
func (b *Bench) Damage() error {
	if err := b.damage.Load(); err != nil {
		return *err
	}
	return nil
}

// Changed reports whether somebody has written settings that count from the next start only.
func (b *Bench) Changed() bool { return b.noticed.Wait() }

// Close gives the station free.
func (b *Bench) Close() {
	if b.Hub != nil {
		b.Hub.Close()
	}
	b.release()
}

// stand finds where the journal of the station stands: the last snapshot and
// the rows after it.
func (b *Bench) stand(ctx context.Context) (pack.State, journal.Chain, error) {
	state, at, sound, err := b.Store.Snapshot(ctx, b.Station)
	if err != nil {
		return state, at, err
	}
	if !sound {
		b.Log.Warn("the kept state was changed by somebody: the journal is read from its beginning")
	}
	if at.Seq == 0 {
		state = pack.New()
	}
	b.snapshot.Store(at.Seq)
	chain, err := b.Store.Head(ctx, b.Station)
	if err != nil {
		return state, chain, err
	}
	if chain.Seq > at.Seq {
		state, _, err = journal.Bench().Replay(state, b.Store.Rows(ctx, b.Station, at.Seq+1))
	}
	return state, chain, err
}

// tellScale is the runner's Scale: the devices may be exchanged while it works.
func (b *Bench) tellScale(ctx context.Context, command string) error {
	live := b.scale.Load()
	if live == nil {
		return effects.ErrNoScale
	}
	return live.Do(ctx, command)
}

func (b *Bench) rules() pack.Rules {
	r, rights := b.Settings.Rules, b.Settings.Rights
	return pack.Rules{
		Station: b.Station, LockAfter: r.LockAfter, AskService: r.AskService, WorksAlone: r.WorksAlone, Rights: rights,
		TypedWeight: rights.TypedWeight.Least(), OverrideRole: rights.Override.Least(), ConfirmRole: rights.Confirm.Least(), VoidRole: rights.Void.Least(),
		Cases:      caserules.Of(b.Settings.Cases),
		Reasons:    b.Settings.Reasons,
		WorkedOut:  r.WorkedOut && b.Settings.Scale.Kind == "none",
		SecondScan: b.Settings.Weight.SecondScan,
		Printers:   printers.Keys(b.Settings.Printers),
		BackUp: pack.BackUp{
			Off: b.Settings.Carriers.BackUpPercent == 0, Percent: b.Settings.Carriers.BackUpPercent, Minor: b.Settings.BackUpMost(),
		},
	}
}

// idle is the engine's spare time: projections, a snapshot now and then, and
// the checkpoint that no scan has to wait for.
func (b *Bench) idle(ctx context.Context, s pack.State, at journal.Chain) {
	if err := b.Store.CatchUp(ctx); err != nil {
		b.Log.Warn("projections wait", "error", err)
		return
	}
	if at.Seq-b.snapshot.Load() >= snapshotEvery {
		if err := b.Store.SaveSnapshot(ctx, at, s); err != nil {
			b.Log.Warn("snapshot waits", "error", err)
			return
		}
		b.snapshot.Store(at.Seq)
	}
	if err := b.Store.Idle(ctx); err != nil {
		b.Log.Warn("checkpoint waits", "error", err)
	}
}

// watch notices within a second what others wrote: imports, orders that the
// shop changed, a supervisor's word from the desk.
func (b *Bench) watch(ctx context.Context) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			b.look(ctx)
			b.round()
		}
	}
}

// finishImports ends what an import that was killed has begun: nobody may open the
// folder again before evening.
func (b *Bench) finishImports(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := errors.Join(b.Store.FinishImport(ctx), goods.Finish(ctx, b.Store, b.Folder.Dir)); err != nil && ctx.Err() == nil {
			b.Log.Warn("an import waits to be ended", "error", err)
		}
	}
}

func (b *Bench) everyHour(ctx context.Context) {
	for wait := time.Minute; b.hourly != nil; wait = time.Hour {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if err := b.hourly(ctx); err != nil && ctx.Err() == nil {
			b.Log.Warn("the hour's work waits", "error", err)
		}
	}
}

// look compares the open order with the shop's and reads the desk's news.
func (b *Bench) look(ctx context.Context) {
	b.Keys() // so that a damaged file is told before a label is made or read
	if b.noticed.Look(ctx) {
		b.ruled()
	}
	if version, err := b.news.CatalogueVersion(ctx); err != nil || version != b.version {
		b.version = version
		b.Forget()
	}
	changes, err := b.news.Changes(ctx)
	if err != nil || changes == b.watched {
		return
	}
	s := b.Engine.State()
	if s.Opening != nil {
		return // what changed while the order is being read is looked at once it is open
	}
	if s.Work != nil {
		o, err := b.news.Order(ctx, s.Work.Order)
		switch {
		case errors.Is(err, store.ErrUnknown):
		case err != nil:
			return // looked at again at the next tick
		case changedSince(s.Work, o.Version, string(o.Status)):
			b.Engine.Post(engine.Shop{Order: o.ID})
		}
	}
	for id := range s.Parked {
		o, err := b.news.Order(ctx, id)
		if err == nil && waits(s, id) && (o.Status == station.OrderHeld || o.Status == station.OrderCancelled) {
			b.Engine.Post(engine.Shop{Order: id})
		}
	}
	if s.Phase == pack.Locked {
		if err := b.deskNews(ctx); err != nil {
			return
		}
	}
	b.watched = changes
}

// waits reports whether something is under way for an order, or will be by itself: a
// label, its printing, a paper.
func waits(s pack.State, order string) bool {
	return s.Parked[order].Unlabelled() || s.Awaits(func(e pack.Effect) bool {
		return e.Order == order && e.Kind != pack.EffectOpen && e.Kind != pack.EffectFree && e.Kind != pack.EffectReturn
	})
}

func changedSince(w *pack.Work, version int, status string) bool {
	if version != w.Version {
		return true
	}
	blocked := w.Blocked == pack.CodeOrderHeld || w.Blocked == pack.CodeOrderCancelled
	return (status == "held" || status == "cancelled") != blocked
}
