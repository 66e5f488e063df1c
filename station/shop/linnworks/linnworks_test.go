package linnworks_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/linnworks"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/linnworkssim"
	"packbench/station/shop/shoptest"
	"packbench/station/unit"
	"packbench/station/web"
)

func open(t *testing.T, sim *linnworkssim.Shop, url string, clock func() time.Time) *linnworks.Shop {
	t.Helper()
	s, err := linnworks.New(shop.Options{URL: url, Secret: sim.Secret(), Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := linnworkssim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
		return sim, func(url string) shop.Shop { return open(t, sim, url, clock) }
	})
}

func begin(t *testing.T) (*linnworkssim.Shop, *linnworks.Shop, func(time.Duration)) {
	now := time.Date(2026, 9, 16, 12, 0, 0, 0, time.UTC)
	sim := linnworkssim.New(shopsim.Options{Clock: func() time.Time { return now }})
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	return sim, open(t, sim, srv.URL, func() time.Time { return now }), func(d time.Duration) { now = now.Add(d) }
}

func parcel(t *testing.T, s *linnworks.Shop, id, tracking string) shop.Shipment {
	t.Helper()
	o, err := s.Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	p := shop.Shipment{Order: id, Number: o.Number, Tracking: tracking}
	for _, l := range o.Lines {
		p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
	}
	return p
}

var cups = shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Name: "Cup", Qty: 2, Minor: 500}}}

// A success that processed nothing is a no, in Linnworks' words.
func TestASuccessThatProcessedNothing(t *testing.T) {
	sim, s, _ := begin(t)
	id := sim.Place(cups)
	p := parcel(t, s, id, "T-1")
	sim.Refuses("Serial numbers are missing")
	if _, err := s.Ship(t.Context(), p); !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "Serial numbers are missing") {
		t.Errorf("%v", err)
	}
	if n := len(sim.Parcels(id)); n != 0 || sim.Mails() != 0 {
		t.Errorf("%d parcels, %d mails", n, sim.Mails())
	}
	sim.Refuses("")
	service := sim.Service(id)
	for range 2 {
		if _, err := s.Ship(t.Context(), p); err != nil {
			t.Error(err)
		}
	}
	if got := sim.Parcels(id); len(got) != 1 || got[0].Tracking != "T-1" || sim.Mails() != 1 {
		t.Errorf("the shop has %v and sent %d mails", got, sim.Mails())
	}
	if got := sim.Service(id); got != service || got == "" {
		t.Errorf("the postal service is %q, was %q: only the tracking number is entered", got, service)
	}
	if err := s.Unship(t.Context(), p); !errors.As(err, new(*shop.Refused)) {
		t.Errorf("taking back: %v", err)
	}
	p.Tracking = "T-2"
	if _, err := s.Ship(t.Context(), p); !errors.As(err, new(*shop.Changed)) || !strings.Contains(err.Error(), "T-1") {
		t.Errorf("another number for a processed order: %v", err)
	}
}

// A session that ended is begun again; the bench notices nothing.
func TestASessionEnds(t *testing.T) {
	sim, s, pass := begin(t)
	id := sim.Place(cups)
	p := parcel(t, s, id, "T-1")
	for _, d := range []time.Duration{16 * time.Minute, 3 * time.Hour} {
		pass(d)
		if _, err := s.Fresh(t.Context(), id); err != nil {
			t.Errorf("after %s: %v", d, err)
		}
	}
	pass(16 * time.Minute)
	if _, err := s.Ship(t.Context(), p); err != nil {
		t.Errorf("a shipment in a session that ended: %v", err)
	}
}

// The token of a session goes to Linnworks and nowhere else.
func TestASessionElsewhereIsNotTaken(t *testing.T) {
	for server, taken := range map[string]bool{"https://eu-ext.linnworks.net/": true, "https://linnworks.net.example.com": false, "http://eu-ext.linnworks.net": false, "https://example.com": false, "": false} {
		asked := ""
		do := doer(func(r *http.Request) string {
			if strings.HasSuffix(r.URL.Path, "AuthorizeByApplication") {
				return `{"Token":"t","Server":"` + server + `"}`
			}
			asked = r.URL.Host
			return "[]"
		})
		s, err := linnworks.New(shop.Options{Secret: linnworkssim.New(shopsim.Options{}).Secret(), Do: do})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Changed(t.Context(), "")
		if (err == nil) != taken || (asked != "") != taken {
			t.Errorf("a session at %q: %v, asked %q", server, err, asked)
		}
	}
}

type doer func(r *http.Request) string

func (d doer) Do(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	_, _ = w.WriteString(d(r))
	return w.Result(), nil
}

// Parked orders wait; what is entered beside the tracking number stays.
func TestParkedOrders(t *testing.T) {
	sim, s, _ := begin(t)
	id := sim.Place(cups)
	sim.Park(id)
	o, err := s.Fresh(t.Context(), id)
	if err != nil || o.Status != station.OrderHeld || o.Reason != "parked in Linnworks" {
		t.Errorf("%s, %q, %v", o.Status, o.Reason, err)
	}
	for text, o := range map[string]shop.Options{
		"with spaces between":      {Secret: "a b"},
		"each look like":           {Secret: "a b c"},
		"must be the id of a loca": {Secret: sim.Secret(), Set: map[string]string{linnworks.Location: "Main"}},
		"the address":              {Secret: sim.Secret(), URL: "linnworks"},
	} {
		if _, err := linnworks.New(o); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%+v: %v, want words about %q", o.Set, err, text)
		}
	}
}

