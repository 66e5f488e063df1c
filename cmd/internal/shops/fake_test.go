package shops

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/shop"
	"packbench/station/store"
	"packbench/station/unit"
)

// fake is a shop that can do everything, in memory.
type fake struct {
	mu      sync.Mutex
	orders  []shop.Order               // as they stand; Qty is what was ordered and not cancelled
	sent    map[string][]shop.Shipment // by order
	ships   int                        // calls of Ship
	fails   map[string][]error         // by call: the next ones that fail, before anything is done
	lost    map[string]int             // by call: so many are done, and the answer is lost
	perPage int
	pages   []shop.Cursor // cursors that were asked for
	inShip  func()
	whole   bool // it hears of all parcels of an order at once
}

var errLost = errors.New("no answer came")

func (f *fake) turn(call string) error {
	if e := f.fails[call]; len(e) > 0 {
		f.fails[call] = e[1:]
		return e[0]
	}
	return nil
}

func (f *fake) after(call string) error {
	if f.lost[call] > 0 {
		f.lost[call]--
		return errLost
	}
	return nil
}

func (f *fake) now(o shop.Order) shop.Order {
	o.Sent = slices.Clone(f.sent[o.Own])
	o.Lines = slices.Clone(o.Lines)
	for i, l := range o.Lines {
		for _, s := range o.Sent {
			for _, u := range s.Lines {
				if u.Line == l.ID {
					o.Lines[i].Qty -= u.Qty
				}
			}
		}
	}
	left := 0
	for _, l := range o.Lines {
		left += l.Qty
	}
	o.Lines = slices.DeleteFunc(o.Lines, func(l station.Line) bool { return l.Qty == 0 })
	if left == 0 && o.Status == station.OrderOpen {
		o.Status = station.OrderDone
	}
	return o
}

func (f *fake) Changed(_ context.Context, since shop.Cursor) (shop.Page, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pages = append(f.pages, since)
	if err := f.turn("changed"); err != nil {
		return shop.Page{}, err
	}
	var from int
	_, _ = fmt.Sscan(string(since), &from)
	to := min(from+max(f.perPage, 1), len(f.orders))
	var p shop.Page
	for _, o := range f.orders[from:to] {
		p.Orders = append(p.Orders, f.now(o))
	}
	p.More = to < len(f.orders)
	if p.More {
		p.Next = shop.Cursor(fmt.Sprint(to))
	} else {
		p.Next = since
	}
	return p, nil
}

func (f *fake) Fresh(_ context.Context, id string) (shop.Order, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.turn("fresh"); err != nil {
		return shop.Order{}, err
	}
	for _, o := range f.orders {
		if o.Own == id {
			return f.now(o), nil
		}
	}
	return shop.Order{}, &shop.Gone{What: "order " + id}
}

func (f *fake) Shipped(_ context.Context, order string) ([]shop.Shipment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.sent[order]), f.turn("shipped")
}

func (f *fake) Ship(_ context.Context, s shop.Shipment) (string, error) {
	if f.inShip != nil {
		f.inShip()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ships++
	if err := f.turn("ship"); err != nil {
		return "", err
	}
	if f.sent == nil {
		f.sent = map[string][]shop.Shipment{}
	}
	s.ID = fmt.Sprintf("F%d", f.ships)
	f.sent[s.Order] = append(f.sent[s.Order], s)
	return s.ID, f.after("ship")
}

func (f *fake) Unship(_ context.Context, s shop.Shipment) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.turn("unship"); err != nil {
		return err
	}
	f.sent[s.Order] = slices.DeleteFunc(f.sent[s.Order], func(is shop.Shipment) bool { return is.ID == s.ID })
	return f.after("unship")
}

func (f *fake) Test(context.Context) ([]shop.Check, error) {
	return []shop.Check{{What: "read orders", OK: true}}, nil
}
func (f *fake) Can() shop.Can { return shop.Can{Part: !f.whole, Unship: true} }

