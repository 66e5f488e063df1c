package folder

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"packbench/station"
	"packbench/station/intake"
	"packbench/station/people"
	"packbench/station/store"
)

// badgeShop makes a folder and opens it as often as is asked for.
func badgeShop(t *testing.T) (dir string, open func() *Folder) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	if err := Init(t.Context(), dir, true, Options{}); err != nil {
		t.Fatal(err)
	}
	return dir, func() *Folder {
		t.Helper()
		d, err := Open(t.Context(), dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		return d
	}
}

func knows(t *testing.T, d *Folder, code string) bool {
	t.Helper()
	m, err := d.PersonByBadge(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	return m != nil
}

// A7: what is kept of a badge cannot be tried with the database alone. A folder of
// before is changed when it is opened, and nothing of the old hashes stays in its file.
func TestA7BadgesHangOnAKeyFile(t *testing.T) {
	ctx := t.Context()
	dir, open := badgeShop(t)
	d := open()
	old := people.BadgeHash(d.Salt, "B-PACKER")
	m, err := d.Store.Person(ctx, "P1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Store.PersonByBadge(ctx, old); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("the badge is found by salt and code alone: %v", err)
	}
	if _, err := d.Store.PutPeople(ctx, []store.Member{{Person: m, Badge: old}}); err != nil {
		t.Fatal(err)
	}
	forgetBadgeKey(t, dir)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open()
	if !knows(t, d, "B-PACKER") {
		t.Error("a badge of before is not known")
	}
	if _, err := d.Store.PersonByBadge(ctx, old); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("the badge is still found by salt and code alone: %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if whole, err := os.ReadFile(filepath.Join(dir, store.FileName)); err != nil || bytes.Contains(whole, []byte(old)) {
		t.Errorf("the old hash is still in the file, %v", err)
	}
}

// forgetBadgeKey makes the folder one that knows of no badge key yet.
func forgetBadgeKey(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), `DELETE FROM settings WHERE name = 'badge-key'`); err != nil {
		t.Fatal(err)
	}
}

// A7: whoever rotates or retires keys locks nobody out, and the same file of people
// changes nothing then.
func TestA7RotatedKeysLockNobodyOut(t *testing.T) {
	dir, open := badgeShop(t)
	d := open()
	first := d.Keys()[0].ID()
	made := filepath.Join(dir, TraceKeyFile)
	for range 3 {
		if _, err := RotateKey(dir, false); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := RetireKey(dir, first); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(made); err != nil {
		t.Fatal(err)
	}
	if _, err := RotateKey(dir, true); err != nil { // lost and made again
		t.Fatal(err)
	}
	again := open()
	for name, d := range map[string]*Folder{"open before": d, "opened after": again} {
		if !knows(t, d, "B-PACKER") || knows(t, d, "B-NOBODY") {
			t.Errorf("%s: the badge is not known, or another one is", name)
		}
	}
	who := intake.Badged{Person: station.Person{ID: "P7", Name: "Seven", Role: station.Packer}, Badge: "B-SEVEN"}
	for i, want := range []store.Change{store.Added, store.Unchanged} {
		if err := again.RenewBadgeKey(t.Context()); err != nil {
			t.Fatal(err)
		}
		if did, err := again.Store.PutPeople(t.Context(), again.Members([]intake.Badged{who})); err != nil || did[0] != want {
			t.Errorf("import %d: %v, %v", i, did, err)
		}
	}
	if !knows(t, d, "B-SEVEN") {
		t.Error("the bench that ran on does not know the new badge")
	}
	if lost, err := LostBadges(t.Context(), d.Store, dir); err != nil || lost != 0 {
		t.Errorf("%d are lost, %v", lost, err)
	}
}

// A7: with the file of their key the badges are lost; that is told, and who is imported
// again signs in again.
func TestA7ALostBadgeKeyIsTold(t *testing.T) {
	dir, open := badgeShop(t)
	if err := os.Remove(filepath.Join(dir, BadgeKeyFile)); err != nil {
		t.Fatal(err)
	}
	d := open()
	all, err := d.Store.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if lost, err := LostBadges(t.Context(), d.Store, dir); err != nil || lost != len(all) || knows(t, d, "B-PACKER") {
		t.Errorf("%d of %d are lost, %v", lost, len(all), err)
	}
	who := intake.Badged{Person: station.Person{ID: "P1", Name: "Packer One", Role: station.Packer}, Badge: "B-PACKER"}
	if err := d.RenewBadgeKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Store.PutPeople(t.Context(), d.Members([]intake.Badged{who})); err != nil {
		t.Fatal(err)
	}
	if lost, err := LostBadges(t.Context(), d.Store, dir); err != nil || lost != len(all)-1 || !knows(t, d, "B-PACKER") || !knows(t, open(), "B-PACKER") {
		t.Errorf("%d of %d are lost, %v", lost, len(all), err)
	}
}
