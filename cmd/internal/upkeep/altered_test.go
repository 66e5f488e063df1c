package upkeep

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/station/store"
)

// A4: of a kept document that the disk has changed no backup is made, and the good one
// of before stays.
func TestNoBackupOfAChangedDocument(t *testing.T) { // A4
	ctx := t.Context()
	dir, file := backedUp(t)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if _, err := d.Store.KeepDocuments(ctx, store.Document{ID: "D1", Effect: "S1.1.1", Kind: "label", PDF: []byte("%PDF one")}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, `UPDATE documents SET pdf = x'00'`); err != nil {
		t.Fatal(err)
	}
	if _, err := New(d).Backup(ctx, file); !errors.Is(err, store.Altered) {
		t.Errorf("the backup says %v", err)
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Errorf("the backup of before is another one: %v", err)
	}
}
