package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/journal"
)

// AppendCopied keeps rows of another writer's chain that came from the hub, in order.
// Each must follow the row before it, carry its own hash and hold what this program can
// read: else it is an error, and none is kept. A power cut may undo it: the rows are asked for again.
func (s *Store) AppendCopied(ctx context.Context, rows []journal.Row) error {
	if len(rows) == 0 {
		return nil
	}
	writer := rows[0].Writer
	head, err := s.Head(ctx, writer)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := head.Check(r); err != nil {
			return err
		}
		// One that cannot be taken up would stop all that is built from the journal.
		if _, err := s.projected.Facts(r); err != nil {
			return err
		}
		head = head.After(r)
	}
	if rows[0].Seq == 1 {
		hash, _, err := sums(rows[0])
		if err == nil {
			err = s.appendFirst(ctx, rows[0], hash)
		}
		if err != nil {
			return err
		}
		rows = rows[1:]
	}
	return s.rebuild(ctx, "keep the journal of "+writer, func(tx *prepared) error {
		no, err := s.number(ctx, tx, writer)
		run := runner{ctx: ctx, tx: tx, err: err}
		for _, r := range rows {
			hash, prev, err := sums(r)
			if err != nil {
				return err
			}
			run.exec(insertNext, no<<seqBits+r.Seq, journal.Clock(r.At), r.Input, r.Facts, prev, hash)
		}
		return run.err
	})
}

// SharedPlace returns how far a feed of the hub was read.
func (s *Store) SharedPlace(ctx context.Context, feed string) (int64, error) {
	n, _, err := Known(one(ctx, s.read, "read how far the hub was read", integer, `SELECT n FROM hub_feeds WHERE feed = ?`, feed))
	return n, err
}

// TakeShared keeps what others changed, and that the feed was read up to a number. A row
// that is changed here too and not told yet stays as it is here: the hub will hear of it,
// and who says it last is right; but of a folder that joins, whose every row is still to
// be told, the hub is right. Rows that this folder cannot keep are named.
func (s *Store) TakeShared(ctx context.Context, feed string, upTo int64, rows []Shared, joins bool) (unkept []string, err error) {
	err = s.change(ctx, "keep what others changed", func(tx *prepared) error {
		unkept = nil
		run := runner{ctx: ctx, tx: tx}
		run.exec(`UPDATE hub_here SET copying = 1`)
		columns := sharedColumns{}
		for _, r := range rows {
			if run.err != nil {
				break
			}
			kept, err := takeShared(ctx, tx, columns, r, joins)
			if !kept && err == nil {
				unkept = append(unkept, r.Kind+" "+r.Key)
			}
			run.err = err
		}
		if run.err == nil && len(rows) > 0 {
			run.err = touchCatalogue(ctx, tx)
		}
		run.exec(`UPDATE hub_here SET copying = 0`)
		run.exec(`INSERT INTO hub_feeds (feed, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n`, feed, upTo)
		return run.err
	})
	return unkept, err
}

// takeShared keeps one row. One that a table refuses, or of a table that this program
// does not know, is not kept, which is no error: the others go on.
func takeShared(ctx context.Context, tx *prepared, all sharedColumns, r Shared, joins bool) (kept bool, err error) {
	t, known := sharedTableOf(r.Kind)
	if !known {
		return false, nil
	}
	here, err := one(ctx, tx, "", integer, `SELECT count(*) FROM hub_changes WHERE kind = ? AND key = ?`, r.Kind, r.Key)
	if err != nil || here > 0 && !joins {
		return err == nil, err
	}
	where, args, err := t.where(r.Key)
	if err != nil {
		return false, nil //nolint:nilerr // a key of another program
	}
	if r.Kind == "orders" && !r.Gone {
		if newer, err := newerHere(ctx, tx, r, args[0]); err != nil || newer {
			return err == nil, err
		}
	}
	there, err := all.of(ctx, tx, t)
	if err != nil {
		return false, err
	}
	columns, values, err := t.values(there, r)
	if err != nil {
		return false, nil //nolint:nilerr // what one folder wrote wrongly stops nobody
	}
	if err := t.keepOwn(ctx, tx, values, where, args); err != nil {
		return false, err
	}
	run := runner{ctx: ctx, tx: tx}
	run.exec(`SAVEPOINT shared`)
	run.exec(`DELETE FROM `+t.name+` WHERE `+where, args...)
	if !r.Gone {
		run.exec(`INSERT INTO `+t.name+` (`+strings.Join(columns, ", ")+`) VALUES (?`+strings.Repeat(", ?", len(columns)-1)+`)`, values...)
	}
	if r.Kind == "orders" {
		run.exec(`DELETE FROM order_skus WHERE order_id = ?`, args[0])
		if run.err == nil {
			run.err = settleDue(ctx, tx, fmt.Sprint(args[0]))
		}
	}
	if isConstraint(run.err) {
		run.err = nil
		run.exec(`ROLLBACK TO shared`)
		run.exec(`RELEASE shared`)
		return false, run.err
	}
	run.exec(`DELETE FROM hub_changes WHERE kind = ? AND key = ?`, r.Kind, r.Key)
	run.exec(`RELEASE shared`)
	return true, run.err
}

