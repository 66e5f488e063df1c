package shift

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"packbench/station/journal"
)

// chains is a journal in memory, by writer.
type chains map[string][]journal.Entry

func (c chains) Writers(context.Context) ([]string, error) { return slices.Sorted(maps.Keys(c)), nil }

func (c chains) After(_ context.Context, writer string, b Bench) (next *time.Time, fits bool, err error) {
	fits = b.Seq == 0 || int(b.Seq) <= len(c[writer]) && c[writer][b.Seq-1].Hash == b.Head
	if rest := c[writer][min(int(b.Seq), len(c[writer])):]; len(rest) > 0 {
		next = &rest[0].At
	}
	return next, fits, nil
}

func (c chains) Entries(_ context.Context, writer string, b Bench, _ *error) iter.Seq[journal.Entry] {
	return slices.Values(c[writer][b.Seq:])
}

// shelf keeps carries in memory, as text.
type shelf struct {
	kept    []keptCarry
	dropped int
}

type keptCarry struct {
	at      time.Time
	text    []byte
	resting map[string]Parcel
}

func (s *shelf) Latest(_ context.Context, notAfter time.Time) (c Carry, at time.Time, ok bool, err error) {
	for _, k := range slices.Backward(s.kept) {
		if !k.at.After(notAfter) {
			err := json.Unmarshal(k.text, &c)
			c.Resting = func(id string) (Parcel, bool, error) {
				p, ok := k.resting[id]
				return p, ok, nil
			}
			return c, k.at, true, err
		}
	}
	return Carry{}, time.Time{}, false, nil
}

func (s *shelf) Keep(_ context.Context, before, at time.Time, c Carry) error {
	k := keptCarry{at: at, resting: map[string]Parcel{}}
	if n := len(s.kept); n > 0 {
		maps.Copy(k.resting, s.kept[n-1].resting)
		if !s.kept[n-1].at.Equal(before) {
			return fmt.Errorf("kept is %v, it goes on from %v", s.kept[n-1].at, before)
		}
	}
	rest, resting, moved := c.Apart()
	for _, id := range moved {
		delete(k.resting, id)
	}
	for id := range resting {
		if _, there := k.resting[id]; there {
			return fmt.Errorf("parcel %s rests twice", id)
		}
	}
	maps.Copy(k.resting, resting)
	var err error
	k.text, err = json.Marshal(rest)
	s.kept = append(s.kept, k)
	return err
}

func (s *shelf) DropFrom(_ context.Context, at time.Time) error {
	s.dropped++
	s.kept = slices.DeleteFunc(s.kept, func(k keptCarry) bool { return !k.at.Before(at) })
	return nil
}

// A book is the same whether it begins at a carry that was kept or at the first
// row, and comes out even (A10), whatever the clocks of the benches do and whenever
// it is asked for.
func TestABookIsTheSameFromWhatWasKept(t *testing.T) {
	books, dropped, resting := 0, 0, 0
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 11))
		s := newShop(seed, noon)
		for range 1000 {
			s.turn()
		}
		rows, kept := chains{}, &shelf{}
		ledger := Ledger{Journal: rows, Shelf: kept, DayEnd: func(at time.Time) time.Time { return at.Truncate(7 * time.Minute).Add(7 * time.Minute) }}
		off := map[string]time.Duration{}
		for n, e := range s.entries {
			if r.IntN(150) == 0 { // somebody sets a clock
				off[e.Writer] = time.Duration(r.IntN(5)-3) * time.Duration(r.IntN(20)) * time.Minute
			}
			e.At, e.Hash, e.Arrived = e.At.Add(off[e.Writer]), fmt.Sprint(e.Writer, e.Seq), int64(n+1)
			rows[e.Writer] = append(rows[e.Writer], e)
			if r.IntN(40) > 0 {
				continue
			}
			from := noon.Add(time.Duration(r.IntN(90)-20) * time.Minute)
			w := Window{Name: "w", From: from, To: from.Add(time.Duration(1+r.IntN(12)) * time.Minute), Loc: time.UTC}
			got, err := ledger.Book(t.Context(), w)
			if err != nil {
				t.Fatal(err)
			}
			want, after := Sheet(Carry{}, w, slices.Values(rows["S1"]), slices.Values(rows["S2"]))
			want.Heads = map[string]string{}
			for writer, b := range after.Benches {
				want.Heads[writer] = b.Head
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, row %s.%d, %s to %s:\n%+v\n%+v", seed, e.Writer, e.Seq, w.From, w.To, got.Balances, want.Balances)
			}
			for _, b := range got.Balances {
				if !b.Even() {
					t.Fatalf("seed %d, row %s.%d, %s to %s, clocks off by %v: %s %+v", seed, e.Writer, e.Seq, w.From, w.To, off, b.Of, b)
				}
			}
			books++
		}
		dropped += kept.dropped
		if n := len(kept.kept); n > 0 {
			resting += len(kept.kept[n-1].resting)
		}
	}
	if books < 200 || dropped < 5 || resting < 50 {
		t.Errorf("%d books, %d carries that were no longer true, %d parcels at rest: that proves little", books, dropped, resting)
	}
}

