package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"packbench/station"
)

// Rate is one rate card as its file gave it.
type Rate struct {
	Name string
	Body []byte
}

// Member is a person with the keyed hash of the badge, hex; "" for none.
type Member struct {
	station.Person
	Badge string
}

// PutCartons adds and changes cartons by id, like PutProducts.
func (s *Store) PutCartons(ctx context.Context, cartons []station.Carton) ([]Change, error) {
	return putAll(ctx, s, "keep the cartons", cartons, func(ctx context.Context, tx *prepared, c station.Carton) (Change, error) {
		body, err := json.Marshal(c)
		if err != nil {
			return "", fmt.Errorf("carton %s: %w", c.ID, err)
		}
		_, did, err := upsert(ctx, tx, "cartons", "id", c.ID, body)
		if err == nil && did != Unchanged {
			_, err = tx.ExecContext(ctx, `INSERT INTO cartons (id, body) VALUES (?, ?)
				ON CONFLICT DO UPDATE SET body = excluded.body`, c.ID, body)
		}
		return did, err
	})
}

// Cartons returns all cartons by id.
func (s *Store) Cartons(ctx context.Context) ([]station.Carton, error) {
	return list(ctx, s.read, "read the cartons", sound(object[station.Carton]), `SELECT body, `+doubt("cartons", "")+` FROM cartons ORDER BY id`)
}

// Carton returns a carton; none is ErrUnknown.
func (s *Store) Carton(ctx context.Context, id string) (station.Carton, error) {
	return one(ctx, s.read, "read carton "+id, sound(object[station.Carton]), `SELECT body, `+doubt("cartons", "")+` FROM cartons WHERE id = ?`, id)
}

// PutRates adds and changes rate cards by name, like PutProducts.
func (s *Store) PutRates(ctx context.Context, rates []Rate) ([]Change, error) {
	return putAll(ctx, s, "keep the rates", rates, func(ctx context.Context, tx *prepared, r Rate) (Change, error) {
		_, did, err := upsert(ctx, tx, "rates", "name", r.Name, r.Body)
		if err == nil && did != Unchanged {
			_, err = tx.ExecContext(ctx, `INSERT INTO rates (name, body) VALUES (?, ?)
				ON CONFLICT DO UPDATE SET body = excluded.body`, r.Name, r.Body)
		}
		return did, err
	})
}

// Rates returns all rate cards by name.
func (s *Store) Rates(ctx context.Context) ([]Rate, error) {
	return list(ctx, s.read, "read the rates", sound(func(scan func(...any) error) (r Rate, err error) {
		return r, scan(&r.Name, &r.Body)
	}), `SELECT name, body, `+doubt("rates", "")+` FROM rates ORDER BY name`)
}

// DropAlteredRates throws away the rate cards that the disk has changed, and names them:
// a card that is imported may take the place of a part of one.
func (s *Store) DropAlteredRates(ctx context.Context) (dropped []string, err error) {
	err = s.change(ctx, "throw away a rate card", func(tx *prepared) error {
		dropped, err = list(ctx, tx, "", text, `DELETE FROM rates WHERE sum <> `+sumIn("rates")+` RETURNING name`)
		return errors.Join(err, touchCatalogue(ctx, tx))
	})
	return dropped, err
}

