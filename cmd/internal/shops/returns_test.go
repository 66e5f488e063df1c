package shops

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/returndesk"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/shopifysim"
	"packbench/station/store"
	"packbench/station/unit"
)

// A return that a buyer announces in the shop is announced here, once, and what came is
// told there and what is owed is paid there, once; one that the shop gives up is given up.
func TestAReturnOfTheShopIsAnnouncedAndToldBack(t *testing.T) {
	d := foldertest.Shop(t)
	h := hand{at: d.Clock()}
	d.Clock = h.now
	sim := shopifysim.New(shopsim.Options{Clock: h.now})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	s := New(d)
	s.Time = h.now
	w := &world{Shops: s, t: t, desk: foldertest.NewWriter(t, d, "S1")}
	of := store.Shop{ID: "web", Kind: "shopify", URL: srv.URL, Options: map[string]string{"returns": "yes", "refunds": "yes"}}
	if err := w.Add(t.Context(), of, sim.Secret()); err != nil {
		t.Fatal(err)
	}
	own := sim.Place(shopsim.Order{To: shopsim.Address{Name: "Ada Example", Street: "Musterweg 5", City: "Bonn", Postcode: "53111", Country: "DE"}, Lines: []shopsim.Line{{SKU: "MUG-BLUE", Name: "Mug", Qty: 2, Minor: 900}}})
	w.pull()
	o := w.order(own)
	for n := range 2 { // two parcels of one unit
		w.desk.WriteAt(h.now(), pack.ParcelDone{
			Parcel: fmt.Sprintf("%s-%d", o.ID, n+1), Order: o.ID, Carton: "M", Service: "swift", Carrier: "heron", SSCC: fmt.Sprintf("09520000%010d", n), Tracking: fmt.Sprint("TR", n),
			Contents: []pack.Content{{Line: o.Lines[0].ID, SKU: "MUG-BLUE", Qty: 1}},
		})
	}
	w.push()
	gone := sim.Return(own, 0, 1, "", "OPEN", 0)
	h.later(time.Minute)
	w.pull()
	sim.EndReturn(gone, "CANCELED")
	sim.Return(own, 0, 2, "", "REQUESTED", 0)
	h.later(time.Minute)
	w.pull()
	desk := returndesk.New(d)
	if all, err := desk.List(t.Context(), store.ReturnFilter{}); err != nil || len(all) != 0 {
		t.Fatalf("what the shop gave up, or did not grant yet, stands: %+v, %v", all, err)
	}
	theirs := sim.Return(own, 0, 2, "", "OPEN", 0)
	for range 2 {
		h.later(time.Minute)
		w.pull()
	}
	all, err := desk.List(t.Context(), store.ReturnFilter{Open: true})
	if err != nil || len(all) != 2 || all[0].State != store.ReturnAnnounced || all[0].Order != o.ID {
		t.Fatalf("return %s is announced as %+v, %v", theirs, all, err)
	}
	for _, r := range all {
		w.desk.WriteAt(h.now(), pack.ReturnOpened{Return: r.ID, Sent: &pack.Sent{Order: o.ID, Parcel: r.Parcel, SSCC: r.SSCC}}, pack.ReturnClosed{
			Return: r.ID, Order: o.ID, Parcel: r.Parcel, SSCC: r.SSCC, Units: 1, Owed: unit.Money{Minor: 900, Currency: "EUR"}, Due: h.now().AddDate(0, 0, 14),
			Backs: []pack.Back{{N: 1, Line: o.Lines[0].ID, SKU: "MUG-BLUE", Qty: 1, Grading: pack.Grading{Grade: "as-new", Disposition: "shelf", Bin: "A-1"}}},
		})
	}
	before := sim.Stock("MUG-BLUE")
	w.push()
	if got := sim.Returned(own); !slices.Contains(got, "MUG-BLUE 2/2 RESTOCKED:1 RESTOCKED:1") || sim.Stock("MUG-BLUE") != before+2 {
		t.Errorf("the shop has %q and %d more on the shelf", got, sim.Stock("MUG-BLUE")-before)
	}
	if _, err := desk.Tell(t.Context(), station.Person{ID: "P4", Role: station.Manager}, all[0].ID, returns.Refund); err != nil {
		t.Fatal(err)
	}
	w.push()
	w.push()
	r, err := d.Store.Return(t.Context(), all[0].ID)
	if err != nil || r.Money != store.MoneyPaid || !slices.Equal(sim.Refunds(own), []int64{900}) {
		t.Errorf("the shop paid %v, and the return says %s, %v; %s", sim.Refunds(own), r.Money, err, w.states())
	}
}
