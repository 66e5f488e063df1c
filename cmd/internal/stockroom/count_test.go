package stockroom

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/stock"
	"packbench/station/store"
)

var (
	packer = station.Person{ID: "P1", Role: station.Packer}
	chief  = station.Person{ID: "V1", Role: station.Supervisor}
)

// stocked is the sample shop with units of a product in a bin.
func stocked(t *testing.T, sku, bin string, qty int) (Room, *foldertest.Writer) {
	t.Helper()
	d := foldertest.Shop(t)
	putIn(t, d, sku, bin, qty)
	return New(d), foldertest.NewWriter(t, d, "S1")
}

func putIn(t *testing.T, d *folder.Folder, sku, bin string, qty int) {
	t.Helper()
	fact := stock.Moved{SKU: sku, Bin: bin, Qty: qty, Kind: stock.Counted, Reason: stock.ReasonImport, By: "import"}
	if err := d.AtDesk(t.Context(), fact); err != nil {
		t.Fatal(err)
	}
}

func walk(t *testing.T, r Room, lines ...string) []Result {
	t.Helper()
	w, err := r.Walk(packer)
	if err != nil {
		t.Fatal(err)
	}
	return say(t, w, append(lines, "end")...)
}

// say gives lines to a walk and returns what its bins led to.
func say(t *testing.T, w *Walk, lines ...string) []Result {
	t.Helper()
	var out []Result
	for _, l := range lines {
		h, err := w.Line(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, h.Ended...)
	}
	return out
}

func told(list []Result) string {
	var out []string
	for _, r := range list {
		out = append(out, fmt.Sprintf("%s %s %d %s %+d", r.Bin, r.SKU, r.Counted, r.Outcome, r.Diff))
	}
	return strings.Join(out, "; ")
}

func closes(parcel, sku string, qty int) pack.ParcelDone {
	return pack.ParcelDone{Parcel: parcel, Order: "none", SSCC: "s-" + parcel, Contents: []pack.Content{{Line: "1", SKU: sku, Qty: qty}}}
}

const mug, tea = "9520000000011", "9520000000059" // MUG-WHITE, TEA-GREEN

func TestACountThatDiffersIsTakenTwiceBeforeItCounts(t *testing.T) {
	r, _ := stocked(t, "SOAP-OLIVE", "D-11", 10)
	want := func(doing string, got []Result, want string) {
		t.Helper()
		if told(got) != want {
			t.Errorf("%s: %s, want %s", doing, told(got), want)
		}
	}
	held := func(want int) {
		t.Helper()
		if n, err := r.held(t.Context(), "SOAP-OLIVE", "D-11"); n != want || err != nil {
			t.Errorf("the ledger has %d, want %d, %v", n, want, err)
		}
	}
	want("right", walk(t, r, "D-11", "SOAP-OLIVE", "10"), "D-11 SOAP-OLIVE 10 right +0")
	want("two fewer", walk(t, r, "D-11", "SOAP-OLIVE", "x8"), "D-11 SOAP-OLIVE 8 again +0") // by how many is not told
	want("another number", walk(t, r, "D-11", "SOAP-OLIVE", "9"), "D-11 SOAP-OLIVE 9 again +0")
	held(10)
	want("the first number again is none of the last count", walk(t, r, "D-11", "SOAP-OLIVE,8"), "D-11 SOAP-OLIVE 8 again +0")
	want("twice the same", walk(t, r, "D-11", "SOAP-OLIVE", "8"), "D-11 SOAP-OLIVE 8 booked -2")
	held(8)
	want("and then it is right", walk(t, r, "D-11", "SOAP-OLIVE", "8"), "D-11 SOAP-OLIVE 8 right +0")
	want("an empty bin", walk(t, r, "D-11"), "D-11 SOAP-OLIVE 0 again +0")
	want("still empty", walk(t, r, "D-11"), "D-11 SOAP-OLIVE 0 booked -8")
	want("nothing is there, and nothing should be", walk(t, r, "D-11"), "")

	list, err := r.Store.Cases(t.Context(), store.CaseFilter{Kind: cases.KindCount})
	if err != nil || len(list) != 2 || list[1].SKU != "SOAP-OLIVE" || list[1].Qty != -2 || list[1].Scanned != "D-11" || list[1].CaseOpened.By != "P1" {
		t.Fatalf("%+v, %v", list, err)
	}
	moves, err := r.Ledger(t.Context(), "SOAP-OLIVE", 1)
	if err != nil || moves[0].Row != list[0].Case || moves[0].Qty != -8 || moves[0].Kind != stock.Counted || moves[0].By != "P1" {
		t.Errorf("case %s, movement %+v, %v", list[0].Case, moves, err)
	}
	_, right, all, err := r.Counts(t.Context(), store.CountFilter{})
	if right != 2 || all != 4 || err != nil {
		t.Errorf("%d of %d first counts are right, %v", right, all, err)
	}
}

