package upkeep

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/store"
)

// boundWait is how long a commit of a bench may take at most while a long file is
// imported, in 99 of 100 cases. Without an import the disk alone takes some of it.
const boundWait = 100 * time.Millisecond

// BenchmarkCommitsWhileImporting commits again and again, as a bench of another process
// does, while 30,000 lines of orders are imported.
func BenchmarkCommitsWhileImporting(b *testing.B) {
	if testing.Short() {
		b.Skip("a long file takes a while")
	}
	const lines, goods = 30_000, 2000
	dir := b.TempDir()
	longProducts(b, filepath.Join(dir, "goods.csv"), goods)
	longOrders(b, filepath.Join(dir, "orders.csv"), lines, goods)
	d := foldertest.Shop(b)
	importFile(b, d, "products", filepath.Join(dir, "goods.csv"))
	other, err := store.Open(b.Context(), d.Path(store.FileName), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = other.Close() })
	commit := func(i int) time.Duration {
		began := time.Now()
		if err := other.PutSetting(b.Context(), "a scan", fmt.Append(nil, i)); err != nil {
			b.Error(err)
		}
		return time.Since(began)
	}
	for range b.N {
		var calm, busy []time.Duration
		for i := range 100 {
			calm = append(calm, commit(i))
		}
		done, ended := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
					busy = append(busy, commit(-i))
				}
			}
		}()
		importFile(b, d, "orders", filepath.Join(dir, "orders.csv"))
		close(done)
		<-ended
		b.ReportMetric(millis(calm, 50), "calm-p50-ms")
		b.ReportMetric(millis(calm, 99), "calm-p99-ms")
		b.ReportMetric(millis(busy, 50), "p50-ms")
		b.ReportMetric(millis(busy, 99), "p99-ms")
		b.ReportMetric(millis(busy, 100), "most-ms")
		b.ReportMetric(millis(busy, 99)/float64(boundWait.Milliseconds()), "ratio")
		b.ReportMetric(1, "bound")
	}
}

// millis is how long so many of a hundred took at most.
func millis(took []time.Duration, of int) float64 {
	slices.Sort(took)
	return float64(took[(len(took)-1)*of/100].Microseconds()) / 1000
}
