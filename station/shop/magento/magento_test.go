package magento_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/magento"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/magentosim"
	"packbench/station/web"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// start opens a client of a new simulated shop.
func start(t *testing.T, prepare ...func(*magentosim.Sim)) (*magentosim.Sim, *magento.Shop) {
	t.Helper()
	sim := magentosim.New(shopsim.Options{Clock: func() time.Time { return noon }})
	for _, f := range prepare {
		f(sim)
	}
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	return sim, open(t, sim, srv.URL, func() time.Time { return noon })
}

// answers opens a client of a server that answers by path with what is written here.
func answers(t *testing.T, set map[string]string, by map[string]string) *magento.Shop {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		body, ok := by[r.Method+" "+strings.TrimPrefix(r.URL.Path, "/rest/V1")]
		if !ok {
			body = `{"items":[],"total_count":0}`
		}
		if status, rest, found := strings.Cut(body, " "); found && len(status) == 3 {
			w.WriteHeader(map[string]int{"400": 400, "401": 401, "404": 404, "500": 500}[status])
			body = rest
		}
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(srv.Close)
	s, err := magento.New(shop.Options{ID: "us", URL: srv.URL, Secret: "token", Set: set, Do: web.NewHTTP(), Clock: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func recorded(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// An order in the form that Magento writes: a shirt of which one has left, a bundle, an
// e-book, a line that was cancelled in part; a length of rope; an order that was
// edited; one that is broken.
func TestOrdersAsMagentoWritesThem(t *testing.T) {
	s := answers(t, nil, map[string]string{
		"GET /orders":   recorded(t, "orders.json"),
		"GET /products": `{"items":[{"id":80,"custom_attributes":[{"attribute_code":"category_ids","value":["2","5"]},{"attribute_code":"shipment_type","value":"0"}]}],"total_count":1}`,
		"GET /shipments": `{"items":[{"entity_id":9,"order_id":41,"created_at":"2026-11-29 07:59:00","items":[{"order_item_id":101,"qty":1}],
			"tracks":[{"track_number":"1Z1","title":"UPS","carrier_code":"ups"},{"track_number":"1Z2","title":"UPS","carrier_code":"ups"}]}],"total_count":1}`,
	})
	page, err := s.Changed(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Orders) != 2 || len(page.Left) != 2 || page.More {
		t.Fatalf("%d orders, left %+v, more %v", len(page.Orders), page.Left, page.More)
	}
	o := page.Orders[0]
	got := map[string]string{}
	for _, l := range o.Lines {
		got[l.ID] = fmt.Sprint(l.SKU, " ", l.Qty, " ", l.Price.Decimal(), l.Price.Currency)
	}
	want := map[string]string{"101": "TEE-M-RED 1 19.80USD", "104": "BALL 1 0.00", "105": "STRAP 2 0.00", "107": "SOCKS 2 5.00USD"}
	if !maps.Equal(got, want) {
		t.Errorf("to pack: %v, want %v", got, want)
	}
	if o.Own != "41" || o.Number != "000000041" || o.Status != station.OrderOpen || o.Service != "Flat Rate - Fixed" || o.Value.String() != "132.00 USD" {
		t.Errorf("the order is %+v", o.Order)
	}
	if !o.Placed.Equal(time.Date(2026, 11, 28, 23, 59, 58, 0, time.UTC)) {
		t.Errorf("placed %s", o.Placed)
	}
	to := station.Address{Name: "Kim Muster", Street: "1 Example Street", Street2: "2nd floor, Door 4", City: "Sampletown", Region: "MA", Postcode: "01234", Country: "US", Phone: "+15550100", Email: "kim.muster@example.com"}
	if o.To != to {
		t.Errorf("goes to %+v", o.To)
	}
	if len(o.Sent) != 2 || o.Sent[0].Tracking != "1Z1" || len(o.Sent[0].Lines) != 1 || o.Sent[0].Lines[0] != (shop.Units{Line: "101", SKU: "TEE-M-RED", Qty: 1}) || len(o.Sent[1].Lines) != 0 {
		t.Errorf("sent: %+v", o.Sent)
	}
	if page.Orders[1].Status != station.OrderCancelled || page.Orders[1].Reason != "edited in the shop: replaced by order 000000043-1" {
		t.Errorf("edited: %s, %s", page.Orders[1].Status, page.Orders[1].Reason)
	}
	if l := page.Left[1]; l.Number != "000000042" || l.Reason != "2.5 of ROPE are to be packed: packbench packs whole pieces only" {
		t.Errorf("left: %+v", l)
	}
	if l := page.Left[0]; l.ID != "45" || l.Number != "000000045" {
		t.Errorf("left: %+v", l)
	}
}

// rows is an order of everything that has two rows.
func everything(sim *magentosim.Sim) string {
	sim.Variant("TEE")
	sim.Bundle("KIT", false, magentosim.Part{SKU: "BALL", Qty: 1}, magentosim.Part{SKU: "STRAP", Qty: 2})
	sim.Bundle("SET", true, magentosim.Part{SKU: "CUP", Qty: 1}, magentosim.Part{SKU: "DISH", Qty: 2})
	return sim.Place(shopsim.Order{Lines: []shopsim.Line{
		{SKU: "TEE", Qty: 3, Minor: 2200}, {SKU: "KIT", Qty: 2, Minor: 6100}, {SKU: "SET", Qty: 2, Minor: 3000}, {SKU: "EBOOK", Qty: 1, Minor: 900, Virtual: true},
	}})
}

func units(o shop.Order) map[string]int {
	out := map[string]int{}
	for _, l := range o.Lines {
		if l.Kind == station.Goods {
			out[l.SKU] += l.Qty
		}
	}
	return out
}

func parcel(o shop.Order, tracking string, of map[string]int) shop.Shipment {
	p := shop.Shipment{Key: "key-" + tracking, Order: o.Own, Number: o.Number, Tracking: tracking, Carrier: "dhl", Name: "DHL", At: noon}
	for _, l := range o.Lines {
		if n := of[l.SKU]; n > 0 {
			p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: n})
		}
	}
	return p
}

func fresh(t *testing.T, s *magento.Shop, id string) shop.Order {
	t.Helper()
	o, err := s.Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestShirtsAndBundlesShipByTheRowThatMay(t *testing.T) {
	sim, s := start(t)
	id := everything(sim)
	o := fresh(t, s, id)
	if got := units(o); !maps.Equal(got, map[string]int{"TEE": 3, "BALL": 2, "STRAP": 4, "CUP": 2, "DISH": 4}) {
		t.Fatalf("to pack: %v", got)
	}
	first := map[string]int{"TEE": 1, "BALL": 1, "STRAP": 2, "DISH": 3}
	if _, err := s.Ship(t.Context(), parcel(o, "T1", first)); err != nil {
		t.Fatal(err)
	}
	if got := sim.Parcels(id); len(got) != 1 || !maps.Equal(got[0].Units, first) {
		t.Fatalf("the shop has %v", got)
	}
	o = fresh(t, s, id)
	if got := units(o); !maps.Equal(got, map[string]int{"TEE": 2, "BALL": 1, "STRAP": 2, "CUP": 2, "DISH": 1}) {
		t.Errorf("then to pack: %v", got)
	}
	if len(o.Sent) != 1 || o.Sent[0].Key != "key-T1" || len(o.Sent[0].Lines) != 4 {
		t.Errorf("then sent: %+v", o.Sent)
	}
	if _, err := s.Ship(t.Context(), parcel(o, "T2", units(o))); err != nil {
		t.Fatal(err)
	}
	if o = fresh(t, s, id); o.Status != station.OrderDone || len(o.Sent) != 2 {
		t.Errorf("at last the order is %s, sent %+v", o.Status, o.Sent)
	}
}

// A bundle that ships as a whole cannot be sent in two parcels.
func TestHalfABundleIsRefusedInWords(t *testing.T) {
	sim, s := start(t)
	id := everything(sim)
	o := fresh(t, s, id)
	for what, of := range map[string]map[string]int{
		"a part missing": {"BALL": 1}, "too few": {"BALL": 2, "STRAP": 2}, "too many": {"BALL": 1, "STRAP": 3}, "half of a part": {"STRAP": 1},
	} {
		_, err := s.Ship(t.Context(), parcel(o, "T1", of))
		if !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "as a whole only") || len(sim.Parcels(id)) != 0 {
			t.Errorf("%s: %v, the shop has %v", what, err, sim.Parcels(id))
		}
	}
}

// Without the right to read products nobody knows how a bundle ships: the setting does.
func TestHowABundleShipsMayBeSet(t *testing.T) {
	sim, s := start(t, func(sim *magentosim.Sim) { sim.Forbid("Magento_Catalog::products") })
	id := everything(sim)
	o := fresh(t, s, id)
	if got := units(o); got["BALL"] != 2 || got["DISH"] != 4 {
		t.Errorf("to pack: %v", got)
	}
	_, err := s.Ship(t.Context(), parcel(o, "T1", map[string]int{"BALL": 1, "STRAP": 2}))
	if !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "right to read products") {
		t.Errorf("%v", err)
	}
	srv := httptest.NewServer(sim)
	defer srv.Close()
	told, err := magento.New(shop.Options{URL: srv.URL, Secret: sim.Secret(), Set: map[string]string{"bundles": "together"}, Do: web.NewHTTP()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := told.Ship(t.Context(), parcel(o, "T1", map[string]int{"BALL": 1, "STRAP": 2})); err != nil {
		t.Error(err)
	}
}

// Magento sends what is left where more is asked for: the client must not ask.
func TestMoreThanRemainsIsNotAskedFor(t *testing.T) {
	sim, s := start(t)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 3}}})
	o := fresh(t, s, id)
	p := parcel(o, "T1", map[string]int{"A": 3})
	sim.Refund(id, 0, 1)
	if _, err := s.Ship(t.Context(), p); !errors.As(err, new(*shop.Changed)) || len(sim.Parcels(id)) != 0 {
		t.Errorf("%v, the shop has %v", err, sim.Parcels(id))
	}
}

