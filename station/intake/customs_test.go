package intake

import (
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

func euro(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }

func TestProductsCarryCustomsData(t *testing.T) {
	want := station.Product{SKU: "MUG", Name: "MUG", HSCode: "691200", Origin: "PT", Value: euro(1490), Customs: "Stoneware mug"}
	for _, c := range []struct{ name, text string }{
		{"plain", "sku,hs code,origin,customs value,customs description\nMUG,6912.00,pt,14.90 EUR,Stoneware mug\n"},
		{"German", "Artikelnummer;Zolltarifnummer;Ursprungsland;Zollwert;Währung;Warenbezeichnung\nMUG;6912 00;Portugal;14,90;EUR;Stoneware mug\n"},
		{"a shop's export", "Variant SKU,HS tariff number,Country of origin,Variant Price,customs name\nMUG,691200,PT,14.90,Stoneware mug\n"},
		{"the customs value wins", "sku,price,customs_value,hs,made in,customs description\nMUG,19.90,14.90,691200,PT,Stoneware mug\n"},
	} {
		items, rep := readProducts(t, c.text, "p.csv")
		if len(items) != 1 || rep.Bad() != 0 || len(rep.Ignored) != 0 {
			t.Errorf("%s: %d products, %+v", c.name, len(items), rep)
			continue
		}
		got := items[0]
		if got.HSCode != want.HSCode || got.Origin != want.Origin || got.Value != want.Value || got.Customs != want.Customs {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestWrongCustomsDataIsRejected(t *testing.T) {
	for _, c := range []struct{ column, cell, says string }{
		{"hs code", "6912", `"6912" has 4 digits; an HS code has 6 to 10`},
		{"hs code", "69120023001", "has 11 digits"},
		{"hs code", "6912.OO", `"6912.OO" is not an HS code; write 6 to 10 digits, such as 6912.00`},
		{"origin", "Portuguese", `the country "Portuguese" is not known`},
		{"customs value", "-1.00", "below zero"},
		{"customs value", "cheap", "cheap"},
		{"customs value", "99999999999.00", "too much"},
	} {
		items, rep := readProducts(t, "sku,"+c.column+"\nMUG,"+c.cell+"\n", "p.csv")
		if len(items) != 0 || len(rep.Rejected) != 1 || rep.Rejected[0].Column != c.column || !strings.Contains(rep.Rejected[0].Reason, c.says) {
			t.Errorf("%s %q: %d products, %+v", c.column, c.cell, len(items), rep.Rejected)
		}
	}
}

// A price list is not made for customs: what cannot be read there costs the
// value, not the product. A code that is one digit short is worth a look.
func TestDoubtfulCustomsDataIsWarnedOf(t *testing.T) {
	items, rep := readProducts(t, "sku,price,hs code\nMUG,on request,9021000\n", "p.csv")
	if len(items) != 1 || items[0].Value.Currency != "" || len(rep.Warnings) != 2 {
		t.Errorf("%+v, %+v", items, rep)
	}
}

func TestLinesCarryPrices(t *testing.T) {
	dollars := func(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "USD"} }
	for _, c := range []struct {
		name, text string
		want       []unit.Money
	}{
		{"plain", "order,sku,qty,price\n1,MUG,2,14.90\n1,TEA,1,\n", []unit.Money{euro(1490), {}}},
		{"the currency stands on the first row", "order,sku,qty,price,currency\n1,MUG,2,14.90,USD\n1,TEA,1,0,\n", []unit.Money{dollars(1490), dollars(0)}},
		{"German", "Bestellnummer;Artikelnummer;Menge;Einzelpreis\n1;MUG;2;14,90\n1;TEA;1;7,50 €\n", []unit.Money{euro(1490), euro(750)}},
		{
			"Shopify", "Name,Lineitem quantity,Lineitem name,Lineitem sku,Lineitem price,Currency\n#1,2,Mug,MUG,14.90,USD\n#1,1,Tea,TEA,7.50,\n",
			[]unit.Money{dollars(1490), dollars(750)},
		},
	} {
		orders, rep := readOrders(t, c.text, "o.csv")
		if len(orders) != 1 || rep.Bad() != 0 || len(orders[0].Lines) != len(c.want) {
			t.Errorf("%s: %+v, %+v", c.name, orders, rep)
			continue
		}
		for i, l := range orders[0].Lines {
			if l.Price != c.want[i] {
				t.Errorf("%s: line %d costs %s, want %s", c.name, i+1, l.Price, c.want[i])
			}
		}
	}
	orders, rep := readOrders(t, "order,sku,qty,price\n1,MUG,2,14.90\n1,TEA,1,free\n", "o.csv")
	if len(rep.Rejected) != 1 || rep.Rejected[0].Column != "price" || len(orders) != 1 || orders[0].Status != station.OrderHeld {
		t.Errorf("a price that is none: %+v, %+v", orders, rep)
	}
}

// FuzzCustoms: whatever a file says, what is kept is an HS code, a country and
// an amount that papers can print, or nothing.
func FuzzCustoms(f *testing.F) {
	for _, seed := range [][3]string{{"6912.00", "PT", "14.90"}, {"6912 00 23 00", "Germany", "€ 1.234,50"}, {"٦٩١٢٠٠", "p\x00t", "1e400"}, {"-691200", "UK", "-1"}} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, code, origin, value string) {
		cell := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		text := "sku,hs code,origin,customs value\nMUG," + cell(code) + "," + cell(origin) + "," + cell(value) + "\n"
		items, _, err := ReadProducts(t.Context(), strings.NewReader(text), "p.csv", Options{})
		if err != nil {
			return
		}
		for _, p := range items {
			switch {
			case p.HSCode != "" && (len(p.HSCode) < 6 || len(p.HSCode) > 10 || strings.Trim(p.HSCode, "0123456789") != ""):
				t.Errorf("HS code %q of %q", p.HSCode, code)
			case p.Origin != "" && (len(p.Origin) != 2 || strings.Trim(p.Origin, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != ""):
				t.Errorf("origin %q of %q", p.Origin, origin)
			case p.Value.Minor < 0 || p.Value.Minor > mostAmount || p.Value.Minor > 0 && p.Value.Currency == "":
				t.Errorf("value %v of %q", p.Value, value)
			}
		}
	})
}

// Codes 24 and 37: what customs abroad cannot read is said while there is time.
func TestGoodsInLettersThatCustomsDoNotReadAreSaid(t *testing.T) {
	const head = "sku,name,hs code,customs description\n"
	for row, want := range map[string]string{
		"X,Чай зелёный,090210,": `2 customs description: customs papers would say "Чай зелёный", in Cyrillic letters that few offices abroad read; write it in English`,
		"X,Tea,090210,日本茶":      `2 customs description: customs papers would say "日本茶", in Chinese or Japanese letters that few offices abroad read; write it in English`,
		"X,日本茶,090210,Tea":      "",
		"X,日本茶,,":               "", // nothing says that it goes abroad
		"X,Thé vert,090210,":    "",
	} {
		items, rep, err := ReadProducts(t.Context(), strings.NewReader(head+row+"\n"), "p.csv", Options{})
		if err != nil || len(items) != 1 || warned(rep) != want {
			t.Errorf("%s: %v, %q, not %q", row, err, warned(rep), want)
		}
	}
}
