package store

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func open(tb testing.TB, path string) *Store {
	tb.Helper()
	s, err := Open(context.Background(), path, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func fresh(tb testing.TB) *Store {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), FileName)
	newFile.Lock()
	defer newFile.Unlock()
	if newFile.content != nil {
		if err := os.WriteFile(path, newFile.content, 0o600); err != nil {
			tb.Fatal(err)
		}
		return open(tb, path)
	}
	s, err := Open(tb.Context(), path, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	if err = s.Close(); err == nil {
		newFile.content, err = os.ReadFile(path)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return open(tb, path)
}

// newFile is a database in which nothing is yet: hundreds of tests begin with one.
var newFile struct {
	sync.Mutex
	content []byte
}

// writer appends to one chain the way an engine does.
type writer struct {
	tb    testing.TB
	s     *Store
	chain journal.Chain
	at    time.Time
}

func newWriter(tb testing.TB, s *Store, name string) *writer {
	tb.Helper()
	chain, err := s.Head(context.Background(), name)
	if err != nil {
		tb.Fatal(err)
	}
	return &writer{tb: tb, s: s, chain: chain, at: noon}
}

// next makes the row for facts a second after the last one.
func (w *writer) next(facts ...pack.Fact) journal.Row {
	w.tb.Helper()
	w.at = w.at.Add(time.Second)
	input, decided, err := w.s.codec.Encode(pack.Input{Event: pack.Scanned{Raw: "4006381333931"}}, facts)
	if err != nil {
		w.tb.Fatal(err)
	}
	return w.chain.Next(w.at, input, decided)
}

func (w *writer) write(facts ...pack.Fact) journal.Row {
	w.tb.Helper()
	r := w.next(facts...)
	if err := w.s.Append(context.Background(), r); err != nil {
		w.tb.Fatal(err)
	}
	w.chain = w.chain.After(r)
	return r
}

// scanRow is an input and facts of usual size.
func scanRow(tb testing.TB, s *Store) (pack.Input, []byte, []byte) {
	tb.Helper()
	product := &pack.Product{SKU: "MUG-BLUE", Name: "Mug, blue, 330 ml", Factor: 1, Mass: 341_000}
	in := pack.Input{Event: pack.Scanned{
		Gesture: "scanner-1.4711", Device: "scanner-1", AIM: "]E0", Raw: "4006381333931",
		Meanings: []pack.Meaning{{Kind: pack.MeansProduct, Product: product}},
	}}
	facts := []pack.Fact{
		pack.UnitsMoved{Action: pack.Action{Line: "1", SKU: "MUG-BLUE", Qty: 1, How: pack.ByScan}},
		pack.Judged{Verdict: pack.Verdict{
			At: noon, Kind: pack.Accepted, Code: pack.CodeItem, Order: "1001", Line: "1", SKU: "MUG-BLUE",
			Name: product.Name, Qty: 1, Have: 1, Want: 3, Open: 4, Expected: []string{"MUG-BLUE", "TEA-GREEN"}, By: "p-one",
		}},
	}
	input, decided, err := s.codec.Encode(in, facts)
	if err != nil {
		tb.Fatal(err)
	}
	return in, input, decided
}

func must[T any](tb testing.TB) func(T, error) T {
	return func(v T, err error) T {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return v
	}
}
