package weight_test

import (
	"fmt"

	"packbench/station/unit"
	"packbench/station/weight"
)

// Three mugs were scanned, but the parcel weighs as two.
func Example() {
	var shop weight.Model // nothing is learnt yet
	p := weight.Parcel{
		Items:    []weight.Item{{SKU: "MUG", Name: "Mug", Mass: 350 * unit.Gram, Qty: 3}},
		Box:      weight.Box{ID: "M", Tare: 180 * unit.Gram},
		Rule:     weight.Rule{Permille: 20, Least: 15 * unit.Gram},
		Division: 2 * unit.Gram,
	}
	want := shop.Expect(p)
	fmt.Println(want.Mass, "±", want.Tolerance.Grams())

	cause := shop.Causes(weight.Evidence{Parcel: p, Actual: 880 * unit.Gram})[0]
	fmt.Println(cause.Kind, cause.N, cause.Name)
	// Output:
	// 1.230 kg ± 27 g
	// missing 1 Mug
}
