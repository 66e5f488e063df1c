package doctor

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/store"
)

// A4: a kept document that the disk has changed is told by the doctor.
func TestAChangedDocumentIsTold(t *testing.T) { // A4
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	d, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if _, err := d.Store.KeepDocuments(t.Context(), store.Document{ID: "D1", Effect: "S1.1.1", Kind: "label", PDF: []byte("%PDF one")}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", d.Path(store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `UPDATE documents SET pdf = x'00'`); err != nil {
		t.Fatal(err)
	}
	told := false
	for _, c := range Examine(t.Context(), dir, folder.Options{}) {
		told = told || c.Check == "database" && !c.OK && strings.Contains(c.Message, "D1")
	}
	if !told {
		t.Error("the doctor says nothing of it")
	}
}
