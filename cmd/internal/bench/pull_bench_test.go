package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station/pack"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/woosim"
	"packbench/station/store"
	"packbench/station/web"
)

const (
	// pulledVar asks for more orders than a look has time for.
	pulledVar = "PACKBENCH_PULLED_ORDERS"
	// shopVar makes a process of this test the shop, with so many orders, so that what
	// the bench needs is not counted together with what the shop needs.
	shopVar = "PACKBENCH_SIMULATED_ORDERS"
)

func TestMain(m *testing.M) {
	if n, err := strconv.Atoi(os.Getenv(shopVar)); err == nil {
		openShop(n)
		return
	}
	os.Exit(m.Run())
}

// openShop is a shop with n orders until standard input ends.
func openShop(n int) {
	sim := woosim.New(woosim.Options{Ways: []woosim.Way{woosim.Fulfillments}})
	for i := range n {
		var lines []shopsim.Line
		for l := range 1 + i%3 {
			lines = append(lines, shopsim.Line{SKU: fmt.Sprintf("SIM-%d", (i+l)%500), Name: "Simulated goods", Qty: 1 + i%2, Minor: 1000, Grams: 200})
		}
		sim.Place(shopsim.Order{Lines: lines, To: shopsim.Address{
			Name: "Ann Example", Street: fmt.Sprintf("Way %d", i), City: "Bonn", Postcode: "53111", Country: "DE", Email: "ann@example.com",
		}})
	}
	server := httptest.NewServer(sim)
	fmt.Println(server.URL, sim.Secret())
	_, _ = io.Copy(io.Discard, os.Stdin)
	server.Close()
}

// shopBeside starts a shop in another process and returns its address and key.
func shopBeside(b *testing.B, orders int) (url, secret string) {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), shopVar+"="+strconv.Itoa(orders))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = stdin.Close(); _ = cmd.Wait() })
	said, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		b.Fatal("the shop did not open: ", err)
	}
	url, secret, _ = strings.Cut(strings.TrimSpace(said), " ")
	return url, secret
}

// gate lets the requests to a shop through, or has them wait.
type gate struct {
	mu     sync.Mutex
	opens  *sync.Cond
	open   bool
	waits  int // requests
	passed int
}

func newGate() *gate {
	g := &gate{}
	g.opens = sync.NewCond(&g.mu)
	return g
}

func (g *gate) Do(r *http.Request) (*http.Response, error) {
	g.mu.Lock()
	for g.waits++; !g.open; g.opens.Wait() {
	}
	g.waits--
	g.passed++
	g.mu.Unlock()
	return web.NewHTTP().Do(r)
}

func (g *gate) set(open bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = open
	g.opens.Broadcast()
}

// waiting reports whether all that is asked of the shop waits at the gate.
func (g *gate) waiting() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.waits > 0
}

// BenchmarkScanWhilePulling measures scan to verdict while the orders of a shop come in
// page by page, against the same with the shop's answers held back, in turn, and how
// much memory the bench holds near the end against before.
func BenchmarkScanWhilePulling(b *testing.B) {
	orders := 6000
	if n, err := strconv.Atoi(os.Getenv(pulledVar)); err == nil {
		orders = n
	}
	ctx := context.Background()
	d := bigOrder(b, 1_000_000)
	url, secret := shopBeside(b, orders)
	at := startScanning(b, d)
	road := newGate()
	at.Shops.Do = road
	at.scan("PB:badge:B-PACKER", pack.CodeSignedIn)
	at.scan("BIG", pack.CodeOrderOpened)
	const item = "9520000000011"
	for range warm {
		at.scan(item, pack.CodeItem)
	}
	if err := at.Shops.Add(ctx, store.Shop{ID: "web", Kind: "woocommerce", URL: url}, secret); err != nil {
		b.Fatal(err)
	}
	for !road.waiting() {
		time.Sleep(time.Millisecond)
	}
	b.ResetTimer()
	w := pulling{scanning: at, gate: road, item: item}
	w.turns(b)
	b.StopTimer()
	kept, err := d.Store.ShopList(ctx, "web", "orders")
	if err != nil || kept.Read.IsZero() {
		b.Fatalf("the orders are not read to the end: %+v, %v", kept, err)
	}
	w.report(b, orders)
}

// pulling is scans in turn, while orders come in and while none do.
type pulling struct {
	scanning
	*gate
	item         string
	with, beside []time.Duration // scan to verdict
	heap         []float64       // bytes alive, after each turn
	took         time.Duration   // of the turns with orders
}

const (
	inTurn = 60 // scans
	// between two scans the bench has less than it has at a person's pace, and enough
	// that both wait for the other now and then.
	between = 5 * time.Millisecond
)

// turns scans with and without until all orders are in.
func (w *pulling) turns(b *testing.B) {
	b.Helper()
	for {
		w.set(true)
		began := time.Now()
		w.with = append(w.with, w.some()...)
		w.took += time.Since(began)
		w.set(false)
		if w.still(b) {
			return
		}
		w.beside = append(w.beside, w.some()...)
		w.heap = append(w.heap, alive())
	}
}

// still waits until nothing comes in any more, and reports whether that is the end.
func (w *pulling) still(b *testing.B) (end bool) {
	b.Helper()
	for !w.waiting() {
		l, err := w.Store.ShopList(context.Background(), "web", "orders")
		if err != nil || l.Trouble != "" {
			b.Fatalf("the orders are not read: %+v, %v", l, err)
		}
		if !l.Read.IsZero() {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

func (w *pulling) some() []time.Duration {
	var took []time.Duration
	for range inTurn {
		time.Sleep(between)
		took = append(took, w.scan(w.item, pack.CodeItem))
	}
	return took
}

// alive is how many bytes the last collection left on the heap.
func alive() float64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return float64(s[0].Value.Uint64())
}

func (w *pulling) report(b *testing.B, orders int) {
	slices.Sort(w.with)
	slices.Sort(w.beside)
	at := func(d []time.Duration, q float64) float64 {
		return float64(d[int(float64(len(d)-1)*q)].Nanoseconds()) / 1000
	}
	n := len(w.heap)
	if n < 8 {
		b.Fatalf("%d turns are too few to tell", n)
	}
	b.ReportMetric(at(w.with, 0.5), "p50-µs")
	b.ReportMetric(at(w.beside, 0.5), "without-p50-µs")
	b.ReportMetric(at(w.with, 0.99), "p99-µs")
	b.ReportMetric(at(w.beside, 0.99), "without-p99-µs")
	b.ReportMetric(float64(orders)/w.took.Seconds(), "orders/s")
	b.ReportMetric(slices.Max(w.heap[3*n/4:])/(1<<20), "MB")
	b.ReportMetric(at(w.with, 0.5)/at(w.beside, 0.5), "ratio")
	b.ReportMetric(1.1, "bound")
	b.ReportMetric(slices.Max(w.heap[3*n/4:])/slices.Max(w.heap[:n/2]), "heap-ratio")
	b.ReportMetric(1.2, "heap-bound")
}
