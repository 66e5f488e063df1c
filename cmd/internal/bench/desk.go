package bench

import (
	"context"
	"errors"
	"time"

	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// deskWriter names the desk's hash chain.
const deskWriter = "desk"

// deskNews looks for a supervisor's word that lifts the lock of this bench.
func (b *Bench) deskNews(ctx context.Context) error {
	locked := b.lockedAt()
	for row, err := range b.Store.Rows(ctx, deskWriter, 1) {
		if err != nil {
			return err
		}
		if row.At.Before(locked) {
			continue
		}
		_, facts, err := Codec().Decode(row)
		if err != nil {
			return err
		}
		for _, f := range facts {
			if u, ok := f.(cases.StationUnlocked); ok && u.Station == b.Station {
				b.Engine.Post(engine.Result{Event: pack.Unlocked{By: u.By}})
				return nil
			}
		}
	}
	return nil
}

// AtDesk writes one decision of the desk: an event of package cases with the
// fact that follows from it, in one durable row of the desk's own chain.
// Somebody else may write at the same moment; then the row is made anew.
func (d *Data) AtDesk(ctx context.Context, event pack.Event, facts ...pack.Fact) error {
	codec := Codec()
	at := d.Clock().Round(0).UTC()
	var err error
	for range 5 {
		var chain journal.Chain
		chain, err = d.Store.Head(ctx, deskWriter)
		if err != nil {
			return err
		}
		in := pack.Input{ID: journal.ID(deskWriter, chain.Seq+1), At: at, Event: event}
		input, decided, encodeErr := codec.Encode(in, facts)
		if encodeErr != nil {
			return encodeErr
		}
		if err = d.Store.Append(ctx, chain.Next(at, input, decided)); err == nil {
			return d.Store.CatchUp(ctx)
		}
		var taken *store.NotNext
		if !errors.As(err, &taken) {
			return err
		}
	}
	return err
}

// lockedAt is when the bench was locked: the time of the last verdict that was
// not about the lock itself.
func (b *Bench) lockedAt() time.Time {
	for _, v := range b.Engine.State().Recent {
		if v.Code != pack.CodeLocked && v.Code != pack.CodeNeedsRole {
			return v.At
		}
	}
	return time.Time{}
}
