package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// A bench looks things up between a scan and its verdict: each must take well
// under a millisecond with a big shop's catalogue.
const boundLookup = 1000 // µs

func BenchmarkLookup(b *testing.B) {
	const orders, products = 100_000, 50_000
	if testing.Short() {
		b.Skip("a big catalogue takes a while")
	}
	ctx := context.Background()
	s := fresh(b)
	start := time.Now()
	bigCatalogue(b, s, orders, products)
	b.Logf("%d orders and %d products were put in %v", orders, products, time.Since(start).Round(time.Millisecond))
	closeMany(b, s)

	for _, look := range []struct {
		name string
		do   func(i int) (int, error)
	}{
		{"Product", func(i int) (int, error) { _, err := s.Product(ctx, sku(i)); return 1, err }},
		{"ProductsByCode", func(i int) (int, error) { l, err := s.ProductsByCode(ctx, ean(i)); return len(l), err }},
		{"ProductsByGTIN", func(i int) (int, error) { l, err := s.ProductsByGTIN(ctx, "0"+ean(i)); return len(l), err }},
		{"ProductsByAlias", func(i int) (int, error) { l, err := s.ProductsByAlias(ctx, "alias-"+sku(i)); return len(l), err }},
		{"Order", func(i int) (int, error) { _, err := s.Order(ctx, orderID(i)); return 1, err }},
		{"OrdersCalled", func(i int) (int, error) { l, err := s.OrdersCalled(ctx, orderID(i)); return len(l), err }},
		{"OrdersByTote", func(i int) (int, error) { l, err := s.OrdersByTote(ctx, "T"+orderID(i+1000)); return len(l), err }},
		{"OrdersWithSKU", func(i int) (int, error) { l, err := s.OrdersWithSKU(ctx, "S1", sku(i), 5); return len(l), err }},
		{"DueOrders", func(i int) (int, error) { l, err := s.DueOrders(ctx, "S1", 5); return len(l), err }},
		{"Queue", func(i int) (int, error) {
			l, err := s.Queue(ctx, QueueFilter{Kind: QueueNext, Station: "S1", Limit: 6})
			return len(l), err
		}},
		{"CountDue", func(i int) (int, error) { return s.countDue(ctx) }},
		{"Progress", func(i int) (int, error) { _, err := s.Progress(ctx, orderID(i)); return 1, err }},
		{"Head", func(i int) (int, error) { c, err := s.Head(ctx, "S1"); return int(c.Seq), err }},
		{"CatchUp, nothing new", func(i int) (int, error) { return 1, s.CatchUp(ctx) }},
	} {
		b.Run(look.name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				if n, err := look.do(i % products); err != nil || n == 0 {
					b.Fatalf("%d found, error %v", n, err)
				}
				i += 7919
			}
			took := float64(b.Elapsed().Microseconds()) / float64(b.N)
			b.ReportMetric(took, "µs")
			b.ReportMetric(boundLookup, "bound-µs")
			if took > boundLookup {
				b.Errorf("%.0f µs, at most %d µs are allowed", took, boundLookup)
			}
		})
	}
}

func sku(i int) string     { return fmt.Sprintf("SKU-%05d", i) }
func orderID(i int) string { return fmt.Sprintf("%06d", i) }

// ean returns an EAN-13 with a good check digit.
func ean(i int) string {
	body := fmt.Sprintf("400000%06d", i)
	sum := 0
	for j, c := range body {
		sum += int(c-'0') * (1 + 2*(j%2))
	}
	return fmt.Sprint(body, (10-sum%10)%10)
}

func bigCatalogue(tb testing.TB, s *Store, orders, products int) {
	tb.Helper()
	ctx := context.Background()
	var list []station.Product
	for i := range products {
		list = append(list, station.Product{
			SKU: sku(i), Name: "Product " + sku(i), Mass: 300_000,
			Barcodes: []station.Barcode{{Code: ean(i), Factor: 1}}, Aliases: []string{"alias-" + sku(i)},
		})
	}
	if _, err := s.PutProducts(ctx, list); err != nil {
		tb.Fatal(err)
	}
	var all []station.Order
	for i := range orders {
		all = append(all, station.Order{
			ID: orderID(i), ShipBy: noon.Add(time.Duration(i) * time.Minute), Totes: []string{"T" + orderID(i)},
			To:    station.Address{Name: "Somebody", Street: "Some street 1", City: "Somewhere", Country: "DE"},
			Lines: []station.Line{{ID: "1", SKU: sku(i % products), Qty: 1 + i%3}, {ID: "2", SKU: sku((i * 31) % products), Qty: 1}},
		})
	}
	if _, err := s.PutOrders(ctx, all); err != nil {
		tb.Fatal(err)
	}
}

// closeMany lets half of the earliest thousand orders be closed at a bench.
func closeMany(tb testing.TB, s *Store) {
	tb.Helper()
	w := newWriter(tb, s, "S1")
	for i := range 500 {
		w.write(pack.OrderTaken{Order: pack.OrderInfo{ID: orderID(2 * i)}}, pack.OrderClosed{Order: orderID(2 * i)})
	}
	if err := s.CatchUp(context.Background()); err != nil {
		tb.Fatal(err)
	}
}
