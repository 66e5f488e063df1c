package carriers_test

import (
	"testing"
	"time"

	"packbench/station/store"
	"packbench/station/web/faults"
)

// A label whose answer was lost, and which the carrier does not show again, is given back;
// another one is bought for the parcel, and the money that was asked back stays listed.
func TestALostLabelIsGivenBackAndBoughtAgain(t *testing.T) {
	w := newWorld(t, "shipstation-v1")
	wish := w.priced(w.parcel(1))
	w.sim.Faults().Next("createlabelfororder", faults.LostAfter)
	if _, err := w.rooms.Buy(t.Context(), wish); err == nil {
		t.Fatal("an answer that nobody saw was believed")
	}
	w.now.Add(int64(2 * time.Minute))
	w.sim.Faults().Next("voidlabel", faults.BadBefore)
	if _, found, err := w.rooms.Find(t.Context(), wish); err == nil || found {
		t.Errorf("found %v, %v, and the label cannot be given back yet", found, err)
	}
	if _, err := w.rooms.Buy(t.Context(), wish); err == nil {
		t.Error("another label was bought before the first was given back")
	}
	if _, found, err := w.rooms.Find(t.Context(), wish); err != nil || found {
		t.Errorf("found %v, %v", found, err)
	}
	p, err := w.rooms.Buy(t.Context(), wish)
	if err != nil || len(p.Papers) == 0 {
		t.Fatal(err)
	}
	if live := w.sim.Book().Live(); len(live) != 1 || live[0].Tracking != p.Tracking || len(w.sim.Book().Labels()) != 2 {
		t.Errorf("live labels: %+v", live)
	}
	asked, err := w.folder.Store.RefundsAsked(t.Context())
	if err != nil || len(asked) != 1 || asked[0].State != store.PurchaseGone || asked[0].Parcel != wish.Parcel {
		t.Errorf("the money that was asked back: %+v, %v", asked, err)
	}
}
