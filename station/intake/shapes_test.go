package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"packbench/station/unit"
)

// rewritten is a workbook with a part of it changed.
func rewritten(t *testing.T, book, part string, change func(string) string) string {
	t.Helper()
	from, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var to bytes.Buffer
	w := zip.NewWriter(&to)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			text = []byte(change(string(text)))
		}
		if out, err := w.Create(f.Name); err != nil {
			t.Fatal(err)
		} else if _, err := out.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return to.String()
}

// claiming is a workbook that says of a part that it has so many bytes.
func claiming(t *testing.T, size uint64) string {
	t.Helper()
	var to bytes.Buffer
	w := zip.NewWriter(&to)
	_, err := w.CreateRaw(&zip.FileHeader{Name: "xl/media/a.bin", UncompressedSize64: size})
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return to.String()
}

// TestWorkbooksThatAreBroken: it is said how.
func TestWorkbooksThatAreBroken(t *testing.T) {
	whole := workbook(t, [][]any{{"sku", "name"}, {"A", "Mug"}})
	cut := func(from, to string) func(string) string {
		return func(s string) string {
			before, rest, _ := strings.Cut(s, from)
			return before + to + rest
		}
	}
	for _, c := range []struct{ name, text, want string }{
		{"no sheet", rewritten(t, whole, "xl/workbook.xml", func(s string) string {
			before, rest, _ := strings.Cut(s, "<sheets>")
			_, after, _ := strings.Cut(rest, "</sheets>")
			return before + "<sheets></sheets>" + after
		}), "x.xlsx: the workbook has no sheet"},
		{"a header in no column", rewritten(t, whole, "xl/worksheets/sheet1.xml", cut("B1", "??")), `x.xlsx: row 1: "??" is no cell of a workbook`},
		{"a cell in no column", rewritten(t, whole, "xl/worksheets/sheet1.xml", cut("B2", "??")), `x.xlsx: row 2: "??" is no cell of a workbook`},
		{"too large unzipped", claiming(t, MaxBytes+1), "the file is too large: a workbook of more than 512 MB when it is unpacked"},
		{"as large as it may be", claiming(t, MaxBytes), "this is not a workbook that can be read"},
	} {
		items, _, err := ReadProducts(t.Context(), strings.NewReader(c.text), "x.xlsx", Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) || items != nil {
			t.Errorf("%s: %v, %v; want %s", c.name, items, err, c.want)
		}
	}
	_, err := newXLSX(atMost(strings.NewReader(whole), 100, ""))
	if want := "the file is too large: more than 0 MB"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestNamesOfJSONAreCounted: 500 and no more, as columns are.
func TestNamesOfJSONAreCounted(t *testing.T) {
	object := func(names int) string {
		text := `{"sku":"A"`
		for n := range names - 1 {
			text += fmt.Sprintf(`,"n%d":1`, n)
		}
		return "[" + text + "}]"
	}
	items, _, err := ReadProducts(t.Context(), strings.NewReader(object(500)), "x.json", Options{})
	if err != nil || len(items) != 1 {
		t.Errorf("%v, %v", items, err)
	}
	_, _, err = ReadProducts(t.Context(), strings.NewReader(object(501)), "x.json", Options{})
	if want := "x.json: the file is too large: more than 500 different names"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestNULsInAText: a few are a shop's slip, more than one in twenty at the start of
// a file are a program's.
func TestNULsInAText(t *testing.T) {
	file := func(size, zeros int) string {
		text := "sku,name\nA,Mug\nB," + strings.Repeat("\x00", zeros)
		return text + strings.Repeat("\n", size-len(text))
	}
	late := file(1024, 51)
	for text, want := range map[string]bool{
		"\x00" + file(100, 0): false, strings.Replace(file(100, 0), "name", "na\x00me", 1): false, strings.Replace(file(100, 0), "name", "na\x01me", 1): true,
		file(100, 5): true, file(100, 6): false, file(1040, 52): false,
		late + "\x00": true, late[:1023] + "\x00": false, late + strings.Repeat("\x00", 400): true,
	} {
		items, _, err := ReadProducts(t.Context(), strings.NewReader(text), "x.csv", Options{})
		if (err == nil) != want || want && (len(items) != 2 || items[1].Name != "B") {
			t.Errorf("%d bytes, %d of them NUL: %v, %v", len(text), strings.Count(text, "\x00"), items, err)
		}
	}
}

// TestOneRowTwoFaults: a row of Shopify that says an order and a line is told of both.
func TestOneRowTwoFaults(t *testing.T) {
	_, rep := readOrders(t, "Name,Lineitem quantity,Lineitem name,Lineitem sku,Shipping Country\n#1,1,Mug,,Atlantis\n#2,1,Mug,MUG,Atlantis\n#3,1,Mug,,DE\n", "o.csv")
	var got []string
	for _, r := range rep.Rejected {
		got = append(got, fmt.Sprint(r.Row, " ", r.Column))
	}
	if want := "2 Lineitem sku, 2 Shipping Country, 3 Shipping Country, 4 Lineitem sku"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
}

// blanks has no end.
type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestAFileWithoutAnEnd(t *testing.T) {
	_, _, err := ReadProducts(t.Context(), blanks{}, "x.json", Options{})
	if want := "x.json: the file is too large: more than 64 MB through a pipe; give a file"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestACommaInASemicolonFile stands before decimals: such a file is of a spreadsheet
// that writes them so.
func TestACommaInASemicolonFile(t *testing.T) {
	items, rep := readProducts(t, "sku;mass\nA;1,250 kg\n", "p.csv")
	if len(items) != 1 || items[0].Mass != 1250*unit.Gram {
		t.Errorf("%+v, %+v", items, rep.Rejected)
	}
}
