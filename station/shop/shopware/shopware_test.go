package shopware_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shopwaresim"
	"packbench/station/shop/shoptest"
	"packbench/station/shop/shopware"
	"packbench/station/web"
)

func open(t *testing.T, secret, url string, set map[string]string, clock func() time.Time) *shopware.Shop {
	t.Helper()
	s, err := shopware.New(shop.Options{ID: "de", URL: url, Secret: secret, Set: set, Do: web.NewHTTP(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSuite(t *testing.T) {
	shoptest.Run(t, func(t *testing.T, clock func() time.Time) (shopsim.Backend, func(string) shop.Shop) {
		sim := shopwaresim.New(shopsim.Options{Clock: clock, Lag: 20 * time.Second})
		return sim, func(url string) shop.Shop { return open(t, sim.Secret(), url, nil, clock) }
	})
}

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// answers opens a client of a server that answers every search with a text.
func answers(t *testing.T, status int, body string, set map[string]string) *shopware.Shop {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/oauth/token") {
			_, _ = w.Write([]byte(`{"token_type":"Bearer","expires_in":600,"access_token":"x"}`))
			return
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(srv.Close)
	return open(t, "key secret", srv.URL, set, func() time.Time { return noon })
}

// Orders in the form that Shopware writes: a container with its part, a discount that
// is a line, a download, a text; a discount on shipping that is a delivery; two
// addresses; a delivery that has left in two parcels; nonsense.
func TestOrdersAsShopwareWritesThem(t *testing.T) {
	data, err := os.ReadFile("testdata/search-order.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := answers(t, 200, string(data), nil).Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 2 || len(page.Left) != 2 || page.More {
		t.Fatalf("%d orders, left %+v, more %v, %v", len(page.Orders), page.Left, page.More, err)
	}
	o := page.Orders[0]
	var got []string
	for _, l := range o.Lines {
		got = append(got, fmt.Sprint(l.ID, " ", l.Kind, " ", l.SKU, l.Text, " ", l.Qty, " ", l.Price))
	}
	if want := "11 goods CUP-1 3 12.50 EUR|13 goods DISH-1 2 10.00 EUR|16 note 1 × Geschenkpapier 1 0.00|note note Bitte klingeln 1 0.00"; strings.Join(got, "|") != want {
		t.Errorf("to pack:\n%s\nwant\n%s", strings.Join(got, "|"), want)
	}
	to := station.Address{Name: "Kim Muster", Street: "Musterweg 5", Street2: "Hinterhaus", City: "München", Region: "BY", Postcode: "80331", Country: "DE", Email: "kim.muster@example.com"}
	if o.To != to || o.Service != "Express" || o.Status != station.OrderOpen || o.Number != "10031" || o.Value.String() != "60.40 EUR" {
		t.Errorf("%s %s by %q, %s, to %+v", o.Number, o.Status, o.Service, o.Value, o.To)
	}
	if gone := page.Orders[1]; gone.Status != station.OrderDone || len(gone.Sent) != 2 || gone.Sent[1].Tracking != "B" || len(gone.Sent[0].Lines) != 1 || gone.Sent[0].Lines[0].Qty != 2 {
		t.Errorf("%s, sent %+v", gone.Status, gone.Sent)
	}
	if l := page.Left[0]; l.Number != "10032" || !strings.Contains(l.Reason, "several addresses") {
		t.Errorf("left: %+v", l)
	}
	if l := page.Left[1]; l.Number != "10034" || l.ID == "" {
		t.Errorf("left: %+v", l)
	}
}

func TestTheThreeMachinesDecide(t *testing.T) {
	for _, c := range []struct {
		order, delivery, payment string
		want                     station.OrderStatus
		unpaid                   station.OrderStatus // where unpaid orders are packed
	}{
		{"open", "open", "paid", station.OrderOpen, station.OrderOpen},
		{"in_progress", "open", "authorized", station.OrderOpen, station.OrderOpen},
		{"open", "open", "open", station.OrderHeld, station.OrderOpen},
		{"open", "open", "reminded", station.OrderHeld, station.OrderOpen},
		{"open", "open", "paid_partially", station.OrderHeld, station.OrderHeld},
		{"open", "open", "refunded_partially", station.OrderHeld, station.OrderHeld},
		{"open", "open", "refunded", station.OrderCancelled, station.OrderCancelled},
		{"open", "open", "failed", station.OrderHeld, station.OrderHeld},
		{"open", "open", "by_barter", station.OrderHeld, station.OrderHeld},
		{"open", "shipped", "paid", station.OrderDone, station.OrderDone},
		{"open", "returned", "refunded", station.OrderDone, station.OrderDone},
		{"open", "shipped_partially", "paid", station.OrderHeld, station.OrderHeld},
		{"open", "cancelled", "paid", station.OrderCancelled, station.OrderCancelled},
		{"open", "at_customs", "paid", station.OrderHeld, station.OrderHeld},
		{"cancelled", "open", "paid", station.OrderCancelled, station.OrderCancelled},
		{"completed", "open", "paid", station.OrderDone, station.OrderDone},
		{"to_be_clarified", "open", "paid", station.OrderHeld, station.OrderHeld},
	} {
		const id = "018f3a00000000000000000000000001"
		body := `{"total":1,"data":[{"id":"` + id + `","autoIncrement":1,"orderNumber":"1","amountTotal":5,"stateMachineState":{"technicalName":"` + c.order + `"},
			"lineItems":[{"id":"1","type":"product","quantity":1,"payload":{"productNumber":"A"}}],
			"deliveries":[{"id":"d","stateMachineState":{"technicalName":"` + c.delivery + `"}}],"transactions":[{"id":"t","stateMachineState":{"technicalName":"` + c.payment + `"}}]}]}`
		for set, want := range map[string]station.OrderStatus{"": c.want, "pack": c.unpaid} {
			o, err := answers(t, 200, body, map[string]string{"unpaid": set}).Fresh(t.Context(), id)
			if err != nil || o.Status != want || want == station.OrderHeld && o.Reason == "" {
				t.Errorf("%s, %s, %s, unpaid %q: %s (%s), %v; want %s", c.order, c.delivery, c.payment, set, o.Status, o.Reason, err, want)
			}
		}
	}
}

// A payment or a delivery changes without its order: it is seen all the same.
func TestAPaymentThatMovesAloneIsSeen(t *testing.T) {
	now := noon
	clock := func() time.Time { return now }
	sim := shopwaresim.New(shopsim.Options{Clock: clock})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim.Secret(), srv.URL, nil, clock)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}, Unpaid: true})
	page, err := s.Changed(t.Context(), "")
	if err != nil || page.Orders[0].Status != station.OrderHeld {
		t.Fatalf("%+v, %v", page, err)
	}
	now = now.Add(3 * time.Hour)
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	if page, err = s.Changed(t.Context(), page.Next); err != nil {
		t.Fatal(err)
	}
	now = now.Add(3 * time.Hour)
	sim.Pay(id, "paid")
	page, err = s.Changed(t.Context(), page.Next)
	if err != nil || len(page.Orders) == 0 || page.Orders[0].Own != id || page.Orders[0].Status != station.OrderOpen {
		t.Errorf("paid: %+v, %v", page.Orders, err)
	}
}

