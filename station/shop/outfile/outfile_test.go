package outfile_test

import (
	"strings"
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/outfile"
)

func parcel() outfile.Parcel {
	return outfile.Parcel{Shipment: shop.Shipment{
		Key: "P-1", Order: "727", Number: "50001", Tracking: "1Z999", Carrier: "ups", Name: "UPS", At: time.Date(2026, 9, 7, 8, 0, 0, 0, time.UTC),
		Lines: []shop.Units{{Line: "1", SKU: "MUG", Qty: 2}, {Line: "2", SKU: "TEA", Qty: 1}},
	}}
}

// made is the files of some parcels, one below the other, and why others are in none.
func made(t *testing.T, form string, o outfile.Options, list ...outfile.Parcel) (files, why string) {
	t.Helper()
	f, err := outfile.Named(form, o)
	if err != nil {
		t.Fatal(err)
	}
	sheets, left := f.Sheets(list)
	for _, s := range sheets {
		files += s.Word + f.Ending + ":\n" + strings.ReplaceAll(string(s.Data), "\r\n", "\n")
	}
	for _, l := range left {
		why += l.Parcel.Key + ": " + l.Why.Error() + "\n"
	}
	return files, why
}

func TestWooCommerce(t *testing.T) {
	whole, part, other, twice := parcel(), parcel(), parcel(), parcel()
	part.Part, part.Name, part.Tracking, part.Lines, part.Link = true, "Royal Mail", "AB1", part.Lines[:1], "https://example.com/AB1"
	other.Order, other.Name, other.Tracking = "W-7", "Heron", "H1"
	other.Lines = []shop.Units{{Line: "1", SKU: "A:B", Qty: 1}}
	twice.Lines = append(twice.Lines, shop.Units{Line: "3", SKU: "MUG", Qty: 1})
	twice.Tracking = "2"
	files, why := made(t, "woocommerce", outfile.Options{}, whole, part, other, twice)
	want := "shipped.csv:\norder_number,tracking_number,shipment_provider,tracking_url,items\n" +
		"727,1Z999,ups,,sku:MUG:2|sku:TEA:1\n" +
		"727,AB1,royal-mail,https://example.com/AB1,sku:MUG:2\n" +
		"50001,H1,Heron,,\n" +
		"727,2,ups,,sku:MUG:3|sku:TEA:1\n"
	if files != want || why != "" {
		t.Errorf("got\n%s%s", files, why)
	}
	other.Part = true // nothing said of its contents would be all of the order
	second := other
	second.Part, second.Carton = false, 2
	unnamed, untracked := whole, whole
	unnamed.Name, untracked.Tracking = "", ""
	if files, why := made(t, "woocommerce", outfile.Options{}, other, second, unnamed, untracked); files != "" || strings.Count(why, "\n") != 4 {
		t.Errorf("got\n%s%s", files, why)
	}
}

// The last parcel of an order closes its shipment; each is a carton of it.
func TestFishbowl(t *testing.T) {
	first, last := parcel(), parcel()
	first.Part, first.Carton, last.Carton, last.Tracking = true, 1, 2, "1Z888"
	files, why := made(t, "fishbowl", outfile.Options{}, first, last)
	want := "cartons.csv:\nShip Number,Carton Number,Tracking Number\nS50001,1,1Z999\nS50001,2,1Z888\n" +
		"shipped.csv:\nShipNum,Date,Carrier,Carrier Service\nS50001,9/7/2026,UPS,\n"
	if files != want || why != "" {
		t.Errorf("got\n%s%s", files, why)
	}
	if files, _ := made(t, "fishbowl", outfile.Options{}, first); strings.Contains(files, "ShipNum") {
		t.Errorf("a part closes the shipment:\n%s", files)
	}
}

func TestATemplate(t *testing.T) {
	o := outfile.Options{Template: []byte("\ufeff#INFO,Version=1,\r\n\"Order, number\",Tracking,On,Note\r\n{order id},{tracking},{date M/D/Y},sent by {carrier}\r\n")}
	files, why := made(t, "template", o, parcel())
	if want := "shipped.csv:\n#INFO,Version=1,\n\"Order, number\",Tracking,On,Note\n727,1Z999,09/07/2026,sent by UPS\n"; files != want || why != "" {
		t.Errorf("got\n%s%s", files, why)
	}
	o.Template = []byte("order\titem\tqty\tno\n{order}\t{sku}\t{quantity}\t{tracking}")
	bad := parcel()
	bad.Key, bad.Number = "P-2", "=HYPERLINK(1)"
	files, why = made(t, "template", o, parcel(), bad)
	if want := "shipped.txt:\norder\titem\tqty\tno\n50001\tMUG\t2\t1Z999\n50001\tTEA\t1\t1Z999\n"; files != want || !strings.HasPrefix(why, "P-2: ") || strings.Count(why, "\n") != 1 {
		t.Errorf("got\n%s%s", files, why)
	}
	for text, words := range map[string]string{
		"":                            "--set template",
		"a,b\n":                       "one row",
		"a,b\n{order},{number}\n":     "{number}",
		"a,b\n{order},{date}\n":       "{tracking}",
		"a,b\n\"{order},{tracking}\n": "no table",
		strings.Repeat("x", outfile.MostTemplate+1): "1 MB",
	} {
		if _, err := outfile.Named("template", outfile.Options{Template: []byte(text)}); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

// Amazon reads its files in Windows-1252, in Japan in Shift JIS; what has no sign there
// is not written as another.
func TestEncodings(t *testing.T) {
	post, yamato := parcel(), parcel()
	post.Name, yamato.Name = "Österreichische Post", "ヤマト運輸"
	files, why := made(t, "amazon", outfile.Options{}, post)
	if !strings.Contains(files, "\tOther\t\xd6sterreichische Post\t") || why != "" {
		t.Errorf("%q %s", files, why)
	}
	if files, why := made(t, "amazon", outfile.Options{}, yamato); files != "" || !strings.Contains(why, "encoding") {
		t.Errorf("%q %s", files, why)
	}
	if files, why := made(t, "amazon", outfile.Options{Encoding: "shift-jis"}, yamato); !strings.Contains(files, "\x83\x84\x83\x7d\x83\x67") || why != "" {
		t.Errorf("%q %s", files, why)
	}
	if _, err := outfile.Named("amazon", outfile.Options{Encoding: "morse"}); err == nil || !strings.Contains(err.Error(), "shift-jis") {
		t.Error(err)
	}
}

// A cell that a spreadsheet would run gets an apostrophe where people read the file, and
// is refused where a machine does, also in the first rows below the heading.
func TestFormulas(t *testing.T) {
	for _, sign := range []string{"=1", "+1", "-1", "@A", "\tx", "＝1"} {
		bad := parcel()
		bad.Order, bad.Number, bad.Tracking = sign, sign, sign
		if files, why := made(t, "generic", outfile.Options{}, bad); !strings.Contains(files, "'"+sign) || why != "" {
			t.Errorf("%q: %s%s", sign, files, why)
		}
		for _, form := range []string{"amazon", "woocommerce", "fishbowl"} {
			if files, why := made(t, form, outfile.Options{}, bad); files != "" || why == "" {
				t.Errorf("%s, %q: %s", form, sign, files)
			}
		}
	}
}
