package upkeep

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
	"packbench/station/store"
)

// A4: a bit that flips anywhere in the database is noticed by verifying, or changes
// nothing that is kept in it.
func TestA4AFlippedBitIsNoticed(t *testing.T) {
	ctx := t.Context()
	o := folder.Options{Clock: foldertest.Noon}
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, o)
	d, err := folder.Open(ctx, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	w := foldertest.NewWriter(t, d, "S1")
	w.Write(pack.SignedOff{})
	for i := range 20 {
		parcel := fmt.Sprintf("100%d-1", i)
		n, err := d.Store.LabelNumbers(ctx, store.Numbering{
			Effect: fmt.Sprintf("S1.1.%d", i), Parcel: parcel, Station: "S1", Carrier: "heron", SSCC: d.SSCCRange(),
			Tracking: store.Range{Shape: "HN********", First: 1, Last: 999, Make: func(n uint64) (string, error) { return fmt.Sprint("HN", n), nil }},
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Write(pack.LabelKept{Parcel: parcel, Label: pack.Label{SSCC: n.SSCC, Tracking: n.Tracking, Document: fmt.Sprint("D", i)}})
		doc := store.Document{ID: fmt.Sprint("D", i), Effect: fmt.Sprint("S1.1.", i), Kind: "label", Order: fmt.Sprint("100", i), Parcel: parcel, At: foldertest.Noon(), PDF: []byte("%PDF " + strings.Repeat(parcel, 50))}
		if _, err := d.Store.KeepDocuments(ctx, doc); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Store.ClaimOrder(ctx, doc.Order, "S1", foldertest.Noon()); err != nil {
			t.Fatal(err)
		}
		if err := d.Store.KeepNote(ctx, fmt.Sprint("N", i), "C1", "a note of some length"); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(d.Store.CatchUp(ctx), d.Close()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, store.FileName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, err := contents(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	flips := 150
	if testing.Short() {
		flips = 15
	}
	random := rand.New(rand.NewPCG(4, 2026))
	noticed := 0
	for range flips {
		at, bit := random.IntN(len(whole)), byte(1)<<random.IntN(8)
		for whole[at] == 0 && random.IntN(20) != 0 { // most of a database is empty
			at = random.IntN(len(whole))
		}
		flipped := slices.Clone(whole)
		flipped[at] ^= bit
		for _, old := range []string{path + "-wal", path + "-shm"} {
			_ = os.Remove(old)
		}
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if isNoticed(ctx, dir) {
			noticed++
			continue
		}
		if have, err := contents(ctx, path); err != nil || have != want {
			t.Errorf("byte %d, bit %d is not noticed: %s, %v", at, bit, difference(want, have), err)
		}
	}
	t.Logf("%d flips, %d noticed, the others changed nothing", flips, noticed)
}

// isNoticed reports whether the folder is not opened, or verifying finds a fault.
func isNoticed(ctx context.Context, dir string) bool {
	d, err := folder.Open(ctx, dir, folder.Options{Clock: foldertest.Noon})
	if err != nil {
		return true
	}
	defer func() { _ = d.Close() }()
	v, err := New(d).Verify(ctx)
	return err != nil || v.Err() != nil || d.Store.CheckNumbers(ctx) != nil
}

// contents are all rows of all tables, as a program reads them.
func contents(ctx context.Context, path string) (string, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
	if err != nil {
		return "", err
	}
	var tables []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return "", err
		}
		tables = append(tables, name)
	}
	var out []string
	for _, table := range tables {
		// A snapshot that is not right is not read. A counter that is too large is refused; of
		// one that is too small the file of the numbers knows better: see store.CheckNumbers.
		if table == "snapshots" || table == "counters" {
			continue
		}
		rows, err := db.QueryContext(ctx, `SELECT * FROM `+table)
		if err != nil {
			return "", err
		}
		columns, err := rows.Columns()
		if err != nil {
			return "", err
		}
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return "", err
			}
			out = append(out, fmt.Sprintf("%s %q", table, values))
		}
		if err := rows.Err(); err != nil {
			return "", err
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n"), nil
}

func difference(want, have string) string {
	a, b := strings.Split(want, "\n"), strings.Split(have, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("%.300s\nis %.300s", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d rows are %d", len(a), len(b))
}