func TestGoodsThatLeaveWhileSomebodyCounts(t *testing.T) {
	for _, c := range []struct {
		name    string
		before  func(w *foldertest.Writer)
		during  func(w *foldertest.Writer)
		counted string
		want    string
	}{
		{"a parcel before", func(w *foldertest.Writer) { w.Write(closes("P1", "MUG-WHITE", 3)) }, nil, "7", "right"},
		{"a parcel meanwhile", nil, func(w *foldertest.Writer) { w.Write(closes("P1", "MUG-WHITE", 3)) }, "7", "right"},
		{"one more is missing", nil, func(w *foldertest.Writer) { w.Write(closes("P1", "MUG-WHITE", 3)) }, "6", "again"},
		{"a parcel of before is opened again meanwhile", func(w *foldertest.Writer) { w.Write(closes("P1", "MUG-WHITE", 3)) }, func(w *foldertest.Writer) {
			w.Write(pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "P1", SSCC: "s-P1"}}, pack.LabelVoided{Parcel: "P1", SSCC: "s-P1"})
		}, "10", "right"},
		{"a parcel of another product", nil, func(w *foldertest.Writer) { w.Write(closes("P1", "TEA-GREEN", 3)) }, "10", "right"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, bench := stocked(t, "MUG-WHITE", "A1", 10)
			if c.before != nil {
				c.before(bench)
			}
			w, err := r.Walk(packer)
			if err != nil {
				t.Fatal(err)
			}
			say(t, w, "A1", mug)
			if c.during != nil {
				c.during(bench)
			}
			if got := say(t, w, c.counted, "end"); len(got) != 1 || string(got[0].Outcome) != c.want {
				t.Errorf("%s", told(got))
			}
		})
	}
}

// TestGoodsInTotesAreNotMissing: they have left the shelf, and no parcel has booked them.
func TestGoodsInTotesAreNotMissing(t *testing.T) {
	r, bench := stocked(t, "PEN-BLACK", "E-09", 20)
	if _, err := r.Store.PutOrders(t.Context(), []station.Order{{ID: "in-tote", Totes: []string{"T77"}, Lines: []station.Line{{ID: "1", SKU: "PEN-BLACK", Qty: 4, Kind: station.Goods}}}}); err != nil {
		t.Fatal(err)
	}
	if got := told(walk(t, r, "E-09", "PEN-BLACK", "16")); got != "E-09 PEN-BLACK 16 right +0" {
		t.Error(got)
	}
	bench.Write(pack.OrderTaken{Order: pack.OrderInfo{ID: "in-tote"}, Parcel: "in-tote-1"})
	bench.Write(pack.ParcelDone{Parcel: "in-tote-1", Order: "in-tote", SSCC: "x", Contents: []pack.Content{{Line: "1", SKU: "PEN-BLACK", Qty: 4}}}, pack.OrderClosed{Order: "in-tote"})
	if got := told(walk(t, r, "E-09", "PEN-BLACK", "16")); got != "E-09 PEN-BLACK 16 right +0" {
		t.Error("packed and sent:", got)
	}
}

