// Package shoptest owns the suite that the client of every kind of shop passes, against
// the simulated shop of that kind. It must not know any kind: it asks in the terms of
// package shop, does what customers do by [shopsim.Backend], and looks at what the
// simulated shop has in the end, never at what was called.
//
//	func TestSuite(t *testing.T) {
//		shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
//			sim := shopifysim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
//			return sim, func(url string) shop.Shop { return open(t, sim, url, clock) }
//		})
//	}
//
// Nothing waits: the clock is the suite's, and goes on where a shop wants a pause. A
// simulated shop should have a lag, of at most a minute.
package shoptest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopsim"
)

// Start makes a simulated shop that is empty, and says how its client is opened. The
// client must ask by an http.Client of its own kind ([web.NewHTTP]) and take the clock.
type Start func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(url string) shop.Shop)

// Run tries everything. It takes some seconds; -short leaves most random runs out, and
// PACKBENCH_SHOP_RUNS=1000 makes as many of them.
func Run(t *testing.T, start Start) {
	for _, c := range []struct {
		name string
		try  func(*trial)
	}{
		{"an order comes as it was placed", (*trial).placed},
		{"many orders and long orders come whole", (*trial).many},
		{"holds and cancellations are seen", (*trial).stopped},
		{"what the customer changes and gets back is not packed", (*trial).altered},
		{"an order that comes while pages are read is not lost", (*trial).during},
		{"lists that lag lose nothing", (*trial).lagging},
		{"an unknown order is gone", (*trial).gone},
		{"a parcel of everything", (*trial).whole},
		{"a parcel of a part, then another", (*trial).parts},
		{"nothing is sent that cannot be", (*trial).impossible},
		{"somebody else sends it", (*trial).elsewhere},
		{"a shipment is taken back", (*trial).takenBack},
		{"every fault of every request of a question", (*trial).questionFaults},
		{"every fault of every request of a shipment", (*trial).shipFaults},
		{"every fault of every request of taking back", (*trial).unshipFaults},
		{"products", (*trial).products},
		{"stock is changed once by a difference", (*trial).stock},
		{"every fault of every request of a correction", (*trial).stockFaults},
		{"the test says what works", (*trial).tested},
	} {
		t.Run(c.name, func(t *testing.T) { c.try(begin(t, start)) })
	}
	t.Run("random", func(t *testing.T) { random(t, start) })
}

// trial is one simulated shop and a bench that keeps its orders.
type trial struct {
	*testing.T
	sim  shopsim.Backend
	open func(url string) shop.Shop
	url  string

	mu    sync.Mutex
	now   time.Time
	asked int
	on    func(n int) // before the n-th request since asked was 0

	cursor shop.Cursor
	known  map[string]shop.Order
	left   map[string]string
}

func begin(t *testing.T, start Start) *trial {
	x := &trial{
		T: t, now: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC),
		known: map[string]shop.Order{}, left: map[string]string{},
	}
	x.sim, x.open = start(t, x.clock)
	srv := httptest.NewServer(http.HandlerFunc(x.serve))
	t.Cleanup(srv.Close)
	x.url = srv.URL
	return x
}

func (x *trial) serve(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	x.asked++
	n, on := x.asked, x.on
	x.mu.Unlock()
	if on != nil {
		on(n)
	}
	x.sim.ServeHTTP(w, r)
}

// each has f done before the n-th request from now on; nil ends it.
func (x *trial) each(f func(n int)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.asked, x.on = 0, f
}

func (x *trial) requests() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.asked
}

func (x *trial) clock() time.Time {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.now
}

func (x *trial) pass(d time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.now = x.now.Add(d)
}

// client opens a client that knows nothing yet, as after a start of the program.
func (x *trial) client() shop.Shop { return x.open(x.url) }

// Most of the tries of one question, and of the pages of one pull.
const (
	mostTries = 60
	mostPages = 2_000
)

// pause waits as an error says that nothing was done.
func (x *trial) pause(err error) {
	d := time.Second
	if wait, ok := as[*shop.Throttled](err); ok {
		d = max(wait.Wait, d)
	}
	x.pass(d)
}

// clean looks whether an error holds a key of the shop, or what a buyer is called and
// where they live: errors stand in logs, and people send them around.
func (x *trial) clean(err error) {
	x.Helper()
	if err == nil {
		return
	}
	text := err.Error()
	hidden := append(strings.FieldsFunc(x.sim.Secret(), func(r rune) bool { return r == ' ' || r == ':' || r == '\n' }), address.Name, address.Street, address.Phone, address.Email)
	for _, part := range hidden {
		if len(part) >= 6 && strings.Contains(text, part) {
			x.Errorf("an error holds %q: %s", part, text)
		}
	}
}

