package intake

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"packbench/station"
	"packbench/station/unit"
)

func readProducts(t *testing.T, text, name string) ([]station.Product, Report) {
	t.Helper()
	items, rep, err := ReadProducts(context.Background(), strings.NewReader(text), name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return items, rep
}

func mm(w, l, d int) unit.Size {
	return unit.Size{Width: unit.Length(w) * unit.Millimetre, Length: unit.Length(l) * unit.Millimetre, Depth: unit.Length(d) * unit.Millimetre}
}

func TestProductForms(t *testing.T) {
	mug := station.Product{
		SKU: "MUG", Name: "Müg, weiß", Barcodes: []station.Barcode{{Code: "9520000000011", Factor: 1}, {Code: "19520000000018", Factor: 6}},
		Aliases: []string{"CUP", "TASSE"}, Mass: 1234 * unit.Gram / 10, Size: mm(120, 90, 100), Fragile: true,
	}
	tests := []struct{ name, file, text string }{
		{"plain", "p.csv", "sku,name,barcodes,aliases,mass,size,fragile\nMUG,\"Müg, weiß\",9520000000011;19520000000018*6,CUP|TASSE,123.4 g,120x90x100 mm,yes\n"},
		{"byte order mark, CRLF, odd case", "p.csv", "\xef\xbb\xbf SKU ,Product Name,EAN,Alias,Weight (g),Width (cm),LENGTH_CM,height-cm,Fragile\r\nMUG,\"Müg, weiß\",9520000000011 ; 19520000000018 * 6,CUP;TASSE,123.4,12,9,10,X\r\n"},
		{"German, semicolon, decimal comma, Windows-1252", "p.csv", "Artikelnummer;Bezeichnung;Strichcode;Alias;Gewicht kg;Breite;L\xe4nge;H\xf6he;zerbrechlich\nMUG;M\xfcg, wei\xdf;9520000000011|19520000000018*6;CUP|TASSE;0,1234;120;90;100;ja\n"},
		{"tabs and blank lines", "p.tsv", "sku\tname\tbarcode\talias\tweight\tweight unit\tsize\tfragile\n\n\t\t\nMUG\tMüg, weiß\t9520000000011|19520000000018×6\tCUP;TASSE\t.1234\tkg\t120*90*100\ttrue\n"},
		{"a hint for a spreadsheet", "p.csv", "sep=;\nsku;name;barcode;alias;grams;size;fragile\nMUG;Müg, weiß;\"9520000000011;19520000000018*6\";CUP|TASSE;123,4;12 x 9 x 10 cm;1\n"},
		{"UTF-16", "p.txt", utf16("sku\tname\tbarcode\talias\tgrams\tsize\tfragile\nMUG\tMüg, weiß\t9520000000011|19520000000018*6\tCUP|TASSE\t123.4\t120x90x100\t1\n")},
		{"JSON", "p.json", `[{"sku":"MUG","name":"Müg, weiß","barcodes":["9520000000011","19520000000018*6"],"aliases":["CUP","TASSE"],"mass_g":123.4,"size":"120x90x100 mm","fragile":true}]`},
		{"a workbook", "p.xlsx", workbook(t, [][]any{
			{"sku", "name", "barcode", "alias", "mass g", "width mm", "length mm", "height mm", "fragile"},
			{"MUG", "Müg, weiß", "9520000000011|19520000000018*6", "CUP|TASSE", 123.4, 120, 90, 100, true},
		})},
		{"a workbook with the wrong name", "p.csv", workbook(t, [][]any{
			{"sku", "name", "barcode", "alias", "mass g", "size", "fragile"},
			{"MUG", "Müg, weiß", "9520000000011|19520000000018*6", "CUP|TASSE", 123.4, "120x90x100", 1},
		})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			items, rep := readProducts(t, tt.text, tt.file)
			if rep.Read != 1 || rep.Bad() != 0 || len(rep.Warnings) != 0 || len(rep.Ignored) != 0 {
				t.Errorf("report %+v", rep)
			}
			if len(items) != 1 || !reflect.DeepEqual(items[0], mug) {
				t.Errorf("got %+v\nwant %+v", items, mug)
			}
		})
	}
}

