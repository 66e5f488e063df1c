package desk

import (
	"context"
	"iter"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/screen"
)

// A bench that has written nothing for as long as past is not on the board: it was given
// up. What is usual at a bench is what it did in that time.
const past = 7 * 24 * time.Hour

// usualFor is how long it is not asked again what is usual at a bench.
const usualFor = 15 * time.Minute

// Board follows how the benches of a shop stand, by their journals: each time it reads
// what they have written since. It is for one goroutine at a time.
type Board struct {
	Desk
	benches map[string]*followed
	usual   map[string]float64
	asked   time.Time // when usual was read
}

type followed struct {
	state pack.State
	seq   int64
	last  time.Time // of its last row
	sign  string    // of life, and since when it is that
	since time.Time
}

// NewBoard returns a board that has read nothing yet.
func NewBoard(f *folder.Folder) *Board {
	return &Board{Desk: New(f), benches: map[string]*followed{}}
}

// Read returns how each bench stands now, by name.
func (b *Board) Read(ctx context.Context) ([]screen.BenchNow, error) {
	now := b.Clock()
	writers, err := b.Store.Writers(ctx)
	if err != nil {
		return nil, err
	}
	signs, err := b.Store.Leases(ctx)
	if err != nil {
		return nil, err
	}
	if b.usual == nil || now.Sub(b.asked) >= usualFor {
		if b.usual, err = b.Store.ParcelsAnHour(ctx, now.Add(-past), now); err != nil {
			return nil, err
		}
		b.asked = now
	}
	hour, err := b.Store.CountParcels(ctx, now.Add(-time.Hour), now)
	if err != nil {
		return nil, err
	}
	var out []screen.BenchNow
	for _, w := range writers {
		if !cases.IsBench(w) {
			continue
		}
		f, err := b.follow(ctx, w)
		if err != nil {
			return nil, err
		}
		if f.last.IsZero() || now.Sub(f.last) > past {
			continue
		}
		sign, works := signs[w]
		if sign != f.sign {
			f.sign, f.since = sign, now
		}
		n := screen.BenchNow{
			Station: w, Person: f.state.Person.ID, Phase: f.state.Phase, Last: f.last, Works: works, Heard: f.since, Usual: b.usual[w], Parcels: hour[w],
			Loading: f.state.Loading != nil, Asks: f.state.Wanted != nil,
		}
		if f.state.Work != nil {
			n.Order, n.Open = f.state.Work.Called(), f.state.Work.OpenUnits()
		}
		out = append(out, n)
	}
	return out, nil
}

// follow reads what a bench has written since the last time.
func (b *Board) follow(ctx context.Context, writer string) (*followed, error) {
	f := b.benches[writer]
	if f == nil {
		state, at, _, err := b.Store.Snapshot(ctx, writer)
		if err != nil {
			return nil, err
		}
		if at.Seq == 0 {
			state = pack.New()
		}
		f = &followed{state: state, seq: at.Seq}
		if f.last, err = b.timeOf(ctx, writer, at.Seq); err != nil {
			return nil, err
		}
		b.benches[writer] = f
	}
	state, last, err := journal.Bench().Replay(f.state, f.timed(b.Store.Rows(ctx, writer, f.seq+1)))
	if err != nil {
		delete(b.benches, writer) // from the start the next time
		return nil, err
	}
	f.state = state
	f.seq = max(f.seq, last)
	return f, nil
}

func (b *Board) timeOf(ctx context.Context, writer string, seq int64) (time.Time, error) {
	for row, err := range b.Store.RowsTo(ctx, writer, seq, seq) {
		return row.At, err
	}
	return time.Time{}, nil
}

// timed notes when the rows were written.
func (f *followed) timed(rows iter.Seq2[journal.Row, error]) iter.Seq2[journal.Row, error] {
	return func(yield func(journal.Row, error) bool) {
		for r, err := range rows {
			if err == nil {
				f.last = r.At
			}
			if !yield(r, err) {
				return
			}
		}
	}
}
