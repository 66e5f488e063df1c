package effects

import (
	"context"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/lookup"
	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/station/pack"
	"packbench/station/trouble"
)

// Options of New. All are needed by the effects that use them.
type Options struct {
	Station string
	Lease   Lease
	Printer printer.Printer // of labels
	Paper   printer.Printer // of slips, sheets and manifests
	Keys    pack.Printers   // of the printers that are set now
	Carrier Carrier
	Scale   Scale
	Vans    Vans
	Shops   Shops        // nil: none is asked
	Orders  OrderClaims  // nil: the folder's own
	Parcels ParcelClaims // likewise
	Returns ReturnClaims // nil: all benches know at once what each opens
}

// Runner carries the machine's effects out.
type Runner struct {
	papers.Papers
	Options
	orders  OrderClaims
	parcels ParcelClaims
	numbers Numbers
	look    lookup.Reader
	own     ownPrinters
	back    cancelledJobs
	turns
	voidAgain time.Duration
}

// New returns the runner of a station.
func New(f *folder.Folder, o Options) *Runner {
	orders := o.Orders
	if orders == nil {
		orders = f.Store
	}
	parcels := o.Parcels
	if parcels == nil {
		parcels = f.Store
	}
	return &Runner{
		Papers: papers.New(f), Options: o, look: lookup.NewReader(f),
		orders: orders, parcels: parcels, numbers: f.Store, voidAgain: voidAgainEvery,
	}
}

// Run implements engine.Runner. An effect whose program is ending reports
// nothing: it stays pending and runs again, unsure, at the next start.
func (r *Runner) Run(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) {
	var event pack.Event
	var err error
	broken := true
	defer func() {
		if broken && (unsure || e.GivenUp) && e.Kind == pack.EffectPrint {
			// Before the engine says that it failed, which may be tried again (L4).
			report(told(e, papers.Sheet{}, printer.Told(printer.Unknown), true))
		}
	}()
	switch e.Kind {
	case pack.EffectOpen:
		event, err = r.claiming(ctx, e, r.open)
	case pack.EffectQuote:
		event, err = r.quote(ctx, e)
	case pack.EffectBuy, pack.EffectLook:
		event, err = r.buy(ctx, e, unsure)
	case pack.EffectVoid:
		err = r.void(ctx, e, report)
	case pack.EffectPrint:
		err = r.Print(ctx, e, unsure, report)
	case pack.EffectCloseOut:
		err = r.Vans.Leave(ctx, e, r.printKept, report)
	case pack.EffectScale:
		event = r.scaleCommand(ctx, e, unsure)
	case pack.EffectClaim:
		event, err = r.claiming(ctx, e, r.claim)
	case pack.EffectReturn:
		event, err = r.claiming(ctx, e, r.comeBack)
	case pack.EffectFree:
		event, err = pack.EffectDone{Effect: e.ID}, r.free(ctx, e)
	default:
		event = pack.EffectFailed{Effect: e.ID, Trouble: trouble.New(trouble.Said, "not supported by this version")}
	}
	broken = false
	switch {
	case ctx.Err() != nil:
	case err != nil:
		r.Log.Warn("effect failed", "kind", string(e.Kind), "error", err)
		report(pack.EffectFailed{Effect: e.ID, Trouble: failure(e.Kind, err)})
	case event != nil:
		report(event)
	}
}

// claiming carries out an effect that claims what several benches share, while no
// other bench may take this one for dead.
func (r *Runner) claiming(ctx context.Context, e pack.Effect, do func(context.Context, pack.Effect) (pack.Event, error)) (pack.Event, error) {
	ctx, done, err := r.Lease.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	return do(ctx, e)
}
