package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// SharedPlace returns how far a feed of the hub was read. A place that the disk has
// changed is the beginning: what is read once more changes nothing.
func (s *Store) SharedPlace(ctx context.Context, feed string) (int64, error) {
	n, _, err := Known(one(ctx, s.read, "read how far the hub was read", sound(integer), `SELECT n, `+doubt("hub_feeds", "")+` FROM hub_feeds WHERE feed = ?`, feed))
	if errors.Is(err, AlteredHere) {
		return 0, nil
	}
	return n, err
}

func (r *runner) readTo(feed string, n int64) {
	r.exec(`DELETE FROM hub_feeds WHERE feed = ? AND sum <> `+sumIn("hub_feeds"), feed)
	r.exec(`INSERT INTO hub_feeds (feed, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n`, feed, n)
}

// taking is one transaction that takes over rows of the hub.
type taking struct {
	runner
	columns sharedColumns
	until   time.Time // others want to write
	joins   bool      // the folder joins, and may lack what it told itself
	retry   bool      // what is taken now was put aside before
	tries   int64     // of the PIN that is written, those that the hub does not know
}

// TakeShared keeps what others changed, and that the feed was read up to a number. A row
// that is changed here too and not told yet is settled by what it is: see settled. Rows
// that this folder cannot keep now are kept aside and tried again with what comes later.
// It returns the names of those that were put aside.
func (s *Store) TakeShared(ctx context.Context, feed string, upTo int64, rows []Shared, joins bool) (unkept []string, err error) {
	if len(rows) > 0 {
		defer s.came.Add(1)
	}
	for first := true; first || len(rows) > 0; first = false {
		n, aside, err := s.takeSome(ctx, feed, upTo, rows, joins)
		if err != nil {
			return unkept, err
		}
		rows, unkept = rows[n:], append(unkept, aside...)
	}
	return unkept, nil
}

// takeSome takes over so many rows that a scan does not wait long for its turn to write. A
// power cut may undo it, with how far was read.
func (s *Store) takeSome(ctx context.Context, feed string, upTo int64, rows []Shared, joins bool) (n int, unkept []string, err error) {
	err = s.rebuild(ctx, "keep what others changed", func(tx *prepared) error {
		n, unkept = 0, nil
		in := &taking{runner: runner{ctx: ctx, tx: tx}, columns: sharedColumns{}, joins: joins, until: time.Now().Add(slice)}
		in.exec(`UPDATE hub_here SET copying = 1`)
		for ; n < len(rows) && (n == 0 || time.Now().Before(in.until)); n++ {
			r := rows[n]
			why, err := in.take(r)
			if err == nil {
				err = in.aside(r, why)
			}
			if err != nil {
				return err
			}
			if why != "" {
				unkept = append(unkept, r.Kind+" "+r.Key)
			}
		}
		at := upTo
		switch {
		case n < len(rows):
			at = rows[n-1].N
		case n > 0:
			in.err = in.again()
		}
		if n > 0 && in.err == nil {
			in.err = touchCatalogue(ctx, tx)
		}
		in.exec(`UPDATE hub_here SET copying = 0, seen = max(seen, ?)`, at)
		in.readTo(feed, at)
		return in.err
	})
	return n, unkept, err
}

// noted is a change of a row here that the hub was not told of.
type noted struct {
	is     bool
	madeOn int64
	again  bool
}

// take keeps one row. One that a table refuses, or of a table that this program does not
// know, is not kept, and why says so, which is no error: the others go on.
func (in *taking) take(r Shared) (why string, err error) {
	t, known := sharedTableOf(r.Kind)
	if !known {
		return "this program does not know " + r.Kind, nil
	}
	where, args, err := t.where(r.Key)
	if err != nil {
		return err.Error(), nil //nolint:nilerr // what one folder wrote wrongly stops nobody
	}
	there, err := readRow(r)
	if err != nil {
		return "it cannot be read", nil //nolint:nilerr // likewise
	}
	for i, k := range t.key {
		if v, err := sharedValue(there[k]); !r.Gone && (err != nil || v != args[i]) {
			return "it has another key", nil //nolint:nilerr // likewise
		}
	}
	change, err := in.noted(r)
	if err != nil || r.Own && !in.joins && !change.is {
		return "", err // what this folder said itself it knows
	}
	if r.Kind == "orders" && !r.Gone && (!r.Own || in.joins) {
		if done, why, err := in.identify(r.N, there, fmt.Sprint(args[0])); err != nil || done {
			return why, err
		}
		if change, err = in.noted(r); err != nil { // it may be another order's
			return "", err
		}
	}
	mine := Shared{Kind: r.Kind, Key: r.Key}
	if change.is || guarded[r.Kind] {
		if err := readShared(in.ctx, in.tx, in.columns, &mine); err != nil && !errors.As(err, new(Damage)) {
			return "", err
		}
	}
	if change.is && mine.Gone == r.Gone && bytes.Equal(mine.Body, r.Body) {
		return "", in.heard(r)
	}
	older := r.N <= change.madeOn || r.Again && change.again && r.MadeOn < change.madeOn
	if change.is && (older && !in.retry || r.Own && !in.joins) {
		return "", nil // it is newer here, and the hub will hear of it
	}
	return in.settle(t, where, args, r, mine, there, change)
}

