package desk

import (
	"fmt"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
)

// The causes are counted without what is written of each case being read; they are those
// that the cases themselves have, after the journal was taken up anew as well.
func TestCausesAreThoseOfTheCases(t *testing.T) {
	d, ctx := New(foldertest.Shop(t)), t.Context()
	benches := []*foldertest.Writer{foldertest.NewWriter(t, d.Folder, "S1"), foldertest.NewWriter(t, d.Folder, "S2")}
	weight := func(kind, sku string) *pack.Weight {
		return &pack.Weight{Known: true, Cause: &pack.Cause{Kind: kind, SKU: sku}}
	}
	for i, c := range []pack.CaseOpened{
		{Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: "1"},
		{Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: "1", By: "P2"},
		{Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: "1", Reason: "badge"},
		{Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: "1", Reason: "too-short"},
		{Kind: cases.KindScan, Code: pack.CodeWrongItem, Scanned: "2", SKU: "MUG-WHITE", By: "P1"},
		{Kind: cases.KindScan, Code: pack.CodeOverScan, SKU: "MUG-WHITE", By: "P1"},
		{Kind: cases.KindScan, Code: pack.CodeExpired, SKU: "MUG-WHITE", By: "P2"},
		{Kind: cases.KindWeight, Code: pack.CodeWeightOff, Weight: weight("missing", "MUG-WHITE")},
		{Kind: cases.KindOverride, Code: pack.CodeWeightOff, Weight: weight("carton", "M"), Author: "V1", Reason: "filling"},
		{Kind: cases.KindWeight, Code: pack.CodeWeightOff, SKU: "MUG-BLUE", Weight: &pack.Weight{Known: true}},
		{Kind: cases.KindShort, Code: pack.CodeShort, SKU: "MUG-BLUE", Order: "1001"},
		{Kind: cases.KindLabel, Code: pack.CodePrinterTrouble},
		{Kind: cases.KindLock, Code: pack.CodeLocked, By: "P1"},
		{Kind: cases.KindCarrier, Code: pack.CodeFailover, Scanned: "demo-post"},
	} {
		for n, w := range benches[:1+i%2] {
			c.Case = fmt.Sprintf("S%d.%d", n+1, i+1)
			w.Write(c)
		}
	}
	if _, err := d.Resolve(ctx, asker("V2"), "S1.5", "test"); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"at first", "taken up anew"} {
		list, err := d.Cases(ctx, store.CaseFilter{State: store.CaseOpen})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		for _, c := range list {
			want[c.Likeness()]++
		}
		all, err := d.Sums(ctx, store.CaseFilter{})
		got := Alike(cases.Causes(all))
		if err != nil || len(got) != len(want) || len(got) < 12 {
			t.Errorf("%s: %d causes, %d by reading each case, %v", when, len(got), len(want), err)
		}
		for likeness, n := range want {
			if got[likeness] != n {
				t.Errorf("%s: %q has %d cases, counted are %d", when, likeness, n, got[likeness])
			}
		}
		sums, err := d.Sums(ctx, store.CaseFilter{Station: "S2"})
		if one := cases.Causes(sums); err != nil || len(one) != 7 {
			t.Errorf("%s: bench S2 has %d causes, %v", when, len(one), err)
		}
		if err := d.Store.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
	}
	sums, err := d.Sums(ctx, store.CaseFilter{})
	stations, people := cases.Who(sums)
	if err != nil || len(stations) != 2 || stations[0].ID != "S1" || stations[0].N != 13 || len(people) != 2 {
		t.Errorf("%+v, %+v, %v", stations, people, err)
	}
}
