package shopify_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopify"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shopifysim"
	"packbench/station/unit"
)

// rig is a simulated shop, its address, a clock, and a client.
type rig struct {
	*testing.T
	*shopifysim.Sim
	url string
	mu  sync.Mutex
	now time.Time
}

func start(t *testing.T, lag time.Duration) *rig {
	r := &rig{T: t, now: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)}
	r.Sim = shopifysim.New(shopsim.Options{Clock: r.clock, Lag: lag})
	srv := httptest.NewServer(r.Sim)
	t.Cleanup(srv.Close)
	r.url = srv.URL
	return r
}

func (r *rig) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

func (r *rig) pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = r.now.Add(d)
}

// open opens a client with some settings, as "name", "value".
func (r *rig) open(set ...string) *shopify.Shop {
	r.Helper()
	m := map[string]string{}
	for i := 0; i < len(set); i += 2 {
		m[set[i]] = set[i+1]
	}
	return open(r.T, r.Sim, r.url, r.clock, m)
}

func (r *rig) place(qty ...int) string {
	o := shopsim.Order{To: shopsim.Address{Name: "Ada Example", Street: "Musterweg 5", City: "Bonn", Postcode: "53111", Country: "DE", Email: "ada@example.com"}, Service: "Standard"}
	for i, n := range qty {
		o.Lines = append(o.Lines, shopsim.Line{SKU: fmt.Sprintf("CUP-%d", i+1), Name: "Cup", Barcode: fmt.Sprintf("400638133393%d", i), Qty: n, Minor: 1250, Grams: 310})
	}
	return r.Place(o)
}

func (r *rig) fresh(s *shopify.Shop, id string) shop.Order {
	r.Helper()
	for {
		o, err := s.Fresh(r.Context(), id)
		if r.paused(err) {
			continue
		}
		if err != nil {
			r.Fatalf("fresh: %v", err)
		}
		return o
	}
}

// paused waits where a shop asks for it.
func (r *rig) paused(err error) bool {
	wait := new(shop.Throttled)
	if !errors.As(err, &wait) {
		return false
	}
	r.pass(wait.Wait)
	return true
}

func (r *rig) ship(s *shopify.Shop, o shop.Order, tracking string, qty ...int) (string, error) {
	p := shop.Shipment{Key: tracking, Order: o.Own, Number: o.Number, Tracking: tracking, Name: "dhl", Link: "https://example.com/t"}
	for i, l := range o.Lines {
		if i < len(qty) && qty[i] > 0 && l.Kind == station.Goods {
			p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: qty[i]})
		}
	}
	for {
		if id, err := s.Ship(r.Context(), p); !r.paused(err) {
			return id, err
		}
	}
}

// want holds the state of an order against what it should be.
func (r *rig) want(o shop.Order, status station.OrderStatus, reason string, units ...int) {
	r.Helper()
	var got []int
	for _, l := range o.Lines {
		if l.Kind == station.Goods {
			got = append(got, l.Qty)
		}
	}
	if o.Status != status || !strings.Contains(o.Reason, reason) || reason == "" && o.Reason != "" || !slices.Equal(got, units) {
		r.Errorf("the order is %s (%s) with %v, want %s (%s) with %v", o.Status, o.Reason, got, status, reason, units)
	}
}

// pull reads all changes and returns them by id.
func (r *rig) pull(s *shopify.Shop, since shop.Cursor) (map[string]shop.Order, []shop.Left, shop.Cursor) {
	r.Helper()
	out := map[string]shop.Order{}
	var left []shop.Left
	for range 1000 {
		page, err := s.Changed(r.Context(), since)
		if r.paused(err) {
			continue
		}
		if err != nil {
			r.Fatalf("changed: %v", err)
		}
		for _, o := range page.Orders {
			out[o.Own] = o
		}
		left = append(left, page.Left...)
		since = page.Next
		if !page.More {
			return out, left, since
		}
	}
	r.Fatal("the changes have no end")
	return nil, nil, ""
}

// A part that is on hold stays out, the rest is packed; released, it comes back, and
// what was born for the rest is not packed a second time.
func TestAPartOnHold(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(5, 1)
	r.HoldPart(id, 2, "Paint to be matched")
	o := r.fresh(s, id)
	r.want(o, station.OrderOpen, "", 3, 1)
	if _, err := r.ship(s, o, "T-1", 4); !errors.As(err, new(*shop.Changed)) || !strings.Contains(err.Error(), "Paint to be matched") {
		t.Errorf("units on hold: %v", err)
	}
	if _, err := r.ship(s, o, "T-1", 1, 1); err != nil {
		t.Fatal(err)
	}
	r.want(r.fresh(s, id), station.OrderOpen, "", 2)
	r.Release(id)
	r.want(r.fresh(s, id), station.OrderOpen, "", 4)
	r.Hold(id, "Fraud suspected")
	r.want(r.fresh(s, id), station.OrderHeld, "Other: Fraud suspected", 4)
}

// What is moved to another location is packed there and nowhere else.
func TestLocations(t *testing.T) {
	r := start(t, 0)
	id, all := r.place(3), r.place(2)
	r.want(r.fresh(r.open(), id), station.OrderOpen, "", 3)
	berlin := r.AddLocation("Berlin")
	r.want(r.fresh(r.open(), id), station.OrderHeld, "Choose in the shop's settings where this bench packs: Warehouse, Berlin", 3)
	r.want(r.fresh(r.open("location", "Hamburg"), id), station.OrderHeld, "no location called Hamburg; it has Warehouse, Berlin", 3)
	here, there := r.open("location", "warehouse"), r.open("location", strconv.FormatInt(berlin, 10))
	r.want(r.fresh(there, id), station.OrderCancelled, "It is packed at Warehouse")
	r.Move(id, berlin, 1)
	o := r.fresh(here, id)
	r.want(o, station.OrderOpen, "", 2)
	r.want(r.fresh(there, id), station.OrderOpen, "", 1)
	if _, err := r.ship(here, o, "T-1", 3); !errors.As(err, new(*shop.Changed)) || !strings.Contains(err.Error(), "packed at Berlin") {
		t.Errorf("units of another location: %v", err)
	}
	if _, err := r.ship(here, o, "T-1", 2); err != nil {
		t.Fatal(err)
	}
	r.want(r.fresh(here, id), station.OrderDone, "")
	r.want(r.fresh(there, id), station.OrderOpen, "", 1)
	r.Move(all, berlin, 0)
	r.want(r.fresh(here, all), station.OrderCancelled, "It is packed at Berlin")
	if _, err := r.open().Ship(t.Context(), shop.Shipment{Order: id, Tracking: "T-9", Lines: []shop.Units{{Line: o.Lines[0].ID, Qty: 1}}}); !errors.As(err, new(*shop.Refused)) {
		t.Errorf("a bench that does not know where it is sends: %v", err)
	}
}

// The same line in many fulfillment orders is one line, of all of them, and one parcel
// takes from all of them.
func TestManyFulfillmentOrders(t *testing.T) {
	r := start(t, 0)
	id := r.place(60, 60)
	berlin := r.AddLocation("Berlin")
	for range 55 {
		r.Move(id, berlin, 1)
	}
	s := r.open("location", "Berlin")
	o := r.fresh(s, id)
	r.want(o, station.OrderOpen, "", 55)
	if _, err := r.ship(s, o, "T-1", 54); err != nil {
		t.Fatal(err)
	}
	if got := r.Parcels(id); len(got) != 1 || got[0].Units["CUP-1"] != 54 {
		t.Errorf("the shop has %v", got)
	}
	r.want(r.fresh(s, id), station.OrderOpen, "", 1)
	r.want(r.fresh(r.open("location", "Warehouse"), id), station.OrderOpen, "", 60, 5)
}

// An order of many parcels tells of all of them.
func TestManyParcels(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(60)
	for i := range 58 {
		r.pass(5 * time.Second)
		if _, err := r.ship(s, r.fresh(s, id), fmt.Sprintf("T-%d", i), 1); err != nil {
			t.Fatal(err)
		}
	}
	r.pass(time.Minute)
	got, err := s.Shipped(t.Context(), id)
	if err != nil || len(got) != 58 || len(r.fresh(s, id).Sent) != 58 {
		t.Errorf("%d parcels left, the client says %d, %v", len(r.Parcels(id)), len(got), err)
	}
	long := r.place(slices.Repeat([]int{1}, 70)...)
	r.pass(time.Minute)
	o := r.fresh(s, long)
	if _, err := r.ship(s, o, "L-1", slices.Repeat([]int{1}, 70)...); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Shipped(t.Context(), long); err != nil || len(got) != 1 || len(got[0].Lines) != 70 {
		t.Errorf("a parcel of 70 lines: %d shipments, %v", len(got), err)
	}
}

// Asked again, a part of an order does not leave twice, even by who does not look.
func TestTheSameParcelAgain(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(4)
	o := r.fresh(s, id)
	first, err := r.ship(s, o, "T-1", 2)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := r.ship(s, o, "T-1", 2); err != nil || again != first || len(r.Parcels(id)) != 1 {
		t.Errorf("again: %q, want %q, %v; the shop has %v", again, first, err, r.Parcels(id))
	}
	if _, err := r.ship(s, o, "T-1", 1); !errors.As(err, new(*shop.Changed)) || len(r.Parcels(id)) != 1 {
		t.Errorf("the same number with other contents: %v", err)
	}
	if got, _ := s.Shipped(t.Context(), id); got[0].Name != "DHL" {
		t.Errorf("the carrier dhl is %q to Shopify", got[0].Name)
	}
}

// What is told of an order beside its lines.
func TestWhatAnOrderTells(t *testing.T) {
	r := start(t, 0)
	id := r.Place(shopsim.Order{Number: "1042", Note: "Happy birthday!\nFrom Bob", To: shopsim.Address{Name: "Ada Example", Country: "DE"}, Lines: []shopsim.Line{
		{SKU: "CUP", Qty: 2, Minor: 1250}, {SKU: "CARD", Qty: 1, Minor: 5000}, {SKU: "SET-A", Qty: 1, Minor: 100}, {SKU: "SET-B", Qty: 2, Minor: 100},
	}})
	r.GiftCard(id, 1)
	r.Bundle(id, "Set", "SET", 2, 3)
	r.Tag(id, "vip", "tote:T-7", "tote: T-8")
	leave, promise := r.now.Add(6*time.Hour), r.now.Add(50*time.Hour)
	r.Deadlines(id, leave, promise)
	o := r.fresh(r.open("tote_prefix", "tote:"), id)
	r.want(o, station.OrderOpen, "", 2, 1, 2)
	note := o.Lines[len(o.Lines)-1]
	if o.Number != "#1042" || note.Kind != station.Note || note.Text != "Happy birthday!\nFrom Bob" || !slices.Equal(o.Totes, []string{"T-7", "T-8"}) {
		t.Errorf("number %q, note %+v, totes %q", o.Number, note, o.Totes)
	}
	if !o.ShipBy.Equal(leave) || !o.Promise.Equal(promise) || o.Lines[0].Price != (unit.Money{Minor: 1250, Currency: "EUR"}) || o.Value.Minor != 7800 {
		t.Errorf("leave %s, promise %s, price %s, value %s", o.ShipBy, o.Promise, o.Lines[0].Price, o.Value)
	}
	if o := r.fresh(r.open("notes", "off"), id); len(o.Lines) != 3 || o.Totes != nil {
		t.Errorf("without notes: %+v", o.Lines)
	}
	r.Schedule(id, time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC))
	r.want(r.fresh(r.open(), id), station.OrderHeld, "not to be sent before 2026-12-24", 2, 1, 2)
	r.Schedule(id, time.Time{})
	r.want(r.fresh(r.open(), id), station.OrderHeld, "It is a pre-order", 2, 1, 2)
	unpaid := r.Place(shopsim.Order{Unpaid: true, Lines: []shopsim.Line{{SKU: "CUP", Qty: 1}}})
	r.want(r.fresh(r.open(), unpaid), station.OrderHeld, "It is not paid yet", 1)
	r.want(r.fresh(r.open("unpaid", "pack"), unpaid), station.OrderOpen, "", 1)
	part := r.place(3)
	if _, err := r.ship(r.open(), r.fresh(r.open(), part), "T-1", 1); err != nil {
		t.Fatal(err)
	}
	r.Cancel(part)
	o = r.fresh(r.open(), part)
	r.want(o, station.OrderCancelled, "The customer cancelled it")
	if len(o.Sent) != 1 {
		t.Errorf("of a cancelled order %v was sent", o.Sent)
	}
}

