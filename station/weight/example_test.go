package weight_test

import (
	"fmt"

	"packbench/station/unit"
	"packbench/station/weight"
)

// Three mugs were scanned, but the parcel weighs as two.
func Example() {
	rule := weight.Rule{Permille: 20, Least: 15 * unit.Gram}
	items := []weight.Item{{SKU: "MUG", Name: "Mug", Mass: 350 * unit.Gram, Qty: 3}}
	tare, division := 180*unit.Gram, 2*unit.Gram
	want := weight.Expect(items, tare, rule, division)
	fmt.Println(want.Mass, "±", want.Tolerance.Grams())

	cause := weight.Find(weight.Evidence{Actual: 880 * unit.Gram, Items: items, Tare: tare, Rule: rule, Division: division})
	fmt.Println(cause.Kind, cause.N, cause.Name)
	// Output:
	// 1.230 kg ± 27 g
	// missing 1 Mug
}
