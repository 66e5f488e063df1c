package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/assets"
	"packbench/station"
	"packbench/station/unit"
)

// shelf knows three products and an alias.
func shelf(word string) (string, bool) {
	sku, ok := map[string]string{"MUG": "MUG", "TEA": "TEA", "SOAP": "SOAP", "CUP": "MUG"}[word]
	return sku, ok
}

func readOrders(t *testing.T, text, name string) ([]station.Order, Report) {
	t.Helper()
	zone := time.FixedZone("shop", 3600)
	items, rep, err := ReadOrders(context.Background(), strings.NewReader(text), name, Options{Location: zone, Product: shelf})
	if err != nil {
		t.Fatal(err)
	}
	return items, rep
}

func TestPlainOrder(t *testing.T) {
	want := station.Order{
		ID: "web:1001", Number: "1001", Shop: "web", Version: 3, Status: station.OrderOpen, Service: "express-next", Totes: []string{"T1", "T2"},
		Placed:  time.Date(2026, 11, 22, 9, 14, 0, 0, time.FixedZone("shop", 3600)),
		ShipBy:  time.Date(2026, 11, 23, 23, 59, 59, 0, time.FixedZone("shop", 3600)),
		Promise: time.Date(2026, 11, 25, 11, 0, 0, 0, time.UTC),
		To:      station.Address{Name: "Sample Customer", Street: "Musterweg 1", City: "Köln", Postcode: "01067", Country: "DE", Email: "a@example.com"},
		Value:   unit.Money{Minor: 4140, Currency: "EUR"}, Gift: true,
		Lines: []station.Line{
			{ID: "1", SKU: "MUG", Qty: 2, Kind: station.Goods, Bin: "A-1"},
			{ID: "2", SKU: "TEA", Qty: 1, Kind: station.Goods, Text: "leave the price tag off"},
			{ID: "3", Kind: station.Note, Qty: 1, Text: "Gift wrap; blue"},
		},
	}
	tests := []struct{ name, file, text string }{
		{"header on every row", "o.csv", `Order Number,Version,Shop,Placed,Ship by,Promise,Service,Tote,SKU,Qty,Bin,Note,Name,Street,City,ZIP,Country,Email,Total,Currency,Gift
1001,3,web,2026-11-22 09:14,2026-11-23,2026-11-25T12:00:00+01:00,express-next,T1|T2,CUP,2,A-1,,Sample Customer,Musterweg 1,Köln,'01067,Germany,a@example.com,41.40,EUR,yes
1001,3,web,2026-11-22 09:14,2026-11-23,2026-11-25T12:00:00+01:00,express-next,T1|T2,TEA,1,,leave the price tag off,Sample Customer,Musterweg 1,Köln,'01067,Germany,a@example.com,41.40,EUR,yes
1001,3,web,2026-11-22 09:14,2026-11-23,2026-11-25T12:00:00+01:00,express-next,T1|T2,,,,Gift wrap; blue,Sample Customer,Musterweg 1,Köln,'01067,Germany,a@example.com,41.40,EUR,yes
`},
		{"header once, German", "o.csv", "Bestellnummer;version;shop;Bestelldatum;Versand bis;Lieferdatum;Versandart;Tote;Artikelnummer;Menge;Lagerplatz;Hinweis;Empf\xe4nger;Stra\xdfe;Ort;PLZ;Land;email;Summe;Geschenk\r\n" +
			"#1001;3;web;22.11.2026 09:14;23.11.2026;2026-11-25 12:00:00 +0100;express-next;T1|T2;MUG;2,0;A-1;;Sample Customer;Musterweg 1;K\xf6ln;01067;Deutschland;a@example.com;41,40;ja\r\n" +
			"1001;;;;;;;;TEA;1;;leave the price tag off;;;;;;;;\r\n1001;;;;;;;;;;;\"Gift wrap; blue\";;;;;;;;\r\n"},
		{"JSON", "o.json", `[{"order":1001,"version":3,"shop":"web","placed":"2026-11-22T09:14","ship_by":"2026-11-23","promise":"2026-11-25T12:00:00+01:00","service":"express-next","totes":["T1","T2"],
			"sku":"MUG","qty":2,"bin":"A-1","name":"Sample Customer","street":"Musterweg 1","city":"Köln","postcode":"01067","country":"de","email":"a@example.com","value":41.40,"gift":true},
			{"order":"1001","sku":"TEA","qty":"1","note":"leave the price tag off"},{"order":"1001","note":"Gift wrap; blue"}]`},
		{"a workbook with real dates", "o.xlsx", workbook(t, [][]any{
			{"order", "version", "shop", "placed", "ship by", "promise", "service", "totes", "sku", "qty", "bin", "note", "name", "street", "city", "postcode", "country", "email", "value", "gift"},
			{
				1001, 3, "web", time.Date(2026, 11, 22, 9, 14, 0, 0, time.UTC), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC),
				"express-next", "T1|T2", "MUG", 2, "A-1", "", "Sample Customer", "Musterweg 1", "Köln", "01067", "DE", "a@example.com", 41.4, true,
			},
			{1001, "", "", "", "", "", "", "", "TEA", 1, "", "leave the price tag off"},
			{1001, "", "", "", "", "", "", "", "", "", "", "Gift wrap; blue"},
		})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, rep := readOrders(t, tt.text, tt.file)
			if rep.Read != 3 || rep.Bad() != 0 || len(got) != 1 {
				t.Fatalf("%d orders, report %+v", len(got), rep)
			}
			o := got[0]
			for _, d := range []struct{ got, want *time.Time }{{&o.Placed, &want.Placed}, {&o.ShipBy, &want.ShipBy}, {&o.Promise, &want.Promise}} {
				if !d.got.Equal(*d.want) {
					t.Errorf("time %s, want %s", d.got, d.want)
				}
				*d.got = *d.want // the same moment may be written in two zones
			}
			if !reflect.DeepEqual(o, want) {
				t.Errorf("got %+v\nwant %+v", o, want)
			}
		})
	}
}

