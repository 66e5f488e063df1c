package store

import (
	"path/filepath"
	"testing"

	"packbench/station"
)

// A folder of a hub whose triggers another program left as they were, or a migration
// dropped, remembers what is changed all the same once it is opened again.
func TestWhatIsSharedIsRememberedAfterAMigration(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), FileName)
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Share(ctx, Membership{Hub: "h", Station: "S1"}); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`DROP TRIGGER hub_products_insert`, `DROP TRIGGER hub_cartons_insert`,
		`CREATE TRIGGER hub_cartons_insert AFTER INSERT ON cartons BEGIN SELECT 1; END`,
	} {
		if _, err := s.write.ExecContext(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if _, err := s.PutProducts(ctx, []station.Product{{SKU: "CUP"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutCartons(ctx, []station.Carton{{ID: "M"}}); err != nil {
		t.Fatal(err)
	}
	if n, err := s.CountShared(ctx); err != nil || n != 2 {
		t.Errorf("%d changes are remembered, %v", n, err)
	}
	if damage, err := s.Altered(ctx); err != nil || len(damage) > 0 {
		t.Errorf("%v, %v", damage, err)
	}
}

// A flipped bit in how far the hub was read skips nothing: it is read from the beginning.
func TestAPlaceThatTheDiskHasChangedIsTheBeginning(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), FileName))
	if err := s.Share(ctx, Membership{Hub: "h", Station: "S1"}); err != nil {
		t.Fatal(err)
	}
	read := func(n int64) {
		t.Helper()
		if _, err := s.TakeShared(ctx, "shared", n, nil, false); err != nil {
			t.Fatal(err)
		}
		if at, err := s.SharedPlace(ctx, "shared"); err != nil || at != n {
			t.Errorf("read to %d, %v; want %d", at, err, n)
		}
	}
	read(7)
	if _, err := s.write.ExecContext(ctx, `UPDATE hub_feeds SET sum = sum + 1`); err != nil {
		t.Fatal(err)
	}
	if at, err := s.SharedPlace(ctx, "shared"); err != nil || at != 0 {
		t.Errorf("read to %d, %v", at, err)
	}
	read(9)
}
