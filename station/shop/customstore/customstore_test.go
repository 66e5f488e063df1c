package customstore_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/customstore"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/customstoresim"
	"packbench/station/web"
	"packbench/station/web/faults"
)

var _ shopsim.Backend = (*customstoresim.Shop)(nil)

type cart struct {
	*testing.T
	*customstoresim.Shop
	mu     sync.Mutex
	now    time.Time
	url    string
	client *customstore.Shop
	cursor shop.Cursor
	known  map[string]shop.Order
	before func(r *http.Request) // each request
}

func begin(t *testing.T, set map[string]string) *cart {
	c := &cart{T: t, now: time.Date(2026, 9, 16, 21, 56, 20, 0, time.UTC), known: map[string]shop.Order{}}
	c.Shop = customstoresim.New(shopsim.Options{Clock: c.clock, Lag: 10 * time.Second})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.before != nil {
			c.before(r)
		}
		c.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	c.url = srv.URL + "/shipstation/api?store=main"
	c.client = c.open(set)
	return c
}

func (c *cart) open(set map[string]string) *customstore.Shop {
	c.Helper()
	s, err := customstore.New(shop.Options{URL: c.url, Secret: c.Secret(), Set: set, Do: web.NewHTTP(), Clock: c.clock})
	if err != nil {
		c.Fatal(err)
	}
	return s
}

func (c *cart) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *cart) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *cart) pull() {
	c.Helper()
	for range 500 {
		page, err := c.client.Changed(c.Context(), c.cursor)
		if err != nil && shop.NotDone(err) && !shop.Hopeless(err) {
			continue
		}
		if err != nil {
			c.Fatal(err)
		}
		for _, o := range page.Orders {
			c.known[o.Own] = o
		}
		c.cursor = page.Next
		if !page.More {
			return
		}
	}
	c.Fatal("the changes have no end")
}

func cups(n int) shopsim.Order {
	return shopsim.Order{
		To: shopsim.Address{Name: "Robin Sample", Street: "1 Example Street", City: "Sampletown", Postcode: "01234", Country: "US", Email: "robin@example.com"}, Service: "Ground", Note: "ring twice",
		Lines: []shopsim.Line{{SKU: "CUP", Name: "Cup & saucer", Qty: n, Minor: 1400}, {SKU: "CUP", Name: "Cup & saucer", Qty: 1, Minor: 0}},
	}
}

func (c *cart) parcel(id, tracking string) shop.Shipment {
	c.Helper()
	o, err := c.client.Fresh(c.Context(), id)
	if err != nil {
		c.Fatal(err)
	}
	p := shop.Shipment{Order: id, Number: o.Number, Tracking: tracking, Carrier: "ups", Name: "UPS", At: c.clock()}
	for _, l := range o.Lines {
		if l.Kind == station.Goods {
			p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
		}
	}
	return p
}

