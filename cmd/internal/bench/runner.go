package bench

import (
	"context"
	"sync/atomic"

	"packbench/devices/printer"
	"packbench/station/lease"
	"packbench/station/pack"
)

// runner carries the machine's effects out.
type runner struct {
	*Data
	station string
	lease   *lease.Lease
	printer printer.Printer
	paper   printer.Printer // of slips, sheets and manifests
	own     ownPrinters
	back    takenBack
	keys    pack.Printers                 // of the printers that are set now
	carrier func(id string) CarrierAnswer // nil: every carrier is up
	scale   *atomic.Pointer[Live]         // the devices that run now
}

// Run implements engine.Runner. An effect whose program is ending reports
// nothing: it stays pending and runs again, unsure, at the next start.
func (r *runner) Run(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) {
	var event pack.Event
	var err error
	broken := true
	defer func() {
		if broken && (unsure || e.GivenUp) {
			tellUnknown(e, report) // before the engine says that it failed, which may be tried again
		}
	}()
	switch e.Kind {
	case pack.EffectOpen:
		event, err = r.claiming(ctx, e, r.open)
	case pack.EffectLabel:
		event, err = r.label(ctx, e)
	case pack.EffectPrint:
		err = r.print(ctx, e, unsure, report)
	case pack.EffectPaper:
		err = r.paperOf(ctx, e, unsure, report)
	case pack.EffectManifest:
		err = r.manifest(ctx, e, unsure, report)
	case pack.EffectScale:
		event = r.scaleCommand(ctx, e, unsure)
	case pack.EffectClaim:
		event, err = r.claiming(ctx, e, r.claim)
	case pack.EffectFree:
		event, err = pack.EffectDone{Effect: e.ID}, r.free(ctx, e)
	default:
		event = pack.EffectFailed{Effect: e.ID, Words: "this version does not know how"}
	}
	broken = false
	switch {
	case ctx.Err() != nil:
	case err != nil:
		r.Log.Warn("effect failed", "kind", string(e.Kind), "error", err)
		report(pack.EffectFailed{Effect: e.ID, Words: words(string(e.Kind), err)})
	case event != nil:
		report(event)
	}
}

// claiming carries out an effect that claims what several benches share, while no
// other bench may take this one for dead.
func (r *runner) claiming(ctx context.Context, e pack.Effect, do func(context.Context, pack.Effect) (pack.Event, error)) (pack.Event, error) {
	ctx, done, err := r.lease.Hold(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	return do(ctx, e)
}

// tellUnknown says of an effect that prints that nobody knows what became of it
// in an earlier start (L4).
func tellUnknown(e pack.Effect, report func(pack.Event)) {
	unknown := printer.Told(printer.Unknown)
	switch e.Kind {
	case pack.EffectPrint:
		report(printEvent(e, unknown, true))
	case pack.EffectPaper:
		report(paperTold{effect: e.ID}.event(unknown, true))
	case pack.EffectManifest:
		report(listEvent(e, unknown, true))
	}
}
