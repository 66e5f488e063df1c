package printer

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Labels hold addresses: a folder that is made for them is its user's alone. One
// that stands is open to whom it is open, and so is what is written there.
func TestWhoMayReadADocument(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has other rights")
	}
	for name, c := range map[string]struct {
		folder   os.FileMode // 0: it is made
		private  bool
		dir, doc os.FileMode
	}{
		"made":                     {0, false, 0o700, 0o600},
		"made, private":            {0, true, 0o700, 0o600},
		"open to all":              {0o755, false, 0o755, 0o644},
		"open to a group":          {0o750, false, 0o750, 0o640},
		"of its user":              {0o700, false, 0o700, 0o600},
		"open to all, yet private": {0o755, true, 0o755, 0o600},
	} {
		dir := filepath.Join(t.TempDir(), "out", "labels")
		if c.folder != 0 {
			if err := os.MkdirAll(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(dir, c.folder); err != nil {
				t.Fatal(err)
			}
		}
		r, err := Folder{Dir: dir, Private: c.private}.Print(t.Context(), Job{Name: "1-1", PDF: []byte("%PDF")})
		if err != nil {
			t.Fatal(err)
		}
		wantMode(t, name, dir, c.dir)
		wantMode(t, name, r.File, c.doc)
		if err := os.Chmod(r.File, 0o664); err != nil {
			t.Fatal(err)
		}
		if _, err := (Folder{Dir: dir, Private: c.private}).Print(t.Context(), Job{Name: "1-1", PDF: []byte("%PDF-1.4")}); err != nil {
			t.Fatal(err)
		}
		wantMode(t, name+", again", r.File, 0o664)
	}
}

func wantMode(t *testing.T, what, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s: %s has the mode %o, want %o", what, filepath.Base(path), got, want)
	}
}

// A1: another program that watches the folder takes each file away as it appears,
// here before anybody could note that it was printed. A missing file is printed
// again by itself only where the folder's own record proves that it never was there.
func TestAFileThatWasTakenAwayWasNotNeverWritten(t *testing.T) { // A1
	for name, c := range map[string]struct {
		record  bool // the folder has one from its beginning
		greedy  bool // the other program takes the record too
		printed bool
		want    State
	}{
		"taken away":                       {record: true, printed: true, want: Unknown},
		"never written":                    {record: true, want: Rejected},
		"taken away, record and all":       {record: true, greedy: true, printed: true, want: Unknown},
		"a folder without a record":        {want: Unknown},
		"taken away from one without":      {printed: true, want: Unknown},
		"the record taken, nothing before": {record: true, greedy: true, want: Unknown},
	} {
		f := Folder{Dir: filepath.Join(t.TempDir(), "documents")}
		record := f.record()
		if c.record {
			if err := os.WriteFile(record, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		print := func(name string) {
			r, err := f.Print(t.Context(), Job{Name: name, PDF: []byte("%PDF")})
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(r.File); err != nil {
				t.Fatal(err)
			}
			if c.greedy {
				_ = os.Remove(record)
			}
		}
		if c.printed {
			print("1003-1-S1.8.1")
		}
		print("1003-1-S1.8.10") // and whatever comes after
		r, err := f.Lookup(t.Context(), "1003-1-S1.8.1")
		if err != nil || r.State != c.want {
			t.Errorf("%s: %v, %v; want %v", name, r.State, err, c.want)
		}
	}
}
