package pack

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"packbench/station"
)

// needing is order 1042 whose mugs need lot and expiry, and whose candles a serial.
func needing() OrderInfo {
	o := order1042()
	o.Lines[0].Needs, o.Lines[1].Needs = Needs{Lot: true, Expiry: true, Life: 10}, Needs{Serial: true}
	o.Lines[0].Count, o.Lines[1].Count = true, true
	o.Lines = append(o.Lines, LineInfo{ID: "4", SKU: "CANDLE", Name: "the CANDLE", Kind: station.Goods, Qty: 2, Needs: Needs{Serial: true}})
	return o
}

// scanMarks is a scan of a code that says something of its unit.
func scanMarks(kind MeaningKind, sku string, factor int, m Marks) Event {
	e := scanItem(sku, factor).(Scanned)
	e.Meanings[0].Kind = kind
	e.Meanings[0].Product.Marks, e.Meanings[0].Product.Looked = &m, &Looked{Now: "2026-11-29T12:00"}
	return e
}

// Whatever is scanned, asked, answered and taken back: no unit that needs marks lies in
// the parcel without them, no mark stays of what came out, and no serial is there twice
// unless somebody let it pass.
func TestMarksGoWithTheirUnits(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 42))
		d := newDesk(t)
		d.openOrder(needing())
		passed := false
		for range 80 {
			e := markEvent(r)
			v := d.give(e)
			passed = passed || v.Author != ""
			if d.s.Work == nil {
				break
			}
			checkMarks(t, seed, d.s.Work, passed)
			for _, w := range d.s.Parked {
				checkMarks(t, seed, w, passed)
			}
		}
	}
}

func markEvent(r *rand.Rand) Event {
	sku := []string{"MUG", "CANDLE", "CANDLE", "BLUE"}[r.IntN(4)]
	m := Marks{
		Lot:    []string{"", "L1", "L2"}[r.IntN(3)],
		Serial: []string{"", "S1", "s2", "S2", "S3"}[r.IntN(5)],
		Expiry: []string{"", "2027-01-01", "2026-12-01", "2020-01-01", "odd"}[r.IntN(5)],
	}
	names := []string{"undo", "remove", "put-back", "swap", "confirm", "count", "back", "authorise", "short", "next-parcel"}
	switch n := r.IntN(20); {
	case n < 7:
		return scanMarks(MeansProduct, sku, 1+r.IntN(2)*r.IntN(2), m)
	case n < 10:
		return scanMarks(MeansMark, sku, 1, m)
	case n < 12:
		return scanItem(sku, 1)
	case n < 14:
		return answer(1 + r.IntN(4))
	case n == 14:
		return badge("boss", station.Supervisor)
	case n == 15:
		o := needing()
		o.Version = 2 + r.IntN(1000)
		o.Lines[r.IntN(2)].Qty = r.IntN(5)
		if r.IntN(3) == 0 {
			o.Lines = slices.Delete(o.Lines, 1, 2)
		}
		return ShopChanged{Status: station.OrderOpen, Order: o}
	case n == 16:
		return Scanned{Meanings: []Meaning{{Kind: MeansQuantity, N: 1 + r.IntN(3)}}}
	case n == 17:
		return Scanned{Raw: "?"}
	default:
		return Command{Name: names[r.IntN(len(names))], Value: []string{"", "1", "2", "4"}[r.IntN(4)], N: r.IntN(3), Reason: []string{"", "damaged"}[r.IntN(2)], Sure: true}
	}
}

func checkMarks(t *testing.T, seed uint64, w *Work, passed bool) {
	t.Helper()
	serials := map[string]int{}
	for _, sku := range []string{"MUG", "CANDLE"} {
		in, lots, numbers := 0, 0, 0
		for _, l := range w.Lines {
			if l.SKU == sku {
				in += l.In
			}
		}
		for _, m := range w.Marks(sku) {
			if m.Qty < 1 {
				t.Fatalf("seed %d: %d units have the marks %+v", seed, m.Qty, m.Marks)
			}
			if m.Lot != "" && m.Expiry != "" {
				lots += m.Qty
			}
			if m.Serial != "" {
				numbers += m.Qty
				if sku == "CANDLE" { // a pack of mugs may have one of its own
					serials[strings.ToLower(m.Serial)] += m.Qty
				}
			}
		}
		switch {
		case sku == "MUG" && lots != in:
			t.Fatalf("seed %d: %d mugs, %d with their lot and day: %s", seed, in, lots, asJSON(t, w.Parcel.Marked))
		case sku == "CANDLE" && numbers != in:
			t.Fatalf("seed %d: %d candles, %d with their serials: %s", seed, in, numbers, asJSON(t, w.Parcel.Marked))
		}
	}
	marked := 0
	for _, c := range w.Contents() {
		for _, m := range c.Marked {
			marked += m.Qty
		}
	}
	all := 0
	for _, m := range w.Parcel.Marked {
		all += m.Qty
	}
	if marked != all {
		t.Fatalf("seed %d: the contents tell of %d marked units, there are %d", seed, marked, all)
	}
	for serial, n := range serials {
		if n > 1 && !passed {
			t.Fatalf("seed %d: %s is in the parcel %d times", seed, serial, n)
		}
	}
}

// The last day is a day on which goods are good; a minute ends with itself.
func TestWhenGoodsAreExpired(t *testing.T) {
	for _, c := range []struct {
		expiry, now string
		want        bool
	}{
		{"2026-11-29", "2026-11-29T23:59", false},
		{"2026-11-29", "2026-11-30T00:00", true},
		{"2026-11-29T12:00", "2026-11-29T12:00", false},
		{"2026-11-29T12:00", "2026-11-29T12:01", true},
		{"", "2026-11-30T00:00", false},
		{"2026-11-29", "", false},
		{"2026-11-29", "2026", false},
	} {
		if got := (Marks{Expiry: c.expiry}).expired(c.now); got != c.want {
			t.Errorf("%s at %s: expired %v", c.expiry, c.now, got)
		}
	}
	for _, c := range []struct{ expiry, want string }{
		{"2026-12-09", "10 true"}, {"2026-11-29T10:00", "0 true"}, {"2026-11-28", "-1 true"}, {"odd", "0 false"}, {"", "0 false"},
	} {
		left, known := (Marks{Expiry: c.expiry}).left("2026-11-29T12:00")
		if got := fmt.Sprint(left, known); got != c.want {
			t.Errorf("%s keeps for %s days, want %s", c.expiry, got, c.want)
		}
	}
}
