package shift

import (
	"encoding/json"
	"iter"
	"reflect"
	"slices"
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

var noon = time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)

func check(t *testing.T, b Book) {
	t.Helper()
	for _, bal := range b.Balances {
		if !bal.Even() {
			t.Errorf("%s: %s does not balance: %+v", b.Window.Name, bal.Of, bal)
		}
	}
}

// Whatever packers do, in whatever order, every window of the day balances,
// and a book made from what was carried over is the book made from the start.
func TestBalancesHoldForAnyWork(t *testing.T) {
	closed, reopened, voided, short, cancelled, gone := 0, 0, 0, 0, 0, 0
	for seed := range uint64(20) {
		s := newShop(seed, noon)
		for range 1000 {
			s.turn()
		}
		end := s.at.Add(time.Second)
		cuts := []time.Time{noon}
		for range 3 {
			cuts = append(cuts, noon.Add(time.Duration(s.r.Int64N(int64(end.Sub(noon))))))
		}
		slices.SortFunc(cuts, time.Time.Compare)
		cuts = append(cuts, end)
		var carry Carry
		for i := range len(cuts) - 1 {
			w := Window{Name: "w", From: cuts[i], To: cuts[i+1], Loc: time.UTC}
			fromStart, afterStart := Sheet(Carry{}, w, slices.Values(s.entries))
			apart, _ := Sheet(Carry{}, w, chain(s, "S2"), chain(s, "S1"))
			if !reflect.DeepEqual(apart, fromStart) {
				t.Fatalf("seed %d, window %d: the book of the chains apart differs:\n%+v\n%+v", seed, i, apart.Balances, fromStart.Balances)
			}
			var book Book
			book, carry = Sheet(jsonCopy(t, carry), w, slices.Values(s.entries))
			check(t, book)
			if !reflect.DeepEqual(book, fromStart) {
				t.Fatalf("seed %d, window %d: the book from the carry differs:\n%+v\n%+v", seed, i, book.Balances, fromStart.Balances)
			}
			if got, want := mustJSON(t, carry), mustJSON(t, afterStart); got != want {
				t.Fatalf("seed %d, window %d: carried\n%s\nwant\n%s", seed, i, got, want)
			}
			if t.Failed() {
				t.Fatalf("seed %d, window %d", seed, i)
			}
		}
		whole, _ := Sheet(Carry{}, Window{From: noon, To: end}, slices.Values(s.entries))
		check(t, whole)
		closed += amount(whole, "units", "in closed parcels")
		voided += amount(whole, "parcels", "voided")
		gone += amount(whole, "parcels", "handed over")
		short += amount(whole, "orders", "short")
		cancelled += amount(whole, "orders", "cancelled")
		for _, e := range s.entries {
			for _, f := range e.Facts {
				if f.Tag() == (pack.ParcelReopened{}).Tag() {
					reopened++
				}
			}
		}
	}
	t.Logf("closed units %d, reopened %d, voided %d, short %d, cancelled %d, handed over %d", closed, reopened, voided, short, cancelled, gone)
	if closed < 100 || gone < 20 || reopened < 10 || voided < 10 || short < 3 || cancelled < 10 {
		t.Errorf("the work is too poor to prove much: closed units %d, reopened %d, voided %d, short %d, cancelled %d", closed, reopened, voided, short, cancelled)
	}
}

func chain(s *shop, writer string) iter.Seq[journal.Entry] {
	return func(yield func(journal.Entry) bool) {
		for _, e := range s.entries {
			if e.Writer == writer && !yield(e) {
				return
			}
		}
	}
}

func BenchmarkSheet(b *testing.B) {
	s := newShop(1, noon)
	for range 20000 {
		s.turn()
	}
	b.ResetTimer()
	for range b.N {
		Sheet(Carry{}, Window{From: noon, To: s.at}, slices.Values(s.entries))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(s.entries)), "ns/entry")
}

func amount(b Book, of, name string) int {
	for _, bal := range b.Balances {
		for _, a := range append(slices.Clone(bal.Left), bal.Right...) {
			if bal.Of == of && a.Name == name {
				return a.N
			}
		}
	}
	return -1
}

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func jsonCopy(t *testing.T, c Carry) Carry {
	t.Helper()
	var out Carry
	if err := json.Unmarshal([]byte(mustJSON(t, c)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}
