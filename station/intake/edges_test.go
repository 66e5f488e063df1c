package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/unit"
)

// one reads a file of one row and returns the item, or why it was not taken.
func one[T any](t *testing.T, read func(context.Context, io.Reader, string, Options) ([]T, Report, error), header, cells string) (item T, why string) {
	t.Helper()
	items, rep, err := read(t.Context(), strings.NewReader(header+"\n"+cells+"\n"), "x.csv", Options{})
	switch {
	case err != nil:
		t.Fatalf("%s / %s: %v", header, cells, err)
	case len(rep.Rejected) > 0:
		return item, rep.Rejected[0].Column + ": " + rep.Rejected[0].Reason
	case len(items) != 1:
		t.Fatalf("%s / %s: %d items", header, cells, len(items))
	}
	return items[0], ""
}

// long is a text of so many letters, of two bytes each.
func long(n int) string { return strings.Repeat("ö", n) }

// TestProductCells: what a cell of a catalogue becomes, or why its row is not
// taken.
func TestProductCells(t *testing.T) {
	for _, c := range []struct{ header, cell, want string }{
		{"name", long(500), long(500)},
		{"name", "", "A"},
		{"aliases", long(100) + ";B", "[" + long(100) + " B]"},
		{"aliases", long(101), `aliases: "` + long(60) + `…" is too long`},
		{"picture", long(300), long(300)},
		{"picture", long(301), "picture: longer than 300 characters"},
		{"picture", "https://shop.example/a.png", ""},
		{"picture", `a\b.png`, `picture: "a\\b.png" must be the name of a file, without a folder`},

		{"barcode", `" =""0012"" "`, "[{0012 1}]"},
		{"barcode", " '0012 ", "[{0012 1}]"},
		{"barcode", "123*10000", "[{123 10000}]"},
		{"barcode", "123*10001", `barcode: "123*10001": the number of units behind the * must be 1 to 10000`},
		{"barcode", "123*1", "[{123 1}]"},
		{"barcode", "123*six", `barcode: "123*six": the number of units behind the * must be 1 to 10000`},
		{"barcode", "*6", `barcode: "*6" is not a code`},
		{"barcode", strings.Repeat("1", 100), "[{" + strings.Repeat("1", 100) + " 1}]"},
		{"barcode", strings.Repeat("1", 101), `barcode: "` + strings.Repeat("1", 60) + `…" is not a code`},
		{"barcode", "123;456;123; ;", "[{123 1} {456 1}]"},
		{"barcode", "123;456;456*6", "barcode: 456 stands for 1 and for 6 units"},
		{"barcode", "1.2345678E+7", "[{12345678 1}]"},
		{"barcode", `"1,2345678E+7"`, "[{12345678 1}]"},
		{"barcode", "1.234567E+7", "barcode: 1.234567E+7 has lost digits in a spreadsheet; format the column as text and enter the code again"},
		{"barcode", "1.234567E+6", "[{1.234567E+6 1}]"},
		{"barcode", `"1,234,5678E+7"`, "[{1,234,5678E+7 1}]"},
		{"barcode", "A.2345678E+7", "[{A.2345678E+7 1}]"},
		{"barcode", "1E+X", "[{1E+X 1}]"},

		{"mass", "10000 kg", "10000.000 kg"},
		{"mass", "10000.001 kg", `mass: "10000.001 kg" is too much`},
		{"mass", "0 g", "0.000 kg"},
		{"mass", "-0.001 g", `mass: "-0.001 g" is below zero`},
		{"mass", "", "0.000 kg"},
		{"mass", `"1,2.3,4 kg"`, `mass: "1,2.3,4" is not a number`},
		{"mass", "12 stone", "mass: "},
		{"mass", "12 A", `mass: mass "12": unknown unit "A"`},
		{"mass", "12 a", `mass: mass "12": unknown unit "a"`},
		{"mass", "12 z", `mass: mass "12": unknown unit "z"`},
		{"mass", "12 Z", `mass: mass "12": unknown unit "Z"`},
		{"mass", "1.5e2 g", "0.150 kg"},
		{"mass", "1.5E2 g", "0.150 kg"},
		{"mass,mass unit", "12,kg", "12.000 kg"},
		{"mass_g,mass unit", "12,kg", "0.012 kg"},
		{"mass,grams", ",250", "0.250 kg"},
		{"mass,grams", "1 kg,250", "1.000 kg"},
		{"mass,grams", "1 kg,", "1.000 kg"},

		{"size", "1x2x3", "1 × 2 × 3 mm"},
		{"size", "1x2x3 cm", "10 × 20 × 30 mm"},
		{"size", "1×2*3X1 cm", `size: "1×2*3X1 cm" is not a size such as "120x80x40 mm"`},
		{"size", "1X2×3m", "1000 × 2000 × 3000 mm"},
		{"size", "1x2", `size: "1x2" is not a size such as "120x80x40 mm"`},
		{"size", "0.001x2x3", "0.0 × 2 × 3 mm"},
		{"size", "1x2x0", `size: "1x2x0" is not a size such as "120x80x40 mm"`},
		{"size", "1x2x100 m", "1000 × 2000 × 100000 mm"},
		{"size", "1x2x100.001 m", `size: "1x2x100.001 m" is not a size such as "120x80x40 mm"`},
		{"size", "1x2xA", `size: "1x2xA" is not a size such as "120x80x40 mm"`},
		{"size,size unit", "1x2x3,in", "25.4 × 50.8 × 76.2 mm"},
		{"size (cm)", "1x2x3", "10 × 20 × 30 mm"},
		{"width,length,height", "1,2,100 m", "1 × 2 × 100000 mm"},
		{"width,length,height", "1,2,100.001 m", `height: "100.001 m" is too much`},
		{"width,length,height", "1,2,", `height: one edge of the size is missing`},
		{"width,length,height", "0,0,3", `length: one edge of the size is missing`},
		{"width,length,height,size unit", "1,2,3,cm", "10 × 20 × 30 mm"},
		{"width,length,height", "500 µm,2,3", "0.5 × 2 × 3 mm"},
		{"width,length,height", "0,0,0", "0 × 0 × 0 mm"},

		{"hs code", "690000", "690000"},
		{"hs code", "69-00 00.0000", "6900000000"},
		{"hs code", "69000", `hs code: "69000" has 5 digits; an HS code has 6 to 10`},
		{"origin", "UK", "GB"},
		{"origin", "ad", "AD"},
		{"origin", "ZA", "ZA"},
		{"origin", "AZ", "AZ"},
		{"origin", "[A", `origin: the country "[A" is not known; write its two letters, such as DE`},
		{"origin", "A[", `origin: the country "A[" is not known; write its two letters, such as DE`},
		{"origin", "1A", `origin: the country "1A" is not known; write its two letters, such as DE`},
		{"origin", "A1", `origin: the country "A1" is not known; write its two letters, such as DE`},
		{"customs description", long(200), long(200)},
		{"customs description", long(201), "customs description: longer than 200 characters"},
		{"customs value", "1000000000.00", "1000000000.00 EUR"},
		{"customs value", "1000000000.01", `customs value: "1000000000.01" is too much`},
		{"customs value", "0", "0.00 EUR"},
		{"customs value", "12.50 USD", "12.50 USD"},
		{"customs value", "€ 12.50", "12.50 EUR"},
		{"customs value", "12.50 EURO", `customs value: "12.50 EURO": "EURO" is no currency; write three letters, such as EUR`},
		{"customs value", "EUR 12.50", "12.50 EUR"},
		{"customs value,currency", "12.50,usd", "12.50 USD"},
	} {
		p, why := one(t, ReadProducts, "sku,"+c.header, "A,"+c.cell)
		column, _, _ := strings.Cut(strings.TrimSuffix(c.header, " (cm)"), ",")
		got := map[string]string{
			"name": p.Name, "aliases": fmt.Sprint(p.Aliases), "picture": p.Picture, "barcode": fmt.Sprint(p.Barcodes), "mass": p.Mass.String(), "mass_g": p.Mass.String(),
			"size": p.Size.String(), "width": p.Size.String(), "hs code": p.HSCode, "origin": p.Origin, "customs description": p.Customs, "customs value": p.Value.String(),
		}[column]
		if why != "" {
			got = why
		}
		if got != c.want && !(strings.HasSuffix(c.want, ": ") && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s %q: %s, want %s", c.header, c.cell, got, c.want)
		}
	}
	for cell, want := range map[string]bool{
		"": false, "0": false, "No": false, "n": false, "FALSE": false, "nein": false, "falsch": false, "-": false,
		"1": true, "Yes": true, "y": true, "TRUE": true, "ja": true, "j": true, "wahr": true, "x": true,
	} {
		p, why := one(t, ReadProducts, "sku,fragile,upright,count", "A,"+cell+",no,yes")
		if why != "" || p.Fragile != want || p.Upright || !p.Count {
			t.Errorf("fragile %q: %v, %s", cell, p.Fragile, why)
		}
	}
	if _, why := one(t, ReadProducts, "sku", long(101)); why != "sku: longer than 100 characters" {
		t.Error(why)
	}
	if p, _ := one(t, ReadProducts, "sku", long(100)); p.SKU != long(100) {
		t.Error("100 letters are too many")
	}
}

