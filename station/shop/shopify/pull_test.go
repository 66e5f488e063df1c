package shopify_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shopsim/shopifysim"
)

// It is not documented which time of change moves when a fulfillment order does. A
// bench sees what happens to an order either way.
func TestChangesAreSeenByEitherList(t *testing.T) {
	for _, quiet := range []shopifysim.Quiet{{Orders: true}, {Parts: true}} {
		for what, c := range map[string]struct {
			do   func(r *rig, id string)
			want station.OrderStatus
		}{
			"cancelled":      {func(r *rig, id string) { r.Cancel(id) }, station.OrderCancelled},
			"sent elsewhere": {func(r *rig, id string) { r.SendElsewhere(id, "E-1") }, station.OrderDone},
			"one paid back":  {func(r *rig, id string) { r.Refund(id, 0, 1) }, station.OrderOpen},
		} {
			r := start(t, 20*time.Second)
			r.Quiet(quiet)
			s, id := r.open(), r.place(2)
			r.pass(time.Hour)
			_, _, next := r.pull(s, "")
			r.pass(time.Hour)
			_, _, next = r.pull(s, next)
			r.pass(time.Hour)
			c.do(r, id)
			r.pass(time.Minute)
			if got, _, _ := r.pull(s, next); got[id].Status != c.want {
				t.Errorf("%+v, %s: the order came as %q, want %s", quiet, what, got[id].Status, c.want)
			}
		}
	}
}

// A shop's lists may lag by minutes, and its clock may be ahead of ours or behind.
func TestLagAndClocksLoseNothing(t *testing.T) {
	for _, apart := range []time.Duration{0, 10 * time.Minute, -10 * time.Minute} {
		r := start(t, 7*time.Minute)
		s := open(t, r.Sim, r.url, func() time.Time { return r.clock().Add(apart) }, nil)
		var ids []string
		var next shop.Cursor
		seen := map[string]bool{}
		take := func() {
			got, _, to := r.pull(s, next)
			next = to
			for id := range got {
				seen[id] = true
			}
		}
		for i := range 60 {
			ids = append(ids, r.place(1))
			r.pass(time.Duration(i%5) * 10 * time.Second)
			take()
		}
		r.pass(8 * time.Minute)
		take()
		for i, id := range ids {
			if !seen[id] {
				t.Errorf("clocks apart by %s: order %d of %d did not come", apart, i+1, len(ids))
			}
		}
	}
}

// Within a second after it was read an order may change and keep its time of change.
func TestAChangeInTheSameSecond(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(1)
	_, _, next := r.pull(s, "")
	_, _, next = r.pull(s, next)
	r.pass(400 * time.Millisecond)
	r.Cancel(id)
	r.pass(time.Minute)
	if got, _, _ := r.pull(s, next); got[id].Status != station.OrderCancelled {
		t.Errorf("the order came as %q", got[id].Status)
	}
}

// What did not change is not read whole at every pull, and a page that was lost comes
// again.
func TestUnchangedOrdersAreNotReadAgain(t *testing.T) {
	r := start(t, 0)
	s := r.open()
	for range 30 {
		r.place(1)
	}
	r.pass(time.Minute)
	_, _, next := r.pull(s, "")
	count := func() int {
		r.Faults().Seen()
		_, _, next = r.pull(s, next)
		return len(r.Faults().Seen())
	}
	first := count()
	r.pass(time.Minute)
	second := count()
	r.pass(time.Minute)
	third := count()
	if first < 8 || third > 4 {
		t.Errorf("pulls asked %d, %d, %d questions: the last should ask for lists only", first, second, third)
	}
	kept := next
	id := r.place(1)
	r.pass(time.Minute)
	if got, _, _ := r.pull(s, kept); len(got) != 1 {
		t.Errorf("a new order: %d came", len(got))
	}
	if got, _, _ := r.pull(s, kept); got[id].Status != station.OrderOpen {
		t.Errorf("the page was lost, and the new order did not come again")
	}
}

// An order that has many lines and an order that is dear cost more than a shop allows
// at once: they are read in smaller pieces, and a pull comes to its end.
func TestDearOrdersAreRead(t *testing.T) {
	r := start(t, 0)
	r.AddLocation("Berlin")
	s := r.open("location", "Warehouse")
	for range 25 {
		r.place(slices.Repeat([]int{2}, 90)...)
	}
	got, _, _ := r.pull(s, "")
	if len(got) != 25 {
		t.Errorf("%d orders came, want 25", len(got))
	}
	for _, o := range got {
		if len(o.Lines) != 90 {
			t.Errorf("order %s has %d lines", o.Number, len(o.Lines))
		}
	}
}

