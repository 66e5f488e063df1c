package intake

import (
	"fmt"
	"strings"
	"testing"
)

// Code 03 of the trial: 1.234 in a file of a country with a decimal comma is a
// thousand and more, elsewhere it is one and a little. The other cells say which,
// or nothing is taken and both readings are named.
func TestThousandsAndDecimals(t *testing.T) {
	const two = "two ways"
	for _, c := range []struct{ name, header, rows, want string }{
		// the file's habit and the kind of quantity agree
		{"p.csv", "sku;price", "A;1.234", "1234.00 EUR"},
		{"p.csv", "sku;mass", "A;1.250 g", "1.250 kg"},
		{"p.csv", "sku;mass", "A;1,250 kg", "1.250 kg"},
		{"p.csv", "sku,mass", "A,1.250 kg", "1.250 kg"},
		{"p.csv", "sku,mass", "A,2.5 lb", "1.134 kg"},
		{"p.csv", "sku,mass", "A,１．２５０　ｋｇ", "1.250 kg"},
		{"p.csv", "sku,price", "A,１２００ JPY", "1200 JPY"},
		{"p.csv", "sku;price", "A;0.234", "0.23 EUR"},
		{"p.csv", "sku;price", "A;1234.500", "1234.50 EUR"},
		{"p.csv", "sku;price", "A;1.234,5", "1234.50 EUR"},
		{"p.csv", "sku;price;currency", "A;1,234;KWD", "1.234 KWD"},
		{"p.csv", "sku;price;currency", "A;1.234;JPY", "1234 JPY"},
		{"p.csv", "sku,price,currency", "A,1.234,JPY", "1234 JPY"},
		// they do not
		{"p.csv", "sku;mass", "A;1.250 kg", two},
		{"p.csv", "sku;mass", "A;1,250 g", two},
		{"p.csv", "sku,mass", "A,1.250 g", two},
		{"p.csv", "sku,mass", `A,"1,250 kg"`, two},
		{"p.csv", "sku,customs value", "A,1.234", two},
		{"p.csv", "sku;customs value", "A;1,234", two},
		{"p.csv", "sku;size", "A;1.200x800x600 cm", two},
		// another cell of the column has proven it
		{"p.csv", "sku;mass", "A;1.250 kg\nB;0,5 kg", "1250.000 kg"},
		{"p.csv", "sku;mass", "A;1.250 kg\nB;0.5 kg", "1.250 kg"},
		{"p.csv", "sku,mass", "A,1.250 g\nB,12.5 g", "0.001 kg"},
		{"p.csv", "sku,mass", "A,1.250 g\nB,\"1.250,5 g\"", "1.250 kg"},
		{"p.csv", "sku,mass", "A,\"1,250 kg\"\nB,\"2,5 kg\"", "1.250 kg"},
		{"p.csv", "sku,mass", "A,\"1,250 kg\"\nB,2.5 kg", "1250.000 kg"},
		{"p.csv", "sku,price", "A,1.234\nB,12.50", "1.23 EUR"},
		{"p.csv", "sku,price", "A,1.234\nB,1.234.567", "1234.00 EUR"},
		{"p.csv", "sku,mass", "A,1.250 g\nB,2500 g", "0.001 kg"},
		{"p.csv", "sku;mass", "A;1.250 kg\nB;0.5 kg\nC;0,5 kg", two},
		{"p.csv", "sku;size", "A;1.200x800x600 mm\nB;12,5x3x3 mm", "1200 × 800 × 600 mm"},
		// another column has
		{"p.csv", "sku,mass,price", `A,1.250 g,"12,50"`, "1.250 kg"},
		{"p.csv", "sku;mass;price", "A;1.250 kg;12.50", "1.250 kg"},
		{"p.csv", "sku;mass;hs code", "A;1.250 kg;6912.00", two},
		// numbers that a format keeps as numbers
		{"p.json", "", `[{"sku":"A","mass_g":1.250}]`, "0.001 kg"},
		{"p.json", "", `[{"sku":"A","customs value":1.234}]`, "1.23 EUR"},
		{"p.json", "", `[{"sku":"A","customs value":"1,234"}]`, two},
		{"p.json", "", `[{"sku":"A","customs value":"1.234"}]`, two},
		{"p.json", "", `[{"sku":"A","customs value":"1.234,50"}]`, "1234.50 EUR"},
	} {
		items, rep := readProducts(t, c.header+"\n"+c.rows+"\n", c.name)
		if c.header == "" {
			items, rep = readProducts(t, c.rows, c.name)
		}
		got := told(rep)
		if got == "" {
			switch item := items[0]; {
			case item.Mass > 0:
				got = item.Mass.String()
			case !item.Size.IsZero():
				got = item.Size.String()
			default:
				got = item.Value.String()
			}
		}
		if got != c.want && (c.want != two || !strings.Contains(got, "can be read in two ways, as 1")) {
			t.Errorf("%s %q: %s; want %s", c.header, c.rows, got, c.want)
		}
	}
}

// told is the first thing that a report says.
func told(rep Report) string {
	if rep.Bad() > 0 {
		return rep.Rejected[0].Reason
	}
	return warned(rep)
}

