package store

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What another program has made of a purchase meanwhile is not undone by one that read it
// earlier.
func TestC5APurchaseOnlyMovesOn(t *testing.T) {
	all := []PurchaseState{
		PurchasePlanned, PurchaseSent, PurchaseRefused, PurchaseBought, PurchaseVoiding, PurchaseLost, PurchaseGone,
	}
	may := map[PurchaseState]string{
		PurchasePlanned: "planned sent refused", PurchaseSent: "sent refused bought voiding lost gone", PurchaseRefused: "planned refused bought",
		PurchaseBought: "bought voiding", PurchaseVoiding: "voiding gone", PurchaseLost: "lost", PurchaseGone: "gone",
	}
	s := open(t, filepath.Join(t.TempDir(), "packbench.db"))
	at := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for _, from := range all {
		for _, to := range all {
			p := Purchase{Key: string(from + "-" + to), Account: "a", Ref: string(from + "-" + to), Parcel: "1/1", State: from, Since: at, Moved: at}
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
	p := Purchase{Key: "k", Account: "a", Ref: "k", Parcel: "1/1", State: PurchaseSent, Since: at, Moved: at}
	if err := s.PutPurchase(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if p.Since = at.Add(time.Second); s.PutPurchase(t.Context(), p) == nil {
		t.Error("a purchase that was sent is sent by somebody else again")
	}
}
