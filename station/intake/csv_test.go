package intake

import (
	"fmt"
	"strings"
	"testing"

	"packbench/station"
)

// cellsOf reads orders and writes their numbers, goods and names, and what was not
// taken.
func cellsOf(t *testing.T, name, text string) string {
	t.Helper()
	orders, rep, err := ReadOrders(t.Context(), strings.NewReader(text), name, Options{})
	if err != nil {
		return err.Error()
	}
	var got []string
	for _, o := range orders {
		for _, l := range o.Lines {
			got = append(got, fmt.Sprintf("%s %s*%d %s", o.ID, l.SKU, l.Qty, o.To.Name))
		}
	}
	for _, r := range rep.Rejected {
		got = append(got, fmt.Sprintf("row %d: %s", r.Row, r.Reason))
	}
	return strings.Join(got, "; ")
}

// TestEndsOfLines: a carriage return, a line feed or both end a line, also in one
// file. In a text, in quotation marks or not, a carriage return is a space.
func TestEndsOfLines(t *testing.T) {
	const two = "1 MUG*2 Ann; 2 TEA*1 Bob"
	long := "order,sku,qty,name\r"
	for n := range 10_000 {
		long += fmt.Sprintf("%d,MUG,1,\r", n)
	}
	for _, c := range []struct{ name, text, want string }{
		{"carriage returns", "order,sku,qty,name\r1,MUG,2,Ann\r2,TEA,1,Bob\r", two},
		{"the last line without an end", "order,sku,qty,name\r1,MUG,2,Ann\r2,TEA,1,Bob", two},
		{"a mark in front", "\xef\xbb\xbforder;sku;qty;name\r1;MUG;2;Ann\r2;TEA;1;Bob", two},
		{"line feeds without the last", "order,sku,qty,name\n1,MUG,2,Ann\n2,TEA,1,Bob", two},
		{"both without the last", "order,sku,qty,name\r\n1,MUG,2,Ann\r\n2,TEA,1,Bob", two},
		{"half of the last", "order,sku,qty,name\r\n1,MUG,2,Ann\r\n2,TEA,1,Bob\r", two},
		{"feeds behind returns", "order,sku,qty,name\r1,MUG,2,Ann\n2,TEA,1,Bob\r\n", two},
		{"returns behind feeds", "order,sku,qty,name\n1,MUG,2,Ann\r2,TEA,1,Bob\r\n", two},
		{"returns behind both", "order,sku,qty,name\r\n\"1\",MUG,2,Ann\r\"2\",TEA,1,Bob\r", two},
		{"two returns", "order,sku,qty,name\r\r\n1,MUG,2,Ann\r\r\n2,TEA,1,Bob\r\r\n", two},
		{"blank lines", "\r\rorder,sku,qty,name\r\r1,MUG,2,Ann\r\r2,TEA,0,Bob\r", "1 MUG*2 Ann; row 7: the quantity is 0"},
		{"in quotation marks", "order,sku,qty,name\r1,MUG,2,\"Ann\rTest\"\r2,TEA,1,Bob\r", "1 MUG*2 Ann Test; 2 TEA*1 Bob"},
		{"in quotation marks among feeds", "order,sku,qty,name\n1,MUG,2,\"Ann\rTest\"\n2,TEA,1,\"Bob\r\nElse\"\n", "1 MUG*2 Ann Test; 2 TEA*1 Bob Else"},
		{"in a text among feeds", "order,sku,qty,name\n1,MUG,2,Ann\rTest\n2,TEA,1,Bob\n", "1 MUG*2 Ann Test; 2 TEA*1 Bob"},
		{"in a text before the last column", "order,name,sku,qty\n1,Ann\rTest,MUG,2\n2,Bob,TEA,1\n", "1 MUG*2 Ann Test; 2 TEA*1 Bob"},
		{"over the end of what is read at once", long + "x,TEA,0,Bob", ""},
	} {
		got := cellsOf(t, "o.csv", c.text)
		if c.want == "" && strings.Count(got, "*1 ; ") == 10_000 {
			got = strings.TrimPrefix(got[strings.LastIndex(got, "; "):], "; row 10002: the quantity is 0")
		}
		if got != c.want {
			t.Errorf("%s: %.300s, want %.300s", c.name, got, c.want)
		}
	}
}

// TestHintOfASeparator: spreadsheets write and read it in front of the header.
func TestHintOfASeparator(t *testing.T) {
	for _, hint := range []string{"sep=%c", `"sep=%c"`, "SEP=%c", "sep=%[1]c%[1]c%[1]c", `"sep=%c";;;`} {
		for _, c := range ",;\t|^:" {
			if strings.HasSuffix(hint, ";;;") && c != ';' {
				continue
			}
			for _, end := range []string{"\n", "\r\n", "\r"} {
				text := fmt.Sprintf(hint, c) + end + strings.ReplaceAll("order,sku,qty,name"+end+"1,MUG,1,Ann"+end+"2,TEA,0,Bob"+end, ",", string(c))
				const want = "1 MUG*1 Ann; row 4: the quantity is 0"
				for _, form := range []string{text, "\xef\xbb\xbf" + text, "\r\n" + text, utf16(text)} {
					w := want
					if form[0] == '\r' {
						w = strings.Replace(want, "4", "5", 1)
					}
					if got := cellsOf(t, "o.csv", form); got != w {
						t.Errorf("%.40q: %s", form, got)
					}
				}
			}
		}
	}
	if got := cellsOf(t, "o.csv", "sep=\\t\norder\tsku\tqty\n1\tMUG\t1\n"); got != "1 MUG*1 " {
		t.Error(got)
	}
	if got := cellsOf(t, "o.csv", "sep=\norder;sku;qty\n1;MUG;1\n"); got != "1 MUG*1 " {
		t.Error(got)
	}
}

