package pages

import (
	"context"
	"iter"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/station/cases"
	"packbench/station/journal"
)

// readTimeline reads the story of a case: what the benches did with its order, or
// around it where it has none, and what the desk did.
func readTimeline(ctx context.Context, d desk.Desk, c cases.Case) ([]cases.Step, error) {
	benches := around(ctx, d, c)
	if c.Order != "" {
		rows, err := d.Store.Story(ctx, c.Order)
		if err != nil {
			return nil, err
		}
		benches = func(yield func(journal.Row, error) bool) {
			for _, r := range rows {
				if cases.IsBench(r.Writer) && !yield(r, nil) {
					return
				}
			}
		}
	}
	var failed error
	told := func(rows iter.Seq2[journal.Row, error]) iter.Seq[journal.Entry] {
		return journal.Entries(rows, folder.Codec(), &failed)
	}
	steps := cases.Timeline(func(yield func(journal.Entry) bool) {
		for _, rows := range []iter.Seq2[journal.Row, error]{benches, desks.Rows(ctx, d.Store)} {
			for e := range told(rows) {
				if !yield(e) {
					return
				}
			}
			if failed != nil {
				return
			}
		}
	}, c)
	return steps, failed
}

// around are the rows of a case's own bench near it.
func around(ctx context.Context, d desk.Desk, c cases.Case) iter.Seq2[journal.Row, error] {
	const rows = 40
	seq := folder.SeqOf(c.ID)
	return d.Store.RowsTo(ctx, c.Station, max(seq-rows, 1), seq+rows)
}
