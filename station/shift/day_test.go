package shift

import (
	"fmt"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

func berlin(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// writer writes a bench's chain through the real machine, at given times.
type writer struct {
	name    string
	seq     int64
	state   pack.State
	entries []journal.Entry
}

func (w *writer) put(at time.Time, e pack.Event) {
	w.seq++
	in := pack.Input{ID: fmt.Sprintf("%s.%d", w.name, w.seq), At: at, Event: e}
	facts := pack.Decide(w.state, in)
	for _, f := range facts {
		w.state = pack.Fold(w.state, f)
	}
	w.entries = append(w.entries, journal.Entry{Writer: w.name, Seq: w.seq, At: at, Facts: facts})
}

func (w *writer) scan(at time.Time, m pack.Meaning) {
	w.put(at, pack.Scanned{Meanings: []pack.Meaning{m}})
}

func (w *writer) badge(at time.Time, id string, role station.Role) {
	w.scan(at, pack.Meaning{Kind: pack.MeansBadge, Person: &pack.Person{ID: id, Role: role}})
}

func (w *writer) item(at time.Time, sku string) {
	w.scan(at, pack.Meaning{Kind: pack.MeansProduct, Product: &pack.Product{SKU: sku, Factor: 1}})
}

// effect returns the id of the one pending effect of a kind.
func (w *writer) effect(kind pack.EffectKind) string {
	for id, e := range w.state.Pending {
		if e.Kind == kind {
			return id
		}
	}
	return ""
}

// open opens an order of n units of =TEA, which a spreadsheet would run.
func (w *writer) open(at time.Time, order string, n int) {
	w.scan(at, pack.Meaning{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: order}}})
	w.put(at, pack.OrderReady{Effect: w.effect(pack.EffectOpen), Order: pack.OrderInfo{
		ID: order, Version: 1, Lines: []pack.LineInfo{{ID: "1", SKU: "=TEA", Kind: station.Goods, Qty: n, Mass: 100 * unit.Gram}},
	}})
}

// ship weighs, labels and closes the open parcel.
func (w *writer) ship(at time.Time, sscc string) {
	goods := w.state.Work.Goods()
	w.put(at, pack.Weighed{Scale: pack.ScaleZero})
	w.put(at, pack.Weighed{
		Scale: pack.ScaleSteady, Mass: goods, Expect: &pack.Expect{Known: true, Mass: goods, Tolerance: unit.Gram},
	})
	parcel := w.state.Work.Parcel.ID
	w.put(at, pack.QuotesReady{Effect: w.effect(pack.EffectQuote), Quotes: []pack.Quote{
		{Service: "comet-next", Carrier: "Comet", Price: unit.Money{Minor: 490, Currency: "EUR"}, Allowed: true, Chosen: true},
	}})
	w.put(at, pack.Bought{Effect: w.effect(pack.EffectBuy), State: pack.PurchaseBought, SSCC: sscc, Document: "D" + sscc})
	w.put(at, pack.Printed{Effect: w.effect(pack.EffectPrint), State: pack.PrintPrinted, Ended: true})
	w.scan(at, pack.Meaning{Kind: pack.MeansParcel, Parcel: &pack.ParcelRef{ID: parcel, SSCC: sscc}})
	w.put(at, pack.EffectDone{Effect: w.effect(pack.EffectFree)})
}

// day is a small day at one bench: an order with a wrong item and a repeated
// scan, and one that is still open in the evening.
func day(loc *time.Location) []journal.Entry {
	w := &writer{name: "S1", state: pack.New()}
	at := func(h, m int) time.Time { return time.Date(2026, 3, 30, h, m, 0, 0, loc) }
	w.put(at(8, 0), pack.Started{Rules: pack.Rules{Station: "S1", LockAfter: 3}})
	w.badge(at(8, 1), "P1", station.Packer)
	w.open(at(8, 2), "1001", 2)
	w.item(at(8, 3), "=TEA")
	w.item(at(8, 4), "MUG")
	w.item(at(8, 5), "=TEA")
	w.item(at(8, 6), "=TEA")
	w.ship(at(8, 8), "340000000000000015")
	w.badge(at(9, 0), "P2", station.Packer)
	w.open(at(9, 10), "1002", 5)
	w.item(at(9, 11), "=TEA")
	w.item(at(9, 12), "=TEA")
	w.put(at(9, 13), pack.Command{Name: "undo"})
	return w.entries
}