// A code that came to nothing is not told to the buyer with the next parcel.
func TestACodeOfAnAbandonedParcelIsReplaced(t *testing.T) {
	sim := shopwaresim.New(shopsim.Options{Clock: func() time.Time { return noon }})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim.Secret(), srv.URL, nil, func() time.Time { return noon })
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	o, err := s.Fresh(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	p := shop.Shipment{Order: id, Tracking: "OLD", Lines: []shop.Units{{Line: o.Lines[0].ID, SKU: "A", Qty: 1}}}
	sim.Faults().Next("/state/ship", shopsim.LostBefore)
	if _, err := s.Ship(t.Context(), p); err == nil || shop.NotDone(err) {
		t.Fatalf("%v", err)
	}
	if sent, err := s.Shipped(t.Context(), id); err != nil || len(sent) != 0 {
		t.Errorf("a code alone is a shipment: %+v, %v", sent, err)
	}
	p.Tracking = "NEW"
	if _, err := s.Ship(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if got := sim.Parcels(id); len(got) != 1 || got[0].Tracking != "NEW" {
		t.Errorf("the shop has %+v", got)
	}
}

func TestATokenThatIsOverIsRenewed(t *testing.T) {
	now := noon
	clock := func() time.Time { return now }
	sim := shopwaresim.New(shopsim.Options{Clock: clock})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim.Secret(), srv.URL, nil, clock)
	asked := func() int {
		if _, err := s.Changed(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, what := range sim.Faults().Seen() {
			if strings.Contains(what, "oauth/token") {
				n++
			}
		}
		return n
	}
	if a, b := asked(), asked(); a != 1 || b != 0 {
		t.Errorf("%d and %d tokens were asked for, want one", a, b)
	}
	now = now.Add(11 * time.Minute)
	if n := asked(); n != 1 {
		t.Errorf("after its time %d tokens were asked for", n)
	}
	sim.Faults().Next("/search/order", shopsim.Expired)
	if n := asked(); n != 1 {
		t.Errorf("after a 401 %d tokens were asked for", n)
	}
}

func TestTheTestNamesWhatIsMissing(t *testing.T) {
	sim := shopwaresim.New(shopsim.Options{Clock: func() time.Time { return noon }})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	clock := func() time.Time { return noon }
	checks, err := open(t, "SWIASIMULATED wrong", srv.URL, nil, clock).Test(t.Context())
	if err != nil || len(checks) != 1 || checks[0].OK || !strings.Contains(checks[0].Fix, "secret of an integration") {
		t.Errorf("a wrong secret: %+v, %v", checks, err)
	}
	sim.Forbid("order_delivery:update")
	checks, err = open(t, sim.Secret(), srv.URL, nil, clock).Test(t.Context())
	if err != nil || len(checks) != 2 || !checks[0].OK || checks[1].OK || !strings.Contains(checks[1].Fix, "order_delivery:update") {
		t.Errorf("no right to tell: %+v, %v", checks, err)
	}
	sim.Forbid("order:read")
	checks, err = open(t, sim.Secret(), srv.URL, nil, clock).Test(t.Context())
	if err != nil || len(checks) != 2 || checks[0].OK || !strings.Contains(checks[0].Say, "order:read") {
		t.Errorf("no right to read: %+v, %v", checks, err)
	}
}

func TestWhatIsEnteredWrongly(t *testing.T) {
	for what, o := range map[string]shop.Options{
		"no address":  {Secret: "a b"},
		"in the open": {URL: "http://shop.example", Secret: "a b"},
		"one value":   {URL: "https://shop.example", Secret: "a"},
		"unpaid":      {URL: "https://shop.example", Secret: "a b", Set: map[string]string{"unpaid": "yes"}},
	} {
		if _, err := shopware.New(o); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

func TestAnswersThatMakeNoSense(t *testing.T) {
	const id = "018f3a00000000000000000000000001"
	for what, c := range map[string]struct {
		status int
		body   string
	}{
		"a web page":      {200, "<html>"},
		"no total":        {200, `{"data":[]}`},
		"another's order": {200, `{"total":1,"data":[{"id":"018f3a00000000000000000000000009","orderNumber":"9","stateMachineState":{}}]}`},
		"a 404":           {404, "<html>"},
	} {
		if o, err := answers(t, c.status, c.body, nil).Fresh(t.Context(), id); !errors.As(err, new(*shop.Away)) {
			t.Errorf("%s: %+v, %v, want *shop.Away", what, o, err)
		}
	}
	again := `{"total":9,"data":[{"id":"` + id + `","autoIncrement":1,"orderNumber":"1","stateMachineState":{"technicalName":"open"}}]}`
	s := answers(t, 200, again, nil)
	page, err := s.Changed(t.Context(), "")
	if err != nil || !page.More {
		t.Fatalf("%+v, %v", page, err)
	}
	if _, err = s.Changed(t.Context(), page.Next); !errors.As(err, new(*shop.Away)) {
		t.Errorf("the same again: %v", err)
	}
}
