package upkeep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/rating"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/store"
	"packbench/station/unit"
)

// price is what a service asks for a kilogram to Berlin.
func price(t *testing.T, d *folder.Folder, service string) int64 {
	t.Helper()
	o := station.Order{To: station.Address{Country: "DE", Postcode: "10115"}}
	quotes, err := rating.NewReader(d).Quotes(t.Context(), o, rating.Box{Mass: unit.Kilogram, At: foldertest.Noon()})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range quotes {
		if q.Service == service {
			return q.Price.Minor
		}
	}
	t.Fatalf("no quote of %s", service)
	return 0
}

// A carrier of the sample is given another price: the new card counts at once
// in the program that imported it, and the other carriers stay.
func TestImportedRatesCountAtOnce(t *testing.T) {
	d := foldertest.Shop(t)
	before, other := price(t, d, "post-parcel"), price(t, d, "express-road")
	rates, err := d.Store.Rates(t.Context())
	if err != nil || len(rates) != 1 {
		t.Fatalf("%d rate cards, %v", len(rates), err)
	}
	cards, err := carrier.LoadCards(rates[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	for i := range cards.Carriers { // a 1 before each price: it stays a sound card
		if c := &cards.Carriers[i]; c.ID == "demo-post" {
			c.JSON = bytes.ReplaceAll(c.JSON, []byte(`"price":"`), []byte(`"price":"1`))
			cards.Carriers = cards.Carriers[i : i+1]
			break
		}
	}
	file, err := cards.Encode()
	if err != nil {
		t.Fatal(err)
	}
	report, err := New(d).Import(t.Context(), "rates", bytes.NewReader(file), "post.json", nil)
	if err != nil || report.Read != 1 || report.Changed != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if now := price(t, d, "post-parcel"); now <= before {
		t.Errorf("post-parcel asks %d, before it was %d", now, before)
	}
	if now := price(t, d, "express-road"); now != other {
		t.Errorf("express-road asks %d, before it was %d", now, other)
	}
}

// An import of products that is stopped while its file is read leaves nothing; once all of
// it counts, nothing stops it.
func TestAStoppedImportIsWholeOrNothing(t *testing.T) {
	d := foldertest.Shop(t)
	var csv strings.Builder
	csv.WriteString("sku,name\n")
	const n = 6000
	for i := range n {
		fmt.Fprintf(&csv, "NEW-%05d,New %d\n", i, i)
	}
	importing := func(until string) (Import, error) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		return New(d).Import(ctx, "products", strings.NewReader(csv.String()), "products.csv", func(words string, _ ...string) {
			if strings.Contains(words, until) {
				stop()
			}
		})
	}
	if _, err := importing("rows read"); !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "nothing of the file was kept") {
		t.Fatalf("stopped while it was read: %v", err)
	}
	if _, err := d.Store.Product(t.Context(), "NEW-00000"); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("a product is there: %v", err)
	}
	if report, err := importing("kept"); err != nil || report.Added != n {
		t.Fatalf("stopped while it was kept: %+v, %v", report, err)
	}
	broken := `[{"sku": "BROKEN-1", "name": "One"}, {"sku": "BROKEN-2", "name`
	if _, err := New(d).Import(t.Context(), "products", strings.NewReader(broken), "products.json", nil); err == nil {
		t.Error("a file that ends in the middle is taken")
	}
	if _, err := d.Store.Product(t.Context(), "BROKEN-1"); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("of a file that cannot be read a product is there: %v", err)
	}
	report, err := New(d).Import(t.Context(), "products", strings.NewReader(csv.String()), "products.csv", nil)
	if err != nil || report.Unchanged != n {
		t.Fatalf("%+v, %v", report, err)
	}
}

// TestA14AnImportThatWasKilledIsTold: some of it is here, which the doctor and the
// next import say; the same file again ends it.
func TestA14AnImportThatWasKilledIsTold(t *testing.T) {
	d := foldertest.Shop(t)
	_ = d.Importing("orders", "/home/anna/big.csv") // killed: its lock is free, and it never ended
	if cut := folder.Unfinished(d.Dir); len(cut) != 0 {
		t.Errorf("while it goes on: %v", cut)
	}
	path := d.Path("import-orders.lock")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(path), os.WriteFile(path, text, 0o600)); err != nil { // a new file has no lock
		t.Fatal(err)
	}
	if cut := folder.Unfinished(d.Dir); len(cut) != 1 || cut[0].Left != "nothing of it was kept" || !strings.HasPrefix(cut[0].What, "the import of orders from big.csv on ") {
		t.Errorf("after it: %v", cut)
	}
	var told []string
	_, err = New(d).Import(t.Context(), "orders", strings.NewReader("order,sku,qty\n"), "big.csv", func(words string, _ ...string) { told = append(told, words) })
	if err != nil || len(told) != 1 || !strings.Contains(told[0], "cut short") {
		t.Errorf("%v, %v", told, err)
	}
	if cut := folder.Unfinished(d.Dir); len(cut) != 0 {
		t.Errorf("at the end: %v", cut)
	}
}

// A file changes what it has columns for; what it takes away is said.
func TestAFileChangesWhatItTellsOf(t *testing.T) {
	d := foldertest.Shop(t)
	ctx := t.Context()
	before, err := d.Store.Product(ctx, "MUG-WHITE")
	if err != nil || len(before.Barcodes) == 0 || before.Mass == 0 {
		t.Fatal(before, err)
	}
	take := func(kind, file string) Import {
		t.Helper()
		got, err := New(d).Import(ctx, kind, strings.NewReader(file), kind+".csv", nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := take("products", "sku,name\nMUG-WHITE,A new name\n"); got.Changed != 1 || len(got.Warnings) != 0 {
		t.Errorf("%+v", got)
	}
	if got := take("products", "sku,name\nMUG-WHITE,A new name\n"); got.Unchanged != 1 {
		t.Errorf("%+v", got)
	}
	now, err := d.Store.Product(ctx, "MUG-WHITE")
	if before.Name = "A new name"; err != nil || !reflect.DeepEqual(now, before) {
		t.Errorf("%+v, want %+v, %v", now, before, err)
	}
	if got := take("products", "sku,barcodes\nMUG-WHITE,\n"); len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0].Reason, "MUG-WHITE loses barcode "+before.Barcodes[0].Code) {
		t.Errorf("%+v", got)
	}
	// A badge goes from one person to another whichever stands first.
	if got := take("people", "id,role,badge\nN1,packer,B-PACKER\nN2,packer,B-NEW2\nN3,packer,B-NEW2\n"); got.Added != 1 || len(got.Rejected) != 2 || got.Rejected[1].Row != 2 || got.Rejected[1].Column != "badge" {
		t.Errorf("%+v", got)
	}
	if got := take("people", "id,role,badge\nN1,packer,B-PACKER\nP1,packer,B-OTHER\n"); got.Added != 1 || got.Changed != 1 || len(got.Rejected) != 0 {
		t.Errorf("%+v", got)
	}
}
