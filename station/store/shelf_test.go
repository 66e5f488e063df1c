package store

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/unit"
)

// shelved keeps n products whose names repeat, and returns them by name.
func shelved(tb testing.TB, s *Store, n int) []station.Product {
	tb.Helper()
	kinds := []string{"Mug", "tea", "Émail pot", "Poster", "Zip bag"}
	all := make([]station.Product, 0, n)
	for i := range n {
		all = append(all, station.Product{
			SKU: fmt.Sprintf("S%07d", i*7919%n), Name: fmt.Sprintf("%s %04d", kinds[i%len(kinds)], i/9), Mass: unit.Mass(i+1) * unit.Gram,
			Barcodes: []station.Barcode{{Code: fmt.Sprintf("C%07d", i), Factor: 1}},
		})
	}
	for some := range slices.Chunk(all, 1000) {
		if _, err := s.PutProducts(context.Background(), some); err != nil {
			tb.Fatal(err)
		}
	}
	slices.SortFunc(all, func(a, b station.Product) int {
		return cmp.Or(cmp.Compare(fold(a.Name+"\n"+a.SKU), fold(b.Name+"\n"+b.SKU)), cmp.Compare(a.SKU, b.SKU))
	})
	return all
}

func skusOf(list []Shelved) (out []string) {
	for _, p := range list {
		out = append(out, p.SKU)
	}
	return out
}

// Pages by key hold every product once, in both directions, from any place on and among
// those that a search finds.
func TestTheShelfIsReadByKey(t *testing.T) {
	s := fresh(t)
	all := shelved(t, s, 500)
	ask := func(a ShelfAsk) []Shelved { return must[[]Shelved](t)(s.Shelf(t.Context(), a)) }
	var down []string
	at := ShelfKey{}
	for {
		page := ask(ShelfAsk{From: at, Limit: 33})
		down = append(down, skusOf(page)...)
		if len(page) == 0 {
			break
		}
		at = page[len(page)-1].Key
	}
	if len(down) != len(all) {
		t.Fatalf("%d of %d products", len(down), len(all))
	}
	for i, p := range all {
		if down[i] != p.SKU {
			t.Fatalf("%d is %s, want %s", i, down[i], p.SKU)
		}
	}
	marks, every, n, err := s.ShelfMarks(t.Context(), 20)
	if err != nil || n != 500 || every != 25 || len(marks) != 20 {
		t.Fatalf("%d marks every %d of %d, %v", len(marks), every, n, err)
	}
	for i, m := range marks {
		if m.SKU != all[i*every].SKU {
			t.Errorf("mark %d is %s, want %s", i, m.SKU, all[i*every].SKU)
		}
	}
	page := ask(ShelfAsk{From: marks[7], With: true, Limit: 3})
	if got := skusOf(page); !slices.Equal(got, []string{all[175].SKU, all[176].SKU, all[177].SKU}) {
		t.Errorf("from a mark: %v", got)
	}
	if got := skusOf(ask(ShelfAsk{From: marks[7], Back: true, Limit: 2})); !slices.Equal(got, []string{all[173].SKU, all[174].SKU}) {
		t.Errorf("before a mark: %v", got)
	}
	if got := ask(ShelfAsk{Text: "0005 MUG", Limit: 2}); len(got) != 2 || got[0].Name != "Mug 0005" || got[1].Name != "Mug 0005" {
		t.Errorf("words in any order and case: %+v", got)
	}
	if got := ask(ShelfAsk{Text: "ÉMAIL", Limit: 9}); len(got) != 9 {
		t.Errorf("in capitals: %d", len(got))
	}
	if got := ask(ShelfAsk{Text: "100%_nothing", Limit: 9}); len(got) != 0 {
		t.Errorf("signs mean themselves: %v", got)
	}
	if marks, _, n, err := fresh(t).ShelfMarks(t.Context(), 20); err != nil || n != 0 || len(marks) != 0 {
		t.Errorf("an empty shelf: %v, %d, %v", marks, n, err)
	}
}

// BenchmarkShelf scrolls through a made catalogue of 1,000,000 products, or as many as
// PACKBENCH_SHELF says: a page at an arbitrary place, as the window asks for it, against
// one indexed read of the same rows by rowid.
func BenchmarkShelf(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("PACKBENCH_SHELF"), "1000000"))
	if err != nil {
		b.Fatal(err)
	}
	if testing.Short() {
		n = 5000
	}
	s := open(b, filepath.Join(b.TempDir(), FileName))
	shelved(b, s, n)
	ctx := context.Background()
	const most, rows = 200, 30
	began := time.Now()
	first, err := s.Shelf(ctx, ShelfAsk{Limit: rows})
	if err != nil || len(first) != rows {
		b.Fatal(err)
	}
	opened := time.Since(began)
	marks, _, _, err := s.ShelfMarks(ctx, most)
	if err != nil {
		b.Fatal(err)
	}
	marked := time.Since(began) - opened
	r := rand.New(rand.NewPCG(1, 1))
	var ours, floor time.Duration
	longest, count := time.Duration(0), max(b.N, 2000)
	for range count {
		a := ShelfAsk{From: marks[r.IntN(len(marks))], With: true, Back: r.IntN(2) == 0, Limit: rows}
		began := time.Now()
		page, err := s.Shelf(ctx, a)
		took := time.Since(began)
		if err != nil || len(page) == 0 {
			b.Fatal(err, len(page))
		}
		ours, longest = ours+took, max(longest, took)
		began = time.Now()
		for _, p := range page { // each row by its key, read and decoded
			if _, err := s.Product(ctx, p.SKU); err != nil {
				b.Fatal(err)
			}
		}
		floor += time.Since(began)
	}
	began = time.Now()
	if _, err := s.Shelf(ctx, ShelfAsk{Text: "nothing has this", Limit: rows}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(opened.Microseconds())/1000, "ms-first-page")
	b.ReportMetric(float64(marked.Milliseconds()), "ms-marks")
	b.ReportMetric(float64(ours.Microseconds())/float64(count)/1000, "ms-page")
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
	b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-search-none")
	b.ReportMetric(float64(ours)/float64(floor), "x-keyed-reads")
}