// TestDoubtsAboutProducts are said, each in its row.
func TestDoubtsAboutProducts(t *testing.T) {
	for cells, want := range map[string]string{
		"12345678,,":        "2 ean: 12345678 looks like a GTIN, but its check digit is wrong",
		"123456789012345,,": "",
		"123456781,,":       "",
		"123456789011,,":    "2 ean: 123456789011 looks like a GTIN, but its check digit is wrong",
		"1234567890123,,":   "2 ean: 1234567890123 looks like a GTIN, but its check digit is wrong",
		"12345678901234,,":  "2 ean: 12345678901234 looks like a GTIN, but its check digit is wrong",
		"1234567A,,":        "",
		",690000,":          "",
		",6900000,":         "2 hs code: 6900000 has 7 digits: look whether a spreadsheet dropped a 0 in front",
		",69000000,":        "",
		",,XX":              `2 origin: no country has the code "XX"; the product cannot cross a border with it`,
	} {
		_, rep := readProducts(t, "sku,ean,hs code,origin\nA,"+cells+"\n", "p.csv")
		if got := warned(rep); got != want || rep.Bad() > 0 {
			t.Errorf("%s: %q, want %q", cells, got, want)
		}
	}
	_, rep := readProducts(t, "sku,price\nA,on request\n", "p.csv")
	if got := warned(rep); got != `2 price: money "on request": it must be a number; the product has no value for customs papers` && !strings.HasSuffix(got, "; the product has no value for customs papers") {
		t.Error(got)
	}
}

