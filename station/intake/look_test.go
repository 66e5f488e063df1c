package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/station"
)

// seen is a glance in one line: its kind, the places of the fields that it fills, those
// that it asks about, and what it lacks.
func seen(g Glance) string {
	if g.Refused != nil {
		return g.Kind + ": " + g.Refused.Error()
	}
	var out []string
	for _, f := range g.Fields {
		switch {
		case len(f.Fits) > 0:
			out = append(out, fmt.Sprintf("%s=%v?", f.Name, f.Fits))
		case f.At > 0:
			out = append(out, fmt.Sprintf("%s=%d", f.Name, f.At))
		case f.Need:
			out = append(out, f.Name+" is missing")
		}
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s", g.Kind, strings.Join(out, " ")))
}

// TestAFileIsLookedAt: what a file is, which heading fills which column, and what has to
// be asked, is known before anything is taken; two headings that fit one column are
// never chosen from.
func TestAFileIsLookedAt(t *testing.T) {
	wide := make([]string, 200)
	for i := range wide {
		wide[i] = fmt.Sprintf("Feld %d", i+1)
	}
	long := strings.Repeat("x", 10_000)
	for file, want := range map[string]string{
		"order,sku,qty,name\n1,MUG,1,A\n":                                                 "plain order=1 sku=2 qty=3 name=4",
		"order;menge;artikelnummer\n1;1;MUG\n":                                            "plain order=1 sku=3 qty=2",
		"Beleg,Teil,Stk\n1,MUG,2\n":                                                       "order is missing sku is missing qty is missing",
		"order,item,article,qty\n1,WHITE,MUG,1\n":                                         "plain order=1 sku=[2 3]? qty=4",
		"order,sku,item,qty,quantity,count\n1,MUG,x,1,1,7\n":                              "plain order=1 sku=2 qty=4",
		"order,sku,qty,sku\n1,MUG,1,TEA\n":                                                "plain order=1 sku=[2 4]? qty=3",
		"order,sku,qty,recipient,shipping name\n1,MUG,1,A,B\n":                            "plain order=1 sku=2 qty=3 name=[4 5]?",
		"Export of Monday\n\nOrder,SKU,Qty\n1,MUG,1\n":                                    "plain order=1 sku=2 qty=3",
		"Liste vom Montag\nBeleg,Teil,Stk\n1,MUG,2\n":                                     "order is missing sku is missing qty is missing",
		"1001,MUG,2,2026-03-01\n1002,TEA,1,2026-03-01\n":                                  ": its first row holds data, and no headings: put a row above it that says what each column is, and choose the file again",
		"Order number,SKU,Qty,Quantity refunded,Payment status,Fulfillment status\n1,M,2": "wix-orders",
		strings.Join(wide, ",") + "\n1,2,3\n":                                             "order is missing sku is missing qty is missing",
		"order,sku," + long + "\n1,MUG,1\n":                                               "plain order=1 sku=2 qty is missing",
	} {
		g, err := Look(t.Context(), strings.NewReader(file), "o.csv")
		if got := seen(g); err != nil || got != strings.TrimPrefix(want, "plain ") && got != want || g.Sure() != (g.Refused == nil && !strings.ContainsAny(got, "?") && !strings.Contains(got, "missing")) {
			t.Errorf("%.60q: %s, %v, want %s", file, got, err, want)
		}
		if len(g.Header) == 0 || len(g.Rows) == 0 || len(g.Rows[0]) != len(g.Header) {
			t.Errorf("%.60q: %.200v", file, g)
		}
	}
	if _, err := Look(t.Context(), strings.NewReader(""), "/home/me/o.csv"); err == nil || !strings.HasPrefix(err.Error(), "o.csv: ") {
		t.Errorf("an empty file: %v", err)
	}
	g, err := Look(t.Context(), strings.NewReader(`[{"order":"1","Teil":"MUG"},{"order":"2","qty":1}]`), "o.json")
	if got := seen(g); err != nil || got != "order=2 sku is missing qty=3" || len(g.Rows) != 2 {
		t.Errorf("JSON: %s, %v, %+v", got, err, g)
	}
}

// TestHeadingsThatFitOneColumnAreNotGuessed: whoever imports without a window is told to
// say which.
func TestHeadingsThatFitOneColumnAreNotGuessed(t *testing.T) {
	const file = "order,item,article,qty\n1,WHITE,MUG,1\n"
	_, _, err := ReadOrders(t.Context(), strings.NewReader(file), "o.csv", Options{})
	if err == nil || !strings.HasPrefix(err.Error(), `o.csv: "item" and "article" may each be the column "sku": choose one`) {
		t.Errorf("%v", err)
	}
	m := Mapping{Columns: map[string]string{"order": "order", "sku": "article", "qty": "qty"}}
	orders, _, err := ReadOrders(t.Context(), strings.NewReader(file), "o.csv", Options{Mapping: func([]string) (Mapping, bool) { return m, true }})
	if err != nil || len(orders) != 1 || orders[0].Lines[0].SKU != "MUG" {
		t.Errorf("%+v, %v", orders, err)
	}
}

// TestAColumnIsShownByItsPlace: one of two that are called the same, or one that has no
// name, can be meant.
func TestAColumnIsShownByItsPlace(t *testing.T) {
	const file = "No,Name,Name,,Qty\n1,MUG,Ann Test,Weg 1,2\n"
	m := Mapping{
		Columns: map[string]string{"order": "No", "sku": "Name", "name": "Name", "qty": "Qty"},
		At:      map[string]int{"sku": 2, "name": 3, "street": 4},
	}
	take := func(file string, m Mapping) ([]station.Order, error) {
		orders, _, err := ReadOrders(t.Context(), strings.NewReader(file), "o.csv", Options{Mapping: func([]string) (Mapping, bool) { return m, true }})
		return orders, err
	}
	orders, err := take(file, m)
	if err != nil || len(orders) != 1 || orders[0].Lines[0].SKU != "MUG" || orders[0].Lines[0].Qty != 2 || orders[0].To.Name != "Ann Test" || orders[0].To.Street != "Weg 1" {
		t.Fatalf("%+v, %v", orders, err)
	}
	if _, err = take("No,Name,Other,,Qty\n1,MUG,Ann Test,Weg 1,2\n", m); err == nil || !strings.Contains(err.Error(), "other headings") {
		t.Errorf("a file whose columns stand otherwise: %v", err)
	}
	if err := (Mapping{At: map[string]int{"order": 1, "sku": 2}}).Check(); err == nil || !strings.Contains(err.Error(), `"qty"`) {
		t.Errorf("%v", err)
	}
	// A kind that a person names counts for these headings from then on.
	wrong, kind := Mapping{Kind: "none"}, Mapping{Kind: "plain"}
	if _, err = take(file, wrong); err == nil || wrong.Check() == nil || kind.Check() != nil {
		t.Errorf("a kind that is none: %v", err)
	}
	if orders, err = take("order,item,article,qty\n1,WHITE,MUG,1\n", kind); err != nil || len(orders) != 1 {
		t.Errorf("the plain form by name: %+v, %v", orders, err)
	}
}

// TestWhatWouldComeOfAFile: a trial tells what an import would, of the beginning of a
// long file, whose last order may go on below.
func TestWhatWouldComeOfAFile(t *testing.T) {
	const file = "Beleg,Teil,Stk,Zustand\n1,MUG,2,frei\n2,MUG,x,frei\n3,TEA,1,wartet\n4,TEA,1,storniert\n5,NONE,1,frei\n"
	m := Mapping{
		Columns: map[string]string{"order": "Beleg", "sku": "Teil", "qty": "Stk", "status": "Zustand"},
		Words:   map[string]string{"frei": "open"},
	}
	o := Options{Product: shelf, Mapping: func([]string) (Mapping, bool) { return m, true }}
	got, err := Try(t.Context(), strings.NewReader(file), "o.csv", o)
	if err != nil || got.Read != 5 || got.Bad() != 2 || got.Cut || got.Counts[station.OrderOpen] != 1 || !slices.Equal(got.Words, []string{"wartet"}) || len(got.First) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	var rows strings.Builder
	rows.WriteString("order,sku,qty\n")
	for i := range 2 * TrialRows {
		fmt.Fprintf(&rows, "%d,MUG,1\n", i/4)
	}
	got, err = Try(t.Context(), strings.NewReader(rows.String()), "o.csv", Options{})
	if err != nil || !got.Cut || got.Read != TrialRows || got.Counts[station.OrderOpen] != TrialRows/4-1 {
		t.Errorf("a long file: read %d, cut %v, %v, %v", got.Read, got.Cut, got.Counts, err)
	}
}

// TestNothingTakesLongToLookAt: a file that goes on for ever, and one of a single row.
func TestNothingTakesLongToLookAt(t *testing.T) {
	for _, file := range []string{strings.Repeat("x", 3*MaxRow), strings.Repeat("a,", 5*MaxColumns) + "\n", strings.Repeat("\n", 100_000), "\x00\x01\x02\x03"} {
		if g, err := Look(t.Context(), strings.NewReader(file), "o.csv"); err == nil && g.Sure() {
			t.Errorf("%.20q: %.200v", file, g)
		}
	}
}

// A person finds a kind by its name; what can never be taken is not offered.
func TestKindsStandByTheirNames(t *testing.T) {
	all := Kinds()
	if len(all) < 20 || !slices.IsSortedFunc(all, func(a, b Name) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) }) {
		t.Errorf("%v", all)
	}
	for i := range profiles {
		if p := &profiles[i]; p.instead != "" && slices.Contains(all, Name{p.id(), p.name}) {
			t.Errorf("%s is offered", p.name)
		}
	}
}
