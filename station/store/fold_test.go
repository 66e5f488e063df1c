package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
)

// A person finds what is meant however it is typed: names, cities and products.
func TestASearchDoesNotMindCapitals(t *testing.T) {
	for _, same := range [][]string{
		{"Mug, white", "MUG, WHITE", "mug, white", "ＭＵＧ, ＷＨＩＴＥ"},
		{"Straße 1", "STRASSE 1", "strasse 1", "STRAẞE 1"},
		{"Müller", "MÜLLER", "mu\u0308ller", "MU\u0308LLER"},
		{"İzmir", "IZMIR", "izmir", "ızmır", "I\u0307ZMIR", "i\u0307zmir"},
		{"Isparta", "ISPARTA", "ısparta"},
		{"Łódź", "ŁÓDŹ", "łódź"},
		{"Αθήνας", "ΑΘΉΝΑΣ", "αθήνασ"},
		{"Київ", "КИЇВ"},
		{"Åre", "ÅRE", "A\u030are", "a\u030aRE", "Åre"},
		{"東京", "東京"},
		{"ﬁne", "FINE", "fine"},
		{"İ", "I", "ı", "i"},
	} {
		for _, other := range same {
			if fold(other) != fold(same[0]) {
				t.Errorf("%q is searched for as %q, %q as %q", same[0], fold(same[0]), other, fold(other))
			}
		}
	}
	for _, apart := range [][2]string{{"Muller", "Müller"}, {"a", "ä"}, {"Lodz", "Łódź"}, {"0", "O"}} {
		if fold(apart[0]) == fold(apart[1]) {
			t.Errorf("%q and %q are one", apart[0], apart[1])
		}
	}
}

func TestProductsOrdersAndCasesAreFoundInAnyCapitals(t *testing.T) {
	ctx, s := t.Context(), fresh(t)
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	put := func(name string) {
		_, err := s.PutProducts(ctx, []station.Product{{SKU: "ÄPFEL-1", Name: name}, {SKU: "B", Name: "Mug"}})
		do(err)
	}
	named := func(typed string) int {
		l, err := s.ProductsNamed(ctx, typed, 5)
		do(err)
		return len(l)
	}
	put("Straßenkreide")
	if named("STRASSENkreide") != 1 || named("äpfel") != 1 || named("MUG") != 1 || named("tea") != 0 {
		t.Error("a product is not found")
	}
	put("Çay, İzmir")
	if named("kreide") != 0 || named("ÇAY, IZMIR") != 1 {
		t.Error("a product is found by the name that it had")
	}

	orders := []station.Order{from("", "", "Bestellung-Ü1", 1), from("A", "", "7", 1), from("B", "", "7", 2)}
	_, err := s.PutOrders(ctx, orders)
	do(err)
	for typed, want := range map[string]int{"bestellung-ü1": 1, "#BESTELLUNG-Ü1": 1, "a/7": 1, "7": 2, "bestellung": 0} {
		if l, err := s.OrdersNamed(ctx, typed); err != nil || len(l) != want {
			t.Errorf("%q finds %v, %v", typed, l, err)
		}
	}

	_, err = s.PutPeople(ctx, []Member{{Person: station.Person{ID: "P1", Name: "Ömer Işık", Role: station.Packer}}})
	do(err)
	chain := journal.Chain{Writer: "S1"}
	in, facts, err := journal.Bench().Encode(pack.Input{ID: "S1.1", Event: pack.Command{Name: "undo"}}, []pack.Fact{
		pack.CaseOpened{Case: "S1.1", Kind: "scan", Order: orders[0].ID, SKU: "ÄPFEL-1", By: "P1", Scanned: "Größe-X"},
	})
	do(err)
	do(s.Append(ctx, chain.Next(time.Unix(1, 0).UTC(), in, facts)))
	do(s.CatchUp(ctx))
	for _, typed := range []string{"GRÖSSE-x", "äpfel", "ÇAY", "ömer", "ISIK", "BESTELLUNG-ü", "s1.1"} {
		want := 1
		if typed == "ISIK" { // ş is no s
			want = 0
		}
		if l, err := s.Cases(ctx, CaseFilter{Text: typed}); err != nil || len(l) != want {
			t.Errorf("%q finds %d cases, %v", typed, len(l), err)
		}
	}
}

// What was kept before is found too.
func TestWhatAnOlderProgramKeptIsFoundInAnyCapitals(t *testing.T) {
	path, db := older(t, 14)
	_, err := db.Exec(`INSERT INTO products (sku, name, body) VALUES ('A', 'Straße', '{"SKU":"A"}');
		INSERT INTO orders (id, version, status, reason, ship_by, multi, due, given, body, address, number, name)
			VALUES ('Ü1', 1, 'open', '', 0, 0, 1, x'', '{}', '', 'Ü1', 'Ü1');
		INSERT INTO cases VALUES ('S1.1', 1, 'S1', 'scan', '', '', '', '', '', '{"Scanned":"GRÖSSE"}', 'open', '', '', 0)`)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	products, err1 := s.ProductsNamed(t.Context(), "strasse", 5)
	orders, err2 := s.OrdersNamed(t.Context(), "ü1")
	cases, err3 := s.Cases(t.Context(), CaseFilter{Text: "größe"})
	if err := errors.Join(err1, err2, err3); err != nil || len(products) != 1 || len(orders) != 1 || len(cases) != 1 {
		t.Errorf("%d products, %d orders, %d cases, %v", len(products), len(orders), len(cases), err)
	}
}

// A search goes through indexes alone, and finds an order by what it is called without
// going through any.
func TestASearchReadsNoBodies(t *testing.T) {
	s := fresh(t)
	where, args := CaseFilter{Text: "x"}.where()
	where = strings.ReplaceAll(where, "?1", "'"+args[0].(string)+"'")
	for query, want := range map[string][]string{
		`SELECT sku FROM products WHERE instr(folded, 'x') ORDER BY folded, sku LIMIT 5`: {"SCAN products USING COVERING INDEX products_folded"},
		`SELECT id FROM cases ` + where: {
			"SCAN orders USING COVERING INDEX orders_folded", "SCAN products USING COVERING INDEX products_folded",
		},
		`SELECT id FROM orders WHERE folded IN ('x', '#x')`: {"SEARCH orders USING COVERING INDEX orders_folded (folded=?)"},
	} {
		plan, err := list(t.Context(), s.read, "", func(scan func(...any) error) (string, error) {
			var id, parent, unused int
			var detail string
			return detail, scan(&id, &parent, &unused, &detail)
		}, "EXPLAIN QUERY PLAN "+query)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(strings.Join(plan, "\n"), w) {
				t.Errorf("%s:\n%s\nwant %s", query, strings.Join(plan, "\n"), w)
			}
		}
		if strings.Contains(strings.Join(plan, "\n"), "TEMP B-TREE") {
			t.Errorf("%s sorts all that it finds", query)
		}
	}
}