// TestOrderCells: the same for orders.
func TestOrderCells(t *testing.T) {
	for _, c := range []struct{ header, cell, want string }{
		{"qty", "10000", "10000"},
		{"qty", "10001", "qty: the quantity 10001 is more than 10000"},
		{"qty", "1", "1"},
		{"qty", "2.000000", "2"},
		{"qty", "1e1", "10"},
		{"qty", "0x1e2", `qty: "0x1e2" is not a number`},
		{"note", long(500), long(500)},
		{"note", long(501), "note: longer than 500 characters"},
		{"bin", long(60), long(60)},
		{"bin", long(61), "bin: longer than 60 characters"},
		{"line", long(40), long(40)},
		{"line", long(41), "line: longer than 40 characters"},
		{"line", "", "1"},
		{"postcode", long(20), long(20)},
		{"postcode", long(21), "postcode: longer than 20 characters"},
		{"phone", long(100), long(100)},
		{"phone", long(101), "phone: longer than 100 characters"},
		{"email", long(200), long(200)},
		{"email", long(201), "email: longer than 200 characters"},
		{"service", long(100), long(100)},
		{"service", long(101), "service: longer than 100 characters"},
		{"shop", long(100), long(100)},
		{"shop", long(101), "shop: longer than 100 characters"},
		{"order id", long(100), long(100)},
		{"order id", long(101), "order id: longer than 100 characters"},
		{"reason", long(200), long(200)},
		{"reason", long(201), "reason: longer than 200 characters"},
		{"street2", long(500), long(500)},
		{"region", long(501), "region: longer than 500 characters"},
		{"version", "1", "1"},
		{"version", "0", `version: "0" is not a number from 1`},
		{"version", "x", `version: "x" is not a number from 1`},
		{"totes", "T1; T2", "[T1 T2]"},
		{"price", "1000000000", "1000000000.00 EUR"},
		{"price", "1000000001", `price: "1000000001" is too much`},
		{"price", "-1", `price: "-1" is below zero`},
		{"value", "much", "value: "},
		{"gift", "perhaps", `gift: "perhaps" is neither yes nor no`},
		{"status", "Unbezahlt", "held by the shop"},
		{"status", "On Hold", "held by the shop"},
		{"status", "storniert", "cancelled by the shop"},
		{"status", "canceled", "cancelled by the shop"},
		{"status", "versendet", "done by the shop"},
		{"status", "bezahlt", ""},
		{"placed", "2026-01-31T14:05:06+02:00", "2026-01-31T14:05:06+02:00"},
		{"placed", "2026-01-31 14:05:06 +0200", "2026-01-31T14:05:06+02:00"},
		{"placed", "2026-01-31 14:05:06", "2026-01-31T14:05:06Z"},
		{"placed", "2026-01-31T14:05:06", "2026-01-31T14:05:06Z"},
		{"placed", "2026-01-31 14:05", "2026-01-31T14:05:00Z"},
		{"placed", "2026-01-31T14:05", "2026-01-31T14:05:00Z"},
		{"placed", "31.1.2026 14:05:06", "2026-01-31T14:05:06Z"},
		{"placed", "31.1.2026 14:05", "2026-01-31T14:05:00Z"},
		{"placed", "2026-01-31", "2026-01-31T23:59:59Z"},
		{"placed", "31.01.2026", "2026-01-31T23:59:59Z"},
		{"placed", "20260131", "2026-01-31T23:59:59Z"},
		{"placed", "1990-01-01", "1990-01-01T23:59:59Z"},
		{"placed", "1989-12-31", `placed: the year of "1989-12-31" can not be right`},
		{"placed", "2200-12-31", "2200-12-31T23:59:59Z"},
		{"placed", "2201-01-01", `placed: the year of "2201-01-01" can not be right`},
		{"placed", "46053", `placed: "46053" is not a date; write it as 2026-01-31 or 2026-01-31 14:00`},
		{"placed", "", "0001-01-01T00:00:00Z"},
	} {
		header, cells := "order,sku,qty,"+c.header, "1,MUG,1,"+c.cell
		if c.header == "qty" {
			header, cells = "order,sku,qty", "1,MUG,"+c.cell
		}
		o, why := one(t, ReadOrders, header, cells)
		var l station.Line
		if why == "" {
			l = o.Lines[0]
		}
		got := map[string]string{
			"qty": fmt.Sprint(l.Qty), "note": l.Text, "bin": l.Bin, "line": l.ID, "postcode": o.To.Postcode, "phone": o.To.Phone, "email": o.To.Email,
			"service": o.Service, "shop": o.Shop, "order id": o.Own, "reason": o.Reason, "street2": o.To.Street2, "region": o.To.Region, "version": fmt.Sprint(o.Version),
			"totes": fmt.Sprint(o.Totes), "price": l.Price.String(), "value": o.Value.String(), "status": o.Reason, "placed": o.Placed.Format(time.RFC3339),
		}[c.header]
		if why != "" {
			got = why
		}
		if got != c.want && !(strings.HasSuffix(c.want, ": ") && strings.HasPrefix(got, c.want)) {
			t.Errorf("%s %q: %s, want %s", c.header, c.cell, got, c.want)
		}
	}
	for word, want := range map[string]station.OrderStatus{"": station.OrderOpen, "paid": station.OrderOpen, "versendet": station.OrderDone, "hold": station.OrderHeld, "storniert": station.OrderCancelled} {
		if o, why := one(t, ReadOrders, "order,sku,qty,status", "1,MUG,1,"+word); o.Status != want {
			t.Errorf("status %q: %s, %s", word, o.Status, why)
		}
	}
}

