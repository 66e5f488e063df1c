package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/station/shop"
)

// The headings are those of Amazon's template; a part of an order names its items.
func TestWhatLeftInAmazonsForm(t *testing.T) {
	w := newWorld(t, map[string]string{Form: "amazon"})
	s := parcel()
	s.Order, s.Number, s.Name, s.Part = "000-0000000-0000001", "000-0000000-0000001", "ups", true
	s.Lines = []shop.Units{{Line: "00000000000001", SKU: "MUG", Qty: 2}}
	id, err := w.Ship(t.Context(), s)
	if err != nil || !strings.HasSuffix(id, ".txt") {
		t.Fatal(id, err)
	}
	want := "TemplateType=OrderFulfillment\tVersion=2011.1102\tThis row for Amazon.com use only.  Do not modify or delete.\t\t\t\t\t\r\n" +
		"order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\r\n" +
		"000-0000000-0000001\t00000000000001\t2\t2026-09-17\tUPS\t\tTR 1/2\t\r\n"
	if got := w.file("out", id); got != want {
		t.Errorf("got\n%s", got)
	}
	if err := os.Remove(filepath.Join(w.dir, "out", id)); err != nil {
		t.Fatal(err)
	}
	s.ID = id
	if err := w.Unship(t.Context(), s); !errors.As(err, new(*shop.Refused)) || w.names("out") != "" {
		t.Error("taken back after it was fetched:", err)
	}

	s.Lines, s.Name, s.Tracking, s.Part = []shop.Units{{Line: "1", SKU: "MUG", Qty: 2}}, "Heron", "TR 3", false
	if id, err = w.Ship(t.Context(), s); err != nil || !strings.Contains(w.file("out", id), "0000001\t\t\t2026-09-17\tOther\tHeron\tTR 3\t\r\n") {
		t.Error("the whole order:", err)
	}
	s.Part, s.Tracking = true, "TR 4"
	if _, err := w.Ship(t.Context(), s); !errors.As(err, new(*shop.Refused)) {
		t.Error("a part of unnamed items would confirm the whole order:", err)
	}
	s.Part, s.Tracking = false, "=TR"
	if _, err := w.Ship(t.Context(), s); !errors.As(err, new(*shop.Refused)) {
		t.Error("a formula:", err)
	}
	if _, err := New(shop.Options{URL: w.dir, Set: map[string]string{Form: "morse"}}); err == nil || !strings.Contains(err.Error(), "generic, amazon") {
		t.Error(err)
	}
}

// Fishbowl takes two files of a parcel: they lie there together, once, and one that was
// fetched keeps the other from being taken back.
func TestWhatLeftForFishbowl(t *testing.T) {
	w := newWorld(t, map[string]string{Form: "fishbowl"})
	first, last := parcel(), parcel()
	first.Number, last.Number, first.Part = "50001", "50001", true
	first.Tracking, last.Tracking = "1Z1", "1Z2"
	for range 2 {
		for _, s := range []shop.Shipment{first, last} {
			if _, err := w.Ship(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
	}
	names := strings.Fields(w.names("out"))
	if len(names) != 3 || !strings.HasPrefix(names[0], "cartons-50001-1Z1") || !strings.HasPrefix(names[2], "shipped-50001-1Z2") {
		t.Fatal(names)
	}
	if got := w.file("out", names[1]); !strings.HasSuffix(got, "\r\nS50001,2,1Z2\r\n") {
		t.Errorf("the second carton:\n%s", got)
	}
	path := filepath.Join(w.dir, "out", names[2])
	if err := os.Rename(path, pending(path)); err != nil { // killed between the two
		t.Fatal(err)
	}
	if known, err := w.Shipped(t.Context(), last.Order); err != nil || len(known) != 2 || len(strings.Fields(w.names("out"))) != 3 {
		t.Fatal(known, err, w.names("out"))
	}
	if err := w.Unship(t.Context(), first); err != nil || strings.Contains(w.names("out"), "1Z1") {
		t.Error(err, w.names("out"))
	}
	if _, err := w.Ship(t.Context(), first); err != nil || !strings.Contains(w.file("out", names[0]), "S50001,1,1Z1") {
		t.Error("told again, it is not the same carton:", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := w.Unship(t.Context(), last); !errors.As(err, new(*shop.Refused)) || !strings.Contains(w.names("out"), names[1]) {
		t.Error("half of a parcel is taken back:", err, w.names("out"))
	}
}

// The file that shows the form can be corrected while the bench runs; no parcel is
// refused for it.
func TestWhatLeftByATemplate(t *testing.T) {
	if _, err := New(shop.Options{URL: t.TempDir(), Set: map[string]string{Form: "template"}}); err == nil || !strings.Contains(err.Error(), "--set template=FILE") {
		t.Error(err)
	}
	file := filepath.Join(t.TempDir(), "ebay.csv")
	w := newWorld(t, map[string]string{Form: "template", Template: file})
	if _, err := w.Ship(t.Context(), parcel()); !errors.As(err, new(*shop.Away)) {
		t.Error(err)
	}
	if checks, err := w.Test(t.Context()); err != nil || checks[1].OK || checks[1].Fix == "" {
		t.Error(checks, err)
	}
	if err := os.WriteFile(file, []byte("Order,Number\n{order id},{tracking}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if id, err := w.Ship(t.Context(), parcel()); err != nil || w.file("out", id) != "Order,Number\r\n5001,TR 1/2\r\n" {
		t.Error(err, w.names("out"))
	}
}

// Fishbowl by files, there and back: its sales orders come in as they are exported, and
// what left goes out under the number of their shipment.
func TestFishbowlThereAndBack(t *testing.T) {
	w := newWorld(t, map[string]string{Form: "fishbowl"})
	w.put("so.csv", `"Flag","SONum","Status","CustomerName","BillToName","ShipToName","ShipToAddress","ShipToCity","ShipToState","ShipToZip","ShipToCountry","CarrierName","Date","FulfillmentDate"
"Flag","SOItemTypeID","ProductNumber","ProductDescription","ProductQuantity","UOM","ProductPrice"
"SO","50001",20,"Ann Example","Ann Example","Ann Example","1 Example Street","Sampletown","MA","01234","UNITED STATES","UPS","9/16/2026","9/18/2026"
"Item",10,"MUG","Mug",2,"ea",10.00
"Item",10,"TEA","Tea",1,"ea",5.00
`, time.Hour)
	page, err := w.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 1 || page.Orders[0].Units() != 3 {
		t.Fatal(page, err, w.names("error"))
	}
	o := page.Orders[0]
	p := shop.Shipment{Key: "P", Order: o.Own, Number: o.Number, Tracking: "1Z1", Name: "UPS", At: time.Date(2026, 9, 17, 8, 0, 0, 0, time.UTC), Lines: shop.Goods(o.Lines)}
	if _, err := w.Ship(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, name := range strings.Fields(w.names("out")) {
		got += w.file("out", name)
	}
	if want := "Ship Number,Carton Number,Tracking Number\r\nS50001,1,1Z1\r\nShipNum,Date,Carrier,Carrier Service\r\nS50001,9/17/2026,UPS,\r\n"; got != want {
		t.Errorf("got\n%s", got)
	}
}
