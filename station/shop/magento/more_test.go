package magento_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
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

// pull reads all that has changed.
func pull(t *testing.T, s *magento.Shop, since shop.Cursor) (known map[string]shop.Order, next shop.Cursor, pages int) {
	t.Helper()
	known = map[string]shop.Order{}
	for {
		page, err := s.Changed(t.Context(), since)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range page.Orders {
			known[o.Own] = o
		}
		since, pages = page.Next, pages+1
		if !page.More {
			return known, since, pages
		}
		if pages > 500 {
			t.Fatal("the changes have no end")
		}
	}
}

// Pages that are shorter than was asked for are no end, and the last page that comes
// again is one.
func TestShortPagesLoseNothing(t *testing.T) {
	for _, n := range []int{1, 6, 7, 8, 20, 21} {
		sim, s := start(t, func(sim *magentosim.Sim) { sim.Cap(7) })
		for range n {
			sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
		}
		known, _, pages := pull(t, s, "")
		if want := (n + 6) / 7; len(known) != n || pages != want {
			t.Errorf("%d orders in %d pages, want %d in %d", len(known), pages, n, want)
		}
	}
}

// A shop that minds no filter must not be asked for ever.
func TestTheSamePageAgainAndAgainIsAnError(t *testing.T) {
	s := answers(t, nil, map[string]string{"GET /orders": `{"items":[{"entity_id":5,"increment_id":"5","state":"processing","updated_at":"2026-11-30 10:00:00"}],"total_count":7}`})
	page, err := s.Changed(t.Context(), "")
	if err != nil || !page.More {
		t.Fatalf("the first page: more %v, %v", page.More, err)
	}
	if page, err = s.Changed(t.Context(), page.Next); !errors.As(err, new(*shop.Away)) {
		t.Errorf("the same once more: %+v, %v, want *shop.Away", page, err)
	}
}