// TestRowsOfOneOrder: what describes the order counts from the first row that
// says it; of two words about its status the stricter, wherever it stands.
func TestRowsOfOneOrder(t *testing.T) {
	const header = "order,sku,qty,version,placed,totes,gift,value,currency,shop,status,line,tags\n"
	orders, rep := readOrders(t, header+
		"1,MUG,1,,,T1,,,,,held,,\n"+
		"1,MUG,1,3,2026-01-31,T2,yes,12.00,USD,web,cancelled,2,vip | glass\n"+
		"1,MUG,1,4,2026-02-01,T2,no,13.00,EUR,web,done,,new\n"+
		"1,MUG,1,5,,,,,,,held,\n", "o.csv")
	if len(orders) != 1 || rep.Bad() > 0 {
		t.Fatalf("%+v", rep)
	}
	o := orders[0]
	got := fmt.Sprint(o.Version, o.Placed.Format(time.DateOnly), o.Totes, o.Gift, o.Value, o.Shop, o.Status, o.Tags)
	if want := fmt.Sprint(3, "2026-01-31", []string{"T1"}, true, unit.Money{Minor: 1200, Currency: "USD"}, "web", station.OrderCancelled, []string{"vip", "glass"}); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var ids []string
	for _, l := range o.Lines {
		ids = append(ids, l.ID)
	}
	if !slices.Equal(ids, []string{"1", "2", "3", "4"}) {
		t.Errorf("lines %v", ids)
	}
	orders, _ = readOrders(t, "order,sku,qty,line\n1,MUG,1,2\n1,MUG,1,\n", "o.csv")
	if id := orders[0].Lines[1].ID; id != "3" {
		t.Errorf("a line without an id beside line 2 is line %s", id)
	}
}

// TestTheStricterWordCounts, whichever row says it.
func TestTheStricterWordCounts(t *testing.T) {
	words := []string{"open", "held", "done", "cancelled"}
	for i, want := range []station.OrderStatus{station.OrderOpen, station.OrderHeld, station.OrderDone, station.OrderCancelled} {
		for _, less := range words[:i+1] {
			for _, rows := range [][2]string{{words[i], less}, {less, words[i]}} {
				orders, _ := readOrders(t, "order,sku,qty,status\n1,MUG,1,"+rows[0]+"\n1,TEA,1,"+rows[1]+"\n", "o.csv")
				if orders[0].Status != want {
					t.Errorf("%s: %s, want %s", rows, orders[0].Status, want)
				}
			}
		}
	}
}

// TestALostRowHoldsOnlyWhatIsOpen: what the shop cancelled stays cancelled.
func TestALostRowHoldsOnlyWhatIsOpen(t *testing.T) {
	for word, want := range map[string]station.OrderStatus{"": station.OrderHeld, "held": station.OrderHeld, "cancelled": station.OrderCancelled, "done": station.OrderDone} {
		orders, rep := readOrders(t, "order,sku,qty,status\n1,MUG,1,"+word+"\n1,MUG,0,\n", "o.csv")
		if len(orders) != 1 || rep.Bad() != 1 || orders[0].Status != want {
			t.Errorf("%q: %+v, %+v", word, orders, rep.Rejected)
		}
	}
}

// TestLinesOfAnOrderAreCounted: 2000 and no more; the order is held then.
func TestLinesOfAnOrderAreCounted(t *testing.T) {
	orders, rep := readOrders(t, "order,sku,qty\n"+strings.Repeat("1,MUG,1\n", 2000), "o.csv")
	if len(orders[0].Lines) != 2000 || orders[0].Status != station.OrderOpen || rep.Bad() > 0 {
		t.Errorf("%d lines, %s, %+v", len(orders[0].Lines), orders[0].Status, rep.Rejected)
	}
	orders, rep = readOrders(t, "order,sku,qty\n"+strings.Repeat("1,MUG,1\n", 2001), "o.csv")
	want := Rejection{2002, "order", "order 1 has more than 2000 lines"}
	if len(orders[0].Lines) != 2000 || orders[0].Status != station.OrderHeld || len(rep.Rejected) != 1 || rep.Rejected[0] != want {
		t.Errorf("%d lines, %s, %+v", len(orders[0].Lines), orders[0].Status, rep.Rejected)
	}
}

