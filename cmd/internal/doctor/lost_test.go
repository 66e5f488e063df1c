package doctor

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/config"
	"packbench/station/store"
)

// A2: a database that is gone is not replaced by an empty one, which would look like
// a new shop; the doctor says so and nothing is written.
func TestALostDatabaseIsNotMadeAnew(t *testing.T) {
	for how, lose := range map[string]func(path string) error{
		"deleted": func(string) error { return nil },
		"emptied": func(path string) error { return os.Truncate(path, 0) },
		"another program's": func(path string) error {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				return err
			}
			_, err = db.Exec("PRAGMA application_id = 1")
			return errors.Join(err, db.Close())
		},
	} {
		t.Run(how, func(t *testing.T) {
			dir := t.TempDir()
			foldertest.Init(t, dir, true, folder.Options{})
			path := filepath.Join(dir, store.FileName)
			if how != "emptied" {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
			if err := lose(path); err != nil {
				t.Fatal(err)
			}
			if d, err := folder.Open(t.Context(), dir, folder.Options{}); !errors.Is(err, store.Lost) || !strings.Contains(err.Error(), "packctl restore") {
				t.Errorf("opened %v, %v", d, err)
			}
			var said *Check
			for _, c := range Examine(t.Context(), dir, folder.Options{}) {
				if c.Check == "database" {
					said = &c
				}
			}
			if said == nil || said.OK || !strings.Contains(said.Message, "missing or empty") || !strings.Contains(said.Fix, "packctl restore") {
				t.Errorf("the doctor says %+v", said)
			}
			if info, err := os.Stat(path); err == nil && info.Size() > 4096 {
				t.Errorf("a database of %d bytes was made", info.Size())
			}
		})
	}
}

// A7: only its owner reads a data folder's files. What an older program left open is
// closed when it is opened; what stays open the doctor tells.
func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps rights with the folder")
	}
	dir := t.TempDir()
	foldertest.Init(t, dir, true, folder.Options{})
	private := []string{store.FileName, config.File, folder.TraceKeyFile}
	for _, name := range private {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if err := errors.Join(os.Chmod(filepath.Join(dir, store.FileName), 0o644), os.Chmod(filepath.Join(dir, config.File), 0o644)); err != nil {
		t.Fatal(err)
	}
	var told string
	for _, c := range Examine(t.Context(), dir, folder.Options{}) {
		if c.Check == "file rights" && !c.OK {
			told = c.Message + c.Fix
		}
	}
	if !strings.Contains(told, config.File) || strings.Contains(told, store.FileName) {
		t.Errorf("the doctor says %q", told)
	}
	if info, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the database stays open to others: %v, %v", info.Mode(), err)
	}
}
