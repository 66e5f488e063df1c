package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/station"
)

// Has returns the columns that the file has, by which Merge goes.
func (r Report) Has() []string {
	return append([]string{}, slices.Sorted(maps.Keys(r.columns))...)
}

// Having is of a file with these columns, to merge what was read of it before.
func Having(columns []string) Report {
	r := Report{columns: map[string]bool{}}
	for _, c := range columns {
		r.columns[c] = true
	}
	return r
}

// taking is what each column, or the first of several that the file has, takes over.
func taking(p *station.Product, given station.Product) map[string]func() {
	return map[string]func(){
		"name":              func() { p.Name = given.Name },
		"barcodes":          func() { p.Barcodes = given.Barcodes },
		"aliases":           func() { p.Aliases = given.Aliases },
		"mass grams":        func() { p.Mass = given.Mass },
		"size width length": func() { p.Size = given.Size },
		"fragile":           func() { p.Fragile = given.Fragile },
		"upright":           func() { p.Upright = given.Upright },
		"own_carton":        func() { p.Own = given.Own },
		"nothing_on_top":    func() { p.NoTop = given.NoTop },
		"most_per_box":      func() { p.PerBox = given.PerBox },
		"box_group":         func() { p.Group = given.Group },
		"count":             func() { p.Count = given.Count },
		"count_by_weight":   func() { p.ByWeight = given.ByWeight },
		"lot":               func() { p.Lot = given.Lot },
		"serial":            func() { p.Serial = given.Serial },
		"expiry":            func() { p.Expiry = given.Expiry },
		"minimum_life":      func() { p.Life = given.Life },
		"dangerous limited_quantity lithium_battery": func() { p.Danger = given.Danger },
		"confirm":             func() { p.Confirm = given.Confirm },
		"recalled_lots":       func() { p.Recalled = given.Recalled },
		"parts":               func() { p.Parts = given.Parts },
		"packed":              func() { p.Whole = given.Whole },
		"substitutes":         func() { p.Substitutes = given.Substitutes },
		"picture":             func() { p.Picture = given.Picture },
		"hs_code":             func() { p.HSCode = given.HSCode },
		"origin":              func() { p.Origin = given.Origin },
		"customs_value price": func() { p.Value = given.Value },
		"customs_description": func() { p.Customs = given.Customs },
	}
}

// Merge gives a product that is known what a file says of it. What the file has no
// column for stays as it was. It says what the product loses, "" for nothing.
func (r Report) Merge(known, given station.Product) (p station.Product, loss string) {
	p = known
	for columns, take := range taking(&p, given) {
		for column := range strings.FieldsSeq(columns) {
			if r.columns[strings.ReplaceAll(column, "_", " ")] {
				take()
				break
			}
		}
	}
	var lost []string
	for _, b := range known.Barcodes {
		if !slices.ContainsFunc(p.Barcodes, func(is station.Barcode) bool { return is.Code == b.Code }) {
			lost = append(lost, "barcode "+b.Code)
		}
	}
	if known.Mass != 0 && p.Mass == 0 {
		lost = append(lost, "its mass")
	}
	if known.Danger.Worse(p.Danger) != p.Danger {
		mark := "the mark " + string(known.Danger)
		if p.Danger != "" {
			mark += " for " + string(p.Danger)
		}
		lost = append(lost, mark)
	}
	for _, lot := range known.Recalled {
		if !slices.Contains(p.Recalled, lot) {
			lost = append(lost, "the recall of lot "+lot)
		}
	}
	if len(lost) == 0 {
		return p, ""
	}
	return p, fmt.Sprintf("product %s loses %s: the file has the column without it", p.SKU, strings.Join(lost, ", "))
}