// A round that takes long must not pass by what changed behind it.
func TestARoundIsFollowedFromItsBegin(t *testing.T) {
	now := noon
	sim := magentosim.New(shopsim.Options{Clock: func() time.Time { return now }})
	sim.Cap(2)
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := open(t, sim, srv.URL, func() time.Time { return now })
	for range 4 {
		sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	}
	page, err := s.Changed(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	sim.Cancel("1") // behind the round
	now = now.Add(3 * time.Hour)
	sim.Hold("4", "late") // before it, much later
	_, next, _ := pull(t, s, page.Next)
	known, _, _ := pull(t, s, next)
	if known["1"].Status != station.OrderCancelled || known["4"].Status != station.OrderHeld {
		t.Errorf("orders 1 and 4 are %s and %s", known["1"].Status, known["4"].Status)
	}
}

func TestACursorOfNobodyReadsEverything(t *testing.T) {
	sim, s := start(t)
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	for _, since := range []shop.Cursor{"{", "page 7", "[]", `{"since":"soon"}`} {
		if known, _, _ := pull(t, s, since); len(known) != 1 {
			t.Errorf("%q: %d orders", since, len(known))
		}
	}
}

func TestMessagesAreFilledIn(t *testing.T) {
	for body, want := range map[string]string{
		`400 {"message":"Invalid product data: %1","parameters":["Invalid attribute set entity type"]}`:                      "Invalid product data: Invalid attribute set entity type",
		`400 {"message":"%fieldName is required, %1","parameters":{"fieldName":"sku"}}`:                                      "sku is required, %1",
		`400 {"message":"%10 of %1 at 100%","parameters":["%2","b","c","d","e","f","g","h","i","ten"]}`:                      "ten of %2 at 100%",
		`400 {"message":"No.","parameters":null,"errors":[{"message":"Source %1","parameters":["west"]},{"message":"Qty"}]}`: "No. Source west Qty",
		`400 {"message":"a\nb"}`: "a b",
	} {
		s := answers(t, nil, map[string]string{"GET /orders": body})
		_, err := s.Changed(t.Context(), "")
		var no *shop.Refused
		if !errors.As(err, &no) || no.Say != want {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
}

func TestAnswersThatMakeNoSense(t *testing.T) {
	for what, by := range map[string]map[string]string{
		"a web page":        {"GET /orders/7": "<html>"},
		"another's order":   {"GET /orders/7": `{"entity_id":8,"increment_id":"8","state":"processing"}`},
		"a 404 of a server": {"GET /orders/7": "404 <html>nginx</html>"},
		"no order":          {"GET /orders/7": `[]`},
		"half":              {"GET /orders/7": `{"entity_id":7,"increm`},
	} {
		if o, err := answers(t, nil, by).Fresh(t.Context(), "7"); !errors.As(err, new(*shop.Away)) {
			t.Errorf("%s: %+v, %v (%T), want *shop.Away", what, o, err, err)
		}
	}
	for _, id := range []string{"", "0", "7/../8", "07", "x", "-1"} {
		if _, err := answers(t, nil, nil).Fresh(t.Context(), id); !errors.As(err, new(*shop.Gone)) {
			t.Errorf("order %q: %v, want *shop.Gone", id, err)
		}
	}
}

// Quantities that cannot be leave the order to a person.
func TestQuantitiesThatCannotBe(t *testing.T) {
	for qty, want := range map[string]string{
		"2.5": "whole pieces only", "1e9": "cannot be right", "1e300": "cannot be right", `"1000001.0000"`: "cannot be right", "0.0001": "whole pieces only",
		`"two"`: "cannot be read", "-3": "", "0": "", "null": "", "3.0000": "", "1000000": "",
	} {
		s := answers(t, nil, map[string]string{"GET /orders": `{"total_count":1,"items":[{"entity_id":7,"increment_id":"7","state":"processing","items":[
			{"item_id":1,"product_type":"simple","sku":"A","qty_ordered":` + qty + `},{"item_id":2,"product_type":"simple","sku":"B","qty_ordered":1}]}]}`})
		page, err := s.Changed(t.Context(), "")
		if err != nil {
			t.Errorf("%s: %v", qty, err)
			continue
		}
		switch {
		case want == "" && (len(page.Orders) != 1 || len(page.Left) != 0):
			t.Errorf("%s: %d orders, left %+v", qty, len(page.Orders), page.Left)
		case want != "" && (len(page.Left) != 1 || !strings.Contains(page.Left[0].Reason, want)):
			t.Errorf("%s: left %+v, want %q", qty, page.Left, want)
		}
	}
}

func TestStatesDecideAndStatusDoesNot(t *testing.T) {
	for state, want := range map[string]station.OrderStatus{
		"new": station.OrderHeld, "pending_payment": station.OrderHeld, "payment_review": station.OrderHeld, "holded": station.OrderHeld, "our_own": station.OrderHeld,
		"processing": station.OrderOpen, "complete": station.OrderDone, "closed": station.OrderCancelled, "canceled": station.OrderCancelled,
	} {
		by := map[string]string{"GET /orders/7": `{"entity_id":7,"increment_id":"7","state":"` + state + `","status":"ready_to_ship",
			"items":[{"item_id":1,"product_type":"simple","sku":"A","qty_ordered":1}]}`}
		if o := fresh(t, answers(t, nil, by), "7"); o.Status != want || (want == station.OrderHeld) != (o.Reason != "") && want != station.OrderCancelled {
			t.Errorf("%s: %s, %q", state, o.Status, o.Reason)
		}
		if o := fresh(t, answers(t, map[string]string{"unpaid": "pack"}, by), "7"); state == "new" && o.Status != station.OrderOpen {
			t.Errorf("not paid, which the shop packs: %s", o.Status)
		}
	}
}

func TestHoldSaysWhatWasSaid(t *testing.T) {
	sim, s := start(t)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}, Note: "Ring twice"})
	if o := fresh(t, s, id); len(o.Lines) != 2 || o.Lines[1].Kind != station.Note || o.Lines[1].Text != "Ring twice" {
		t.Errorf("with a note: %+v", o.Lines)
	}
	sim.Hold(id, "Address to be confirmed")
	if o := fresh(t, s, id); o.Reason != "on hold in the shop: Address to be confirmed" {
		t.Errorf("held: %q", o.Reason)
	}
}

func TestAnEditedOrderSaysWhatReplacesIt(t *testing.T) {
	sim, s := start(t)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 3}}})
	next := sim.Edit(id, 0, 2)
	was, now := fresh(t, s, id), fresh(t, s, next)
	if was.Status != station.OrderCancelled || was.Reason != "edited in the shop: replaced by order "+now.Number || units(now)["A"] != 2 {
		t.Errorf("was %s (%s), now %s with %v", was.Status, was.Reason, now.Number, units(now))
	}
}

