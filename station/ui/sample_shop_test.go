package ui

import (
	"packbench/station"
	"packbench/station/screen"
)

// shopNew is a shop that has nothing yet.
func shopNew(theme screen.Theme) screen.View {
	frame := deskFrame(station.Administrator, theme)
	frame.Person.ID, frame.Person.Role = "", ""
	return screen.Shop(screen.ShopInputs{Frame: frame, May: true, Devices: "Scanner: it types into the window. Labels: files, to look at. No scale."})
}

// shopHalf has people with badges to print.
func shopHalf(theme screen.Theme) screen.View {
	in := shopInputs(theme)
	in.Chosen = screen.StepPeople
	in.Came = map[string]screen.Came{screen.StepPeople: {Words: speaks.Say("{name} is added. Print the badge", "name", "Maria Lopez")}}
	return screen.Shop(in)
}

// shopFile has just taken a file that is not all good.
func shopFile(theme screen.Theme) screen.View {
	in := shopInputs(theme)
	in.Chosen = screen.StepProducts
	in.Came = map[string]screen.Came{screen.StepProducts: {
		Words: speaks.Say("{file}: {read} read, {added} added, {changed} changed, {unchanged} unchanged, {rejected} rejected",
			"file", "products.csv", "read", "14", "added", "12", "changed", "0", "unchanged", "0", "rejected", "2"), Look: true,
		Rows: []string{
			"Row 3, barcodes, rejected: 400638133393 has a wrong check digit, which would be 1",
			"Row 9, mass, rejected: 1.234 may be 1234 g or 1.234 g: write it without a separator",
			speaks.Say("Columns that were not used: {columns}", "columns", "colour, supplier"),
		},
	}}
	return screen.Shop(in)
}

func shopInputs(theme screen.Theme) screen.ShopInputs {
	return screen.ShopInputs{
		Frame: deskFrame(station.Manager, theme), May: true, Sender: "Demo Shop, Berlin, Germany", People: 3, Products: 12, Badges: 3,
		Devices: "Scanner: a serial line, USB-COM or Bluetooth. Labels: a queue of this computer. A scale.", Connected: true,
	}
}
