package folder

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What a killed program left of its files is cleared away by the next write into
// the folder; a file that somebody may be writing, or that is another's, stays.
func TestUnfinishedFilesAreSwept(t *testing.T) {
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{
		".packbench-1": 2 * time.Hour, ".packbench-2": time.Minute, ".packbench-old": 2 * time.Hour, ".packbench-": 2 * time.Hour, "labels.pdf": 2 * time.Hour,
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".packbench-3"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := WriteWhole(filepath.Join(dir, "new.pdf"), func(w io.Writer) error { _, err := w.Write([]byte("x")); return err }); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{".packbench-", ".packbench-2", ".packbench-3", ".packbench-old", "labels.pdf", "new.pdf"}; !slices.Equal(left, want) {
		t.Errorf("left: %q, want %q", left, want)
	}
}
