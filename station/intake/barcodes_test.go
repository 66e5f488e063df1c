package intake

import (
	"fmt"
	"strings"
	"testing"
)

// Codes 11, 12 and 35 of the trial: a product is found by the code on its pack,
// however the catalogue writes it.
func TestBarcodesAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct{ cell, codes, warning string }{
		{"4006381333931", "4006381333931*1", ""},
		{"4 006381 333931", "4006381333931*1", ""},
		{"4-006381-333931*6", "4006381333931*6", ""},
		{"４００６３８１３３３９３１", "4006381333931*1", ""},
		{"978-3-16-148410-0", "9783161484100*1", ""},
		{"ISBN 3-16-148410-X", "9783161484100*1", ""},
		{"4006381333931.0", "4006381333931*1", ""},
		{"4.006381333931E+12", "4006381333931*1", ""},
		{"4,006381333931E+12", "4006381333931*1", ""},
		{"4,006381333931E12*6", "4006381333931*6", ""},
		{"4,00638E+12", "", "lost digits"},
		{"04252614", "042100005264*1", ""},
		{"42100005264", "42100005264*1 042100005264*1", "zero in front of it may have been dropped; it is looked for as 042100005264 too"},
		{"42100005264*12", "42100005264*12 042100005264*12", "zero"},
		{"01234565", "01234565*1 012345000065*1", "EAN-8, or a UPC-E"},
		{"4 006381 333932", "4 006381 333932*1", "check digit is wrong"},
		{"(01)04006381333931*6", "4006381333931*6", ""},
		{"]E04006381333931", "4006381333931*1", ""},
		{"https://id.gs1.org/01/04006381333931", "4006381333931*1", ""},
		// several in a cell
		{"4006381333931·4006381333948", "4006381333931*1 4006381333948*1", ""},
		{"4006381333931_4006381333948", "4006381333931_4006381333948*1", "read as one code"},
		{"4 006381 333931 4 006381 333948", "4 006381 333931 4 006381 333948*1", "read as one code"},
		{"4006381333931,4006381333948", "4006381333931*1 4006381333948*1", ""},
		{"4006381333931, 4006381333948 * 6", "4006381333931*1 4006381333948*6", ""},
		{"5901234123457 / 4006381333948", "5901234123457*1 4006381333948*1", ""},
		{"5901234123457 4006381333948 * 6", "5901234123457*1 4006381333948*6", ""},
		{"5901234123457/4006381333948", "5901234123457*1 4006381333948*1", ""},
		{"5901234123457 4006381333948", "5901234123457*1 4006381333948*1", ""},
		{"5901234123457\n4006381333948", "5901234123457*1 4006381333948*1", ""},
		{"A-1\nA-2\r\nA-3", "A-1*1 A-2*1 A-3*1", ""},
		{"5901234123457；4006381333948、4006381333931", "5901234123457*1 4006381333948*1 4006381333931*1", ""},
		{"978-3-16-148410-0, 0-306-40615-2", "9783161484100*1 9780306406157*1", ""},
		{"4006381333931, A-1", "4006381333931*1 A-1*1", "read as 2 codes"},
		{"A-1, A-2", "A-1*1 A-2*1", "read as 2 codes"},
		{"A-1 / A-2", "A-1*1 A-2*1", "read as 2 codes"},
		{"A/1", "A/1*1", ""},
		{"4006381333931,", "4006381333931*1", ""},
		{"/4006381333931, 4006381333948 /", "4006381333931*1 4006381333948*1", ""},
		{"A,1", "A,1*1", "read as one code"},
		{"A 1", "A 1*1", ""},
		{"4006381333931 A", "4006381333931 A*1", "read as one code"},
		{"4006381333931*2;4006381333931*3", "", "stands for 2 and for 3 units"},
	} {
		items, rep := readProducts(t, "sku,barcodes\nX,\""+c.cell+"\"\n", "p.csv")
		var got []string
		for _, item := range items {
			for _, b := range item.Barcodes {
				got = append(got, fmt.Sprintf("%s*%d", b.Code, b.Factor))
			}
		}
		told := warned(rep)
		if rep.Bad() > 0 {
			told = rep.Rejected[0].Reason
		}
		if strings.Join(got, " ") != c.codes || (told == "") != (c.warning == "") || !strings.Contains(told, c.warning) {
			t.Errorf("%q: %s, told %q; want %s, %q", c.cell, strings.Join(got, " "), told, c.codes, c.warning)
		}
	}
}

// Two orders whose numbers a spreadsheet rounded are not one, nor are two
// products, two lines or two streets' postcodes.
func TestIdentifiersThatLostDigitsAreRefused(t *testing.T) {
	const head = "order,order id,sku,qty,line,postcode\n"
	for _, c := range []struct{ rows, refused, taken string }{
		{"5.84697E+17,,MUG,1,,\n5.84697E+17,,TEA,1,,\n", "2 order, 3 order", ""},
		{"\"5,84697E+17\",,MUG,1,,\n", "2 order", ""},
		{"5.84697E17,,MUG,1,,\n", "2 order", ""},
		{"7,5.84697E+17,MUG,1,,\n7,,TEA,1,,\n", "2 order id", "7 held"},
		{"7,,4.00638E+12,1,,\n7,,TEA,1,,\n", "2 sku", "7 held"},
		{"7,,MUG,1,,1.2345E+08\n7,,TEA,1,,\n", "2 postcode", "7 held"},
		{"7,,MUG,1,1.2345E+08,\n7,,TEA,1,,\n", "2 line", "7 held"},
		{"1.234567890123E+12,,MUG,1,,\n", "", "1234567890123 open"},
		{"E+17,,MUG,1,,\n", "", "E+17 open"},
		{"12E5,,MUG,1,,\n", "", "12E5 open"},
	} {
		orders, rep, err := ReadOrders(t.Context(), strings.NewReader(head+c.rows), "o.csv", Options{})
		if err != nil {
			t.Fatal(err)
		}
		var refused, taken []string
		for _, r := range rep.Rejected {
			refused = append(refused, fmt.Sprint(r.Row, " ", r.Column))
			if !strings.Contains(r.Reason, "lost digits") {
				t.Errorf("%q: %s", c.rows, r.Reason)
			}
		}
		for _, o := range orders {
			taken = append(taken, o.ID+" "+string(o.Status))
		}
		if strings.Join(refused, ", ") != c.refused || strings.Join(taken, ", ") != c.taken {
			t.Errorf("%q: refused %v, taken %v; want %s, %s", c.rows, refused, taken, c.refused, c.taken)
		}
	}
	_, rep := readProducts(t, "sku\n5.84697E+17\n", "p.csv")
	if rep.Bad() != 1 {
		t.Error("a SKU without its digits is taken")
	}
	_, rep, err := ReadPeople(t.Context(), strings.NewReader("id,role,badge\nP1,packer,5.84697E+17\n"), "p.csv", Options{})
	if err != nil || rep.Bad() != 1 || strings.Contains(rep.Rejected[0].Reason, "5.8") {
		t.Errorf("a badge without its digits: %+v, %v", rep, err)
	}
}
