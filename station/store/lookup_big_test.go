package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"packbench/station"
)

// boundFindBig is what a scanned code may take among two codes for each product, against
// one indexed read of a table with as many rows by the same driver, in the same run.
const boundFindBig = 3.0

// BenchmarkFindAmongMany looks codes up among those of 100,000 products. LOOKUP_PRODUCTS asks for
// as many.
func BenchmarkFindAmongMany(b *testing.B) {
	products := 100_000
	if text := os.Getenv("LOOKUP_PRODUCTS"); text != "" {
		var err error
		if products, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	if testing.Short() {
		b.Skip("a big catalogue takes a while")
	}
	ctx := context.Background()
	s := fresh(b)
	read := bareCodes(b, 2*products)
	var some []station.Product
	for i := range products {
		some = append(some, station.Product{
			SKU: "SKU-" + strconv.Itoa(i), Name: "Product " + strconv.Itoa(i), Mass: 300_000,
			Barcodes: []station.Barcode{{Code: bigEAN(2 * i), Factor: 1}, {Code: bigEAN(2*i + 1), Factor: 6}},
		})
		if len(some) == 2000 || i == products-1 {
			if _, err := s.PutProducts(ctx, some); err != nil {
				b.Fatal(err)
			}
			some = some[:0]
		}
	}
	if err := s.tidy(ctx, 0); err != nil {
		b.Fatal(err)
	}
	var ours, floor []time.Duration
	for i := range max(b.N, 20_000) {
		code := bigEAN(i * 7919 % (2 * products))
		began := time.Now()
		found, err := s.Find(ctx, Asked{Code: code, GTIN: "0" + code})
		ours = append(ours, time.Since(began))
		if err != nil || len(found.Articles) != 1 {
			b.Fatal(found, err)
		}
		began = time.Now()
		read(code)
		floor = append(floor, time.Since(began))
	}
	slices.Sort(ours)
	slices.Sort(floor)
	half, most := len(ours)/2, len(ours)*99/100
	b.ReportMetric(float64(ours[half].Nanoseconds())/1000, "p50-µs")
	b.ReportMetric(float64(floor[half].Nanoseconds())/1000, "floor-p50-µs")
	b.ReportMetric(float64(ours[most].Nanoseconds())/1000, "p99-µs")
	b.ReportMetric(float64(floor[most].Nanoseconds())/1000, "floor-p99-µs")
	b.ReportMetric(float64(ours[half])/float64(floor[half]), "ratio")
	b.ReportMetric(boundFindBig, "bound")
}

// bigEAN is ean for more of them.
func bigEAN(i int) string {
	body := strconv.Itoa(400_000_000_000 + i)
	sum := 0
	for j, c := range body {
		sum += int(c-'0') * (1 + 2*(j%2))
	}
	return body + strconv.Itoa((10-sum%10)%10)
}

// bareCodes returns a function that reads one row of a table with so many codes.
func bareCodes(b *testing.B, n int) func(code string) {
	b.Helper()
	db, err := connect(filepath.Join(b.TempDir(), "bare.db"), time.Second, false, 1)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	_, err = tx.Exec(`CREATE TABLE codes (code TEXT PRIMARY KEY, sku TEXT NOT NULL, factor INTEGER NOT NULL) WITHOUT ROWID`)
	insert, failed := tx.Prepare(`INSERT INTO codes VALUES (?, ?, ?)`)
	err = errors.Join(err, failed)
	for i := 0; i < n && err == nil; i++ {
		_, err = insert.Exec(bigEAN(i), "SKU-"+strconv.Itoa(i/2), 1)
	}
	if err = errors.Join(err, tx.Commit()); err != nil {
		b.Fatal(err)
	}
	read, err := db.Prepare(`SELECT sku, factor FROM codes WHERE code = ?`)
	if err != nil {
		b.Fatal(err)
	}
	return func(code string) {
		var sku string
		var factor int
		if err := read.QueryRow(code).Scan(&sku, &factor); err != nil {
			b.Fatal(err)
		}
	}
}
