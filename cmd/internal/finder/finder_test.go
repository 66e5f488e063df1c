package finder

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/unit"
)

// packedShop is a shop in which P1 packed order 1003 after one wrong scan, and let a
// parcel of 1001 go that was voided later.
func packedShop(t *testing.T) Finder {
	t.Helper()
	f := New(foldertest.Shop(t))
	w := foldertest.NewWriter(t, f.Folder, "S1")
	w.Write(pack.SignedInAs{Person: pack.Person{ID: "P1", Role: station.Packer}})
	wrong := pack.Verdict{Kind: pack.Refused, Code: pack.CodeWrongItem, Order: "1003", Scanned: "9520000000011", By: "P1"}
	w.Write(
		pack.OrderTaken{Order: pack.OrderInfo{ID: "1003"}, Parcel: "1003-1"},
		pack.CaseOpened{Case: "S1.2", Kind: cases.KindScan, Code: pack.CodeUnknownCode, Order: "1003", Scanned: "9520000000011", By: "P1"},
		pack.Judged{Verdict: wrong},
	)
	o, err := f.Store.Order(t.Context(), "1003")
	if err != nil {
		t.Fatal(err)
	}
	o.Reference = "PO-4711/A"
	if _, err := f.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
		t.Fatal(err)
	}
	lot := []pack.Marked{{SKU: "HONEY", Qty: 1, Marks: pack.Marks{Lot: "L77"}}}
	done := func(order, sku, sscc, tracking string, marked []pack.Marked) {
		w.Write(
			pack.LabelKept{Parcel: order + "-1", Label: pack.Label{SSCC: sscc, Tracking: tracking, Service: "post"}},
			pack.ParcelDone{
				Parcel: order + "-1", Order: order, Carrier: "demopost", SSCC: sscc, Tracking: tracking, Mass: 735 * unit.Gram,
				Contents: []pack.Content{{Line: "1", SKU: sku, Qty: 1, Marked: marked}},
			},
			pack.OrderClosed{Order: order},
		)
	}
	done("1003", "HONEY", "095200000000000011", "QQ000000014ZZ", lot)
	done("1001", "HONEY-2", "095200000000000028", "QQ000000028ZZ", nil)
	return f
}

func (f Finder) ids(t *testing.T, text string, people bool) []string {
	t.Helper()
	found, err := f.Find(t.Context(), text, people)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range found {
		out = append(out, x.Kind+" "+x.ID)
	}
	return out
}

// P6: one field finds what people have in hand: numbers first, and words of whatever
// they may be.
func TestOneFieldFindsWhatPeopleCallIt(t *testing.T) {
	f := packedShop(t)
	for _, c := range []struct {
		text   string
		people bool
		want   []string
	}{
		{"#1003", true, []string{"order 1003"}},
		{" 1003-1 ", true, []string{"parcel 1003-1"}},
		{"qq 000 000 014 zz", true, []string{"parcel 1003-1"}},
		{" po-4711/a ", true, []string{"order 1003"}},
		{"PO-4711", true, nil},
		{"095200000000000011", true, []string{"parcel 1003-1"}},
		{"9520000000196", true, []string{"product HONEY", "order 1003", "order 1016"}},
		{"lime bl", true, []string{"product HONEY", "order 1003", "order 1016"}},
		{"Customer C", true, []string{"order 1003"}},
		{"packer o", true, []string{"person P1"}},
		{"p1", true, []string{"person P1"}},
		{"packer o", false, nil},
		{"p1", false, nil},
		{"cu", true, nil}, // too short for a name
		{"no such thing", true, nil},
		{"%", true, nil},
		{"", true, nil},
	} {
		if got := f.ids(t, c.text, c.people); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %q, want %q", c.text, got, c.want)
		}
	}
}

// “My honey was missing”: the answer stands in one place, and on a page that can be sent.
func TestWhatIsKnownOfAnOrder(t *testing.T) {
	f := packedShop(t)
	found, err := f.Find(t.Context(), "1003", false)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	one := found[0]
	goods := []Goods{{SKU: "HONEY", Name: "Honey, lime blossom", Qty: 1, Parcel: "1003-1", Note: "L77"}}
	if !slices.Equal(one.Goods, goods) {
		t.Errorf("packed is %+v", one.Goods)
	}
	if !slices.Contains(one.Facts, Fact{"customer's reference", "PO-4711/A"}) {
		t.Errorf("known is %+v", one.Facts)
	}
	if !slices.Contains(one.Facts, Fact{"tracking", "QQ000000014ZZ"}) || !slices.Contains(one.Facts, Fact{"weight", "0.735 kg on the scale"}) {
		t.Errorf("known is %+v", one.Facts)
	}
	if len(one.Cases) != 1 || !strings.HasSuffix(one.Cases[0], "case S1.2: still open") {
		t.Errorf("its cases are %q", one.Cases)
	}
	page, lost, err := Page(one, foldertest.Noon(), time.UTC)
	if err != nil || lost != 0 || !bytes.HasPrefix(page, []byte("%PDF-")) {
		t.Fatalf("a page of %d bytes, %d lost, %v", len(page), lost, err)
	}
}

// A product's own story tells of parcels that left with it, and of no other product that
// begins alike; who voided a label took its parcel out of it.
func TestTheStoryOfAProductAndOfAPerson(t *testing.T) {
	f := packedShop(t)
	story := func(text string) (out []string) {
		t.Helper()
		found, err := f.Find(t.Context(), text, true)
		if err != nil || len(found) == 0 {
			t.Fatal(found, err)
		}
		for _, e := range found[0].Story {
			out = append(out, e.Text)
		}
		return out
	}
	if got, want := story("HONEY"), []string{"1 × Honey, lime blossom in parcel 1003-1."}; !slices.Equal(got, want) {
		t.Errorf("the product's story is %q", got)
	}
	if got := story("P1"); len(got) != 2 {
		t.Errorf("the person's story is %q", got)
	}
	foldertest.NewWriter(t, f.Folder, "S2").Write(pack.LabelVoided{Parcel: "1003-1", SSCC: "095200000000000011"})
	if got := story("HONEY"); len(got) != 0 {
		t.Errorf("after the label was voided it is %q", got)
	}
}
