package intake

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"packbench/station"
)

// ofCells is a workbook whose first sheet has these rows, as XML, and whose
// properties are given.
func ofCells(t *testing.T, properties, rows, behind string) string {
	t.Helper()
	book := sheet(t, strings.NewReader("<worksheet><sheetData>"+rows+sheetTail[:len("</sheetData>")]+behind+"</worksheet>"), strings.NewReader(bookTexts))
	return rewritten(t, book, "xl/workbook.xml", func(s string) string {
		return strings.Replace(s, "<sheets>", properties+"<sheets>", 1)
	})
}

// textCells are cells with texts, from a column on.
func textCells(row int, from rune, texts ...string) (out string) {
	for i, text := range texts {
		if text != "" {
			out += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, from+rune(i), row, text)
		}
	}
	return out
}

// TestDatesOfAWorkbook: days count from 1900 or from 1904, or are written out with
// a zone.
func TestDatesOfAWorkbook(t *testing.T) {
	for _, c := range []struct{ properties, cell, want string }{
		{"", `<c r="D2"><v>46346</v></c>`, "2026-11-20T23:59:59Z"},
		{`<workbookPr date1904="0"/>`, `<c r="D2"><v>46346.5</v></c>`, "2026-11-20T12:00:00Z"},
		{`<workbookPr date1904="1"/>`, `<c r="D2"><v>44884</v></c>`, "2026-11-20T23:59:59Z"},
		{`<workbookPr date1904="true"/>`, `<c r="D2"><v>44884.25</v></c>`, "2026-11-20T06:00:00Z"},
		{`<workbookPr date1904="1"/>`, `<c r="D2" t="str"><v>2026-11-20</v></c>`, "2026-11-20T23:59:59Z"},
		{"", `<c r="D2" t="d"><v>2026-11-20T00:00:00</v></c>`, "2026-11-20T23:59:59Z"},
		{"", `<c r="D2" t="d"><v>2026-11-20T08:30:00.000Z</v></c>`, "2026-11-20T08:30:00Z"},
		{"", textCells(2, 'D', "2026-11-20T10:00:00+02:00"), "2026-11-20T08:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20 10:00:00 +0200"), "2026-11-20T08:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20 10:00:00+02:00"), "2026-11-20T08:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20T10:00:00-0500"), "2026-11-20T15:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20 10:00 -0500"), "2026-11-20T15:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20 10:00:00 UTC"), "2026-11-20T10:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20 10:00 GMT"), "2026-11-20T10:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20T10:00Z"), "2026-11-20T10:00:00Z"},
		{"", textCells(2, 'D', "2026-11-20 10:00:00 PST"), ""}, // of which there are several
	} {
		text := ofCells(t, c.properties, "<row>"+textCells(1, 'A', "order", "sku", "qty", "ship by")+"</row><row>"+textCells(2, 'A', "1", "MUG", "1")+c.cell+"</row>", "")
		orders, rep, err := ReadOrders(t.Context(), strings.NewReader(text), "o.xlsx", Options{})
		got := ""
		if len(orders) == 1 && orders[0].Status == station.OrderOpen {
			got = orders[0].ShipBy.UTC().Format(time.RFC3339)
		}
		if err != nil || got != c.want || (c.want == "") != (rep.Bad() > 0) {
			t.Errorf("%s %s: %s, want %s; %+v, %v", c.properties, c.cell, got, c.want, rep, err)
		}
	}
}

// TestCellsWithoutAValue: what a spreadsheet writes in place of a value is no name,
// no code and no street, in a workbook or in a text. A formula whose value was not
// kept has none either.
func TestCellsWithoutAValue(t *testing.T) {
	columns := []string{"order", "sku", "qty", "name", "street", "city", "postcode", "note"}
	for i, column := range columns {
		for _, word := range []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#NV", "#WERT!", "#BEZUG!", "#¡VALOR!", "#####", "Err:502"} {
			cells := []string{"1", "MUG", "2", "Ann", "Lane 1", "Berlin", "10115", "fragile"}
			cells[i] = word
			text := strings.Join(columns, ",") + "\n" + strings.Join(cells, ",") + "\n1,TEA,1,,,,,\n2,TEA,1,,,,,\n"
			orders, rep := readOrders(t, text, "o.csv")
			held := len(orders) == 2 && orders[0].Status == station.OrderHeld && orders[0].Reason != ""
			if rep.Bad() != 1 || rep.Rejected[0].Row != 2 || rep.Rejected[0].Column != column || i > 0 && !held {
				t.Errorf("%s %s: %+v, %+v", column, word, orders, rep)
			}
		}
	}
	for cell, want := range map[string]string{
		`<c r="D2" t="e"><v>#N/A</v></c>`:               `"#N/A" is a spreadsheet's word for an error, not a value`,
		`<c r="D2" t="e"><v>broken</v></c>`:             `"#ERROR!" is a spreadsheet's word for an error, not a value`,
		`<c r="D2" t="e"/>`:                             `"#ERROR!" is a spreadsheet's word for an error, not a value`,
		`<c r="D2"><f>A1</f></c>`:                       "the workbook has a formula there without its value; open it in a spreadsheet, and save it again",
		`<c r="D2"><f>A1</f><v></v></c>`:                "the workbook has a formula there without its value; open it in a spreadsheet, and save it again",
		`<c r="D2" t="str"><f>A1&amp;""</f><v></v></c>`: "",
		`<c r="D2" t="str"><f>A1</f><v>Ann</v></c>`:     "Ann",
		`<c r="D2"><v></v></c>`:                         "",
	} {
		text := ofCells(t, "", "<row>"+textCells(1, 'A', "order", "sku", "qty", "name")+"</row><row>"+textCells(2, 'A', "1", "MUG", "1")+cell+"</row>", "")
		orders, rep := readOrders(t, text, "o.xlsx")
		got := ""
		switch {
		case rep.Bad() > 0:
			got = rep.Rejected[0].Reason
		case len(orders) == 1:
			got = orders[0].To.Name
		}
		if got != want {
			t.Errorf("%s: %s, want %s", cell, got, want)
		}
	}
	for _, name := range []string{"#1 Mug", "#BEST", "Errol", "#N", "N/A"} {
		if items, rep := readProducts(t, "sku,name\nA,"+name+"\n", "p.csv"); len(items) != 1 || items[0].Name != name {
			t.Errorf("%s: %+v", name, rep)
		}
	}
}

