package shipstation_test

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shipstation"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shipstationsim"
	"packbench/station/web"
)

// account is a simulated account with a clock of its own and a client.
type account struct {
	*testing.T
	*shipstationsim.Shop
	mu     sync.Mutex
	now    time.Time
	client *shipstation.Shop
	cursor shop.Cursor
	known  map[string]station.OrderStatus
}

func begin(t *testing.T, now time.Time, set map[string]string) *account {
	a := &account{T: t, now: now, known: map[string]station.OrderStatus{}}
	a.Shop = shipstationsim.New(shopsim.Options{Clock: a.clock, Lag: 10 * time.Second})
	srv := httptest.NewServer(a.Shop)
	t.Cleanup(srv.Close)
	var err error
	a.client, err = shipstation.New(shop.Options{URL: srv.URL, Secret: a.Secret(), Set: set, Do: web.NewHTTP(), Clock: a.clock})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *account) clock() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.now
}

func (a *account) pass(d time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.now = a.now.Add(d)
}

// pull reads all changes, waiting where the client asks for it, and does something
// before every page.
func (a *account) pull(before func(page int)) {
	a.Helper()
	for n := 1; n < 500; n++ {
		if before != nil {
			before(n)
		}
		page, err := a.client.Changed(a.Context(), a.cursor)
		var wait *shop.Throttled
		if errors.As(err, &wait) {
			a.pass(wait.Wait)
			continue
		}
		if err != nil {
			a.Fatal(err)
		}
		for _, o := range page.Orders {
			a.known[o.Own] = o.Status
		}
		a.cursor = page.Next
		if !page.More {
			return
		}
	}
	a.Fatal("the changes have no end")
}

func cups(n int) shopsim.Order {
	return shopsim.Order{To: shopsim.Address{Name: "Kim Sample", Street: "1 Example Way", City: "Portland", Postcode: "97201", Country: "US"}, Lines: []shopsim.Line{{SKU: "CUP", Name: "Cup", Qty: n, Minor: 500}}}
}

func (a *account) parcel(id, tracking string) shop.Shipment {
	a.Helper()
	o, err := a.client.Fresh(a.Context(), id)
	if err != nil {
		a.Fatal(err)
	}
	p := shop.Shipment{Order: id, Number: o.Number, Tracking: tracking, Carrier: "dhl", At: a.clock()}
	for _, l := range o.Lines {
		p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
	}
	return p
}

// In autumn the hour from one to two comes twice at the West Coast, in spring the one
// from two to three never. A bench that pulls through both nights misses no change.
func TestNoChangeIsLostWhenTheClocksChange(t *testing.T) {
	for name, from := range map[string]time.Time{
		"autumn": time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC), // 23:30 PDT; two o'clock is 09:00 UTC
		"spring": time.Date(2026, 3, 8, 7, 30, 0, 0, time.UTC),  // 23:30 PST; two o'clock is 10:00 UTC
	} {
		t.Run(name, func(t *testing.T) {
			a := begin(t, from, nil)
			a.PageMost = 5
			var ids []string
			for i := range 90 {
				ids = append(ids, a.Place(cups(1)))
				if i >= 40 {
					a.Cancel(ids[i-40])
				}
				a.pass(3 * time.Minute)
				if i%7 == 0 {
					a.pull(nil)
				}
			}
			a.pass(time.Minute)
			a.pull(nil)
			for i, id := range ids {
				want := station.OrderOpen
				if i < 50 {
					want = station.OrderCancelled
				}
				if a.known[id] != want {
					t.Errorf("order %d, placed %s: %q, want %q", i, from.Add(time.Duration(i)*3*time.Minute).Format("15:04 MST"), a.known[id], want)
				}
			}
		})
	}
}

// Orders that are brought in together have one time, and more of them than a page.
// While their pages are counted others are packed, and leave the list.
func TestMoreOrdersOfOneSecondThanAPage(t *testing.T) {
	a := begin(t, time.Date(2026, 6, 1, 15, 0, 0, 0, time.UTC), nil)
	a.PageMost = 8
	var ids []string
	for range 60 {
		ids = append(ids, a.Place(cups(1)))
	}
	a.pass(5 * time.Hour) // so that no reading again finds what one reading left out
	a.pull(func(page int) {
		if page%2 == 0 && page < 12 {
			a.Cancel(ids[page])
			a.pass(20 * time.Second)
		}
	})
	a.pass(time.Minute)
	a.pull(nil)
	for i, id := range ids {
		if a.known[id] == "" {
			t.Errorf("order %d of %d did not come", i+1, len(ids))
		}
	}
}

// The client asks for pauses itself, so that the account never has to refuse, whether
// or not it says how many requests are left.
func TestNoMoreThanFortyRequestsAMinute(t *testing.T) {
	for _, mute := range []bool{false, true} {
		fortyAMinute(t, mute)
	}
}

