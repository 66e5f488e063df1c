package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/station/pack"
)

// A4: one flipped bit in the name of a projection left something to take up for ever,
// and nothing that could be taken up.
func TestAFlippedBitDoesNotSpin(t *testing.T) { // A4
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), FileName))
	newBench(t, s, "S1").write(pack.SignedOff{})
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(ctx, `UPDATE positions SET projection = 'ordess', seq = 0 WHERE projection = 'orders'`); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.CatchUp(ctx) }()
	select {
	case err := <-ended:
		if !errors.Is(err, Corrupt) {
			t.Errorf("it says %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it spins")
	}
}

// A4: a kept document that the disk has changed is refused, not used.
func TestAChangedDocumentIsRefused(t *testing.T) { // A4
	ctx := t.Context()
	for _, change := range []string{
		`UPDATE documents SET pdf = CAST(replace(CAST(pdf AS TEXT), 'one', 'onf') AS BLOB) WHERE id = 'D1'`,
		`UPDATE documents SET parcel = '1001-2' WHERE id = 'D1'`,
	} {
		s := open(t, filepath.Join(t.TempDir(), FileName))
		for _, d := range []Document{
			{ID: "D1", Effect: "S1.1.1", Kind: "label", Order: "1001", Parcel: "1001-1", PDF: []byte("%PDF one")},
			{ID: "D2", Effect: "S1.1.2", Kind: "label", Order: "1001", Parcel: "1001-2", PDF: []byte("%PDF two")},
		} {
			if _, err := s.KeepDocuments(ctx, d); err != nil {
				t.Fatal(err)
			}
		}
		if changed, err := s.ChangedDocuments(ctx); err != nil || len(changed) != 0 {
			t.Errorf("before: %v, %v", changed, err)
		}
		if _, err := s.write.ExecContext(ctx, change); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Document(ctx, "D1"); !errors.Is(err, Altered) {
			t.Errorf("%s: by its id: %v", change, err)
		}
		if _, err := s.DocumentByEffect(ctx, "S1.1.1"); !errors.Is(err, Altered) {
			t.Errorf("%s: by its effect: %v", change, err)
		}
		if d, err := s.Document(ctx, "D2"); err != nil || string(d.PDF) != "%PDF two" {
			t.Errorf("the other one: %+v, %v", d, err)
		}
		if changed, err := s.ChangedDocuments(ctx); err != nil || len(changed) != 1 || changed[0] != "D1" {
			t.Errorf("%s: changed are %v, %v", change, changed, err)
		}
	}
}

// A4: documents of a database of before get their sums when it is opened.
func TestOldDocumentsGetTheirSums(t *testing.T) { // A4
	ctx := t.Context()
	path, db := older(t, 13)
	_, err := db.ExecContext(ctx, `INSERT INTO documents (id, effect, kind, order_id, parcel, profile, file, at, pdf)
		VALUES ('D1', 'S1.1.1', 'label', '', '', '', '', 0, ?)`, []byte("%PDF one"))
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if d, err := s.Document(ctx, "D1"); err != nil || string(d.PDF) != "%PDF one" {
		t.Fatalf("%+v, %v", d, err)
	}
	if _, err := s.write.ExecContext(ctx, `UPDATE documents SET pdf = x'00'`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Document(ctx, "D1"); !errors.Is(err, Altered) {
		t.Errorf("a changed one: %v", err)
	}
}

// A4: what is wrong with the file itself is found, quickly too.
func TestADamagedPageIsFound(t *testing.T) { // A4
	path := filepath.Join(t.TempDir(), FileName)
	s := open(t, path)
	for range 50 {
		newBench(t, s, "S1")
	}
	for _, quickly := range []bool{true, false} {
		if err := s.Integrity(t.Context(), quickly); err != nil {
			t.Errorf("a whole database, quickly %t: %v", quickly, err)
		}
	}
	if _, err := s.write.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	page, err := one(t.Context(), s.read, "", integer, `SELECT rootpage FROM sqlite_schema WHERE name = 'journal'`)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte{0xFF, 0xFF}, (page-1)*4096+3); err != nil { // the number of its cells
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	for _, quickly := range []bool{true, false} {
		if err := s.Integrity(t.Context(), quickly); !errors.Is(err, Corrupt) {
			t.Errorf("a damaged one, quickly %t: %v", quickly, err)
		}
	}
}