// TestHiddenRowsAreTold: a filter hides rows from who saves the workbook, not from who
// reads it.
func TestHiddenRowsAreTold(t *testing.T) {
	text := ofCells(t, "", "<row>"+textCells(1, 'A', "order", "sku", "qty")+`</row><row hidden="1">`+textCells(2, 'A', "1", "MUG", "1")+"</row><row>"+textCells(3, 'A', "2", "MUG", "1")+"</row>", "")
	orders, rep := readOrders(t, text, "o.xlsx")
	if len(orders) != 2 || len(rep.Warnings) == 0 || rep.Warnings[0].Row != 2 || !strings.Contains(rep.Warnings[0].Reason, "hidden") {
		t.Errorf("%+v, %+v", orders, rep)
	}
}

// TestSheetsThatAreNotReadAreTold: somebody may have put half of the orders there. Empty and
// hidden ones are not told.
func TestSheetsThatAreNotReadAreTold(t *testing.T) {
	book := excelize.NewFile()
	fill := func(sheet string, rows ...[]any) {
		if _, err := book.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	head := []any{"order", "sku", "qty"}
	fill("Sheet1", head, []any{"1", "MUG", "1"}, []any{"2", "MUG", "1"})
	fill("Tuesday", head, []any{"3", "MUG", "1"})
	fill("Empty")
	fill("Lists", head)
	var out bytes.Buffer
	if err := errors.Join(book.SetSheetVisible("Lists", false), book.Write(&out)); err != nil {
		t.Fatal(err)
	}
	orders, rep := readOrders(t, out.String(), "o.xlsx")
	want := "only the first sheet of the workbook is read, not Tuesday: save each as a file of its own"
	if len(orders) != 2 || len(rep.Warnings) == 0 || rep.Warnings[0].Reason != want {
		t.Errorf("%+v, %+v", orders, rep.Warnings)
	}
}

// TestNumbersAndTextsOfAWorkbook: one that is kept as a number has a point before its
// decimals; a text with a number in it is written as people do.
func TestNumbersAndTextsOfAWorkbook(t *testing.T) {
	for cell, want := range map[string]string{
		`<c r="B2"><v>1.234</v></c>`:               "1.234 kg",
		`<c r="B2" t="n"><v>1.5</v></c>`:           "1.500 kg",
		`<c r="B2"><v>0.30000000000000004</v></c>`: "0.300 kg",
		`<c r="B2"><v>2.9999999999999996</v></c>`:  "3.000 kg",
		textCells(2, 'B', "1.5"):                   "1.500 kg",
		textCells(2, 'B', "1,5"):                   "1.500 kg",
		textCells(2, 'B', " 2 "):                   "2.000 kg",
		textCells(2, 'B', "1,234"):                 "can be read in two ways",
		`<c r="B2" t="str"><v>1,234</v></c>`:       "can be read in two ways",
		`<c r="C2"><v>19.989999999999998</v></c>`:  "0.000 kg 19.99 EUR",
		`<c r="C2"><v>1234.5</v></c>`:              "0.000 kg 1234.50 EUR",
		textCells(2, 'C', "1.234,50"):              "0.000 kg 1234.50 EUR",
		textCells(2, 'C', "1.234"):                 "can be read in two ways",
		textCells(2, 'C', "1.230"):                 "can be read in two ways",
	} {
		text := ofCells(t, "", "<row>"+textCells(1, 'A', "sku", "weight kg", "customs value")+"</row><row>"+textCells(2, 'A', "A")+cell+"</row>", "")
		items, rep := readProducts(t, text, "p.xlsx")
		got := ""
		if len(items) == 1 {
			got = strings.TrimSuffix(items[0].Mass.String()+" "+items[0].Value.String(), " 0.00")
		} else if rep.Bad() == 1 {
			got = rep.Rejected[0].Reason
		}
		if got != want && (len(want) < 10 || !strings.Contains(got, want)) {
			t.Errorf("%s: %s, want %s", cell, got, want)
		}
	}
}

// TestMergedCells: what several rows have in common stands in each of them, but for
// numbers: it is not known what they count.
func TestMergedCells(t *testing.T) {
	rows := "<row>" + textCells(1, 'A', "order", "sku", "qty", "name") + "</row>" +
		"<row>" + textCells(2, 'A', "1", "MUG", "2", "Ann") + "</row><row>" + textCells(3, 'B', "TEA", "1") + "</row><row/><row>" + textCells(5, 'B', "PEN") + "</row>" +
		"<row>" + textCells(6, 'A', "2", "MUG", "2", "Bob") + "</row>"
	text := ofCells(t, "", rows, `<mergeCells count="3"><mergeCell ref="A2:A5"/><mergeCell ref="D2:D5"/><mergeCell foo="1" ref="C3:C5"/></mergeCells>`)
	if got, want := cellsOf(t, "o.xlsx", text), "1 MUG*2 Ann; 1 TEA*1 Ann; 2 MUG*2 Bob; row 5: it is empty"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
