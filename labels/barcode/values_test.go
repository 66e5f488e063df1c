package barcode

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// The library draws, the table reads: both must know the same characters.
func TestValuesOfEveryCharacter(t *testing.T) {
	var digits []byte
	for v := range byte(100) {
		digits = append(digits, v)
	}
	for half := range 3 {
		part := digits[half*34 : min(half*34+34, 100)]
		var text strings.Builder
		for _, v := range part {
			text.WriteByte('0' + v/10)
			text.WriteByte('0' + v%10)
		}
		runs, err := Code128(text.String())
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := runs.Values(); !ok || !bytes.Equal(got, append([]byte{StartC}, part...)) {
			t.Errorf("%q: %v, %v", text.String(), got, ok)
		}
	}
	for _, c := range []struct {
		make func(string) (Runs, error)
		text string
		want []byte
	}{
		{Code128, "az AZ", []byte{StartB, 65, 90, 0, 33, 58}},
		{Code128, "1Z5R89390357567127", []byte{StartB, 17, 58, 21, 50, CodeC, 89, 39, 3, 57, 56, 71, 27}},
		{Code128, "RB123456785GB", []byte{StartB, 50, 34, CodeC, 12, 34, 56, 78, CodeB, 21, 39, 34}},
		{Code128, "1234567", []byte{StartC, 12, 34, 56, CodeB, 23}},
		{Code128, "\r\n", []byte{103, 77, 74}},
		{Code128, "ab\r", []byte{StartB, 65, 66, 101, 77}},
		{SSCC, "340123450000000017", []byte{StartC, Func1, 0, 34, 1, 23, 45, 0, 0, 0, 0, 17}},
		{GS1128, "10AB\x1d2112", []byte{StartB, Func1, 17, 16, 33, 34, CodeC, Func1, 21, 12}},
	} {
		runs, err := c.make(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := runs.Values(); !ok || !bytes.Equal(got, c.want) {
			t.Errorf("%q: %v, %v, want %v", c.text, got, ok, c.want)
		}
	}
}

// One module moved from an element to its neighbour is another symbol, or none.
func TestValuesOfWrongBars(t *testing.T) {
	good, err := SSCC("340123450000000017")
	if err != nil {
		t.Fatal(err)
	}
	for i := range len(good) - 1 {
		bad := slices.Clone(good)
		bad[i], bad[i+1] = bad[i]+1, bad[i+1]-1
		if got, ok := bad.Values(); ok || got != nil {
			t.Errorf("a module from element %d to %d: %v", i+1, i, got)
		}
	}
	for _, bad := range []Runs{nil, {1}, good[:len(good)-6], good[6:], good[1:], append(slices.Clone(good), 1, 1), make(Runs, 25)} {
		if got, ok := bad.Values(); ok || got != nil {
			t.Errorf("%v: %v", bad, got)
		}
	}
}
