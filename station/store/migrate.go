package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Newer says that the database was written by a newer program. It was not
// changed.
type Newer struct {
	Have int // format of the database
	Know int // newest format that this program knows
}

// Error says what to do.
func (n *Newer) Error() string {
	return fmt.Sprintf("this data folder was used by a newer packbench (format %d, this program knows up to %d): "+
		"install the newer program", n.Have, n.Know)
}

// Format is the newest format of a data folder that this program knows.
func Format() int {
	files, _ := fs.Glob(migrations, "migrations/*.sql") // the pattern is right
	return len(files)
}

// migrate brings the database to the newest format, all or nothing.
func migrate(ctx context.Context, db *sql.Conn) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	slices.Sort(files)
	have, err := format(ctx, db)
	if err != nil {
		return err
	}
	if have > len(files) {
		return &Newer{Have: have, Know: len(files)}
	}
	if have == len(files) {
		return nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := steps(ctx, tx, files); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// steps runs the files that the database has not seen. It looks again, because
// another process may have been first.
func steps(ctx context.Context, tx *sql.Tx, files []string) error {
	have, err := format(ctx, tx)
	if err != nil {
		return err
	}
	for i := have; i < len(files); i++ {
		text, err := migrations.ReadFile(files[i])
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("%s: %w", files[i], err)
		}
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version=%d", i+1)); err != nil {
			return err
		}
	}
	return nil
}

// Formats 41 to 45 of some commits hold other files of these numbers than format 46 does.
// What a folder has of them is not known by its number alone: each of them makes only what
// is not there yet, and all are run.
const (
	lastCertain = 40
	certainFrom = 46
)

// format is the number of the files that the database has seen for certain.
func format(ctx context.Context, q querier) (int, error) {
	var v int
	err := q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v)
	if lastCertain < v && v < certainFrom {
		v = lastCertain
	}
	return v, err
}
