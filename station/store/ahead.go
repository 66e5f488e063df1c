package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"packbench/station/journal"
)

// ahead are rows that are read and decoded while those before them are taken up: on
// a long journal that is half of the work.
type ahead struct {
	from map[string]int64 // first of each writer
	rows []arrived
	err  error
	done chan struct{} // closed once rows are there; nil where they were read at once
}

func (a *ahead) wait() *ahead {
	if a != nil && a.done != nil {
		<-a.done
	}
	return a
}

func (s *Store) readAhead(ctx context.Context, from map[string]int64) *ahead {
	a := &ahead{from: from, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		// In one transaction: what one writer appends between the reading of two others
		// would leave a hole.
		var tx *sql.Tx
		if tx, a.err = s.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); a.err != nil {
			return
		}
		a.rows, a.err = s.nextRows(ctx, &prepared{raw: tx}, from)
		a.err = errors.Join(a.err, tx.Rollback())
	}()
	return a
}

// next are the rows that each writer's projections have not seen.
func (at places) next() map[string]int64 {
	from := make(map[string]int64)
	for w, places := range at {
		from[w] = 1 << seqBits
		for _, p := range places {
			from[w] = min(from[w], p.seq+1)
		}
	}
	return from
}

// nextRows returns rows from these on, in order of arrival and without a hole: no row
// that arrived before the last of them is left out.
func (s *Store) nextRows(ctx context.Context, q querier, from map[string]int64) ([]arrived, error) {
	var rows []arrived
	end := int64(-1)
	limit := max(s.atOnce/max(len(from), 1), 1)
	for w, from := range from {
		some, err := s.decided(ctx, q, w, from, limit)
		if err != nil {
			return nil, err
		}
		if len(some) == limit {
			if last := some[len(some)-1].Arrived; end < 0 || last < end {
				end = last
			}
		}
		rows = append(rows, some...)
	}
	slices.SortFunc(rows, func(a, b arrived) int { return int(a.Arrived - b.Arrived) })
	if end >= 0 {
		rows = slices.DeleteFunc(rows, func(r arrived) bool { return r.Arrived > end })
	}
	for i := range rows {
		var err error
		if rows[i].facts, err = s.projected.Facts(rows[i].Row); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// decided reads what the projections want of rows: neither inputs nor hashes.
func (s *Store) decided(ctx context.Context, q querier, writer string, from int64, limit int) ([]arrived, error) {
	return list(ctx, q, "read the journal of "+writer, func(scan func(...any) error) (arrived, error) {
		r := arrived{Row: journal.Row{Writer: writer}}
		var at string
		if err := scan(&r.Seq, &r.Arrived, &at, &r.Facts); err != nil {
			return r, err
		}
		return r, r.readTime(at)
	}, `SELECT j.id & ((1 << 40) - 1), j.n, j.at, j.facts FROM writers w JOIN journal j
		ON j.id >= (w.no << 40) + ?2 AND j.id < (w.no + 1) << 40 WHERE w.writer = ?1 ORDER BY j.id LIMIT ?3`, writer, from, limit)
}
