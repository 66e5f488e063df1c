package gs1

import (
	"reflect"
	"strings"
	"testing"
)

// elements is the code that a scanner sends for bracketed text.
func elements(t *testing.T, bracketed string) Code {
	t.Helper()
	es, _, err := ParseBracketed(bracketed)
	if err != nil {
		t.Fatal(bracketed, err)
	}
	data, err := EncodeElements(es)
	if err != nil {
		t.Fatal(bracketed, err)
	}
	c := Decode("]C1", data)
	if c.Kind == KindInvalid {
		t.Fatal(bracketed, c.Err)
	}
	return c
}

func TestHowManyTradeItemsACodeStandsFor(t *testing.T) {
	for text, want := range map[string]Trades{
		"(01)09520123456788":                                  {May: []int{1}},
		"(01)99520000000014(30)12":                            {May: []int{12}},
		"(01)99520000000014(30)0":                             {},
		"(01)09520123456788(30)12":                            {May: []int{12, 1}}, // AI 30 has no meaning there: the packer is asked
		"(01)09520123456788(30)1":                             {May: []int{1}},
		"(00)095201234567891235(02)09520123456788(37)6":       {Of: "09520123456788", May: []int{6}},
		"(00)095201234567891235(02)09520123456788(37)00":      {Of: "09520123456788"},
		"(8006)095201234567880203":                            {Of: "09520123456788", May: []int{1}, Part: true},
		"(8006)095201234567880102":                            {Of: "09520123456788", May: []int{1}, Part: true},
		"(00)095201234567891235(8026)095201234567880202(37)4": {Of: "09520123456788", May: []int{4}, Part: true},
		"(00)095201234567891235(8026)095201234567880101(37)4": {Of: "09520123456788", May: []int{4}},
	} {
		if got := elements(t, text).Trades(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}

// A code with the serials of several units counts each once; a lot is no serial, and of
// two lots nobody knows which unit has which.
func TestSerialsOfACode(t *testing.T) {
	for text, want := range map[string]string{
		"(01)09520123456788(21)A1":                       "",
		"(01)09520123456788(10)L1(21)A1(21)A2":           "A1 A2",
		"(01)09520123456788(17)301231(21)A1(21)A2(21)A1": "A1 A2",
		"(01)09520123456788(10)L1(10)L2(21)A1(21)A2":     "",
	} {
		if got := strings.Join(elements(t, text).Serials(), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
