package carton_test

import (
	"fmt"

	"packbench/station"
	"packbench/station/carton"
	"packbench/station/unit"
)

func Example() {
	size := func(w, l, d unit.Length) unit.Size {
		return unit.Size{Width: w * unit.Millimetre, Length: l * unit.Millimetre, Depth: d * unit.Millimetre}
	}
	cartons := []station.Carton{
		{ID: "S", Inner: size(200, 150, 100), Tare: 95 * unit.Gram, Max: 5 * unit.Kilogram},
		{ID: "M", Inner: size(300, 200, 150), Tare: 180 * unit.Gram, Max: 10 * unit.Kilogram},
	}
	items := []carton.Item{{SKU: "PEN", Name: "Pen", Size: size(10, 210, 10), Mass: 12 * unit.Gram, Qty: 3}}
	box, ok := carton.Propose(items, cartons, carton.DefaultOptions())
	fmt.Println(box.ID, ok)
	fmt.Println(carton.Fits(cartons[0], items, carton.DefaultOptions()).Wrong())
	// Output:
	// M true
	// Pen (10 × 210 × 10 mm) does not fit in 200 × 150 × 100 mm
}
