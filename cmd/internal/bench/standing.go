package bench

import (
	"context"

	"packbench/cmd/internal/folder"
	"packbench/station/journal"
	"packbench/station/pack"
)

// Standing is how a station stands by its journal, for who looks at it from outside.
func Standing(ctx context.Context, d *folder.Folder, station string) (pack.State, error) {
	state, at, _, err := d.Store.Snapshot(ctx, station)
	if err != nil {
		return state, err
	}
	if at.Seq == 0 {
		state = pack.New()
	}
	state, _, err = journal.Bench().Replay(state, d.Store.Rows(ctx, station, at.Seq+1))
	return state, err
}
