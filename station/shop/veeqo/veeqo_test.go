package veeqo_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/veeqosim"
	"packbench/station/shop/shoptest"
	"packbench/station/shop/veeqo"
	"packbench/station/unit"
	"packbench/station/web"
)

func open(t *testing.T, sim *veeqosim.Shop, url string, clock func() time.Time, set map[string]string) *veeqo.Shop {
	t.Helper()
	s, err := veeqo.New(shop.Options{URL: url, Secret: sim.Secret(), Set: set, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The common suite, with lists that stand still and with lists whose pages shift.
func TestSuite(t *testing.T) {
	for name, byChange := range map[string]bool{"sorted by number": false, "sorted by change": true} {
		t.Run(name, func(t *testing.T) {
			shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
				sim := veeqosim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
				sim.PageMost, sim.ByChange = 12, byChange
				return sim, func(url string) shop.Shop { return open(t, sim, url, clock, nil) }
			})
		})
	}
}

func begin(t *testing.T, set map[string]string) (*veeqosim.Shop, *veeqo.Shop) {
	now := time.Date(2026, 9, 16, 12, 0, 0, 0, time.UTC)
	sim := veeqosim.New(shopsim.Options{Clock: func() time.Time { return now }})
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	return sim, open(t, sim, srv.URL, func() time.Time { return now }, set)
}

// Where a list is sorted by the time of change, an order that changes leaves its place
// and those behind it move up: none is skipped all the same.
func TestPagesThatShift(t *testing.T) {
	now := time.Date(2026, 9, 16, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	sim := veeqosim.New(shopsim.Options{Clock: clock})
	sim.PageMost, sim.ByChange = 6, true
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	s := open(t, sim, srv.URL, clock, nil)
	var ids []string
	for range 40 {
		ids = append(ids, sim.Place(twoLines()))
		now = now.Add(time.Minute)
	}
	now = now.Add(5 * time.Hour)
	known := map[string]station.OrderStatus{}
	var cursor shop.Cursor
	for n, more := 0, true; more; n++ {
		if n > 0 && n < 12 {
			sim.Cancel(ids[n])
			now = now.Add(30 * time.Second)
		}
		page, err := s.Changed(t.Context(), cursor)
		if err != nil || n > 100 {
			t.Fatalf("page %d: %v", n, err)
		}
		for _, o := range page.Orders {
			known[o.Own] = o.Status
		}
		cursor, more = page.Next, page.More
	}
	for i, id := range ids {
		if known[id] == "" {
			t.Errorf("order %d of %d did not come", i, len(ids))
		}
	}
}

func twoLines() shopsim.Order {
	return shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Name: "Cup", Qty: 2, Minor: 500}, {SKU: "POT", Name: "Pot", Qty: 1, Minor: 2000}}}
}

func parcel(o shop.Order, tracking string) shop.Shipment {
	p := shop.Shipment{Order: o.Own, Number: o.Number, Tracking: tracking, Carrier: "dpd"}
	for _, l := range o.Lines {
		p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
	}
	return p
}

// An allocation leaves whole, each with a shipment of its own; what is not allocated
// is not packed.
func TestAllocations(t *testing.T) {
	sim, s := begin(t, nil)
	id := sim.Place(twoLines())
	sim.Unallocate(id, 0, 1)
	o, err := s.Fresh(t.Context(), id)
	if err != nil || o.Status != station.OrderHeld || o.Reason != "CUP is not allocated in Veeqo yet" {
		t.Errorf("an order that is not all allocated: %s, %q, %v", o.Status, o.Reason, err)
	}
	id = sim.Place(twoLines())
	sim.SplitOff(id, 1)
	if o, err = s.Fresh(t.Context(), id); err != nil || o.Status != station.OrderOpen || o.Units() != 3 {
		t.Fatalf("an order of two allocations: %s with %d units, %v", o.Status, o.Units(), err)
	}
	half := parcel(o, "T-0")
	half.Lines, half.Part = half.Lines[:1], true
	half.Lines[0].Qty = 1
	if _, err := s.Ship(t.Context(), half); !errors.As(err, new(*shop.Changed)) || !strings.Contains(err.Error(), "leaves whole") {
		t.Errorf("a half of an allocation: %v", err)
	}
	one := parcel(o, "T-1")
	one.Lines, one.Part = one.Lines[:1], true
	if _, err := s.Ship(t.Context(), one); err != nil {
		t.Errorf("one whole allocation of two: %v", err)
	}
	if o, err = s.Fresh(t.Context(), id); err != nil || o.Units() != 1 || len(o.Sent) != 1 || o.Sent[0].Tracking != "T-1" {
		t.Errorf("after one of two: %d units, sent %+v, %v", o.Units(), o.Sent, err)
	}
	// A parcel of both whose second shipment got no answer.
	id = sim.Place(twoLines())
	sim.SplitOff(id, 1)
	o, _ = s.Fresh(t.Context(), id)
	both := parcel(o, "T-2")
	sim.Faults().Next("POST", shopsim.LostAfter)
	if _, err := s.Ship(t.Context(), both); err == nil || shop.NotDone(err) || len(sim.Parcels(id)) != 1 {
		t.Errorf("one of two was told of and got no answer: %v, the shop has %v", err, sim.Parcels(id))
	}
	if ids, err := s.Ship(t.Context(), both); err != nil || strings.Count(ids, ",") != 1 {
		t.Errorf("a parcel of two allocations: %q, %v", ids, err)
	}
	if ids, err := s.Ship(t.Context(), both); err != nil || strings.Count(ids, ",") != 1 || len(sim.Parcels(id)) != 2 {
		t.Errorf("the same again: %q, %v, the shop has %v", ids, err, sim.Parcels(id))
	}
	if sim.Told() != 3 || sim.Mails() != 0 {
		t.Errorf("channels were told %d times and customers %d times, want 3 and none", sim.Told(), sim.Mails())
	}
	if o, err = s.Fresh(t.Context(), id); err != nil || o.Status != station.OrderDone {
		t.Errorf("after both: %s, %v", o.Status, err)
	}
}