// Where several orders at once cost too much they are read one by one; where one does,
// that is said.
func TestOrdersThatCostTooMuchAtOnce(t *testing.T) {
	r := start(t, 0)
	id := r.place(1)
	for range 8 {
		r.place(1)
	}
	s := r.open()
	r.Most(300)
	if got, _, _ := r.pull(s, ""); len(got) != 9 {
		t.Errorf("%d orders came, want 9", len(got))
	}
	r.Most(100)
	if _, err := s.Fresh(t.Context(), id); !errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), "too large") {
		t.Errorf("an order that costs too much: %v (%T)", err, err)
	}
}

// A pause is as long as the bucket needs to fill.
func TestThePauseIsWorkedOutFromTheCost(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(1)
	for range 400 {
		_, err := s.Fresh(t.Context(), id)
		wait := new(shop.Throttled)
		if err == nil {
			continue
		}
		if !errors.As(err, &wait) || wait.Wait <= 0 || wait.Wait > 5*time.Second {
			t.Fatalf("%v (%T)", err, err)
		}
		r.pass(wait.Wait)
		if _, err := s.Fresh(t.Context(), id); err != nil {
			t.Errorf("after a pause of %s: %v", wait.Wait, err)
		}
		return
	}
	t.Error("the shop never asked for a pause")
}

