package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// Who packed an order is forgotten after a while, but not where it would be begun again.
func TestWhoPackedAnOrderIsForgotten(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), FileName))
	now := s.now()
	var news []ClaimNews
	for _, id := range []string{"open", "done", "gone", "young", "held"} {
		n := ClaimNews{Order: id, Station: "S2", Since: now.Add(-claimsKept - time.Hour), Done: id != "held"}
		if id == "young" {
			n.Since = now
		}
		if news = append(news, n); id == "gone" {
			continue
		}
		o := station.Order{ID: id, Lines: []station.Line{{ID: "1", SKU: "CUP", Qty: 1}}}
		if _, err := s.PutOrders(ctx, []station.Order{o}); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"done", "young"} {
		if err := s.SetOrderStatus(ctx, id, station.OrderDone, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.TakeClaims(ctx, "S1", "claims", 1, news); err != nil {
		t.Fatal(err)
	}
	if have, err := s.ClaimsOf(ctx, "S2"); err != nil || strings.Join(have, " ") != "held open young" {
		t.Errorf("%v, %v", have, err)
	}
}