func TestDayBook(t *testing.T) {
	loc := berlin(t)
	b, carry := Sheet(Carry{}, Day(Date{2026, 3, 30}, loc), slices.Values(day(loc)))
	check(t, b)
	for _, want := range []struct {
		of, name string
		n        int
	}{
		{"units", "accepted", 4},
		{"units", "removed", -1},
		{"units", "in closed parcels", 2},
		{"units", "in open parcels", 1},
		{"parcels", "packed", 1},
		{"parcels", "still open, on the dock", 1},
		{"parcels", "voided", 0},
		{"orders", "opened", 2},
		{"orders", "closed", 1},
		{"orders", "still open", 1},
	} {
		if got := amount(b, want.of, want.name); got != want.n {
			t.Errorf("%s, %s: %d, want %d", want.of, want.name, got, want.n)
		}
	}
	// 2 units between 08:02 and 08:08, a wrong item and one too many among the scans.
	p1 := b.Packers[0]
	if speed, ok := p1.Speed(); p1.ID != "P1" || p1.Open != 6*time.Minute || !ok || speed != 20 {
		t.Errorf("P1: %+v, speed %d", p1, speed)
	}
	if acc, ok := p1.Accuracy(); !ok || p1.Scans != 2 || p1.Refused != 2 || acc != 500 {
		t.Errorf("P1's scans: %d accepted, %d refused, accuracy %d", p1.Scans, p1.Refused, acc)
	}
	if c := b.Carriers; len(c) != 1 || c[0].Carrier != "Comet" || c[0].Net().String() != "4.90 EUR" {
		t.Errorf("carriers: %+v", c)
	}
	if want := []Count{{pack.CodeOverScan, 1}, {pack.CodeWrongItem, 1}}; !slices.Equal(b.Errors, want) {
		t.Errorf("errors: %+v, want %+v", b.Errors, want)
	}
	if got := carry.Orders; len(got) != 1 || got["1002"] != "S1" {
		t.Errorf("still open: %v", got)
	}
}

// The next day carries in what the evening left, and nothing is counted twice.
func TestCarryIn(t *testing.T) {
	loc := berlin(t)
	entries := day(loc)
	_, carry := Sheet(Carry{}, Day(Date{2026, 3, 30}, loc), slices.Values(entries))
	b, _ := Sheet(carry, Day(Date{2026, 3, 31}, loc), slices.Values(entries))
	check(t, b)
	for of, want := range map[string]int{"units": 1, "parcels": 1, "orders": 1} {
		if got := amount(b, of, "from yesterday"); got != want {
			t.Errorf("%s from yesterday: %d, want %d", of, got, want)
		}
	}
	if len(b.Rows) != 0 || amount(b, "units", "accepted") != 0 {
		t.Errorf("an idle day has %d lines", len(b.Rows))
	}
}

