package shift

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"packbench/station/pack"
)

// Lots, serials and expiry dates of what left stand in the exports, those of a parcel that
// was opened again or whose label is void do not, and a text of a label is no formula. (Q4, F5)
func TestLotsAndSerialsAreExported(t *testing.T) {
	lot := pack.Marked{Qty: 2, Marks: pack.Marks{Lot: "L7", Expiry: "2027-01-31"}}
	serial := func(s string) pack.Marked { return pack.Marked{Qty: 1, Marks: pack.Marks{Serial: s}} }
	closed := func(order string, marked ...pack.Marked) []pack.Fact {
		return row(taken(order), units(3, pack.ByScan), pack.WeightTaken{}, pack.LabelKept{Parcel: order + "-1"}, boxed(order, pack.Content{SKU: "TEA", Qty: 3, Marked: marked}))
	}
	again := pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "2-1", Order: "2", Contents: []pack.Content{tea(3)}}}
	day := Day(Date{2026, 3, 30}, time.UTC)
	b, _ := Sheet(Carry{}, day, slices.Values(written(day.From, closed("1", lot, serial("=1+1")), closed("2", serial("S2")), row(taken("2"), again),
		closed("3", serial("S3")), row(pack.LabelVoided{Parcel: "3-1"}))))
	var out bytes.Buffer
	if err := b.CSV(&out, CSVOptions{}); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, r := range records {
		if n := len(r); r[0] == "marked" {
			got += fmt.Sprintln(r[5], r[8], r[9], r[10], r[n-5:])
		} else if r[n-1]+r[n-2]+r[n-3] != "" && r[0] != "record" {
			t.Errorf("a line of another table has marks: %q", r)
		}
	}
	if want := "1 TEA 2 1-1 [  L7  2027-01-31]\n1 TEA 1 1-1 [   '=1+1 ]\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	out.Reset()
	if err := b.XLSX(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Lots and serials")
	if want := "[[Order Parcel Sku Qty Lot Serial Expiry] [1 1-1 TEA 2 L7  2027-01-31] [1 1-1 TEA 1  =1+1]]"; err != nil || fmt.Sprint(rows) != want {
		t.Errorf("%v, %v", rows, err)
	}
}
