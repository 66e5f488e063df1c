package store

import (
	"context"
	"errors"
	"time"
)

// PIN is what is kept of a person's PIN.
type PIN struct {
	Person string
	Hash   string
	Tries  int       // wrong ones in a row
	Paused time.Time // none is looked at before
}

var (
	pinColumns = `SELECT person, hash, tries, paused, ` + doubt("pins", "") + ` FROM pins WHERE person = ?`
	readPIN    = sound(func(scan func(...any) error) (p PIN, err error) {
		var paused int64
		err = scan(&p.Person, &p.Hash, &p.Tries, &paused)
		p.Paused = time.UnixMilli(paused)
		return p, err
	})
)

// nobody is whose row a try is written into that counts for nobody. No person has this id.
const nobody = " "

// PutPIN keeps what is stored of a person's PIN, in place of the one before; "" takes it
// away. Its tries begin again.
func (s *Store) PutPIN(ctx context.Context, person, hash string) error {
	return s.change(ctx, "keep a PIN", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM pins WHERE person = ?`, person)
		if err == nil && hash != "" {
			_, err = tx.ExecContext(ctx, `INSERT INTO pins (person, hash, tries, paused) VALUES (?, ?, 0, 0)`, person, hash)
		}
		return errors.Join(err, touchCatalogue(ctx, tx))
	})
}

// CountPIN counts a try of a PIN before it is looked at, so that one that is cut off
// counts too, and returns what is kept of it. pause is how long none is looked at after
// so many tries; while that lasts nothing is counted, and wait is the rest of it. Of
// whom nothing is kept the PIN is empty. Each of these waits for the disk once, so that
// nobody learns from the time which it was.
func (s *Store) CountPIN(ctx context.Context, person string, now time.Time, pause func(tries int) time.Duration) (p PIN, wait time.Duration, err error) {
	err = s.change(ctx, "count a PIN", func(tx *prepared) error {
		var known bool
		if p, known, err = Known(one(ctx, tx, "", readPIN, pinColumns, person)); err != nil {
			return err
		}
		wait = min(p.Paused.Sub(now), pause(p.Tries)) // a clock that was set back makes it no longer
		switch {
		case !known || wait > 0 && wait == p.Paused.Sub(now):
			wait = max(0, wait)
			_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO pins (person, hash, tries, paused) VALUES (?, '', 0, ?)`, nobody, now.UnixMilli())
			return err
		case wait > 0:
			p.Paused = now.Add(wait)
		default:
			wait = 0
			p.Tries++
			p.Paused = now.Add(pause(p.Tries))
		}
		_, err := tx.ExecContext(ctx, `UPDATE pins SET tries = ?, paused = ? WHERE person = ?`, p.Tries, p.Paused.UnixMilli(), person)
		return err
	})
	return p, wait, err
}

// RightPIN forgets the tries before a PIN that was right.
func (s *Store) RightPIN(ctx context.Context, person string) error {
	return s.change(ctx, "forget the tries of a PIN", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `UPDATE pins SET tries = 0, paused = 0 WHERE person = ?`, person)
		return err
	})
}

// RevokeBadge has a person's badge count no more, until another one is imported for
// them. It reports whether it counted before; of whom nobody knows it is ErrUnknown.
func (s *Store) RevokeBadge(ctx context.Context, person string) (did bool, err error) {
	err = s.change(ctx, "revoke a badge", func(tx *prepared) error {
		m, err := one(ctx, tx, "", member, memberColumns+`WHERE id = ?`, person)
		if err != nil {
			return err
		}
		did = !m.Revoked
		_, err = tx.ExecContext(ctx, `UPDATE people SET revoked = 1 WHERE id = ?`, person)
		return errors.Join(err, touchCatalogue(ctx, tx))
	})
	return did, err
}