func TestAnOrderComesAsTheCartWritesIt(t *testing.T) {
	c := begin(t, map[string]string{customstore.Currency: "USD"})
	id := c.Place(cups(2))
	c.pass(time.Minute)
	c.pull()
	for name, o := range map[string]shop.Order{"changed": c.known[id], "fresh": must(c.client.Fresh(t.Context(), id))} {
		if o.Status != station.OrderOpen || o.Units() != 3 || o.Number != "ABC1001" || o.Service != "Ground" || o.To.Postcode != "01234" || o.To.Email != "robin@example.com" {
			t.Errorf("%s: %+v", name, o)
		}
		if len(o.Lines) != 3 || o.Lines[0].ID == o.Lines[1].ID || o.Lines[0].Price.Minor != 1400 || o.Lines[2].Text != "ring twice" {
			t.Errorf("%s: %+v", name, o.Lines)
		}
		if got := o.Placed.Format("15:04"); got != "21:56" {
			t.Errorf("%s: placed at %s", name, got)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Orders come while a pull reads windows and pages, at every request; some hundred were
// brought in within one minute.
func TestNoOrderIsLostBetweenPages(t *testing.T) {
	c := begin(t, nil)
	c.PageMost = 7
	var ids []string
	for i := range 200 {
		ids = append(ids, c.Place(cups(1)))
		if i > 100 {
			c.pass(40 * time.Second)
		}
	}
	c.pass(26 * time.Hour)
	n := 0
	c.before = func(r *http.Request) {
		if page := r.URL.Query().Get("page"); page != "1" && n < 20 {
			c.Cancel(ids[n]) // it leaves the crowded minute, and those behind it move up
			n++
			c.pass(11 * time.Second)
		}
	}
	c.Faults().Next("action=export", shopsim.AllFaults...)
	c.pull()
	c.before = nil
	ids = append(ids, c.Place(cups(1))) // the list does not show it yet
	c.pass(3 * time.Second)
	c.pull()
	c.pass(time.Hour)
	c.pull()
	for i, id := range ids {
		want := station.OrderOpen
		if i < n {
			want = station.OrderCancelled
		}
		if got := c.known[id].Status; got != want {
			t.Errorf("order %d of %d is %q, want %q", i, len(ids), got, want)
		}
	}
	if n == 0 {
		t.Error("no minute had several pages")
	}
	if asked := len(c.Faults().Seen()); asked > 200 {
		t.Errorf("%d requests for %d orders", asked, len(ids))
	}
}

// Clocks of shops go wrong by minutes.
func TestACartWhoseClockIsWrong(t *testing.T) {
	for _, behind := range []time.Duration{10 * time.Minute, -10 * time.Minute} {
		c := begin(t, nil)
		c.Behind = behind
		var ids []string
		for range 20 {
			c.pull()
			ids = append(ids, c.Place(cups(1)))
			c.pass(3 * time.Minute)
		}
		c.pass(time.Minute)
		c.pull()
		for i, id := range ids {
			if c.known[id].Status != station.OrderOpen {
				t.Errorf("%s behind: order %d did not come", behind, i)
			}
		}
	}
}

// An order is read as it is now, although there is no asking for one.
func TestFreshFindsAnOrderThatChanged(t *testing.T) {
	c := begin(t, nil)
	id := c.Place(cups(2))
	c.pass(3 * time.Hour)
	c.pull()
	c.Faults().Seen()
	if o := must(c.client.Fresh(t.Context(), id)); o.Units() != 3 {
		t.Errorf("%d units", o.Units())
	}
	if n := len(c.Faults().Seen()); n != 1 {
		t.Errorf("an order that was seen takes %d requests, want one", n)
	}
	c.Change(id, 0, 1)
	c.pass(time.Hour)
	if o := must(c.client.Fresh(t.Context(), id)); o.Units() != 2 {
		t.Errorf("after a change %d units, want 2", o.Units())
	}
	c.client = c.open(nil) // it knows nothing yet
	c.pass(50 * time.Hour)
	if o := must(c.client.Fresh(t.Context(), id)); o.Units() != 2 {
		t.Errorf("after a start %d units, want 2", o.Units())
	}
	if _, err := c.client.Fresh(t.Context(), "no such"); !errors.As(err, new(*shop.Gone)) {
		t.Errorf("an order that is not there: %v", err)
	}
}

// Whatever happens to a notice, the cart has the parcel once.
func TestANoticeIsTakenOnce(t *testing.T) {
	for _, fault := range append([]shopsim.Fault{""}, shopsim.AllFaults...) {
		if fault == faults.Empty || fault == faults.EmptyAfter {
			continue // this interface takes a notice without a word
		}
		c := begin(t, nil)
		id := c.Place(cups(1))
		c.pass(time.Minute)
		p := c.parcel(id, "1Z0")
		if fault != "" {
			c.Faults().Next("action=shipnotify", fault, fault)
		}
		done := false
		for range 5 {
			if _, err := c.client.Ship(t.Context(), p); err == nil {
				done = true
				break
			} else if shop.NotDone(err) && len(c.Parcels(id)) > 0 && !errors.As(err, new(*shop.Changed)) && !errors.As(err, new(*shop.Throttled)) && !errors.As(err, new(*shop.Denied)) && !errors.As(err, new(*shop.Away)) {
				t.Errorf("%s: %v, but it was done", fault, err)
			}
			c.pass(time.Minute)
		}
		if got := c.Parcels(id); !done || len(got) != 1 || got[0].Units["CUP"] != 2 || c.Mails() != 1 {
			t.Errorf("%s: done %v, the cart has %v and sent %d mails", fault, done, got, c.Mails())
		}
		c.pass(time.Minute)
		if o := must(c.client.Fresh(t.Context(), id)); o.Status != station.OrderDone || len(o.Sent) != 1 {
			t.Errorf("%s: after it the order is %s, sent %v", fault, o.Status, o.Sent)
		}
	}
}

func TestWhatMustNotBeSent(t *testing.T) {
	for what, c := range map[string]struct {
		spoil func(c *cart, id string, p *shop.Shipment)
		words string
	}{
		"cancelled":  {func(c *cart, id string, _ *shop.Shipment) { c.Cancel(id) }, "cancelled in the shop"},
		"held":       {func(c *cart, id string, _ *shop.Shipment) { c.Hold(id, "") }, "held"},
		"elsewhere":  {func(c *cart, id string, _ *shop.Shipment) { c.SendElsewhere(id, "ELSE") }, "shipped in the shop already"},
		"one more":   {func(c *cart, id string, _ *shop.Shipment) { c.Change(id, 0, 9) }, "units of CUP more"},
		"a part":     {func(_ *cart, _ string, p *shop.Shipment) { p.Part = true }, "only as a whole"},
		"no number":  {func(_ *cart, _ string, p *shop.Shipment) { p.Tracking = " " }, "no tracking number"},
		"not theirs": {func(_ *cart, _ string, p *shop.Shipment) { p.Order = "999" }, "has no order 999"},
	} {
		x := begin(t, nil)
		id := x.Place(cups(1))
		x.pass(time.Minute)
		p := x.parcel(id, "1Z0")
		x.pass(time.Minute)
		c.spoil(x, id, &p)
		x.pass(time.Minute)
		_, err := x.client.Ship(t.Context(), p)
		if err == nil || !shop.NotDone(err) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want words about %q", what, err, c.words)
		}
		for _, got := range x.Parcels(id) {
			if got.Tracking != "ELSE" {
				t.Errorf("%s: the cart has %v", what, got)
			}
		}
	}
}

// A cart's own words are held until somebody says what they mean.
func TestWordsOfTheCart(t *testing.T) {
	c := begin(t, nil)
	c.Words = map[string]string{"paid": "Ready-to_Pick", "hold": "On-Hold"}
	id, held := c.Place(cups(1)), c.Place(cups(1))
	c.Hold(held, "")
	c.pass(time.Minute)
	if o := must(c.client.Fresh(t.Context(), id)); o.Status != station.OrderHeld || !strings.Contains(o.Reason, `"Ready-to_Pick"`) {
		t.Errorf("a word that nobody knows: %s, %q", o.Status, o.Reason)
	}
	if o := must(c.client.Fresh(t.Context(), held)); o.Status != station.OrderHeld || o.Reason != "on hold in the shop" {
		t.Errorf("a usual word: %s, %q", o.Status, o.Reason)
	}
	checks := must(c.client.Test(t.Context()))
	if checks[1].OK || !strings.Contains(checks[1].Say, `"Ready-to_Pick"`) || checks[1].Fix == "" {
		t.Errorf("the test says %+v", checks)
	}
	c.client = c.open(map[string]string{customstore.Paid: "paid, ready to pick"})
	if o := must(c.client.Fresh(t.Context(), id)); o.Status != station.OrderOpen {
		t.Errorf("a word of the settings: %s, %q", o.Status, o.Reason)
	}
	_, err := customstore.New(shop.Options{URL: c.url, Secret: "a:b", Set: map[string]string{customstore.Paid: "new", customstore.Hold: "NEW"}})
	if err == nil || !strings.Contains(err.Error(), `"new" cannot mean both`) {
		t.Errorf("a word of two meanings: %v", err)
	}
}

// constant answers one body to everything.
type constant struct{ kind, body string }

func (c constant) Do(*http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", c.kind)
	_, _ = w.WriteString(c.body)
	return w.Result(), nil
}

// What carts send that is no list of orders is said, and nothing is taken for the end
// of one; what is wrong with one order leaves the others.
func TestAnswersThatAreNoExport(t *testing.T) {
	client := func(kind, body string) *customstore.Shop {
		return must(customstore.New(shop.Options{URL: "https://shop.example/api", Secret: "a:b", Do: constant{kind, body}, Clock: func() time.Time { return time.Date(2026, 9, 17, 0, 0, 0, 0, time.UTC) }}))
	}
	for body, words := range map[string]string{
		"":                                    "no list of orders",
		"<!DOCTYPE html><html><body>Sign in":  "web page",
		"<Response/>":                         "something else than orders",
		`<Orders pages="1"><Order><OrderID>1`: "cut off",
		`<Orders pages="1"><Order></Order>`:   "cut off",
		`<?xml version="1.0" encoding="utf-16"?><Orders/>`: "UTF-8",
	} {
		page, err := client("text/html", body).Changed(t.Context(), "")
		if !errors.As(err, new(*shop.Away)) || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v, %+v, want words about %q", body, err, page, words)
		}
	}
	body := "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?><Orders>" +
		"<Order><OrderID>1</OrderID><OrderStatus>paid</OrderStatus><Items><Item><SKU>A</SKU><Quantity>2.00</Quantity></Item><Item><SKU>D</SKU><Quantity>1</Quantity><Adjustment>true</Adjustment></Item></Items><CustomerNotes>a\x0bb &nbsp;</CustomerNotes></Order>" +
		"<Order><OrderID>2</OrderID><OrderStatus>paid</OrderStatus><Items><Item><SKU>A</SKU><Quantity>2.5</Quantity></Item></Items></Order>" +
		"<Order><OrderID>3</OrderID><OrderStatus>paid</OrderStatus><Items><Item><SKU></SKU><Name>Plate</Name><Quantity>1</Quantity></Item></Items></Order>" +
		"<Order><OrderStatus>paid</OrderStatus></Order></Orders>"
	page := must(client("text/xml", body).Changed(t.Context(), ""))
	if len(page.Orders) != 1 || page.Orders[0].Units() != 2 || len(page.Left) != 3 {
		t.Errorf("%+v", page)
	}
	for i, words := range []string{"quantity of A is 2.5", "Plate has no SKU", "without an id"} {
		if !strings.Contains(page.Left[i].Reason, words) {
			t.Errorf("%+v, want words about %q", page.Left[i], words)
		}
	}
}
