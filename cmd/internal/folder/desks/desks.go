// Package desks tells which chains of a folder's journal are no benches': which are desks',
// and in which its own desk, and what carriers say, are written. It writes none.
package desks

import (
	"context"
	"iter"

	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/store"
)

// Chain names the chain that a folder's desk writes.
func Chain(ctx context.Context, s *store.Store) (string, error) {
	m, member, err := store.Known(s.Member(ctx))
	if err != nil || !member {
		return cases.DeskAlone, err
	}
	return cases.DeskOf(m.Station), nil
}

// Carriers names the chain in which a folder writes what carriers say of parcels.
func Carriers(ctx context.Context, s *store.Store) (string, error) {
	m, member, err := store.Known(s.Member(ctx))
	if err != nil || !member {
		return cases.CarriersAlone, err
	}
	return cases.CarriersOf(m.Station), nil
}

// Rows returns what all desks wrote, desk by desk.
func Rows(ctx context.Context, s *store.Store) iter.Seq2[journal.Row, error] {
	return func(yield func(journal.Row, error) bool) {
		writers, err := s.Writers(ctx)
		if err != nil {
			yield(journal.Row{}, err)
			return
		}
		for _, w := range writers {
			if !cases.IsDesk(w) {
				continue
			}
			for r, err := range s.Rows(ctx, w, 1) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}
