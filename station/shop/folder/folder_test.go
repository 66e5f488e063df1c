package folder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/station/shop"
)

type world struct {
	*testing.T
	*Client
}

func newWorld(t *testing.T, set map[string]string) world {
	c, err := New(shop.Options{ID: "web", URL: t.TempDir(), Set: set, Clock: func() time.Time { return time.Date(2026, 9, 17, 8, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	return world{t, c}
}

// put writes a file that has not changed for some time.
func (w world) put(name, text string, still time.Duration) {
	w.Helper()
	path := filepath.Join(w.dir, name)
	at := time.Now().Add(-still)
	if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, at, at)); err != nil {
		w.Fatal(err)
	}
}

// names are the files in one of the folders, "" for the folder itself.
func (w world) names(in string) string {
	w.Helper()
	entries, _ := os.ReadDir(filepath.Join(w.dir, in))
	var out []string
	for _, e := range entries {
		if !e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return strings.Join(out, " ")
}

func (w world) file(in, name string) string {
	w.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, in, name))
	if err != nil {
		w.Fatal(err)
	}
	return string(data)
}

// pull reads to the end, as the room of shops does.
func (w world) pull(since shop.Cursor) (orders string, next shop.Cursor, err error) {
	w.Helper()
	var out []string
	for {
		page, err := w.Changed(w.Context(), since)
		if err != nil {
			return strings.Join(out, " "), since, err
		}
		for _, o := range page.Orders {
			out = append(out, fmt.Sprintf("%s×%d", o.Own, o.Units()))
		}
		if page.More && page.Next == since {
			w.Fatalf("the list does not go on at %q", since)
		}
		since = page.Next
		if !page.More {
			return strings.Join(out, " "), since, nil
		}
	}
}

const head = "order,sku,qty,name,street,postcode,city,country\n"

func row(order, sku string, qty int) string {
	return fmt.Sprintf("%s,%s,%d,Ann Example,Musterweg 1,10115,Berlin,DE\n", order, sku, qty)
}

// O4: a file is put away only when the store has its orders: killed in between, it is
// read once more, and nothing is lost.
func TestO4AFileIsPutAwayAfterItsOrdersAreKept(t *testing.T) {
	w := newWorld(t, nil)
	w.put("monday.csv", head+row("W-1", "MUG", 2)+row("W-2", "TEA", 1), time.Hour)
	page, err := w.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 2 || !page.More {
		t.Fatal(page, err)
	}
	again, err := w.Changed(t.Context(), "") // the cursor was not kept
	if err != nil || len(again.Orders) != 2 || w.names("") != "monday.csv" {
		t.Fatal(again, err, w.names(""))
	}
	orders, next, err := w.pull(page.Next)
	if err != nil || orders != "" || w.names("") != "" || !strings.HasPrefix(w.names("done"), "monday.20260917-080000.") {
		t.Fatal(orders, err, w.names(""), w.names("done"))
	}
	w.put("copy of monday.csv", head+row("W-1", "MUG", 2)+row("W-2", "TEA", 1), time.Hour)
	if orders, _, err := w.pull(next); err != nil || orders != "" || w.names("") != "" {
		t.Error("the same content came in twice:", orders, err, w.names(""))
	}
	w.put("monday.csv", head+row("W-1", "MUG", 3), time.Hour)
	if orders, _, err := w.pull(next); err != nil || orders != "W-1×3" {
		t.Error("another file of the same name is", orders, err)
	}
}

// O4: what is still being written, or is nobody's orders, stays where it is.
func TestO4AFileThatIsNotWholeIsLeft(t *testing.T) {
	w := newWorld(t, nil)
	whole := head + row("W-1", "MUG", 2)
	w.put("growing.csv", whole, 0)
	w.put("empty.csv", "", time.Hour)
	w.put(".hidden.csv", whole, time.Hour)
	w.put("~$orders.xlsx", whole, time.Hour)
	w.put("orders.csv.part", whole, time.Hour)
	before := w.names("")
	if orders, _, err := w.pull(""); err != nil || orders != "" || w.names("") != before {
		t.Error(orders, err, w.names(""))
	}
	w.put("growing.csv", whole+row("W-2", "TEA", 1), time.Minute)
	if orders, _, err := w.pull(""); err != nil || orders != "W-1×2 W-2×1" {
		t.Error(orders, err)
	}
}

// O4: a file that cannot be read stops no other, and is told until somebody has seen to it.
func TestO4AFileThatCannotBeReadIsToldAndStopsNoOther(t *testing.T) {
	w := newWorld(t, nil)
	w.put("a.csv", "colour,shape\nred,round\n", 2*time.Hour)
	w.put("b.csv", head+row("W-1", "MUG", 2)+row("W-2", "TEA", -1), time.Hour)
	orders, next, err := w.pull("")
	if !strings.HasPrefix(orders, "W-1×2") || err == nil || !strings.Contains(err.Error(), "a.2026") {
		t.Error(orders, err)
	}
	if w.names("") != "" || strings.Count(w.names("error"), "a.2026") != 2 || !strings.Contains(w.names("error"), ".left-out.csv") {
		t.Error(w.names(""), w.names("error"))
	}
	if _, _, err := w.pull(next); err == nil {
		t.Error("what lies in error is not told any more")
	}
	if checks, err := w.Test(t.Context()); err != nil || checks[0].OK {
		t.Error(checks, err)
	}
	if err := os.RemoveAll(filepath.Join(w.dir, "error")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.pull(next); err != nil {
		t.Error(err)
	}
}

// A file of no known kind is read with what somebody said of its columns; where that
// cannot be read, the file is not to blame and stays.
func TestAFileOfOtherColumns(t *testing.T) {
	columns := filepath.Join(t.TempDir(), "columns.json")
	w := newWorld(t, map[string]string{Columns: columns})
	w.put("a.csv", "Vorgang;Teil;Stück\n77;MUG;2\n", time.Hour)
	if _, _, err := w.pull(""); err == nil || w.names("") != "a.csv" {
		t.Error(err, w.names(""))
	}
	if checks, err := w.Test(t.Context()); err != nil || checks[0].OK {
		t.Error(checks, err)
	}
	if err := os.WriteFile(columns, []byte(`{"columns": {"order": "Vorgang", "sku": "Teil", "qty": "Stück"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if orders, _, err := w.pull(""); err != nil || orders != "77×2" || w.names("") != "" {
		t.Error(orders, err, w.names("error"))
	}
}

func TestALongFileComesInPages(t *testing.T) {
	w := newWorld(t, nil)
	var text strings.Builder
	text.WriteString(head)
	const n = 2*atOnce + 1
	for i := range n {
		text.WriteString(row(fmt.Sprintf("W-%d", i), "MUG", 1))
	}
	w.put("all.csv", text.String(), time.Hour)
	orders, _, err := w.pull("")
	seen := map[string]bool{}
	for _, o := range strings.Fields(orders) {
		seen[o] = true
	}
	if got := len(strings.Fields(orders)); err != nil || got != n || len(seen) != n || w.names("") != "" {
		t.Error(got, len(seen), err, w.names(""))
	}
}

func TestAFolderThatIsNotThereIsAway(t *testing.T) {
	w := newWorld(t, nil)
	if err := os.Remove(w.dir); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.pull(""); !errors.As(err, new(*shop.Away)) {
		t.Error(err)
	}
	if _, err := w.Ship(t.Context(), parcel()); !errors.As(err, new(*shop.Away)) {
		t.Error(err)
	}
	if checks, err := w.Test(t.Context()); err != nil || checks[0].OK || checks[1].OK {
		t.Error(checks, err)
	}
	if _, err := New(shop.Options{URL: "https://shop.example.com"}); err == nil {
		t.Error("an address is no folder")
	}
}

func parcel() shop.Shipment {
	return shop.Shipment{
		Key: "P-1", Order: "5001", Number: "=W-1", Tracking: "TR 1/2", Carrier: "dhl", Name: "DHL",
		At:    time.Date(2026, 9, 17, 8, 0, 0, 0, time.UTC),
		Lines: []shop.Units{{Line: "1", SKU: "MUG", Qty: 2}, {Line: "2", SKU: "TEA", Qty: 1}},
	}
}

// O2: a parcel lies in out once, wherever the telling was broken off, even where
// somebody took the file away.
func TestO2AParcelIsToldOnce(t *testing.T) {
	w := newWorld(t, nil)
	id, err := w.Ship(t.Context(), parcel())
	if err != nil || w.names("out") != id {
		t.Fatal(id, err, w.names("out"))
	}
	want := "order number,order id,state,tracking number,carrier,carrier name,ship date,line id,sku,quantity,parcel\r\n" +
		"'=W-1,5001,shipped,TR 1/2,dhl,DHL,2026-09-17T08:00:00Z,1,MUG,2,P-1\r\n" +
		"'=W-1,5001,shipped,TR 1/2,dhl,DHL,2026-09-17T08:00:00Z,2,TEA,1,P-1\r\n"
	if got := w.file("out", id); got != want {
		t.Errorf("got\n%s", got)
	}
	path := filepath.Join(w.dir, "out", id)
	if err := os.Rename(path, pending(path)); err != nil { // killed before it was put in its place
		t.Fatal(err)
	}
	for range 2 {
		known, err := w.Shipped(t.Context(), "5001")
		if err != nil || len(known) != 1 || known[0].ID != id || known[0].Tracking != "TR 1/2" || w.names("out") != id {
			t.Fatal(known, err, w.names("out"))
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if known, err := w.Shipped(t.Context(), "5001"); err != nil || len(known) != 1 || w.names("out") != "" {
		t.Error(known, err, w.names("out"))
	}
	if _, err := w.Ship(t.Context(), parcel()); err != nil || w.names("out") != "" {
		t.Error("told twice:", err, w.names("out"))
	}
	if known, err := w.Shipped(t.Context(), "5002"); err != nil || len(known) != 0 {
		t.Error(known, err)
	}
}

func TestAParcelIsTakenBack(t *testing.T) {
	w := newWorld(t, nil)
	id, err := w.Ship(t.Context(), parcel())
	if err != nil {
		t.Fatal(err)
	}
	back := parcel()
	back.ID = id
	if err := w.Unship(t.Context(), back); err != nil || w.names("out") != "" {
		t.Error("its file lies there still:", err, w.names("out"))
	}
	if _, err = w.Ship(t.Context(), parcel()); err != nil || w.names("out") != id {
		t.Fatal(err, w.names("out"))
	}
	if err := os.Remove(filepath.Join(w.dir, "out", id)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Unship(t.Context(), back); err != nil || !strings.HasPrefix(w.names("out"), "cancelled-") {
			t.Fatal(err, w.names("out"))
		}
	}
	if text := w.file("out", w.names("out")); strings.Count(text, ",cancelled,TR 1/2,") != 2 {
		t.Error(text)
	}
	if known, err := w.Shipped(t.Context(), "5001"); err != nil || len(known) != 0 {
		t.Error(known, err)
	}
}

func TestADamagedRecordIsNotTakenForNone(t *testing.T) {
	w := newWorld(t, nil)
	if _, err := w.Ship(t.Context(), parcel()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "sent", w.names("sent")), []byte(`[{"file"`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Shipped(t.Context(), "5001"); err == nil {
		t.Error("what was told is forgotten")
	}
}
