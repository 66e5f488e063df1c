package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Integrity reads the whole database and reports what SQLite finds wrong with it, as
// Corrupt. Quickly is several times as fast and does not compare tables with their
// indexes. A changed letter in a text is no fault of the database: see Document.
func (s *Store) Integrity(ctx context.Context, quickly bool) error {
	const doing = "check the database"
	pragma := `PRAGMA integrity_check(1)`
	if quickly {
		pragma = `PRAGMA quick_check(1)`
	}
	found, err := one(ctx, s.read, doing, text, pragma)
	if err == nil && found != "ok" {
		err = &Fault{Kind: Corrupt, Doing: doing, Err: errors.New(found)}
	}
	return err
}

// Damage is something in the database that is not what was written, by its name.
type Damage struct {
	What string
	Kind Kind
}

// Error says what it is and what to do.
func (d Damage) Error() string { return fmt.Sprintf("%s: %s. %s", d.What, d.Kind, d.Kind.Hint()) }

// Unwrap returns the kind.
func (d Damage) Unwrap() error { return d.Kind }

// Altered reads everything that is kept, but what is built from the journal and the
// journal itself, and returns what is not what was written. What Integrity finds it
// does not.
func (s *Store) Altered(ctx context.Context) ([]Damage, error) {
	out, err := s.alteredRows(ctx)
	if err != nil {
		return nil, err
	}
	documents, err := s.ChangedDocuments(ctx)
	for _, id := range documents {
		out = append(out, Damage{"document " + id, Altered})
	}
	if err != nil {
		return nil, err
	}
	count := func(what, query string) error {
		n, err := one(ctx, s.read, "check "+what, integer, query)
		if err == nil && n != 0 {
			out = append(out, Damage{what, AlteredHere})
		}
		return err
	}
	if err := count("the number of orders to pack", `SELECT (SELECT n FROM tallies WHERE name = 'due') <> (SELECT count(*) FROM orders WHERE due = 1)`); err != nil {
		return nil, err
	}
	if err := count("the names of what is counted", `SELECT count(*) <> 2 OR sum(name IN ('due', 'catalogue')) <> 2 FROM tallies`); err != nil {
		return nil, err
	}
	// One that stands too far would never take up what lies between; one of nobody is
	// another's that was changed.
	if err := count("how far the journal was taken up", `SELECT count(*) FROM positions p LEFT JOIN writers w ON w.writer = p.writer
		WHERE w.no IS NULL OR p.seq > (SELECT coalesce(max(id), w.no << 40) FROM journal WHERE id < (w.no + 1) << 40) - (w.no << 40)`); err != nil {
		return nil, err
	}
	// Rows are numbered one by one as they arrive, whoever writes.
	if err := count("the order of the journal's rows", `SELECT count(*) <> coalesce(max(n), 0) OR count(*) <> count(DISTINCT n) OR coalesce(min(n), 1) <> 1 FROM journal`); err != nil {
		return nil, err
	}
	tables, err := s.alteredTables(ctx)
	return append(out, tables...), err
}

// alteredTables compares the descriptions of all tables with those that a new database
// gets: a changed letter may be another type, and with it another order of numbers.
func (s *Store) alteredTables(ctx context.Context) (out []Damage, err error) {
	want, err := described.ofNew(ctx)
	if err != nil {
		return nil, err
	}
	if _, member, err := Known(s.Member(ctx)); err != nil {
		return nil, err
	} else if member {
		texts, err := sharedTriggers(ctx, s.read)
		if err != nil {
			return nil, err
		}
		want = maps.Clone(want)
		for name, of := range texts {
			want[name] = of.described()
		}
	}
	have, err := descriptions(ctx, s.read)
	for name, text := range want {
		if have[name] != text {
			out = append(out, Damage{"the description of table " + name, AlteredHere})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if _, known := want[name]; !known {
			out = append(out, Damage{"the description of table " + name, AlteredHere})
		}
	}
	return out, err
}

// described keeps what a new database is described as: to make one takes longer than
// all else that is verified in a small shop.
var described newTables

type newTables struct {
	mu    sync.Mutex
	texts map[string]string
}

func (n *newTables) ofNew(ctx context.Context) (texts map[string]string, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.texts != nil {
		return n.texts, nil
	}
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	db, err := fresh.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrate(ctx, db); err != nil {
		return nil, err
	}
	if texts, err = descriptions(ctx, db); err == nil {
		n.texts = texts
	}
	return texts, err
}

func descriptions(ctx context.Context, q querier) (map[string]string, error) {
	texts := map[string]string{}
	_, err := list(ctx, q, "check the tables", func(scan func(...any) error) (struct{}, error) {
		var name, text string
		err := scan(&name, &text)
		texts[name] = text
		return struct{}{}, err
	}, `SELECT name, type || ' ' || tbl_name || ' ' || sql FROM sqlite_schema WHERE sql <> ''`)
	return texts, err
}
