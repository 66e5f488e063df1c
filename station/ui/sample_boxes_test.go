package ui

import (
	"packbench/station"
	"packbench/station/screen"
	"packbench/station/unit"
)

// boxesPage is how a shop used its cartons, with one to buy and one to do without.
func boxesPage(theme screen.Theme) screen.View {
	mm := unit.Millimetre
	return screen.Boxes(screen.BoxesInputs{Frame: deskFrame(station.Manager, theme), Days: 90, Report: &screen.BoxReport{
		Parcels: 2210, Unsized: 31, Homeless: 2,
		Used: []screen.UsedBox{
			{Carton: "M", Parcels: 1204, Permille: 612, Proposed: 1010, Instead: []screen.Tally{{Name: "L", N: 44}, {Name: "S", N: 3}}},
			{Carton: "S", Parcels: 640, Permille: 701, Proposed: 702, Instead: []screen.Tally{{Name: "M", N: 69}}},
			{Carton: "L", Parcels: 301, Permille: 480, Proposed: 420, Instead: []screen.Tally{{Name: "XL", N: 6}}},
			{Carton: "XL", Parcels: 40, Permille: 333, Proposed: 41},
			{Carton: "", Parcels: 25},
		},
		Buy:   []screen.BoxAdvice{{Size: unit.Size{Width: 240 * mm, Length: 180 * mm, Depth: 90 * mm}, Parcels: 380, Permille: 84}},
		Spare: []screen.BoxAdvice{{Carton: "XL", Parcels: 40, Permille: 9}},
	}})
}

// boxesFew is a shop that has packed too little to say which cartons to buy.
func boxesFew(theme screen.Theme) screen.View {
	return screen.Boxes(screen.BoxesInputs{Frame: deskFrame(station.Manager, theme), Days: 30, Selected: "To buy", Report: &screen.BoxReport{
		Parcels: 4, Few: true, Used: []screen.UsedBox{{Carton: "M", Parcels: 4, Permille: 512, Proposed: 4}},
	}})
}
