package intake_test

import (
	"context"
	"fmt"
	"strings"

	"packbench/station/intake"
)

func ExampleReadProducts() {
	file := strings.NewReader("SKU;Name;Gewicht;EAN\nTEA;Green tea;0,25 kg;9521234543213\nMUG;Mug;heavy;\n")
	products, report, err := intake.ReadProducts(context.Background(), file, "products.csv", intake.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range products {
		fmt.Println(p.SKU, p.Name, p.Mass)
	}
	for _, r := range report.Rejected {
		fmt.Printf("row %d, %s: %s\n", r.Row, r.Column, r.Reason)
	}
	// Output:
	// TEA Green tea 0.250 kg
	// row 3, Gewicht: "heavy" is not a number with its unit
}
