package folder

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
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
	{"amazon", ".txt", amazon, nil},
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

// amazonCarriers are carriers that Amazon has a code for, which is their name; of every
// other it takes the name beside the code Other.
var amazonCarriers = []string{"UPS", "USPS", "FedEx", "DHL", "DPD", "GLS"}

// amazonItem is what an order-item-id looks like. Files of orders that have none number
// their lines from 1.
var amazonItem = regexp.MustCompile(`^[0-9]{10,}$`)

// amazon is the flat file of shipping confirmations. A row without an item confirms the
// order as a whole. Quotes are data there, and so would an apostrophe be: what a
// spreadsheet could run is refused instead.
func amazon(s shop.Shipment) ([]byte, error) {
	code, name := "Other", s.Name
	for _, known := range amazonCarriers {
		if strings.EqualFold(known, s.Name) {
			code, name = known, ""
		}
	}
	rows := [][]string{
		{"TemplateType=OrderFulfillment", "Version=2011.1102", "This row for Amazon.com use only.  Do not modify or delete.", "", "", "", "", ""},
		{"order-id", "order-item-id", "quantity", "ship-date", "carrier-code", "carrier-name", "tracking-number", "ship-method"},
	}
	row := func(item, qty string) {
		rows = append(rows, []string{s.Order, item, qty, s.At.Format(time.DateOnly), code, name, s.Tracking, ""})
	}
	named := len(s.Lines) > 0
	for _, l := range s.Lines {
		named = named && amazonItem.MatchString(l.Line)
	}
	switch {
	case named:
		for _, l := range s.Lines {
			row(l.Line, quantity(l))
		}
	case s.Part:
		return nil, errors.New("the orders came without order-item-id, and a part of an order needs it: take the report of unshipped orders")
	default:
		row("", "")
	}
	var out bytes.Buffer
	for i, row := range rows {
		for _, cell := range row {
			if i > 1 && cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) || strings.ContainsAny(cell, "\t\r\n") {
				return nil, fmt.Errorf("%q cannot stand in a file for Amazon", cell)
			}
		}
		out.WriteString(strings.Join(row, "\t") + "\r\n")
	}
	return out.Bytes(), nil
}
