package prestashop_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/prestashop"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/prestashopsim"
	"packbench/station/shop/shoptest"
	"packbench/station/web"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, secret, url string, set map[string]string, clock func() time.Time) *prestashop.Shop {
	t.Helper()
	s, err := prestashop.New(shop.Options{ID: "fr", URL: url, Secret: secret, Set: set, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := prestashopsim.New(shopsim.Options{Clock: clock})
		return sim, func(url string) shop.Shop { return open(t, sim.Secret(), url, nil, clock) }
	})
}

// recorded is a shop in the form that PrestaShop answers: numbers as texts and not,
// names in several languages, an empty list in place of nothing.
var recorded = map[string]string{
	"order_states": `{"order_states":[{"id":2,"name":[{"id":"1","value":"Paiement accepté"},{"id":"2","value":"Payment accepted"}],"paid":"1","shipped":"0"},
		{"id":4,"name":"Expédié","paid":"1","shipped":"1"},{"id":6,"name":"Annulé","paid":"0","shipped":"0"},{"id":7,"name":"Remboursé","paid":"0","shipped":"0"},
		{"id":9,"name":"En attente de réapprovisionnement (payé)","paid":"1","shipped":"0"},{"id":13,"name":"Paiement à la livraison","paid":"0","shipped":"0"}]}`,
	"currencies":     `{"currencies":[{"id":1,"iso_code":"EUR"}]}`,
	"countries":      `{"countries":[{"id":8,"iso_code":"FR"},{"id":21,"iso_code":"US"}]}`,
	"states":         `{"states":[{"id":34,"iso_code":"NY"}]}`,
	"carriers":       `{"carriers":[{"id":2,"name":"Colissimo"}]}`,
	"configurations": `[]`,
	"customers":      `{"customers":[{"id":5,"email":"kim.muster@example.com"}]}`,
	"addresses": `{"addresses":[{"id":7,"id_customer":"5","id_country":"21","id_state":"34","alias":"Home","company":"","lastname":"Muster","firstname":"Kim",
		"address1":"16, Main street","address2":"2nd floor","postcode":"10577","city":"Purchase","phone":"0102030405","phone_mobile":""}]}`,
	"order_details": `{"order_details":[{"id":31,"id_order":"12","product_reference":"CUP-1","product_name":"Cup","product_quantity":"3","product_quantity_refunded":"1","unit_price_tax_incl":"12.500000","download_hash":""},
		{"id":32,"id_order":"12","product_reference":"BOOK","product_name":"Book","product_quantity":"1","product_quantity_refunded":"0","unit_price_tax_incl":"9.000000","download_hash":"ab12"},
		{"id":33,"id_order":"13","product_reference":"","product_name":"Thing","product_quantity":"1","product_quantity_refunded":"0","unit_price_tax_incl":"9.000000","download_hash":""},
		{"id":34,"id_order":"14","product_reference":"CUP-1","product_name":"Cup","product_quantity":"2","product_quantity_refunded":"0","unit_price_tax_incl":"12.500000","download_hash":""}]}`,
	"order_carriers": `{"order_carriers":[{"id":41,"id_order":"12","id_carrier":"2","id_order_invoice":"0","weight":"0.600000","shipping_cost_tax_excl":"4.000000","shipping_cost_tax_incl":"4.800000","tracking_number":"","date_add":"2026-11-29 10:00:00"},
		{"id":42,"id_order":"14","id_carrier":"2","id_order_invoice":"0","weight":"0.600000","shipping_cost_tax_excl":"4.000000","shipping_cost_tax_incl":"4.800000","tracking_number":"8R1","date_add":"2026-11-29 10:00:00"}]}`,
}

func orderText(id int, state string) string {
	return fmt.Sprintf(`{"id":%d,"id_address_delivery":"7","id_cart":"9","id_currency":"1","id_lang":"1","id_customer":"5","id_carrier":"2","current_state":"%s","module":"ps_wirepayment",
		"date_add":"2026-11-29 10:00:00","date_upd":"2026-11-29 10:05:00","shipping_number":"","reference":"XKBKNABJK","total_paid":"46.50","gift":"1","gift_message":"Happy birthday",
		"associations":{"order_rows":[{"id":"31","product_quantity":"3"}]}}`, id, state)
}

