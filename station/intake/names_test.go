package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/station"
)

// warned returns a report's warnings, a line each.
func warned(rep Report) string {
	var lines []string
	for _, w := range rep.Warnings {
		lines = append(lines, fmt.Sprintf("%d %s: %s", w.Row, w.Column, w.Reason))
	}
	return strings.Join(lines, "\n")
}

const addressed = "order,sku,qty,name,company,street,city,postcode,country\n"

// A long name loses no order; the limit counts characters, not bytes, and what
// is over it is said with its place.
func TestLongNamesAreTaken(t *testing.T) {
	for _, letter := range []string{"N", "東"} {
		long := strings.Repeat(letter, MaxName)
		orders, rep := readOrders(t, addressed+"1,MUG,1,"+long+","+long+","+long+","+long+",1,DE\n", "o.csv")
		if len(orders) != 1 || rep.Bad() != 0 || orders[0].To.Name != long || orders[0].To.Company != long || orders[0].To.Street != long || orders[0].To.City != long {
			t.Errorf("500 times %s: %d orders, %+v", letter, len(orders), rep.Rejected)
		}
		orders, rep = readOrders(t, addressed+"1,MUG,1,"+long+letter+",,S 1,B,1,DE\n", "o.csv")
		if len(orders) != 1 || orders[0].Status != station.OrderHeld || len(rep.Rejected) != 1 || rep.Rejected[0] != (Rejection{2, "name", "longer than 500 characters"}) {
			t.Errorf("501 times %s: %d orders, %+v", letter, len(orders), rep.Rejected)
		}
	}
}

// What cannot be seen goes, and is said once for each text.
func TestUnseenCharactersAreSaid(t *testing.T) {
	name := "Ctl\x01\x1b[31mred\x07\x00 zw\u200bz\u200frlm"
	rows := strings.Repeat("1,MUG,1,"+name+",,S\t1\u00a0b,B,1,DE\n", 3)
	orders, rep := readOrders(t, addressed+rows, "o.csv")
	if len(orders) != 1 || orders[0].To.Name != "Ctl[31mred zwzrlm" || orders[0].To.Street != "S 1 b" {
		t.Fatalf("%+v", orders)
	}
	if got := warned(rep); got != "2 name: 6 characters that cannot be seen were left out (U+0001, U+001B, U+0007)" {
		t.Error(got)
	}
	_, rep = readOrders(t, addressed+"1,MUG,1,\u202eevil,,S 1,B,1,DE\n", "o.csv")
	if got := warned(rep); got != "2 name: 1 character that cannot be seen was left out (U+202E)" {
		t.Error(got)
	}
	for _, whole := range []string{"می\u200cخواهم", "👩\u200d👧", "O'Hara\u00a0Ltd", "\u06dd٣"} { // joiners are read, blanks are kept as blanks
		orders, rep = readOrders(t, addressed+"1,MUG,1,"+whole+",,S 1,B,1,DE\n", "o.csv")
		if want := strings.ReplaceAll(whole, "\u00a0", " "); len(rep.Warnings) != 0 || orders[0].To.Name != want {
			t.Errorf("%q became %q: %s", whole, orders[0].To.Name, warned(rep))
		}
	}
}

// An address that lacks something is taken and said; a country that there is
// not is refused.
func TestAddressesThatLackSomething(t *testing.T) {
	for _, tt := range []struct{ cells, want string }{
		{"N,,S 1,B,1,DE", ""},
		{",C,S 1,B,1,DE", ""},
		{"N,,S 1,,,HK", ""},
		{"N,,S 1,Dublin,,IE", ""},
		{",,S 1,B,1,DE", "3 order: the address of order 2 has no name or company: the parcel may not arrive"},
		{"N,,,,,DE", "3 order: the address of order 2 has no street, no postcode, no city: the parcel may not arrive"},
		{"N,,S 1,B,1,", "3 order: the address of order 2 has no country: without a country no carrier can be chosen"},
		{",,,,,,cancelled", ""},
		{",,,,,,done", ""},
		{",,,,,,held", "3 order: order 2 has no address: without one there is no label"},
		{",,,,,", "3 order: order 2 has no address: without one there is no label"},
	} {
		orders, rep := readOrders(t, strings.TrimSuffix(addressed, "\n")+",status\n1,MUG,1,N,,S 1,B,1,DE\n2,MUG,1,"+tt.cells+"\n", "o.csv")
		if got := warned(rep); got != tt.want || len(orders) != 2 {
			t.Errorf("%s: %d orders, %q", tt.cells, len(orders), got)
		}
	}
	orders, rep := readOrders(t, "order,sku,qty\n1,MUG,1\n2,MUG,1\n", "o.csv")
	if got := warned(rep); len(orders) != 2 || got != "2 country: no order of this file has an address: without one there is no label" {
		t.Errorf("%d orders, %q", len(orders), got)
	}
	orders, rep = readOrders(t, addressed+"1,MUG,1,N,,S 1,B,1,XX\n2,MUG,1,N,,S 1,B,1,uk\n3,MUG,1,N,,S 1,B,1,XK\n", "o.csv")
	refused := Rejection{2, "country", `no country has the code "XX"; write its two letters of ISO 3166, such as DE`}
	if len(rep.Rejected) != 1 || rep.Rejected[0] != refused ||
		!slices.EqualFunc(orders, []string{"", "GB", "XK"}, func(o station.Order, c string) bool { return o.To.Country == c }) {
		t.Errorf("%+v, %+v", orders, rep.Rejected)
	}
}
