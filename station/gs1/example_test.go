package gs1_test

import (
	"fmt"

	"packbench/station/gs1"
)

// A scanner sent a GS1-128 symbol, and with it the identifier ]C1.
func ExampleDecode() {
	code := gs1.Decode("]C1", "010952123454321310LOT7\x1d17270630")
	fmt.Println(code.Kind, code.GTIN)
	lot, _ := code.Elements.Get("10")
	fmt.Println("lot", lot)
	// Output:
	// element-string 09521234543213
	// lot LOT7
}

// Bare digits are a GTIN only where their check digit is good.
func ExampleDecode_bare() {
	fmt.Println(gs1.Decode("", "9521234543213").Kind)
	fmt.Println(gs1.Decode("", "9521234543214").Kind)
	// Output:
	// gtin
	// plain
}

func ExampleSSCC() {
	sscc, err := gs1.SSCC('3', "0614141", 123456789)
	fmt.Println(sscc, err)
	// Output: 306141411234567891 <nil>
}
