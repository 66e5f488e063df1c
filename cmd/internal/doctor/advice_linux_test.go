package doctor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/station/store"
)

// TestA13ADiskThatFailsIsNoDamage: SQLite takes it for that.
func TestA13ADiskThatFailsIsNoDamage(t *testing.T) {
	dir := t.TempDir()
	fault := &store.Fault{Kind: store.Corrupt}
	if err := os.Symlink("/proc/self/mem", filepath.Join(dir, store.FileName)); err != nil { // whose first page cannot be read
		t.Fatal(err)
	}
	if c := databaseTrouble(dir, fault); c.OK || !strings.Contains(c.Message, string(store.Disk)) || strings.Contains(c.Fix, "backup") {
		t.Errorf("%+v", c)
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, store.FileName), []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c := databaseTrouble(dir, fault); c.OK || !strings.Contains(c.Fix, "restore the last backup") {
		t.Errorf("%+v", c)
	}
}