func TestRejectedOrderRows(t *testing.T) {
	const header = "order,sku,qty,line,country,placed,status,note\n"
	tests := []struct{ name, row, column, reason string }{
		{"quantity 0", "1,MUG,0", "qty", "the quantity is 0"},
		{"quantity below zero", "1,MUG,-2", "qty", "the quantity -2 is below zero"},
		{"a huge quantity", "1,MUG,1000000", "qty", "more than 10000"},
		{"a quantity beyond any number", "1,MUG,99999999999999999999", "qty", "not a whole number"},
		{"marks without digits", "1,MUG,..", "qty", "is not a number"},
		{"half a unit", "1,MUG,1.5", "qty", "not a whole number"},
		{"no quantity", "1,MUG,", "qty", "it is empty"},
		{"an unknown product", "1,MUGG,1", "sku", `the catalogue has no product "MUGG"`},
		{"no product", "1,,1", "sku", "it is empty"},
		{"a line twice", "1,TEA,1,good", "line", `order 1 has a line "good" already`},
		{"country", "1,TEA,1,,Atlantis", "country", `the country "Atlantis" is not known`},
		{"a date with two readings", "1,TEA,1,,,03/04/2026", "placed", "write it as 2026-01-31"},
		{"a date that can not be", "1,TEA,1,,,31.02.2026", "placed", "is not a date"},
		{"a status", "1,TEA,1,,,,lost", "status", "not one of open, held"},
		{"a stray quote", "1,TEA\",1", "", "quotation mark"},
		{"no order number", ",TEA,1", "order", "it is empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			orders, rep := readOrders(t, header+"1,SOAP,1,good\n"+tt.row+"\n2,TEA,1\n", "o.csv")
			if rep.Read != 3 || rep.Bad() != 1 {
				t.Fatalf("report %+v", rep)
			}
			if r := rep.Rejected[0]; r.Row != 3 || r.Column != tt.column || !strings.Contains(r.Reason, tt.reason) {
				t.Errorf("got %+v, want row 3, %s: %s", r, tt.column, tt.reason)
			}
			if len(orders) != 2 {
				t.Fatalf("%d orders: good rows must go on", len(orders))
			}
			// Packing order 1 as if the lost row were not there would be a wrong parcel.
			if orders[0].Status != station.OrderHeld || !strings.Contains(orders[0].Reason, "row 3") {
				t.Errorf("order 1 is %s, %q", orders[0].Status, orders[0].Reason)
			}
			lostItsOrder := tt.column == "" || tt.column == "order"
			if held := orders[1].Status == station.OrderHeld; held != lostItsOrder {
				t.Errorf("order 2 is %s, %q", orders[1].Status, orders[1].Reason)
			}
		})
	}
}