// PutPeople adds and changes people by id, like PutProducts. One whose badge another
// person has is Refused; the others are kept.
func (s *Store) PutPeople(ctx context.Context, people []Member) ([]Change, error) {
	return putAll(ctx, s, "keep the people", people, func(ctx context.Context, tx *prepared, m Member) (Change, error) {
		old, err := one(ctx, tx, "", member, memberColumns+`WHERE id = ?`, m.ID)
		did := Changed
		switch {
		case errors.Is(err, ErrUnknown):
			did = Added
		case errors.Is(err, AlteredImport):
			if _, err := tx.ExecContext(ctx, `DELETE FROM people WHERE id = ?`, m.ID); err != nil {
				return "", err
			}
		case err != nil:
			return "", err
		}
		m.PIN = old.PIN
		m.Revoked = old.Revoked && old.Badge == m.Badge // another badge counts again
		if old == m {
			return Unchanged, nil
		}
		// The badge of a row that the disk has changed is nobody's.
		if _, err := tx.ExecContext(ctx, `DELETE FROM people WHERE badge = ? AND badge <> '' AND sum <> `+sumIn("people"), m.Badge); err != nil {
			return "", err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO people (id, name, role, lang, badge, since, until, trainee, revoked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, lang = excluded.lang, badge = excluded.badge,
			since = excluded.since, until = excluded.until, trainee = excluded.trainee, revoked = excluded.revoked`,
			m.ID, m.Name, m.Role, m.Lang, m.Badge, m.Since, m.Until, m.Trainee, m.Revoked)
		if err != nil && isConstraint(err) {
			return Refused, nil
		}
		return did, err
	})
}

var (
	memberColumns = `SELECT id, name, role, lang, badge, since, until, trainee, revoked, EXISTS (SELECT 1 FROM pins WHERE person = id), ` + doubt("people", "") + ` FROM people `
	member        = sound(func(scan func(...any) error) (m Member, err error) {
		return m, scan(&m.ID, &m.Name, &m.Role, &m.Lang, &m.Badge, &m.Since, &m.Until, &m.Trainee, &m.Revoked, &m.PIN)
	})
)

// KeyBadges changes what is kept of all badges, once: a setting says that it was done,
// and with what. The setting that is there is returned. What was kept before is wiped
// from the disk, not only let go.
func (s *Store) KeyBadges(ctx context.Context, setting string, value []byte, change func(badge string) string) (kept []byte, err error) {
	err = s.change(ctx, "keep the badges", func(tx *prepared) error {
		var known bool
		if kept, known, err = Known(one(ctx, tx, "", readSetting, settingColumns, setting)); err != nil || known {
			return err
		}
		kept = value
		all, err := list(ctx, tx, "", member, memberColumns+`WHERE badge <> ''`)
		if err != nil {
			return err
		}
		run := runner{ctx: ctx, tx: tx}
		run.exec(`PRAGMA secure_delete=ON`)
		for _, m := range all {
			run.exec(`UPDATE people SET badge = ? WHERE id = ?`, change(m.Badge), m.ID)
		}
		run.exec(`PRAGMA secure_delete=OFF`)
		run.exec(`INSERT INTO settings (name, value) VALUES (?, ?)`, setting, value)
		return errors.Join(run.err, touchCatalogue(ctx, tx))
	})
	return kept, err
}

// PersonByBadge returns who has the badge of this keyed hash; none is ErrUnknown.
func (s *Store) PersonByBadge(ctx context.Context, badge string) (station.Person, error) {
	m, err := one(ctx, s.read, "look up a badge", member, memberColumns+`WHERE badge = ? AND badge <> ''`, badge)
	return m.Person, err
}

// Person returns a person; none is ErrUnknown.
func (s *Store) Person(ctx context.Context, id string) (station.Person, error) {
	m, err := one(ctx, s.read, "read person "+id, member, memberColumns+`WHERE id = ?`, id)
	return m.Person, err
}

// People returns everybody by id.
func (s *Store) People(ctx context.Context) ([]Member, error) {
	return list(ctx, s.read, "read the people", member, memberColumns+`ORDER BY id`)
}

// Setting returns a stored value; none is ErrUnknown.
func (s *Store) Setting(ctx context.Context, name string) ([]byte, error) {
	return one(ctx, s.read, "read setting "+name, readSetting, settingColumns, name)
}

var (
	settingColumns = `SELECT value, ` + doubt("settings", "") + ` FROM settings WHERE name = ?`
	readSetting    = sound(func(scan func(...any) error) (v []byte, err error) {
		err = scan(&v)
		return v, err
	})
)

// InitSetting stores a value where none is and gives the one that is there:
// two programs that start at once agree on the first. Where it is
// there nothing is written, so that nobody who only looks waits for who writes.
func (s *Store) InitSetting(ctx context.Context, name string, value []byte) ([]byte, error) {
	kept, known, err := Known(s.Setting(ctx, name))
	if err != nil || known {
		return kept, err
	}
	err = s.change(ctx, "keep setting "+name, func(tx *prepared) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`,
			name, nonNil(value)); err != nil {
			return err
		}
		kept, err = one(ctx, tx, "", readSetting, settingColumns, name)
		return err
	})
	return kept, err
}

// PutSetting stores a value, whatever was there before.
func (s *Store) PutSetting(ctx context.Context, name string, value []byte) error {
	if kept, known, err := Known(s.Setting(ctx, name)); err != nil || known && bytes.Equal(kept, value) {
		return err
	}
	return s.change(ctx, "keep setting "+name, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`, name, nonNil(value))
		return err
	})
}

func nonNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