// answering is a client of an account that answers everything with one text.
func answering(t *testing.T, body string) *linnworks.Shop {
	t.Helper()
	s, err := linnworks.New(shop.Options{Secret: linnworkssim.New(shopsim.Options{}).Secret(), Do: doer(func(r *http.Request) string {
		if strings.HasSuffix(r.URL.Path, "AuthorizeByApplication") {
			return `{"Token":"t","Server":"https://eu-ext.linnworks.net"}`
		}
		return body
	})})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A composite is a kit of what its sub-items are made of at last; their numbers are of all
// units together.
func TestACompositeIsAKit(t *testing.T) {
	text, err := os.ReadFile("testdata/orders.json")
	if err != nil {
		t.Fatal(err)
	}
	for parts, want := range map[string]string{
		`{"SKU":"CUP","Quantity":3},{"SKU":"SAUCER","Quantity":6},{"SKU":"CUP","Quantity":3}`:                                      "[{CUP 2} {SAUCER 2}]",
		`{"SKU":"SET","Quantity":3,"CompositeSubItems":[{"SKU":"CUP","Quantity":6}]},{"SKU":"WRAP","Quantity":3,"IsService":true}`: "[{CUP 2}]",
		`{"SKU":"CUP","Quantity":4}`:   "MUG-W is made of cannot be read",
		`{"SKU":"CUP","Quantity":0}`:   "MUG-W is made of cannot be read",
		`{"SKU":"","Quantity":3}`:      "MUG-W is made of cannot be read",
		`{"SKU":"CUP","Quantity":1.5}`: "MUG-W is made of cannot be read",
	} {
		body := strings.Replace(string(text), `"CompositeSubItems":[]`, `"CompositeSubItems":[`+parts+`]`, 1)
		o, err := answering(t, body).Fresh(t.Context(), "b7c1d2e3-0000-4000-8000-00000000000a")
		got := fmt.Sprint(err)
		if err == nil {
			got = fmt.Sprint(o.Lines[0].Parts)
			if o.Lines[0].Qty != 2 || o.Lines[0].SKU != "MUG-W" {
				t.Errorf("%s: the line is %+v", parts, o.Lines[0])
			}
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", parts, got, want)
		}
	}
}

// An order in the form of Linnworks' own library: what was shipped of it and what is a
// service is not packed.
func TestAnOrderInTheFormOfLinnworks(t *testing.T) {
	text, err := os.ReadFile("testdata/orders.json")
	if err != nil {
		t.Fatal(err)
	}
	client := func(body string) *linnworks.Shop { return answering(t, body) }
	const id = "b7c1d2e3-0000-4000-8000-00000000000a"
	o, err := client(string(text)).Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := []station.Line{
		{ID: "0b0b0000-0000-4000-8000-000000000001", SKU: "MUG-W", Qty: 2, Kind: station.Goods, Bin: "A1-04", Price: unit.Money{Minor: 1100, Currency: "GBP"}},
		{ID: "0b0b0000-0000-4000-8000-000000000002", SKU: "AMZ-PLATE", Qty: 1, Kind: station.Goods, Price: unit.Money{Currency: "GBP"}},
		{ID: "note-0", Kind: station.Note, Qty: 1, Text: "Fragile"},
	}
	if !reflect.DeepEqual(o.Lines, want) {
		t.Errorf("lines %+v, want %+v", o.Lines, want)
	}
	if o.Own != id || o.Number != "104233" || o.Status != station.OrderOpen || o.To.Country != "GB" || o.To.Street2 != "Flat 2, Upper floor" || o.Service != "Tracked 48" || o.Value.Minor != 3620 || o.ShipBy.IsZero() {
		t.Errorf("%+v", o.Order)
	}
	for change, words := range map[[2]string]string{
		{`"Processed":false`, `"Processed":true`}:       "done ",
		{`"HoldOrCancel":false`, `"HoldOrCancel":true`}: "held on hold in Linnworks",
		{`"Status":1`, `"Status":0`}:                    "held not paid yet",
		{`"Status":1`, `"Status":9`}:                    "held it has the status 9",
		{`"Quantity":3`, `"Quantity":2.5`}:              "the quantity of MUG-W is 2.5",
		{`"Quantity":3`, `"Quantity":"many"`}:           "cannot be read",
		{`"AMZ-PLATE"`, `""`}:                           "Unlinked plate has no SKU",
	} {
		o, err := client(strings.Replace(string(text), change[0], change[1], 1)).Fresh(t.Context(), id)
		got := string(o.Status) + " " + o.Reason
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, words) {
			t.Errorf("%s: %q, want words about %q", change[1], got, words)
		}
	}
	for _, body := range []string{"[]", "[null]", "{}", `[{"OrderId":"other"}]`, "<html>"} {
		if o, err := client(body).Fresh(t.Context(), id); err == nil {
			t.Errorf("%s: %+v", body, o)
		}
	}
}
