package store

import (
	"context"
	"errors"
	"math"
	"time"
)

// Carry is what the shift book keeps of the end of a day.
type Carry struct {
	At      time.Time
	Body    []byte
	Resting map[string][]byte // parcels that rest since this time
	Moved   []string          // parcels that rest no longer, or otherwise
}

// Carry returns the latest one that is kept of no later than a time, without
// parcels; none is ErrUnknown.
func (s *Store) Carry(ctx context.Context, notAfter time.Time) (Carry, error) {
	return one(ctx, s.read, "read how the benches stood", sound(func(scan func(...any) error) (Carry, error) {
		var c Carry
		var at int64
		err := scan(&at, &c.Body)
		c.At = time.Unix(0, at).UTC()
		return c, err
	}), `SELECT at, body, `+doubt("carries", "")+` FROM carries WHERE at <= ? ORDER BY at DESC LIMIT 1`, notAfter.UnixNano())
}

// Resting returns what is kept of a parcel that rested at the time of a carry; none
// is ErrUnknown.
func (s *Store) Resting(ctx context.Context, at time.Time, parcel string) ([]byte, error) {
	return one(ctx, s.read, "read parcel "+parcel, sound(func(scan func(...any) error) (body []byte, err error) {
		err = scan(&body)
		return body, err
	}), `SELECT body, `+doubt("resting", "")+` FROM resting WHERE parcel = ?1 AND since <= ?2 AND until > ?2`, parcel, at.UnixNano())
}

// KeepCarry keeps a carry that goes on from that of before, the zero time for none.
// Where the latest is another by now, somebody else was quicker and it is not kept.
func (s *Store) KeepCarry(ctx context.Context, before time.Time, c Carry) error {
	return s.rebuild(ctx, "keep how the benches stood", func(tx *prepared) error {
		last, err := one(ctx, tx, "", integer, `SELECT at FROM carries ORDER BY at DESC LIMIT 1`)
		if errors.Is(err, ErrUnknown) && before.IsZero() {
			err = nil
		} else if errors.Is(err, ErrUnknown) || err == nil && last != before.UnixNano() {
			return nil
		}
		run := runner{ctx: ctx, tx: tx, err: err}
		at := c.At.UnixNano()
		run.exec(`INSERT INTO carries (at, body) VALUES (?, ?)`, at, c.Body)
		for _, id := range c.Moved {
			run.exec(`UPDATE resting SET until = ? WHERE parcel = ? AND until = ?`, at, id, math.MaxInt64)
		}
		for id, body := range c.Resting {
			run.exec(`INSERT INTO resting (parcel, since, until, body) VALUES (?, ?, ?, ?)`, id, at, math.MaxInt64, body)
		}
		return run.err
	})
}

// DropCarries forgets the carries of a time and later.
func (s *Store) DropCarries(ctx context.Context, from time.Time) error {
	return s.change(ctx, "forget how the benches stood", func(tx *prepared) error {
		return dropCarries(ctx, tx, from.UnixNano())
	})
}

func dropCarries(ctx context.Context, tx *prepared, from int64) error {
	run := runner{ctx: ctx, tx: tx}
	run.exec(`DELETE FROM carries WHERE at >= ?`, from)
	run.exec(`DELETE FROM resting WHERE since >= ?`, from)
	run.exec(`UPDATE resting SET until = ? WHERE until >= ?`, math.MaxInt64, from)
	return run.err
}
