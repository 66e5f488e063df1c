package bench

import (
	"context"
	"sync/atomic"

	"packbench/devices/printer"
	"packbench/station/pack"
)

// runner carries the machine's effects out.
type runner struct {
	*Data
	station string
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
		if broken && (unsure || e.GivenUp) && e.Kind == pack.EffectPrint {
			// Before the engine says that it failed, which may be tried again (L4).
			report(sheet{}.told(e, printer.Told(printer.Unknown), true))
		}
	}()
	switch e.Kind {
	case pack.EffectOpen:
		event, err = r.open(ctx, e)
	case pack.EffectLabel:
		event, err = r.label(ctx, e)
	case pack.EffectPrint:
		err = r.print(ctx, e, unsure, report)
	case pack.EffectScale:
		event = r.scaleCommand(ctx, e, unsure)
	case pack.EffectClaim:
		event, err = r.claim(ctx, e)
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
