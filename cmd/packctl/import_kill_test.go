package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
)

// killedFile is a file of orders with two lines each.
func killedFile(t *testing.T, dir string, n int) (path string) {
	t.Helper()
	var csv strings.Builder
	csv.WriteString("order,sku,qty,name,street,postcode,city,country\n")
	for i := range n {
		for _, sku := range []string{"MUG-WHITE", "HONEY"} {
			fmt.Fprintf(&csv, "%s,%s,1,Sample Customer,Musterweg 1,10115,Berlin,DE\n", fmt.Sprintf("KILL-%05d", i), sku)
		}
	}
	path = filepath.Join(dir, "orders.csv")
	if err := os.WriteFile(path, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// here counts the orders of a file that are in a folder, and those of them that are
// found by their goods.
func here(t *testing.T, data string) (orders, listed int) {
	t.Helper()
	d, err := folder.Open(t.Context(), data, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	due, err := d.Store.DueOrders(t.Context(), "S1", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range due {
		if strings.HasPrefix(o.ID, "KILL-") {
			orders++
		}
	}
	for _, sku := range []string{"MUG-WHITE", "HONEY"} {
		some, err := d.Store.OrdersWithSKU(t.Context(), "S1", sku, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range some {
			if strings.HasPrefix(o.ID, "KILL-") {
				listed++
			}
		}
	}
	if altered, err := d.Store.Altered(t.Context()); err != nil || len(altered) > 0 {
		t.Errorf("altered are %v, %v", altered, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"packbench.db-import", "packbench.db-import.new"} { // addresses stand there
		if _, err := os.Stat(filepath.Join(data, left)); err == nil {
			t.Errorf("%s is left", left)
		}
	}
	return orders, listed
}

// TestS5AKilledImportIsWholeOrNothing: at whatever moment an import is killed, all
// orders of the file are there or none, to whoever opens the folder next; and the same
// file again ends well. IMPORT_KILLS asks for more than a few.
func TestS5AKilledImportIsWholeOrNothing(t *testing.T) {
	exe, kills, n := buildPackctl(t), 6, 1000
	if text := os.Getenv("IMPORT_KILLS"); text != "" {
		var err error
		if kills, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	path := killedFile(t, dir, n)
	whole, nothing := 0, 0
	took := time.Second
	for i := range kills + 1 {
		data := filepath.Join(dir, strconv.Itoa(i))
		foldertest.Init(t, data, true, folder.Options{})
		began := time.Now()
		p := startProcess(t, exe, "import", "orders", path, "--data", data)
		switch {
		case i == 0: // to know how long it takes
			p.end()
			took = time.Since(began)
		default: // while the file is read, or while its orders come into the tables
			await := []string{"packbench.db-import.new", "packbench.db-import"}[i%2]
			for ; time.Since(began) < took; time.Sleep(100 * time.Microsecond) {
				if _, err := os.Stat(filepath.Join(data, await)); err == nil {
					break
				}
			}
			time.Sleep(rand.N(took / 4))
			p.kill()
		}
		orders, listed := here(t, data)
		switch {
		case orders == n && listed == 2*n:
			whole++
		case orders == 0 && listed == 0:
			nothing++
		default:
			t.Fatalf("killed after %v of %v: %d of %d orders are there, listed %d times", time.Since(began), took, orders, n, listed)
		}
		p = startProcess(t, exe, "import", "orders", path, "--data", data)
		p.end()
		if orders, listed := here(t, data); orders != n || listed != 2*n {
			t.Fatalf("imported again: %d of %d orders are there, listed %d times", orders, n, listed)
		}
	}
	t.Logf("all of the orders were there %d times, none of them %d times", whole, nothing)
}

// TestU4AStoppedImportLeavesNothing: Ctrl C while a file is read keeps none of its
// orders, and says so.
func TestU4AStoppedImportLeavesNothing(t *testing.T) {
	exe := buildPackctl(t)
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	foldertest.Init(t, data, true, folder.Options{})
	path := killedFile(t, dir, 30_000)
	p := startProcess(t, exe, "import", "orders", path, "--data", data)
	for !strings.Contains(p.words.String(), "rows read") {
		time.Sleep(time.Millisecond)
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		if runtime.GOOS != "windows" {
			t.Fatal(err)
		}
		t.Skip("this system has no Ctrl C for another program:", err)
	}
	said := p.stderr()
	if p.cmd.ProcessState.ExitCode() != 1 || !strings.Contains(said, "nothing of the file was kept") {
		t.Errorf("status %d, it said %q", p.cmd.ProcessState.ExitCode(), said)
	}
	if orders, listed := here(t, data); orders != 0 || listed != 0 {
		t.Errorf("%d orders are there, listed %d times", orders, listed)
	}
}
