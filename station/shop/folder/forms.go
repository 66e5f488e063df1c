package folder

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
)

// form is how what has left is written.
type form struct {
	name, ending string
	shipped      func(shop.Shipment) ([]byte, error)
	cancelled    func(shop.Shipment) ([]byte, error) // nil: the form has none
}

// forms are those that there are; the first is the usual one.
var forms = []form{
	{"generic", ".csv", generic("shipped"), generic("cancelled")},
}

func formOf(name string) (form, error) {
	var all []string
	for _, f := range forms {
		if name == "" || name == f.name {
			return f, nil
		}
		all = append(all, f.name)
	}
	return form{}, fmt.Errorf("there is no form %q of the files for the shop; there are %s", name, strings.Join(all, ", "))
}

// generic is a row for each line of a parcel, with all that is known of it.
func generic(state string) func(shop.Shipment) ([]byte, error) {
	return func(s shop.Shipment) ([]byte, error) {
		rows := [][]string{{"order number", "order id", "state", "tracking number", "carrier", "carrier name", "ship date", "line id", "sku", "quantity", "parcel"}}
		for _, l := range each(s) {
			rows = append(rows, []string{
				s.Number, s.Order, state, s.Tracking, s.Carrier, s.Name, s.At.UTC().Format(time.RFC3339), l.Line, l.SKU, quantity(l), s.Key,
			})
		}
		return table(',', rows)
	}
}

// each is the lines of a parcel; one of unknown content is one row without any.
func each(s shop.Shipment) []shop.Units {
	if len(s.Lines) == 0 {
		return []shop.Units{{}}
	}
	return s.Lines
}

func quantity(l shop.Units) string {
	if l.Qty == 0 {
		return ""
	}
	return strconv.Itoa(l.Qty)
}

// table writes rows, none of whose cells is a formula to a spreadsheet.
func table(comma rune, rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Comma, w.UseCRLF = comma, true
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
