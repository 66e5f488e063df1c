package intake

import (
	"strings"
	"testing"

	"packbench/station"
)

// TestAFileThatNobodyKnows: a person says once what its columns hold.
func TestAFileThatNobodyKnows(t *testing.T) {
	const file = "Beleg,Teil,Stk,Zustand,Tag,Wohin\n1,MUG,2,frei,3/4/2026,Sample A\n2,MUG,1,wartet,3/4/2026,Sample B\n3,MUG,1,bezahlt,3/4/2026,Sample C\n"
	m := Mapping{
		Columns:    map[string]string{"order": "Beleg", "sku": "Teil", "qty": "Stk", "status": "Zustand", "ship by": "Tag", "name": "Wohin"},
		Words:      map[string]string{"Frei": "open"},
		MonthFirst: true,
	}
	ask := func(header []string) (Mapping, bool) {
		return m, Headings(header) == "beleg|teil|stk|zustand|tag|wohin"
	}
	orders, rep, err := ReadOrders(t.Context(), strings.NewReader(file), "o.csv", Options{Mapping: ask})
	if err != nil || len(orders) != 3 || rep.Kind != "mapped-orders" {
		t.Fatalf("%+v, %+v, %v", orders, rep, err)
	}
	for i, want := range []string{
		"1 (open) to Sample A, ,    by 2026-03-04: MUG×2",
		"2 (held, the shop says: wartet) to Sample B, ,    by 2026-03-04: MUG×1",
		"3 (open) to Sample C, ,    by 2026-03-04: MUG×1",
	} {
		if got := asRead(orders[i]); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	// A kind that is known is not asked about, and one that a person names counts.
	const wix = "Order number,SKU,Qty,Quantity refunded,Payment status,Fulfillment status\n1,MUG,2,0,Paid,Unfulfilled\n"
	_, rep, err = ReadOrders(t.Context(), strings.NewReader(wix), "o.csv", Options{Mapping: func([]string) (Mapping, bool) { return m, true }})
	if err != nil || rep.Kind != "wix-orders" {
		t.Errorf("%q, %v", rep.Kind, err)
	}
	for kind, want := range map[string]string{"wix": "wix-orders", "wix-orders": "wix-orders", "plain": "plain"} {
		if _, rep, err = ReadOrders(t.Context(), strings.NewReader(wix), "o.csv", Options{Kind: kind}); err != nil || rep.Kind != want {
			t.Errorf("%s: %q, %v", kind, rep.Kind, err)
		}
	}
	for _, kind := range []string{"none", "woo"} {
		if _, _, err = ReadOrders(t.Context(), strings.NewReader(wix), "o.csv", Options{Kind: kind}); err == nil || !strings.Contains(err.Error(), "squarespace-orders") {
			t.Errorf("%s: %v", kind, err)
		}
	}
	for want, wrong := range map[string]Mapping{
		`"teil"`: {Columns: map[string]string{"order": "Beleg", "teil": "Teil", "qty": "Stk"}},
		`"qty"`:  {Columns: map[string]string{"order": "Beleg", "sku": "Teil"}},
		`"soon"`: {Columns: map[string]string{"order": "Beleg", "sku": "Teil", "qty": "Stk"}, Words: map[string]string{"a": "soon"}},
		"3/4/":   {Columns: map[string]string{"order": "Beleg", "sku": "Teil", "qty": "Stk"}, MonthFirst: true, DayFirst: true},
		"Menge":  {Columns: map[string]string{"order": "Beleg", "sku": "Teil", "qty": "Menge"}},
	} {
		_, _, err := ReadOrders(t.Context(), strings.NewReader(file), "o.csv", Options{Mapping: func([]string) (Mapping, bool) { return wrong, true }})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// TestRejectsCanBeMended: what was left out stands in a file of the same columns, with
// whole orders, so that a mended one is no smaller than it was.
func TestRejectsCanBeMended(t *testing.T) {
	const file = "order,sku,qty,name\n1,MUG,1,Sample A\n2,MUG,1,=1+1\n2,NONE,3,=1+1\n3,TEA,1,Sample C\n,TEA,1,\n4,MUG,x,Sample D\n"
	var out strings.Builder
	rep, err := EachOrder(t.Context(), strings.NewReader(file), "o.csv", Options{Product: shelf, Rejects: &out}, func(station.Order) error { return nil })
	if err != nil || rep.Bad() != 3 {
		t.Fatal(rep, err)
	}
	want := `order,sku,qty,name,rejected because
2,MUG,1,'=1+1,
2,NONE,3,'=1+1,"the catalogue has no product ""NONE""; import the products first"
3,TEA,1,Sample C,
,TEA,1,,it is empty
4,MUG,x,Sample D,"""x"" is not a whole number"
`
	if out.String() != want {
		t.Errorf("%s", out.String())
	}
	mended := strings.NewReplacer("NONE", "SOAP", "\n,TEA", "\n5,TEA", "4,MUG,x", "4,MUG,2").Replace(out.String())
	orders, rep := readOrders(t, mended, "o.csv")
	if len(orders) != 4 || rep.Bad() != 0 || len(orders[0].Lines) != 2 || orders[0].To.Name != "=1+1" || orders[0].Status != station.OrderOpen {
		t.Errorf("%+v, %+v", orders, rep)
	}
	out.Reset()
	if _, err := EachOrder(t.Context(), strings.NewReader("order,sku,qty\n1,MUG,1\n"), "o.csv", Options{Rejects: &out}, func(station.Order) error { return nil }); err != nil || out.Len() > 0 {
		t.Errorf("%q, %v", out.String(), err)
	}
}
