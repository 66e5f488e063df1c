package bench

import (
	"context"

	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/pack"
)

// deskNews looks for a supervisor's word that lifts the lock of this bench. The
// word names the bench's row that it was said after, so no clock has a say.
func (b *Bench) deskNews(ctx context.Context) error {
	locked := folder.SeqOf(b.Engine.State().LockRow)
	for row, err := range b.Store.Rows(ctx, folder.DeskWriter, 1) {
		if err != nil {
			return err
		}
		_, facts, err := folder.Codec().Decode(row)
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
