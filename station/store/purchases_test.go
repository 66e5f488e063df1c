package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/store"
)

// What another program has made of a purchase meanwhile is not undone by one that read it
// earlier.
func TestC5APurchaseOnlyMovesOn(t *testing.T) {
	all := []store.PurchaseState{
		store.PurchasePlanned, store.PurchaseSent, store.PurchaseRefused, store.PurchaseBought, store.PurchaseVoiding, store.PurchaseLost, store.PurchaseGone,
	}
	may := map[store.PurchaseState]string{
		store.PurchasePlanned: "planned sent refused", store.PurchaseSent: "sent refused bought voiding lost gone", store.PurchaseRefused: "planned refused bought",
		store.PurchaseBought: "bought voiding", store.PurchaseVoiding: "voiding gone", store.PurchaseLost: "lost", store.PurchaseGone: "gone",
	}
	s := open(t)
	at := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for _, from := range all {
		for _, to := range all {
			p := store.Purchase{Key: string(from + "-" + to), Account: "a", Ref: string(from + "-" + to), Parcel: "1/1", State: from, Since: at, Moved: at}
			if err := s.PutPurchase(t.Context(), p); err != nil {
				t.Fatal(err)
			}
			p.State = to
			err := s.PutPurchase(t.Context(), p)
			if want := slices.Contains(strings.Fields(may[from]), string(to)); (err == nil) != want {
				t.Errorf("from %s to %s: %v", from, to, err)
			}
		}
	}
	p := store.Purchase{Key: "k", Account: "a", Ref: "k", Parcel: "1/1", State: store.PurchaseSent, Since: at, Moved: at}
	if err := s.PutPurchase(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if p.Since = at.Add(time.Second); s.PutPurchase(t.Context(), p) == nil {
		t.Error("a purchase that was sent is sent by somebody else again")
	}
}