func TestASourceIsNamedAndOnlyThatIsCounted(t *testing.T) {
	sim, s := start(t, func(sim *magentosim.Sim) { sim.Source("west") })
	srv := httptest.NewServer(sim)
	defer srv.Close()
	west, err := magento.New(shop.Options{URL: srv.URL, Secret: sim.Secret(), Set: map[string]string{"source": "west"}, Do: web.NewHTTP()})
	if err != nil {
		t.Fatal(err)
	}
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	p := parcel(fresh(t, west, id), "T1", map[string]int{"A": 2})
	if _, err := west.Ship(t.Context(), p); !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "source code: west and sku: A") {
		t.Errorf("goods that do not lie there: %v", err)
	}
	sim.Assign("A", "west", 5)
	if _, err := west.Ship(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if n, _ := sim.At("A", "west"); n != 3 {
		t.Errorf("%v lie at west, want 3", n)
	}
	c := shop.Correction{Key: "k", SKU: "A", Delta: 1, Reason: "found", At: noon}
	if err := s.Correct(t.Context(), c); !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "several sources") {
		t.Errorf("which of two: %v", err)
	}
	if err := west.Correct(t.Context(), c); err != nil {
		t.Error(err)
	}
	if n, _ := sim.At("A", "west"); n != 4 {
		t.Errorf("%v lie at west, want 4", n)
	}
	levels, err := s.Levels(t.Context(), []string{"A", "A"})
	if err != nil || fmt.Sprint(levels) != "[{A default 1000 1000} {A west 4 4}]" {
		t.Errorf("levels %v, %v", levels, err)
	}
}

func TestACorrectionLeavesTheStatusAndSeesWhatOthersWrite(t *testing.T) {
	sim, s := start(t)
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 4}}})
	sim.SetStock("A", 10)
	sim.Disable("A")
	if err := s.Correct(t.Context(), shop.Correction{Key: "k", SKU: "A", Delta: -3, Reason: "damaged"}); err != nil {
		t.Fatal(err)
	}
	if n, status := sim.At("A", "default"); n != 7 || status != 0 {
		t.Errorf("%v with status %d, want 7 with 0", n, status)
	}
	levels, err := s.Levels(t.Context(), []string{"A"})
	if err != nil || len(levels) != 1 || levels[0].OnHand != 7 || levels[0].Available > 3 {
		t.Errorf("levels %+v, %v", levels, err)
	}
	// Somebody writes between the writing and the reading.
	var own *magento.Shop
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sim.ServeHTTP(w, r)
		if r.Method == http.MethodPost {
			sim.SetStock("A", 99)
		}
	}))
	defer srv.Close()
	own = open(t, sim, srv.URL, func() time.Time { return noon })
	err = own.Correct(t.Context(), shop.Correction{Key: "k2", SKU: "A", Delta: 1, Reason: "found"})
	if err == nil || shop.NotDone(err) || !strings.Contains(err.Error(), "8 of A were written and the shop shows 99 now") {
		t.Errorf("%v", err)
	}
}

func TestReturnsAreCreditMemos(t *testing.T) {
	sim, s := start(t)
	id := everything(sim)
	o := fresh(t, s, id)
	if _, err := s.Ship(t.Context(), parcel(o, "T1", units(o))); err != nil {
		t.Fatal(err)
	}
	sim.Return(id, 0, 2)
	sim.Return(id, 1, 1)
	page, err := s.Returns(t.Context(), "")
	if err != nil || len(page.Returns) != 2 || page.More {
		t.Fatalf("%+v, %v", page, err)
	}
	shirt, kit := page.Returns[0], page.Returns[1]
	if shirt.Order != id || shirt.State != "closed" || shirt.Refund.String() != "44.00 EUR" || len(shirt.Lines) != 1 || shirt.Lines[0].SKU != "TEE" || shirt.Lines[0].Qty != 2 || shirt.Lines[0].Line != o.Lines[0].ID {
		t.Errorf("a shirt: %+v", shirt)
	}
	got := map[string]int{}
	for _, u := range kit.Lines {
		got[u.SKU] = u.Qty
	}
	if fmt.Sprint(got) != "map[BALL:1 STRAP:2]" {
		t.Errorf("a bundle: %+v", kit)
	}
}

