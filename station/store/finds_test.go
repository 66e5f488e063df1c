package store

import (
	"context"
	"testing"

	"packbench/station"
)

// An order is found by what its customer calls it, until the shop says another name.
func TestOrdersAreFoundByTheCustomersReference(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	o := station.Order{ID: "1001", Shop: "web", Own: "77", Number: "1001", Reference: "PO-4711/A", Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 1, Kind: station.Goods}}}
	same, without := o, o
	same.ID, same.Own, same.Number = "1002", "78", "1002"
	without.ID, without.Own, without.Number, without.Reference = "1003", "79", "1003", ""
	without.Lines = []station.Line{{ID: "1", Kind: station.Note, Text: `{"Reference":"PO-1"}`, Qty: 1}}
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{o, same, without}))
	finds := func(reference string, want ...string) {
		t.Helper()
		found := must[[]Due](t)(s.OrdersReferenced(ctx, reference, 9))
		got := []string{}
		for _, d := range found {
			got = append(got, d.ID)
		}
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("%q finds %q, want %q", reference, got, want)
		}
	}
	finds("po-4711/a", "1002", "1001")
	finds("PO-1")
	finds("")
	same.Reference = "PO-4712"
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{same}))
	finds("PO-4711/A", "1001")
	finds("PO-4712", "1002")
	same.Reference = ""
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{same}))
	finds("PO-4712")
}