func TestQuantitiesOfAThousand(t *testing.T) {
	for rows, want := range map[string]string{
		"order;sku;qty;value\nA;MUG;1.000;14.900,00": "1000",
		"order;sku;qty;value\nA;MUG;1,000;14900,00":  "1",
		"order;sku;qty;value\nA;MUG;1.000;14900.00":  "1",
		"order;sku;qty\nA;MUG;1.000":                 "two ways, as 1000 or as 1.000; write 1000 or 1.0000",
		"order,sku,qty\nA,MUG,1.000":                 "two ways",
		"order,sku,qty\nA,MUG,1.234":                 "1234",
		"order,sku,qty\nA,MUG,\"1,234\"":             "1234",
		"order,sku,qty\nA,MUG,1.000\nB,MUG,1.234":    "1000",
		"order,sku,qty\nA,MUG,1.000\nB,MUG,0.000":    "1",
		"order,sku,qty\nA,MUG,1.0":                   "1",
		"order,sku,qty\nA,MUG,1.5":                   "is not a whole number",
	} {
		orders, rep := readOrders(t, rows+"\n", "o.csv")
		got := ""
		if len(orders) > 0 && len(orders[0].Lines) > 0 {
			got = fmt.Sprint(orders[0].Lines[0].Qty)
		}
		if rep.Bad() > 0 && got == "" {
			got = rep.Rejected[0].Reason
		}
		if got != want && !(len(want) > 4 && strings.Contains(got, want)) {
			t.Errorf("%q: %s; want %s", rows, got, want)
		}
	}
}

// A workbook keeps numbers as numbers; what stands there as a text is one in
// somebody's writing.
func TestNumbersOfAWorkbook(t *testing.T) {
	for _, c := range []struct {
		cells [3]any // qty, price, value
		want  string
	}{
		{[3]any{1000, 1.234, 12.5}, "1000 1.23 EUR"},
		{[3]any{"1.000", 1.5, "14.900,00"}, "1000 1.50 EUR"},
		{[3]any{"1.000", 1.5, 12.5}, "two ways"},
		{[3]any{"1.000", 2, ""}, "two ways"},
		{[3]any{1, "1.500", ""}, "two ways"},
	} {
		book := workbook(t, [][]any{{"order", "sku", "qty", "price", "value"}, {"A", "MUG", c.cells[0], c.cells[1], c.cells[2]}})
		orders, rep := readOrders(t, book, "o.xlsx")
		got := ""
		if rep.Bad() > 0 {
			got = rep.Rejected[0].Reason
		} else {
			got = fmt.Sprint(orders[0].Lines[0].Qty, " ", orders[0].Lines[0].Price)
		}
		if got != c.want && !(c.want == "two ways" && strings.Contains(got, c.want)) {
			t.Errorf("%v: %s, want %s", c.cells, got, c.want)
		}
	}
}

// What is proven behind the rows that are read ahead comes too late: then both
// readings are named. It is no matter how long the file is, and none of its rows
// is lost or read twice.
func TestNumbersAreLookedAtAhead(t *testing.T) {
	var b strings.Builder
	b.WriteString("sku;mass\n")
	for i := range lookedRows + 200 {
		fmt.Fprintf(&b, "S%d;1,5 kg\n", i)
	}
	b.WriteString("LAST;1.250 kg\n\"broken\n")
	items, rep := readProducts(t, b.String(), "p.csv")
	if len(items) != lookedRows+201 || rep.Bad() != 1 || items[len(items)-1].Mass.String() != "1250.000 kg" || rep.Read != lookedRows+202 {
		t.Errorf("%d products, %d rows, %v", len(items), rep.Read, rep.Rejected)
	}
}

// An amount is in the currency that stands beside it, and never in another one
// because that is the usual one.
func TestSignsOfCurrencies(t *testing.T) {
	for cells, want := range map[string]string{
		"£12.00,":      "12.00 GBP",
		"12.00 £,":     "12.00 GBP",
		"€12.00,":      "12.00 EUR",
		"12.00,":       "12.00 EUR",
		"12.00,GBP":    "12.00 GBP",
		"£12.00,GBP":   "12.00 GBP",
		"£12.00,EUR":   "£ is not the sign of EUR",
		"$12.00,":      "$ is the sign of several currencies",
		"$12.00,CAD":   "12.00 CAD",
		"US$ 12.00,":   "12.00 USD",
		"¥1200,":       "¥ is the sign of several currencies",
		"¥1200,jpy":    "1200 JPY",
		"12.00 zł,":    "12.00 PLN",
		"kr 12.00,":    "kr is the sign of several currencies",
		"12.00 kr,SEK": "12.00 SEK",
		"CHF 12.-,":    "12.00 CHF",
		"12.–,":        "12.00 EUR",
		"12.50 usd,":   "12.50 USD",
		"12.50USD,EUR": "12.50 USD",
		"₿ 12.00,":     "is no currency",
		"£12.00€,":     "is not a number",
		"-12.50 EUR,":  "is below zero",
	} {
		items, rep := readProducts(t, "sku,customs value,currency\nA,"+cells+"\n", "p.csv")
		got := told(rep)
		if len(items) > 0 {
			got = items[0].Value.String()
		}
		if got != want && !(len(want) > 9 && strings.Contains(got, want)) {
			t.Errorf("%s: %s; want %s", cells, got, want)
		}
	}
}
