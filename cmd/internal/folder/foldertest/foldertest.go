// Package foldertest opens data folders for the tests of those who use one, and
// writes into their journals. It must not be used outside tests.
package foldertest

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
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
	Init(t, dir, true, o)
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

// Init is folder.Init for tests: what was made once is written again, because hundreds
// of tests begin with the same shop. Folders of one test program have the same keys.
func Init(t testing.TB, dir string, demo bool, o folder.Options) {
	t.Helper()
	of := made{demo: demo}
	if o.Clock != nil {
		of.at = o.Clock().String()
	}
	madeOnce.Lock()
	defer madeOnce.Unlock()
	files := madeFolders[of]
	if files == nil {
		if err := folder.Init(t.Context(), dir, demo, o); err != nil {
			t.Fatal(err)
		}
		files = filesOf(t, dir)
		madeFolders[of] = files
		return
	}
	for _, f := range files {
		path, err := filepath.Join(dir, f.path), error(nil)
		if f.mode.IsDir() {
			err = os.MkdirAll(path, f.mode.Perm())
		} else {
			err = os.WriteFile(path, f.content, f.mode)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// made is what a folder was made of.
type made struct {
	demo bool
	at   string
}

// made folders are kept in memory: none is left behind on the disk.
var (
	madeOnce    sync.Mutex
	madeFolders = map[made][]file{}
)

type file struct {
	path    string
	mode    fs.FileMode
	content []byte
}

// filesOf reads a folder, outer folders before what is in them.
func filesOf(t testing.TB, dir string) (out []file) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		f := file{path: path[len(dir):], mode: info.Mode()}
		if !e.IsDir() {
			f.content, err = os.ReadFile(path)
		}
		out = append(out, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