func utf16(s string) string {
	var b bytes.Buffer
	b.WriteString("\xff\xfe")
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func workbook(t *testing.T, rows [][]any) string {
	t.Helper()
	f := excelize.NewFile()
	for i, cells := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err == nil {
			err = f.SetSheetRow("Sheet1", cell, &cells)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRejectedProducts(t *testing.T) {
	tests := []struct {
		name, header, row string
		column, reason    string
	}{
		{"no SKU", "sku,name", ",Mug", "sku", "it is empty"},
		{"twice", "sku", "GOOD", "sku", `"GOOD" stands in row 2 already`},
		{"mass without unit", "sku,weight", "A,250", "weight", `"250" has no unit`},
		{"mass in words", "sku,weight", "A,heavy kg", "weight", "not a number with its unit"},
		{"mass below zero", "sku,mass", "A,-1 g", "mass", "below zero"},
		{"too much mass", "sku,mass", "A,99 t", "mass", "too much"},
		{"two readings", "sku,mass", "A,\"1,250 g\"", "mass", "can be read in two ways"},
		{"part of a size", "sku,width,length,height", "A,10,,10", "length", "one edge of the size is missing"},
		{"size in words", "sku,size", "A,big", "size", "not a size"},
		{"factor", "sku,barcode", "A,123*0", "barcode", "must be 1 to 10000"},
		{"one code, two factors", "sku,barcode", "A,123;123*6", "barcode", "stands for 1 and for 6 units"},
		{"lost digits", "sku,ean", "A,4.00638E+12", "ean", "has lost digits in a spreadsheet"},
		{"yes and no", "sku,fragile", "A,perhaps", "fragile", "neither yes nor no"},
		{"dangerous in other words", "sku,dangerous", "A,ask Bob", "dangerous", "write no, limited quantity"},
		{"a battery, perhaps", "sku,lithium battery", "A,perhaps", "lithium battery", "neither yes nor no"},
		{"a picture elsewhere", "sku,picture", "A,../x.png", "picture", "without a folder"},
		{"a stray quote", "sku,name", "A,12\" disc", "", "quotation mark"},
		{"too many cells", "sku,name", "A,Mug, white", "", "more cells than the header"},
		{"a huge cell", "sku,name", "A," + strings.Repeat("ö", 501), "name", "longer than 500"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			items, rep := readProducts(t, tt.header+"\nGOOD\n"+tt.row+"\nLAST\n", "p.csv")
			if len(items) != 2 || rep.Read != 3 {
				t.Errorf("%d items of %d rows: good rows must go on", len(items), rep.Read)
			}
			if rep.Bad() != 1 {
				t.Fatalf("report %+v", rep)
			}
			r := rep.Rejected[0]
			if r.Row != 3 || r.Column != tt.column || !strings.Contains(r.Reason, tt.reason) {
				t.Errorf("got %+v, want row 3, %s: %s", r, tt.column, tt.reason)
			}
		})
	}
}

func TestRowsCountAsASpreadsheetCounts(t *testing.T) {
	_, rep := readProducts(t, "sku,name\n\nA,\"two\nlines\"\n\n\nA,again\nA,and again\n", "p.csv")
	var rows []int
	for _, r := range rep.Rejected {
		rows = append(rows, r.Row)
	}
	if !reflect.DeepEqual(rows, []int{6, 7}) { // header 1, blank 2, A 3, blank 4 and 5
		t.Errorf("rows %v", rows)
	}
	if !strings.Contains(rep.Rejected[0].Reason, "row 3") {
		t.Errorf("reason %q", rep.Rejected[0].Reason)
	}
}

func TestWarnings(t *testing.T) {
	items, rep := readProducts(t, "sku,barcode\nA,9520000000012\nB,952000000002\nC,0952000000002\nD,shelf-9\nE,shelf-9\n", "p.csv")
	if len(items) != 5 || rep.Bad() != 0 || len(rep.Warnings) != 3 {
		t.Fatalf("%d items, report %+v", len(items), rep)
	}
	for i, want := range []string{"check digit is wrong", "a code of B too", "a code of D too"} {
		if !strings.Contains(rep.Warnings[i].Reason, want) {
			t.Errorf("warning %q, want %q", rep.Warnings[i].Reason, want)
		}
	}
}

func TestSpreadsheetNumberKeepsAllDigits(t *testing.T) {
	items, rep := readProducts(t, "sku,ean\nA,9.520000000011E+12\n1E5,\"=\"\"0012\"\"\"\n", "p.csv")
	if rep.Bad() != 0 || items[0].Barcodes[0].Code != "9520000000011" || items[1].SKU != "1E5" || items[1].Barcodes[0].Code != "0012" {
		t.Errorf("%+v %+v", items, rep)
	}
}

func TestFilesThatAreNoTable(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"empty", "p.csv", "", "p.csv: the file is empty"},
		{"only blank lines", "p.csv", "\n\n\n", "the file is empty"},
		{"another table", "p.csv", "colour,price\nred,1\n", `there is no column "sku"; the file has: colour, price`},
		{"a column twice", "p.csv", "sku,SKU\na,b\n", `the column "SKU" stands there twice`},
		{"a picture", "p.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"},
		{"not a workbook", "p.xlsx", "sku,name\n", "not a workbook"},
		{"an old workbook", "p.xls", "x", "save it as .xlsx or .csv"},
		{"another kind", "p.pdf", "x", "use .csv, .xlsx or .json"},
		{"not an array", "p.json", `{"sku":"A"}`, "must be an array of objects"},
		{"cut JSON", "p.json", `[{"sku":"A"},`, "object 2"},
		{"JSON that does not end", "p.json", `[{"sku":"A"}`, "does not end"},
		{"two arrays", "p.json", `[{"sku":"A"}][]`, "behind the end"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			items, _, err := ReadProducts(context.Background(), strings.NewReader(tt.text), "/somewhere/"+tt.file, Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || items != nil {
				t.Errorf("got %v, %v; want %s", items, err, tt.want)
			}
		})
	}
}

