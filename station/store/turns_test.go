package store

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"packbench/station"
)

// An import takes one turn to write after the other; a bench in another
// process must get in between, or its packer waits for the import's end.
func TestScansGetInBetweenAnImport(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	bench, importer := open(t, path), open(t, path)
	const turns = 30
	ended := make(chan error)
	go func() {
		defer close(ended)
		for i := range turns {
			var orders []station.Order
			for j := range 100 {
				orders = append(orders, station.Order{ID: fmt.Sprint(i, "-", j), Lines: []station.Line{{ID: "1", SKU: sku(j), Qty: 1}}})
			}
			if _, err := importer.PutOrders(ctx, orders); err != nil {
				ended <- err
				return
			}
		}
	}()
	w := newWriter(t, bench, "S1")
	rows := 0
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			if rows < turns/2 {
				t.Errorf("%d rows got in between %d turns of the import", rows, turns)
			}
			return
		default:
			w.write()
			rows++
		}
	}
}

// On the first day two programs may make the database at the same moment.
func TestTwoProgramsMakeTheDatabaseAtOnce(t *testing.T) {
	ctx := context.Background()
	for range 5 {
		path := filepath.Join(t.TempDir(), FileName)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				s, err := Open(ctx, path, Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Append(ctx, newWriter(t, s, fmt.Sprint("S", i)).next()); err != nil {
					t.Error(err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		s := open(t, path)
		if writers := must[[]string](t)(s.Writers(ctx)); len(writers) != 4 {
			t.Errorf("writers %v", writers)
		}
	}
}