// A refusal may stand for a parcel that is kept.
func TestARefusalIsLookedInto(t *testing.T) {
	sim, s := start(t)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 3}}})
	p := parcel(fresh(t, s, id), "T1", map[string]int{"A": 1})
	sim.Break()
	got, err := s.Ship(t.Context(), p)
	if err != nil || got == "" || len(sim.Parcels(id)) != 1 {
		t.Errorf("kept, but refused in words: %q, %v, the shop has %v", got, err, sim.Parcels(id))
	}
	// While that cannot be found out, it is open whether it was done.
	p = parcel(fresh(t, s, id), "T2", map[string]int{"A": 1})
	sim.Break()
	sim.Faults().Next("GET /rest/V1/shipments", shopsim.BadBefore)
	if _, err := s.Ship(t.Context(), p); err == nil || shop.NotDone(err) {
		t.Errorf("kept, refused in words, and the shop is away: %v, want an error that leaves it open", err)
	}
}

func TestSignedRequests(t *testing.T) {
	sim, s := start(t, (*magentosim.Sim).Signed)
	for range 3 {
		sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	}
	page, err := s.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 3 {
		t.Fatalf("%d orders, %v", len(page.Orders), err)
	}
	if page, err = s.Changed(t.Context(), page.Next); err != nil || len(page.Orders) != 3 {
		t.Errorf("again, with a time in the query: %d orders, %v", len(page.Orders), err)
	}
	if _, err := s.Ship(t.Context(), parcel(page.Orders[0], "T1", map[string]int{"A": 2})); err != nil {
		t.Error(err)
	}

	srv := httptest.NewServer(sim)
	defer srv.Close()
	for secret, want := range map[string]string{
		"simulated-access-token": "the key is wrong or lacks the right Magento_Sales::actions_view",
		strings.Replace(sim.Secret(), "simulated-token-secret", "x", 1): "The signature is invalid. Verify and try again.",
	} {
		s, err := magento.New(shop.Options{URL: srv.URL, Secret: secret, Do: web.NewHTTP(), Clock: func() time.Time { return noon }})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Changed(t.Context(), ""); !errors.As(err, new(*shop.Denied)) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		checks, err := s.Test(t.Context())
		if err != nil || len(checks) != 1 || checks[0].OK || !strings.Contains(checks[0].Fix, "four values") {
			t.Errorf("the test says %+v, %v", checks, err)
		}
	}
}

