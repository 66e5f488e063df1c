package hub

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"packbench/station/store"
)

// KeepDocuments tells the hub documents of this folder. It looks at the sum of each itself,
// and leaves out what it has.
func (h *Hub) KeepDocuments(ctx context.Context, station string, docs []store.Document) error {
	n := len(docs)
	ids, effects, kinds, orders, parcels, profiles := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	at, bodies, sums := make([]int64, n), make([][]byte, n), make([][]byte, n)
	for i, d := range docs {
		ids[i], effects[i], kinds[i], orders[i], parcels[i], profiles[i] = d.ID, d.Effect, d.Kind, d.Order, d.Parcel, d.Profile
		at[i], bodies[i], sums[i] = nanos(d.At), some(d.PDF), d.Sum()
	}
	return h.do(ctx, `SELECT packbench.keep_documents($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, station, ids, effects, kinds, orders, parcels, profiles, at, bodies, sums)
}

// Documents returns the documents of an order, or with "" of that which a document is of.
func (h *Hub) Documents(ctx context.Context, id, order string) ([]store.Document, error) {
	docs, err := rowsOf(ctx, h, func(r pgx.CollectableRow) (d store.Document, err error) {
		var at int64
		var sum []byte
		err = r.Scan(&d.ID, &d.Effect, &d.Kind, &d.Order, &d.Parcel, &d.Profile, &at, &d.PDF, &sum)
		d.At = clock(at)
		if err == nil && string(sum) != string(d.Sum()) {
			err = &Trouble{Kind: BadChain, Err: store.Altered}
		}
		return d, err
	}, `SELECT id, effect, kind, order_id, parcel, profile, at, body, sum FROM packbench.documents
		WHERE order_id = coalesce(nullif($2, ''), (SELECT order_id FROM packbench.documents WHERE id = $1 LIMIT 1)) ORDER BY came, id LIMIT 200`, id, order)
	return docs, err
}

// Forget drops the parts of the hub that hold documents of months that ended so many days
// ago, each in one statement, and returns their names. It needs the login that made the hub.
func (h *Hub) Forget(ctx context.Context, days int) ([]string, error) {
	return rowsOf(ctx, h, pgx.RowTo[string], `SELECT packbench.forget_documents($1)`, days)
}

// Papers are the documents that a folder keeps.
type Papers interface {
	DocumentsSince(ctx context.Context, row int64, at time.Time, limit, size int) (docs []store.Document, last int64, err error)
	KeepPlace(ctx context.Context, feed string, n int64) error
}

// papersPlace is how far this folder's documents were told.
const papersPlace = "documents here"

// tellDocuments tells the hub labels and papers, some in each round: they are large, and
// nobody waits for them.
func (x *Exchange) tellDocuments(ctx context.Context) error {
	days := 0
	if x.Documents != nil {
		days = x.Documents()
	}
	if days == 0 {
		return nil
	}
	row, err := x.Folder.SharedPlace(ctx, papersPlace)
	if err != nil {
		return err
	}
	docs, last, err := x.Folder.DocumentsSince(ctx, row, time.Now().AddDate(0, 0, -days), rowsAtOnce, bytesAtOnce)
	if err != nil || last == row {
		return err
	}
	if len(docs) > 0 {
		if err := x.hub.KeepDocuments(ctx, x.station, docs); err != nil {
			return x.said(err)
		}
	}
	return x.Folder.KeepPlace(ctx, papersPlace, last)
}

// Elsewhere returns documents that another folder has made, for as long as a person waits.
func (x *Exchange) Elsewhere(ctx context.Context, id, order string) ([]store.Document, error) {
	ctx, done := context.WithTimeout(ctx, x.patience)
	defer done()
	h, err := x.connected()
	if err != nil {
		return nil, err
	}
	return h.Documents(ctx, id, order)
}
