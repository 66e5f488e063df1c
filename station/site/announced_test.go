package site_test

import (
	"reflect"
	"strings"
	"testing"

	"packbench/station/site"
)

// What a mail program and a web server get of one form is the same.
func TestReadForm(t *testing.T) { // R1
	want := site.Announced{Order: "1001", Wish: "exchange", Email: "anna@buyers.example", Lines: []site.Back{{SKU: "MUG & CO", Qty: 2, Reason: "damaged"}}}
	for name, text := range map[string]string{
		"mail":   "Hello,\r\n\r\norder=1001\r\nsku=MUG & CO\r\nqty=2\r\nreason=damaged\r\nsku=CUP\r\nqty=0\r\nreason=unwanted\r\nwish=exchange\r\nemail=anna@buyers.example\r\n\r\n-- \r\nAnna\r\n",
		"server": "order=1001&sku=MUG+%26+CO&qty=2&reason=damaged&sku=CUP&qty=0&reason=unwanted&wish=exchange&email=anna%40buyers.example",
	} {
		got, err := site.ReadForm(strings.NewReader(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestWhatIsNoFormIsRefusedWithWords(t *testing.T) { // R1
	for text, words := range map[string]string{
		"":                                                   "names no order",
		"order=1\nsku=A\nqty=0":                              "no piece",
		"order=1\nsku=A\nqty=-1":                             "no number of pieces",
		"order=1\nsku=A\nqty==1+1":                           "no number of pieces",
		"order=1\nqty=1":                                     "no number of pieces",
		"order=1\nsku=A\nqty=1\nreason=x":                    "no reason",
		"order=1\norder=2\nsku=A\nqty=1":                     "two orders",
		"order=1\nsku=A\nqty=1\nwish=x":                      "no wish",
		"order=1&sku=A%ZZ&qty=1":                             "cut off",
		"order=1&sku=A%0D%0AB&qty=1":                         "cannot be typed",
		"order=1\nsku=" + strings.Repeat("A", 201):           "too long",
		"order=1\n" + strings.Repeat("sku=A\nqty=1\n", 1001): "more than 1000 products",
		strings.Repeat("x", 300<<10):                         "longer than 256 kB",
	} {
		if _, err := site.ReadForm(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%.40q: %v, want %q", text, err, words)
		}
	}
}
