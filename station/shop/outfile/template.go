package outfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"packbench/station/shop"
)

// MostTemplate is how long a template may be, in bytes.
const MostTemplate = 1 << 20

// field is one of the words in braces that a template may hold.
var field = regexp.MustCompile(`\{[^{}]*\}`)

// fields are what a template can name. Those of a line make a row for each line.
var fields = map[string]func(p Parcel, l shop.Units) string{
	"order":      func(p Parcel, _ shop.Units) string { return p.Number },
	"order id":   func(p Parcel, _ shop.Units) string { return p.Order },
	"tracking":   func(p Parcel, _ shop.Units) string { return p.Tracking },
	"carrier":    func(p Parcel, _ shop.Units) string { return p.Name },
	"carrier id": func(p Parcel, _ shop.Units) string { return p.Carrier },
	"link":       func(p Parcel, _ shop.Units) string { return p.Link },
	"parcel":     func(p Parcel, _ shop.Units) string { return p.Key },
	"carton":     func(p Parcel, _ shop.Units) string { return fmt.Sprint(max(1, p.Carton)) },
	"date":       func(p Parcel, _ shop.Units) string { return p.At.Format(time.DateOnly) },
	"date M/D/Y": func(p Parcel, _ shop.Units) string { return p.At.Format("01/02/2006") },
	"date D.M.Y": func(p Parcel, _ shop.Units) string { return p.At.Format("02.01.2006") },
	"date D/M/Y": func(p Parcel, _ shop.Units) string { return p.At.Format("02/01/2006") },
	"time":       func(p Parcel, _ shop.Units) string { return p.At.Format(time.RFC3339) },
	lineID:       func(_ Parcel, l shop.Units) string { return l.Line },
	lineSKU:      func(_ Parcel, l shop.Units) string { return l.SKU },
	lineQuantity: func(_ Parcel, l shop.Units) string { return quantity(l) },
}

const (
	lineID       = "line"
	lineSKU      = "sku"
	lineQuantity = "quantity"
)

// Fields lists what may stand in braces.
func Fields() []string { return slices.Sorted(maps.Keys(fields)) }

// template is the form of a file that its user has from the marketplace itself: its
// heading rows as they are, and below them one row that says by words in braces what
// stands in each column.
//
//	Order ID,Tracking number,Carrier,Shipped on
//	{order id},{tracking},{carrier},{date M/D/Y}
func template(data []byte) (sheet, string, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return sheet{}, "", errors.New("the form template needs a file: --set template=FILE, with the headings that the shop takes and below them a row such as {order},{tracking},{carrier}")
	}
	if len(data) > MostTemplate {
		return sheet{}, "", errors.New("the template is longer than 1 MB: it is two rows, the headings and what stands below them")
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	comma, ending := ',', ".csv"
	last := strings.TrimRight(text, "\r\n")
	last = last[strings.LastIndexByte(last, '\n')+1:]
	switch {
	case strings.Contains(last, "\t"):
		comma, ending = '\t', ".txt"
	case strings.Count(last, ";") > strings.Count(last, ","):
		comma = ';'
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = comma, -1, comma == '\t'
	rows, err := in.ReadAll()
	if err != nil {
		return sheet{}, "", fmt.Errorf("the template is no table: %w", err)
	}
	if len(rows) < 2 {
		return sheet{}, "", errors.New("the template has one row: below the headings stands a row that says what is in each column")
	}
	cells := rows[len(rows)-1]
	if err := known(cells); err != nil {
		return sheet{}, "", err
	}
	if comma == '\t' {
		comma = 0
	}
	return sheet{word: "shipped", head: rows[:len(rows)-1], comma: comma, rows: filled(cells)}, ending, nil
}

// known reports what of a template's row is not understood. A file that does not say
// which order a row is of says nothing.
func known(cells []string) error {
	order, tracking := false, false
	for _, cell := range cells {
		for _, word := range field.FindAllString(cell, -1) {
			name := word[1 : len(word)-1]
			if fields[name] == nil {
				return fmt.Errorf("the template asks for %s, which is not known; there are {%s}", word, strings.Join(Fields(), "} {"))
			}
			order = order || name == "order" || name == "order id"
			tracking = tracking || name == "tracking"
		}
	}
	if !order || !tracking {
		return errors.New("the last row of the template needs {order} or {order id}, and {tracking}")
	}
	return nil
}

func filled(cells []string) func(Parcel) ([][]string, error) {
	lines := slices.ContainsFunc(cells, func(c string) bool {
		return strings.Contains(c, "{"+lineID+"}") || strings.Contains(c, "{"+lineSKU+"}") || strings.Contains(c, "{"+lineQuantity+"}")
	})
	return func(p Parcel) (rows [][]string, err error) {
		list := each(p)
		if !lines {
			list = list[:1]
		}
		for _, l := range list {
			var row []string
			for _, cell := range cells {
				row = append(row, field.ReplaceAllStringFunc(cell, func(word string) string { return fields[word[1:len(word)-1]](p, l) }))
			}
			rows = append(rows, row)
		}
		return rows, nil
	}
}
