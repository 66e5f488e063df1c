package hub

import (
	"context"
	"fmt"

	"packbench/station/journal"
)

// Verified is what became of checking one chain at the hub.
type Verified struct {
	Writer string
	Rows   int64 // that are right
	Err    error // what is not
}

// Verify checks every row that the hub has, and that the chains which the folder has too
// are the same there: who can change the hub could make all its hashes anew.
func (h *Hub) Verify(ctx context.Context, folder Folder) ([]Verified, error) {
	writers, err := h.Writers(ctx)
	if err != nil {
		return nil, err
	}
	var all []Verified
	for _, w := range writers {
		v, err := h.verify(ctx, folder, w)
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

func (h *Hub) verify(ctx context.Context, folder Folder, w Place) (v Verified, err error) {
	v.Writer = w.Writer
	here, err := folder.Head(ctx, w.Writer)
	if err != nil {
		return v, err
	}
	chain, compared := journal.Chain{Writer: w.Writer}, int64(0)
	for chain.Seq < w.Seq {
		rows, err := h.Rows(ctx, w.Writer, chain.Seq+1, rowsAtOnce)
		if err != nil {
			return v, err
		}
		if len(rows) == 0 {
			v.Err = fmt.Errorf("%s is missing", journal.ID(w.Writer, chain.Seq+1))
			return v, nil
		}
		if v.Rows == 0 && rows[0].Seq > 1 { // older months were dropped
			chain.Seq, chain.Head = rows[0].Seq-1, rows[0].Prev
		}
		for _, r := range rows {
			if v.Err = chain.Check(r); v.Err != nil {
				return v, nil
			}
			chain = chain.After(r)
			v.Rows++
		}
		// A hash says what all rows before it are.
		if last := rows[len(rows)-1]; compared < here.Seq {
			at := rows[max(int(min(last.Seq, here.Seq)-rows[0].Seq), 0)]
			if v.Err, err = differs(ctx, folder, at, here.Seq); err != nil || v.Err != nil {
				return v, err
			}
			compared = at.Seq
		}
	}
	return v, nil
}

// differs says so where the folder has another row.
func differs(ctx context.Context, folder Folder, r journal.Row, upTo int64) (different, err error) {
	if r.Seq > upTo {
		return nil, nil
	}
	for mine, err := range folder.Rows(ctx, r.Writer, r.Seq) {
		if err == nil && mine.Hash != r.Hash {
			different = fmt.Errorf("%s, or a row before it, is another one here", r.ID())
		}
		return different, err
	}
	return nil, nil
}
