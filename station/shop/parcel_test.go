package shop

import (
	"slices"
	"testing"

	"packbench/station"
)

func TestSameTracking(t *testing.T) {
	for _, same := range [][2]string{{"1Z 999-AA1", "1z999aa1"}, {"JD01", " JD01\n"}} {
		if !SameTracking(same[0], same[1]) {
			t.Errorf("%q and %q are told apart", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"", ""}, {" - ", ""}, {"JD01", "JD011"}} {
		if SameTracking(other[0], other[1]) {
			t.Errorf("%q and %q are taken for one", other[0], other[1])
		}
	}
}

func TestAParcelAgainstItsOrder(t *testing.T) {
	lines := []station.Line{
		{ID: "1", SKU: "TEA", Qty: 2, Kind: station.Goods},
		{ID: "2", SKU: "MUG", Qty: 1, Kind: station.Goods},
		{ID: "n", Kind: station.Note},
		{ID: "3", SKU: "TEA", Qty: 1, Kind: station.Goods},
	}
	whole := Shipment{Lines: []Units{{"2", "MUG", 1}, {"1", "TEA", 1}, {"1", "TEA", 1}, {"3", "TEA", 1}}}
	if got := whole.Against(lines); len(got) != 0 {
		t.Errorf("all of the order differs by %+v", got)
	}
	other := Shipment{Lines: []Units{{"1", "TEA", 3}, {"9", "HAT", 1}, {"9", "HAT", 1}, {"3", "TEA", 1}}}
	want := []Difference{{"TEA", 3, 2}, {"MUG", 0, 1}, {"HAT", 2, 0}}
	if got := other.Against(lines); !slices.Equal(got, want) {
		t.Errorf("it differs by %+v, want %+v", got, want)
	}
}
