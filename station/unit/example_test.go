package unit_test

import (
	"fmt"

	"packbench/station/unit"
)

func ExampleParseMass() {
	m, err := unit.ParseMass("1.5 lb")
	fmt.Println(m, err)
	fmt.Println(2*m + 250*unit.Gram)
	// Output:
	// 0.680 kg <nil>
	// 1.611 kg
}

func ExampleParseMoney() {
	m, err := unit.ParseMoney("12.5", "EUR")
	fmt.Println(m, m.Minor, err)
	// Output: 12.50 EUR 1250 <nil>
}