// A bench packs what its warehouse has.
func TestAnotherWarehouse(t *testing.T) {
	sim, s := begin(t, map[string]string{veeqo.Warehouse: "7"})
	id := sim.Place(twoLines())
	o, err := s.Fresh(t.Context(), id)
	if err != nil || o.Status != station.OrderCancelled || o.Reason != "another warehouse packs it" {
		t.Errorf("%s, %q, %v", o.Status, o.Reason, err)
	}
	if _, s = begin(t, nil); s == nil {
		t.Fatal("no client")
	}
	for text, set := range map[string]map[string]string{"warehouse must be a number": {veeqo.Warehouse: "main"}, "pairs": {veeqo.Carriers: "gls=other"}, "three letters": {veeqo.Currency: "pounds"}} {
		if _, err := veeqo.New(shop.Options{Secret: "k", Set: set}); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%v: %v, want words about %q", set, err, text)
		}
	}
	if _, err := veeqo.New(shop.Options{}); err == nil {
		t.Error("no key is taken")
	}
}

// recorded answers one body to everything.
type recorded string

func (r recorded) Do(*http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.WriteString(string(r))
	return w.Result(), nil
}

// An order in the form of Veeqo's documents: what has left is not to be packed.
func TestAnOrderInTheFormOfVeeqo(t *testing.T) {
	text, err := os.ReadFile("testdata/order.json")
	if err != nil {
		t.Fatal(err)
	}
	client := func(body string) *veeqo.Shop {
		s, err := veeqo.New(shop.Options{Secret: "k", Set: map[string]string{veeqo.Currency: "gbp"}, Do: recorded(body), Clock: func() time.Time { return time.Date(2026, 9, 26, 0, 0, 0, 0, time.UTC) }})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	o, err := client(string(text)).Fresh(t.Context(), "11203048")
	if err != nil {
		t.Fatal(err)
	}
	want := []station.Line{
		{ID: "11224673", SKU: "water2l", Qty: 2, Kind: station.Goods, Bin: "Shelf 2B", Price: unit.Money{Minor: 80, Currency: "GBP"}},
		{ID: "note-0", Kind: station.Note, Qty: 1, Text: "Ring my doorbell"},
		{ID: "note-1", Kind: station.Note, Qty: 1, Text: "Fragile"},
	}
	if !reflect.DeepEqual(o.Lines, want) {
		t.Errorf("lines %+v, want %+v", o.Lines, want)
	}
	if o.To.Name != "Robin Sample" || o.To.Email != "robin@example.com" || o.To.Phone != "07700900000" || o.Value.Minor != 460 || o.ShipBy.Format(time.DateTime) != "2026-09-28 23:59:59" {
		t.Errorf("%+v", o.Order)
	}
	if len(o.Sent) != 1 || o.Sent[0].Tracking != "12345679ABC" || o.Sent[0].ID != "3" || o.Sent[0].Lines[0] != (shop.Units{Line: "11224674", SKU: "mug", Qty: 1}) {
		t.Errorf("sent %+v", o.Sent)
	}
	for what, words := range map[string]string{`"quantity":2,"picked`: "quantity of water2l is 2.5", `"sku_code":"water2l","upc`: "Water has no SKU"} {
		bad := map[string]string{`"quantity":2,"picked`: `"quantity":2.5,"picked`, `"sku_code":"water2l","upc`: `"sku_code":null,"upc`}[what]
		_, err := client(strings.Replace(string(text), what, bad, 1)).Fresh(t.Context(), "11203048")
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v, want words about %q", bad, err, words)
		}
	}
	for _, body := range []string{"[]", "{}", "[7,null]", `[{"id":"x"}]`} {
		if page, err := client(body).Changed(t.Context(), "x"); err == nil && len(page.Orders) > 0 {
			t.Errorf("%s: %+v", body, page)
		}
	}
}