// world is a folder with one shop, and a clock that stands still until it is moved.
type world struct {
	*Shops
	t    *testing.T
	shop *fake
	desk *foldertest.Writer
	hand
	ssc int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	d := foldertest.Shop(t)
	w := &world{t: t, shop: &fake{fails: map[string][]error{}, lost: map[string]int{}}, hand: hand{at: d.Clock()}}
	d.Clock = w.now
	w.Shops = &Shops{Folder: d, Time: d.Clock, Kinds: []Kind{{
		ID: "fake", Name: "Fake", Secret: "Key", New: func(shop.Options) (shop.Shop, error) { return w.shop, nil },
		Set: []Setting{{Key: "place", Name: "Place"}},
	}}}
	if err := w.Add(t.Context(), store.Shop{ID: "web", Kind: "fake", URL: "https://example.com"}, "k-secret"); err != nil {
		t.Fatal(err)
	}
	w.desk = foldertest.NewWriter(t, d, "S1")
	return w
}

// place has a customer order n units of a product.
func (w *world) place(own string, n int) {
	w.shop.orders = append(w.shop.orders, shop.Order{Order: station.Order{
		Own: own, Number: "#" + own, Status: station.OrderOpen,
		To:    station.Address{Name: "Ann", Street: "Way 1", City: "Bonn", Postcode: "53111", Country: "DE"},
		Lines: []station.Line{{ID: "L" + own, SKU: "MUG-BLUE", Qty: n, Price: unit.Money{Minor: 900, Currency: "EUR"}}},
	}})
}

func (w *world) pull() Pulled {
	w.t.Helper()
	p, err := w.Pull(w.t.Context(), "web", false)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) push() Pushed {
	w.t.Helper()
	p, err := w.Push(w.t.Context(), "web")
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// order is how an order stands at the bench.
func (w *world) order(own string) station.Order {
	w.t.Helper()
	id, err := w.Store.OrderOf(w.t.Context(), "web", own)
	if err != nil {
		w.t.Fatal(err)
	}
	o, err := w.Store.Order(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return o
}

// packed closes a parcel with n units of an order and returns its label.
func (w *world) packed(own string, n int) (sscc string) {
	w.t.Helper()
	w.ssc++
	sscc = fmt.Sprintf("09520000%010d", w.ssc)
	o := w.order(own)
	w.desk.WriteAt(w.now(), pack.ParcelDone{
		Parcel: fmt.Sprintf("%s-%d", o.ID, w.ssc), Order: o.ID, Carton: "M", Service: "swift", Carrier: "heron", SSCC: sscc, Tracking: "TR" + sscc,
		Contents: []pack.Content{{Line: "L" + own, SKU: "MUG-BLUE", Qty: n}},
	})
	return sscc
}

func (w *world) voided(own, sscc string) {
	w.t.Helper()
	w.desk.WriteAt(w.now(), pack.LabelVoided{Parcel: w.order(own).ID + "-1", SSCC: sscc})
}

// states are those of the outbox, as "1 shipment done".
func (w *world) states() string {
	w.t.Helper()
	if err := w.Store.CatchUp(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	all, err := w.Store.Entries(w.t.Context(), store.EntryFilter{})
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, e := range all {
		out = append(out, fmt.Sprintf("%s %s", e.Kind, e.State))
	}
	return strings.Join(out, ", ")
}

func (w *world) want(states string, parcels int) {
	w.t.Helper()
	if got := w.states(); got != states {
		w.t.Errorf("the outbox holds %s, want %s", got, states)
	}
	n := 0
	for _, s := range w.shop.sent {
		n += len(s)
	}
	if n != parcels {
		w.t.Errorf("the shop knows of %d parcels, want %d", n, parcels)
	}
}

// hand is a clock that stands still until it is moved.
type hand struct {
	mu sync.Mutex
	at time.Time
}

func (h *hand) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hand) later(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}