// newerHere reports whether an order is a later one here, and has the hub told so: who was
// away says late what was long ago.
func newerHere(ctx context.Context, tx *prepared, r Shared, id any) (bool, error) {
	var given struct {
		Version int64 `json:"version"`
	}
	if json.Unmarshal(r.Body, &given) != nil {
		return false, nil
	}
	have, known, err := Known(one(ctx, tx, "", integer, `SELECT version FROM orders WHERE id = ?`, id))
	if err != nil || !known || have <= given.Version {
		return false, err
	}
	run := runner{ctx: ctx, tx: tx}
	run.exec(`DELETE FROM hub_changes WHERE kind = ? AND key = ?`, r.Kind, r.Key)
	run.exec(`INSERT INTO hub_changes (kind, key) VALUES (?, ?)`, r.Kind, r.Key)
	return true, run.err
}

// values are those of the row for the columns that both programs know; the others keep
// what a new row has.
func (t sharedTable) values(all []string, r Shared) (columns []string, values []any, err error) {
	if r.Gone {
		return nil, nil, nil
	}
	var row map[string]json.RawMessage
	if err := json.Unmarshal(r.Body, &row); err != nil {
		return nil, nil, fmt.Errorf("what the hub has of %s %s cannot be read: %w", r.Kind, r.Key, err)
	}
	columns = slices.DeleteFunc(slices.Clone(all), func(c string) bool { return row[c] == nil })
	for _, c := range columns {
		v, err := sharedValue(row[c])
		if err != nil {
			return nil, nil, fmt.Errorf("what the hub has of %s %s cannot be read: %w", r.Kind, r.Key, err)
		}
		values = append(values, v)
	}
	if len(columns) == 0 {
		return nil, nil, fmt.Errorf("what the hub has of %s %s is empty", r.Kind, r.Key)
	}
	for _, own := range t.own {
		columns, values = append(columns, own), append(values, 0)
	}
	return columns, values, nil
}

// keepOwn puts what this folder has of its own columns, which stand last, into the values.
func (t sharedTable) keepOwn(ctx context.Context, tx *prepared, values []any, where string, args []any) error {
	if len(t.own) == 0 || len(values) == 0 || t.name == "orders" { // whether one is due is worked out anew
		return nil
	}
	own, known, err := Known(one(ctx, tx, "", func(scan func(...any) error) ([]int64, error) {
		own, into := make([]int64, len(t.own)), make([]any, len(t.own))
		for i := range own {
			into[i] = &own[i]
		}
		return own, scan(into...)
	}, `SELECT `+strings.Join(t.own, ", ")+` FROM `+t.name+` WHERE `+where, args...))
	if err != nil || !known {
		return err
	}
	for i, v := range own {
		values[len(values)-len(own)+i] = v
	}
	return nil
}

func sharedValue(text json.RawMessage) (any, error) {
	var v any
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	switch of := v.(type) {
	case json.Number:
		return of.Int64()
	case map[string]any:
		var b sharedBytes
		err := json.Unmarshal(text, &b)
		return nonNil(b.B), err
	case string:
		return of, nil
	}
	return nil, errors.New("it is of no kind that a column holds")
}

// ClaimNews is who holds an order, as the hub says it.
type ClaimNews struct {
	Order, Station string
	Since          time.Time
	Free           bool
}

// TakeClaims keeps who holds which order, and that the feed was read up to a number. What
// this station holds stays: it is for the exchange to settle.
func (s *Store) TakeClaims(ctx context.Context, station, feed string, upTo int64, news []ClaimNews) error {
	return s.change(ctx, "keep who packs which order", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, c := range news {
			if c.Station == station {
				continue
			}
			run.exec(`DELETE FROM claims WHERE order_id = ? AND station <> ?`, c.Order, station)
			if !c.Free {
				run.exec(`INSERT INTO claims (order_id, station, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, c.Order, c.Station, nanos(c.Since))
			}
		}
		run.exec(`INSERT INTO hub_feeds (feed, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n`, feed, upTo)
		return run.err
	})
}

// ClaimsOf returns the orders that a station holds here.
func (s *Store) ClaimsOf(ctx context.Context, station string) ([]string, error) {
	return list(ctx, s.read, "read the claims of "+station, text, `SELECT order_id FROM claims WHERE station = ? ORDER BY order_id`, station)
}
