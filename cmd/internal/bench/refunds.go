package bench

import (
	"context"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/station/engine"
	"packbench/station/pack"
)

// refunds asks accounts every hour what became of money that they were asked for.
func (b *Bench) refunds(ctx context.Context) {
	for wait := time.Minute; ; wait = time.Hour {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if err := b.askRefunds(ctx); err != nil && ctx.Err() == nil {
			b.Log.Warn("refunds are still to come", "error", err)
		}
	}
}

// askRefunds asks for what this bench voided. Of several folders of a hub one asks for all:
// whose turn it is. Where each has keys of its own each asks for its own.
func (b *Bench) askRefunds(ctx context.Context) error {
	all := b.Runner != nil && b.Settings.Hub.Secrets
	if all {
		mine, done, err := once.Mine(ctx, b.Folder)
		if err != nil {
			return nil //nolint:nilerr // another bench asks
		}
		defer done()
		ctx = mine
	}
	return b.Carriers.Refunds(ctx, all, func(e pack.RefundRefused) { b.Engine.Post(engine.Result{Event: e}) })
}
