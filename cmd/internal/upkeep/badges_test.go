package upkeep

import (
	"os"
	"path/filepath"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/station/store"
)

// A7: a backup that is put back brings the key of its badges along: into an empty folder,
// over one whose keys were rotated, and over one whose key file was lost and made again.
func TestA7ARestoredFolderKnowsItsBadges(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"empty":   os.RemoveAll,
		"rotated": func(dir string) error { _, err := folder.RotateKey(dir, false); return err },
		"lost": func(dir string) error {
			if err := os.Remove(filepath.Join(dir, folder.TraceKeyFile)); err != nil {
				return err
			}
			_, err := folder.RotateKey(dir, true)
			return err
		},
		"badge key lost": func(dir string) error { return os.Remove(filepath.Join(dir, folder.BadgeKeyFile)) },
	} {
		ctx := t.Context()
		dir, file := backedUp(t)
		if err := spoil(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(ctx, dir, file, folder.Options{}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		d, err := folder.Open(ctx, dir, folder.Options{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := d.PersonByBadge(ctx, "B-PACKER")
		if err != nil || m == nil {
			t.Errorf("%s: the badge is not known: %v", name, err)
		}
		db, err := store.Open(ctx, d.Path(store.FileName), store.Options{Stands: true})
		if err != nil {
			t.Fatal(err)
		}
		if lost, err := folder.LostBadges(ctx, db, dir); err != nil || lost != 0 {
			t.Errorf("%s: %d badges are lost, %v", name, lost, err)
		}
		_, _ = db.Close(), d.Close()
	}
}
