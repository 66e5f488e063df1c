package bench

import (
	"context"
	"iter"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
)

// News are what others did to what this bench works on: that somebody did something,
// or changed the catalogue, an order as it is now, and what the desk wrote from a row
// on.
type News interface {
	Changes(ctx context.Context) (int64, error)
	CatalogueVersion(ctx context.Context) (int64, error)
	Order(ctx context.Context, id string) (station.Order, error)
	Writers(ctx context.Context) ([]string, error)
	Rows(ctx context.Context, writer string, from int64) iter.Seq2[journal.Row, error]
}

// ruled has the machine work by the rights as they are now.
func (b *Bench) ruled() {
	rules := b.Engine.State().Rules
	if now := b.Rights(); len(cases.ChangeRights("", rules.Table(), now).Rights) > 0 {
		rules.Rights = now
		b.Engine.Post(engine.Result{Event: pack.Started{Rules: rules}})
	}
}

// deskNews looks for a supervisor's word that lifts the lock of this bench. The
// word names the bench's row that it was said after, so no clock has a say, and one
// that lifts no lock today lifts no later one.
func (b *Bench) deskNews(ctx context.Context) error {
	locked := folder.SeqOf(b.Engine.State().LockRow)
	writers, err := b.news.Writers(ctx)
	for _, w := range writers {
		if err == nil && cases.IsDesk(w) {
			err = b.hear(ctx, w, locked)
		}
	}
	return err
}

// hear does so with what one desk wrote.
func (b *Bench) hear(ctx context.Context, desk string, locked int64) error {
	if b.heard == nil {
		b.heard = map[string]int64{}
	}
	for row, err := range b.news.Rows(ctx, desk, b.heard[desk]+1) {
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
		b.heard[desk] = row.Seq
	}
	return nil
}
