package weights_test

import (
	"fmt"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/weights"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// A weight in the catalogue that parcels speak against is a case, once; it closes itself
// when the catalogue is put right, and one that a person answered is not opened again.
func TestAWrongWeightIsACaseOnce(t *testing.T) { // W5, P3
	d := foldertest.Shop(t)
	w := foldertest.NewWriter(t, d, "S1")
	n := 0
	ship := func(times int, sku string, says, mass unit.Mass, allowed bool) {
		t.Helper()
		for range times {
			n++
			w.Write(pack.ParcelDone{
				Parcel: fmt.Sprintf("7%03d-1", n), Order: fmt.Sprintf("7%03d", n), Carton: "M", SSCC: fmt.Sprint(n), Mass: mass + 180*unit.Gram,
				Contents: []pack.Content{{Line: "1", SKU: sku, Qty: 1}},
				Lesson:   &pack.Lesson{Items: []pack.Taught{{SKU: sku, Qty: 1, Mass: says}}, Division: unit.Gram, Tare: 180 * unit.Gram, Allowed: allowed},
			})
		}
	}
	doubt := func(opened, closed int) {
		t.Helper()
		if o, c, err := weights.Doubt(t.Context(), d); err != nil || o != opened || c != closed {
			t.Errorf("%d opened and %d closed, %v; want %d and %d", o, c, err, opened, closed)
		}
	}
	list := func(state string) []store.Case {
		t.Helper()
		all, err := d.Store.Cases(t.Context(), store.CaseFilter{Kind: cases.KindMass, State: state})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	ship(20, "MUG-WHITE", 340*unit.Gram, 340*unit.Gram, false)
	ship(3, "TOWEL", 420*unit.Gram, 600*unit.Gram, true)
	doubt(1, 0)
	doubt(0, 0)
	open := list(store.CaseOpen)
	if len(open) != 1 || open[0].SKU != "TOWEL" || open[0].Weight == nil || open[0].Weight.Expected != 420*unit.Gram || (open[0].Weight.Mass-600*unit.Gram).Abs() > 15*unit.Gram {
		t.Fatalf("%+v", open)
	}
	if err := d.Store.SetMass(t.Context(), "TOWEL", 600*unit.Gram); err != nil {
		t.Fatal(err)
	}
	doubt(0, 1)
	if shut := list(store.CaseResolved); len(shut) != 1 || shut[0].Answer != cases.AnswerCorrected || shut[0].Resolver != "" {
		t.Errorf("%+v", shut)
	}
	ship(3, "BLANKET", 1150*unit.Gram, 1700*unit.Gram, true)
	doubt(1, 0)
	if err := d.AtDesk(t.Context(), cases.CaseResolved{Case: list(store.CaseOpen)[0].Case, Reason: "filling", By: "V1"}); err != nil {
		t.Fatal(err)
	}
	doubt(0, 0)
}
