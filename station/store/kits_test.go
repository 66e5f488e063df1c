package store

import (
	"reflect"
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/pack"
)

func TestAKitHoldsNoKit(t *testing.T) { // Q5
	ctx := t.Context()
	s := fresh(t)
	put := func(p station.Product) Change { return must[[]Change](t)(s.PutProducts(ctx, []station.Product{p}))[0] }
	kit := func(sku string, parts ...string) station.Product {
		p := station.Product{SKU: sku}
		for _, part := range parts {
			p.Parts = append(p.Parts, station.Part{SKU: part, Qty: 1})
		}
		return p
	}
	for _, c := range []struct {
		p    station.Product
		did  Change
		says string
	}{
		{kit("A", "B"), Added, ""},
		{kit("B", "C"), Refused, "B is a part of kit A, so it cannot be a kit itself: list its parts in A instead"},
		{kit("D", "X", "A"), Refused, "part A of kit D is a kit itself: list its parts instead"},
		{kit("E", "E"), Refused, "kit E is listed as a part of itself: list its other parts"},
		{kit("A"), Changed, ""}, // it is a kit no longer
		{kit("B", "A"), Added, ""},
		{kit("A", "B"), Refused, "part B of kit A is a kit itself: list its parts instead"}, // else a circle
	} {
		if did := put(c.p); did != c.did {
			t.Errorf("%s of %v is %s, want %s", c.p.SKU, c.p.Parts, did, c.did)
		}
		if says := must[string](t)(s.KitClash(ctx, c.p)); says != c.says {
			t.Errorf("%s of %v: %q, want %q", c.p.SKU, c.p.Parts, says, c.says)
		}
	}
}

// What orders want of a part are the parts of their kits too, whoever says what those
// are; a kit that comes packed wants itself.
func TestOrdersOfKitsWantParts(t *testing.T) { // Q5, Q12, O5
	ctx := t.Context()
	s := fresh(t)
	two := []station.Part{{SKU: "MUG", Qty: 2}, {SKU: "PLATE", Qty: 1}}
	must[[]Change](t)(s.PutProducts(ctx, []station.Product{{SKU: "SET", Parts: two}, {SKU: "BOXED", Parts: two, Whole: true}}))
	order := func(id, sku string, parts ...station.Part) station.Order {
		return station.Order{ID: id, Status: station.OrderOpen, Lines: []station.Line{{ID: "1", SKU: sku, Qty: 2, Kind: station.Goods, Parts: parts}}}
	}
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{
		order("catalogue", "SET"), order("packed", "BOXED"), order("loose", "MUG"), order("shop", "SET", station.Part{SKU: "MUG", Qty: 5}),
	}))
	var ids []string
	for _, o := range must[[]Due](t)(s.OrdersWithSKU(ctx, "S1", "MUG", 0)) {
		ids = append(ids, o.ID)
	}
	slices.Sort(ids)
	if want := []string{"catalogue", "loose", "shop"}; !slices.Equal(ids, want) {
		t.Errorf("a mug may be for %v, want %v", ids, want)
	}
	want := map[string]Wanted{"MUG": {Claimed: 2*2 + 2 + 2*5}, "PLATE": {Claimed: 2}, "BOXED": {Claimed: 2}}
	if got := must[map[string]Wanted](t)(s.Wanted(ctx)); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for sku, w := range want {
		if got := must[map[string]Wanted](t)(s.Wanted(ctx, sku)); got[sku] != w || len(got) != 1 {
			t.Errorf("%s alone: %v, want %v", sku, got, w)
		}
	}
	b := newBench(t, s, "S1")
	b.take("catalogue")
	b.write(pack.ParcelDone{Parcel: "catalogue-1", Order: "catalogue", SSCC: "h", Contents: []pack.Content{{
		Line: "1/MUG", SKU: "MUG", Qty: 3, Kit: &pack.Kit{Line: "1", SKU: "SET", Per: 2, Parts: 2},
	}}})
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	if got := must[map[string]Wanted](t)(s.Wanted(ctx, "MUG"))["MUG"]; got.Claimed != 13 {
		t.Errorf("three mugs are packed, and %d are claimed", got.Claimed)
	}
}
