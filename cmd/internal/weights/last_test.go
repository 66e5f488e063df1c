package weights_test

import (
	"fmt"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/weights"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/unit"
)

// Beside a case of a weight stand the last parcels of its bench, or with its product, as
// they were weighed and expected; what came later, or of another bench, does not.
func TestTheLastParcelsStandBesideACaseOfAWeight(t *testing.T) { // W5, P3
	d := foldertest.Shop(t)
	benches := map[string]*foldertest.Writer{"S1": foldertest.NewWriter(t, d, "S1"), "S2": foldertest.NewWriter(t, d, "S2")}
	at := foldertest.Noon()
	for i, p := range []struct{ bench, sku string }{{"S1", "MUG-WHITE"}, {"S2", "TOWEL"}, {"S1", "TOWEL"}, {"S1", "TOWEL"}, {"S1", "TOWEL"}} {
		mass := unit.Mass(500+i) * unit.Gram
		order := fmt.Sprintf("7%03d", i)
		at = at.Add(time.Minute)
		benches[p.bench].WriteAt(at,
			pack.Judged{Verdict: pack.Verdict{Code: pack.CodeWeightOK, Order: order}},
			pack.WeightTaken{Weight: pack.Weight{Mass: mass, Known: true, Expected: 500 * unit.Gram, Tolerance: 9 * unit.Gram}},
			pack.ParcelDone{Parcel: order + "-1", Order: order, Carton: "M", SSCC: order, Mass: mass, Contents: []pack.Content{{Line: "1", SKU: p.sku, Qty: 1}}})
	}
	seen := func(c cases.Case, most int) (out []int) {
		t.Helper()
		c.At, c.Weight = at, &pack.Weight{}
		last, err := weights.Last(t.Context(), d, c, most)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range last {
			if w.Weight.Expected != 500*unit.Gram || w.Weight.Tolerance != 9*unit.Gram {
				t.Errorf("%+v", w)
			}
			out = append(out, int(w.Weight.Mass/unit.Gram))
		}
		return out
	}
	if err := d.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of   cases.Case
		most int
		want string
	}{
		{cases.Case{Kind: cases.KindWeight, Station: "S1"}, 9, "[500 502 503]"},
		{cases.Case{Kind: cases.KindWeight, Station: "S1"}, 2, "[502 503]"},
		{cases.Case{Kind: cases.KindMass, Station: "desk", SKU: "TOWEL"}, 9, "[501 502 503]"},
		{cases.Case{Kind: cases.KindMass, Station: "desk", SKU: "NONE"}, 9, "[]"},
	} {
		if got := fmt.Sprint(seen(c.of, c.most)); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.of.Kind, c.of.Station, got, c.want)
		}
	}
}
