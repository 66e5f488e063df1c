package hub

import (
	"context"
	"slices"
	"testing"
	"time"

	"packbench/station/pack"
)

// What was packed without the hub is told when it is there again: nobody packs it once
// more, and where somebody has that is a clash.
func TestWhatWasPackedWithoutTheHub(t *testing.T) { // H3
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	one.order("alone", "held", "packed", "parked", "ahead")
	w.rounds("S1", "S2")
	var granted []string
	two.x.Granted = func(_ context.Context, order string) { granted = append(granted, order) }
	for _, order := range []string{"held", "packed"} {
		one.claim(order, "S1")
		one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: order}})
	}
	one.write(pack.OrderClosed{Order: "packed"})
	if err := one.x.FreeOrder(ctx, "packed", "S1"); err != nil {
		t.Fatal(err)
	}
	if _, err := one.x.hub.Claim(ctx, "S1", OrderClaim, "ahead", false); err != nil {
		t.Fatal(err)
	}
	if err := one.x.keepAhead(ctx, "ahead"); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1")

	for _, order := range []string{"alone", "held", "packed", "parked", "ahead"} {
		if err := two.x.TakeAlone(ctx, order, noon); err != nil {
			t.Fatal(err)
		}
		two.write(pack.OrderTaken{Order: pack.OrderInfo{ID: order}})
		if order == "parked" {
			two.write(pack.OrderParked{Order: order})
		} else {
			two.write(pack.OrderClosed{Order: order})
		}
		if err := two.x.FreeOrder(ctx, order, "S2"); err != nil {
			t.Fatal(err)
		}
	}
	w.rounds("S2", "S1", "S2")
	time.Sleep(two.x.patience)
	w.rounds("S2", "S1")
	slices.Sort(granted)
	if want := []string{"ahead", "alone", "parked"}; !slices.Equal(granted, want) {
		t.Errorf("granted %v, want %v", granted, want)
	}
	slices.Sort(two.clashes)
	if want := []string{"held S1", "packed S1"}; !slices.Equal(slices.Compact(two.clashes), want) {
		t.Errorf("clashes %v, want %v", two.clashes, want)
	}
	for order, want := range map[string]Claim{"alone": {Station: "S2", State: Done}, "ahead": {Station: "S2", State: Done}, "held": {Station: "S1", State: Held}, "packed": {Station: "S1", State: Done}} {
		if c, err := w.owner.HolderOf(ctx, OrderClaim, order); err != nil || c.Station != want.Station || c.State != want.State {
			t.Errorf("%s: %+v, %v", order, c, err)
		}
		if has, err := two.Holder(ctx, order); err != nil || has == "S2" {
			t.Errorf("%s: S2 still has it here, %v", order, err)
		}
	}
	one.claim("parked", "S1") // it is everybody's
	if got := two.due(); got != "" {
		t.Errorf("due at S2: %q", got)
	}
}
