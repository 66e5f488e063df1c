package billbee_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/billbee"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/billbeesim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

func TestSuite(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := billbeesim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second}, 40)
		return sim, func(url string) shop.Shop { return open(t, url, sim.Secret(), clock) }
	})
}

func open(t *testing.T, url, secret string, clock func() time.Time) *billbee.Shop {
	t.Helper()
	s, err := billbee.New(shop.Options{ID: "bb", URL: url, Secret: secret, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func start(t *testing.T, perPage int) (*billbeesim.Account, *billbee.Shop) {
	t.Helper()
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	sim := billbeesim.New(shopsim.Options{Clock: clock}, perPage)
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	return sim, open(t, srv.URL, sim.Secret(), clock)
}

var cup = []shopsim.Line{{SKU: "CUP-1", Name: "Cup", Qty: 2, Minor: 1250}}

// The list has the newest first: a row that goes has others slip through between pages.
func TestAListThatShrinksIsReadAgain(t *testing.T) {
	sim, s := start(t, 10)
	var ids []string
	for range 45 {
		ids = append(ids, sim.Place(shopsim.Order{Lines: cup}))
	}
	got := map[string]bool{}
	var since shop.Cursor
	for n := range 40 {
		page, err := s.Changed(t.Context(), since)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page.Orders {
			got[o.Own] = true
		}
		switch n {
		case 0:
			for _, id := range ids[40:] {
				sim.Delete(id)
			}
		case 3:
			sim.Place(shopsim.Order{Lines: cup})
		}
		if since = page.Next; !page.More {
			break
		}
	}
	for i, id := range ids[:40] {
		if !got[id] {
			t.Errorf("order %d did not come", i+1)
		}
	}
}

// A round may take longer than lists overlap: what changes in an order that was read
// in its beginning comes in the next round.
func TestALongRoundLosesNoChange(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	sim := billbeesim.New(shopsim.Options{Clock: clock}, 40)
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, srv.URL, sim.Secret(), clock)
	last := ""
	for range 120 {
		last = sim.Place(shopsim.Order{Lines: cup})
	}
	var since shop.Cursor
	got := map[string]station.OrderStatus{}
	for range 2 {
		for {
			page, err := s.Changed(t.Context(), since)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range page.Orders {
				got[o.Own] = o.Status
			}
			if since = page.Next; !page.More {
				break
			}
			now = now.Add(time.Minute)
			sim.Cancel(last)
			now = now.Add(time.Hour)
		}
	}
	if len(got) != 120 || got[last] != station.OrderCancelled {
		t.Errorf("%d orders came, the one that was cancelled meanwhile as %q", len(got), got[last])
	}
}

// An error may come with status 200: nothing of it is believed, and no parcel is lost.
func TestAnErrorInsideOfASuccess(t *testing.T) {
	sim, s := start(t, 0)
	id := sim.Place(shopsim.Order{Lines: cup})
	sim.FailInside("Something went wrong")
	if _, err := s.Fresh(t.Context(), id); err == nil || !shop.NotDone(err) || !strings.Contains(err.Error(), "Something went wrong") {
		t.Errorf("%v (%T)", err, err)
	}
	o, err := s.Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	fails := failing{http.DefaultTransport, sim}
	b, err := billbee.New(shop.Options{URL: "http://" + hostOf(t, sim), Secret: sim.Secret(), Do: fails, Clock: func() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Ship(t.Context(), shop.Shipment{Key: "7-1", Order: id, Tracking: "T-1", Lines: []shop.Units{{Line: o.Lines[0].ID, Qty: 2}}})
	if err == nil || shop.NotDone(err) || len(sim.Parcels(id)) != 0 {
		t.Errorf("%v (%T), the account has %v", err, err, sim.Parcels(id))
	}
}

// failing has each shipment be answered with an error inside.
type failing struct {
	by  http.RoundTripper
	sim *billbeesim.Account
}

func (f failing) Do(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/shipment") {
		f.sim.FailInside("No")
	}
	return f.by.RoundTrip(r)
}

func hostOf(t *testing.T, h http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return strings.TrimPrefix(srv.URL, "http://")
}

// A label that was printed in Billbee is in the list of shipments, and nothing has
// left yet: the order is not set to shipped because of it. What this bench told is.
func TestOnlyWhatWasToldSetsTheOrderToShipped(t *testing.T) {
	for _, fault := range shopsim.AllFaults {
		sim, s := start(t, 0)
		printed, sent := sim.Place(shopsim.Order{Lines: cup}), sim.Place(shopsim.Order{Lines: cup})
		sim.Label(printed, "P-1")
		if list, err := s.Shipped(t.Context(), printed); err != nil || len(list) != 1 || sim.State(printed) != 3 {
			t.Errorf("a label: %v, %v, state %d", list, err, sim.State(printed))
		}
		sim.Faults().Next("PUT", fault)
		_, err := s.Ship(t.Context(), shop.Shipment{Key: "7-1", Order: sent, Tracking: "T-1", Name: "DHL"})
		if read := err == nil && fault == shopsim.EmptyAfter && sim.State(sent) == 4; !read && (err == nil || shop.NotDone(err)) {
			t.Errorf("%s: the parcel is told, but the order is not set: %v (%T)", fault, err, err)
		}
		if list, err := s.Shipped(t.Context(), sent); err != nil || len(list) != 1 || sim.State(sent) != 4 || sim.Mails() != 1 {
			t.Errorf("%s: %v, %v, state %d, %d mails", fault, list, err, sim.State(sent), sim.Mails())
		}
	}
}

// Billbee may answer a change without a word, and so may a gateway that lost it: what the
// order says then counts, even where it has to be asked for twice.
func TestAnswersWithoutAWord(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(f *shopsim.Faults)
		done  bool // and if not: told tells how far it came
		told  int
	}{
		{"all made", func(f *shopsim.Faults) {
			for _, what := range []string{"/tags", "/shipment", "/orderstate"} {
				f.Next(what, shopsim.EmptyAfter)
			}
		}, true, 1},
		{"and too many questions", func(f *shopsim.Faults) {
			f.Next("/shipment", shopsim.EmptyAfter)
			f.Next("GET", "", "", shopsim.TooManyMute)
		}, true, 1},
		{"the shipment lost", func(f *shopsim.Faults) { f.Next("/shipment", shopsim.Empty) }, false, 0},
		{"the order not read", func(f *shopsim.Faults) {
			f.Next("/shipment", shopsim.EmptyAfter)
			f.Next("GET", "", "", shopsim.BadBefore)
		}, false, 1},
	} {
		sim, s := start(t, 0)
		id := sim.Place(shopsim.Order{Lines: cup})
		c.spoil(sim.Faults())
		_, err := s.Ship(t.Context(), shop.Shipment{Key: "7-1", Order: id, Tracking: "T-1", Name: "DHL"})
		if (err == nil) != c.done || err != nil && shop.NotDone(err) || len(sim.Parcels(id)) != c.told || (sim.State(id) == 4) != c.done {
			t.Errorf("%s: %v (%T), %v, state %d", c.name, err, err, sim.Parcels(id), sim.State(id))
		}
	}
	sim, s := start(t, 0)
	id := sim.Place(shopsim.Order{Lines: cup})
	sim.Faults().Next("/tags", shopsim.Empty)
	_, err := s.Ship(t.Context(), shop.Shipment{Key: "7-1", Order: id, Tracking: "T-1"})
	if err == nil || !shop.NotDone(err) || len(sim.Parcels(id)) != 0 {
		t.Errorf("a parcel that is not marked was told: %v, %v", err, sim.Parcels(id))
	}
}

// An order that grew while it was packed is not set to shipped: something of it is
// not in the parcel.
func TestAnOrderThatGrewIsNotShipped(t *testing.T) {
	sim, s := start(t, 0)
	id := sim.Place(shopsim.Order{Lines: cup})
	o, err := s.Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	sim.Change(id, 0, 3)
	_, err = s.Ship(t.Context(), shop.Shipment{Key: "7-1", Order: id, Tracking: "T-1", Lines: []shop.Units{{Line: o.Lines[0].ID, Qty: 2}}})
	if !errors.As(err, new(*shop.Changed)) || sim.State(id) != 3 || len(sim.Parcels(id)) != 0 {
		t.Errorf("%v (%T), state %d, %v", err, err, sim.State(id), sim.Parcels(id))
	}
}

// A letter has no number: the order is set to shipped, and the parcel is known again.
func TestALetter(t *testing.T) {
	sim, s := start(t, 0)
	id := sim.Place(shopsim.Order{Lines: cup})
	p := shop.Shipment{Key: "7-1", Order: id, Name: "Letter"}
	for range 2 {
		if _, err := s.Ship(t.Context(), p); err != nil {
			t.Error(err)
		}
	}
	if list, err := s.Shipped(t.Context(), id); err != nil || len(list) != 1 || list[0].Key != "7-1" || sim.State(id) != 4 {
		t.Errorf("%+v, %v, state %d", list, err, sim.State(id))
	}
}

func TestSecrets(t *testing.T) {
	for secret, ok := range map[string]bool{"KEY:me@shop.example:pass:word": true, "KEY:me": false, "::": false, "": false} {
		if _, err := billbee.New(shop.Options{Secret: secret}); (err == nil) != ok {
			t.Errorf("%q: %v", secret, err)
		}
	}
	if _, err := billbee.New(shop.Options{Secret: "a:b:c", URL: "http://api.billbee.io"}); err == nil {
		t.Error("a password travels in the clear")
	}
}

// The answer of testdata, written in the form of Billbee's own client.
func TestADocumentedOrder(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		body, err := os.ReadFile(filepath.Join("testdata", "order.json"))
		if err != nil {
			t.Error(err)
		}
		_, _ = w.Write(body)
	}))
	defer srv.Close()
	s := open(t, srv.URL, "a:b:c", nil)
	o, err := s.Fresh(t.Context(), "100000042321")
	if err != nil {
		t.Fatal(err)
	}
	if o.Status != station.OrderOpen || o.Number != "302-1234567-7654321" || o.To.Street != "Musterweg 5a" || o.To.Country != "DE" || o.To.Email != "robin.sample@example.com" || o.Service != "DHL Paket" || o.Value.String() != "31.90 EUR" {
		t.Errorf("%+v", o.Order)
	}
	if !o.Placed.Equal(time.Date(2026, 11, 3, 9, 15, 2, 0, time.UTC)) {
		t.Errorf("placed %s", o.Placed)
	}
	if len(o.Lines) != 3 || o.Lines[0].SKU != "MUG-W" || o.Lines[0].Qty != 2 || o.Lines[0].Price.String() != "12.50 EUR" || o.Lines[1].SKU != "id-733" || o.Lines[2].Text != "Please ring twice" {
		t.Errorf("%+v", o.Lines)
	}
	if _, err := s.Fresh(t.Context(), "5"); !errors.As(err, new(*shop.Away)) {
		t.Errorf("another order than was asked for: %v", err)
	}
}
