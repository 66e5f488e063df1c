package desk

import (
	"context"

	"packbench/station/message"
	"packbench/station/shift"
)

// Digest is the head of the shift book of a day, or of its n-th shift from 1, for the team;
// ok is false where nothing happened in it.
func (d Desk) Digest(ctx context.Context, day shift.Date, n int) (out message.Digest, ok bool, err error) {
	book, err := d.ShiftBook(ctx, day, n)
	if err != nil || len(book.Rows) == 0 {
		return out, false, err
	}
	numbers, look := book.Head()
	for _, f := range numbers {
		out.Figures = append(out.Figures, message.Figure{Name: f[0], N: f[1]})
	}
	out.Look = look
	return out, true, nil
}
