package upkeep

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/store"
)

// folder reads every file below a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// backedUp returns a demo folder and a backup of it.
func backedUp(t *testing.T) (dir, file string) {
	t.Helper()
	ctx := context.Background()
	dir, file = filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "kept.zip")
	foldertest.Init(t, dir, true, folder.Options{})
	d, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(d).Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

func TestBackupIsForItsOwnerAlone(t *testing.T) {
	_, file := backedUp(t)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".packbench*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A backup of which a byte was changed anywhere is refused, or says the same.
func TestDamagedBackupsChangeNothing(t *testing.T) {
	ctx := context.Background()
	dir, file := backedUp(t)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)
	refused := 0
	for i := range 60 {
		damaged := bytes.Clone(whole)
		at := len(damaged) * i / 60
		damaged[at] ^= 0x20
		if err := os.WriteFile(file, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(ctx, dir, file, folder.Options{}); err == nil {
			before = files(t, dir)
			continue // a byte that says nothing, such as a time in a header
		}
		refused++
		if now := files(t, dir); !maps.Equal(now, before) {
			t.Fatalf("byte %d: a refused backup changed the data folder: %v", at, slices.Sorted(maps.Keys(now)))
		}
	}
	if refused < 40 {
		t.Errorf("only %d of 60 damaged backups are refused", refused)
	}
	for _, n := range []int{0, 1, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(file, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(ctx, dir, file, folder.Options{}); err == nil || !strings.Contains(err.Error(), "not a backup, or only part of one") {
			t.Errorf("%d bytes of it: %v", n, err)
		}
	}
}

// rewrite returns a backup with some entries replaced or added.
func rewrite(t *testing.T, file string, change func(name, body string) (string, string)) {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	out := zip.NewWriter(&buf)
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		name, text := change(f.Name, string(body))
		w, err := out.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	_ = z.Close()
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestHostileBackups(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name   string
		change func(name, body string) (string, string)
		words  string
	}{
		{"out of the folder", func(name, body string) (string, string) {
			return strings.ReplaceAll(name, "trace.key", "../trace.key"), strings.ReplaceAll(body, `"trace.key"`, `"../trace.key"`)
		}, "no backup has"},
		{"a lock", func(name, body string) (string, string) {
			return strings.ReplaceAll(name, "trace.key", "station-S1.lock"), strings.ReplaceAll(body, `"trace.key"`, `"station-S1.lock"`)
		}, "no backup has"},
		{"another format", func(name, body string) (string, string) {
			return name, strings.ReplaceAll(body, "packbench-backup-1", "packbench-backup-2")
		}, "or a newer one"},
		{"no database", func(name, body string) (string, string) {
			return name, strings.ReplaceAll(body, `"packbench.db"`, `"another.db"`)
		}, "it holds no packbench.db"},
		{"a file missing", func(name, body string) (string, string) {
			return strings.ReplaceAll(name, "trace.key", "key.trace"), body
		}, "its file trace.key is missing"},
		{"no list", func(name, body string) (string, string) {
			return strings.ReplaceAll(name, "backup.json", "list.json"), body
		}, "not a packbench backup"},
		{"a bomb (A15)", func(name, body string) (string, string) {
			return name, strings.Replace(body, `"size":`, `"size":4000000`, 1)
		}, "unpack to far more"},
		{"a size that cannot be (A15)", func(name, body string) (string, string) {
			return name, strings.Replace(body, `"size":`, `"size":-`, 1)
		}, "unpack to far more"},
	} {
		dir, file := backedUp(t)
		before := files(t, dir)
		rewrite(t, file, c.change)
		if _, err := Restore(ctx, dir, file, folder.Options{}); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", c.name, err)
		}
		if now := files(t, dir); !maps.Equal(now, before) {
			t.Errorf("%s: the data folder changed: %v", c.name, slices.Sorted(maps.Keys(now)))
		}
		if _, err := os.Stat(filepath.Join(filepath.Dir(dir), folder.TraceKeyFile)); err == nil {
			t.Errorf("%s: a file was written beside the data folder", c.name)
		}
	}
}

func TestRestoreWhileABenchRuns(t *testing.T) {
	dir, file := backedUp(t)
	free, err := store.LockStation(dir, "S1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(context.Background(), dir, file, folder.Options{}); err == nil || !strings.Contains(err.Error(), "end packbench before") {
		t.Errorf("%v", err)
	}
	free()
	if _, err := Restore(context.Background(), dir, file, folder.Options{}); err != nil {
		t.Error(err)
	}
}

// A restore that was killed half way leaves a folder without settings; the next
// one mends it, and the keys and numbers are still there.
func TestRestoreThatWasKilled(t *testing.T) {
	ctx := context.Background()
	dir, file := backedUp(t)
	keys, err := folder.RotateKey(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"station.toml", store.FileName} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, staging+"123", "documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(ctx, dir, file, folder.Options{}); err != nil {
		t.Fatal(err)
	}
	got, err := folder.TraceKeys(dir)
	if err != nil || len(got) != len(keys) || got[0].ID() != keys[0].ID() {
		t.Errorf("keys %v, were %v: %v", got, keys, err)
	}
	if _, err := os.Stat(filepath.Join(dir, staging+"123")); err == nil {
		t.Error("what the killed one left is still there")
	}
	d, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

// A folder that a running backup works in is not taken away by another one.
func TestScratchFoldersOfOthersStay(t *testing.T) {
	in := t.TempDir()
	dir, done, err := folder.Scratch(in, copying)
	if err != nil {
		t.Fatal(err)
	}
	if _, other, err := folder.Scratch(in, copying); err != nil {
		t.Fatal(err)
	} else if err := other(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Error(err)
	}
	if err := done(); err != nil {
		t.Error(err)
	}
	if left := files(t, in); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A2: a backup that holds more of a shop's journal is not written over.
func TestABackupNeverReplacesAFullerOne(t *testing.T) {
	ctx := context.Background()
	dir, file := backedUp(t)
	b := Backup{Rows: -1}
	if err := b.replaces(file); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("%v", err)
	}
	d, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if _, err := New(d).Backup(ctx, file); err != nil {
		t.Errorf("one of the same rows: %v", err)
	}
}
