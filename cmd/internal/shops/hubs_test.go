package shops

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/shops/kinds"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/billbeesim"
	"packbench/station/shop/shopsim/customstoresim"
	"packbench/station/shop/shopsim/linnworkssim"
	"packbench/station/shop/shopsim/shipstationsim"
	"packbench/station/shop/shopsim/veeqosim"
	"packbench/station/store"
	"packbench/station/web"
)

// O2: an order in two parcels is told of once, when the last of them is closed, to a
// shop that takes orders as a whole, whichever answer is lost on the way.
func TestO2AnOrderInTwoParcelsIsToldOfOnceToAHub(t *testing.T) {
	for kind, make := range map[string]func(shopsim.Options) shopsim.Backend{
		"shipstation":  func(o shopsim.Options) shopsim.Backend { return shipstationsim.New(o) },
		"custom-store": func(o shopsim.Options) shopsim.Backend { return customstoresim.New(o) },
		"veeqo":        func(o shopsim.Options) shopsim.Backend { return veeqosim.New(o) },
		"billbee":      func(o shopsim.Options) shopsim.Backend { return billbeesim.New(o, 0) },
		"linnworks":    func(o shopsim.Options) shopsim.Backend { return linnworkssim.New(o) },
	} {
		faults := []shopsim.Fault{shopsim.LostAfter, "", shopsim.LostBefore, shopsim.GatewayAfter, shopsim.TooMany, shopsim.Expired}
		if testing.Short() {
			faults = faults[:1]
		}
		for _, fault := range faults {
			t.Run(kind+" "+string(fault), func(t *testing.T) {
				w := twoParcels(t, kind, make, fault)
				if kind == "custom-store" {
					w.voidsBoth()
				}
			})
		}
	}
}

// voidsBoth gives back both labels of twoParcels. A shop that shows no tracking number
// still has the one that it was told, which a person must hear; of the other it never knew.
func (w *world) voidsBoth() {
	for n := 1; n <= 2; n++ {
		w.desk.WriteAt(w.now(), pack.LabelVoided{Parcel: "hub", SSCC: fmt.Sprintf("09520000%010d", n)})
	}
	for range 3 {
		w.later(20 * time.Minute)
		_, _ = w.Push(w.t.Context(), "hub")
	}
	if got := w.states(); got != "shipment done, shipment done, void done, void refused" && got != "shipment done, shipment done, void refused, void done" {
		w.t.Errorf("after both labels were given back the outbox holds %s", got)
	}
}

func twoParcels(t *testing.T, kind string, make func(shopsim.Options) shopsim.Backend, fault shopsim.Fault) *world {
	w := newWorld(t)
	sim := make(shopsim.Options{Clock: w.now, Lag: 10 * time.Second})
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	w.Kinds, w.Do = kinds.All(), web.NewHTTP()
	if err := w.Add(t.Context(), store.Shop{ID: "hub", Kind: kind, URL: srv.URL, Options: sim.Set()}, sim.Secret()); err != nil {
		t.Fatal(err)
	}
	own := sim.Place(shopsim.Order{
		To:    shopsim.Address{Name: "Ann", Street: "Way 1", City: "Bonn", Postcode: "53111", Country: "DE"},
		Lines: []shopsim.Line{{SKU: "MUG-BLUE", Name: "Mug, blue", Qty: 3, Minor: 900}},
	})
	w.later(time.Minute)
	if _, err := w.Pull(t.Context(), "hub", false); err != nil {
		t.Fatal(err)
	}
	id, err := w.Store.OrderOf(t.Context(), "hub", own)
	if err != nil {
		t.Fatal(err)
	}
	o, err := w.Store.Order(t.Context(), id)
	if err != nil || o.Status != station.OrderOpen || len(o.Lines) != 1 {
		t.Fatalf("the order came as %+v, %v", o, err)
	}
	parcel := func(n, units int) {
		sscc := fmt.Sprintf("09520000%010d", n)
		w.desk.WriteAt(w.now(), pack.ParcelDone{
			Parcel: fmt.Sprintf("%s-%d", o.ID, n), Order: o.ID, Carton: "M", Service: "swift", Carrier: "heron", SSCC: sscc, Tracking: "TR" + sscc,
			Contents: []pack.Content{{Line: o.Lines[0].ID, SKU: "MUG-BLUE", Qty: units}},
		})
	}
	push := func() {
		w.later(20 * time.Minute)
		_, _ = w.Push(t.Context(), "hub") // what went wrong is in the outbox
	}
	parcel(1, 2)
	push()
	if got := sim.Parcels(own); len(got) != 0 {
		t.Errorf("after the first parcel the shop has %v: it would think that all is on its way", got)
	}
	parcel(2, 1)
	if fault != "" {
		sim.Faults().Next("POST", fault, fault)
	}
	for range 6 {
		push()
	}
	got := sim.Parcels(own)
	if len(got) != 1 || got[0].Units["MUG-BLUE"] != 3 || !strings.HasPrefix(got[0].Tracking, "TR09520000000000000") {
		t.Errorf("the shop has %v, want one parcel of 3 with the number of one of the two", got)
	}
	if states := w.states(); states != "shipment done, shipment done" {
		t.Errorf("the outbox holds %s", states)
	}
	if _, err := w.Pull(t.Context(), "hub", false); err != nil {
		t.Errorf("after it: %v", err)
	}
	if o, err := w.Store.Order(t.Context(), id); err != nil || len(o.Lines) != 1 || o.Lines[0].Qty != 3 {
		t.Errorf("3 were ordered and have left, the bench counts %+v, %v", o.Lines, err)
	}
	return w
}
