package effects

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"packbench/station/lease"
	"packbench/station/pack"
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
		if taken, err := k.d.Store.AppendLoading(t.Context(), late, k.parcel.SSCC, "M-1"); err != nil || taken {
			t.Errorf("S1 goes on and loads it: %t, %v", taken, err)
		}
		wantState(t, "S1 scans it again", k.scan("S1", "M-1", code), pack.ParcelLoading)
	})
}

// over is a lease that holds no longer than it takes to ask.
type over struct{ *lease.Lease }

func (over) Hold(ctx context.Context) (context.Context, context.CancelFunc, error) {
	ctx, done := context.WithCancel(ctx)
	done()
	return ctx, done, nil
}

// A bench whose lease is over claims nothing, and says so.
func TestNothingIsClaimedWithoutALease(t *testing.T) { // P5, Q8
	k := newDock(t)
	r := New(k.d, Options{Station: "S1", Lease: over{}})
	for _, e := range []pack.Effect{
		{ID: "S1.8.1", Kind: pack.EffectOpen, Order: "1001"},
		{ID: "S1.9.1", Kind: pack.EffectClaim, Order: "1003", Parcel: k.parcel.Parcel, SSCC: k.parcel.SSCC, Manifest: "M-1"},
	} {
		var said []pack.Event
		r.Run(t.Context(), e, false, func(event pack.Event) { said = append(said, event) })
		if len(said) != 1 || said[0].Tag() != (pack.EffectFailed{}).Tag() {
			t.Errorf("%s: %+v", e.Kind, said)
		}
	}
	wantState(t, "not claimed", k.scan("S2", "M-2", "00"+k.parcel.SSCC), pack.ParcelClosed)
	if holder, err := k.d.Store.Holder(t.Context(), "1001"); err != nil || holder != "" {
		t.Errorf("%q has the order, %v", holder, err)
	}
}
