package netsuite_test

import (
	"errors"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // where the system has none

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/netsuite"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/netsuitesim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

func open(t *testing.T, sim shopsim.Backend, url string, clock func() time.Time, more map[string]string) *netsuite.Shop {
	t.Helper()
	set := maps.Clone(sim.Set())
	maps.Copy(set, more)
	s, err := netsuite.New(shop.Options{ID: "ns", URL: url, Secret: sim.Secret(), Set: set, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) { shoptest.Run(t, simulated) }

func TestTheCustomersReference(t *testing.T) { shoptest.Reference(t, simulated) }

func simulated(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
	sim := netsuitesim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
	return sim, func(url string) shop.Shop { return open(t, sim, url, clock, nil) }
}

// Lines that are not named would leave too: a parcel of a part leaves the others, those
// as well that are packed at another location.
func TestLinesThatStayAreNamed(t *testing.T) {
	sim := netsuitesim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim, srv.URL, nil, nil)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 2}, {SKU: "POT", Qty: 1}, {SKU: "FIT", Qty: 1, Virtual: true}}})
	o, err := s.Fresh(t.Context(), id)
	if err != nil || len(o.Lines) != 2 || o.Lines[1].SKU != "POT" {
		t.Fatal(o, err)
	}
	p := shop.Shipment{Order: id, Tracking: "T 1/a", Part: true, Lines: []shop.Units{{Line: o.Lines[0].ID, SKU: "CUP", Qty: 1}}}
	first, err := s.Ship(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Ship(t.Context(), p); err != nil || again != first {
		t.Errorf("the same parcel again: %s, %v, want %s", again, err, first)
	}
	if got := sim.Parcels(id); len(got) != 1 || !maps.Equal(got[0].Units, map[string]int{"CUP": 1}) {
		t.Errorf("the account has %v", got)
	}
	p.Tracking, p.Lines = "T2", nil
	if _, err := s.Ship(t.Context(), p); !errors.As(err, new(*shop.Refused)) || len(sim.Parcels(id)) != 1 {
		t.Errorf("a parcel of nobody knows what: %v", err)
	}
	elsewhere := open(t, sim, srv.URL, nil, map[string]string{netsuite.Location: "7"})
	if o, err := elsewhere.Fresh(t.Context(), id); err != nil || len(o.Lines) != 0 || o.Status != station.OrderDone {
		t.Errorf("at another location there is %+v to pack, %v", o.Lines, err)
	}
}

// Answers of many rows come page by page.
func TestLongAnswers(t *testing.T) {
	sim := netsuitesim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	var lines []shopsim.Line
	for range 1_500 {
		lines = append(lines, shopsim.Line{SKU: "CUP", Qty: 1})
	}
	id := sim.Place(shopsim.Order{Lines: lines})
	if o, err := open(t, sim, srv.URL, nil, nil).Fresh(t.Context(), id); err != nil || len(o.Lines) != 1_500 {
		t.Errorf("%d lines came, %v", len(o.Lines), err)
	}
}

func TestWhatCannotBe(t *testing.T) {
	sim := netsuitesim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim, srv.URL, nil, nil)
	for _, id := range []string{"", "1 OR 1 = 1", "1)", "-1", strings.Repeat("9", 30)} {
		if _, err := s.Fresh(t.Context(), id); !errors.As(err, new(*shop.Gone)) {
			t.Errorf("%q: %v", id, err)
		}
	}
	wrong := open(t, sim, srv.URL, nil, map[string]string{netsuite.Account: "7654321"})
	if checks, err := wrong.Test(t.Context()); err != nil || checks[0].OK || !strings.Contains(checks[0].Fix, "Login Audit Trail") {
		t.Errorf("another realm: %+v, %v", checks, err)
	}
	for _, o := range []shop.Options{
		{URL: srv.URL, Secret: "one two three"},
		{URL: "http://1.suitetalk.api.netsuite.com", Secret: "a b c d"},
		{Secret: "a b c d"},
		{URL: srv.URL, Secret: "a b c d", Set: map[string]string{"location": "Berlin"}},
		{URL: srv.URL, Secret: "a b c d", Set: map[string]string{"status": "D"}},
	} {
		if _, err := netsuite.New(o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

// In autumn an hour comes twice in NetSuite's times: what changes in the second one is
// not taken for older than what was seen in the first.
func TestTheHourThatComesTwice(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 1, 8, 50, 0, 0, time.UTC) // 1:50 in summer time
	clock := func() time.Time { return now }
	sim := netsuitesim.New(shopsim.Options{Clock: clock})
	sim.Zone = zone
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim, srv.URL, clock, nil)
	first := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Qty: 2}}})
	page, err := s.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 1 {
		t.Fatal(page, err)
	}
	now = now.Add(20 * time.Minute) // 1:10 in winter time
	sim.Cancel(first)
	if page, err = s.Changed(t.Context(), page.Next); err != nil || len(page.Orders) != 1 || page.Orders[0].Status != station.OrderCancelled {
		t.Errorf("%+v, %v", page.Orders, err)
	}
}
