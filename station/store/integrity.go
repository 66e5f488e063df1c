package store

import (
	"context"
	"errors"
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
