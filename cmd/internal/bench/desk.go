package bench

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// deskWriter names the desk's hash chain.
const deskWriter = "desk"

// deskNews looks for a supervisor's word that lifts the lock of this bench. The
// word names the bench's row that it was said after, so no clock has a say.
func (b *Bench) deskNews(ctx context.Context) error {
	locked := seqOf(b.Engine.State().LockRow)
	for row, err := range b.Store.Rows(ctx, deskWriter, 1) {
		if err != nil {
			return err
		}
		_, facts, err := Codec().Decode(row)
		if err != nil {
			return err
		}
		for _, f := range facts {
			if u, ok := f.(cases.StationUnlocked); ok && u.Station == b.Station && u.Seq >= locked {
				b.Engine.Post(engine.Result{Event: pack.Unlocked{By: u.By}})
				return nil
			}
		}
	}
	return nil
}

// seqOf is the number in a row's id, "S1.123".
func seqOf(id string) int64 {
	n, _ := strconv.ParseInt(id[strings.LastIndexByte(id, '.')+1:], 10, 64)
	return n
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
