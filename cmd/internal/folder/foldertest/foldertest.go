// Package foldertest opens data folders for the tests of those who use one, and
// writes into their journals. It must not be used outside tests.
package foldertest

import (
	"path/filepath"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/journal"
	"packbench/station/pack"
)

// Noon is the time that folders of [Shop] live in.
func Noon() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// Shop opens a fresh data folder with the sample shop, until the test ends.
func Shop(t testing.TB) *folder.Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	o := folder.Options{Clock: Noon}
	if err := folder.Init(t.Context(), dir, true, o); err != nil {
		t.Fatal(err)
	}
	d, err := folder.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Writer writes what a bench has decided into the journal.
type Writer struct {
	t     testing.TB
	d     *folder.Folder
	chain journal.Chain
}

// NewWriter returns the writer of a station that has written nothing yet.
func NewWriter(t testing.TB, d *folder.Folder, station string) *Writer {
	return &Writer{t: t, d: d, chain: journal.Chain{Writer: station}}
}

// Write writes a row with these facts, now by the folder's clock.
func (w *Writer) Write(facts ...pack.Fact) {
	w.t.Helper()
	w.WriteAt(w.d.Clock(), facts...)
}

// WriteAt is Write at another time.
func (w *Writer) WriteAt(at time.Time, facts ...pack.Fact) {
	w.t.Helper()
	row := w.Row(at, facts...)
	if err := w.d.Store.Append(w.t.Context(), row); err != nil {
		w.t.Fatal(err)
	}
	w.chain = w.chain.After(row)
}

// Row returns the row with these facts that is next, and does not write it.
func (w *Writer) Row(at time.Time, facts ...pack.Fact) journal.Row {
	w.t.Helper()
	in, decided, err := journal.Bench().Encode(pack.Input{Event: pack.Command{Name: "handover"}}, facts)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.chain.Next(at, in, decided)
}