func TestLinesOfAWalk(t *testing.T) {
	r, _ := stocked(t, "TEA-GREEN", "D-02", 0)
	w, err := r.Walk(packer)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line  string
		kind  HeardKind
		bin   string
		units int
		why   string
	}{
		{"  ", HeardNothing, "", 0, ""},
		{tea, HeardStranger, "", 0, "scan the bin first"},
		{"end", HeardEnd, "", 0, ""},
		{strings.Repeat("x", 50), HeardStranger, "", 0, "too long"},
		{"D-02", HeardBin, "D-02", 0, ""},
		{"7", HeardStranger, "D-02", 0, "scan the product before its quantity"},
		{tea, HeardItem, "D-02", 1, ""},
		{"19520000000056", HeardItem, "D-02", 7, ""}, // a case of six
		{"x3", HeardItem, "D-02", 19, ""},            // three cases
		{"X2", HeardItem, "D-02", 13, ""},            // no, two
		{"0", HeardItem, "D-02", 1, ""},
		{"TEA-GREEN\t12", HeardItem, "D-02", 13, ""},
		{"TEA-GREEN;1", HeardItem, "D-02", 14, ""},
		{"]C1" + "01" + "09520000000059" + "21" + "A7", HeardItem, "D-02", 15, ""},
		{"]C1" + "01" + "09520000000059" + "21" + "A7", HeardStranger, "D-02", 0, "counted already"},
		{"TEA-GREEN,99999", HeardItem, "D-02", 100_014, ""},
		{"=cmd|'/c calc'!A1", HeardStranger, "D-02", 0, "no product of the catalogue"},
		{"NOPE,3", HeardStranger, "D-02", 0, "no product of the catalogue"},
		{strings.Repeat("4", 9000), HeardStranger, "D-02", 0, "no product"},
		{"bin NEW-1", HeardBin, "NEW-1", 0, ""},
		{"MUG-WHITE", HeardItem, "NEW-1", 1, ""},
		{"D-02", HeardBin, "D-02", 0, ""},
		{"PB:bin:D-03", HeardBin, "D-03", 0, ""},
	} {
		h, err := w.Line(t.Context(), c.line)
		if err != nil || h.Kind != c.kind || h.Bin != c.bin || h.Units != c.units || !strings.Contains(h.Why, c.why) || (h.Why == "") != (c.why == "") {
			t.Errorf("%.40q: %+v, %v", c.line, h, err)
		}
	}
}

// TestACodeThatNobodyKnowsKeepsABinFromBeingBooked: it may be that of the next bin.
func TestACodeThatNobodyKnowsKeepsABinFromBeingBooked(t *testing.T) {
	r, _ := stocked(t, "SOAP-OLIVE", "D-11", 10)
	for range 3 {
		if got := told(walk(t, r, "D-11", "SOAP-OLIVE", "10", "D-12", "SOAP-OLIVE")); got != "D-11 SOAP-OLIVE 11 again +0" {
			t.Error(got)
		}
	}
	if got := told(walk(t, r, "D-11", "SOAP-OLIVE", "10", "bin D-12", "SOAP-OLIVE")); got != "D-11 SOAP-OLIVE 10 right +0; D-12 SOAP-OLIVE 1 again +0" {
		t.Error(got)
	}
}

func TestWhoMayCountAndMove(t *testing.T) {
	r, _ := stocked(t, "SOAP-OLIVE", "D-11", 10)
	var denied *people.Denied
	if _, err := r.Walk(station.Person{}); !errors.As(err, &denied) {
		t.Error(err)
	}
	if _, _, err := r.Move(t.Context(), packer, "SOAP-OLIVE", "D-11", 1, "found"); !errors.As(err, &denied) {
		t.Error(err)
	}
	if m, held, err := r.Move(t.Context(), chief, "SOAP-OLIVE", "D-11", -10, "scrapped"); err != nil || held != 0 || m.By != "V1" {
		t.Error(m, held, err)
	}
	if _, _, err := r.Move(t.Context(), chief, "SOAP-OLIVE", "D-11", -1, "scrapped"); err == nil || !strings.Contains(err.Error(), "count the bin first") {
		t.Error(err)
	}
}