// Reading what has changed leaves some of what a shop allows: a parcel that is packed
// meanwhile is told of at once.
func TestPullingLeavesRoomForShipments(t *testing.T) {
	r := start(t, 0)
	for range 300 {
		r.place(1, 1)
	}
	s, other := r.open(), r.open()
	id := r.place(1)
	o := r.fresh(other, id)
	var next shop.Cursor
	pauses, sent := 0, 0
	for {
		page, err := s.Changed(t.Context(), next)
		if wait := new(shop.Throttled); errors.As(err, &wait) {
			pauses++
			if pauses == 3 {
				if _, err := other.Ship(t.Context(), shop.Shipment{Order: id, Tracking: "T-1", Lines: []shop.Units{{Line: o.Lines[0].ID, Qty: 1}}}); err != nil {
					t.Errorf("a parcel, while the shop is read: %v", err)
				}
				sent++
			}
			r.pass(wait.Wait)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if next = page.Next; !page.More {
			break
		}
	}
	if sent == 0 {
		t.Errorf("the pull was never slowed down, %d pauses", pauses)
	}
}

// An order that is cancelled by a job is open a moment longer; what is sent after it
// is refused.
func TestACancellationThatTakesAMoment(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(2)
	o := r.fresh(s, id)
	post(t, r, `mutation($id: ID!) { orderCancel(orderId: $id, restock: true, reason: CUSTOMER) { job { id done } orderCancelUserErrors { message } } }`, map[string]any{"id": "gid://shopify/Order/" + id})
	r.want(r.fresh(s, id), station.OrderOpen, "", 2)
	r.pass(3 * time.Second)
	if _, err := r.ship(s, o, "T-1", 2); !errors.As(err, new(*shop.Changed)) || !strings.Contains(err.Error(), "cancelled") {
		t.Errorf("after the cancellation: %v", err)
	}
	r.want(r.fresh(s, id), station.OrderCancelled, "The customer cancelled it")
}

// A fulfillment order that is cancelled is born again with the same lines.
func TestAFulfillmentOrderBornAgain(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(2)
	o := r.fresh(s, id)
	fo := find(t, post(t, r, `query { fulfillmentOrders(first: 1) { nodes { id } } }`, nil), "gid://shopify/FulfillmentOrder/")
	post(t, r, `mutation($id: ID!) { fulfillmentOrderCancel(id: $id) { fulfillmentOrder { id status } replacementFulfillmentOrder { id } userErrors { message } } }`, map[string]any{"id": fo})
	if _, err := r.ship(s, o, "T-1", 2); err != nil {
		t.Errorf("%v", err)
	}
}

// A fault inside the shop after a change was asked for leaves it unknown.
func TestAFaultInsideTheShop(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(2)
	o := r.fresh(s, id)
	r.Break("fulfillmentCreate")
	if _, err := r.ship(s, o, "T-1", 2); err == nil || shop.NotDone(err) {
		t.Errorf("%v (%T), want an error that leaves it open", err, err)
	}
}

// The key lost a right: everything says which.
func TestAMissingRight(t *testing.T) {
	r := start(t, 0)
	s, id := r.open(), r.place(2)
	o := r.fresh(s, id)
	r.Allow("write_merchant_managed_fulfillment_orders", false)
	denied := new(shop.Denied)
	if _, err := r.ship(s, o, "T-1", 2); !errors.As(err, &denied) || denied.Right != "write_merchant_managed_fulfillment_orders" {
		t.Errorf("%v", err)
	}
	r.Allow("read_merchant_managed_fulfillment_orders", false)
	r.want(r.fresh(s, id), station.OrderHeld, "lacks the right read_merchant_managed_fulfillment_orders")
	if got := bad(t, r, s); !slices.ContainsFunc(got, func(c shop.Check) bool {
		return strings.Contains(c.Say, "1 orders are not sent, and Shopify shows nothing to pack") || strings.Contains(c.Say, "not sent, and Shopify shows nothing")
	}) {
		t.Errorf("the test says %+v", got)
	}
	r.Allow("read_orders", false)
	r.Allow("write_orders", false)
	if _, err := s.Fresh(t.Context(), id); !errors.As(err, &denied) || denied.Right != "read_orders" {
		t.Errorf("%v", err)
	}
}

// bad are the checks that fail.
func bad(t *testing.T, r *rig, s shop.Tester) []shop.Check {
	t.Helper()
	all, err := s.Test(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out := slices.DeleteFunc(all, func(c shop.Check) bool { return c.OK })
	for _, c := range out {
		if c.Fix == "" {
			t.Errorf("%+v does not say what to do", c)
		}
	}
	return out
}

func TestTheTestTellsWhatIsWrong(t *testing.T) {
	r := start(t, 0)
	r.place(1)
	if got := bad(t, r, r.open()); len(got) != 0 {
		t.Errorf("of a healthy shop it says %+v", got)
	}
	r.AddLocation("Berlin")
	if got := bad(t, r, r.open()); len(got) != 1 || !strings.Contains(got[0].Say, "Warehouse, Berlin") {
		t.Errorf("of two locations it says %+v", got)
	}
	if got := bad(t, r, r.open("location", "berlin")); len(got) != 0 {
		t.Errorf("of a chosen location it says %+v", got)
	}
	if got := bad(t, r, r.open("location", "12345")); len(got) != 1 {
		t.Errorf("of the id of no location it says %+v", got)
	}
	r.Live("2027-01", "2027-04")
	s := r.open("location", "berlin", "returns", "yes", "refunds", "yes")
	if got := bad(t, r, s); len(got) != 1 || !strings.Contains(got[0].Say, "answers as 2027-01") || s.Warning() == "" {
		t.Errorf("of a version that has ended it says %+v, warning %q", got, s.Warning())
	}
	for _, right := range shopifysim.Scopes {
		r.Allow(right, false)
		write := strings.Replace(right, "read_", "write_", 1)
		r.Allow(write, false) // who may write may read
		got := bad(t, r, s)
		r.Allow(write, true)
		if !slices.ContainsFunc(got, func(c shop.Check) bool { return strings.Contains(c.Say, "the right "+right+" is missing") }) {
			t.Errorf("without %s it says %+v", right, got)
		}
		r.Allow(right, true)
	}
}

// Corrections in all cases of the key.
func TestKeysOfCorrections(t *testing.T) {
	r := start(t, 0)
	s := r.open()
	r.SetStock("CUP", 10)
	c := shop.Correction{Key: "station-1:7", SKU: "CUP", Delta: 2, Seen: 10, Reason: "found"}
	if err := s.Correct(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	r.SetStock("CUP", 20)
	if err := s.Correct(t.Context(), c); err != nil || r.Stock("CUP") != 20 {
		t.Errorf("again: %v, stock %d", err, r.Stock("CUP"))
	}
	r.pass(25 * time.Hour)
	if err := s.Correct(t.Context(), c); !errors.As(err, new(*shop.Changed)) || r.Stock("CUP") != 20 {
		t.Errorf("when the key is forgotten: %v, stock %d", err, r.Stock("CUP"))
	}
	c.Seen = 20
	if err := s.Correct(t.Context(), c); err != nil || r.Stock("CUP") != 22 {
		t.Errorf("read again: %v, stock %d", err, r.Stock("CUP"))
	}
	c.Key, c.Delta, c.Seen = "station-1:8", -30, 22
	if err := s.Correct(t.Context(), c); err != nil || r.Stock("CUP") != -8 {
		t.Errorf("more than there is: %v, stock %d", err, r.Stock("CUP"))
	}
	c.Key, c.Delta = "station-1:9", 0
	if err := s.Correct(t.Context(), c); err != nil {
		t.Errorf("nothing: %v", err)
	}
	c.Delta, c.Place = 1, "999"
	if err := s.Correct(t.Context(), c); !errors.As(err, new(*shop.Refused)) {
		t.Errorf("an unknown place: %v", err)
	}
	for _, odd := range []string{`A"B`, `A\B`, "A B OR sku:CUP", "ä'"} {
		r.SetStock(odd, 3)
		if got, err := s.Levels(t.Context(), []string{odd}); err != nil || len(got) != 1 || got[0].Available != 3 {
			t.Errorf("levels of %q: %+v, %v", odd, got, err)
		}
	}
}
