package ui

import (
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/screen"
)

// columnsAsked is a file of a kind that nobody knows, of which two things are open.
func columnsAsked(theme screen.Theme) screen.View {
	d := columnsDraft()
	d.Fields[1] = screen.ColumnsField{Name: "sku", Need: true, Fits: []int{3, 4}}
	d.Fields[2] = screen.ColumnsField{Name: "qty", Need: true}
	d.Trial = nil
	return screen.Columns(screen.ColumnsInputs{Frame: deskFrame(station.Manager, theme), May: true, Draft: &d})
}

// columnsTried is the same file, with what would come of it.
func columnsTried(theme screen.Theme) screen.View {
	d := columnsDraft()
	return screen.Columns(screen.ColumnsInputs{Frame: deskFrame(station.Manager, theme), May: true, Draft: &d})
}

// columnsGoods is a file of products, of which two headings may be the SKU.
func columnsGoods(theme screen.Theme) screen.View {
	fields := []screen.ColumnsField{{Name: "sku", Need: true, Fits: []int{1, 2}}}
	for _, f := range []struct {
		name string
		at   int
	}{{"name", 3}, {"barcodes", 4}, {"mass", 5}, {"size", 0}, {"price", 0}, {"hs code", 0}} {
		fields = append(fields, screen.ColumnsField{Name: f.name, At: f.at})
	}
	return screen.Columns(screen.ColumnsInputs{Frame: deskFrame(station.Manager, theme), May: true, Draft: &screen.ColumnsDraft{
		Key: "g", File: "artikelstamm.xlsx", Goods: true, Row: 1, Fields: fields,
		Header: []string{"Article", "Product code", "Bezeichnung", "EAN", "Gewicht (g)"},
		Rows: [][]string{
			{"4711", "MUG-WHITE", "Becher, weiß", "9520000000011", "340"},
			{"4712", "TEA-GREEN", "Grüner Tee, 100 g", "9520000000028", "118"},
		},
	}})
}

// columnsWide has more columns than a page, and headings that are longer than a line.
func columnsWide(theme screen.Theme) screen.View {
	d := columnsDraft()
	for i := range 190 {
		d.Header = append(d.Header, fmt.Sprintf("Custom field %d of the product configurator, as exported", i+1))
	}
	for i := range d.Rows {
		d.Rows[i] = append(d.Rows[i], make([]string, 190)...)
	}
	d.First, d.Trial, d.Trying = 9, nil, true
	return screen.Columns(screen.ColumnsInputs{Frame: deskFrame(station.Manager, theme), May: true, Draft: &d})
}

// columnsChoosing has the list of columns open for one thing.
func columnsChoosing(theme screen.Theme) screen.View {
	d := columnsDraft()
	d.Fields[1] = screen.ColumnsField{Name: "sku", Need: true, Fits: []int{3, 4}}
	frame := deskFrame(station.Manager, theme)
	e := screen.EntryFor(screen.Intent{Kind: screen.IntentEdit, Name: screen.ColumnsEntry + screen.ColumnsOf + "sku"})
	d.Lang, e.Lang = speaks, speaks
	e.Label, e.Hint, e.Choices = d.Options(e.ID)
	frame.Entry = &e
	return screen.Columns(screen.ColumnsInputs{Frame: frame, May: true, Draft: &d})
}

// columnsList is what is remembered.
func columnsList(theme screen.Theme) screen.View {
	d := columnsDraft()
	return screen.Columns(screen.ColumnsInputs{Frame: deskFrame(station.Manager, theme), May: true, Answers: []screen.ColumnsAnswer{
		{
			Key: "a", File: "auftraege-montag.csv", Asked: time.Date(2026, 9, 14, 9, 12, 0, 0, time.UTC), Header: d.Header,
			Columns: map[string]string{"order": "Beleg", "sku": "Artikel", "qty": "Stk", "name": "Kunde", "street": "Straße", "city": "Ort", "postcode": "PLZ", "status": "Zustand", "ship by": "Versand bis"},
		},
		{Key: "b", File: "export (3).xlsx", Asked: time.Date(2026, 9, 16, 14, 2, 0, 0, time.UTC), Header: []string{"Order", "Item", "Count"}, Kind: "Shopify orders"},
	}})
}

func columnsDraft() screen.ColumnsDraft {
	fields := []screen.ColumnsField{{Name: "order", Need: true, At: 1}, {Name: "sku", Need: true, At: 3}, {Name: "qty", Need: true, At: 5}}
	for _, f := range []struct {
		name string
		at   int
	}{{"name", 6}, {"street", 7}, {"postcode", 8}, {"city", 9}, {"country", 0}, {"status", 2}, {"ship by", 10}, {"note", 0}, {"service", 0}} {
		fields = append(fields, screen.ColumnsField{Name: f.name, At: f.at})
	}
	return screen.ColumnsDraft{
		Key: "f", File: "auftraege-montag.csv", Row: 1, Fields: fields,
		Header: []string{"Beleg", "Zustand", "Artikel", "Item", "Stk", "Kunde", "Straße", "PLZ", "Ort", "Versand bis"},
		Rows: [][]string{
			{"1001", "frei", "MUG-WHITE", "Becher, weiß", "2", "Ann Ode", "Weg 1", "10115", "Berlin", "3/4/2026"},
			{"1001", "frei", "TEA-GREEN", "Grüner Tee", "1", "Ann Ode", "Weg 1", "10115", "Berlin", "3/4/2026"},
			{"1002", "wartet", "CANDLE-FIG", "Kerze, Feige", "1", "Jo Berg", "Hügel 9", "8010", "Graz", "3/4/2026"},
			{"1003", "frei", "NOTEBOOK", "Heft", "x", "Lea Fuchs", "Am Hang 3", "6020", "Innsbruck", "4/4/2026"},
		},
		Kinds: []screen.Choice{{Value: "shopify-orders", Words: "Shopify orders"}, {Value: "wix-orders", Words: "Wix orders"}},
		Words: []screen.ColumnsWord{{Word: "wartet", Means: ""}, {Word: "frei", Means: "open"}}, Dates: screen.DatesDay,
		Trial: &screen.ColumnsTrial{
			Read: 4, ToPack: 1, Held: 1, Refused: 1,
			Rows: []string{`Row 5, Stk, left out: "x" is not a whole number`},
			Orders: []screen.ColumnsOrder{
				{Title: "1001 · Ann Ode, Berlin", Sub: "2 × MUG-WHITE, 1 × TEA-GREEN, ship by 3 Apr"},
				{Title: "1002 · Jo Berg, Graz", Sub: "1 × CANDLE-FIG", State: "held: the shop says: wartet"},
			},
		},
	}
}