// answers opens a client of a server that answers by resource, once for each list of
// orders.
func answers(t *testing.T, set map[string]string, orders ...string) *prestashop.Shop {
	t.Helper()
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte("KEY:")) {
			t.Errorf("asked with %q", r.Header.Get("Authorization"))
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		resource := strings.TrimPrefix(r.URL.Path, "/shop/api/")
		body := recorded[resource]
		if resource == "orders" {
			body = "[]"
			if asked < len(orders) {
				body, asked = orders[asked], asked+1
			}
		}
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(srv.Close)
	return open(t, "KEY", srv.URL+"/shop/", set, func() time.Time { return noon })
}

func TestOrdersAsPrestaShopWritesThem(t *testing.T) {
	all := `{"orders":[` + orderText(12, "2") + `,` + orderText(13, "2") + `,` + orderText(14, "4") + `,{"id":15,"reference":["no text"]}]}`
	s := answers(t, nil, `{"orders":[{"id":14,"date_upd":"2026-11-29 10:05:00"}]}`, all)
	page, err := s.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 2 || len(page.Left) != 2 {
		t.Fatalf("%d orders, left %+v, %v", len(page.Orders), page.Left, err)
	}
	o := page.Orders[0]
	if o.Own != "12" || o.Number != "XKBKNABJK" || o.Status != station.OrderOpen || o.Service != "Colissimo" || o.Value.String() != "46.50 EUR" || !o.Gift || o.Message != "Happy birthday" {
		t.Errorf("%+v", o.Order)
	}
	if len(o.Lines) != 2 || o.Lines[0].SKU != "CUP-1" || o.Lines[0].Qty != 2 || o.Lines[0].Price.String() != "12.50 EUR" || o.Lines[1].Text != "Happy birthday" {
		t.Errorf("to pack: %+v", o.Lines)
	}
	to := station.Address{Name: "Kim Muster", Street: "16, Main street", Street2: "2nd floor", City: "Purchase", Region: "NY", Postcode: "10577", Country: "US", Phone: "0102030405", Email: "kim.muster@example.com"}
	if o.To != to {
		t.Errorf("goes to %+v", o.To)
	}
	if gone := page.Orders[1]; gone.Status != station.OrderDone || len(gone.Sent) != 1 || gone.Sent[0].Tracking != "8R1" || len(gone.Sent[0].Lines) != 1 {
		t.Errorf("%s, sent %+v", gone.Status, gone.Sent)
	}
	reasons := []string{page.Left[0].Reason, page.Left[1].Reason}
	if !strings.Contains(reasons[0], "cannot be read") || !strings.Contains(reasons[1], "Thing has no reference") {
		t.Errorf("left: %q", reasons)
	}
}

func TestStatesDecide(t *testing.T) {
	for _, c := range []struct {
		state string
		set   map[string]string
		want  station.OrderStatus
	}{
		{"2", nil, station.OrderOpen},
		{"4", nil, station.OrderDone},
		{"6", nil, station.OrderCancelled},
		{"7", nil, station.OrderCancelled},
		{"9", nil, station.OrderOpen},
		{"9", map[string]string{"hold": "9, 3"}, station.OrderHeld},
		{"13", nil, station.OrderHeld},
		{"13", map[string]string{"pack": "13"}, station.OrderOpen},
		{"99", nil, station.OrderHeld},
	} {
		s := answers(t, c.set, `{"orders":[`+orderText(12, c.state)+`]}`)
		o, err := s.Fresh(t.Context(), "12")
		if err != nil || o.Status != c.want || (c.want == station.OrderHeld) != (o.Reason != "") && c.want != station.OrderCancelled {
			t.Errorf("state %s with %v: %s (%s), %v; want %s", c.state, c.set, o.Status, o.Reason, err, c.want)
		}
	}
}

