package shipstationv2_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shipstationv2"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shipstationv2sim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

func open(t *testing.T, sim shopsim.Backend, url string, set map[string]string, clock func() time.Time) *shipstationv2.Shop {
	t.Helper()
	s, err := shipstationv2.New(shop.Options{ID: "sim", URL: url, Secret: sim.Secret(), Set: set, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := shipstationv2sim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
		sim.PageMost = 12
		return sim, func(url string) shop.Shop { return open(t, sim, url, nil, clock) }
	})
}

// A fulfilment that others made moves neither the state nor the time of its shipment: it
// is found all the same, in the list and before the parcel is told.
func TestAFulfilmentThatNothingShows(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	sim := shipstationv2sim.New(shopsim.Options{Clock: clock})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim, srv.URL, map[string]string{shipstationv2.Carriers: "heron=stamps_com"}, clock)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 2}}})
	o, err := s.Fresh(t.Context(), id)
	if err != nil || o.Status != station.OrderOpen {
		t.Fatal(o, err)
	}
	since := shop.Cursor("")
	pull := func() (got []shop.Order) {
		for {
			page, err := s.Changed(t.Context(), since)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, page.Orders...)
			if since = page.Next; !page.More {
				return got
			}
		}
	}
	pull()
	now = now.Add(time.Hour)
	pull() // the shipment is older than this reading's beginning
	sim.SendElsewhere(id, "ELSE")
	p := shop.Shipment{Order: id, Tracking: "T-1", Carrier: "heron", Lines: []shop.Units{{Line: o.Lines[0].ID, SKU: "CUP", Qty: 2}}}
	if _, err := s.Ship(t.Context(), p); !errors.As(err, new(*shop.Changed)) || len(sim.Parcels(id)) != 1 {
		t.Errorf("%v, %v", err, sim.Parcels(id))
	}
	now = now.Add(time.Minute)
	if got := pull(); len(got) == 0 || got[len(got)-1].Status != station.OrderDone {
		t.Errorf("%+v", got)
	}
}

// No fulfilment is made of a shipment that names no goods, and no key of v1 is taken.
func TestWhatCannotBe(t *testing.T) {
	sim := shipstationv2sim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim, srv.URL, map[string]string{shipstationv2.Carriers: "heron=nobody"}, nil)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "GIFT", Qty: 1, Virtual: true}}})
	if o, err := s.Fresh(t.Context(), id); err != nil || o.Status != station.OrderHeld || o.Reason == "" {
		t.Error(o, err)
	}
	for _, id := range []string{"", "../carriers", strings.Repeat("x", 70), "se-1?x=1"} {
		if _, err := s.Fresh(t.Context(), id); !errors.As(err, new(*shop.Gone)) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if checks, err := s.Test(t.Context()); err != nil || len(checks) != 2 || checks[1].OK || !strings.Contains(checks[1].Say, "stamps_com") {
		t.Error(checks, err)
	}
	for _, o := range []shop.Options{{Secret: "key:secret"}, {}, {Secret: "k", URL: "http://api.shipstation.com"}, {Secret: "k", Set: map[string]string{"days": "soon"}}} {
		if _, err := shipstationv2.New(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}
