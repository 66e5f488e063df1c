package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"modernc.org/sqlite"
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

const documentColumns = `SELECT d.id, effect, kind, order_id, parcel, profile, file, at, pdf, s.sum
	FROM documents d LEFT JOIN document_sums s ON s.id = d.id WHERE d.`

// readDocument refuses a document that is not what was kept.
func readDocument(scan func(...any) error) (Document, error) {
	var d Document
	var at int64
	var sum []byte
	err := scan(&d.ID, &d.Effect, &d.Kind, &d.Order, &d.Parcel, &d.Profile, &d.File, &at, &d.PDF, &sum)
	d.At = clock(at)
	if err == nil && sum != nil && !bytes.Equal(sum, d.sum()) {
		return Document{}, Altered
	}
	return d, err
}

// sum is what tells a document from a changed one.
func (d Document) sum() []byte {
	return documentSum(d.ID, d.Effect, d.Kind, d.Order, d.Parcel, d.PDF)
}

func documentSum(id, effect, kind, order, parcel string, pdf []byte) []byte {
	h := sha256.New()
	for _, part := range []string{id, effect, kind, order, parcel} {
		fmt.Fprintf(h, "%d %s\n", len(part), part)
	}
	h.Write(pdf)
	return h.Sum(nil)
}

// The migrations sum the documents of before.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("document_sum", 6, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		var words [5]string
		for i := range words {
			words[i] = fmt.Sprint(args[i])
		}
		pdf, _ := args[5].([]byte)
		return documentSum(words[0], words[1], words[2], words[3], words[4], pdf), nil
	})
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
			if _, err := tx.ExecContext(ctx, `INSERT INTO document_sums (id, sum) SELECT id, ? FROM documents WHERE id = ? AND effect = ?
				ON CONFLICT DO NOTHING`, d.sum(), d.ID, d.Effect); err != nil {
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
		`SELECT id, effect, kind, order_id, parcel, profile, file, at, x'', NULL FROM documents WHERE order_id = ? ORDER BY rowid`, orderID)
}

// ChangedDocuments reads all kept documents and names those that are not what was
// kept.
func (s *Store) ChangedDocuments(ctx context.Context) ([]string, error) {
	return list(ctx, s.read, "check the kept documents", text, `SELECT d.id FROM documents d JOIN document_sums s ON s.id = d.id
		WHERE s.sum <> document_sum(d.id, effect, kind, order_id, parcel, pdf) ORDER BY d.id`)
}
