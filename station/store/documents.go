package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
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

// documentHead is the sum of what stands beside the bytes of a document.
const documentHead = `row_sum('documents', d.id, effect, kind, order_id, parcel, profile, file, at)`

const documentColumns = `SELECT d.id, effect, kind, order_id, parcel, profile, file, at, pdf, coalesce(s.sum, x''), coalesce(s.head, 0), ` + documentHead + `
	FROM documents d LEFT JOIN document_sums s ON s.id = d.id WHERE d.`

// readDocument refuses a document that is not what was kept.
func readDocument(scan func(...any) error) (Document, error) {
	d, whole, err := readHead(scan)
	if err == nil && !bytes.Equal(whole, d.Sum()) {
		return Document{}, Altered
	}
	return d, err
}

// readHead does so without looking at its bytes.
func readHead(scan func(...any) error) (d Document, whole []byte, err error) {
	var at, head, sum int64
	err = scan(&d.ID, &d.Effect, &d.Kind, &d.Order, &d.Parcel, &d.Profile, &d.File, &at, &d.PDF, &whole, &head, &sum)
	d.At = clock(at)
	if err == nil && head != sum {
		return Document{}, nil, Altered
	}
	return d, whole, err
}

// Sum is what tells a document from a changed one.
func (d Document) Sum() []byte {
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
			if _, err := tx.ExecContext(ctx, `INSERT INTO document_sums (id, sum, head) SELECT id, ?, `+documentHead+` FROM documents d WHERE id = ? AND effect = ?
				ON CONFLICT DO NOTHING`, d.Sum(), d.ID, d.Effect); err != nil {
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

// DocumentAnywhere returns a document that is kept here, or that another folder of the hub
// has made, which is kept here then.
func (s *Store) DocumentAnywhere(ctx context.Context, id string) (Document, error) {
	d, err := s.Document(ctx, id)
	if !errors.Is(err, ErrUnknown) {
		return d, err
	}
	others, failed := s.fetch(ctx, id, "")
	for _, o := range others {
		if o.ID == id {
			return o, nil
		}
	}
	if failed != nil {
		return d, &Unfetched{failed}
	}
	return d, err
}

// Unfetched says that a document is not here and that the hub could not be asked for it.
type Unfetched struct{ Err error }

// Error says why.
func (u *Unfetched) Error() string {
	return "the document is not kept here, and the hub was not asked: " + u.Err.Error()
}

// Unwrap returns what the hub said: the document may be there.
func (u *Unfetched) Unwrap() error { return u.Err }

// FetchDocuments keeps what other folders of the hub have made of an order, and returns it.
func (s *Store) FetchDocuments(ctx context.Context, order string) ([]Document, error) {
	return s.fetch(ctx, "", order)
}

// LabelAnywhere returns the newest label of a parcel that is kept here, or at the hub; none
// is ErrUnknown.
func (s *Store) LabelAnywhere(ctx context.Context, order, parcel string) (Document, error) {
	docs, err := s.DocumentsOf(ctx, order)
	is := func(d Document) bool { return d.Kind == "label" && d.Parcel == parcel }
	if err == nil && !slices.ContainsFunc(docs, is) { // another bench may have made it
		if docs, err = s.FetchDocuments(ctx, order); err != nil {
			err = fmt.Errorf("no label of the parcel is kept here, and the hub was not asked: %w", err)
		}
	}
	if err != nil {
		return Document{}, err
	}
	for _, d := range slices.Backward(docs) { // a label made again is newer than the one it replaced
		if is(d) {
			return s.DocumentAnywhere(ctx, d.ID)
		}
	}
	return Document{}, ErrUnknown
}

func (s *Store) fetch(ctx context.Context, id, order string) ([]Document, error) {
	if s.Elsewhere == nil {
		return nil, nil
	}
	docs, err := s.Elsewhere(ctx, id, order)
	for _, d := range docs {
		if _, failed := s.KeepDocuments(ctx, d); failed != nil {
			return docs, nil //nolint:nilerr // it is fetched again the next time
		}
	}
	return docs, err
}

// DocumentsSince returns documents that were kept behind a row and not before a time, and
// the last row that was looked at: at most limit, and no more behind so many bytes.
func (s *Store) DocumentsSince(ctx context.Context, row int64, at time.Time, limit, size int) (docs []Document, last int64, err error) {
	last = row
	rows, err := list(ctx, s.read, "look for documents", integer, `SELECT rowid FROM documents WHERE rowid > ? AND at >= ? ORDER BY rowid LIMIT ?`, row, nanos(at), limit)
	for _, n := range rows {
		if err != nil || size <= 0 {
			break
		}
		var d Document
		d, err = one(ctx, s.read, "read a document", readDocument, documentColumns+`rowid = ?`, n)
		if err == nil {
			docs, size = append(docs, d), size-len(d.PDF)
		} else if errors.Is(err, Altered) { // what the disk has changed goes to nobody
			err = nil
		}
		last = n
	}
	return docs, last, err
}

// KeepPlace keeps how far something was told to the hub.
func (s *Store) KeepPlace(ctx context.Context, feed string, n int64) error {
	return s.change(ctx, "note what the hub knows", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO hub_feeds (feed, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n`, feed, n)
		return err
	})
}

// DocumentsOf returns the kept documents of an order in the order they were
// kept, without their bytes.
func (s *Store) DocumentsOf(ctx context.Context, orderID string) ([]Document, error) {
	return list(ctx, s.read, "read the documents of order "+orderID, func(scan func(...any) error) (Document, error) {
		d, _, err := readHead(scan)
		return d, err
	},
		`SELECT d.id, effect, kind, order_id, parcel, profile, file, at, x'', x'', coalesce(s.head, 0), `+documentHead+`
			FROM documents d LEFT JOIN document_sums s ON s.id = d.id WHERE order_id = ? ORDER BY d.rowid`, orderID)
}

// ChangedDocuments reads all kept documents and names those that are not what was
// kept.
func (s *Store) ChangedDocuments(ctx context.Context) ([]string, error) {
	return list(ctx, s.read, "check the kept documents", text, `SELECT d.id FROM documents d LEFT JOIN document_sums s ON s.id = d.id
		WHERE coalesce(s.sum, x'') <> document_sum(d.id, effect, kind, order_id, parcel, pdf) OR coalesce(s.head, 0) <> `+documentHead+` ORDER BY d.id`)
}