func TestJSONRowsThatAreNotFlat(t *testing.T) {
	items, rep := readProducts(t, `[{"sku":"A"},{"sku":"B","size":{"w":1}},{"name":"no sku"},{"sku":"C","mass":"1 kg"}]`, "p.json")
	if len(items) != 2 || rep.Bad() != 2 || rep.Rejected[0].Row != 2 || rep.Rejected[0].Column != "size" || rep.Rejected[1].Row != 3 {
		t.Errorf("%+v %+v", items, rep)
	}
	items, rep = readProducts(t, `[{"sku":"A","fragile":true},{"sku":"B","fragile":false},{"sku":"C","fragile":null}]`, "p.json")
	if rep.Bad() != 0 || len(items) != 3 || !items[0].Fragile || items[1].Fragile || items[2].Fragile {
		t.Errorf("%+v %+v", items, rep)
	}
}

func TestANameThatOnlyALaterObjectHas(t *testing.T) {
	items, _ := readProducts(t, `[{"sku":"A"},{"sku":"C","mass":"1 kg"}]`, "p.json")
	if items[1].Mass != unit.Kilogram {
		t.Errorf("a name that only a later object has is lost: %+v", items[1])
	}
}

func TestCartonsAndPeople(t *testing.T) {
	ctx := context.Background()
	boxes, rep, err := ReadCartons(ctx, strings.NewReader(`id,name,inner_width_mm,inner_length_mm,inner_depth_mm,outer,tare_g,max_kg,cost
S,Small,200,150,100,206x156x110,95,5,"0,32 EUR"
M,,300,200,150,,180,,
X,,300,200,150,290x200x150,180,,
Y,,300,200,150,,,,
Z,,300,200,150,,600,0.5,
W,,,,,,600,5,
S,,300,200,150,,600,5,
`), "c.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []station.Carton{
		{ID: "S", Name: "Small", Inner: mm(200, 150, 100), Outer: mm(206, 156, 110), Tare: 95 * unit.Gram, Max: 5 * unit.Kilogram, Cost: unit.Money{Minor: 32, Currency: "EUR"}},
		{ID: "M", Name: "M", Inner: mm(300, 200, 150), Outer: mm(300, 200, 150), Tare: 180 * unit.Gram},
	}
	if !reflect.DeepEqual(boxes, want) || rep.Bad() != 5 {
		t.Errorf("cartons %+v\n%+v", boxes, rep)
	}
	crew, rep, err := ReadPeople(ctx, strings.NewReader(`id;name;Rolle;Ausweis;Sprache
P1;Packer One;Packer;B-PACKER;de
P2;;admin;B-ADMIN;
P3;;boss;B-BOSS;
P4;;packer;B-PACKER;
P5;;packer;123;
P1;;packer;B-OTHER;
`), "p.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(crew) != 2 || crew[0].Role != station.Packer || crew[0].Lang != "de" || crew[1].Role != station.Administrator || rep.Bad() != 4 {
		t.Errorf("people %+v\n%+v", crew, rep)
	}
	for _, r := range rep.Rejected {
		if strings.Contains(r.Reason, "B-PACKER") {
			t.Error("a reason tells a badge's code")
		}
	}
}

// What ships in its own carton has no neighbours in it.
func TestAnOwnCartonIsSharedWithNobody(t *testing.T) { // B1
	items, rep := readProducts(t, "sku,own carton,box group\nA,yes,\nB,no,books\nC,yes,books\n", "p.csv")
	if len(items) != 2 || !items[0].Own || items[1].Group != "books" || rep.Bad() != 1 || rep.Rejected[0].Row != 4 {
		t.Errorf("%+v, %+v", items, rep)
	}
}