// Each of these facts, taken out of the journal or changed, shows as a gap.
func TestTamperingShows(t *testing.T) {
	loc := berlin(t)
	w := Day(Date{2026, 3, 30}, loc)
	even := func(entries []journal.Entry) bool {
		b, _ := Sheet(Carry{}, w, slices.Values(entries))
		return !slices.ContainsFunc(b.Balances, func(b Balance) bool { return !b.Even() })
	}
	entries := day(loc)
	if !even(entries) {
		t.Fatal("the untouched day does not balance")
	}
	tried := map[string]int{}
	for i, e := range entries[:len(entries)-3] { // the open order's units are nowhere else
		for j, f := range e.Facts {
			switch f.(type) {
			case pack.UnitsMoved, pack.ParcelDone, pack.OrderTaken, pack.OrderClosed, pack.LabelKept:
			default:
				continue
			}
			tried[f.Tag()]++
			changed := slices.Clone(entries)
			changed[i].Facts = slices.Delete(slices.Clone(e.Facts), j, j+1)
			if even(changed) {
				t.Errorf("without %s of %s.%d everything balances", f.Tag(), e.Writer, e.Seq)
			}
			if m, ok := f.(pack.UnitsMoved); ok {
				m.Action.Qty++
				changed[i].Facts = slices.Clone(e.Facts)
				changed[i].Facts[j] = m
				if even(changed) {
					t.Errorf("with another quantity in %s.%d everything balances", e.Writer, e.Seq)
				}
			}
		}
		if even(slices.Delete(slices.Clone(entries), i, i+1)) {
			t.Errorf("without row %d everything balances", e.Seq)
		}
	}
	if len(tried) != 5 {
		t.Errorf("tried only %v", tried)
	}
}

func TestGapNamesTheParcel(t *testing.T) {
	loc := berlin(t)
	entries := day(loc)
	for i, e := range entries {
		for j, f := range e.Facts {
			if d, ok := f.(pack.ParcelDone); ok {
				d.Contents = []pack.Content{{Line: "1", SKU: "=TEA", Qty: 1}}
				entries[i].Facts[j] = d
			}
		}
	}
	b, _ := Sheet(Carry{}, Day(Date{2026, 3, 30}, loc), slices.Values(entries))
	left, right := b.Balances[0].Sums()
	if left != 3 || right != 2 || !slices.Equal(b.Balances[0].Gaps, []string{"1001-1"}) {
		t.Errorf("units: %+v", b.Balances[0])
	}
	if !b.Balances[1].Even() || !b.Balances[2].Even() {
		t.Errorf("parcels and orders should balance: %+v", b.Balances[1:])
	}
}

// A bench whose clock is set back goes on in the window that it had reached.
func TestClockSetBack(t *testing.T) {
	loc := berlin(t)
	entries := day(loc)
	for i := len(entries) - 2; i < len(entries); i++ {
		entries[i].At = entries[i].At.Add(-48 * time.Hour)
	}
	b, _ := Sheet(Carry{}, Day(Date{2026, 3, 30}, loc), slices.Values(entries))
	check(t, b)
	if amount(b, "units", "accepted") != 4 {
		t.Errorf("units: %+v", b.Balances[0])
	}
}

func TestMergeKeepsNumbersInOrder(t *testing.T) {
	at := func(m int) time.Time { return noon.Add(time.Duration(m) * time.Minute) }
	one := []journal.Entry{{Writer: "S1", Seq: 1, At: at(5)}, {Writer: "S1", Seq: 2, At: at(1)}, {Writer: "S1", Seq: 3, At: at(9)}}
	two := []journal.Entry{{Writer: "S2", Seq: 1, At: at(2)}, {Writer: "S2", Seq: 2, At: at(6)}}
	got := ""
	for e := range Merge(time.Time{}, slices.Values(one), slices.Values(two), slices.Values([]journal.Entry(nil))) {
		got += fmt.Sprintf("%s.%d ", e.Writer, e.Seq)
	}
	if want := "S2.1 S1.1 S1.2 S2.2 S1.3 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for range Merge(time.Time{}, slices.Values(one), slices.Values(two)) {
		break // stopping early must not leave anything behind
	}
}

// One parcel that does not fit is said, also where the sums agree.
func TestOneGapIsAnException(t *testing.T) {
	side := []Amount{{Name: "packed", N: 2}}
	for gaps, want := range map[int][]string{
		0: nil,
		1: {"Parcels: 1 does not fit: 1001-1"},
		2: {"Parcels: 2 do not fit: 1001-1, 1001-2"},
	} {
		b := Book{Balances: []Balance{{Of: ofParcels, Left: side, Right: side, Gaps: []string{"1001-1", "1001-2"}[:gaps]}}}
		if got := b.exceptions(); !slices.Equal(got, want) {
			t.Errorf("%d gaps: %q, want %q", gaps, got, want)
		}
	}
}