// A product without a SKU has the same name in the catalogue and in an order.
func TestAProductWithoutSKU(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(1)
	r.NoSKU("CUP-1")
	list, err := s.Products(t.Context(), "")
	if err != nil || len(list.Products) != 1 {
		t.Fatal(list, err)
	}
	p := list.Products[0]
	if got := r.fresh(s, id).Lines[0].SKU; got != p.SKU || !strings.HasPrefix(got, "variant-") {
		t.Errorf("the order says %q, the catalogue %q", got, p.SKU)
	}
	if p.Mass != 310*unit.Gram || p.Name != "Cup" || p.Barcodes[0].Code != "4006381333930" {
		t.Errorf("the product is %+v", p)
	}
}

func TestReturns(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(2, 1)
	r.place(1)
	r.SendElsewhere(id, "E-1")
	for i := range 8 {
		r.Return(id, i%2, 1, "Too small", []string{"REQUESTED", "OPEN", "DECLINED", "CLOSED"}[i%4], int64(i)*100)
	}
	page, err := s.Returns(t.Context(), "")
	if err != nil || len(page.Returns) != 8 || page.More {
		t.Fatalf("%d returns, %v", len(page.Returns), err)
	}
	got := page.Returns[3]
	if got.Order != id || got.State != "closed" || got.Reason != "Too small" || got.Refund != (unit.Money{Minor: 300, Currency: "EUR"}) || got.Lines[0].SKU != "CUP-2" || got.Lines[0].Qty != 1 {
		t.Errorf("the return is %+v", got)
	}
	for _, want := range []int{8, 0} { // once more, because lists lag
		r.pass(time.Hour)
		if page, err = s.Returns(t.Context(), page.Next); err != nil || len(page.Returns) != want {
			t.Errorf("an hour later %d returns come again, want %d, %v", len(page.Returns), want, err)
		}
	}
}

// Of products that share a SKU none is meant.
func TestASharedSKUIsNotCorrected(t *testing.T) {
	r := start(t, 0)
	s := r.open()
	r.SetStock("CUP", 5)
	r.SetStock("CUP-2", 9)
	r.Double("CUP")
	levels, err := s.Levels(t.Context(), []string{"CUP", "CUP-2"})
	if err != nil || len(levels) != 1 || levels[0].SKU != "CUP-2" || levels[0].Available != 9 {
		t.Errorf("levels %+v, %v", levels, err)
	}
	err = s.Correct(t.Context(), shop.Correction{Key: "k", SKU: "CUP", Delta: 1, Seen: 5})
	if !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "2 products of the shop have the SKU CUP") {
		t.Errorf("correct: %v", err)
	}
}

func TestAddressesAndKeys(t *testing.T) {
	for text, want := range map[string]string{
		"example.myshopify.com":                   "https://example.myshopify.com",
		"example":                                 "https://example.myshopify.com",
		"https://example.myshopify.com/admin":     "https://example.myshopify.com",
		"https://admin.shopify.com/store/example": "https://example.myshopify.com",
		"http://127.0.0.1:8080":                   "http://127.0.0.1:8080",
		"http://example.myshopify.com":            "",
		"":                                        "",
		"https://user:pass@example.com":           "",
	} {
		asked := ""
		s, err := shopify.New(shop.Options{URL: text, Secret: "shpat_1", Do: doer(func(r *http.Request) (*http.Response, error) {
			asked = r.URL.String()
			return nil, errors.New("no")
		})})
		if (err != nil) != (want == "") {
			t.Errorf("%q: %v", text, err)
		}
		if err == nil {
			_, _ = s.Fresh(t.Context(), "1")
			if want += "/admin/api/" + shopify.Version + "/graphql.json"; asked != want {
				t.Errorf("%q asks %s, want %s", text, asked, want)
			}
		}
	}
	for _, set := range []map[string]string{{"notes": "never"}, {"unpaid": "maybe"}} {
		if _, err := shopify.New(shop.Options{URL: "example", Secret: "s", Set: set}); err == nil {
			t.Errorf("%v is taken", set)
		}
	}
	for _, key := range []string{"", " ", "a b"} {
		if _, err := shopify.New(shop.Options{URL: "example", Secret: key}); err == nil {
			t.Errorf("the key %q is taken", key)
		}
	}
}

type doer func(*http.Request) (*http.Response, error)

func (f doer) Do(r *http.Request) (*http.Response, error) { return f(r) }
