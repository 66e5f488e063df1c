package ui

import (
	"packbench/station"
	"packbench/station/carton"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// filled is packing with the plan of its box.
func filled(theme screen.Theme) screen.View { return screen.Bench(filledInputs(theme, 300, 200, 250)) }

// filledRest has a box that is too small for all.
func filledRest(theme screen.Theme) screen.View {
	in := filledInputs(theme, 300, 200, 150)
	in.Plan.Rest = 2
	return screen.Bench(in)
}

// unsized has a product without dimensions.
func unsized(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	in.Plan = &screen.BoxPlan{Unsized: "Poster tube"}
	return screen.Bench(in)
}

func filledInputs(theme screen.Theme, w, l, d unit.Length) screen.BenchInputs {
	mm := func(w, l, d unit.Length) unit.Size {
		return unit.Size{Width: w * unit.Millimetre, Length: l * unit.Millimetre, Depth: d * unit.Millimetre}
	}
	in := benchInputs(pack.Packing, theme)
	items := []carton.Item{
		{SKU: "MUG-W", Size: mm(120, 90, 100), Mass: 310 * unit.Gram, Qty: 3, Turn: carton.Flat},
		{SKU: "CANDLE-FIG", Size: mm(80, 80, 90), Mass: 180 * unit.Gram, Qty: 1},
		{SKU: "TUBE", Size: mm(60, 60, 290), Mass: 95 * unit.Gram, Qty: 1},
		{SKU: "TEA-G", Size: mm(75, 75, 150), Mass: 120 * unit.Gram, Qty: 4},
	}
	box := station.Carton{ID: "M", Inner: mm(w, l, d), Max: 10 * unit.Kilogram}
	plan, _ := carton.Into(items, box, carton.DefaultOptions())
	in.Plan = &screen.BoxPlan{Now: plan}
	return in
}