// TestDatesOfASpreadsheet are days since 1899-12-30 with a part of a day.
func TestDatesOfASpreadsheet(t *testing.T) {
	for text, want := range map[string]string{
		"46053": "2026-01-31T23:59:59Z", "46053.5": "2026-01-31T12:00:00Z", "46053.00000694": "2026-01-31T00:00:01Z", "46053.99999": "2026-01-31T23:59:59Z",
		"33000": "1990-05-07T23:59:59Z", "110000": "2201-03-02T23:59:59Z", "32999": "", "110000.1": "", "NaN": "", "soon": "",
	} {
		at, ok := serialDate(text, false, time.UTC)
		if got := at.Format(time.RFC3339); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s, %v; want %s", text, got, ok, want)
		}
	}
}

func TestCartonCells(t *testing.T) {
	const header = "id,name,inner mm,outer,tare,max,cost"
	for cells, want := range map[string]string{
		"S,,1x2x3,1x2x3,100 g,101 g,0.5":   "S 1 × 2 × 3 mm 0.100 kg 0.101 kg 0.50 EUR",
		"S,Small,1x2x3,,0 g,,":             "Small 1 × 2 × 3 mm 0.000 kg 0.000 kg 0.00",
		"S,,1x2x3,1x2x3,100 g,100 g,":      "max: 0.100 kg is not above the carton's own 0.100 kg",
		"S,,1x2x3,0.9x2x3,100 g,,":         "outer: the outside (0.9 × 2 × 3 mm) is smaller than the inside (1 × 2 × 3 mm)",
		"S,,1x2x3,1x1.9x3,100 g,,":         "outer: the outside (1 × 1.9 × 3 mm) is smaller than the inside (1 × 2 × 3 mm)",
		"S,,1x2x3,1x2x2.9,100 g,,":         "outer: the outside (1 × 2 × 2.9 mm) is smaller than the inside (1 × 2 × 3 mm)",
		"S,,,1x2x3,100 g,,":                "inner mm: the inner size is missing",
		"S,,one,1x2x3,100 g,,":             `inner mm: "one" is not a size such as "120x80x40 mm"`,
		"S,,1x2x3,one,100 g,,":             `outer: "one" is not a size such as "120x80x40 mm"`,
		"S,,1x2x3,,,,":                     "tare: it is empty; weigh an empty carton",
		"S,,1x2x3,,light,,":                `tare: "light" is not a number with its unit`,
		"S,,1x2x3,,1 g,heavy,":             `max: "heavy" is not a number with its unit`,
		"S,,1x2x3,,1 g,,-0.01":             "cost: it is below zero",
		"S,,1x2x3,,1 g,,cheap":             "cost: ",
		"S," + long(101) + ",1x2x3,,1 g,,": "name: longer than 100 characters",
		"," + long(10) + ",1x2x3,,1 g,,":   "id: it is empty",
	} {
		c, why := one(t, ReadCartons, header, cells)
		got := fmt.Sprint(c.Name, " ", c.Outer, " ", c.Tare, " ", c.Max, " ", c.Cost)
		if why != "" {
			got = why
		}
		if got != want && !(strings.HasSuffix(want, ": ") && strings.HasPrefix(got, want)) {
			t.Errorf("%s: %q, want %q", cells, got, want)
		}
	}
}

// TestEdgesOfACarton without a side are the inner ones.
func TestEdgesOfACarton(t *testing.T) {
	for header, want := range map[string]string{
		"width,length,height":             "100 × 200 × 300 mm",
		"inner width,inner l,inner depth": "100 × 200 × 300 mm",
		"w,laenge,d":                      "100 × 200 × 300 mm",
		"breite (cm),länge (cm),hoehe_cm": "1000 × 2000 × 3000 mm",
	} {
		if c, why := one(t, ReadCartons, "id,tare,"+header, "S,100 g,100,200,300"); c.Inner.String() != want || c.Outer != c.Inner {
			t.Errorf("%s: %s in %s, want %s: %s", header, c.Inner, c.Outer, want, why)
		}
	}
	if c, why := one(t, ReadCartons, "id,tare,inner,outer w,outer l,outer h", "S,100 g,100x200x300,400,500,600"); c.Outer.String() != "400 × 500 × 600 mm" {
		t.Errorf("%s: %s", c.Outer, why)
	}
}

// needs tells of each column of a header that a reader does not go on without it.
func needs[T any](t *testing.T, read func(context.Context, io.Reader, string, Options) ([]T, Report, error), names ...string) {
	t.Helper()
	for i, name := range names {
		header := strings.Join(slices.Delete(slices.Clone(names), i, i+1), ",") + ",colour"
		_, _, err := read(t.Context(), strings.NewReader(header+"\n"), "x.csv", Options{})
		if want := fmt.Sprintf("x.csv: there is no column %q; the file has: ", strings.ToLower(name)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", header, err, want)
		}
	}
}

