package desk

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/journal"
	"packbench/station/shift"
	"packbench/station/store"
)

// KeepDays keeps how the benches stood at the end of each day that is over, so that
// a shift book begins there.
func (d Desk) KeepDays(ctx context.Context) error {
	_, _, err := d.ledger().Carried(ctx, d.Clock())
	return err
}

// ledger makes shift books from the store.
func (d Desk) ledger() shift.Ledger {
	loc := d.Location()
	return shift.Ledger{
		Journal: chains{d.Store, shift.Reading(folder.Codec())}, Shelf: shelf{d.Store},
		DayEnd: func(at time.Time) time.Time { return shift.Day(shift.DateOf(at.In(loc)), loc).To },
	}
}

// chains are the journal as a ledger reads it.
type chains struct {
	*store.Store
	codec *journal.Codec
}

func (c chains) After(ctx context.Context, writer string, b shift.Bench) (next *time.Time, fits bool, err error) {
	fits = b.Seq == 0
	for r, err := range c.Store.RowsTo(ctx, writer, b.Seq, b.Seq+1) {
		switch {
		case err != nil:
			return nil, false, err
		case r.Seq == b.Seq:
			fits = r.Hash == b.Head
		default:
			next = &r.At
		}
	}
	return next, fits, nil
}

func (c chains) Entries(ctx context.Context, writer string, b shift.Bench, failed *error) iter.Seq[journal.Entry] {
	chain := journal.Chain{Writer: writer, Seq: b.Seq, Head: b.Head}
	return journal.Entries(folder.Checked(chain, c.Store.Rows(ctx, writer, b.Seq+1)), c.codec, failed)
}

// shelf keeps carries in the store, parcels that rest one by one.
type shelf struct{ *store.Store }

// foldVersion moves on when folding the same rows leads to another carry: those that
// an older program kept are made again.
const foldVersion = 2

type keptCarry struct {
	Version int
	Carry   shift.Carry
}

func (s shelf) Latest(ctx context.Context, notAfter time.Time) (c shift.Carry, at time.Time, ok bool, err error) {
	kept, err := s.Store.Carry(ctx, notAfter)
	if errors.Is(err, store.ErrUnknown) {
		return c, at, false, nil
	}
	var body keptCarry
	if err == nil {
		err = json.Unmarshal(kept.Body, &body)
	}
	if err != nil {
		return c, at, false, err
	}
	if body.Version != foldVersion {
		if err := s.Store.DropCarries(ctx, kept.At); err != nil {
			return c, at, false, err
		}
		return s.Latest(ctx, notAfter)
	}
	c = body.Carry
	c.Resting = func(id string) (p shift.Parcel, ok bool, err error) {
		body, err := s.Store.Resting(ctx, kept.At, id)
		if errors.Is(err, store.ErrUnknown) {
			return p, false, nil
		}
		if err == nil {
			err = json.Unmarshal(body, &p)
		}
		return p, err == nil, err
	}
	return c, kept.At, true, nil
}

func (s shelf) Keep(ctx context.Context, before, at time.Time, c shift.Carry) error {
	rest, resting, moved := c.Apart()
	kept := store.Carry{At: at, Resting: map[string][]byte{}, Moved: moved}
	var err error
	if kept.Body, err = json.Marshal(keptCarry{foldVersion, rest}); err != nil {
		return err
	}
	for id, p := range resting {
		if kept.Resting[id], err = json.Marshal(p); err != nil {
			return err
		}
	}
	return s.Store.KeepCarry(ctx, before, kept)
}

func (s shelf) DropFrom(ctx context.Context, at time.Time) error { return s.Store.DropCarries(ctx, at) }
