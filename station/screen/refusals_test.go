package screen

import (
	"slices"
	"testing"

	"packbench/station/say"
)

// Rows of one reason are told once, with how many they are; which ones, as far as that
// can be read.
func TestRowsAreToldByTheirReason(t *testing.T) {
	rows := []Refusal{{3, "qty", `"x" is not a whole number`}, {4, "sku", `the catalogue has no product "A"`}, {0, "sku", "P1 loses barcode 1"}, {0, "sku", "P2 loses barcode 22"}}
	for i := range 20 {
		rows = append(rows, Refusal{10 + i, "qty", `"y` + `" is not a whole number`})
	}
	want := []string{
		`21 rows, qty, rejected: "x" is not a whole number (rows 3, 10, 11, 12, 13, 14, 15, 16, …)`,
		`Row 4, sku, rejected: the catalogue has no product "A"`,
		`sku, rejected: P1 loses barcode 1`,
		`sku, rejected: P2 loses barcode 22`,
	}
	if got := ByReason(say.English, rows, "rejected"); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := ByReason(say.English, []Refusal{{2, "", "it is below the table"}}, "look"); !slices.Equal(got, []string{"Row 2, look: it is below the table"}) {
		t.Errorf("%q", got)
	}
}
