package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Document is a kept document: its bytes never change.
type Document struct {
	ID      string
	Effect  string // the effect that it was made for
	Kind    string // "label", "slip"…
	Order   string
	Parcel  string
	Profile string // printer profile that it was drawn for
	File    string // where it was written, "" for nowhere
	At      time.Time
	PDF     []byte
}

const documentColumns = `SELECT id, effect, kind, order_id, parcel, profile, file, at, pdf FROM documents WHERE `

func readDocument(scan func(...any) error) (Document, error) {
	var d Document
	var at int64
	err := scan(&d.ID, &d.Effect, &d.Kind, &d.Order, &d.Parcel, &d.Profile, &d.File, &at, &d.PDF)
	d.At = clock(at)
	return d, err
}

// KeepDocument keeps a document durably and gives what is kept for its effect:
// the first one that was, whatever is given later.
func (s *Store) KeepDocument(ctx context.Context, d Document) (Document, error) {
	if d.ID == "" || d.Effect == "" {
		return Document{}, errors.New("keep a document: it needs an id and an effect")
	}
	var kept Document
	err := s.change(ctx, "keep document "+d.ID, func(tx *prepared) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO documents (id, effect, kind, order_id, parcel, profile, file, at, pdf)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (effect) DO NOTHING`,
			d.ID, d.Effect, d.Kind, d.Order, d.Parcel, d.Profile, d.File, nanos(d.At), nonNil(d.PDF)); err != nil {
			return err
		}
		var err error
		kept, err = one(ctx, tx, "", readDocument, documentColumns+`effect = ?`, d.Effect)
		return err
	})
	return kept, err
}

// DocumentByEffect gives what was kept for an effect; none is ErrUnknown.
func (s *Store) DocumentByEffect(ctx context.Context, effect string) (Document, error) {
	return one(ctx, s.read, "read the document of "+effect, readDocument, documentColumns+`effect = ?`, effect)
}

// Document gives a kept document; none is ErrUnknown.
func (s *Store) Document(ctx context.Context, id string) (Document, error) {
	return one(ctx, s.read, "read document "+id, readDocument, documentColumns+`id = ?`, id)
}

// DocumentsOf gives the kept documents of an order in the order they were
// kept, without their bytes.
func (s *Store) DocumentsOf(ctx context.Context, orderID string) ([]Document, error) {
	return list(ctx, s.read, "read the documents of order "+orderID, readDocument,
		`SELECT id, effect, kind, order_id, parcel, profile, file, at, x'' FROM documents WHERE order_id = ? ORDER BY rowid`, orderID)
}

// Serials are the running numbers of one label.
type Serials struct {
	SSCC     uint64 // from 1
	Tracking uint64 // from 1, of the carrier
	Fresh    bool   // they were given out by this very call
}

// LabelNumbers gives the serials of an effect's label, durable before it
// returns: the first call takes new ones, every later call gives the same.
// No serial is ever given to two effects.
func (s *Store) LabelNumbers(ctx context.Context, effect, parcel, carrier string) (Serials, error) {
	var n Serials
	if effect == "" || parcel == "" {
		return n, errors.New("number a label: it needs an effect and a parcel")
	}
	err := s.change(ctx, "number the label of parcel "+parcel, func(tx *prepared) error {
		var of string
		err := tx.QueryRowContext(ctx, `SELECT parcel || '/' || carrier, sscc, tracking FROM label_intents WHERE effect = ?`, effect).
			Scan(&of, &n.SSCC, &n.Tracking)
		if err == nil && of != parcel+"/"+carrier {
			return fmt.Errorf("effect %s has numbered the label of %s", effect, of)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		n.Fresh = true
		if n.SSCC, err = count(ctx, tx, ssccCounter); err != nil {
			return err
		}
		if n.Tracking, err = count(ctx, tx, trackingCounter+carrier); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO label_intents (effect, parcel, carrier, sscc, tracking) VALUES (?, ?, ?, ?, ?)`,
			effect, parcel, carrier, int64(n.SSCC), int64(n.Tracking))
		return err
	})
	return n, err
}

// Names of counters.
const (
	ssccCounter     = "sscc"
	trackingCounter = "tracking/"
)

func count(ctx context.Context, tx *prepared, name string) (uint64, error) {
	var n int64
	err := tx.QueryRowContext(ctx, `INSERT INTO counters (name, last) VALUES (?, 1)
		ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`, name).Scan(&n)
	return uint64(n), err
}

// RaiseSSCC lifts the counter so that no serial up to last is given out again,
// after a backup was restored. It never lowers it.
func (s *Store) RaiseSSCC(ctx context.Context, last uint64) error {
	return s.raise(ctx, ssccCounter, last)
}

// RaiseTracking does the same for the tracking numbers of a carrier.
func (s *Store) RaiseTracking(ctx context.Context, carrier string, last uint64) error {
	return s.raise(ctx, trackingCounter+carrier, last)
}

func (s *Store) raise(ctx context.Context, name string, last uint64) error {
	return s.change(ctx, "raise counter "+name, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO counters (name, last) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET last = max(last, excluded.last)`, name, int64(last))
		return err
	})
}
