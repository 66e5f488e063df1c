package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// bulk writes rows by the hundred, for who brings the sums of the rows along. It has a
// connection of its own, without the triggers that set them: where those stand, SQLite
// keeps every page as it was before each statement.
//
// What it writes can be written again: a commit does not wait for the disk. Whatever
// change or Append commits after it waits for both.
type bulk struct {
	store *Store
	db    *sql.DB
	conn  *sql.Conn
	quick *direct
	texts map[text2]string
}

type text2 struct {
	text string
	rows int
}

// bulkSizes are how many rows one statement takes, the most first.
var bulkSizes = []int{64, 8, 1}

func (s *Store) bulk(ctx context.Context) (*bulk, error) {
	db, err := connect(s.path, s.busy, false, 1)
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	b := &bulk{s, db, conn, &direct{conn: conn}, map[text2]string{}}
	for _, pragma := range []string{"PRAGMA busy_timeout=0", "PRAGMA synchronous=NORMAL"} {
		if _, err := conn.ExecContext(ctx, pragma); err != nil {
			return nil, errors.Join(err, b.close())
		}
	}
	return b, nil
}

func (b *bulk) close() error { return errors.Join(b.quick.close(), b.conn.Close(), b.db.Close()) }

// within runs do in one transaction. Who wants to write meanwhile comes before the next.
func (b *bulk) within(ctx context.Context, do func() error) error {
	done, err := b.store.take(ctx)
	if err != nil {
		return err
	}
	defer done()
	began := time.Now()
	if err := b.store.retryBusy(ctx, func() error { return b.quick.exec("BEGIN IMMEDIATE") }); err != nil {
		return err
	}
	if err = do(); err == nil {
		err = b.quick.exec("COMMIT")
	}
	if err != nil {
		_ = b.quick.exec("ROLLBACK") // SQLite may have done so itself
		return err
	}
	b.store.commits++
	if took := time.Since(began); took > longTurn {
		time.Sleep(2 * eagerness)
	}
	return nil
}

// rows runs a statement in which %s stands for the rows of a VALUES, of as many columns
// as args has for each of so many rows, and returns how many it changed.
func (b *bulk) rows(text string, rows int, args []any) (int64, error) {
	return b.quick.count(b.text(text, rows, len(args)/rows), args...)
}

func (b *bulk) text(text string, rows, columns int) string {
	full, ok := b.texts[text2{text, rows}]
	if !ok {
		row := "(?" + strings.Repeat(", ?", columns-1) + ")"
		full = fmt.Sprintf(text, row+strings.Repeat(", "+row, rows-1))
		b.texts[text2{text, rows}] = full
	}
	return full
}

// some returns the size of the next statement for so many rows that are left.
func (b *bulk) some(left int) int {
	for _, n := range bulkSizes {
		if n <= left {
			return n
		}
	}
	return 0
}