func TestColumnsThatAreNeeded(t *testing.T) {
	needs(t, ReadProducts, "sku")
	needs(t, ReadCartons, "id", "tare")
	needs(t, ReadPeople, "id", "role", "badge")
	needs(t, ReadOrders, "order", "sku", "qty")
	_, _, err := ReadOrders(t.Context(), strings.NewReader("Name,Lineitem quantity,Lineitem name\n"), "x.csv", Options{})
	if err == nil || !strings.HasPrefix(err.Error(), `x.csv: there is no column "Lineitem sku"`) {
		t.Error(err)
	}
}

func TestPeopleCells(t *testing.T) {
	for cells, want := range map[string]string{
		"P1,,Packer,1234,":                  "P1 packer 1234 ",
		"P1,Ann,MANAGER,1234,DE":            "Ann manager 1234 de",
		"P1,,supervisor,123,":               "badge: it is shorter than 4 characters",
		"P1,,supervisor,1234,zh-hant-":      "P1 supervisor 1234 zh-hant-",
		"P1,,supervisor,1234,zh-hant-t":     `lang: "zh-hant-t" is not a language such as "en" or "de"`,
		"P1,,boss,1234,":                    `role: "boss" is not one of packer, supervisor, manager, administrator`,
		"P1,,packer,,":                      "badge: it is empty",
		"P1," + long(100) + ",packer,1234,": long(100) + " packer 1234 ",
		"P1," + long(101) + ",packer,1234,": "name: longer than 100 characters",
	} {
		p, why := one(t, ReadPeople, "id,name,role,badge,lang", cells)
		got := fmt.Sprintf("%s %s %s %s", p.Name, p.Role, p.Badge, p.Lang)
		if why != "" {
			got = why
		}
		if got != want {
			t.Errorf("%s: %q, want %q", cells, got, want)
		}
	}
	for cells, want := range map[string]string{
		"2026-01-31,2026-02-01,j": "2026-01-31 2026-02-01 true",
		"2026-01-31,,-":           "2026-01-31  false",
		"soon,late,":              `valid_from: "soon" is not a day such as 2026-01-31`, // each time the first of two
		",late,":                  `valid_to: "late" is not a day such as 2026-01-31`,
		",,perhaps":               `trainee: "perhaps" is neither yes nor no`,
	} {
		for range 4 {
			p, why := one(t, ReadPeople, "id,role,badge,valid_from,valid_to,trainee", "P1,packer,1234,"+cells)
			if got := cmp.Or(why, fmt.Sprintf("%s %s %v", p.Since, p.Until, p.Trainee)); got != want {
				t.Errorf("%s: %q, want %q", cells, got, want)
			}
		}
	}
	_, rep, err := ReadPeople(t.Context(), strings.NewReader("id,role,badge\nP1,packer,1234\nP1,packer,5678\nP2,packer,1234\n"), "p.csv", Options{})
	if err != nil || len(rep.Rejected) != 2 || rep.Rejected[0].Reason != `"P1" stands in row 2 already` || rep.Rejected[1].Reason != "the same badge stands in row 2" {
		t.Errorf("%+v, %v", rep.Rejected, err)
	}
}

// TestShopifyRows: a row may say of an order only, or of goods that stay.
func TestShopifyRows(t *testing.T) {
	const header = "Name,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem requires shipping,Lineitem fulfillment status\n"
	for rows, want := range map[string]string{
		"#1,1,Mug,MUG,,\n#1,,,,,\n":             "",
		"#1,1,Mug,MUG,,\n#1,,Tea,,,\n":          `3 Lineitem sku: the line item "Tea" has no SKU; give it one in the shop`,
		"#1,1,Mug,MUG,,\n#1,,,TEA,,\n":          "3 Lineitem quantity: it is empty",
		"#1,1,Mug,MUG,,\n#1,2,,,,\n":            `3 Lineitem sku: the line item "" has no SKU; give it one in the shop`,
		"#1,1,Song,,no,\n":                      "left: order 1 is done: nothing of it needs packing",
		"#1,1,Mug,MUG,yes,fulfilled\n":          "left: order 1 is done: nothing of it needs packing",
		"#1,,,,,\n":                             "left: order 1 is held: it has no lines to pack",
		"#1,1,Mug,MUG,perhaps,\n":               `2 Lineitem requires shipping: "perhaps" is neither yes nor no`,
		"#1,1,Mug,MUG,,\n#1,1,Tea,TEA,,partial": `3 Lineitem fulfillment status: "Tea" is sent in part; the file does not say how many are left`,
		"#,1,Mug,MUG,,\n":                       "2 Name: it is empty",
	} {
		_, rep := readOrders(t, header+rows, "o.csv")
		got := ""
		if len(rep.Rejected) > 0 {
			got = fmt.Sprintf("%d %s: %s", rep.Rejected[0].Row, rep.Rejected[0].Column, rep.Rejected[0].Reason)
		} else if len(rep.Left) == 1 {
			got = "left: " + rep.Left[0].Reason
		}
		if got != want || len(rep.Rejected) > 1 {
			t.Errorf("%q: %s, want %s", rows, got, want)
		}
	}
}

