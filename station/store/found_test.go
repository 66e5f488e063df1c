package store

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/station"
)

// What a code stands for is what each kind of look-up says by itself.
func TestFindSaysWhatEachLookUpSays(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	must[[]Change](t)(s.PutProducts(ctx, []station.Product{
		{SKU: "MUG", Name: "Mug", Mass: 350_000, Barcodes: []station.Barcode{{Code: "012345678905"}, {Code: "shelf 7"}, {Code: "10012345678902", Factor: 6}}, Aliases: []string{"OLD", "1001"}},
		{SKU: "TEA", Name: "Tea", Barcodes: []station.Barcode{{Code: "00012345678905"}, {Code: "0100012345678905"}}, Aliases: []string{"OLD", "MUG"}},
		{SKU: "1001", Name: "A number"},
	}))
	must[[]Change](t)(s.PutPeople(ctx, []Member{{Person: station.Person{ID: "P1", Role: station.Packer}, Badge: "aa"}}))
	late := station.Order{ID: "1001", ShipBy: noon, Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 1, Kind: station.Goods}}}
	marked := late
	marked.ID, marked.ShipBy = "#1002", noon.AddDate(0, 0, -1)
	both := late
	both.ID = "1002"
	must[[]Change](t)(s.PutOrders(ctx, []station.Order{late, marked, both}))
	for _, a := range []Asked{
		{Code: "012345678905", GTIN: "00012345678905"},
		{Code: "00012345678905", GTIN: "00012345678905"}, // the barcode as it was scanned comes first
		{Code: "0100012345678905", GTIN: "00012345678905"},
		{Code: "shelf 7", GTIN: "00012345678905"},
		{Code: "10012345678902", GTIN: "10012345678902"},
		{Code: "shelf 7"},
		{Code: "OLD"},
		{Code: "MUG"},
		{Code: " MUG "},
		{Code: "1001"},
		{Code: "#1001"},
		{Code: "1002"},
		{Code: "#1002"},
		{Code: "##1002"},
		{Code: "/1001"},
		{Code: ":1001"},
		{Code: "nothing"},
		{Code: ""},
		{Badge: "aa", Code: "1001"},
	} {
		text := strings.TrimSpace(a.Code)
		hits := must[[]Hit](t)(s.ProductsByCode(ctx, a.Code))
		hits = append(hits, must[[]Hit](t)(s.ProductsByGTIN(ctx, a.GTIN))...)
		if len(hits) == 0 {
			hits = must[[]Hit](t)(s.ProductsByAlias(ctx, text))
			if _, err := s.Product(ctx, text); err == nil {
				hits = append(hits, Hit{text, 1})
			}
		}
		want := ""
		for i, h := range hits {
			if p := must[station.Product](t)(s.Product(ctx, h.SKU)); !strings.Contains(want, fmt.Sprint(h)) || i == 0 {
				want += fmt.Sprint(h, p.Name, p.Mass, " ")
			}
		}
		want += fmt.Sprint(must[[]Due](t)(s.OrdersCalled(ctx, text)))
		if p, err := s.PersonByBadge(ctx, a.Badge); err == nil {
			want += p.ID + string(p.Role)
		}
		found := must[Found](t)(s.Find(ctx, a))
		writing := must[func()](t)(s.take(ctx))
		if meanwhile := must[Found](t)(s.Find(ctx, a)); !reflect.DeepEqual(meanwhile, found) {
			t.Errorf("%+v while somebody writes: %+v, want %+v", a, meanwhile, found)
		}
		writing()
		got := ""
		for _, p := range found.Articles {
			got += fmt.Sprint(p.Hit, p.Name, p.Mass, " ")
		}
		got += fmt.Sprint(found.Orders)
		if found.Person != nil {
			got += found.Person.ID + string(found.Person.Role)
		}
		if got != want {
			t.Errorf("%+v: %s, want %s", a, got, want)
		}
	}
}

// boundFind is how many times as long as reading one product everything that a code
// may stand for may take.
const boundFind = 3.0

func BenchmarkFind(b *testing.B) {
	ctx := context.Background()
	s := fresh(b)
	const products = 2000
	bigCatalogue(b, s, products, products)
	var ours, floor time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		f, err := s.Find(ctx, Asked{Badge: "none", Code: ean(i % products), GTIN: "0" + ean(i%products)})
		ours += time.Since(start)
		if err != nil || len(f.Articles) != 1 {
			b.Fatal(f, err)
		}
		start = time.Now()
		if _, err := s.Product(ctx, sku(i%products)); err != nil {
			b.Fatal(err)
		}
		floor += time.Since(start)
		i += 7
	}
	b.ReportMetric(float64(ours)/float64(floor), "ratio")
	b.ReportMetric(boundFind, "bound")
}
