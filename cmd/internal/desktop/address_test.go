package desktop

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"packbench/station"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/kinds"
	"packbench/station/screen"
	"packbench/station/store"
)

// An address that may be wrong is said on the card of the order that was opened: what its
// form says at once, what an account says when it answers. It holds up nothing, and nothing
// of the order changes; an account that hangs says nothing.
func TestTheAddressIsLookedAtBeforePacking(t *testing.T) {
	sim := kinds.All["usps"](carriersim.Options{})
	var hang atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hang.Load() {
			<-r.Context().Done()
			return
		}
		sim.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	d := newDesk(t)
	f := d.front.Folder
	line := []station.Line{{ID: "1", SKU: "HONEY", Qty: 1}}
	to := station.Address{Name: "Ada", Street: "Nowhere 1", City: "Springfield", Region: "IL", Postcode: "62701", Country: "US"}
	if _, err := f.Store.PutOrders(t.Context(), []station.Order{
		{ID: "A1", Number: "A1", To: to, Lines: line}, {ID: "A2", Number: "A2", To: station.Address{Name: "Eva", Street: "Weg 1", City: "Bonn", Postcode: "5311", Country: "DE"}, Lines: line},
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.front.Bench.Carriers.Add(t.Context(), store.Account{ID: "post", Kind: "usps", URL: server.URL, Options: sim.Set()}, sim.Secret()); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-PACKER")
	d.scanText("A1")
	v := d.until("what the account says", func(v screen.View) bool {
		return v.Bench != nil && strings.HasPrefix(v.Bench.Card.Detail, "Look at the address: post does not know it: ")
	})
	if !slices.Contains(v.Bench.Order.Marks, "address") || v.Page != screen.PagePacking {
		t.Errorf("%+v on %s", v.Bench.Order.Marks, v.Page)
	}
	if o, err := f.Store.Order(t.Context(), "A1"); err != nil || o.To != to {
		t.Errorf("the order's address is %+v, %v", o.To, err)
	}
	d.scanText("PB:command:park")
	d.until("the bench to be free", func(v screen.View) bool { return v.Page == screen.PageIdle })
	hang.Store(true)
	d.scanText("A2")
	d.until("what the form says", func(v screen.View) bool {
		return v.Bench != nil && strings.HasPrefix(v.Bench.Card.Detail, `Look at the address: "5311" is not a postcode of Germany`)
	})
}
