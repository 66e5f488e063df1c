package shift

import (
	"context"
	"errors"
	"iter"
	"time"

	"packbench/station/journal"
)

// Journal is what a Ledger reads.
type Journal interface {
	Writers(ctx context.Context) ([]string, error)
	// After looks at a writer's first entry after a bench's last: next is its time,
	// nil where none is there yet. fits says that the bench's last entry is in the
	// journal, with the hash that the bench has.
	After(ctx context.Context, writer string, b Bench) (next *time.Time, fits bool, err error)
	// Entries are those of a writer after the bench's last. Where reading them fails,
	// failed holds why.
	Entries(ctx context.Context, writer string, b Bench, failed *error) iter.Seq[journal.Entry]
}

// Shelf keeps carries, which can all be made again from the journal.
type Shelf interface {
	// Latest returns the latest carry that is kept of no later than a time; ok is
	// false where there is none.
	Latest(ctx context.Context, notAfter time.Time) (c Carry, at time.Time, ok bool, err error)
	// Keep keeps the carry of a time. It goes on from that of before, the latest one
	// that is kept or the zero time for none, or is not kept.
	Keep(ctx context.Context, before, at time.Time, c Carry) error
	// DropFrom forgets those of a time and later.
	DropFrom(ctx context.Context, at time.Time) error
}

// Ledger makes books from a journal. It keeps how the benches stood at the ends of
// days, so that a book need not begin at the first row of all time.
type Ledger struct {
	Journal Journal
	Shelf   Shelf
	DayEnd  func(time.Time) time.Time // the first end of a day after a time
}

// Book makes the book of a window, as Sheet does from the whole journal.
func (l Ledger) Book(ctx context.Context, w Window) (Book, error) {
	before, _, err := l.Carried(ctx, w.From)
	if err != nil {
		return Book{}, err
	}
	began, err := l.fold(ctx, before, w.begin())
	if err != nil {
		return Book{}, err
	}
	s, err := l.fold(ctx, began.carry, w)
	if err != nil {
		return Book{}, err
	}
	book := s.book()
	book.Heads = map[string]string{}
	for writer, b := range s.carry.Benches {
		book.Heads[writer] = b.Head
	}
	return book, nil
}

// Carried returns how the benches stood at the last end of a day not after to, or
// at an earlier one where nothing happened since; until is that time. What is not
// kept yet it makes, day by day, and keeps.
func (l Ledger) Carried(ctx context.Context, to time.Time) (c Carry, until time.Time, err error) {
	for {
		if c, until, err = l.latest(ctx, to); err != nil {
			return c, until, err
		}
		first, _, err := l.next(ctx, c)
		if err != nil || first == nil || l.DayEnd(*first).After(to) {
			return c, until, err
		}
		end := l.DayEnd(*first)
		s, err := l.fold(ctx, c, Window{From: end, To: end})
		if err == nil {
			err = l.Shelf.Keep(ctx, until, end, s.carry)
		}
		if err != nil {
			return c, until, err
		}
	}
}

// latest returns the latest carry that is still true. A clock that was set back, or
// a bench that is new here with an old one, puts entries before the time of a carry
// that has not seen them; then that one and all later ones are wrong.
func (l Ledger) latest(ctx context.Context, to time.Time) (c Carry, until time.Time, err error) {
	for {
		c, at, ok, err := l.Shelf.Latest(ctx, to)
		if err != nil || !ok {
			return Carry{}, time.Time{}, err
		}
		first, fits, err := l.next(ctx, c)
		if err != nil || fits && (first == nil || !first.Before(at)) {
			return c, at, err
		}
		if err := l.Shelf.DropFrom(ctx, at); err != nil {
			return Carry{}, time.Time{}, err
		}
	}
}

// next is the time of the first entry of all that the carry has not seen, nil for
// none. fits says that those it has seen are in the journal.
func (l Ledger) next(ctx context.Context, c Carry) (first *time.Time, fits bool, err error) {
	writers, err := l.Journal.Writers(ctx)
	fits = err == nil
	seen := 0
	for _, w := range writers {
		b, known := c.Benches[w]
		if known {
			seen++
		}
		at, same, err := l.Journal.After(ctx, w, b)
		if err != nil {
			return nil, false, err
		}
		if at != nil && at.Before(b.At) { // as Sheet takes it
			at = &b.At
		}
		fits = fits && same
		if at != nil && (first == nil || at.Before(*first)) {
			first = at
		}
	}
	return first, fits && seen == len(c.Benches), err
}

func (l Ledger) fold(ctx context.Context, before Carry, w Window) (*sheet, error) {
	writers, err := l.Journal.Writers(ctx)
	if err != nil {
		return nil, err
	}
	chains := make([]iter.Seq[journal.Entry], len(writers))
	failed := make([]error, len(writers))
	for i, writer := range writers {
		chains[i] = l.Journal.Entries(ctx, writer, before.Benches[writer], &failed[i])
	}
	s := fold(before, w, chains...)
	return s, errors.Join(append(failed, s.failed)...)
}
