package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"packbench/station"
)

// stream is a file of one text again and again behind a first one. It knows how
// much of it was read, at most.
type stream struct {
	first, again   string
	size, at, most int64
}

func (s *stream) Read(p []byte) (int, error) {
	if s.at >= s.size {
		return 0, io.EOF
	}
	rest := s.first
	if s.at < int64(len(rest)) {
		rest = rest[s.at:]
	} else {
		if len(s.again) < 1000 {
			s.again = strings.Repeat(s.again, 1000)
		}
		rest = s.again[(s.at-int64(len(rest)))%int64(len(s.again)):]
	}
	n := copy(p[:min(int64(len(p)), s.size-s.at)], rest)
	s.at += int64(n)
	s.most = max(s.most, s.at)
	return n, nil
}

func (s *stream) Seek(offset int64, whence int) (int64, error) {
	if whence == io.SeekStart {
		s.at = offset
	}
	return s.at, nil
}

// TestA15ARowHasAnEnd: a row, a cell or an object that is longer than any can be is
// refused after its first megabyte, whatever its file promises.
func TestA15ARowHasAnEnd(t *testing.T) {
	for _, c := range []struct{ name, file, first, again, want string }{
		{"a row of commas", "o.csv", "order,sku,qty\n", ",", "row 2: the file is too large: it has more than 1 MB"},
		{"a header of commas", "o.csv", "", ",", "row 1: the file is too large: it has more than 1 MB"},
		{"a cell", "o.csv", "order,sku,qty\n1,MUG,1\n", "x", "row 3: the file is too large: it has more than 1 MB"},
		{"a cell in quotation marks", "o.csv", "order,sku,qty\n\"", "x\n", "row 2: the file is too large: it has more than 1 MB"},
		{"a quotation mark in a cell", "o.csv", "order,sku,qty\nx\"", "x", "row 2: the file is too large: it has more than 1 MB"},
		{"a text of JSON", "o.json", `[{"order":"`, "x", "object 1: the file is too large: it has more than 1 MB"},
		{"JSON in JSON", "o.json", `[{"order":`, "[", "object 1: "},
		{"JSON in JSON in JSON", "o.json", `[`, "[", "object 1: "},
		{"blanks in JSON", "o.json", "[", " ", "more than 1 MB"},
	} {
		s := &stream{first: c.first, again: c.again, size: 400 << 20}
		_, _, err := ReadOrders(t.Context(), s, c.file, Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
		if s.most > 4<<20 {
			t.Errorf("%s: %d MB were read", c.name, s.most>>20)
		}
	}
}

// sheet is a workbook with one sheet and the texts of its cells.
func sheet(t *testing.T, rows, texts io.Reader) string {
	t.Helper()
	var to bytes.Buffer
	w := zip.NewWriter(&to)
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	for _, part := range []struct {
		name string
		text io.Reader
	}{
		{"_rels/.rels", strings.NewReader(`<Relationships><Relationship Id="r" Type="` + types + `/officeDocument" Target="/xl/workbook.xml"/></Relationships>`)},
		{"xl/workbook.xml", strings.NewReader(`<workbook xmlns:r="` + types + `"><sheets><sheet name="Old" state="hidden" r:id="r3"/><sheet name="S" r:id="r1"/></sheets></workbook>`)},
		{"xl/_rels/workbook.xml.rels", strings.NewReader(`<Relationships><Relationship Id="r3" Type="` + types + `/worksheet" Target="old.xml"/><Relationship Id="r1" Type="` + types + `/worksheet" Target="s.xml"/>` +
			`<Relationship Id="r2" Type="` + types + `/sharedStrings" Target="t.xml"/></Relationships>`)},
		{"xl/s.xml", rows},
		{"xl/t.xml", texts},
	} {
		out, err := w.Create(part.name)
		if err == nil {
			_, err = io.Copy(out, part.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return to.String()
}

const (
	sheetHead = `<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>`
	sheetTail = `</sheetData></worksheet>`
	sheetRow  = `<row><c t="inlineStr"><is><t>A</t><rPh><t>ei</t></rPh></is></c><c t="s"><v>2</v></c></row>`
	bookTexts = `<sst><si><t>sku</t></si><si><t>name</t></si><si><r><t>Mug_x0020_</t></r><r><t>blue</t></r></si></sst>`
)

// TestA15AWorkbookHasAnEnd: no row, text or number of them that no workbook has, and
// nothing in something in something. What is damaged is no shorter list.
func TestA15AWorkbookHasAnEnd(t *testing.T) {
	long := func(first, again string, size int64) io.Reader {
		return &stream{first: first, again: again, size: size}
	}
	whole := func() io.Reader { return strings.NewReader(bookTexts) }
	for _, c := range []struct {
		name        string
		rows, texts io.Reader
		want        string
	}{
		{"a row", long(sheetHead+"<row>", "<c><v>1</v></c>", 3<<20), whole(), "row 2: the file is too large"},
		{"a cell", long(sheetHead+"<row><c><v>", "1", 3<<20), whole(), "row 2: the file is too large"},
		{"a name", long(sheetHead+"<row><", "c", 3<<20), whole(), "row 2: the file is too large"},
		{"rows of nothing", long(sheetHead, "<row/>", 8<<20), whole(), "row 1048577: the file is too large: more than 1048576 rows"},
		{"a row far below", strings.NewReader(sheetHead + `<row r="9999999"/>` + sheetTail), whole(), "more than 1048576 rows"},
		{"element in element", long(sheetHead, "<a>", 1<<20), whole(), "stand in one another without an end"},
		{"a text", strings.NewReader(sheetHead + sheetTail), long("<sst><si><t>", "x", 3<<20), "the file is too large"},
		{"as many texts as there are none", strings.NewReader(sheetHead + sheetTail), long("<sst>", "<si/>", 20<<20|5<<10), "more than 4000000 texts"},
		{"unpacked", long("", " ", MaxBytes+1), whole(), "more than 512 MB when it is unpacked"},
		{"a sheet that breaks off", strings.NewReader(sheetHead + sheetRow + "<row><c"), whole(), "row 3: the workbook breaks off or is damaged"},
		{"a sheet that breaks off between rows", strings.NewReader(sheetHead + sheetRow), whole(), "row 2: the workbook breaks off or is damaged"},
		{"a sheet of something else", strings.NewReader(sheetHead + sheetRow + "</row>" + sheetTail), whole(), "row 2: the workbook breaks off or is damaged"},
		{"no sheet", strings.NewReader("<worksheet></worksheet>"), whole(), "row 0: the workbook breaks off or is damaged"},
		{"texts that break off", strings.NewReader(sheetHead + sheetRow + sheetTail), strings.NewReader(bookTexts[:40]), "the workbook breaks off or is damaged"},
	} {
		if slow := c.name == "unpacked" || c.name == "as many texts as there are none"; slow && testing.Short() {
			continue
		}
		items, _, err := ReadProducts(t.Context(), strings.NewReader(sheet(t, c.rows, c.texts)), "p.xlsx", Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) || items != nil {
			t.Errorf("%s: %d products, %v, want %s", c.name, len(items), err, c.want)
		}
	}
	items, rep, err := ReadProducts(t.Context(), strings.NewReader(sheet(t, strings.NewReader(sheetHead+sheetRow+
		`<row r="9"><c r="B9" t="s"><v>-1</v></c><c r="A9"><v>B</v></c></row>`+sheetTail), whole())), "p.xlsx", Options{})
	if err != nil || len(items) != 1 || items[0].SKU+items[0].Name != "AMug blue" || rep.Bad() != 1 || rep.Rejected[0].Row != 9 || !strings.Contains(rep.Rejected[0].Reason, "column 2 is missing") {
		t.Errorf("%+v, %+v, %v", items, rep, err)
	}
}

// TestA15OrdersAreGivenAway while a long file is read, so that memory does not grow
// with it; one whose rows stand at both ends is held and whole.
func TestA15OrdersAreGivenAway(t *testing.T) {
	var b strings.Builder
	b.WriteString("order,sku,qty,remark\nBOTH,MUG,1,\n")
	const orders = 40_000
	for i := range orders {
		fmt.Fprintf(&b, "A%d,MUG,1,%1000d\n", i, i)
	}
	b.WriteString("BOTH,PEN,2,\nlast row\n")
	file := strings.NewReader(b.String())
	seen, early, both := 0, 0, station.Order{}
	rep, err := EachOrder(t.Context(), file, "o.csv", Options{}, func(o station.Order) error {
		if seen++; file.Len() > 0 {
			early++
		}
		if o.ID == "BOTH" {
			both = o
		}
		return nil
	})
	if err != nil || rep.Bad() != 1 || early < orders/2 || seen != orders+2 || len(both.Lines) != 2 {
		t.Errorf("%d orders, %d while the file is read, %+v, %+v, %v", seen, early, both, rep, err)
	}
	_, _ = file.Seek(0, io.SeekStart) // a text can
	stop := errors.New("the disk is full")
	if _, err := EachOrder(t.Context(), file, "o.csv", Options{}, func(station.Order) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
}

// TestA15WhatIsHeldIsBounded: a file whose items cannot be given away is refused
// before it fills the memory.
func TestA15WhatIsHeldIsBounded(t *testing.T) {
	var h held
	rows := 0
	for h.hold(record{cells: []string{strings.Repeat("x", 100)}}) == nil {
		rows++
	}
	if rows < 100_000 || rows > 1_000_000 {
		t.Errorf("%d rows", rows)
	}
	b := newOrders(Options{}, nil)
	b.held = maxHeld + 1
	if err := b.spare(&Report{}); !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "sort the file") {
		t.Errorf("%v", err)
	}
}
