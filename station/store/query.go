package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// list reads all rows of a query.
func list[T any](ctx context.Context, q querier, doing string, read func(scan func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fault(doing, err)
	}
	var out []T
	for rows.Next() {
		v, err := read(rows.Scan)
		if err != nil {
			return nil, fault(doing, errors.Join(err, rows.Close()))
		}
		out = append(out, v)
	}
	return out, fault(doing, errors.Join(rows.Err(), rows.Close()))
}

// one reads the first row of a query; no row is ErrUnknown.
func one[T any](ctx context.Context, q querier, doing string, read func(scan func(...any) error) (T, error), query string, args ...any) (T, error) {
	v, err := read(q.QueryRowContext(ctx, query, args...).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrUnknown
	}
	return v, fault(doing, err)
}

func text(scan func(...any) error) (string, error) {
	var s string
	return s, scan(&s)
}

func integer(scan func(...any) error) (int64, error) {
	var n int64
	return n, scan(&n)
}

// object reads one JSON column.
func object[T any](scan func(...any) error) (T, error) {
	var v T
	var body []byte
	if err := scan(&body); err != nil {
		return v, err
	}
	return v, json.Unmarshal(body, &v)
}

// isConstraint reports whether a table refused a row: a unique key was there
// already, or a value was missing.
func isConstraint(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

// nanos is a time as the tables hold it; the zero time is 0.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func clock(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}
