package shift

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"

	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "write the golden files anew")

func dayBook(t *testing.T) Book {
	t.Helper()
	loc := berlin(t)
	b, _ := Sheet(Carry{}, Day(Date{2026, 3, 30}, loc), slices.Values(day(loc)))
	b.Heads = map[string]string{"desk": strings.Repeat("b2", 32), "S1": strings.Repeat("a1", 32)}
	b.Names = map[string]string{"P1": "=cmd|' /C calc'!A0", "P2": "Łucja Gül"}
	b.Products = map[string]string{"=TEA": `=HYPERLINK("http://x")`, "MUG": "Mug, renamed since"}
	return b
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at it and run with -update:\n%s", name, got)
	}
}

func font(t *testing.T, style string) []byte {
	t.Helper()
	bytes, err := os.ReadFile(filepath.Join("..", "..", "assets", "fonts", "LiberationSans-"+style+".ttf"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

func TestCSV(t *testing.T) {
	b := dayBook(t)
	var out bytes.Buffer
	if err := b.CSV(&out, CSVOptions{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "day.csv", out.Bytes())
	if lines := strings.Count(out.String(), "\n"); strings.Count(out.String(), "\r\n") != lines {
		t.Error("a line does not end with CR LF")
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err) // also when a line has another number of columns
	}
	heads := 0
	for _, r := range records {
		if r[0] == "head" {
			heads++
		}
		for _, cell := range r {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") && !numeric(cell) {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if heads != 2 {
		t.Errorf("%d heads of chains, want 2", heads)
	}
	var bom bytes.Buffer
	if err := b.CSV(&bom, CSVOptions{BOM: true}); err != nil || !bytes.HasPrefix(bom.Bytes(), []byte{0xEF, 0xBB, 0xBF}) {
		t.Errorf("no byte order mark: %v", err)
	}
}

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "tea": "tea", "-5": "-5", "+12.50": "+12.50", "4006381333931": "4006381333931", "0.5": "0.5",
		"=1+1": "'=1+1", "+49 30": "'+49 30", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\tx": "'\tx", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"--5": "'--5", "-": "'-", "+": "'+", "-1e5": "'-1e5", "＝1": "'＝1", "1=1": "1=1", "-.": "'-.", "+-5": "'+-5", "-5.": "'-5.",
	} {
		if got := Safe(in); got != want {
			t.Errorf("Safe(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	b := dayBook(t)
	var out bytes.Buffer
	if err := b.JSON(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "day.json", out.Bytes())
	if bytes.Count(out.Bytes(), []byte("\n")) != 1 {
		t.Error("not one object on one line")
	}
	var o struct {
		Columns  []string
		Rows     [][]any
		Balances []Balance
		Heads    map[string]string
	}
	if err := json.Unmarshal(out.Bytes(), &o); err != nil {
		t.Fatal(err)
	}
	if len(o.Rows) != len(b.Rows) || len(o.Rows[0]) != len(o.Columns) || len(o.Balances) != 3 || len(o.Heads) != 2 {
		t.Errorf("%d rows of %d cells for %d columns, %d balances, %d heads", len(o.Rows), len(o.Rows[0]), len(o.Columns), len(o.Balances), len(o.Heads))
	}
	var empty bytes.Buffer
	none, _ := Sheet(Carry{}, Day(Date{2026, 3, 30}, time.UTC), slices.Values([]journal.Entry(nil)))
	if err := none.JSON(&empty); err != nil || strings.Contains(empty.String(), "null") {
		t.Errorf("an empty book: %v %s", err, empty.String())
	}
}

func TestTablesForAScreen(t *testing.T) {
	var titles []string
	for _, table := range dayBook(t).Tables() {
		titles = append(titles, table.Title)
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) || len(table.Right) != len(row) {
				t.Errorf("%s: %d cells for %d columns", table.Title, len(row), len(table.Columns))
			}
		}
		if i := slices.Index(table.Columns, "Units"); i >= 0 && !table.Right[i] {
			t.Error("the quantity is no number")
		}
	}
	if want := []string{"Packers", "Stations", "Carriers", "Hours", "Refusals", "Heads of the journal", "Log"}; !slices.Equal(titles, want) {
		t.Errorf("tables %v, want %v", titles, want)
	}
}

// A product stands in the log with its name beside its SKU: as the catalogue had it
// then, where the bench said it, else as it has it now.
func TestProductsAreNamedInTheLog(t *testing.T) {
	b := dayBook(t)
	b.Rows[slices.IndexFunc(b.Rows, func(r Row) bool { return r.SKU == "MUG" })].Product = "Mug, white"
	tables := b.Tables()
	log := tables[len(tables)-1]
	at := slices.Index(log.Columns, "SKU")
	named := map[string]string{}
	for _, row := range log.Rows {
		named[row[at]] = row[at+1]
	}
	if log.Columns[at+1] != "Product" || named["MUG"] != "Mug, white" || named["=TEA"] != b.Products["=TEA"] || named[""] != "" {
		t.Errorf("columns %v, names %v", log.Columns, named)
	}
	w := &writer{name: "S1", state: pack.New()}
	now := b.Window.From.Add(time.Hour)
	w.badge(now, "P1", station.Packer)
	w.scan(now, pack.Meaning{Kind: pack.MeansProduct, Product: &pack.Product{SKU: "TEA", Name: "Tea, green", Factor: 1}})
	said, _ := Sheet(Carry{}, b.Window, slices.Values(w.entries))
	if r := said.Rows[len(said.Rows)-1]; r.SKU != "TEA" || r.Product != "Tea, green" {
		t.Errorf("the row of an item: %+v", r)
	}
}

func TestXLSX(t *testing.T) {
	b := dayBook(t)
	var out, again bytes.Buffer
	if err := b.XLSX(&out); err != nil {
		t.Fatal(err)
	}
	if err := b.XLSX(&again); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Errorf("the same book gives another workbook (%v)", err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Log")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(b.Rows)+1 || rows[0][0] != "Time" {
		t.Errorf("the log has %d rows, its head is %v", len(rows), rows[0])
	}
	sku := slices.Index(rows[0], "SKU")
	at := slices.IndexFunc(rows, func(r []string) bool { return len(r) > sku && r[sku] == "=TEA" })
	if at < 0 || rows[0][sku+1] != "Product" || rows[at][sku+1] != b.Products["=TEA"] {
		t.Fatal("=TEA is not in the log as it is, with its name beside it")
	}
	for _, sheet := range f.GetSheetList() {
		list, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range list {
			for x := range row {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
					t.Errorf("%s!%s is a formula: %s", sheet, cell, formula)
				}
			}
		}
	}
	balances, err := f.GetRows("Balances")
	if err != nil || !slices.Equal(balances[3], []string{"units", "left", "accepted", "4"}) {
		t.Errorf("balances: %v, %v", balances, err)
	}
	if kind, _ := f.GetCellType("Balances", "D4"); kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
		t.Errorf("a number of the balance is typed %v", kind)
	}
	if list := f.GetSheetList(); list[0] != "Summary" || list[len(list)-1] != "Log" {
		t.Errorf("the sheets are %v", list)
	}
	if kind, _ := f.GetCellType("Log", "A2"); kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
		t.Errorf("a time of the log is typed %v", kind)
	}
	if at, _ := f.GetCellValue("Log", "A2"); at != b.Rows[0].At.In(b.Window.Loc).Format("2006-01-02 15:04:05") {
		t.Errorf("the first line of the log is of %s", at)
	}
	heads, err := f.GetRows("Heads of the journal")
	if err != nil || len(heads) != 3 {
		t.Errorf("heads: %v, %v", heads, err)
	}
}