// An order of which no line can be read may be open here, as it was before: it is
// given away, held, with the reason.
func TestOrderWithoutGoods(t *testing.T) {
	orders, rep := readOrders(t, "order,sku,qty,note\n1,NONE,1,\n2,,,only a note\n3,MUG,1,\n", "o.csv")
	if len(orders) != 3 || rep.Bad() != 1 || len(rep.Left) != 1 || orders[2].Status != station.OrderOpen {
		t.Fatalf("%+v %+v", orders, rep)
	}
	for i, reason := range []string{"row 2 of the file", "no lines"} {
		if o := orders[i]; o.Status != station.OrderHeld || !strings.Contains(o.Reason, reason) {
			t.Errorf("%+v", o)
		}
	}
}

func TestRowsOfAnOrderMayStandApart(t *testing.T) {
	orders, _ := readOrders(t, "order,sku,qty,status,reason\n1,MUG,1,,\n2,TEA,1,,\n1,TEA,2,held,unpaid\n", "o.csv")
	if len(orders) != 2 || len(orders[0].Lines) != 2 || orders[0].Status != station.OrderHeld || orders[0].Reason != "unpaid" {
		t.Errorf("%+v", orders)
	}
}

// Two shops may use one number, and so may the very shop: a row belongs to the
// order of the row before it, unless it names another shop or id.
func TestOneNumberOfTwoShops(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"by shop": {
			"order,shop,sku,qty\n1001,A,MUG,1\n1001,B,TEA,2\n1001,A,TEA,3\n1001,,MUG,4\n1002,,MUG,5\n",
			"A:1001 is 1001 of A: MUG×1 TEA×3 MUG×4; B:1001 is 1001 of B: TEA×2; 1002 is 1002 of : MUG×5",
		},
		"the shop's name comes late": {
			"order,shop,sku,qty\n1001,,MUG,1\n1001,A,TEA,2\n",
			"A:1001 is 1001 of A: MUG×1 TEA×2",
		},
		"by the shop's own id": {
			"Order ID,Order Number,SKU,Qty\n71,R-5,MUG,1\n72,R-5,TEA,2\n,R-5,MUG,3\n73,73,MUG,4\n",
			"71 is R-5 of : MUG×1; 72 is R-5 of : TEA×2 MUG×3; 73 is 73 of : MUG×4",
		},
		"the id is all there is": {
			"Order ID,Product,Qty,Shop\n71,MUG,1,A\n",
			"A:71 is 71 of A: MUG×1",
		},
		"Shopify's": {
			"Name,Lineitem name,Lineitem quantity,Lineitem sku,Id\n#1001,Mug,1,MUG,6001\n#1001,Tea,2,TEA,\n#1001,Mug,3,MUG,7001\n",
			"shopify:6001 is 1001 of shopify: MUG×1 TEA×2; shopify:7001 is 1001 of shopify: MUG×3",
		},
	} {
		orders, rep, err := ReadOrders(context.Background(), strings.NewReader(c.text), "o.csv", Options{})
		if err != nil || rep.Bad() != 0 {
			t.Errorf("%s: %v, %+v", name, err, rep)
		}
		var got []string
		for _, o := range orders {
			text := fmt.Sprintf("%s is %s of %s:", o.ID, o.Called(), o.Shop)
			for _, l := range o.Lines {
				text += fmt.Sprintf(" %s×%d", l.SKU, l.Qty)
			}
			got = append(got, text)
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestShopifyExport(t *testing.T) {
	files, err := assets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(files, "shopify-orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	orders, rep, err := ReadOrders(context.Background(), strings.NewReader(string(data)), "orders_export.csv", Options{})
	if err != nil || rep.Bad() != 0 || rep.Read != 8 {
		t.Fatalf("%v, report %+v", err, rep)
	}
	var got []string
	for _, o := range orders {
		text := fmt.Sprintf("%s %s %s %q %s %s", o.ID, o.Called(), o.Status, o.Reason, o.To.Postcode, o.To.Country)
		for _, l := range o.Lines {
			text += fmt.Sprintf(" [%s %s%s×%d]", l.ID, l.SKU, l.Text, l.Qty)
		}
		got = append(got, text)
	}
	want := []string{
		`shopify:6001 2001 open "" 10115 DE [note Please ring twice, second bell×1] [2 MUG-WHITE×2] [3 CANDLE-FIG×1]`,
		`shopify:6002 2002 held "payment: pending" 8010 AT [1 HONEY×1]`,
		`shopify:6003 2003 cancelled "cancelled in the shop" 20095 DE [1 NOTEBOOK-A5×1]`,
		`shopify:6004 2004 done "fulfilled in the shop" 8001 CH [1 POSTER-TUBE×1]`,
		`shopify:6005 2005 open "" 28195 DE [1 KETTLE×1]`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	first := orders[0]
	if first.To.Street != "Musterweg 1" || first.To.Street2 != "3. OG" || first.Service != "Standard" || first.Value.String() != "51.70 EUR" {
		t.Errorf("order 2001: %+v", first)
	}
	if want := time.Date(2026, 11, 20, 9, 12, 30, 0, time.UTC); !first.Placed.Equal(want) {
		t.Errorf("placed %s", first.Placed)
	}
}

func TestShopifyHoldsWhatItDoesNotUnderstand(t *testing.T) {
	const header = "Name,Financial Status,Fulfillment Status,Cancelled at,Risk Level,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem fulfillment status\n"
	tests := []struct {
		row    string
		status station.OrderStatus
	}{
		{"#1,paid,,,,1,Mug,MUG,", station.OrderOpen},
		{"#1,paid,unfulfilled,,Low,1,Mug,MUG,pending", station.OrderOpen},
		{"#1,authorized,unfulfilled,,,1,Mug,MUG,pending", station.OrderHeld},
		{"#1,partially_paid,unfulfilled,,,1,Mug,MUG,pending", station.OrderHeld},
		{"#1,partially_refunded,unfulfilled,,,1,Mug,MUG,pending", station.OrderHeld},
		{"#1,refunded,unfulfilled,,,1,Mug,MUG,pending", station.OrderCancelled},
		{"#1,paid,on_hold,,,1,Mug,MUG,pending", station.OrderHeld},
		{"#1,paid,a new word,,,1,Mug,MUG,pending", station.OrderHeld},
		{"#1,paid,unfulfilled,,High,1,Mug,MUG,pending", station.OrderHeld},
		{"#1,paid,fulfilled,,,1,Mug,MUG,fulfilled", station.OrderDone},
		{"#1,paid,unfulfilled,2026-11-20 10:00:00 +0100,,1,Mug,MUG,pending", station.OrderCancelled},
		{"#1,paid,unfulfilled,,,1,Mug,MUG,pending\n#1,,,,,1,No SKU,,pending", station.OrderHeld},
		{"#1,paid,unfulfilled,,,1,Mug,MUG,pending\n#1,,,,,1,Unknown,WHAT,pending", station.OrderHeld},
		{"#1,paid,partial,,,1,Mug,MUG,pending\n#1,,,,,3,Tea,TEA,partial", station.OrderHeld},
	}
	for _, tt := range tests {
		orders, _ := readOrders(t, header+tt.row+"\n", "orders_export.csv")
		if len(orders) != 1 || orders[0].Status != tt.status {
			t.Errorf("%s: got %+v, want %s", tt.row, orders, tt.status)
		}
		if tt.status != station.OrderOpen && orders[0].Reason == "" {
			t.Errorf("%s: no reason", tt.row)
		}
	}
}

func TestHundredThousandOrders(t *testing.T) {
	if testing.Short() {
		t.Skip("large")
	}
	var file strings.Builder
	fmt.Fprintln(&file, "order,sku,qty,ship by,name,street,postcode,city,country")
	for i := range 100_000 {
		fmt.Fprintf(&file, "%d,MUG,2,2026-11-23,Sample Customer,Musterweg 1,10115,Berlin,DE\n%d,TEA,1,,,,,,\n", i, i)
	}
	calls := 0
	began := time.Now()
	orders, rep, err := ReadOrders(context.Background(), strings.NewReader(file.String()), "o.csv", Options{Product: shelf, Progress: func(int) { calls++ }})
	if err != nil || len(orders) != 100_000 || rep.Read != 200_000 || calls < 200 {
		t.Fatalf("%d orders of %d rows, %d calls, %v", len(orders), rep.Read, calls, err)
	}
	t.Logf("%s", time.Since(began))
}

func TestReadingCanBeStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	text := "order,sku,qty\n" + strings.Repeat("1,MUG,1\n", 50_000)
	rows := 0
	_, _, err := ReadOrders(ctx, strings.NewReader(text), "o.csv", Options{Progress: func(n int) {
		if rows = n; n == 1000 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) || rows > 2000 {
		t.Errorf("after %d rows: %v", rows, err)
	}
}

func TestReadErrorIsNotAnEnd(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("order,sku,qty\n1,MUG,1\n"), badReader{})
	orders, _, err := ReadOrders(context.Background(), broken, "o.csv", Options{})
	if err == nil || orders != nil {
		t.Errorf("a file that breaks off was taken: %v", orders)
	}
}

type badReader struct{}

func (badReader) Read([]byte) (int, error) { return 0, errors.New("the stick was pulled") }

func TestManyRejectionsAreCountedNotListed(t *testing.T) {
	_, rep := readOrders(t, "order,sku,qty\n"+strings.Repeat("1,MUG,0\n", 5000), "o.csv")
	if len(rep.Rejected) != 1000 || rep.Bad() != 5000 {
		t.Errorf("%d listed of %d", len(rep.Rejected), rep.Bad())
	}
}

// Whatever the bytes are: no panic, no order without goods, no quantity that
// can not be, and every row is either in an order or accounted for.
func FuzzOrders(f *testing.F) {
	f.Add([]byte("order,sku,qty,note\n1,MUG,1,\n1,,,wrap\n2,TEA,0,\n"), false)
	f.Add([]byte("sep=;\r\norder;sku;qty;value\r\n1;MUG;1,0;12,50\r\n\"2;TEA\";1\r\n"), false)
	f.Add([]byte("\xff\xfeo\x00r\x00d\x00e\x00r\x00"), false)
	f.Add([]byte("Name,Lineitem name,Lineitem quantity,Lineitem sku,Financial Status\n#1,Mug,1,MUG,paid\n#1,Tea,2,TEA,\n"), false)
	f.Add([]byte(`[{"order":1,"sku":"MUG","qty":1e0},{"order":"1","note":"x"}]`), true)
	f.Add([]byte("order;sku;qty\n1;MUG;,,\n2;MUG;1.000.000\n"), false)
	f.Add([]byte("order,sku,qty\n1,\"MUG,1\n2,TEA,1\n"), false)
	f.Fuzz(func(t *testing.T, data []byte, object bool) {
		name := "o.csv"
		if object {
			name = "o.json"
		}
		orders, rep, err := ReadOrders(context.Background(), strings.NewReader(string(data)), name, Options{})
		if err != nil {
			return
		}
		lines := 0
		for _, o := range orders {
			goods := 0
			for _, l := range o.Lines {
				if l.Kind == station.Goods {
					goods++
				}
				if l.Qty < 1 || l.Qty > MaxQty || l.ID == "" {
					t.Errorf("line %+v", l)
				}
			}
			if goods == 0 && o.Status == station.OrderOpen || o.ID == "" {
				t.Errorf("order %+v", o)
			}
			if o.Status == station.OrderHeld && o.Reason == "" {
				t.Errorf("held without a reason: %+v", o)
			}
			lines += len(o.Lines)
		}
		if lines > 2*rep.Read {
			t.Errorf("%d lines of %d rows", lines, rep.Read)
		}
	})
}

func FuzzProducts(f *testing.F) {
	f.Add([]byte("sku,barcode,mass,size\nA,9520000000011*6;x,1.5 kg,1x2x3 cm\n"))
	f.Add([]byte("sku;mass g;width;length;height\nA;1,5;1;2;3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		items, _, err := ReadProducts(context.Background(), strings.NewReader(string(data)), "p.csv", Options{})
		if err != nil {
			return
		}
		for _, p := range items {
			if p.SKU == "" || p.Mass < 0 || p.Size.Width < 0 {
				t.Errorf("product %+v", p)
			}
			for _, b := range p.Barcodes {
				if b.Factor < 1 || b.Code == "" {
					t.Errorf("product %+v", p)
				}
			}
		}
	})
}