// A state that the shop was given after its names were read is asked for again, but not
// with each order: until then the order is on hold with the reason, and never packed.
func TestAStateThatTheShopHasAddedIsLookedUp(t *testing.T) {
	now, states, asked := noon, recorded["order_states"], 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		resource := strings.TrimPrefix(r.URL.Path, "/shop/api/")
		body := recorded[resource]
		switch resource {
		case "orders":
			body = `{"orders":[` + orderText(12, "50") + `]}`
		case "order_states":
			body = states
			asked++
		}
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(srv.Close)
	s := open(t, "KEY", srv.URL+"/shop/", nil, func() time.Time { return now })
	look := func(after time.Duration, want station.OrderStatus, times int) {
		t.Helper()
		now = now.Add(after)
		o, err := s.Fresh(t.Context(), "12")
		if err != nil || o.Status != want || asked != times {
			t.Errorf("after %s it is %s (%s), %v, and the states were asked for %d times; want %s, %d", after, o.Status, o.Reason, err, asked, want, times)
		}
	}
	look(0, station.OrderHeld, 1)
	states = strings.Replace(states, `{"id":4,`, `{"id":50,"name":"Payé par carte","paid":"1","shipped":"0"},{"id":4,`, 1)
	look(9*time.Minute, station.OrderHeld, 1)
	look(time.Minute, station.OrderOpen, 2)
	look(50*time.Minute, station.OrderOpen, 2) // its names are known now, and good for an hour
	look(10*time.Minute, station.OrderOpen, 3)
}

// The history is appended to once, whatever becomes of the answers, and what the
// carrier of the order held besides its number stays.
func TestAHistoryIsAppendedOnce(t *testing.T) {
	for _, fault := range []shopsim.Fault{shopsim.LostAfter, shopsim.BadAfter, shopsim.GatewayAfter, shopsim.PageAfter} {
		sim := prestashopsim.New(shopsim.Options{Clock: func() time.Time { return noon }})
		srv := httptest.NewServer(sim)
		s := open(t, sim.Secret(), srv.URL, nil, func() time.Time { return noon })
		id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
		o, err := s.Fresh(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		p := shop.Shipment{Order: id, Tracking: "T1", Notify: true, Lines: []shop.Units{{Line: o.Lines[0].ID, SKU: "A", Qty: 2}}}
		sim.Faults().Next("POST /api/order_histories", fault)
		if _, err := s.Ship(t.Context(), p); err == nil || shop.NotDone(err) {
			t.Errorf("%s: %v, want an error that leaves it open", fault, err)
		}
		if sent, err := s.Shipped(t.Context(), id); err != nil || len(sent) != 1 || sent[0].Tracking != "T1" {
			t.Errorf("%s: looked up: %+v, %v", fault, sent, err)
		}
		if _, err := s.Ship(t.Context(), p); err != nil {
			t.Errorf("%s: asked again: %v", fault, err)
		}
		if got := sim.History(id); !slices.Equal(got, []int{2, 4}) || sim.Mails() != 1 || sim.Weight(id) != "0.600000" {
			t.Errorf("%s: history %v, %d mails, weight %q", fault, got, sim.Mails(), sim.Weight(id))
		}
		srv.Close()
	}
}

// PrestaShop sets a cancelled order to sent without a word: it is looked at directly
// before.
func TestACancellationBetweenIsSeen(t *testing.T) {
	sim := prestashopsim.New(shopsim.Options{Clock: func() time.Time { return noon }})
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sim.ServeHTTP(w, r)
		if r.Method == http.MethodPut {
			sim.Cancel(id)
		}
	}))
	defer srv.Close()
	s := open(t, sim.Secret(), srv.URL, nil, func() time.Time { return noon })
	o, err := s.Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Ship(t.Context(), shop.Shipment{Order: id, Tracking: "T1", Lines: []shop.Units{{Line: o.Lines[0].ID, SKU: "A", Qty: 2}}})
	if !errors.As(err, new(*shop.Changed)) || len(sim.Parcels(id)) != 0 {
		t.Errorf("%v, the shop has %v", err, sim.Parcels(id))
	}
}