// A journal that is not the one that a carry was made of, whoever changed it, is
// read from its first row.
func TestACarryOfAnotherJournalIsNotTaken(t *testing.T) {
	rows, kept := chains{"S1": day(time.UTC)}, &shelf{}
	for i := range rows["S1"] {
		rows["S1"][i].Hash = fmt.Sprint("S1.", i+1)
	}
	ledger := Ledger{Journal: rows, Shelf: kept, DayEnd: func(at time.Time) time.Time { return at.Truncate(24 * time.Hour).Add(24 * time.Hour) }}
	next := Day(Date{2026, 3, 31}, time.UTC)
	was, err := ledger.Book(t.Context(), next)
	if err != nil || len(kept.kept) != 1 || amount(was, ofUnits, "from yesterday") != 1 {
		t.Fatalf("%d carries are kept, %v; from yesterday are %d units", len(kept.kept), err, amount(was, ofUnits, "from yesterday"))
	}
	for name, change := range map[string]func(){
		"a row less":       func() { rows["S1"] = rows["S1"][:len(rows["S1"])-1] },
		"another last row": func() { last := &rows["S1"][len(rows["S1"])-1]; last.Hash = cmp.Or("other", last.Hash) },
		"a bench less":     func() { delete(rows, "S1") },
	} {
		rows["S1"] = slices.Clone(day(time.UTC))
		for i := range rows["S1"] {
			rows["S1"][i].Hash = fmt.Sprint("S1.", i+1)
		}
		if _, err := ledger.Book(t.Context(), next); err != nil {
			t.Fatal(err)
		}
		change()
		got, err := ledger.Book(t.Context(), next)
		want, _ := Sheet(Carry{}, next, slices.Values(rows["S1"]))
		if err != nil || !reflect.DeepEqual(got.Balances, want.Balances) {
			t.Errorf("%s: %+v, want %+v, %v", name, got.Balances, want.Balances, err)
		}
	}
}

// What was kept of a bench with one row is as true as any.
func TestACarryOfOneRow(t *testing.T) {
	rows, kept := chains{"S1": day(time.UTC)[:1]}, &shelf{}
	rows["S1"][0].Hash = "S1.1"
	ledger := Ledger{Journal: rows, Shelf: kept, DayEnd: func(at time.Time) time.Time { return at.Truncate(24 * time.Hour).Add(24 * time.Hour) }}
	for range 2 {
		if _, err := ledger.Book(t.Context(), Day(Date{2026, 3, 31}, time.UTC)); err != nil || len(kept.kept) != 1 || kept.dropped > 0 {
			t.Errorf("%d carries are kept, %d dropped, %v", len(kept.kept), kept.dropped, err)
		}
	}
}
