package extensiv_test

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/extensiv"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/extensivsim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

func open(t *testing.T, sim shopsim.Backend, url string, clock func() time.Time, more map[string]string, do shop.Doer) *extensiv.Shop {
	t.Helper()
	set := maps.Clone(sim.Set())
	maps.Copy(set, more)
	s, err := extensiv.New(shop.Options{ID: "wms", URL: url, Secret: sim.Secret(), Set: set, Do: do, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) { shoptest.Run(t, simulated) }

func TestTheCustomersReference(t *testing.T) { shoptest.Reference(t, simulated) }

func simulated(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
	sim := extensivsim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
	sim.PageMost = 25
	return sim, func(url string) shop.Shop { return open(t, sim, url, clock, nil, web.NewHTTP()) }
}

// A token is kept until it ends; one that ended early is got anew without a word.
func TestATokenIsKept(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	sim := extensivsim.New(shopsim.Options{Clock: func() time.Time { return now }})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim, srv.URL, func() time.Time { return now }, nil, web.NewHTTP())
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 1}}})
	fresh := func(want int) {
		t.Helper()
		if _, err := s.Fresh(t.Context(), id); err != nil || sim.Tokens() != want {
			t.Errorf("%v, %d tokens, want %d", err, sim.Tokens(), want)
		}
	}
	fresh(1)
	now = now.Add(20 * time.Minute)
	fresh(1)
	now = now.Add(20 * time.Minute)
	fresh(2)
	sim.End()
	fresh(3)
}

// What changes between the look and the confirmation has nothing confirmed.
func TestAChangeJustBefore(t *testing.T) {
	sim := extensivsim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 2}}})
	s := open(t, sim, srv.URL, nil, nil, doer(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/confirmer") {
			sim.Change(id, 0, 1)
		}
		return http.DefaultTransport.RoundTrip(r)
	}))
	o, err := s.Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Ship(t.Context(), shop.Shipment{Order: id, Tracking: "T-1", Lines: []shop.Units{{Line: o.Lines[0].ID, SKU: "CUP", Qty: 2}}})
	if !errors.As(err, new(*shop.Changed)) || len(sim.Parcels(id)) != 0 {
		t.Errorf("%v (%T), %v", err, err, sim.Parcels(id))
	}
}

type doer func(*http.Request) (*http.Response, error)

func (f doer) Do(r *http.Request) (*http.Response, error) { return f(r) }

func TestWhatCannotBe(t *testing.T) {
	sim := extensivsim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 2}}})
	gift := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "GIFT", Qty: 1, Virtual: true}}})
	s := open(t, sim, srv.URL, nil, nil, web.NewHTTP())
	if o, err := s.Fresh(t.Context(), gift); err != nil || o.Status != station.OrderHeld {
		t.Error(o, err)
	}
	for _, id := range []string{"", "1/confirmer", "1?x", "-1"} {
		if _, err := s.Fresh(t.Context(), id); !errors.As(err, new(*shop.Gone)) {
			t.Errorf("%q: %v", id, err)
		}
	}
	other := open(t, sim, srv.URL, nil, map[string]string{extensiv.Customer: "9", extensiv.Facility: "5"}, web.NewHTTP())
	if page, err := other.Changed(t.Context(), ""); err != nil || len(page.Orders) != 0 {
		t.Errorf("orders of another customer came: %v, %v", page.Orders, err)
	}
	nobody := open(t, sim, srv.URL, nil, map[string]string{extensiv.User: "ann"}, web.NewHTTP())
	if checks, err := nobody.Test(t.Context()); err != nil || checks[0].OK || !strings.Contains(checks[0].Fix, "user") {
		t.Errorf("%+v, %v", checks, err)
	}
	for _, o := range []shop.Options{
		{Secret: "a:b"},
		{Secret: "a", Set: map[string]string{"user": "7"}},
		{Secret: "a:b", URL: "http://secure-wms.com", Set: map[string]string{"user": "7"}},
		{Secret: "a:b", Set: map[string]string{"user": "7", "customer": "4;x"}},
	} {
		if _, err := extensiv.New(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}
