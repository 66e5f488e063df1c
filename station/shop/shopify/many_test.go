package shopify_test

import (
	"flag"
	"runtime"
	"testing"
	"time"

	"packbench/station/shop"
)

var many = flag.Int("orders", 2_000, "how many orders TestAFirstPullOfManyOrders pulls")

// A first pull of many orders keeps no more in memory at its end than at its beginning,
// and every order comes once.
func TestAFirstPullOfManyOrders(t *testing.T) {
	r := start(t, 0)
	n := *many
	if testing.Short() {
		n = min(n, 400)
	}
	for range n {
		r.place(1, 2)
	}
	s := r.open()
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	seen := map[string]int{}
	var since shop.Cursor
	var early uint64
	began := time.Now()
	for pages := 0; ; {
		page, err := s.Changed(t.Context(), since)
		if r.paused(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page.Orders {
			seen[o.Own]++
		}
		if pages++; pages == n/100 {
			early = heap()
		}
		if since = page.Next; !page.More {
			break
		}
	}
	late := heap()
	if len(seen) != n {
		t.Errorf("%d orders came, want %d", len(seen), n)
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("order %s came %d times", id, times)
		}
	}
	t.Logf("%d orders in %s, heap %d kB after a fifth, %d kB at the end", n, time.Since(began).Round(time.Millisecond), early>>10, late>>10)
	if late > early+uint64(n)*1_000+8<<20 {
		t.Errorf("the heap grew from %d to %d kB", early>>10, late>>10)
	}
}