// ask asks a question until it is answered.
func ask[T any](x *trial, what string, f func(context.Context) (T, error)) T {
	x.Helper()
	for try := 0; ; try++ {
		got, err := f(x.Context())
		if err == nil {
			return got
		}
		x.clean(err)
		if !shop.NotDone(err) {
			x.Fatalf("%s: %v (%T), which leaves open whether anything was done: it is a question", what, err, err)
		}
		if shop.Hopeless(err) || try == mostTries {
			x.Fatalf("%s: %v", what, err)
		}
		x.pause(err)
	}
}

// pull reads what has changed to its end and keeps it.
func (x *trial) pull(s shop.Shop) {
	x.Helper()
	for range mostPages {
		page := ask(x, "changed", func(ctx context.Context) (shop.Page, error) { return s.Changed(ctx, x.cursor) })
		for _, o := range page.Orders {
			x.check(o)
			x.known[o.Own] = o
			delete(x.left, o.Own)
		}
		for _, l := range page.Left {
			x.left[l.ID] = l.Reason
			delete(x.known, l.ID)
		}
		if page.Next == "" {
			x.Fatal("a page of changes has no cursor to go on from")
		}
		x.cursor = page.Next
		if !page.More {
			return
		}
	}
	x.Fatalf("the changes have no end after %d pages", mostPages)
}

// check looks whether an order is one that a bench can work with.
func (x *trial) check(o shop.Order) {
	x.Helper()
	seen := map[string]bool{}
	for _, l := range o.Lines {
		switch {
		case l.ID == "" || seen[l.ID]:
			x.Errorf("order %s has no id of its own for a line: %+v", o.Own, l)
		case l.Kind != station.Goods && l.Kind != station.Note:
			x.Errorf("order %s: a line is of kind %q", o.Own, l.Kind)
		case l.Kind == station.Goods && (l.Qty <= 0 || l.SKU == ""):
			x.Errorf("order %s: %d of %q are to be packed", o.Own, l.Qty, l.SKU)
		}
		seen[l.ID] = true
	}
	if o.Own == "" || o.Number == "" || o.Status == "" {
		x.Errorf("order has id %q, number %q, status %q", o.Own, o.Number, o.Status)
	}
	if (o.Status == station.OrderHeld) != (o.Reason != "") && o.Status != station.OrderCancelled {
		x.Errorf("order %s is %s for the reason %q", o.Own, o.Status, o.Reason)
	}
}

func (x *trial) fresh(s shop.Shop, id string) shop.Order {
	x.Helper()
	o := ask(x, "fresh", func(ctx context.Context) (shop.Order, error) { return s.Fresh(ctx, id) })
	x.check(o)
	if o.Own != id {
		x.Errorf("asked for order %s, got %s", id, o.Own)
	}
	return o
}

func (x *trial) shipped(s shop.Shop, id string) []shop.Shipment {
	x.Helper()
	return ask(x, "shipped", func(ctx context.Context) ([]shop.Shipment, error) { return s.Shipped(ctx, id) })
}

// goods are the lines to pack.
func goods(o shop.Order) []station.Line {
	return slices.DeleteFunc(slices.Clone(o.Lines), func(l station.Line) bool { return l.Kind != station.Goods })
}

// units is how many of each product are to be packed.
func units(o shop.Order) map[string]int {
	out := map[string]int{}
	if o.Status == station.OrderCancelled || o.Status == station.OrderDone {
		return out
	}
	for _, l := range goods(o) {
		out[l.SKU] += l.Qty
	}
	return out
}

// count is how many parcels of an order the simulated shop has by a tracking number.
func (x *trial) count(order, tracking string) int {
	n := 0
	for _, p := range x.sim.Parcels(order) {
		if p.Tracking == tracking {
			n++
		}
	}
	return n
}

// address is where the orders of the suite go.
var address = shopsim.Address{
	Name: "Ada Example", Company: "Example Ltd", Street: "Musterweg 5", Street2: "2nd floor", City: "Bonn",
	Postcode: "53111", Country: "DE", Phone: "+49 228 000000", Email: "ada@example.com",
}

// place takes an order of so many units of each product.
func (x *trial) place(qty ...int) string {
	o := shopsim.Order{To: address, Service: "Standard"}
	for i, n := range qty {
		o.Lines = append(o.Lines, product(i+1, n))
	}
	return x.sim.Place(o)
}

func product(i, qty int) shopsim.Line {
	return shopsim.Line{SKU: sku(i), Name: fmt.Sprintf("Cup %d", i), Barcode: fmt.Sprintf("40063813%05d", i), Qty: qty, Minor: 1250, Grams: 300}
}

func sku(i int) string { return fmt.Sprintf("CUP-%d", i) }