// settle keeps what counts of a row that is not the same here and there.
func (in *taking) settle(t sharedTable, where string, args []any, r, mine Shared, there sharedRow, change noted) (why string, err error) {
	here, err := readRow(mine)
	if err != nil {
		here = nil // the disk has changed it
	}
	both := change.is && !change.again
	keep, lost, err := in.settled(t.name, here, there, both)
	if err != nil {
		return "", err
	}
	if lost {
		loser := mine
		if keep == mineCounts {
			loser = r
		}
		in.overruled(loser)
	}
	if keep == mineCounts {
		in.tell(r.Kind, r.Key, r.N)
		return "", in.err
	}
	why, err = in.write(t, where, args, there)
	if err != nil || why != "" {
		return why, err
	}
	if keep == mixed {
		in.tell(r.Kind, r.Key, r.N)
		return "", in.err
	}
	return "", in.heard(r)
}

// write puts a row in place of the one that is here; nil takes that away.
func (in *taking) write(t sharedTable, where string, args []any, row sharedRow) (why string, err error) {
	all, err := in.columns.of(in.ctx, in.tx, t)
	if err != nil {
		return "", err
	}
	columns, values, err := t.values(all, row)
	if err != nil {
		return err.Error(), nil //nolint:nilerr // what one folder wrote wrongly stops nobody
	}
	if err := in.keepOwn(t, values, where, args); err != nil {
		return "", err
	}
	in.exec(`SAVEPOINT shared`)
	in.exec(`DELETE FROM `+t.name+` WHERE `+where, args...)
	if row != nil {
		in.exec(`INSERT INTO `+t.name+` (`+strings.Join(columns, ", ")+`) VALUES (?`+strings.Repeat(", ?", len(columns)-1)+`)`, values...)
	}
	if in.err == nil {
		why, in.err = in.follow(t.name, fmt.Sprint(args[0]), row)
	}
	if isConstraint(in.err) {
		why, in.err = "another row has what it names", nil
	}
	if why != "" {
		in.exec(`ROLLBACK TO shared`)
	}
	in.exec(`RELEASE shared`)
	return why, in.err
}

// noted is the change of a row here.
func (in *taking) noted(r Shared) (noted, error) {
	n, is, err := Known(one(in.ctx, in.tx, "", func(scan func(...any) error) (n noted, err error) {
		return n, scan(&n.madeOn, &n.again)
	}, `SELECT made_on, again FROM hub_changes WHERE kind = ? AND key = ?`, r.Kind, r.Key))
	n.is = is
	return n, err
}

// tell has the hub told of a row as it is here, which was made knowing what the hub has.
func (in *taking) tell(kind, key string, knowing int64) {
	in.exec(`DELETE FROM hub_changes WHERE kind = ? AND key = ?`, kind, key)
	in.exec(`INSERT INTO hub_changes (kind, key, made_on) VALUES (?, ?, ?)`, kind, key, knowing)
}

// heard says that the hub has a row as it is here.
func (in *taking) heard(r Shared) error {
	in.exec(`DELETE FROM hub_changes WHERE kind = ? AND key = ?`, r.Kind, r.Key)
	return in.err
}

// sharedRow is a row by its columns; nil is none.
type sharedRow map[string]json.RawMessage

func readRow(r Shared) (row sharedRow, err error) {
	if r.Gone || len(r.Body) == 0 && r.Key == "" {
		return nil, nil
	}
	return row, json.Unmarshal(r.Body, &row)
}

// text is a column's value as a text, "" where it is none.
func (r sharedRow) text(column string) (s string) {
	if json.Unmarshal(r[column], &s) != nil {
		return ""
	}
	return s
}

func (r sharedRow) int(column string) (n int64) {
	if json.Unmarshal(r[column], &n) != nil {
		return 0
	}
	return n
}

func (r sharedRow) bytes(column string) []byte {
	var b sharedBytes
	if json.Unmarshal(r[column], &b) != nil {
		return nil
	}
	return b.B
}

// put sets a column to a text, a number or bytes.
func (r sharedRow) put(column string, v any) {
	if b, is := v.([]byte); is {
		v = sharedBytes{b}
	}
	r[column], _ = json.Marshal(v) // all of these can be
}

// values are those of the row for the columns that both programs know; the others keep
// what a new row has.
func (t sharedTable) values(all []string, row sharedRow) (columns []string, values []any, err error) {
	if row == nil {
		return nil, nil, nil
	}
	columns = slices.DeleteFunc(slices.Clone(all), func(c string) bool { return row[c] == nil })
	for _, c := range columns {
		v, err := sharedValue(row[c])
		if err != nil {
			return nil, nil, fmt.Errorf("column %s: %w", c, err)
		}
		values = append(values, v)
	}
	for _, own := range t.own {
		columns, values = append(columns, own), append(values, 0)
	}
	return columns, values, nil
}

// keepOwn puts what this folder has of its own columns, which stand last, into the values.
func (in *taking) keepOwn(t sharedTable, values []any, where string, args []any) error {
	if len(t.own) == 0 || len(values) == 0 || t.name == "orders" { // whether one is due is worked out anew
		return nil
	}
	own, known, err := Known(one(in.ctx, in.tx, "", func(scan func(...any) error) ([]int64, error) {
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
