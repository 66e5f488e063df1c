package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station"
)

const (
	storedOrders = 100_000
	readyRuns    = 7                      // of each program; the median counts
	looksAround  = 700 * time.Millisecond // the first turns of the bench belong to its start
)

// BenchmarkWindowReady measures the time from the start of the program until
// its window takes scans, and its memory then, against a window with nothing in
// it, both in turn on the same screen.
func BenchmarkWindowReady(b *testing.B) {
	binary := needWindow(b, "openbox")
	empty := emptyProgram(b)
	d := sampleBench(b, nil)
	storeOrders(b, d)
	var ours, theirs starts
	for b.Loop() {
		for range readyRuns {
			theirs.run(b, empty)
			ours.run(b, binary, "--data", d.Dir, "--ready")
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours.time().Seconds()*1000, "ms")
	b.ReportMetric(theirs.time().Seconds()*1000, "empty-ms")
	b.ReportMetric(float64(ours.time())/float64(theirs.time()), "time-ratio")
	b.ReportMetric(1.5, "time-bound")
	b.ReportMetric(float64(ours.memory())/1e6, "MB")
	b.ReportMetric(float64(theirs.memory())/1e6, "empty-MB")
	b.ReportMetric(float64(ours.memory())/float64(theirs.memory()), "memory-ratio")
	b.ReportMetric(1.5, "memory-bound")
}

// starts are what several starts of one program took.
type starts struct {
	took []time.Duration
	peak []int64 // bytes
}

func (s *starts) run(b *testing.B, binary string, args ...string) {
	b.Helper()
	began := time.Now()
	p := start(b, binary, args...)
	s.took = append(s.took, time.Since(began))
	time.Sleep(looksAround)
	s.peak = append(s.peak, p.memory("VmHWM"))
	p.stop()
}

func (s *starts) time() time.Duration { return median(s.took) }
func (s *starts) memory() int64       { return median(s.peak) }

func median[T time.Duration | int64](of []T) T {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}

// memory is what the kernel says of the program's memory, in bytes: VmRSS is what it
// has, VmHWM the most that it has had at once.
func (p *program) memory(what string) int64 {
	p.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), what+":")
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.ParseInt(kilobytes, 10, 64)
	if err != nil {
		p.t.Fatalf("memory of the program: %v", err)
	}
	return n * 1024
}

// storeOrders fills the database with open orders, all due today.
func storeOrders(b *testing.B, d *folder.Folder) {
	b.Helper()
	products, err := d.Store.Products(b.Context(), "", 50)
	if err != nil {
		b.Fatal(err)
	}
	today := time.Now().Truncate(time.Hour).Add(time.Hour)
	const atOnce = 5000
	orders := make([]station.Order, 0, atOnce)
	for n := range storedOrders {
		o := station.Order{
			ID: fmt.Sprintf("W%06d", n), Status: station.OrderOpen, Placed: today.AddDate(0, 0, -1), ShipBy: today,
			To: station.Address{Name: "A", Street: "Street 1", Postcode: "10115", City: "Berlin", Country: "DE"},
		}
		for i := range 3 {
			p := products[(n*3+i)%len(products)]
			o.Lines = append(o.Lines, station.Line{ID: strconv.Itoa(i + 1), SKU: p.SKU, Qty: 1 + i, Kind: station.Goods})
		}
		if orders = append(orders, o); len(orders) == atOnce {
			if _, err := d.Store.PutOrders(b.Context(), orders); err != nil {
				b.Fatal(err)
			}
			orders = orders[:0]
		}
	}
}