func TestPDF(t *testing.T) {
	b := dayBook(t)
	for name, o := range map[string]PDFOptions{"Helvetica": {}, "embedded": {Regular: font(t, "Regular"), Bold: font(t, "Bold")}} {
		var out, again bytes.Buffer
		if err := b.PDF(&out, o); err != nil {
			t.Fatal(err)
		}
		if err := b.PDF(&again, o); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("%s: the same book gives another PDF (%v)", name, err)
		}
		if !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) || !bytes.Contains(out.Bytes(), []byte("/Count ")) {
			t.Errorf("%s: no PDF", name)
		}
		if pages := bytes.Count(out.Bytes(), []byte("/Type /Page\n")); pages < 1 {
			t.Errorf("%s: %d pages", name, pages)
		}
		if dir := os.Getenv("SHIFT_PDF_DIR"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := b.PDF(&bytes.Buffer{}, PDFOptions{Regular: []byte("no font")}); err == nil {
		t.Error("a broken font is taken")
	}
	b.Names["P1"] = "蔡 \U0001F600" // neither font may break on these
	if err := b.PDF(&bytes.Buffer{}, PDFOptions{Regular: font(t, "Regular")}); err != nil {
		t.Error(err)
	}
}

// A day with thousands of gaps names every one, over as many pages as it takes.
func TestPDFPages(t *testing.T) {
	b := dayBook(t)
	for n := range 3000 {
		b.Balances[0].Gaps = append(b.Balances[0].Gaps, fmt.Sprintf("S1.%d", 100000+n))
	}
	var out bytes.Buffer
	if err := b.PDF(&out, PDFOptions{}); err != nil {
		t.Fatal(err)
	}
	if pages := bytes.Count(out.Bytes(), []byte("/Type /Page\n")); pages < 5 {
		t.Errorf("3000 gaps stand on %d pages", pages)
	}
}

func TestExportByName(t *testing.T) {
	b := dayBook(t)
	for _, format := range Formats() {
		var out bytes.Buffer
		if err := b.Export(&out, format, PDFOptions{}); err != nil || out.Len() == 0 {
			t.Errorf("%s: %d bytes, %v", format, out.Len(), err)
		}
	}
	if err := b.Export(&bytes.Buffer{}, "doc", PDFOptions{}); err == nil {
		t.Error("an unknown format is written")
	}
}

// A writer that fails is told of, in every format.
func TestExportTellsWriteErrors(t *testing.T) {
	b := dayBook(t)
	for name, write := range map[string]func() error{
		"csv":  func() error { return b.CSV(full{}, CSVOptions{BOM: true}) },
		"json": func() error { return b.JSON(full{}) },
		"xlsx": func() error { return b.XLSX(full{}) },
		"pdf":  func() error { return b.PDF(full{}, PDFOptions{}) },
	} {
		if write() == nil {
			t.Errorf("%s: a full disk is not told", name)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }
