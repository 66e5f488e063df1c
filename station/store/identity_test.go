package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/station"
)

// older makes a database as it was in an earlier format, which may have had more files.
func older(t *testing.T, format int, more ...string) (path string, db *sql.DB) {
	t.Helper()
	path = filepath.Join(t.TempDir(), FileName)
	db = must[*sql.DB](t)(sql.Open("sqlite", path))
	files := must[[]string](t)(fs.Glob(migrations, "migrations/*.sql"))
	slices.Sort(files)
	files = files[:format:format]
	for _, m := range more {
		files = append(files, must[[]string](t)(fs.Glob(migrations, "migrations/*_"+m+".sql"))...)
	}
	for _, f := range files {
		must[sql.Result](t)(db.Exec(string(must[[]byte](t)(migrations.ReadFile(f)))))
	}
	must[sql.Result](t)(db.Exec(fmt.Sprintf("PRAGMA user_version=%d", len(files))))
	return path, db
}

// Some commits numbered the files after the fortieth in another order: their folders open
// and have all that a new one has.
func TestAFolderWhoseFormatsWereNumberedOtherwise(t *testing.T) {
	all := schemaOf(t, open(t, filepath.Join(t.TempDir(), FileName)))
	for _, had := range [][]string{
		{"buyers"},
		{"shop_returns", "references"},
		{"shop_returns", "return_photos", "returns_at"},
		{"shop_returns", "return_photos", "news", "returns_at", "buyers"},
	} {
		path, db := older(t, 40, had...)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if got := schemaOf(t, open(t, path)); !slices.Equal(got, all) {
			t.Errorf("with %v: %d of %d tables, indexes and triggers", had, len(got), len(all))
		}
	}
}

// schemaOf names all tables, indexes and triggers.
func schemaOf(t *testing.T, s *Store) []string {
	t.Helper()
	rows := must[*sql.Rows](t)(s.write.QueryContext(context.Background(), `SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1`))
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// oldFolder makes a database as the programs before format 9 did, with orders
// kept by number.
func oldFolder(t *testing.T, orders ...station.Order) string {
	t.Helper()
	path, db := older(t, 8)
	for _, o := range orders {
		body, address := must[[]byte](t)(json.Marshal(o)), must[[]byte](t)(json.Marshal(o.To))
		o.Version = 0
		given := must[[]byte](t)(sumOf(o))
		must[sql.Result](t)(db.Exec(`INSERT INTO orders (id, version, status, reason, ship_by, multi, due, given, body, address)
			VALUES (?, 1, 'open', '', 0, 0, 1, ?, ?, ?)`, o.ID, given, body, address))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func from(shop, own, number string, qty int) station.Order {
	o := station.Order{
		Shop: shop, Own: own, Number: number, Status: station.OrderOpen, To: station.Address{Name: "Sample"},
		Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: qty, Kind: station.Goods}},
	}
	if o.ID = o.Ref().String(); o.ID == number {
		o.Number = ""
	}
	return o
}

// An old folder's orders keep the ids that its journals and labels hold, and the
// shop's next export finds them by them, with or without ids of its own.
func TestOrdersOfAnOldFolder(t *testing.T) {
	ctx := context.Background()
	old := func(shop, number string) station.Order {
		o := from(shop, "", number, 1)
		o.ID, o.Number = number, ""
		return o
	}
	s := open(t, oldFolder(t, old("", "1001"), old("shopify", "2001"), old("", "3001"), old("", "4001"), old("", "4002")))
	for _, id := range []string{"1001", "2001"} {
		if o := must[station.Order](t)(s.Order(ctx, id)); o.ID != id || o.Called() != id || o.Number+o.Own+o.Name != "" {
			t.Errorf("order %s: %+v", id, o)
		}
	}
	for _, c := range []struct {
		what string
		o    station.Order
		id   string
		did  Change
	}{
		{"the same file again", from("", "", "1001", 1), "1001", Unchanged},
		{"Shopify's file again, in the same words", from("shopify", "6001", "2001", 1), "2001", Unchanged},
		{"changed since", from("shopify", "6001", "2001", 2), "2001", Changed},
		{"by its own id, which was told before", from("shopify", "6001", "2001-B", 2), "2001", Changed},
		{"a file with ids of its own", from("", "81", "3001", 2), "3001", Changed},
		{"and one without", from("", "", "3001", 3), "3001", Changed},
		{"the same words with a shop's name", from("A", "", "4001", 1), "4001", Changed},
		{"which it keeps", from("A", "", "4001", 2), "4001", Changed},
		{"other words, so another shop's", from("A", "", "4002", 2), "A:4002", Added},
		{"another one with the number", from("shopify", "6002", "1001", 5), "shopify:6002", Added},
	} {
		did := must[[]Change](t)(s.PutOrders(ctx, []station.Order{c.o}))[0]
		o, err := s.Order(ctx, c.id)
		if err != nil || did != c.did || o.Shop != c.o.Shop || o.Lines[0].Qty != c.o.Lines[0].Qty {
			t.Errorf("%s: %s, %+v, %v", c.what, did, o, err)
		}
	}
}

// Two shops with one number are two orders, whoever sends what again.
func TestOrdersAreKeptByIdentity(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	a, b, c := from("A", "", "1001", 1), from("B", "77", "1001", 2), from("B", "78", "1001", 3)
	put := func(o station.Order) Change {
		t.Helper()
		return must[[]Change](t)(s.PutOrders(ctx, []station.Order{o}))[0]
	}
	called := func(text string) string {
		t.Helper()
		var out []string
		for _, d := range must[[]Due](t)(s.OrdersCalled(ctx, text)) {
			out = append(out, d.ID+" "+d.Name)
		}
		return strings.Join(out, ", ")
	}
	want := func(text, orders string) {
		t.Helper()
		if got := called(text); got != orders {
			t.Errorf("%q means %q, want %q", text, got, orders)
		}
	}
	a.Totes, b.Totes = []string{"T1"}, []string{"T1"}
	put(a)
	want("1001", "A:1001 1001")
	if did := []Change{put(b), put(a), put(b)}; !slices.Equal(did, []Change{Added, Unchanged, Unchanged}) {
		t.Errorf("did %v", did)
	}
	want("1001", "A:1001 A/1001, B:77 B/1001")
	want("#1001", "A:1001 A/1001, B:77 B/1001")
	want("A/1001", "A:1001 A/1001")
	want("B:77", "B:77 B/1001")
	want("B/77", "")
	want("C/1001", "")
	put(c)
	want("1001", "A:1001 A/1001, B:77 , B:78 ")
	want("B/1001", "B:77 , B:78 ")
	if got := must[[]Due](t)(s.OrdersByTote(ctx, "T1")); len(got) != 2 || got[1] != (Due{ID: "B:77"}) {
		t.Errorf("in the tote: %+v", got)
	}
	for _, by := range []string{"S1", "S2"} {
		for i, id := range []string{"A:1001", "B:77"} {
			holder := must[string](t)(s.ClaimOrder(ctx, id, []string{"S1", "S2"}[i], noon))
			if holder != []string{"S1", "S2"}[i] {
				t.Errorf("%s: order %s is claimed by %s", by, id, holder)
			}
		}
	}
	b.Lines[0].Qty = 9
	if did := put(b); did != Changed {
		t.Errorf("changed: %s", did)
	}
	for id, qty := range map[string]int{"A:1001": 1, "B:77": 9, "B:78": 3} {
		if o := must[station.Order](t)(s.Order(ctx, id)); o.ID != id || o.Number != "1001" || o.Lines[0].Qty != qty {
			t.Errorf("order %s: %+v", id, o)
		}
	}
	if _, err := s.PutOrders(ctx, []station.Order{from("B", "", "1001", 5)}); err == nil || !strings.Contains(err.Error(), "several orders with this number") {
		t.Errorf("one of two, nobody knows which: %v", err)
	}
	if _, err := s.PutOrders(ctx, []station.Order{from("", "", "A:1001", 5)}); err == nil || !strings.Contains(err.Error(), "its id is that of order 1001 of shop \"A\"") {
		t.Errorf("another order with the same text: %v", err)
	}
	again := must[station.Order](t)(s.Order(ctx, "B:78"))
	again.Lines[0].Qty = 4
	if did := put(again); did != Changed { // it knows which it is, although its number is another's too
		t.Errorf("read and changed: %s", did)
	}
	own := from("B", "", "77", 6) // a number that is another one's own id
	if _, err := s.PutOrders(ctx, []station.Order{own}); err == nil {
		t.Error("an order was taken for the one whose own id is its number")
	}
	if did := put(from("B", "1001", "1001", 7)); did != Added {
		t.Errorf("a third of the shop, whose own id is its number: %s", did)
	}
	if o := must[station.Order](t)(s.Order(ctx, "A:1001")); o.Lines[0].Qty != 1 {
		t.Errorf("it was written over: %+v", o)
	}
}
