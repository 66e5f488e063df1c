package intake

import (
	"fmt"
	"strings"
	"testing"
)

// TestWhatStandsAroundATable: titles above it and accounts of it below are no rows.
func TestWhatStandsAroundATable(t *testing.T) {
	const head, rows, read = "order,sku,qty,name,street,city,postcode\n", "1,MUG,2,Ann,,,\n2,TEA,1,Bob,,,\n", "1 MUG*2 Ann; 2 TEA*1 Bob"
	for _, c := range []struct{ name, text, want, below string }{
		{"a blank line", "\n" + head + rows, read, ""},
		{"a line of commas", ",,,,,,\n" + head + ",,,,,,\n" + rows, read, ""},
		{"a title", "Orders of November\n" + head + rows, read, ""},
		{"titles", "Shop,Orders\n\"20 Nov, 10:00\"\n\n" + head + rows, read, ""},
		{"a title with another separator", "Orders; all; of today\n" + head + rows, read, ""},
		{"columns of nothing", strings.ReplaceAll("x\n"+head+rows, ",", ";"), read, ""},
		{"an account", head + rows + "\n3,record(s) downloaded,\nSeller ID : x\n", read, "5 7"},
		{"an account without a blank line", head + rows + "2 record(s) downloaded\nSeller ID : x\n", read, "4 5"},
		{"a sum", head + rows + "Total,,3,,,,\n", read, "4"},
		{"what else stands apart", head + rows + "\n\nmade by the exporter\n", read, "6"},
		{"a row that breaks off", head + rows + "3,PEN", read + "; row 4: it is empty", ""},
		{"a row that breaks off behind a blank one", head + "1,MUG,2,Ann,,,\n\n2,TEA,1,Bob,,,\n\n3,PEN", read + "; row 6: it is empty", ""},
		{"a sum in the middle", head + "1,MUG,2,Ann,,,\nTotal,,2,,,,\n2,TEA,1,Bob,,,\n", read + "; row 3: it is empty", ""},
		{"no header", "Orders\n" + rows, `o.csv: there is no column "order"; the file has: Orders`, ""},
		{"a header far below", strings.Repeat("x\n", 21) + head + rows, `o.csv: there is no column "order"; the file has: x`, ""},
	} {
		if got := cellsOf(t, "o.csv", c.text); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		_, rep, _ := ReadOrders(t.Context(), strings.NewReader(c.text), "o.csv", Options{})
		var below []string
		for _, w := range rep.Warnings {
			if strings.Contains(w.Reason, "below the table") {
				below = append(below, fmt.Sprint(w.Row))
			}
		}
		if c.name == "an account" {
			c.below = "5 6"
		}
		if got := strings.Join(below, " "); got != c.below {
			t.Errorf("%s: %s below, want %s", c.name, got, c.below)
		}
	}
	if _, _, err := ReadProducts(t.Context(), strings.NewReader("name,type\nMug,article\nTea,article\n"), "p.csv", Options{}); err == nil {
		t.Error("a cell was taken for a header")
	}
	book := ofCells(t, "", `<row r="2">`+textCells(2, 'C', "Orders of today")+`</row><row r="5">`+textCells(5, 'C', "order", "sku", "qty", "name", "street", "city", "postcode")+
		`</row><row r="6">`+textCells(6, 'C', "1", "MUG", "2", "Ann")+`</row><row r="9">`+textCells(9, 'C', "Total", "", "2")+"</row>", "")
	if got := cellsOf(t, "o.xlsx", book); got != "1 MUG*2 Ann" {
		t.Error(got)
	}
}
