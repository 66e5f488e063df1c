package fields

import (
	"packbench/station/config"
	"packbench/station/screen"
)

// returnFields are what becomes of what comes back.
func returnFields() []Setting {
	text := func(key, label, help, empty string, of func(config.Returns) string) Setting {
		return Setting{Key: "returns." + key, label: label, help: help, empty: empty, value: func(s config.Settings) string { return of(s.Returns) }, text: true, wide: true, kind: screen.FieldText}
	}
	count := func(key, label, help, of, zero string, n func(config.Returns) int) Setting {
		return Setting{Key: "returns." + key, label: label, help: help, value: func(s config.Settings) string { return number(n(s.Returns), true) }, says: unit(of, zero)}
	}
	return []Setting{
		text("grades", "Grades", "of units that came back, each with what becomes of it, such as damaged=scrap", "none", func(r config.Returns) string { return r.Grades }),
		text("products", "Products apart", "where a grade leads elsewhere, such as TEA:opened=scrap", "none", func(r config.Returns) string { return r.Products }),
		text("bins", "Bins of returns", "of all but the shelf, such as quarantine=Q-1", "none", func(r config.Returns) string { return r.Bins }),
		count("tolerance", "Weight as it left", "grams by which what comes back may differ", "g", "", func(r config.Returns) int { return r.Tolerance }),
		count("days", "Returns are taken for", "days after the parcel left; 0: for ever", "days", "", func(r config.Returns) int { return r.Days }),
		count("refund", "Money is due in", "days after a return came in", "days", "", func(r config.Returns) int { return r.RefundDays }),
		text("conditions", "Grades that are paid for", "with a space between", "all", func(r config.Returns) string { return r.Conditions }),
		text("excluded", "Products not taken back", "with a space between", "none", func(r config.Returns) string { return r.Excluded }),
		{Key: "returns.payer", label: "The way back is paid by", help: "when a return is announced", Choices: named([3]string{config.BuyerPays, "The buyer", ""}, [3]string{config.ShopPays, "The shop", ""}), value: func(s config.Settings) string { return s.Returns.Payer }, text: true},
	}
}