func TestProductsAreWhatIsPacked(t *testing.T) {
	s := answers(t, nil, map[string]string{
		"GET /store/storeConfigs": `[{"id":1,"code":"default","weight_unit":"lbs","base_currency_code":"USD"}]`,
		"GET /products": `{"total_count":3,"items":[
			{"id":1,"sku":"CUP","name":"Cup","type_id":"simple","price":4.5,"weight":1,"custom_attributes":[{"attribute_code":"ean","value":"4006381333931"},{"attribute_code":"upc","value":"4006381333931"},{"attribute_code":"country_of_manufacture","value":"PT"},{"attribute_code":"category_ids","value":["2"]}]},
			{"id":2,"sku":"TEE","name":"Tee","type_id":"configurable","price":0},
			{"id":3,"sku":"BOOK","name":"Book","type_id":"downloadable","price":9}]}`,
	})
	page, err := s.Products(t.Context(), "")
	if err != nil || len(page.Products) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	p := page.Products[0]
	if p.SKU != "CUP" || p.Mass.Grams() != "454 g" && p.Mass.Grams() != "453 g" || p.Origin != "PT" || p.Value.String() != "4.50 USD" || len(p.Barcodes) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestWhatIsEnteredWrongly(t *testing.T) {
	for what, c := range map[string]struct {
		o    shop.Options
		want string
	}{
		"no address":     {shop.Options{Secret: "t"}, "address"},
		"an address":     {shop.Options{URL: "ftp://shop.example", Secret: "t"}, "address"},
		"in the open":    {shop.Options{URL: "http://shop.example", Secret: "t"}, "use https"},
		"no key":         {shop.Options{URL: "https://shop.example"}, "0 were given"},
		"three keys":     {shop.Options{URL: "https://shop.example", Secret: "a b\nc"}, "3 were given"},
		"another bundle": {shop.Options{URL: "https://shop.example", Secret: "t", Set: map[string]string{"bundles": "both"}}, "together, separately"},
	} {
		if _, err := magento.New(c.o); err == nil || !strings.Contains(err.Error(), c.want) || c.o.Secret != "" && c.o.Secret != "t" && strings.Contains(err.Error(), "a b") {
			t.Errorf("%s: %v, want %q", what, err, c.want)
		}
	}
	for _, o := range []shop.Options{
		{URL: "shop.example", Secret: "t"},
		{URL: "https://shop.example/store/rest/default/V1/orders", Secret: "t"},
		{URL: "http://shop.example", Secret: "a b c d"},
		{URL: "http://127.0.0.1:8080/", Secret: "t"},
	} {
		if _, err := magento.New(o); err != nil {
			t.Errorf("%s: %v", o.URL, err)
		}
	}
}

// The whole way is where it is looked for.
func TestTheAddressIsFound(t *testing.T) {
	var path string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { path = r.URL.Path }))
	defer srv.Close()
	for entered, want := range map[string]string{
		"": "/rest/V1/orders/7", "/": "/rest/V1/orders/7", "/shop/": "/shop/rest/V1/orders/7", "/rest/default/V1": "/rest/V1/orders/7",
		"/index.php/rest/V1/orders": "/index.php/rest/V1/orders/7",
	} {
		s, err := magento.New(shop.Options{URL: srv.URL + entered, Secret: "t", Do: web.NewHTTP()})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = s.Fresh(t.Context(), "7") // there is no answer
		if path != want {
			t.Errorf("%q asks %s, want %s", entered, path, want)
		}
	}
}

// What others sent of bundles is understood by a client that may not read products.
func TestBundlesOfOthersWithoutTheRightToProducts(t *testing.T) {
	sim, s := start(t)
	id := everything(sim)
	o := fresh(t, s, id)
	first := map[string]int{"BALL": 1, "STRAP": 2, "CUP": 2, "DISH": 1}
	if _, err := s.Ship(t.Context(), parcel(o, "T1", first)); err != nil {
		t.Fatal(err)
	}
	sim.Forbid("Magento_Catalog::products")
	srv := httptest.NewServer(sim)
	defer srv.Close()
	blind := open(t, sim, srv.URL, func() time.Time { return noon })
	got := fresh(t, blind, id)
	if want := map[string]int{"TEE": 3, "BALL": 1, "STRAP": 2, "DISH": 3}; !maps.Equal(units(got), want) {
		t.Errorf("to pack: %v, want %v", units(got), want)
	}
	sent := map[string]int{}
	for _, u := range got.Sent[0].Lines {
		sent[u.SKU] += u.Qty
	}
	if !maps.Equal(sent, first) {
		t.Errorf("sent: %v, want %v", sent, first)
	}
}