// replayed sends every request twice, as somebody who has listened does.
type replayed struct{ *http.Client }

func (c replayed) Do(r *http.Request) (*http.Response, error) {
	resp, err := c.Client.Do(r.Clone(r.Context()))
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	return c.Client.Do(r)
}

func TestASignatureIsGoodOnce(t *testing.T) {
	sim, _ := start(t, (*magentosim.Sim).Signed)
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s, err := magento.New(shop.Options{URL: srv.URL, Secret: sim.Secret(), Do: replayed{web.NewHTTP()}, Clock: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Changed(t.Context(), ""); !errors.As(err, new(*shop.Denied)) || !strings.Contains(err.Error(), "nonce is already being used") {
		t.Errorf("%v", err)
	}
}

func TestARightThatIsMissingIsNamed(t *testing.T) {
	sim, s := start(t)
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	if _, err := s.Changed(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	sim.Forbid("Magento_Sales::ship")
	_, err := s.Ship(t.Context(), parcel(fresh(t, s, "1"), "T1", map[string]int{"A": 1}))
	var denied *shop.Denied
	if !errors.As(err, &denied) || denied.Right != "Magento_Sales::ship" {
		t.Errorf("%v", err)
	}
	checks, err := s.Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		if c.OK != (c.What != "tell shipments") {
			t.Errorf("%+v", c)
		}
		if !c.OK && (!strings.Contains(c.Say, "Magento_Sales::ship") || !strings.Contains(c.Fix, "Ship")) {
			t.Errorf("%+v", c)
		}
	}
	if len(sim.Parcels("1")) != 0 {
		t.Error("the test has shipped something")
	}
}

func TestTheTestHoldsTheSourceAgainstTheShop(t *testing.T) {
	sim, s := start(t, func(sim *magentosim.Sim) { sim.Source("west") })
	checks, err := s.Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		if c.What == "read stock" && (c.OK || !strings.Contains(c.Say, "default, west") || c.Fix == "") {
			t.Errorf("two sources, none set: %+v", c)
		}
	}
	srv := httptest.NewServer(sim)
	defer srv.Close()
	for source, ok := range map[string]bool{"west": true, "east": false} {
		s, _ := magento.New(shop.Options{URL: srv.URL, Secret: sim.Secret(), Set: map[string]string{"source": source}, Do: web.NewHTTP()})
		checks, err := s.Test(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range checks {
			if c.What == "read stock" && c.OK != ok {
				t.Errorf("source %s: %+v", source, c)
			}
		}
	}
}
