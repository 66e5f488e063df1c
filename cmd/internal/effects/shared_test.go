package effects

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"packbench/station/lease"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/store/storetest"
)

// What effects ask of others is in the suite.
var _ interface {
	OrderClaims
	ParcelClaims
	Numbers
} = storetest.Shop(nil)

// A bench that ended without a word, or hangs, keeps what it claimed until nothing
// was heard of it for the length of its lease. Should it only have hung, it loads
// nothing any longer that another van has.
func TestTheClaimOfABenchThatIsSilentIsFree(t *testing.T) { // P5
	synctest.Test(t, func(t *testing.T) {
		k := newDock(t)
		code := "00" + k.parcel.SSCC
		wantState(t, "S1 claims it", k.scan("S1", "M-1", code), pack.ParcelClosed)
		late := k.one.Row(k.d.Clock(), k.loaded("M-1")) // and hangs before this is written
		for silent := time.Duration(0); silent < lease.Length; silent += time.Second {
			if have := k.scan("S2", "M-2", code); have != pack.ParcelLoading {
				t.Fatalf("after %s the parcel is %s", silent, have)
			}
			time.Sleep(time.Second)
		}
		wantState(t, "S1 was silent for long", k.scan("S2", "M-2", code), pack.ParcelClosed)
		if err := k.d.Store.AppendLoading(t.Context(), late, k.parcel.SSCC, "M-1"); !errors.Is(err, store.ErrFreed) {
			t.Errorf("S1 goes on and loads it: %v", err)
		}
		wantState(t, "S1 scans it again", k.scan("S1", "M-1", code), pack.ParcelLoading)
	})
}