// TestLongTextsOfShopify: as long as they may be, and no longer.
func TestLongTextsOfShopify(t *testing.T) {
	for column, most := range map[string]int{
		"Shipping Name": 500, "Shipping Company": 500, "Shipping Street": 500, "Shipping Address1": 500, "Shipping Address2": 500, "Shipping City": 500,
		"Shipping Zip": 20, "Shipping Province": 500, "Shipping Phone": 100, "Email": 200, "Shipping Method": 100, "Notes": 500, "Id": 100, "Lineitem sku": 100,
	} {
		for _, n := range []int{most, most + 1} {
			header, cells := "Name,Lineitem quantity,Lineitem name,Lineitem sku,"+column, "#1,1,Mug,MUG,"+long(n)
			if column == "Lineitem sku" {
				header, cells = "Name,Lineitem quantity,Lineitem name,Lineitem sku", "#1,1,Mug,"+long(n)
			}
			_, why := one(t, ReadOrders, header, cells)
			if want := fmt.Sprintf("%s: longer than %d characters", column, most); (n > most) != (why == want) || n == most && why != "" {
				t.Errorf("%s with %d: %q", column, n, why)
			}
		}
	}
}

// TestShapesOfACSV: hints, broken rows and where the count goes on.
func TestShapesOfACSV(t *testing.T) {
	for text, want := range map[string]string{
		"sep=;\nsku;name\nA;Mug\n":                                     "A Mug",
		"sep=|\nsku|name\nA|Mug\n":                                     "A Mug",
		"sep=x\nsku;name\nA;Mug\n":                                     `x.csv: there is no column "sku"; the file has: sku;name`,
		"sku;name\nA;Mug\n":                                            "A Mug",
		"  \nsku;name\nA;Mug\n":                                        "A Mug",
		"\n\nsku;name\nA;Mug\n":                                        "A Mug",
		"sep=\t\nsku\tname\nA\tMug\n":                                  "A Mug",
		"sep=ab\nsku,name\nA,Mug\n":                                    "A Mug", // a title
		"sku,name\nA,Mug,,\n":                                          "A Mug",
		"sku\nA,x\n":                                                   "2 there are more cells than the header has columns; a text with the separator in it needs quotation marks",
		"sku,name\nA,Mug, ,x\n":                                        "2 there are more cells than the header has columns; a text with the separator in it needs quotation marks",
		"\"sku;a\",\"name\"\nA,Mug\n":                                  `x.csv: there is no column "sku"; the file has: sku;a, name`,
		"\"name;\n;;;\",sku\nMug,A\n":                                  "A Mug",
		"sku,na\"me\nA,Mug\n":                                          "x.csv: the header: a quotation mark stands in the middle of a text; write it twice and put the text in quotation marks",
		"sku,name\nA,\"two\nlines\"x\nB,Tea\nB,Tea":                    "2 a quotation mark opens here and is not closed properly up to line 3, 4 \"B\" stands in row 3 already, B Tea",
		"sku,name\n\"A\"x,Mug\nB,Tea\nB,Tea":                           "2 a quotation mark stands in the middle of a text; write it twice and put the text in quotation marks, 4 \"B\" stands in row 3 already, B Tea",
		"sku" + strings.Repeat(",", 499) + "\nA\n":                     "A A",
		"sku" + strings.Repeat(",", 500) + "\nA\n":                     "x.csv: the file is too large: more than 500 columns",
		"sku,name\nA," + "M\x80g\n":                                    "A M€g",
		"sku,name\nA," + "M\x00g\n" + strings.Repeat("B,no name\n", 3): "A Mg, 4 \"B\" stands, 5 \"B\" stands, B no name",
	} {
		items, rep, err := ReadProducts(t.Context(), strings.NewReader(text), "x.csv", Options{})
		var got []string
		if err != nil {
			got = append(got, err.Error())
		}
		for _, r := range rep.Rejected {
			got = append(got, fmt.Sprintf("%d %s", r.Row, r.Reason))
		}
		for _, i := range items {
			got = append(got, i.SKU+" "+i.Name)
		}
		parts := strings.Split(want, ", ")
		slices.Sort(parts)
		slices.Sort(got)
		if !slices.EqualFunc(got, parts, strings.Contains) && strings.Join(got, "") != want {
			t.Errorf("%.60q\ngot  %v\nwant %v", text, got, parts)
		}
	}
}

// TestColumnsNobodyAskedFor are named once, and those without a title are not.
func TestColumnsNobodyAskedFor(t *testing.T) {
	_, rep, err := ReadProducts(t.Context(), strings.NewReader("sku,name,colour, \nA,Mug,red,\n"), "x.csv", Options{})
	if err != nil || !slices.Equal(rep.Ignored, []string{"colour"}) {
		t.Errorf("ignored %q, %v", rep.Ignored, err)
	}
}

