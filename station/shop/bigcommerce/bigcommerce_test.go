package bigcommerce_test

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
	"packbench/station/shop/bigcommerce"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/bigcommercesim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

func TestSuite(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := bigcommercesim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second}, false)
		return sim, func(url string) shop.Shop { return open(t, url, sim.Secret(), clock) }
	})
}

func open(t *testing.T, url, token string, clock func() time.Time) *bigcommerce.Shop {
	t.Helper()
	s, err := bigcommerce.New(shop.Options{ID: "bc", URL: url + bigcommercesim.Path() + "/v3/", Secret: token, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func start(t *testing.T, readOnly bool) (*bigcommercesim.Shop, *bigcommerce.Shop) {
	t.Helper()
	sim := bigcommercesim.New(shopsim.Options{}, readOnly)
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	return sim, open(t, srv.URL, sim.Secret(), nil)
}

// A store's address is taken in each form that its owner may copy, and no other.
func TestAddresses(t *testing.T) {
	for url, ok := range map[string]bool{
		"https://store-abc123.mybigcommerce.com": true, "store-abc123-1.mybigcommerce.com/manage": true, "https://api.bigcommerce.com/stores/abc123/v3/": true,
		"https://shop.example": false, "http://api.bigcommerce.com/stores/abc123/v3/": false, "": false, "https://api.bigcommerce.com/stores/a/b/c": false,
	} {
		_, err := bigcommerce.New(shop.Options{URL: url, Secret: "t"})
		if (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
	}
	if _, err := bigcommerce.New(shop.Options{URL: "https://store-abc123.mybigcommerce.com", Secret: " "}); err == nil {
		t.Error("no token is no client")
	}
}

// A round may take longer than lists overlap: what changes in an order that was read
// in its beginning comes in the next round.
func TestALongRoundLosesNoChange(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	sim := bigcommercesim.New(shopsim.Options{Clock: clock}, false)
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, srv.URL, sim.Secret(), clock)
	var ids []string
	for range 120 {
		ids = append(ids, sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP-1", Qty: 1}}}))
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
			sim.Cancel(ids[0])
			now = now.Add(time.Hour)
		}
	}
	if len(got) != 120 || got[ids[0]] != station.OrderCancelled {
		t.Errorf("%d orders came, the one that was cancelled meanwhile as %q", len(got), got[ids[0]])
	}
}

// Each order costs requests. A page that is cut short is kept as far as it came, so
// that a store which allows few of them is read to its end all the same.
func TestAPageThatIsCutShortIsKept(t *testing.T) {
	sim, s := start(t, false)
	for range 5 {
		sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP-1", Qty: 1}}})
	}
	sim.Faults().Next("/products", shopsim.TooMany)
	if _, err := s.Changed(t.Context(), ""); !errors.As(err, new(*shop.Throttled)) {
		t.Errorf("the first order: %v (%T)", err, err)
	}
	sim.Faults().Next("/107/products", shopsim.TooMany) // the third
	first, err := s.Changed(t.Context(), "")
	if err != nil || len(first.Orders) != 2 || !first.More {
		t.Fatalf("%+v, %v", first, err)
	}
	rest, err := s.Changed(t.Context(), first.Next)
	if err != nil || len(rest.Orders) != 3 || rest.Orders[0].Own != "107" {
		t.Errorf("%+v, %v", rest, err)
	}
}

// One number, several people: nobody can pack that at a bench.
func TestAnOrderToSeveralAddressesIsLeft(t *testing.T) {
	sim, s := start(t, false)
	id := sim.PlaceTo(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP-1", Qty: 1}}}, shopsim.Address{Name: "Bo Example"})
	page, err := s.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 0 || len(page.Left) != 1 || page.Left[0].ID != id || !strings.Contains(page.Left[0].Reason, "2 addresses") {
		t.Errorf("%+v, %v", page, err)
	}
	if _, err := s.Fresh(t.Context(), id); !errors.As(err, new(*shop.Refused)) {
		t.Errorf("%v (%T)", err, err)
	}
}

// The same parcel told again is found, with a tracking number and without one.
func TestAParcelToldTwiceIsOne(t *testing.T) {
	for _, tracking := range []string{"T 1", ""} {
		sim, s := start(t, false)
		id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP-1", Qty: 5}}})
		o, err := s.Fresh(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		p := shop.Shipment{Key: "7-1", Order: id, Tracking: tracking, Name: "DHL", Part: true, Lines: []shop.Units{{Line: o.Lines[0].ID, Qty: 2}}}
		first, err := s.Ship(t.Context(), p)
		again, err2 := s.Ship(t.Context(), p)
		if err != nil || err2 != nil || first != again || len(sim.Parcels(id)) != 1 || sim.Mails() != 1 {
			t.Errorf("%q: %s, %s, %v, %v; the shop has %v", tracking, first, again, err, err2, sim.Parcels(id))
		}
	}
}

func TestATokenThatMayOnlyRead(t *testing.T) {
	_, s := start(t, true)
	checks, err := s.Test(t.Context())
	if err != nil || len(checks) != 2 || !checks[0].OK || checks[1].OK || !strings.Contains(checks[1].Fix, "Orders: modify") {
		t.Errorf("%+v, %v", checks, err)
	}
}

// The answers of testdata, written in the form that the documentation shows.
func TestADocumentedOrder(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := map[string]string{
			"/stores/x/v2/orders/118": "order.json", "/stores/x/v2/orders/118/products": "products.json",
			"/stores/x/v2/orders/118/shipping_addresses": "addresses.json", "/stores/x/v2/orders/118/shipments": "shipments.json",
		}[r.URL.Path]
		body, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Error(r.URL, err)
		}
		_, _ = w.Write(body)
	}))
	defer srv.Close()
	s, err := bigcommerce.New(shop.Options{URL: srv.URL + "/stores/x", Secret: "t", Do: web.NewHTTP()})
	if err != nil {
		t.Fatal(err)
	}
	o, err := s.Fresh(t.Context(), "118")
	if err != nil {
		t.Fatal(err)
	}
	if o.Status != station.OrderOpen || o.Service != "Courier" || o.To.Name != "Robin Sample" || o.To.Country != "AU" || o.To.Phone != "+61 555 0100" || o.Value.String() != "86.40 AUD" {
		t.Errorf("%+v", o.Order)
	}
	want := "205 MUG-W 2 12.00 AUD; 207 id-93 1 20.00 AUD; note  1 0.00"
	var got []string
	for _, l := range o.Lines {
		got = append(got, strings.Join([]string{l.ID, l.SKU, string(rune('0' + l.Qty)), l.Price.String()}, " "))
	}
	if strings.Join(got, "; ") != want {
		t.Errorf("%s", strings.Join(got, "; "))
	}
	if len(o.Sent) != 1 || o.Sent[0].Tracking != "EJ958083578AU" || o.Sent[0].Name != "auspost" || len(o.Sent[0].Lines) != 1 || o.Sent[0].Lines[0].SKU != "MUG-W" || o.Sent[0].Lines[0].Qty != 1 {
		t.Errorf("%+v", o.Sent)
	}
}
