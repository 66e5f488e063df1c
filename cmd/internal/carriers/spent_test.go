package carriers_test

import (
	"errors"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/station/carrier/carriersim"
	"packbench/station/store"
)

// What the carrier refuses after the account took it has used its reference up: the next
// try has another one, and one that was refused before anything was made keeps its own.
func TestAReferenceThatIsUsedUpIsNotTakenAgain(t *testing.T) {
	for _, mishap := range []carriersim.Mishap{carriersim.Failed, carriersim.BadAddress} {
		w := newWorld(t, "sendcloud")
		wish := w.priced(w.parcel(1))
		w.sim.Book().Next(mishap)
		var no *effects.Refusal
		if _, err := w.rooms.Buy(t.Context(), wish); !errors.As(err, &no) {
			t.Fatal(err)
		}
		refused, err := w.folder.Store.Purchase(t.Context(), wish.Key)
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.rooms.Buy(t.Context(), wish)
		if err != nil {
			t.Fatalf("after %s: %v", mishap, err)
		}
		live := w.sim.Book().Live()
		row, err := w.folder.Store.Purchase(t.Context(), wish.Key)
		if err != nil || len(live) != 1 || live[0].Tracking != p.Tracking || live[0].Ref != row.Ref || row.Ref != refused.Ref {
			t.Errorf("%s: refused as %s, %+v, live %+v, %v", mishap, refused.Ref, row, live, err)
		}
		row.Ref, row.State = "ANOTHER-1", store.PurchaseRefused
		if err := w.folder.Store.PutPurchase(t.Context(), row); err == nil {
			t.Errorf("%s: a bought label has lost its reference", mishap)
		}
	}
}