func fortyAMinute(t *testing.T, mute bool) {
	a := begin(t, time.Date(2026, 6, 1, 15, 0, 0, 0, time.UTC), nil)
	a.Mute = mute
	id := a.Place(cups(1))
	paused := 0
	for range 200 {
		_, err := a.client.Fresh(t.Context(), id)
		var wait *shop.Throttled
		switch {
		case errors.As(err, &wait) && wait.Wait > 0:
			paused++
			a.pass(wait.Wait)
		case err != nil:
			t.Fatal(err)
		default:
			a.pass(100 * time.Millisecond)
		}
	}
	if paused == 0 {
		t.Error("200 requests without a pause")
	}
	asked := len(a.Faults().Seen())
	if asked != 200-paused {
		t.Errorf("%d requests came, %d were answered: the account had to refuse some", asked, 200-paused)
	}
	// Another program uses the same key: the shop's own word counts.
	a.pass(time.Hour)
	a.Limit, a.Mute = 1, false
	if _, err := a.client.Fresh(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	_, err := a.client.Fresh(t.Context(), id)
	var wait *shop.Throttled
	if !errors.As(err, &wait) || wait.Wait < 30*time.Second || wait.Wait > 61*time.Second {
		t.Errorf("after the last request of a minute: %v", err)
	}
	a.pass(wait.Wait)
	if _, err := a.client.Fresh(t.Context(), id); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

// Two benches tell of one order: one of them is told who was first, and the customer
// gets one mail.
func TestAnOrderIsMarkedOnce(t *testing.T) {
	a := begin(t, time.Date(2026, 6, 1, 15, 0, 0, 0, time.UTC), map[string]string{shipstation.Carriers: "dhl=dhl_express"})
	id := a.Place(cups(2))
	p := a.parcel(id, "T-1")
	p.Notify = true
	for range 2 {
		if _, err := a.client.Ship(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	second := p
	second.Tracking = "T-2"
	_, err := a.client.Ship(t.Context(), second)
	if !errors.As(err, new(*shop.Changed)) || !strings.Contains(err.Error(), "T-1") {
		t.Errorf("another parcel of the same order: %v", err)
	}
	if n := len(a.Parcels(id)); n != 1 || a.Mails() != 1 {
		t.Errorf("%d parcels and %d mails, want one of each", n, a.Mails())
	}
	if err := a.client.Unship(t.Context(), p); !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "void") {
		t.Errorf("taking back: %v", err)
	}
	// A person takes it back in ShipStation, and it is sent again.
	a.Void(id, "T-1")
	if err := a.client.Unship(t.Context(), p); err != nil {
		t.Errorf("taking back what is not there: %v", err)
	}
	if _, err := a.client.Ship(t.Context(), second); err != nil {
		t.Errorf("after a void: %v", err)
	}
}

// That ShipStation calls an order shipped does not mean that its shop knows.
func TestASalesChannelThatWasNotToldIsSaid(t *testing.T) {
	a := begin(t, time.Date(2026, 6, 1, 15, 0, 0, 0, time.UTC), nil)
	a.ChannelRefuses("IntegrationError: the store answered with StatusCode UnprocessableEntity")
	id := a.Place(cups(1))
	if _, err := a.client.Ship(t.Context(), a.parcel(id, "T-1")); err != nil {
		t.Fatal(err)
	}
	o, err := a.client.Fresh(t.Context(), id)
	if err != nil || len(o.Sent) != 1 || !strings.Contains(o.Sent[0].Say, "the sales channel was not told: IntegrationError") {
		t.Errorf("%+v, %v", o.Sent, err)
	}
	checks, err := a.client.Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	last := checks[len(checks)-1]
	if last.OK || !strings.Contains(last.Say, "1 parcel of the newest 1 did not reach its sales channel; order "+o.Number) || last.Fix == "" {
		t.Errorf("the test says %+v", last)
	}
	// Whoever does not want the channel told is not warned of it.
	quiet := begin(t, time.Date(2026, 6, 1, 15, 0, 0, 0, time.UTC), map[string]string{shipstation.Channel: "no"})
	quiet.ChannelRefuses("no")
	id = quiet.Place(cups(1))
	if _, err := quiet.client.Ship(t.Context(), quiet.parcel(id, "T-1")); err != nil {
		t.Fatal(err)
	}
	if got, err := quiet.client.Shipped(t.Context(), id); err != nil || got[0].Say != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Merged and split orders are orders of their own.
func TestMergedAndSplitOrders(t *testing.T) {
	a := begin(t, time.Date(2026, 6, 1, 15, 0, 0, 0, time.UTC), nil)
	one, two, whole := a.Place(cups(1)), a.Place(cups(2)), a.Place(cups(5))
	a.pass(time.Minute)
	a.pull(nil)
	merged := a.Merge(one, two)
	part := a.Split(whole, 0, 2)
	a.pass(time.Minute)
	a.pull(nil)
	for id, want := range map[string]int{merged: 3, part: 2, whole: 3} {
		o, err := a.client.Fresh(t.Context(), id)
		if err != nil || o.Units() != want || a.known[id] != station.OrderOpen {
			t.Errorf("order %s: %d units, %v, came as %q, want %d", id, o.Units(), err, a.known[id], want)
		}
	}
	if _, err := a.client.Fresh(t.Context(), one); !errors.As(err, new(*shop.Gone)) {
		t.Errorf("an order that went into another: %v", err)
	}
}

// What a person has to correct in the shop is said, and no order beside it is lost.
func TestAnOrderThatCannotBePackedIsLeftOut(t *testing.T) {
	a := begin(t, time.Date(2026, 6, 1, 15, 0, 0, 0, time.UTC), nil)
	bad, good := a.Place(cups(1)), a.Place(cups(1))
	a.Spoil(bad, 0, "", 3)
	a.pass(time.Minute)
	page, err := a.client.Changed(t.Context(), "")
	if err != nil || len(page.Orders) != 1 || page.Orders[0].Own != good || len(page.Left) != 1 || page.Left[0].ID != bad {
		t.Fatalf("%+v, %v", page, err)
	}
	for sku, words := range map[string]string{"": "has no SKU", strings.Repeat("A", 10_000): "too long", "CUP\x1b[2J": "nobody can see"} {
		a.Spoil(bad, 0, sku, 3)
		_, err := a.client.Fresh(t.Context(), bad)
		if !errors.As(err, new(*shop.Refused)) || !strings.Contains(fmt.Sprint(err), words) || len(fmt.Sprint(err)) > 300 {
			t.Errorf("the SKU %.20q: %.300v, want words about %q", sku, err, words)
		}
	}
}
