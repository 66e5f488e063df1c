package shops

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/shops/kinds"
	"packbench/station/pack"
	"packbench/station/store"
)

// O4: a folder of CSV files is a target that always works, and asks for no key.
func TestO4AFolderFromFileToShipment(t *testing.T) {
	w := newWorld(t)
	w.Kinds = kinds.All()
	dir := t.TempDir()
	if err := w.Add(t.Context(), store.Shop{ID: "files", Kind: "folder", URL: dir}, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(w.Path("shop-files.key")); !os.IsNotExist(err) {
		t.Errorf("there is a file for a key that nobody has: %v", err)
	}
	file := filepath.Join(dir, "orders.csv")
	old := time.Now().Add(-time.Minute)
	if err := os.WriteFile(file, []byte("order,sku,qty,name,street,postcode,city,country\nF-7,MUG-BLUE,2,Ann,Way 1,53111,Bonn,DE\nF-7,9520000000028,1,Ann,Way 1,53111,Bonn,DE\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 0} {
		w.later(time.Minute)
		if got, err := w.Pull(t.Context(), "files", i == 1); err != nil || got.Orders.Added != want {
			t.Fatalf("pull %d: %+v, %v", i, got, err)
		}
	}
	id, err := w.Store.OrderOf(t.Context(), "files", "F-7")
	if err != nil {
		t.Fatal(err)
	}
	o, err := w.Store.Order(t.Context(), id)
	if err != nil || len(o.Lines) != 2 || o.Lines[1].SKU != "MUG-BLUE" {
		t.Fatal(o, err)
	}
	for n, units := range []int{2, 1} {
		tracking := []string{"TR-1", "TR-2"}[n]
		w.desk.WriteAt(w.now(), pack.ParcelDone{
			Parcel: id + tracking, Order: id, Carton: "M", Service: "swift", Carrier: "heron", SSCC: "0952000000000000" + tracking, Tracking: tracking,
			Contents: []pack.Content{{Line: o.Lines[n].ID, SKU: "MUG-BLUE", Qty: units}},
		})
	}
	for range 2 {
		w.later(20 * time.Minute)
		if _, err := w.Push(t.Context(), "files"); err != nil {
			t.Fatal(err)
		}
	}
	out, err := filepath.Glob(filepath.Join(dir, "out", "shipped-F_7-*.csv"))
	if err != nil || len(out) != 2 {
		t.Fatal(out, err)
	}
	for n, want := range []string{"F-7,F-7,shipped,TR-1,", "F-7,F-7,shipped,TR-2,"} {
		if text, err := os.ReadFile(out[n]); err != nil || !strings.Contains(string(text), want) || strings.Count(string(text), "\n") != 2 {
			t.Errorf("%s holds\n%s%v", out[n], text, err)
		}
	}
	if states := w.states(); states != "shipment done, shipment done" {
		t.Error("the outbox holds", states)
	}
	all, err := w.Status(t.Context())
	if err != nil || all[0].ID != "files" || all[0].Trouble != "" {
		t.Errorf("%+v, %v", all, err)
	}
}
