package shift

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// fullBook is the small day with all that makes a report hard to set: gaps,
// long names, letters that the font lacks, and more hours than a page holds.
func fullBook(t *testing.T) Book {
	t.Helper()
	b := dayBook(t)
	b.Names["P1"] = "Maximiliane Freifrau von und zu Hohenstein-Unterberg"
	b.Names["P2"] = "蔡 Łucja\tGül"
	for n := range 40 {
		b.Balances[0].Gaps = append(b.Balances[0].Gaps, fmt.Sprintf("S1.%d", 100+n))
		b.Hours[n%24].Parcels++
	}
	for n := range 12 {
		b.Stations = append(b.Stations, Work{ID: fmt.Sprintf("S%d", n+2), Accepted: n, Scans: n})
	}
	return b
}

// streams are the pages of a PDF as text: where each word stands, and how.
func streams(t *testing.T, pdf []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, part := range regexp.MustCompile(`(?s)/Filter /FlateDecode /Length \d+>>\nstream\n(.*?)\nendstream`).FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(part[1]))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte(" Td (")) {
			fmt.Fprintf(&out, "%s\n", text)
		}
	}
	return regexp.MustCompile(`/F([0-9a-f]{3})[0-9a-f]{37}`).ReplaceAll(out.Bytes(), []byte("/F$1"))
}

// TestPDFLayout: every word of the report in its place.
func TestPDFLayout(t *testing.T) {
	var out bytes.Buffer
	if err := fullBook(t).PDF(&out, PDFOptions{}); err != nil {
		t.Fatal(err)
	}
	text := streams(t, out.Bytes())
	golden(t, "full.pdf.txt", text)
	for _, words := range []string{"(Shift book 2026-03-30)", "From 2026-03-30 00:00 CEST to 2026-03-31 00:00 CEST, 15 lines in the log", "stand as \"?\": "} {
		if !bytes.Contains(text, []byte(words)) {
			t.Errorf("%s is not in the report", words)
		}
	}
}

// TestPDFSaysWhenItIs: of the window, not of the moment; and nothing in it is a link.
func TestPDFSaysWhenItIs(t *testing.T) {
	var out bytes.Buffer
	if err := dayBook(t).PDF(&out, PDFOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"/CreationDate (D:20260330220000", "/ModDate (D:20260330220000", "/Title (\xfe\xff\x00S\x00h\x00i\x00f\x00t\x00 \x00b\x00o\x00o\x00k\x00 \x002\x000\x002\x006"} {
		if !bytes.Contains(out.Bytes(), []byte(part)) {
			t.Errorf("no %s", part)
		}
	}
	if bytes.Contains(out.Bytes(), []byte("/Annots")) {
		t.Error("there are links in it")
	}
	out.Reset()
	b := dayBook(t)
	b.Names = nil
	if err := b.PDF(&out, PDFOptions{}); err != nil || bytes.Contains(streams(t, out.Bytes()), []byte("Letters that this font lacks")) {
		t.Errorf("%v, or letters are missed where none are", err)
	}
}

// TestHeadingsStandByTheirTables: none is left alone at the end of a page.
func TestHeadingsStandByTheirTables(t *testing.T) {
	for above := range 70 {
		p, err := newPage(PDFOptions{})
		if err != nil {
			t.Fatal(err)
		}
		p.doc.AddPage()
		for range above {
			p.line("x")
		}
		p.heading(12, "Hours")
		page := p.doc.PageNo()
		if p.line("6"); p.doc.PageNo() != page {
			t.Errorf("below %d lines the heading ends a page", above)
		}
	}
}

// TestLettersThatTheFontLacks are counted: pictures, other scripts, controls.
func TestLettersThatTheFontLacks(t *testing.T) {
	for name, c := range map[string]struct {
		o    PDFOptions
		want string
		lost int
	}{
		"Helvetica": {PDFOptions{}, "a\xe9???", 3},
		"embedded":  {PDFOptions{Regular: font(t, "Regular")}, "aéŁ??", 2},
	} {
		p, err := newPage(c.o)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.say("aéŁ\U0001F600\t"); got != c.want || p.lost != c.lost {
			t.Errorf("%s: %q, %d lost", name, got, p.lost)
		}
	}
}

func TestJSONKeepsSigns(t *testing.T) {
	b := dayBook(t)
	b.Rows[0].SKU = "A&B<C>"
	var out bytes.Buffer
	if err := b.JSON(&out); err != nil || !bytes.Contains(out.Bytes(), []byte(`"A&B<C>"`)) {
		t.Errorf("%v: %s", err, out.Bytes())
	}
}

// TestWorkbookInFull: every cell, and whether it is a number.
func TestWorkbookInFull(t *testing.T) {
	var out bytes.Buffer
	if err := fullBook(t).XLSX(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var text strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := f.GetColWidth(sheet, "A")
		b, _ := f.GetColWidth(sheet, "B")
		c, _ := f.GetColWidth(sheet, "C")
		fmt.Fprintf(&text, "# %s: columns %.0f, %.0f, %.0f wide, frozen %v below row %d\n", sheet, a, b, c, panes.Freeze, panes.YSplit)
		for y, row := range rows {
			for x, cell := range row {
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				kind, err := f.GetCellType(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				if cell != "" && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
					row[x] = "<" + cell + ">"
				}
			}
			fmt.Fprintln(&text, strings.Join(row, "|"))
		}
	}
	golden(t, "full.xlsx.txt", []byte(text.String()))
}

// TestTooLongForAWorkbook is told before anything is written.
func TestTooLongForAWorkbook(t *testing.T) {
	b := Book{Rows: make([]Row, 1_048_576)} // a row of the sheet is the head
	var out bytes.Buffer
	if err := b.XLSX(&out); err == nil || !strings.Contains(err.Error(), "1048576 lines are too many for a workbook") || out.Len() > 0 {
		t.Errorf("%d bytes, %v", out.Len(), err)
	}
}

// TestGapsAreInTheCSV: each with the balance that it breaks.
func TestGapsAreInTheCSV(t *testing.T) {
	b := dayBook(t)
	b.Balances[0].Gaps = []string{"S1.7"}
	var out bytes.Buffer
	if err := b.CSV(&out, CSVOptions{}); err != nil {
		t.Fatal(err)
	}
	var gaps []string
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "gap,") {
			gaps = append(gaps, strings.TrimSpace(line))
		}
	}
	if want := "gap" + strings.Repeat(",", 19) + `"units, id",S1.7,,,`; strings.Join(gaps, "\n") != want {
		t.Errorf("%q, want %s", gaps, want)
	}
}

// TestCSVBreaksOff on a disk that fills up at any place.
func TestCSVBreaksOff(t *testing.T) {
	var whole bytes.Buffer
	if err := dayBook(t).CSV(&whole, CSVOptions{BOM: true}); err != nil {
		t.Fatal(err)
	}
	for room := 0; room < whole.Len(); room += 1500 {
		if err := dayBook(t).CSV(&disk{room: room}, CSVOptions{BOM: true}); err == nil {
			t.Errorf("a disk with room for %d bytes is not told", room)
		}
	}
}

type disk struct{ room int }

func (d *disk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}
