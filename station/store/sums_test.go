package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/station"
)

// sealedShop is a store with something in each table whose rows have sums.
func sealedShop(t *testing.T) *Store {
	t.Helper()
	ctx := t.Context()
	s := fresh(t)
	fillShop(t, s)
	must[string](t)(s.ClaimOrder(ctx, "1001", "S1", noon))
	must[[]byte](t)(s.InitSetting(ctx, "badge-salt", []byte("salt")))
	must[ManifestBody](t)(s.KeepManifestBody(ctx, ManifestBody{Manifest: "M1", Effect: "S1.1.1", Body: []byte("list")}))
	must[bool](t)(s.PutEntry(ctx, Entry{Key: "stock 1", Target: "web", Kind: EntryStock, Body: []byte("{}"), Added: noon}))
	for _, err := range []error{
		s.KeepAside(ctx, "D1", "Driver"), s.KeepNote(ctx, "N1", "C1", "a note"),
		s.PutShop(ctx, Shop{ID: "web", Kind: "shopify", URL: "https://example.com", Since: noon}),
		s.PutShopList(ctx, ShopList{Shop: "web", List: "orders", Cursor: "7", Read: noon}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	must[Numbers](t)(s.LabelNumbers(ctx, Numbering{Effect: "S1.1.2", Parcel: "1001-1", Station: "S1", Carrier: "heron", SSCC: numberRange("0952000*****"), Tracking: numberRange("HN****")}))
	must[int64](t)(s.TakeLease(ctx, "S1"))
	newBench(t, s, "S1")
	return s
}

func numberRange(shape string) Range {
	return Range{Shape: shape, First: 1, Last: 999, Make: func(n uint64) (string, error) { return shapeOf(shape).fill(n), nil }}
}

// fillShop imports what a shop begins with.
func fillShop(t *testing.T, s *Store) {
	t.Helper()
	ctx := t.Context()
	must[[]Change](t)(s.PutProducts(ctx, []station.Product{{
		SKU: "TEA", Name: "Tea", Mass: 100_000, Barcodes: []station.Barcode{{Code: "9520000000028", Factor: 1}}, Aliases: []string{"OLD-TEA"},
	}}))
	must[[]Change](t)(s.PutCartons(ctx, []station.Carton{{ID: "M", Name: "Medium"}}))
	must[[]Change](t)(s.PutRates(ctx, []Rate{{Name: "heron", Body: []byte("{}")}}))
	must[[]Change](t)(s.PutPeople(ctx, []Member{{Person: station.Person{ID: "P1", Name: "Pat", Role: station.Packer}, Badge: "HASH"}}))
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{{
		ID: "1001", Totes: []string{"T1"}, To: station.Address{Name: "Ann", City: "Bonn", Country: "DE"}, Lines: []station.Line{{ID: "1", SKU: "TEA", Qty: 2}},
	}}))
}

// A4: what the disk has changed in a row is refused in words where it is used, and
// told; importing its file again mends it.
func TestA4AChangedRowIsRefused(t *testing.T) {
	find := func(ctx context.Context, s *Store) error {
		_, err := s.Find(ctx, Asked{Badge: "HASH", Code: "9520000000028", GTIN: "09520000000028"})
		return err
	}
	product := func(ctx context.Context, s *Store) error { _, err := s.Product(ctx, "TEA"); return err }
	order := func(ctx context.Context, s *Store) error { _, err := s.Order(ctx, "1001"); return err }
	for _, c := range []struct {
		change, what string
		use          func(context.Context, *Store) error
	}{
		{`UPDATE products SET body = CAST(replace(body, 'Tea', 'Tee') AS BLOB)`, "product TEA", product},
		{`UPDATE products SET mass = mass + 64`, "product TEA", find},
		{`UPDATE products SET name = 'Tee'`, "product TEA", find},
		{`UPDATE product_codes SET factor = 5`, "barcode 9520000000028", find},
		{`UPDATE product_aliases SET alias = 'OLD-TEB'`, "alias OLD-TEB", func(ctx context.Context, s *Store) error { _, err := s.ProductsByAlias(ctx, "OLD-TEB"); return err }},
		{`UPDATE people SET role = 'manager'`, "person P1", find},
		{`UPDATE people SET name = 'Pau'`, "person P1", func(ctx context.Context, s *Store) error { _, err := s.Person(ctx, "P1"); return err }},
		{`UPDATE people SET lang = 'de'`, "person P1", func(ctx context.Context, s *Store) error { _, err := s.PersonByBadge(ctx, "HASH"); return err }},
		{`UPDATE cartons SET body = CAST(replace(body, 'Medium', 'Mediun') AS BLOB)`, "carton M", func(ctx context.Context, s *Store) error { _, err := s.Cartons(ctx); return err }},
		{`UPDATE rates SET body = '[]'`, "rate card heron", func(ctx context.Context, s *Store) error { _, err := s.Rates(ctx); return err }},
		{`UPDATE orders SET address = CAST(replace(address, 'Bonn', 'Bonm') AS BLOB)`, "order 1001", order},
		{`UPDATE orders SET body = CAST(replace(body, '"Qty":2', '"Qty":3') AS BLOB)`, "order 1001", order},
		{`UPDATE orders SET status = 'held'`, "order 1001", order},
		{`UPDATE orders SET number = '1003'`, "order 1001", order},
		{`UPDATE order_totes SET tote = 'T3'`, "tote T3", func(ctx context.Context, s *Store) error { _, err := s.OrdersByTote(ctx, "T3"); return err }},
		{`UPDATE order_skus SET ship_by = 1`, "product of an order TEA", func(ctx context.Context, s *Store) error { _, err := s.OrdersWithSKU(ctx, "S1", "TEA", 5); return err }},
	} {
		ctx, s := t.Context(), sealedShop(t)
		if altered, err := s.Altered(ctx); err != nil || altered != nil {
			t.Fatalf("before: %v, %v", altered, err)
		}
		behind(t, s, c.change)
		err := c.use(ctx, s)
		if !errors.Is(err, AlteredImport) || !strings.Contains(err.Error(), c.what+": ") || !strings.Contains(err.Error(), "Import its file again") {
			t.Errorf("%s: used, it says %v", c.change, err)
		}
		altered, err := s.Altered(ctx)
		if err != nil || !slices.ContainsFunc(altered, func(d Damage) bool { return d.What == c.what }) {
			t.Errorf("%s: altered are %v, %v", c.change, altered, err)
		}
		if strings.Contains(c.change, "rates") {
			must[[]string](t)(s.DropAlteredRates(ctx))
		}
		fillShop(t, s)
		if altered, err := s.Altered(ctx); err != nil || altered != nil && !strings.Contains(c.change, "alias") {
			t.Errorf("%s: imported again, altered are %v, %v", c.change, altered, err)
		}
	}
}

// A4: the same of what no file brings back.
func TestA4AChangedRowOfTheBenchIsRefused(t *testing.T) {
	for _, c := range []struct {
		change, what string
		use          func(context.Context, *Store) error
	}{
		{`UPDATE settings SET value = 'sals' WHERE name = 'badge-salt'`, "setting badge-salt", func(ctx context.Context, s *Store) error {
			_, err := s.InitSetting(ctx, "badge-salt", nil)
			return err
		}},
		{`UPDATE settings SET value = '00' WHERE name = 'numbers-shop'`, "setting numbers-shop", func(ctx context.Context, s *Store) error { return s.CheckNumbers(ctx) }},
		{`UPDATE claims SET station = 'S2'`, "claim of order 1001", func(ctx context.Context, s *Store) error { _, err := s.Holder(ctx, "1001"); return err }},
		{`UPDATE label_numbers SET sscc = '095200000009'`, "numbers of label S1.1.2", func(ctx context.Context, s *Store) error { _, err := s.NumbersOf(ctx, "S1.1.2"); return err }},
		{`UPDATE manifest_bodies SET body = 'lisd'`, "list of van M1", func(ctx context.Context, s *Store) error { _, err := s.ManifestBody(ctx, "M1"); return err }},
		{`UPDATE drivers SET name = 'Drives'`, "driver D1", func(ctx context.Context, s *Store) error { _, err := s.Driver(ctx, "D1"); return err }},
		{`UPDATE notes SET text = 'a nose'`, "note N1", func(ctx context.Context, s *Store) error { _, err := s.Notes(ctx, "C1"); return err }},
		{`UPDATE leases SET term = 7`, "lease of station S1", func(ctx context.Context, s *Store) error { _, err := s.Leases(ctx); return err }},
		{`UPDATE writers SET writer = 'S3'`, "writer S3", func(ctx context.Context, s *Store) error { _, err := s.Writers(ctx); return err }},
	} {
		ctx, s := t.Context(), sealedShop(t)
		behind(t, s, c.change)
		if err := c.use(ctx, s); !errors.Is(err, AlteredHere) || !strings.Contains(err.Error(), c.what+": ") || !strings.Contains(err.Error(), "estore the last backup") {
			t.Errorf("%s: used, it says %v", c.change, err)
		}
		altered, err := s.Altered(ctx)
		if err != nil || len(altered) != 1 || altered[0].What != c.what {
			t.Errorf("%s: altered are %v, %v", c.change, altered, err)
		}
	}
}

// behind changes the database on another connection, as the disk does: nothing of ours
// sees it.
func behind(t *testing.T, s *Store, change string) {
	t.Helper()
	db, err := connect(filepath.Join(s.folder, FileName), s.busy, false, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

// A4: the disk's changes do not become right by a change of ours to the same row.
func TestA4AChangeDoesNotMakeRight(t *testing.T) {
	ctx, s := t.Context(), sealedShop(t)
	behind(t, s, `UPDATE orders SET address = CAST(replace(address, 'Bonn', 'Bonm') AS BLOB)`)
	if _, err := s.write.ExecContext(ctx, `UPDATE orders SET due = 0`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Order(ctx, "1001"); !errors.Is(err, AlteredImport) {
		t.Errorf("it says %v", err)
	}
}

// A4: the rows of a database of before get their sums when it is opened.
func TestA4OldRowsGetTheirSums(t *testing.T) {
	ctx := t.Context()
	path, db := older(t, 16)
	for _, row := range []string{
		`people VALUES ('P1', 'Pat', 'packer', '', 'HASH')`, `products VALUES ('TEA', 'Tea', '{"SKU":"TEA"}', 5, 'tea')`, `cartons VALUES ('M', '{}')`,
		`settings VALUES ('badge-salt', x'00')`,
	} {
		must[sql.Result](t)(db.ExecContext(ctx, `INSERT INTO `+row))
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	if altered, err := s.Altered(ctx); err != nil || altered != nil {
		t.Errorf("altered are %v, %v", altered, err)
	}
	if p, err := s.PersonByBadge(ctx, "HASH"); err != nil || p.Name != "Pat" {
		t.Errorf("%+v, %v", p, err)
	}
	behind(t, s, `UPDATE people SET name = 'Pau'`)
	if _, err := s.PersonByBadge(ctx, "HASH"); !errors.Is(err, AlteredImport) {
		t.Errorf("it says %v", err)
	}
}