// TestWarningsAreNotEndless in a report.
func TestWarningsAreNotEndless(t *testing.T) {
	var rep Report
	for n := range 1001 {
		rep.note(n, "mass", "doubtful")
	}
	if len(rep.Warnings) != 1000 {
		t.Errorf("%d warnings", len(rep.Warnings))
	}
}

// TestWhoseFileItIs: not every file that names line items is Shopify's, and
// Shopify has written the street in two ways.
func TestWhoseFileItIs(t *testing.T) {
	for text, want := range map[string]string{
		"order,sku,qty,name,lineitem name,street\n1,MUG,1,x,y,Lane 1\n":                              " Lane 1",
		"Name,Lineitem quantity,Lineitem name,Lineitem sku,Shipping Street\n#1,1,Mug,MUG,Lane 2\n":   "shopify Lane 2",
		"Name,Lineitem quantity,Lineitem name,Lineitem sku,Shipping Address1\n#1,1,Mug,MUG,Lane 3\n": "shopify Lane 3",
	} {
		orders, rep := readOrders(t, text, "o.csv")
		if len(orders) != 1 || orders[0].Shop+" "+orders[0].To.Street != want {
			t.Errorf("%q: %+v, %+v", text, orders, rep.Rejected)
		}
	}
}

// TestShapesOfAWorkbook: what stands beside the table, and none.
func TestShapesOfAWorkbook(t *testing.T) {
	wide := make([]any, 500)
	wide[0], wide[499] = "sku", "end"
	for _, c := range []struct {
		name string
		rows [][]any
		want string
	}{
		{"a blank row between", [][]any{{"sku", "name"}, {"", " "}, {"A", "Mug"}}, "A Mug"},
		{"blank cells beside", [][]any{{"sku", "name"}, {"A", "Mug", " "}}, "A Mug"},
		{"cells beside", [][]any{{"sku", "name"}, {"A", "Mug", "x"}}, "2 there are more cells than the header has columns"},
		{"a cell beside one column", [][]any{{"sku"}, {"A", "x"}}, "2 there are more cells than the header has columns"},
		{"nothing", nil, "x.xlsx: the first sheet is empty"},
		{"500 columns", [][]any{wide, {"A"}}, "A A"},
		{"501 columns", [][]any{append(slices.Clone(wide), "one more"), {"A"}}, "x.xlsx: the file is too large: more than 500 columns"},
	} {
		items, rep, err := ReadProducts(t.Context(), strings.NewReader(workbook(t, c.rows)), "x.xlsx", Options{})
		got := ""
		switch {
		case err != nil:
			got = err.Error()
		case rep.Bad() > 0:
			got = fmt.Sprintf("%d %s", rep.Rejected[0].Row, rep.Rejected[0].Reason)
		default:
			got = items[0].SKU + " " + items[0].Name
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// endless returns one row for ever.
type endless struct{}

func (endless) header() ([]string, error) { return nil, nil }
func (endless) next() (record, error)     { return record{}, nil }

// taker takes every row.
type taker struct{ rows int }

func (*taker) schema([]string) schema            { return nil }
func (k *taker) add(row, Options, *Report) error { k.rows++; return nil }
func (*taker) done(*Report) ([]int, error)       { return nil, nil }

func TestLimitsOfAFile(t *testing.T) {
	var k taker
	err := readRows[int](t.Context(), endless{}, match{}, Options{}, &k, &Report{})
	if !errors.Is(err, ErrTooLarge) || k.rows != 3_000_000 {
		t.Errorf("%d rows, %v", k.rows, err)
	}
	data, err := io.ReadAll(atMost(strings.NewReader("0123456789"), 5, ""))
	if !errors.Is(err, ErrTooLarge) || string(data) != "01234" {
		t.Errorf("%q, %v", data, err)
	}
	if data, err := io.ReadAll(atMost(strings.NewReader("0123456789"), 11, "")); err != nil || len(data) != 10 {
		t.Errorf("%q, %v", data, err)
	}
	if _, _, err := ReadProducts(t.Context(), badReader{}, "p.csv", Options{}); err == nil || !strings.Contains(err.Error(), "the stick was pulled") {
		t.Errorf("a file that cannot be read: %v", err)
	}
	torn := io.MultiReader(strings.NewReader("sku,na"), badReader{})
	if _, _, err := ReadProducts(t.Context(), torn, "p.csv", Options{}); err == nil || !strings.Contains(err.Error(), "the stick was pulled") {
		t.Errorf("a header that cannot be read: %v", err)
	}
}

// TestProgressIsTold now and then, and at the end.
func TestProgressIsTold(t *testing.T) {
	var told []int
	_, _, err := ReadOrders(t.Context(), strings.NewReader("order,sku,qty\n"+strings.Repeat("1,MUG,0\n", 2500)), "o.csv", Options{Progress: func(n int) { told = append(told, n) }})
	if err != nil || !slices.Equal(told, []int{1000, 2000, 2500}) {
		t.Errorf("told %v, %v", told, err)
	}
}