func TestTheTestNamesWhatIsMissing(t *testing.T) {
	sim := prestashopsim.New(shopsim.Options{Clock: func() time.Time { return noon }})
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	clock := func() time.Time { return noon }
	checks, err := open(t, "WRONG", srv.URL, nil, clock).Test(t.Context())
	if err != nil || len(checks) != 1 || checks[0].OK || !strings.Contains(checks[0].Fix, "Webservice") {
		t.Errorf("a wrong key: %+v, %v", checks, err)
	}
	checks, err = open(t, sim.Secret(), srv.URL, map[string]string{"sent": "3"}, clock).Test(t.Context())
	if last := checks[len(checks)-1]; err != nil || last.OK || !strings.Contains(last.Fix, "Set sent") {
		t.Errorf("a state that is none for sent: %+v, %v", checks, err)
	}
	sim.Forbid("GET order_details")
	checks, err = open(t, sim.Secret(), srv.URL, nil, clock).Test(t.Context())
	for _, c := range checks {
		if c.OK == (c.What == "read order_details") {
			t.Errorf("%+v", c)
		}
	}
	if err != nil {
		t.Error(err)
	}
	sim.Forbid("PUT order_carriers")
	s := open(t, sim.Secret(), srv.URL, nil, clock)
	var denied *shop.Denied
	if _, err := s.Changed(t.Context(), ""); !errors.As(err, &denied) || denied.Right != "GET of order_details" {
		t.Errorf("%v", err)
	}
}

// An answer that is lost is asked for once more, and what was read before the shop went
// away is not read again, so that a shop that is hard to reach is read in the end.
func TestAShopThatIsHardToReachIsRead(t *testing.T) {
	sim := prestashopsim.New(shopsim.Options{Clock: func() time.Time { return noon }})
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	asked, fails := map[string]int{}, map[string]int{"/api/currencies": 1, "/api/states": 2, "/api/order_details": 1}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked[r.URL.Path]++; asked[r.URL.Path] <= fails[r.URL.Path] {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		sim.ServeHTTP(w, r)
	}))
	defer srv.Close()
	s := open(t, sim.Secret(), srv.URL, nil, func() time.Time { return noon })
	if _, err := s.Changed(t.Context(), ""); !errors.As(err, new(*shop.Away)) {
		t.Errorf("two answers of one question were lost: %v", err)
	}
	page, err := s.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	for path, want := range map[string]int{"/api/order_states": 1, "/api/currencies": 2, "/api/countries": 1, "/api/states": 3, "/api/order_details": 2} {
		if asked[path] != want {
			t.Errorf("%s was asked %d times, want %d", path, asked[path], want)
		}
	}
}

// The shop's clock has no zone and goes back an hour in autumn.
func TestAnHourThatComesTwiceLosesNothing(t *testing.T) {
	now := noon
	clock := func() time.Time { return now }
	sim := prestashopsim.New(shopsim.Options{Clock: clock})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim.Secret(), srv.URL, nil, clock)
	pull := func(since shop.Cursor) (known map[string]shop.Order, next shop.Cursor) {
		known = map[string]shop.Order{}
		for {
			page, err := s.Changed(t.Context(), since)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range page.Orders {
				known[o.Own] = o
			}
			if since = page.Next; !page.More {
				return known, since
			}
		}
	}
	first := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	_, next := pull("")
	now = now.Add(-50 * time.Minute)
	sim.Cancel(first)
	second := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	known, next := pull(next)
	if known[first].Status != station.OrderCancelled || known[second].Status != station.OrderOpen {
		t.Errorf("after the hour that comes twice: %v", known)
	}
	now = now.Add(48 * time.Hour)
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	_, next = pull(next)
	if known, _ = pull(next); len(known) != 1 {
		t.Errorf("two days later %d orders come again, want the last", len(known))
	}
}

func TestWhatIsEnteredWrongly(t *testing.T) {
	for what, o := range map[string]shop.Options{
		"no address":  {Secret: "a"},
		"in the open": {URL: "http://shop.example", Secret: "a"},
		"two keys":    {URL: "https://shop.example", Secret: "a b"},
		"a name":      {URL: "https://shop.example", Secret: "a", Set: map[string]string{"pack": "2, paid"}},
		"sent":        {URL: "https://shop.example", Secret: "a", Set: map[string]string{"sent": "4, 5"}},
	} {
		if _, err := prestashop.New(o); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
