package store

import (
	"context"
	"encoding/json"
	"time"
)

// How much is kept of what this folder could not keep in its place, and of what was
// overruled; and how much of the former is tried after each batch.
const (
	mostUnkept    = 10_000
	mostBytes     = 64 << 20
	mostOverruled = 1000
	triedAtOnce   = 200
)

// aside keeps a row that cannot be kept in its place now; why "" says that it was.
func (in *taking) aside(r Shared, why string) error {
	in.exec(`DELETE FROM hub_unkept WHERE kind = ? AND key = ?`, r.Kind, r.Key)
	if why == "" {
		return in.err
	}
	in.exec(`INSERT INTO hub_unkept (kind, key, n, body, gone, why, tried) SELECT ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(tried), 0) + 1 FROM hub_unkept)
		WHERE (SELECT count(*) < ? AND coalesce(sum(length(body)), 0) < ? FROM hub_unkept)`, r.Kind, r.Key, r.N, nonNil(r.Body), r.Gone, why, mostUnkept, mostBytes)
	return in.err
}

// again tries what could not be kept before: what stood in its way may have gone. Those
// that were not tried for longest come first.
func (in *taking) again() error {
	in.retry = true
	defer func() { in.retry = false }()
	for more := true; more && in.err == nil; {
		more = false
		rows, err := list(in.ctx, in.tx, "", func(scan func(...any) error) (r Shared, err error) {
			return r, scan(&r.Kind, &r.Key, &r.N, &r.Body, &r.Gone)
		}, `SELECT kind, key, n, body, gone FROM hub_unkept ORDER BY tried LIMIT ?`, triedAtOnce)
		if err != nil {
			return err
		}
		for _, r := range rows {
			why, err := in.take(r)
			if err == nil {
				err = in.aside(r, why)
			}
			if err != nil || time.Now().After(in.until.Add(slice)) { // the rest another time
				return err
			}
			more = more || why == ""
		}
	}
	return in.err
}

// personal are columns that are not kept of what was overruled: they can be erased.
var personal = []string{"address", "name", "badge", "hash", "text"}

// overruled keeps a row as it was here before something else came in its place.
func (in *taking) overruled(r Shared) {
	var body []byte
	if row, err := readRow(r); err == nil && row != nil {
		if r.Kind == "orders" || r.Kind == "people" || r.Kind == "pins" || r.Kind == "notes" || r.Kind == "drivers" {
			for _, column := range personal {
				delete(row, column)
			}
		}
		body, _ = json.Marshal(row) // what was read can be
	}
	in.exec(`INSERT INTO hub_overruled (at, kind, key, body) VALUES (?, ?, ?, ?)`, nanos(time.Now()), r.Kind, r.Key, nonNil(body))
	in.exec(`DELETE FROM hub_overruled WHERE id <= (SELECT max(id) FROM hub_overruled) - ?`, mostOverruled)
}

// Unkept is a row of the hub that this folder could not keep.
type Unkept struct{ Kind, Key, Why string }

// Unkept returns at most limit rows that the hub has and this folder could not keep, and
// how many there are.
func (s *Store) Unkept(ctx context.Context, limit int) (some []Unkept, all int64, err error) {
	if all, err = one(ctx, s.read, "count what could not be kept", integer, `SELECT count(*) FROM hub_unkept`); err != nil || all == 0 {
		return nil, all, err
	}
	some, err = list(ctx, s.read, "read what could not be kept", func(scan func(...any) error) (u Unkept, err error) {
		return u, scan(&u.Kind, &u.Key, &u.Why)
	}, `SELECT kind, key, why FROM hub_unkept ORDER BY n LIMIT ?`, limit)
	return some, all, err
}

// Overruled is a change that was made and does not count, because somebody else changed
// the same row.
type Overruled struct {
	ID        int64
	At        time.Time
	Kind, Key string
	Body      []byte // JSON of the row without what is personal, empty where it was deleted
}

// Overruled returns at most limit changes that do not count, behind one, oldest first; 0 is
// no limit.
func (s *Store) Overruled(ctx context.Context, after int64, limit int) ([]Overruled, error) {
	return list(ctx, s.read, "read what was overruled", func(scan func(...any) error) (o Overruled, err error) {
		var at int64
		err = scan(&o.ID, &at, &o.Kind, &o.Key, &o.Body)
		o.At = clock(at)
		return o, err
	}, `SELECT id, at, kind, key, body FROM hub_overruled WHERE id > ? ORDER BY id LIMIT ?`, after, noLimit(limit))
}