// TestTextsOfFormulas: ="0012" is how a spreadsheet is kept from making a number of
// a text, with quotation marks around it or without.
func TestTextsOfFormulas(t *testing.T) {
	for cells, want := range map[string]string{
		`="0012",MUG,1,Ann`:                        "0012 MUG*1 Ann",
		`"=""0012""",MUG,1,Ann`:                    "0012 MUG*1 Ann",
		`="0012",="MUG",="1",="Test, Ann"`:         "0012 MUG*1 Test, Ann",
		`="0012",MUG,1,="The ""Ann"", Test"`:       `0012 MUG*1 The "Ann", Test`,
		`"=""0012""",MUG,1,"=""The """"Ann"""""""`: `0012 MUG*1 The "Ann"`,
		` ="0012" ,MUG,1, ="Ann"`:                  "0012 MUG*1 Ann",
		`1,MUG,1,=""`:                              "1 MUG*1 ",
		`1,MUG,1,="Ann`:                            "row 2: a quotation mark stands in the middle of a text; write it twice and put the text in quotation marks",
		`1,MUG,1,="Ann"x`:                          "row 2: a quotation mark stands in the middle of a text; write it twice and put the text in quotation marks",
	} {
		for _, separator := range []string{",", ";"} {
			text := strings.ReplaceAll("order,sku,qty,name\n"+cells+"\n", ",", separator)
			if got := cellsOf(t, "o.csv", text); got != strings.ReplaceAll(want, ",", separator) {
				t.Errorf("%s: %s, want %s", text, got, want)
			}
		}
	}
}

// TestQuotationMarksBetweenTabs: what writes tabs seldom quotes. A mark that is not
// closed is part of its text and takes no row with it.
func TestQuotationMarksBetweenTabs(t *testing.T) {
	for rows, want := range map[string]string{
		"1\tMUG\t1\tAnn \"Test\"\n2\tTEA\t1\tBob\n":                "1 MUG*1 Ann \"Test\"; 2 TEA*1 Bob",
		"1\tMUG\t1\t\"Ann\" Test\n2\tTEA\t1\tBob\n":                "1 MUG*1 \"Ann\" Test; 2 TEA*1 Bob",
		"1\tMUG\t1\t\"Ann Test\n2\tTEA\t1\tBob\n":                  "1 MUG*1 \"Ann Test; 2 TEA*1 Bob",
		"1\tMUG\t1\t\"Ann\n2\tTEA\t1\t\"Bob\n3\tTEA\t1\tEve\"\n":   "1 MUG*1 \"Ann; 2 TEA*1 \"Bob; 3 TEA*1 Eve\"",
		"1\t\"MUG\t1\tAnn\n2\tTEA\"\t1\tBob\n":                     "1 \"MUG*1 Ann; 2 TEA\"*1 Bob",
		"1\tMUG\t1\t\"Ann Test\"\n2\tTEA\t1\tBob\n":                "1 MUG*1 Ann Test; 2 TEA*1 Bob",
		"1\tMUG\t1\t\"Ann\nTest\"\n2\tTEA\t1\t\"a \"\"b\"\" c\"\n": "1 MUG*1 Ann Test; 2 TEA*1 a \"b\" c",
		"1\tMUG\t1\t=\"Ann\"\n2\tTEA\t1\tBob \"":                   "1 MUG*1 Ann; 2 TEA*1 Bob \"",
		"1\tMUG\t1\tAnn\n2\tTEA\t1\t\"Bob":                         "1 MUG*1 Ann; 2 TEA*1 \"Bob",
	} {
		for _, end := range []string{"\n", "\r\n", "\r"} {
			if got := cellsOf(t, "o.txt", strings.ReplaceAll("order\tsku\tqty\tname\n"+rows, "\n", end)); got != want {
				t.Errorf("%q: %s, want %s", rows, got, want)
			}
		}
	}
}

// plainMarks are products of a form that does not quote.
type plainMarks struct{ *products }

func (plainMarks) unquoted() bool { return true }

// TestAFormThatDoesNotQuote has quotation marks as letters, whatever separates.
func TestAFormThatDoesNotQuote(t *testing.T) {
	text := "sku,name\nA,\"Mug\"\nB,5\" pipe\nC,\"open\nD,=\"x\"\n"
	var names []string
	all := newProducts(func(p station.Product) error { names = append(names, p.Name); return nil })
	for form, want := range map[builder[station.Product]]string{all: "Mug", plainMarks{all}: `"Mug"/5" pipe/"open/x`} {
		names, *all = nil, *newProducts(all.each)
		_, _, err := readAll(t.Context(), strings.NewReader(text), "p.csv", Options{}, form)
		if got := strings.Join(names, "/"); err != nil || got != want {
			t.Errorf("%s, want %s, %v", got, want, err)
		}
	}
}