// TestTwoHonestCountsMakeTheLedgerRight: parcels close, goods vanish and turn up, people
// count while parcels close. After two counts by people who see what lies there, the ledger
// says what lies there, whatever it said before.
func TestTwoHonestCountsMakeTheLedgerRight(t *testing.T) {
	skus := []string{"MUG-WHITE", "TEA-GREEN", "SOAP-OLIVE"}
	for seed := range uint64(3) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		d := foldertest.Shop(t)
		r, bench := New(d), foldertest.NewWriter(t, d, "S1")
		shelf, parcels := map[string]int{}, 0
		for _, sku := range skus {
			shelf[sku] = 20 + rnd.IntN(20)
			putIn(t, d, sku, "bin of "+sku, shelf[sku]+rnd.IntN(7)-3)
		}
		leaves := func() {
			sku := skus[rnd.IntN(len(skus))]
			if n := min(1+rnd.IntN(3), shelf[sku]); n > 0 {
				parcels++
				shelf[sku] -= n
				bench.Write(closes(fmt.Sprint("P", parcels), sku, n))
			}
		}
		for range 4 {
			for range rnd.IntN(6) {
				leaves()
			}
			vanishes := skus[rnd.IntN(len(skus))]
			shelf[vanishes] = max(0, shelf[vanishes]-rnd.IntN(3))
			for range 2 {
				w, err := r.Walk(packer)
				if err != nil {
					t.Fatal(err)
				}
				for _, sku := range skus {
					say(t, w, "bin bin of "+sku)
					for range rnd.IntN(3) {
						leaves()
					}
					if shelf[sku] > 0 {
						say(t, w, fmt.Sprintf("%s\t%d", sku, shelf[sku]))
					}
					say(t, w, "end")
				}
			}
			for _, sku := range skus {
				if n, err := r.held(context.Background(), sku, "bin of "+sku); n != shelf[sku] || err != nil {
					t.Fatalf("seed %d: the ledger has %d of %s, there are %d, %v", seed, n, sku, shelf[sku], err)
				}
			}
		}
	}
}

// TestShopsThatAskedHearOfWhatTheyDoNotKnow: not of what came from a supplier, was moved, or
// began the ledger, and no shop that did not ask.
func TestShopsThatAskedHearOfWhatTheyDoNotKnow(t *testing.T) {
	r, _ := stocked(t, "SOAP-OLIVE", "D-11", 10)
	for id, set := range map[string]string{"web": "yes", "fair": ""} {
		if err := r.Store.PutShop(t.Context(), store.Shop{ID: id, Kind: "shopify", Options: map[string]string{"corrections": set}, Since: foldertest.Noon()}); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range []struct {
		qty    int
		reason string
	}{{5, "received"}, {-1, "moved"}, {-2, "damaged"}, {1, "found"}} {
		if _, _, err := r.Move(t.Context(), chief, "SOAP-OLIVE", "D-11", m.qty, m.reason); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		walk(t, r, "D-11", "SOAP-OLIVE", "10")
	}
	list, err := r.Store.Entries(t.Context(), store.EntryFilter{Kind: store.EntryStock})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, e := range list {
		got[e.Target+" "+string(e.Body)] = true
	}
	for _, want := range []string{
		`web {"sku":"SOAP-OLIVE","delta":-2,"reason":"damaged"}`, `web {"sku":"SOAP-OLIVE","delta":1,"reason":"found"}`,
		`web {"sku":"SOAP-OLIVE","delta":-3,"reason":"counted"}`,
	} {
		if !got[want] {
			t.Errorf("no entry %s in %v", want, got)
		}
	}
	if len(list) != 3 {
		t.Errorf("%v", got)
	}
}
