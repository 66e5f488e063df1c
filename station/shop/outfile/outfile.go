// Package outfile owns the files that say what has left, in the forms that marketplaces
// and warehouse programs take: their headings, their words for carriers, their encoding.
//
// It must not read or write a disk, remember what was told, or change what it is given
// to fit: what a form cannot say is an error in words for a person, and no file. A cell
// that a spreadsheet would run is never written.
//
//	form, err := outfile.Named("amazon", outfile.Options{})
//	sheets, left := form.Sheets(parcels)
package outfile

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"packbench/station/shop"
)

// Options of a form; all may be empty.
type Options struct {
	Encoding string // of the file: utf-8, windows-1252 or shift-jis; "" is the form's own
	Template []byte // of the form template, see there
}

// Parcel is one that has left, with its place among those of its order.
type Parcel struct {
	shop.Shipment
	Carton int // from 1, among those of the order that are told; 0 counts as 1
}

// Sheet is one file.
type Sheet struct {
	Word string // what it says, as the beginning of a file's name: "shipped"
	Data []byte
}

// Left is a parcel that a form cannot say.
type Left struct {
	Parcel Parcel
	Why    error
}

// Form is how what has left is written.
type Form struct {
	Name   string
	Ending string // of its files, ".csv"
	sheets []sheet
	cancel *sheet // of parcels that did not leave after all; nil: the form has no such thing
	code   encoding.Encoding
}

// sheet is one of the files of a form.
type sheet struct {
	word  string
	head  [][]string
	rows  func(Parcel) ([][]string, error) // none: the parcel has no place in this file
	comma rune                             // 0: tabs and no quoting
	safe  bool                             // a cell that looks like a formula gets an apostrophe; else it is an error
}

// Back reports whether the form can say that a parcel did not leave.
func (f Form) Back() bool { return f.cancel != nil }

// Sheets writes one file of each kind that the form has, of all parcels together, but
// none without a row. A parcel that cannot be said is in none of them.
func (f Form) Sheets(list []Parcel) (out []Sheet, left []Left) {
	rows := make([][][]string, len(f.sheets))
parcels:
	for _, p := range list {
		more := make([][][]string, len(f.sheets))
		for i, s := range f.sheets {
			got, err := s.rows(p)
			if err == nil {
				_, err = f.write(s, nil, got)
			}
			if err != nil {
				left = append(left, Left{p, err})
				continue parcels
			}
			more[i] = got
		}
		for i := range more {
			rows[i] = append(rows[i], more[i]...)
		}
	}
	for i, s := range f.sheets {
		if len(rows[i]) == 0 {
			continue
		}
		data, err := f.write(s, s.head, rows[i])
		if err != nil {
			return nil, append(left, Left{list[0], err}) // the heading itself cannot be written
		}
		out = append(out, Sheet{s.word, data})
	}
	return out, left
}

// Cancelled is the file that says a parcel did not leave.
func (f Form) Cancelled(p Parcel) (Sheet, error) {
	if f.cancel == nil {
		return Sheet{}, fmt.Errorf("files of the form %s cannot say that a parcel did not leave", f.Name)
	}
	rows, err := f.cancel.rows(p)
	if err != nil {
		return Sheet{}, err
	}
	data, err := f.write(*f.cancel, f.cancel.head, rows)
	return Sheet{f.cancel.word, data}, err
}

// formula reports whether a spreadsheet may take a cell for a formula. Wide forms of
// the signs count too, because some spreadsheets fold them.
func formula(cell string) bool {
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, sign) {
			return true
		}
	}
	return false
}

// write is rows below a heading, which holds the form's own words, as the bytes of a file.
func (f Form) write(s sheet, head, rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if s.comma != 0 {
		w.Comma, w.UseCRLF = s.comma, true
	}
	for i, row := range slices.Concat(head, rows) {
		row = slices.Clone(row)
		for n, cell := range row {
			switch {
			case i < len(head):
			case formula(cell) && s.safe:
				row[n] = "'" + cell
			case formula(cell), s.comma == 0 && strings.ContainsAny(cell, "\t\r\n"):
				return nil, fmt.Errorf("%q cannot stand in a file of the form %s: a spreadsheet would take it for a formula, or for another cell", cell, f.Name)
			}
		}
		if s.comma == 0 {
			out.WriteString(strings.Join(row, "\t") + "\r\n")
			continue
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return f.encode(out.Bytes())
}

// encode turns UTF-8 into the encoding of the form. What it has no sign for is an error:
// a question mark in a carrier's name would be another carrier.
func (f Form) encode(data []byte) ([]byte, error) {
	if f.code == nil {
		return data, nil
	}
	out, err := f.code.NewEncoder().Bytes(data)
	if err != nil {
		return nil, fmt.Errorf("a sign of it has no place in the encoding of the form %s; --set encoding=utf-8 has all", f.Name)
	}
	return out, nil
}

// encodings by their names.
var encodings = map[string]encoding.Encoding{"utf-8": nil, "windows-1252": charmap.Windows1252, "shift-jis": japanese.ShiftJIS}

// Names lists the forms; the first is the usual one.
func Names() []string { return []string{"generic", "amazon", "woocommerce", "fishbowl", "template"} }

// Named returns a form; "" is the usual one.
func Named(name string, o Options) (Form, error) {
	code := o.Encoding
	var f Form
	switch name {
	case "", "generic":
		f = Form{Name: "generic", Ending: ".csv", sheets: []sheet{generic("shipped")}}
		back := generic("cancelled")
		f.cancel = &back
	case "amazon":
		f = Form{Name: name, Ending: ".txt", sheets: []sheet{amazon}}
		if code == "" {
			code = "windows-1252"
		}
	case "woocommerce":
		f = Form{Name: name, Ending: ".csv", sheets: []sheet{wooCommerce}}
	case "fishbowl":
		f = Form{Name: name, Ending: ".csv", sheets: []sheet{fishbowlCartons, fishbowlShipping}}
	case "template":
		s, ending, err := template(o.Template)
		if err != nil {
			return Form{}, err
		}
		f = Form{Name: name, Ending: ending, sheets: []sheet{s}}
	default:
		return Form{}, fmt.Errorf("there is no form %q of the files for the shop; there are %s", name, strings.Join(Names(), ", "))
	}
	way, known := encodings[strings.ToLower(code)]
	if code != "" && !known {
		return Form{}, fmt.Errorf("there is no encoding %q; there are utf-8, windows-1252 and shift-jis", code)
	}
	f.code = way
	return f, nil
}
