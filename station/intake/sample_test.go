package intake_test

import (
	"bytes"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/gs1"
	"packbench/station/intake"
)

func sample(t *testing.T) intake.Shop {
	t.Helper()
	s, err := intake.Sample(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSampleIsWhole(t *testing.T) {
	s := sample(t)
	if len(s.Products) != 24 || len(s.Cartons) != 6 || len(s.Orders) != 17 || len(s.People) != 5 {
		t.Fatalf("%d products, %d cartons, %d orders, %d people", len(s.Products), len(s.Cartons), len(s.Orders), len(s.People))
	}
	for name, file := range map[string][]byte{"rates": s.Rates, "settings": s.Settings} {
		if len(file) == 0 || bytes.Contains(file, []byte("{today")) {
			t.Errorf("%s: %s", name, file)
		}
	}
	codes, cases, aliases, shared := map[string]int{}, 0, 0, 0
	for _, p := range s.Products {
		if p.Mass <= 0 || p.Size.IsZero() {
			t.Errorf("%s has no mass or no size", p.SKU)
		}
		aliases += len(p.Aliases)
		for _, b := range p.Barcodes {
			if _, err := gs1.ParseGTIN(b.Code); err != nil {
				t.Errorf("%s: %v", p.SKU, err)
			}
			if codes[b.Code]++; codes[b.Code] == 2 {
				shared++
			}
			if b.Factor == 6 {
				cases++
			}
		}
	}
	if cases != 1 || aliases != 1 || shared != 1 {
		t.Errorf("%d cases of six, %d aliases, %d shared codes; want one each", cases, aliases, shared)
	}
}

func TestSampleOrders(t *testing.T) {
	s := sample(t)
	first := s.Orders[0]
	units := 0
	for _, l := range first.Lines {
		units += l.Qty
	}
	if first.ID != "1001" || len(first.Lines) != 3 || units != 4 {
		t.Errorf("the first order is %s with %d lines, %d units", first.ID, len(first.Lines), units)
	}
	if want := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC); !first.ShipBy.Equal(want) {
		t.Errorf("ship by %s", first.ShipBy)
	}
	status, singles, notes := map[station.OrderStatus]int{}, 0, 0
	for _, o := range s.Orders {
		status[o.Status]++
		if len(o.Lines) == 1 && o.Lines[0].Qty == 1 {
			singles++
		}
		for _, l := range o.Lines {
			if l.Kind == station.Note {
				notes++
			}
		}
	}
	if status[station.OrderOpen] != 15 || status[station.OrderHeld] != 1 || status[station.OrderCancelled] != 1 {
		t.Errorf("orders by status: %v", status)
	}
	if singles < 3 || notes != 1 {
		t.Errorf("%d single-item orders, %d notes", singles, notes)
	}
}
