package upkeep

import (
	"bufio"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
)

// The bounds of an import: the time against that of the raw rows of the same file, with
// nothing looked up, checked, sealed or listed, and memory.
const (
	boundImport = 5.0
	boundMemory = 200.0 // MB
)

// BenchmarkImport imports 100,000 lines of orders of three lines each, and products.
// IMPORT_LINES asks for as many; a million takes minutes.
func BenchmarkImport(b *testing.B) {
	lines := 100_000
	if text := os.Getenv("IMPORT_LINES"); text != "" {
		var err error
		if lines, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	if testing.Short() {
		b.Skip("a long file takes a while")
	}
	goods := lines / 5
	for _, kind := range []string{"products", "orders"} {
		b.Run(fmt.Sprint(kind, "=", lines), func(b *testing.B) {
			dir := b.TempDir()
			path := filepath.Join(dir, kind+".csv")
			if kind == "orders" {
				longOrders(b, path, lines, goods)
			} else {
				longProducts(b, path, lines)
			}
			var ours, floor time.Duration
			for b.Loop() {
				b.StopTimer()
				d := foldertest.Shop(b)
				if kind == "orders" {
					longProducts(b, filepath.Join(dir, "goods.csv"), goods)
					importFile(b, d, "products", filepath.Join(dir, "goods.csv"))
				}
				began := time.Now()
				rawImport(b, path, filepath.Join(dir, "raw.db"))
				floor += time.Since(began)
				b.StartTimer()
				began = time.Now()
				importFile(b, d, kind, path)
				ours += time.Since(began)
			}
			b.ReportMetric(ours.Seconds()/floor.Seconds(), "ratio")
			b.ReportMetric(boundImport, "bound")
			if peak, ok := peakMemory(); ok {
				b.ReportMetric(peak/boundMemory, "memory-ratio")
				b.ReportMetric(1, "memory-bound")
				b.ReportMetric(peak, "peak-MB")
			}
		})
	}
}

func importFile(b *testing.B, d *folder.Folder, kind, path string) {
	b.Helper()
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if got, err := New(d).Import(b.Context(), kind, file, path, nil); err != nil || got.Added == 0 || len(got.Rejected) > 0 {
		b.Fatalf("%+v, %v", got, err)
	}
}

// peakMemory is the most memory that the process ever had, in MB, where the system says.
func peakMemory() (float64, bool) {
	text, _ := os.ReadFile("/proc/self/status")
	_, after, ok := strings.Cut(string(text), "VmHWM:")
	var kb float64
	if ok {
		_, err := fmt.Sscan(after, &kb)
		ok = err == nil
	}
	return kb / 1024, ok
}

// rawImport is the floor: the rows as they are, in a table without an index. The
// program sqlite3 does it where it is there, else the library with one prepared insert.
func rawImport(b *testing.B, path, to string) {
	b.Helper()
	_ = os.Remove(to)
	if exe, err := exec.LookPath("sqlite3"); err == nil {
		if out, err := exec.Command(exe, to, "-cmd", ".mode csv", ".import "+path+" rows").CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		return
	}
	db, err := sql.Open("sqlite", to)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	file, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	in := bufio.NewScanner(file)
	in.Scan()
	n := strings.Count(in.Text(), ",") + 1
	tx, err := db.Begin()
	if err == nil {
		_, err = tx.Exec("CREATE TABLE rows (c0" + columnsTo(n) + ")")
	}
	if err != nil {
		b.Fatal(err)
	}
	insert, err := tx.Prepare("INSERT INTO rows VALUES (?" + strings.Repeat(", ?", n-1) + ")")
	for err == nil && in.Scan() {
		cells := make([]any, 0, n)
		for cell := range strings.SplitSeq(in.Text(), ",") {
			cells = append(cells, cell)
		}
		_, err = insert.Exec(cells...)
	}
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		b.Fatal(err)
	}
}

func columnsTo(n int) (out string) {
	for i := 1; i < n; i++ {
		out += fmt.Sprint(", c", i)
	}
	return out
}

func longOrders(b *testing.B, path string, lines, goods int) {
	b.Helper()
	write(b, path, "order,line,sku,qty,name,street,postcode,city,country,ship_by,value,currency", lines, func(out *bufio.Writer, i int) {
		n := i / 3
		fmt.Fprintf(out, "A%d,%d,SKU-%07d,%d,Ann Test %d,Lane %d,10115,Berlin,DE,2026-12-%02d,%d.50,EUR\n",
			100_000+n, 1+i%3, i*7919%goods, 1+i%3, n, n%977, 1+n%28, 12+n%50)
	})
}

func longProducts(b *testing.B, path string, n int) {
	b.Helper()
	write(b, path, "sku,name,barcodes,mass_g,width_mm,length_mm,height_mm", n, func(out *bufio.Writer, i int) {
		fmt.Fprintf(out, "SKU-%07d,Thing number %d,%s;%s,%d,100,120,%d\n", i, i, longEAN(2*i), longEAN(2*i+1), 100+i%900, 20+i%80)
	})
}

func longEAN(i int) string {
	body := fmt.Sprintf("40%010d", i)
	sum := 0
	for j, c := range body {
		sum += int(c-'0') * (1 + 2*(j%2))
	}
	return body + strconv.Itoa((10-sum%10)%10)
}

func write(b *testing.B, path, header string, rows int, row func(out *bufio.Writer, i int)) {
	b.Helper()
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriter(file)
	fmt.Fprintln(out, header)
	for i := range rows {
		row(out, i)
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
}
