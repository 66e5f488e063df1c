package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"packbench/station/pack"
)

// move puts units with marks into the open parcel, or takes them out.
func (b *bench) move(qty int, m pack.Marks) {
	b.write(pack.UnitsMoved{Action: pack.Action{ID: "x", Line: "1", SKU: "CAM", Qty: qty, How: pack.ByScan, Marks: &m}})
}

// A serial lies where it was scanned last, at whatever bench, and nowhere once it was
// taken out, whichever way that was done.
func TestASerialLiesInOneParcelUntilItComesOut(t *testing.T) {
	ctx := t.Context()
	s := withDesk(t)
	putOrders(t, s, "A", "B")
	one, two := newBench(t, s, "S1"), newBench(t, s, "S2")
	const gtin = "09520000000332"
	where := func(sku, gtin, serial, want string) {
		t.Helper()
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		p, err := s.SerialSeen(ctx, sku, gtin, serial)
		got := fmt.Sprintf("order %s parcel %q", p.Order, p.Parcel)
		if errors.Is(err, ErrUnknown) {
			got = "nowhere"
		} else if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s of %s (%s) is in %s, want %s", serial, sku, gtin, got, want)
		}
	}
	one.take("A")
	one.move(1, pack.Marks{Serial: "S1", GTIN: gtin})
	where("CAM", gtin, "s1", `order A parcel ""`)
	where("CAM", "", "S1", `order A parcel ""`)
	where("CAM", "19520000000339", "S1", "nowhere") // of a case of it
	where("MUG", gtin, "S1", "nowhere")
	where("CAM", "", "", "nowhere")
	one.move(-1, pack.Marks{Serial: "S1", GTIN: gtin})
	where("CAM", "", "S1", "nowhere")
	one.move(1, pack.Marks{Serial: "S1"}) // typed: of which form of the product nobody knows
	where("CAM", gtin, "S1", `order A parcel ""`)
	one.move(2, pack.Marks{Lot: "L1"})
	one.move(1, pack.Marks{Lot: "L1"})
	sscc := one.labelled("A", "A-1")
	one.done("A", "A-1", sscc)
	where("CAM", gtin, "S1", `order A parcel "A-1"`)

	two.take("B")
	two.move(4, pack.Marks{Lot: "l1"})
	two.leave("B") // another one's goods stay where they are
	where("CAM", gtin, "S1", `order A parcel "A-1"`)
	two.take("A")
	two.write(pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "A-1", Order: "A", SSCC: sscc}}, pack.LabelVoided{Parcel: "A-1", SSCC: sscc})
	where("CAM", gtin, "S1", `order A parcel ""`)

	found := func(text string) (out []string) {
		t.Helper()
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		all, err := s.PackedWith(ctx, text, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			out = append(out, fmt.Sprintf("%s/%s %d %s", p.Order, p.Parcel, p.Qty, p.SKU))
		}
		return out
	}
	if got := found("L1"); !slices.Equal(got, []string{"A/ 3 CAM"}) {
		t.Errorf("lot L1 is in %v", got)
	}
	before := found("S1")
	if err := s.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if got := found("S1"); len(got) != 1 || !slices.Equal(got, before) {
		t.Errorf("built again, S1 is in %v, it was in %v", got, before)
	}
	two.leave("A")
	where("CAM", gtin, "S1", "nowhere")
	if got := found("L1"); len(got) > 0 {
		t.Errorf("after the order was left lot L1 is in %v", got)
	}
}
