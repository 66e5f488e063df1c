package store

import (
	"context"
	"errors"
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

// KeepDocuments keeps the forms of one document, all of them or none.
func (s *Store) KeepDocuments(ctx context.Context, docs ...Document) (kept []Document, err error) {
	for _, d := range docs {
		if d.ID == "" || d.Effect == "" {
			return nil, errors.New("keep a document: it needs an id and an effect")
		}
	}
	err = s.change(ctx, "keep document "+docs[0].ID, func(tx *prepared) error {
		kept = nil
		for _, d := range docs {
			if _, err := tx.ExecContext(ctx, `INSERT INTO documents (id, effect, kind, order_id, parcel, profile, file, at, pdf)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (effect) DO NOTHING`,
				d.ID, d.Effect, d.Kind, d.Order, d.Parcel, d.Profile, d.File, nanos(d.At), nonNil(d.PDF)); err != nil {
				return err
			}
			one, err := one(ctx, tx, "", readDocument, documentColumns+`effect = ?`, d.Effect)
			if err != nil {
				return err
			}
			kept = append(kept, one)
		}
		return nil
	})
	return kept, err
}

// DocumentByEffect returns what was kept for an effect; none is ErrUnknown.
func (s *Store) DocumentByEffect(ctx context.Context, effect string) (Document, error) {
	return one(ctx, s.read, "read the document of "+effect, readDocument, documentColumns+`effect = ?`, effect)
}

// Document returns a kept document; none is ErrUnknown.
func (s *Store) Document(ctx context.Context, id string) (Document, error) {
	return one(ctx, s.read, "read document "+id, readDocument, documentColumns+`id = ?`, id)
}

// DocumentsOf returns the kept documents of an order in the order they were
// kept, without their bytes.
func (s *Store) DocumentsOf(ctx context.Context, orderID string) ([]Document, error) {
	return list(ctx, s.read, "read the documents of order "+orderID, readDocument,
		`SELECT id, effect, kind, order_id, parcel, profile, file, at, x'' FROM documents WHERE order_id = ? ORDER BY rowid`, orderID)
}
