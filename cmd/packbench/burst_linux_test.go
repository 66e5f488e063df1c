package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/devices/sim"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/unit"
)

// The burst of S1: 20 scans a second for 10 seconds.
const (
	burstScans = 200
	burstEvery = 50 * time.Millisecond
	burstOrder = "BURST"
)

// TestWindowBurst scans faster than anybody packs, through the keys of the
// window and through a serial scanner: each scan has its verdict, in order, and
// the counts are exact.
func TestWindowBurst(t *testing.T) {
	binary := needWindow(t, "xdotool", "openbox")
	t.Run("keys", func(t *testing.T) {
		d := sampleBench(t, func(s *config.Settings) { s.Scanner.Kind = "wedge" })
		b := newBurst(t, d)
		p := start(t, binary, "--data", d.Dir, "--ready")
		b.run(hands{t}.scan)
		p.stop()
	})
	t.Run("serial", func(t *testing.T) {
		scanner, err := sim.NewScanner(sim.ScannerOptions{Link: filepath.Join(t.TempDir(), "scanner")})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = scanner.Close() }()
		d := sampleBench(t, func(s *config.Settings) { s.Scanner.Kind, s.Scanner.Port = "serial", scanner.Path() })
		b := newBurst(t, d)
		p := start(t, binary, "--data", d.Dir, "--ready")
		b.run(func(code string) {
			if err := scanner.Scan([]byte(code)); err != nil {
				t.Error(err)
			}
		})
		p.stop()
	})
}

// burst is one order that is large enough and the codes to scan for it.
type burst struct {
	t     *testing.T
	watch *watch
	codes []string
	skus  []string // of codes
}

// newBurst imports an order with more units than are scanned.
func newBurst(t *testing.T, d *folder.Folder) *burst {
	t.Helper()
	products := importStamps(t, d, burstScans)
	b := &burst{t: t, watch: newWatch(t, d)}
	for i := range burstScans {
		p := products[[]int{0, 0, 1, 0}[i%4]] // the same code twice and three times in a row
		b.skus = append(b.skus, p.SKU)
		b.codes = append(b.codes, p.Barcodes[0].Code)
	}
	return b
}

// importStamps imports an order of some units of each of two products. They are so
// light that one box takes them all and the order stays open.
func importStamps(t testing.TB, d *folder.Folder, each int) []station.Product {
	t.Helper()
	products := []station.Product{
		{SKU: "STAMP-A", Name: "Stamp, red", Mass: unit.Gram, Barcodes: []station.Barcode{{Code: "9520000009991", Factor: 1}}},
		{SKU: "STAMP-B", Name: "Stamp, blue", Mass: unit.Gram, Barcodes: []station.Barcode{{Code: "9520000009984", Factor: 1}}},
	}
	if _, err := d.Store.PutProducts(t.Context(), products); err != nil {
		t.Fatal(err)
	}
	csv := "order,sku,qty,name,street,postcode,city,country\n"
	for _, p := range products {
		csv += fmt.Sprintf("%s,%s,%d,A,Street 1,10115,Berlin,DE\n", burstOrder, p.SKU, each)
	}
	rep, err := upkeep.New(d).Import(t.Context(), "orders", strings.NewReader(csv), "burst.csv", nil)
	if err != nil || rep.Added != 1 {
		t.Fatalf("import of the order: %+v, %v", rep, err)
	}
	return products
}

// run signs in, opens the order and scans; each scan is due by the clock.
func (b *burst) run(scan func(string)) {
	b.t.Helper()
	scan("PB:badge:B-PACKER")
	b.watch.until("the packer to be signed in", func(s pack.State) bool { return s.Person.ID != "" })
	scan(burstOrder)
	b.watch.until("the order to be open", func(s pack.State) bool { return s.Phase == pack.Packing })
	had := len(b.watch.scans)
	began := time.Now()
	tick := time.NewTicker(burstEvery)
	defer tick.Stop()
	for _, code := range b.codes {
		scan(code)
		<-tick.C
	}
	b.t.Logf("the scans took %v", time.Since(began)) // as fast as this machine lets them
	b.watch.until("200 scans", func(pack.State) bool { return len(b.watch.scans) >= had+burstScans })
	time.Sleep(200 * time.Millisecond) // one too many would have come
	b.watch.read()
	b.check(b.watch.scans[had:])
}

// check compares what the journal has with what was scanned.
func (b *burst) check(got []heard) {
	b.t.Helper()
	if len(got) != burstScans {
		b.t.Errorf("%d scans stand in the journal, want %d", len(got), burstScans)
	}
	for i, h := range got[:min(len(got), burstScans)] {
		open := 2*burstScans - i - 1
		if h.raw != b.codes[i] || h.verdict.Code != pack.CodeItem || h.verdict.SKU != b.skus[i] || h.verdict.Open != open {
			b.t.Fatalf("scan %d of %s came as %+v, want it counted with %d units open", i+1, b.codes[i], h, open)
		}
	}
	for _, line := range b.watch.state.Work.Lines {
		want := 0
		for _, sku := range b.skus {
			if sku == line.SKU {
				want++
			}
		}
		if line.In != want {
			b.t.Errorf("%d units of %s are in the box, want %d", line.In, line.SKU, want)
		}
	}
}
